//! Trials: where intervals leave a condition open, values of the missing facts are supposed, one
//! part of their domains after another, until it is settled or nothing is left to split.
//!
//! Every leaf is a part of the completions; together they cover all of them (but for the order of
//! list elements that nothing tells apart). So what holds in every leaf holds in every completion.

use crate::decision::MissingPlace;
use crate::known::{Known, OptionSet};
use crate::limits;
use crate::policy::Policy;

use super::alike::Alike;
use super::coherence::learn;
use super::formula::{Atom, AtomKnown, work_out};
use super::interpreter::Evaluator;
use super::split::{Split, split};
use super::world::World;

/// How many times a number may be halved in one group: enough for a few exact bounds.
const HALVINGS: usize = 512;

/// A part of the completions.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// What is known in it.
    pub world: World,
    /// What its atoms came to, in the group's order.
    pub known: Vec<AtomKnown>,
    /// The missing places, by rank in the group, that atoms still open in it read.
    pub reads: Vec<usize>,
}

/// What trials of a group of atoms gave.
#[derive(Debug, Clone)]
pub(super) struct Exploration {
    /// Together, all the completions.
    pub leaves: Vec<Leaf>,
    /// Whether the limit of trials left something open.
    pub limited: bool,
}

/// Splits a world until `settled` says that what its atoms came to is enough.
///
/// `places` are the missing places that the atoms read, and those that a coherence rule ties to them.
pub(super) fn explore(
    policy: &Policy,
    base: &World,
    atoms: &[&Atom],
    places: &[MissingPlace],
    settled: &dyn Fn(&[AtomKnown]) -> bool,
) -> Exploration {
    let alike = Alike::of(policy, base, places);
    let mut exploration = Exploration { leaves: Vec::new(), limited: false };
    let mut stack = vec![base.clone()];
    let (mut trials, mut halvings) = (0usize, 0usize);
    while let Some(mut world) = stack.pop() {
        trials += 1;
        // A part in which some coherence rule cannot hold is no part of the completions.
        let Ok(learnt) = learn(policy, &mut world) else { continue };
        let mut evaluator = Evaluator::new(policy, &world, &learnt);
        let mut known = Vec::with_capacity(atoms.len());
        let mut open = std::collections::BTreeSet::new();
        for atom in atoms {
            evaluator.clear_reads();
            let value = work_out(&mut evaluator, atom);
            if value.is_open() {
                open.extend(evaluator.reads());
            }
            known.push(value);
        }
        let reads: Vec<usize> = (0..places.len()).filter(|rank| open.contains(&places[*rank])).collect();
        let leaf = |world: World, known, reads| Leaf { world, known, reads };
        if settled(&known) {
            exploration.leaves.push(leaf(world, known, reads));
            continue;
        }
        let numbers = reads
            .iter()
            .filter(|rank| {
                let known = world.at(policy, places[**rank]);
                matches!(known, Some(Known::Number(_) | Known::Date(_)))
            })
            .count();
        let alone = numbers == 1 && reads.len() == 1;
        let chosen = choose(policy, &world, places, &reads, alone && halvings < HALVINGS);
        let Some((rank, parts, halved)) = chosen else {
            exploration.limited |= alone && halvings >= HALVINGS;
            exploration.leaves.push(leaf(world, known, reads));
            continue;
        };
        let parts = alike.ordered(policy, &world, places[rank], parts);
        if trials + stack.len() + parts.len() > limits::TRIALS {
            exploration.limited = true;
            exploration.leaves.push(leaf(world, known, reads));
            continue;
        }
        halvings += usize::from(halved);
        for part in parts.into_iter().rev() {
            let mut half = world.clone();
            half.suppose(policy, places[rank], part);
            stack.push(half);
        }
    }
    exploration
}

/// The place to split next: first those of few values, then texts, numbers and dates at the values
/// that they are compared with; last, where one number alone is open, by halves.
fn choose(
    policy: &Policy,
    world: &World,
    places: &[MissingPlace],
    reads: &[usize],
    may_halve: bool,
) -> Option<(usize, Vec<Known>, bool)> {
    let rank_of_kind = |rank: &usize| match world.at(policy, places[*rank]) {
        Some(Known::Truth(_)) => 0,
        Some(Known::Choice(_)) => 1,
        Some(Known::Text(_)) => 2,
        Some(Known::Number(_) | Known::Date(_)) => 3,
        None => 4,
    };
    let mut order = reads.to_vec();
    order.sort_by_key(rank_of_kind);
    for halve in [false, true] {
        for rank in &order {
            if halve && !may_halve {
                continue;
            }
            match split(policy, world, places[*rank], halve) {
                Split::Parts(parts) => return Some((*rank, parts, halve)),
                Split::Whole => {}
            }
        }
    }
    None
}

/// Each option of a set as a set of its own.
pub(super) fn options(set: OptionSet) -> Vec<OptionSet> {
    (0..128u16).map(OptionSet::only).filter(|one| set.0 & one.0 != 0).collect()
}
