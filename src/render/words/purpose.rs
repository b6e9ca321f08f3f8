//! What a missing fact is asked for.

use super::{Words, derogations, lacking_of, part};
use crate::decision::{Decision, Given, Missing, Outcome, Part, Status};
use crate::policy::{FundingId, ItemRef, Reach};

/// What a question is asked for, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It may change the outcome.
    Outcome,
    /// It tells whether something is paid.
    Due,
    /// It moves what is paid.
    Amount,
    /// It moves a result.
    Value,
    /// It moves a time limit.
    TimeLimit,
    /// It moves what is to be done or reached.
    FollowUp,
    /// It changes nothing that is still to come.
    Nothing,
}

impl Words<'_> {
    /// What a question is asked for: one that waits for the answer to another stands with that one.
    pub(crate) fn purpose(&self, decision: &Decision, missing: &Missing) -> Purpose {
        let judged = |place| self.judge(place).is_some();
        let opener = decision.missing.iter().find(|other| {
            missing.after.contains(&other.place) && judged(other.place) == judged(missing.place)
        });
        match opener.map(|opener| self.purpose(decision, opener)) {
            Some(purpose) if purpose != Purpose::Nothing => purpose,
            Some(_) | None => self.own_purpose(decision, missing),
        }
    }

    fn own_purpose(&self, decision: &Decision, missing: &Missing) -> Purpose {
        let affects = |of: fn(&ItemRef) -> bool| missing.affects.iter().any(of);
        let moves_a_date = || {
            let mut limits = missing.outcomes.iter().flat_map(|one| &one.gives).filter_map(Given::due);
            let first = limits.next();
            limits.any(|due| Some(due) != first)
        };
        let mut fundings = missing.affects.iter().filter_map(|item| match item {
            ItemRef::Funding(id) if !self.is_result(*item) => Some(*id),
            ItemRef::Funding(_)
            | ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Decision
            | ItemRef::Obligation(_) => None,
        });
        if missing.decisive && self.policy.decision.stated {
            Purpose::Outcome
        } else if fundings.clone().any(|id| self.tells_whether_due(decision, missing, id)) {
            Purpose::Due
        } else if fundings.next().is_some() {
            Purpose::Amount
        } else if missing.affects.iter().any(|item| self.is_result(*item)) {
            Purpose::Value
        } else if decision.outcome == Outcome::Unfavourable
            || !affects(|item| {
                matches!(item, ItemRef::Obligation(_) | ItemRef::Objective(_) | ItemRef::Mission(_))
            })
        {
            Purpose::Nothing
        } else if moves_a_date() {
            Purpose::TimeLimit
        } else {
            Purpose::FollowUp
        }
    }

    /// Whether an answer tells if a financing is due, and not only what it comes to.
    fn tells_whether_due(&self, decision: &Decision, missing: &Missing, id: FundingId) -> bool {
        let item = ItemRef::Funding(id);
        let given = missing.outcomes.iter().flat_map(|one| &one.gives);
        let told: Vec<Status> = given.filter(|given| given.item == item).map(|given| given.status).collect();
        if told.windows(2).any(|pair| pair.first() != pair.last()) {
            return true;
        }
        let result = decision.item(item);
        if result.status == Status::Due || told.first().is_some_and(|status| *status == Status::Due) {
            return false;
        }
        let lacks = result.by_reading.iter().any(|case| {
            let conditions = [Part::Applies, Part::Condition].map(|own| part(&case.because, own));
            let unless = derogations(&case.because).map(|(_, step)| step);
            let mut steps = conditions.into_iter().flatten().chain(unless);
            steps.any(|step| lacking_of(step).contains(&missing.place))
        });
        let mut amount = Reach::default();
        amount.add_expr(self.policy, self.policy.fundings[id.index()].amount);
        lacks || !amount.reads(missing.place.declared())
    }
}
