//! Values in their clause: one value, lines of cases, a scale, and what applies to them.

use super::{Citation, Condition, Expr, Spanned};
use crate::number::round::Rounding;
use crate::source::Span;
use crate::unit::Unit;

/// A value: `vaut …`, lines of cases, or a scale; then what applies to whichever line is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueBody {
    /// The value.
    pub form: ValueForm,
    /// The clause lines under it, in order: each applies to all that stands above it.
    pub then: Vec<Then>,
    /// The clause.
    pub span: Span,
}

/// A clause line under a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Then {
    /// `plafonné à …`, `au minimum …`, `arrondi …`, `au prorata de …`.
    Adjust(Adjusting),
    /// `sauf si …`.
    Except(Exception),
}

/// `plafonné à x arrondi à l'euro si C`: a line of what applies to the value above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusting {
    /// In order; at least one.
    pub adjustments: Vec<Spanned<Adjustment>>,
    /// `si …` at its end: they apply only then.
    pub only_if: Option<Expr>,
    /// The line.
    pub span: Span,
}

/// `sauf si C : x` and the `selon` after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// `sauf d'abord si`: it wins over those that are not so.
    pub first: bool,
    /// When it holds: bullets are joined by [`super::Mode::Any`].
    pub condition: Condition,
    /// What it gives; without a value, the contrary of what the rule says.
    pub value: Option<Expr>,
    /// Its sources.
    pub citations: Vec<Citation>,
    /// The line.
    pub span: Span,
}

/// The forms of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueForm {
    /// One value.
    Single(Expr),
    /// Lines `vaut X si …`.
    Cases(Vec<CaseLine>),
    /// `vaut selon X` and its lines.
    Scale(ScaleDecl),
    /// `vaut selon X, Y` and its lines.
    Table(TableDecl),
    /// What a `répartition` defines.
    Share(Box<ShareDecl>),
}

/// What a `répartition` defines of its envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareDecl {
    /// The envelope, defined apart.
    pub envelope: Expr,
    /// What is defined of it.
    pub what: ShareOf,
}

/// See [`ShareDecl`].
#[derive(Debug, Clone, PartialEq)]
pub enum ShareOf {
    /// The share of each element.
    Part(Box<super::SharingDecl>),
    /// What all get: the sum of the shares.
    Given(Expr),
    /// What they leave: the sum of the shares.
    Left(Expr),
}

/// `vaut X si C`, `vaut X sinon si C`, `vaut X dans les autres cas`.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseLine {
    /// The value.
    pub value: Expr,
    /// When it holds.
    pub when: When,
    /// The line.
    pub span: Span,
}

/// When a line of cases holds.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// `si C`: lines exclude one another.
    If(Expr),
    /// `sinon si C`: only where no line above holds.
    ElseIf(Expr),
    /// `dans les autres cas`, `sinon`.
    Otherwise(Span),
}

/// A scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleDecl {
    /// What it is read by.
    pub of: Expr,
    /// `par tranches`: each slice at its own rate.
    pub by_slices: Option<Span>,
    /// Its lines.
    pub lines: Vec<ScaleLine>,
}

/// A table by several things.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDecl {
    /// What it is read by, two things or more.
    pub of: Vec<Expr>,
    /// Its lines.
    pub lines: Vec<TableLine>,
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableLine {
    /// Which values it takes, of each thing in turn; only [`Band::Otherwise`]: those that no other line takes.
    pub cells: Vec<Spanned<Band>>,
    /// What it gives.
    pub value: Expr,
    /// The line.
    pub span: Span,
}

/// One line of a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleLine {
    /// Which values it takes.
    pub band: Band,
    /// Where the band stands.
    pub band_span: Span,
    /// What it gives.
    pub value: Expr,
    /// The line.
    pub span: Span,
}

/// The values that a line of a scale takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Band {
    /// From `low` to `high`, each with whether it is included; `None` is unbounded.
    Between {
        /// Lower end.
        low: Option<(Expr, bool)>,
        /// Upper end.
        high: Option<(Expr, bool)>,
    },
    /// Options of a choice.
    Options(Vec<Expr>),
    /// `au-delà`: above the line before it.
    Beyond,
    /// `dans les autres cas`: the options that no other line names.
    Otherwise,
}

/// What applies to the whole arithmetic on its left, in the written order.
#[derive(Debug, Clone, PartialEq)]
pub enum Adjustment {
    /// `plafonné à x`, `dans la limite de x`.
    AtMost(Expr),
    /// `au minimum x`.
    AtLeast(Expr),
    /// `au prorata de a sur b`.
    Prorata(Expr, Expr),
    /// `arrondi …`.
    Round(Rounding),
    /// `augmenté de x`.
    Increase(Expr),
    /// `diminué de x`.
    Decrease(Expr),
    /// `ramené au mois`.
    Brought(Unit),
}
