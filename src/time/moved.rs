//! The day that a month does not have: 31 January and one month, the age of who is born on 29 February.

use super::{Date, month_number};

/// Which day stands for one that its month does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingDay {
    /// The last of the month (Règlement n° 1182/71, art. 3 § 2 c); the policy does not say so.
    Unsaid,
    /// The last of the month, as the policy says.
    Last,
    /// The first of the month after, as the policy says.
    Next,
}

/// Months, then days, written in the policy: later, or (below zero) earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moved {
    /// Months.
    pub months: i64,
    /// Days.
    pub days: i64,
    /// What stands for a day that the month does not have.
    pub missing: MissingDay,
}

impl MissingDay {
    /// Whether the month that so many months lead to from `date` has no such day.
    pub fn is_missed(date: Date, months: i64) -> bool {
        date.plus_months(months).is_some_and(|moved| moved.day() != date.day())
    }

    /// The same day so many months later; `None` past the bounds of the calendar.
    pub fn plus_months(self, date: Date, months: i64) -> Option<Date> {
        let moved = date.plus_months(months)?;
        match self {
            MissingDay::Next if moved.day() != date.day() => moved.plus_days(1),
            MissingDay::Unsaid | MissingDay::Last | MissingDay::Next => Some(moved),
        }
    }

    /// The greatest number of months n with `from + n months ≤ to`; where `to` comes before, that from `to` to
    /// `from`, with a minus sign.
    pub fn months_between(self, from: Date, to: Date) -> i64 {
        match self {
            MissingDay::Unsaid | MissingDay::Last => from.months_until(to),
            MissingDay::Next if to < from => -self.months_between(to, from),
            MissingDay::Next => {
                let months = month_number(to.civil()) - month_number(from.civil());
                if from.day() <= to.day() { months } else { months - 1 }
            }
        }
    }
}

impl Moved {
    /// The day that they lead to from `date`; the bound of the calendar where it ends before.
    pub fn from(self, date: Date) -> Date {
        let moved = self.missing.plus_months(date, self.months).and_then(|moved| moved.plus_days(self.days));
        moved.unwrap_or(if self.months > 0 || self.months == 0 && self.days > 0 {
            Date::MAX
        } else {
            Date::MIN
        })
    }

    /// The last date from which they lead to `limit` or before; `None` past the bounds.
    pub fn last_date(self, limit: Date) -> Option<Date> {
        super::last_before(limit, (Date::MIN, Date::MAX), |date| self.from(date))
    }
}
