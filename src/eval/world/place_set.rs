//! Sets of missing places, a bit for each: those of long lists are joined and compared at once.

use crate::decision::MissingPlace;
use crate::policy::{FactId, FieldId, ListId};

/// A set of missing places.
#[derive(Debug, Clone, Default)]
pub struct PlaceSet {
    facts: Words,
    lists: Words,
    /// By field, ascending: elements.
    cells: Vec<(FieldId, Words)>,
}

/// Small numbers, a bit each.
#[derive(Debug, Clone, Default)]
struct Words(Vec<u64>);

impl PlaceSet {
    /// Adds a place.
    pub fn insert(&mut self, place: MissingPlace) {
        match place {
            MissingPlace::Fact(fact) => self.facts.insert(fact.0),
            MissingPlace::List(list) => self.lists.insert(list.0),
            MissingPlace::Cell { row, field } => self.elements_mut(field).insert(row),
        }
    }

    /// Adds a field of some elements.
    pub fn insert_cells(&mut self, field: FieldId, rows: &[u32]) {
        let elements = self.elements_mut(field);
        rows.iter().for_each(|row| elements.insert(*row));
    }

    /// Adds all of another set.
    pub fn add(&mut self, other: &PlaceSet) {
        self.facts.add(&other.facts);
        self.lists.add(&other.lists);
        for (field, elements) in &other.cells {
            self.elements_mut(*field).add(elements);
        }
    }

    /// Whether a place is in it.
    pub fn contains(&self, place: MissingPlace) -> bool {
        match place {
            MissingPlace::Fact(fact) => self.facts.contains(fact.0),
            MissingPlace::List(list) => self.lists.contains(list.0),
            MissingPlace::Cell { row, field } => {
                self.elements(field).is_some_and(|elements| elements.contains(row))
            }
        }
    }

    /// Whether it has no place in common with another.
    pub fn is_disjoint(&self, other: &PlaceSet) -> bool {
        let of_field = |(field, elements): &(FieldId, Words)| {
            other.elements(*field).is_none_or(|others| elements.is_disjoint(others))
        };
        self.facts.is_disjoint(&other.facts)
            && self.lists.is_disjoint(&other.lists)
            && self.cells.iter().all(of_field)
    }

    /// Whether all its places are in another.
    pub fn is_subset(&self, other: &PlaceSet) -> bool {
        let nothing = Words::default();
        let of_field = |(field, elements): &(FieldId, Words)| {
            elements.is_subset(other.elements(*field).unwrap_or(&nothing))
        };
        self.facts.is_subset(&other.facts)
            && self.lists.is_subset(&other.lists)
            && self.cells.iter().all(of_field)
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.facts.len()
            + self.lists.len()
            + self.cells.iter().map(|(_, elements)| elements.len()).sum::<usize>()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places, ascending.
    pub fn iter(&self) -> impl Iterator<Item = MissingPlace> {
        let facts = self.facts.iter().map(|fact| MissingPlace::Fact(FactId(fact)));
        let lists = self.lists.iter().map(|list| MissingPlace::List(ListId(list)));
        let longest = self.cells.iter().map(|(_, elements)| elements.0.len()).max().unwrap_or(0);
        let cells = (0..longest).flat_map(move |at| {
            let any = self.cells.iter().fold(0, |any, (_, elements)| any | elements.word(at));
            let rows = bits(any).map(move |bit| row(at, bit));
            rows.flat_map(move |row| {
                let of_row = self.cells.iter().filter(move |(_, elements)| elements.contains(row));
                of_row.map(move |(field, _)| MissingPlace::Cell { row, field: *field })
            })
        });
        facts.chain(lists).chain(cells)
    }

    fn elements(&self, field: FieldId) -> Option<&Words> {
        let at = self.cells.binary_search_by_key(&field, |(own, _)| *own).ok()?;
        self.cells.get(at).map(|(_, elements)| elements)
    }

    fn elements_mut(&mut self, field: FieldId) -> &mut Words {
        let at = match self.cells.binary_search_by_key(&field, |(own, _)| *own) {
            Ok(at) => at,
            Err(at) => {
                self.cells.insert(at, (field, Words::default()));
                at
            }
        };
        &mut self.cells[at].1
    }
}

impl Extend<MissingPlace> for PlaceSet {
    fn extend<I: IntoIterator<Item = MissingPlace>>(&mut self, places: I) {
        places.into_iter().for_each(|place| self.insert(place));
    }
}

impl FromIterator<MissingPlace> for PlaceSet {
    fn from_iter<I: IntoIterator<Item = MissingPlace>>(places: I) -> PlaceSet {
        let mut set = PlaceSet::default();
        set.extend(places);
        set
    }
}

impl Words {
    fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    fn insert(&mut self, number: u32) {
        let at = number as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (number % 64);
    }

    fn contains(&self, number: u32) -> bool {
        self.word(number as usize / 64) >> (number % 64) & 1 == 1
    }

    fn add(&mut self, other: &Words) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    fn is_disjoint(&self, other: &Words) -> bool {
        self.0.iter().zip(&other.0).all(|(word, other)| word & other == 0)
    }

    fn is_subset(&self, other: &Words) -> bool {
        self.0.iter().enumerate().all(|(at, word)| word & !other.word(at) == 0)
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(at, word)| bits(*word).map(move |bit| row(at, bit)))
    }
}

fn row(word: usize, bit: u32) -> u32 {
    u32::try_from(word * 64).unwrap_or(u32::MAX).saturating_add(bit)
}

/// The ranks of the bits that are set.
fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{FactId, FieldId, ListId, MissingPlace, PlaceSet};

    fn place() -> impl Strategy<Value = MissingPlace> {
        prop_oneof![
            (0u32..70).prop_map(|fact| MissingPlace::Fact(FactId(fact))),
            (0u32..3).prop_map(|list| MissingPlace::List(ListId(list))),
            (0u32..200, 0u32..4).prop_map(|(row, field)| MissingPlace::Cell { row, field: FieldId(field) }),
        ]
    }

    fn places() -> impl Strategy<Value = BTreeSet<MissingPlace>> {
        proptest::collection::btree_set(place(), 0..40)
    }

    proptest! {
        #[test]
        fn it_is_a_set_of_places_in_their_order(one in places(), other in places(), some in place()) {
            let (a, b): (PlaceSet, PlaceSet) = (one.iter().copied().collect(), other.iter().copied().collect());
            prop_assert!(a.iter().eq(one.iter().copied()));
            prop_assert_eq!((a.len(), a.is_empty()), (one.len(), one.is_empty()));
            prop_assert_eq!(a.contains(some), one.contains(&some));
            prop_assert_eq!(a.is_disjoint(&b), one.is_disjoint(&other));
            prop_assert_eq!(a.is_subset(&b), one.is_subset(&other));
            let mut both = a.clone();
            both.add(&b);
            prop_assert!(both.iter().eq(one.union(&other).copied()));
        }
    }
}
