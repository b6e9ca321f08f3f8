//! What a text gives and asks: amounts, results, obligations.

use super::*;

/// A `résultat`.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultDecl {
    /// Its value.
    pub body: ValueBody,
    /// `en jours`, `en mois`: what a number counts.
    pub unit: Option<Spanned<CountedUnit>>,
}

/// What a whole number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountedUnit {
    /// `en mois`.
    Months,
    /// `en jours`.
    Days,
}

/// A `financement`, a `contribution`.
#[derive(Debug, Clone, PartialEq)]
pub struct FundingDecl {
    /// `pour chaque médecin`: the amount is that of each.
    pub each: Option<EachDecl>,
    /// `prévu si`.
    pub due: Option<Condition>,
    /// `sauf si`.
    pub unless: Vec<Derogation>,
    /// `montant`.
    pub amount: ValueBody,
    /// `dont`: the parts of the amount that are shown.
    pub parts: Vec<Path>,
    /// How often it is paid.
    pub frequency: Option<Spanned<Frequency>>,
    /// `pendant 3 ans`.
    pub lasting: Option<Spanned<Duration>>,
    /// Of an envelope shared out: what is left of it.
    pub rest: Option<RestDecl>,
}

/// `pour chaque médecin dont conventionné`.
#[derive(Debug, Clone, PartialEq)]
pub struct EachDecl {
    /// The list, or its singular.
    pub list: Path,
    /// `dont`: the elements that count.
    pub filter: Option<Expr>,
}

/// What is left of an envelope shared out.
#[derive(Debug, Clone, PartialEq)]
pub struct RestDecl {
    /// Its value.
    pub value: Expr,
    /// `le restant est reporté`.
    pub fate: Option<Fate>,
}

/// How often an amount is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// `une fois`.
    Once,
    /// `chaque mois`.
    Monthly,
    /// `chaque trimestre`.
    Quarterly,
    /// `chaque année`.
    Yearly,
    /// `à chaque intervention`.
    PerEvent,
}

/// An `obligation`.
#[derive(Debug, Clone, PartialEq)]
pub struct ObligationDecl {
    /// `sauf si`.
    pub unless: Vec<Derogation>,
    /// `au plus tard`: a date, or lines of cases.
    pub deadline: ValueBody,
    /// `reporté au premier jour ouvrable`.
    pub working_day: Option<Spanned<Holidays>>,
    /// `remplie par`; absent: the text names a time limit, and no act.
    pub fulfilled_by: Option<Expr>,
}
