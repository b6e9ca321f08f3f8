//! What a remedy changes, as a small diff: the lines that go, the lines that come.

use std::fmt::Write;

use super::Look;
use crate::diagnostic::{Label, Remedy};
use crate::render::layout;
use crate::source::{SourceFile, Span};

const GONE: anstyle::Style = anstyle::AnsiColor::Red.on_default();
const NEW: anstyle::Style = anstyle::AnsiColor::Green.on_default();

/// The lines that a remedy changes, before and after, each file with its name and line.
pub fn remedy(remedy: &Remedy, look: Look) -> String {
    beside(remedy, None, look)
}

/// The same under the frame of a place: what changes on its line needs no other name.
pub(super) fn beside(remedy: &Remedy, shown: Option<&Label>, look: Look) -> String {
    let mut out = String::new();
    let mut edits: Vec<_> = remedy.edits.iter().collect();
    edits.sort_by_key(|edit| (edit.file.path().to_owned(), edit.span));
    let mut at = 0;
    while let Some(first) = edits.get(at) {
        let mut lines = whole_lines(&first.file, first.span);
        let mut together = vec![*first];
        // Changes of lines that touch are shown together.
        while let Some(next) = edits.get(at + together.len())
            && next.file.path() == first.file.path()
            && next.span.start <= lines.end + 1
        {
            lines = lines.to(whole_lines(&next.file, next.span));
            together.push(next);
        }
        at += together.len();
        let before = first.file.slice(lines);
        let mut after = before.to_owned();
        for edit in together.iter().rev() {
            let (start, end) = (edit.span.start - lines.start, edit.span.end - lines.start);
            if after.get(start as usize..end as usize).is_some() {
                after.replace_range(start as usize..end as usize, &edit.text);
            }
        }
        let line = first.file.line_of(lines.start);
        let is_shown = |label: &Label| {
            label.file.path() == first.file.path() && label.file.line_of(label.span.start) == line
        };
        if !shown.is_some_and(is_shown) {
            let _ = writeln!(out, "  {}:{line}", layout::clean(first.file.path()));
        }
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let unlike = |rank: usize| first_difference(old.get(rank), new.get(rank));
        for (sign, style, all) in [("-", GONE, &old), ("+", NEW, &new)] {
            for (rank, line) in all.iter().enumerate() {
                let line = around(line, unlike(rank), look);
                let _ = writeln!(out, "  {}", look.paint(style, &format!("{sign} {line}")));
            }
        }
    }
    out
}

/// At which letter two lines differ.
fn first_difference(a: Option<&&str>, b: Option<&&str>) -> usize {
    let (a, b) = (a.copied().unwrap_or(""), b.copied().unwrap_or(""));
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// A line as wide as there is room, around the letter at which it changes.
fn around(line: &str, letter: usize, look: Look) -> String {
    let line = layout::clean(line);
    let room = look.width.saturating_sub("  - ".len()).max(8);
    if layout::width(&line) <= room {
        return line.into_owned();
    }
    let cut = if look.unicode { "…" } else { "..." };
    let room = room - 2 * layout::width(cut);
    let letters: Vec<char> = line.chars().collect();
    let size = |letters: &[char]| layout::width(&letters.iter().collect::<String>());
    let mut start = letter.min(letters.len());
    // Half of it before the change, more where less follows.
    while start > 0
        && (size(&letters[start - 1..letter.min(letters.len())]) <= room / 2
            || size(&letters[start - 1..]) <= room)
    {
        start -= 1;
    }
    let mut end = letters.len();
    while end > start && size(&letters[start..end]) > room {
        end -= 1;
    }
    let kept: String = letters[start..end].iter().collect();
    let before = if start > 0 { cut } else { "" };
    let after = if end < letters.len() { cut } else { "" };
    format!("{before}{kept}{after}")
}

/// From the start of the first line of a place to the end of its last.
fn whole_lines(file: &SourceFile, span: Span) -> Span {
    let text = file.text();
    let start =
        text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let rest = text.get(span.end as usize..).unwrap_or("");
    Span::new(start, span.end as usize + rest.find('\n').unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::remedy;
    use crate::diagnostic::{Edit, Remedy};
    use crate::render::diagnostics::Look;
    use crate::source::{SourceFile, Span};

    #[test]
    fn the_lines_that_change_are_shown_before_and_after() {
        let file = SourceFile::new("a.pol", "un\n  deux trois\nquatre\n");
        let edit = |start, end, text: &str| Edit {
            file: file.clone(),
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        let edits = vec![edit(5, 9, "2"), edit(10, 15, "3"), edit(16, 16, "(")];
        let shown = remedy(&Remedy { label: String::new(), edits }, Look::PLAIN);
        assert_eq!(shown, "  a.pol:2\n  -   deux trois\n  - quatre\n  +   2 3\n  + (quatre\n");
    }

    #[test]
    fn a_line_wider_than_there_is_room_is_cut_around_its_change() {
        let long = format!("{} il {} fin\n", "très ".repeat(30), "long ".repeat(30));
        let file = SourceFile::new("a.pol", long.as_str());
        let place = |words: &str| {
            let start = long.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        for (words, width) in [("il", 80), ("très", 80), ("fin", 80), ("il", 40), ("fin", 40)] {
            let edits = vec![Edit { file: file.clone(), span: place(words), text: "ELLE".to_owned() }];
            let look = Look { width, ..Look::PLAIN };
            let shown = remedy(&Remedy { label: String::new(), edits }, look);
            for line in shown.lines() {
                assert!(crate::render::layout::width(line) <= width, "{shown}");
            }
            assert!(shown.contains("ELLE"), "{shown}");
        }
    }
}
