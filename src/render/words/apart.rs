//! What a value comes to beside those that it is held against: never `10 % (au moins 10 %)` of what falls
//! just short.

use super::Words;
use crate::decision::Step;
use crate::known::{Interval, Known};
use crate::number::Ratio;
use crate::policy::Type;
use crate::unit::Measure;
use crate::wording::{Decimal, is_rounded, places};

impl Words<'_> {
    /// What a step came to, told apart from the values of others.
    pub(crate) fn outcome_beside(&self, step: &Step, others: &[&Step]) -> String {
        let others: Vec<&Known> = others.iter().map(|other| &other.value).collect();
        match self.beside(&step.value, &others, self.ty(step)) {
            Some(said) => said + &self.counted_by(step),
            None if self.ty(step) == Type::Amount => self.figure(step),
            None => self.outcome_of(step),
        }
    }

    /// What a step of a calculation came to; `≈` before what is rounded, so that no one goes on from it.
    pub(crate) fn figure(&self, step: &Step) -> String {
        let said = self.outcome_of(step);
        if self.is_rounded(step) { format!("≈ {said}") } else { said }
    }

    /// A number of a product, so that whoever works it out again finds what is told: a fraction as such where no decimal
    /// equals it, else `≈` before what is rounded.
    pub(crate) fn factor(&self, value: &Ratio, ty: Type) -> String {
        /// Past it a fraction says less than its decimals.
        const LEAST: i64 = 1_000;
        let is_plain = |value: &Ratio| value.machine().is_some_and(|(_, den)| den.get() < LEAST);
        match ty {
            _ if !is_rounded(&scaled(value, ty)) => self.number(value, ty),
            Type::Number | Type::Percent if is_plain(value) => self.lang.wording().exact(value),
            _ => format!("≈ {}", self.number(value, ty)),
        }
    }

    /// « par mois », of a number that is known and is counted so.
    pub(super) fn counted_by(&self, step: &Step) -> String {
        self.per(step.expr.and_then(|expr| self.policy.exprs.measure(expr)), &step.value)
    }

    /// « par mois », after a number of which something is known.
    pub(crate) fn per(&self, measure: Option<Measure>, known: &Known) -> String {
        let is_known = |number: &Interval| number.low.value().or(number.high.value()).is_some();
        match (measure, known) {
            (Some(measure), Known::Number(number)) if is_known(number) => {
                self.lang.pick(measure.to_string(), measure.english())
            }
            (Some(_) | None, _) => String::new(),
        }
    }

    /// Whether what a step came to is shown rounded.
    pub(crate) fn is_rounded(&self, step: &Step) -> bool {
        let ty = self.ty(step);
        match &step.value {
            Known::Number(number) if ty.is_numeric() => {
                number.value().is_some_and(|value| is_rounded(&scaled(value, ty)))
            }
            Known::Number(_) | Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => false,
        }
    }

    /// What is known of a value, told apart from others.
    pub(crate) fn known_beside(&self, known: &Known, other: &Known, ty: Type) -> String {
        self.beside(known, &[other], ty).unwrap_or_else(|| self.known(known, ty))
    }

    /// Nothing where the value as it is always written is no other's.
    fn beside(&self, known: &Known, others: &[&Known], ty: Type) -> Option<String> {
        let Known::Number(own) = known else { return None };
        let others: Vec<&Ratio> = others
            .iter()
            .filter_map(|other| match other {
                Known::Number(other) => other.value(),
                Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => None,
            })
            .collect();
        let unclear = |end: Option<&Ratio>| end.is_some_and(|end| needed(end, &others, ty).is_some());
        if !unclear(own.low.value()) && !unclear(own.high.value()) {
            return None;
        }
        let said = |value: &Ratio| match needed(value, &others, ty) {
            Some(places) => self.with_places(value, places, ty),
            None => self.number(value, ty),
        };
        Some(match own.value() {
            Some(value) => said(value),
            None => self.range(own, said),
        })
    }

    /// `de 1 500 à 2 000`, of a value that lies between two ends, told apart from others.
    pub(super) fn span_beside(&self, step: &Step, others: &[&Step]) -> Option<String> {
        let Known::Number(own) = &step.value else { return None };
        let (low, high) = match (own.value(), own.low.value(), own.high.value()) {
            (None, Some(low), Some(high)) => (low, high),
            _ => return None,
        };
        let ty = self.ty(step);
        let others: Vec<&Ratio> = others
            .iter()
            .filter_map(|other| match &other.value {
                Known::Number(other) => other.value(),
                Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => None,
            })
            .collect();
        let said = |value: &Ratio| match needed(value, &others, ty) {
            Some(places) => self.with_places(value, places, ty),
            None => self.number(value, ty),
        };
        Some(self.span(&said(low), &said(high)))
    }

    fn with_places(&self, value: &Ratio, places: u8, ty: Type) -> String {
        let wording = self.lang.wording();
        let decimal = Decimal::rounded(&scaled(value, ty), places).trimmed();
        match ty {
            Type::Percent => wording.with_percent(&wording.decimal(&decimal)),
            Type::Amount => wording.with_sign(&decimal, self.policy.currency),
            _ => wording.decimal(&decimal),
        }
    }
}

/// In the unit in which it is written.
fn scaled(value: &Ratio, ty: Type) -> Ratio {
    if ty == Type::Percent { value.mul(&Ratio::from(100)) } else { value.clone() }
}

/// As many decimals as tell a value from each other one, where those with which it is written do not.
fn needed(value: &Ratio, others: &[&Ratio], ty: Type) -> Option<u8> {
    if !matches!(ty, Type::Percent | Type::Amount | Type::Number) {
        return None;
    }
    let own = scaled(value, ty);
    let written = places(&own);
    let others: Vec<Ratio> =
        others.iter().filter(|other| **other != value).map(|other| scaled(other, ty)).collect();
    let same = |places: u8| {
        let shown = Decimal::rounded(&own, places);
        others.iter().any(|other| shown == Decimal::rounded(other, places))
    };
    same(written).then(|| (written..=u8::MAX).find(|places| !same(*places))).flatten()
}
