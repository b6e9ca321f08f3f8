//! A text that is read again with a change, and the search for the changes that mend it.
//!
//! Whoever asks whether a change mends a text need not hear all that is wrong after it: where its lines no longer read,
//! the rest is not checked.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::{FEWEST_READINGS, Key, LONG, MOST_CHANGES, Trial};
use crate::check::read::{Read, read_parsed};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::syntax;

/// What is said of a name that an expression does not read as one: what else is wrong on its line is then not said.
const MISNAMED: &str = "nom-reserve";

/// The errors of a text that is read in the place of a file's, but for what is to be proved.
pub(super) fn errors_of(file: &Arc<SourceFile>, text: &str) -> Vec<Diagnostic> {
    errors_where(file, text, |_| true).unwrap_or_default()
}

/// The same, where the errors of its syntax let it be of use to know them.
pub(super) fn errors_where(
    file: &Arc<SourceFile>,
    text: &str,
    of_use: impl FnOnce(&[&Diagnostic]) -> bool,
) -> Option<Vec<Diagnostic>> {
    let parsed = syntax::parse(&file.reworded(text));
    let errors: Vec<&Diagnostic> = parsed.1.iter().filter(|one| one.is_error()).collect();
    if !errors.iter().any(|one| one.code == MISNAMED) && !of_use(&errors) {
        return None;
    }
    let Read { mut diagnostics, .. } = read_parsed(parsed, None, &mut |_| {});
    diagnostics.retain(Diagnostic::is_error);
    Some(diagnostics)
}

impl Trial<'_> {
    /// Whether a changed text leaves nothing wrong that was not wrong with the file.
    pub(super) fn mends(&self, text: &str) -> bool {
        let none_new = |errors: &[&Diagnostic]| self.new_of(errors.iter().copied()).is_empty();
        let errors = errors_where(self.file, text, none_new);
        errors.is_some_and(|errors| self.new_of(&errors).is_empty())
    }

    /// What is wrong with a changed text that was not wrong with the file.
    pub(super) fn left(&self, text: &str) -> Vec<Diagnostic> {
        self.new_of(&errors_of(self.file, text)).into_iter().cloned().collect()
    }

    /// Those of some errors that are none of the file's others.
    fn new_of<'e>(&self, errors: impl IntoIterator<Item = &'e Diagnostic>) -> Vec<&'e Diagnostic> {
        let mut others: Vec<&Key> = self.others.iter().collect();
        let is_new = |one: &&Diagnostic| {
            let known = others.iter().position(|(code, said)| (one.code, &one.message) == (*code, said));
            known.map(|known| others.swap_remove(known)).is_none()
        };
        errors.into_iter().filter(is_new).collect()
    }

    /// A text in which nothing is left of the mistake, by as few changes of its lines as it takes.
    pub(super) fn search(&self, from: String, left: Vec<Diagnostic>, most: usize) -> Option<String> {
        let most = (most * LONG / from.len().max(LONG)).max(FEWEST_READINGS);
        let mut readings = 0;
        let mut seen: HashSet<String> = HashSet::from([from.clone()]);
        // What is left wrong with a text of which a line does not read is known once another change of it is tried.
        let mut open = VecDeque::from([(from, Some(left), 0)]);
        while let Some((text, left, changes)) = open.pop_front() {
            let left = left.unwrap_or_else(|| self.left(&text));
            if changes > 0 && !self.is_here(&text, &left) {
                continue;
            }
            for next in self.moves(&text, &left) {
                if readings >= most {
                    return None;
                }
                if !seen.insert(next.clone()) || !self.keeps(&next) {
                    continue;
                }
                readings += 1;
                let mut may_go_on = changes + 1 < MOST_CHANGES;
                let errors = errors_where(self.file, &next, |errors| {
                    let new = self.new_of(errors.iter().copied());
                    may_go_on &= self.is_here(&next, new.iter().copied());
                    new.is_empty()
                });
                let left = errors.map(|errors| self.new_of(&errors).into_iter().cloned().collect::<Vec<_>>());
                if left.as_ref().is_some_and(Vec::is_empty) {
                    return Some(next);
                }
                if may_go_on {
                    open.push_back((next, left, changes + 1));
                }
            }
        }
        None
    }

    /// Whether all that is wrong with a changed text is wrong where it was changed.
    fn is_here<'e>(&self, text: &str, left: impl IntoIterator<Item = &'e Diagnostic>) -> bool {
        let Some((start, end)) = self.lines(text) else { return false };
        left.into_iter().all(|one| {
            let place = one.labels.first().map(|label| label.span);
            place.is_some_and(|place| place.start as usize >= start && place.end as usize <= end)
        })
    }
}
