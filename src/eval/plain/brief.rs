//! What was decided, without why.

use crate::decision::{Decision, ItemResult, Outcome, Status};
use crate::known::{DateRange, End, Interval, Known};
use crate::number::Small;

/// Outcome, statuses, amounts and time limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// The outcome.
    pub outcome: Outcome,
    /// The status of every item, in the order of [`crate::policy::Policy::items`]: the decision comes first.
    pub statuses: Vec<Status>,
    /// What items have beside their status, each with its rank, in order: those that have anything.
    details: Vec<(u32, Detail)>,
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
        Brief::new(decision.outcome, items.map(BriefItem::of))
    }

    /// A brief of these items, in order.
    pub fn new(outcome: Outcome, items: impl IntoIterator<Item = BriefItem>) -> Brief {
        let mut brief = Brief { outcome, statuses: Vec::new(), details: Vec::new() };
        for (rank, item) in (0..).zip(items) {
            brief.statuses.push(item.status);
            brief.add(rank, item.detail);
        }
        brief
    }

    /// A brief of these statuses, and of what the items from a rank on have beside theirs.
    pub(super) fn from(outcome: Outcome, statuses: Vec<Status>, first: usize, details: Vec<Detail>) -> Brief {
        let mut brief = Brief { outcome, statuses, details: Vec::with_capacity(details.len()) };
        for (rank, detail) in (u32::try_from(first).unwrap_or(u32::MAX)..).zip(details) {
            brief.add(rank, detail);
        }
        brief
    }

    fn add(&mut self, rank: u32, detail: Detail) {
        if detail != Detail::None {
            self.details.push((rank, detail));
        }
    }

    /// Every item, in order.
    pub fn items(&self) -> impl Iterator<Item = (Status, &Detail)> {
        let mut details = self.details.iter().peekable();
        (0..).zip(&self.statuses).map(move |(rank, status)| {
            let detail = details.next_if(|(own, _)| *own == rank);
            (*status, detail.map_or(&Detail::None, |(_, detail)| detail))
        })
    }

    /// What an item came to, by rank.
    pub fn item(&self, rank: usize) -> Option<BriefItem> {
        let status = *self.statuses.get(rank)?;
        let found = self.details.binary_search_by_key(&u32::try_from(rank).ok()?, |(own, _)| *own);
        let detail = found.ok().and_then(|at| self.details.get(at));
        Some(BriefItem { status, detail: detail.map_or(Detail::None, |(_, detail)| detail.clone()) })
    }
}

impl BriefItem {
    /// The brief of one item.
    fn of(result: &ItemResult) -> BriefItem {
        BriefItem { status: result.status, detail: Detail::found(result.value.as_ref()) }
    }

    /// What it has beside its status.
    pub fn value(&self) -> Option<Known> {
        self.detail.value()
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
        self.detail.due()
    }
}

impl Detail {
    /// As what is known of a value.
    pub fn value(&self) -> Option<Known> {
        match self {
            Detail::None => None,
            Detail::Paid(min, max) => {
                let point = |end: &Small| Interval::point(end.to_ratio());
                Some(Known::Number(point(min).union(&point(max))))
            }
            Detail::Due(due) => Some(Known::Date(*due)),
            Detail::Other(value) => Some(value.as_ref().clone()),
        }
    }

    /// A time limit.
    pub fn due(&self) -> Option<DateRange> {
        match self {
            Detail::Due(due) => Some(*due),
            Detail::None | Detail::Paid(..) | Detail::Other(_) => None,
        }
    }

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
