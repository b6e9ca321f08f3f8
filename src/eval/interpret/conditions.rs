//! Conditions: what they come to where some of what they read is not known.

use super::interpreter::Evaluator;
use super::narrow::Goal;
use crate::known::{DateRange, Known, Truth, compare};
use crate::policy::expr::{Guarded, Quantity};
use crate::policy::{ExprId, ExprKind, Type};
use crate::syntax::tree::CompareOp;

impl Evaluator<'_> {
    pub(in crate::eval) fn condition(&mut self, kind: &ExprKind) -> Truth {
        match kind {
            ExprKind::Not(operand) => !self.truth(*operand),
            ExprKind::And(operands) => self.and(operands),
            ExprKind::Or(operands) => self.or(operands),
            ExprKind::Bullets { quantity, of } => self.bullets(*quantity, of),
            ExprKind::Compare { op, left, right } => self.compared(*op, *left, *right),
            ExprKind::Among { subject, values } => {
                let subject = self.value(*subject);
                let mut any = Truth::NO;
                for value in values {
                    let value = self.value(*value);
                    any = any.or(compare(CompareOp::Eq, &subject, &value));
                }
                // The subject may be one or the other of several values, and certainly one of them.
                if any.is_open() && self.untraced(|inner| inner.is_among(&subject, values)) {
                    Truth::YES
                } else {
                    any
                }
            }
            ExprKind::Between { subject, low, high } => {
                let known = self.value(*subject);
                let of_low = self.value(*low);
                let of_high = self.value(*high);
                let not_below = self.compared_with(CompareOp::Ge, (*subject, &known), (*low, &of_low));
                not_below.and(self.compared_with(CompareOp::Le, (*subject, &known), (*high, &of_high)))
            }
            ExprKind::Within { date, duration, origin } => {
                let date_known = self.value(*date);
                self.value(*duration);
                let origin_known = self.value(*origin);
                let last = Known::Date(self.untraced(|inner| inner.last_day(*duration, *origin)));
                compare(CompareOp::Ge, &date_known, &origin_known).and(compare(
                    CompareOp::Le,
                    &date_known,
                    &last,
                ))
            }
            _ => Truth::OPEN,
        }
    }

    /// The last day of the time that runs from an origin.
    pub(in crate::eval) fn last_day(&mut self, duration: ExprId, origin: ExprId) -> DateRange {
        let origin = self.date(origin);
        self.shifted(origin, duration, 0, false)
    }

    /// Whether a choice or text whose possible values are few is certainly one of some values.
    fn is_among(&mut self, subject: &Known, values: &[ExprId]) -> bool {
        if !matches!(subject, Known::Choice(_) | Known::Text(_)) {
            return false;
        }
        let mut all: Option<Known> = None;
        for value in values {
            let known = self.value(*value);
            if known.is_single() {
                all = Some(all.map_or(known.clone(), |some| some.union(&known)));
            }
        }
        all.is_some_and(|all| subject.is_subset(&all))
    }

    /// What stands on the right is read knowing that the left holds.
    fn and(&mut self, operands: &[ExprId]) -> Truth {
        let depth = self.frames.len();
        let outer = std::mem::replace(&mut self.impossible, false);
        let mut all = Truth::YES;
        for (rank, operand) in operands.iter().enumerate() {
            let truth = self.truth(*operand);
            all = all.and(truth);
            if self.impossible {
                // What stands on the left cannot hold.
                all = Truth::NO;
            }
            if all.fails() {
                break;
            }
            let rest = operands.get(rank + 1..).unwrap_or_default();
            if truth.is_open()
                && self.teaches(*operand, rest)
                && !self.enter(&[Goal::Expr(*operand, true)], None)
            {
                all = Truth::NO;
                break;
            }
        }
        let entered = self.frames.len() > depth;
        self.leave(depth);
        // Outside of what was supposed, an impossibility is one of the contexts around.
        self.impossible = outer || (self.impossible && !entered);
        all
    }

    /// Whether a condition rests on something that others rest on.
    pub(in crate::eval) fn teaches(&self, cond: ExprId, others: &[ExprId]) -> bool {
        let exprs = &self.policy.exprs;
        let shape = exprs.get(cond).shape;
        others.iter().any(|other| self.rests_on.meet(shape, exprs.get(*other).shape))
    }

    fn or(&mut self, operands: &[ExprId]) -> Truth {
        let mut any = Truth::NO;
        for operand in operands {
            any = any.or(self.truth(*operand));
            if any.holds() {
                break;
            }
        }
        any
    }

    fn bullets(&mut self, quantity: Quantity, of: &[Guarded]) -> Truth {
        let (mut sure, mut possible, mut all) = (0u32, 0u32, Truth::YES);
        for bullet in of {
            let (asked, truth) = self.bullet(bullet);
            all = all.and((!asked).or(truth));
            let counts = asked.and(truth);
            sure += u32::from(counts.holds());
            possible += u32::from(counts.may_hold);
        }
        match quantity {
            Quantity::All => all,
            Quantity::AtLeast(least) => Truth { may_hold: possible >= least, may_fail: sure < least },
            Quantity::AtMost(most) => Truth { may_hold: sure <= most, may_fail: possible > most },
            Quantity::Exactly(count) => Truth {
                may_hold: sure <= count && count <= possible,
                may_fail: sure != count || possible != count,
            },
        }
    }

    /// Whether a bullet is asked, and what it says where it is.
    pub(in crate::eval) fn bullet(&mut self, bullet: &Guarded) -> (Truth, Truth) {
        let Some(only_if) = bullet.only_if else { return (Truth::YES, self.truth(bullet.then)) };
        let asked = self.truth(only_if);
        match self.value_under(asked, only_if, true, bullet.then) {
            None => (Truth::NO, Truth::NO),
            Some(known) => {
                self.swap_last_steps();
                (asked, super::interpreter::truth_of(&known))
            }
        }
    }

    /// Dates later by a duration, or earlier.
    pub(in crate::eval) fn shifted(
        &mut self,
        date: DateRange,
        by: ExprId,
        then_days: i64,
        back: bool,
    ) -> DateRange {
        let amount = self.number(by);
        let amount = if back { amount.neg() } else { amount };
        let moved = match self.policy.exprs.get(by).ty {
            Type::Days => date.plus_days(&amount),
            _ => date.plus_months(&amount),
        };
        if then_days == 0 {
            return moved;
        }
        let days = crate::number::Ratio::from(if back { -then_days } else { then_days });
        moved.plus_days(&crate::known::Interval::point(days))
    }
}
