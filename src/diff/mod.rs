//! What a change of a policy does: item by item in the terms of the law, then to whom.
//!
//! ```text
//! two policies ──changes──▶ what differs in the text, as typed changes
//!      └── with dossiers ──effects──▶ one witness for each kind of difference, and totals
//! ```
//!
//! Architecture invariant: nothing here is worded, but for the passages that the two texts themselves
//! say; [`crate::render`] words changes and effects.

mod changes;
mod compare;
mod effects;
mod form;
mod given;
mod limits;
mod side;
mod sort;
mod totals;
mod view;

use std::sync::Arc;

pub use changes::{changes, parts, rules_and_sources};
pub use effects::{Came, Covered, Difference, Effects, Origin, Stood, Tried, Witness, effects};
pub use given::Given;
pub use side::{Replayed, Side, Variant, item_of};
pub use totals::{Moved, Totals};

use crate::policy::expr::Quantity;
use crate::policy::{Funding, FundingKind, Type};
use crate::syntax::tree::{CompareOp, Frequency};
use crate::time::{Date, Duration};

impl Kind {
    fn of_funding(funding: &Funding) -> Kind {
        match funding.kind {
            FundingKind::Funding if funding.is_shared_out() => Kind::Sharing,
            FundingKind::Funding => Kind::Funding,
            FundingKind::Contribution => Kind::Contribution,
            FundingKind::Result => Kind::Result,
        }
    }
}

/// What a change bears on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Its name; of the text itself, its identifier.
    pub name: Arc<str>,
}

/// Kinds of subjects, in the order in which changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The text itself: title, dates.
    Text,
    /// `critère`.
    Criterion,
    /// `décision`.
    Decision,
    /// `financement`.
    Funding,
    /// `répartition`.
    Sharing,
    /// `contribution`.
    Contribution,
    /// `résultat`.
    Result,
    /// `obligation`.
    Obligation,
    /// `mission`.
    Mission,
    /// `objectif`.
    Objective,
    /// `lecture`.
    Reading,
    /// `paramètre`.
    Parameter,
    /// `définition`.
    Definition,
    /// A fact of the dossier.
    Fact,
    /// `cohérence`.
    Coherence,
    /// `source`.
    Source,
}

/// A change of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it bears on, by its name after the change where it has one.
    pub subject: Subject,
    /// What became of it.
    pub what: What,
    /// The passages that it rested on.
    pub before: Vec<Passage>,
    /// The passages that it rests on.
    pub after: Vec<Passage>,
    /// The dossiers for which alone it changes, in the words of the amendment.
    pub scope: Option<String>,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It is new; what its main clause says.
    Added(Vec<(Clause, String)>),
    /// It is no more; what its main clause said.
    Repealed(Vec<(Clause, String)>),
    /// It has another name, and changed in this as well.
    Renamed(Arc<str>, Vec<Detail>),
    /// It says something else.
    Changed(Vec<Detail>),
}

/// A passage of a source, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The source and the place in it.
    pub source: String,
    /// The words.
    pub quote: Option<String>,
}

/// Which part of an item says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clause {
    /// `si`.
    Applies,
    /// `exige`.
    Requires,
    /// `sauf si`.
    Unless,
    /// `vise`.
    Aims,
    /// `prévue si`, `prévu si`.
    Due,
    /// `favorable si`.
    Favourable,
    /// `montant`.
    Amount,
    /// `au plus tard`.
    Deadline,
    /// `remplie par`.
    FulfilledBy,
    /// `vaut`.
    Value,
    /// The condition under which a fact is asked.
    Asked,
    /// The question of a fact.
    Question,
    /// What answers a fact takes.
    Answers,
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined(pub Quantity);

/// A line of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which values.
    pub range: String,
    /// What it gives.
    pub value: String,
}

/// What is put on an amount or value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// « plafonné à », « dans la limite de ».
    Ceiling,
    /// « au minimum ».
    Floor,
    /// « arrondi à l'euro ».
    Rounding,
}

/// What differs in an item; texts are those of the policies.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// A value is compared with another bound, or by another sign.
    Bound {
        /// Where.
        clause: Clause,
        /// What is compared.
        of: String,
        /// Its type.
        ty: Type,
        /// The sign and the bound.
        before: (CompareOp, String),
        /// The sign and the bound.
        after: (CompareOp, String),
    },
    /// A figure, date or option is another.
    Value {
        /// Where.
        clause: Clause,
        /// What it stands in, before and after, where it does not stand alone.
        of: Option<(String, String)>,
        /// The value.
        before: String,
        /// The value.
        after: String,
    },
    /// A condition of several is added or left out.
    Condition {
        /// Where.
        clause: Clause,
        /// Whether it is new.
        added: bool,
        /// What it says.
        text: String,
        /// How it is joined with the others.
        of: Joined,
    },
    /// Conditions are joined in another way.
    Joined {
        /// Where.
        clause: Clause,
        /// Before.
        before: Joined,
        /// After.
        after: Joined,
    },
    /// A condition is asked only in some cases.
    OnlyIf {
        /// Where.
        clause: Clause,
        /// The condition.
        of: String,
        /// Its `si`.
        before: Option<String>,
        /// Its `si`.
        after: Option<String>,
    },
    /// A derogation is added or left out.
    Derogation {
        /// Whether it is new.
        added: bool,
        /// When it holds.
        text: String,
        /// The passages that it rests on.
        passages: Vec<Passage>,
    },
    /// A clause is added or left out.
    Clause {
        /// Which.
        clause: Clause,
        /// Whether it is new.
        added: bool,
        /// What it says.
        text: String,
    },
    /// A line of cases gives another value, is added or left out.
    Line {
        /// Where.
        clause: Clause,
        /// When it holds; in the other cases where there is none.
        when: Option<String>,
        /// What it gave.
        before: Option<String>,
        /// What it gives.
        after: Option<String>,
    },
    /// A scale has other lines.
    Scale {
        /// Where.
        clause: Clause,
        /// What it is read by; nothing where there was no scale.
        of: (Option<String>, Option<String>),
        /// Its lines; one value without range where there was no scale.
        before: Vec<Line>,
        /// Its lines.
        after: Vec<Line>,
    },
    /// A line of a scale gives another value.
    ScaleLine {
        /// Where.
        clause: Clause,
        /// Which line.
        range: String,
        /// What it gave.
        before: String,
        /// What it gives.
        after: String,
    },
    /// A ceiling, a floor or a rounding is another, added or left out.
    Put {
        /// Which.
        put: Put,
        /// What it was.
        before: Option<String>,
        /// What it is.
        after: Option<String>,
    },
    /// Anything else: both texts.
    Rewritten {
        /// Where.
        clause: Clause,
        /// Before.
        before: String,
        /// After.
        after: String,
    },
    /// How often an amount is paid.
    Frequency(Option<Frequency>, Option<Frequency>),
    /// For how long.
    Lasting(Option<Duration>, Option<Duration>),
    /// A period of a parameter: from when, the value before and after.
    Period(Option<Date>, Option<String>, Option<String>),
    /// An option of a reading is added (true) or left out.
    Choice(bool, String),
    /// The text retains an option of a reading, or none any more.
    Retained(Option<String>, Option<String>),
    /// Type and bounds of a fact.
    Answers(String, String),
    /// A fact is now one of each element told apart, or no more.
    Unique(bool),
    /// Who judges a fact.
    Judge(Option<String>, Option<String>),
    /// The question that is asked.
    Question(Option<String>, Option<String>),
    /// A title, or what a definition is called in explanations.
    Title(Option<String>, Option<String>),
    /// The options of which a definition gives one.
    Options(String, String),
    /// What people read in place of the path of a fact.
    Label(Option<String>, Option<String>),
    /// Since when the text is in force.
    From(Option<Date>, Option<Date>),
    /// Until when the text is in force.
    Until(Option<Date>, Option<Date>),
    /// Whether a source binds now.
    Binding(bool),
    /// The passages are others: told by the change's own passages.
    Passages,
    /// A note of the author is added (true) or left out.
    Note(bool, String),
}

impl Detail {
    /// Whether it may change a decision.
    pub fn is_of_substance(&self) -> bool {
        match self {
            Detail::Bound { .. }
            | Detail::Value { .. }
            | Detail::Condition { .. }
            | Detail::Joined { .. }
            | Detail::OnlyIf { .. }
            | Detail::Derogation { .. }
            | Detail::Clause { .. }
            | Detail::Line { .. }
            | Detail::Scale { .. }
            | Detail::ScaleLine { .. }
            | Detail::Put { .. }
            | Detail::Rewritten { .. }
            | Detail::Frequency(..)
            | Detail::Lasting(..)
            | Detail::Period(..)
            | Detail::Choice(..)
            | Detail::Retained(..)
            | Detail::Answers(..)
            | Detail::Options(..)
            | Detail::Unique(_)
            | Detail::From(..)
            | Detail::Until(..) => true,
            Detail::Judge(..)
            | Detail::Question(..)
            | Detail::Title(..)
            | Detail::Label(..)
            | Detail::Binding(_)
            | Detail::Passages
            | Detail::Note(..) => false,
        }
    }
}
