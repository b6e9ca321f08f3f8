//! Differences that what stays open hides: two ways may both leave a target open, and yet differ in
//! what comes out once the rest is known.

use std::collections::HashMap;

use super::affecting::Setting;
use super::formula::{Atom, AtomKnown};
use super::group::{Group, gist};
use crate::eval::interpret::items::StatusSet;
use crate::limits;
use crate::policy::{ItemRef, Reach};

/// Which places may tell apart two ways of a group that leave the target open.
pub(super) struct Hidden<'a> {
    group: &'a Group,
    setting: &'a Setting<'a>,
    /// Whether each atom of the group reads each place.
    reads: Option<Vec<Vec<bool>>>,
    seen: HashMap<(usize, usize, usize), bool>,
}

impl<'a> Hidden<'a> {
    /// Those of a group.
    pub fn new(group: &'a Group, setting: &'a Setting<'a>) -> Self {
        Hidden { group, setting, reads: None, seen: HashMap::new() }
    }

    /// Whether a place may tell two ways apart: some completion of both that differs in it only may give
    /// two outcomes. An atom that does not read the place comes out alike under both.
    pub fn differ(&mut self, one: usize, other: usize, place: usize) -> bool {
        let key = (one.min(other), one.max(other), place);
        if let Some(known) = self.seen.get(&key) {
            return *known;
        }
        let reads = self.reads.get_or_insert_with(|| reads(self.group, self.setting));
        let differ = told_apart(self.group, self.setting, reads, key);
        self.seen.insert(key, differ);
        differ
    }
}

fn reads(group: &Group, setting: &Setting<'_>) -> Vec<Vec<bool>> {
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
    reads.map(|reach| group.places.iter().map(|place| reach.reads(place.declared())).collect()).collect()
}

/// An atom that may come out in several ways.
struct Free {
    /// Its rank in the target.
    rank: usize,
    /// Those ways, on both sides.
    pairs: Vec<(AtomKnown, AtomKnown)>,
    /// What is known on both sides before one of them is taken.
    either: (AtomKnown, AtomKnown),
}

fn told_apart(
    group: &Group,
    setting: &Setting<'_>,
    reads: &[Vec<bool>],
    (one, other, place): (usize, usize, usize),
) -> bool {
    let (a, b) = (&group.vectors[one], &group.vectors[other]);
    let mut free: Vec<Free> = Vec::new();
    for (own, rank) in group.atoms.iter().enumerate() {
        let (left, right) = (a[own].settled_ways(), b[own].settled_ways());
        let alike = !reads[own][place];
        let pairs: Vec<(AtomKnown, AtomKnown)> = left
            .iter()
            .flat_map(|left| right.iter().map(move |right| (*left, *right)))
            .filter(|(left, right)| !alike || left == right)
            .collect();
        let either = pairs.iter().copied().reduce(|one, other| (one.0.union(other.0), one.1.union(other.1)));
        // No completion of both is the same but for the place.
        let Some(either) = either else { return false };
        free.push(Free { rank: *rank, pairs, either });
    }
    // Those that come out alike first: where one of them settles the target, the rest is left aside.
    free.sort_by_key(|free| free.pairs.iter().any(|(left, right)| left != right));
    let (mut left, mut right) = (setting.known.to_vec(), setting.known.to_vec());
    for free in &free {
        (left[free.rank], right[free.rank]) = free.either;
    }
    let of = |values: &[AtomKnown]| -> StatusSet { gist(setting.target.statuses(&|rank| values[rank])) };
    // For each atom so far, which of its ways is taken.
    let mut taken: Vec<usize> = Vec::new();
    for _ in 0..4 * limits::TRIALS {
        let (one, other) = (of(&left), of(&right));
        let all_taken = taken.len() == free.len();
        if all_taken && one != other {
            return true;
        }
        if all_taken || (one == other && one.len() <= 1) {
            // Nothing below tells them apart: the next way of the last atom that has one.
            loop {
                let Some(last) = taken.pop() else { return false };
                let Free { rank, pairs, either } = &free[taken.len()];
                if let Some(pair) = pairs.get(last + 1) {
                    (left[*rank], right[*rank]) = *pair;
                    taken.push(last + 1);
                    break;
                }
                (left[*rank], right[*rank]) = *either;
            }
        } else {
            let Free { rank, pairs, .. } = &free[taken.len()];
            (left[*rank], right[*rank]) = pairs[0];
            taken.push(0);
        }
    }
    true
}
