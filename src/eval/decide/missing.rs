//! Which missing facts matter: to the outcome, to an item, to an amount or a date; and what each
//! answer would give.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::assembly::outcome_of;
use super::engine::Engine;
use crate::decision::{Missing, MissingPlace, Outcome};
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::trials::explore::options;
use crate::eval::trials::openers::Openers;
use crate::eval::trials::places::missing;
use crate::eval::world::place_set::PlaceSet;
use crate::known::{DateRange, End, Interval, Known};
use crate::policy::{Declared, ExprId, ItemRef, Policy};
use crate::value::Value;

/// The missing facts that affect something, in the order in which they should be asked.
pub(super) fn missing_facts(engine: &mut Engine<'_>, policy: &Policy) -> Vec<Missing> {
    let places = missing(policy, engine.world);
    if places.is_empty() {
        return Vec::new();
    }
    let mut affected: Vec<(ItemRef, PlaceSet)> = Vec::new();
    for item in policy.items() {
        let mut places = PlaceSet::default();
        for combination in engine.combinations(item) {
            let resolved = engine.resolve(item, &combination);
            places.add(&resolved.affecting);
            if let Some(expr) = amount_or_date(policy, item)
                && may_apply(&resolved)
            {
                let world = engine.world_under(&combination);
                let mut evaluator = Evaluator::new(policy, world, engine.learnt);
                if evaluator.value(expr).value().is_none() {
                    places.add(&evaluator.reads());
                }
            }
        }
        affected.push((item, places));
    }
    ordered(policy, places)
        .into_iter()
        .filter_map(|place| {
            let of_place = |(item, places): &(ItemRef, PlaceSet)| places.contains(place).then_some(*item);
            // In the order of a decision.
            let affects: Vec<ItemRef> = affected.iter().filter_map(of_place).collect();
            if affects.is_empty() {
                return None;
            }
            let decisive = affects.contains(&ItemRef::Decision);
            let outcomes = if decisive { outcomes(engine, policy, place) } else { Vec::new() };
            Some(Missing { place, decisive, affects, outcomes })
        })
        .collect()
}

/// What an item reports beside its status.
fn amount_or_date(policy: &Policy, item: ItemRef) -> Option<ExprId> {
    match item {
        ItemRef::Funding(id) => Some(policy.fundings[id.index()].amount),
        ItemRef::Obligation(id) => Some(policy.obligations[id.index()].deadline),
        ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => None,
    }
}

fn may_apply(resolved: &crate::eval::trials::resolved::Resolved) -> bool {
    use crate::decision::Status;
    resolved.statuses.iter().any(|status| !matches!(status, Status::NotDue | Status::NotApplicable))
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

/// The outcome for each value or range of a missing place, the others left missing; empty where the
/// trials leave it open because of that very place.
fn outcomes(engine: &mut Engine<'_>, policy: &Policy, place: MissingPlace) -> Vec<(Known, Outcome)> {
    let Some(domain) = engine.world.at(policy, place).cloned() else { return Vec::new() };
    let combinations = engine.combinations(ItemRef::Decision);
    let mut cells = match &domain {
        Known::Truth(_) => [true, false].map(|truth| Known::exactly(&Value::Truth(truth))).to_vec(),
        Known::Choice(set) => options(*set).into_iter().map(Known::Choice).collect(),
        Known::Number(_) | Known::Date(_) | Known::Text(_) => vec![domain.clone()],
    };
    for combination in &combinations {
        let resolved = engine.resolve(ItemRef::Decision, combination);
        if resolved.left_open_by(place) {
            return Vec::new();
        }
        for part in resolved.parts(policy, place) {
            cells = cells.iter().flat_map(|cell| cut(cell, &part)).collect();
        }
    }
    let mut told: Vec<(Known, Outcome)> = Vec::new();
    for cell in cells {
        let statuses: Vec<_> = combinations
            .iter()
            .filter_map(|combination| {
                engine.resolve(ItemRef::Decision, combination).statuses_where(policy, place, &cell)
            })
            .collect();
        if statuses.len() < combinations.len() {
            continue;
        }
        let outcome = outcome_of(statuses.into_iter().map(|set| set.settled()));
        match told.last_mut() {
            Some((before, same)) if *same == outcome && adjoining(before) => *before = before.union(&cell),
            _ => told.push((cell, outcome)),
        }
    }
    told
}

/// Ranges of one outcome are told as one; values of a choice one by one.
fn adjoining(known: &Known) -> bool {
    matches!(known, Known::Number(_) | Known::Date(_))
}

/// A cell cut by a part: what is below it, within it, above it.
fn cut(cell: &Known, part: &Known) -> Vec<Known> {
    let Some(within) = cell.intersect(part) else { return vec![cell.clone()] };
    let (below, above) = match part {
        Known::Number(part) => {
            let turned = |end: &End| match end {
                End::Infinite => None,
                End::Included(value) => Some(End::Excluded(value.clone())),
                End::Excluded(value) => Some(End::Included(value.clone())),
            };
            let side = |low: End, high: End| Known::Number(Interval { low, high, whole: part.whole });
            (
                turned(&part.low).map(|high| side(End::Infinite, high)),
                turned(&part.high).map(|low| side(low, End::Infinite)),
            )
        }
        Known::Date(part) => {
            let side = |from, to| Known::Date(DateRange { from, to });
            (
                part.from.and_then(|from| from.plus_days(-1)).map(|to| side(None, Some(to))),
                part.to.and_then(|to| to.plus_days(1)).map(|from| side(Some(from), None)),
            )
        }
        Known::Text(_) => return text_cells(cell, part),
        Known::Truth(_) | Known::Choice(_) => return vec![cell.clone()],
    };
    let beside = |side: Option<Known>| side.and_then(|side| cell.intersect(&side));
    [beside(below), Some(within), beside(above)].into_iter().flatten().collect()
}

/// A cell of texts cut by one text, or by all but some.
fn text_cells(cell: &Known, part: &Known) -> Vec<Known> {
    use crate::known::TextSet;
    let (Known::Text(TextSet::AnyBut(but)), Known::Text(TextSet::OneOf(texts))) = (cell, part) else {
        return vec![cell.clone()];
    };
    let mut rest = but.clone();
    rest.extend(texts.iter().filter(|text| !but.contains(text)).cloned());
    let ones = texts.iter().filter(|text| !but.contains(text));
    let mut cells: Vec<Known> = ones.map(|text| Known::Text(TextSet::OneOf(vec![text.clone()]))).collect();
    cells.push(Known::Text(TextSet::AnyBut(rest)));
    cells
}
