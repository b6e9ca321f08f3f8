//! Changes of files, as values: whoever shows them makes them.

use std::collections::BTreeMap;

use crate::diagnostic::Edit;
use crate::source::Span;

/// Changes of the files of a shelf, by their paths: what stands at each place gives way to a text. Places of one file do
/// not overlap and are in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// By file.
    pub files: BTreeMap<String, Vec<(Span, String)>>,
    /// Files that are to be made, with their text.
    pub new: BTreeMap<String, String>,
}

impl Change {
    /// One change of one file.
    pub fn one(path: &str, span: Span, text: impl Into<String>) -> Change {
        let mut change = Change::default();
        change.add(path, span, text);
        change
    }

    /// These edits.
    pub fn of(edits: &[Edit]) -> Change {
        let mut change = Change::default();
        for edit in edits {
            change.add(edit.file.name(), edit.span, edit.text.as_str());
        }
        change
    }

    /// Adds a change of a file.
    pub fn add(&mut self, path: &str, span: Span, text: impl Into<String>) {
        let edits = self.files.entry(path.to_owned()).or_default();
        let edit = (span, text.into());
        if !edits.contains(&edit) {
            edits.push(edit);
            edits.sort();
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.new.is_empty()
    }
}

/// A text with changes made; nothing where two of them overlap.
pub fn applied(text: &str, edits: &[(Span, String)]) -> Option<String> {
    let mut edits: Vec<&(Span, String)> = edits.iter().collect();
    edits.sort();
    let (mut out, mut at) = (String::with_capacity(text.len() + 32), 0);
    for (span, new) in edits {
        out.push_str(text.get(at..span.start as usize)?);
        out.push_str(new);
        at = span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// The changes that make one text of another, line by line: what is the same stays where it is, and so does a cursor in
/// it.
pub fn between(before: &str, after: &str) -> Vec<(Span, String)> {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(old.iter().scan(0, |at, line| {
            *at += line.len();
            Some(*at)
        }))
        .collect();
    let place = |range: std::ops::Range<usize>| {
        let at = |rank: usize| starts.get(rank).copied().unwrap_or(before.len());
        Span::new(at(range.start), at(range.end))
    };
    let words = |range: std::ops::Range<usize>| new.get(range).unwrap_or_default().concat();
    similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new)
        .into_iter()
        .filter(|op| op.tag() != similar::DiffTag::Equal)
        .map(|op| (place(op.old_range()), words(op.new_range())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, applied, between};
    use crate::source::Span;

    #[test]
    fn changes_between_two_texts_make_the_one_of_the_other() {
        for (before, after) in [
            ("a\nb\nc\n", "a\nx\nc\n"),
            ("", "a\n"),
            ("a", ""),
            ("é\nb", "é\nb\n"),
            ("a\nb\nc\nd\n", "b\nc\ny\nd"),
        ] {
            assert_eq!(applied(before, &between(before, after)).as_deref(), Some(after));
        }
        assert_eq!(between("a\nb\nc\n", "a\nx\nc\n"), [(Span::new(2, 4), "x\n".to_owned())]);
    }

    #[test]
    fn changes_that_overlap_are_not_made() {
        let twice = [(Span::new(0, 2), "x".to_owned()), (Span::new(1, 3), "y".to_owned())];
        assert_eq!(applied("abc", &twice), None);
        let mut change = Change::one("a.pol", Span::new(0, 1), "x");
        change.add("a.pol", Span::new(0, 1), "x");
        assert_eq!(change.files["a.pol"].len(), 1);
    }
}
