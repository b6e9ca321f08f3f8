//! A decision over the versions that may go to a dossier: the outcome that they share, or `incomplete`
//! with what chooses between them decisive.

use std::sync::Arc;

use super::Consolidated;
use super::choose::{Choice, Refused};
use crate::decision::{
    Decision, Missing, MissingPlace, Outcome, Status, VersionChoice, VersionOutcome, Warning,
};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::{self, Request};
use crate::policy::{FactId, FieldId, ItemRef, ListId, Policy, ReadingId};

/// A decision, with the version that it is on.
#[derive(Debug)]
pub struct Decided<'h> {
    /// The version that is told in full.
    pub made: &'h Consolidated,
    /// The dossier, read against it.
    pub dossier: Dossier,
    /// The decision.
    pub decision: Decision,
}

/// The readings that the command retains, in the terms of a policy.
pub type Retained<'r> = &'r dyn Fn(&Policy, &Dossier) -> Result<Vec<(ReadingId, u16)>, Refused>;

/// What one version gives.
struct One<'h> {
    made: &'h Consolidated,
    dossier: Dossier,
    decision: Decision,
}

impl<'h> Choice<'h> {
    /// Decides the dossier on every version that may go to it.
    ///
    /// # Errors
    ///
    /// All that keeps the dossier from being examined under one of them.
    pub fn decide(self, retained: Retained<'_>) -> Result<Decided<'h>, Refused> {
        let Choice { examined_on, by, sight, candidates, open } = self;
        let mut all: Vec<One<'h>> = Vec::new();
        for candidate in candidates {
            let decision = {
                let policy = candidate.made.policy().map_err(Refused::Texts)?;
                let readings = retained(policy, &candidate.dossier)?;
                eval::decide(policy, &candidate.dossier, &Request { examined_on, readings })
                    .map_err(Refused::Dossier)?
            };
            all.push(One { made: candidate.made, dossier: candidate.dossier, decision });
        }
        let mut outcomes = Vec::new();
        for one in &all {
            let texts = one.made.policy().map_err(Refused::Texts)?.version.texts.clone();
            outcomes.push(VersionOutcome {
                texts,
                days: one.made.edition.days,
                outcome: one.decision.outcome,
            });
        }
        // Told in full: the version of the day of examination, the fewer amendments the better; else the
        // latest.
        let now = all.iter().position(|one| one.made.edition.days.contains(examined_on));
        let shown = now.unwrap_or(all.len().saturating_sub(1));
        let differ = outcomes.iter().any(|one| one.outcome != outcomes[0].outcome);
        let mut decision = all[shown].decision.clone();
        if all.len() > 1 {
            let missing = missing(&all, shown, &open, differ).map_err(Refused::Texts)?;
            decision.missing = missing;
        }
        if differ {
            decision.outcome = Outcome::Incomplete;
            decision.warnings.retain(|warning| *warning != Warning::ReasonsRequired);
        }
        let version =
            VersionChoice { by, known_on: sight.known_on, drafts: sight.draft, candidates: outcomes, shown };
        decision.version = Some(Box::new(version));
        let One { made, dossier, .. } = all.swap_remove(shown);
        Ok(Decided { made, dossier, decision })
    }
}

/// What is missing over all versions, in the terms of the one that is shown: first what chooses.
fn missing(
    all: &[One<'_>],
    shown: usize,
    open: &[Arc<str>],
    differ: bool,
) -> Result<Vec<Missing>, Vec<Diagnostic>> {
    let policy = all[shown].made.policy()?;
    let mut affects = if differ { vec![ItemRef::Decision] } else { Vec::new() };
    for item in policy.items().filter(|item| *item != ItemRef::Decision) {
        let status = all[shown].decision.item(item).status;
        for one in all {
            let other = one.made.policy()?;
            if status_of(other, &one.decision, policy, item) != Some(status) && !affects.contains(&item) {
                affects.push(item);
            }
        }
    }
    let mut list: Vec<Missing> = Vec::new();
    for path in open.iter().filter(|_| !affects.is_empty()) {
        let place = place_of(policy, path);
        list.extend(place.map(|place| Missing {
            place,
            decisive: differ,
            affects: affects.clone(),
            outcomes: Vec::new(),
        }));
    }
    for (rank, one) in all.iter().enumerate() {
        let own = one.made.policy()?;
        for missing in &one.decision.missing {
            let Some(place) = same_place(own, missing.place, policy) else { continue };
            match list.iter_mut().find(|known| known.place == place) {
                Some(known) => known.decisive |= missing.decisive,
                None if rank == shown => list.push(missing.clone()),
                None => {
                    list.push(Missing { place, affects: Vec::new(), outcomes: Vec::new(), ..missing.clone() })
                }
            }
        }
    }
    // What another version alone asks, and that changes nothing here, is not asked.
    list.retain(|missing| missing.decisive || !missing.affects.is_empty());
    Ok(list)
}

/// The status of the item of another policy that has the name of this one.
fn status_of(other: &Policy, decision: &Decision, policy: &Policy, item: ItemRef) -> Option<Status> {
    let name = &policy.head(item).name;
    let same = |candidate: &ItemRef| {
        std::mem::discriminant(candidate) == std::mem::discriminant(&item)
            && other.head(*candidate).name == *name
    };
    other.items().find(same).map(|found| decision.item(found).status)
}

fn place_of(policy: &Policy, path: &str) -> Option<MissingPlace> {
    let fact = (0..).map(FactId).zip(&policy.facts).find(|(_, fact)| *fact.path == *path);
    let list = || (0..).map(ListId).zip(&policy.lists).find(|(_, list)| *list.path == *path);
    fact.map(|(id, _)| MissingPlace::Fact(id)).or_else(|| list().map(|(id, _)| MissingPlace::List(id)))
}

/// A place of one policy in another.
fn same_place(own: &Policy, place: MissingPlace, policy: &Policy) -> Option<MissingPlace> {
    match place {
        MissingPlace::Fact(fact) => place_of(policy, &own.facts[fact.index()].path),
        MissingPlace::List(list) => place_of(policy, &own.lists[list.index()].path),
        MissingPlace::Cell { row, field } => {
            let field = &own.fields[field.index()];
            let list = &own.lists[field.list.index()].path;
            let same = (0..).map(FieldId).zip(&policy.fields).find(|(_, other)| {
                other.name == field.name && policy.lists[other.list.index()].path == *list
            });
            same.map(|(field, _)| MissingPlace::Cell { row, field })
        }
    }
}
