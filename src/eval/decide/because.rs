//! Why an item is as it is, where trials settled it: one case for each leaf.

use crate::decision::{Because, MissingPlace, Op, Part, Step};
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::trials::explore::{Exploration, Leaf};
use crate::eval::trials::formula::{Atom, quantity_holds};
use crate::eval::trials::group::{Group, Source};
use crate::eval::trials::resolved::Resolved;
use crate::eval::world::World;
use crate::known::{Known, Truth};
use crate::limits;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy};

/// Why an item is as it is.
pub(in crate::eval) fn because(
    policy: &Policy,
    evaluator: &mut Evaluator<'_>,
    learnt: &Learnt,
    item: ItemRef,
    resolved: &Resolved,
) -> Because {
    let mut because = evaluator.because(item);
    let base = evaluator.world;
    for group in &resolved.groups {
        let Source::Trials(Exploration { leaves, .. }) = &group.source else { continue };
        if !may_be_told(leaves.len(), group.places.len())
            || leaves.iter().any(|leaf| !leaf.reads.is_empty() && open(leaf))
        {
            continue;
        }
        for rank in &group.atoms {
            match &resolved.target.atoms[*rank] {
                Atom::Item(_) | Atom::Obligation(_) => {
                    // Whether an obligation applies is no part of what is tried of its dates.
                    let dates = matches!(&resolved.target.atoms[*rank], Atom::Obligation(_));
                    let of_dates = |part: &Part| matches!(part, Part::Deadline | Part::FulfilledBy);
                    for (_, step) in because.parts.iter_mut().filter(|(part, _)| !dates || of_dates(part)) {
                        if let Some(expr) = step.expr {
                            *step = cases(policy, base, learnt, group, leaves, expr, step);
                        }
                    }
                }
                Atom::Expr { expr, .. } => {
                    for (_, step) in &mut because.parts {
                        replace(policy, step, *expr, &mut |old| {
                            cases(policy, base, learnt, group, leaves, *expr, old)
                        });
                    }
                }
            }
        }
    }
    because
}

/// Whether so many cases are told, each of so many answers; past it only what intervals know is.
fn may_be_told(cases: usize, answers: usize) -> bool {
    cases <= limits::CASES_TOLD && cases.saturating_mul(answers) <= limits::ANSWERS_TOLD
}

fn open(leaf: &Leaf) -> bool {
    leaf.known.iter().any(|known| known.is_open())
}

/// A step for each leaf in the place of one that intervals leave open.
fn cases(
    policy: &Policy,
    base: &World,
    learnt: &Learnt,
    group: &Group,
    leaves: &[Leaf],
    expr: ExprId,
    old: &Step,
) -> Step {
    if old.value.value().is_some() {
        return old.clone();
    }
    let on: Vec<MissingPlace> =
        group.places.iter().copied().filter(|place| !matches!(place, MissingPlace::List(_))).collect();
    let operands: Vec<Step> = leaves
        .iter()
        .map(|leaf| {
            let mut world = base.clone();
            for place in &group.places {
                if let Some(known) = leaf.at(policy, *place) {
                    world.suppose(policy, *place, known.clone());
                }
            }
            let step = Evaluator::new(policy, &world, learnt).explain(expr);
            Step {
                expr: None,
                op: Op::Case {
                    given: on.iter().filter_map(|place| leaf.at(policy, *place)).cloned().collect(),
                },
                value: step.value.clone(),
                operands: vec![step],
            }
        })
        .collect();
    let value = operands.iter().map(|case| case.value.clone()).reduce(|a, b| a.union(&b));
    Step {
        expr: Some(expr),
        op: Op::Cases { on },
        value: value.unwrap_or_else(|| old.value.clone()),
        operands,
    }
}

/// Replaces the step of an expression, and works out again what it is part of.
fn replace(policy: &Policy, step: &mut Step, expr: ExprId, with: &mut dyn FnMut(&Step) -> Step) -> bool {
    if step.expr == Some(expr) {
        *step = with(step);
        return true;
    }
    let mut replaced = false;
    for operand in &mut step.operands {
        replaced |= replace(policy, operand, expr, with);
    }
    if replaced && let Some(again) = joined(policy, step) {
        step.value = Known::Truth(again);
    }
    replaced
}

/// What bullets, `et`, `ou` and `non` come to from their operands' steps.
fn joined(policy: &Policy, step: &Step) -> Option<Truth> {
    let of = |expr: ExprId| {
        step.operands.iter().find(|operand| operand.expr == Some(expr)).map_or(Truth::OPEN, |operand| {
            match operand.value {
                Known::Truth(truth) => truth,
                Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => Truth::OPEN,
            }
        })
    };
    match &policy.exprs.get(step.expr?).kind {
        ExprKind::Not(inner) => Some(!of(*inner)),
        ExprKind::And(parts) => Some(parts.iter().fold(Truth::YES, |all, part| all.and(of(*part)))),
        ExprKind::Or(parts) => Some(parts.iter().fold(Truth::NO, |all, part| all.or(of(*part)))),
        ExprKind::Bullets { quantity, of: bullets } => {
            let truths = bullets.iter().map(|bullet| match (bullet.only_if, quantity) {
                (None, _) => of(bullet.then),
                (Some(guard), crate::policy::Quantity::All) => (!of(guard)).or(of(bullet.then)),
                (Some(guard), _) => of(guard).and(of(bullet.then)),
            });
            Some(quantity_holds(*quantity, truths))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{limits, may_be_told};

    #[test]
    fn as_many_cases_and_answers_as_the_limits_are_told_and_not_one_more() {
        assert!(may_be_told(limits::CASES_TOLD, 1));
        assert!(!may_be_told(limits::CASES_TOLD + 1, 1));
        assert!(may_be_told(1, limits::ANSWERS_TOLD));
        assert!(!may_be_told(1, limits::ANSWERS_TOLD + 1));
        assert!(!may_be_told(limits::CASES_TOLD, limits::ANSWERS_TOLD / limits::CASES_TOLD + 1));
    }
}
