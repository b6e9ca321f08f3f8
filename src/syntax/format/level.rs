//! How far each line is indented.

use super::super::grammar;
use super::super::keyword::Keyword;
use super::super::layout::{Line, Piece, Start};
use super::item_keyword;
use crate::source::{SourceFile, Span};

/// The level of each piece, in order.
pub(super) struct Levels {
    item: Option<Keyword>,
    /// Whether a `selon` belongs to the derogation or the option above.
    nested: bool,
    scale: bool,
    amending: bool,
}

impl Levels {
    /// The levels of the pieces of a file.
    pub fn of(file: &SourceFile, pieces: &[Piece]) -> Vec<usize> {
        let amending = super::is_amendment(pieces);
        let mut state = Levels { item: None, nested: false, scale: false, amending };
        let lines: Vec<Option<usize>> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Line(line) => Some(state.line(file, line)),
                Piece::Blank | Piece::Comment(_) => None,
            })
            .collect();
        pieces
            .iter()
            .enumerate()
            .map(|(n, piece)| match piece {
                Piece::Line(_) => lines.get(n).copied().flatten().unwrap_or(0),
                Piece::Blank => 0,
                Piece::Comment(span) => comment(file, pieces, &lines, n, *span),
            })
            .collect()
    }

    fn line(&mut self, file: &SourceFile, line: &Line) -> usize {
        let in_dossier = self.item == Some(Keyword::Dossier);
        if let Some(keyword) = item_keyword(line, in_dossier || self.scale, self.amending) {
            // What is put in or replaced is laid out as it would be in a text of its own.
            let subject = || grammar::subject(file.slice(line.rest)).map(|(subject, _)| subject);
            let item = if keyword.changes() { subject() } else { Some(keyword) };
            *self = Levels { item, nested: false, scale: false, amending: self.amending };
            return 0;
        }
        match line.start {
            Start::Bullet if self.item == Some(Keyword::Reading) => {
                self.nested = true;
                1
            }
            Start::Bullet => 2,
            Start::Quotation => 1 + usize::from(in_dossier),
            Start::Keyword(..) | Start::Other if in_dossier && line.labelled => 1,
            Start::Keyword(Keyword::Cites, _) => 1 + usize::from(self.nested),
            Start::Keyword(Keyword::Note | Keyword::Concordance, _) => 1 + usize::from(in_dossier),
            Start::Keyword(keyword, _)
                if self.scale
                    && line.labelled
                    && !matches!(keyword, Keyword::Unless | Keyword::UnlessFirst) =>
            {
                2
            }
            Start::Keyword(keyword, _) => {
                self.nested = matches!(
                    keyword,
                    Keyword::Unless | Keyword::UnlessAny | Keyword::UnlessFirst | Keyword::Retains
                );
                self.scale |= matches!(keyword, Keyword::Worth | Keyword::Amount)
                    && file.slice(line.rest).starts_with("selon");
                1
            }
            Start::Other => 2,
        }
    }
}

/// A comment stands with the line just below it; followed by an empty line, at the margin where its
/// author put it there, else with the line above.
fn comment(file: &SourceFile, pieces: &[Piece], lines: &[Option<usize>], n: usize, span: Span) -> usize {
    let below = pieces.iter().enumerate().skip(n + 1).find(|(_, p)| !matches!(p, Piece::Comment(_)));
    if let Some((at, Piece::Line(_))) = below {
        return lines.get(at).copied().flatten().unwrap_or(0);
    }
    if file.position(span.start).column == 1 {
        return 0;
    }
    lines.get(..n).and_then(|before| before.iter().rev().find_map(|level| *level)).unwrap_or(0)
}
