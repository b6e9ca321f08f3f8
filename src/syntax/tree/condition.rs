//! Conditions: bullets, how many of them must hold, derogations.

use super::{Citation, Expr};
use crate::source::Span;

/// A condition: one expression, or bullets.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// How the bullets are joined.
    pub mode: Mode,
    /// At least one; a single expression is one bullet under [`Mode::All`].
    pub bullets: Vec<Bullet>,
    /// The clause.
    pub span: Span,
}

/// How many bullets must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All.
    All,
    /// At least one.
    Any,
    /// None.
    None,
    /// At least so many.
    AtLeast(u32),
    /// At most so many.
    AtMost(u32),
    /// Exactly so many.
    Exactly(u32),
}

/// One bullet, with its own `si`.
#[derive(Debug, Clone, PartialEq)]
pub struct Bullet {
    /// What must hold.
    pub expr: Expr,
    /// `si …` at its end.
    pub only_if: Option<Expr>,
    /// The line.
    pub span: Span,
}

/// `sauf si …` and the `selon` after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Derogation {
    /// When it holds: bullets are joined by [`Mode::Any`].
    pub condition: Condition,
    /// Its sources.
    pub citations: Vec<Citation>,
}
