//! Proofs over the typed policy: lines of cases exclude one another and cover all, scales have
//! neither gap nor overlap, divisors are not zero, amounts are rounded and not negative, conditional
//! facts are read under their condition.
//!
//! One walk goes through every expression with the conditions in force there ([`walk`]); each kind
//! of proof stands in a module of its own. They share one question: *is there a combination of what
//! the conditions read in which this holds?* ([`formula`] cuts what conditions read into finitely many
//! cells, [`explore`] searches them). An answer is a proof, or an example that an author can read
//! ([`words`]).
//!
//! Architecture invariant: a proof holds for every dossier and every date of examination. What cannot
//! be proved is an error; nothing is assumed in the author's favour.

mod apart;
mod assume;
mod base;
mod cases;
mod cells;
mod certain;
mod conditional;
mod dead;
mod divisor;
mod elapsed;
mod explore;
mod forms;
mod formula;
mod granularity;
mod knowledge;
mod linear;
mod money;
mod order;
mod question;
mod repeated;
mod scale;
mod sum;
mod theory;
mod turned;
mod unmet;
mod walk;
mod witness;
pub(super) mod words;

#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::number::Ratio;
use crate::policy::{ExprId, ListId, Policy};

/// A condition in force at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    /// A condition that holds, or does not.
    Condition {
        /// The condition.
        expr: ExprId,
        /// Whether it holds.
        truth: bool,
    },
    /// What a scale is read by falls in one of its lines.
    Band {
        /// The scale.
        scale: ExprId,
        /// The line.
        band: usize,
    },
    /// There is an element in turn: this list is not empty.
    Element(ListId),
}

impl Held {
    fn so(expr: ExprId) -> Held {
        Held::Condition { expr, truth: true }
    }

    fn not_so(expr: ExprId) -> Held {
        Held::Condition { expr, truth: false }
    }

    /// What it says something of.
    fn subject(self) -> Option<ExprId> {
        match self {
            Held::Condition { expr, .. } => Some(expr),
            Held::Band { scale, .. } => Some(scale),
            Held::Element(_) => None,
        }
    }
}

/// Whether some dossier may satisfy all of these conditions: where nothing proves that none does, it may.
pub fn possible(policy: &Policy, conditions: &[ExprId]) -> bool {
    let base = base::Base::new(policy);
    let held: Vec<Held> = conditions.iter().copied().map(Held::so).collect();
    question::may_be(&base, &held)
}

/// Whether all that an expression may be is provably a whole number of steps: rounding it to that step
/// changes nothing.
pub fn is_multiple(policy: &Policy, expr: ExprId, step: &Ratio) -> bool {
    granularity::grain(&base::Base::new(policy), expr).is_multiple_of(step)
}

/// All that cannot be proved of a policy and must be; advice as well. In the order of the file.
pub fn prove(policy: &Policy) -> Vec<Diagnostic> {
    let base = base::Base::new(policy);
    let mut found = walk::walk(&base);
    let unmet = unmet::check(&base);
    // What comes of it says more than that a comparison is never true, or always.
    let within = |one: &Diagnostic, other: &Diagnostic| {
        let places = one.labels.first().zip(other.labels.first());
        places.is_some_and(|(one, other)| one.span.start < other.span.end && other.span.start < one.span.end)
    };
    let dead = |one: &Diagnostic| matches!(one.code, "exception-sans-effet" | "ligne-morte");
    let telling: Vec<Diagnostic> =
        found.iter().filter(|one| dead(one)).cloned().chain(unmet.clone()).collect();
    found.retain(|one| one.code != "condition-certaine" || !telling.iter().any(|other| within(one, other)));
    found.extend(unmet);
    found.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    found
}
