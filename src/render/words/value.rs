//! Values as people read them, with their unit.

use super::Words;
use crate::decision::{Op, Step};
use crate::known::{DateRange, End, Interval, Known, TextSet};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Policy, Type};
use crate::render::Lang;
use crate::time::Date;
use crate::value::Value;

/// `5`, `10 jours` of `5 jours`, `10 jours`: a unit that all have is said once.
fn unit_once(mut said: Vec<String>) -> Vec<String> {
    let unit = |one: &String| one.rsplit_once(' ').map(|(_, unit)| unit.to_owned());
    let Some(shared) =
        said.last().and_then(unit).filter(|unit| !unit.starts_with(|c: char| c.is_ascii_digit()))
    else {
        return said;
    };
    if said.iter().all(|one| unit(one).as_ref() == Some(&shared)) {
        let last = said.len() - 1;
        for one in said.iter_mut().take(last) {
            one.truncate(one.len() - shared.len() - 1);
        }
    }
    said
}

/// A number of a policy in its unit.
pub(crate) fn number(policy: &Policy, lang: Lang, value: &Ratio, ty: Type) -> String {
    let wording = lang.wording();
    match ty {
        Type::Percent => wording.percent(value),
        Type::Amount => wording.amount(value, policy.currency),
        Type::Months => wording.months(value),
        Type::Days => wording.days(value),
        Type::Truth | Type::Integer | Type::Number | Type::Date | Type::Text | Type::Choice(_) => {
            wording.number(value)
        }
    }
}

impl Words<'_> {
    /// What is known of a value: the value, or what it may be.
    pub(crate) fn known(&self, known: &Known, ty: Type) -> String {
        match known {
            Known::Truth(truth) => match truth.value() {
                Some(true) => self.say("oui", "yes").to_owned(),
                Some(false) => self.say("non", "no").to_owned(),
                None => self.unknown(),
            },
            Known::Number(interval) => self.interval(interval, ty),
            Known::Date(range) => self.date_range(*range),
            Known::Text(TextSet::OneOf(texts)) => {
                let texts: Vec<String> = texts.iter().map(|t| t.shown.to_string()).collect();
                self.list(&texts, ("ou", "or"))
            }
            Known::Text(TextSet::AnyBut(_)) => self.unknown(),
            Known::Choice(set) => match ty {
                Type::Choice(choice) => {
                    let options = &self.policy.choices[choice.index()].options;
                    if set.len() >= options.len() && options.len() > 1 {
                        return self.unknown();
                    }
                    let names: Vec<String> = set
                        .iter()
                        .filter_map(|o| options.get(usize::from(o)).map(|name| name.to_string()))
                        .collect();
                    self.list(&names, ("ou", "or"))
                }
                _ => self.unknown(),
            },
        }
    }

    /// A single value.
    pub(crate) fn value(&self, value: &Value, ty: Type) -> String {
        self.known(&Known::exactly(value), ty)
    }

    /// `à établir`: it agrees with whatever it is said of.
    pub(crate) fn unknown(&self) -> String {
        self.say("à établir", "unknown").to_owned()
    }

    /// `1 500 ou 2 000`, of a value that is one of a few that the text gives, whatever lies between them.
    pub(crate) fn one_of_few(&self, step: &Step, known: &Known) -> Option<String> {
        /// Past so many a range says more.
        const FEW: usize = 3;
        let Known::Number(within) = known else { return None };
        let mut all: Vec<Ratio> = Vec::new();
        self.each_value(step, &mut all)?;
        all.retain(|value| within.contains(value));
        all.sort();
        all.dedup();
        let said: Vec<String> = all.iter().map(|value| self.number(value, self.ty(step))).collect();
        (2..=FEW).contains(&said.len()).then(|| self.list(&unit_once(said), ("ou", "or")))
    }

    /// Every value that a step may come to, where the lines of cases and scales in it give a number each.
    fn each_value(&self, step: &Step, all: &mut Vec<Ratio>) -> Option<()> {
        if let Known::Number(number) = &step.value
            && let Some(value) = number.value()
        {
            all.push(value.clone());
            return Some(());
        }
        let values: Vec<ExprId> = match (&step.op, step.expr.map(|e| &self.policy.exprs.get(e).kind)) {
            (Op::Shared(body), _) => return self.each_value(body, all),
            (Op::Cases { .. }, _) => {
                return step.operands.iter().try_for_each(|case| self.each_value(case, all));
            }
            (Op::Case { .. }, _) => {
                return match step.operands.as_slice() {
                    [only] => self.each_value(only, all),
                    _ => None,
                };
            }
            (Op::Expr, Some(ExprKind::Cases { lines, otherwise })) => {
                lines.iter().map(|line| line.value).chain(*otherwise).collect()
            }
            (Op::Expr, Some(ExprKind::Scale { bands, by_slices: false, .. })) => {
                bands.iter().map(|band| band.value).collect()
            }
            _ => return None,
        };
        let mut given =
            step.operands.iter().filter(|o| o.expr.is_some_and(|e| values.contains(&e))).peekable();
        given.peek()?;
        given.try_for_each(|value| self.each_value(value, all))
    }

    /// A number in its unit, or the range in which it lies.
    pub(crate) fn interval(&self, interval: &Interval, ty: Type) -> String {
        if let Some(value) = interval.value() {
            return self.number(value, ty);
        }
        match (&interval.low, &interval.high) {
            (End::Included(low), End::Included(high))
                if ty == Type::Integer && high.sub(low) == Ratio::from(1) =>
            {
                format!("{} {} {}", self.number(low, ty), self.say("ou", "or"), self.number(high, ty))
            }
            _ => self.range(interval, |r| self.number(r, ty)),
        }
    }

    /// Two ends or one, each said by `n`.
    pub(super) fn range(&self, interval: &Interval, n: impl Fn(&Ratio) -> String) -> String {
        match (&interval.low, &interval.high) {
            (End::Infinite, End::Infinite) => self.unknown(),
            (End::Included(low) | End::Excluded(low), End::Included(high) | End::Excluded(high)) => {
                format!("{} {} {} {}", self.say("entre", "between"), n(low), self.say("et", "and"), n(high))
            }
            (End::Included(low), End::Infinite) => format!("{} {}", n(low), self.say("ou plus", "or more")),
            (End::Excluded(low), End::Infinite) => format!("{} {}", self.say("plus de", "more than"), n(low)),
            (End::Infinite, End::Included(high)) => {
                format!("{} {}", n(high), self.say("ou moins", "or less"))
            }
            (End::Infinite, End::Excluded(high)) => {
                format!("{} {}", self.say("moins de", "less than"), n(high))
            }
        }
    }

    /// An amount that is paid: `80 000 €`, `de 50 000 € à 100 000 €`, `jusqu'à 6 000 €`.
    pub(crate) fn payment(&self, interval: &Interval) -> String {
        match (&interval.low, &interval.high) {
            (End::Included(low) | End::Excluded(low), End::Included(high) | End::Excluded(high))
                if low != high =>
            {
                if low.is_zero() {
                    let high = self.number(high, Type::Amount);
                    return format!("{} {high}", self.say("jusqu'à", "up to"));
                }
                self.span(&self.number(low, Type::Amount), &self.number(high, Type::Amount))
            }
            _ => self.interval(interval, Type::Amount),
        }
    }

    /// `de 50 000 € à 100 000 €`.
    pub(super) fn span(&self, low: &str, high: &str) -> String {
        format!("{} {low} {} {high}", self.say("de", "from"), self.say("à", "to"))
    }

    /// A number in its unit.
    pub(crate) fn number(&self, value: &Ratio, ty: Type) -> String {
        number(self.policy, self.lang, value, ty)
    }

    /// `3 février 2025`.
    pub(crate) fn date(&self, date: Date) -> String {
        self.lang.wording().date(date)
    }

    /// `mercredi 10 septembre 2025`: as time limits are written.
    pub(crate) fn weekday_date(&self, date: Date) -> String {
        self.lang.wording().weekday_date(date)
    }

    /// A date, `pas encore`, or the range in which it lies.
    pub(crate) fn date_range(&self, range: DateRange) -> String {
        match (range.from, range.to) {
            (Some(from), Some(to)) if from == to => self.date(from),
            (Some(from), Some(to)) => format!(
                "{} {} {} {}",
                self.say("entre le", "between"),
                self.date(from),
                self.say("et le", "and"),
                self.date(to)
            ),
            (Some(from), None) if Some(from) == self.examined_on.plus_days(1) => {
                self.say("pas encore", "not yet").to_owned()
            }
            (Some(from), None) => {
                format!("{} {}", self.say("le", "on"), self.date(from))
                    + self.say(" au plus tôt", " at the earliest")
            }
            (None, Some(to)) => {
                format!("{} {}", self.say("le", "on"), self.date(to))
                    + self.say(" au plus tard", " at the latest")
            }
            (None, None) => self.unknown(),
        }
    }
}
