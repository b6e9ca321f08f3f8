//! Why: a tree of typed steps over the policy's expressions.

use std::sync::Arc;

use crate::known::Known;
use crate::number::Ratio;
use crate::policy::{ExprId, FactId, FieldId, ListId, ParameterId, ReadingId};

use super::MissingPlace;

/// Why something is so: the conditions of an item, each with its tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Because {
    /// The item's parts in the order of the file, worked out under this combination of readings.
    pub parts: Vec<(Part, Step)>,
}

/// Which part of an item a tree explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// `si`.
    Applies,
    /// `exige`, `vise`, `prévue si`, `favorable si`, `prévu si`.
    Condition,
    /// The n-th `sauf si`, from 0.
    Unless(u32),
    /// `montant`.
    Amount,
    /// `vaut`, of a result.
    Value,
    /// The n-th `dont`, from 0.
    Share(u32),
    /// What is left of an envelope shared out.
    Rest,
    /// `au plus tard`.
    Deadline,
    /// `remplie par`.
    FulfilledBy,
}

/// One step: an expression of the policy with what it came to.
///
/// Which operand is which is told by its own `expr`, so operands that were not needed may be left
/// out. By convention they stand in the order in which they are written, and:
/// - cases: the `when` of each line that was looked at, followed by its value where the line may be
///   the one; then the value of the other cases where they may be it;
/// - a scale: what it is read by, then the value of each line that may be the one;
/// - an aggregate: element after element, its filter, then what is summed or tested where it counts;
///   without either, the list as a leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The expression; `None` for a step that stands for no expression of its own (a case tried).
    pub expr: Option<ExprId>,
    /// What was done.
    pub op: Op,
    /// What it came to.
    pub value: Known,
    /// On what.
    pub operands: Vec<Step>,
}

/// What a step does: a closed list, documented in `docs/decision.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// As the expression's own kind says.
    Expr,
    /// A leaf.
    Leaf(Leaf),
    /// Settled by trials: one operand a case, `on` what was tried.
    Cases {
        /// What was tried.
        on: Vec<MissingPlace>,
    },
    /// One case of trials: what was supposed of each of `on`.
    Case {
        /// What was supposed.
        given: Vec<Known>,
    },
    /// A definition: the step of its body, worked out once for all who read it under this
    /// combination. The same pointer is the same explanation: it is told once.
    Shared(Arc<Step>),
    /// The share of an element in an envelope: before its cap and rounding, its weight × `of` ÷ `out_of`.
    Served {
        /// What was shared out when its turn came.
        of: Ratio,
        /// The weights of those that were served together.
        out_of: Ratio,
    },
    /// An item read as a condition or for its amount, or all criteria: explained under its own entry.
    Item,
}

/// What a tree rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// A scalar fact.
    Fact(FactId),
    /// A field of an element, by rank from 0.
    Cell(u32, FieldId),
    /// A list as a whole (its length).
    List(ListId),
    /// A parameter.
    Parameter(ParameterId),
    /// A literal.
    Literal,
    /// A reading.
    Reading(ReadingId),
    /// The date of examination.
    ExaminationDate,
}
