//! What aggregates read of an element: elements that do not differ in it come to the same.

use super::{Dependencies, Leaves, Unit, UnitId};
use crate::policy::{ExprKind, ListId, Policy};

/// By list, the sets of its fields that aggregates over it read; by unit, which of them it is.
#[derive(Debug, Default)]
pub(super) struct Elements {
    sets: Vec<Vec<Box<[u32]>>>,
    of: Vec<Option<usize>>,
}

impl Elements {
    /// Works them out, once the leaves are.
    pub(super) fn of(policy: &Policy, known: &Dependencies) -> Elements {
        let mut elements =
            Elements { sets: vec![Vec::new(); policy.lists.len()], of: vec![None; known.units.len()] };
        for (unit_rank, (unit, of)) in known.units.iter().zip(&mut elements.of).enumerate() {
            let Unit::Expr(expr) = unit else { continue };
            let ExprKind::Aggregate { list, filter, of: value, .. } = &policy.exprs.get(*expr).kind else {
                continue;
            };
            let [facts, fields, ..] = known.leaf_counts;
            let mut read: Vec<u32> = Vec::new();
            // One that is held against the element around is that of this element only.
            let free = known.free_of_unit(super::unit_id(unit_rank));
            let mut alone = !free.contains(list);
            for inner in filter.iter().chain(value) {
                let shape = policy.exprs.get(*inner).shape;
                match known.set(known.shape_leaves[shape.0 as usize]) {
                    Leaves::Many => alone = false,
                    Leaves::Few(few) => {
                        // What an element comes to may depend on where it stands among the others.
                        alone &= !few.iter().any(|leaf| *leaf as usize == facts + fields + list.index());
                        let own = policy.lists[list.index()].fields.iter().filter(|field| {
                            few.binary_search(&u32::try_from(facts + field.index()).unwrap_or(u32::MAX))
                                .is_ok()
                        });
                        read.extend(own.map(|field| policy.fields[field.index()].rank));
                    }
                }
            }
            if !alone {
                continue;
            }
            read.sort_unstable();
            read.dedup();
            let sets = &mut elements.sets[list.index()];
            let read: Box<[u32]> = read.into();
            *of = Some(sets.iter().position(|set| *set == read).unwrap_or_else(|| {
                sets.push(read);
                sets.len() - 1
            }));
        }
        elements
    }
}

impl Dependencies {
    /// The sets of fields of a list, each by their ranks in it, that aggregates over it read.
    pub fn element_sets(&self, list: ListId) -> &[Box<[u32]>] {
        self.elements.sets.get(list.index()).map_or(&[], |sets| sets)
    }

    /// Which of those sets an aggregate reads of an element, where nothing else of the list matters to
    /// what the element comes to.
    pub fn element_set(&self, unit: UnitId) -> Option<usize> {
        self.elements.of.get(unit.index()).copied().flatten()
    }
}
