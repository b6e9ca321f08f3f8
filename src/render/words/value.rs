//! Values as people read them, with their unit.

use super::Words;
use crate::known::{DateRange, End, Interval, Known, TextSet};
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::policy::Type;
use crate::render::Lang;
use crate::time::Date;
use crate::value::Value;

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH_DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Words<'_> {
    /// What is known of a value: the value, or what it may be.
    pub(crate) fn known(&self, known: &Known, ty: Type) -> String {
        match known {
            Known::Truth(truth) => match truth.value() {
                Some(true) => self.say("oui", "yes").to_owned(),
                Some(false) => self.say("non", "no").to_owned(),
                None => self.unknown(),
            },
            Known::Number(interval) => self.interval(interval, ty),
            Known::Date(range) => self.date_range(*range),
            Known::Text(TextSet::OneOf(texts)) => {
                let texts: Vec<String> = texts.iter().map(|t| t.shown.to_string()).collect();
                self.list(&texts, ("ou", "or"))
            }
            Known::Text(TextSet::AnyBut(_)) => self.unknown(),
            Known::Choice(set) => match ty {
                Type::Choice(choice) => {
                    let options = &self.policy.choices[choice.index()].options;
                    if set.len() >= options.len() && options.len() > 1 {
                        return self.unknown();
                    }
                    let names: Vec<String> = set
                        .iter()
                        .filter_map(|o| options.get(usize::from(o)).map(|name| name.to_string()))
                        .collect();
                    self.list(&names, ("ou", "or"))
                }
                _ => self.unknown(),
            },
        }
    }

    /// A single value.
    pub(crate) fn value(&self, value: &Value, ty: Type) -> String {
        self.known(&Known::exactly(value), ty)
    }

    /// `inconnu`: the word that a dossier uses.
    pub(crate) fn unknown(&self) -> String {
        self.say("inconnu", "unknown").to_owned()
    }

    /// A number in its unit, or the range in which it lies.
    pub(crate) fn interval(&self, interval: &Interval, ty: Type) -> String {
        if let Some(value) = interval.value() {
            return self.number(value, ty);
        }
        let n = |r: &Ratio| self.number(r, ty);
        match (&interval.low, &interval.high) {
            (End::Infinite, End::Infinite) => self.unknown(),
            (End::Included(low) | End::Excluded(low), End::Included(high) | End::Excluded(high)) => {
                format!("{} {} {} {}", self.say("entre", "between"), n(low), self.say("et", "and"), n(high))
            }
            (End::Included(low), End::Infinite) => format!("{} {}", n(low), self.say("ou plus", "or more")),
            (End::Excluded(low), End::Infinite) => format!("{} {}", self.say("plus de", "more than"), n(low)),
            (End::Infinite, End::Included(high)) => {
                format!("{} {}", n(high), self.say("ou moins", "or less"))
            }
            (End::Infinite, End::Excluded(high)) => {
                format!("{} {}", self.say("moins de", "less than"), n(high))
            }
        }
    }

    /// An amount that is paid: `80 000 €`, `de 50 000 € à 100 000 €`.
    pub(crate) fn payment(&self, interval: &Interval) -> String {
        match (&interval.low, &interval.high) {
            (End::Included(low), End::Included(high)) if low != high => format!(
                "{} {} {} {}",
                self.say("de", "from"),
                self.number(low, Type::Amount),
                self.say("à", "to"),
                self.number(high, Type::Amount)
            ),
            _ => self.interval(interval, Type::Amount),
        }
    }

    /// A number in its unit.
    pub(crate) fn number(&self, value: &Ratio, ty: Type) -> String {
        match ty {
            Type::Percent => {
                let shown = decimal(&value.mul(&Ratio::from(100)), 2, false, self.lang);
                self.lang.pick(format!("{shown} %"), format!("{shown}%"))
            }
            Type::Amount => {
                let cents = !value.is_integer();
                let shown = decimal(value, 2, cents, self.lang);
                self.lang.pick(format!("{shown} €"), format!("€{shown}"))
            }
            Type::Months => self.months(value),
            Type::Days => {
                let many = self.is_plural(value);
                let unit =
                    self.lang.pick(if many { "jours" } else { "jour" }, if many { "days" } else { "day" });
                format!("{} {unit}", decimal(value, 2, false, self.lang))
            }
            Type::Truth | Type::Integer | Type::Number | Type::Date | Type::Text | Type::Choice(_) => {
                decimal(value, 2, false, self.lang)
            }
        }
    }

    /// Whether a noun counted by this number is in the plural: from 2 in French, for all but 1 in English.
    pub(crate) fn is_plural(&self, value: &Ratio) -> bool {
        match self.lang {
            Lang::Fr => value.abs() >= Ratio::from(2),
            Lang::En => value.abs() != Ratio::one(),
        }
    }

    fn months(&self, value: &Ratio) -> String {
        let unit = |n: i64, one: &str, many: &str| {
            format!("{n} {}", if self.is_plural(&Ratio::from(n)) { many } else { one })
        };
        match value.to_i64() {
            Some(months) if months >= 12 => {
                let years =
                    self.lang.pick(unit(months / 12, "an", "ans"), unit(months / 12, "year", "years"));
                if months % 12 == 0 {
                    years
                } else {
                    format!("{years} {} {}", self.say("et", "and"), self.months(&Ratio::from(months % 12)))
                }
            }
            Some(months) => self.lang.pick(unit(months, "mois", "mois"), unit(months, "month", "months")),
            None => format!("{} {}", decimal(value, 2, false, self.lang), self.say("mois", "months")),
        }
    }

    /// `3 février 2025`.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let day = date.day();
        match self.lang {
            Lang::Fr => {
                let first = if day == 1 { "er" } else { "" };
                format!("{day}{first} {} {}", FRENCH_MONTHS.get(month).unwrap_or(&""), date.year())
            }
            Lang::En => format!("{day} {} {}", ENGLISH_MONTHS.get(month).unwrap_or(&""), date.year()),
        }
    }

    /// `mercredi 10 septembre 2025`: as time limits are written.
    pub(crate) fn weekday_date(&self, date: Date) -> String {
        let names = self.lang.pick(FRENCH_DAYS, ENGLISH_DAYS);
        let day = usize::try_from(date.weekday() - 1).ok().and_then(|d| names.get(d).copied()).unwrap_or("");
        format!("{day} {}", self.date(date))
    }

    /// A date, `pas encore`, or the range in which it lies.
    pub(crate) fn date_range(&self, range: DateRange) -> String {
        match (range.from, range.to) {
            (Some(from), Some(to)) if from == to => self.date(from),
            (Some(from), Some(to)) => format!(
                "{} {} {} {}",
                self.say("entre le", "between"),
                self.date(from),
                self.say("et le", "and"),
                self.date(to)
            ),
            (Some(from), None) if Some(from) == self.examined_on.plus_days(1) => {
                self.say("pas encore", "not yet").to_owned()
            }
            (Some(from), None) => {
                format!("{} {}", self.say("le", "on"), self.date(from))
                    + self.say(" au plus tôt", " at the earliest")
            }
            (None, Some(to)) => {
                format!("{} {}", self.say("le", "on"), self.date(to))
                    + self.say(" au plus tard", " at the latest")
            }
            (None, None) => self.unknown(),
        }
    }
}

/// A number with at most so many decimals (a half away from zero), in groups of three digits.
/// `all_places` keeps the zeros at its end.
pub(crate) fn decimal(value: &Ratio, places: u32, all_places: bool, lang: Lang) -> String {
    let scale = Ratio::from(10_i64.pow(places));
    let unit = Rounding { step: Ratio::one(), direction: Direction::HalfAway };
    let scaled = unit.apply(&value.abs().mul(&scale)).numerator();
    let places = places as usize;
    let padded = format!("{scaled:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    let fraction = if all_places { fraction } else { fraction.trim_end_matches('0') };
    let mut out = String::new();
    if value.signum() < 0 && scaled != "0" {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(lang.pick(' ', ','));
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(lang.pick(',', '.'));
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_french_prints_them() {
        let shown = |num, den, places, all| decimal(&Ratio::new(num, den).unwrap(), places, all, Lang::Fr);
        assert_eq!(shown(80_000, 1, 2, false), "80 000");
        assert_eq!(shown(100, 7, 2, false), "14,29");
        assert_eq!(shown(5, 2, 2, true), "2,50");
        assert_eq!(shown(-1_234_567, 1000, 2, false), "-1 234,57");
        assert_eq!(shown(-1, 1000, 2, false), "0");
        assert_eq!(shown(1, 3, 0, false), "0");
    }
}
