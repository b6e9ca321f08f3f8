//! One condition as a sentence: what it is about, what it comes to, what is asked.

use std::borrow::Cow;

use super::{Audience, Words};
use crate::decision::{Leaf, MissingPlace, Op, Step};
use crate::known::{End, Known, Truth, compare};
use crate::number::Ratio;
use crate::phrase::has_colon;
use crate::policy::{ExprId, ExprKind, ListId, Type};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::wording::french::{before, is_feminine, singular};

/// A quotient that stands behind a value, through definitions and cases.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quotient<'s> {
    pub(crate) part: &'s Step,
    pub(crate) whole: &'s Step,
}

/// The step of an operand, where it was needed.
pub(crate) fn operand(step: &Step, expr: ExprId) -> Option<&Step> {
    step.operands.iter().find(|o| o.expr == Some(expr))
}

/// The truth of a step; open for what is no truth.
pub(crate) fn truth(step: &Step) -> Truth {
    match &step.value {
        Known::Truth(truth) => *truth,
        _ => Truth::OPEN,
    }
}

impl<'a> Words<'a> {
    /// What a value comes from, through definitions and the one line of cases that applies.
    pub(crate) fn behind<'s>(&self, step: &'s Step) -> &'s Step {
        let mut step = step;
        loop {
            let inner = match &step.op {
                Op::Shared(body) => Some(&**body),
                Op::Expr => match step.expr.map(|e| &self.policy.exprs.get(e).kind) {
                    Some(ExprKind::Cases { lines, otherwise }) => {
                        let mut values = step.operands.iter().filter(|o| {
                            o.expr
                                .is_some_and(|e| lines.iter().any(|l| l.value == e) || *otherwise == Some(e))
                        });
                        match (values.next(), values.next()) {
                            (Some(only), None) => Some(only),
                            _ => None,
                        }
                    }
                    _ => None,
                },
                Op::Leaf(_) | Op::Item | Op::Served { .. } | Op::Cases { .. } | Op::Case { .. } => None,
            };
            match inner {
                Some(inner) => step = inner,
                None => return step,
            }
        }
    }

    /// The quotient behind a value.
    pub(crate) fn quotient<'s>(&self, step: &'s Step) -> Option<Quotient<'s>> {
        let step = self.behind(step);
        match &self.policy.exprs.get(step.expr?).kind {
            // « 3 600 € par an ramené au mois » is no share of twelve months.
            ExprKind::Div(part, _) if self.is_brought(step, *part) => None,
            ExprKind::Div(part, whole) => {
                Some(Quotient { part: operand(step, *part)?, whole: operand(step, *whole)? })
            }
            _ => None,
        }
    }

    /// Whether a step only counts an amount by another period.
    fn is_brought(&self, step: &Step, part: ExprId) -> bool {
        let measure = |expr: ExprId| self.policy.exprs.measure(expr);
        step.expr.and_then(measure).zip(measure(part)).is_some_and(|(own, part)| own.converts(part))
    }

    /// The type of a step's value.
    pub(crate) fn ty(&self, step: &Step) -> Type {
        match step.expr {
            Some(expr) => self.policy.exprs.get(expr).ty,
            None => match &step.value {
                Known::Date(_) => Type::Date,
                Known::Number(_) => Type::Number,
                Known::Text(_) => Type::Text,
                Known::Truth(_) | Known::Choice(_) => Type::Truth,
            },
        }
    }

    /// What a step came to.
    pub(crate) fn outcome_of(&self, step: &Step) -> String {
        if let Op::Leaf(Leaf::Fact(fact)) = step.op {
            return self.known_at(MissingPlace::Fact(fact), &step.value);
        }
        // What is counted or summed of a list that is absent: 0 or more says no more.
        if let Known::Number(n) = &step.value
            && n.high == End::Infinite
            && n.low.value().is_none_or(Ratio::is_zero)
            && let Some(ExprKind::Aggregate { list, .. }) =
                self.behind(step).expr.map(|e| &self.policy.exprs.get(e).kind)
            && self.dossier.list(*list).is_none()
        {
            return self.unknown();
        }
        self.known(&step.value, self.ty(step)) + &self.counted_by(step)
    }

    /// What is known of a fact: nothing, where it is all that its type allows.
    pub(crate) fn known_at(&self, place: MissingPlace, known: &Known) -> String {
        let domain = match place {
            MissingPlace::Fact(fact) => Some(&self.policy.facts[fact.index()].ask.domain),
            MissingPlace::Cell { field, .. } => Some(&self.policy.fields[field.index()].ask.domain),
            MissingPlace::List(_) => None,
        };
        if !known.is_single() && domain == Some(known) {
            return self.unknown();
        }
        let measure = match place {
            MissingPlace::Fact(fact) => self.policy.facts[fact.index()].ask.measure,
            MissingPlace::Cell { field, .. } => self.policy.fields[field.index()].ask.measure,
            MissingPlace::List(_) => None,
        };
        self.known(known, self.type_of(place)) + &self.per(measure, known)
    }

    pub(super) fn step_name(&self, step: &Step) -> Cow<'a, str> {
        step.expr.map(|e| self.name(e)).unwrap_or_default()
    }

    /// A name and what it comes to, told apart from what it is held against: `adhérents comptés : 5 sur
    /// 35, soit 14,29 %`.
    pub(crate) fn measure(&self, step: &Step, others: &[&Step]) -> String {
        if let Some(quotient) = self.quotient(step) {
            let named = quotient.part.expr.is_some_and(|e| {
                matches!(
                    self.policy.exprs.get(e).kind,
                    ExprKind::Definition(_)
                        | ExprKind::Fact(_)
                        | ExprKind::Field(_)
                        | ExprKind::Parameter { .. }
                )
            });
            // Of a share, both sides are worth telling even without a name.
            if named || self.ty(step) == Type::Percent {
                let name = self.step_name(if named { quotient.part } else { step });
                return self.pair(&name, &self.ratio(quotient, step, others));
            }
        }
        if let Some(said) = self.shifted(step, others) {
            return said;
        }
        self.told(&self.step_name(step), &step.value, &self.outcome_beside(step, others))
    }

    /// `arrivée : 3 mars 2025 ; 3 mois après : 3 juin 2025`, of a date that is told from another.
    fn shifted(&self, step: &Step, others: &[&Step]) -> Option<String> {
        let ExprKind::Shift { date, by, then_days, back } = self.policy.exprs.get(step.expr?).kind else {
            return None;
        };
        let (date, by) = (operand(step, date)?, operand(step, by)?);
        let Known::Number(by_value) = &by.value else { return None };
        if !date.value.is_single() {
            return None;
        }
        let duration = match then_days {
            0 => self.outcome_of(by),
            days => {
                let months = by_value.value()?.to_i64()?;
                self.lang.wording().duration(crate::time::Duration { months, days })
            }
        };
        let way = if back { self.say("avant", "before") } else { self.say("après", "after") };
        let from = self.told(&self.step_name(date), &date.value, &self.outcome_of(date));
        let then = self.pair(&format!("{duration} {way}"), &self.outcome_beside(step, others));
        Some([&from, self.lang.then(), &then].concat())
    }

    /// `5 sur 35, soit 14,29 %`.
    fn ratio(&self, quotient: Quotient<'_>, step: &Step, others: &[&Step]) -> String {
        let (part, whole) = (self.outcome_of(quotient.part), self.whole(quotient.whole));
        let share = self.outcome_beside(step, others);
        [&part, &whole, self.say(", soit ", ", that is "), &share].concat()
    }

    /// What stands after the part: ` sur 30`, ` sur 30 ou plus`, and of two ends `, sur un nombre de 4 à 30`.
    fn whole(&self, step: &Step) -> String {
        if let Known::Number(n) = &step.value
            && n.value().is_none()
            && let (Some(low), Some(high)) = (n.low.value(), n.high.value())
        {
            let ty = self.ty(step);
            let what = match ty {
                Type::Integer | Type::Number => self.say("un nombre", "a number"),
                Type::Amount => self.say("un montant", "an amount"),
                Type::Months | Type::Days => self.say("une durée", "a duration"),
                Type::Truth | Type::Percent | Type::Date | Type::Text | Type::Choice(_) => {
                    self.say("une valeur", "a value")
                }
            };
            let span = self.span(&self.number(low, ty), &self.number(high, ty));
            return format!("{} {what} {span}", self.say(", sur", ", out of"));
        }
        [self.say(" sur ", " out of "), &self.outcome_of(step)].concat()
    }

    /// What is said of a condition that is settled although the values that are shown leave it open: what
    /// stands on both sides is one and the same, or the rules tie them together.
    fn whatever(&self, by_values: Truth, truth: Truth, holds: bool) -> &'static str {
        match (by_values.is_open() && !truth.is_open(), holds) {
            (false, _) => "",
            (true, true) => self.say("vrai dans tous les cas", "true in any case"),
            (true, false) => self.say("faux dans tous les cas", "false in any case"),
        }
    }

    /// A condition that is not made of others; `negated`: under a `non`.
    pub(crate) fn sentence(&self, step: &Step, negated: bool) -> String {
        let Some(expr) = step.expr else { return self.outcome_of(step) };
        let holds = truth(step).contains(!negated) && !truth(step).is_open();
        let fails = !holds && !truth(step).is_open();
        let asked = |said: String, asked: String| {
            let must = self.say("il faut :", "expected:");
            // Beside what is not so, « dans les 6 mois » alone would be heard as what is.
            let asked = match fails && !asked.is_empty() && !asked.starts_with(must) {
                true => match asked.strip_prefix("autre que ") {
                    Some(what) => format!("{must} {}", before("autre chose que", what)),
                    None => format!("{must} {asked}"),
                },
                false => asked,
            };
            if let Some(needed) =
                asked.strip_prefix("il faut : ").filter(|_| self.audience == Audience::Addressee)
            {
                return format!("{said}, {}", self.needed(expr, needed));
            }
            if asked.is_empty() { said } else { [&said, " (", &asked, ")"].concat() }
        };
        let whole = || {
            let name = self.name(expr);
            // What stands before a colon holds none.
            let name = if has_colon(&name) { self.quoted(&name).into() } else { name };
            let said = match truth(step).value().filter(|_| self.audience == Audience::Addressee) {
                // A formula is no question that « oui » would answer.
                Some(true) if !self.is_called(expr) => "c'est le cas".to_owned(),
                Some(false) if !self.is_called(expr) => "ce n'est pas le cas".to_owned(),
                Some(_) | None => self.outcome_of(step),
            };
            self.told(&name, &step.value, &said)
        };
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Compare { op, left, right } => {
                let op = if negated { op.negated() } else { *op };
                let (Some(l), Some(r)) = (operand(step, *left), operand(step, *right)) else {
                    return whole();
                };
                let fixed = |e: ExprId| {
                    matches!(
                        self.policy.exprs.get(e).kind,
                        ExprKind::Const(_) | ExprKind::Parameter { .. } | ExprKind::ExaminationDate
                    )
                };
                let (op, l, r) =
                    if fixed(*left) && !fixed(*right) { (op.flipped(), r, l) } else { (op, l, r) };
                let own = self.beside_examination(l, r).or_else(|| self.none_counted(op, l, r));
                if let Some(said) = own {
                    return said;
                }
                let equal = matches!(op, CompareOp::Eq | CompareOp::Ne);
                if op == CompareOp::Ne && !holds && l.value == r.value && l.value.is_single() {
                    return asked(self.measure(l, &[]), self.excluding(r));
                }
                let numeric = self.ty(l).is_numeric() || self.ty(l) == Type::Date;
                let bound = if holds && equal && !numeric { String::new() } else { self.bound(op, l, r) };
                let by_values = compare(op, &l.value, &r.value);
                let told = [bound.as_str(), self.whatever(by_values, truth(step), holds)];
                let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
                asked(self.measure(l, &[r]), told.join(self.lang.then()))
            }
            ExprKind::Among { subject, values } => {
                let Some(of) = operand(step, *subject) else { return whole() };
                if holds {
                    return self.measure(of, &[]);
                }
                let ty = self.ty(of);
                let wanted: Vec<String> = values
                    .iter()
                    .map(|v| match operand(step, *v) {
                        Some(value) => self.outcome_of(value),
                        None => self.phrase(*v),
                    })
                    .map(|v| match ty {
                        Type::Text => self.quoted(&v),
                        Type::Choice(_) if negated => self.quoted(&v),
                        _ => v,
                    })
                    .collect();
                let wanted = self.list(&wanted, ("ou", "or"));
                let word = if negated {
                    self.say("autre que", "other than")
                } else {
                    self.say("il faut :", "expected:")
                };
                asked(self.measure(of, &[]), format!("{word} {wanted}"))
            }
            ExprKind::Between { subject, low, high } => {
                let (Some(of), Some(low), Some(high)) =
                    (operand(step, *subject), operand(step, *low), operand(step, *high))
                else {
                    return whole();
                };
                let word = match (negated, self.ty(of)) {
                    (false, Type::Date) => self.say("entre le", "between"),
                    (false, _) => self.say("entre", "between"),
                    (true, Type::Date) => self.say("hors du", "not between"),
                    (true, _) => self.say("hors de", "not between"),
                };
                let and = match (negated, self.ty(of)) {
                    (false, Type::Date) => self.say("et le", "and"),
                    (false, _) => self.say("et", "and"),
                    (true, Type::Date) => self.say("au", "and"),
                    (true, _) => self.say("à", "and"),
                };
                asked(
                    self.measure(of, &[low, high]),
                    format!("{word} {} {and} {}", self.outcome_of(low), self.outcome_of(high)),
                )
            }
            ExprKind::Within { date, duration, origin } => {
                let (Some(date), Some(duration), Some(origin)) =
                    (operand(step, *date), operand(step, *duration), operand(step, *origin))
                else {
                    return whole();
                };
                let start = match (&origin.value, &duration.value) {
                    (Known::Date(from), Known::Number(lasting)) if from.value().is_some() => {
                        let to = match self.ty(duration) {
                            Type::Months => from.plus_months(lasting),
                            _ => from.plus_days(lasting),
                        };
                        format!(
                            ", {} {} {} {}",
                            self.say("soit du", "that is from"),
                            self.date_range(*from),
                            self.say("au", "to"),
                            self.date_range(to)
                        )
                    }
                    _ => {
                        let name = self.step_name(origin);
                        let known = self.told(&name, &origin.value, &self.outcome_of(origin));
                        [self.lang.then(), &known].concat()
                    }
                };
                let word =
                    if negated { self.say("hors des", "not within") } else { self.say("dans les", "within") };
                asked(
                    self.measure(date, &[]),
                    format!(
                        "{word} {} {} {}{start}",
                        self.outcome_of(duration),
                        self.say("suivant", "of"),
                        origin.expr.map(|expr| self.phrases().origin(expr)).unwrap_or_default()
                    ),
                )
            }
            ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Definition(_) if negated && !holds => asked(
                self.leaf(step),
                format!("{} {}", self.say("il faut :", "expected:"), self.say("non", "no")),
            ),
            ExprKind::Field(_) => self.leaf(step),
            ExprKind::Aggregate { list, .. }
                if truth(step).is_open()
                    && matches!(step.value, Known::Truth(_))
                    && self.dossier.list(*list).is_none() =>
            {
                self.pair(&self.policy.lists[list.index()].label, &self.unknown())
            }
            ExprKind::Aggregate { kind, list, filter, of } => {
                let some = (*kind == Aggregate::Exists && !negated && !holds)
                    .then(|| self.phrases().some_of(*list, *filter, *of));
                match some {
                    Some(some) => self.in_want_of(&some, *list, fails.then(Ratio::one).as_ref()),
                    None => self.by_element(step, negated).unwrap_or_else(whole),
                }
            }
            ExprKind::Holds(item) => self.pair(self.item(*item), &self.item_word(*item, truth(step))),
            _ => whole(),
        }
    }

    /// « alors qu'il en faut au moins 10 »: what is needed of what is not so, in a letter.
    fn needed(&self, expr: ExprId, needed: &str) -> String {
        let exprs = &self.policy.exprs;
        let of = match &exprs.get(expr).kind {
            ExprKind::Compare { left, right, .. } => {
                // What is held against a bound: the side that is no figure.
                let fixed = matches!(exprs.get(*left).kind, ExprKind::Const(_));
                exprs.get(if fixed { *right } else { *left }).ty
            }
            ExprKind::Within { .. } => Type::Date,
            ExprKind::Between { subject, .. } | ExprKind::Among { subject, .. } => exprs.get(*subject).ty,
            _ => Type::Truth,
        };
        let bounded = ["au moins", "au plus", "plus d", "moins d", "au-dess", "entre", "hors", "autre chose"];
        match of {
            Type::Truth if needed == "non" => "ce que la règle exclut".to_owned(),
            Type::Date => format!("alors que la règle l'exige {needed}"),
            Type::Integer if bounded.iter().any(|word| needed.starts_with(word)) => {
                format!("alors qu'il en faut {needed}")
            }
            _ if needed.starts_with('«') || bounded.iter().any(|word| needed.starts_with(word)) => {
                format!("alors qu'il faut {needed}")
            }
            _ => format!("alors qu'il faut {}", self.quoted(needed)),
        }
    }

    /// `aucun enfant (inscrit : oui), il en faut au moins un`, or so many; `au moins un enfant (inscrit : oui) : à établir`.
    pub(super) fn in_want_of(&self, some: &str, list: ListId, least: Option<&Ratio>) -> String {
        let feminine = is_feminine(&singular(&self.policy.lists[list.index()].label));
        let (no, one) = if feminine { ("aucune", "une") } else { ("aucun", "un") };
        let beside = if self.audience == Audience::Addressee { "alors qu'il" } else { "il" };
        match least {
            Some(least) => {
                let count = self.number(least, Type::Integer);
                let (french, english) =
                    if *least == Ratio::one() { (one, "one") } else { (&*count, &*count) };
                self.lang.pick(
                    format!("{no} {some}, {beside} en faut au moins {french}"),
                    format!("none of {some}, {english} at least is needed"),
                )
            }
            None => self.pair(
                &self.lang.pick(format!("au moins {one} {some}"), format!("one at least of {some}")),
                &self.unknown(),
            ),
        }
    }

    /// A fact or a field with its value; a field says of which element.
    fn leaf(&self, step: &Step) -> String {
        let Some(expr) = step.expr else { return self.outcome_of(step) };
        match &step.op {
            Op::Leaf(Leaf::Cell(row, field)) => {
                let of = &self.policy.fields[field.index()];
                let name = format!("{}, {}", self.element(*row, of.list), of.label);
                self.told(&name, &step.value, &self.outcome_of(step))
            }
            _ => self.told(&self.name(expr), &step.value, &self.outcome_of(step)),
        }
    }
}
