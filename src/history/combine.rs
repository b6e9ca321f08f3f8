//! A decision over the versions that may go to a dossier: the outcome that they share, or `incomplete`
//! with what chooses between them decisive.

use std::sync::Arc;

use super::Consolidated;
use super::across::{One, answers, by_version, chooser, over_all};
use super::choose::{Choice, Refused};
use super::places::{counterpart, place_of, same_place};
use crate::decision::{
    Answered, ChosenBy, Decision, Given, Missing, MissingPlace, Outcome, Status, VersionChoice,
    VersionOutcome, Warning,
};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::{self, Request};
use crate::known::{DateRange, Known};
use crate::policy::{ItemRef, Policy, Reach, ReadingId};

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
        let policy = all[shown].made.policy().map_err(Refused::Texts)?;
        if all.len() > 1 {
            decision.missing = missing(&all, shown, &open, differ).map_err(Refused::Texts)?;
            let asked = |place: &MissingPlace| decision.missing.iter().any(|m| m.place == *place);
            decision.without_effect.retain(|place| !asked(place));
            widen(&mut decision, &all, policy).map_err(Refused::Texts)?;
        } else if matches!(by, ChosenBy::Said { .. }) {
            within_days(&mut decision.missing, policy, all[shown].made.edition.days);
        }
        // What a text that decides nothing gives is not known where its versions differ in it.
        let differ = differ || !policy.decision.stated && all.len() > 1 && !decision.missing.is_empty();
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
    let mut moved: Vec<ItemRef> = Vec::new();
    for item in policy.items().filter(|item| *item != ItemRef::Decision) {
        let result = all[shown].decision.item(item);
        let over = over_all(all, policy, item)?;
        let beside = matches!(item, ItemRef::Funding(_) | ItemRef::Obligation(_));
        if over.status != result.status || over.value != result.value {
            affects.push(item);
            moved.extend(beside.then_some(item));
        }
    }
    let mut list: Vec<Missing> = Vec::new();
    let chooser = chooser(policy);
    for path in open.iter().filter(|_| !affects.is_empty()) {
        let Some(place) = place_of(policy, path) else { continue };
        let outcomes = match chooser == Some(place) {
            true => by_version(all, policy, place, &moved)?,
            false => Vec::new(),
        };
        list.push(Missing { place, decisive: differ, affects: affects.clone(), outcomes, after: Vec::new() });
    }
    for one in all {
        let own = one.made.policy()?;
        for missing in &one.decision.missing {
            let Some(place) = same_place(own, missing.place, policy) else { continue };
            let items = missing.affects.iter().filter_map(|item| counterpart(policy, own, *item));
            if let Some(known) = list.iter_mut().find(|known| known.place == place) {
                known.decisive |= missing.decisive;
                for item in items {
                    if !known.affects.contains(&item) {
                        known.affects.push(item);
                    }
                }
                continue;
            }
            let affects = items.collect();
            let after = missing.after.iter().filter_map(|place| same_place(own, *place, policy)).collect();
            let outcomes = answers(all, policy, place)?;
            list.push(Missing { place, decisive: missing.decisive, affects, outcomes, after });
        }
    }
    for missing in &mut list {
        missing.affects.sort_by_key(|item| policy.items().position(|own| own == *item));
    }
    // What another version alone asks, and that changes nothing here, is not asked.
    list.retain(|missing| missing.decisive || !missing.affects.is_empty());
    Ok(list)
}

/// Amounts and time limits are said from the least that a version gives to the greatest.
fn widen(decision: &mut Decision, all: &[One<'_>], policy: &Policy) -> Result<(), Vec<Diagnostic>> {
    for result in decision.fundings.iter_mut().chain(&mut decision.obligations) {
        let Given { status, value, .. } = over_all(all, policy, result.item)?;
        if (status, &value) == (result.status, &result.value) {
            continue;
        }
        for case in &mut result.by_reading {
            case.status = if status == result.status { case.status } else { Status::Undetermined };
            case.value.clone_from(&value);
        }
        result.status = status;
        result.value = value;
    }
    Ok(())
}

/// Of the date that chooses the version, only answers are told that choose the one that was found; where
/// it is worked out of several facts, which answers do is not told.
fn within_days(missing: &mut [Missing], policy: &Policy, days: DateRange) {
    let Some(chosen_at) = policy.version.chosen_at.filter(|_| days != DateRange::ALL) else { return };
    let mut reach = Reach::default();
    reach.add_expr(policy, chosen_at);
    let chooser = chooser(policy);
    for missing in missing.iter_mut().filter(|missing| reach.reads(missing.place.declared())) {
        if chooser != Some(missing.place) {
            missing.outcomes.clear();
            continue;
        }
        let told = std::mem::take(&mut missing.outcomes).into_iter();
        let within =
            told.filter_map(|one| Some(Answered { value: one.value.intersect(&Known::Date(days))?, ..one }));
        missing.outcomes = within.collect();
    }
}
