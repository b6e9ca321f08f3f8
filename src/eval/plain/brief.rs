//! What was decided, without why.

use crate::decision::{Decision, ItemResult, Outcome, Status};
use crate::known::{DateRange, End, Interval};
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
    /// Financing: what is paid if due, as far as it is known, where it is no such range.
    Open(Box<Interval>),
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
        BriefItem { status: result.status, detail: Detail::found(result.amount.as_ref(), result.due) }
    }

    /// Financing: what is paid if due.
    pub fn amount(&self) -> Option<Interval> {
        match &self.detail {
            Detail::Paid(min, max) => {
                Some(Interval::point(min.to_ratio()).union(&Interval::point(max.to_ratio())))
            }
            Detail::Open(amount) => Some(amount.as_ref().clone()),
            Detail::None | Detail::Due(_) => None,
        }
    }

    /// Obligation: its time limit.
    pub fn due(&self) -> Option<DateRange> {
        match self.detail {
            Detail::Due(due) => Some(due),
            Detail::None | Detail::Paid(..) | Detail::Open(_) => None,
        }
    }
}

impl Detail {
    /// What was found beside a status.
    pub(in crate::eval) fn found(amount: Option<&Interval>, due: Option<DateRange>) -> Detail {
        match (amount, due) {
            (Some(amount), _) => Detail::of(amount),
            (None, Some(due)) => Detail::Due(due),
            (None, None) => Detail::None,
        }
    }

    /// What is paid.
    pub(crate) fn of(amount: &Interval) -> Detail {
        if let (End::Included(min), End::Included(max)) = (&amount.low, &amount.high)
            && let (Some(min), Some(max)) = (Small::of(min), Small::of(max))
        {
            return Detail::Paid(min, max);
        }
        Detail::Open(Box::new(amount.clone()))
    }
}
