//! The days of the periods of the elements of a list, together.

use super::context::Row;
use super::interpreter::{Evaluator, date_of};
use super::reads::Noted;
use crate::decision::MissingPlace;
use crate::eval::world::ListState;
use crate::known::{DateRange, Interval, Known, Truth};
use crate::number::Ratio;
use crate::policy::{ExprId, ListId};
use crate::time::covered;

/// Days that are certainly of some element, and all that may be.
#[derive(Default)]
struct Cover {
    sure: Vec<(i64, i64)>,
    possible: Vec<(i64, i64)>,
    /// Some period may begin as early, or last as long, as one likes.
    endless: bool,
}

impl Evaluator<'_> {
    /// How many days are of the period of one element at least.
    pub(super) fn covered(&mut self, list: ListId, filter: Option<ExprId>, ends: [ExprId; 2]) -> Interval {
        let mut cover = Cover::default();
        match &self.world.lists[list.index()] {
            ListState::Rows(rows) => {
                for row in 0..u32::try_from(rows.len()).unwrap_or(u32::MAX) {
                    let period = self.in_row(list, Row::At(row), |inner| inner.period(filter, ends));
                    if let Some((counts, [first, last])) = period {
                        cover.add(counts, first, last);
                    }
                }
            }
            ListState::Absent => {
                let length = self.length(list);
                self.show_list(list, &Known::Number(length.clone()));
                if length.value().is_none_or(|length| !length.is_zero()) {
                    self.noted.push(Noted::Place(MissingPlace::List(list)));
                    let mark = self.noted.len();
                    let any = self
                        .untraced(|inner| inner.in_row(list, Row::Any, |inner| inner.period(filter, ends)));
                    self.noted.truncate(mark);
                    if let Some((_, [first, last])) = any {
                        cover.add(Truth::OPEN, first, last);
                    }
                }
            }
        }
        cover.days()
    }

    /// Whether an element counts, and its first and last days; nothing where it does not.
    fn period(&mut self, filter: Option<ExprId>, ends: [ExprId; 2]) -> Option<(Truth, [DateRange; 2])> {
        let Some(filter) = filter else {
            return Some((Truth::YES, ends.map(|day| date_of(&self.value(day)))));
        };
        let counts = self.truth(filter);
        let [first, last] = ends.map(|day| self.value_under(counts, filter, true, day));
        Some((counts, [date_of(&first?), date_of(&last?)]))
    }
}

impl Cover {
    fn add(&mut self, counts: Truth, first: DateRange, last: DateRange) {
        if counts.fails() {
            return;
        }
        if let (true, Some(first), Some(last)) = (counts.holds(), first.to, last.from) {
            self.sure.push((first.days(), last.days()));
        }
        match (first.from, last.to) {
            (Some(first), Some(last)) => self.possible.push((first.days(), last.days())),
            (None, _) | (_, None) => self.endless = true,
        }
    }

    fn days(self) -> Interval {
        let least = Ratio::from(covered(self.sure));
        let most = (!self.endless).then(|| Ratio::from(covered(self.possible)));
        most.and_then(|most| Interval::between(least.clone(), most, true))
            .unwrap_or_else(|| Interval::at_least(least, true))
    }
}
