//! Frames around places in files, drawn by [`miette`].
//!
//! Architecture invariant: `miette` is named in this file only. It is given a source of our own: just
//! the lines to show, each already cut to the width, with the file's own line numbers and columns
//! counted in characters. So a report may show several files, and a line of a megabyte costs nothing.

use std::fmt;
use std::sync::Arc;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::Look;
use crate::diagnostic::Label;
use crate::render::layout;
use crate::source::{Position, SourceFile};

/// Places nearer than this many lines share a frame.
const NEAR: u32 = 2;
/// Room for a label before it is worth moving its line to the left.
const ROOM: usize = 34;

/// Room for a word of a label.
const WORD: usize = 8;

/// The frames of some places, in the order in which their files and lines are first named. Empty for
/// none.
pub(crate) fn frames(labels: &[Label], look: Look) -> String {
    let mut out = String::new();
    for group in groups(labels) {
        let sheet = Sheet::of(&group, look);
        let mut drawn = String::new();
        if handler(look).render_report(&mut drawn, &sheet).is_err() {
            continue;
        }
        // The first line is the message, which the caller writes.
        out.extend(drawn.split_inclusive('\n').skip(1));
    }
    out
}

fn handler(look: Look) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if look.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_links(false)
        .without_syntax_highlighting()
}

/// A place on one line: what follows its first line is left out.
struct Place<'a> {
    file: &'a Arc<SourceFile>,
    at: Position,
    /// Bytes of the line.
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Place<'a> {
    fn of(label: &'a Label) -> Self {
        let (file, span) = label.file.origin(label.span);
        let at = file.position(span.start);
        let line = file.line(at.line);
        let before: usize = line.chars().take(at.column as usize - 1).map(char::len_utf8).sum();
        let mut end = (before + span.len()).min(line.len());
        while !line.is_char_boundary(end) {
            end += 1;
        }
        Place { file, at, start: before, end, text: &label.text }
    }
}

/// Places that share a frame: of one file, on lines that are near.
fn groups(labels: &[Label]) -> Vec<Vec<Place<'_>>> {
    let mut groups: Vec<Vec<Place<'_>>> = Vec::new();
    for place in labels.iter().map(Place::of) {
        let near = |group: &&mut Vec<Place<'_>>| {
            group
                .iter()
                .any(|p| p.file.path() == place.file.path() && p.at.line.abs_diff(place.at.line) <= NEAR)
        };
        match groups.iter_mut().find(near) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups
}

/// The lines of one frame with what is said about them.
#[derive(Debug)]
struct Sheet {
    name: String,
    /// From 0.
    first_line: usize,
    text: String,
    labels: Vec<LabeledSpan>,
    /// The place that the head of the frame names.
    main: Position,
}

impl Sheet {
    fn of(places: &[Place<'_>], look: Look) -> Sheet {
        let first = places.iter().map(|p| p.at.line).min().unwrap_or(1);
        let last = places.iter().map(|p| p.at.line).max().unwrap_or(1);
        let gutter = last.to_string().len() + 4;
        let room = look.width.saturating_sub(gutter).max(16);
        let mut text = String::new();
        let mut labels = Vec::new();
        for number in first..=last {
            let here: Vec<&Place<'_>> = places.iter().filter(|p| p.at.line == number).collect();
            let line = places.first().map_or("", |p| p.file.line(number));
            let window = Window::of(line, &here, room);
            let base = text.len();
            text.push_str(&window.text);
            for (place, (start, end)) in here.iter().zip(&window.spans) {
                let middle = window.column(*start).midpoint(window.column(*end));
                let said = (!place.text.is_empty()).then(|| {
                    layout::wrap_prose(place.text, "", "", room.saturating_sub(middle + 5).max(WORD))
                        .join("\n")
                });
                labels.push(LabeledSpan::new(said, base + start, end - start));
            }
            if number < last {
                text.push('\n');
            }
        }
        let (name, main) = places
            .first()
            .map_or((String::new(), Position { line: 1, column: 1 }), |p| (p.file.path().to_owned(), p.at));
        let digits = main.line.to_string().len() + main.column.to_string().len() + 2;
        let name = shorten(&layout::clean(&name), look.width.saturating_sub(gutter + 4 + digits));
        Sheet { name, first_line: first as usize - 1, text, labels, main }
    }
}

/// The end of a path matters most.
fn shorten(name: &str, width: usize) -> String {
    if layout::width(name) <= width {
        return name.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    let mut used = 1;
    for c in name.chars().rev() {
        used += layout::width(c.encode_utf8(&mut [0; 4]));
        if used > width {
            break;
        }
        kept.push(c);
    }
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

/// What is shown of a line, and where its places then stand.
struct Window {
    text: String,
    spans: Vec<(usize, usize)>,
}

impl Window {
    fn of(line: &str, places: &[&Place<'_>], room: usize) -> Window {
        let wanted = places.iter().map(|p| p.start).min().unwrap_or(0);
        let column_of = |byte: usize| layout::width(&layout::clean(line.get(..byte).unwrap_or("")));
        let column = column_of(wanted);
        // Below the last place a label needs room for a word.
        let middle = |p: &Place<'_>| column_of(p.start).midpoint(column_of(p.end).min(room));
        let last_fits = places.iter().all(|p| middle(p) + 5 + layout::width(p.text).min(WORD) <= room);
        let longest = places.iter().map(|p| layout::width(p.text)).max().unwrap_or(0).min(ROOM);
        let whole_fits = line.len() <= 4 * room && layout::width(&layout::clean(line)) <= room;
        let from = if column + 8 + longest <= room && (whole_fits || column < room) && last_fits {
            0
        } else {
            // A little of what stands before, on a character.
            let mut from = wanted.saturating_sub(8);
            while !line.is_char_boundary(from) {
                from -= 1;
            }
            from
        };
        let mut text = String::new();
        let mut used = 0;
        if from > 0 {
            text.push('…');
            used = 1;
        }
        let mut map = Vec::new();
        let tail = line.get(from..).unwrap_or("");
        for (offset, c) in tail.char_indices() {
            let shown = layout::clean(c.encode_utf8(&mut [0; 4])).into_owned();
            let size = layout::width(&shown);
            let last = offset + c.len_utf8() == tail.len();
            if used + size + usize::from(!last) > room {
                text.push('…');
                break;
            }
            map.push((from + offset, text.len()));
            text.push_str(&shown);
            used += size;
        }
        let end_of_map = text.strip_suffix('…').map_or(text.len(), str::len);
        let moved = |byte: usize| match map.binary_search_by_key(&byte, |(old, _)| *old) {
            Ok(i) => map.get(i).map_or(end_of_map, |(_, new)| *new),
            Err(0) => map.first().map_or(0, |(_, new)| *new),
            Err(_) => end_of_map,
        };
        let spans = places.iter().map(|p| (moved(p.start), moved(p.end).max(moved(p.start)))).collect();
        Window { text, spans }
    }

    fn column(&self, byte: usize) -> usize {
        layout::width(self.text.get(..byte).unwrap_or(""))
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Sheet {}

impl miette::Diagnostic for Sheet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl SourceCode for Sheet {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without context, miette asks for the place that the head names.
        let (line, column) = if before == 0 && after == 0 {
            (self.main.line as usize - 1, self.main.column as usize - 1)
        } else {
            (self.first_line, 0)
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            line,
            column,
            self.text.lines().count().max(1),
        )))
    }
}
