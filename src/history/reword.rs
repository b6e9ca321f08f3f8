//! Amending by words, as laws do: « dans critère seuil, remplace « 10 % » par « 15 % » ».
//!
//! The words are those of the rule: what it cites, notes and answers is left aside. They must stand there once.
//! A passage that says the old words, figures in letters too, is no source of the new rule: those that the amendment cites take its place.

use std::ops::Range;
use std::sync::Arc;

use super::parts::{self, Part, piece};
use super::say;
use crate::diagnostic::Diagnostic;
use crate::source::{Piece, SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::{Change, Kind, Rewording};
use crate::text::occurrences;

/// The code of what is said of words that do not stand there.
pub(super) const ABSENT: &str = "mots-absents";

/// The greatest number of places that a message shows.
const PLACES: usize = 4;

/// Puts the new words in a part, by an amendment of this rank and file.
///
/// # Errors
///
/// The words do not stand there, or more than once.
pub(super) fn reword(
    part: &mut Part,
    by: usize,
    file: &Arc<SourceFile>,
    change: &Change,
    said: &Rewording,
) -> Result<(), Diagnostic> {
    let text: String = part.body.iter().map(words_of).collect();
    let lines = syntax::lines_said(&text);
    let found: Vec<Range<usize>> = lines
        .iter()
        .filter(|line| !line.aside)
        .flat_map(|line| occurrences(&text, line.span.range(), &said.from.text))
        .collect();
    let [only] = found.as_slice() else {
        return Err(not_once(part, file, said, &found));
    };
    let new = Piece::Words(said.to.text.to_string(), Arc::clone(file), said.to.span);
    let mut edits: Vec<(Range<usize>, Option<Piece>)> = vec![(only.clone(), Some(new))];
    let cites = !matches!(said.kind, Kind::Fact | Kind::Source);
    if cites && !said.citations.is_empty() {
        let ways = syntax::turns::ways_to_say(&said.from.text);
        let says = |within: Range<usize>| {
            ways.iter().any(|words| !occurrences(&text, within.clone(), words).is_empty())
        };
        // A passage goes on over the quotations below its line.
        let mut gone: Option<usize> = None;
        for (rank, line) in lines.iter().enumerate() {
            let goes_on = line.quotes && gone == rank.checked_sub(1);
            let below = || lines.get(rank + 1).is_some_and(|next| next.quotes && says(next.span.range()));
            let from_here = line.cites && (says(line.span.range()) || below());
            if from_here || goes_on && gone.is_some() {
                gone = Some(rank);
                edits.push((whole_lines(&text, line.span.range()), None));
            }
        }
        let first = parts::line_end(file, said.to.span.end);
        let last = parts::line_end(file, change.whole.end).max(first);
        let at = lines.first().map_or(0, |line| whole_lines(&text, line.span.range()).end);
        edits.push((at..at, Some(piece(file, first, last))));
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    part.body = edited(&part.body, edits);
    part.by = by;
    Ok(())
}

fn words_of(piece: &Piece) -> &str {
    match piece {
        Piece::Of(file, span) => file.slice(*span),
        Piece::Words(words, ..) => words,
    }
}

/// From the start of the first line of a range to the end of its last one.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text.get(..range.start).unwrap_or("");
    let after = text.get(range.end..).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    start..range.end + after.find('\n').map_or(after.len(), |end| end + 1)
}

/// Pieces with others in the place of some of what they say.
fn edited(pieces: &[Piece], edits: Vec<(Range<usize>, Option<Piece>)>) -> Vec<Piece> {
    let (mut made, mut at) = (Vec::new(), 0);
    let mut edits = edits.into_iter().peekable();
    for piece in pieces {
        let (start, end) = (at, at + words_of(piece).len());
        let mut from = start;
        while let Some((range, new)) =
            edits.next_if(|(range, _)| range.start < end || range.is_empty() && range.start == end)
        {
            made.extend(stretch(piece, start, from..range.start));
            made.extend(new);
            from = range.end.max(from);
        }
        made.extend(stretch(piece, start, from.min(end)..end));
        at = end;
    }
    made.extend(edits.filter_map(|(_, new)| new));
    made
}

/// A stretch of a piece that starts at `start`.
fn stretch(piece: &Piece, start: usize, range: Range<usize>) -> Option<Piece> {
    let (from, to) = (range.start.checked_sub(start)?, range.end.checked_sub(start)?);
    if from >= to {
        return None;
    }
    match piece {
        Piece::Of(file, span) => {
            let base = span.start as usize;
            Some(Piece::Of(Arc::clone(file), Span::new(base + from, base + to)))
        }
        Piece::Words(words, file, span) => {
            Some(Piece::Words(words.get(from..to)?.to_owned(), Arc::clone(file), *span))
        }
    }
}

/// The words do not stand there, or more than once.
fn not_once(part: &Part, file: &Arc<SourceFile>, said: &Rewording, found: &[Range<usize>]) -> Diagnostic {
    let (words, what, name) = (&said.from.text, say::the(said.kind), &said.name.text);
    let whole = format!("remplace {} {name}", said.kind.word());
    if found.is_empty() {
        let message = format!("« {words} » n'est pas dans {what} « {name} »");
        return Diagnostic::error(ABSENT, message)
            .at(file, said.from.span, "")
            .at(&part.file, part.place, "ce qu'il s'agit de changer")
            .help(format!("écrire les mots comme ils y sont, hors de ce qu'il cite ; ou « {whole} »"));
    }
    let message = format!("« {words} » est {} fois dans {what} « {name} »", found.len());
    let mut diagnostic = Diagnostic::error("mots-repetes", message).at(file, said.from.span, "lesquels ?");
    for range in found.iter().take(PLACES) {
        let mut at = 0;
        for piece in &part.body {
            let end = at + words_of(piece).len();
            if (at..end).contains(&range.start) {
                let (own, span) = match piece {
                    Piece::Of(own, span) => {
                        let start = span.start as usize + range.start - at;
                        (own, Span::new(start, start + range.len()))
                    }
                    Piece::Words(_, own, span) => (own, *span),
                };
                diagnostic = diagnostic.at(own, span, "ici");
            }
            at = end;
        }
    }
    diagnostic.help(format!("en citer davantage, jusqu'à ce qu'ils n'y soient qu'une fois ; ou « {whole} »"))
}
