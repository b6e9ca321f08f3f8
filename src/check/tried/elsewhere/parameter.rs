//! A parameter whose values are amounts by no period, or by another, than every rule has it.

use std::collections::HashSet;

use super::super::Key;
use super::retyped::with_article;
use super::{Change, Search};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::syntax::tree::{Document, ItemKind};

impl Search<'_> {
    /// `plafond vaut 12 000 €`, where every rule has it by year.
    pub(super) fn parameter_retyped(
        &mut self,
        document: &Document,
        said: &[String],
        errors: &[&Diagnostic],
        all: &[Diagnostic],
    ) -> Vec<(bool, Change, HashSet<Key>)> {
        let wrong: Vec<&Diagnostic> =
            errors.iter().filter(|one| one.code == "types-incompatibles").copied().collect();
        let figure = |one: &&Diagnostic| {
            let place = one.labels.first().map_or("", |label| self.file.slice(label.span));
            !one.remedies.is_empty() || place.starts_with(|c: char| c.is_ascii_digit())
        };
        let mut found = Vec::new();
        if wrong.is_empty() || wrong.len() < 2 && wrong.iter().all(figure) {
            return found;
        }
        for item in &document.items {
            let (ItemKind::Parameter(values, _), Some(name)) = (&item.kind, &item.name) else { continue };
            let written: Vec<&str> = values.iter().map(|value| self.file.slice(value.value.span)).collect();
            let is_money = |text: &&str| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('€');
            if written.is_empty() || !written.iter().all(is_money) {
                continue;
            }
            for ty in said {
                let Some(unit) = ty.strip_prefix("montant") else { continue };
                let says = |text: &str| format!("{} €{unit}", text.split(" €").next().unwrap_or(""));
                let edits: Vec<Edit> = values
                    .iter()
                    .zip(&written)
                    .map(|(value, text)| self.edit(value.value.span, says(text)))
                    .collect();
                let first = written.first().map_or("", |text| text);
                let (says, place) = (says(first), edits.first().map(|edit| edit.span));
                let adds = says.contains(" par ") || wrong.len() > 1;
                let Some(place) = place.filter(|_| says != first && adds) else { continue };
                let Some(left) = self.mends(&edits, &wrong, all) else { continue };
                let help = format!("écrire « {says} »");
                let change = Change {
                    remedies: vec![Remedy { label: help.clone(), edits }],
                    code: "types-incompatibles",
                    message: format!("« {} » est déclaré autrement que les règles ne l'emploient", name.text),
                    place,
                    label: format!("les règles en font {}", with_article(ty)),
                    help,
                    also: Vec::new(),
                };
                found.push((false, change, left));
            }
        }
        found
    }
}
