//! What moves in a dossier by steps: a number, a date, how many elements of a kind a list has; and where
//! each stands at a bound.

use std::collections::{BTreeMap, BTreeSet};

use super::Search;
use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier};
use crate::eval::bounds::sides::{self, Bound, Side};
use crate::eval::{World, turns};
use crate::known::OptionSet;
use crate::limits;
use crate::policy::{Declared, ExprId, ListId, Policy, Reach, ReadingId, Type};
use crate::probe::blank;
use crate::probe::moves::{self, Kind, around, ask, next, set};
use crate::time::Date;
use crate::value::Value;

/// Greatest number of combinations of readings under which a bound is looked for.
const COMBINATIONS: usize = 8;
/// Greatest number of kinds of elements that are tried in one list.
pub(super) const KINDS: usize = 6;

/// A quantity that moves: a number or date, or how many elements of a kind there are.
pub(super) enum Lever {
    Place(MissingPlace),
    Count(ListId, Kind),
}

/// Where a lever stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum At {
    Value(Value),
    Count(usize),
}

impl Search<'_, '_> {
    /// What may be moved step by step in a dossier.
    pub(super) fn levers(&self, dossier: &Dossier) -> Vec<Lever> {
        let policy = self.policy;
        let moves_by_steps = |place: &MissingPlace| {
            ask(policy, *place).is_some_and(|ask| match ask.ty {
                Type::Choice(choice) => policy.choices[choice.index()].ordered,
                ty => ty.is_numeric() || ty == Type::Date,
            })
        };
        let places = self.places(dossier).into_iter().filter(moves_by_steps);
        let mut levers: Vec<Lever> = places.map(Lever::Place).collect();
        for list in moves::lists(policy).filter(|list| self.changes(Declared::List(*list))) {
            let mut kinds: Vec<Kind> =
                moves::kinds(policy, dossier, list).into_iter().map(|(_, kind)| kind).collect();
            let fields = &policy.lists[list.index()].fields;
            if kinds.is_empty() {
                let on = dossier.examined_on.unwrap_or(self.options.examined_on);
                let made = fields.iter().map(|f| blank::answer(policy, &policy.fields[f.index()].ask, on));
                kinds.push(made.collect());
            }
            // The first kind with another option or truth: what elements are counted by.
            let first = kinds.first().cloned().unwrap_or_default();
            for (column, field) in fields.iter().enumerate() {
                let others = match policy.fields[field.index()].ask.ty {
                    Type::Truth => vec![Value::Truth(true), Value::Truth(false)],
                    Type::Choice(choice) => {
                        let options = 0..policy.choices[choice.index()].options.len();
                        options.filter_map(|o| u16::try_from(o).ok()).map(Value::Choice).collect()
                    }
                    _ => Vec::new(),
                };
                for value in others {
                    let mut kind = first.clone();
                    if let Some(answer) = kind.get_mut(column) {
                        *answer = Answer::Known(value);
                    }
                    if kinds.iter().all(|own| !moves::alike(policy, list, own, &kind)) {
                        kinds.push(kind);
                    }
                }
            }
            levers.extend(kinds.into_iter().take(KINDS).map(|kind| Lever::Count(list, kind)));
        }
        levers
    }

    /// The dossier with a lever elsewhere; nothing is settled yet.
    fn raw(&self, dossier: &Dossier, lever: &Lever, at: &At) -> Option<Dossier> {
        match (lever, at) {
            (Lever::Place(place), At::Value(value)) => {
                let mut moved = dossier.clone();
                set(self.policy, &mut moved, *place, Answer::Known(value.clone()));
                Some(moved)
            }
            (Lever::Count(list, kind), At::Count(count)) => {
                Some(moves::with_count(self.policy, dossier, *list, kind, *count))
            }
            _ => None,
        }
    }

    /// The same, such that it may be examined.
    pub(super) fn moved(&self, dossier: &Dossier, on: Date, lever: &Lever, at: &At) -> Option<Dossier> {
        let pinned = match lever {
            Lever::Place(place) => place.declared(),
            Lever::Count(list, _) => Declared::List(*list),
        };
        self.ground.settle(self.raw(dossier, lever, at)?, on, &[pinned])
    }

    /// Whether a lever stands there already.
    pub(super) fn is_own(&self, dossier: &Dossier, lever: &Lever, at: &At) -> bool {
        match (lever, at) {
            (Lever::Place(place), At::Value(value)) => {
                moves::answer(self.policy, dossier, *place) == Some(&Answer::Known(value.clone()))
            }
            (Lever::Count(list, kind), At::Count(count)) => {
                let same = |rank: &usize| {
                    moves::element(dossier, self.policy, *list, *rank)
                        .is_some_and(|own| moves::alike(self.policy, *list, &own, kind))
                };
                (0..moves::length(dossier, *list)).filter(same).count() == *count
            }
            _ => false,
        }
    }

    /// Where a lever is to stand, with the bounds that the dossier stands at there.
    pub(super) fn probed(
        &mut self,
        dossier: &Dossier,
        on: Date,
        lever: &Lever,
    ) -> Vec<(At, BTreeSet<(Bound, Side)>)> {
        self.probed_of(dossier, on, lever, None)
    }

    /// The same for the bounds of one expression alone, where it is given.
    pub(super) fn probed_of(
        &mut self,
        dossier: &Dossier,
        on: Date,
        lever: &Lever,
        only: Option<ExprId>,
    ) -> Vec<(At, BTreeSet<(Bound, Side)>)> {
        let read = |reach: &Reach| match lever {
            Lever::Place(place) => reach.reads(place.declared()),
            Lever::Count(list, _) => reach.reads(Declared::List(*list)),
        };
        let of: Vec<(ExprId, BTreeSet<ReadingId>)> = self
            .bounded
            .iter()
            .filter(|(expr, reach)| only.is_none_or(|only| only == *expr) && read(reach))
            .map(|(expr, reach)| (*expr, reach.readings.clone()))
            .collect();
        if of.is_empty() {
            return Vec::new();
        }
        let mut by_readings: BTreeMap<BTreeSet<ReadingId>, Vec<ExprId>> = BTreeMap::new();
        for (expr, readings) in of {
            by_readings.entry(readings).or_default().push(expr);
        }
        let mut stops: Vec<(At, BTreeSet<(Bound, Side)>)> = Vec::new();
        for (readings, exprs) in by_readings {
            for combination in moves::readings(self.policy, dossier, &readings, COMBINATIONS) {
                let found = match lever {
                    Lever::Place(place) => self.values(dossier, on, *place, &exprs, &combination),
                    Lever::Count(..) => self.counts(dossier, on, lever, &exprs, &combination),
                };
                let sides: Vec<Vec<(Bound, Option<u32>, Side)>> =
                    found.iter().map(|at| self.sides(dossier, on, lever, at, &exprs, &combination)).collect();
                for (rank, at) in found.iter().enumerate() {
                    let mut stands = BTreeSet::new();
                    let beside = [rank.checked_sub(1), Some(rank + 1)].into_iter().flatten();
                    for other in beside.filter(|other| {
                        found.get(*other).is_some_and(|o| adjacent(self.policy, lever, at, o))
                    }) {
                        let (Some(own), Some(others)) = (sides.get(rank), sides.get(other)) else { continue };
                        for (bound, row, side) in own {
                            let elsewhere = others.iter().find(|(b, r, _)| b == bound && r == row);
                            if elsewhere.is_some_and(|(_, _, other)| other != side) {
                                stands.insert((*bound, *side));
                            }
                        }
                    }
                    match stops.iter_mut().find(|(own, _)| own == at) {
                        Some((_, all)) => all.extend(stands),
                        None => stops.push((at.clone(), stands)),
                    }
                }
            }
        }
        stops
    }

    fn world(&self, dossier: &Dossier, on: Date, combination: &[(ReadingId, u16)]) -> World {
        let mut world = World::of(self.policy, dossier, on);
        for (reading, option) in combination {
            if let Some(slot) = world.readings.get_mut(reading.index()) {
                *slot = OptionSet::only(*option);
            }
        }
        world
    }

    fn sides(
        &self,
        dossier: &Dossier,
        on: Date,
        lever: &Lever,
        at: &At,
        exprs: &[ExprId],
        combination: &[(ReadingId, u16)],
    ) -> Vec<(Bound, Option<u32>, Side)> {
        let Some(moved) = self.raw(dossier, lever, at) else { return Vec::new() };
        let world = self.world(&moved, on, combination);
        sides::standings(self.policy, &world, exprs).into_iter().map(|s| (s.bound, s.row, s.side)).collect()
    }

    /// The values of a place at which something turns, and those beside them.
    fn values(
        &mut self,
        dossier: &Dossier,
        on: Date,
        place: MissingPlace,
        exprs: &[ExprId],
        combination: &[(ReadingId, u16)],
    ) -> Vec<At> {
        let Some(ask) = ask(self.policy, place) else { return Vec::new() };
        if let Type::Choice(choice) = ask.ty {
            let options = 0..self.policy.choices[choice.index()].options.len();
            let options = options.filter_map(|option| u16::try_from(option).ok());
            return options.map(|option| At::Value(Value::Choice(option))).collect();
        }
        let world = self.world(dossier, on, combination);
        let mut found: Vec<Value> = Vec::new();
        for value in turns(self.policy, &world, place, exprs) {
            for value in around(self.policy, &value, ask) {
                if !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        found.sort_by(|a, b| match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Date(a), Value::Date(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
        self.cut += found.len().saturating_sub(limits::PROBE_VALUES);
        found.truncate(limits::PROBE_VALUES);
        found.into_iter().map(At::Value).collect()
    }

    /// The numbers of elements at which something turns.
    fn counts(
        &self,
        dossier: &Dossier,
        on: Date,
        lever: &Lever,
        exprs: &[ExprId],
        combination: &[(ReadingId, u16)],
    ) -> Vec<At> {
        // A bound of each element does not turn with their number.
        let sides = |count: usize| {
            let mut sides = self.sides(dossier, on, lever, &At::Count(count), exprs, combination);
            sides.retain(|(_, row, _)| row.is_none());
            sides
        };
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut low = (0, sides(0));
        let mut step = 1;
        while low.0 < self.options.elements {
            let high = (low.0 + step).min(self.options.elements);
            let there = sides(high);
            if there == low.1 {
                low = (high, there);
                step *= 2;
                continue;
            }
            // The least number that differs from the low one.
            let (mut same, mut other) = (low.0, high);
            while other - same > 1 {
                let middle = same + (other - same) / 2;
                if sides(middle) == low.1 { same = middle } else { other = middle }
            }
            found.extend([same, other]);
            low = (other, sides(other));
            step = 1;
        }
        found.into_iter().map(At::Count).collect()
    }
}

/// Whether two places of a lever are one step apart.
fn adjacent(policy: &Policy, lever: &Lever, a: &At, b: &At) -> bool {
    match (lever, a, b) {
        (Lever::Place(place), At::Value(a), At::Value(b)) => ask(policy, *place).is_some_and(|ask| {
            [true, false].into_iter().any(|up| next(policy, a, ask.ty, up).as_ref() == Some(b))
        }),
        (_, At::Count(a), At::Count(b)) => a.abs_diff(*b) == 1,
        _ => false,
    }
}
