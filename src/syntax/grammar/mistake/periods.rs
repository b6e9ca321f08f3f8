//! The days between which a value holds, as they are written elsewhere: « en 2025 », « du 1er janvier 2025 au … ».

use super::{Line, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::time::Date;
use crate::wording::MONTHS;
use crate::wording::{French, Spaces, Wording as _};

impl<'a> Line<'a> {
    /// What is said of a period that names no day, or names its days otherwise.
    pub(super) fn period(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        if !matches!(self.rule, Rule::period_line | Rule::in_force_line) {
            return None;
        }
        self.days_given(words).or_else(|| {
            (2..=6).rev().find_map(|count| {
                words.windows(count).find_map(|run| {
                    let said: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
                    let says = days_of(&said)?;
                    let span = run.first()?.0.to(run.last()?.0);
                    let message = "attendu une date entière".to_owned();
                    self.offer(("date-attendue", message), span, &says, vec![(span, says.clone())])
                })
            })
        })
    }

    /// `du D au E`
    fn days_given(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let from = words.iter().position(|(_, word)| matches!(*word, "du" | "de" | "entre"))?;
        let ends = |(_, word): &&(Span, &str)| matches!(*word, "au" | "à" | "et");
        let to = words.get(from + 1..)?.iter().find(ends)?;
        let from = words.get(from)?;
        let edits = vec![(from.0, "depuis le".to_owned()), (to.0, "jusqu'au".to_owned())];
        let message = format!("« {} … {} » s'écrit « depuis le … jusqu'au »", from.1, to.1);
        self.offer(("tournure", message), from.0, "depuis le … jusqu'au …", edits)
    }
}

/// The days that a year or a month stands for.
fn days_of(said: &[&str]) -> Option<String> {
    let year = |word: &str| (word.len() == 4).then(|| word.parse::<i16>().ok())?;
    let month = |word: &str| MONTHS.iter().position(|own| *own == word.to_lowercase());
    let day = |date: Date| French(Spaces::Plain).date(date);
    let (first, last) = match said {
        [.., name, of] if month(name).is_some() => {
            let month = i8::try_from(month(name)? + 1).ok()?;
            let first = Date::new(year(of)?, month, 1)?;
            (first, first.last_of_month())
        }
        [.., of] => (Date::new(year(of)?, 1, 1)?, Date::new(year(of)?, 12, 31)?),
        [] => return None,
    };
    let words = said.len()
        - if said.get(said.len().checked_sub(2)?).is_some_and(|w| month(w).is_some()) { 2 } else { 1 };
    match said.get(..words)? {
        ["depuis"]
        | ["depuis", "le"]
        | ["dès"]
        | ["depuis", "l'année"]
        | ["à", "partir" | "compter", "de" | "du"]
        | ["à", "partir" | "compter", "de", "l'année"]
        | ["à", "partir" | "compter", "du", "mois", "de"]
        | ["depuis", "le", "mois", "de"]
        | ["dès", "le", "mois", "de"] => Some(format!("depuis le {}", day(first))),
        ["jusqu'en"] | ["jusqu'à"] | ["jusqu'à", "fin"] | ["jusqu'au"] => {
            Some(format!("jusqu'au {}", day(last)))
        }
        ["en"] | ["pour"] | ["pour", "l'année"] => {
            Some(format!("depuis le {} jusqu'au {}", day(first), day(last)))
        }
        _ => None,
    }
}
