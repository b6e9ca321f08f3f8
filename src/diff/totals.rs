//! How many dossiers a change touches, and by how much.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Kind;
use super::effects::{Came, Difference, Origin};
use super::side::grants;
use crate::decision::{Outcome, Status};
use crate::eval::plain::Brief;
use crate::known::{Interval, Known};
use crate::number::Ratio;

/// How many dossiers of one origin, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Which.
    pub origin: Origin,
    /// How many there are.
    pub tried: usize,
    /// How many of them were decided under both texts.
    pub decided: usize,
    /// How many differ in anything.
    pub differ: usize,
    /// How many may differ besides: an answer is missing that says whether an amendment goes to them.
    pub may_differ: usize,
    /// How many are favourable now and were not.
    pub newly_favourable: usize,
    /// How many are unfavourable now and were not.
    pub newly_unfavourable: usize,
    /// How many have another outcome in some other way.
    pub otherwise: usize,
    /// How many would be sent back under the old text, and under the new.
    pub sent_back: (usize, usize),
    /// By financing: how its amount moves.
    pub amounts: IndexMap<Arc<str>, Moved>,
}

/// How an amount moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// In how many dossiers it is more.
    pub up: usize,
    /// In how many it is less.
    pub down: usize,
    /// In how many a range becomes one amount within it.
    pub settled: usize,
    /// In how many it is another range.
    pub otherwise: usize,
    /// In how many it changes, and is not due for certain on both sides.
    pub uncertain: usize,
    /// By how much in all, where it is one amount on both sides.
    pub by: Ratio,
    /// In how many of those in which it changes for certain it is a range on a side: they are not in that sum.
    pub ranges: usize,
}

impl Moved {
    const NOTHING: Moved =
        Moved { up: 0, down: 0, settled: 0, otherwise: 0, uncertain: 0, by: Ratio::zero(), ranges: 0 };
}

impl Totals {
    pub(super) fn new(origin: Origin) -> Totals {
        Totals {
            origin,
            tried: 0,
            decided: 0,
            differ: 0,
            may_differ: 0,
            newly_favourable: 0,
            newly_unfavourable: 0,
            otherwise: 0,
            sent_back: (0, 0),
            amounts: IndexMap::new(),
        }
    }

    /// Counts a dossier; what is not examined has no decision.
    pub(super) fn count(&mut self, before: Option<&Brief>, after: Option<&Brief>) {
        self.tried += 1;
        let (Some(before), Some(after)) = (before, after) else {
            self.sent_back.0 += usize::from(before.is_none());
            self.sent_back.1 += usize::from(after.is_none());
            return;
        };
        self.decided += 1;
        let (was, is) = (before.outcome, after.outcome);
        if was == is {
            return;
        }
        if grants(is) {
            self.newly_favourable += 1;
        } else if is == Outcome::Unfavourable {
            self.newly_unfavourable += 1;
        } else {
            self.otherwise += 1;
        }
    }

    /// Adds how amounts move in a dossier.
    pub(super) fn add_amounts(&mut self, differences: &[Difference]) {
        for difference in differences {
            let Difference::Item(subject, before, after) = difference else { continue };
            if !matches!(subject.kind, Kind::Funding | Kind::Sharing | Kind::Contribution) {
                continue;
            }
            // What is not due is nothing.
            let paid = |came: &Option<Came>| match came {
                Some(Came { status: Status::Due, value: Some(Known::Number(amount)) }) => {
                    Some(amount.clone())
                }
                Some(Came { status: Status::NotDue | Status::NotApplicable, .. }) | None => {
                    Some(Interval::point(Ratio::zero()))
                }
                Some(_) => None,
            };
            let amount = |came: &Option<Came>| came.as_ref().and_then(|came| came.value.clone());
            let (was, is) = (paid(before), paid(after));
            // Where it is not due for certain, only another amount is one.
            if was.as_ref().zip(is.as_ref()).map_or(amount(before) == amount(after), |(was, is)| was == is) {
                continue;
            }
            let moved = self.amounts.entry(Arc::clone(&subject.name)).or_insert(Moved::NOTHING);
            let (Some(was), Some(is)) = (was, is) else {
                moved.uncertain += 1;
                continue;
            };
            match (was.value(), is.value()) {
                (Some(was), Some(is)) => moved.by = moved.by.add(&is.sub(was)),
                (Some(_) | None, _) => moved.ranges += 1,
            }
            let (low, high) = (is.low.value().zip(was.high.value()), is.high.value().zip(was.low.value()));
            if low.is_some_and(|(is, was)| is > was) {
                moved.up += 1;
            } else if high.is_some_and(|(is, was)| is < was) {
                moved.down += 1;
            } else if is.value().is_some_and(|value| was.contains(value)) {
                moved.settled += 1;
            } else {
                moved.otherwise += 1;
            }
        }
    }
}
