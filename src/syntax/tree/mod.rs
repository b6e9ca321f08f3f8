//! The syntax tree: what a policy file says, before any name is looked up or any type is known.
//!
//! Architecture invariant: the tree knows nothing of types and nothing of `pest`. Everything that a
//! message may have to underline carries its [`Span`]. A part that could not be read is left out (a
//! whole item or clause) or stands as [`ExprKind::Invalid`]: its mistake has been reported, and the
//! later stages stay silent about it.

mod change;
mod condition;
mod expression;
mod fact;
mod grant;
mod period;
pub mod sharing;
mod value;

pub use change::*;
pub use condition::*;
pub use expression::*;
pub use fact::*;
pub use grant::*;
pub use period::*;
pub use sharing::{Fate, Order, SharingDecl};
pub use value::*;

use std::sync::Arc;

use crate::currency::Currency;
use crate::source::{SourceFile, Span};
use crate::time::{Date, Duration, Holidays};

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// One phrase that names something, its leading article dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As people read it: NFC, one space between words, straight apostrophes. Names are compared on
    /// this text; case counts.
    pub text: Arc<str>,
    /// Where it stands, article left out.
    pub span: Span,
}

/// A name with its groups: `territoire.médecins libéraux`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The whole, parts joined with `.`.
    pub text: Arc<str>,
    /// Its parts; never empty.
    pub parts: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// A text between « guillemets ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What stands between the outer guillemets, trimmed, each run of white space folded into one space.
    pub text: Arc<str>,
    /// With its guillemets.
    pub span: Span,
}

/// A whole file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Its first item; absent where it is missing or could not be read (which has been reported).
    pub header: Option<Header>,
    /// The rest, in order; of an amendment, its sources.
    pub items: Vec<Item>,
    /// What an amendment does to the text that it amends, in order.
    pub changes: Vec<Change>,
    /// The headers of the texts that it leans on: in a file that was put together, whose items those of
    /// these texts follow.
    pub leaned: Vec<Header>,
}

/// `dispositif ess « … »` or `avenant 1 à ess « … »`, and the clauses under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// `avenant N à`: the number of the amendment; absent of a base text.
    pub amendment: Option<Spanned<u32>>,
    /// Whether it is a `texte commun`: definitions that serve several texts, and no decision.
    pub common: bool,
    /// Identifier of the policy.
    pub id: Name,
    /// Its title.
    pub title: Quote,
    /// `en vigueur depuis le …`.
    pub from: Option<Spanned<Date>>,
    /// `jusqu'au …`, included.
    pub until: Option<Spanned<Date>>,
    /// `publié le …`.
    pub published: Option<Spanned<Date>>,
    /// `monnaie « F CFP »`.
    pub currency: Option<Spanned<Currency>>,
    /// `statut projet`.
    pub draft: Option<Span>,
    /// `s'appuie sur`: the identifiers of the texts that it leans on.
    pub leans_on: Vec<Name>,
    /// `à la place de l'avenant 3`: the amendment that this one stands in place of.
    pub instead_of: Option<Spanned<u32>>,
    /// `version applicable à la date …`.
    pub version_at: Option<Expr>,
    /// `pour …`, `applicable aux dossiers dont …`: it goes only to those of which all of these hold. In
    /// a consolidated text, those of the amendments that do not go to all.
    pub scopes: Vec<Scope>,
    /// `selon`: what says when a base text is in force.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Quote>,
    /// The header line.
    pub span: Span,
    /// From the header line to the end of its last clause.
    pub whole: Span,
    /// The clause `en vigueur`.
    pub in_force: Option<Span>,
}

/// The kinds of things that a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `source`.
    Source,
    /// `fait`, under `dossier`.
    Fact,
    /// `cohérence`.
    Coherence,
    /// `paramètre`.
    Parameter,
    /// `lecture`.
    Reading,
    /// `définition`.
    Definition,
    /// `critère`.
    Criterion,
    /// `objectif`.
    Objective,
    /// `mission`.
    Mission,
    /// `décision`.
    Decision,
    /// `financement`.
    Funding,
    /// `contribution`.
    Contribution,
    /// `résultat`.
    Result,
    /// `obligation`.
    Obligation,
    /// `répartition`.
    Sharing,
}

impl Kind {
    /// All of them, in the order in which texts usually have them.
    pub const ALL: [Kind; 15] = [
        Kind::Source,
        Kind::Fact,
        Kind::Coherence,
        Kind::Parameter,
        Kind::Reading,
        Kind::Definition,
        Kind::Criterion,
        Kind::Objective,
        Kind::Mission,
        Kind::Decision,
        Kind::Funding,
        Kind::Contribution,
        Kind::Result,
        Kind::Sharing,
        Kind::Obligation,
    ];

    /// Its keyword.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Source => "source",
            Kind::Fact => "fait",
            Kind::Coherence => "cohérence",
            Kind::Parameter => "paramètre",
            Kind::Reading => "lecture",
            Kind::Definition => "définition",
            Kind::Criterion => "critère",
            Kind::Objective => "objectif",
            Kind::Mission => "mission",
            Kind::Decision => "décision",
            Kind::Funding => "financement",
            Kind::Contribution => "contribution",
            Kind::Result => "résultat",
            Kind::Obligation => "obligation",
            Kind::Sharing => "répartition",
        }
    }
}

/// An item: a keyword, a name, clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its name; `None` for a `dossier` block, or where it could not be read (which has been reported).
    pub name: Option<Path>,
    /// Its keyword.
    pub keyword: Span,
    /// Its first line.
    pub span: Span,
    /// From its first line to the end of its last clause.
    pub whole: Span,
    /// `si …` on a line of its own above the main clause: the item applies only then.
    pub applies: Option<Expr>,
    /// `selon …` of the item itself (not of an option or a derogation).
    pub citations: Vec<Citation>,
    /// `note « … »`.
    pub notes: Vec<Quote>,
    /// `concordance : motif « … »`.
    pub concordances: Vec<Quote>,
}

/// `selon SOURCE, PLACE « passage »`.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// Name of the source.
    pub source: Name,
    /// Free text between the source and the passage: `art. 3, II, 1°`.
    pub place: Option<Spanned<Arc<str>>>,
    /// The passage; a citation without one points to the source as a whole.
    pub quote: Option<Quote>,
    /// The clause.
    pub span: Span,
}

/// What an item says.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    /// `source`.
    Source(Source),
    /// `dossier`.
    Dossier(Vec<FactDecl>),
    /// `cohérence … exige`.
    Coherence(Condition),
    /// `paramètre`, and how often the text revises it.
    Parameter(Vec<PeriodValue>, Option<Spanned<Frequency>>),
    /// `paramètre a, b`: parameters side by side.
    Columns(ColumnsDecl),
    /// `lecture`.
    Reading(ReadingDecl),
    /// `définition`.
    Definition(DefinitionDecl),
    /// `critère`.
    Criterion {
        /// `exige`.
        requires: Condition,
        /// `sauf si`, in order.
        unless: Vec<Derogation>,
    },
    /// `objectif … vise`.
    Objective(Condition),
    /// `mission … prévue si`.
    Mission(Condition),
    /// `décision … favorable si`.
    Decision(Condition),
    /// `financement`.
    Funding(FundingDecl),
    /// `contribution`: what the person owes.
    Contribution(FundingDecl),
    /// `résultat`: a value that the decision gives.
    Result(ResultDecl),
    /// `obligation`.
    Obligation(ObligationDecl),
    /// `répartition`.
    Sharing(Box<SharingDecl>),
}

impl ItemKind {
    /// Its kind; a `dossier` is of facts.
    pub fn kind(&self) -> Kind {
        match self {
            ItemKind::Source(_) => Kind::Source,
            ItemKind::Dossier(_) => Kind::Fact,
            ItemKind::Coherence(_) => Kind::Coherence,
            ItemKind::Parameter(..) | ItemKind::Columns(_) => Kind::Parameter,
            ItemKind::Reading(_) => Kind::Reading,
            ItemKind::Definition(_) => Kind::Definition,
            ItemKind::Criterion { .. } => Kind::Criterion,
            ItemKind::Objective(_) => Kind::Objective,
            ItemKind::Mission(_) => Kind::Mission,
            ItemKind::Decision(_) => Kind::Decision,
            ItemKind::Funding(_) => Kind::Funding,
            ItemKind::Contribution(_) => Kind::Contribution,
            ItemKind::Result(_) => Kind::Result,
            ItemKind::Obligation(_) => Kind::Obligation,
            ItemKind::Sharing(_) => Kind::Sharing,
        }
    }
}

/// `source X « title » dans « file », texte opposable`.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Full title.
    pub title: Quote,
    /// Its file, where given.
    pub file: Option<Quote>,
    /// `texte opposable` (true) or `document d'information` (false), and where it is said.
    pub binding: Spanned<bool>,
}

/// A line of a parameter: `vaut X depuis le D`.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodValue {
    /// The value, a constant expression.
    pub value: Expr,
    /// `depuis le …`; absent: always.
    pub from: Option<Spanned<Date>>,
    /// `jusqu'au …`, included.
    pub until: Option<Spanned<Date>>,
    /// The line.
    pub span: Span,
}

/// Parameters side by side: a column each.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnsDecl {
    /// Their names.
    pub names: Vec<Path>,
    /// `vaut X, Y depuis le D`.
    pub lines: Vec<PeriodRow>,
    /// How often the text revises them.
    pub revised: Option<Spanned<Frequency>>,
}

/// A line of parameters side by side: one value each.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodRow {
    /// The values, constant expressions; none where the line could not be read.
    pub values: Vec<Expr>,
    /// `depuis le …`; absent: always.
    pub from: Option<Spanned<Date>>,
    /// `jusqu'au …`, included.
    pub until: Option<Spanned<Date>>,
    /// The line.
    pub span: Span,
}

/// A `lecture`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingDecl {
    /// The question that the texts leave open.
    pub question: Option<Quote>,
    /// Its options.
    pub options: Vec<OptionDecl>,
    /// `retient OPTION`: the text itself settles it.
    pub retained: Option<RetainedDecl>,
}

/// `retient OPTION` and the `selon` after it.
#[derive(Debug, Clone, PartialEq)]
pub struct RetainedDecl {
    /// The option.
    pub option: Name,
    /// Its passages.
    pub citations: Vec<Citation>,
    /// The clause, its `selon` included.
    pub span: Span,
}

/// `- libéraux : selon URPS « … »`.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionDecl {
    /// Its name.
    pub name: Name,
    /// Its passages.
    pub citations: Vec<Citation>,
}

/// A `définition`.
#[derive(Debug, Clone, PartialEq)]
pub struct DefinitionDecl {
    /// « gloss » after the name, which explanations use in its place.
    pub gloss: Option<Quote>,
    /// `: parmi a < b`: the options of which it gives one.
    pub options: Option<Spanned<TypeExpr>>,
    /// Its value.
    pub body: ValueBody,
}
