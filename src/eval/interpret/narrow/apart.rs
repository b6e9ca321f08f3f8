//! What an assumption asks, in groups that rest on nothing in common: what a group asks teaches nothing of what
//! another rests on. Of a group that is not read it only matters whether it can be, and that is the same wherever
//! what it rests on is: it is worked out once for all the worlds of a search.

mod grouped;

use std::cell::{Cell, RefCell};

use elsa::FrozenMap;
use foldhash::HashMap;

use super::Goal;
use crate::eval::interpret::context::Frame;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::{ListState, World};
use crate::known::{Known, OptionSet, Truth};
use crate::policy::dependencies::{Leaf, Touched};
use crate::policy::{ExprId, ItemRef, ListId, Policy, ShapeId};

/// Up to so many cells of lists, what a group rests on is kept to be told again.
const CELLS: usize = 256;

/// Assumptions in groups, and which groups can be.
#[derive(Default)]
pub(in crate::eval) struct Apart {
    /// By what is assumed.
    parted: FrozenMap<Vec<Goal>, Box<[Group]>>,
    foci: FrozenMap<Read, Box<Focus>>,
    /// What alone assumptions were to teach about, by rank.
    only: FrozenMap<Touched, Box<usize>>,
    count: Cell<usize>,
    possible: RefCell<HashMap<Asked, bool>>,
}

/// What is assumed, what is then read, and what alone assumptions are to teach about.
#[derive(PartialEq, Eq, Hash)]
struct Read {
    goals: Vec<Goal>,
    read: Vec<ExprId>,
    only: Option<Touched>,
}

/// Conditions that rest on something in common.
struct Group {
    id: usize,
    leaves: Touched,
    conditions: Vec<Condition>,
}

/// Something asked by all that it stands in.
struct Condition {
    goal: Goal,
    /// The definitions and items that it stands in: where one is so already, the condition is not looked at.
    within: Vec<Goal>,
}

/// The groups that some expressions share something with, directly or through one another.
struct Focus {
    leaves: Touched,
    /// The ranks of the others that matter.
    others: Vec<usize>,
}

/// A group, what of it is asked, and all that this rests on.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    group: usize,
    only: Option<usize>,
    conditions: Vec<usize>,
    facts: Vec<Known>,
    lists: Vec<ListState>,
    readings: Vec<OptionSet>,
    shapes: Vec<(ShapeId, Known)>,
    items: Vec<(ItemRef, Truth)>,
}

impl Apart {
    fn groups(&self, policy: &Policy, goals: &[Goal]) -> &[Group] {
        if let Some(groups) = self.parted.get(goals) {
            return groups;
        }
        let mut groups = grouped::groups(policy, goals);
        for group in &mut groups {
            group.id = self.count.replace(self.count.get() + 1);
        }
        self.parted.insert(goals.to_vec(), groups.into())
    }

    fn focus(&self, policy: &Policy, goals: &[Goal], read: Vec<ExprId>, only: Option<&Touched>) -> &Focus {
        let key = Read { goals: goals.to_vec(), read, only: only.cloned() };
        if let Some(focus) = self.foci.get(&key) {
            return focus;
        }
        let mut leaves = Touched::default();
        key.read
            .iter()
            .for_each(|expr| leaves.add_shape(policy.dependencies(), policy.exprs.get(*expr).shape));
        let groups = self.groups(policy, goals).iter().enumerate();
        let (near, others): (Vec<_>, Vec<_>) = groups.partition(|(_, group)| group.leaves.meets(&leaves));
        near.into_iter().for_each(|(_, group)| leaves.add_all(&group.leaves));
        let matter = |group: &Group| only.is_none_or(|only| only.meets(&group.leaves));
        let others = others.into_iter().filter(|(_, group)| matter(group)).map(|(rank, _)| rank).collect();
        self.foci.insert(key, Box::new(Focus { leaves, others }))
    }

    fn rank_of(&self, only: &Touched) -> usize {
        let known = || self.only.insert(only.clone(), Box::new(self.only.len()));
        *self.only.get(only).unwrap_or_else(known)
    }
}

impl<'a> Evaluator<'a> {
    /// Runs `f`, which reads nothing but some expressions, in a context where all the goals are met; `None` where that
    /// is impossible. Outside all other contexts, only what may matter to these expressions is assumed of it.
    pub(in crate::eval::interpret) fn supposing_for<R>(
        &mut self,
        goals: &[Goal],
        read: impl FnOnce(&Policy) -> Vec<ExprId>,
        f: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        let outside = self.frames.is_empty() && self.narrowing.assuming == 0;
        let Some(apart) = self.apart.filter(|_| outside) else {
            return self.supposing(goals, f);
        };
        let focus = apart.focus(self.policy, goals, read(self.policy), self.focus);
        if focus.others.is_empty() {
            return self.supposing(goals, f);
        }
        let groups = apart.groups(self.policy, goals);
        let mark = self.noted.len();
        let others = || focus.others.iter().map(|rank| &groups[*rank]);
        let possible = self.untraced(|inner| {
            for group in others() {
                match inner.can_be(apart, group) {
                    Some(true) => {}
                    not => return not,
                }
            }
            Some(true)
        });
        self.noted.truncate(mark);
        match possible {
            None => self.supposing(goals, f),
            Some(false) => None,
            Some(true) => self.supposing_within(goals, Some(&focus.leaves), f),
        }
    }

    /// Whether all that a group asks can be, as far as is known; `None` where it rests on too much to keep what comes
    /// of it. Nothing of what may be spent here is: it is worked out for all that ask.
    fn can_be(&mut self, apart: &'a Apart, group: &'a Group) -> Option<bool> {
        let mut conditions = Vec::new();
        for (rank, condition) in group.conditions.iter().enumerate() {
            let mut all_open = true;
            for outer in &condition.within {
                let truth = self.foresee(std::slice::from_ref(outer));
                if !truth.may_hold {
                    return Some(false);
                }
                all_open &= truth.is_open();
            }
            if all_open {
                conditions.push(rank);
            }
        }
        if conditions.is_empty() {
            return Some(true);
        }
        let goals: Vec<Goal> = conditions.iter().map(|rank| group.conditions[*rank].goal.clone()).collect();
        let asked = self.asked(apart, group, conditions)?;
        if let Some(known) = apart.possible.borrow().get(&asked) {
            return Some(*known);
        }
        let possible = self.can_all_be(&goals, &group.leaves);
        apart.possible.borrow_mut().insert(asked, possible);
        Some(possible)
    }

    fn can_all_be(&mut self, goals: &[Goal], leaves: &'a Touched) -> bool {
        let impossible = std::mem::replace(&mut self.impossible, false);
        let whole = self.whole_budget();
        let budget = std::mem::replace(&mut self.budget, whole);
        let within = self.within.replace(leaves);
        let around = (self.narrowing.depth, self.narrowing.alternatives);
        self.frames.push(Frame { trail: self.trail.len(), ..Frame::default() });
        self.narrowing.assuming = self.frames.len();
        (self.narrowing.depth, self.narrowing.alternatives) = (0, 0);
        let possible = self.pursue_all(goals) && !self.impossible;
        (self.narrowing.depth, self.narrowing.alternatives) = around;
        self.narrowing.assuming = 0;
        self.leave(0);
        (self.impossible, self.budget, self.within) = (impossible, budget, within);
        possible
    }

    /// All that it depends on whether a group can be; `None` where that is too much to keep.
    fn asked(&self, apart: &Apart, group: &Group, conditions: Vec<usize>) -> Option<Asked> {
        let (policy, world, rests_on) = (self.policy, self.world, self.rests_on);
        let (mut facts, mut lists, mut readings) = (Vec::new(), Vec::<ListId>::new(), Vec::new());
        for leaf in group.leaves.leaves(rests_on)? {
            match leaf {
                Leaf::Fact(fact) => facts.push(world.facts.get(fact.index())?.clone()),
                Leaf::Reading(reading) => readings.push(*world.readings.get(reading.index())?),
                Leaf::Field(field) => lists.push(policy.fields[field.index()].list),
                Leaf::List(list) => lists.push(list),
            }
        }
        lists.sort_unstable();
        lists.dedup();
        if lists.iter().map(|list| cells(world, *list)).sum::<usize>() > CELLS {
            return None;
        }
        let mut shapes: Vec<(ShapeId, Known)> = self
            .learnt
            .shapes()
            .filter(|(shape, _)| group.leaves.meets_shape(rests_on, *shape))
            .map(|(shape, known)| (shape, known.clone()))
            .collect();
        shapes.sort_unstable_by_key(|(shape, _)| *shape);
        let items =
            policy.items().filter(|item| group.leaves.meets_unit(rests_on, rests_on.of_item(policy, *item)));
        Some(Asked {
            group: group.id,
            only: self.focus.map(|only| apart.rank_of(only)),
            conditions,
            facts,
            lists: lists.into_iter().map(|list| world.lists[list.index()].clone()).collect(),
            readings,
            shapes,
            items: items.filter_map(|item| Some((item, self.learnt.item(item)?))).collect(),
        })
    }
}

fn cells(world: &World, list: ListId) -> usize {
    match &world.lists[list.index()] {
        ListState::Absent => 0,
        ListState::Rows(rows) => rows.cell_count(),
    }
}

#[cfg(test)]
mod tests;
