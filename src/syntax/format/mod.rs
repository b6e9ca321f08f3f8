//! The canonical layout of a policy file.
//!
//! What an author wrote stays: words, spellings, comments, the lines on which a long expression is
//! broken. What changes is white space, the form of signs (`>=` becomes `≥`), the columns of what
//! belongs together, and the lines of quotations, which are filled. A file that does not read is not touched.

use std::sync::Arc;

use super::keyword::Keyword;
use super::layout::{self, Line, Piece, Start};
use super::{bytes, parse_normal};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::SourceFile;

mod columns;
mod level;
mod line;
mod prose;

use columns::Columns;
use level::Levels;

/// Two spaces a level.
const INDENT: usize = 2;

/// The file in its canonical layout; its mistakes where it does not read. Formatting what comes out
/// changes nothing, and it says what the file says. A file that would then no longer fit into what may be
/// read stays as it is.
pub fn format(file: &Arc<SourceFile>) -> Result<String, Vec<Diagnostic>> {
    let (document, problems) = super::parse(file);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    let typed = file;
    let normal = bytes::normal(file);
    let file = normal.as_ref().map_or(file, |normal| &normal.file);
    let document = if normal.is_some() { parse_normal(file, &[], false).0 } else { document };
    let layout = layout::lay_out(file.text());
    let columns = Columns::of(&document);
    let pieces = with_blanks(&layout.pieces);
    let mut out = Output { file, text: String::with_capacity(file.text().len()) };
    let levels = Levels::of(file, &pieces);
    let mut lines: Vec<(usize, line::Laid, &Piece)> = Vec::with_capacity(pieces.len());
    for (piece, level) in pieces.iter().zip(levels) {
        let laid = match piece {
            Piece::Line(line) => line::lay(file, line, level * INDENT, &columns),
            Piece::Blank | Piece::Comment(_) => line::Laid::default(),
        };
        lines.push((level, laid, piece));
    }
    columns.align(lines.iter_mut().map(|(_, laid, _)| laid));
    for (level, laid, piece) in &lines {
        out.piece(piece, *level, laid);
    }
    let text = out.finish();
    Ok(if fits(&text) { text } else { typed.text().to_owned() })
}

/// Whether a text is within the bounds of what is read: white space makes it longer.
fn fits(text: &str) -> bool {
    text.len() <= limits::POLICY_BYTES && layout::lay_out(text).faults.is_empty()
}

/// The pieces with one empty line between items, but for one-line items of a kind.
fn with_blanks(pieces: &[Piece]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len() + 16);
    let mut last: Option<(Keyword, usize)> = None;
    let mut in_dossier = false;
    let amending = is_amendment(pieces);
    for piece in pieces {
        if let Piece::Line(line) = piece {
            let item = item_keyword(line, in_dossier, amending);
            if let (Some(keyword), Some((before, lines))) = (item, last) {
                let comments = out.iter().rev().take_while(|p| matches!(p, Piece::Comment(_))).count();
                let at = out.len() - comments;
                let apart = out.get(..at).is_some_and(|o| matches!(o.last(), Some(Piece::Blank) | None));
                let together = keyword == before && lines == 1;
                let together = together && !matches!(keyword, Keyword::Adds | Keyword::Replaces);
                if !apart && !together {
                    out.insert(at, Piece::Blank);
                }
            }
            match (item, &mut last) {
                (Some(keyword), _) => {
                    in_dossier = keyword == Keyword::Dossier;
                    last = Some((keyword, 1));
                }
                (None, Some((_, lines))) => *lines += 1,
                (None, None) => {}
            }
        }
        out.push(piece.clone());
    }
    while matches!(out.last(), Some(Piece::Blank)) {
        out.pop();
    }
    out
}

/// The keyword of a line that starts an item.
fn item_keyword(line: &Line, in_dossier: bool, amending: bool) -> Option<Keyword> {
    let Start::Keyword(keyword, _) = line.start else { return None };
    let labelled = in_dossier && line.labelled && !(amending && keyword.changes());
    (keyword.starts_item() && !labelled).then_some(keyword)
}

/// Whether these are the pieces of an amendment.
fn is_amendment(pieces: &[Piece]) -> bool {
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Line(line) => Some(line.start),
        Piece::Blank | Piece::Comment(_) => None,
    });
    matches!(first, Some(Start::Keyword(Keyword::Amendment, _)))
}

struct Output<'a> {
    file: &'a SourceFile,
    text: String,
}

impl Output<'_> {
    fn piece(&mut self, piece: &Piece, level: usize, laid: &line::Laid) {
        match piece {
            Piece::Blank => {}
            Piece::Comment(span) => {
                self.indent(level);
                self.text.push_str(self.file.slice(*span));
            }
            Piece::Line(piece) => {
                self.indent(level);
                self.text.push_str(&prose::fill(&laid.text(), level * INDENT, (level + 1) * INDENT));
                if let Some(comment) = piece.comment {
                    self.text.push_str("  ");
                    self.text.push_str(self.file.slice(comment));
                }
            }
        }
        self.text.push('\n');
    }

    fn indent(&mut self, level: usize) {
        self.text.extend(std::iter::repeat_n(' ', level * INDENT));
    }

    fn finish(self) -> String {
        self.text
    }
}
