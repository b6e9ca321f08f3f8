//! Comparing what is known, and what a comparison that holds teaches.

use std::cmp::Ordering;

use super::interval::{End, Interval};
use super::{DateRange, Known, OptionSet, TextSet, Truth};
use crate::syntax::tree::CompareOp;

/// What the comparison of a value of each comes to.
///
/// Choices are compared by rank. Texts and truths have no order: a comparison of theirs by one, like
/// that of two kinds of values, stays open.
pub fn compare(op: CompareOp, left: &Known, right: &Known) -> Truth {
    Truth { may_hold: may_hold(op, left, right), may_fail: may_hold(op.negated(), left, right) }
}

/// Whether `left op right` for some value of each.
fn may_hold(op: CompareOp, left: &Known, right: &Known) -> bool {
    match (left, right) {
        (Known::Number(a), Known::Number(b)) => match op {
            CompareOp::Lt => a.may_be_below(b),
            CompareOp::Le => a.may_be_at_most(b),
            CompareOp::Gt => b.may_be_below(a),
            CompareOp::Ge => b.may_be_at_most(a),
            CompareOp::Eq => a.intersect(b).is_some(),
            CompareOp::Ne => a.value().is_none() || a.value() != b.value(),
        },
        (Known::Date(a), Known::Date(b)) => match op {
            CompareOp::Lt => a.from.zip(b.to).is_none_or(|(a, b)| a < b),
            CompareOp::Le => a.from.zip(b.to).is_none_or(|(a, b)| a <= b),
            CompareOp::Gt => b.from.zip(a.to).is_none_or(|(b, a)| b < a),
            CompareOp::Ge => b.from.zip(a.to).is_none_or(|(b, a)| b <= a),
            CompareOp::Eq => a.intersect(*b).is_some(),
            CompareOp::Ne => a.value().is_none() || a.value() != b.value(),
        },
        (Known::Choice(a), Known::Choice(b)) => match op {
            CompareOp::Lt => a.first() < b.last(),
            CompareOp::Le => a.first() <= b.last(),
            CompareOp::Gt => b.first() < a.last(),
            CompareOp::Ge => b.first() <= a.last(),
            CompareOp::Eq => a.intersect(*b).is_some(),
            CompareOp::Ne => a.value().is_none() || a.value() != b.value(),
        },
        (Known::Text(a), Known::Text(b)) => match op {
            CompareOp::Eq => a.intersect(b).is_some(),
            CompareOp::Ne => a.value().is_none() || a.value() != b.value(),
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => true,
        },
        (Known::Truth(a), Known::Truth(b)) => match op {
            CompareOp::Eq => a.intersect(*b).is_some(),
            CompareOp::Ne => a.intersect(!*b).is_some(),
            CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => true,
        },
        (Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => true,
    }
}

impl Known {
    /// The values of which `self op other` holds for some value of the other; `None` where there is
    /// none.
    pub fn narrow_by(&self, op: CompareOp, other: &Known) -> Option<Known> {
        match (self, other) {
            (Known::Number(a), Known::Number(b)) => a.narrow_by(op, b).map(Known::Number),
            (Known::Date(a), Known::Date(b)) => a.narrow_by(op, *b).map(Known::Date),
            (Known::Choice(a), Known::Choice(b)) => a.narrow_by(op, *b).map(Known::Choice),
            (Known::Text(a), Known::Text(b)) => a.narrow_by(op, b).map(Known::Text),
            (Known::Truth(a), Known::Truth(b)) => match op {
                CompareOp::Eq => a.intersect(*b).map(Known::Truth),
                CompareOp::Ne => a.intersect(!*b).map(Known::Truth),
                CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge => Some(self.clone()),
            },
            (Known::Truth(_) | Known::Number(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => {
                Some(self.clone())
            }
        }
    }
}

impl Interval {
    /// Whether some number of it is below some number of the other.
    fn may_be_below(&self, other: &Interval) -> bool {
        self.low.value().zip(other.high.value()).is_none_or(|(low, high)| low < high)
    }

    /// Whether some number of it is not above some number of the other.
    fn may_be_at_most(&self, other: &Interval) -> bool {
        self.low.value().zip(other.high.value()).is_none_or(|(low, high)| match low.cmp(high) {
            Ordering::Less => true,
            Ordering::Equal => self.low.is_included() && other.high.is_included(),
            Ordering::Greater => false,
        })
    }

    /// The numbers of which `self op other` holds for some number of the other.
    pub fn narrow_by(&self, op: CompareOp, other: &Interval) -> Option<Interval> {
        let strictly = |end: &End| end.value().map_or(End::Infinite, |value| End::Excluded(value.clone()));
        let (low, high) = match op {
            CompareOp::Eq => return self.intersect(other),
            CompareOp::Ne => {
                return match other.value() {
                    Some(value) => self.without(value),
                    None => Some(self.clone()),
                };
            }
            CompareOp::Lt => (End::Infinite, strictly(&other.high)),
            CompareOp::Le => (End::Infinite, other.high.clone()),
            CompareOp::Gt => (strictly(&other.low), End::Infinite),
            CompareOp::Ge => (other.low.clone(), End::Infinite),
        };
        self.intersect(&Interval { low, high, whole: false })
    }
}

impl DateRange {
    /// The dates of which `self op other` holds for some date of the other.
    pub fn narrow_by(self, op: CompareOp, other: DateRange) -> Option<DateRange> {
        // Where the calendar ends, the bound itself stays in: too wide by a day, never too narrow.
        let before = |date: crate::time::Date| date.plus_days(-1).unwrap_or(date);
        let after = |date: crate::time::Date| date.plus_days(1).unwrap_or(date);
        let allowed = match op {
            CompareOp::Eq => other,
            CompareOp::Ne => match other.value() {
                None => return Some(self),
                Some(day) if self.value() == Some(day) => return None,
                Some(day) => DateRange {
                    from: self.from.filter(|from| *from == day).map(after),
                    to: self.to.filter(|to| *to == day).map(before),
                },
            },
            CompareOp::Lt => DateRange { from: None, to: other.to.map(before) },
            CompareOp::Le => DateRange { from: None, to: other.to },
            CompareOp::Gt => DateRange { from: other.from.map(after), to: None },
            CompareOp::Ge => DateRange { from: other.from, to: None },
        };
        self.intersect(allowed)
    }
}

impl OptionSet {
    /// The options of which `self op other`, by rank, holds for some option of the other.
    pub fn narrow_by(self, op: CompareOp, other: OptionSet) -> Option<OptionSet> {
        let (first, last) = (usize::from(other.first()?), usize::from(other.last()?));
        match op {
            CompareOp::Eq => self.intersect(other),
            CompareOp::Ne if first == last => self.without(other),
            CompareOp::Ne => Some(self),
            CompareOp::Lt => self.intersect(OptionSet::all(last)),
            CompareOp::Le => self.intersect(OptionSet::all(last + 1)),
            CompareOp::Gt => self.without(OptionSet::all(first + 1)),
            CompareOp::Ge => self.without(OptionSet::all(first)),
        }
    }
}

impl TextSet {
    /// The texts of which `self op other` holds for some text of the other.
    pub fn narrow_by(&self, op: CompareOp, other: &TextSet) -> Option<TextSet> {
        match (op, other.value()) {
            (CompareOp::Eq, _) => self.intersect(other),
            (CompareOp::Ne, Some(text)) => self.without(text),
            (CompareOp::Ne | CompareOp::Lt | CompareOp::Le | CompareOp::Gt | CompareOp::Ge, _) => {
                Some(self.clone())
            }
        }
    }
}
