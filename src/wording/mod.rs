//! How values are worded, whatever the language: numbers exact or rounded for show, their units,
//! dates and durations.
//!
//! For whatever speaks to a person: diagnostics of every stage, and the rendering of decisions.

pub mod english;
pub mod french;
mod lang;
mod months;
pub mod typography;

pub use english::English;
pub use french::French;
pub use lang::Lang;
pub use months::MONTHS;

use crate::currency::Currency;
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::time::{Date, Duration};

/// Which spaces stand inside a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Spaces {
    /// Plain ones, for programs and for what is laid out later.
    #[default]
    Plain,
    /// Those that keep a value on one line.
    NoBreak,
}

impl Spaces {
    /// Between groups of three digits.
    fn in_number(self) -> &'static str {
        match self {
            Spaces::Plain => " ",
            Spaces::NoBreak => "\u{202f}",
        }
    }

    /// Between a number and its unit.
    fn before_unit(self) -> &'static str {
        match self {
            Spaces::Plain => " ",
            Spaces::NoBreak => "\u{a0}",
        }
    }
}

/// The words that a language has for values.
pub trait Wording {
    /// A number: `3,5`, `80 000`; see [`places`].
    fn number(&self, value: &Ratio) -> String {
        self.decimal(&Decimal::rounded(value, places(value)).trimmed())
    }

    /// Where an answer changes: a number with all its decimals; one that no decimal equals as near as four of them come
    /// on the side that is asked for.
    fn near(&self, value: &Ratio, side: Direction) -> String {
        let places = places(value);
        if !is_rounded(value) {
            return self.decimal(&Decimal::rounded(value, places).trimmed());
        }
        let places = places.max(4);
        let ten = Ratio::from(10);
        let step = (0..places).try_fold(Ratio::one(), |step, _| step.div(&ten)).unwrap_or_else(Ratio::zero);
        let near = Rounding { step, direction: side }.apply(value);
        self.decimal(&Decimal::rounded(&near, places).trimmed())
    }

    /// A number as it is, `3,125`; one that no decimal equals as a fraction, `1/3`.
    fn exact(&self, value: &Ratio) -> String {
        match Decimal::exact(value) {
            Some(decimal) => self.decimal(&decimal),
            None => format!("{}/{}", value.numerator(), value.denominator()),
        }
    }

    /// A share, 1 being 100 %: `14,29 %`, `10 %`; see [`places`].
    fn percent(&self, value: &Ratio) -> String {
        self.with_percent(&self.number(&value.mul(&Ratio::from(100))))
    }

    /// An amount, with cents where it is not whole: `80 000 €`, `12,50 €`, `2 935 F CFP`; see [`places`].
    fn amount(&self, amount: &Ratio, currency: Currency) -> String {
        let places = match places(amount) {
            0 => 0,
            // Past the cents, so that no one takes it for what is paid.
            places if !ends(amount, places) => places.max(4),
            places => places.max(currency.decimals()),
        };
        self.with_sign(&Decimal::rounded(amount, places), currency)
    }

    /// `2 ans et 6 mois`.
    fn months(&self, months: &Ratio) -> String {
        match months.to_i64() {
            Some(months) => self.duration(Duration { months, days: 0 }),
            None => self.counted(months, Unit::Month),
        }
    }

    /// `10 jours`.
    fn days(&self, days: &Ratio) -> String {
        self.counted(days, Unit::Day)
    }

    /// `2 ans, 6 mois et 10 jours`; months that are negative are not broken into years.
    fn duration(&self, duration: Duration) -> String {
        let Duration { months, days } = duration;
        let (years, months) = if months < 0 { (0, months) } else { (months / 12, months % 12) };
        let mut parts = Vec::new();
        for (count, unit) in [(years, Unit::Year), (months, Unit::Month), (days, Unit::Day)] {
            if count != 0 {
                parts.push(self.counted(&Ratio::from(count), unit));
            }
        }
        match parts.as_slice() {
            [] => self.counted(&Ratio::zero(), Unit::Month),
            [only] => only.clone(),
            [rest @ .., last] => format!("{} {} {last}", rest.join(", "), self.and()),
        }
    }

    /// A number of units.
    fn counted(&self, count: &Ratio, unit: Unit) -> String {
        format!(
            "{}{}{}",
            self.number(count),
            self.spaces().before_unit(),
            self.unit(unit, self.is_plural(count))
        )
    }

    /// `mercredi 10 septembre 2025`: as time limits are written.
    fn weekday_date(&self, date: Date) -> String {
        format!("{} {}", self.weekday(date), self.date(date))
    }

    /// `1er janvier 2025`.
    fn date(&self, date: Date) -> String;

    /// Whether a noun counted by this number is in the plural.
    fn is_plural(&self, count: &Ratio) -> bool;

    /// A text of this language with the no-break spaces that its printers put.
    fn typography(&self, text: &str) -> String;

    /// Which spaces stand inside values.
    fn spaces(&self) -> Spaces;

    /// A decimal number in this language's signs.
    fn decimal(&self, decimal: &Decimal) -> String;

    /// A number followed by the sign of percentages.
    fn with_percent(&self, number: &str) -> String;

    /// An amount with the sign of its currency.
    fn with_sign(&self, amount: &Decimal, currency: Currency) -> String;

    /// The name of a unit of time.
    fn unit(&self, unit: Unit, plural: bool) -> &'static str;

    /// The day of the week.
    fn weekday(&self, date: Date) -> &'static str;

    /// What stands before the last of a list.
    fn and(&self) -> &'static str;
}

/// How many decimals a number is shown with: all that it has, up to [`MOST_PLACES`]; where it has more or no
/// end two, a half away from zero, or as many as it takes not to be shown as a whole number.
pub fn places(value: &Ratio) -> u8 {
    let whole = (0..=MOST_PLACES).find(|places| ends(value, *places));
    let told = || (2..=u8::MAX).find(|places| !Decimal::rounded(value, *places).is_whole());
    whole.or_else(told).unwrap_or(2)
}

/// Whether a number has no more than so many decimals.
fn ends(value: &Ratio, places: u8) -> bool {
    match value.machine() {
        // In lowest terms, the denominator alone tells.
        Some((_, den)) if places <= MOST_PLACES => 10i64.pow(places.into()) % den.get() == 0,
        Some(_) | None => (0..places).fold(value.clone(), |n, _| n.mul(&Ratio::from(10))).is_integer(),
    }
}

/// Whether a number, shown with the decimals that [`places`] gives it, is shown rounded.
pub fn is_rounded(value: &Ratio) -> bool {
    !ends(value, places(value))
}

/// Greatest number of decimals that are shown whole.
const MOST_PLACES: u8 = 6;

/// A unit of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Years.
    Year,
    /// Months.
    Month,
    /// Days.
    Day,
}

/// A number in decimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// At least one before the decimals.
    digits: String,
    /// How many of them are decimals.
    places: usize,
}

impl Decimal {
    /// A number to so many decimals, a half away from zero.
    pub fn rounded(value: &Ratio, places: u8) -> Decimal {
        let negative = value.signum() < 0;
        let digits = match value.machine() {
            // 10¹⁸ times a machine integer, doubled, fits.
            Some((num, den)) if places <= 18 => {
                let scaled = u128::from(num.unsigned_abs()) * 10u128.pow(places.into());
                let den = u128::from(den.get().unsigned_abs());
                ((2 * scaled + den) / (2 * den)).to_string()
            }
            Some(_) | None => {
                let scaled = (0..places).fold(value.abs(), |n, _| n.mul(&Ratio::from(10)));
                let unit = Rounding { step: Ratio::one(), direction: Direction::HalfAway };
                unit.apply(&scaled).numerator()
            }
        };
        Decimal::of_digits(negative, digits, places.into())
    }

    /// A number in all its decimals, where they end (and number no more than a file may write).
    pub fn exact(value: &Ratio) -> Option<Decimal> {
        let mut scaled = value.abs();
        for places in 0..=crate::limits::DIGITS {
            if scaled.is_integer() {
                return Some(Decimal::of_digits(value.signum() < 0, scaled.numerator(), places));
            }
            scaled = scaled.mul(&Ratio::from(10));
        }
        None
    }

    /// Whether all its decimals are zeros.
    fn is_whole(&self) -> bool {
        self.digits.bytes().rev().take(self.places).all(|digit| digit == b'0')
    }

    /// Without the zeros at its end.
    #[must_use]
    pub fn trimmed(mut self) -> Decimal {
        while self.places > 0 && self.digits.ends_with('0') {
            self.digits.pop();
            self.places -= 1;
        }
        self
    }

    /// With this sign before the decimals and this one between groups of three digits.
    pub fn written(&self, point: &str, group: &str) -> String {
        let (whole, fraction) = self.digits.split_at(self.digits.len().saturating_sub(self.places));
        let mut out = String::with_capacity(whole.len() * 2 + fraction.len() + 2);
        for (rank, digit) in whole.chars().enumerate() {
            if rank > 0 && (whole.len() - rank).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(point);
            out.push_str(fraction);
        }
        out
    }

    /// Its sign, where it has one: zero has none.
    pub fn sign(&self) -> &'static str {
        if self.negative { "-" } else { "" }
    }

    fn of_digits(negative: bool, digits: String, places: usize) -> Decimal {
        let negative = negative && digits.bytes().any(|digit| digit != b'0');
        let digits =
            if digits.len() > places { digits } else { format!("{digits:0>width$}", width = places + 1) };
        Decimal { negative, digits, places }
    }
}

/// The name of this rank, from 1.
fn name(names: &[&'static str], rank: i8) -> &'static str {
    usize::try_from(rank - 1).ok().and_then(|rank| names.get(rank)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
