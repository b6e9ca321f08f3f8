//! The rank of an element among those of its list.

use super::context::Row;
use super::interpreter::Evaluator;
use super::reads::Noted;
use crate::eval::world::ListState;
use crate::known::{DateRange, Interval, Known, OptionSet, Truth, compare};
use crate::number::Ratio;
use crate::policy::{ExprId, ListId, ShapeId};
use crate::syntax::tree::CompareOp;

/// What elements are ranked by, outside of all contexts: worked out once for a whole list.
#[derive(Debug)]
pub(super) struct Table {
    of_rows: Vec<Interval>,
    /// By their least values, ascending.
    by_low: Vec<u32>,
    /// By their greatest values, ascending.
    by_high: Vec<u32>,
    /// What they all read.
    pub noted: Box<[Noted]>,
}

impl Evaluator<'_> {
    /// 1 + how many elements have a lesser value than the element in turn.
    pub(in crate::eval) fn rank(&mut self, shape: ShapeId, list: ListId, by: ExprId) -> Interval {
        let own = as_numbers(&self.value(by));
        let row = match self.rows[list.index()] {
            Some(Row::At(row)) => Some(row as usize),
            Some(Row::Any) | None => None,
        };
        let (Some(row), ListState::Rows(rows)) = (row, &self.world.lists[list.index()]) else {
            return Interval::at_least(Ratio::one(), true);
        };
        if !self.ranks.contains_key(&shape) {
            let table =
                self.untraced(|inner| inner.outside_contexts(|inner| inner.table(list, rows.len(), by)));
            self.ranks.insert(shape, table);
        }
        let Some(table) = self.ranks.get(&shape) else {
            return Interval::at_least(Ratio::one(), true);
        };
        if !table.noted.is_empty() {
            self.noted.push(Noted::Ranks(shape));
        }
        let lesser = |other: &Interval| compare(CompareOp::Lt, &known(other), &known(&own));
        let of = |rank: &u32| lesser(&table.of_rows[*rank as usize]);
        let possible = table.by_low.partition_point(|rank| of(rank).may_hold);
        let sure = table.by_high.partition_point(|rank| of(rank).holds());
        // An element has not a lesser value than itself.
        let itself = table.of_rows.get(row).map_or(Truth::NO, lesser);
        let end = |count: usize| Ratio::from(1 + i64::try_from(count).unwrap_or(i64::MAX - 1));
        let possible = possible - usize::from(itself.may_hold);
        Interval::between(end(sure), end(possible.max(sure)), true)
            .unwrap_or_else(|| Interval::at_least(Ratio::one(), true))
    }

    /// The first two elements of a list that are certainly equal in what they are ranked by.
    pub(in crate::eval) fn tied(&mut self, list: ListId, by: ExprId) -> Option<(u32, u32)> {
        let ListState::Rows(rows) = &self.world.lists[list.index()] else { return None };
        let table = self.untraced(|inner| inner.outside_contexts(|inner| inner.table(list, rows.len(), by)));
        let value = |row: u32| table.of_rows.get(row as usize).and_then(Interval::value);
        let pairs = table.by_low.windows(2).filter_map(|pair| match pair {
            [a, b] if value(*a).is_some() && value(*a) == value(*b) => Some((*a, *b)),
            _ => None,
        });
        pairs.min()
    }

    fn table(&mut self, list: ListId, len: usize, by: ExprId) -> Table {
        let outer = std::mem::take(&mut self.noted);
        let of_rows: Vec<Interval> = (0..len)
            .map(|row| {
                let row = Row::At(u32::try_from(row).unwrap_or(u32::MAX));
                self.in_row(list, row, |inner| as_numbers(&inner.value(by)))
            })
            .collect();
        let noted = std::mem::replace(&mut self.noted, outer).into();
        let mut by_low: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
        let mut by_high = by_low.clone();
        let of = |rank: &u32| &of_rows[*rank as usize];
        by_low.sort_by(|a, b| of(a).low.value().cmp(&of(b).low.value()));
        // No upper bound comes last; of equal ones, one that is left out first.
        let high = |rank: &u32| {
            let end = &of(rank).high;
            (end.value().is_none(), end.value().cloned(), end.is_included())
        };
        by_high.sort_by_cached_key(high);
        Table { of_rows, by_low, by_high, noted }
    }
}

fn known(interval: &Interval) -> Known {
    Known::Number(interval.clone())
}

/// Whatever has an order, as numbers in that order.
pub(super) fn as_numbers(known: &Known) -> Interval {
    let between = |low: Option<Ratio>, high: Option<Ratio>| {
        let end =
            |value: Option<Ratio>| value.map_or(crate::known::End::Infinite, crate::known::End::Included);
        Interval::new(end(low), end(high), true).unwrap_or_else(|| Interval::all(true))
    };
    match known {
        Known::Number(interval) => interval.clone(),
        Known::Date(DateRange { from, to }) => {
            between(from.map(|date| date.days().into()), to.map(|date| date.days().into()))
        }
        Known::Choice(options) => rank_of(*options, between),
        Known::Truth(_) | Known::Text(_) => Interval::all(false),
    }
}

fn rank_of(options: OptionSet, between: impl Fn(Option<Ratio>, Option<Ratio>) -> Interval) -> Interval {
    let number = |option: Option<u16>| option.map(|option| Ratio::from(i64::from(option)));
    between(number(options.first()), number(options.last()))
}
