//! The sum of many intervals.

use super::interval::{End, Interval};
use crate::number::{Ratio, Sum};

/// The sum of many intervals: the tightest interval that holds every sum of a number of each.
#[derive(Debug, Clone)]
pub struct IntervalSum {
    /// Of those that are one number.
    points: Sum,
    /// Of the others, by end.
    low: Side,
    high: Side,
    /// Whether there are others, and whether all of them are of whole numbers.
    is_open: bool,
    whole: bool,
}

/// The ends of one side.
#[derive(Debug, Clone, Default)]
struct Side {
    sum: Sum,
    infinite: bool,
    excluded: bool,
}

impl Side {
    fn add(&mut self, end: &End, times: usize) {
        match end {
            End::Infinite => self.infinite = true,
            End::Included(value) => self.sum.add(value, times),
            End::Excluded(value) => {
                self.excluded = true;
                self.sum.add(value, times);
            }
        }
    }

    fn end(&self, points: &Sum, most: u64) -> End {
        if self.infinite {
            return End::Infinite;
        }
        let mut all = self.sum.clone();
        all.add_all(points);
        match all.total(most) {
            None => End::Infinite,
            Some(total) if self.excluded => End::Excluded(total),
            Some(total) => End::Included(total),
        }
    }
}

impl Default for IntervalSum {
    fn default() -> Self {
        IntervalSum {
            points: Sum::default(),
            low: Side::default(),
            high: Side::default(),
            is_open: false,
            whole: true,
        }
    }
}

impl IntervalSum {
    /// Adds a number of an interval so many times, each time any of them.
    pub fn add(&mut self, interval: &Interval, times: usize) {
        match interval.value() {
            Some(value) => self.points.add(value, times),
            None => {
                self.is_open = true;
                self.whole &= interval.whole;
                self.low.add(&interval.low, times);
                self.high.add(&interval.high, times);
            }
        }
    }

    /// Whether only single numbers were added.
    pub fn is_exact(&self) -> bool {
        !self.is_open
    }

    /// The sum; an end that is longer than so many bits is left out.
    pub fn total(&self, most: u64) -> Interval {
        if !self.is_open {
            return match self.points.total(most) {
                Some(total) => Interval::point(total),
                None => Interval::all(false),
            };
        }
        let whole = self.whole && self.points.total(most).is_some_and(|points| points.is_integer());
        Interval { low: self.low.end(&self.points, most), high: self.high.end(&self.points, most), whole }
    }
}

impl Interval {
    /// The size of its longer end, in bits.
    pub fn bits(&self) -> u64 {
        let of = |end: &End| end.value().map_or(0, Ratio::bits);
        of(&self.low).max(of(&self.high))
    }

    /// Without the ends that are longer than so many bits.
    #[must_use]
    pub fn within_bits(self, most: u64) -> Interval {
        let is_long = |end: &End| end.value().is_some_and(|value| value.bits() > most);
        if !is_long(&self.low) && !is_long(&self.high) {
            return self;
        }
        let short = |end: End| if is_long(&end) { End::Infinite } else { end };
        Interval { whole: self.whole, low: short(self.low), high: short(self.high) }
    }
}
