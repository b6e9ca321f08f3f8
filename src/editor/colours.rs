//! What each word of a text is, for an editor to colour it.

use super::names::Names;
use crate::check::Sort;
use crate::source::Span;
use crate::syntax::tree::Kind;
use crate::syntax::{self, Mark};

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// The word that starts a line.
    Keyword,
    /// A comment.
    Comment,
    /// A quotation, a title, a question.
    Quotation,
    /// A fact of the dossier.
    Fact,
    /// What is worked out: a definition, a result.
    Value,
    /// A constant: a parameter.
    Parameter,
    /// What a decision tells: a criterion, a financing.
    Told,
    /// An option of a choice.
    Option,
    /// A source.
    Source,
    /// What the texts leave open.
    Reading,
}

impl Colour {
    /// All of them.
    pub const ALL: [Colour; 10] = [
        Colour::Keyword,
        Colour::Comment,
        Colour::Quotation,
        Colour::Fact,
        Colour::Value,
        Colour::Parameter,
        Colour::Told,
        Colour::Option,
        Colour::Source,
        Colour::Reading,
    ];

    /// Of what a name stands for.
    pub fn of(sort: Sort) -> Colour {
        match sort {
            Sort::Option => Colour::Option,
            Sort::Of(Kind::Fact) => Colour::Fact,
            Sort::Of(Kind::Definition | Kind::Result) => Colour::Value,
            Sort::Of(Kind::Parameter) => Colour::Parameter,
            Sort::Of(Kind::Source) => Colour::Source,
            Sort::Of(Kind::Reading) => Colour::Reading,
            Sort::Of(
                Kind::Coherence
                | Kind::Criterion
                | Kind::Objective
                | Kind::Mission
                | Kind::Decision
                | Kind::Funding
                | Kind::Contribution
                | Kind::Sharing
                | Kind::Obligation,
            ) => Colour::Told,
        }
    }
}

/// The words of a text, in order, none over another; each with whether it is declared there.
pub fn colours(text: &str, path: &str, names: &Names) -> Vec<(Span, Colour, bool)> {
    let mut found: Vec<(Span, Colour, bool)> = syntax::marks(text)
        .into_iter()
        .map(|(span, mark)| {
            let colour = match mark {
                Mark::Keyword => Colour::Keyword,
                Mark::Comment => Colour::Comment,
                Mark::Quotation => Colour::Quotation,
            };
            (span, colour, false)
        })
        .collect();
    for (span, symbol) in names.within(path) {
        let is_declared = symbol.declared.iter().any(|place| place.file.name() == path && place.span == span);
        found.push((span, Colour::of(symbol.sort), is_declared));
    }
    found.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    found.retain(|(span, ..)| {
        let is_apart = span.start >= end && !span.is_empty();
        if is_apart {
            end = span.end;
        }
        is_apart
    });
    found
}
