//! What is known about an item: the truths of its parts, and the statuses that it may have.

use crate::decision::Status;
use crate::known::{DateRange, Interval, Truth};

/// What is known about the parts of an item.
///
/// Every part is worked out knowing that the item applies. A part of an item that certainly does
/// not apply stands open: nothing was read for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemKnown {
    /// Of a criterion.
    Criterion {
        /// `si`.
        applies: Truth,
        /// `exige`.
        requires: Truth,
        /// Whether one of the `sauf si` holds.
        unless: Truth,
    },
    /// Of an objective.
    Objective {
        /// `si`.
        applies: Truth,
        /// `vise`.
        aims: Truth,
    },
    /// Of a mission.
    Mission {
        /// `si`.
        applies: Truth,
        /// `prévue si`.
        covered: Truth,
    },
    /// Of the decision.
    Decision {
        /// `favorable si`.
        favourable: Truth,
    },
    /// Of a financing.
    Funding {
        /// `si`.
        applies: Truth,
        /// `prévu si`.
        due: Truth,
        /// Whether one of the `sauf si` holds.
        unless: Truth,
        /// What is paid if it is due; `None` where it is certainly not due.
        amount: Option<Interval>,
    },
    /// Of an obligation.
    Obligation {
        /// `si`, and none of the `sauf si`.
        applies: Truth,
        /// The time limit, where it applies.
        deadline: DateRange,
        /// The date that fulfils it.
        fulfilled: DateRange,
        /// The statuses that these dates allow where it applies.
        statuses: StatusSet,
    },
}

/// A set of statuses that an item may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct StatusSet(u32);

impl StatusSet {
    /// No status.
    pub const NONE: StatusSet = StatusSet(0);

    /// One status.
    pub fn only(status: Status) -> StatusSet {
        StatusSet(1 << status as u32)
    }

    /// Adds a status, where it is possible.
    #[must_use]
    pub fn with(self, status: Status, possible: bool) -> StatusSet {
        if possible { self.union(StatusSet::only(status)) } else { self }
    }

    /// The statuses of either.
    #[must_use]
    pub fn union(self, other: StatusSet) -> StatusSet {
        StatusSet(self.0 | other.0)
    }

    /// Whether it holds this status.
    pub fn contains(self, status: Status) -> bool {
        self.0 & StatusSet::only(status).0 != 0
    }

    /// Whether it holds no status.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many statuses it holds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Its statuses, in the order in which they are declared.
    pub fn iter(self) -> impl Iterator<Item = Status> {
        ALL.into_iter().filter(move |status| self.contains(*status))
    }

    /// The status to report: the only one; for a criterion that nothing can make fail, `met` where
    /// it may be met or is one of several; otherwise `undetermined`.
    pub fn settled(self) -> Status {
        let mut all = self.iter();
        match (all.next(), all.next()) {
            (Some(only), None) => only,
            (None, _) => Status::Undetermined,
            (Some(_), Some(_)) => {
                let bars_nothing = StatusSet::only(Status::Met)
                    .union(StatusSet::only(Status::Waived))
                    .union(StatusSet::only(Status::NotApplicable));
                let of_criterion = self.contains(Status::Met) || self.contains(Status::Waived);
                if of_criterion && self.0 & !bars_nothing.0 == 0 { Status::Met } else { Status::Undetermined }
            }
        }
    }
}

const ALL: [Status; 17] = [
    Status::Met,
    Status::NotMet,
    Status::Waived,
    Status::Reached,
    Status::NotReached,
    Status::Covered,
    Status::NotCovered,
    Status::Due,
    Status::NotDue,
    Status::Fulfilled,
    Status::Pending,
    Status::Missed,
    Status::Favourable,
    Status::Unfavourable,
    Status::NotApplicable,
    Status::Undetermined,
    Status::DependsOnReading,
];
