//! What was decided, without why.

use crate::decision::{Decision, ItemResult, Outcome, Status};
use crate::known::{DateRange, Interval};

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
    /// Financing: what is paid if due.
    pub amount: Option<Interval>,
    /// Obligation: its time limit.
    pub due: Option<DateRange>,
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
    pub(super) const OPEN: BriefItem = BriefItem { status: Status::Undetermined, amount: None, due: None };

    fn of(result: &ItemResult) -> BriefItem {
        BriefItem { status: result.status, amount: result.amount.clone(), due: result.due }
    }
}
