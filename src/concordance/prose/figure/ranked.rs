//! Ranks: « le 3e enfant », « la troisième année », « le deuxième jour ouvré ».

use super::{Figure, unit, word};
use crate::concordance::prose::number::{cardinal, rank};
use crate::concordance::prose::token::{Kind, Token};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;

/// Whether a number in digits stands before a word.
fn is_counted(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_some_and(|token| matches!(token.kind, Kind::Number(_)))
}

/// « le 3e enfant », « la troisième année ».
pub(super) fn ranked(tokens: &[Token], at: usize) -> Option<Figure> {
    let token = tokens.get(at)?;
    let (value, at_last) = match &token.kind {
        // « au 1° du II » numbers a part of a text.
        Kind::Rank(_) if token.text.ends_with('°') => return None,
        Kind::Rank(rank) => (*rank, at),
        // « vingt et unième ».
        Kind::Word if word(tokens, at + 1) == "et" && word(tokens, at + 2) == "unième" => {
            (cardinal(tokens, at)?.0.to_i64()? + 1, at + 2)
        }
        // « les 25 premiers hectares ».
        Kind::Word if matches!(token.text.as_str(), "premiers" | "premières") && is_counted(tokens, at) => {
            return None;
        }
        Kind::Word => (rank(&token.text)?, at),
        Kind::Number(_) | Kind::Sign => return None,
    };
    let from = at;
    let at = at_last;
    let (quantity, to) = match word(tokens, at + 1) {
        "an" | "année" | "anniversaire" => (Quantity::Months(Ratio::from(value.checked_mul(12)?)), at + 2),
        "mois" => (Quantity::Months(Ratio::from(value)), at + 2),
        "jour" => unit(tokens, &Ratio::from(value), at + 1),
        "semaine" => (Quantity::Days(Ratio::from(value.checked_mul(7)?)), at + 2),
        // « entre le onzième et le treizième mois »: the unit comes once.
        next => {
            let bare = matches!(next, "et" | "ou" | "à" | "au");
            (Quantity::Count { value: Ratio::from(value), bare }, at + 1)
        }
    };
    Some(Figure { quantity, from, to, weak: true })
}
