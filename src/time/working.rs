//! Working days: the weekly rest, and the public holidays of each part of France.

use super::{Date, easter_sunday};

/// Which days of the week are worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Week {
    /// Monday to Friday: `jours ouvrés`, and the day to which a time limit is put off (Code de procédure civile,
    /// art. 642).
    Five,
    /// Monday to Saturday: `jours ouvrables` that are counted (Code du travail, art. L. 3141-3).
    Six,
}

/// Where public holidays are those of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Holidays {
    /// Those of all France (Code du travail, art. L. 3133-1).
    #[default]
    France,
    /// Good Friday and 26 December as well (Code du travail, art. L. 3134-13). Good Friday is one where there is a
    /// Protestant church: it is counted everywhere here.
    AlsaceMoselle,
    /// 27 May as well: the abolition of slavery (décret n° 83-1003, for the five of them).
    Guadeloupe,
    /// 10 June.
    Guyane,
    /// 22 May.
    Martinique,
    /// 27 April.
    Mayotte,
    /// 20 December.
    Reunion,
}

/// So many working days after a day, or before it; none: the day itself, or else the next working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WorkingDays {
    /// How many: up to [`crate::limits::WORKING_DAYS`], later or (below zero) earlier.
    pub count: i32,
    /// Which days of the week.
    pub week: Week,
    /// Which public holidays.
    pub holidays: Holidays,
}

impl Holidays {
    /// All of them, as a policy writes them; nothing for all France.
    pub const ALL: [(&'static str, Holidays); 7] = [
        ("", Holidays::France),
        ("d'Alsace-Moselle", Holidays::AlsaceMoselle),
        ("de Guadeloupe", Holidays::Guadeloupe),
        ("de Guyane", Holidays::Guyane),
        ("de Martinique", Holidays::Martinique),
        ("de Mayotte", Holidays::Mayotte),
        ("de La Réunion", Holidays::Reunion),
    ];

    /// As a policy writes it: « d'Alsace-Moselle »; empty for all France.
    pub fn words(self) -> &'static str {
        Holidays::ALL.iter().find(|(_, holidays)| *holidays == self).map_or("", |(words, _)| words)
    }

    /// Whether `date` is one of them.
    pub fn hold(self, date: Date) -> bool {
        let civil = date.civil();
        let day = (civil.month(), civil.day());
        let own = match self {
            Holidays::France => false,
            Holidays::AlsaceMoselle => {
                day == (12, 26)
                    // Easter Sunday falls between 22 March and 25 April.
                    || matches!(day.0, 3 | 4)
                        && easter_sunday(civil.year()).is_some_and(|easter| easter.days_until(date) == -2)
            }
            Holidays::Guadeloupe => day == (5, 27),
            Holidays::Guyane => day == (6, 10),
            Holidays::Martinique => day == (5, 22),
            Holidays::Mayotte => day == (4, 27),
            Holidays::Reunion => day == (12, 20),
        };
        own || date.is_public_holiday()
    }
}

impl WorkingDays {
    /// The next working day, the day itself included, that is no Saturday, Sunday or public holiday.
    pub fn next(holidays: Holidays) -> WorkingDays {
        WorkingDays { count: 0, week: Week::Five, holidays }
    }

    /// Whether `date` is worked.
    fn worked(self, date: Date) -> bool {
        let rest = match self.week {
            Week::Five => 6,
            Week::Six => 7,
        };
        date.weekday() < rest && !self.holidays.hold(date)
    }

    /// The day that these working days lead to from `date`; the bound of the calendar where it ends before.
    pub fn from(self, date: Date) -> Date {
        let step = if self.count < 0 { -1 } else { 1 };
        let mut left = self.count.unsigned_abs();
        let mut day = date;
        while left > 0 || !self.worked(day) {
            let Some(next) = day.plus_days(step) else { return day };
            day = next;
            left = left.saturating_sub(u32::from(self.worked(day)));
        }
        day
    }

    /// The last date from which they lead to `limit` or before; `None` past the bounds.
    pub fn last_date(self, limit: Date) -> Option<Date> {
        // A working day stands among any eight.
        let reach = i64::from(self.count).abs().saturating_add(1).saturating_mul(8);
        let end = |days: i64| Date::from_days(days.clamp(Date::MIN.days(), Date::MAX.days()));
        let ends = (end(limit.days() - reach)?, end(limit.days() + reach)?);
        super::last_before(limit, ends, |date| self.from(date))
    }
}
