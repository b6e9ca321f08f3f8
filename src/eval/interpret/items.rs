//! What is known about an item: the truths of its parts, and the statuses that it may have.

use crate::decision::Status;
use crate::known::{DateRange, Known, Truth};
use crate::time::Date;

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
        amount: Option<Known>,
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

impl ItemKnown {
    /// Whether the item, read as a condition, is so.
    pub fn holds(&self) -> Truth {
        match self {
            ItemKnown::Criterion { applies, requires, unless } => (!*applies).or(*requires).or(*unless),
            ItemKnown::Objective { applies, aims } => applies.and(*aims),
            ItemKnown::Mission { applies, covered } => applies.and(*covered),
            ItemKnown::Decision { favourable } => *favourable,
            ItemKnown::Funding { applies, due, unless, .. } => applies.and(*due).and(!*unless),
            ItemKnown::Obligation { applies, statuses, .. } => {
                let fulfilled = statuses.contains(Status::Fulfilled);
                applies.and(Truth { may_hold: fulfilled, may_fail: !fulfilled || statuses.len() > 1 })
            }
        }
    }
}

/// A set of statuses that an item may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct StatusSet(u32);

impl StatusSet {
    /// No status.
    pub const NONE: StatusSet = StatusSet(0);

    /// The statuses that an item may have, knowing its parts.
    pub fn of(item: &ItemKnown) -> StatusSet {
        let applied = |applies: &Truth, of: StatusSet| {
            if applies.may_hold { of } else { StatusSet::NONE }.with(Status::NotApplicable, applies.may_fail)
        };
        let either =
            |truth: &Truth, yes, no| StatusSet::NONE.with(yes, truth.may_hold).with(no, truth.may_fail);
        match item {
            ItemKnown::Criterion { applies, requires, unless } => applied(
                applies,
                StatusSet::NONE
                    .with(Status::Met, requires.may_hold)
                    .with(Status::Waived, requires.may_fail && unless.may_hold)
                    .with(Status::NotMet, requires.may_fail && unless.may_fail),
            ),
            ItemKnown::Objective { applies, aims } => {
                applied(applies, either(aims, Status::Reached, Status::NotReached))
            }
            ItemKnown::Mission { applies, covered } => {
                applied(applies, either(covered, Status::Covered, Status::NotCovered))
            }
            ItemKnown::Decision { favourable } => {
                either(favourable, Status::Favourable, Status::Unfavourable)
            }
            ItemKnown::Funding { applies, due, unless, .. } => {
                applied(applies, either(&due.and(!*unless), Status::Due, Status::NotDue))
            }
            ItemKnown::Obligation { applies, statuses, .. } => applied(applies, *statuses),
        }
    }

    /// The statuses that an obligation may have, by its time limit and the date that fulfils it. An
    /// event that lies after the examination has not happened yet.
    pub fn of_dates(deadline: DateRange, fulfilled: DateRange, examined_on: Date) -> StatusSet {
        let happened = fulfilled.intersect(DateRange { from: None, to: Some(examined_on) });
        let to_come = fulfilled.to.is_none_or(|to| to > examined_on);
        let in_time = |event: DateRange| event.from.zip(deadline.to).is_none_or(|(from, to)| from <= to);
        let late = |event: DateRange| event.to.zip(deadline.from).is_none_or(|(to, from)| to > from);
        let may_be_past = deadline.from.is_none_or(|from| from < examined_on);
        let may_run = deadline.to.is_none_or(|to| to >= examined_on);
        StatusSet::NONE
            .with(Status::Fulfilled, happened.is_some_and(in_time))
            .with(Status::Missed, happened.is_some_and(late) || (to_come && may_be_past))
            .with(Status::Pending, to_come && may_run)
    }

    /// The statuses that an obligation without an act may have, by its time limit.
    pub fn of_limit(deadline: DateRange, examined_on: Date) -> StatusSet {
        StatusSet::NONE
            .with(Status::Pending, deadline.to.is_none_or(|to| to >= examined_on))
            .with(Status::Elapsed, deadline.from.is_none_or(|from| from < examined_on))
    }

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
    /// it may be met or is one of several; for a financing that nothing can make due, `not_due` where that or
    /// without object; otherwise `undetermined`.
    pub fn settled(self) -> Status {
        let mut all = self.iter();
        match (all.next(), all.next()) {
            (Some(only), None) => only,
            (None, _) => Status::Undetermined,
            (Some(_), Some(_)) => {
                let bars_nothing = StatusSet::only(Status::Met)
                    .union(StatusSet::only(Status::Waived))
                    .union(StatusSet::only(Status::NotApplicable));
                let pays_nothing =
                    StatusSet::only(Status::NotDue).union(StatusSet::only(Status::NotApplicable));
                let of_criterion = self.contains(Status::Met) || self.contains(Status::Waived);
                if of_criterion && self.0 & !bars_nothing.0 == 0 {
                    Status::Met
                } else if self == pays_nothing {
                    Status::NotDue
                } else {
                    Status::Undetermined
                }
            }
        }
    }
}

const ALL: [Status; 18] = [
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
    Status::Elapsed,
    Status::Favourable,
    Status::Unfavourable,
    Status::NotApplicable,
    Status::Undetermined,
    Status::DependsOnReading,
];
