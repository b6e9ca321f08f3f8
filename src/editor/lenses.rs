//! What the cases say of each rule, beside it: in how many it is met or not, what none of them shows.

use std::collections::BTreeMap;

use super::desk::Desk;
use crate::decision::{Outcome, Status};
use crate::policy::{ItemRef, Policy};
use crate::render::Lang;
use crate::render::words::{Words, outcome_word};
use crate::shelf::Decided;
use crate::source::{SourceFile, Span};
use crate::wording::french::several;
use crate::workshop::coverage::{Coverage, seen};

/// A line beside a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The name of the rule.
    pub span: Span,
    /// What it says: « 12 cas : rempli 9, non rempli 3 ».
    pub said: String,
    /// The cases that it is about, by their paths.
    pub cases: Vec<String>,
    /// What the line is about.
    pub about: About,
}

/// What a line beside a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The cases that the rule alone turns: were it met, their outcome would be another.
    Turned,
    /// In how many cases it is met, or not.
    Statuses,
    /// What no case shows.
    Lacking,
}

/// The lines beside the rules of a text; none where the text or its cases are to be corrected first.
pub fn lenses(desk: &Desk, path: &str) -> Vec<Lens> {
    let Some(history) = desk.history_of(path) else { return Vec::new() };
    let shelf = desk.shelf();
    let decided: Vec<(String, Decided<'_>)> = shelf
        .cases(history.id())
        .filter_map(|case| Some((case.path.clone(), shelf.decide(&case.file, None).ok()?)))
        .collect();
    let mut found = Vec::new();
    let mut policies: Vec<&Policy> = Vec::new();
    for (_, one) in &decided {
        if !policies.iter().any(|own| std::ptr::eq(*own, one.policy)) {
            policies.push(one.policy);
        }
    }
    for policy in policies {
        let own: Vec<&(String, Decided<'_>)> =
            decided.iter().filter(|(_, one)| std::ptr::eq(one.policy, policy)).collect();
        for item in policy.items() {
            if let Some(span) = here(policy, policy.head(item).span, path) {
                found.extend(statuses(item, span, &own));
                found.extend(turned(item, span, &own));
            }
        }
        let mut coverage = Coverage::new(policy);
        for (_, one) in &own {
            coverage.add(&seen(policy, &one.decision));
        }
        let mut lacking: BTreeMap<Span, usize> = BTreeMap::new();
        for (entry, ..) in coverage.lacking() {
            if let Some(span) = here(policy, entry.span, path) {
                *lacking.entry(span).or_default() += 1;
            }
        }
        found.extend(lacking.into_iter().map(|(span, count)| Lens {
            span,
            said: format!("{} qu'aucun cas ne montre", several(count, "point", "points")),
            cases: Vec::new(),
            about: About::Lacking,
        }));
    }
    found.sort_by_key(|lens| (lens.span, lens.about as u8));
    found
}

/// A place of a policy, where it is in this file.
fn here(policy: &Policy, span: Span, path: &str) -> Option<Span> {
    let (file, span): (&std::sync::Arc<SourceFile>, Span) = policy.file.origin(span);
    (file.name() == path).then_some(span)
}

fn statuses(item: ItemRef, span: Span, decided: &[&(String, Decided<'_>)]) -> Option<Lens> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for (_, one) in decided {
        let said = match (item, one.decision.outcome) {
            (ItemRef::Decision, outcome) => outcome_word(outcome, Lang::Fr).to_owned(),
            (item, _) => {
                let words = Words::new(one.policy, &one.dossier, one.decision.examined_on, Lang::Fr);
                words.status_of(item, one.decision.item(item).status).to_owned()
            }
        };
        if !order.contains(&said) {
            order.push(said.clone());
        }
        *counts.entry(said).or_default() += 1;
    }
    order.sort_by_key(|said| std::cmp::Reverse(counts.get(said).copied().unwrap_or_default()));
    let told: Vec<String> = order
        .iter()
        .map(|said| format!("{said} {}", counts.get(said).copied().unwrap_or_default()))
        .collect();
    (!decided.is_empty()).then(|| Lens {
        span,
        said: format!("{} cas : {}", decided.len(), told.join(", ")),
        cases: decided.iter().map(|(path, _)| path.clone()).collect(),
        about: About::Statuses,
    })
}

/// The cases in which a criterion is the only one that is not met.
fn turned(item: ItemRef, span: Span, decided: &[&(String, Decided<'_>)]) -> Option<Lens> {
    if !matches!(item, ItemRef::Criterion(_)) {
        return None;
    }
    let alone = |one: &Decided<'_>| {
        let failing = one.decision.criteria.iter().filter(|result| result.status == Status::NotMet);
        let failing: Vec<ItemRef> = failing.map(|result| result.item).collect();
        one.decision.outcome == Outcome::Unfavourable && failing == [item]
    };
    let cases: Vec<String> =
        decided.iter().filter(|(_, one)| alone(one)).map(|(path, _)| path.clone()).collect();
    (!cases.is_empty()).then(|| Lens {
        span,
        said: format!("décide seul {} cas", cases.len()),
        cases,
        about: About::Turned,
    })
}
