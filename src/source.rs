//! Files as they were read, and places in them.
//!
//! Architecture invariant: nothing here reads a file. A [`SourceFile`] is given its text and the
//! name under which people know it (a path relative to the policies' folder, with `/`).

use std::sync::{Arc, OnceLock};

/// A place in one file: byte offsets, `start` included, `end` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range of byte offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A file's text with the name that people see.
///
/// The text is the file's, byte for byte; a byte-order mark at its start is kept but counts for no
/// column.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    /// Byte offset at which each line starts; counted only once a place is asked for.
    lines: OnceLock<Vec<u32>>,
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for SourceFile {}

/// A position as people count: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

impl SourceFile {
    /// A file of this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(SourceFile { name: name.into(), text: text.into(), lines: OnceLock::new() })
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = || self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            let mut lines = Vec::with_capacity(ends().count() + 1);
            lines.push(0);
            lines.extend(ends().map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX)));
            lines
        })
    }

    /// The name that people see.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text at a span; empty where the span does not fall on characters of this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Where a byte offset stands.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.lines().partition_point(|start| *start <= offset).max(1);
        let start = self.lines().get(line - 1).copied().unwrap_or(0) as usize;
        let before = self.text.get(start..(offset as usize).min(self.text.len())).unwrap_or("");
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
        }
    }

    /// The text of a line, from 1, without its line end.
    pub fn line(&self, line: u32) -> &str {
        let index = (line as usize).saturating_sub(1);
        let Some(start) = self.lines().get(index) else { return "" };
        let end = self.lines().get(index + 1).map_or(self.text.len(), |e| *e as usize);
        let line = self.text.get(*start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        line.strip_prefix('\u{feff}').unwrap_or(line)
    }

    /// How many lines the file has.
    pub fn line_count(&self) -> usize {
        self.lines().len()
    }
}
