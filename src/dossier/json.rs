//! A walk through plain JSON: keys and values with their places, nothing copied.
//!
//! It knows less than JSON, on purpose: whatever the general reader, for which JSON is YAML, might
//! read otherwise (a control character, white space before a colon) ends the walk with `None`.

use std::borrow::Cow;

use crate::limits;
use crate::source::Span;

/// A key, or a value that is neither list nor object.
pub(super) struct Token<'t> {
    /// As written; escapes resolved.
    pub(super) text: Cow<'t, str>,
    /// With its quotation marks.
    pub(super) span: Span,
    pub(super) quoted: bool,
}

/// Where the walk stands.
pub(super) struct Json<'t> {
    text: &'t str,
    at: usize,
    /// Keys, values, lists and objects so far.
    values: usize,
    depth: usize,
}

/// An object or list that is being read.
pub(super) struct Open {
    start: usize,
    first: bool,
}

/// A byte in each of the eight of a word.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many bytes come before a quotation mark, a backslash or a control character below the space;
/// `None` where none comes. Eight bytes at a time: texts are most of a dossier.
fn plain_length(bytes: &[u8]) -> Option<usize> {
    const HIGH: u64 = eight(0x80);
    // The high bit of each byte that is zero, and perhaps of some after the first such.
    let zero = |word: u64| word.wrapping_sub(eight(1)) & !word & HIGH;
    let mut length = 0;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes(word.try_into().ok()?);
        let below_space = word.wrapping_sub(eight(b' ')) & !word & HIGH;
        let met = below_space | zero(word ^ eight(b'"')) | zero(word ^ eight(b'\\'));
        if met != 0 {
            return Some(length + met.trailing_zeros() as usize / 8);
        }
        length += 8;
    }
    let special = |byte: &u8| matches!(byte, 0..b' ' | b'"' | b'\\');
    words.remainder().iter().position(special).map(|rest| length + rest)
}

/// Whether a text holds a control character above the space, or what YAML does without: whichever
/// text or space it stands in, the dossier is none of the ordinary ones.
fn is_odd(text: &str) -> bool {
    let bytes = text.as_bytes();
    // 0xc2 starts the control characters from U+0080 on, and no-break spaces and guillemets.
    let met = |byte: u8| u8::from(byte == 0x7f) | u8::from(byte == 0xef) | (u8::from(byte == 0xc2) << 1);
    let met = bytes.iter().fold(0, |all, byte| all | met(*byte));
    met & 1 != 0 || (met & 2 != 0 && bytes.windows(2).any(|pair| matches!(pair, [0xc2, 0..0xa0])))
}

impl<'t> Json<'t> {
    /// A walk from the start of a text; `None` where it is out of the ordinary at first sight.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        (text.starts_with('{') && !is_odd(text)).then_some(Json { text, at: 0, values: 0, depth: 0 })
    }

    /// About how many things of so many bytes may still come.
    pub(super) fn room_for(&self, bytes: usize) -> usize {
        (self.text.len() - self.at) / bytes
    }

    /// The next byte, white space left out.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at).copied() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Whether nothing is left.
    pub(super) fn at_end(&mut self) -> bool {
        self.next().is_none()
    }

    /// Enters an object (`{`) or list (`[`), which must come next.
    #[inline]
    pub(super) fn open(&mut self, bracket: u8) -> Option<Open> {
        if self.next()? != bracket {
            return None;
        }
        self.count()?;
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        (self.depth <= limits::NESTING).then_some(Open { start, first: true })
    }

    /// Whether the object or list has another entry; when it has not, it is left.
    #[inline]
    pub(super) fn more(&mut self, open: &mut Open, close: u8) -> Option<bool> {
        let byte = self.next()?;
        if byte == close {
            self.at += 1;
            self.depth -= 1;
            return Some(false);
        }
        if !std::mem::replace(&mut open.first, false) {
            if byte != b',' {
                return None;
            }
            self.at += 1;
            if self.next()? == close {
                return None;
            }
        }
        Some(true)
    }

    /// The key that comes next, up to its colon, where it is this name, written without escapes.
    #[inline]
    pub(super) fn key_if(&mut self, name: &str) -> Option<Span> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let after = rest.strip_prefix(b"\"")?.strip_prefix(name.as_bytes())?.strip_prefix(b"\"")?;
        let span = Span::new(self.at, self.at + name.len() + 2);
        let spaces = match after {
            [b':', ..] => 0,
            [b' ', b':', ..] => 1,
            _ => return None,
        };
        self.count()?;
        self.at += name.len() + 3 + spaces;
        Some(span)
    }

    /// The key that must come next, up to its colon.
    pub(super) fn key(&mut self) -> Option<Token<'t>> {
        if self.next()? != b'"' {
            return None;
        }
        let key = self.quoted()?;
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if bytes.get(self.at) != Some(&b':') {
            return None;
        }
        self.at += 1;
        Some(key)
    }

    /// The place of an object or list that was left.
    #[inline]
    pub(super) fn span(&self, open: &Open) -> Span {
        Span::new(open.start, self.at)
    }

    /// A text between quotation marks, a number, `true`, `false` or `null`, which must come next.
    #[inline]
    pub(super) fn scalar(&mut self) -> Option<Token<'t>> {
        if self.next()? == b'"' {
            return self.quoted();
        }
        self.count()?;
        let start = self.at;
        let rest = self.text.as_bytes().get(start..)?;
        let end =
            rest.iter().position(|b| !matches!(b, b'0'..=b'9' | b'a'..=b'z' | b'E' | b'.' | b'+' | b'-'));
        self.at += end.unwrap_or(rest.len());
        let text = self.text.get(start..self.at)?;
        let mut digits = text.strip_prefix('-').unwrap_or(text).bytes();
        let is_number = digits.next().is_some_and(|b| b.is_ascii_digit())
            && digits.all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
        if !is_number && !matches!(text, "true" | "false" | "null") {
            return None;
        }
        let span = Span::new(start, self.at);
        (text.len() <= limits::TEXT_LENGTH).then_some(Token {
            text: Cow::Borrowed(text),
            span,
            quoted: false,
        })
    }

    fn quoted(&mut self) -> Option<Token<'t>> {
        self.count()?;
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start + 1;
        let mut escaped = false;
        loop {
            end += plain_length(bytes.get(end..)?)?;
            match bytes.get(end)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    end += 2;
                }
                _ => return None,
            }
        }
        self.at = end + 1;
        let text = if escaped {
            let text: String = serde_json::from_str(self.text.get(start..self.at)?).ok()?;
            (!text.chars().any(char::is_control)).then_some(Cow::Owned(text))?
        } else {
            Cow::Borrowed(self.text.get(start + 1..end)?)
        };
        let span = Span::new(start, self.at);
        (text.len() <= limits::TEXT_LENGTH).then_some(Token { text, span, quoted: true })
    }

    #[inline]
    fn count(&mut self) -> Option<()> {
        self.values += 1;
        (self.values < limits::VALUES).then_some(())
    }
}
