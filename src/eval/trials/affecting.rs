//! Which missing places of a group may change a target's status.

use std::collections::HashMap;

use super::bits::Bits;
use super::explore::{Exploration, Leaf};
use super::formula::{AtomKnown, Target, closed};
use super::group::{Group, Source, gist};
use super::hidden::Hidden;
use crate::decision::MissingPlace;
use crate::eval::interpret::items::StatusSet;
use crate::eval::world::place_set::PlaceSet;
use crate::known::Known;
use crate::policy::Policy;

/// What stands around a group.
pub(super) struct Setting<'a> {
    pub policy: &'a Policy,
    pub target: &'a Target,
    /// What is known of every atom over all ways.
    pub known: &'a [AtomKnown],
}

/// The places that may change the target's status: two leaves that differ only in a place (or in it and
/// facts that a coherence rule ties to it) and in what comes out, or a leaf left open that reads it.
///
/// `rows` are, for each way, the statuses that come out with each choice of ways of the other groups.
pub(super) fn affecting(
    group: &Group,
    rows: &[Vec<StatusSet>],
    ties: &[PlaceSet],
    setting: &Setting<'_>,
) -> PlaceSet {
    let gists: Vec<Vec<StatusSet>> =
        rows.iter().map(|row| row.iter().map(|set| gist(*set)).collect()).collect();
    let open: Vec<bool> = rows.iter().map(|row| row.iter().any(|set| !closed(*set))).collect();
    let tried = match &group.source {
        Source::Item(resolved) => {
            let differ = gists.iter().any(|gist| *gist != gists[0]) || open.iter().any(|open| *open);
            return if differ { resolved.affecting.clone() } else { PlaceSet::default() };
        }
        Source::Trials(tried) => tried,
    };
    let mut found = vec![false; group.places.len()];
    for (leaf, way) in tried.leaves.iter().zip(&group.ways) {
        if open[*way] {
            leaf.reads.iter().for_each(|rank| found[*rank] = true);
        }
    }
    Pairs::of(setting.policy, group, tried, ties).search(
        &gists,
        &open,
        &mut Hidden::new(group, setting),
        &mut found,
    );
    let found = group.places.iter().zip(found).filter_map(|(place, found)| found.then_some(*place));
    let mut found: PlaceSet = found.collect();
    let stands_for = |place: &&MissingPlace| found.contains(tried.alike.representative(**place));
    let more: Vec<MissingPlace> = group.places.iter().filter(stands_for).copied().collect();
    found.extend(more);
    found
}

/// Which leaves of a group lie apart, and in what.
struct Pairs<'a> {
    group: &'a Group,
    /// For each place in which leaves lie apart: its rank, for each leaf what it is there, and for each
    /// thing that it may be the leaves that lie apart from it.
    apart: Vec<(usize, Vec<usize>, Vec<Bits>)>,
    /// For each of those places, the rank of which rules tie it to others.
    tied: Vec<usize>,
    /// Sets of rules that tie a place to others.
    rules: Vec<Vec<usize>>,
    leaves: usize,
}

impl<'a> Pairs<'a> {
    fn of(policy: &Policy, group: &'a Group, tried: &'a Exploration, ties: &[PlaceSet]) -> Pairs<'a> {
        let leaves = tried.leaves.len();
        let mut apart = Vec::new();
        for (rank, place) in group.places.iter().enumerate() {
            let mut first: Option<&Known> = None;
            let is_same = |leaf: &'a Leaf| match leaf.at(policy, *place) {
                Some(known) => *first.get_or_insert(known) == known,
                None => true,
            };
            if tried.leaves.iter().all(is_same) {
                continue;
            }
            let mut parts: Vec<(&Known, Bits)> = Vec::new();
            let mut rank_of: HashMap<&Known, usize> = HashMap::new();
            let mut own = Vec::with_capacity(leaves);
            for (at, leaf) in tried.leaves.iter().enumerate() {
                // A list that is absent is the same in all leaves.
                let Some(known) = leaf.at(policy, *place) else { break };
                let part = *rank_of.entry(known).or_insert(parts.len());
                if part == parts.len() {
                    parts.push((known, Bits::below(leaves)));
                }
                parts[part].1.insert(at);
                own.push(part);
            }
            if parts.len() < 2 || own.len() < leaves {
                continue;
            }
            let from = |known: &Known| {
                let mut apart = Bits::below(leaves);
                let others = parts.iter().filter(|(other, _)| known.intersect(other).is_none());
                others.for_each(|(_, leaves)| apart.add(leaves));
                apart
            };
            let from_each: Vec<Bits> = parts.iter().map(|(known, _)| from(known)).collect();
            apart.push((rank, own, from_each));
        }
        let mut rules: Vec<Vec<usize>> = Vec::new();
        let tied_by = |(rank, ..): &(usize, Vec<usize>, Vec<Bits>)| {
            let own = (0..ties.len()).filter(|tie| ties[*tie].contains(group.places[*rank])).collect();
            rules.iter().position(|known| *known == own).unwrap_or_else(|| {
                rules.push(own);
                rules.len() - 1
            })
        };
        let tied = apart.iter().map(tied_by).collect();
        Pairs { group, apart, tied, rules, leaves }
    }

    /// Finds the places in which alone (or with what is tied to them) two leaves lie apart that come out
    /// in two ways.
    fn search(&self, gists: &[Vec<StatusSet>], open: &[bool], hidden: &mut Hidden<'_>, found: &mut [bool]) {
        let ways = &self.group.ways;
        let of_ways = |which: &dyn Fn(usize) -> bool| {
            let mut set = Bits::below(self.leaves);
            ways.iter().enumerate().filter(|(_, way)| which(**way)).for_each(|(leaf, _)| set.insert(leaf));
            set
        };
        let count = gists.len();
        let differing: Vec<Bits> =
            (0..count).map(|way| of_ways(&|other| gists[other] != gists[way])).collect();
        let alike_and_open: Vec<Option<Bits>> = (0..count)
            .map(|way| {
                let same = |other: usize| open[other] && other != way && gists[other] == gists[way];
                (open[way] && (0..count).any(same)).then(|| of_ways(&same))
            })
            .collect();
        for (leaf, way) in ways.iter().enumerate() {
            if self.apart.iter().all(|(rank, ..)| found[*rank]) {
                return;
            }
            // The leaves that lie apart from this one in one place or more, in two or more.
            let (mut once, mut more) = (Bits::below(self.leaves), Bits::below(self.leaves));
            for (_, own, from) in &self.apart {
                more.add_common(&once, &from[own[leaf]]);
                once.add(&from[own[leaf]]);
            }
            let mut apart_from: Vec<Option<Bits>> = vec![None; self.rules.len()];
            for (at, (rank, own, from)) in self.apart.iter().enumerate() {
                if found[*rank] {
                    continue;
                }
                let from_it = &from[own[leaf]];
                let by = self.tied[at];
                let elsewhere = if self.rules[by].is_empty() {
                    &more
                } else {
                    apart_from[by].get_or_insert_with(|| self.apart_elsewhere(leaf, by))
                };
                found[*rank] = from_it.only(&differing[*way], elsewhere).next().is_some()
                    || alike_and_open[*way].as_ref().is_some_and(|others| {
                        let mut others: Vec<usize> =
                            from_it.only(others, elsewhere).map(|other| ways[other]).collect();
                        others.sort_unstable();
                        others.dedup();
                        others.into_iter().any(|other| hidden.differ(*way, other, *rank))
                    });
            }
        }
    }

    /// The leaves that lie apart from one in some place that none of some rules ties to others.
    fn apart_elsewhere(&self, leaf: usize, by: usize) -> Bits {
        let shared: Vec<bool> =
            self.rules.iter().map(|rules| rules.iter().any(|rule| self.rules[by].contains(rule))).collect();
        let mut elsewhere = Bits::below(self.leaves);
        for ((_, own, from), by) in self.apart.iter().zip(&self.tied) {
            if !shared[*by] {
                elsewhere.add(&from[own[leaf]]);
            }
        }
        elsewhere
    }
}
