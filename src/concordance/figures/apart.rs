//! A time added to one of two dates, where the passage says otherwise: `reçue le ≤ congé + 30 jours` and « reçue au moins
//! trente jours avant le congé ».

use crate::concordance::order::told_apart;
use crate::concordance::prose::token::Token;
use crate::concordance::prose::{self, Passage};
use crate::concordance::quantity::{holds_at_bound, is_floor};
use crate::concordance::rule::{Event, Mention};
use crate::concordance::words::{same, stem};

/// How far what a time is counted from, or to, may be named, in tokens.
const NEAR: usize = 7;

/// `X ≤ Y + 30 jours`, as it is written.
struct Written<'w> {
    /// The date that stands alone.
    bare: &'w str,
    /// The date that the time is added to, or taken off.
    shifted: &'w str,
    time: &'w str,
    /// It is added.
    adds: bool,
    /// The date that is alone is not the earlier one: `X ≥ Y + 30 jours`.
    least: bool,
    /// The date that is alone stands on the left.
    bare_first: bool,
    sign: &'static str,
}

/// The sign that compares the same way round, or the other one, with its bound or without.
fn sign(least: bool, bound: bool) -> &'static str {
    match (least, bound) {
        (true, true) => "≥",
        (true, false) => ">",
        (false, true) => "≤",
        (false, false) => "<",
    }
}

impl<'w> Written<'w> {
    fn of(written: &'w str) -> Option<Self> {
        let mut found = ["≤", "<", "≥", ">"].into_iter().filter_map(|sign| {
            let (left, right) = written.split_once(&format!(" {sign} "))?;
            Some((sign, left, right))
        });
        let (sign, left, right) =
            found.next().filter(|_| written.matches(['≤', '<', '≥', '>']).count() == 1)?;
        let shift = |side: &'w str| {
            let added = side.split_once(" + ").map(|(date, time)| (date, time, true));
            added.or_else(|| side.split_once(" - ").map(|(date, time)| (date, time, false)))
        };
        let ((shifted, time, adds), bare, bare_first) = match (shift(left), shift(right)) {
            (Some(shifted), None) => (shifted, right, false),
            (None, Some(shifted)) => (shifted, left, true),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        let plain = |side: &str| [" + ", " - ", " × ", " ÷ ", "("].iter().all(|sign| !side.contains(sign));
        let counted = time.starts_with(|c: char| c.is_ascii_digit());
        let least = matches!(sign, "≥" | ">") == bare_first;
        (counted && [bare, shifted, time].into_iter().all(plain)).then_some(Written {
            bare,
            shifted,
            time,
            adds,
            least,
            bare_first,
            sign,
        })
    }

    /// `X ≤ Y` with the time where it is said to stand.
    fn with(&self, sign: &str, on_shifted: bool) -> String {
        let (mut bare, mut shifted) = (self.bare.to_owned(), self.shifted.to_owned());
        let moved = if on_shifted { &mut shifted } else { &mut bare };
        *moved = format!("{moved} + {}", self.time);
        if self.bare_first { format!("{bare} {sign} {shifted}") } else { format!("{shifted} {sign} {bare}") }
    }

    /// The sign for this way round, as it stands in what is written.
    fn sign(&self, least: bool, bound: bool) -> &'static str {
        sign(least == self.bare_first, bound)
    }
}

/// The sign of a comparison of dates some time apart, where the passage and the rule differ at the bound alone.
pub(super) fn at_bound(rule: &Mention, written: &str, bound: bool) -> Option<&'static str> {
    let written = Written::of(written).filter(|_| rule.quantity.is_time())?;
    Some(written.sign(written.least, bound))
}

/// What to write where the rule asks for less and the passage for more, or the other way round.
pub(super) fn other_way(
    (passage, text): (&Passage, &prose::Mention),
    rule: &Mention,
    written: &str,
    dates: &[Event],
) -> Option<String> {
    let written = Written::of(written).filter(|_| rule.quantity.is_time())?;
    let op = text.bound?.op;
    let (floor, bound) = (is_floor(op)?, holds_at_bound(op));
    let event = |name: &str| {
        let known = dates.iter().find(|date| date.written == name).cloned();
        let unasked = || Event {
            name: name.to_owned(),
            written: name.to_owned(),
            question: String::new(),
            worked_out: false,
        };
        known.unwrap_or_else(unasked)
    };
    let (bare, shifted) = told_apart(&event(written.bare), &event(written.shifted));
    let Some(bare_is_later) = bare_is_later(&passage.tokens, text.to, (&bare, &shifted)) else {
        return written.either(floor, bound);
    };
    // X - Y ≥ 30 jours, or ≤ - 30 jours.
    let (least, adds) = (floor == bare_is_later, bare_is_later);
    let sign = written.sign(least, bound);
    Some(match (written.adds, adds) {
        (true, true) | (false, false) if least != written.least => format!("écrire « {sign} »"),
        (false, true) if least == written.least => "écrire « + »".to_owned(),
        (_, true) => format!("écrire « {} »", written.with(sign, true)),
        (_, false) => format!("écrire « {} »", written.with(sign, false)),
    })
}

impl Written<'_> {
    /// Both that may be meant, where nothing tells from which of the dates the time is counted.
    fn either(&self, floor: bool, bound: bool) -> Option<String> {
        let same_way = self.least == floor;
        if !self.adds || same_way {
            return None;
        }
        let (moved, turned) = (self.with(self.sign, false), self.sign(floor, bound));
        let (bare, shifted) = (self.bare, self.shifted);
        Some(format!(
            "écrire « {moved} » si l'on compte à partir de « {bare} », « {turned} » si c'est de « {shifted} »"
        ))
    }
}

/// Whether the date that stands alone is the later one, as the words after the time say: « trente jours avant le congé »,
/// « dans les six mois suivant le départ », « douze mois d'ancienneté à la date de la demande ».
fn bare_is_later(tokens: &[Token], to: usize, (bare, shifted): (&[String], &[String])) -> Option<bool> {
    const BEFORE: [&[&str]; 3] = [&["avant"], &["à", "la", "date"], &["au", "jour"]];
    const AFTER: [&[&str]; 6] =
        [&["après"], &["suivant"], &["qui", "suivent"], &["à", "compter"], &["à", "partir"], &["depuis"]];
    let says = |at: usize, turn: &[&str]| {
        turn.iter()
            .enumerate()
            .all(|(rank, word)| tokens.get(at + rank).is_some_and(|token| token.text == *word))
    };
    let (at, named_is_later) =
        (to..to + NEAR).take_while(|at| tokens.get(*at).is_some_and(Token::is_word)).find_map(|at| {
            let before = BEFORE.iter().any(|turn| says(at, turn));
            (before || AFTER.iter().any(|turn| says(at, turn))).then_some((at, before))
        })?;
    let named = |wanted: &[String]| {
        let near = tokens.iter().skip(at + 1).take(NEAR).take_while(|token| token.is_word());
        near.into_iter().any(|token| wanted.iter().any(|own| same(own, &stem(&token.text))))
    };
    match (named(bare), named(shifted)) {
        (true, false) => Some(named_is_later),
        (false, true) => Some(!named_is_later),
        (true, true) | (false, false) => None,
    }
}
