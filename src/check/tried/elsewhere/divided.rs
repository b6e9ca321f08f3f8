//! A calculation without the parentheses of what it reads: of a sum that is divided, or divided by; of what is summed up
//! over elements that a condition tells.

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

    /// `somme de L.x dont a est b ÷ c`: the condition goes to the end of the line.
    pub(super) fn summed(&mut self, all: &[Diagnostic]) -> Option<(Change, HashSet<Key>)> {
        const READ_OTHERWISE: [&str; 4] =
            ["nom-inconnu", "option-inconnue", "types-incompatibles", "champ-hors-liste"];
        for one in all.iter().filter(|one| one.is_error() && READ_OTHERWISE.contains(&one.code)) {
            let Some(at) = one.labels.first() else { continue };
            let (start, line) = self.line(at.span);
            let line = line.to_owned();
            for (from, to, sign) in over_elements(&line) {
                let end = start + to + line.get(to..).map_or(0, |rest| value_end(rest, sign));
                let place = Span::new(start + from, end);
                let (own, rest) = (Span::new(start + from, start + to), Span::new(start + to, end));
                let says = format!("({}){}", self.text.get(own.range())?, self.text.get(rest.range())?);
                let edits = vec![self.edit(place, says.clone())];
                let Some(left) = self.mends(&edits, &[one], all) else { continue };
                let message = format!("« dont » va jusqu'au bout : « {sign} » en fait partie");
                let help = format!("écrire « {says} »");
                return Some((Change::new("portee-incertaine", message, place, edits, help), left));
            }
        }
        None
    }
}

/// What a line reads of elements that a condition tells, each up to a sign after it.
fn over_elements(line: &str) -> Vec<(usize, usize, char)> {
    const STARTS: [&str; 8] = [
        "somme de ",
        "somme d'",
        "somme des ",
        "nombre de ",
        "nombre d'",
        "nombre des ",
        "le plus grand ",
        "le plus petit ",
    ];
    let Some(dont) = line.find(" dont ") else { return Vec::new() };
    let before = line.get(..dont).unwrap_or("");
    let Some(from) = STARTS.iter().filter_map(|start| before.rfind(start)).max() else { return Vec::new() };
    let after = line.get(dont..).unwrap_or("");
    let signs = ['÷', '×', '+', '-'].into_iter().filter_map(|sign| {
        let at = after.find(&format!(" {sign} "))?;
        Some((from, dont + at, sign))
    });
    let mut all: Vec<_> = signs.collect();
    all.sort_by_key(|(_, to, _)| *to);
    all
}

/// Where what stands after a sign ends: with the line, or before its case.
fn value_end(rest: &str, sign: char) -> usize {
    let after = 1 + sign.len_utf8();
    let said = rest.get(after..).unwrap_or("");
    let ends = [" si ", " sinon", " dans les autres cas", ")", " ≥ ", " ≤ ", " < ", " > ", " = "];
    let end = ends.iter().filter_map(|end| said.find(end)).min().unwrap_or(said.len());
    after + said.get(..end).unwrap_or(said).trim_end().len()
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
