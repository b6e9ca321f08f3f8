//! An amount by what is counted without its unit: `12 × colonies`, where the passage has « 12 € par colonie ».

use std::sync::Arc;

use super::Trial;
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;

impl Trial<'_> {
    /// The figure of a product that the quoted passage has in euros, where the line reads with it.
    pub(super) fn of_euros(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        if diagnostic.code != "types-incompatibles" {
            return None;
        }
        let passages = self.passages();
        let text = self.file.text();
        let products = diagnostic.labels.iter().map(|label| label.span);
        let mut found: Vec<(Span, String)> = Vec::new();
        for product in products.filter(|place| self.file.slice(*place).contains(['×', '*'])) {
            for (start, figure) in figures(self.file.slice(product)) {
                let start = product.start as usize + start;
                let place = Span::new(start, start + figure.len());
                let known = found.iter().any(|(other, _)| *other == place);
                if known || !passages.iter().any(|said| is_in_euros(said, figure)) {
                    continue;
                }
                let mut whole = text.to_owned();
                whole.insert_str(place.end as usize, " €");
                if self.mends(&whole) {
                    found.push((place, whole));
                }
            }
        }
        let [(place, whole)] = found.as_slice() else { return None };
        let says = format!("{} €", self.file.slice(*place));
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (*place, "un montant s'écrit en euros".to_owned());
        }
        diagnostic.help = Some(format!("le passage cité dit « {says} » : écrire « {says} »"));
        diagnostic.remedies = vec![Remedy {
            label: format!("écrire « {says} »"),
            edits: vec![Edit { file: Arc::clone(self.file), span: *place, text: says }],
        }];
        Some(whole.clone())
    }
}

/// Whether a passage has a figure in euros.
fn is_in_euros(said: &str, figure: &str) -> bool {
    let plain = figure.split_whitespace().collect::<Vec<_>>().join(" ");
    said.match_indices(plain.as_str()).any(|(at, _)| {
        let (before, after) = (said.get(..at).unwrap_or(""), said.get(at + plain.len()..).unwrap_or(""));
        let whole = !before.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_digit() || c == ',');
        whole && [" €", "€", " euro"].iter().any(|unit| after.starts_with(unit))
    })
}

/// The figures of an operation that have no unit: a sign or nothing stands on both sides.
fn figures(said: &str) -> Vec<(usize, &str)> {
    const SIGNS: [char; 8] = ['×', '*', '÷', '/', '+', '-', '(', ')'];
    let mut found = Vec::new();
    let mut at = 0;
    for part in said.split(SIGNS) {
        let own = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        let is_figure = own.starts_with(|c: char| c.is_ascii_digit())
            && own.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}'));
        if is_figure {
            found.push((start, own));
        }
        let after = said.get(at + part.len()..).and_then(|rest| rest.chars().next());
        at += part.len() + after.map_or(0, char::len_utf8);
    }
    found
}
