//! The items of a checked policy.

use std::sync::Arc;

use super::{ChoiceId, Citation, Declared, ExprId, FieldId, Head, ListId, Type};
use crate::known::Known;
use crate::source::Span;
use crate::syntax::tree::{Fate, Frequency};
use crate::time::{Date, Duration};
use crate::unit::Measure;
use crate::value::Value;

/// A choice or scale type; the options of a reading are one too.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Options, in order of declaration; at most [`crate::limits::OPTIONS`].
    pub options: Vec<Arc<str>>,
    /// Whether they are ordered (`parmi a < b`): comparisons are allowed.
    pub ordered: bool,
}

/// A source.
#[derive(Debug, Clone)]
pub struct Source {
    /// Short name.
    pub name: Arc<str>,
    /// Full title.
    pub title: Arc<str>,
    /// Its file, where given, as written.
    pub file: Option<Arc<str>>,
    /// Where its file is said.
    pub file_span: Option<Span>,
    /// `texte opposable`, as against `document d'information`.
    pub binding: bool,
    /// Where its name stands.
    pub span: Span,
}

/// What facts and fields have in common.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its type.
    pub ty: Type,
    /// What its answers are counted in and by: `par mois`, `en ha`.
    pub measure: Option<Measure>,
    /// All that its type and bounds allow.
    pub domain: Known,
    /// `si …`: asked only then. Evaluated like any condition.
    pub asked_if: Option<ExprId>,
    /// The question asked of a person.
    pub question: Option<Arc<str>>,
    /// `à l'appréciation de X`: who judges.
    pub judge: Option<Arc<str>>,
    /// The last day of a period: « en cours » where the period goes on.
    pub last_day: bool,
    /// Where its path stands.
    pub span: Span,
    /// Where its type stands, bounds included.
    pub ty_span: Span,
}

/// A scalar fact.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Whole path: `territoire.médecins`.
    pub path: Arc<str>,
    /// Its parts.
    pub parts: Vec<Arc<str>>,
    /// What people read: the label that is given, else one made of the path.
    pub label: Arc<str>,
    /// Type, domain, question.
    pub ask: Question,
}

/// A list.
#[derive(Debug, Clone)]
pub struct List {
    /// Whole path.
    pub path: Arc<str>,
    /// Its parts.
    pub parts: Vec<Arc<str>>,
    /// What people read: the label that is given, else one made of the path.
    pub label: Arc<str>,
    /// Its fields, in order.
    pub fields: Vec<FieldId>,
    /// The question.
    pub question: Option<Arc<str>>,
    /// `si …`: asked only then.
    pub asked_if: Option<ExprId>,
    /// Where its path stands.
    pub span: Span,
    /// Where its type stands.
    pub ty_span: Span,
}

/// A field of a list.
#[derive(Debug, Clone)]
pub struct Field {
    /// The list.
    pub list: ListId,
    /// Its name within an element (dots kept where it is grouped): `exercice`.
    pub name: Arc<str>,
    /// Its parts, within an element.
    pub parts: Vec<Arc<str>>,
    /// What people read, within an element: the label that is given, else one made of the name.
    pub label: Arc<str>,
    /// Rank among the fields of its list.
    pub rank: u32,
    /// No two elements share a value.
    pub unique: bool,
    /// Type, domain, question.
    pub ask: Question,
}

/// A `cohérence`.
#[derive(Debug, Clone)]
pub struct Coherence {
    /// Name, sources.
    pub head: Head,
    /// What any sane dossier satisfies.
    pub condition: ExprId,
    /// No author wrote it: the first day of a period does not follow its last one.
    pub implied: bool,
}

/// A period: two dates of the dossier, or of each element of a list.
#[derive(Debug, Clone)]
pub struct Period {
    /// Whole path: `présence`, `contrats.durée`.
    pub path: Arc<str>,
    /// What people read.
    pub label: Arc<str>,
    /// Its first day.
    pub first: Declared,
    /// Its last day.
    pub last: Declared,
    /// Where its path stands.
    pub span: Span,
}

/// A `paramètre`.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Name, sources.
    pub head: Head,
    /// What people read: its name, the text beside where another one gives it.
    pub label: Arc<str>,
    /// Type.
    pub ty: Type,
    /// How often the text revises it.
    pub revised: Option<Frequency>,
    /// Its periods, ascending, no overlap.
    pub periods: Vec<ParameterPeriod>,
}

/// A value with the dates between which it holds.
#[derive(Debug, Clone)]
pub struct ParameterPeriod {
    /// First day; `None`: always.
    pub from: Option<Date>,
    /// Last day, included; `None`: until the next period, or for ever.
    pub until: Option<Date>,
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A `lecture`.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Name; the citations of options stand with them.
    pub head: Head,
    /// The question that the texts leave open.
    pub question: Option<Arc<str>>,
    /// `si …`.
    pub applies: Option<ExprId>,
    /// Its options as a choice type.
    pub choice: ChoiceId,
    /// The passages of each option, in order.
    pub citations: Vec<Vec<Citation>>,
    /// `retient …`: the option that the text itself retains.
    pub retained: Option<RetainedOption>,
}

/// The option that a text retains of a reading.
#[derive(Debug, Clone)]
pub struct RetainedOption {
    /// By rank.
    pub option: u16,
    /// What says so.
    pub citations: Vec<Citation>,
    /// Where it is said.
    pub span: Span,
}

/// A `définition`.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Name, sources.
    pub head: Head,
    /// What people read: the gloss that is given, else words made of its name.
    pub label: Arc<str>,
    /// Of each element of this list.
    pub list: Option<ListId>,
    /// `si …`: read only where it is in force, which is proved; so it is never worked out.
    pub applies: Option<ExprId>,
    /// Its value.
    pub body: ExprId,
    /// Whether it is a `résultat`, under the name that others read it by.
    pub result: bool,
}

/// A `sauf si`.
#[derive(Debug, Clone)]
pub struct Derogation {
    /// When it holds.
    pub condition: ExprId,
    /// Its sources.
    pub citations: Vec<Citation>,
}

/// A `critère`.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Name, sources.
    pub head: Head,
    /// `si …`.
    pub applies: Option<ExprId>,
    /// `exige`.
    pub requires: ExprId,
    /// `sauf si`.
    pub unless: Vec<Derogation>,
}

/// An `objectif`.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Name, sources.
    pub head: Head,
    /// `si …`.
    pub applies: Option<ExprId>,
    /// `vise`.
    pub aims: ExprId,
}

/// A `mission`.
#[derive(Debug, Clone)]
pub struct Mission {
    /// Name, sources.
    pub head: Head,
    /// `si …`.
    pub applies: Option<ExprId>,
    /// `prévue si`.
    pub covered: ExprId,
}

/// The `décision`.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Name, sources.
    pub head: Head,
    /// `favorable si`.
    pub favourable: ExprId,
    /// Whether the text has one. One that only works values out stands as if it were favourable, and its
    /// outcome is whether all that it gives is known ([`crate::decision::Outcome::Calculated`]).
    pub stated: bool,
}

/// What a decision gives or asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FundingKind {
    /// `financement`: what is paid to the person.
    Funding,
    /// `contribution`: what the person owes.
    Contribution,
    /// `résultat`: a value of any type.
    Result,
}

/// A `financement`, a `contribution`, a `résultat`.
#[derive(Debug, Clone)]
pub struct Funding {
    /// Name, sources.
    pub head: Head,
    /// Which of them it is; those of a kind stand together, in this order.
    pub kind: FundingKind,
    /// `si …`.
    pub applies: Option<ExprId>,
    /// `prévu si`; absent: always.
    pub due: Option<ExprId>,
    /// `sauf si`: not due then.
    pub unless: Vec<Derogation>,
    /// `montant`: an amount, or an [`super::ExprKind::Range`] at its root (or under cases). Of a result, its
    /// value.
    pub amount: ExprId,
    /// `dont`: parts of the amount that are shown.
    pub parts: Vec<ExprId>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// `pendant 3 ans`.
    pub lasting: Option<Duration>,
    /// Where that is said.
    pub lasting_at: Option<Span>,
    /// Whether the elements of a list each have theirs, which add up to the amount.
    pub each: bool,
    /// Of an envelope shared out: what is left of it.
    pub rest: Option<Rest>,
}

impl Funding {
    /// Whether it is an envelope shared out.
    pub fn is_shared_out(&self) -> bool {
        self.rest.is_some()
    }
}

/// What is left of an envelope shared out.
#[derive(Debug, Clone, Copy)]
pub struct Rest {
    /// How much.
    pub value: ExprId,
    /// What becomes of it.
    pub fate: Option<Fate>,
}

/// An `obligation`.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// Name, sources.
    pub head: Head,
    /// `si …`.
    pub applies: Option<ExprId>,
    /// `sauf si`: it does not apply then.
    pub unless: Vec<Derogation>,
    /// `au plus tard`: a date, included.
    pub deadline: ExprId,
    /// `remplie par`: the date of an event; `None` where the text names a time limit, and no act.
    pub fulfilled_by: Option<ExprId>,
}
