//! What one change of a table mends of what is to be proved: two cells of a line that stand in each other's column.

use std::sync::Arc;

use super::{changed, lines_of};
use crate::check::{Read, proof, read};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::{SourceFile, Span};

/// So many times a file is read and proved again for this.
const MOST_READINGS: usize = 24;

/// Puts one message in the place of what a table leaves out and says twice, where two cells of a line are exchanged.
pub(in crate::check) fn settle(file: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) {
    let of_table = |one: &Diagnostic| matches!(one.code, "cas-qui-se-recouvrent" | "cas-oublie");
    let wrong = diagnostics.iter().filter(|one| one.is_error());
    if diagnostics.is_empty() || !wrong.clone().all(of_table) || wrong.clone().count() > 2 {
        return;
    }
    let Some(first) = wrong.clone().flat_map(|one| &one.labels).map(|label| label.span.start).min() else {
        return;
    };
    let found =
        exchanges(file.text(), first as usize).into_iter().take(MOST_READINGS).find(|(place, says)| {
            let edit = Edit { file: Arc::clone(file), span: *place, text: says.clone() };
            changed(file.text(), &[edit]).is_some_and(|text| is_proved(file, &text))
        });
    let Some((place, says)) = found else { return };
    let message = "deux cases de cette ligne sont dans la colonne l'une de l'autre";
    let help = format!("écrire « {says} »");
    let edits = vec![Edit { file: Arc::clone(file), span: place, text: says }];
    let mut one = Diagnostic::error("ordre-du-tableau", message).at(file, place, "").help(&help);
    one.remedies.push(Remedy { label: help, edits });
    diagnostics.retain(|diagnostic| !diagnostic.is_error());
    diagnostics.push(one);
}

/// Whether nothing is wrong with a text.
fn is_proved(file: &Arc<SourceFile>, text: &str) -> bool {
    let text = file.reworded(text);
    let Read { policy, .. } = read(&text, None);
    policy.is_some_and(|policy| !proof::prove(&policy).iter().any(Diagnostic::is_error))
}

/// The lines of the table at a place, each with two of its cells exchanged.
fn exchanges(text: &str, at: usize) -> Vec<(Span, String)> {
    let mut all = Vec::new();
    let (mut start, _) = lines_of(text, Span::new(at, at));
    for line in text.get(start..).unwrap_or("").split_inclusive('\n') {
        let cells = line.split_once(" : ").map(|(cells, _)| cells);
        match cells.filter(|cells| cells.contains(", ")) {
            Some(cells) => {
                let indent = cells.len() - cells.trim_start().len();
                let said: Vec<&str> = cells.split(',').map(str::trim).collect();
                for (a, b) in (0..said.len()).flat_map(|b| (0..b).map(move |a| (a, b))) {
                    let mut swapped = said.clone();
                    swapped.swap(a, b);
                    let place = Span::new(start + indent, start + cells.trim_end().len());
                    all.push((place, swapped.join(", ")));
                }
            }
            None if line.trim_start().starts_with("vaut ") || line.trim_start().starts_with("montant ") => {}
            None => break,
        }
        start += line.len();
    }
    all
}
