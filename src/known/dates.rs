//! Ranges of dates.

use super::interval::{End, Interval};
use super::options::OptionSet;
use crate::number::Ratio;
use crate::syntax::tree::ElapsedUnit;
use crate::time::{Date, DayOf};

/// The dates between two days, both included; `None` is no bound. Never empty.
///
/// A range without a bound holds dates past [`Date::MAX`] or before [`Date::MIN`] as well: an
/// operation that leaves the calendar opens the range on that side, it never gives a wrong date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// Earliest.
    pub from: Option<Date>,
    /// Latest.
    pub to: Option<Date>,
}

impl DateRange {
    /// Every date.
    pub const ALL: DateRange = DateRange { from: None, to: None };

    /// The dates from one to another; `None` where there is none.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Option<DateRange> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => None,
            _ => Some(DateRange { from, to }),
        }
    }

    /// One day.
    pub fn day(date: Date) -> DateRange {
        DateRange { from: Some(date), to: Some(date) }
    }

    /// The dates after a day.
    pub fn after(date: Date) -> DateRange {
        // The day after the last one is past the calendar: the range stays one too wide.
        DateRange { from: Some(date.plus_days(1).unwrap_or(Date::MAX)), to: None }
    }

    /// The one day that it holds, if it holds only one.
    pub fn value(self) -> Option<Date> {
        self.from.filter(|_| self.from == self.to)
    }

    /// Whether it holds this date.
    pub fn contains(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Whether every date of it is in the other.
    pub fn is_subset(self, other: DateRange) -> bool {
        other.from.is_none_or(|bound| self.from.is_some_and(|from| bound <= from))
            && other.to.is_none_or(|bound| self.to.is_some_and(|to| to <= bound))
    }

    /// The least range that holds both.
    #[must_use]
    pub fn union(self, other: DateRange) -> DateRange {
        DateRange {
            from: self.from.zip(other.from).map(|(a, b)| a.min(b)),
            to: self.to.zip(other.to).map(|(a, b)| a.max(b)),
        }
    }

    /// What both hold; `None` for nothing.
    pub fn intersect(self, other: DateRange) -> Option<DateRange> {
        DateRange::new(self.from.max(other.from), both(self.to, other.to, Date::min))
    }

    /// The earlier of a date of each.
    #[must_use]
    pub fn min(self, other: DateRange) -> DateRange {
        DateRange {
            from: self.from.zip(other.from).map(|(a, b)| a.min(b)),
            to: both(self.to, other.to, Date::min),
        }
    }

    /// The later of a date of each.
    #[must_use]
    pub fn max(self, other: DateRange) -> DateRange {
        DateRange { from: self.from.max(other.from), to: self.to.zip(other.to).map(|(a, b)| a.max(b)) }
    }

    /// Each date so many months later: a month without that day gives its last one.
    #[must_use]
    pub fn plus_months(self, months: &Interval) -> DateRange {
        self.shifted(months, Date::plus_months)
    }

    /// Each date so many days later.
    #[must_use]
    pub fn plus_days(self, days: &Interval) -> DateRange {
        self.shifted(days, Date::plus_days)
    }

    /// The greatest n with `date + n units ≤ to`, for every pair; backwards, with a minus sign. It rises with `to`
    /// and falls with the date.
    pub fn elapsed(self, to: DateRange, unit: ElapsedUnit) -> Interval {
        let count = |from: Option<Date>, to: Option<Date>| {
            from.zip(to)
                .map_or(End::Infinite, |(from, to)| End::Included(Ratio::from(unit.between(from, to))))
        };
        Interval { low: count(self.to, to.from), high: count(self.from, to.to), whole: true }
    }

    /// First (or last) day of the month of each date.
    #[must_use]
    pub fn day_of(self, day: DayOf) -> DateRange {
        self.map(|date| day.of(date))
    }

    /// The days of the week of all its dates, Monday first.
    pub fn weekdays(self) -> OptionSet {
        let ends = self.from.zip(self.to).filter(|(from, to)| from.days_until(*to) < 6);
        let Some((from, to)) = ends else { return OptionSet::all(7) };
        let rank = |date: Date| u16::try_from(date.weekday() - 1).unwrap_or(0);
        OptionSet::of((0..=from.days_until(to)).filter_map(|days| from.plus_days(days)).map(rank))
    }

    /// The year of each date.
    pub fn year(self) -> Interval {
        let end = |date: Option<Date>| {
            date.map_or(End::Infinite, |date| End::Included(Ratio::from(i64::from(date.year()))))
        };
        Interval { low: end(self.from), high: end(self.to), whole: true }
    }

    /// By an operation that keeps the order of dates.
    fn map(self, f: impl Fn(Date) -> Date + Copy) -> DateRange {
        DateRange { from: self.from.map(f), to: self.to.map(f) }
    }

    fn shifted(self, by: &Interval, shift: fn(Date, i64) -> Option<Date>) -> DateRange {
        let moved = |date: Option<Date>, end: &End, past: fn(bool) -> Option<Date>| {
            let (date, by) = (date?, count(end)?);
            shift(date, by).or_else(|| past(by > 0))
        };
        DateRange {
            // All of it past the calendar: from its last day on, or open where it lies before.
            from: moved(self.from, &by.low, |later| later.then_some(Date::MAX)),
            to: moved(self.to, &by.high, |later| (!later).then_some(Date::MIN)),
        }
    }
}

/// The end of a whole interval as a count; one too great for a machine integer as the greatest,
/// which leaves the calendar as well.
fn count(end: &End) -> Option<i64> {
    let value = end.value()?;
    Some(value.floor().to_i64().unwrap_or(if value.signum() < 0 { i64::MIN } else { i64::MAX }))
}

/// Of two bounds, whichever there is, or the one that `pick` takes.
fn both(a: Option<Date>, b: Option<Date>, pick: fn(Date, Date) -> Date) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(pick(a, b)),
        (a, b) => a.or(b),
    }
}
