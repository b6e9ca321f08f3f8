//! The decision of a dossier that leaves nothing open: every answer is given, every reading settled.
//!
//! Statuses, amounts and time limits are those of [`crate::eval::plain`]; one evaluator explains them all.

use super::assembly::Request;
use super::calculated;
use super::decider::Decider;
use super::notices::{Limits, judgements, warnings};
use super::overall::outcome_with;
use super::to_meet::{Again, to_meet};
use crate::decision::{
    Combination, Decision, ItemResult, Outcome, ReadingCase, ReadingResult, ReadingStatus,
};
use crate::dossier::Dossier;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::trials::places::missing;
use crate::eval::world::World;
use crate::known::OptionSet;
use crate::policy::ReadingId;

/// The decision; `None` where something is open.
pub(in crate::eval) fn decision(
    decider: &Decider<'_>,
    dossier: &Dossier,
    request: &Request,
) -> Option<Decision> {
    let policy = decider.policy;
    let brief = decider.plain.decide(dossier, request.examined_on, &request.readings)?;
    let said = World::of(policy, dossier, request.examined_on);
    let mut world = said.clone();
    for (reading, option) in &request.readings {
        world.readings[reading.index()] = OptionSet::only(*option);
    }
    if world.readings.iter().any(|options| options.value().is_none()) || !missing(policy, &world).is_empty() {
        return None;
    }
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, &world, &learnt);
    let again = Again { decider, dossier, request, known: Some(&world) };
    let outcome = brief.outcome;
    let mut results = policy.items().zip(brief.items()).map(|(item, (status, detail))| {
        evaluator.renew();
        let because = evaluator.because(item);
        let to_meet = to_meet(again, &mut evaluator, &Combination::new(), item, status);
        let value = detail.value();
        let case =
            ReadingCase { readings: Vec::new(), status, value: value.clone(), wide: false, because, to_meet };
        ItemResult { item, status, by_reading: vec![case], value }
    });
    let decision = results.next()?;
    let criteria = results.by_ref().take(policy.criteria.len()).collect();
    let objectives = results.by_ref().take(policy.objectives.len()).collect();
    let missions = results.by_ref().take(policy.missions.len()).collect();
    let fundings = results.by_ref().take(policy.fundings.len()).collect();
    let obligations = results.collect();
    let readings = Readings { decider, dossier, request, world: &world, learnt: &learnt, outcome };
    let judgements = judgements(policy, &decider.standing, dossier);
    let warnings = warnings(
        policy,
        &decider.standing,
        dossier,
        request,
        &judgements,
        outcome,
        Limits::default(),
        Some(&said),
    );
    let mut decision = Decision {
        examined_on: request.examined_on,
        outcome,
        decision,
        criteria,
        objectives,
        missions,
        fundings,
        obligations,
        readings: readings.results(),
        missing: Vec::new(),
        without_effect: Vec::new(),
        judgements,
        warnings,
        version: None,
    };
    calculated::settle(policy, &mut decision);
    Some(decision)
}

/// What became of the readings, all settled.
struct Readings<'a> {
    decider: &'a Decider<'a>,
    dossier: &'a Dossier,
    request: &'a Request,
    world: &'a World,
    learnt: &'a Learnt,
    outcome: Outcome,
}

impl Readings<'_> {
    fn results(&self) -> Vec<ReadingResult> {
        let count = u32::try_from(self.decider.policy.readings.len()).unwrap_or(u32::MAX);
        (0..count).map(|rank| self.result(ReadingId(rank))).collect()
    }

    fn result(&self, reading: ReadingId) -> ReadingResult {
        let policy = self.decider.policy;
        let options = policy.choices[policy.readings[reading.index()].choice.index()].options.len();
        let retained = self.dossier.reading(reading);
        let by_command = self.request.readings.iter().find(|(own, _)| *own == reading);
        let settled = retained.map(|retained| retained.option).or(by_command.map(|(_, option)| *option));
        let outcomes = (0..u16::try_from(options).unwrap_or(u16::MAX))
            .map(|option| self.outcome_with(reading, settled, option))
            .collect();
        ReadingResult {
            reading,
            status: if settled.is_some() { ReadingStatus::Settled } else { ReadingStatus::Indifferent },
            retained: settled,
            origin: retained.and_then(|retained| retained.origin.as_deref().cloned()),
            outcomes,
            changes: Vec::new(),
        }
    }

    /// The outcome as it would be with another option.
    fn outcome_with(&self, reading: ReadingId, settled: Option<u16>, option: u16) -> Outcome {
        let Decider { policy, plain, decision_reads, .. } = self.decider;
        let own = settled.is_none_or(|settled| settled == option);
        if own || !decision_reads.contains(&reading) {
            return self.outcome;
        }
        let other =
            plain.outcome_with(self.dossier, self.world.examined_on, &self.world.readings, reading, option);
        other.unwrap_or_else(|| outcome_with(policy, self.world, self.learnt, reading, option))
    }
}
