//! What is known about a value.
//!
//! A fact may be missing, a text may leave a range: a [`Known`] is the set of what a value may be.
//! A number or date is an interval, a truth, choice or text a set. Known: one value. Missing: its
//! whole domain. Every operation here is *sound*: the result holds every value that the operation
//! gives for some values of its operands. Nothing here knows of policies or dossiers.
//!
//! Operations on two kinds of values, which a checked policy never asks for, stay sound by knowing
//! nothing more: a comparison is open, a narrowing changes nothing.

mod arithmetic;
mod compare;
mod dates;
mod interval;
mod options;
mod sum;
mod text;
mod truth;

#[cfg(test)]
mod tests;

pub use compare::compare;
pub use dates::DateRange;
pub use interval::{End, Interval};
pub use options::OptionSet;
pub use sum::IntervalSum;
pub use text::TextSet;
pub use truth::Truth;

use crate::time::Date;
use crate::value::Value;

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

impl Known {
    /// Any truth.
    pub const ANY_TRUTH: Known = Known::Truth(Truth::OPEN);
    /// Any text.
    pub const ANY_TEXT: Known = Known::Text(TextSet::ANY);
    /// Any date.
    pub const ANY_DATE: Known = Known::Date(DateRange::ALL);

    /// Any number, or any whole one.
    pub fn any_number(whole: bool) -> Known {
        Known::Number(Interval::all(whole))
    }

    /// Any option of a choice that has so many.
    pub fn any_choice(options: usize) -> Known {
        Known::Choice(OptionSet::all(options))
    }

    /// A value that is known.
    pub fn exactly(value: &Value) -> Known {
        match value {
            Value::Truth(truth) => Known::Truth(Truth::of(*truth)),
            Value::Number(n) => Known::Number(Interval::point(n.clone())),
            Value::Date(date) => Known::Date(DateRange::day(*date)),
            Value::Text(text) => Known::Text(TextSet::only(text.clone())),
            Value::Choice(option) => Known::Choice(OptionSet::only(*option)),
        }
    }

    /// A date that lies after another.
    pub fn after(date: Date) -> Known {
        Known::Date(DateRange::after(date))
    }

    /// The value, where only one is left.
    pub fn value(&self) -> Option<Value> {
        match self {
            Known::Truth(truth) => truth.value().map(Value::Truth),
            Known::Number(numbers) => numbers.value().cloned().map(Value::Number),
            Known::Date(dates) => dates.value().map(Value::Date),
            Known::Text(texts) => texts.value().cloned().map(Value::Text),
            Known::Choice(options) => options.value().map(Value::Choice),
        }
    }

    /// Whether only one value is left.
    pub fn is_single(&self) -> bool {
        match self {
            Known::Truth(truth) => truth.value().is_some(),
            Known::Number(numbers) => numbers.value().is_some(),
            Known::Date(dates) => dates.value().is_some(),
            Known::Text(texts) => texts.value().is_some(),
            Known::Choice(options) => options.value().is_some(),
        }
    }

    /// Whether it may be this value.
    pub fn contains(&self, value: &Value) -> bool {
        match (self, value) {
            (Known::Truth(truth), Value::Truth(value)) => truth.contains(*value),
            (Known::Number(numbers), Value::Number(value)) => numbers.contains(value),
            (Known::Date(dates), Value::Date(value)) => dates.contains(*value),
            (Known::Text(texts), Value::Text(value)) => texts.contains(value),
            (Known::Choice(options), Value::Choice(value)) => options.contains(*value),
            (Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => {
                false
            }
        }
    }

    /// Whether the other may be all that it may be.
    pub fn is_subset(&self, other: &Known) -> bool {
        match (self, other) {
            (Known::Truth(a), Known::Truth(b)) => a.is_subset(*b),
            (Known::Number(a), Known::Number(b)) => a.is_subset(b),
            (Known::Date(a), Known::Date(b)) => a.is_subset(*b),
            (Known::Text(a), Known::Text(b)) => a.is_subset(b),
            (Known::Choice(a), Known::Choice(b)) => a.is_subset(*b),
            (Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => {
                false
            }
        }
    }

    /// What either may be: the union of sets, the hull of intervals.
    ///
    /// Both are of one kind; of two kinds there is no such thing, and the first is given.
    #[must_use]
    pub fn union(&self, other: &Known) -> Known {
        match (self, other) {
            (Known::Truth(a), Known::Truth(b)) => Known::Truth(a.union(*b)),
            (Known::Number(a), Known::Number(b)) => Known::Number(a.union(b)),
            (Known::Date(a), Known::Date(b)) => Known::Date(a.union(*b)),
            (Known::Text(a), Known::Text(b)) => Known::Text(a.union(b)),
            (Known::Choice(a), Known::Choice(b)) => Known::Choice(a.union(*b)),
            (Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => {
                self.clone()
            }
        }
    }

    /// What both may be; `None` for nothing.
    pub fn intersect(&self, other: &Known) -> Option<Known> {
        match (self, other) {
            (Known::Truth(a), Known::Truth(b)) => a.intersect(*b).map(Known::Truth),
            (Known::Number(a), Known::Number(b)) => a.intersect(b).map(Known::Number),
            (Known::Date(a), Known::Date(b)) => a.intersect(*b).map(Known::Date),
            (Known::Text(a), Known::Text(b)) => a.intersect(b).map(Known::Text),
            (Known::Choice(a), Known::Choice(b)) => a.intersect(*b).map(Known::Choice),
            (Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => {
                None
            }
        }
    }
}
