//! What can be shown at all.
//!
//! Everything is worked out once for a dossier of which nothing is known: what comes out holds every
//! value that any dossier gives. A condition that cannot be so, a side of a bound on which nothing can
//! stand, is not asked for. A condition that reads no fact is always known, and so is a status that rests
//! on none. What only the search for dossiers does not find is no proof, and stays asked for.

use super::{Answer, Point};
use crate::decision::Status;
use crate::dossier::Dossier;
use crate::eval::sides::{Bound, Side, operands};
use crate::eval::{Evaluator, Learnt, World, learn};
use crate::known::{Known, Truth, compare};
use crate::policy::{ExprId, ExprKind, ItemRef, Policy, Reach};
use crate::source::SourceFile;
use crate::syntax::tree::CompareOp;
use crate::time::Date;

pub(super) struct Possible<'p> {
    policy: &'p Policy,
    world: World,
    learnt: Learnt,
}

impl<'p> Possible<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        let dossier = Dossier::empty(policy, SourceFile::new("", ""));
        let examined_on = policy.from.unwrap_or(Date::MIN);
        let mut world = World::of(policy, &dossier, examined_on);
        let learnt = learn(policy, &mut world).unwrap_or_default();
        Possible { policy, world, learnt }
    }

    /// Whether a point may be shown by some dossier.
    pub(super) fn is(&self, point: &Point) -> bool {
        match *point {
            Point::Status(item, status) => self.status(item, status),
            Point::Truth(expr, Answer::Open) => self.reads_facts(expr),
            Point::Truth(expr, Answer::Yes) => self.depends_on_the_day(expr) || self.truth(expr).may_hold,
            Point::Truth(expr, Answer::No) => self.depends_on_the_day(expr) || self.truth(expr).may_fail,
            Point::Side(bound, side) => self.side(bound, side),
            Point::Limit(expr, rank) => self.limit(expr, usize::from(rank)),
            Point::Value(..)
            | Point::Line(..)
            | Point::Effect(_)
            | Point::Period(..)
            | Point::Option(..)
            | Point::Moves(_) => true,
        }
    }

    fn value(&self, expr: ExprId) -> Known {
        Evaluator::new(self.policy, &self.world, &self.learnt).value(expr)
    }

    fn truth(&self, expr: ExprId) -> Truth {
        Evaluator::new(self.policy, &self.world, &self.learnt).truth(expr)
    }

    fn reach(&self, expr: ExprId) -> Reach {
        let mut reach = Reach::default();
        reach.add_expr(self.policy, expr);
        reach
    }

    fn reads_facts(&self, expr: ExprId) -> bool {
        !self.reach(expr).facts.is_empty()
    }

    /// Of what reads nothing but the date of examination one day proves nothing.
    fn depends_on_the_day(&self, expr: ExprId) -> bool {
        let reach = self.reach(expr);
        reach.facts.is_empty() && reach.readings.is_empty()
    }

    fn status(&self, item: ItemRef, status: Status) -> bool {
        let reach = Reach::of_item(self.policy, item);
        match status {
            Status::Undetermined => !reach.facts.is_empty(),
            Status::DependsOnReading => !reach.readings.is_empty(),
            Status::Met
            | Status::NotMet
            | Status::Waived
            | Status::Reached
            | Status::NotReached
            | Status::Covered
            | Status::NotCovered
            | Status::Due
            | Status::NotDue
            | Status::Fulfilled
            | Status::Pending
            | Status::Missed
            | Status::Favourable
            | Status::Unfavourable
            | Status::NotApplicable => {
                let mut evaluator = Evaluator::new(self.policy, &self.world, &self.learnt);
                reach.facts.is_empty() || evaluator.statuses(item).contains(status)
            }
        }
    }

    fn side(&self, bound: Bound, side: Side) -> bool {
        let Some((left, right)) = operands(self.policy, bound) else { return true };
        if self.depends_on_the_day(left) && self.depends_on_the_day(right) {
            return true;
        }
        let op = match side {
            Side::Below => CompareOp::Lt,
            Side::On => CompareOp::Eq,
            Side::Above => CompareOp::Gt,
        };
        compare(op, &self.value(left), &self.value(right)).may_hold
    }

    /// Whether a value may be the least or greatest, and none of the others.
    fn limit(&self, expr: ExprId, rank: usize) -> bool {
        let ExprKind::Extremum { greatest, of } = &self.policy.exprs.get(expr).kind else { return true };
        let op = if *greatest { CompareOp::Gt } else { CompareOp::Lt };
        let Some(own) = of.get(rank).map(|own| self.value(*own)) else { return true };
        let mut others = of.iter().enumerate().filter(|(other, _)| *other != rank);
        others.all(|(_, other)| compare(op, &own, &self.value(*other)).may_hold)
    }
}
