//! What is asked after what: a question whose being asked at all hangs on another answer waits for it.

use crate::decision::{Missing, MissingPlace};
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::trials::openers::Openers;
use crate::eval::world::World;
use crate::eval::world::place_set::PlaceSet;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy};

/// Says of each missing fact which others decide whether it is asked, and puts those first: what its own
/// `si` reads, and what the `si` of every item that it bears on reads.
pub(super) fn in_turn(policy: &Policy, world: &World, found: &mut Vec<Missing>) {
    let places: Vec<MissingPlace> = found.iter().map(|missing| missing.place).collect();
    let mut openers = Openers::new(policy, &places, true);
    let mut gates = Gates { policy, world, known: Vec::new() };
    let mut after: Vec<Vec<usize>> = Vec::new();
    for (rank, missing) in found.iter().enumerate() {
        let mut first = openers.of(missing.place);
        let gating = gates.of(missing);
        first.extend((0..places.len()).filter(|other| gating.contains(places[*other])));
        // What only moves an amount keeps nothing that decides waiting.
        first.retain(|other| *other != rank && (found[*other].decisive || !missing.decisive));
        first.sort_unstable();
        first.dedup();
        after.push(first);
    }
    // Those that wait for one another are asked together.
    let waits_for = |from: usize, to: usize| {
        let mut seen = vec![false; after.len()];
        let mut stack = vec![from];
        while let Some(rank) = stack.pop() {
            for next in &after[rank] {
                if *next == to {
                    return true;
                }
                if !std::mem::replace(&mut seen[*next], true) {
                    stack.push(*next);
                }
            }
        }
        false
    };
    let waits: Vec<Vec<MissingPlace>> = (0..after.len())
        .map(|rank| {
            let first = after[rank].iter().filter(|first| !waits_for(**first, rank));
            first.map(|first| places[*first]).collect()
        })
        .collect();
    for (missing, after) in found.iter_mut().zip(waits) {
        missing.after = after;
    }
    let opens =
        |missing: &Missing, all: &[Missing]| all.iter().any(|other| other.after.contains(&missing.place));
    let first: Vec<bool> =
        found.iter().map(|missing| missing.after.is_empty() && opens(missing, found)).collect();
    let mut rank = first.iter();
    let mut all: Vec<(bool, Missing)> =
        found.drain(..).map(|missing| (!rank.next().copied().unwrap_or(false), missing)).collect();
    all.sort_by_key(|(later, _)| *later);
    found.extend(all.into_iter().map(|(_, missing)| missing));
}

/// What the `si` of items read, where they are open.
struct Gates<'a> {
    policy: &'a Policy,
    world: &'a World,
    known: Vec<(ItemRef, PlaceSet)>,
}

impl Gates<'_> {
    /// The places on which hangs whether any item applies that a fact bears on, the decision apart.
    fn of(&mut self, missing: &Missing) -> PlaceSet {
        let mut common: Option<Vec<MissingPlace>> = None;
        for item in missing.affects.iter().filter(|item| **item != ItemRef::Decision) {
            let own = self.gate(*item);
            let own: Vec<MissingPlace> = own.iter().collect();
            common = Some(match common {
                None => own,
                Some(common) => common.into_iter().filter(|place| own.contains(place)).collect(),
            });
        }
        let common = common.unwrap_or_default();
        // A fact that the gate itself reads is no question of its own.
        if common.contains(&missing.place) { PlaceSet::default() } else { common.into_iter().collect() }
    }

    fn gate(&mut self, item: ItemRef) -> PlaceSet {
        if let Some((_, known)) = self.known.iter().find(|(own, _)| *own == item) {
            return known.clone();
        }
        let gate = match applies(self.policy, item) {
            // What hangs on the decision as a whole waits for no question in particular.
            Some(condition) if !reads_item(self.policy, condition) => {
                let learnt = Learnt::default();
                let mut evaluator = Evaluator::new(self.policy, self.world, &learnt);
                if evaluator.truth(condition).is_open() { evaluator.reads() } else { PlaceSet::default() }
            }
            Some(_) | None => PlaceSet::default(),
        };
        self.known.push((item, gate.clone()));
        gate
    }
}

/// Whether a condition reads what another item comes to.
fn reads_item(policy: &Policy, expr: ExprId) -> bool {
    let kind = &policy.exprs.get(expr).kind;
    let mut found = matches!(kind, ExprKind::Holds(_) | ExprKind::AllCriteria);
    kind.for_each_operand(&mut |operand| found = found || reads_item(policy, operand));
    found
}

/// The `si` of an item.
fn applies(policy: &Policy, item: ItemRef) -> Option<ExprId> {
    match item {
        ItemRef::Criterion(id) => policy.criteria[id.index()].applies,
        ItemRef::Objective(id) => policy.objectives[id.index()].applies,
        ItemRef::Mission(id) => policy.missions[id.index()].applies,
        ItemRef::Funding(id) => policy.fundings[id.index()].applies,
        ItemRef::Obligation(id) => policy.obligations[id.index()].applies,
        ItemRef::Decision => None,
    }
}
