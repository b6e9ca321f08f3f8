//! List elements that nothing tells apart: supposing values for one or for another is the same, so
//! only how many take each value is tried.

use std::collections::HashMap;

use crate::decision::MissingPlace;
use crate::known::{Known, OptionSet};
use crate::policy::{Declared, FieldId, ListId, Policy, Reach};

use super::world::World;

/// What the elements of a class have in common: their list, and what is known of the fields that
/// anything reads.
type Class = (ListId, Vec<Known>);

/// Which missing cells are interchangeable.
///
/// The first element of a class stays free, so that what one element more or less of a value does is
/// tried; the others take values in ascending order.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// For a cell, the cell of the element before it in its class.
    before: HashMap<MissingPlace, MissingPlace>,
    /// For a cell, the first of its class.
    first: HashMap<MissingPlace, MissingPlace>,
}

impl Alike {
    /// Classes among some missing places of a world.
    pub fn of(policy: &Policy, world: &World, places: &[MissingPlace]) -> Alike {
        let mut alike = Alike::default();
        let cells = places.iter().filter_map(|place| match place {
            MissingPlace::Cell { row, field } => Some((policy.fields[field.index()].list, *row, *field)),
            MissingPlace::Fact(_) | MissingPlace::List(_) => None,
        });
        let mut missing: HashMap<(ListId, u32), Vec<FieldId>> = HashMap::new();
        for (list, row, field) in cells {
            missing.entry((list, row)).or_default().push(field);
        }
        if missing.len() < 2 {
            return alike;
        }
        let reach = Reach::of_policy(policy);
        let mut classes: HashMap<Class, Vec<(u32, FieldId)>> = HashMap::new();
        for ((list, row), fields) in missing {
            let read: Vec<FieldId> = policy.lists[list.index()]
                .fields
                .iter()
                .copied()
                .filter(|field| reach.reads(Declared::Field(*field)))
                .collect();
            let finite = fields.iter().copied().filter(|field| {
                let known = world.cell(policy, row as usize, *field);
                matches!(known, Some(Known::Truth(_) | Known::Choice(_)))
            });
            // Only one missing field of an element is put in order: elements may then be exchanged
            // whole, whatever the others are.
            let Some(field) = finite.min() else { continue };
            let key = read.iter().filter_map(|f| world.cell(policy, row as usize, *f).cloned()).collect();
            classes.entry((list, key)).or_default().push((row, field));
        }
        for class in classes.into_values() {
            let mut class = class;
            class.sort();
            let places: Vec<MissingPlace> =
                class.iter().map(|(row, field)| MissingPlace::Cell { row: *row, field: *field }).collect();
            for (rank, place) in places.iter().enumerate() {
                alike.first.insert(*place, places[0]);
                if rank >= 2 {
                    alike.before.insert(*place, places[rank - 1]);
                }
            }
        }
        alike
    }

    /// The parts that a place may take, so that its class stays in ascending order.
    pub fn ordered(
        &self,
        policy: &Policy,
        world: &World,
        place: MissingPlace,
        parts: Vec<Known>,
    ) -> Vec<Known> {
        let Some(before) = self.before.get(&place).and_then(|before| world.at(policy, *before)) else {
            return parts;
        };
        let least = rank(before);
        parts.into_iter().filter(|part| rank(part) >= least).collect()
    }

    /// The place that stands for another in what is found to be decisive.
    pub fn representative(&self, place: MissingPlace) -> MissingPlace {
        self.first.get(&place).copied().unwrap_or(place)
    }
}

/// The least rank of what is known: of a truth, no before yes.
fn rank(known: &Known) -> u32 {
    match known {
        Known::Choice(OptionSet(bits)) => bits.trailing_zeros(),
        Known::Truth(truth) => u32::from(!truth.may_fail),
        Known::Number(_) | Known::Date(_) | Known::Text(_) => 0,
    }
}
