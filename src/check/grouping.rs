//! What two people read differently for want of parentheses: « a + b plafonné à c », « le plus grand de a, b + c »,
//! « dernier jour du mois de D + 1 mois ».
//!
//! It is told only where a case is found in which the two readings differ: « premier jour du mois de D + 1 mois » is the
//! same day either way. Products are read tight, as everywhere in French law: « 10 % de a plafonné à c » is of
//! the product.

mod scale;

use super::proof::words as values;
use super::types::brought;
use super::types::{Ty, arithmetic, unify};
use super::{Checker, Typed};
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind as Kind, Type};
use crate::source::Span;
use crate::syntax::tree::{Adjustment, ArithOp, Expr, ExprKind, Literal};
use crate::text;
use crate::time::{Date, DayOf, WorkingDays};
use crate::unit::Measure;
use crate::value::Value;
use scale::Scale;

/// No more cases are tried than this.
const MOST_CASES: usize = 243;

/// An expression that is read in two ways.
struct Doubt {
    /// What the parentheses hold, as it is parsed.
    first: Span,
    /// What they hold in the other reading.
    second: Span,
    /// The other reading.
    other: Expr,
}

/// A name, or whatever else is a value of its own here, with its type.
struct Leaf {
    words: String,
    ty: Ty,
    id: ExprId,
}

impl Checker<'_> {
    /// Tells of an expression that is read in two ways; what was lowered for it stands from `start` on.
    pub(super) fn check_grouping(&mut self, expr: &Expr, typed: Typed, start: usize) {
        if typed.ty.is_unknown() {
            return;
        }
        let Some(doubt) = self.doubt(expr) else { return };
        let doubt = Doubt { first: self.trimmed(doubt.first), second: self.trimmed(doubt.second), ..doubt };
        let mut leaves = Vec::new();
        self.leaves(expr, start, &mut leaves);
        let Some((at, first, second)) = self.difference(expr, &doubt.other, &leaves) else { return };
        let whole = self.with_article(expr.span);
        let [one, two] = [doubt.first, doubt.second].map(|part| self.bracketed(whole, part));
        let at = values::and(&at);
        let label = |text: &str| format!("écrire « {text} »");
        let edits = |part: Span| {
            let ends = (part.start as usize, part.end as usize);
            [(Span::new(ends.0, ends.0), "(".to_owned()), (Span::new(ends.1, ends.1), ")".to_owned())]
        };
        let when = if at.is_empty() { String::new() } else { format!("avec {at}, ") };
        let help = format!(
            "écrire « {one} » ou « {two} » ; {when}la première lecture donne {first}, la seconde {second}"
        );
        let message = format!("« {} » se lit de deux façons", self.words(whole));
        let problem = Diagnostic::error("portee-incertaine", message)
            .at(self.file, whole, "des parenthèses sont attendues")
            .help(help)
            .remedy(label(&one), self.file, edits(doubt.first))
            .remedy(label(&two), self.file, edits(doubt.second));
        self.report(problem);
    }

    fn doubt(&self, expr: &Expr) -> Option<Doubt> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Adjusted { base, adjustment } => {
                let adjusted = |inner: &Expr| Expr {
                    kind: ExprKind::Adjusted {
                        base: Box::new(inner.clone()),
                        adjustment: adjustment.clone(),
                    },
                    span: Span { end: span.end, ..inner.span },
                };
                let last = match &base.kind {
                    ExprKind::Arith { op: ArithOp::Add | ArithOp::Sub, right, .. } => Some(&**right),
                    ExprKind::Extremum { of, .. } => of.last(),
                    ExprKind::DayOf { date, .. } => Some(&**date),
                    _ => None,
                };
                if let Some(last) = last {
                    let kind = with_last(&base.kind, adjusted(last));
                    let second = Span { end: span.end, ..self.with_article(last.span) };
                    let first = self.with_article(base.span);
                    return Some(Doubt { first, second, other: Expr { kind, span } });
                }
                // « a plafonné à b + c »
                let limit = match &**adjustment {
                    Adjustment::AtMost(limit) | Adjustment::AtLeast(limit) => limit,
                    Adjustment::Prorata(..)
                    | Adjustment::Round(_)
                    | Adjustment::Increase(_)
                    | Adjustment::Decrease(_)
                    | Adjustment::Brought(_) => return None,
                };
                let (term, other) = around_first_term(limit, &|term: &Expr| {
                    let adjustment = match &**adjustment {
                        Adjustment::AtLeast(_) => Adjustment::AtLeast(term.clone()),
                        _ => Adjustment::AtMost(term.clone()),
                    };
                    ExprKind::Adjusted { base: base.clone(), adjustment: Box::new(adjustment) }
                })?;
                let second = Span { start: self.with_article(base.span).start, end: term.end };
                Some(Doubt { first: self.with_article(limit.span), second, other })
            }
            ExprKind::Extremum { greatest, of } => {
                let (last, others) = of.split_last()?;
                let (term, other) = around_first_term(last, &|term: &Expr| {
                    let mut of = others.to_vec();
                    of.push(term.clone());
                    ExprKind::Extremum { greatest: *greatest, of }
                })?;
                let second = Span { start: self.with_article(span).start, end: term.end };
                Some(Doubt { first: self.with_article(last.span), second, other })
            }
            ExprKind::Arith { op: op @ (ArithOp::Add | ArithOp::Sub), left, right } => {
                let ExprKind::DayOf { day, date } = &left.kind else { return None };
                if matches!(day, DayOf::Working(_)) {
                    return None;
                }
                let moved = ExprKind::Arith { op: *op, left: date.clone(), right: right.clone() };
                let inner = Span { end: span.end, ..self.with_article(date.span) };
                let date = Box::new(Expr { kind: moved, span: inner });
                let other = Expr { kind: ExprKind::DayOf { day: *day, date }, span };
                Some(Doubt { first: self.with_article(left.span), second: inner, other })
            }
            _ => None,
        }
    }

    /// A place with the article that stands before it.
    pub(super) fn with_article(&self, span: Span) -> Span {
        let before = self.file.text().get(..span.start as usize).unwrap_or("");
        let article = ["le ", "la ", "les ", "l'", "l’"].into_iter().find(|article| {
            let head = before.strip_suffix(article);
            head.is_some_and(|head| !head.ends_with(|c: char| c.is_alphanumeric()))
        });
        let start = span.start as usize - article.map_or(0, str::len);
        Span::new(start, span.end as usize)
    }

    fn trimmed(&self, span: Span) -> Span {
        Span::new(span.start as usize, span.start as usize + self.file.slice(span).trim_end().len())
    }

    /// The words of a place with parentheses around a part of it.
    fn bracketed(&self, whole: Span, part: Span) -> String {
        let before = self.file.slice(Span { end: part.start, ..whole });
        let after = self.file.slice(Span { start: part.end, ..whole });
        text::tidy(&format!("{before}({}){after}", self.file.slice(part)))
    }

    /// Whatever is no sign of the two readings.
    fn leaves(&self, expr: &Expr, start: usize, out: &mut Vec<Leaf>) {
        let mut below: Vec<&Expr> = Vec::new();
        match &expr.kind {
            ExprKind::Literal(_) => {}
            ExprKind::Paren(inner)
            | ExprKind::Negate(inner)
            | ExprKind::DayOf { date: inner, .. }
            | ExprKind::YearOf(inner)
            | ExprKind::WeekdayOf(inner)
            | ExprKind::Failing { of: inner, .. } => below.push(inner),
            ExprKind::Arith { left, right, .. } => below.extend([&**left, right]),
            ExprKind::Extremum { of, .. } => below.extend(of),
            ExprKind::Adjusted { base, adjustment } => {
                below.push(base);
                match &**adjustment {
                    Adjustment::AtMost(a)
                    | Adjustment::AtLeast(a)
                    | Adjustment::Increase(a)
                    | Adjustment::Decrease(a) => below.push(a),
                    Adjustment::Prorata(a, b) => below.extend([a, b]),
                    Adjustment::Round(_) | Adjustment::Brought(_) => {}
                }
            }
            _ => {
                let words = text::tidy(self.file.slice(expr.span));
                let found = (start..self.exprs.len()).rev().filter_map(|n| u32::try_from(n).ok().map(ExprId));
                let lowered = found.into_iter().find(|id| self.exprs.get(*id).span == expr.span);
                if let Some(id) = lowered
                    && !out.iter().any(|leaf| leaf.words == words)
                {
                    out.push(Leaf { words, ty: Ty::Of(self.exprs.get(id).ty), id });
                }
            }
        }
        for inner in below {
            self.leaves(inner, start, out);
        }
    }

    /// A case in which two readings give two values: what the names are worth, and both values.
    fn difference(&self, one: &Expr, two: &Expr, leaves: &[Leaf]) -> Option<(Vec<String>, String, String)> {
        let mut scale = Scale::default();
        scale.read(one);
        let pools: Vec<Vec<Value>> = leaves
            .iter()
            .enumerate()
            .map(|(rank, leaf)| {
                let mut pool = scale.pool(leaf.ty);
                let turns = if pool.is_empty() { 0 } else { rank % pool.len() };
                pool.rotate_left(turns);
                pool.retain(|value| self.may_be(leaf.id, value));
                pool
            })
            .collect();
        if pools.iter().any(Vec::is_empty) {
            return None;
        }
        let cases = pools.iter().try_fold(1_usize, |all, pool| all.checked_mul(pool.len()));
        for case in 0..cases.unwrap_or(MOST_CASES).min(MOST_CASES) {
            let mut rest = case;
            let mut at = Vec::new();
            for (leaf, pool) in leaves.iter().zip(&pools) {
                at.push((leaf.words.as_str(), leaf.ty, pool.get(rest % pool.len())?));
                rest /= pool.len();
            }
            let (ty, first) = self.worth(one, &at)?;
            let (other, second) = self.worth(two, &at)?;
            unify(ty, other)?;
            if first != second {
                let said = |ty: Ty, value: &Value| spoken(self.currency(), ty, value);
                let names = at.iter().map(|(words, ty, value)| format!("{words} = {}", said(*ty, value)));
                return Some((names.collect(), said(ty, &first), said(other, &second)));
            }
        }
        None
    }

    fn may_be(&self, id: ExprId, value: &Value) -> bool {
        let ask = match &self.exprs.get(id).kind {
            Kind::Fact(fact) => &self.facts[fact.index()].ask,
            Kind::Field(field) => &self.fields[field.index()].ask,
            _ => return true,
        };
        ask.domain.contains(value)
    }

    /// What an expression is worth where the names are worth this; nothing where its types do not go together.
    fn worth(&self, expr: &Expr, at: &[(&str, Ty, &Value)]) -> Option<(Ty, Value)> {
        let number = |typed: (Ty, Value)| match typed {
            (ty, Value::Number(n)) => Some((ty, n)),
            _ => None,
        };
        match &expr.kind {
            ExprKind::Literal(literal) => self.written(literal, expr.span),
            ExprKind::Paren(inner) => self.worth(inner, at),
            ExprKind::Negate(inner) => {
                let (ty, n) = number(self.worth(inner, at)?)?;
                Some((ty, Value::Number(n.neg())))
            }
            ExprKind::DayOf { day, date } => match self.worth(date, at)? {
                (ty, Value::Date(date)) => Some((ty, Value::Date(day.of(date)))),
                _ => None,
            },
            ExprKind::YearOf(date) => match self.worth(date, at)? {
                (_, Value::Date(date)) => {
                    Some((Ty::Of(Type::Integer), Value::Number(Ratio::from(i64::from(date.year())))))
                }
                _ => None,
            },
            ExprKind::Arith { op, left, right } => {
                let left_value = self.worth(left, at)?;
                if let (ty, Value::Date(date)) = &left_value {
                    return Some((*ty, Value::Date(self.shifted(*date, *op, right, at)?)));
                }
                let ((a_ty, a), (b_ty, b)) = (number(left_value)?, number(self.worth(right, at)?)?);
                let ty = arithmetic(*op, a_ty, b_ty)?;
                let value = match op {
                    ArithOp::Add => a.add(&b),
                    ArithOp::Sub => a.sub(&b),
                    ArithOp::Mul => a.mul(&b),
                    ArithOp::Div => a.div(&b)?,
                    ArithOp::Pow => a.power(u32::try_from(b.to_i64()?).ok()?)?,
                };
                Some((ty, Value::Number(value)))
            }
            ExprKind::Extremum { greatest, of } => {
                let mut all = of.iter().map(|one| self.worth(one, at));
                let first = all.next()??;
                all.try_fold(first, |best, next| further(best, next?, *greatest))
            }
            ExprKind::Adjusted { base, adjustment } => {
                let base = self.worth(base, at)?;
                match &**adjustment {
                    Adjustment::AtMost(limit) => further(base, self.worth(limit, at)?, false),
                    Adjustment::AtLeast(limit) => further(base, self.worth(limit, at)?, true),
                    Adjustment::Increase(by) | Adjustment::Decrease(by) => {
                        let ((ty, n), (by_ty, by)) = (number(base)?, number(self.worth(by, at)?)?);
                        let part = match by_ty {
                            Ty::Of(Type::Amount) | Ty::Measured(_) if ty == by_ty => by,
                            _ if by_ty.is_rate() => n.mul(&by),
                            _ => return None,
                        };
                        let is_more = matches!(**adjustment, Adjustment::Increase(_));
                        Some((ty, Value::Number(if is_more { n.add(&part) } else { n.sub(&part) })))
                    }
                    Adjustment::Prorata(part, whole) => {
                        let (ty, n) = number(base)?;
                        let (part, whole) =
                            (number(self.worth(part, at)?)?.1, number(self.worth(whole, at)?)?.1);
                        Some((ty, Value::Number(n.mul(&part).div(&whole)?)))
                    }
                    Adjustment::Round(rounding) => {
                        let (ty, n) = number(base)?;
                        let mut rounding = rounding.clone();
                        if ty == Ty::Of(Type::Percent) {
                            rounding.step = rounding.step.mul(&Ratio::new(1, 100)?);
                        }
                        Some((ty, Value::Number(rounding.apply(&n))))
                    }
                    Adjustment::Brought(to) => {
                        let (ty, n) = number(base)?;
                        let (ty, by) = brought(ty, *to)?;
                        Some((ty, Value::Number(n.mul(&by))))
                    }
                }
            }
            _ => {
                let words = text::tidy(self.file.slice(expr.span));
                let (_, ty, value) = at.iter().find(|(name, _, _)| *name == words)?;
                Some((*ty, (*value).clone()))
            }
        }
    }

    fn written(&self, literal: &Literal, span: Span) -> Option<(Ty, Value)> {
        let measure = Measure::read(self.file.slice(span)).map(Ty::Measured);
        let number = |ty: Type, n: &Ratio| Some((measure.unwrap_or(Ty::Of(ty)), Value::Number(n.clone())));
        match literal {
            Literal::Number(n) => number(if n.is_integer() { Type::Integer } else { Type::Number }, n),
            Literal::Percent(n) => number(Type::Percent, n),
            Literal::Amount(n) => number(Type::Amount, n),
            Literal::Date(date) => Some((Ty::Of(Type::Date), Value::Date(*date))),
            Literal::Duration(duration) => match (duration.months, duration.days) {
                (0, days) if days != 0 || self.file.slice(span).contains("jour") => {
                    number(Type::Days, &Ratio::from(days))
                }
                (months, 0) => number(Type::Months, &Ratio::from(months)),
                _ => None,
            },
            Literal::Truth(_) | Literal::Text(_) | Literal::WorkingDays(_) => None,
        }
    }

    fn shifted(&self, date: Date, op: ArithOp, by: &Expr, at: &[(&str, Ty, &Value)]) -> Option<Date> {
        let sign = match op {
            ArithOp::Add => 1,
            ArithOp::Sub => -1,
            ArithOp::Mul | ArithOp::Div | ArithOp::Pow => return None,
        };
        if let ExprKind::Literal(Literal::Duration(duration)) = &by.kind {
            return date.plus_months(sign * duration.months)?.plus_days(sign * duration.days);
        }
        if let ExprKind::Literal(Literal::WorkingDays(days)) = &by.kind {
            let count = if sign < 0 { -days.count } else { days.count };
            return Some(WorkingDays { count, ..*days }.from(date));
        }
        match self.worth(by, at)? {
            (Ty::Of(Type::Months), Value::Number(n)) => date.plus_months(sign * n.to_i64()?),
            (Ty::Of(Type::Days), Value::Number(n)) => date.plus_days(sign * n.to_i64()?),
            _ => None,
        }
    }
}

fn further(a: (Ty, Value), b: (Ty, Value), greatest: bool) -> Option<(Ty, Value)> {
    let ty = unify(a.0, b.0)?;
    let order = match (&a.1, &b.1) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        _ => return None,
    };
    Some((ty, if order.is_gt() == greatest { a.1 } else { b.1 }))
}

fn spoken(currency: Currency, ty: Ty, value: &Value) -> String {
    match value {
        Value::Number(n) => values::number(currency, ty.settled(), n),
        Value::Date(date) => super::words::date(*date),
        Value::Truth(_) | Value::Text(_) | Value::Choice(_) => String::new(),
    }
}

/// A construction with another last operand.
fn with_last(kind: &ExprKind, last: Expr) -> ExprKind {
    let mut kind = kind.clone();
    match &mut kind {
        ExprKind::Arith { right, .. } => **right = last,
        ExprKind::Extremum { of, .. } => {
            of.pop();
            of.push(last);
        }
        ExprKind::DayOf { date, .. } => **date = last,
        _ => {}
    }
    kind
}

/// A sum of which the first term alone is taken in by a construction: where that term ends, and the sum so made.
fn around_first_term(sum: &Expr, taken: &dyn Fn(&Expr) -> ExprKind) -> Option<(Span, Expr)> {
    let ExprKind::Arith { op: op @ (ArithOp::Add | ArithOp::Sub), left, right } = &sum.kind else {
        return None;
    };
    let (term, left) = match around_first_term(left, taken) {
        Some(inner) => inner,
        None => (left.span, Expr { kind: taken(left), span: left.span }),
    };
    let kind = ExprKind::Arith { op: *op, left: Box::new(left), right: right.clone() };
    Some((term, Expr { kind, span: sum.span }))
}
