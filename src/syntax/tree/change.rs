//! What an amendment says: to whom it goes, what it does.

use super::{Citation, Expr, Item, Kind, Name, Path, Quote};
use crate::source::Span;

/// `pour …`, `applicable aux dossiers dont …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    /// What must hold.
    pub condition: Expr,
    /// The clause.
    pub span: Span,
}

/// One thing that an amendment does.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// `remplace`, `ajoute`, `abroge`, `retient`.
    pub keyword: Span,
    /// From its first line to the end of its last clause.
    pub whole: Span,
    /// What it does.
    pub what: ChangeKind,
}

/// What an amendment does.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind {
    /// `remplace ITEM`. A fact stands as a `dossier` of one fact.
    Replace(Item),
    /// `ajoute ITEM`.
    Add(Item),
    /// `abroge KIND NAME`.
    Repeal(Repeal),
    /// `dans KIND NAME, remplace « … » par « … »`.
    Reword(Rewording),
    /// `retient lecture L : OPTION`.
    Retain(Retention),
}

/// `abroge KIND NAME`.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeal {
    /// What kind of thing.
    pub kind: Kind,
    /// Its name.
    pub name: Path,
    /// Why.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Quote>,
}

/// `dans KIND NAME, remplace « … » par « … »`.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewording {
    /// What kind of thing.
    pub kind: Kind,
    /// Its name.
    pub name: Path,
    /// The words that stand there.
    pub from: Quote,
    /// The words that take their place.
    pub to: Quote,
    /// Why.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Quote>,
}

/// `retient lecture L : OPTION`.
#[derive(Debug, Clone, PartialEq)]
pub struct Retention {
    /// The reading.
    pub reading: Path,
    /// Its option, from then on.
    pub option: Name,
    /// Why.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Quote>,
}
