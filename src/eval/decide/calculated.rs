//! The outcome of a text that decides nothing: whether all that it gives is known.

use crate::decision::{Decision, Outcome, ReadingStatus, Status};
use crate::known::{End, Known};
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
    // The only answer that is missing makes the rest known.
    let answered = if decision.missing.len() == 1 { Outcome::Calculated } else { Outcome::Incomplete };
    for missing in &mut decision.missing {
        missing.decisive = true;
        missing.outcomes.iter_mut().for_each(|one| one.outcome = answered);
    }
}
