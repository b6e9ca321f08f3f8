//! Positions as editors count them: lines from 0, columns from 0 in UTF-16 units. An accent counts for one or two, an
//! emoji for two or more, a no-break space for one: bytes are for the library only.

use crate::source::Span;

/// A position in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The column, from 0, in UTF-16 units.
    pub column: u32,
}

/// A text cut into lines.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each starts.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text. They end with `\n`, `\r\n` or `\r`.
    pub fn of(text: &'t str) -> Lines<'t> {
        let bytes = text.as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|(at, byte)| **byte == b'\n' || **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Lines { text, starts }
    }

    /// The position of a byte; within a character, that of its start.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or("");
        Position { line: clamped(line), column: clamped(before.encode_utf16().count()) }
    }

    /// The positions of the ends of a span.
    pub fn range(&self, span: Span) -> (Position, Position) {
        (self.position(span.start), self.position(span.end))
    }

    /// The byte at a position: past the end of a line, its end; past the last one, that of the text; within a
    /// character, its start.
    pub fn offset(&self, position: Position) -> u32 {
        let Some(start) = self.starts.get(position.line as usize).copied() else {
            return clamped(self.text.len());
        };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        let (mut at, mut column) = (0, 0);
        for c in line.chars() {
            column += c.len_utf16();
            if column > position.column as usize {
                break;
            }
            at += c.len_utf8();
        }
        clamped(start + at)
    }

    /// How many UTF-16 units stand before a byte: scripts of pages count so.
    pub fn units(&self, offset: u32) -> usize {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        self.text.get(..offset).unwrap_or("").encode_utf16().count()
    }

    /// How many there are.
    pub fn count(&self) -> u32 {
        clamped(self.starts.len())
    }
}

fn clamped(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position};

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn columns_are_in_utf_16_units() {
        // « é » in one or two characters, a no-break space, an emoji of one and of several characters.
        let text = "é ≥ 10\u{a0}%\r\ne\u{301}x\n😀y👩\u{200d}👧z";
        let lines = Lines::of(text);
        assert_eq!(lines.count(), 3);
        for (needle, wanted) in
            [("≥", at(0, 2)), ("%", at(0, 7)), ("x", at(1, 2)), ("y", at(2, 2)), ("z", at(2, 8))]
        {
            let offset = u32::try_from(text.find(needle).unwrap()).unwrap();
            assert_eq!(lines.position(offset), wanted, "{needle}");
            assert_eq!(lines.offset(wanted), offset, "{needle}");
        }
    }

    #[test]
    fn units_are_counted_from_the_start() {
        let text = "é\u{a0}\r\n😀y";
        let lines = Lines::of(text);
        let offset = u32::try_from(text.find('y').unwrap()).unwrap();
        assert_eq!(lines.units(offset), 6);
        // Within a letter, and past the end.
        assert_eq!((lines.units(1), lines.units(u32::MAX)), (0, 7));
    }

    #[test]
    fn what_lies_outside_is_brought_inside() {
        let lines = Lines::of("ab\r\n😀");
        assert_eq!(lines.offset(at(0, 99)), 2);
        assert_eq!(lines.offset(at(9, 0)), 8);
        // Within a pair of units, and within a character.
        assert_eq!(lines.offset(at(1, 1)), 4);
        assert_eq!(lines.position(6), at(1, 0));
        assert_eq!(lines.position(u32::MAX), at(1, 2));
        assert_eq!(Lines::of("").position(3), at(0, 0));
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let lines = Lines::of("a\rb");
        assert_eq!(lines.position(2), at(1, 0));
        assert_eq!(lines.offset(at(0, 5)), 1);
    }
}
