//! Tables with two entries. A passage gives their figures row by row or column by column, each row in the order of the
//! others: what rows and columns are called need not be known.

use std::collections::BTreeMap;

use super::place::Passages;
use crate::concordance::rule::Claims;

/// In a table of so many cells, any two are exchanged; of a larger one, two of a row or a column that stand near in the rule,
/// as far as this.
const SMALL: usize = 60;
const LARGE: usize = 400;
const NEAR: usize = 8;

/// Where each figure stands that the passage has once.
type Positions = Vec<Option<usize>>;

/// A table that the passage gives whole.
pub(super) struct Grid {
    /// The row and the column of each claim.
    cells: Vec<[usize; 2]>,
    positions: Positions,
}

impl Grid {
    /// The claims as a table: most rows with each column.
    pub(super) fn new(claims: &Claims, places: &Passages) -> Option<Grid> {
        let mut entries: [Vec<&String>; 2] = [Vec::new(), Vec::new()];
        let mut cells = Vec::new();
        for claim in &claims.of {
            let [row, column] = claim.entries.as_ref()?;
            let mut rank = |entry: usize, case| {
                let known = entries.get_mut(entry)?;
                let found = known.iter().position(|other| *other == case);
                Some(found.unwrap_or_else(|| {
                    known.push(case);
                    known.len() - 1
                }))
            };
            cells.push([rank(0, row)?, rank(1, column)?]);
        }
        let [rows, columns] = entries.map(|entry| entry.len());
        // Some cells may lie apart: « à partir de 21 ans, chaque année ».
        let whole = rows > 1 && columns > 1 && cells.len() * 2 >= rows * columns;
        let positions: Positions = (0..cells.len()).map(|claim| places.only_value_of(claim)).collect();
        let said = positions.iter().flatten().count();
        (whole && said * 2 > cells.len()).then_some(Grid { cells, positions })
    }

    /// Whether the figures stand row by row or column by column.
    pub(super) fn is_sound(&self) -> bool {
        self.reads(&self.positions)
    }

    /// Two claims whose figures, exchanged, make a table of it; of a large table, near in one row or one column.
    pub(super) fn exchanged(&self) -> Option<(usize, usize)> {
        let all = self.positions.len();
        let aligned = |one: usize, other: usize| {
            self.cells
                .get(one)
                .zip(self.cells.get(other))
                .is_some_and(|(a, b)| other - one <= NEAR && (a[0] == b[0] || a[1] == b[1]))
        };
        let small = all <= SMALL;
        let pairs =
            (0..all.min(LARGE)).flat_map(|one| (one + 1..all.min(LARGE)).map(move |other| (one, other)));
        let pairs = pairs.filter(|(one, other)| small || aligned(*one, *other));
        let said = |at: usize| self.positions.get(at).is_some_and(Option::is_some);
        pairs.into_iter().filter(|(one, other)| said(*one) && said(*other)).find(|(one, other)| {
            let mut positions = self.positions.clone();
            positions.swap(*one, *other);
            self.reads(&positions)
        })
    }

    fn reads(&self, positions: &Positions) -> bool {
        [0, 1].into_iter().any(|entry| self.is_in_order(positions, entry))
    }

    /// Whether what one entry parts stands apart, each part in the order of the others.
    fn is_in_order(&self, positions: &Positions, entry: usize) -> bool {
        let mut parts: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (cell, at) in self.cells.iter().zip(positions) {
            let ([own, other], Some(at)) = (*cell, *at) else { continue };
            let (part, beside) = if entry == 0 { (own, other) } else { (other, own) };
            parts.entry(part).or_default().push((at, beside));
        }
        let mut ranges = Vec::with_capacity(parts.len());
        // Of two columns, the same one comes first in each row.
        let mut order: BTreeMap<(usize, usize), bool> = BTreeMap::new();
        for cells in parts.values_mut() {
            cells.sort_unstable();
            ranges.extend(cells.first().zip(cells.last()).map(|(first, last)| (first.0, last.0)));
            for (rank, (_, first)) in cells.iter().enumerate() {
                for (_, then) in cells.iter().skip(rank + 1) {
                    let pair = (*first.min(then), *first.max(then));
                    if *order.entry(pair).or_insert(first < then) != (first < then) {
                        return false;
                    }
                }
            }
        }
        ranges.sort_unstable();
        ranges.windows(2).all(|pair| matches!(pair, [one, other] if one.1 < other.0))
    }
}
