//! The elements of a list: a column for each field, in which each different value stands once, and
//! the elements that some fields do not tell apart.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use crate::known::Known;
use crate::policy::{ListId, Policy};

/// Among so many values, one is looked for one by one.
const FEW: usize = 16;

/// The elements of a list. Copies share the columns in which they do not differ.
#[derive(Debug, Clone)]
pub struct Rows {
    len: usize,
    columns: Vec<Arc<Column>>,
    /// By set of fields that an aggregate reads ([`crate::policy::dependencies::Dependencies::element_sets`]).
    classes: Vec<OnceLock<Arc<Classes>>>,
}

/// What is known of one field of each element.
#[derive(Debug, Clone, Default)]
struct Column {
    /// By element, a rank among `values`.
    codes: Vec<u32>,
    values: Vec<Known>,
}

/// Elements put together that some fields do not tell apart.
#[derive(Debug)]
pub struct Classes {
    /// The elements, class after class; ascending within each.
    elements: Vec<u32>,
    /// Where the classes begin among them; classes stand in the order of their first elements.
    starts: Vec<u32>,
}

impl Rows {
    /// Some elements: `cells` hold one value per field, element after element.
    pub fn new(policy: &Policy, list: ListId, len: usize, cells: impl IntoIterator<Item = Known>) -> Rows {
        let fields = &policy.lists[list.index()].fields;
        let mut builders: Vec<Builder> =
            fields.iter().map(|field| Builder::new(len, policy.fields[field.index()].unique)).collect();
        let mut cells = cells.into_iter();
        for _ in 0..len {
            for (builder, known) in builders.iter_mut().zip(cells.by_ref()) {
                builder.push(known);
            }
        }
        let sets = policy.dependencies().element_sets(list).len();
        Rows {
            len,
            columns: builders.into_iter().map(|builder| Arc::new(builder.column)).collect(),
            classes: (0..sets).map(|_| OnceLock::new()).collect(),
        }
    }

    /// How many elements.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many cells: one per element and field.
    pub fn cell_count(&self) -> usize {
        self.len * self.columns.len()
    }

    /// What is known of a field of an element.
    pub fn cell(&self, row: usize, rank: usize) -> Option<&Known> {
        let column = self.columns.get(rank)?;
        column.values.get(*column.codes.get(row)? as usize)
    }

    /// Every cell, element after element.
    pub fn cells(&self) -> impl Iterator<Item = &Known> {
        (0..self.len)
            .flat_map(move |row| (0..self.columns.len()).filter_map(move |rank| self.cell(row, rank)))
    }

    /// Puts something else in the place of a cell.
    pub(in crate::eval) fn set(
        &mut self,
        policy: &Policy,
        list: ListId,
        (row, rank): (usize, usize),
        known: Known,
    ) {
        let Some(column) = self.columns.get_mut(rank) else { return };
        if row >= column.codes.len() {
            return;
        }
        let column = Arc::make_mut(column);
        column.codes[row] = column.code_of(known);
        for (set, classes) in policy.dependencies().element_sets(list).iter().zip(&mut self.classes) {
            if set.iter().any(|own| *own as usize == rank) {
                *classes = OnceLock::new();
            }
        }
    }

    /// The elements that a set of fields does not tell apart.
    pub(in crate::eval) fn classes(&self, policy: &Policy, list: ListId, set: usize) -> Option<&Classes> {
        let ranks = policy.dependencies().element_sets(list).get(set)?;
        Some(self.classes.get(set)?.get_or_init(|| Arc::new(self.told_apart(ranks))).as_ref())
    }

    fn told_apart(&self, ranks: &[u32]) -> Classes {
        let mut of = vec![0u32; self.len];
        let mut count = u32::from(self.len > 0);
        for column in ranks.iter().filter_map(|rank| self.columns.get(*rank as usize)) {
            let mut known: HashMap<(u32, u32), u32> = HashMap::new();
            // Where there is one class so far, the codes alone tell elements apart.
            let mut by_code = vec![u32::MAX; if count == 1 { column.values.len() } else { 0 }];
            let mut next = 0;
            let alone = count == 1;
            for (class, code) in of.iter_mut().zip(&column.codes) {
                let own = if alone {
                    &mut by_code[*code as usize]
                } else {
                    known.entry((*class, *code)).or_insert(u32::MAX)
                };
                if *own == u32::MAX {
                    *own = next;
                    next += 1;
                }
                *class = *own;
            }
            count = next;
        }
        Classes::of(&of, count as usize)
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Rows) -> bool {
        self.len == other.len && self.columns.len() == other.columns.len() && self.cells().eq(other.cells())
    }
}

impl Eq for Rows {}

impl Hash for Rows {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len.hash(state);
        self.cells().for_each(|known| known.hash(state));
    }
}

impl Column {
    /// The rank of a value, added where it is not near at hand: a value that stands twice costs room,
    /// and changes nothing.
    fn code_of(&mut self, known: Known) -> u32 {
        let count = self.values.len();
        let near = (0..count.min(FEW)).chain(count.saturating_sub(FEW).max(FEW.min(count))..count);
        let rank = near.into_iter().find(|rank| self.values[*rank] == known).unwrap_or_else(|| {
            self.values.push(known);
            count
        });
        u32::try_from(rank).unwrap_or(u32::MAX)
    }
}

/// A column that is being made.
struct Builder {
    column: Column,
    /// Ranks of the values past the first few.
    ranks: HashMap<Known, usize>,
    /// Whether all values are different anyway.
    unique: bool,
}

impl Builder {
    fn new(len: usize, unique: bool) -> Builder {
        let column = Column { codes: Vec::with_capacity(len), values: Vec::new() };
        Builder { column, ranks: HashMap::new(), unique }
    }

    fn push(&mut self, known: Known) {
        let values = &mut self.column.values;
        let next = values.len();
        // Of a field that tells elements apart, only a missing value stands twice.
        let is_new = self.unique && known.is_single();
        let near = values.iter().take(FEW).position(|value| !is_new && *value == known);
        let code = match near {
            Some(rank) => rank,
            None if is_new || next < FEW => {
                values.push(known);
                next
            }
            None => *self.ranks.entry(known).or_insert_with_key(|known| {
                values.push(known.clone());
                next
            }),
        };
        self.column.codes.push(u32::try_from(code).unwrap_or(u32::MAX));
    }
}

impl Classes {
    /// Classes from the class of each element, numbered in the order of their first elements.
    fn of(class_of: &[u32], count: usize) -> Classes {
        let mut starts = vec![0u32; count + 1];
        for class in class_of {
            starts[*class as usize + 1] += 1;
        }
        for class in 0..count {
            starts[class + 1] += starts[class];
        }
        let mut next = starts.clone();
        let mut elements = vec![0u32; class_of.len()];
        for (row, class) in (0..).zip(class_of) {
            let at = &mut next[*class as usize];
            elements[*at as usize] = row;
            *at += 1;
        }
        Classes { elements, starts }
    }

    /// How many classes there are.
    pub fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The elements of each class, ascending.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).filter_map(|ends| self.elements.get(ends[0] as usize..ends[1] as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::Classes;

    #[test]
    fn classes_stand_in_the_order_of_their_first_elements() {
        let classes = Classes::of(&[0, 1, 0, 2, 1, 0], 3);
        let all: Vec<&[u32]> = classes.iter().collect();
        assert_eq!(all, [&[0, 2, 5][..], &[1, 4], &[3]]);
        assert_eq!(Classes::of(&[], 0).iter().count(), 0);
    }
}
