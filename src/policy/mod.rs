//! The checked policy: what the evaluator runs.
//!
//! Architecture invariant: no string is looked up and no name is unresolved in here; facts,
//! definitions and items are slots, expressions are typed and stand in one arena. The policy is
//! immutable and `Send + Sync`. Only [`crate::check`] makes one.

pub mod dependencies;
pub mod expr;
pub mod item;
pub mod reach;
mod spelled;
mod version;
mod window;

use std::sync::{Arc, OnceLock};

pub use dependencies::Dependencies;
pub use expr::{
    Band, BandRange, CaseLine, Expr, ExprId, ExprKind, Exprs, Guarded, Quantity, ShapeId, Share, Type,
    Written,
};
pub use item::*;
pub use reach::Reach;
pub use version::{LeanedOn, TextOf, Version, called};

use crate::currency::Currency;
use crate::known::Known;
use crate::source::{SourceFile, Span};
use crate::time::Date;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The slot as an index.
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A fact that is not a field of a list (scalar facts only: a list is a [`ListId`]).
    FactId,
    /// A list of the dossier.
    ListId,
    /// A field of a list; the slot is among all fields of all lists.
    FieldId,
    /// A choice or scale type.
    ChoiceId,
    /// A source.
    SourceId,
    /// A parameter.
    ParameterId,
    /// A reading.
    ReadingId,
    /// A definition.
    DefinitionId,
    /// A criterion.
    CriterionId,
    /// An objective.
    ObjectiveId,
    /// A mission.
    MissionId,
    /// A financing.
    FundingId,
    /// An obligation.
    ObligationId,
    /// A coherence rule.
    CoherenceId,
}

/// A policy that has been checked.
#[derive(Debug)]
pub struct Policy {
    /// The file it was read from.
    pub file: Arc<SourceFile>,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Identifier: what a dossier gives as `dispositif`.
    pub id: Arc<str>,
    /// Title.
    pub title: Arc<str>,
    /// What its amounts count.
    pub currency: Currency,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force, included.
    pub until: Option<Date>,
    /// What says when it is in force.
    pub citations: Vec<Citation>,
    /// Notes of the header.
    pub notes: Vec<Arc<str>>,
    /// Which texts it is made of.
    pub version: Version,
    /// All expressions.
    pub exprs: Exprs,
    /// Choice and scale types.
    pub choices: Vec<Choice>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Scalar facts, in order of declaration.
    pub facts: Vec<Fact>,
    /// Lists, in order of declaration.
    pub lists: Vec<List>,
    /// Fields of lists.
    pub fields: Vec<Field>,
    /// Periods, each of two of the facts or fields.
    pub periods: Vec<Period>,
    /// The dossier block's order: facts, lists and fields as they are declared.
    pub declared: Vec<Declared>,
    /// Coherence rules.
    pub coherences: Vec<Coherence>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Readings.
    pub readings: Vec<Reading>,
    /// Definitions, in an order in which each uses only earlier ones.
    pub definitions: Vec<Definition>,
    /// Criteria, in order.
    pub criteria: Vec<Criterion>,
    /// Objectives, in order.
    pub objectives: Vec<Objective>,
    /// Missions, in order.
    pub missions: Vec<Mission>,
    /// The decision.
    pub decision: Decision,
    /// Financings, in order.
    pub fundings: Vec<Funding>,
    /// Obligations, in order.
    pub obligations: Vec<Obligation>,
    /// What expressions rest on; left empty by who makes a policy, see [`Policy::dependencies`].
    pub rests_on: OnceLock<Dependencies>,
}

impl Policy {
    /// What expressions rest on, worked out the first time that it is asked for.
    pub fn dependencies(&self) -> &Dependencies {
        self.rests_on.get_or_init(|| Dependencies::of(self))
    }

    /// Whether an expression is worked out in steps that its author did not write: it says at once what
    /// several expressions of its place work out (`jours de présence`).
    pub fn says_at_once(&self, expr: ExprId) -> bool {
        let whole = self.exprs.get(expr);
        // « n'est pas » is the contrary of one comparison, and no more.
        if let ExprKind::Not(inner) = whole.kind {
            return self.exprs.get(inner).span == whole.span && self.says_at_once(inner);
        }
        let mut found = false;
        whole.kind.for_each_operand(&mut |operand| found |= self.exprs.get(operand).span == whole.span);
        found
    }

    /// Whether a place is in its own lines, and not in those of a text that it leans on.
    pub fn is_own(&self, span: Span) -> bool {
        self.version.leaned_from.is_none_or(|from| span.start < from)
    }

    /// Every value of a type.
    pub fn domain_of(&self, ty: Type) -> Known {
        match ty {
            Type::Truth => Known::ANY_TRUTH,
            Type::Integer | Type::Months | Type::Days => Known::any_number(true),
            Type::Number | Type::Percent | Type::Amount => Known::any_number(false),
            Type::Date => Known::ANY_DATE,
            Type::Text => Known::ANY_TEXT,
            Type::Choice(choice) => Known::any_choice(self.choices[choice.index()].options.len()),
        }
    }
}

/// An entry of the dossier block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Declared {
    /// A scalar fact.
    Fact(FactId),
    /// A list.
    List(ListId),
    /// A field of a list.
    Field(FieldId),
}

/// A named item that a condition may read, or that a decision reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemRef {
    /// A criterion: met, waived or not applicable.
    Criterion(CriterionId),
    /// An objective: reached.
    Objective(ObjectiveId),
    /// A mission: covered.
    Mission(MissionId),
    /// The decision: favourable.
    Decision,
    /// A financing: due.
    Funding(FundingId),
    /// An obligation: fulfilled.
    Obligation(ObligationId),
}

/// What every item has.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its name.
    pub name: Arc<str>,
    /// Where its name stands.
    pub span: Span,
    /// From its first line to its last clause.
    pub whole: Span,
    /// `selon`.
    pub citations: Vec<Citation>,
    /// Notes.
    pub notes: Vec<Arc<str>>,
    /// `concordance : motif`.
    pub concordances: Vec<Answer>,
}

/// `concordance : motif « … »`: why a warning of concordance is set aside.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The reason.
    pub reason: Arc<str>,
    /// Where it stands, guillemets included.
    pub span: Span,
}

/// A passage of a source.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The source.
    pub source: SourceId,
    /// `art. 3, II, 1°`.
    pub place: Option<Arc<str>>,
    /// Word for word.
    pub quote: Option<Arc<str>>,
    /// Where the passage stands, guillemets included.
    pub quote_span: Option<Span>,
    /// Where the clause stands.
    pub span: Span,
}
