//! Outcomes and statuses.

use super::Words;
use crate::decision::{Outcome, Part, ReadingCase, Status, Step};
use crate::known::Known;
use crate::policy::{Funding, FundingKind, ItemRef, Type};

impl Words<'_> {
    /// An outcome in a sentence.
    pub(crate) fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Favourable => self.say("favorable", "favourable"),
            Outcome::Unfavourable => self.say("défavorable", "unfavourable"),
            Outcome::Calculated => self.say("calculé", "calculated"),
            Outcome::Incomplete => self.say("incomplet", "incomplete"),
            Outcome::DependsOnReading => self.say("dépend de la lecture", "depends on the reading"),
        }
    }

    /// A status of an item in a sentence: a result that is given says no more than its value.
    pub(crate) fn status_of(&self, item: ItemRef, status: Status) -> &'static str {
        match item {
            ItemRef::Funding(id) => self.status_in(self.policy.fundings[id.index()].kind, status),
            ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Decision
            | ItemRef::Obligation(_) => self.status(status),
        }
    }

    /// A status of what is given or asked, in the gender of its kind.
    pub(crate) fn status_in(&self, kind: FundingKind, status: Status) -> &'static str {
        match (kind, status) {
            (FundingKind::Contribution, Status::Due) => self.say("due", "due"),
            (FundingKind::Contribution, Status::NotDue) => self.say("non due", "not due"),
            (FundingKind::Result, Status::Due) => self.say("donné", "given"),
            (FundingKind::Funding | FundingKind::Contribution | FundingKind::Result, status) => {
                self.status(status)
            }
        }
    }

    /// What an item came to, in a word: its status, or the value of a result.
    pub(crate) fn came_to(&self, item: ItemRef, status: Status, value: Option<&Known>) -> String {
        match (self.is_result(item), status, value) {
            (true, Status::Due, Some(value)) => self.given_value(item, value),
            (_, status, _) => self.status_of(item, status).to_owned(),
        }
    }

    /// Whether an item is a result.
    pub(crate) fn is_result(&self, item: ItemRef) -> bool {
        matches!(item, ItemRef::Funding(id) if self.policy.fundings[id.index()].kind == FundingKind::Result)
    }

    /// What stands beside the status of an item: an amount, a time limit, the value of a result.
    pub(crate) fn given_value(&self, item: ItemRef, value: &Known) -> String {
        match (item, value) {
            (ItemRef::Funding(id), Known::Number(amount))
                if self.policy.fundings[id.index()].kind != FundingKind::Result =>
            {
                self.payment(amount)
            }
            (ItemRef::Funding(id), value) => {
                self.known(value, self.policy.exprs.get(self.policy.fundings[id.index()].amount).ty)
            }
            (
                ItemRef::Criterion(_)
                | ItemRef::Objective(_)
                | ItemRef::Mission(_)
                | ItemRef::Decision
                | ItemRef::Obligation(_),
                value,
            ) => self.known(value, Type::Date),
        }
    }

    /// The status of an item, as programs read it.
    pub(crate) fn status_key(&self, item: ItemRef, status: Status) -> &'static str {
        if status == Status::Due && self.is_result(item) { "given" } else { status_key(status) }
    }

    /// What the parts of an amount came to, in the order in which the text shows them, each with its name.
    pub(crate) fn shares<'s>(&self, funding: &'s Funding, case: &'s ReadingCase) -> Vec<(String, &'s Step)> {
        let named = |(part, step): &'s (Part, Step)| match part {
            Part::Share(rank) => Some((self.name(*funding.parts.get(*rank as usize)?).into_owned(), step)),
            Part::Applies
            | Part::Condition
            | Part::Unless(_)
            | Part::Amount
            | Part::Value
            | Part::Rest
            | Part::Deadline
            | Part::FulfilledBy => None,
        };
        case.because.parts.iter().filter_map(named).collect()
    }

    /// A status in a sentence.
    pub(crate) fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Met => self.say("rempli", "met"),
            Status::NotMet => self.say("non rempli", "not met"),
            Status::Waived => self.say("rempli par exception", "waived"),
            Status::Reached => self.say("atteint", "reached"),
            Status::NotReached => self.say("pas encore atteint", "not reached yet"),
            Status::Covered => self.say("prévue", "covered"),
            Status::NotCovered => self.say("non prévue", "not covered"),
            Status::Due => self.say("dû", "due"),
            Status::NotDue => self.say("non dû", "not due"),
            Status::Fulfilled => self.say("fait", "done"),
            Status::Pending => self.say("à faire", "to be done"),
            Status::Missed => self.say("en retard", "late"),
            Status::Elapsed => self.say("terme passé", "time limit passed"),
            Status::Favourable => self.say("favorable", "favourable"),
            Status::Unfavourable => self.say("défavorable", "unfavourable"),
            Status::NotApplicable => self.say("sans objet", "not applicable"),
            Status::Undetermined => self.say("indéterminé", "undetermined"),
            Status::DependsOnReading => self.say("dépend de la lecture", "depends on the reading"),
        }
    }
}

/// As programs read it.
pub(crate) fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Favourable => "favourable",
        Outcome::Unfavourable => "unfavourable",
        Outcome::Calculated => "calculated",
        Outcome::Incomplete => "incomplete",
        Outcome::DependsOnReading => "depends_on_reading",
    }
}

/// As programs read it.
pub(crate) fn status_key(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not_met",
        Status::Waived => "waived",
        Status::Reached => "reached",
        Status::NotReached => "not_reached",
        Status::Covered => "covered",
        Status::NotCovered => "not_covered",
        Status::Due => "due",
        Status::NotDue => "not_due",
        Status::Fulfilled => "fulfilled",
        Status::Pending => "pending",
        Status::Missed => "missed",
        Status::Elapsed => "elapsed",
        Status::Favourable => "favourable",
        Status::Unfavourable => "unfavourable",
        Status::NotApplicable => "not_applicable",
        Status::Undetermined => "undetermined",
        Status::DependsOnReading => "depends_on_reading",
    }
}
