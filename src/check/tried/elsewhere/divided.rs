//! A division without the parentheses of what it divides, or of what it divides by.

use std::collections::HashSet;

use super::super::{Key, lines_of};
use super::{Change, Search};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Document, ItemKind};

impl Search<'_> {
    /// `a ÷ b + c`, which the rules have as a share: « ÷ » divides by `b` alone.
    pub(super) fn divided(
        &mut self,
        document: &Document,
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let wrong: Vec<&Diagnostic> =
            all.iter().filter(|one| one.is_error() && one.code == "types-incompatibles").collect();
        if wrong.is_empty() {
            return None;
        }
        let values = document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Definition(_) => Some(item.whole),
            _ => None,
        });
        let used = wrong.iter().flat_map(|one| &one.labels).map(|label| label.span);
        let mut changes: Vec<(Span, String)> = Vec::new();
        for span in values.chain(used) {
            let (from, to) = lines_of(self.text, span);
            let mut start = from;
            for line in self.text.get(from..to).unwrap_or("").split_inclusive('\n') {
                changes.extend(
                    parentheses(line)
                        .into_iter()
                        .map(|(at, says)| (Span::new(start + at.start, start + at.end), says)),
                );
                start += line.len();
            }
        }
        for (place, says) in changes {
            let edits = vec![self.edit(place, says.clone())];
            let Some(left) = self.mends(&edits, &wrong, all) else { continue };
            let message =
                "« ÷ » ne porte que sur ce qui le touche : une somme se met entre parenthèses".to_owned();
            let help = format!("écrire « {says} »");
            return Some((Change::new("types-incompatibles", message, place, edits, help), left));
        }
        None
    }
}

/// The sums beside a « ÷ » of a line, each with its parentheses.
fn parentheses(line: &str) -> Vec<(std::ops::Range<usize>, String)> {
    const ENDS: [&str; 10] =
        [" si ", " sinon", " dans les autres cas", " ≥ ", " ≤ ", " < ", " > ", " = ", ")", "\n"];
    const STARTS: [&str; 9] = ["vaut ", "montant ", "exige ", "- ", "(", "≥ ", "≤ ", "< ", "> "];
    let Some(at) = line.find('÷').filter(|_| line.matches('÷').count() == 1) else { return Vec::new() };
    let after = at + '÷'.len_utf8() + 1;
    let rest = line.get(after..).unwrap_or("");
    let end = after + ENDS.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let before = line.get(..at).unwrap_or("");
    let start = STARTS.iter().filter_map(|start| Some(before.rfind(start)? + start.len())).max().unwrap_or(0);
    let is_sum = |said: &str| (said.contains(" + ") || said.contains(" - ")) && !said.contains(['(', ')']);
    let (low, high) = (line.get(after..end).unwrap_or(""), before.get(start..).unwrap_or("").trim_end());
    let mut all = Vec::new();
    if is_sum(low) {
        all.push((at..end, format!("÷ ({low})")));
    }
    if is_sum(high) {
        all.push((start..at + '÷'.len_utf8(), format!("({high}) ÷")));
    }
    if is_sum(low) && is_sum(high) {
        all.push((start..end, format!("({high}) ÷ ({low})")));
    }
    all
}
