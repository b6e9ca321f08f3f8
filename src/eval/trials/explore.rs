//! Trials: where intervals leave a condition open, values of the missing facts are supposed, one
//! part of their domains after another, until it is settled or nothing is left to split.
//!
//! Every leaf is a part of the completions; together they cover all of them (but for the order of
//! list elements that nothing tells apart). So what holds in every leaf holds in every completion.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use super::alike::Alike;
use super::formula::{Atom, AtomKnown, work_out};
use super::reaches::Reaches;
use super::split::{Split, split, without_far_ends};
use crate::decision::MissingPlace;
use crate::eval::effort;
use crate::eval::interpret::coherence::{Learnt, learn};
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::narrow::apart::Apart;
use crate::eval::world::place_set::PlaceSet;
use crate::eval::world::{ListState, World};
use crate::known::{Known, OptionSet};
use crate::limits;
use crate::policy::dependencies::Touched;
use crate::policy::{Declared, ItemRef, ListId, Policy};

/// How many times a number may be halved in one group: enough for a few exact bounds.
const HALVINGS: usize = 512;

/// How many tries there may be for each trial: neighbouring parts are tried together before they are
/// trials of their own.
const TRIES: usize = 4;

/// How many cells of lists make a try count for a step more.
const CELLS_OF_A_STEP: u64 = 32;

/// How many cells a cell counts for in a list whose elements are ranked: each is looked for among all.
const CELLS_OF_A_RANK: usize = 8;

/// A part of the completions.
#[derive(Debug, Clone)]
pub(in crate::eval) struct Leaf {
    /// What is known in it of every slot.
    world: World,
    /// What its atoms came to, in the group's order.
    pub known: Vec<AtomKnown>,
    /// The missing places, by rank in the group, that atoms still open in it read.
    pub reads: Vec<usize>,
}

impl Leaf {
    /// What is known in it of a place; nothing of an absent list.
    pub fn at(&self, policy: &Policy, place: MissingPlace) -> Option<&Known> {
        self.world.at(policy, place)
    }
}

/// What trials of a group of atoms gave.
#[derive(Debug)]
pub(in crate::eval) struct Exploration {
    /// Together, all the completions.
    pub leaves: Vec<Leaf>,
    /// The places that are interchangeable.
    pub(super) alike: Alike,
    /// Whether the limit of trials left something open.
    pub limited: bool,
}

/// What is tried.
pub(in crate::eval) struct Question<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// What may be read in it.
    pub reaches: &'a Reaches<'a>,
    /// What is known of every slot.
    pub base: &'a World,
    /// The conditions.
    pub atoms: &'a [&'a Atom],
    /// The missing places that the atoms read, and those that a coherence rule ties to them, ascending.
    pub places: &'a [MissingPlace],
    /// What assumptions come to.
    pub apart: &'a Apart,
    /// Whether what the atoms came to is enough.
    pub settled: &'a dyn Fn(&[AtomKnown]) -> bool,
}

/// Splits a world until what its atoms come to is enough.
pub(in crate::eval) fn explore(question: Question<'_>) -> Exploration {
    let alike = Alike::of(question.policy, question.reaches, question.base, question.places);
    let mut focus = Touched::default();
    question.places.iter().for_each(|place| focus.add_declared(question.policy, place.declared()));
    let places = question.places.iter().copied().collect();
    let mut explorer =
        Explorer { question, focus, places, alike, told_apart: HashMap::new(), tries: Cell::new(0) };
    let (mut leaves, mut limited) = (Vec::new(), false);
    let mut stack: Vec<Tried> = explorer.tried(explorer.question.base.clone(), None).into_iter().collect();
    let cells = explorer.cells();
    let most = trials_over(cells);
    let (mut trials, mut halvings) = (0usize, 0usize);
    while let Some(tried) = stack.pop() {
        trials += 1;
        if (explorer.question.settled)(&tried.known) {
            leaves.push(explorer.leaf(tried));
            continue;
        }
        if effort::is_ended() {
            limited = true;
            leaves.push(explorer.leaf(tried));
            continue;
        }
        let alone = matches!(tried.reads.as_slice(), [rank] if explorer.is_number(&tried, *rank));
        let Some((rank, parts, halved)) = explorer.choose(&tried, alone && halvings < HALVINGS) else {
            limited |= alone && halvings >= HALVINGS;
            leaves.push(explorer.leaf(tried));
            continue;
        };
        if trials + stack.len() + parts.len() > most || explorer.tries.get() > TRIES * most {
            limited = true;
            leaves.push(explorer.leaf(tried));
            continue;
        }
        halvings += usize::from(halved);
        stack.extend(explorer.each(&tried, rank, parts).into_iter().rev());
    }
    effort::add(explorer.tries.get() as u64 * (1 + cells as u64 / CELLS_OF_A_STEP));
    Exploration { leaves, alike: explorer.alike, limited }
}

/// A part of the completions that was tried.
struct Tried {
    world: World,
    /// What the coherence rules teach in it.
    learnt: Rc<Learnt>,
    known: Vec<AtomKnown>,
    reads: Vec<usize>,
}

struct Explorer<'a> {
    question: Question<'a>,
    /// What the places are. Conditions that read no other missing place than they do teach nothing
    /// else that the atoms read.
    focus: Touched,
    /// The same as a set.
    places: PlaceSet,
    alike: Alike,
    /// By fact or field: sets of options that were found to come to the same.
    told_apart: HashMap<Declared, Vec<OptionSet>>,
    /// How often the atoms were worked out.
    tries: Cell<usize>,
}

impl Explorer<'_> {
    /// How many cells of lists each try goes through.
    fn cells(&self) -> usize {
        let Question { policy, reaches, base, atoms, places, .. } = self.question;
        let rests_on = policy.dependencies();
        let taught = places.iter().any(|place| reaches.rules_read(place.declared()));
        let lists = policy.lists.iter().zip(&base.lists).zip(0..).map(|((list, state), id)| {
            let mut own = Touched::default();
            own.add_declared(policy, Declared::List(ListId(id)));
            let goes_through = |atom: &&Atom| match atom {
                Atom::Item(item) => own.meets_unit(rests_on, rests_on.of_item(policy, *item)),
                Atom::Obligation(id) => {
                    own.meets_unit(rests_on, rests_on.of_item(policy, ItemRef::Obligation(*id)))
                }
                Atom::Expr { under, expr } => under
                    .iter()
                    .chain([expr])
                    .any(|expr| own.meets_shape(rests_on, policy.exprs.get(*expr).shape)),
            };
            match state {
                ListState::Rows(rows)
                    if (taught && reaches.rules_read(Declared::List(ListId(id))))
                        || atoms.iter().any(goes_through) =>
                {
                    let by_rank = if reaches.ranks(ListId(id)) { CELLS_OF_A_RANK } else { 1 };
                    rows.len() * list.fields.len() * by_rank
                }
                ListState::Rows(_) | ListState::Absent => 0,
            }
        });
        lists.sum::<usize>() + base.pairs(policy)
    }

    /// What the atoms come to in a world; nothing where some coherence rule cannot hold in it: that is
    /// no part of the completions. What the rules teach is worked out unless it is known.
    fn tried(&self, mut world: World, learnt: Option<Rc<Learnt>>) -> Option<Tried> {
        self.tries.set(self.tries.get() + 1);
        let Question { policy, places, atoms, .. } = self.question;
        let learnt = match learnt {
            Some(learnt) => learnt,
            None => Rc::new(learn(policy, &mut world).ok()?),
        };
        let mut evaluator = Evaluator::new(policy, &world, &learnt);
        evaluator.focus = Some(&self.focus);
        evaluator.apart = Some(self.question.apart);
        // One that looks at everything, where that turns out to matter.
        let mut wide: Option<Evaluator<'_>> = None;
        let mut known = Vec::with_capacity(atoms.len());
        let mut open = PlaceSet::default();
        for atom in atoms {
            evaluator.clear_reads();
            let mut value = work_out(&mut evaluator, atom);
            if value.is_open() {
                let mut reads = evaluator.reads();
                if !reads.is_subset(&self.places) {
                    let wide = wide.get_or_insert_with(|| Evaluator::new(policy, &world, &learnt));
                    wide.clear_reads();
                    value = work_out(wide, atom);
                    reads = if value.is_open() { wide.reads() } else { PlaceSet::default() };
                }
                open.add(&reads);
            }
            known.push(value);
        }
        let reads = (0..places.len()).filter(|rank| open.contains(places[*rank])).collect();
        Some(Tried { world, learnt, known, reads })
    }

    /// A world that was tried, with one place within a part of what is known of it.
    fn with(&self, tried: &Tried, rank: usize, part: &Known) -> Option<Tried> {
        let Question { policy, places, reaches, .. } = self.question;
        let mut world = tried.world.clone();
        world.suppose(policy, places[rank], part.clone());
        if !self.alike.keep_order(policy, &mut world, places[rank], part) {
            return None;
        }
        let teaches = reaches.rules_read(places[rank].declared());
        self.tried(world, (!teaches).then(|| Rc::clone(&tried.learnt)))
    }

    /// Each part of what is known of a place that is worth a trial of its own. Neighbouring cells of a
    /// number or date stay one as long as nothing that is open reads where in it the place is.
    fn each(&self, tried: &Tried, rank: usize, parts: Vec<Known>) -> Vec<Tried> {
        let cells = matches!(parts.first(), Some(Known::Number(_) | Known::Date(_)));
        let last = parts.len() - 1;
        let mut found = Vec::new();
        let mut parts = parts.into_iter().enumerate();
        let Some((_, mut so_far)) = parts.next() else { return found };
        // What is known of the cells put together so far, once it is; and whether they are from the first.
        let mut came_to: Option<Option<Tried>> = None;
        let mut from_first = true;
        for (at, part) in parts {
            if cells && !(from_first && at == last) {
                let both = so_far.union(&part);
                let tried = self.with(tried, rank, &both);
                if tried.as_ref().is_none_or(|tried| !tried.reads.contains(&rank)) {
                    (so_far, came_to) = (both, Some(tried));
                    continue;
                }
            }
            found.extend(came_to.take().unwrap_or_else(|| self.with(tried, rank, &so_far)));
            (so_far, from_first) = (part, false);
        }
        found.extend(came_to.unwrap_or_else(|| self.with(tried, rank, &so_far)));
        found
    }

    /// The place to split next: first those of few values, then texts, numbers and dates at the values
    /// that they are compared with; last, where one number alone is open, by halves.
    fn choose(&mut self, tried: &Tried, may_halve: bool) -> Option<(usize, Vec<Known>, bool)> {
        let Question { policy, places, .. } = self.question;
        let rank_of_kind = |rank: &usize| match tried.world.at(policy, places[*rank]) {
            Some(Known::Truth(_)) => 0,
            Some(Known::Choice(_)) => 1,
            Some(Known::Text(_)) => 2,
            Some(Known::Number(_) | Known::Date(_)) => 3,
            None => 4,
        };
        let mut order = tried.reads.clone();
        order.sort_by_key(rank_of_kind);
        for halve in [false, true] {
            for rank in &order {
                if halve && !may_halve {
                    continue;
                }
                let rank = self.alike.first_to_try(places[*rank], places, &tried.reads).unwrap_or(*rank);
                if let Some(Known::Choice(set)) = tried.world.at(policy, places[rank])
                    && set.len() > 1
                {
                    let sets = self.sets(tried, rank, *set);
                    return Some((rank, sets.into_iter().map(Known::Choice).collect(), halve));
                }
                match split(policy, &tried.world, places[rank], halve) {
                    Split::Parts(parts) => return Some((rank, parts, halve)),
                    Split::Whole => {}
                }
            }
        }
        None
    }

    /// Sets of options, two or more, into which to split a choice. Options that came to the same where
    /// the fact or field was first split stay together: where they do not, the set is split again.
    fn sets(&mut self, tried: &Tried, rank: usize, set: OptionSet) -> Vec<OptionSet> {
        let declared = self.question.places[rank].declared();
        let known = match self.told_apart.get(&declared) {
            Some(known) => known,
            None => {
                let found = self.tell_apart(tried, rank, set);
                if let Declared::Field(field) = declared {
                    self.alike.take_in_order(field, &found);
                }
                self.told_apart.entry(declared).or_insert(found)
            }
        };
        let mut rest = set;
        let mut sets = Vec::new();
        for known in known {
            if let Some(own) = known.intersect(set) {
                sets.push(own);
                rest = rest.without(own).unwrap_or(OptionSet::NONE);
            }
        }
        sets.extend(options(rest));
        if sets.len() > 1 { sets } else { options(set) }
    }

    /// The sets of options that nothing open tells apart.
    fn tell_apart(&self, tried: &Tried, rank: usize, set: OptionSet) -> Vec<OptionSet> {
        let Question { policy, places, .. } = self.question;
        let mut sets: Vec<OptionSet> = Vec::new();
        let mut attempts = 4 * set.len();
        for option in options(set) {
            let same = sets.iter().position(|known| {
                let both = known.union(option);
                if both == set || attempts == 0 {
                    return false;
                }
                attempts -= 1;
                // Elements alike are left as they are: in what order to put them is what is asked.
                let mut world = tried.world.clone();
                world.suppose(policy, places[rank], Known::Choice(both));
                self.tried(world, None).is_none_or(|tried| !tried.reads.contains(&rank))
            });
            match same {
                Some(known) => sets[known] = sets[known].union(option),
                None => sets.push(option),
            }
        }
        sets
    }

    fn is_number(&self, tried: &Tried, rank: usize) -> bool {
        let known = tried.world.at(self.question.policy, self.question.places[rank]);
        matches!(known, Some(Known::Number(_) | Known::Date(_)))
    }

    fn leaf(&self, tried: Tried) -> Leaf {
        let Tried { mut world, known, reads, .. } = tried;
        let Question { policy, places, base, .. } = self.question;
        for place in places {
            if let (Some(Known::Number(from)), Some(Known::Number(part))) =
                (base.at(policy, *place), world.at(policy, *place))
                && let Some(whole) = without_far_ends(from, part)
            {
                world.suppose(policy, *place, Known::Number(whole));
            }
        }
        Leaf { world, known, reads }
    }
}

/// Each option of a set as a set of its own.
pub(in crate::eval) fn options(set: OptionSet) -> Vec<OptionSet> {
    set.iter().map(OptionSet::only).collect()
}

/// How many trials there may be, each of which goes through so many cells.
fn trials_over(cells: usize) -> usize {
    (limits::TRIAL_CELLS / cells.max(1)).clamp(1, limits::TRIALS)
}

#[cfg(test)]
mod tests {
    use super::{limits, trials_over};

    #[test]
    fn as_many_cells_as_the_limit_are_gone_through_and_not_one_more() {
        assert_eq!(trials_over(0), limits::TRIALS);
        let cells = limits::TRIAL_CELLS / 50;
        assert_eq!(trials_over(cells), 50);
        assert_eq!(trials_over(cells + 1), 49);
        assert_eq!(trials_over(limits::TRIAL_CELLS), 1);
        assert_eq!(trials_over(limits::TRIAL_CELLS + 1), 1);
    }
}
