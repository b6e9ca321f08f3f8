//! Dates and durations of the civil calendar.
//!
//! The calendar itself is `jiff`'s; how French law counts in it (months that end early, working
//! days, ages) is here.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::{SignedDuration, civil};

mod cover;
mod moved;
mod working;

pub use cover::covered;
pub use moved::{MissingDay, Moved};
pub use working::{Holidays, Week, WorkingDays};

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

/// A day told by a date alone, later for a later one: of its month, of its year, so many working days away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayOf {
    /// `premier jour du mois de D`.
    FirstOfMonth,
    /// `dernier jour du mois de D`.
    LastOfMonth,
    /// `premier jour du mois suivant D`.
    FirstOfNextMonth,
    /// `1er janvier de l'année de D`: a day that every year has.
    Year(DayOfYear),
    /// `D + 5 jours ouvrés`, `D reporté au premier jour ouvrable`.
    Working(WorkingDays),
    /// `D + 1 mois, à défaut le premier du mois suivant`.
    Moved(Moved),
}

/// A month and a day that every year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayOfYear {
    month: i8,
    day: i8,
}

impl DayOfYear {
    /// 1 January.
    pub const FIRST: DayOfYear = DayOfYear { month: 1, day: 1 };

    /// The day of this month (from 1) and day (from 1); `None` where some year has none: 29 February too.
    pub fn new(month: i8, day: i8) -> Option<DayOfYear> {
        // 2001 has no 29 February.
        Date::new(2001, month, day).map(|_| DayOfYear { month, day })
    }

    /// Month, from 1.
    pub fn month(self) -> i8 {
        self.month
    }

    /// Day of the month, from 1.
    pub fn day(self) -> i8 {
        self.day
    }
}

impl DayOf {
    /// This day of `date`.
    pub fn of(self, date: Date) -> Date {
        match self {
            DayOf::FirstOfMonth => date.first_of_month(),
            DayOf::LastOfMonth => date.last_of_month(),
            DayOf::FirstOfNextMonth => {
                let last = date.last_of_month();
                last.plus_days(1).unwrap_or(last)
            }
            // Every year has it: `date` itself is never given.
            DayOf::Year(DayOfYear { month, day }) => Date::new(date.year(), month, day).unwrap_or(date),
            DayOf::Working(days) => days.from(date),
            DayOf::Moved(moved) => moved.from(date),
        }
    }

    /// The last date whose day is at `limit` or before; `None` past the bounds.
    pub fn last_date(self, limit: Date) -> Option<Date> {
        let (first, last) = match self {
            DayOf::FirstOfMonth | DayOf::LastOfMonth => (limit.first_of_month(), limit.last_of_month()),
            DayOf::FirstOfNextMonth => return limit.first_of_month().plus_days(-1),
            DayOf::Year(_) => (limit.first_of_year(), limit.last_of_year()),
            DayOf::Working(days) => return days.last_date(limit),
            DayOf::Moved(moved) => return moved.last_date(limit),
        };
        if self.of(limit) <= limit { Some(last) } else { first.plus_days(-1) }
    }
}

const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl Date {
    /// The earliest date that can be computed with: 1 January 1.
    pub const MIN: Date = Date(-719_162);
    /// The latest date that can be computed with: 31 December 9999.
    pub const MAX: Date = Date(2_932_896);

    /// The date of this year, month (1 to 12) and day (from 1); `None` where there is none.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        Date::checked(Date::from_civil(civil::Date::new(year, month, day).ok()?))
    }

    /// The date so many days after 1 January 1970, within [`Date::MIN`] and [`Date::MAX`].
    pub fn from_days(days: i64) -> Option<Date> {
        Date::checked(Date(i32::try_from(days).ok()?))
    }

    /// Days since 1 January 1970.
    pub fn days(self) -> i64 {
        i64::from(self.0)
    }

    /// Reads `2025-02-03`.
    pub fn parse_iso(text: &str) -> Option<Date> {
        let [year, month, day] = parts(text, '-')?;
        Date::written([(year, 4..=4), (month, 2..=2), (day, 2..=2)])
    }

    /// Reads `03/02/2025` or `3/2/2025`, day first.
    pub fn parse_slashed(text: &str) -> Option<Date> {
        let [day, month, year] = parts(text, '/')?;
        Date::written([(year, 4..=4), (month, 1..=2), (day, 1..=2)])
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
        // 1 January 1970 was a Thursday.
        const WEEK: [i8; 7] = [4, 5, 6, 7, 1, 2, 3];
        WEEK[self.0.rem_euclid(7) as usize]
    }

    /// The same day so many months later (earlier when negative); where that month has no such day,
    /// its last one. `None` past [`Date::MAX`] or before [`Date::MIN`].
    pub fn plus_months(self, months: i64) -> Option<Date> {
        let from = self.civil();
        let months = month_number(from).checked_add(months)?;
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
        let first = civil::Date::new(year, month, 1).ok()?;
        Date::new(year, month, from.day().min(first.days_in_month()))
    }

    /// So many days later. `None` past the bounds.
    pub fn plus_days(self, days: i64) -> Option<Date> {
        Date::from_days(self.days().checked_add(days)?)
    }

    /// First day of its year.
    fn first_of_year(self) -> Date {
        Date::from_civil(self.civil().first_of_year())
    }

    /// Last day of its year.
    fn last_of_year(self) -> Date {
        Date::from_civil(self.civil().last_of_year())
    }

    /// First day of its month.
    pub fn first_of_month(self) -> Date {
        Date::from_civil(self.civil().first_of_month())
    }

    /// Last day of its month.
    pub fn last_of_month(self) -> Date {
        Date::from_civil(self.civil().last_of_month())
    }

    /// The greatest number of days n with `self + n days ≤ to`; negative where `to` comes before.
    pub fn days_until(self, to: Date) -> i64 {
        to.days() - self.days()
    }

    /// The greatest number of months n with `self + n months ≤ to`; where `to` comes before, that from `to` to
    /// here, with a minus sign.
    pub fn months_until(self, to: Date) -> i64 {
        if to < self {
            return -to.months_until(self);
        }
        let (from, to) = (self.civil(), to.civil());
        let months = month_number(to) - month_number(from);
        // In the month of `to`, a day that this month does not have is its last one.
        if from.day().min(to.days_in_month()) <= to.day() { months } else { months - 1 }
    }

    /// Whether it is a public holiday in metropolitan France (Code du travail, art. L. 3133-1).
    pub fn is_public_holiday(self) -> bool {
        let civil = self.civil();
        match (civil.month(), civil.day()) {
            (1, 1) | (5, 1) | (5, 8) | (7, 14) | (8, 15) | (11, 1) | (11, 11) | (12, 25) => true,
            // Easter Sunday falls between 22 March and 25 April, Whit Monday 50 days later at most.
            (3..=6, _) => {
                easter_sunday(civil.year()).is_some_and(|easter| {
                    // Easter Monday, Ascension Day, Whit Monday.
                    matches!(easter.days_until(self), 1 | 39 | 50)
                })
            }
            _ => false,
        }
    }

    fn checked(date: Date) -> Option<Date> {
        (Date::MIN <= date && date <= Date::MAX).then_some(date)
    }

    /// Year, month and day in digits, each with how many it may have.
    fn written(parts: [(&str, RangeInclusive<usize>); 3]) -> Option<Date> {
        if !parts.iter().all(|(part, widths)| {
            widths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        }) {
            return None;
        }
        let [(year, _), (month, _), (day, _)] = parts;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    fn civil(self) -> civil::Date {
        // A duration is added much faster than a span: it asks for no calendar units.
        EPOCH.checked_add(SignedDuration::from_hours(self.days() * 24)).unwrap_or(EPOCH)
    }

    fn from_civil(date: civil::Date) -> Date {
        // jiff's dates span some 7 million days: the quotient always fits.
        Date(i32::try_from(date.duration_since(EPOCH).as_hours() / 24).unwrap_or(0))
    }
}

impl fmt::Display for Date {
    /// ISO 8601.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        write!(f, "{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day())
    }
}

/// Months since the start of year 0.
fn month_number(date: civil::Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

fn parts(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut parts = text.split(separator);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

/// The last date of a range that an operation leads to `limit` or before; it keeps the order of dates.
fn last_before(limit: Date, (mut low, mut high): (Date, Date), later: impl Fn(Date) -> Date) -> Option<Date> {
    if later(high) <= limit {
        return Some(high);
    }
    if later(low) > limit {
        return None;
    }
    while low.days_until(high) > 1 {
        let middle = low.plus_days(low.days_until(high) / 2)?;
        if later(middle) <= limit { low = middle } else { high = middle }
    }
    Some(low)
}

/// Easter Sunday of the Gregorian calendar.
///
/// The steps are those of the Church: the golden number gives the age of the moon, put right by the
/// leap years left out (solar equation) and by the drift of the lunar cycle (lunar equation); the
/// paschal moon is the first full one from 21 March on, Easter the Sunday after it.
fn easter_sunday(year: i16) -> Option<Date> {
    let y = i64::from(year);
    let golden = y.rem_euclid(19);
    let century = y.div_euclid(100);
    let leap_years_left_out = century - century.div_euclid(4);
    let lunar_drift = (8 * century + 13).div_euclid(25);
    let moon = (19 * golden + leap_years_left_out - lunar_drift + 15).rem_euclid(30);
    // The cycle has 29 or 30 days: its last two places are drawn together.
    let late = moon == 29 || (moon == 28 && golden > 10);
    let full_moon = Date::new(year, 3, 21)?.plus_days(if late { moon - 1 } else { moon })?;
    full_moon.plus_days(i64::from(7 - full_moon.weekday() % 7))
}

#[cfg(test)]
mod tests;
