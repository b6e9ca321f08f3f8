//! What is known over all versions that may go to a dossier: amounts and time limits from the least to the
//! greatest, and what each answer would give whichever version turns out to be the one.

use super::Consolidated;
use super::places::{counterpart, same_place};
use crate::decision::{
    Answered, Combination, Decision, Given, ItemResult, Missing, MissingPlace, Outcome, ReadingCase, Status,
};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::known::{DateRange, Known};
use crate::policy::{ExprKind, FundingKind, ItemRef, Policy, ReadingId, Type};

/// What one version gives.
pub(super) struct One<'h> {
    pub made: &'h Consolidated,
    pub dossier: Dossier,
    pub decision: Decision,
}

/// What an item of the version that is shown comes to over all of them.
pub(super) fn over_all(all: &[One<'_>], shown: &Policy, item: ItemRef) -> Result<Given, Vec<Diagnostic>> {
    over(all, shown, item, &|_, result| said(item, result))
}

/// The same under the readings of one case of it: what each version comes to under those that it has of them.
pub(super) fn over_all_under(
    all: &[One<'_>],
    shown: &Policy,
    item: ItemRef,
    readings: &Combination,
) -> Result<Given, Vec<Diagnostic>> {
    over(all, shown, item, &|own, result| {
        let cases = result.by_reading.iter().filter(|case| agree(own, &case.readings, shown, readings));
        let given = |case: &ReadingCase| Given { item, status: case.status, value: case.value.clone() };
        cases.map(given).reduce(|a, b| either(&a, &b)).unwrap_or_else(|| said(item, result))
    })
}

/// What one version makes of an item of the one that is shown.
pub(super) fn under(one: &One<'_>, shown: &Policy, item: ItemRef) -> Result<Given, Vec<Diagnostic>> {
    over(std::slice::from_ref(one), shown, item, &|_, result| said(item, result))
}

fn over(
    all: &[One<'_>],
    shown: &Policy,
    item: ItemRef,
    of: &dyn Fn(&Policy, &ItemResult) -> Given,
) -> Result<Given, Vec<Diagnostic>> {
    let mut found: Option<Given> = None;
    for one in all {
        let own = one.made.policy()?;
        let given = match counterpart(own, shown, item) {
            Some(other) => of(own, one.decision.item(other)),
            // What a version does not provide for is not due under it.
            None => absent(shown, item),
        };
        found = Some(found.map_or(given.clone(), |before| either(&before, &given)));
    }
    Ok(found.unwrap_or_else(|| absent(shown, item)))
}

/// Whether two combinations choose no reading of one name otherwise.
fn agree(a: &Policy, of_a: &Combination, b: &Policy, of_b: &Combination) -> bool {
    let named = |policy: &Policy, (reading, option): (ReadingId, u16)| {
        let reading = &policy.readings[reading.index()];
        let options = &policy.choices[reading.choice.index()].options;
        (reading.head.name.clone(), options.get(usize::from(option)).cloned())
    };
    of_a.iter().all(|own| {
        let (name, option) = named(a, *own);
        of_b.iter().map(|other| named(b, *other)).all(|(other, chosen)| other != name || chosen == option)
    })
}

fn said(item: ItemRef, result: &ItemResult) -> Given {
    Given { item, status: result.status, value: result.value.clone() }
}

fn absent(policy: &Policy, item: ItemRef) -> Given {
    let status = match item {
        ItemRef::Funding(id) if policy.fundings[id.index()].kind != FundingKind::Result => Status::NotDue,
        ItemRef::Funding(_)
        | ItemRef::Decision
        | ItemRef::Criterion(_)
        | ItemRef::Objective(_)
        | ItemRef::Mission(_)
        | ItemRef::Obligation(_) => Status::NotApplicable,
    };
    Given { item, status, value: None }
}

/// What is known of one item where either may be.
fn either(a: &Given, b: &Given) -> Given {
    Given {
        item: a.item,
        status: if a.status == b.status { a.status } else { Status::Undetermined },
        value: match (&a.value, &b.value) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (one, other) => one.clone().or_else(|| other.clone()),
        },
    }
}

/// Whether the date that chooses the version is a fact, and which.
pub(super) fn chooser(policy: &Policy) -> Option<MissingPlace> {
    match &policy.exprs.get(policy.version.chosen_at?).kind {
        ExprKind::Fact(fact) => Some(MissingPlace::Fact(*fact)),
        _ => None,
    }
}

/// What answers to the fact that chooses the version give: each day what the version of that day gives.
/// Of days that none covers nothing is said.
pub(super) fn by_version(
    all: &[One<'_>],
    shown: &Policy,
    place: MissingPlace,
    moved: &[ItemRef],
) -> Result<Vec<Answered>, Vec<Diagnostic>> {
    let mut found: Vec<Answered> = Vec::new();
    for (rank, one) in all.iter().enumerate() {
        let days = one.made.edition.days;
        if all[..rank].iter().any(|other| other.made.edition.days.intersect(days).is_some()) {
            // More than that date is needed to tell which.
            return Ok(Vec::new());
        }
        let own = one.made.policy()?;
        let Some(asked) = same_place(shown, place, own) else { return Ok(Vec::new()) };
        let missing = one.decision.missing.iter().find(|missing| missing.place == asked);
        let told = match missing {
            Some(missing) if missing.outcomes.is_empty() && missing.decisive => return Ok(Vec::new()),
            Some(missing) if !missing.outcomes.is_empty() => missing.outcomes.clone(),
            _ => vec![Answered {
                value: Known::Date(DateRange::ALL),
                outcome: one.decision.outcome,
                gives: Vec::new(),
            }],
        };
        for answered in told {
            let Some(value) = answered.value.intersect(&Known::Date(days)) else { continue };
            let gives = moved.iter().map(|item| given_by(one, own, shown, &answered, *item)).collect();
            found.push(Answered { value, outcome: answered.outcome, gives });
        }
    }
    found.sort_by_key(|one| match &one.value {
        Known::Date(range) => range.from,
        Known::Truth(_) | Known::Number(_) | Known::Text(_) | Known::Choice(_) => None,
    });
    let mut merged: Vec<Answered> = Vec::new();
    for one in found {
        match merged.last_mut() {
            Some(before)
                if before.outcome == one.outcome
                    && before.gives == one.gives
                    && adjoin(&before.value, &one.value) =>
            {
                before.value = before.value.union(&one.value);
            }
            _ => merged.push(one),
        }
    }
    Ok(merged)
}

fn adjoin(before: &Known, after: &Known) -> bool {
    match (before, after) {
        (Known::Date(before), Known::Date(after)) => {
            before.to.and_then(|to| to.plus_days(1)).is_some_and(|next| Some(next) == after.from)
        }
        (_, _) => false,
    }
}

/// What an answer gives of an item under one version, in the terms of the one that is shown.
fn given_by(one: &One<'_>, own: &Policy, shown: &Policy, answered: &Answered, item: ItemRef) -> Given {
    let Some(other) = counterpart(own, shown, item) else { return absent(shown, item) };
    let given = answered.gives.iter().find(|given| given.item == other);
    given.map_or_else(|| said(item, one.decision.item(other)), |given| Given { item, ..given.clone() })
}

/// What answers to another missing fact give whichever version it is; empty where some version tells
/// nothing exact, or asks it otherwise.
pub(super) fn answers(
    all: &[One<'_>],
    shown: &Policy,
    place: MissingPlace,
) -> Result<Vec<Answered>, Vec<Diagnostic>> {
    let mut cells: Option<Vec<Answered>> = None;
    let mut moved: Vec<ItemRef> = Vec::new();
    let mut told: Vec<(&One<'_>, Option<&Missing>)> = Vec::new();
    for one in all {
        let own = one.made.policy()?;
        let missing = same_place(shown, place, own)
            .and_then(|asked| one.decision.missing.iter().find(|missing| missing.place == asked));
        if let Some(missing) = missing {
            if (missing.decisive && missing.outcomes.is_empty())
                || !same_type(own, missing.place, shown, place)
            {
                return Ok(Vec::new());
            }
            let items = missing.outcomes.iter().flat_map(|one| &one.gives);
            for item in items.filter_map(|given| counterpart(shown, own, given.item)) {
                if !moved.contains(&item) {
                    moved.push(item);
                }
            }
        }
        told.push((one, missing));
    }
    for (one, missing) in told {
        let own = one.made.policy()?;
        let constant = Answered { value: Known::ANY_DATE, outcome: one.decision.outcome, gives: Vec::new() };
        let in_terms = |answered: &Answered, value: Known| Answered {
            value,
            outcome: answered.outcome,
            gives: moved.iter().map(|item| given_by(one, own, shown, answered, *item)).collect(),
        };
        let outcomes = missing.map(|missing| missing.outcomes.as_slice()).filter(|all| !all.is_empty());
        cells = Some(match (cells, outcomes) {
            (None, Some(outcomes)) => {
                outcomes.iter().map(|answered| in_terms(answered, answered.value.clone())).collect()
            }
            // Which parts there are is for another version to say.
            (None, None) => vec![in_terms(&constant, shown_domain(shown, place))],
            (Some(cells), None) => {
                cells.iter().map(|cell| both(cell, &in_terms(&constant, cell.value.clone()))).collect()
            }
            (Some(cells), Some(outcomes)) => cells
                .iter()
                .flat_map(|cell| {
                    outcomes.iter().filter_map(|answered| {
                        let value = cell.value.intersect(&answered.value)?;
                        Some(both(cell, &in_terms(answered, value)))
                    })
                })
                .collect(),
        });
    }
    Ok(cells.unwrap_or_default())
}

/// Two versions of one answer; the part is that of the second.
fn both(a: &Answered, b: &Answered) -> Answered {
    Answered {
        value: b.value.clone(),
        outcome: if a.outcome == b.outcome { a.outcome } else { Outcome::Incomplete },
        gives: a.gives.iter().zip(&b.gives).map(|(a, b)| either(a, b)).collect(),
    }
}

fn shown_domain(policy: &Policy, place: MissingPlace) -> Known {
    match place {
        MissingPlace::Fact(fact) => policy.facts[fact.index()].ask.domain.clone(),
        MissingPlace::Cell { field, .. } => policy.fields[field.index()].ask.domain.clone(),
        MissingPlace::List(_) => Known::any_number(true),
    }
}

/// Whether two versions ask the same of a place: a choice, of the same options in the same order.
fn same_type(a: &Policy, of_a: MissingPlace, b: &Policy, of_b: MissingPlace) -> bool {
    let ty = |policy: &Policy, place: MissingPlace| match place {
        MissingPlace::Fact(fact) => policy.facts[fact.index()].ask.ty,
        MissingPlace::Cell { field, .. } => policy.fields[field.index()].ask.ty,
        MissingPlace::List(_) => Type::Integer,
    };
    match (ty(a, of_a), ty(b, of_b)) {
        (Type::Choice(own), Type::Choice(other)) => {
            a.choices[own.index()].options == b.choices[other.index()].options
        }
        (own, other) => own == other,
    }
}
