//! What a text is made of on its surface, for whoever colours or folds it: it is known however broken the text is.

use super::layout::{self, Piece, Start};
use crate::source::Span;

/// A piece of the surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The word that starts a line.
    Keyword,
    /// From `#` to the end of its line.
    Comment,
    /// « … », guillemets included.
    Quotation,
}

/// The marks of a text, in order.
pub fn marks(text: &str) -> Vec<(Span, Mark)> {
    let mut found = Vec::new();
    for piece in layout::lay_out(text).pieces {
        match piece {
            Piece::Blank => {}
            Piece::Comment(span) => found.push((span, Mark::Comment)),
            Piece::Line(line) => {
                if let Start::Keyword(_, span) = line.start {
                    found.push((span, Mark::Keyword));
                }
                inner(text, line.span, &mut found);
                found.extend(line.comment.map(|span| (span, Mark::Comment)));
            }
        }
    }
    found.sort_unstable_by_key(|(span, _)| *span);
    found.dedup_by_key(|(span, _)| *span);
    found
}

/// The logical lines of a text, each from its first sign to its last.
pub fn lines(text: &str) -> Vec<Span> {
    layout::lay_out(text).lines().map(|line| line.span).collect()
}

/// The quotations and comments within a line that goes on over several.
fn inner(text: &str, line: Span, found: &mut Vec<(Span, Mark)>) {
    let start = line.start as usize;
    let (mut depth, mut open, mut comment) = (0_usize, 0, None);
    for (at, c) in text.get(line.range()).unwrap_or("").char_indices() {
        let at = start + at;
        match c {
            '\n' => {
                let ended = comment.take().map(|from| (Span::new(from, at), Mark::Comment));
                found.extend(ended);
            }
            _ if comment.is_some() => {}
            '#' if depth == 0 => comment = Some(at),
            '«' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            '»' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && open > 0 {
                    found.push((Span::new(open, at + c.len_utf8()), Mark::Quotation));
                    open = 0;
                }
            }
            _ => {}
        }
    }
    // One that nothing closes goes to the end of its line.
    if depth > 0 && open > 0 {
        found.push((Span::new(open, line.end as usize), Mark::Quotation));
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, marks};

    #[test]
    fn the_surface_is_seen_however_broken() {
        let text =
            "critère a # b\n  exige x ≥ 3 et\n    # c « d »\n    y\n  selon loi « e « f » g\n  note « h »\n";
        let of = |wanted: Mark| -> Vec<&str> {
            let own = marks(text).into_iter().filter(|(_, mark)| *mark == wanted);
            own.map(|(span, _)| &text[span.range()]).collect()
        };
        assert_eq!(of(Mark::Keyword), ["critère", "exige", "selon", "note"]);
        assert_eq!(of(Mark::Comment), ["# b", "# c « d »"]);
        assert_eq!(of(Mark::Quotation), ["« e « f » g", "« h »"]);
    }
}
