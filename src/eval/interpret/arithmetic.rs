//! Arithmetic on numbers and dates.

use super::interpreter::{Evaluator, date_of, number_of};
use crate::known::{DateRange, End, Interval, Known, OptionSet};
use crate::number::Ratio;
use crate::policy::expr::CaseLine;
use crate::policy::{ExprId, ExprKind, Quantity, Type};
use crate::syntax::tree::{CompareOp, ElapsedUnit};

impl Evaluator<'_> {
    /// The result of an operation on numbers or dates.
    pub(in crate::eval) fn arithmetic(&mut self, expr: ExprId) -> Interval {
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Add(a, b) => self.binary(expr, *a, *b, Interval::add),
            ExprKind::Sub(a, b) => self.binary(expr, *a, *b, Interval::sub),
            ExprKind::Mul(a, b) => self.binary(expr, *a, *b, Interval::mul),
            ExprKind::Div(a, b) => {
                let quotient = self.binary(expr, *a, *b, Interval::div);
                self.no_more_than_whole(quotient, *a, *b)
            }
            ExprKind::Power { base, exponent } => self.binary(expr, *base, *exponent, Interval::power),
            ExprKind::Negate(a) => self.number(*a).neg(),
            ExprKind::Scaled { base, rate, decrease } => {
                let base = self.number(*base);
                let rate = self.number(*rate);
                let exact = base.value().is_some() && rate.value().is_some();
                self.bounded(expr, exact, base.mul(&factor(&rate, *decrease)))
            }
            ExprKind::Prorata { base, part, whole } => {
                let base = self.number(*base);
                let part = self.number(*part);
                let whole = self.number(*whole);
                let exact = base.value().is_some() && part.value().is_some() && is_divisor(&whole);
                self.bounded(expr, exact, base.mul(&part).div(&whole))
            }
            ExprKind::Round { value, rounding } => self.number(*value).round(rounding),
            ExprKind::DaysBetween(a, b) => {
                // In the order in which they are read.
                let to = self.date(*a);
                let from = self.date(*b);
                self.policy.within(*b, *a, ElapsedUnit::Days, from.elapsed(to, ElapsedUnit::Days))
            }
            ExprKind::Elapsed { from, to, unit } => {
                let first = self.date(*from);
                let last = self.date(*to);
                self.policy.within(*from, *to, *unit, first.elapsed(last, *unit))
            }
            ExprKind::Allotted { total, envelope, left } => {
                let total = self.number(*total);
                let envelope = self.number(*envelope);
                let exact = total.value().is_some() && envelope.value().is_some();
                let shared = if *left { envelope.sub(&total) } else { total };
                // Shares and rest add up to the envelope, and none of them is below zero.
                let shared = shared.intersect(&envelope.part()).unwrap_or_else(|| envelope.part());
                self.bounded(expr, exact, shared)
            }
            ExprKind::YearOf(date) => self.date(*date).year(),
            ExprKind::Range { low, high } => {
                let low = self.number(*low);
                let high = self.number(*high);
                low.union(&high)
            }
            _ => Interval::all(false),
        }
    }

    fn binary(
        &mut self,
        expr: ExprId,
        a: ExprId,
        b: ExprId,
        op: fn(&Interval, &Interval) -> Interval,
    ) -> Interval {
        let divides = matches!(self.policy.exprs.get(expr).kind, ExprKind::Div(..));
        let a = self.number(a);
        let b = self.number(b);
        let exact = a.value().is_some() && if divides { is_divisor(&b) } else { b.value().is_some() };
        self.bounded(expr, exact, op(&a, &b))
    }

    /// A part of a whole that the coherence rules keep from being more than the whole is no more than all of it.
    fn no_more_than_whole(&mut self, quotient: Interval, part: ExprId, whole: ExprId) -> Interval {
        // Where no rule is assumed, nothing is: the rules themselves are looked at.
        let beyond = quotient.high.value().is_none_or(|high| *high > Ratio::one());
        if !beyond || quotient.value().is_some() || self.learnt.is_empty() {
            return quotient;
        }
        if self.number(whole).low.value().is_none_or(|low| low.signum() < 0) || !self.is_within(part, whole) {
            return quotient;
        }
        let most = Interval { low: End::Infinite, high: End::Included(Ratio::one()), whole: false };
        quotient.intersect(&most).unwrap_or(quotient)
    }

    /// Whether a coherence rule says that a number is at most another.
    fn is_within(&mut self, part: ExprId, whole: ExprId) -> bool {
        let policy = self.policy;
        let mut rules: Vec<ExprId> = policy.coherences.iter().map(|rule| rule.condition).collect();
        let mut orders = Vec::new();
        while let Some(rule) = rules.pop() {
            match &policy.exprs.get(rule).kind {
                ExprKind::And(of) => rules.extend(of),
                ExprKind::Bullets { quantity: Quantity::All, of } => {
                    rules.extend(
                        of.iter().filter(|bullet| bullet.only_if.is_none()).map(|bullet| bullet.then),
                    );
                }
                ExprKind::Compare { op: CompareOp::Le | CompareOp::Lt, left, right } => {
                    orders.push((*left, *right));
                }
                ExprKind::Compare { op: CompareOp::Ge | CompareOp::Gt, left, right } => {
                    orders.push((*right, *left));
                }
                _ => {}
            }
        }
        if orders.is_empty() {
            return false;
        }
        let mark = self.noted.len();
        let (part, whole) = (self.stands_for(part), self.stands_for(whole));
        let shape = |expr: ExprId| policy.exprs.get(expr).shape;
        let within = orders.into_iter().any(|(less, more)| {
            shape(self.stands_for(less)) == shape(part) && shape(self.stands_for(more)) == shape(whole)
        });
        self.noted.truncate(mark);
        within
    }

    /// What a definition is, through the one line of its cases that applies.
    fn stands_for(&mut self, expr: ExprId) -> ExprId {
        let policy = self.policy;
        let mut expr = expr;
        loop {
            let inner = match &policy.exprs.get(expr).kind {
                ExprKind::Definition(definition) => Some(policy.definitions[definition.index()].body),
                ExprKind::Cases { lines, otherwise } => self.line_of(lines, *otherwise),
                _ => None,
            };
            match inner {
                Some(inner) => expr = inner,
                None => return expr,
            }
        }
    }

    fn line_of(&mut self, lines: &[CaseLine], otherwise: Option<ExprId>) -> Option<ExprId> {
        for line in lines {
            match self.untraced(|inner| inner.truth(line.when)).value() {
                Some(true) => return Some(line.value),
                Some(false) => {}
                None => return None,
            }
        }
        otherwise
    }

    pub(super) fn calendar(&mut self, kind: &ExprKind) -> DateRange {
        match kind {
            ExprKind::Shift { date, by, then_days, back } => {
                let date = self.date(*date);
                self.shifted(date, *by, *then_days, *back)
            }
            ExprKind::DayOf { day, date } => self.date(*date).day_of(*day),
            _ => DateRange::ALL,
        }
    }

    pub(super) fn extremum(&mut self, greatest: bool, of: &[ExprId], ty: Type) -> Known {
        let mut result: Option<Known> = None;
        for expr in of {
            let known = self.value(*expr);
            result = Some(match result {
                None => known,
                Some(so_far) => extreme(greatest, &so_far, &known),
            });
        }
        result.unwrap_or_else(|| self.policy.domain_of(ty))
    }
}

/// Whether it is one number, and not 0.
fn is_divisor(interval: &Interval) -> bool {
    interval.value().is_some_and(|value| !value.is_zero())
}

/// 1 + rate, or 1 − rate.
pub(in crate::eval) fn factor(rate: &Interval, decrease: bool) -> Interval {
    let one = Interval::point(Ratio::one());
    if decrease { one.sub(rate) } else { one.add(rate) }
}

/// The greater (or lesser) of a value of each.
pub(in crate::eval) fn extreme(greatest: bool, a: &Known, b: &Known) -> Known {
    match a {
        Known::Number(of) => {
            let other = number_of(b.clone());
            Known::Number(if greatest { of.max(&other) } else { of.min(&other) })
        }
        Known::Date(of) => {
            let other = date_of(b);
            Known::Date(if greatest { of.max(other) } else { of.min(other) })
        }
        Known::Choice(of) => {
            // Each may be the one where it is not below (above) all of the other.
            let Known::Choice(other) = b else { return a.clone() };
            let op = if greatest { CompareOp::Ge } else { CompareOp::Le };
            let one = of.narrow_by(op, *other).unwrap_or(OptionSet::NONE);
            let two = other.narrow_by(op, *of).unwrap_or(OptionSet::NONE);
            Known::Choice(one.union(two))
        }
        Known::Truth(_) | Known::Text(_) => a.union(b),
    }
}
