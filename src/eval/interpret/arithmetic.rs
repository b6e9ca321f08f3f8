//! Arithmetic on numbers and dates.

use super::interpreter::{Evaluator, date_of, number_of};
use crate::known::{DateRange, Interval, Known, OptionSet};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Type};
use crate::syntax::tree::{CompareOp, ElapsedUnit};

impl Evaluator<'_> {
    /// The result of an operation on numbers or dates.
    pub(in crate::eval) fn arithmetic(&mut self, expr: ExprId) -> Interval {
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Add(a, b) => self.binary(expr, *a, *b, Interval::add),
            ExprKind::Sub(a, b) => self.binary(expr, *a, *b, Interval::sub),
            ExprKind::Mul(a, b) => self.binary(expr, *a, *b, Interval::mul),
            ExprKind::Div(a, b) => self.binary(expr, *a, *b, Interval::div),
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
