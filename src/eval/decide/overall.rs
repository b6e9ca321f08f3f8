//! One status, one value, over all combinations of the readings.

use super::engine::{Engine, Worlds};
use crate::decision::{Combination, ItemResult, Outcome, ReadingCase, Status};
use crate::eval::interpret::coherence::Learnt;
use crate::eval::world::World;
use crate::known::{Known, OptionSet};
use crate::policy::{ItemRef, Policy, ReadingId};

/// The outcome in a world with another option of a reading.
pub(in crate::eval) fn outcome_with(
    policy: &Policy,
    world: &World,
    learnt: &Learnt,
    reading: ReadingId,
    option: u16,
) -> Outcome {
    let mut world = world.clone();
    world.readings[reading.index()] = OptionSet::only(option);
    let worlds = Worlds::default();
    let mut engine = Engine::new(policy, &world, learnt, &worlds);
    let combinations = engine.combinations(ItemRef::Decision);
    let statuses: Vec<Status> = combinations
        .iter()
        .map(|combination| engine.resolve(ItemRef::Decision, combination).statuses.settled())
        .collect();
    outcome_of(statuses.into_iter())
}

/// Whether two cases that differ only in a reading differ otherwise.
pub(super) fn depends_on(
    cases: &[ReadingCase],
    reading: ReadingId,
    same: impl Fn(&ReadingCase, &ReadingCase) -> bool,
) -> bool {
    let others = |case: &ReadingCase| -> Combination {
        case.readings.iter().filter(|(own, _)| *own != reading).copied().collect()
    };
    cases
        .iter()
        .enumerate()
        .any(|(rank, a)| cases[rank + 1..].iter().any(|b| others(a) == others(b) && !same(a, b)))
}

/// The outcome over the statuses of the decision under each combination.
pub(super) fn outcome_of(mut statuses: impl Iterator<Item = Status>) -> Outcome {
    let one = |status| match status {
        Status::Favourable => Outcome::Favourable,
        Status::Unfavourable => Outcome::Unfavourable,
        _ => Outcome::Incomplete,
    };
    let Some(first) = statuses.next().map(one) else { return Outcome::Incomplete };
    statuses.map(one).fold(first, |all, next| match (all, next) {
        (Outcome::Incomplete, _) | (_, Outcome::Incomplete) => Outcome::Incomplete,
        (a, b) if a == b => a,
        (_, _) => Outcome::DependsOnReading,
    })
}

/// The status over all combinations (language, § 5 « Outcome »).
pub(super) fn overall(item: ItemRef, statuses: impl Iterator<Item = Status> + Clone) -> Status {
    let Some(first) = statuses.clone().next() else { return Status::Undetermined };
    if statuses.clone().all(|status| status == first) {
        return first;
    }
    if statuses.clone().any(|status| status == Status::Undetermined) {
        return Status::Undetermined;
    }
    let criterion = matches!(item, ItemRef::Criterion(_));
    if criterion && statuses.clone().all(|status| matches!(status, Status::Met | Status::Waived)) {
        return Status::Waived;
    }
    Status::DependsOnReading
}

pub(super) fn result(item: ItemRef, cases: Vec<ReadingCase>) -> ItemResult {
    let status = overall(item, cases.iter().map(|case| case.status));
    let value = hull(cases.iter().filter_map(|case| case.value.clone()));
    ItemResult { item, status, by_reading: merged(cases), value }
}

/// All that some values may be: from the least to the greatest, from the first day to the last.
pub(in crate::eval) fn hull(mut values: impl Iterator<Item = Known>) -> Option<Known> {
    let first = values.next()?;
    Some(values.fold(first, |all, next| all.union(&next)))
}

/// The cases with each reading left out that changes nothing in them.
fn merged(mut cases: Vec<ReadingCase>) -> Vec<ReadingCase> {
    let readings: Vec<ReadingId> =
        cases.first().map(|case| case.readings.iter().map(|(own, _)| *own).collect()).unwrap_or_default();
    for reading in readings {
        let same = |a: &ReadingCase, b: &ReadingCase| {
            a.status == b.status && a.value == b.value && a.to_meet == b.to_meet && a.because == b.because
        };
        if !depends_on(&cases, reading, same) {
            let mut kept: Vec<ReadingCase> = Vec::new();
            for mut case in cases {
                case.readings.retain(|(own, _)| *own != reading);
                if kept.iter().all(|known| known.readings != case.readings) {
                    kept.push(case);
                }
            }
            cases = kept;
        }
    }
    cases
}
