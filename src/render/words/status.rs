//! Outcomes and statuses.

use super::Words;
use crate::decision::{Outcome, Status};

impl Words<'_> {
    /// An outcome in a sentence.
    pub(crate) fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Favourable => self.say("favorable", "favourable"),
            Outcome::Unfavourable => self.say("défavorable", "unfavourable"),
            Outcome::Incomplete => self.say("incomplet", "incomplete"),
            Outcome::DependsOnReading => self.say("dépend de la lecture", "depends on the reading"),
        }
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
        Status::Favourable => "favourable",
        Status::Unfavourable => "unfavourable",
        Status::NotApplicable => "not_applicable",
        Status::Undetermined => "undetermined",
        Status::DependsOnReading => "depends_on_reading",
    }
}
