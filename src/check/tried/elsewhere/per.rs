//! A figure that has lost what it is by: « 3 € × longueur », for « 3 € par m × longueur ».

use std::collections::HashSet;

use super::super::Key;
use super::super::keeps::is_cited;
use super::{Change, Search};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// So many figures are tried.
const MOST_FIGURES: usize = 12;

impl Search<'_> {
    /// Where what is multiplied is said to be in a unit, the figure that it is multiplied by is by that unit.
    pub(super) fn per(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        let wrong: Vec<&Diagnostic> =
            all.iter().filter(|one| one.is_error() && unit_of(one).is_some()).collect();
        let unit = wrong.first().and_then(|one| unit_of(one))?;
        let mut found: Vec<(Change, HashSet<Key>, bool)> = Vec::new();
        let figures: Vec<(usize, String)> =
            self.figures().take(MOST_FIGURES).map(|(end, figure)| (end, figure.to_owned())).collect();
        for (end, figure) in figures {
            let says = format!("{figure} par {unit}");
            let place = Span::new(end - figure.len(), end);
            let edits = vec![self.edit(place, says.clone())];
            let Some(left) = self.mends(&edits, &wrong, all) else { continue };
            let message = format!(
                "« {figure} » est multiplié par ce qui se compte en {unit} : c'est un montant par {unit}"
            );
            let cited = is_cited(self.text, &says);
            let help = format!("écrire « {says} »");
            found.push((Change::new("types-incompatibles", message, place, edits, help), left, cited));
        }
        if found.iter().any(|(_, _, cited)| *cited) {
            found.retain(|(_, _, cited)| *cited);
        }
        let (change, left, _) = found.pop()?;
        found.is_empty().then_some((change, left))
    }

    /// The amounts that are multiplied, each with where it ends.
    fn figures(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.text.match_indices(" € × ").map(|(at, _)| at + " €".len());
        ends.filter_map(|end| {
            let line = self.text.get(..end)?.rsplit('\n').next()?;
            let digits = line.trim_end_matches(" €");
            let head = digits.trim_end_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, ' ' | ',' | '\u{a0}' | '\u{202f}')
            });
            let figure = line.get(head.len()..)?.trim_start();
            figure.starts_with(|c: char| c.is_ascii_digit()).then_some((end, figure))
        })
    }
}

/// The unit of an amount that has one: « un montant en m ».
fn unit_of(one: &Diagnostic) -> Option<&str> {
    let said = one.labels.iter().map(|label| label.text.as_str()).chain([one.message.as_str()]);
    let unit = said.filter_map(|text| text.split_once("montant en ")).map(|(_, rest)| rest).next()?;
    unit.split([' ', ',', ';']).next().filter(|unit| one.code == "types-incompatibles" && !unit.is_empty())
}
