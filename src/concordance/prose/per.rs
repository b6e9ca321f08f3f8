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

/// Finds the periods of amounts and counts: what stands after the figure, else the nearest word before it.
pub(super) fn find(tokens: &[Token], mentions: &mut [Mention]) {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let said = |at: usize| {
        adjective(word(at)).or_else(|| {
            let by = at.checked_sub(1).is_some_and(|at| matches!(word(at), "par" | "chaque" | "/"));
            noun(word(at)).filter(|_| by)
        })
    };
    for mention in mentions {
        if !matches!(mention.quantity, Quantity::Euros(_) | Quantity::Count { .. } | Quantity::Hours(_)) {
            continue;
        }
        let stops = |at: &usize| word(*at) != ";" && !ends_sentence(tokens, *at);
        let after: Vec<usize> = (mention.to..tokens.len()).take_while(stops).collect();
        let before: Vec<usize> = (0..mention.from).rev().take_while(stops).collect();
        let near = after.iter().take(4).take_while(|at| word(**at) != ",").find_map(|at| said(*at));
        let months = near.or_else(|| before.iter().find_map(|at| said(*at)));
        mention.per = months.map(|months| Per {
            months,
            among: before.iter().chain(&after).any(|at| said(*at).is_some_and(|other| other != months)),
        });
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
