//! The signs of a line, whatever its rule: what the formatter puts back.

use pest::Parser as _;

use super::{Grammar, Rule};

/// What a token is, as far as its spacing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum TokenKind {
    /// Between guillemets.
    Quotation,
    /// A figure with its unit, or a date: its spaces are its own.
    Figure,
    /// A sign of arithmetic or comparison.
    Sign,
    Comma,
    Colon,
    Open,
    Close,
    /// A word, or anything else.
    Word,
    /// A line end.
    Break,
    Comment,
}

/// A token and where it starts in its text.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Token<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    pub start: usize,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// The tokens of a text.
pub(in crate::syntax) fn tokens(text: &str) -> Vec<Token<'_>> {
    let Some(pair) = Grammar::parse(Rule::tokens, text).ok().and_then(|mut pairs| pairs.next()) else {
        return Vec::new();
    };
    let mut spaced = false;
    let mut out = Vec::new();
    for pair in pair.into_inner() {
        let kind = match pair.as_rule() {
            Rule::EOI => continue,
            Rule::gap => {
                spaced = true;
                continue;
            }
            Rule::break_ => TokenKind::Break,
            Rule::remark => TokenKind::Comment,
            Rule::quotation => TokenKind::Quotation,
            Rule::signs => TokenKind::Sign,
            Rule::comma => TokenKind::Comma,
            Rule::colon => TokenKind::Colon,
            Rule::open => TokenKind::Open,
            Rule::close => TokenKind::Close,
            Rule::letters | Rule::stray => TokenKind::Word,
            _ => TokenKind::Figure,
        };
        out.push(Token { kind, text: pair.as_str(), start: pair.as_span().start(), spaced });
        spaced = false;
    }
    out
}
