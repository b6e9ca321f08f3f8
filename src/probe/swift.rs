//! Decides many dossiers of one policy, without explaining.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::decision::{Outcome, Status};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Answer, Dossier, Given, Rows};
use crate::eval::plain::{Brief, BriefItem, Detail, Plain};
use crate::eval::{Decider, Request};
use crate::policy::{ItemRef, Policy, ReadingId};
use crate::time::Date;

/// Greatest number of combinations of readings that are gone through one by one.
const COMBINATIONS: usize = 256;

/// Decides dossiers of one policy: outcome, statuses, amounts and time limits.
#[derive(Debug)]
pub struct Swift<'p> {
    policy: &'p Policy,
    plain: Plain,
    decider: Decider<'p>,
    items: Vec<ItemRef>,
    /// What was told of dossiers that leave something open: slow to decide, and some come again.
    told: Mutex<HashMap<Said, Option<Brief>>>,
}

/// All of a dossier that a decision depends on.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Said {
    facts: Vec<Answer>,
    /// How many elements, and what they say.
    lists: Vec<Option<(usize, Vec<Answer>)>>,
    readings: Vec<Option<u16>>,
    examined_on: Date,
}

impl Said {
    fn by(dossier: &Dossier, examined_on: Date) -> Said {
        let answers = |given: &[Given]| given.iter().map(|given| given.answer.clone()).collect();
        let rows = |rows: &Rows| (rows.spans.len(), answers(&rows.cells));
        Said {
            facts: answers(&dossier.facts),
            lists: dossier.lists.iter().map(|list| list.as_ref().map(rows)).collect(),
            readings: dossier.readings.iter().map(|own| own.as_ref().map(|own| own.option)).collect(),
            examined_on,
        }
    }
}

impl<'p> Swift<'p> {
    /// Makes a policy ready.
    pub fn new(policy: &'p Policy) -> Self {
        Swift {
            policy,
            plain: Plain::new(policy),
            decider: Decider::new(policy),
            items: policy.items().collect(),
            told: Mutex::default(),
        }
    }

    /// The policy.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// What [`crate::eval::decide()`] decides.
    ///
    /// # Errors
    ///
    /// What keeps the dossier from being examined.
    pub fn brief(&self, dossier: &Dossier, examined_on: Date) -> Result<Brief, Vec<Diagnostic>> {
        match self.complete(dossier, examined_on) {
            Some(brief) => Ok(brief),
            None => {
                let request = Request { examined_on, readings: Vec::new() };
                self.decider.brief(dossier, &request)
            }
        }
    }

    /// The same, remembered; `None` of a dossier that is not examined.
    pub fn told(&self, dossier: &Dossier, examined_on: Date) -> Option<Brief> {
        if let Some(brief) = self.complete(dossier, examined_on) {
            return Some(brief);
        }
        let said = Said::by(dossier, examined_on);
        // Whoever fell while it held this had not begun to write.
        let told = || self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told().get(&said) {
            return known.clone();
        }
        let request = Request { examined_on, readings: Vec::new() };
        let brief = self.decider.brief(dossier, &request).ok();
        told().insert(said, brief.clone());
        brief
    }

    /// Whether a dossier says all that is read: then it is decided in no time.
    pub fn is_complete(&self, dossier: &Dossier, examined_on: Date) -> bool {
        self.complete(dossier, examined_on).is_some()
    }

    /// A dossier that is complete, under each combination of the readings that it leaves open.
    fn complete(&self, dossier: &Dossier, examined_on: Date) -> Option<Brief> {
        let mut combinations: Vec<Vec<(ReadingId, u16)>> = vec![Vec::new()];
        for (id, reading) in (0..).map(ReadingId).zip(&self.policy.readings) {
            if dossier.reading(id).is_some() {
                continue;
            }
            let options = self.policy.choices[reading.choice.index()].options.len();
            let options = 0..u16::try_from(options).ok()?;
            let longer = combinations.iter().flat_map(|settled| {
                options.clone().map(move |option| [settled.as_slice(), &[(id, option)]].concat())
            });
            combinations = longer.take(COMBINATIONS + 1).collect();
            if combinations.len() > COMBINATIONS {
                return None;
            }
        }
        let mut briefs = Vec::with_capacity(combinations.len());
        for combination in &combinations {
            briefs.push(self.plain.decide(dossier, examined_on, combination)?);
        }
        self.together(briefs)
    }

    /// One brief of those under each combination: nothing is undetermined in any of them.
    fn together(&self, briefs: Vec<Brief>) -> Option<Brief> {
        let mut briefs = briefs.into_iter();
        let first = briefs.next()?;
        if briefs.len() == 0 {
            return Some(first);
        }
        let told = |brief: &Brief| -> Vec<BriefItem> {
            let items = brief.items();
            items.map(|(status, detail)| BriefItem { status, detail: detail.clone() }).collect()
        };
        let (mut outcome, mut all) = (first.outcome, told(&first));
        for brief in briefs {
            let items = told(&brief);
            if brief.outcome != outcome || (!self.policy.decision.stated && items != all) {
                outcome = Outcome::DependsOnReading;
            }
            for ((item, own), other) in self.items.iter().zip(&mut all).zip(items) {
                add(*item, own, other);
            }
        }
        Some(Brief::new(outcome, all))
    }
}

fn add(item: ItemRef, all: &mut BriefItem, other: BriefItem) {
    let fulfilled = |status| matches!(status, Status::Met | Status::Waived);
    all.status = if all.status == other.status {
        all.status
    } else if matches!(item, ItemRef::Criterion(_)) && fulfilled(all.status) && fulfilled(other.status) {
        Status::Waived
    } else {
        Status::DependsOnReading
    };
    if all.detail != other.detail {
        let value = match (all.value(), other.value()) {
            (Some(a), Some(b)) => Some(a.union(&b)),
            (one, other) => one.or(other),
        };
        all.detail = Detail::found(value.as_ref());
    }
}
