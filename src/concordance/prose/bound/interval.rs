//! Two figures that bound one thing: « entre A et B », « de A à B ».

use super::super::figure::Figure;
use super::super::token::Token;
use super::{Said, comparison, word, word_before};
use crate::concordance::quantity::{Bound, Quantity};
use crate::syntax::tree::CompareOp::{Ge, Gt, Le, Lt};

/// « entre A et B », « de A à B », « A à B »: the bounds of both figures.
pub(super) fn interval(
    tokens: &[Token],
    figures: &[Figure],
    rank: usize,
    floor: usize,
) -> Option<(Said, Said)> {
    let first = figures.get(rank)?;
    let second = figures.get(rank + 1)?;
    if !of_one_sort(&first.quantity, &second.quantity) {
        return None;
    }
    let gap = tokens.get(first.to..second.from)?;
    let mut led = first.from;
    while led > floor && matches!(word_before(tokens, led), "le" | "la" | "les" | "l'" | "âge") {
        led -= 1;
    }
    let before = word_before(tokens, led);
    let sides = |low: Said, high: Said| {
        let ends = word(tokens, second.to);
        let high = match ends {
            "exclu" | "exclus" | "exclue" | "exclues" => {
                Said { bound: Bound::exact(Lt), to: Some(second.to + 1), between: false, ..high }
            }
            "inclus" | "incluse" | "incluses" | "compris" | "comprise" => {
                Said { bound: Bound::exact(Le), to: Some(second.to + 1), between: false, ..high }
            }
            _ => high,
        };
        Some((low, high))
    };
    let end_of = |bound| Said { bound, from: Some(second.from), to: None, between: true };
    if before == "entre" && led > floor && gap.iter().any(|token| token.text == "et") && gap.len() <= 6 {
        let start = led - 1;
        let start = if word_before(tokens, start).starts_with("compris") { start - 1 } else { start };
        let (low, high) = if word_before(tokens, start) == "strictement" {
            (Bound::exact(Gt), Bound::exact(Lt))
        } else if gap.iter().any(|token| token.text == "moins") {
            (Bound::exact(Ge), Bound::exact(Lt))
        } else if matches!(first.quantity, Quantity::Hours(_)) {
            // « entre 22 heures et 6 heures »: an instant, of either side.
            (Bound::loose(Ge), Bound::loose(Le))
        } else {
            (Bound::exact(Ge), Bound::exact(Le))
        };
        let low = Said { bound: low, from: Some(start), to: None, between: true };
        return sides(low, Said { from: None, ..end_of(high) });
    }
    let link = gap.iter().position(|token| token.is(&["à", "au", "jusqu'"]))?;
    let quiet = gap
        .iter()
        .take(link)
        .all(|token| token.is_word() && !token.is(&["et", "ou", "puis", "dont", "est", "par"]));
    if link > 3
        || !quiet
        || !gap
            .iter()
            .skip(link + 1)
            .all(|token| token.is(&["moins", "de", "d'", "le", "la", "à", "plus", "l'"]))
    {
        return None;
    }
    let verb = led.checked_sub(2).map_or("", |at| word(tokens, at));
    let moved = ["port", "ramen", "pass", "rédui", "élev", "relev", "abaiss", "augment"];
    if matches!(before, "de" | "du" | "d'") && moved.iter().any(|start| verb.starts_with(start)) {
        return None;
    }
    // « moins de 5 ans à 10 ans », « plus de 5 000 et jusqu'à 10 000 »: the first has words of its own.
    if comparison(tokens, first.from, floor).is_some() {
        return None;
    }
    if !matches!(before, "de" | "du" | "d'") && link > 0 {
        return None;
    }
    let high =
        if gap.iter().any(|token| token.text == "moins") { Bound::exact(Lt) } else { Bound::exact(Le) };
    let low = Said {
        bound: Bound::exact(Ge),
        from: Some(led.saturating_sub(1).max(floor)),
        to: None,
        between: true,
    };
    sides(low, Said { from: Some(first.to + link), between: high.op == Le, ..end_of(high) })
}

fn of_one_sort(first: &Quantity, second: &Quantity) -> bool {
    std::mem::discriminant(first) == std::mem::discriminant(second)
        || (first.is_time() && second.is_time())
        || (first.is_date() && second.is_date())
}
