//! A decision point by point: one line an item, in the words that a case may state by hand.

use crate::decision::{Decision, ItemResult, Outcome, ReadingCase, ReadingStatus, Status};
use crate::dossier::Dossier;
use crate::known::{DateRange, Known};
use crate::policy::{ItemRef, Policy, ReadingId};
use crate::render::Lang;
use crate::render::words::{Words, by_readings, funding_noun};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An item.
    Item(ItemRef),
    /// A reading.
    Reading(ReadingId),
    /// The missing facts that may change the outcome.
    ToAsk,
    /// The other missing facts that change anything.
    ToComplete,
}

impl Subject {
    /// What the line is called: `critère seuil d'adhésion`.
    pub fn name(self, policy: &Policy) -> String {
        let kind = match self {
            Subject::Item(ItemRef::Decision) => return "décision".to_owned(),
            Subject::Item(ItemRef::Criterion(_)) => "critère",
            Subject::Item(ItemRef::Objective(_)) => "objectif",
            Subject::Item(ItemRef::Mission(_)) => "mission",
            Subject::Item(ItemRef::Funding(id)) => funding_noun(&policy.fundings[id.index()]),
            Subject::Item(ItemRef::Obligation(_)) => "obligation",
            Subject::Reading(_) => "lecture",
            Subject::ToAsk => return "à demander".to_owned(),
            Subject::ToComplete => return "à compléter".to_owned(),
        };
        format!("{kind} {}", self.own_name(policy))
    }

    /// The same with the name in quotation marks: `critère « seuil d'adhésion »`.
    pub(super) fn title(self, policy: &Policy) -> String {
        let (whole, own) = (self.name(policy), self.own_name(policy));
        match whole.strip_suffix(own).filter(|_| !own.is_empty()) {
            Some(kind) if !kind.is_empty() => format!("{kind}{}", Lang::Fr.quoted(own)),
            Some(_) | None => whole,
        }
    }

    /// The author's own name of it.
    fn own_name(self, policy: &Policy) -> &str {
        match self {
            Subject::Item(item) => &policy.head(item).name,
            Subject::Reading(reading) => &policy.readings[reading.index()].head.name,
            Subject::ToAsk | Subject::ToComplete => "",
        }
    }

    /// Every line of a policy, in order.
    pub fn all(policy: &Policy) -> Vec<Subject> {
        let items: Vec<Subject> = policy.items().map(Subject::Item).collect();
        let readings = (0..).map(ReadingId).zip(&policy.readings).map(|(id, _)| Subject::Reading(id));
        let (decision, rest) = items.split_first().map_or((None, &items[..]), |(d, rest)| (Some(*d), rest));
        decision
            .into_iter()
            .chain(readings)
            .chain(rest.iter().copied())
            .chain([Subject::ToAsk, Subject::ToComplete])
            .collect()
    }
}

/// A line: what is said of an item, in parts that may each be stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub subject: Subject,
    /// A status, an amount, a date, how often: one after another.
    pub parts: Vec<String>,
    /// By reading, where readings differ.
    pub by_reading: Vec<String>,
}

impl Statement {
    /// All parts in one sentence.
    pub fn said(&self) -> String {
        let mut said = self.parts.join(", ");
        if !self.by_reading.is_empty() {
            said += &format!(" ({})", self.by_reading.join(" ; "));
        }
        said
    }
}

/// Every line of a decision.
pub fn statements(policy: &Policy, dossier: &Dossier, decision: &Decision) -> Vec<Statement> {
    let words = Words::new(policy, dossier, decision.examined_on, Lang::Fr);
    Subject::all(policy).into_iter().map(|subject| of(&words, decision, subject)).collect()
}

fn of(words: &Words<'_>, decision: &Decision, subject: Subject) -> Statement {
    let (parts, by_reading) = match subject {
        Subject::Item(item) => (item_parts(words, decision, item), item_by_reading(words, decision, item)),
        Subject::Reading(reading) => reading_parts(words, decision, reading),
        Subject::ToAsk => (missing(words, decision, true), Vec::new()),
        Subject::ToComplete => (missing(words, decision, false), Vec::new()),
    };
    Statement { subject, parts, by_reading }
}

fn missing(words: &Words<'_>, decision: &Decision, decisive: bool) -> Vec<String> {
    let listed = decision.missing.iter().filter(|missing| missing.decisive == decisive);
    let paths: Vec<String> = listed.map(|missing| words.path(missing.place)).collect();
    if paths.is_empty() { vec![NOTHING.to_owned()] } else { paths }
}

/// Where nothing is missing.
pub const NOTHING: &str = "rien";

fn item_parts(words: &Words<'_>, decision: &Decision, item: ItemRef) -> Vec<String> {
    let result = decision.item(item);
    let status = match item {
        ItemRef::Decision => words.outcome(decision.outcome),
        _ => words.status_of(item, result.status),
    };
    let mut parts = vec![status.to_owned()];
    parts.extend(result.value.as_ref().and_then(|value| value_said(words, item, value)));
    if let (ItemRef::Funding(id), true) = (item, result.amount().is_some()) {
        let often = words.often(&words.policy.fundings[id.index()]);
        parts.extend((!often.is_empty()).then_some(often));
    }
    parts
}

/// What stands beside a status; nothing of a time limit of which nothing is known.
fn value_said(words: &Words<'_>, item: ItemRef, value: &Known) -> Option<String> {
    let says = !matches!(value, Known::Date(DateRange { from: None, to: None }));
    says.then(|| words.given_value(item, value))
}

fn item_by_reading(words: &Words<'_>, decision: &Decision, item: ItemRef) -> Vec<String> {
    let result: &ItemResult = decision.item(item);
    let said = |case: &ReadingCase| {
        let status = match (item, case.status) {
            (ItemRef::Decision, Status::Undetermined) => words.outcome(Outcome::Incomplete),
            (item, status) => words.status_of(item, status),
        };
        let rest = case.value.as_ref().and_then(|value| value_said(words, item, value));
        std::iter::once(status.to_owned()).chain(rest).collect::<Vec<_>>().join(", ")
    };
    let cases =
        by_readings(result.by_reading.iter().map(|case| (case.readings.clone(), said(case))).collect());
    if let [_] = cases.as_slice() {
        return Vec::new();
    }
    cases.into_iter().map(|(options, said)| format!("{} : {said}", words.options(&options))).collect()
}

fn reading_parts(words: &Words<'_>, decision: &Decision, reading: ReadingId) -> (Vec<String>, Vec<String>) {
    let Some(result) = decision.readings.get(reading.index()) else { return (Vec::new(), Vec::new()) };
    let said = match result.status {
        ReadingStatus::Settled => "retenue",
        ReadingStatus::Indifferent if result.changes.is_empty() => "sans effet",
        ReadingStatus::Indifferent => "sans effet sur la décision",
        ReadingStatus::Decisive => "déterminante",
    };
    let retained = result.retained.map(|option| words.option(reading, option).to_owned());
    let outcomes = match result.status {
        ReadingStatus::Decisive => (0..)
            .zip(&result.outcomes)
            .map(|(option, outcome)| {
                format!("{} : {}", words.option(reading, option), words.outcome(*outcome))
            })
            .collect(),
        ReadingStatus::Settled | ReadingStatus::Indifferent => Vec::new(),
    };
    (std::iter::once(said.to_owned()).chain(retained).collect(), outcomes)
}

/// The words of a status that a line of this kind may have.
pub(super) fn status_words(words: &Words<'_>, subject: Subject) -> Vec<&'static str> {
    let statuses: &[Status] = match subject {
        Subject::Item(ItemRef::Decision) if !words.policy.decision.stated => {
            let outcomes = [Outcome::Calculated, Outcome::Incomplete, Outcome::DependsOnReading];
            return outcomes.into_iter().map(|outcome| words.outcome(outcome)).collect();
        }
        Subject::Item(ItemRef::Decision) => {
            let outcomes =
                [Outcome::Favourable, Outcome::Unfavourable, Outcome::Incomplete, Outcome::DependsOnReading];
            return outcomes.into_iter().map(|outcome| words.outcome(outcome)).collect();
        }
        Subject::Item(ItemRef::Criterion(_)) => &[Status::Met, Status::NotMet, Status::Waived],
        Subject::Item(ItemRef::Objective(_)) => &[Status::Reached, Status::NotReached],
        Subject::Item(ItemRef::Mission(_)) => &[Status::Covered, Status::NotCovered],
        Subject::Item(item @ ItemRef::Funding(_)) if words.is_result(item) => &[Status::Due],
        Subject::Item(ItemRef::Funding(_)) => &[Status::Due, Status::NotDue],
        Subject::Item(ItemRef::Obligation(id))
            if words.policy.obligations[id.index()].fulfilled_by.is_none() =>
        {
            &[Status::Pending, Status::Elapsed]
        }
        Subject::Item(ItemRef::Obligation(_)) => &[Status::Fulfilled, Status::Pending, Status::Missed],
        Subject::Reading(_) => {
            return vec!["retenue", "sans effet", "sans effet sur la décision", "déterminante"];
        }
        Subject::ToAsk | Subject::ToComplete => return vec![NOTHING],
    };
    let open = [Status::NotApplicable, Status::Undetermined, Status::DependsOnReading];
    let said = |status: &Status| match subject {
        Subject::Item(item) => words.status_of(item, *status),
        Subject::Reading(_) | Subject::ToAsk | Subject::ToComplete => words.status(*status),
    };
    statuses.iter().chain(&open).map(said).collect()
}
