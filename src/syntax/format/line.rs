//! One logical line, its white space put right.

use super::columns::{Columns, Cut};
use super::prose;
use crate::source::SourceFile;
use crate::syntax::grammar::{Token, TokenKind, tokens};
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::{Line, Start};

/// A line ready to be written, in parts.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub parts: Vec<Part>,
}

/// Part of a line.
#[derive(Debug)]
pub(super) struct Part {
    pub text: String,
    /// Where the line was cut after it, if it was.
    pub cut: Option<Cut>,
    /// What stands between it and the next one.
    pub gap: String,
}

impl Laid {
    /// How wide a line is up to the end of a part, where that is on one line.
    pub fn width(&self, part: usize) -> Option<usize> {
        let (last, before) = self.parts.get(..=part)?.split_last()?;
        let wide = |text: &str| (!text.contains('\n')).then(|| text.chars().count());
        let mut width = wide(&last.text)?;
        for part in before {
            width += wide(&part.text)? + part.gap.len();
        }
        Some(width)
    }

    /// The whole line.
    pub fn text(&self) -> String {
        self.parts.iter().flat_map(|part| [part.text.as_str(), part.gap.as_str()]).collect()
    }
}

/// A line; `indent` is how far it stands from the margin.
pub(super) fn lay(file: &SourceFile, line: &Line, indent: usize, columns: &Columns) -> Laid {
    let text = file.slice(line.span);
    let mut writer = Writer { out: String::new(), before: None, indent: indent + super::INDENT };
    let mut laid = Laid::default();
    let mut cuts = columns.cuts_of(line.span).iter().peekable();
    let mut tokens = tokens(text).into_iter().peekable();
    if let Start::Keyword(Keyword::Unless, at) = line.start
        && line.rest.is_empty()
    {
        writer.out.push_str("sauf dans l'un de ces cas");
        while tokens.peek().is_some_and(|t| t.start < at.len()) {
            tokens.next();
        }
    }
    while let Some(token) = tokens.next() {
        let start = line.span.start + u32::try_from(token.start).unwrap_or(u32::MAX);
        if token.kind != TokenKind::Close
            && let Some(cut) = cuts.next_if(|cut| start >= cut.at)
        {
            let text = std::mem::take(&mut writer.out);
            laid.parts.push(Part { text, cut: Some(*cut), gap: String::new() });
            writer.before = None;
        }
        if let Some(free) = columns.verbatim(start) {
            writer.free(file.slice(free), token.spaced);
            while tokens.peek().is_some_and(|t| t.start < (free.end - line.span.start) as usize) {
                tokens.next();
            }
            continue;
        }
        if token.kind == TokenKind::Quotation && columns.is_prose(start) {
            writer.quotation(&prose::quotation(token.text, writer.indent));
            continue;
        }
        writer.token(token, tokens.peek());
    }
    laid.parts.push(Part { text: writer.out, cut: None, gap: String::new() });
    laid
}

/// What a token leaves for the next one to know.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing may stand between it and the next one.
    Tight,
    /// One space follows, whatever the author wrote.
    Spaced,
    /// An operand or a word: the author's space, if any, follows.
    Word,
    /// A line end: the next token starts a line.
    Break,
}

struct Writer {
    out: String,
    before: Option<Before>,
    /// How far a continuation line stands from the margin.
    indent: usize,
}

impl Writer {
    fn token(&mut self, token: Token<'_>, next: Option<&Token<'_>>) {
        match token.kind {
            TokenKind::Break => {
                if self.before != Some(Before::Break) {
                    self.out.push('\n');
                }
                self.before = Some(Before::Break);
            }
            TokenKind::Comment => {
                let at_start = self.before == Some(Before::Break);
                if at_start {
                    self.margin();
                } else {
                    self.out.push_str("  ");
                }
                self.out.push_str(token.text.trim_end());
                self.before = Some(Before::Word);
            }
            TokenKind::Comma | TokenKind::Close => {
                self.write(token.text, self.before == Some(Before::Break));
                self.before =
                    Some(if token.kind == TokenKind::Comma { Before::Spaced } else { Before::Word });
            }
            TokenKind::Colon => {
                self.write(":", true);
                self.before = Some(Before::Spaced);
            }
            TokenKind::Open => {
                self.write("(", true);
                self.before = Some(Before::Tight);
            }
            TokenKind::Sign => self.sign(token, next),
            TokenKind::Quotation => {
                self.quotation(&quotation(token.text, self.indent));
            }
            TokenKind::Figure => {
                self.write(&figure(token.text), token.spaced);
                self.before = Some(Before::Word);
            }
            TokenKind::Word => {
                self.write(token.text, token.spaced || self.after_close());
                self.before = Some(Before::Word);
            }
        }
    }

    fn after_close(&self) -> bool {
        self.out.ends_with([')', '»'])
    }

    /// A sign: between two operands with a space on each side; a minus before its only operand, with
    /// none after it.
    fn sign(&mut self, token: Token<'_>, next: Option<&Token<'_>>) {
        let text = match token.text {
            ">=" => "≥",
            "<=" => "≤",
            "!=" => "≠",
            "*" => "×",
            "/" => "÷",
            "−" => "-",
            other => other,
        };
        let glued = next.is_some_and(|next| !next.spaced && next.kind != TokenKind::Break);
        let alone = match self.before {
            // The dash of a bullet is followed by its space.
            None => !self.out.is_empty() || token.start > 0,
            Some(Before::Tight | Before::Spaced | Before::Break) => true,
            Some(Before::Word) => token.spaced && glued && ends_with_word(&self.out),
        };
        self.write(text, true);
        self.before = Some(if alone && text == "-" { Before::Tight } else { Before::Spaced });
    }

    fn quotation(&mut self, text: &str) {
        self.write(text, true);
        self.before = Some(Before::Word);
    }

    fn free(&mut self, text: &str, spaced: bool) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.write(&words, spaced);
        self.before = Some(Before::Word);
    }

    /// Writes a text after what stands before it; `spaced` where the text would have a space.
    fn write(&mut self, text: &str, spaced: bool) {
        match self.before {
            Some(Before::Break) => self.margin(),
            Some(Before::Spaced) => self.out.push(' '),
            Some(Before::Word) if spaced => self.out.push(' '),
            Some(Before::Word | Before::Tight) | None => {}
        }
        self.out.push_str(text);
    }

    fn margin(&mut self) {
        self.out.extend(std::iter::repeat_n(' ', self.indent));
    }
}

fn ends_with_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(char::is_alphabetic)
}

/// A figure or a date: one plain space where it has any, one before its sign.
fn figure(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        match word.strip_suffix(['%', '€', 'F']) {
            Some(digits) if !digits.is_empty() => {
                out.push_str(digits);
                out.push(' ');
                out.push_str(word.get(digits.len()..).unwrap_or(""));
            }
            _ => out.push_str(word),
        }
    }
    out
}

/// A text that is no prose (a value, the path of a file): its lines where they break, each after the
/// first at `indent`.
fn quotation(text: &str, indent: usize) -> String {
    let inner = text.strip_prefix('«').and_then(|t| t.strip_suffix('»')).unwrap_or(text).trim();
    let mut out = String::from("«");
    for (n, line) in inner.split('\n').enumerate() {
        let line = line.trim();
        match (n, line.is_empty()) {
            (0, true) => {}
            (0, false) => out.push(' '),
            (_, empty) => {
                out.push('\n');
                if !empty {
                    out.extend(std::iter::repeat_n(' ', indent));
                }
            }
        }
        out.push_str(line);
    }
    out.push_str(" »");
    out
}
