//! Dates and durations of the civil calendar.

use std::fmt;

use jiff::civil;

/// A day of the civil calendar, as the number of days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(i32);

/// A duration kept whole: months (a year is twelve), then days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Duration {
    /// Months.
    pub months: i64,
    /// Days.
    pub days: i64,
}

impl Date {
    /// The earliest date that can be computed with.
    pub const MIN: Date = Date(-700_000);
    /// The latest date that can be computed with.
    pub const MAX: Date = Date(2_900_000);

    /// The date of this year, month (1 to 12) and day (from 1); `None` where there is none.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().map(Date::from_civil)
    }

    /// The date so many days after 1 January 1970, within [`Date::MIN`] and [`Date::MAX`].
    pub fn from_days(days: i64) -> Option<Date> {
        let date = Date(i32::try_from(days).ok()?);
        (Date::MIN <= date && date <= Date::MAX).then_some(date)
    }

    /// Days since 1 January 1970.
    pub fn days(self) -> i64 {
        i64::from(self.0)
    }

    /// Reads `2025-02-03`.
    pub fn parse_iso(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || y.len() != 4 || m.len() != 2 || d.len() != 2 {
            return None;
        }
        Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }

    /// Year.
    pub fn year(self) -> i16 {
        self.civil().year()
    }

    /// Month, from 1.
    pub fn month(self) -> i8 {
        self.civil().month()
    }

    /// Day of the month, from 1.
    pub fn day(self) -> i8 {
        self.civil().day()
    }

    /// Day of the week, 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i8 {
        self.civil().weekday().to_monday_one_offset()
    }

    /// The same day so many months later (earlier when negative); where that month has no such day,
    /// its last one. `None` past [`Date::MAX`] or before [`Date::MIN`].
    pub fn plus_months(self, months: i64) -> Option<Date> {
        let span = jiff::Span::new().try_months(months).ok()?;
        let date = Date::from_civil(self.civil().checked_add(span).ok()?);
        (Date::MIN <= date && date <= Date::MAX).then_some(date)
    }

    /// So many days later. `None` past the bounds.
    pub fn plus_days(self, days: i64) -> Option<Date> {
        Date::from_days(self.days().checked_add(days)?)
    }

    /// First day of its month.
    pub fn first_of_month(self) -> Date {
        Date::from_civil(self.civil().first_of_month())
    }

    /// Last day of its month.
    pub fn last_of_month(self) -> Date {
        Date::from_civil(self.civil().last_of_month())
    }

    fn civil(self) -> civil::Date {
        let epoch = civil::date(1970, 1, 1);
        epoch.checked_add(jiff::Span::new().days(self.0)).unwrap_or(epoch)
    }

    fn from_civil(date: civil::Date) -> Date {
        let epoch = civil::date(1970, 1, 1);
        Date(date.since((jiff::Unit::Day, epoch)).map_or(0, |s| s.get_days()))
    }
}

impl fmt::Display for Date {
    /// ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil())
    }
}
