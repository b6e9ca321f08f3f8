//! The dossiers without which a small change of the policy would go unseen (see [`super::super::mutation`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Decider, Request};
use crate::probe::{self, Fitter, Sketch};

use super::super::mutation::{Bench, Effort, Fate, Mutation, Witnesses, mutations};
use super::{GIVEN, New, greedy};
use crate::workshop::Version;

/// Dossiers that tell the policy from its changes, and the changes that no dossier tells it from.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Each with the changes that it shows.
    pub(super) chosen: Vec<(Sketch, Vec<Mutation>)>,
    /// Those that no dossier that was tried shows.
    pub(super) alike: Vec<Mutation>,
    /// How many dossiers were tried.
    pub(super) tried: usize,
    /// How many changes the budget did not let be tried to the end.
    pub(super) unsought: usize,
}

/// What must be added to these dossiers for every change to be seen.
pub(super) fn held(version: Version<'_>, starts: &[Sketch], options: &probe::Options) -> Held {
    let policy = version.policy;
    let (fitter, decider) = (Fitter::new(policy), Decider::new(policy));
    let mut bench = Bench::empty(policy);
    for sketch in starts {
        let Ok(fitted) = fitter.dossier(sketch) else { continue };
        let request = Request { examined_on: sketch.examined_on, readings: Vec::new() };
        let Ok(decision) = decider.decide(&fitted.dossier, &request) else { continue };
        bench.add("", fitted.dossier, &decision);
    }
    let changes = mutations(&policy.file);
    let fates = bench.try_all(&changes, options);
    let untold = fates.iter().filter(|fate| **fate == Fate::Untold).count();
    let mut held = Held { unsought: untold, ..Held::default() };
    let unseen = changes.into_iter().zip(fates).filter(|(_, fate)| match fate {
        Fate::Unseen => true,
        Fate::Refused | Fate::Same(_) | Fate::Noticed(_) | Fate::Untold => false,
    });
    let unseen: Vec<Mutation> = unseen.map(|(change, _)| change).collect();
    if unseen.is_empty() {
        return held;
    }
    let seeds = starts.iter().map(|sketch| (String::new(), sketch.clone())).collect();
    let mut witnesses = Witnesses::new(policy, version.aims(), seeds, options);
    let mut telling: Vec<Vec<usize>> = vec![Vec::new(); unseen.len()];
    for effort in Effort::ALL {
        let open = unseen.iter().zip(&telling).filter(|(_, ranks)| ranks.is_empty());
        let open: Vec<&Mutation> = open.map(|(change, _)| change).collect();
        if open.is_empty() {
            break;
        }
        witnesses.look(effort, &open);
        let told = witnesses.telling_all(&open);
        let slots = telling.iter_mut().filter(|ranks| ranks.is_empty());
        slots.zip(told).for_each(|(slot, ranks)| *slot = ranks);
    }
    held.tried = witnesses.count();
    let mut shown: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (change, ranks) in telling.into_iter().enumerate() {
        for rank in ranks {
            shown.entry(rank).or_default().insert(change);
        }
    }
    let mut candidates: Vec<(Sketch, BTreeSet<usize>)> = shown
        .into_iter()
        .filter_map(|(rank, changes)| Some((witnesses.sketch(rank)?.clone(), changes)))
        .collect();
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for wanted in GIVEN {
        for (sketch, changes) in greedy(candidates.clone(), |sketch| version.given(sketch) == wanted) {
            told.extend(&changes);
            let changes = changes.into_iter().filter_map(|change| unseen.get(change).cloned());
            held.chosen.push((sketch, changes.collect()));
        }
        candidates.iter_mut().for_each(|(_, changes)| changes.retain(|change| !told.contains(change)));
    }
    let alike = unseen.into_iter().enumerate().filter(|(change, _)| !told.contains(change));
    held.alike = alike.map(|(_, change)| change).collect();
    held.unsought += held.alike.iter().filter(|change| witnesses.is_unsought(change)).count();
    held
}

/// Names a dossier after the first line that it holds.
pub(super) fn named(sketch: Sketch, changes: &[Mutation], names: &mut BTreeSet<String>) -> New {
    let title = changes.first().map_or_else(String::new, super::names::of_change);
    let (title, name) = super::names::unused(&title, names);
    New { title, name, sketch, shows: changes.iter().map(told).collect() }
}

/// A change, in one line.
pub(super) fn told(change: &Mutation) -> String {
    if change.after.is_empty() {
        format!("{} : « {} » n'est pas à retirer", change.item, change.before)
    } else {
        format!("{} : « {} » et non « {} »", change.item, change.before, change.after)
    }
}
