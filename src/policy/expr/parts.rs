//! What some expressions are made of: bullets, cases, lines of scales, shares.

use super::super::ListId;
use super::ExprId;
use crate::number::share::Sharing;
use crate::source::Span;

/// How an envelope is shared out between the elements of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Share {
    /// The list.
    pub list: ListId,
    /// What is shared out, proved not to be negative.
    pub envelope: ExprId,
    /// `dont C`, of each element: whether it shares.
    pub filter: Option<ExprId>,
    /// Of each element: in proportion to what it is served. Nothing: all alike.
    pub weight: Option<ExprId>,
    /// Of each element: the most that it gets.
    pub cap: Option<ExprId>,
    /// Of each element: who is served before whom, and whether the greatest is first.
    pub order: Option<(ExprId, bool)>,
    /// How shares are rounded, and where what that leaves goes.
    pub how: Sharing,
}

impl Share {
    /// What is read of each element.
    pub fn of_each(&self) -> impl Iterator<Item = ExprId> {
        [self.filter, self.weight, self.cap, self.order.map(|(by, _)| by)].into_iter().flatten()
    }
}

/// How many bullets hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// All; a bullet whose `si` is not so asks nothing.
    All,
    /// At least so many; a bullet whose `si` is not so counts for nothing. « l'un de » is 1.
    AtLeast(u32),
    /// At most so many; « aucun de » is 0.
    AtMost(u32),
    /// Exactly so many.
    Exactly(u32),
}

/// A bullet or amount with its `si`: `then` is read knowing that `only_if` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Guarded {
    /// `si`.
    pub only_if: Option<ExprId>,
    /// What it says.
    pub then: ExprId,
}

/// A line of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CaseLine {
    /// When.
    pub when: ExprId,
    /// `sinon si`: only where no line above holds.
    pub else_if: bool,
    /// What it gives, knowing that it holds.
    pub value: ExprId,
    /// The line, for explanations.
    pub span: Span,
    /// As what it is written.
    pub written: Written,
}

/// As what a line of cases is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Written {
    /// `vaut X si C`.
    Line,
    /// `C, D : X`: a line of a table.
    Row,
    /// `plafonné à X si C`: what the value is otherwise stands above it.
    Clause,
    /// `sauf si C : X`: what the value is otherwise is the rule.
    Exception,
    /// `d'abord celles dont C`: a group of those that share an envelope.
    Group,
}

/// A line of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Band {
    /// Which values.
    pub range: BandRange,
    /// What it gives.
    pub value: ExprId,
    /// The line.
    pub span: Span,
}

/// The values of a line of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BandRange {
    /// Numbers, amounts, durations, dates: each end with whether it is included.
    Between {
        /// Lower end.
        low: Option<(ExprId, bool)>,
        /// Upper end.
        high: Option<(ExprId, bool)>,
    },
    /// Options of a choice, by rank.
    Options(Vec<u16>),
}

impl BandRange {
    /// Its ends, the lower one first.
    pub fn ends(&self) -> impl Iterator<Item = ExprId> {
        let ends = match self {
            BandRange::Between { low, high } => [*low, *high],
            BandRange::Options(_) => [None, None],
        };
        ends.into_iter().flatten().map(|(end, _)| end)
    }
}
