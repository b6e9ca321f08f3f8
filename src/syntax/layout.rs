//! From a file's text to its logical lines.
//!
//! A logical line goes on over several lines of the file inside guillemets and parentheses, after a
//! sign or a list's comma, and where the next line starts with `et`, `ou` or `pendant la durée`; nothing else joins two
//! lines, and a line that starts a clause is never joined. This pass is plain Rust and not a rule of
//! the grammar for two reasons: it stays linear on any text, however many guillemets stay open in it,
//! and it can go on after one that does.

use super::grammar;
use super::keyword::Keyword;
use super::letter::{is_blank, is_word};
use crate::limits;
use crate::source::Span;

/// A piece of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// One empty line or several.
    Blank,
    /// A comment on a line of its own.
    Comment(Span),
    /// A line that says something.
    Line(Line),
}

/// A logical line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// From its first sign to its last, a comment at its end left out.
    pub span: Span,
    /// What stands after its keyword or its dash; the whole where it has neither.
    pub rest: Span,
    /// How it starts.
    pub start: Start,
    /// A `:` outside guillemets and parentheses.
    pub labelled: bool,
    /// The comment at its end.
    pub comment: Option<Span>,
}

/// How a line starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// With a keyword.
    Keyword(Keyword, Span),
    /// With a dash.
    Bullet,
    /// With a quotation.
    Quotation,
    /// With anything else.
    Other,
}

/// A mistake that concerns the shape of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// An opening guillemet that nothing closes.
    Unclosed(Span),
    /// Guillemets nested too deep.
    DeepQuotes(Span),
    /// Parentheses nested too deep.
    DeepParens(Span),
    /// A line beyond the bound.
    LongLine(Span),
    /// A character that is not seen, and may mislead.
    Forbidden(Span, char),
    /// So many guillemets stay open that the rest was not read.
    GaveUp(Span),
}

/// A file cut into pieces.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub pieces: Vec<Piece>,
    pub faults: Vec<Fault>,
    /// The lines in which a fault stands.
    pub broken: Vec<Span>,
}

impl Layout {
    /// The lines that say something.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Line(line) => Some(line),
            Piece::Blank | Piece::Comment(_) => None,
        })
    }

    /// Where each text starts that a file holds: one, but where it was put together from several.
    pub fn heads(&self) -> Vec<u32> {
        let head = |line: &&Line| {
            !line.labelled && matches!(line.start, Start::Keyword(Keyword::Policy | Keyword::Commons, _))
        };
        self.lines().filter(head).map(|line| line.span.start).collect()
    }

    /// `définition catégorie : parmi a, b` above its `vaut`: it starts an item, though under a `dossier` a line
    /// with a `:` is a fact whatever its first word, for no fact has a `vaut`.
    fn part_definitions(&mut self) {
        let mut worked_out = false;
        for piece in self.pieces.iter_mut().rev() {
            let Piece::Line(line) = piece else { continue };
            match line.start {
                Start::Keyword(Keyword::Definition, _) if line.labelled => {
                    line.labelled = !worked_out;
                    worked_out = false;
                }
                Start::Keyword(Keyword::Worth, _) if !line.labelled => worked_out = true,
                Start::Keyword(Keyword::Cites | Keyword::Note | Keyword::Concordance, _)
                | Start::Quotation => {}
                Start::Keyword(..) | Start::Bullet | Start::Other => worked_out = false,
            }
        }
    }
}

/// Guillemets left open are looked for to the end of the file: past so many, the rest is not read.
const UNCLOSED: usize = 8;

/// How many characters that are not seen are reported.
const FORBIDDEN: usize = 20;

/// Cuts a file into pieces.
pub(super) fn lay_out(text: &str) -> Layout {
    let mut scanner = Scanner { text, at: 0, layout: Layout::default(), unclosed: 0 };
    if text.starts_with('\u{FEFF}') {
        scanner.at = '\u{FEFF}'.len_utf8();
    }
    while scanner.at < text.len() {
        scanner.piece();
    }
    scanner.layout.part_definitions();
    scanner.layout
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    layout: Layout,
    unclosed: usize,
}

/// What a line has been so far, to know whether it goes on.
#[derive(Default)]
struct Progress {
    depth: usize,
    labelled: bool,
    /// End of the last thing that is neither blank nor comment.
    content_end: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    fn piece(&mut self) {
        self.skip_blanks();
        let start = self.at;
        match self.rest().chars().next() {
            None => {}
            Some('\n') => {
                self.at += 1;
                if !matches!(self.layout.pieces.last(), Some(Piece::Blank) | None) {
                    self.layout.pieces.push(Piece::Blank);
                }
            }
            Some('#') => {
                let comment = self.comment();
                self.layout.pieces.push(Piece::Comment(comment));
                self.line_end();
            }
            Some(_) => {
                let faults = self.layout.faults.len();
                let line = self.line(start);
                if line.span.len() > limits::LINE_BYTES {
                    self.layout.faults.push(Fault::LongLine(line.span));
                }
                if self.layout.faults.len() > faults {
                    self.layout.broken.push(line.span);
                }
                self.layout.pieces.push(Piece::Line(line));
            }
        }
    }

    /// A comment up to the end of its line, trailing blanks left out.
    fn comment(&mut self) -> Span {
        let start = self.at;
        let text = self.rest().split('\n').next().unwrap_or("");
        let length = text.len();
        let shown = text.trim_end().len();
        self.at += length;
        self.check_all(start, start + shown);
        Span::new(start, start + shown)
    }

    /// Reports a character that is not seen; the first ones only.
    fn check(&mut self, at: usize, c: char) {
        if !is_forbidden(c) {
            return;
        }
        let seen = self.layout.faults.iter().rev().take(FORBIDDEN);
        if seen.filter(|f| matches!(f, Fault::Forbidden(..))).count() < FORBIDDEN {
            self.layout.faults.push(Fault::Forbidden(Span::new(at, at + c.len_utf8()), c));
        }
    }

    fn check_all(&mut self, start: usize, end: usize) {
        for (i, c) in self.text.get(start..end).unwrap_or("").char_indices() {
            self.check(start + i, c);
        }
    }

    fn line_end(&mut self) {
        if self.rest().starts_with('\n') {
            self.at += 1;
        }
    }

    fn line(&mut self, start: usize) -> Line {
        let mut progress = Progress { content_end: start, ..Progress::default() };
        let mut comment = None;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '\n' => match self.next_joined(start, &progress) {
                    Some(next) => {
                        comment = None;
                        self.at = next;
                    }
                    None => {
                        self.at += 1;
                        break;
                    }
                },
                '#' => comment = Some(self.comment()),
                '«' => {
                    self.quotation();
                    progress.content_end = self.at;
                }
                c if is_blank(c) => self.at += c.len_utf8(),
                c => {
                    self.check(self.at, c);
                    match c {
                        '(' => {
                            progress.depth += 1;
                            if progress.depth == limits::NESTING + 1 {
                                let span = Span::new(self.at, self.at + 1);
                                self.layout.faults.push(Fault::DeepParens(span));
                            }
                        }
                        ')' => progress.depth = progress.depth.saturating_sub(1),
                        ':' if progress.depth == 0 => progress.labelled = true,
                        _ => {}
                    }
                    self.at += c.len_utf8();
                    progress.content_end = self.at;
                }
            }
        }
        self.describe(Span::new(start, progress.content_end), progress.labelled, comment)
    }

    fn describe(&self, span: Span, labelled: bool, comment: Option<Span>) -> Line {
        let text = self.text.get(span.range()).unwrap_or("");
        let (start, length) = match grammar::head(text) {
            Some((keyword, length)) => {
                let end = span.start as usize + length;
                (Start::Keyword(keyword, Span::new(span.start as usize, end)), length)
            }
            None if text.starts_with('-') => (Start::Bullet, 1),
            None if text.starts_with('«') => (Start::Quotation, 0),
            None => (Start::Other, 0),
        };
        let after = text.get(length..).unwrap_or("");
        let skipped = length + after.len() - after.trim_start_matches(|c| is_blank(c) || c == '\n').len();
        let rest = Span::new(span.start as usize + skipped, span.end as usize);
        Line { span, rest, start, labelled, comment }
    }

    /// Where the line goes on after this line end, if it does.
    fn next_joined(&self, start: usize, progress: &Progress) -> Option<usize> {
        let mut at = self.at + 1;
        let next = loop {
            let rest = self.text.get(at..)?;
            let line = rest.split('\n').next().unwrap_or("");
            let content = line.trim_start_matches(is_blank);
            if content.is_empty() {
                return None;
            }
            if !content.starts_with('#') {
                at += line.len() - content.len();
                break content;
            }
            at += line.len() + 1;
        };
        let so_far = self.text.get(start..progress.content_end)?;
        let goes_on = progress.depth > 0 || ends_open(so_far) || starts_with_word(next, &JOINED);
        let joined = goes_on && !next.starts_with('-') && !has_label(next) && !starts_clause(next);
        let joined = joined || is_by_days(next);
        joined.then_some(at)
    }

    /// Goes past a quotation; one that nothing closes ends before the next line that starts a clause or
    /// declares a fact.
    fn quotation(&mut self) {
        let open = Span::new(self.at, self.at + '«'.len_utf8());
        let mut depth = 0_usize;
        let mut deep = false;
        let rest = self.rest();
        for (i, c) in rest.char_indices() {
            match c {
                '«' => {
                    depth += 1;
                    deep |= depth > limits::NESTING;
                }
                '»' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += i + c.len_utf8();
                        self.check_all(open.start as usize, self.at);
                        if deep {
                            self.layout.faults.push(Fault::DeepQuotes(open));
                        }
                        return;
                    }
                }
                _ => {}
            }
        }
        self.unclosed += 1;
        if self.unclosed > UNCLOSED {
            self.layout.faults.push(Fault::GaveUp(open));
            self.at = self.text.len();
            return;
        }
        self.layout.faults.push(Fault::Unclosed(open));
        let mut length = 0;
        for (n, line) in rest.split('\n').enumerate() {
            let content = line.trim_start_matches(is_blank);
            let stops = || {
                content.is_empty()
                    || content.starts_with('-')
                    || has_label(content)
                    || grammar::head(content).is_some()
            };
            if n > 0 && stops() {
                break;
            }
            length += line.len() + usize::from(n > 0);
        }
        self.at += length;
    }
}

/// Whether a line starts a clause: `montant de …` is a value, whatever it follows.
fn starts_clause(line: &str) -> bool {
    let Some((keyword, length)) = grammar::head(line) else { return false };
    let after = line.get(length..).unwrap_or("").trim_start_matches(is_blank);
    let of = ["d'", "d’", "dʼ"].iter().any(|of| after.starts_with(of))
        || starts_with_word(after, &["de", "du", "des"]);
    match keyword {
        Keyword::Amount => !of,
        // Within parentheses an expression goes on with these words.
        Keyword::Including | Keyword::Unit => false,
        _ => true,
    }
}

/// Characters that are not seen: controls, hyphens of pages that were set, and those that change the direction of writing.
fn is_forbidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
    }
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// What goes on with the line above.
const JOINED: [&str; 4] = ["et", "ou", "pendant la durée", "pendant la période"];

/// Whether an expression cannot end here.
fn ends_open(text: &str) -> bool {
    const SIGNS: [char; 15] = ['+', '-', '−', '×', '*', '÷', '/', '=', '≠', '<', '≤', '>', '≥', ',', '('];
    let Some(last) = text.chars().next_back() else { return false };
    if SIGNS.contains(&last) {
        return true;
    }
    ["et", "ou"].iter().any(|word| {
        text.strip_suffix(word).is_some_and(|before| before.chars().next_back().is_none_or(|c| !is_word(c)))
    })
}

/// `au prorata des jours`, on a line of its own: the end of `600 € par mois pendant la durée de P`.
fn is_by_days(line: &str) -> bool {
    let line = line.split(['\n', '#']).next().unwrap_or("");
    line.split_whitespace().eq(["au", "prorata", "des", "jours"])
}

fn starts_with_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.strip_prefix(word).is_some_and(|after| after.chars().next().is_none_or(|c| !is_word(c)))
    })
}

/// Whether a line of the file has a `:` outside guillemets and parentheses.
fn has_label(line: &str) -> bool {
    let (mut quotes, mut parens) = (0_usize, 0_usize);
    for c in line.chars() {
        match c {
            '«' => quotes += 1,
            '»' => quotes = quotes.saturating_sub(1),
            '(' if quotes == 0 => parens += 1,
            ')' if quotes == 0 => parens = parens.saturating_sub(1),
            '#' if quotes == 0 => return false,
            ':' if quotes == 0 && parens == 0 => return true,
            _ => {}
        }
    }
    false
}
