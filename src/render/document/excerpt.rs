//! Places in files, each with its line and what is marked in it: for pages and paper.

use crate::diagnostic::Label;

/// A line of a file with the passage of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt<'l> {
    /// What stands in the line before the passage; no indent.
    pub(crate) before: &'l str,
    pub(crate) marked: &'l str,
    pub(crate) after: &'l str,
    /// The rank of the line.
    pub(crate) line: u32,
    /// What is said of the passage.
    pub(crate) said: &'l str,
}

/// The places by their files, in order.
pub(crate) fn excerpts(labels: &[Label]) -> Vec<(&str, Vec<Excerpt<'_>>)> {
    let mut files: Vec<(&str, Vec<Excerpt<'_>>)> = Vec::new();
    for label in labels {
        let (file, span) = label.file.origin(label.span);
        let at = file.position(span.start);
        let line = file.line(at.line);
        let from = line.char_indices().nth(at.column as usize - 1).map_or(line.len(), |(byte, _)| byte);
        let to = (from + (span.end - span.start) as usize).min(line.len());
        let part = |range: std::ops::Range<usize>| line.get(range).unwrap_or_default();
        let excerpt = Excerpt {
            before: part(0..from).trim_start(),
            marked: part(from..to),
            after: part(to..line.len()),
            line: at.line,
            said: &label.text,
        };
        match files.iter_mut().find(|(known, _)| *known == file.name()) {
            Some((_, own)) => own.push(excerpt),
            None => files.push((file.name(), vec![excerpt])),
        }
    }
    files
}
