//! A parenthesis that is never closed: each place of its line where it may be is tried, and the whole line is told with it.

use std::sync::Arc;

use super::Trial;
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;

/// So many lines are told.
const MOST_TOLD: usize = 3;
/// So many places are tried.
const MOST_PLACES: usize = 12;
/// Words that join what parentheses hold to what stands beside it, each with how close it holds the two; what follows
/// « dont » is of it to the end.
const JOINTS: [(&str, u8); 19] = [
    ("dont", 0),
    ("ou", 1),
    ("et", 2),
    ("≥", 3),
    ("≤", 3),
    ("<", 3),
    (">", 3),
    ("=", 3),
    ("≠", 3),
    ("est", 3),
    ("n'est", 3),
    ("+", 4),
    ("-", 4),
    ("×", 5),
    ("÷", 5),
    ("*", 5),
    ("/", 5),
    ("si", 0),
    ("sinon", 0),
];

/// A place where a parenthesis may be closed.
struct Place {
    at: usize,
    /// Whether the line says something else with it than without.
    useful: bool,
    text: String,
}

impl Trial<'_> {
    /// `(nombre de ruchers dont en montagne ≥ 2`: the line with the parenthesis closed where it reads, where it matters first.
    pub(super) fn closed(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let open = diagnostic.labels.first()?.span.end as usize;
        let text = self.file.text();
        let line = text.get(open..self.end)?;
        let before = text.get(self.start..open.checked_sub(1)?)?.trim_start();
        let before = before.strip_prefix("- ").unwrap_or(before).trim_end();
        let before = before.rsplit(' ').next().and_then(joint).unwrap_or(0);
        let mut found: Vec<Place> = Vec::new();
        for (length, after) in ends(line).into_iter().take(MOST_PLACES) {
            let mut whole = text.to_owned();
            whole.insert(open + length, ')');
            if !self.mends(&whole) {
                continue;
            }
            let inside = line.get(..length).and_then(loosest).unwrap_or(u8::MAX);
            found.push(Place { at: open + length, useful: inside < before.max(after), text: whole });
        }
        if found.iter().any(|place| place.useful) {
            found.retain(|place| place.useful);
        } else {
            // It matters nowhere: what was opened may hold all of it.
            found.drain(..found.len().saturating_sub(1));
        }
        if found.is_empty() || found.len() > MOST_TOLD {
            return None;
        }
        let says = |place: &Place| {
            let line = place.text.get(self.start..=self.end).unwrap_or("").trim();
            format!("« {} »", line.strip_prefix("- ").unwrap_or(line))
        };
        let told: Vec<String> = found.iter().map(says).collect();
        let choice = if told.len() > 1 { ", selon le texte" } else { "" };
        diagnostic.help = Some(format!("écrire {}{choice}", told.join(" ou ")));
        diagnostic.remedies = found
            .iter()
            .zip(told)
            .map(|(place, says)| Remedy {
                label: format!("écrire {says}"),
                edits: vec![Edit {
                    file: Arc::clone(self.file),
                    span: Span::new(place.at, place.at),
                    text: ")".to_owned(),
                }],
            })
            .collect();
        match found.as_slice() {
            [one] => Some(one.text.clone()),
            _ => None,
        }
    }
}

/// How close a word holds what stands on both sides of it.
fn joint(word: &str) -> Option<u8> {
    JOINTS.iter().find(|(own, _)| *own == word).map(|(_, holds)| *holds)
}

/// How close the loosest of the words that join holds what some words say, but for what other parentheses hold.
fn loosest(said: &str) -> Option<u8> {
    let mut depth = 0_i32;
    let mut loosest = None;
    for word in said.split(' ') {
        if let Some(own) = joint(word).filter(|_| depth == 0) {
            loosest = Some(loosest.map_or(own, |known: u8| known.min(own)));
        }
        depth += word.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum::<i32>();
    }
    loosest
}

/// How far after an open parenthesis it may be closed: before a word that joins what stands outside, with how close that
/// one holds, or at the end. Something is joined inside.
fn ends(line: &str) -> Vec<(usize, u8)> {
    let mut all = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        let before = at.max(1) - 1;
        let held = line.get(..before).unwrap_or("");
        if let Some(own) = joint(word).filter(|_| word != "dont" && loosest(held).is_some()) {
            all.push((before, own));
        }
        at += word.len() + 1;
    }
    all.push((line.trim_end().len(), 0));
    all
}
