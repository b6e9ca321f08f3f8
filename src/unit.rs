//! What an amount or a number is counted by: « par mois », « en ha ». Known where texts are checked, and of the answers of
//! a dossier; nothing is worked out with it.

use std::fmt;

/// A unit that numbers are counted in, or amounts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit(u8);

/// One and several of each, as French writes them, and as English and programs do.
const UNITS: [(&str, &str, &str); 14] = [
    ("mois", "mois", "month"),
    ("trimestre", "trimestres", "quarter"),
    ("an", "ans", "year"),
    ("jour", "jours", "day"),
    ("heure", "heures", "hour"),
    ("ha", "ha", "ha"),
    ("m²", "m²", "m²"),
    ("m³", "m³", "m³"),
    ("m", "m", "m"),
    ("km", "km", "km"),
    ("kg", "kg", "kg"),
    ("t", "t", "t"),
    ("kWh", "kWh", "kWh"),
    ("litre", "litres", "litre"),
];

impl Unit {
    /// A month.
    pub const MONTH: Unit = Unit(0);
    /// A quarter.
    pub const QUARTER: Unit = Unit(1);
    /// A year.
    pub const YEAR: Unit = Unit(2);
    /// A day.
    pub const DAY: Unit = Unit(3);

    /// The unit that a word names.
    pub fn named(word: &str) -> Option<Unit> {
        let rank = UNITS.iter().position(|(one, several, _)| *one == word || *several == word)?;
        u8::try_from(rank).ok().map(Unit)
    }

    /// How many months it is, where it is some.
    pub fn months(self) -> Option<i64> {
        match self {
            Unit::MONTH => Some(1),
            Unit::QUARTER => Some(3),
            Unit::YEAR => Some(12),
            _ => None,
        }
    }

    /// `mois`, `an`, `ha`: as it stands after « par ».
    pub fn one(self) -> &'static str {
        UNITS.get(usize::from(self.0)).map_or("", |(one, ..)| one)
    }

    /// `heures`, `ha`: as it stands after « en ».
    pub fn several(self) -> &'static str {
        UNITS.get(usize::from(self.0)).map_or("", |(_, several, _)| several)
    }

    /// `month`, `ha`: its name for programs, and in English.
    pub fn key(self) -> &'static str {
        UNITS.get(usize::from(self.0)).map_or("", |(.., key)| key)
    }
}

/// What an amount or a number is counted in, and by: « par mois », « en ha », « € par ha ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Whether it is an amount.
    pub money: bool,
    /// `en ha`.
    pub of: Option<Unit>,
    /// `par mois`.
    pub per: Option<Unit>,
}

impl Measure {
    /// What a type or a literal says of itself: `montant par mois ≥ 0 €`, `nombre en ha`, `12 € par ha`, `3 kg par ha`.
    pub fn read(written: &str) -> Option<Measure> {
        let words: Vec<&str> = written.split_whitespace().collect();
        let money = words.first() == Some(&"montant") || words.iter().any(|word| is_money(word));
        let by = words.iter().position(|word| *word == "par");
        let per = by.and_then(|at| Unit::named(words.get(at + 1)?));
        let of = match words.as_slice() {
            ["nombre", "en", unit, ..] => Unit::named(unit),
            ["nombre" | "montant", ..] => None,
            _ if money => None,
            words => words.get(..by.unwrap_or(words.len())).and_then(|words| Unit::named(words.last()?)),
        };
        // « 3 mois » is a duration.
        let of = of.filter(|unit| unit.months().is_none() && *unit != Unit::DAY);
        (of.is_some() || per.is_some()).then_some(Measure { money, of, per })
    }

    /// What follows a figure in English: ` ha`, ` months`, ` per month`.
    pub fn english(self) -> String {
        let of = self.of.map_or(String::new(), |of| match of.key() {
            word @ ("month" | "hour" | "litre") => format!(" {word}s"),
            symbol => format!(" {symbol}"),
        });
        of + &self.per.map_or(String::new(), |per| format!(" per {}", per.key()))
    }

    /// Whether two differ only by the periods that they are counted by, which convert into one another.
    pub fn converts(self, other: Measure) -> bool {
        let months = |measure: Measure| measure.per.and_then(Unit::months);
        self.money == other.money
            && self.of == other.of
            && self.per != other.per
            && months(self).is_some()
            && months(other).is_some()
    }
}

/// « 12€ », « € », « F » after a figure.
fn is_money(word: &str) -> bool {
    word.ends_with('€')
        || word.strip_suffix('F').is_some_and(|figure| figure.bytes().all(|b| b.is_ascii_digit()))
}

impl fmt::Display for Measure {
    /// What follows a figure: ` ha`, ` par mois`, ` kg par ha`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(of) = self.of {
            write!(f, " {}", of.several())?;
        }
        match self.per {
            Some(per) => write!(f, " par {}", per.one()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, Unit};

    #[test]
    fn what_is_written_says_its_measure() {
        let money = |per| Some(Measure { money: true, of: None, per: Some(per) });
        let count = |of, per| Some(Measure { money: false, of: Unit::named(of), per });
        for (written, measure) in [
            ("1 000 € par mois", money(Unit::MONTH)),
            ("3 600 € par an", money(Unit::YEAR)),
            ("12€ par ha", Unit::named("ha").and_then(money)),
            ("montant par jour ≥ 0 €", money(Unit::DAY)),
            ("nombre en ha ≥ 0", count("ha", None)),
            ("12,5 heures", count("heures", None)),
            ("3 kg par ha", count("kg", Unit::named("ha"))),
            ("montant ≥ 0 €", None),
            ("nombre", None),
            ("12 €", None),
            ("12", None),
            ("6 mois", None),
        ] {
            assert_eq!(Measure::read(written), measure, "{written}");
        }
    }
}
