//! What is known about a value.
//!
//! A fact may be missing, a text may leave a range: a [`Known`] is the set of what a value may be.
//! A number or date is an interval, a truth, choice or text a set. Known: one value. Missing: its
//! whole domain. Every operation here is *sound*: the result holds every value that the operation
//! gives for some values of its operands. Nothing here knows of policies or dossiers.

mod interval;
mod text;

pub use interval::{DateRange, End, Interval};
pub use text::TextSet;

use crate::time::Date;
use crate::value::Value;

/// The set of what a truth may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Truth {
    /// It may be so.
    pub may_hold: bool,
    /// It may not be so.
    pub may_fail: bool,
}

impl Truth {
    /// `oui`.
    pub const YES: Truth = Truth { may_hold: true, may_fail: false };
    /// `non`.
    pub const NO: Truth = Truth { may_hold: false, may_fail: true };
    /// Either.
    pub const OPEN: Truth = Truth { may_hold: true, may_fail: true };

    /// The truth that is known.
    pub fn of(truth: bool) -> Truth {
        if truth { Truth::YES } else { Truth::NO }
    }

    /// Certainly so.
    pub fn holds(self) -> bool {
        self.may_hold && !self.may_fail
    }

    /// Certainly not so.
    pub fn fails(self) -> bool {
        self.may_fail && !self.may_hold
    }

    /// Neither is certain.
    pub fn is_open(self) -> bool {
        self.may_hold && self.may_fail
    }

    /// `et`.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        Truth { may_hold: self.may_hold && other.may_hold, may_fail: self.may_fail || other.may_fail }
    }

    /// `ou`.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        Truth { may_hold: self.may_hold || other.may_hold, may_fail: self.may_fail && other.may_fail }
    }

    /// Either of two.
    #[must_use]
    pub fn union(self, other: Truth) -> Truth {
        Truth { may_hold: self.may_hold || other.may_hold, may_fail: self.may_fail || other.may_fail }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        Truth { may_hold: self.may_fail, may_fail: self.may_hold }
    }
}

/// The set of options that a choice may be, by rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionSet(pub u128);

/// What is known about a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Known {
    /// Of a truth.
    Truth(Truth),
    /// Of a number of any unit.
    Number(Interval),
    /// Of a date.
    Date(DateRange),
    /// Of a text.
    Text(TextSet),
    /// Of a choice.
    Choice(OptionSet),
}

impl OptionSet {
    /// One option.
    pub fn only(option: u16) -> OptionSet {
        OptionSet(1u128.checked_shl(u32::from(option)).unwrap_or(0))
    }

    /// The first `count` options.
    pub fn all(count: usize) -> OptionSet {
        OptionSet(if count >= 128 { u128::MAX } else { (1 << count) - 1 })
    }
}

impl Known {
    /// A value that is known.
    pub fn exactly(value: &Value) -> Known {
        match value {
            Value::Truth(truth) => Known::Truth(Truth::of(*truth)),
            Value::Number(n) => Known::Number(Interval {
                low: End::Included(n.clone()),
                high: End::Included(n.clone()),
                whole: n.is_integer(),
            }),
            Value::Date(date) => Known::Date(DateRange { from: Some(*date), to: Some(*date) }),
            Value::Text(text) => Known::Text(TextSet::OneOf(vec![text.clone()])),
            Value::Choice(option) => Known::Choice(OptionSet::only(*option)),
        }
    }

    /// A date that lies after another.
    pub fn after(date: Date) -> Known {
        Known::Date(DateRange { from: date.plus_days(1), to: None })
    }
}
