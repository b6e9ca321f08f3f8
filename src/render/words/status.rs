//! Outcomes and statuses.

use super::Words;
use crate::decision::{Outcome, Part, ReadingCase, Status, Step};
use crate::known::{Known, Truth};
use crate::policy::{Funding, FundingKind, ItemRef, Type};
use crate::wording::Lang;

impl Words<'_> {
    /// An outcome in a sentence.
    pub(crate) fn outcome(&self, outcome: Outcome) -> &'static str {
        outcome_word(outcome, self.lang)
    }

    /// A status of an item in a sentence: a result that is given says no more than its value.
    pub(crate) fn status_of(&self, item: ItemRef, status: Status) -> &'static str {
        match item {
            ItemRef::Funding(id) => self.status_in(&self.policy.fundings[id.index()], status),
            ItemRef::Criterion(_)
            | ItemRef::Objective(_)
            | ItemRef::Mission(_)
            | ItemRef::Decision
            | ItemRef::Obligation(_) => self.status(status),
        }
    }

    /// A status of what is given or asked, in the gender of its kind.
    fn status_in(&self, funding: &Funding, status: Status) -> &'static str {
        let feminine = match funding.kind {
            FundingKind::Contribution => true,
            FundingKind::Funding => funding.is_shared_out(),
            FundingKind::Result if status == Status::Due => return self.say("donné", "given"),
            FundingKind::Result => false,
        };
        match status {
            Status::Due if feminine => self.say("due", "due"),
            Status::NotDue if feminine => self.say("non due", "not due"),
            status => self.status(status),
        }
    }

    /// What an item came to, in a word: its status, or the value of a result.
    pub(crate) fn came_to(&self, item: ItemRef, status: Status, value: Option<&Known>) -> String {
        match (self.is_result(item), status, value) {
            (true, Status::Due, Some(value)) => self.given_value(item, value),
            (_, status, _) => self.status_said(item, status),
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
                let given = self.policy.fundings[id.index()].amount;
                self.known(value, self.policy.exprs.get(given).ty)
                    + &self.per(self.policy.exprs.measure(given), value)
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

    /// What an item came to, after its name: `critère rempli`, `financement non dû`. A word that agrees with a noun
    /// brings the noun: the gender of a name is its author's affair.
    pub(crate) fn status_said(&self, item: ItemRef, status: Status) -> String {
        match (self.noun(item), status) {
            (_, Status::Fulfilled) => self.say("c'est fait", "done").to_owned(),
            (_, Status::Undetermined) => self.say("à établir", "to be settled").to_owned(),
            (Some(noun), status) if agrees(status) => format!("{noun} {}", self.status_of(item, status)),
            (Some(_) | None, status) => self.status_of(item, status).to_owned(),
        }
    }

    /// The same with the name: `le financement « prime » non dû` without its article.
    pub(crate) fn named_status(&self, item: ItemRef, status: Status) -> String {
        let name = self.quoted(self.item(item));
        match self.noun(item) {
            Some(noun) if agrees(status) => format!("{noun} {name} {}", self.status_of(item, status)),
            Some(_) | None => self.pair(&name, &self.status_said(item, status)),
        }
    }

    /// What an item read as a condition comes to.
    pub(crate) fn item_word(&self, item: ItemRef, truth: Truth) -> String {
        let (yes, no) = match item {
            ItemRef::Criterion(_) => (Status::Met, Status::NotMet),
            ItemRef::Objective(_) => (Status::Reached, Status::NotReached),
            ItemRef::Mission(_) => (Status::Covered, Status::NotCovered),
            ItemRef::Decision => (Status::Favourable, Status::Unfavourable),
            ItemRef::Funding(_) => (Status::Due, Status::NotDue),
            ItemRef::Obligation(_) if truth.fails() => {
                return self.say("ce n'est pas fait", "not done").to_owned();
            }
            ItemRef::Obligation(_) => (Status::Fulfilled, Status::Missed),
        };
        let status = match truth.value() {
            Some(true) => yes,
            Some(false) => no,
            None => Status::Undetermined,
        };
        self.status_said(item, status)
    }

    /// What an item is, where its language makes a status agree with it.
    fn noun(&self, item: ItemRef) -> Option<&'static str> {
        let noun = match item {
            ItemRef::Criterion(_) => "critère",
            ItemRef::Objective(_) => "objectif",
            ItemRef::Mission(_) => "mission",
            ItemRef::Funding(id) => funding_noun(&self.policy.fundings[id.index()]),
            ItemRef::Obligation(_) => "obligation",
            ItemRef::Decision => return None,
        };
        self.lang.pick(Some(noun), None)
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

/// Whether its word changes with the gender of what it is said of.
fn agrees(status: Status) -> bool {
    match status {
        Status::Met
        | Status::NotMet
        | Status::Waived
        | Status::Reached
        | Status::NotReached
        | Status::Covered
        | Status::NotCovered
        | Status::Due
        | Status::NotDue => true,
        Status::Fulfilled
        | Status::Pending
        | Status::Missed
        | Status::Elapsed
        | Status::Favourable
        | Status::Unfavourable
        | Status::NotApplicable
        | Status::Undetermined
        | Status::DependsOnReading => false,
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

/// What an amount or a value is called, before its name.
pub(crate) fn funding_noun(funding: &Funding) -> &'static str {
    match funding.kind {
        FundingKind::Funding if funding.is_shared_out() => "répartition",
        FundingKind::Funding => "financement",
        FundingKind::Contribution => "contribution",
        FundingKind::Result => "résultat",
    }
}

/// What an outcome is called.
pub(crate) fn outcome_word(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Favourable => lang.pick("favorable", "favourable"),
        Outcome::Unfavourable => lang.pick("défavorable", "unfavourable"),
        Outcome::Calculated => lang.pick("calculé", "calculated"),
        Outcome::Incomplete => lang.pick("incomplet", "incomplete"),
        Outcome::DependsOnReading => lang.pick("dépend de la lecture", "depends on the reading"),
    }
}
