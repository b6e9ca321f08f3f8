//! The outcome of a text that decides nothing: whether all that it gives is known.

use super::engine::{Engine, Worlds};
use crate::decision::{Decision, Missing, MissingPlace, Outcome, ReadingStatus, Status};
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::trials::range::amount_or_date;
use crate::known::{End, Known};
use crate::limits;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy};

/// What an item came to under one combination of readings.
pub(super) type Came = (Status, Option<Known>);

/// The outcome, from what each item came to under each combination of the readings that it depends on.
pub(super) fn outcome(policy: &Policy, items: impl Iterator<Item = (ItemRef, Vec<Came>)>) -> Outcome {
    let mut all = Outcome::Calculated;
    for (item, cases) in items {
        if cases.iter().any(|case| is_open(policy, item, case)) {
            return Outcome::Incomplete;
        }
        if cases.windows(2).any(|pair| pair.first() != pair.last()) {
            all = Outcome::DependsOnReading;
        }
    }
    all
}

/// Whether a status or a value is not known; a range that the text itself leaves is as known as can be.
fn is_open(policy: &Policy, item: ItemRef, (status, value): &Came) -> bool {
    let stated = |value: &Known| match (value, item) {
        (Known::Number(range), ItemRef::Funding(id)) => {
            let closed = |end: &End| matches!(end, End::Included(_));
            closed(&range.low) && closed(&range.high) && is_range(policy, policy.fundings[id.index()].amount)
        }
        (Known::Number(_) | Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_), _) => false,
    };
    *status == Status::Undetermined
        || value.as_ref().is_some_and(|value| !value.is_single() && !stated(value))
}

/// Whether the text gives a range (`montant entre a et b`).
fn is_range(policy: &Policy, expr: ExprId) -> bool {
    let kind = &policy.exprs.get(expr).kind;
    let mut found = matches!(kind, ExprKind::Range { .. });
    kind.for_each_operand(&mut |operand| found = found || is_range(policy, operand));
    found
}

/// Puts right what a decision says of an outcome that the text does not have.
pub(super) fn settle(policy: &Policy, decision: &mut Decision) {
    if policy.decision.stated {
        return;
    }
    let settled = match decision.outcome {
        Outcome::Incomplete => Outcome::Incomplete,
        Outcome::Calculated | Outcome::DependsOnReading | Outcome::Favourable | Outcome::Unfavourable => {
            Outcome::Calculated
        }
    };
    for reading in &mut decision.readings {
        reading.outcomes.iter_mut().for_each(|outcome| *outcome = settled);
        if reading.status != ReadingStatus::Settled && !reading.changes.is_empty() {
            reading.status = ReadingStatus::Decisive;
        }
    }
    decision.missing.iter_mut().for_each(|missing| missing.decisive = true);
}

/// Says of each answer what comes of it: whether nothing but its own place is then missing of any item, and whether a
/// reading may still change one. Past a number of trials, it is only said that something may be missing.
pub(super) fn promise(engine: &mut Engine<'_>, policy: &Policy, missing: &mut [Missing]) {
    let only = missing.len() == 1;
    let one_reading = policy.items().all(|item| engine.combinations(item).len() == 1);
    let mut left = limits::ANSWER_TRIALS;
    for one in missing {
        for answered in &mut one.outcomes {
            answered.outcome = if only && one_reading {
                Outcome::Calculated
            } else if only || left > 0 {
                outcome_once(engine, policy, one.place, &answered.value, only)
            } else {
                Outcome::Incomplete
            };
            left = left.saturating_sub(1);
        }
    }
}

/// The outcome once a place is answered so, where it is said whether it is the only one that is missing. Where several
/// answers are meant at once and a reading changes something under some of them, it depends on the reading.
fn outcome_once(
    engine: &Engine<'_>,
    policy: &Policy,
    place: MissingPlace,
    value: &Known,
    only: bool,
) -> Outcome {
    let mut world = engine.world.clone();
    world.suppose(policy, place, value.clone());
    let worlds = Worlds::default();
    let mut supposed = Engine::new(policy, &world, engine.learnt, &worlds);
    let mut all = Outcome::Calculated;
    for item in policy.items() {
        let mut cases: Vec<Came> = Vec::new();
        for combination in supposed.combinations(item) {
            let resolved = supposed.resolve(item, &combination);
            let mut places = resolved.affecting.clone();
            let status = resolved.statuses.settled();
            let mut known = None;
            if let Some(expr) = amount_or_date(policy, item)
                && !matches!(status, Status::NotApplicable | Status::NotDue)
            {
                let mut evaluator = Evaluator::new(policy, supposed.world_under(&combination), engine.learnt);
                let found = evaluator.value(expr);
                if found.value().is_none() {
                    places.add(&evaluator.reads());
                }
                known = Some(found);
            }
            if !only && places.iter().any(|own| own != place) {
                return Outcome::Incomplete;
            }
            cases.push((status, known));
        }
        let open = |(status, value): &Came| {
            *status == Status::Undetermined || value.as_ref().is_some_and(|value| !value.is_single())
        };
        let differ = || cases.windows(2).any(|pair| pair.first() != pair.last());
        if cases.len() > 1 && (cases.iter().any(open) || differ()) {
            all = Outcome::DependsOnReading;
        }
    }
    all
}
