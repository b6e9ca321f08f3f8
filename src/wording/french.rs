//! Values as French prints them.

use super::{Decimal, Spaces, Unit, Wording, name};
use crate::currency::Currency;
use crate::number::Ratio;
use crate::time::Date;

mod leaning;
mod noun;

pub use leaning::{leans, lowered};
pub use noun::{is_feminine, of_the, ranked, singular};

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// French words for values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct French(pub Spaces);

impl Wording for French {
    fn date(&self, date: Date) -> String {
        let first = if date.day() == 1 { "er" } else { "" };
        format!("{}{first} {} {}", date.day(), name(&super::MONTHS, date.month()), date.year())
    }

    fn is_plural(&self, count: &Ratio) -> bool {
        count.abs() >= Ratio::from(2)
    }

    fn typography(&self, text: &str) -> String {
        super::typography::french(text)
    }

    fn spaces(&self) -> Spaces {
        self.0
    }

    fn decimal(&self, decimal: &Decimal) -> String {
        [decimal.sign(), &decimal.written(",", self.0.in_number())].concat()
    }

    fn with_percent(&self, number: &str) -> String {
        [number, self.0.before_unit(), "%"].concat()
    }

    fn with_sign(&self, amount: &Decimal, currency: Currency) -> String {
        let sign = currency.sign().replace(' ', self.0.before_unit());
        [&self.decimal(amount), self.0.before_unit(), &sign].concat()
    }

    fn unit(&self, unit: Unit, plural: bool) -> &'static str {
        match (unit, plural) {
            (Unit::Year, false) => "an",
            (Unit::Year, true) => "ans",
            (Unit::Month, _) => "mois",
            (Unit::Day, false) => "jour",
            (Unit::Day, true) => "jours",
        }
    }

    fn weekday(&self, date: Date) -> &'static str {
        name(&DAYS, date.weekday())
    }

    fn and(&self) -> &'static str {
        "et"
    }
}

/// So many of something: « 1 point », « 1 317 dossiers ». Zero and one are singular.
pub fn several(n: usize, one: &str, many: &str) -> String {
    let count = i64::try_from(n).unwrap_or(i64::MAX);
    format!("{} {}", French::default().number(&Ratio::from(count)), if n > 1 { many } else { one })
}

/// Words that may end in « de » or « que », and what they stand before: « plus d'inscrits », « autre
/// qu'Agen ». An h stays as it is: only a dictionary tells which are mute; and so do capitals in a row.
pub fn before(words: &str, what: &str) -> String {
    let vowel = |c: char| "aàâæeéèêëiîïoôœuùûü".contains(c.to_lowercase().next().unwrap_or(c));
    let mut letters = what.trim_start_matches(['«', ' ']).chars();
    let elides = letters.next().is_some_and(vowel) && !letters.next().is_some_and(char::is_uppercase);
    match words.strip_suffix('e') {
        Some(stem)
            if elides
                && ["de", "que"]
                    .iter()
                    .any(|link| words == *link || words.ends_with(&format!(" {link}"))) =>
        {
            format!("{stem}'{what}")
        }
        _ => format!("{words} {what}"),
    }
}

#[cfg(test)]
mod tests;
