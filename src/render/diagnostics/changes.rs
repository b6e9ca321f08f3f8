//! What a remedy changes, as a small diff: the lines that go, the lines that come.

use std::fmt::Write;

use super::Look;
use crate::diagnostic::Remedy;
use crate::source::{SourceFile, Span};

const GONE: anstyle::Style = anstyle::AnsiColor::Red.on_default();
const NEW: anstyle::Style = anstyle::AnsiColor::Green.on_default();

/// The lines that a remedy changes, before and after, each file with its name and line.
pub fn remedy(remedy: &Remedy, look: Look) -> String {
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
        let _ = writeln!(out, "  {}:{}", first.file.path(), first.file.line_of(lines.start));
        for (sign, style, text) in [("-", GONE, before), ("+", NEW, after.as_str())] {
            for line in text.lines() {
                let _ = writeln!(out, "  {}", look.paint(style, &format!("{sign} {line}")));
            }
        }
    }
    out
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
}
