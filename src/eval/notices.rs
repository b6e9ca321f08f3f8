//! What the reader of a decision should know beside it: judgements, and what weakens the result.

use crate::decision::{Judgement, MissingPlace, Warning};
use crate::dossier::{Answer, Dossier, Given, Origin};
use crate::known::Known;
use crate::policy::{Declared, FactId, FieldId, ItemRef, ListId, Policy, Reach};

use super::decide::Request;
use super::engine::Engine;

/// Human judgements that the dossier gives, in order of declaration.
pub(super) fn judgements(policy: &Policy, dossier: &Dossier) -> Vec<Judgement> {
    given(policy, dossier)
        .filter(|(place, _)| judge(policy, *place))
        .filter_map(|(place, given)| match &given.answer {
            Answer::Known(value) => {
                let origin = given.origin.as_deref().cloned();
                Some(Judgement { place, value: Known::exactly(value), origin })
            }
            Answer::Missing | Answer::NotYet => None,
        })
        .collect()
}

/// Every answer that the dossier gives, in order of declaration.
fn given<'a>(policy: &'a Policy, dossier: &'a Dossier) -> impl Iterator<Item = (MissingPlace, &'a Given)> {
    policy.declared.iter().flat_map(move |declared| -> Vec<(MissingPlace, &'a Given)> {
        match declared {
            Declared::Fact(fact) => vec![(MissingPlace::Fact(*fact), dossier.fact(*fact))],
            Declared::List(_) => Vec::new(),
            Declared::Field(field) => cells(policy, dossier, *field),
        }
    })
}

fn cells<'a>(policy: &Policy, dossier: &'a Dossier, id: FieldId) -> Vec<(MissingPlace, &'a Given)> {
    let field = &policy.fields[id.index()];
    let width = policy.lists[field.list.index()].fields.len().max(1);
    let Some(rows) = dossier.list(field.list) else { return Vec::new() };
    rows.cells
        .chunks(width)
        .enumerate()
        .filter_map(|(row, cells)| {
            let row = u32::try_from(row).ok()?;
            Some((MissingPlace::Cell { row, field: id }, cells.get(field.rank as usize)?))
        })
        .collect()
}

fn judge(policy: &Policy, place: MissingPlace) -> bool {
    match place {
        MissingPlace::Fact(fact) => policy.facts[fact.index()].ask.judge.is_some(),
        MissingPlace::Cell { field, .. } => policy.fields[field.index()].ask.judge.is_some(),
        MissingPlace::List(_) => false,
    }
}

fn signed(origin: Option<&Origin>) -> bool {
    origin.is_some_and(|origin| origin.by.is_some() && origin.reason.is_some())
}

/// What weakens a decision.
pub(super) fn warnings(
    engine: &mut Engine<'_>,
    policy: &Policy,
    dossier: &Dossier,
    request: &Request,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for judgement in judgements(policy, dossier) {
        if !signed(judgement.origin.as_ref()) {
            warnings.push(Warning::JudgementUnsigned(judgement.place));
        }
    }
    for (rank, retained) in dossier.readings.iter().enumerate() {
        let reading = crate::policy::ReadingId(u32::try_from(rank).unwrap_or(u32::MAX));
        let by_command = request.readings.iter().any(|(own, _)| *own == reading);
        let unsigned = match retained {
            Some(retained) => !signed(retained.origin.as_deref()),
            None => by_command,
        };
        if unsigned {
            warnings.push(Warning::ReadingUnsigned(reading));
        }
    }
    let not_binding: Vec<ItemRef> =
        policy.items().filter(|item| rests_on_information(policy, *item)).collect();
    if !not_binding.is_empty() {
        warnings.push(Warning::NotBinding(not_binding));
    }
    let mut limited = Vec::new();
    for item in policy.items() {
        for combination in engine.combinations(item) {
            let resolved = engine.resolve(item, &combination);
            if resolved.limited && !super::formula::closed(resolved.statuses) && !limited.contains(&item) {
                limited.push(item);
            }
        }
    }
    if !limited.is_empty() {
        warnings.push(Warning::TrialLimit(limited));
    }
    warnings.extend(unread(policy, dossier));
    warnings
}

/// Whether all that an item cites are documents that do not bind.
fn rests_on_information(policy: &Policy, item: ItemRef) -> bool {
    let citations = &policy.head(item).citations;
    !citations.is_empty() && citations.iter().all(|citation| !policy.sources[citation.source.index()].binding)
}

/// Facts that are given and that nothing reads.
fn unread(policy: &Policy, dossier: &Dossier) -> Vec<Warning> {
    let reach = Reach::of_policy(policy);
    let mut unread = Vec::new();
    for declared in &policy.declared {
        let (path, given) = match declared {
            Declared::Fact(id) => (policy.facts[id.index()].path.to_string(), given_fact(dossier, *id)),
            Declared::List(id) => {
                (policy.lists[id.index()].path.to_string(), given_list(policy, dossier, *id))
            }
            Declared::Field(id) => {
                let field = &policy.fields[id.index()];
                let list = &policy.lists[field.list.index()];
                let given =
                    cells(policy, dossier, *id).iter().any(|(_, given)| given.answer != Answer::Missing);
                // What tells elements apart is read by the check that no two share it; of a list that
                // nothing reads, the list is named once.
                let told = field.unique || !reach.reads(Declared::List(field.list));
                (format!("{}.{}", list.path, field.name), given && !told)
            }
        };
        if given && !reach.reads(*declared) {
            unread.push(Warning::Unread(path.into()));
        }
    }
    unread
}

fn given_fact(dossier: &Dossier, fact: FactId) -> bool {
    dossier.fact(fact).answer != Answer::Missing
}

fn given_list(policy: &Policy, dossier: &Dossier, list: ListId) -> bool {
    let unique = policy.lists[list.index()].fields.iter().any(|field| policy.fields[field.index()].unique);
    dossier.list(list).is_some() && !unique
}
