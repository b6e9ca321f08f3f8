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

/// What a byte means between quotation marks.
const PLAIN: u8 = 0;
const QUOTE: u8 = 1;
const ESCAPE: u8 = 2;
/// The first byte of two that may be a control character.
const PERHAPS: u8 = 3;
/// A control character, or the first byte of what YAML does without.
const ODD: u8 = 4;
const CLASSES: [u8; 256] = {
    let mut classes = [PLAIN; 256];
    let mut byte = 0;
    while byte < 0x20 {
        classes[byte] = ODD;
        byte += 1;
    }
    classes[b'"' as usize] = QUOTE;
    classes[b'\\' as usize] = ESCAPE;
    classes[0x7f] = ODD;
    classes[0xc2] = PERHAPS;
    classes[0xef] = ODD;
    classes
};

impl<'t> Json<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Json { text, at: 0, values: 0, depth: 0 }
    }

    /// The next byte, white space left out.
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

    /// The next key of an object, up to its colon; `None` within: the object is left.
    pub(super) fn key(&mut self, open: &mut Open) -> Option<Option<Token<'t>>> {
        if !self.more(open, b'}')? {
            return Some(None);
        }
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
        Some(Some(key))
    }

    /// The place of an object or list that was left.
    pub(super) fn span(&self, open: &Open) -> Span {
        Span::new(open.start, self.at)
    }

    /// A text between quotation marks, a number, `true`, `false` or `null`, which must come next.
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
            let byte = *bytes.get(end)?;
            match CLASSES[usize::from(byte)] {
                PLAIN => end += 1,
                QUOTE => break,
                ESCAPE => {
                    escaped = true;
                    end += 2;
                }
                PERHAPS if *bytes.get(end + 1)? >= 0xa0 => end += 2,
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

    fn count(&mut self) -> Option<()> {
        self.values += 1;
        (self.values < limits::VALUES).then_some(())
    }
}
