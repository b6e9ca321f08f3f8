//! Intervals of numbers and dates.

use crate::number::Ratio;
use crate::time::Date;

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

/// The numbers between two ends; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Lower end.
    pub low: End,
    /// Upper end.
    pub high: End,
    /// Whether only whole numbers are meant (its finite ends are then whole and included).
    pub whole: bool,
}

/// The dates between two days, both included; `None` is no bound. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// Earliest.
    pub from: Option<Date>,
    /// Latest.
    pub to: Option<Date>,
}
