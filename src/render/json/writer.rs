//! JSON written straight into a string.

use std::ops::Range;

/// Writes one JSON text, commas put where they are due.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
}

impl Writer {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Writer { out: String::with_capacity(bytes) }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// A comma, unless nothing stands before in this list or object. A text ends with a quotation
    /// mark, so the last byte tells.
    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }

    pub(crate) fn key(&mut self, key: &'static str) -> &mut Self {
        self.separate();
        self.out.push('"');
        self.out.push_str(key);
        self.out.push_str("\":");
        self
    }

    /// A key that is not one of ours.
    pub(crate) fn named(&mut self, key: &str) -> &mut Self {
        self.text(key);
        self.out.push(':');
        self
    }

    pub(crate) fn object(&mut self, body: impl FnOnce(&mut Self)) {
        self.separate();
        self.out.push('{');
        body(self);
        self.out.push('}');
    }

    /// An object that may be written [`again`](Writer::again): where it stands.
    pub(crate) fn object_kept(&mut self, body: impl FnOnce(&mut Self)) -> Range<usize> {
        self.separate();
        let start = self.out.len();
        self.out.push('{');
        body(self);
        self.out.push('}');
        start..self.out.len()
    }

    /// Writes once more what stands already.
    pub(crate) fn again(&mut self, kept: Range<usize>) {
        self.separate();
        self.out.extend_from_within(kept);
    }

    /// Goes on with what stands already: no comma is put before it.
    pub(crate) fn goes_on_again(&mut self, kept: Range<usize>) {
        self.out.extend_from_within(kept);
    }

    /// How much stands already.
    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    /// What stands there, a comma before it left out.
    pub(crate) fn without_comma(&self, written: Range<usize>) -> Range<usize> {
        let comma = self.out.as_bytes().get(written.start) == Some(&b',');
        written.start + usize::from(comma)..written.end
    }

    pub(crate) fn list(&mut self, body: impl FnOnce(&mut Self)) {
        self.separate();
        self.out.push('[');
        body(self);
        self.out.push(']');
    }

    pub(crate) fn null(&mut self) {
        self.raw("null");
    }

    pub(crate) fn truth(&mut self, truth: bool) {
        self.raw(if truth { "true" } else { "false" });
    }

    pub(crate) fn whole(&mut self, number: i64) {
        self.separate();
        self.digits(number);
    }

    /// Digits in a text that was begun.
    pub(crate) fn digits(&mut self, number: i64) {
        self.out.push_str(itoa::Buffer::new().format(number));
    }

    /// A whole number of euros, with two places.
    pub(crate) fn euros(&mut self, euros: i64) {
        self.separate();
        self.out.push('"');
        self.digits(euros);
        self.out.push_str(".00\"");
    }

    /// A text that needs no escape: a date.
    pub(crate) fn shown(&mut self, what: impl std::fmt::Display) {
        use std::fmt::Write as _;
        self.separate();
        let _ = write!(self.out, "\"{what}\"");
    }

    /// What is JSON already: digits, a constant.
    pub(crate) fn raw(&mut self, json: &str) {
        self.separate();
        self.out.push_str(json);
    }

    /// What goes on where the text stands: no comma is put before it.
    pub(crate) fn goes_on(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// Elements of a list that are JSON already, commas between them; perhaps none.
    pub(crate) fn elements(&mut self, json: &str) {
        if !json.is_empty() {
            self.raw(json);
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.separate();
        self.out.push('"');
        self.escaped(text);
        self.out.push('"');
    }

    pub(crate) fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    /// A text of several lines on one, without making it first.
    pub(crate) fn on_one_line(&mut self, text: &str) {
        self.separate();
        self.out.push('"');
        for (i, word) in text.split_whitespace().enumerate() {
            if i > 0 {
                self.out.push(' ');
            }
            self.escaped(word);
        }
        self.out.push('"');
    }

    fn escaped(&mut self, text: &str) {
        // Nearly every text: one pass without a branch, then one copy.
        let special = text.bytes().fold(false, |any, b| any | (b < 0x20) | (b == b'"') | (b == b'\\'));
        if !special {
            return self.out.push_str(text);
        }
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..=0x1f => "",
                _ => continue,
            };
            // Only characters of one byte are escaped, so these are places between characters.
            self.out.push_str(text.get(from..at).unwrap_or(""));
            if escape.is_empty() {
                use std::fmt::Write as _;
                let _ = write!(self.out, "\\u{byte:04x}");
            } else {
                self.out.push_str(escape);
            }
            from = at + 1;
        }
        self.out.push_str(text.get(from..).unwrap_or(""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut w = Writer::with_capacity(16);
        w.object(|w| {
            w.key("a").text("é \"b\" \\ \n\u{1}");
            w.key("b").list(|w| {
                w.whole(-1);
                w.list(|_| {});
                w.null();
                w.truth(true);
            });
            w.named("c :").on_one_line(" x\n  y ");
        });
        let read: serde_json::Value = serde_json::from_str(&w.finish()).unwrap();
        assert_eq!(
            read,
            serde_json::json!({"a": "é \"b\" \\ \n\u{1}", "b": [-1, [], null, true], "c :": "x y"})
        );
    }
}
