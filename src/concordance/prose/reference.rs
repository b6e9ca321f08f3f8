//! Numbers that point to a text: « article 3 », « le décret n° 2019-774 du 24 juillet 2019 », « au 2° du I ».

use super::figure::Figure;
use super::token::{Kind, Token};
use crate::concordance::lexicon::{DATED, PARTS};

/// Figures that are no references, and how many of the passage were.
pub fn without(tokens: &[Token], figures: Vec<Figure>) -> Vec<Figure> {
    let mut kept = Vec::with_capacity(figures.len());
    let mut pointed_to: Option<usize> = None;
    for figure in figures {
        let chained = pointed_to.is_some_and(|end| {
            tokens.get(end..figure.from).is_some_and(|gap| gap.iter().all(links_references))
        });
        if chained && !figure.quantity.is_date() && bare(&figure)
            || points(tokens, &figure)
            || dates_a_text(tokens, &figure)
        {
            pointed_to = Some(figure.to);
        } else {
            kept.push(figure);
        }
    }
    kept
}

fn bare(figure: &Figure) -> bool {
    figure.to == figure.from + 1
}

fn links_references(token: &Token) -> bool {
    token.is(&[
        ",", "et", "à", "ou", "au", "aux", "°", "-", "–", "de", "du", "des", "l'", "la", "i", "ii", "iii",
        "iv", "v", "a", "b", "c", "bis", "ter", "l", "r", "d", ".", "l.", "articles", "article", "alinéas",
        "alinéa", "même", "ainsi", "que",
    ]) || matches!(token.kind, Kind::Rank(_))
}

fn points(tokens: &[Token], figure: &Figure) -> bool {
    let mut at = figure.from;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
        if before.is(&PARTS) {
            // « le point 3 », but « 3 points ».
            return true;
        }
        if !(before.is(&["°", ".", "er", "-", "le", "de"]) || (before.is(&["l", "r", "d"]))) {
            return false;
        }
        // « n° 12 », « art. 12 », « L. 1411-11 »: the sign stands between.
        if before.is(&["le", "de"]) {
            return false;
        }
        at -= 1;
    }
    false
}

/// « la loi du 24 juillet 2019 », « le décret n° 2020-12 du 3 mars 2020 ».
fn dates_a_text(tokens: &[Token], figure: &Figure) -> bool {
    if !figure.quantity.is_date() {
        return false;
    }
    let mut at = figure.from;
    for _ in 0..14 {
        let Some(before) = at.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
        if before.is(&DATED) {
            return true;
        }
        let passes = before.is(&[
            "du",
            "le",
            "n",
            "n°",
            "°",
            "no",
            "-",
            "date",
            "en",
            "modifié",
            "modifiée",
            "susvisé",
            "susvisée",
            "ministériel",
            "national",
            "nationale",
            "interministériel",
            "collectif",
            "collective",
            "organique",
            "européen",
            "(",
            "ue",
            ")",
            "de",
            "la",
            "dans",
            "sa",
            "issue",
            "et",
            "du",
        ]) || matches!(before.kind, Kind::Number(_) | Kind::Rank(_));
        if !passes {
            return false;
        }
        at -= 1;
    }
    false
}
