//! Dossiers made up from what a policy declares.

use std::sync::Arc;

use super::ground::Ground;
use super::moves;
use crate::dossier::{Answer, Dossier};
use crate::known::{End, Known};
use crate::number::Ratio;
use crate::policy::item::Question;
use crate::policy::{Policy, Type};
use crate::source::SourceFile;
use crate::time::Date;
use crate::value::{Text, Value};

/// How many months before the examination a date that is made up lies.
const MONTHS_BEFORE: i64 = 6;

/// An answer that a question takes.
pub(super) fn answer(policy: &Policy, ask: &Question, on: Date) -> Answer {
    answer_like(policy, ask, on, true, 1)
}

fn answer_like(policy: &Policy, ask: &Question, on: Date, truth: bool, number: i64) -> Answer {
    let value = match (&ask.domain, ask.ty) {
        (_, Type::Truth) => Value::Truth(truth),
        (_, Type::Text) => Value::Text(Text::new("exemple")),
        (_, Type::Choice(choice)) => {
            let last = policy.choices[choice.index()].options.len().saturating_sub(1);
            Value::Choice(if truth { 0 } else { u16::try_from(last).unwrap_or(0) })
        }
        (Known::Date(dates), _) => {
            let usual = on.plus_months(-MONTHS_BEFORE).filter(|day| dates.contains(*day));
            match usual.or(dates.from).or(dates.to) {
                Some(day) => Value::Date(day),
                None => return Answer::Missing,
            }
        }
        (Known::Number(numbers), _) => {
            let wanted = Ratio::from(number);
            let near = |end: &End| match end {
                End::Infinite => None,
                End::Included(value) => Some(value.clone()),
                End::Excluded(value) => Some(value.add(&Ratio::one())),
            };
            let under = |end: &End| match end {
                End::Infinite => None,
                End::Included(value) => Some(value.clone()),
                End::Excluded(value) => Some(value.sub(&Ratio::one())),
            };
            let found = [Some(wanted), near(&numbers.low), under(&numbers.high)];
            match found.into_iter().flatten().find(|value| numbers.contains(value)) {
                Some(value) => Value::Number(value),
                None => return Answer::Missing,
            }
        }
        (Known::Truth(_) | Known::Choice(_) | Known::Text(_), _) => return Answer::Missing,
    };
    Answer::Known(value)
}

/// Complete dossiers that may be examined, none like another.
pub(super) fn dossiers(ground: &Ground<'_>, on: Date) -> Vec<Dossier> {
    let policy = ground.policy;
    let file = SourceFile::new("essai.yaml", "");
    let mut found: Vec<Dossier> = Vec::new();
    for (truth, number, elements) in [(true, 100, 4), (true, 1, 1), (false, 0, 1), (true, 10, 0)] {
        let mut dossier = Dossier::empty(policy, Arc::clone(&file));
        dossier.examined_on = Some(on);
        for place in moves::facts(policy) {
            if let Some(ask) = moves::ask(policy, place) {
                let answer = answer_like(policy, ask, on, truth, number);
                moves::set(policy, &mut dossier, place, answer);
            }
        }
        for list in moves::lists(policy) {
            let fields = policy.lists[list.index()].fields.iter();
            let kind = fields
                .map(|field| answer_like(policy, &policy.fields[field.index()].ask, on, truth, number))
                .collect();
            dossier = moves::with_count(policy, &dossier, list, &kind, elements);
        }
        if let Some(settled) = ground.settle(dossier, on, &[]) {
            let new = moves::fingerprint(&settled);
            if found.iter().all(|other| moves::fingerprint(other) != new) {
                found.push(settled);
            }
        }
    }
    found
}
