//! Whether some completion satisfies every coherence rule at once: where intervals leave that open,
//! it is tried. A rule that stays open because a number is too long keeps the dossier from being examined.

use super::refusal::Refusals;
use crate::decision::MissingPlace;
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::narrow::apart::Apart;
use crate::eval::trials::explore::{Question, explore};
use crate::eval::trials::formula::{Atom, AtomKnown};
use crate::eval::trials::reaches::Reaches;
use crate::eval::world::World;
use crate::eval::world::place_set::PlaceSet;
use crate::policy::{CoherenceId, Policy};

/// A refusal of each group of open rules that no completion satisfies together.
pub(in crate::eval) fn irreconcilable(
    policy: &Policy,
    dossier: &Dossier,
    world: &World,
) -> Option<Vec<Diagnostic>> {
    // What the rules teach is left out: under it every rule holds.
    let nothing = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &nothing);
    let mut refusals = Refusals::new(policy, dossier);
    let before = refusals.count();
    let mut groups: Vec<(Vec<CoherenceId>, PlaceSet)> = Vec::new();
    for (id, coherence) in (0..).map(CoherenceId).zip(&policy.coherences) {
        evaluator.clear_reads();
        if !evaluator.truth(coherence.condition).is_open() {
            continue;
        }
        if let Some(expr) = evaluator.too_long() {
            // Nothing tells whether the rule is kept.
            refusals.too_long(expr, evaluator.most_bits(expr));
            continue;
        }
        let mut rules = vec![id];
        let mut places: PlaceSet = evaluator.reads();
        groups.retain(|(others, held)| {
            let apart = held.is_disjoint(&places);
            if !apart {
                rules.extend(others.iter().copied());
                places.add(held);
            }
            apart
        });
        groups.push((rules, places));
    }
    let reaches = Reaches::of(policy);
    for (rules, places) in groups {
        let atoms: Vec<Atom> = rules
            .iter()
            .map(|id| Atom::Expr { under: Vec::new(), expr: policy.coherences[id.index()].condition })
            .collect();
        let places: Vec<MissingPlace> = places.iter().collect();
        let settled = |known: &[AtomKnown]| known.iter().all(|known| !known.is_open());
        let exploration = explore(Question {
            policy,
            reaches: &reaches,
            base: world,
            atoms: &atoms.iter().collect::<Vec<_>>(),
            places: &places,
            apart: &Apart::default(),
            settled: &settled,
        });
        let possible = |known: &AtomKnown| known.truth().may_hold;
        if !exploration.leaves.iter().any(|leaf| leaf.known.iter().all(possible))
            && let Some(first) = rules.iter().min()
        {
            let rule = &policy.coherences[first.index()];
            refusals.irreconcilable(&rule.head.name, rule.condition);
        }
    }
    (refusals.count() > before).then(|| refusals.finish())
}
