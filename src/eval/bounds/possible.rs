//! On which sides of a bound anything can stand at all: worked out for a dossier of which nothing is known.

use super::sides::{Bound, Side, operands};
use crate::dossier::Dossier;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::coherence::learn;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::World;
use crate::known::compare;
use crate::policy::{ExprId, Policy, Reach};
use crate::source::SourceFile;
use crate::syntax::tree::CompareOp;
use crate::time::Date;

/// What is known where no dossier says anything: it holds each value that any dossier gives.
pub(crate) fn nothing_known(policy: &Policy) -> (World, Learnt) {
    let dossier = Dossier::empty(policy, SourceFile::new("", ""));
    let examined_on = policy.from.unwrap_or(Date::MIN);
    let mut world = World::of(policy, &dossier, examined_on);
    let learnt = learn(policy, &mut world).unwrap_or_default();
    (world, learnt)
}

/// Whether some dossier may stand on a side of a bound, as far as what is known where none says anything
/// tells.
pub(crate) fn may_stand(
    policy: &Policy,
    (world, learnt): &(World, Learnt),
    bound: Bound,
    side: Side,
) -> bool {
    let Some((left, right)) = operands(policy, bound) else { return true };
    if depends_on_the_day(policy, left) && depends_on_the_day(policy, right) {
        return true;
    }
    let op = match side {
        Side::Below => CompareOp::Lt,
        Side::On => CompareOp::Eq,
        Side::Above => CompareOp::Gt,
    };
    let mut evaluator = Evaluator::new(policy, world, learnt);
    compare(op, &evaluator.value(left), &evaluator.value(right)).may_hold
}

/// Of what reads nothing but the date of examination one day proves nothing.
pub(crate) fn depends_on_the_day(policy: &Policy, expr: ExprId) -> bool {
    let mut reach = Reach::default();
    reach.add_expr(policy, expr);
    reach.facts.is_empty() && reach.readings.is_empty()
}
