//! A decision over the versions that may go to a dossier: the outcome that they share, or `incomplete`
//! with what chooses between them decisive.

use super::Consolidated;
use super::across::{One, answers, by_version, chooser, over_all, over_all_under, under};
use super::choose::{Choice, Open, Refused};
use super::places::{counterpart, place_of, same_place};
use crate::decision::{
    Answered, ChosenBy, Decision, Given, Missing, MissingPlace, Outcome, VersionChoice, VersionOutcome,
    Warning,
};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::{self, Request};
use crate::known::{DateRange, Known};
use crate::policy::{ItemRef, Policy, Reach, ReadingId, TextOf};

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
            decision.missing = missing(&all, shown, &open).map_err(Refused::Texts)?;
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
fn missing(all: &[One<'_>], shown: usize, open: &[Open]) -> Result<Vec<Missing>, Vec<Diagnostic>> {
    let policy = all[shown].made.policy()?;
    let every: Vec<&One<'_>> = all.iter().collect();
    let affects = between(&every, policy)?;
    let mut list: Vec<Missing> = Vec::new();
    let chooser = chooser(policy);
    for (own, affects) in open.iter().zip(told_by(all, policy, open, &affects)?) {
        let Some(place) = place_of(policy, &own.path).filter(|_| !affects.is_empty()) else { continue };
        let beside = |item: &ItemRef| matches!(item, ItemRef::Funding(_) | ItemRef::Obligation(_));
        let moved: Vec<ItemRef> = affects.iter().copied().filter(beside).collect();
        let outcomes = match chooser == Some(place) {
            true => by_version(all, policy, place, &moved)?,
            false => Vec::new(),
        };
        let decisive = affects.contains(&ItemRef::Decision);
        list.push(Missing { place, decisive, affects, outcomes, after: Vec::new() });
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

/// The items that are not the same in all of some versions.
fn between(all: &[&One<'_>], shown: &Policy) -> Result<Vec<ItemRef>, Vec<Diagnostic>> {
    let outcome = |one: &&One<'_>| one.decision.outcome;
    let differ = all.windows(2).any(|pair| outcome(&pair[0]) != outcome(&pair[1]));
    let mut affects = if differ { vec![ItemRef::Decision] } else { Vec::new() };
    for item in shown.items().filter(|item| *item != ItemRef::Decision) {
        let mut first: Option<Given> = None;
        for one in all {
            let given = under(one, shown, item)?;
            if *first.get_or_insert_with(|| given.clone()) != given {
                affects.push(item);
                break;
            }
        }
    }
    Ok(affects)
}

/// Of all items that versions differ in, those that each fact has a part in: in which versions differ of which that fact
/// alone tells apart the amendments. What no such pair shows may hang on any of them.
fn told_by(
    all: &[One<'_>],
    shown: &Policy,
    open: &[Open],
    affects: &[ItemRef],
) -> Result<Vec<Vec<ItemRef>>, Vec<Diagnostic>> {
    let mut told: Vec<Option<Vec<ItemRef>>> = Vec::new();
    for own in open {
        let Some(amendments) = &own.amendments else {
            told.push(None);
            continue;
        };
        let mut found: Option<Vec<ItemRef>> = None;
        for (rank, one) in all.iter().enumerate() {
            for other in &all[rank + 1..] {
                if one.made.edition.days == other.made.edition.days
                    && apart(one, other)?.iter().all(|number| amendments.contains(number))
                {
                    found.get_or_insert_default().extend(between(&[one, other], shown)?);
                }
            }
        }
        told.push(found);
    }
    let shown_by_some = |item: &ItemRef| told.iter().flatten().any(|own| own.contains(item));
    let lists = told.iter().map(|own| match own {
        None => affects.to_vec(),
        Some(own) => {
            affects.iter().copied().filter(|item| own.contains(item) || !shown_by_some(item)).collect()
        }
    });
    Ok(lists.collect())
}

/// The numbers of the amendments that one of two versions has and the other has not.
fn apart(a: &One<'_>, b: &One<'_>) -> Result<Vec<u32>, Vec<Diagnostic>> {
    let (a, b) = (&a.made.policy()?.version.texts, &b.made.policy()?.version.texts);
    let only = |a: &[TextOf], b: &[TextOf]| -> Vec<u32> {
        a.iter().filter(|text| !b.contains(text)).filter_map(|text| text.number).collect()
    };
    Ok([only(a, b), only(b, a)].concat())
}

/// Amounts and time limits are said from the least that a version gives to the greatest.
fn widen(decision: &mut Decision, all: &[One<'_>], policy: &Policy) -> Result<(), Vec<Diagnostic>> {
    for result in decision.fundings.iter_mut().chain(&mut decision.obligations) {
        let Given { status, value, .. } = over_all(all, policy, result.item)?;
        if (status, &value) == (result.status, &result.value) {
            continue;
        }
        for case in &mut result.by_reading {
            let over = over_all_under(all, policy, result.item, &case.readings)?;
            (case.status, case.value) = (over.status, over.value);
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
