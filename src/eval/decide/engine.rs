//! The statuses of items under combinations of readings, each worked out once.
//!
//! An item's atoms are worked out on intervals first. Those that stay open are put into groups that
//! share no missing fact; each group is tried apart, and the groups are combined. A financing or a
//! decision that another item reads stays one atom as long as it shares no missing fact with the rest,
//! else its own atoms take its place.

use std::rc::Rc;

use elsa::FrozenMap;
use foldhash::HashMap;

use super::briefly::Plainly;
use crate::decision::{Combination, MissingPlace};
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::items::StatusSet;
use crate::eval::plain::BriefItem;
use crate::eval::trials::explore::{Question, explore, options};
use crate::eval::trials::formula::{Atom, AtomKnown, Target, closed, work_out};
use crate::eval::trials::group::{Group, Source, combine, tied};
use crate::eval::trials::reaches::Reaches;
use crate::eval::trials::resolved::Resolved;
use crate::eval::trials::tried::Tried;
use crate::eval::world::World;
use crate::eval::world::place_set::PlaceSet;
use crate::known::OptionSet;
use crate::limits;
use crate::policy::{ExprId, ItemRef, Policy, Reach, ReadingId};

/// What intervals say of the atoms of a target, in their order.
#[derive(Debug, Default)]
struct OnIntervals {
    /// What each came to.
    known: Vec<AtomKnown>,
    /// The missing places that each reads, where it is open.
    reads: Vec<PlaceSet>,
    /// What the decision or financing that it stands for came to.
    inner: Vec<Option<Rc<Resolved>>>,
}

/// Works out items, each once for each combination of the readings that it may depend on.
pub(super) struct Engine<'a> {
    pub policy: &'a Policy,
    pub world: &'a World,
    pub learnt: &'a Learnt,
    reaches: Reaches<'a>,
    ties: Vec<PlaceSet>,
    readings: HashMap<ItemRef, Vec<ReadingId>>,
    resolved: HashMap<(ItemRef, Combination), Rc<Resolved>>,
    plainly: Option<Plainly<'a>>,
    worlds: &'a Worlds,
    /// What was worked out on intervals under a combination serves for all items.
    evaluators: HashMap<Combination, Evaluator<'a>>,
    /// The first calculation, in the order of the policy, that leaves something open because its result is
    /// too long.
    pub too_long: Option<ExprId>,
}

/// The worlds that an engine looks at, and what it tries in them.
#[derive(Default)]
pub(super) struct Worlds {
    /// Those in which readings are settled, by combination.
    settled: FrozenMap<Combination, Box<World>>,
    tried: Tried,
}

impl<'a> Engine<'a> {
    /// An engine over what a dossier says; `worlds` is room for what it needs.
    pub fn new(policy: &'a Policy, world: &'a World, learnt: &'a Learnt, worlds: &'a Worlds) -> Self {
        Engine {
            policy,
            world,
            learnt,
            reaches: Reaches::of(policy),
            ties: tied(policy, world),
            readings: HashMap::default(),
            resolved: HashMap::default(),
            plainly: None,
            worlds,
            evaluators: HashMap::default(),
            too_long: None,
        }
    }

    /// Keeps in mind what an evaluator left open because a number was too long.
    pub fn note_too_long(&mut self, evaluator: &Evaluator<'_>) {
        if let Some(expr) = evaluator.too_long() {
            self.too_long = Some(self.too_long.map_or(expr, |first| first.min(expr)));
        }
    }

    /// Leaves to the plain evaluator what it can tell: of such an item no more than its status is known.
    #[must_use]
    pub fn helped_by(mut self, plainly: Plainly<'a>) -> Self {
        self.plainly = Some(plainly);
        self
    }

    /// What the plain evaluator tells of an item under a combination of the readings that it depends on.
    pub fn plainly(&mut self, item: ItemRef, combination: &Combination) -> Option<BriefItem> {
        self.plainly.as_mut()?.item(item, combination).cloned()
    }

    /// The readings left open that an item may depend on, in order of declaration.
    pub fn open_readings(&mut self, item: ItemRef) -> Vec<ReadingId> {
        let (policy, world) = (self.policy, self.world);
        self.readings
            .entry(item)
            .or_insert_with(|| {
                let reach = Reach::of_item(policy, item);
                let open = |id: &ReadingId| world.readings[id.index()].len() > 1;
                reach.readings.into_iter().filter(open).collect()
            })
            .clone()
    }

    /// Every combination of the readings left open that an item may depend on.
    pub fn combinations(&mut self, item: ItemRef) -> Vec<Combination> {
        let mut combinations = vec![Combination::new()];
        for reading in self.open_readings(item) {
            let choices = options(self.world.readings[reading.index()]);
            combinations = combinations
                .into_iter()
                .flat_map(|combination| {
                    choices.iter().map(move |option| {
                        let mut longer = combination.clone();
                        longer.push((reading, option.first().unwrap_or(0)));
                        longer
                    })
                })
                .collect();
        }
        // The checker refuses a policy past this limit; the cut here only bounds what no policy reaches.
        combinations.truncate(limits::READING_COMBINATIONS);
        combinations
    }

    /// The world with the readings of a combination settled.
    pub fn world_under(&self, combination: &Combination) -> &'a World {
        if combination.is_empty() {
            return self.world;
        }
        if let Some(world) = self.worlds.settled.get(combination) {
            return world;
        }
        let mut world = self.world.clone();
        for (reading, option) in combination {
            world.readings[reading.index()] = OptionSet::only(*option);
        }
        self.worlds.settled.insert(combination.clone(), Box::new(world))
    }

    /// What amounts and time limits were found to be in parts of the completions, and assumptions to come to.
    pub fn tried(&self) -> &'a Tried {
        &self.worlds.tried
    }

    /// What an item came to under a combination (of more readings, perhaps, than it depends on).
    pub fn resolve(&mut self, item: ItemRef, combination: &Combination) -> Rc<Resolved> {
        let own = self.open_readings(item);
        let key: Combination =
            combination.iter().filter(|(reading, _)| own.contains(reading)).copied().collect();
        if let Some(resolved) = self.resolved.get(&(item, key.clone())) {
            return Rc::clone(resolved);
        }
        let plainly = self.plainly.as_mut().and_then(|plainly| plainly.item(item, &key));
        let resolved = match plainly.map(|told| told.status) {
            Some(status) => Resolved::known(item, Target::of(self.policy, item), StatusSet::only(status)),
            None => {
                let world = self.world_under(&key);
                self.work_out(item, world, &key)
            }
        };
        let resolved = Rc::new(resolved);
        self.resolved.insert((item, key), Rc::clone(&resolved));
        resolved
    }

    /// What the coherence rules teach, with what the items came to that depend on no other reading left
    /// open than those of a combination.
    pub fn learnt_under(&mut self, combination: &Combination) -> Learnt {
        let policy = self.policy;
        let mut learnt = self.learnt.clone();
        for item in policy.items() {
            let own = self.open_readings(item);
            if own.iter().all(|reading| combination.iter().any(|(settled, _)| settled == reading)) {
                let resolved = self.resolve(item, combination);
                let known = AtomKnown::statuses_of(item, resolved.statuses);
                learnt.settle_item(item, known.truth());
            }
        }
        learnt
    }

    fn work_out(&mut self, item: ItemRef, world: &'a World, combination: &Combination) -> Resolved {
        let mut target = Target::of(self.policy, item);
        loop {
            let atoms = self.atoms(item, &target, world, combination);
            let statuses = target.statuses(&|rank| atoms.known[rank]);
            if closed(statuses) {
                return Resolved::known(item, target, statuses);
            }
            let partition = self.partition(&atoms.known, &atoms.reads);
            let shared = partition.iter().filter(|(atoms, _)| atoms.len() > 1).flat_map(|(atoms, _)| atoms);
            // A criterion or mission is tried as it stands; what rests on other items comes apart.
            let composed = shared.copied().find(|rank| {
                let composed = |atom: &Atom| {
                    matches!(
                        atom,
                        Atom::Item(ItemRef::Decision | ItemRef::Funding(_) | ItemRef::Obligation(_))
                    )
                };
                target.atoms.get(*rank).is_some_and(composed)
            });
            match composed {
                Some(rank) => target = target.expanded(self.policy, rank),
                None => return self.try_groups(item, target, atoms, partition, world),
            }
        }
    }

    /// What intervals say of each atom.
    fn atoms(
        &mut self,
        item: ItemRef,
        target: &Target,
        world: &'a World,
        combination: &Combination,
    ) -> OnIntervals {
        let OnIntervals { mut known, mut reads, mut inner } = OnIntervals::default();
        for atom in &target.atoms {
            inner.push(match atom {
                Atom::Item(other) if *other != item => Some(self.resolve(*other, combination)),
                Atom::Item(_) | Atom::Obligation(_) | Atom::Expr { .. } => None,
            });
        }
        let ready = self.evaluators.remove(combination);
        let mut evaluator = ready.unwrap_or_else(|| Evaluator::new(self.policy, world, self.learnt));
        evaluator.apart = Some(&self.worlds.tried.apart);
        evaluator.renew();
        for (atom, resolved) in target.atoms.iter().zip(&inner) {
            match resolved {
                Some(resolved) => {
                    known.push(AtomKnown::statuses_of(resolved.item, resolved.statuses));
                    reads.push(resolved.reads.clone());
                }
                None => {
                    evaluator.clear_reads();
                    let value = work_out(&mut evaluator, atom);
                    let open = value.is_open();
                    if open {
                        self.note_too_long(&evaluator);
                    }
                    known.push(value);
                    reads.push(if open { evaluator.reads() } else { PlaceSet::default() });
                }
            }
        }
        // What was worked out once nothing was left to spend may be wider than it need be.
        if !evaluator.is_spent() {
            self.evaluators.insert(combination.clone(), evaluator);
        }
        OnIntervals { known, reads, inner }
    }

    /// Groups of open atoms that share no missing place, with the places of each.
    fn partition(&self, known: &[AtomKnown], reads: &[PlaceSet]) -> Vec<(Vec<usize>, PlaceSet)> {
        let mut groups: Vec<(Vec<usize>, PlaceSet)> = Vec::new();
        for rank in (0..known.len()).filter(|rank| known[*rank].is_open()) {
            let mut places = reads[rank].clone();
            loop {
                let before = places.len();
                for tie in &self.ties {
                    if !tie.is_disjoint(&places) {
                        places.add(tie);
                    }
                }
                if places.len() == before {
                    break;
                }
            }
            let mut atoms = vec![rank];
            groups.retain(|(others, held)| {
                let apart = held.is_disjoint(&places);
                if !apart {
                    atoms.extend(others.iter().copied());
                    places.add(held);
                }
                apart
            });
            atoms.sort_unstable();
            groups.push((atoms, places));
        }
        groups
    }

    fn try_groups(
        &self,
        item: ItemRef,
        target: Target,
        on_intervals: OnIntervals,
        partition: Vec<(Vec<usize>, PlaceSet)>,
        world: &World,
    ) -> Resolved {
        let OnIntervals { mut known, reads, inner } = on_intervals;
        let mut groups = Vec::new();
        let mut limited = false;
        for (atoms, places) in partition {
            let places: Vec<MissingPlace> = places.iter().collect();
            let apart = match atoms.as_slice() {
                [rank] => inner[*rank].as_ref(),
                _ => None,
            };
            let source = match apart {
                Some(resolved) => {
                    limited |= resolved.limited;
                    Source::Item(Rc::clone(resolved))
                }
                None => {
                    let ranks = &atoms;
                    let of: Vec<&Atom> = ranks.iter().map(|rank| &target.atoms[*rank]).collect();
                    let settled = |tried: &[AtomKnown]| {
                        let all = |rank: usize| match ranks.iter().position(|own| *own == rank) {
                            Some(own) => tried[own],
                            None => known[rank],
                        };
                        closed(target.statuses(&all)) || tried.iter().all(|value| !value.is_open())
                    };
                    let exploration = explore(Question {
                        policy: self.policy,
                        reaches: &self.reaches,
                        base: world,
                        atoms: &of,
                        places: &places,
                        apart: &self.worlds.tried.apart,
                        settled: &settled,
                    });
                    limited |= exploration.limited;
                    Source::Trials(exploration)
                }
            };
            groups.push(Group::new(atoms, places, source));
        }
        for group in &groups {
            for (own, rank) in group.atoms.iter().enumerate() {
                if let Some(sharper) = group.hull(own) {
                    known[*rank] = sharper;
                }
            }
        }
        let combined = combine(self.policy, &target, &known, &mut groups, &self.ties);
        Resolved {
            item,
            statuses: combined.statuses,
            affecting: combined.affecting,
            limited: limited || combined.limited,
            reads: reads.iter().fold(PlaceSet::default(), joined),
            target,
            groups,
        }
    }
}

fn joined(mut all: PlaceSet, more: &PlaceSet) -> PlaceSet {
    all.add(more);
    all
}
