//! Over how long a figure is counted: « 1 800 euros par mois », « un revenu annuel inférieur à ».

use super::token::Token;
use super::{Mention, ends_sentence};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;

/// A period over which something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per {
    /// Its days, thirty to a month.
    pub days: i64,
    /// Whether the sentence names other periods too.
    pub among: bool,
}

/// The days of the period that a word names: « mensuel », « annuelles », « hebdomadaire ».
pub fn adjective(word: &str) -> Option<i64> {
    let starts = |starts: &str| word.starts_with(starts);
    match () {
        () if starts("quotidien") || starts("journali") => Some(1),
        () if starts("hebdomadaire") => Some(7),
        () if starts("mensuel") => Some(30),
        () if starts("trimestriel") => Some(90),
        () if starts("semestriel") => Some(180),
        () if starts("annuel") => Some(360),
        () => None,
    }
}

/// « par mois », « par an »: what stands after « par ».
pub fn noun(word: &str) -> Option<i64> {
    match word {
        "jour" | "journée" => Some(1),
        "semaine" => Some(7),
        "mois" => Some(30),
        "trimestre" => Some(90),
        "semestre" => Some(180),
        "an" | "année" => Some(360),
        _ => None,
    }
}

/// The days of the period that a name says its values are over: `revenu mensuel`, `consultations par an`, `repos du mois`.
pub fn named(name: &str) -> Option<i64> {
    let words: Vec<String> = name.split([' ', '\'']).map(str::to_lowercase).collect();
    let mut found = words.iter().enumerate().filter_map(|(at, word)| {
        let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", String::as_str);
        let by = before == "par" || at + 1 == words.len() && matches!(before, "du" | "l" | "la");
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
            let before = at.checked_sub(1).map_or("", word);
            let within = matches!(before, "l'" | "le" | "la") && at.checked_sub(2).map_or("", word) == "dans";
            noun(word(at)).filter(|_| within || matches!(before, "par" | "chaque" | "/"))
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
        } else if let Some(days) = said(at) {
            here.push((at, days));
        }
    }
    for mention in mentions {
        if !matches!(
            mention.quantity,
            Quantity::Euros(_)
                | Quantity::Francs(_)
                | Quantity::Count { .. }
                | Quantity::Hours(_)
                | Quantity::Days(_)
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
        mention.per = nearest
            .map(|(_, days)| Per { days: *days, among: periods.iter().any(|(_, other)| other != days) });
    }
}

/// A period, as it is said after a figure.
pub fn words(days: i64) -> String {
    match days {
        1 => "par jour".to_owned(),
        7 => "par semaine".to_owned(),
        30 => "par mois".to_owned(),
        90 => "par trimestre".to_owned(),
        180 => "par semestre".to_owned(),
        360 => "par an".to_owned(),
        days if days % 30 == 0 => format!("pour {} mois", days / 30),
        days => format!("pour {days} jours"),
    }
}

/// How many times the period of a figure goes into that of a rule; none where either is not known.
pub fn times(text: Option<Per>, rule: Option<i64>) -> Option<Ratio> {
    let (text, rule) = (text?, rule?);
    (text.days != rule).then(|| Ratio::from(rule).div(&Ratio::from(text.days)))?
}

#[cfg(test)]
mod tests {
    use super::super::Passage;
    use super::named;

    #[test]
    fn periods_of_figures() {
        for (text, days) in [
            ("un revenu mensuel inférieur à 1 800 euros", Some(30)),
            ("1 800 euros par mois", Some(30)),
            ("les ressources annuelles du foyer n'excèdent pas 21 600 euros", Some(360)),
            ("deux heures par jour", Some(1)),
            ("un loyer de 500 euros", None),
        ] {
            let passage = Passage::read(text, 0);
            let found = passage.mentions.iter().find_map(|mention| mention.per);
            assert_eq!(found.map(|per| per.days), days, "{text}");
        }
    }

    #[test]
    fn periods_of_names() {
        assert_eq!(named("revenu mensuel"), Some(30));
        assert_eq!(named("consultations par an"), Some(360));
        assert_eq!(named("suspensions de l'année"), Some(360));
        assert_eq!(named("âge en années"), None);
        assert_eq!(named("moyenne mensuelle du revenu annuel"), None);
    }
}
