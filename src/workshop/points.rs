//! A decision point by point as people read it: a line an item, names in quotation marks, labels in place of paths.

use super::statements::{NOTHING, Subject};
use crate::decision::{Decision, Outcome, ReadingCase, ReadingStatus, Status};
use crate::dossier::Dossier;
use crate::known::{DateRange, Known};
use crate::policy::{ItemRef, Policy, ReadingId};
use crate::render::Lang;
use crate::render::words::{Words, by_readings};

/// Every line of a decision: what it is about, and what is said of it.
pub(super) fn points(policy: &Policy, dossier: &Dossier, decision: &Decision) -> Vec<(String, String)> {
    let words = Words::new(policy, dossier, decision.examined_on, Lang::Fr);
    let points = Points { words, decision };
    Subject::all(policy).into_iter().map(|subject| (subject.title(policy), points.said(subject))).collect()
}

struct Points<'a> {
    words: Words<'a>,
    decision: &'a Decision,
}

impl Points<'_> {
    fn said(&self, subject: Subject) -> String {
        match subject {
            Subject::Item(item) => self.item(item),
            Subject::Reading(reading) => self.reading(reading),
            Subject::ToAsk => self.missing(true),
            Subject::ToComplete => self.missing(false),
        }
    }

    fn missing(&self, decisive: bool) -> String {
        let listed = self.decision.missing.iter().filter(|missing| missing.decisive == decisive);
        let names: Vec<String> = listed.map(|missing| self.words.listed(missing.place)).collect();
        if names.is_empty() { NOTHING.to_owned() } else { names.join(" ; ") }
    }

    fn item(&self, item: ItemRef) -> String {
        let words = &self.words;
        let result = self.decision.item(item);
        let status = match item {
            ItemRef::Decision => words.outcome(self.decision.outcome),
            _ => self.status(item, result.status),
        };
        let mut said = self.with_value(item, status, result.value.as_ref());
        if let (ItemRef::Funding(id), true) = (item, result.amount().is_some()) {
            let often = words.often(&words.policy.fundings[id.index()]);
            if !often.is_empty() {
                said.push_str(&format!(", {often}"));
            }
        }
        let under = |case: &ReadingCase| {
            let status = match (item, case.status) {
                (ItemRef::Decision, Status::Undetermined) => words.outcome(Outcome::Incomplete),
                (item, status) => self.status(item, status),
            };
            self.with_value(item, status, case.value.as_ref())
        };
        let cases = result.by_reading.iter().map(|case| (case.readings.clone(), under(case))).collect();
        self.under_readings(
            said,
            &by_readings(cases).into_iter().map(|(o, s)| (words.options(&o), s)).collect::<Vec<_>>(),
        )
    }

    fn under_readings(&self, said: String, cases: &[(String, String)]) -> String {
        if cases.len() < 2 {
            return said;
        }
        let cases: Vec<String> = cases.iter().map(|(options, said)| self.words.pair(options, said)).collect();
        format!("{said} ({})", cases.join(" ; "))
    }

    /// A status that agrees with the noun before the name.
    fn status(&self, item: ItemRef, status: Status) -> &'static str {
        match status {
            Status::Fulfilled => "c'est fait",
            Status::Undetermined => "à établir",
            _ => self.words.status_of(item, status),
        }
    }

    /// With an amount, or a time limit of which anything is known.
    fn with_value(&self, item: ItemRef, status: &str, value: Option<&Known>) -> String {
        let value = match value {
            None | Some(Known::Date(DateRange { from: None, to: None })) => return status.to_owned(),
            Some(value) => value,
        };
        let said = self.words.given_value(item, value);
        match (item, value) {
            (ItemRef::Obligation(_), Known::Date(range)) if range.value().is_some() => {
                format!("{status}, terme du {said}")
            }
            (ItemRef::Obligation(_), _) => format!("{status}, terme {said}"),
            _ => format!("{status}, {said}"),
        }
    }

    fn reading(&self, reading: ReadingId) -> String {
        let words = &self.words;
        let Some(result) = self.decision.readings.get(reading.index()) else { return String::new() };
        let option = |option| words.quoted(words.option(reading, option));
        match result.status {
            ReadingStatus::Settled => match result.retained {
                Some(retained) => format!("{} est retenue", option(retained)),
                None => "retenue".to_owned(),
            },
            ReadingStatus::Indifferent if result.changes.is_empty() => "sans effet".to_owned(),
            ReadingStatus::Indifferent => "sans effet sur la décision".to_owned(),
            ReadingStatus::Decisive => {
                let outcomes = (0..).zip(&result.outcomes);
                let outcomes = outcomes.map(|(rank, outcome)| {
                    (words.option(reading, rank).to_owned(), words.outcome(*outcome).to_owned())
                });
                self.under_readings("déterminante".to_owned(), &outcomes.collect::<Vec<_>>())
            }
        }
    }
}
