//! Groups of conditions that share missing facts, and how the groups are combined.
//!
//! Groups share no missing fact, and no coherence rule ties a fact of one to a fact of another: each
//! may come out one way whatever the others do. So every choice of one leaf per group is possible.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::affecting::{Setting, affecting as affecting_in};
use super::explore::{Exploration, Leaf};
use super::formula::{AtomKnown, Target, closed};
use super::resolved::Resolved;
use crate::decision::MissingPlace;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::items::StatusSet;
use crate::eval::world::World;
use crate::eval::world::place_set::PlaceSet;
use crate::known::Known;
use crate::limits;
use crate::policy::{ExprId, ExprKind, Policy, Quantity};

/// Where the ways in which a group may come out are from.
#[derive(Debug)]
pub(in crate::eval) enum Source {
    /// An item worked out by itself.
    Item(Rc<Resolved>),
    /// Trials.
    Trials(Exploration),
}

/// Conditions that share missing facts.
#[derive(Debug)]
pub(in crate::eval) struct Group {
    /// Ranks of its atoms in the target.
    pub atoms: Vec<usize>,
    /// Its missing places.
    pub places: Vec<MissingPlace>,
    /// Where its ways are from.
    pub source: Source,
    /// The different ways in which its atoms may come out.
    pub vectors: Vec<Vec<AtomKnown>>,
    /// The way of each leaf.
    pub ways: Vec<usize>,
    /// For each way, the statuses of the target that it leaves possible.
    pub outcomes: Vec<StatusSet>,
}

impl Group {
    /// A group and the ways in which it may come out; its places ascend.
    pub fn new(atoms: Vec<usize>, places: Vec<MissingPlace>, source: Source) -> Group {
        let mut vectors: Vec<Vec<AtomKnown>> = Vec::new();
        let mut ways = Vec::new();
        match &source {
            Source::Item(resolved) => {
                let one = |status| vec![AtomKnown::statuses_of(resolved.item, StatusSet::only(status))];
                vectors.extend(resolved.statuses.iter().map(one));
            }
            Source::Trials(tried) => {
                let mut known: HashMap<&[AtomKnown], usize> = HashMap::new();
                for leaf in &tried.leaves {
                    let way = *known.entry(&leaf.known).or_insert(vectors.len());
                    if way == vectors.len() {
                        vectors.push(leaf.known.clone());
                    }
                    ways.push(way);
                }
            }
        }
        Group { atoms, places, source, vectors, ways, outcomes: Vec::new() }
    }

    /// What is known of an atom (by rank in the group) over all the ways.
    pub fn hull(&self, own: usize) -> Option<AtomKnown> {
        self.vectors.iter().filter_map(|known| known.get(own).copied()).reduce(AtomKnown::union)
    }

    /// The statuses of the target where a place is within a part of its domain.
    pub fn statuses_where(&self, policy: &Policy, place: MissingPlace, part: &Known) -> Option<StatusSet> {
        match &self.source {
            Source::Item(resolved) => {
                let inner = resolved.statuses_where(policy, place, part)?;
                let ways = self.vectors.iter().zip(&self.outcomes);
                ways.filter(|(known, _)| {
                    known.iter().any(|known| known.statuses().iter().any(|status| inner.contains(status)))
                })
                .map(|(_, outcome)| *outcome)
                .reduce(StatusSet::union)
            }
            Source::Trials(tried) => {
                let place = tried.alike.representative(place);
                self.rank_of(place)?;
                let within =
                    |leaf: &Leaf| leaf.at(policy, place).is_none_or(|known| known.intersect(part).is_some());
                let ways = tried.leaves.iter().zip(&self.ways).filter(|(leaf, _)| within(leaf));
                ways.map(|(_, way)| self.outcomes[*way]).reduce(StatusSet::union)
            }
        }
    }

    /// The rank of a place in the group.
    pub(super) fn rank_of(&self, place: MissingPlace) -> Option<usize> {
        self.places.binary_search(&place).ok()
    }

    /// The parts of a place's domain that trials told apart.
    pub fn parts(&self, policy: &Policy, place: MissingPlace) -> Vec<Known> {
        match &self.source {
            Source::Item(resolved) => resolved.parts(policy, place),
            Source::Trials(tried) => {
                let place = tried.alike.representative(place);
                if self.rank_of(place).is_none() {
                    return Vec::new();
                }
                let mut parts = Vec::new();
                let mut seen = HashSet::new();
                for known in tried.leaves.iter().filter_map(|leaf| leaf.at(policy, place)) {
                    if seen.insert(known) {
                        parts.push(known.clone());
                    }
                }
                parts
            }
        }
    }
}

/// A set as far as it matters to others: a criterion that bars nothing is as if it were met.
pub(super) fn gist(set: StatusSet) -> StatusSet {
    if closed(set) && !set.is_empty() { StatusSet::only(set.settled()) } else { set }
}

/// What all groups together leave possible.
pub(in crate::eval) struct Combined {
    /// The statuses that the item may have.
    pub statuses: StatusSet,
    /// The missing places that may change it.
    pub affecting: PlaceSet,
    /// Whether there were too many ways to combine.
    pub limited: bool,
}

/// Combines every way of each group with every way of the others.
pub(in crate::eval) fn combine(
    policy: &Policy,
    target: &Target,
    known: &[AtomKnown],
    groups: &mut [Group],
    ties: &[PlaceSet],
) -> Combined {
    let total = groups.iter().try_fold(1usize, |total, group| total.checked_mul(group.vectors.len()));
    let Some(total) = total.filter(|total| *total <= limits::TRIALS) else {
        let statuses = target.statuses(&|rank| known[rank]);
        for group in groups.iter_mut() {
            group.outcomes = vec![statuses; group.vectors.len()];
        }
        let affecting = groups.iter().flat_map(|group| group.places.iter().copied()).collect();
        return Combined { statuses, affecting, limited: true };
    };
    // For each group and way, the status that comes out with each choice of ways of the others, in
    // one order: two ways differ when their rows do.
    let mut rows: Vec<Vec<Vec<StatusSet>>> =
        groups.iter().map(|group| vec![Vec::new(); group.vectors.len()]).collect();
    let mut statuses: Option<StatusSet> = None;
    let mut values = known.to_vec();
    for choice in 0..total {
        let mut rest = choice;
        let mut ways = Vec::with_capacity(groups.len());
        for group in groups.iter() {
            let way = rest % group.vectors.len();
            rest /= group.vectors.len();
            for (own, rank) in group.atoms.iter().enumerate() {
                values[*rank] = group.vectors[way][own];
            }
            ways.push(way);
        }
        let set = target.statuses(&|rank| values[rank]);
        statuses = Some(statuses.map_or(set, |all| all.union(set)));
        for (group, way) in ways.into_iter().enumerate() {
            rows[group][way].push(set);
        }
    }
    let mut affecting = PlaceSet::default();
    for (group, rows) in groups.iter_mut().zip(&rows) {
        group.outcomes =
            rows.iter().map(|row| row.iter().copied().reduce(StatusSet::union).unwrap_or_default()).collect();
        affecting.add(&affecting_in(group, rows, ties, &Setting { policy, target, known }));
    }
    Combined { statuses: statuses.unwrap_or_default(), affecting, limited: false }
}

/// Missing places that a coherence rule, open as far as is known, ties together.
pub(in crate::eval) fn tied(policy: &Policy, world: &World) -> Vec<PlaceSet> {
    let mut rules = Vec::new();
    for coherence in &policy.coherences {
        conjuncts(policy, coherence.condition, &mut rules);
    }
    // What the rules teach is left out: under it every rule holds, and ties nothing.
    let nothing = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &nothing);
    rules
        .into_iter()
        .filter_map(|rule| {
            evaluator.clear_reads();
            let open = evaluator.truth(rule).is_open();
            let reads = evaluator.reads();
            (open && reads.len() > 1).then_some(reads)
        })
        .collect()
}

fn conjuncts(policy: &Policy, expr: ExprId, into: &mut Vec<ExprId>) {
    match &policy.exprs.get(expr).kind {
        ExprKind::And(of) => of.iter().for_each(|operand| conjuncts(policy, *operand, into)),
        ExprKind::Bullets { quantity: Quantity::All, of } if of.iter().all(|b| b.only_if.is_none()) => {
            of.iter().for_each(|bullet| conjuncts(policy, bullet.then, into));
        }
        _ => into.push(expr),
    }
}
