//! Files as they were read, and places in them.
//!
//! Architecture invariant: nothing here reads a file. A [`SourceFile`] is given its text and the
//! name under which people know it ([`FileName`], with `/`).

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
    #[inline]
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

/// What a file is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    name: String,
    path: Option<String>,
    /// Of a file that is not read whole: the line at which the text begins.
    line: Option<u32>,
}

impl FileName {
    /// A file that is called so, wherever it is read from: a path relative to the policies' folder, the
    /// name alone of a dossier. It is what decisions carry: the same bytes wherever the command runs.
    pub fn new(name: impl Into<String>) -> Self {
        FileName { name: name.into(), path: None, line: None }
    }

    /// Where whoever runs the command opens it: the path that mistakes are shown under.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        FileName { path: Some(path.into()), ..self }
    }

    /// Of a file that is not read whole: the text begins at this line, counted from 1.
    #[must_use]
    pub fn from_line(self, line: u32) -> Self {
        FileName { line: Some(line), ..self }
    }

    /// Of a file that is not read whole: the line at which the text begins, counted from 1.
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// How many lines stand above the text.
    fn above(&self) -> u32 {
        self.line.map_or(0, |line| line.saturating_sub(1))
    }

    /// The name that decisions carry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path that mistakes are shown under.
    pub fn path(&self) -> &str {
        self.path.as_deref().unwrap_or(&self.name)
    }
}

impl From<&str> for FileName {
    fn from(name: &str) -> Self {
        FileName::new(name)
    }
}

impl From<String> for FileName {
    fn from(name: String) -> Self {
        FileName::new(name)
    }
}

impl From<&String> for FileName {
    fn from(name: &String) -> Self {
        FileName::new(name.as_str())
    }
}

impl From<&FileName> for FileName {
    fn from(name: &FileName) -> Self {
        name.clone()
    }
}

/// A file's text with the name that people see.
///
/// The text is the file's, byte for byte; a byte-order mark at its start is kept but counts for no
/// column.
///
/// A file may also be put together from parts of others, as a consolidated text is from a text and its
/// amendments. Spans are then places of the whole; [`SourceFile::origin`] says in which file, and where,
/// people find what stands there. Whoever shows a place to people goes through it.
#[derive(Debug)]
pub struct SourceFile {
    name: FileName,
    text: String,
    /// Byte offset at which each line starts; counted only once a place is asked for.
    lines: OnceLock<Vec<u32>>,
    /// Where its text comes from, in order; empty for a file that was read.
    parts: Vec<Part>,
}

/// A stretch of a file that was put together.
#[derive(Debug)]
struct Part {
    /// Where it starts in the whole.
    start: u32,
    /// Where its text stands.
    file: Arc<SourceFile>,
    /// In that file.
    origin: Span,
    /// Whether it says there what it says here.
    verbatim: bool,
}

/// A piece to put a file together from.
#[derive(Debug, Clone)]
pub enum Piece {
    /// This stretch of a file.
    Of(Arc<SourceFile>, Span),
    /// Words of no file, such as a line end; what is said of them is said of this place.
    Words(String, Arc<SourceFile>, Span),
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.text == other.text
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
    pub fn new(name: impl Into<FileName>, text: impl Into<String>) -> Arc<Self> {
        let (name, text) = (name.into(), text.into());
        Arc::new(SourceFile { name, text, lines: OnceLock::new(), parts: Vec::new() })
    }

    /// A file put together from these pieces.
    pub fn composed(name: impl Into<FileName>, pieces: impl IntoIterator<Item = Piece>) -> Arc<Self> {
        let (mut text, mut parts) = (String::new(), Vec::new());
        for piece in pieces {
            let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let (file, origin, verbatim) = match piece {
                Piece::Of(file, span) => {
                    text.push_str(file.slice(span));
                    (file, span, true)
                }
                Piece::Words(words, file, span) => {
                    text.push_str(&words);
                    (file, span, false)
                }
            };
            parts.push(Part { start, file, origin, verbatim });
        }
        Arc::new(SourceFile { name: name.into(), text, lines: OnceLock::new(), parts })
    }

    /// A file of this name that says something else: put together, if this one was.
    pub fn reworded(self: &Arc<Self>, text: impl Into<String>) -> Arc<Self> {
        let (name, text) = (self.name.clone(), text.into());
        if self.is_composed() {
            return SourceFile::composed(name, [Piece::Words(text, Arc::clone(self), Span::default())]);
        }
        SourceFile::new(name, text)
    }

    /// Whether it was put together from parts of others.
    pub fn is_composed(&self) -> bool {
        !self.parts.is_empty()
    }

    /// The file in which people find what stands at a span, and where it stands there. What goes on
    /// from one part into the next is found at its start.
    pub fn origin(self: &Arc<Self>, span: Span) -> (&Arc<SourceFile>, Span) {
        let rank = self.parts.partition_point(|part| part.start <= span.start);
        let Some(part) = rank.checked_sub(1).and_then(|rank| self.parts.get(rank)) else {
            return (self, span);
        };
        if !part.verbatim {
            return part.file.origin(part.origin);
        }
        let next = self.parts.get(rank).map_or(u32::MAX, |next| next.start);
        let moved = |at: u32| part.origin.start + (at.min(next) - part.start);
        part.file.origin(Span { start: moved(span.start), end: moved(span.end) })
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let starts = self.text.match_indices('\n').map(|(end, _)| end + 1);
            std::iter::once(0).chain(starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX))).collect()
        })
    }

    /// The name that decisions carry.
    pub fn name(&self) -> &str {
        self.name.name()
    }

    /// The path that mistakes are shown under.
    pub fn path(&self) -> &str {
        self.name.path()
    }

    /// What it is called, for a file that stands in its place.
    pub fn called(&self) -> &FileName {
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

    /// The line in which a byte offset stands, from 1.
    pub fn line_of(&self, offset: u32) -> u32 {
        let line = self.lines().partition_point(|start| *start <= offset).max(1);
        u32::try_from(line).unwrap_or(u32::MAX).saturating_add(self.name.above())
    }

    /// Where a byte offset stands.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.lines().get(self.index(line)).copied().unwrap_or(0) as usize;
        let before = self.text.get(start..(offset as usize).min(self.text.len())).unwrap_or("");
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        Position { line, column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX) }
    }

    /// Which line of the text a line of the file is.
    fn index(&self, line: u32) -> usize {
        line.saturating_sub(self.name.above()).saturating_sub(1) as usize
    }

    /// The text of a line, from 1, without its line end.
    pub fn line(&self, line: u32) -> &str {
        let index = self.index(line);
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

#[cfg(test)]
mod tests {
    use super::{FileName, Piece, SourceFile, Span};

    #[test]
    fn what_is_put_together_is_found_where_it_is_said() {
        let base = SourceFile::new("base", "un\ndeux\ntrois\n");
        let other = SourceFile::new("autre", "zéro\n2 bis\n");
        let whole = SourceFile::composed(
            "le tout",
            [
                Piece::Of(base.clone(), Span::new(0, 3)),
                Piece::Of(other.clone(), Span::new(6, 12)),
                Piece::Words("et ".into(), other.clone(), Span::new(0, 5)),
                Piece::Of(base.clone(), Span::new(8, 14)),
            ],
        );
        assert_eq!(whole.text(), "un\n2 bis\net trois\n");
        let found = |word: &str| {
            let at = whole.text().find(word).expect("a word of the text");
            let (file, span) = whole.origin(Span::new(at, at + word.len()));
            (file.name().to_owned(), file.slice(span).to_owned(), file.position(span.start).line)
        };
        assert_eq!(found("un"), ("base".into(), "un".into(), 1));
        assert_eq!(found("bis"), ("autre".into(), "bis".into(), 2));
        assert_eq!(found("et"), ("autre".into(), "zéro".into(), 1));
        assert_eq!(found("trois"), ("base".into(), "trois".into(), 3));
        // From one part into the next: what stands in the first one.
        assert_eq!(found("bis\net"), ("autre".into(), "bis\n".into(), 2));
        assert!(whole.is_composed() && !base.is_composed());
        let lines = SourceFile::new(FileName::new("liste").from_line(41), "un\ndeux\n");
        assert_eq!((lines.position(3).line, lines.line(42), lines.line_of(0)), (42, "deux", 41));
        assert_eq!(base.origin(Span::new(3, 7)), (&base, Span::new(3, 7)));
    }
}
