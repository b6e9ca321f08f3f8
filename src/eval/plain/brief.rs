//! What was decided, without why.

use crate::decision::{Decision, ItemResult, Outcome, Status};
use crate::known::{DateRange, End, Interval, Known};
use crate::number::Small;

/// Outcome, statuses, amounts and time limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The outcome.
    pub outcome: Outcome,
    /// Every item, in the order of [`crate::policy::Policy::items`]: the decision comes first.
    pub items: Vec<BriefItem>,
}

/// What an item came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefItem {
    /// Its status.
    pub status: Status,
    /// What else it has.
    pub detail: Detail,
}

/// What an item has beside its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// Financing: what is paid if due, from an amount to another, both included.
    Paid(Small, Small),
    /// What is known of the value, where it is no such range and no date.
    Other(Box<Known>),
    /// Obligation: its time limit.
    Due(DateRange),
}

impl Brief {
    /// The brief of a whole decision.
    pub fn of(decision: &Decision) -> Brief {
        let rest = [
            &decision.criteria,
            &decision.objectives,
            &decision.missions,
            &decision.fundings,
            &decision.obligations,
        ];
        let items = std::iter::once(&decision.decision).chain(rest.into_iter().flatten());
        Brief { outcome: decision.outcome, items: items.map(BriefItem::of).collect() }
    }
}

impl BriefItem {
    /// An item of which nothing is known yet.
    pub(super) const OPEN: BriefItem = BriefItem { status: Status::Undetermined, detail: Detail::None };

    /// The brief of one item.
    fn of(result: &ItemResult) -> BriefItem {
        BriefItem { status: result.status, detail: Detail::found(result.value.as_ref()) }
    }

    /// What it has beside its status.
    pub fn value(&self) -> Option<Known> {
        match &self.detail {
            Detail::None => None,
            Detail::Paid(min, max) => {
                let point = |end: &Small| Interval::point(end.to_ratio());
                Some(Known::Number(point(min).union(&point(max))))
            }
            Detail::Due(due) => Some(Known::Date(*due)),
            Detail::Other(value) => Some(value.as_ref().clone()),
        }
    }

    /// Financing: what is paid if due.
    pub fn amount(&self) -> Option<Interval> {
        match self.value()? {
            Known::Number(amount) => Some(amount),
            Known::Date(_) | Known::Truth(_) | Known::Text(_) | Known::Choice(_) => None,
        }
    }

    /// Obligation: its time limit.
    pub fn due(&self) -> Option<DateRange> {
        match self.detail {
            Detail::Due(due) => Some(due),
            Detail::None | Detail::Paid(..) | Detail::Other(_) => None,
        }
    }
}

impl Detail {
    /// What was found beside a status.
    pub(crate) fn found(value: Option<&Known>) -> Detail {
        match value {
            None => Detail::None,
            Some(Known::Date(due)) => Detail::Due(*due),
            Some(value) => Detail::paid(value).unwrap_or_else(|| Detail::Other(Box::new(value.clone()))),
        }
    }
    fn paid(value: &Known) -> Option<Detail> {
        match value {
            Known::Number(Interval { low: End::Included(min), high: End::Included(max), .. }) => {
                Some(Detail::Paid(Small::of(min)?, Small::of(max)?))
            }
            Known::Number(_) | Known::Date(_) | Known::Truth(_) | Known::Text(_) | Known::Choice(_) => None,
        }
    }
}
