//! The question that all proofs ask: can this be, under the conditions in force?

use std::collections::{BTreeMap, BTreeSet};

use super::Held;
use super::base::Base;
use super::explore::{Example, Found, Search, budget};
use super::formula::{Epoch, Formula, Space};
use super::knowledge::Knowledge;
use crate::policy::{ExprId, ParameterId, ShapeId};
use crate::time::Date;
use crate::value::Value;

/// Whether what `goal` says can be under the conditions in force, at any time.
///
/// `goal` makes its formula in a space, with the formulas of interest: an example tells which of
/// them hold. What the coherence rules say of the same quantities is taken into account.
pub(super) fn can_be(
    base: &Base<'_>,
    held: &[Held],
    read: &[ExprId],
    goal: &dyn Fn(&mut Space<'_>) -> (Formula, Vec<Formula>),
) -> Found {
    let knowledge = Knowledge::under(base, held);
    if knowledge.is_impossible() {
        return Found::Nothing;
    }
    let mut left = budget();
    let Some(epochs) = epochs(base, held, read) else { return Found::TooMany };
    for epoch in &epochs {
        match can_be_then(&knowledge, held, epoch, &mut left, goal) {
            Found::Nothing => {}
            Found::TooMany => return Found::TooMany,
            Found::Example(mut example) => {
                example.parameters = changing(&epochs, epoch);
                return Found::Example(example);
            }
        }
    }
    Found::Nothing
}

/// Whether some dossier may be under these conditions: where nothing proves that none is.
pub(super) fn may_be(base: &Base<'_>, held: &[Held]) -> bool {
    let read: Vec<ExprId> = held.iter().filter_map(|held| held.subject()).collect();
    !matches!(can_be(base, held, &read, &|space| (space.is(true), Vec::new())), Found::Nothing)
}

/// The same as [`can_be`] in one stretch of time, under conditions of which this is known. `left` is what is left of the budget.
pub(super) fn can_be_then<'p>(
    knowledge: &'p Knowledge<'p>,
    held: &[Held],
    epoch: &'p Epoch,
    left: &mut usize,
    goal: &dyn Fn(&mut Space<'_>) -> (Formula, Vec<Formula>),
) -> Found {
    let policy = knowledge.base().policy;
    let mut space = Space::new(policy, knowledge, epoch);
    let (goal, interest) = goal(&mut space);
    let in_force = space.held(held);
    let core = space.all(vec![in_force, goal]);
    let mut all = vec![core];
    let theory = space.theory();
    let theory = space.all(theory);
    all.push(theory);
    let whole = space.all(all.clone());
    let found = Search::new(&space).find(whole, core, theory, held, &interest, left);
    if matches!(found, Found::Example(_)) && !knowledge.base().coherences.is_empty() {
        let coherent = space.coherent();
        if !coherent.is_empty() {
            all.extend(coherent);
            all.extend(space.theory());
            let whole = space.all(all);
            return Search::new(&space).find(whole, core, theory, held, &interest, left);
        }
    }
    found
}

/// The values, in one stretch of time, of the parameters that do not always have the same.
pub(super) fn changing(epochs: &[Epoch], epoch: &Epoch) -> Vec<(ParameterId, Value)> {
    let mut changing: Vec<_> = epoch
        .iter()
        .filter(|(key, value)| epochs.iter().any(|other| other.get(key) != Some(value)))
        .map(|((parameter, _), value)| (*parameter, value.clone()))
        .collect();
    changing.sort_by_key(|(parameter, _)| *parameter);
    changing
}

/// The example, if there is one.
pub(super) fn example(found: &Found) -> Option<&Example> {
    match found {
        Found::Example(example) => Some(example),
        Found::Nothing | Found::TooMany => None,
    }
}

/// Every combination of values that the parameters read may have at a time; `None` where there are
/// too many.
pub(super) fn epochs(base: &Base<'_>, held: &[Held], read: &[ExprId]) -> Option<Vec<Epoch>> {
    let mut parameters: BTreeMap<Option<ShapeId>, BTreeSet<ParameterId>> = BTreeMap::new();
    let roots = held.iter().filter_map(|held| held.subject());
    let coherences = base.coherences.iter().map(|coherence| coherence.condition);
    for root in roots.chain(read.iter().copied()).chain(coherences) {
        for (at, parameter) in base.parameters_read(root) {
            parameters.entry(at).or_default().insert(parameter);
        }
    }
    let mut epochs = vec![Epoch::new()];
    for (at, parameters) in &parameters {
        let stretches = stretches(base, *at, parameters);
        if epochs.len().saturating_mul(stretches.len()) > budget() {
            return None;
        }
        epochs = epochs
            .iter()
            .flat_map(|epoch| {
                stretches.iter().map(|stretch| {
                    let mut both = epoch.clone();
                    both.extend(stretch.clone());
                    both
                })
            })
            .collect();
    }
    Some(epochs)
}

/// The values of some parameters of one date, stretch after stretch of time; a date at which one of
/// them has no value is no date of a dossier that is examined.
fn stretches(base: &Base<'_>, at: Option<ShapeId>, parameters: &BTreeSet<ParameterId>) -> Vec<Epoch> {
    let policy = base.policy;
    let mut starts: BTreeSet<Option<Date>> = BTreeSet::from([None]);
    for parameter in parameters {
        for period in &policy.parameters[parameter.index()].periods {
            starts.insert(period.from);
            starts.extend(period.until.and_then(|until| until.plus_days(1)).map(Some));
        }
    }
    if at.is_none() {
        // The date of the version: while the policy is in force.
        starts.retain(|start| match (start, policy.until) {
            (Some(start), Some(until)) => *start <= until,
            _ => true,
        });
        let first = starts.range(..=policy.from).next_back().copied();
        starts.retain(|start| Some(*start) >= first);
    }
    let mut stretches: Vec<Epoch> = Vec::new();
    for start in starts {
        let value = |parameter: &ParameterId| {
            let periods = &policy.parameters[parameter.index()].periods;
            periods
                .iter()
                .rev()
                .find(|period| period.from <= start)
                .filter(|period| match (start, period.until) {
                    (Some(start), Some(until)) => start <= until,
                    (_, None) | (None, _) => true,
                })
                .map(|period| ((*parameter, at), period.value.clone()))
        };
        if let Some(stretch) = parameters.iter().map(value).collect::<Option<Epoch>>()
            && !stretches.contains(&stretch)
        {
            stretches.push(stretch);
        }
    }
    stretches
}
