//! Which missing facts matter: to the outcome, to an item, to an amount or a date. What each answer
//! would give is told by `answers`, what is asked after what by `in_turn`.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use super::answers::Answers;
use super::engine::Engine;
use super::in_turn::in_turn;
use super::unasked::Unasked;
use crate::decision::{Missing, MissingPlace, ReadingCase, Status};
use crate::dossier::Dossier;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::trials::openers::Openers;
use crate::eval::trials::places::missing;
use crate::eval::trials::range::amount_or_date;
use crate::eval::world::place_set::PlaceSet;
use crate::limits;
use crate::policy::{Declared, ItemRef, Policy, Reach};

/// What is missing of a dossier.
#[derive(Debug, Default)]
pub(super) struct Lacking {
    /// What affects something, in the order in which it should be asked.
    pub missing: Vec<Missing>,
    /// What is read and affects nothing.
    pub without_effect: Vec<MissingPlace>,
    /// The items of which an answer gives a range that may be wider than need be.
    pub wide: BTreeSet<ItemRef>,
}

/// The missing facts that affect something, and those that do not.
pub(super) fn missing_facts(
    engine: &mut Engine<'_>,
    dossier: &Dossier,
    cases: &BTreeMap<ItemRef, Vec<ReadingCase>>,
) -> Lacking {
    let policy = engine.policy;
    let places = missing(policy, engine.world);
    if places.is_empty() {
        return Lacking::default();
    }
    let mut without_effect = Vec::new();
    let affected: Vec<Affected> = policy.items().map(|item| Affected::of(engine, item, cases)).collect();
    let unasked = Unasked::new(policy, dossier);
    let (tries, wide) = (limits::ANSWER_TRIALS, BTreeSet::new());
    let mut answers = Answers { engine, policy, cases, unasked, tries, wide };
    let mut found: Vec<Missing> = ordered(policy, places)
        .into_iter()
        .filter_map(|place| {
            let by = |places: fn(&Affected) -> &PlaceSet| -> Vec<ItemRef> {
                affected.iter().filter(|one| places(one).contains(place)).map(|one| one.item).collect()
            };
            // In the order of a decision.
            let (affects, moves) = (by(|one| &one.places), by(|one| &one.beside));
            if affects.is_empty() {
                without_effect.push(place);
                return None;
            }
            let decisive = affects.contains(&ItemRef::Decision);
            let outcomes = answers.of(place, decisive, &affects, &moves);
            Some(Missing { place, decisive, affects, outcomes, after: Vec::new() })
        })
        .collect();
    let wide = answers.wide;
    in_turn(policy, engine.world, &mut found);
    // What only an item without object would read is not lacking.
    let applies = |item: &ItemRef| {
        cases.get(item).is_none_or(|cases| cases.iter().any(|case| case.status != Status::NotApplicable))
    };
    let reach: Vec<Reach> = policy.items().filter(applies).map(|item| Reach::of_item(policy, item)).collect();
    without_effect.retain(|place| reach.iter().any(|read| read.reads(place.declared())));
    Lacking { missing: found, without_effect, wide }
}

/// The missing places that may change an item.
struct Affected {
    item: ItemRef,
    /// All of them.
    places: PlaceSet,
    /// Those that its amount or time limit rests on.
    beside: PlaceSet,
}

impl Affected {
    fn of(engine: &mut Engine<'_>, item: ItemRef, cases: &BTreeMap<ItemRef, Vec<ReadingCase>>) -> Affected {
        let policy = engine.policy;
        let (mut places, mut beside) = (PlaceSet::default(), PlaceSet::default());
        for (rank, combination) in engine.combinations(item).into_iter().enumerate() {
            let case = cases.get(&item).and_then(|cases| cases.get(rank));
            // Of what is not due whatever is missing, nothing is asked.
            if case.is_none_or(|case| case.status != Status::NotDue) {
                places.add(&engine.resolve(item, &combination).affecting);
            }
            if let Some(expr) = amount_or_date(policy, item)
                && case.is_some_and(is_open)
            {
                let world = engine.world_under(&combination);
                let mut evaluator = Evaluator::new(policy, world, engine.learnt);
                if evaluator.value(expr).value().is_none() {
                    beside.add(&evaluator.reads());
                }
            }
        }
        places.add(&beside);
        Affected { item, places, beside }
    }
}

/// Whether an amount or a time limit is not known to be one.
fn is_open(case: &ReadingCase) -> bool {
    case.value.as_ref().is_some_and(|value| !value.is_single())
}

/// In the order of the dossier block, a conditional fact after what opens it, elements in turn.
fn ordered(policy: &Policy, places: Vec<MissingPlace>) -> Vec<MissingPlace> {
    let rank: BTreeMap<(u8, u32), usize> =
        policy.declared.iter().enumerate().map(|(rank, declared)| (key(*declared), rank)).collect();
    let list_rank = |place: MissingPlace| match place.declared() {
        Declared::Field(field) => key(Declared::List(policy.fields[field.index()].list)),
        declared => key(declared),
    };
    let row = |place: &MissingPlace| match place {
        MissingPlace::Cell { row, .. } => Some(*row),
        MissingPlace::Fact(_) | MissingPlace::List(_) => None,
    };
    let mut places = places;
    places.sort_by_key(|place| {
        (rank.get(&list_rank(*place)).copied(), row(place), rank.get(&key(place.declared())).copied())
    });
    let mut openers = Openers::new(policy, &places, false);
    let mut done: IndexSet<MissingPlace> = IndexSet::new();
    for rank in 0..places.len() {
        push(&places, rank, &mut openers, &mut done);
    }
    done.into_iter().collect()
}

/// Adds a place after what opens it: conditions of facts form no cycle.
fn push(places: &[MissingPlace], rank: usize, openers: &mut Openers<'_>, done: &mut IndexSet<MissingPlace>) {
    if done.contains(&places[rank]) {
        return;
    }
    for other in openers.of(places[rank]) {
        push(places, other, openers, done);
    }
    done.insert(places[rank]);
}

fn key(declared: Declared) -> (u8, u32) {
    match declared {
        Declared::Fact(fact) => (0, fact.0),
        Declared::List(list) => (1, list.0),
        Declared::Field(field) => (2, field.0),
    }
}
