//! Expressions: from flat pairs to the tree, bounded in depth.

mod lists;
mod refused;

use refused::is_comparison;

use pest::iterators::{Pair, Pairs};
use pest::pratt_parser::{Assoc, ConstPrattParser, Op};

use super::{Rule, Source, child};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::Span;
use crate::syntax::tree::{
    Aggregate, ArithOp, CompareOp, ElapsedUnit, Expr, ExprKind, Literal, Path, PeriodOp,
};
use crate::time::{DayOf, MissingDay, WorkingDays};

/// From what binds least to what binds most.
static ORDER: ConstPrattParser<Rule, 22> = ConstPrattParser::new_const([
    (Op::infix(Rule::w_or, Assoc::Left), true),
    (Op::infix(Rule::w_and, Assoc::Left), true),
    (Op::prefix(Rule::negation), true),
    (Op::infix(Rule::ge, Assoc::Left), true),
    (Op::infix(Rule::le, Assoc::Left), false),
    (Op::infix(Rule::ne, Assoc::Left), false),
    (Op::infix(Rule::gt, Assoc::Left), false),
    (Op::infix(Rule::lt, Assoc::Left), false),
    (Op::infix(Rule::eq, Assoc::Left), false),
    (Op::postfix(Rule::is), false),
    (Op::postfix(Rule::adjustment), true),
    (Op::postfix(Rule::by_month), false),
    (Op::postfix(Rule::during), false),
    (Op::postfix(Rule::postponed), false),
    (Op::postfix(Rule::failing), false),
    (Op::infix(Rule::plus, Assoc::Left), true),
    (Op::infix(Rule::minus, Assoc::Left), false),
    (Op::infix(Rule::times, Assoc::Left), true),
    (Op::infix(Rule::divided, Assoc::Left), false),
    (Op::prefix(Rule::negative), true),
    (Op::infix(Rule::de, Assoc::Right), true),
    (Op::infix(Rule::power, Assoc::Right), true),
]);

/// An expression and the depth of its tree.
pub(super) struct Built {
    pub(super) expr: Expr,
    pub(super) depth: usize,
}

impl Built {
    pub(super) fn leaf(expr: Expr) -> Built {
        Built { expr, depth: 0 }
    }
}

impl<'a> Source<'_, 'a> {
    /// An `expr`, `sum` or `operand` pair.
    pub(super) fn expr(&self, pair: Pair<'a, Rule>) -> Expr {
        self.build(pair, 0).expr
    }

    /// An expression that may be, as a whole, `entre a et b`: the value of a `montant` clause.
    pub(super) fn amount(&self, pair: Pair<'a, Rule>) -> Expr {
        let mut flat = pair.clone().into_inner();
        if let (Some(operand), None) = (flat.next(), flat.next())
            && let Some(between) = operand.into_inner().find(|p| p.as_rule() != Rule::article)
            && between.as_rule() == Rule::between
        {
            return self.between(between, 0, true).expr;
        }
        self.expr(pair)
    }

    pub(super) fn build(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::operand | Rule::guarded_operand | Rule::bound_operand | Rule::day_operand => {
                self.operand(pair, level)
            }
            _ if level > limits::NESTING => self.too_deep(span),
            _ => self.flat(pair, level),
        }
    }

    fn flat(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        let pairs = pair.into_inner();
        // What the Pratt parser recurses on, and the length of what it chains, are bounded before it starts.
        let (mut run, mut longest, mut shares, mut chain, mut and, mut or) = (0, 0, 0, 0, None, None);
        for pair in pairs.clone() {
            match pair.as_rule() {
                Rule::negation | Rule::negative => {
                    run += 1;
                    longest = longest.max(run);
                    continue;
                }
                Rule::de | Rule::power => shares += 1,
                Rule::w_and => and = and.or(Some(self.span(&pair))),
                Rule::w_or => or = or.or(Some(self.span(&pair))),
                Rule::operand | Rule::guarded_operand | Rule::bound_operand | Rule::day_operand => {}
                _ => chain += 1,
            }
            if matches!(pair.as_rule(), Rule::w_and | Rule::w_or) {
                (shares, chain) = (0, 0);
            }
            run = 0;
            if level + longest + shares > limits::NESTING {
                return self.too_deep(span);
            }
            if chain > limits::EXPRESSION_DEPTH {
                return self.too_long(span);
            }
        }
        if let (Some(and), Some(or)) = (and, or) {
            self.mixed(pairs, and, or);
            return Built::leaf(self.invalid(span));
        }
        let built = ORDER
            .map_primary(|pair| self.operand(pair, level))
            .map_prefix(|op, built| self.prefix(&op, built))
            .map_postfix(|built, op| self.postfix(built, op, level))
            .map_infix(|left, op, right| self.infix(left, op, right))
            .parse(pairs);
        if built.depth > limits::EXPRESSION_DEPTH { self.too_long(span) } else { built }
    }

    fn day_of(&self, pair: Pair<'a, Rule>, day: DayOf, level: usize, span: Span) -> Built {
        let bounded = matches!(pair.as_rule(), Rule::day_of_year | Rule::day_of_month);
        let rule = if bounded { Rule::day_operand } else { Rule::operand };
        self.with_child(pair, rule, level, span, |date| ExprKind::DayOf { day, date: Box::new(date) })
    }

    fn operand(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let whole = self.span(&pair);
        let Some(pair) = pair.into_inner().find(|p| p.as_rule() != Rule::article) else {
            return Built::leaf(self.invalid(whole));
        };
        let span = self.span(&pair);
        let inner = level + 1;
        let kind = match pair.as_rule() {
            Rule::guarded_path | Rule::bound_path | Rule::day_path => ExprKind::Name(self.path(pair)),
            Rule::w_all_criteria => ExprKind::AllCriteria,
            Rule::w_examination => ExprKind::ExaminationDate,
            Rule::amount_of => match child(&mut pair.into_inner(), Rule::path) {
                Some(path) => ExprKind::AmountOf(self.path(path)),
                None => ExprKind::Invalid,
            },
            Rule::paren => {
                return self.with_child(pair, Rule::expr, inner, span, |e| ExprKind::Paren(Box::new(e)));
            }
            Rule::rank => return self.rank(pair, inner),
            Rule::year_of => {
                return self.with_child(pair, Rule::operand, inner, span, |e| ExprKind::YearOf(Box::new(e)));
            }
            Rule::weekday => {
                return self
                    .with_child(pair, Rule::operand, inner, span, |e| ExprKind::WeekdayOf(Box::new(e)));
            }
            Rule::month_day | Rule::day_of_month => {
                let word = pair.clone().into_inner().next().map(|p| p.as_rule());
                let day = match word {
                    Some(Rule::w_first_day) => DayOf::FirstOfMonth,
                    Some(Rule::w_next_month) => DayOf::FirstOfNextMonth,
                    _ => DayOf::LastOfMonth,
                };
                return self.day_of(pair, day, inner, span);
            }
            Rule::year_day | Rule::day_of_year => {
                let day =
                    child(&mut pair.clone().into_inner(), Rule::day_month).and_then(|p| self.day_of_year(p));
                let Some(day) = day else { return Built::leaf(self.invalid(span)) };
                return self.day_of(pair, DayOf::Year(day), inner, span);
            }
            Rule::reference => return self.reference(pair, inner),
            Rule::count | Rule::total | Rule::exists | Rule::every | Rule::none | Rule::guarded_count => {
                return self.aggregate(pair, inner);
            }
            Rule::extreme => return self.extreme(pair, inner),
            Rule::between => return self.between(pair, inner, false),
            Rule::rank_of => {
                let quarter = pair.clone().into_inner().any(|p| p.as_rule() == Rule::w_quarter_of);
                let op = if quarter { PeriodOp::QuarterOf } else { PeriodOp::MonthOf };
                return self.with_child(pair, Rule::operand, inner, span, |date| ExprKind::Period {
                    op,
                    of: vec![date],
                });
            }
            Rule::covered => return self.covered(pair, inner),
            Rule::period_count | Rule::edge_day => return self.of_period(pair, inner),
            Rule::period_value | Rule::period_span => return self.period_at(pair, inner),
            _ => return Built::leaf(self.literal(pair)),
        };
        Built::leaf(Expr { kind, span })
    }

    /// A construction around one expression.
    fn with_child(
        &self,
        pair: Pair<'a, Rule>,
        rule: Rule,
        level: usize,
        span: Span,
        wrap: impl FnOnce(Expr) -> ExprKind,
    ) -> Built {
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let Some(pair) = child(&mut pair.into_inner(), rule) else {
            return Built::leaf(self.invalid(span));
        };
        let built = self.build(pair, level);
        Built { depth: built.depth + 1, expr: Expr { kind: wrap(built.expr), span } }
    }

    /// Several expressions built together, with the depth of the deepest.
    pub(super) fn several(&self, pairs: Pairs<'a, Rule>, rules: &[Rule], level: usize) -> (Vec<Expr>, usize) {
        let mut depth = 0;
        let built = pairs
            .filter(|p| rules.contains(&p.as_rule()))
            .map(|p| {
                let built = self.build(p, level);
                depth = depth.max(built.depth);
                built.expr
            })
            .collect();
        (built, depth)
    }

    fn reference(&self, pair: Pair<'a, Rule>, level: usize) -> Built {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let Some(path) = child(&mut parts, Rule::path).map(|p| self.path(p)) else {
            return Built::leaf(self.invalid(span));
        };
        let Some(rest) = parts.next() else {
            let span = path.span;
            return Built::leaf(Expr { kind: ExprKind::Name(path), span });
        };
        if rest.as_rule() == Rule::sharing {
            let span = path.span;
            return self.sharing(Built::leaf(Expr { kind: ExprKind::Name(path), span }), rest, level);
        }
        let Some(date) = child(&mut parts, Rule::operand) else { return Built::leaf(self.invalid(span)) };
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let date = self.build(date, level);
        let kind = ExprKind::AtDate { parameter: path, date: Box::new(date.expr) };
        Built { depth: date.depth + 1, expr: Expr { kind, span } }
    }

    /// `entre D et E en années entières`, or `entre a et b` where a range may stand.
    fn between(&self, pair: Pair<'a, Rule>, level: usize, range: bool) -> Built {
        let span = self.span(&pair);
        if level > limits::NESTING {
            return self.too_deep(span);
        }
        let parts = pair.into_inner();
        let unit = parts.clone().find_map(|p| match p.as_rule() {
            Rule::w_in_years => Some(ElapsedUnit::Years(MissingDay::Unsaid)),
            Rule::w_in_months => Some(ElapsedUnit::Months(MissingDay::Unsaid)),
            Rule::w_in_days => Some(ElapsedUnit::Days),
            _ => None,
        });
        let (ends, depth) = self.several(parts, &[Rule::sum], level);
        let Ok([low, high]) = <[Expr; 2]>::try_from(ends) else { return Built::leaf(self.invalid(span)) };
        let (low, high) = (Box::new(low), Box::new(high));
        let kind = match unit {
            Some(unit) => ExprKind::Elapsed { from: low, to: high, unit },
            None if range => ExprKind::Range { low, high },
            None if self.counts_in_words(&high) => ExprKind::Invalid,
            None => {
                let end = span.start as usize + self.reader.file().slice(span).trim_end().len();
                self.reader.report_at(
                    "fourchette-hors-montant",
                    "« entre … et … » n'est une valeur que dans une ligne « montant »".to_string(),
                    Span::new(span.start as usize, end),
                    "",
                    "pour comparer, écrire « … est entre … et … » ; pour une durée, ajouter « en années entières », « en mois entiers » ou « en jours »",
                );
                ExprKind::Invalid
            }
        };
        Built { depth: depth + 1, expr: Expr { kind, span } }
    }

    fn prefix(&self, op: &Pair<'a, Rule>, built: Built) -> Built {
        let span = self.span(op).to(built.expr.span);
        let depth = built.depth + 1;
        let inner = Box::new(built.expr);
        let kind = match op.as_rule() {
            Rule::negation => ExprKind::Not(inner),
            _ => ExprKind::Negate(inner),
        };
        Built { expr: Expr { kind, span }, depth }
    }

    fn infix(&self, left: Built, op: Pair<'a, Rule>, right: Built) -> Built {
        let span = left.expr.span.to(right.expr.span);
        let depth = left.depth.max(right.depth) + 1;
        let arith = |op, left: Expr, right: Expr| ExprKind::Arith {
            op,
            left: Box::new(left),
            right: Box::new(right),
        };
        let join = |left: Built, right: Built, and: bool| {
            let (mut operands, below) = match (left.expr.kind, and) {
                (ExprKind::And(list), true) | (ExprKind::Or(list), false) => (list, left.depth),
                (kind, _) => (vec![Expr { kind, span: left.expr.span }], left.depth + 1),
            };
            operands.push(right.expr);
            let kind = if and { ExprKind::And(operands) } else { ExprKind::Or(operands) };
            Built { expr: Expr { kind, span }, depth: below.max(right.depth + 1) }
        };
        let sign = match op.as_rule() {
            Rule::w_and => return join(left, right, true),
            Rule::w_or => return join(left, right, false),
            Rule::ge => Some(CompareOp::Ge),
            Rule::le => Some(CompareOp::Le),
            Rule::ne => Some(CompareOp::Ne),
            Rule::gt => Some(CompareOp::Gt),
            Rule::lt => Some(CompareOp::Lt),
            Rule::eq => Some(CompareOp::Eq),
            _ => None,
        };
        let kind = match (sign, op.as_rule()) {
            (Some(sign), _) => {
                if is_comparison(&left.expr) {
                    return self.chained(left.expr.span, self.span(&op), span);
                }
                ExprKind::Compare {
                    op: sign,
                    op_span: self.span(&op),
                    left: Box::new(left.expr),
                    right: Box::new(right.expr),
                }
            }
            (None, Rule::plus) => arith(ArithOp::Add, left.expr, right.expr),
            (None, Rule::minus) => arith(ArithOp::Sub, left.expr, right.expr),
            (None, Rule::times) => arith(ArithOp::Mul, left.expr, right.expr),
            (None, Rule::power) => arith(ArithOp::Pow, left.expr, right.expr),
            (None, Rule::de) => {
                if !matches!(left.expr.kind, ExprKind::Literal(Literal::Percent(_)) | ExprKind::Invalid) {
                    return self.no_share(left.expr.span, self.span(&op), span);
                }
                arith(ArithOp::Mul, left.expr, right.expr)
            }
            (None, _) => arith(ArithOp::Div, left.expr, right.expr),
        };
        Built { expr: Expr { kind, span }, depth }
    }

    fn postfix(&self, left: Built, op: Pair<'a, Rule>, level: usize) -> Built {
        let span = left.expr.span.to(self.span(&op));
        if op.as_rule() == Rule::adjustment {
            let mut depth = left.depth;
            let kind = match self.adjustment_at(op, level, &mut depth) {
                Some(adjustment) => {
                    ExprKind::Adjusted { base: Box::new(left.expr), adjustment: Box::new(adjustment.value) }
                }
                None => ExprKind::Invalid,
            };
            return Built { expr: Expr { kind, span }, depth: depth + 1 };
        }
        if op.as_rule() == Rule::postponed {
            let holidays = op.into_inner().find(|part| part.as_rule() == Rule::holidays);
            let day = DayOf::Working(WorkingDays::next(super::literal::holidays(holidays.as_ref())));
            let kind = ExprKind::DayOf { day, date: Box::new(left.expr) };
            return Built { expr: Expr { kind, span }, depth: left.depth + 1 };
        }
        if op.as_rule() == Rule::failing {
            let next = op.into_inner().any(|part| part.as_rule() == Rule::w_next_first);
            let missing = if next { MissingDay::Next } else { MissingDay::Last };
            let kind = ExprKind::Failing { of: Box::new(left.expr), missing };
            return Built { expr: Expr { kind, span }, depth: left.depth + 1 };
        }
        if matches!(op.as_rule(), Rule::by_month | Rule::during) {
            return self.by_month(left, op, level, span);
        }
        if is_comparison(&left.expr) {
            return self.chained(left.expr.span, self.span(&op), span);
        }
        let mut parts = op.into_inner();
        let negated = parts.next().is_some_and(|word| word.as_rule() == Rule::w_is_not);
        let Some(tail) = parts.next() else { return Built::leaf(self.invalid(span)) };
        if tail.as_rule() == Rule::is_in {
            return self.within_period(left, tail, negated, level, span);
        }
        let subject = Box::new(left.expr);
        let rule = tail.as_rule();
        let (values, mut depth) = if rule == Rule::sum {
            let built = self.build(tail, level);
            (vec![built.expr], built.depth)
        } else {
            self.several(tail.into_inner(), &[Rule::sum, Rule::guarded_sum], level)
        };
        depth = depth.max(left.depth) + 1;
        let kind = match rule {
            Rule::is_between => match <[Expr; 2]>::try_from(values) {
                Ok([low, high]) => {
                    ExprKind::Between { negated, subject, low: Box::new(low), high: Box::new(high) }
                }
                Err(_) => ExprKind::Invalid,
            },
            Rule::is_within => match <[Expr; 2]>::try_from(values) {
                Ok([duration, origin]) => ExprKind::Within {
                    negated,
                    date: subject,
                    duration: Box::new(duration),
                    origin: Box::new(origin),
                },
                Err(_) => ExprKind::Invalid,
            },
            _ => ExprKind::Is { negated, subject, values },
        };
        Built { expr: Expr { kind, span }, depth }
    }
}
