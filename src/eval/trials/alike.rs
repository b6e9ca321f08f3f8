//! List elements that nothing tells apart: supposing values for one or for another is the same, so
//! only how many take each value is tried.

use std::collections::HashMap;

use super::reaches::Reaches;
use crate::decision::MissingPlace;
use crate::eval::world::World;
use crate::known::{Known, OptionSet, Truth};
use crate::policy::{FieldId, ListId, Policy};

/// What the elements of a class have in common: their list, and what is known of the fields that
/// anything reads.
type Class = (ListId, Vec<Known>);

/// Which missing cells are interchangeable.
///
/// The first element of a class stays free, so that what one element more or less of a value does is
/// tried; the others take values in ascending order.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// The cells of each class, in the order of the elements.
    classes: Vec<Vec<MissingPlace>>,
    /// For a cell, its class and its rank there.
    at: HashMap<MissingPlace, (usize, usize)>,
    /// The order in which options of a field are taken, where it is not that of declaration.
    order: HashMap<FieldId, Vec<usize>>,
}

impl Alike {
    /// Classes among some missing places of a world.
    pub fn of(policy: &Policy, reaches: &Reaches<'_>, world: &World, places: &[MissingPlace]) -> Alike {
        let mut alike = Alike::default();
        let cells = places.iter().filter_map(|place| match place {
            MissingPlace::Cell { row, field } => Some((policy.fields[field.index()].list, *row, *field)),
            MissingPlace::Fact(_) | MissingPlace::List(_) => None,
        });
        // What is left may go to the first of those that share.
        let ordered: Vec<bool> =
            (0..).zip(&policy.lists).map(|(id, _)| reaches.is_ordered(ListId(id))).collect();
        let cells = cells.filter(|(list, ..)| !ordered[list.index()]);
        let mut missing: HashMap<(ListId, u32), Vec<FieldId>> = HashMap::new();
        for (list, row, field) in cells {
            missing.entry((list, row)).or_default().push(field);
        }
        if missing.len() < 2 {
            return alike;
        }
        let read_of = |list: &crate::policy::List| -> Vec<FieldId> {
            let read = |field: &FieldId| reaches.anything_reads(crate::policy::Declared::Field(*field));
            list.fields.iter().copied().filter(read).collect()
        };
        let read: Vec<Vec<FieldId>> = policy.lists.iter().map(read_of).collect();
        let mut classes: HashMap<Class, Vec<(u32, FieldId)>> = HashMap::new();
        for ((list, row), fields) in missing {
            let finite = fields.iter().copied().filter(|field| {
                let known = world.cell(policy, row as usize, *field);
                matches!(known, Some(Known::Truth(_) | Known::Choice(_)))
            });
            // Only one missing field of an element is put in order: elements may then be exchanged
            // whole, whatever the others are.
            let Some(field) = finite.min() else { continue };
            let read = &read[list.index()];
            let key = read.iter().filter_map(|f| world.cell(policy, row as usize, *f).cloned()).collect();
            classes.entry((list, key)).or_default().push((row, field));
        }
        let mut classes: Vec<Vec<(u32, FieldId)>> = classes.into_values().collect();
        classes.iter_mut().for_each(|class| class.sort());
        classes.sort();
        for class in classes {
            let places = class.iter().map(|(row, field)| MissingPlace::Cell { row: *row, field: *field });
            let places: Vec<MissingPlace> = places.collect();
            let ranks = places.iter().enumerate().map(|(rank, place)| (*place, (alike.classes.len(), rank)));
            alike.at.extend(ranks);
            alike.classes.push(places);
        }
        alike
    }

    /// Takes the options of a field in the order of some sets of them, the rest after.
    pub fn take_in_order(&mut self, field: FieldId, sets: &[OptionSet]) {
        let set_of = |option: u16| sets.iter().position(|set| set.contains(option)).unwrap_or(sets.len());
        let mut all: Vec<u16> = (0..128).collect();
        all.sort_by_key(|option| set_of(*option));
        let mut order = vec![0; all.len()];
        for (rank, option) in all.into_iter().enumerate() {
            order[usize::from(option)] = rank;
        }
        self.order.insert(field, order);
    }

    /// Of a class, the place to suppose values of first: the middle one of those in order, so that what
    /// is supposed of it halves what the others may be; the free one last.
    pub fn first_to_try(&self, of: MissingPlace, places: &[MissingPlace], reads: &[usize]) -> Option<usize> {
        let (class, _) = *self.at.get(&of)?;
        let own = |rank: &usize| self.at.get(&places[*rank]).filter(|at| at.0 == class).map(|at| at.1);
        let mut ordered: Vec<(usize, usize)> =
            reads.iter().filter_map(|rank| Some((own(rank)?, *rank))).filter(|(at, _)| *at > 0).collect();
        ordered.sort_unstable();
        ordered.get(ordered.len() / 2).map(|(_, rank)| *rank)
    }

    /// Keeps a class in ascending order where one of its places was supposed to be within a part of its
    /// domain; whether that is possible.
    pub fn keep_order(&self, policy: &Policy, world: &mut World, place: MissingPlace, part: &Known) -> bool {
        let (Some((class, rank)), MissingPlace::Cell { field, .. }) = (self.at.get(&place), place) else {
            return true;
        };
        let ranks = self.values(field, part);
        let ends = ranks.iter().map(|(order, _)| *order);
        let (Some(least), Some(most)) = (ends.clone().min(), ends.max()) else { return true };
        if *rank == 0 {
            return true;
        }
        for (other, place) in self.classes[*class].iter().enumerate().skip(1) {
            let fits = |order: usize| {
                if other < *rank { order <= most } else { order >= least }
            };
            let Some(known) = world.at(policy, *place).filter(|_| other != *rank) else { continue };
            let values = self.values(field, known);
            if values.iter().all(|(order, _)| fits(*order)) {
                continue;
            }
            let kept = values.into_iter().filter(|(order, _)| fits(*order)).map(|(_, value)| value);
            let Some(kept) = kept.reduce(|a, b| a.union(&b)) else { return false };
            world.suppose(policy, *place, kept);
        }
        true
    }

    /// The values that a cell may take, each with its rank in the order in which they are taken.
    fn values(&self, field: FieldId, known: &Known) -> Vec<(usize, Known)> {
        let order = self.order.get(&field);
        let rank = |option: u16| {
            order.and_then(|order| order.get(usize::from(option)).copied()).unwrap_or(usize::from(option))
        };
        match known {
            Known::Choice(set) => {
                let one = |option: u16| (rank(option), Known::Choice(OptionSet::only(option)));
                set.iter().map(one).collect()
            }
            Known::Truth(truth) => {
                let no = truth.may_fail.then_some((0, Known::Truth(Truth::NO)));
                let yes = truth.may_hold.then_some((1, Known::Truth(Truth::YES)));
                no.into_iter().chain(yes).collect()
            }
            Known::Number(_) | Known::Date(_) | Known::Text(_) => Vec::new(),
        }
    }

    /// The place that stands for another in what is found to be decisive.
    pub fn representative(&self, place: MissingPlace) -> MissingPlace {
        match self.at.get(&place) {
            Some((class, _)) => self.classes[*class].first().copied().unwrap_or(place),
            None => place,
        }
    }
}
