//! Linear forms: what comparisons of numbers and dates have in common.
//!
//! `a < b`, `b > a` and `a - b < 0` say the same thing of the same quantity, and `a + 2 ≥ 10` is a
//! comparison of `a` with 8. Each side of a comparison is put into the form
//! `constant + Σ coefficient × term`; the terms are what the proofs know nothing more of. A date
//! counts as its number of days.

use std::collections::BTreeMap;

use crate::number::Ratio;
use crate::policy::{ListId, ShapeId};

/// A quantity that the proofs take as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Term {
    /// All expressions of a shape.
    Shape(ShapeId),
    /// A date so many months later, or earlier.
    Shifted {
        /// The date.
        date: ShapeId,
        /// The months.
        by: ShapeId,
        /// Earlier.
        back: bool,
    },
    /// How many elements of a list satisfy a condition; `il existe` asks for 1.
    Count {
        /// The list.
        list: ListId,
        /// The condition.
        filter: Option<ShapeId>,
    },
}

/// A linear form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Linear {
    /// What stands without a term.
    pub constant: Ratio,
    /// Coefficients, none of them 0.
    pub terms: BTreeMap<Term, Ratio>,
}

impl Linear {
    /// A number.
    pub fn constant(constant: Ratio) -> Self {
        Linear { constant, terms: BTreeMap::new() }
    }

    /// A term.
    pub fn term(term: Term) -> Self {
        Linear { constant: Ratio::zero(), terms: BTreeMap::from([(term, Ratio::one())]) }
    }

    /// The number that it is, where it has no term.
    pub fn as_constant(&self) -> Option<&Ratio> {
        self.terms.is_empty().then_some(&self.constant)
    }

    /// Multiplied by a number.
    pub fn scaled(&self, factor: &Ratio) -> Self {
        if factor.is_zero() {
            return Linear::constant(Ratio::zero());
        }
        Linear {
            constant: self.constant.mul(factor),
            terms: self.terms.iter().map(|(term, c)| (term.clone(), c.mul(factor))).collect(),
        }
    }

    /// Sum.
    pub fn plus(mut self, other: &Linear) -> Self {
        self.constant = self.constant.add(&other.constant);
        for (term, coefficient) in &other.terms {
            let sum = self.terms.get(term).map_or_else(|| coefficient.clone(), |c| c.add(coefficient));
            if sum.is_zero() {
                self.terms.remove(term);
            } else {
                self.terms.insert(term.clone(), sum);
            }
        }
        self
    }

    /// Difference.
    pub fn minus(self, other: &Linear) -> Self {
        self.plus(&other.scaled(&Ratio::from(-1)))
    }
}
