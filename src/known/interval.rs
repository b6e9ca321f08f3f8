//! Intervals of numbers.

use std::cmp::Ordering;

use crate::number::Ratio;

/// An end of an interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum End {
    /// No bound on this side.
    Infinite,
    /// Up to a value, itself included.
    Included(Ratio),
    /// Up to a value, itself left out.
    Excluded(Ratio),
}

impl End {
    /// The finite value at which it stands.
    pub fn value(&self) -> Option<&Ratio> {
        match self {
            End::Infinite => None,
            End::Included(value) | End::Excluded(value) => Some(value),
        }
    }

    /// Whether it stands at a value that belongs to the interval.
    pub fn is_included(&self) -> bool {
        matches!(self, End::Included(_))
    }

    /// The end at another value, where there is one.
    pub(super) fn map(&self, f: impl FnOnce(&Ratio) -> Ratio) -> End {
        match self {
            End::Infinite => End::Infinite,
            End::Included(value) => End::Included(f(value)),
            End::Excluded(value) => End::Excluded(f(value)),
        }
    }

    /// Order of lower ends: the lesser lets more through.
    pub(super) fn cmp_low(&self, other: &End) -> Ordering {
        match (self.value(), other.value()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => a.cmp(b).then(other.is_included().cmp(&self.is_included())),
        }
    }

    /// Order of upper ends: the greater lets more through.
    pub(super) fn cmp_high(&self, other: &End) -> Ordering {
        match (self.value(), other.value()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(a), Some(b)) => a.cmp(b).then(self.is_included().cmp(&other.is_included())),
        }
    }
}

/// The numbers between two ends; never empty.
///
/// Made by its constructors it has one form for one set: a whole interval has whole, included ends,
/// and one number is whole where it has no fractional part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Lower end.
    pub low: End,
    /// Upper end.
    pub high: End,
    /// Whether only whole numbers are meant (its finite ends are then whole and included).
    pub whole: bool,
}

impl Interval {
    /// The numbers between two ends, only the whole ones for `whole`; `None` where there is none.
    pub fn new(low: End, high: End, whole: bool) -> Option<Interval> {
        let (low, high) = if whole { (whole_low(low), whole_high(high)) } else { (low, high) };
        match (&low, &high) {
            (End::Infinite, _) | (_, End::Infinite) => Some(Interval { low, high, whole }),
            (End::Included(l), End::Included(h)) => match l.cmp(h) {
                Ordering::Less => Some(Interval { low, high, whole }),
                Ordering::Equal => {
                    let whole = l.is_integer();
                    Some(Interval { low, high, whole })
                }
                Ordering::Greater => None,
            },
            (End::Included(l) | End::Excluded(l), End::Included(h) | End::Excluded(h)) => {
                (l < h).then_some(Interval { low, high, whole })
            }
        }
    }

    /// What a part of one of these numbers may be: from 0 to the greatest of them.
    #[must_use]
    pub fn part(&self) -> Interval {
        Interval::new(End::Included(Ratio::zero()), self.high.clone(), false)
            .unwrap_or_else(|| Interval::point(Ratio::zero()))
    }

    /// One number.
    pub fn point(value: Ratio) -> Interval {
        let whole = value.is_integer();
        Interval { low: End::Included(value.clone()), high: End::Included(value), whole }
    }

    /// Every number, or every whole one.
    pub fn all(whole: bool) -> Interval {
        Interval { low: End::Infinite, high: End::Infinite, whole }
    }

    /// From a number on, itself included.
    pub fn at_least(low: Ratio, whole: bool) -> Interval {
        let low = if whole { low.ceil() } else { low };
        Interval { low: End::Included(low), high: End::Infinite, whole }
    }

    /// Up to a number, itself included.
    pub fn at_most(high: Ratio, whole: bool) -> Interval {
        let high = if whole { high.floor() } else { high };
        Interval { low: End::Infinite, high: End::Included(high), whole }
    }

    /// From a number to another, both included; `None` where there is none.
    pub fn between(low: Ratio, high: Ratio, whole: bool) -> Option<Interval> {
        Interval::new(End::Included(low), End::Included(high), whole)
    }

    /// The one number that it holds, if it holds only one.
    pub fn value(&self) -> Option<&Ratio> {
        match (&self.low, &self.high) {
            (End::Included(low), End::Included(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// Whether it holds this number.
    pub fn contains(&self, value: &Ratio) -> bool {
        let above = match &self.low {
            End::Infinite => true,
            End::Included(low) => low <= value,
            End::Excluded(low) => low < value,
        };
        let below = match &self.high {
            End::Infinite => true,
            End::Included(high) => value <= high,
            End::Excluded(high) => value < high,
        };
        above && below && (!self.whole || value.is_integer())
    }

    /// Whether every number of it is in the other.
    pub fn is_subset(&self, other: &Interval) -> bool {
        self.low.cmp_low(&other.low) != Ordering::Less
            && self.high.cmp_high(&other.high) != Ordering::Greater
            && (self.whole || !other.whole)
    }

    /// The least interval that holds both (the hull).
    #[must_use]
    pub fn union(&self, other: &Interval) -> Interval {
        Interval {
            low: lesser(&self.low, &other.low, End::cmp_low),
            high: greater(&self.high, &other.high, End::cmp_high),
            whole: self.whole && other.whole,
        }
    }

    /// What both hold; `None` for nothing.
    pub fn intersect(&self, other: &Interval) -> Option<Interval> {
        Interval::new(
            greater(&self.low, &other.low, End::cmp_low),
            lesser(&self.high, &other.high, End::cmp_high),
            self.whole || other.whole,
        )
    }

    /// All of it but one number, where the rest is still an interval; else all of it. `None` where
    /// nothing else is in it.
    pub fn without(&self, value: &Ratio) -> Option<Interval> {
        let but = |end: &End| match end {
            End::Included(at) if at == value => End::Excluded(at.clone()),
            end => end.clone(),
        };
        Interval::new(but(&self.low), but(&self.high), self.whole)
    }
}

/// The lesser of two ends in an order of ends.
pub(super) fn lesser(a: &End, b: &End, order: fn(&End, &End) -> Ordering) -> End {
    if order(a, b) == Ordering::Greater { b.clone() } else { a.clone() }
}

/// The greater of two ends in an order of ends.
pub(super) fn greater(a: &End, b: &End, order: fn(&End, &End) -> Ordering) -> End {
    if order(a, b) == Ordering::Less { b.clone() } else { a.clone() }
}

/// The lower end of the whole numbers above it.
fn whole_low(end: End) -> End {
    match end {
        End::Infinite => End::Infinite,
        End::Included(value) => End::Included(value.ceil()),
        End::Excluded(value) => End::Included(value.floor().add(&Ratio::one())),
    }
}

/// The upper end of the whole numbers below it.
fn whole_high(end: End) -> End {
    match end {
        End::Infinite => End::Infinite,
        End::Included(value) => End::Included(value.floor()),
        End::Excluded(value) => End::Included(value.ceil().sub(&Ratio::one())),
    }
}
