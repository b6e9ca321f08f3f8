//! Words that make of a rule an aim or a faculty: « objectif », « à terme », « cible », « peut ».

use super::token::{Token, fits};
use crate::concordance::lexicon::{
    AIMS, ASKS, AUTHORITIES, BENEFITS, FACULTIES, GIVEN, NO_AIMS as OTHERWISE,
};

/// A word that says an aim or a faculty, and what it bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// Its first token.
    pub at: usize,
    /// One past its last token.
    pub to: usize,
    /// First token of what it bears on.
    pub from: usize,
    /// One past the last.
    pub until: usize,
    /// « peut », « le cas échéant », « éventuellement »: what they leave free is what is to be done, never the
    /// figure that is done by.
    pub faculty: bool,
}

/// How long « s'il l'estime utile » may be, in tokens.
const INCISED: usize = 12;

/// All words of aim and faculty of a passage.
pub fn aims(tokens: &[Token]) -> Vec<Aim> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if let Some(to) = fits(tokens, at, &AIMS) {
            if !means_otherwise(tokens, at) {
                let (from, until) = segment(tokens, at);
                // « deux jours par mois, autant que possible le dimanche »: of what follows.
                let comma = |at: usize| tokens.get(at).is_some_and(|token| token.text == ",");
                let follows = at > from && comma(at - 1) && !comma(to) && to < until;
                let from = if follows { at } else { from };
                found.push(Aim { at, to, from, until, faculty: false });
            }
        } else if let Some(to) = fits(tokens, at, &FACULTIES)
            && !is_denied(tokens, at)
            && !gives(tokens, at, incised(tokens, to))
        {
            let after = incised(tokens, to);
            let (_, until) = segment(tokens, at);
            let verb = tokens
                .get(at)
                .is_some_and(|token| token.text.starts_with("p") && !token.text.starts_with("poss"));
            // « peut » bears on what follows it, up to the condition; « possible » on what stands beside it.
            let (start, _) = segment(tokens, at);
            let passive = tokens.get(after).is_some_and(|token| token.text == "être");
            let (from, until) = if verb && passive {
                // « une convention peut être conclue »: what is left free is the subject.
                (start, until.min(condition(tokens, after)))
            } else if verb || to > at + 1 {
                (after, until.min(condition(tokens, after)))
            } else {
                (start.max(at.saturating_sub(4)), (at + 3).min(until))
            };
            found.push(Aim { at, to, from, until, faculty: true });
        }
    }
    found
}

fn means_otherwise(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|before| before.is(&OTHERWISE))
}

/// « ne peut excéder »: an order.
fn is_denied(tokens: &[Token], at: usize) -> bool {
    (1..=2).any(|back| {
        at.checked_sub(back)
            .and_then(|at| tokens.get(at))
            .is_some_and(|before| before.is(&["ne", "n'", "seul", "seuls", "seules", "seule"]))
    })
}

/// « peut, s'il l'estime utile, demander »: what stands between the commas is passed over.
fn incised(tokens: &[Token], to: usize) -> usize {
    let comma = |at: usize| tokens.get(at).is_some_and(|token| token.text == ",");
    if !comma(to) {
        return to;
    }
    (to + 1..to + INCISED).find(|at| comma(*at)).map_or(to, |end| end + 1)
}

/// « peut bénéficier », « peuvent être accordées »: what is free is the gift, not its conditions. An authority
/// that may ask for something leaves it free.
fn gives(tokens: &[Token], at: usize, to: usize) -> bool {
    // « l'agence peut demander au titulaire »: whatever follows.
    if tokens.get(to).is_some_and(|verb| verb.is(&ASKS)) && authority(tokens, at) {
        return false;
    }
    let mut near = tokens.iter().skip(to).take(4).take_while(|token| token.is_word());
    near.any(|token| {
        (token.is(&BENEFITS) && !(token.is(&ASKS) && authority(tokens, at)))
            || GIVEN.iter().any(|start| token.text.starts_with(start))
    })
}

fn authority(tokens: &[Token], at: usize) -> bool {
    let near = tokens.get(at.saturating_sub(6)..at).unwrap_or_default();
    near.iter().any(|token| token.is(&AUTHORITIES))
}

fn condition(tokens: &[Token], from: usize) -> usize {
    let ends = |token: &Token| token.is(&["si", "s'", "lorsque", "lorsqu'", "quand", "que", "qu'"]);
    tokens.iter().skip(from).position(ends).map_or(tokens.len(), |length| from + length)
}

/// The sentence around a token, or what stands between parentheses with it.
fn segment(tokens: &[Token], at: usize) -> (usize, usize) {
    let mut from = at;
    while let Some(before) = from.checked_sub(1).and_then(|at| tokens.get(at)) {
        if before.is(&["(", ")", "[", "]", ";"]) || super::ends_sentence(tokens, from - 1) {
            break;
        }
        from -= 1;
    }
    let mut until = at;
    while let Some(here) = tokens.get(until) {
        if here.is(&["(", ")", "[", "]", ";"]) || super::ends_sentence(tokens, until) {
            break;
        }
        until += 1;
    }
    (from, until)
}
