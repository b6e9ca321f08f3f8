//! Groups of conditions that share missing facts, and how the groups are combined.
//!
//! Groups share no missing fact, and no coherence rule ties a fact of one to a fact of another: each
//! may come out one way whatever the others do. So every choice of one leaf per group is possible.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::decision::MissingPlace;
use crate::known::Known;
use crate::limits;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy, Quantity, Reach};

use super::alike::Alike;
use super::coherence::Learnt;
use super::engine::Resolved;
use super::formula::{Atom, AtomKnown, Target, closed};
use super::interpreter::Evaluator;
use super::items::StatusSet;
use super::trials::Leaf;
use super::world::World;

/// Where the ways in which a group may come out are from.
#[derive(Debug)]
pub(super) enum Source {
    /// An item worked out by itself.
    Item(Rc<Resolved>),
    /// Trials.
    Trials(Vec<Leaf>),
}

/// Conditions that share missing facts.
#[derive(Debug)]
pub(super) struct Group {
    /// Ranks of its atoms in the target.
    pub atoms: Vec<usize>,
    /// Its missing places.
    pub places: Vec<MissingPlace>,
    /// Where its ways are from.
    pub source: Source,
    /// The different ways in which its atoms may come out.
    vectors: Vec<Vec<AtomKnown>>,
    /// The way of each leaf.
    ways: Vec<usize>,
    /// For each way, the statuses of the target that it leaves possible.
    pub outcomes: Vec<StatusSet>,
    alike: Alike,
}

impl Group {
    /// A group and the ways in which it may come out.
    pub fn new(
        policy: &Policy,
        world: &World,
        atoms: Vec<usize>,
        places: Vec<MissingPlace>,
        source: Source,
    ) -> Group {
        let mut vectors: Vec<Vec<AtomKnown>> = Vec::new();
        let mut ways = Vec::new();
        match &source {
            Source::Item(resolved) => {
                let one = |status| vec![AtomKnown::statuses_of(resolved.item, StatusSet::only(status))];
                vectors.extend(resolved.statuses.iter().map(one));
            }
            Source::Trials(leaves) => {
                for leaf in leaves {
                    let way = vectors.iter().position(|known| *known == leaf.known);
                    ways.push(way.unwrap_or(vectors.len()));
                    if way.is_none() {
                        vectors.push(leaf.known.clone());
                    }
                }
            }
        }
        let alike = Alike::of(policy, world, &places);
        let outcomes = Vec::new();
        Group { atoms, places, source, vectors, ways, outcomes, alike }
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
            Source::Trials(leaves) => {
                let place = self.alike.representative(place);
                leaves
                    .iter()
                    .zip(&self.ways)
                    .filter(|(leaf, _)| {
                        leaf.world.at(policy, place).is_none_or(|known| known.intersect(part).is_some())
                    })
                    .map(|(_, way)| self.outcomes[*way])
                    .reduce(StatusSet::union)
            }
        }
    }

    /// The parts of a place's domain that trials told apart.
    pub fn parts(&self, policy: &Policy, place: MissingPlace) -> Vec<Known> {
        match &self.source {
            Source::Item(resolved) => resolved.parts(policy, place),
            Source::Trials(leaves) => {
                let place = self.alike.representative(place);
                leaves.iter().filter_map(|leaf| leaf.world.at(policy, place).cloned()).collect()
            }
        }
    }
}

impl Resolved {
    /// The statuses of the item where a missing place is within a part of its domain; `None` where
    /// nothing that was tried has it so.
    pub fn statuses_where(&self, policy: &Policy, place: MissingPlace, part: &Known) -> Option<StatusSet> {
        match self.groups.iter().find(|group| group.places.contains(&place)) {
            Some(group) => group.statuses_where(policy, place, part),
            None => Some(self.statuses),
        }
    }

    /// Whether some leaf stays open for want of a place, split as far as it could be.
    pub fn left_open_by(&self, place: MissingPlace) -> bool {
        self.groups.iter().filter(|group| group.places.contains(&place)).any(|group| match &group.source {
            Source::Item(resolved) => resolved.left_open_by(place),
            Source::Trials(leaves) => leaves.iter().zip(&group.ways).any(|(leaf, way)| {
                !closed(group.outcomes[*way])
                    && leaf.known.iter().any(|known| known.is_open())
                    && leaf.reads.iter().any(|rank| group.places[*rank] == place)
            }),
        })
    }

    /// The parts of a missing place's domain that trials told apart.
    pub fn parts(&self, policy: &Policy, place: MissingPlace) -> Vec<Known> {
        self.groups
            .iter()
            .filter(|group| group.places.contains(&place))
            .flat_map(|group| group.parts(policy, place))
            .collect()
    }
}

/// A set as far as it matters to others: a criterion that bars nothing is as if it were met.
fn gist(set: StatusSet) -> StatusSet {
    if closed(set) && !set.is_empty() { StatusSet::only(set.settled()) } else { set }
}

/// What all groups together leave possible.
pub(super) struct Combined {
    /// The statuses that the item may have.
    pub statuses: StatusSet,
    /// The missing places that may change it.
    pub affecting: BTreeSet<MissingPlace>,
    /// Whether there were too many ways to combine.
    pub limited: bool,
}

/// Combines every way of each group with every way of the others.
pub(super) fn combine(
    policy: &Policy,
    target: &Target,
    known: &[AtomKnown],
    groups: &mut [Group],
    ties: &[BTreeSet<MissingPlace>],
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
    let mut affecting = BTreeSet::new();
    for (group, rows) in groups.iter_mut().zip(&rows) {
        group.outcomes =
            rows.iter().map(|row| row.iter().copied().reduce(StatusSet::union).unwrap_or_default()).collect();
        affecting.extend(group.affecting(policy, rows, ties, &Setting { policy, target, known }));
    }
    Combined { statuses: statuses.unwrap_or_default(), affecting, limited: false }
}

impl Group {
    /// The places that may change the target's status: two leaves that differ only in a place (or in
    /// it and facts that a coherence rule ties to it) and in what comes out, or a leaf left open that
    /// reads it.
    fn affecting(
        &self,
        policy: &Policy,
        rows: &[Vec<StatusSet>],
        ties: &[BTreeSet<MissingPlace>],
        setting: &Setting<'_>,
    ) -> BTreeSet<MissingPlace> {
        let of_row = |row: &[StatusSet]| row.iter().map(|set| gist(*set)).collect::<Vec<_>>();
        let gists: Vec<Vec<StatusSet>> = rows.iter().map(|row| of_row(row)).collect();
        let open: Vec<bool> = rows.iter().map(|row| row.iter().any(|set| !closed(*set))).collect();
        let mut found: BTreeSet<MissingPlace> = BTreeSet::new();
        let leaves = match &self.source {
            Source::Item(resolved) => {
                let differ = gists.iter().any(|gist| *gist != gists[0]) || open.iter().any(|open| *open);
                return if differ { resolved.affecting.clone() } else { found };
            }
            Source::Trials(leaves) => leaves,
        };
        for (leaf, way) in leaves.iter().zip(&self.ways) {
            if open[*way] {
                found.extend(leaf.reads.iter().map(|rank| self.places[*rank]));
            }
        }
        let tied: Vec<Vec<bool>> = self
            .places
            .iter()
            .map(|place| {
                let with = ties.iter().filter(|tie| tie.contains(place));
                let with: BTreeSet<MissingPlace> = with.flatten().copied().collect();
                self.places.iter().map(|other| with.contains(other)).collect()
            })
            .collect();
        let mut hidden = Hidden::new(self, setting);
        for (i, a) in leaves.iter().enumerate() {
            for (j, b) in leaves.iter().enumerate().skip(i + 1) {
                if found.len() == self.places.len() {
                    break;
                }
                let (one, other) = (self.ways[i], self.ways[j]);
                let differ = gists[one] != gists[other];
                let differ_below = !differ && open[one] && open[other] && hidden.any(one, other);
                if !differ && !differ_below {
                    continue;
                }
                let apart: Vec<usize> = (0..self.places.len())
                    .filter(|rank| {
                        let at = |leaf: &Leaf| leaf.world.at(policy, self.places[*rank]).cloned();
                        matches!((at(a), at(b)), (Some(a), Some(b)) if a.intersect(&b).is_none())
                    })
                    .collect();
                for rank in &apart {
                    if !differ && !hidden.differ(one, other, *rank) {
                        continue;
                    }
                    if apart.iter().all(|other| other == rank || tied[*rank][*other]) {
                        found.insert(self.places[*rank]);
                    }
                }
            }
        }
        let stand_for = |place: &MissingPlace| found.contains(&self.alike.representative(*place));
        let more: Vec<MissingPlace> = self.places.iter().copied().filter(stand_for).collect();
        found.extend(more);
        found
    }
}

/// What stands around a group.
struct Setting<'a> {
    policy: &'a Policy,
    target: &'a Target,
    /// What is known of every atom over all ways.
    known: &'a [AtomKnown],
}

/// Differences that what stays open hides: two ways may both leave the target open, and yet differ in
/// what comes out once the rest is known.
struct Hidden<'a> {
    group: &'a Group,
    setting: &'a Setting<'a>,
    /// Whether each atom of the group reads each place.
    reads: Vec<Vec<bool>>,
    /// For two ways, the ranks of the places that may tell them apart.
    seen: HashMap<(usize, usize), Vec<bool>>,
}

impl<'a> Hidden<'a> {
    fn new(group: &'a Group, setting: &'a Setting<'a>) -> Self {
        let policy = setting.policy;
        let reach = |rank: &usize| match &setting.target.atoms[*rank] {
            Atom::Item(item) => Reach::of_item(policy, *item),
            Atom::Obligation(id) => Reach::of_item(policy, ItemRef::Obligation(*id)),
            Atom::Expr { under, expr } => {
                let mut reach = Reach::default();
                under.iter().chain([expr]).for_each(|expr| reach.add_expr(policy, *expr));
                reach
            }
        };
        let reads = group.atoms.iter().map(reach);
        let reads =
            reads.map(|reach| group.places.iter().map(|place| reach.reads(place.declared())).collect());
        Hidden { group, setting, reads: reads.collect(), seen: HashMap::new() }
    }

    /// Whether some place may tell two ways apart.
    fn any(&mut self, one: usize, other: usize) -> bool {
        self.places(one, other).iter().any(|differ| *differ)
    }

    /// Whether a place may tell two ways apart.
    fn differ(&mut self, one: usize, other: usize, place: usize) -> bool {
        self.places(one, other)[place]
    }

    fn places(&mut self, one: usize, other: usize) -> &[bool] {
        let (group, setting, reads) = (self.group, self.setting, &self.reads);
        self.seen.entry((one, other)).or_insert_with(|| {
            (0..group.places.len())
                .map(|place| told_apart(group, setting, reads, one, other, place))
                .collect()
        })
    }
}

/// Whether some completion of two ways that differ in one place only may give two outcomes: an atom that
/// does not read the place comes out alike under both.
fn told_apart(
    group: &Group,
    setting: &Setting<'_>,
    reads: &[Vec<bool>],
    one: usize,
    other: usize,
    place: usize,
) -> bool {
    let (a, b) = (&group.vectors[one], &group.vectors[other]);
    // The atoms that may come out in several ways, each with those ways on both sides.
    let mut free: Vec<(usize, Vec<(AtomKnown, AtomKnown)>)> = Vec::new();
    for own in 0..group.atoms.len() {
        let (left, right) = (a[own].settled_ways(), b[own].settled_ways());
        let alike = !reads[own][place];
        let pairs: Vec<(AtomKnown, AtomKnown)> = left
            .iter()
            .flat_map(|left| right.iter().map(move |right| (*left, *right)))
            .filter(|(left, right)| !alike || left == right)
            .collect();
        free.push((group.atoms[own], pairs));
    }
    let Some(total) = free.iter().try_fold(1usize, |total, (_, pairs)| total.checked_mul(pairs.len())) else {
        return true;
    };
    if total > limits::TRIALS {
        return true;
    }
    let (mut left, mut right) = (setting.known.to_vec(), setting.known.to_vec());
    (0..total).any(|mut rest| {
        for (rank, pairs) in &free {
            (left[*rank], right[*rank]) = pairs[rest % pairs.len()];
            rest /= pairs.len();
        }
        let status = |values: &[AtomKnown]| gist(setting.target.statuses(&|rank| values[rank]));
        status(&left) != status(&right)
    })
}

/// Missing places that a coherence rule, open as far as is known, ties together.
pub(super) fn tied(policy: &Policy, world: &World) -> Vec<BTreeSet<MissingPlace>> {
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
            let reads: BTreeSet<MissingPlace> = evaluator.reads().into_iter().collect();
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
