//! Figures that are one, or that share a unit: « 63 ans et neuf mois », « entre 50 000 et 100 000 euros ».

use super::{Figure, word};
use crate::concordance::prose::number::cardinal;
use crate::concordance::prose::token::{Kind, Token};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;
use crate::time::Duration;

/// « 63 ans et neuf mois », « 2 ans, 6 mois et 10 jours », « 12 euros et 50 centimes »: one figure.
pub(super) fn join_times(tokens: &[Token], found: &mut Vec<Figure>) {
    let mut joined: Vec<Figure> = Vec::with_capacity(found.len());
    for figure in found.drain(..) {
        if let Some(last) = joined.last_mut()
            && let Some(gap) = tokens.get(last.to..figure.from)
            && gap.len() <= 1
            && gap.iter().all(|token| token.is(&["et", ","]))
            && !last.weak
            && let Some(sum) = sum(tokens, last, &figure)
        {
            last.quantity = sum;
            last.to = figure.to;
            continue;
        }
        joined.push(figure);
    }
    *found = joined;
}

fn sum(tokens: &[Token], first: &Figure, second: &Figure) -> Option<Quantity> {
    let last_unit = |figure: &Figure| figure.to.checked_sub(1).map_or("", |at| word(tokens, at));
    let years = last_unit(first).starts_with("an");
    match (&first.quantity, &second.quantity) {
        // « 55 ans, 685 jours »: what follows is less than the unit before it, or counts something else.
        (Quantity::Months(a), Quantity::Months(b))
            if years && last_unit(second) == "mois" && *b < Ratio::from(12) =>
        {
            Some(Quantity::Months(a.add(b)))
        }
        (Quantity::Months(a), Quantity::Days(b)) if *b < Ratio::from(32) => {
            Some(Quantity::Mixed(Duration { months: a.to_i64()?, days: b.to_i64()? }))
        }
        (Quantity::Euros(a), Quantity::Euros(b)) if last_unit(second).starts_with("centime") => {
            Some(Quantity::Euros(a.add(b)))
        }
        (Quantity::Euros(a), Quantity::Count { value, bare: true })
            if first.to == second.from
                && *value < Ratio::from(100)
                // « 24 430 € 35 Supérieure à »: the next cell of a table.
                && *a < Ratio::from(1_000)
                && !tokens.get(second.from).is_some_and(|token| token.opens)
                && !tokens.get(second.to).is_some_and(|next| next.capital || next.opens) =>
        {
            Some(Quantity::Euros(a.add(&value.div(&Ratio::from(100))?)))
        }
        _ => None,
    }
}

/// « entre 50 000 et 100 000 euros », « de 3 à 6 mois »: the unit said once is that of both.
pub(super) fn share_units(tokens: &[Token], found: &mut [Figure]) {
    for rank in (1..found.len()).rev() {
        let (head, tail) = found.split_at_mut(rank);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first()) else { continue };
        let Quantity::Count { value, bare: true } = &first.quantity else { continue };
        let Some(gap) = tokens.get(first.to..second.from) else { continue };
        let linked = gap.first().is_some_and(|token| token.is(&["et", "à", "ou"]))
            && gap
                .iter()
                .skip(1)
                .all(|token| token.is(&["de", "moins", "plus", "d'", "à", "le", "la", "l'", "leur", "son"]));
        // « de 51 à 150 et de 2 800 € »: the end of a line, and the value of the next.
        let ends_line = gap.len() > 1
            && gap.first().is_some_and(|token| token.is(&["et"]))
            && first.from.checked_sub(1).is_some_and(|at| word(tokens, at) == "à");
        if !linked || ends_line || second.to == second.from + 1 {
            continue;
        }
        let unit_at = second.to - 1;
        let scaled = |by: i64| value.mul(&Ratio::from(by));
        let shared = match &second.quantity {
            Quantity::Euros(_) => Quantity::Euros(value.clone()),
            Quantity::Francs(_) => Quantity::Francs(value.clone()),
            Quantity::Percent(_) => match value.div(&Ratio::from(100)) {
                Some(value) => Quantity::Percent(value),
                None => continue,
            },
            Quantity::Months(_) => match word(tokens, unit_at) {
                "mois" => Quantity::Months(value.clone()),
                "an" | "ans" | "année" | "années" | "anniversaire" => Quantity::Months(scaled(12)),
                "trimestre" | "trimestres" => Quantity::Months(scaled(3)),
                "semestre" | "semestres" => Quantity::Months(scaled(6)),
                _ => continue,
            },
            Quantity::Days(_) => match word(tokens, unit_at) {
                "semaine" | "semaines" => Quantity::Days(scaled(7)),
                _ => Quantity::Days(value.clone()),
            },
            Quantity::Hours(_) => Quantity::Hours(value.clone()),
            _ => continue,
        };
        first.quantity = shared;
    }
}

/// « vingt-quatre heures sur vingt-quatre », « sept jours sur sept », « 24/24 »: always, and no figure.
pub(super) fn weaken_rounds(tokens: &[Token], found: &mut [Figure]) {
    for rank in 1..found.len() {
        let (head, tail) = found.split_at_mut(rank);
        let (Some(first), Some(second)) = (head.last_mut(), tail.first_mut()) else { continue };
        // « 7 j / 7 »: a unit that is cut short may stand between.
        let gap = tokens.get(first.to..second.from).unwrap_or_default();
        let ([link] | [_, link]) = gap else { continue };
        let counted = last_number(tokens, first);
        if link.is(&["sur", "/"]) && counted.is_some() && counted == last_number(tokens, second) {
            first.weak = true;
            second.weak = true;
        }
    }
}

/// How many units a figure is written as.
fn last_number(tokens: &[Token], figure: &Figure) -> Option<Ratio> {
    match &tokens.get(figure.from)?.kind {
        Kind::Number(value) => Some(value.clone()),
        Kind::Word => cardinal(tokens, figure.from).map(|(value, _)| value),
        Kind::Rank(_) | Kind::Sign => None,
    }
}
