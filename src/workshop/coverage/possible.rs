//! What can be shown at all.
//!
//! Everything is worked out once for a dossier of which nothing is known: what comes out holds every
//! value that any dossier gives. A condition that cannot be so, a side of a bound on which nothing can
//! stand, is not asked for. A condition that reads no fact is always known, and so is a status that rests
//! on none. What only the search for dossiers does not find is no proof, and stays asked for.

use super::{Answer, Point};
use crate::decision::Status;
use crate::eval::bounds::possible::{depends_on_the_day, may_stand, nothing_known};
use crate::eval::{Evaluator, Learnt, World};
use crate::known::{Known, Truth, compare};
use crate::policy::{ExprId, ExprKind, ItemRef, Policy, Reach};
use crate::syntax::tree::CompareOp;

pub(super) struct Possible<'p> {
    policy: &'p Policy,
    /// Where no dossier says anything.
    known: (World, Learnt),
}

impl<'p> Possible<'p> {
    pub(super) fn new(policy: &'p Policy) -> Self {
        Possible { policy, known: nothing_known(policy) }
    }

    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(self.policy, &self.known.0, &self.known.1)
    }

    /// Whether a point may be shown by some dossier.
    pub(super) fn is(&self, point: &Point) -> bool {
        match *point {
            Point::Status(item, status) => self.status(item, status),
            Point::Truth(expr, Answer::Open) => self.reads_facts(expr),
            Point::Truth(expr, Answer::Yes) => {
                depends_on_the_day(self.policy, expr) || self.truth(expr).may_hold
            }
            Point::Truth(expr, Answer::No) => {
                depends_on_the_day(self.policy, expr) || self.truth(expr).may_fail
            }
            Point::Side(bound, side) => may_stand(self.policy, &self.known, bound, side),
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
        self.evaluator().value(expr)
    }

    fn truth(&self, expr: ExprId) -> Truth {
        self.evaluator().truth(expr)
    }

    fn reach(&self, expr: ExprId) -> Reach {
        let mut reach = Reach::default();
        reach.add_expr(self.policy, expr);
        reach
    }

    fn reads_facts(&self, expr: ExprId) -> bool {
        !self.reach(expr).facts.is_empty()
    }

    fn status(&self, item: ItemRef, status: Status) -> bool {
        let reach = Reach::of_item(self.policy, item);
        match status {
            // What is always due, whatever its amount, is never in doubt.
            Status::Undetermined => !reach.facts.is_empty() && self.evaluator().statuses(item).len() > 1,
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
            | Status::Elapsed
            | Status::Favourable
            | Status::Unfavourable
            | Status::NotApplicable => {
                let mut evaluator = self.evaluator();
                reach.facts.is_empty() || evaluator.statuses(item).contains(status)
            }
        }
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
