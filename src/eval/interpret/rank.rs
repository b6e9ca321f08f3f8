//! The rank of an element among those of its list.

use super::context::Row;
use super::interpreter::Evaluator;
use super::reads::Noted;
use crate::eval::world::ListState;
use crate::known::{DateRange, Interval, Known, OptionSet, Truth, compare};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ListId};
use crate::syntax::tree::CompareOp;

/// What elements are ranked by, outside of all contexts: worked out once for a whole list.
#[derive(Debug)]
pub(super) struct Table {
    /// Of each element; none of one that never stands before another.
    of_rows: Vec<Option<Interval>>,
    /// Those that may stand before another one, by their least values, ascending.
    by_low: Vec<u32>,
    /// Those that certainly may, by their greatest values, ascending.
    by_high: Vec<u32>,
    /// What they all read.
    pub noted: Box<[Noted]>,
}

/// What ranks the elements of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) struct Ranking {
    /// The list.
    pub list: ListId,
    /// By what, of each element.
    pub by: ExprId,
    /// Which elements count.
    pub filter: Option<ExprId>,
}

impl Evaluator<'_> {
    /// 1 + how many elements stand before the element in turn.
    pub(in crate::eval) fn rank(&mut self, expr: ExprId) -> Interval {
        let at_least_one = || Interval::at_least(Ratio::one(), true);
        let node = self.policy.exprs.get(expr);
        let (shape, ExprKind::Rank { list, by, filter, in_order }) = (node.shape, &node.kind) else {
            return at_least_one();
        };
        let ranking = Ranking { list: *list, by: *by, filter: *filter };
        let own = as_numbers(&self.value(*by));
        let row = match self.rows[list.index()] {
            Some(Row::At(row)) => Some(row),
            Some(Row::Any) | None => None,
        };
        let (Some(row), ListState::Rows(rows)) = (row, &self.world.lists[list.index()]) else {
            return at_least_one();
        };
        if !self.ranks.contains_key(&shape) {
            let table =
                self.untraced(|inner| inner.outside_contexts(|inner| inner.table(ranking, rows.len())));
            self.ranks.insert(shape, table);
        }
        let Some(table) = self.ranks.get(&shape) else { return at_least_one() };
        if !table.noted.is_empty() {
            self.noted.push(Noted::Ranks(shape));
        }
        let before = |other: &u32| {
            let op = if *in_order && *other < row { CompareOp::Le } else { CompareOp::Lt };
            match table.of_rows.get(*other as usize) {
                Some(Some(other)) => compare(op, &known(other), &known(&own)),
                Some(None) | None => Truth::NO,
            }
        };
        let possible = table.by_low.partition_point(|other| before(other).may_hold);
        let sure = table.by_high.partition_point(|other| before(other).holds());
        // An element does not stand before itself.
        let itself = before(&row).may_hold;
        let end = |count: usize| Ratio::from(1 + i64::try_from(count).unwrap_or(i64::MAX - 1));
        let possible = possible - usize::from(itself);
        Interval::between(end(sure), end(possible.max(sure)), true).unwrap_or_else(at_least_one)
    }

    /// What `f` gives; of an expression that tells of the elements of a list, what it gives of the first that it
    /// gives anything of.
    pub(in crate::eval) fn in_each<R>(
        &mut self,
        expr: ExprId,
        mut f: impl FnMut(&mut Self) -> Option<R>,
    ) -> Option<R> {
        let world = self.world;
        match self.rests_on.free(self.policy.exprs.get(expr).shape) {
            [] => f(self),
            [list] => match &world.lists[list.index()] {
                ListState::Absent => None,
                ListState::Rows(rows) => (0..rows.len()).find_map(|row| {
                    let row = Row::At(u32::try_from(row).ok()?);
                    self.in_row(*list, row, &mut f)
                }),
            },
            _ => None,
        }
    }

    /// The first two elements of a list that are certainly equal in what they are ranked by.
    pub(in crate::eval) fn tied(&mut self, ranking: Ranking) -> Option<(u32, u32)> {
        let ListState::Rows(rows) = &self.world.lists[ranking.list.index()] else { return None };
        let table = self.untraced(|inner| inner.outside_contexts(|inner| inner.table(ranking, rows.len())));
        let value = |row: u32| table.of_rows.get(row as usize)?.as_ref()?.value();
        let sure: Vec<u32> = table.by_high.iter().copied().filter(|row| value(*row).is_some()).collect();
        let pairs = sure.windows(2).filter_map(|pair| match pair {
            [a, b] if value(*a) == value(*b) => Some((*a, *b)),
            _ => None,
        });
        pairs.min()
    }

    fn table(&mut self, ranking: Ranking, len: usize) -> Table {
        let outer = std::mem::take(&mut self.noted);
        let (mut of_rows, mut by_low, mut by_high) = (Vec::with_capacity(len), Vec::new(), Vec::new());
        for row in 0..u32::try_from(len).unwrap_or(u32::MAX) {
            let (counts, value) = self
                .in_row(ranking.list, Row::At(row), |inner| inner.element(ranking.filter, Some(ranking.by)));
            let value = value.filter(|_| counts.may_hold).map(|value| as_numbers(&value));
            if value.is_some() {
                by_low.push(row);
                by_high.extend(counts.holds().then_some(row));
            }
            of_rows.push(value);
        }
        let noted = std::mem::replace(&mut self.noted, outer).into();
        let of = |row: &u32| of_rows.get(*row as usize).and_then(Option::as_ref);
        // Of equal ones, an end that is left out comes last: nothing is as low.
        by_low.sort_by_cached_key(|row| of(row).map(|of| (of.low.value().cloned(), !of.low.is_included())));
        // No upper bound comes last; of equal ones, one that is left out first.
        by_high.sort_by_cached_key(|row| {
            of(row).map(|of| (of.high.value().is_none(), of.high.value().cloned(), of.high.is_included()))
        });
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
