//! Tables with two entries. A passage gives their figures row by row or column by column, each row in the order of the
//! others: what rows and columns are called need not be known.

use super::place::Passages;
use crate::concordance::rule::Claims;

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

    /// Two claims whose figures, exchanged, make a table of it.
    pub(super) fn exchanged(&self) -> Option<(usize, usize)> {
        let all = self.positions.len();
        let pairs = (0..all).flat_map(|one| (one + 1..all).map(move |other| (one, other)));
        let said = |at: usize| self.positions.get(at).is_some_and(Option::is_some);
        pairs.filter(|(one, other)| said(*one) && said(*other)).find(|(one, other)| {
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
        let placed = self.cells.iter().zip(positions);
        let placed: Vec<(usize, usize, usize)> = placed
            .filter_map(|(cell, at)| Some((*cell.get(entry)?, *cell.get(1 - entry)?, (*at)?)))
            .collect();
        let of = |part: usize| placed.iter().filter(move |(own, ..)| *own == part);
        let parts = placed.iter().map(|(part, ..)| *part).max().map_or(0, |last| last + 1);
        let ranges: Vec<(usize, usize)> = (0..parts)
            .filter_map(|part| {
                let at = || of(part).map(|(.., at)| *at);
                Some((at().min()?, at().max()?))
            })
            .collect();
        let apart = |(a, b): &(usize, usize), (c, d): &(usize, usize)| b < c || d < a;
        let each = ranges.iter().enumerate();
        if !each.into_iter().all(|(rank, one)| ranges.iter().skip(rank + 1).all(|other| apart(one, other))) {
            return false;
        }
        // Of two columns, the same one comes first in each row.
        placed.iter().all(|(part, column, at)| {
            placed.iter().filter(|(other, ..)| other == part).all(|(_, beside, its)| {
                let same = |(row, one, place): &&(usize, usize, usize)| {
                    let other = of(*row).find(|(_, other, _)| other == beside);
                    one == column && other.is_some_and(|(.., other)| (place < other) != (at < its))
                };
                column == beside || !placed.iter().any(|cell| same(&cell))
            })
        })
    }
}
