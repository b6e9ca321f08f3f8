//! The words that start an item, or that stand above its bullets: wrong there, whatever follows is wrong as well.

use std::collections::HashSet;

use super::super::{GENERAL, Key};
use super::{Change, Search};
use crate::diagnostic::{Diagnostic, Remedy};
use crate::source::Span;
use crate::syntax::tree::Kind;
use crate::syntax::turns;

/// So many lines that start an item are tried.
const MOST_ITEMS: usize = 2;
/// How a condition starts that may go on in bullets.
const OVER_BULLETS: [&str; 7] =
    ["exige", "vise", "prévu si", "prévue si", "favorable si", "due si", "sauf si"];
/// What a line above bullets says of all of them.
const OF_ALL: [&str; 8] =
    ["tous", "toutes", "cumul", "ensemble", "suivant", "ci-dessous", "ci-après", "à la fois"];
/// What it says of one.
const OF_ONE: [&str; 6] = ["l'un", "un", "une", "soit", "ou", "parmi"];

impl Search<'_> {
    /// `droit repos`, above the clauses of a `résultat`; `montant prime`, above those of a `financement`: the only kind
    /// of item that has them.
    pub(super) fn item(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let mut tried: Vec<usize> = Vec::new();
        for one in all.iter().filter(|one| one.is_error()) {
            let Some(start) = one.labels.first().and_then(|label| self.head_of_item(label.span)) else {
                continue;
            };
            if tried.contains(&start) || tried.len() >= MOST_ITEMS {
                continue;
            }
            tried.push(start);
            if let Some(found) = self.item_at(start, all) {
                return Some(found);
            }
        }
        None
    }

    /// Where the line starts that heads the block of a place, where it starts no item as it is written.
    fn head_of_item(&self, place: Span) -> Option<usize> {
        let before = self.text.get(..self.line(place).0 + self.line(place).1.len())?;
        let mut at = before.len();
        for line in before.lines().rev() {
            at -= line.len();
            if line.trim().is_empty() {
                return None;
            }
            if line.starts_with(char::is_alphabetic) {
                let known = Kind::ALL.into_iter().any(|kind| {
                    line.strip_prefix(kind.word()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
                });
                let above = self.text.get(..at)?.trim_end_matches('\n').len() + 1 < at || at == 0;
                return (above && !known).then_some(at);
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    fn item_at(&mut self, start: usize, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let line = self.line(Span::new(start, start)).1.to_owned();
        let (word, name) = line.split_once(' ')?;
        if name.trim().is_empty() || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let below = self.text.get(start..)?;
        let end = start + below.find("\n\n").unwrap_or(below.len());
        let within = |one: &&Diagnostic| {
            one.is_error()
                && one.labels.first().is_some_and(|label| (start..end).contains(&(label.span.start as usize)))
        };
        let wrong: Vec<&Diagnostic> = all.iter().filter(within).collect();
        let place = Span::new(start, start + word.len());
        let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Source | Kind::Fact));
        let mut fits: Vec<(Kind, HashSet<Key>)> = Vec::new();
        for kind in kinds {
            let edits = [self.edit(place, kind.word())];
            fits.extend(self.mends(&edits, &wrong, all).map(|left| (kind, left)));
        }
        let least = fits.iter().map(|(_, left)| left.len()).min()?;
        fits.retain(|(_, left)| left.len() == least);
        // « condition » is a `critère`, where an `objectif` would do.
        let said = turns::item(&line.to_lowercase()).map(|(_, says)| says);
        let near = |kind: &Kind| {
            said == Some(kind.word()) || kind.word().starts_with(word) || word.starts_with(kind.word())
        };
        if fits.iter().any(|(kind, _)| near(kind)) {
            fits.retain(|(kind, _)| near(kind));
        }
        // The kind of other items of the file, where several would do.
        let used = |kind: &Kind| self.text.contains(&format!("\n{} ", kind.word()));
        if fits.len() > 1 && fits.iter().any(|(kind, _)| used(kind)) {
            fits.retain(|(kind, _)| used(kind));
        }
        let said: Vec<String> = fits.iter().map(|(kind, _)| format!("« {} »", kind.word())).collect();
        let (kind, left) = fits.into_iter().next()?;
        let [only] = said.as_slice() else { return None };
        let help = format!("écrire {only}");
        let message = format!("aucun élément ne commence par « {word} »");
        let edits = vec![self.edit(place, kind.word())];
        Some((Change::new("mot-cle-inconnu", message, place, edits, help), left))
    }

    /// `exige toutes les conditions`, `exige une de`, above bullets.
    pub(super) fn several(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let unread = |one: &&Diagnostic| one.remedies.is_empty() && GENERAL.contains(&one.code);
        for one in all.iter().filter(|one| one.is_error()).filter(unread) {
            let Some(place) = one.labels.first().map(|label| label.span) else { continue };
            let (start, line) = self.line(place);
            let line = line.to_owned();
            let said = line.trim_start();
            let indent = line.len() - said.len();
            let Some(head) = OVER_BULLETS.into_iter().find(|head| {
                said.strip_prefix(head).is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
            }) else {
                continue;
            };
            let next = self.text.get(start + line.len()..).unwrap_or("").trim_start_matches('\n');
            if !next.trim_start().starts_with("- ") {
                continue;
            }
            let rest = said.get(head.len()..).unwrap_or("").trim();
            let from = start + indent + head.len();
            let span = Span::new(from, start + line.trim_end().len());
            let wrong: Vec<&Diagnostic> = vec![one];
            let mut found: Vec<(String, Vec<crate::diagnostic::Edit>, HashSet<Key>)> = Vec::new();
            for says in over_bullets(rest) {
                let new = if says.is_empty() { String::new() } else { format!(" {says}") };
                let edits = vec![self.edit(span, new)];
                let Some(left) = self.mends(&edits, &wrong, all) else { continue };
                found.push((format!("{head} {says}").trim_end().to_owned(), edits, left));
            }
            let least = found.iter().map(|(_, _, left)| left.len()).min();
            found.retain(|(_, _, left)| Some(left.len()) == least);
            let Some((_, edits, left)) = found.first() else { continue };
            let told: Vec<String> = found.iter().map(|(says, ..)| format!("« {says} »")).collect();
            let help = match told.as_slice() {
                [only] => format!("écrire {only}"),
                several => format!("écrire {}, selon le texte", several.join(" ou ")),
            };
            let message = format!("« {rest} » ne dit pas ici combien des puces sont exigées");
            let place = Span::new(from + 1, span.end as usize);
            let mut change = Change::new("tournure", message, place, edits.clone(), help);
            change.remedies = found
                .iter()
                .map(|(says, edits, _)| Remedy {
                    label: format!("écrire « {says} »"), edits: edits.clone()
                })
                .collect();
            return Some((change, left.clone()));
        }
        None
    }
}

/// How many of the bullets some words ask for, as the language says it, the likeliest first.
fn over_bullets(said: &str) -> Vec<String> {
    let plain = said.to_lowercase().replace('’', "'");
    let words: Vec<&str> = plain.split(' ').collect();
    let has = |own: &[&str]| words.iter().any(|word| own.iter().any(|own| word.starts_with(own)));
    let count =
        words.iter().filter(|word| !matches!(**word, "un" | "une")).find_map(|word| turns::number(word));
    if let Some(count) = count {
        let bounds = [("au plus", "au plus"), ("exactement", "exactement"), ("au moins", "au moins")];
        let said = bounds.into_iter().find(|(turn, _)| plain.contains(turn)).map(|(_, says)| says);
        return match said {
            Some(says) => vec![format!("{says} {count} de")],
            None => ["au moins", "exactement", "au plus"].map(|says| format!("{says} {count} de")).to_vec(),
        };
    }
    if has(&["aucun", "ni"]) {
        return vec!["aucun de".to_owned()];
    }
    if has(&OF_ALL) && !has(&["l'un", "une", "un", "soit"]) {
        return vec![String::new()];
    }
    let one = words.iter().any(|word| OF_ONE.contains(word));
    if one { vec!["l'un de".to_owned()] } else { Vec::new() }
}
