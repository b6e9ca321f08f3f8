//! The syntax of policy files: from a text to its tree, and to its canonical layout.
//!
//! Three stages, each of which goes on after a mistake: `layout` cuts the file into logical lines,
//! `grammar` reads each line with the rule of its keyword, `assemble` puts the lines together into
//! items. One run reports every mistake of a file, each once and at its place.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{SourceFile, Span};

mod assemble;
mod bytes;
mod declared;
mod format;
mod grammar;
mod heads;
mod keyword;
mod layout;
mod letter;
mod marks;
mod names;
mod spans;
pub mod tree;
pub(crate) mod turns;
mod vocabulary;

pub use bytes::decode;
pub use format::format;
pub(crate) use grammar::{dashed_date, date_of, exception_on_the_line, nearly_adjusts, small_word};
pub(crate) use heads::head_length;
pub use marks::{Mark, lines, marks};
pub(crate) use turns::rewrites;
pub use vocabulary::{guards, keywords, reserved, starters};

use declared::Names;
use tree::Document;

/// Reads a policy file: what it says, and all that is wrong with it.
pub fn parse(file: &Arc<SourceFile>) -> (Document, Vec<Diagnostic>) {
    parse_among(file, &[])
}

/// Whether a text reads as what a line may be worth, its condition with it.
pub(crate) fn reads_as_value(text: &str) -> bool {
    text.len() <= limits::LINE_BYTES && grammar::reads_as_value(text)
}

/// A line of an item.
pub(crate) struct SaidLine {
    /// Where it stands, from its first sign to its last.
    pub span: Span,
    /// Whether it says nothing of the rule: where that comes from, a note, an answer.
    pub aside: bool,
    /// Whether it is a `selon`.
    pub cites: bool,
    /// Whether it is a quotation, which goes on from the line above.
    pub quotes: bool,
}

/// The lines of an item, what stands at the left of the file.
pub(crate) fn lines_said(text: &str) -> Vec<SaidLine> {
    let lines = layout::lay_out(text);
    let said = lines.lines().map(|line| {
        let (cites, quotes) = match line.start {
            layout::Start::Keyword(keyword::Keyword::Cites, _) => (true, false),
            layout::Start::Quotation => (false, true),
            layout::Start::Keyword(..) | layout::Start::Bullet | layout::Start::Other => (false, false),
        };
        let kept = [keyword::Keyword::Note, keyword::Keyword::Concordance];
        let told = matches!(line.start, layout::Start::Keyword(keyword, _) if kept.contains(&keyword));
        SaidLine { span: line.span, aside: cites || quotes || told, cites, quotes }
    });
    said.collect()
}

/// Whether a file declares names that another text cannot read without knowing it.
pub fn declares_phrases(file: &SourceFile) -> bool {
    !Names::of([(file.text(), &layout::lay_out(file.text()))]).is_plain()
}

/// Reads a policy file, knowing what others declare: an amendment's, those of what it amends.
pub fn parse_among(file: &Arc<SourceFile>, others: &[&SourceFile]) -> (Document, Vec<Diagnostic>) {
    if file.text().len() > limits::POLICY_BYTES {
        let document = Document::empty(file);
        return (document, vec![bytes::too_large(file.text().len()).at(file, Span::default(), "")]);
    }
    let composed = file.is_composed();
    let Some(normal) = bytes::normal(file) else { return parse_normal(file, others, composed) };
    let (document, mut problems) = parse_normal(&normal.file, others, composed);
    for problem in &mut problems {
        for label in &mut problem.labels {
            label.file = Arc::clone(file);
            label.span = normal.back(label.span);
        }
        for edit in problem.remedies.iter_mut().flat_map(|remedy| &mut remedy.edits) {
            edit.file = Arc::clone(file);
            edit.span = normal.back(edit.span);
        }
    }
    (document.moved(file, |span| normal.back(span)), problems)
}

/// Reads a text and those that it leans on, put together into one file: each with its own names, the first
/// one knowing those of the others.
fn parse_joined(file: &Arc<SourceFile>, starts: &[u32]) -> (Document, Vec<Diagnostic>) {
    let length = Span::new(0, file.text().len()).end;
    let ends = starts.iter().copied().chain([length]);
    let alone: Vec<Arc<SourceFile>> = std::iter::once(0)
        .chain(starts.iter().copied())
        .zip(ends)
        .map(|(start, end)| SourceFile::new(file.called(), only(file.text(), Span { start, end })))
        .collect();
    let others: Vec<&SourceFile> = alone.iter().skip(1).map(|part| &**part).collect();
    let mut whole = Document::empty(file);
    let mut problems = Vec::new();
    for (rank, part) in alone.iter().enumerate() {
        let others = if rank == 0 { others.as_slice() } else { &[] };
        let (document, found) = parse_normal(part, others, rank == 0);
        problems.extend(found);
        whole.items.extend(document.items);
        if rank == 0 {
            whole.header = document.header;
        } else {
            whole.leaned.extend(document.header);
        }
    }
    for problem in &mut problems {
        let edits = problem.remedies.iter_mut().flat_map(|remedy| &mut remedy.edits);
        edits.for_each(|edit| edit.file = Arc::clone(file));
        problem.labels.iter_mut().for_each(|label| label.file = Arc::clone(file));
    }
    (whole, problems)
}

/// A text of which only a stretch is kept, at its place.
fn only(text: &str, kept: Span) -> String {
    let blank = |part: &str| part.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect::<String>();
    let (before, rest) = text.split_at_checked(kept.start as usize).unwrap_or((text, ""));
    let (own, after) = rest.split_at_checked(kept.len()).unwrap_or((rest, ""));
    [blank(before), own.to_owned(), blank(after)].concat()
}

/// Reads a file whose text is in NFC. One that is `composed` holds the scopes of its amendments.
fn parse_normal(
    file: &Arc<SourceFile>,
    others: &[&SourceFile],
    composed: bool,
) -> (Document, Vec<Diagnostic>) {
    let layout = layout::lay_out(file.text());
    if composed
        && let [_, rest @ ..] = layout.heads().as_slice()
        && !rest.is_empty()
    {
        return parse_joined(file, rest);
    }
    let beside: Vec<_> = others.iter().map(|other| (other.text(), layout::lay_out(other.text()))).collect();
    let all = beside.iter().map(|(text, layout)| (*text, layout)).chain([(file.text(), &layout)]);
    let names = Names::of(all);
    let text = names.hidden(file.text());
    let reader = grammar::Reader::new(file, &text, &names, &layout);
    let document = assemble::document(&reader, &layout, composed);
    let mut problems = reader.into_problems();
    problems.sort_by_key(|p| p.labels.first().map_or(0, |label| label.span.start));
    (document, problems)
}
