//! Over how long a figure is counted: « 1 800 euros par mois », « un revenu annuel inférieur à ».

use super::token::Token;
use super::{Mention, ends_sentence};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;

/// A period over which something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per {
    /// Its months.
    pub months: i64,
    /// Whether the sentence names other periods too.
    pub among: bool,
}

/// The months of the period that a word names: « mensuel », « annuelles ».
fn adjective(word: &str) -> Option<i64> {
    let starts = |start: &str| word.starts_with(start);
    if starts("mensuel") || starts("mensuell") {
        Some(1)
    } else if starts("trimestriel") {
        Some(3)
    } else if starts("semestriel") {
        Some(6)
    } else if starts("annuel") {
        Some(12)
    } else {
        None
    }
}

/// « par mois », « par an »: what stands after « par ».
fn noun(word: &str) -> Option<i64> {
    match word {
        "mois" => Some(1),
        "trimestre" => Some(3),
        "semestre" => Some(6),
        "an" | "année" => Some(12),
        _ => None,
    }
}

/// The months of the period that a name says its values are over: `revenu mensuel`, `consultations par an`.
pub fn named(name: &str) -> Option<i64> {
    let words: Vec<String> = name.split([' ', '\'']).map(str::to_lowercase).collect();
    let mut found = words.iter().enumerate().filter_map(|(at, word)| {
        let by = at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|by| by == "par");
        adjective(word).or_else(|| noun(word).filter(|_| by))
    });
    let first = found.next();
    if found.next().is_some() { None } else { first }
}

/// How far after a figure its period may stand, in tokens.
const AFTER: usize = 4;

/// Finds the periods of amounts and counts: what stands right after the figure, else the nearest word before it.
pub(super) fn find(tokens: &[Token], mentions: &mut [Mention]) {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let said = |at: usize| {
        adjective(word(at)).or_else(|| {
            let by = at.checked_sub(1).is_some_and(|at| matches!(word(at), "par" | "chaque" | "/"));
            noun(word(at)).filter(|_| by)
        })
    };
    // Each sentence once: its words of period, in order.
    let mut from = 0;
    let mut sentences: Vec<(usize, Vec<(usize, i64)>)> = Vec::new();
    let mut here: Vec<(usize, i64)> = Vec::new();
    for at in 0..=tokens.len() {
        if at == tokens.len() || word(at) == ";" || ends_sentence(tokens, at) {
            sentences.push((from, std::mem::take(&mut here)));
            from = at + 1;
        } else if let Some(months) = said(at) {
            here.push((at, months));
        }
    }
    for mention in mentions {
        if !matches!(
            mention.quantity,
            Quantity::Euros(_) | Quantity::Francs(_) | Quantity::Count { .. } | Quantity::Hours(_)
        ) {
            continue;
        }
        let rank = sentences.partition_point(|(from, _)| *from <= mention.from).saturating_sub(1);
        let Some((_, periods)) = sentences.get(rank) else { continue };
        let before = periods.partition_point(|(at, _)| *at < mention.from);
        let after = periods.partition_point(|(at, _)| *at < mention.to);
        let near = periods
            .get(after)
            .filter(|(at, _)| *at < mention.to + AFTER && !(mention.to..*at).any(|at| word(at) == ","));
        let nearest = near.or_else(|| before.checked_sub(1).and_then(|at| periods.get(at)));
        mention.per = nearest.map(|(_, months)| Per {
            months: *months,
            among: periods.iter().any(|(_, other)| other != months),
        });
    }
}

/// A period, as it is said after a figure.
pub fn words(months: i64) -> String {
    match months {
        1 => "par mois".to_owned(),
        3 => "par trimestre".to_owned(),
        6 => "par semestre".to_owned(),
        12 => "par an".to_owned(),
        months => format!("pour {months} mois"),
    }
}

/// How many times the period of a figure goes into that of a rule; none where either is not known.
pub fn times(text: Option<Per>, rule: Option<i64>) -> Option<Ratio> {
    let (text, rule) = (text?, rule?);
    (text.months != rule).then(|| Ratio::from(rule).div(&Ratio::from(text.months)))?
}

#[cfg(test)]
mod tests {
    use super::super::Passage;
    use super::named;

    #[test]
    fn periods_of_figures() {
        for (text, months) in [
            ("un revenu mensuel inférieur à 1 800 euros", Some(1)),
            ("1 800 euros par mois", Some(1)),
            ("les ressources annuelles du foyer n'excèdent pas 21 600 euros", Some(12)),
            ("un loyer de 500 euros", None),
        ] {
            let passage = Passage::read(text, 0);
            let found = passage.mentions.iter().find_map(|mention| mention.per);
            assert_eq!(found.map(|per| per.months), months, "{text}");
        }
    }

    #[test]
    fn periods_of_names() {
        assert_eq!(named("revenu mensuel"), Some(1));
        assert_eq!(named("consultations par an"), Some(12));
        assert_eq!(named("âge en années"), None);
        assert_eq!(named("moyenne mensuelle du revenu annuel"), None);
    }
}
