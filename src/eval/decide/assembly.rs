//! Assembles a decision: every item under every combination of the readings that it depends on.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::admit::admit;
use super::because::because;
use super::calculated;
use super::decider::Decider;
use super::engine::{Engine, Worlds};
use super::missing::{Lacking, missing_facts};
use super::notices::{Limits, judgements, limited, warnings};
use super::overall::{depends_on, outcome_of, outcome_with, result};
use super::refusal::Refusals;
use super::to_meet::{Again, to_meet};
use super::together::irreconcilable;
use crate::decision::{
    Because, Combination, Decision, ItemResult, MissingPlace, Outcome, Part, ReadingCase, ReadingResult,
    ReadingStatus, Status, ToMeet,
};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::effort;
use crate::eval::interpret::coherence::{Learnt, learn};
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::items::ItemKnown;
use crate::eval::trials::range::{Range, range_of, tries_over};
use crate::eval::world::World;
use crate::known::{Known, OptionSet};
use crate::policy::{ItemRef, Policy, ReadingId};
use crate::time::Date;

/// What is asked of the engine beside the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The date of examination.
    pub examined_on: Date,
    /// Readings that the command retains, each with the rank of its option.
    pub readings: Vec<(ReadingId, u16)>,
}

/// Decides by what is known of every value: the way for dossiers that leave anything open, and the
/// measure of any quicker one.
pub(super) fn generally(
    decider: &Decider<'_>,
    dossier: &Dossier,
    request: &Request,
) -> Result<Decision, Vec<Diagnostic>> {
    let policy = decider.policy;
    examined(policy, dossier, request, |world, learnt| {
        let worlds = Worlds::default();
        let engine = Engine::new(policy, world, learnt, &worlds);
        Assembly { engine, policy, again: Again { decider, dossier, request, known: None }, world, learnt }
            .decision()
    })
}

/// A dossier of which something stays open because a number is too long is not examined: no answer would
/// settle it, and to call it incomplete would ask for nothing.
pub(in crate::eval::decide) fn unless_too_long<T>(
    policy: &Policy,
    dossier: &Dossier,
    engine: &Engine<'_>,
    result: T,
) -> Result<T, Vec<Diagnostic>> {
    match engine.too_long {
        None => Ok(result),
        Some(expr) => {
            let mut refusals = Refusals::new(policy, dossier);
            let nothing = Learnt::default();
            refusals.too_long(expr, Evaluator::new(policy, engine.world, &nothing).most_bits(expr));
            Err(refusals.finish())
        }
    }
}

/// What is worked out of a dossier, once nothing keeps it from being examined.
pub(in crate::eval) fn examined<T>(
    policy: &Policy,
    dossier: &Dossier,
    request: &Request,
    work: impl FnOnce(&World, &Learnt) -> Result<T, Vec<Diagnostic>>,
) -> Result<T, Vec<Diagnostic>> {
    let mut refused = contradictory_readings(policy, dossier, request);
    let mut world = match admit(policy, dossier, request.examined_on) {
        Ok(world) => world,
        Err(more) => {
            refused.extend(more);
            return Err(refused);
        }
    };
    if !refused.is_empty() {
        return Err(refused);
    }
    for (reading, option) in &request.readings {
        world.readings[reading.index()] = OptionSet::only(*option);
    }
    // What admits a dossier has already found its rules to hold together, as far as intervals know.
    let learnt = learn(policy, &mut world).unwrap_or_default();
    if let Some(refused) = irreconcilable(policy, dossier, &world) {
        return Err(refused);
    }
    work(&world, &learnt)
}

/// A reading that the dossier settles one way and the command another.
fn contradictory_readings(policy: &Policy, dossier: &Dossier, request: &Request) -> Vec<Diagnostic> {
    let mut refused = Vec::new();
    for (rank, (reading, option)) in request.readings.iter().enumerate() {
        let name = &policy.readings[reading.index()].head.name;
        let options = &policy.choices[policy.readings[reading.index()].choice.index()].options;
        let word = |option: u16| options.get(usize::from(option)).map_or("", |name| name);
        if let Some(settled) =
            policy.readings[reading.index()].retained.as_ref().filter(|s| s.option != *option)
        {
            let message = format!(
                "la lecture « {name} » est retenue par le texte : attendu « {} » ; lu « {} » dans la commande",
                word(settled.option),
                word(*option)
            );
            refused.push(
                Diagnostic::error("lecture-contraire-au-texte", message)
                    .at(&policy.file, settled.span, "retenue par le texte")
                    .help("retirer cette lecture de la commande : le texte ne laisse plus ce point ouvert"),
            );
            continue;
        }
        if let Some(retained) = dossier.reading(*reading)
            && retained.option != *option
        {
            let message = format!(
                "la lecture « {name} » est retenue de deux façons : « {} » dans le dossier, « {} » dans la commande",
                word(retained.option),
                word(*option)
            );
            let mut diagnostic = Diagnostic::error("lecture-contradictoire", message)
                .help("retirer l'une des deux : une décision ne retient qu'une option de chaque lecture");
            if let Some(place) = retained.place {
                diagnostic = diagnostic.at(&dossier.file, place.value, "retenue ici");
            }
            refused.push(diagnostic);
        }
        if let Some((_, other)) =
            request.readings[..rank].iter().find(|(earlier, other)| earlier == reading && other != option)
        {
            let message = format!(
                "la commande retient la lecture « {name} » de deux façons : « {} » et « {} »",
                word(*other),
                word(*option)
            );
            refused
                .push(Diagnostic::error("lecture-contradictoire", message).help(
                    "retirer l'une des deux : une décision ne retient qu'une option de chaque lecture",
                ));
        }
    }
    refused
}

struct Assembly<'a> {
    engine: Engine<'a>,
    policy: &'a Policy,
    again: Again<'a>,
    world: &'a World,
    learnt: &'a Learnt,
}

/// What items are worked out in under one combination of readings.
struct Context<'a> {
    combination: &'a Combination,
    learnt: &'a Learnt,
    evaluator: Evaluator<'a>,
}

impl Assembly<'_> {
    fn decision(mut self) -> Result<Decision, Vec<Diagnostic>> {
        let Again { decider, dossier, request, .. } = self.again;
        // Every case of every item first: what a reading changes is seen before cases are merged.
        let cases = cases(self.again, &mut self.engine);
        let cases = unless_too_long(self.policy, dossier, &self.engine, cases)?;
        let cases: BTreeMap<ItemRef, Vec<ReadingCase>> = self.policy.items().zip(cases).collect();
        let outcomes = &cases[&ItemRef::Decision];
        let outcome = if self.policy.decision.stated {
            outcome_of(outcomes.iter().map(|case| case.status))
        } else {
            let came = |case: &ReadingCase| (case.status, case.value.clone());
            let items = cases.iter().map(|(item, cases)| (*item, cases.iter().map(came).collect()));
            calculated::outcome(self.policy, items)
        };
        let readings = (0..self.policy.readings.len())
            .map(|rank| ReadingId(u32::try_from(rank).unwrap_or(u32::MAX)))
            .map(|reading| self.reading(reading, &cases, outcome))
            .collect();
        let Lacking { mut missing, mut without_effect, wide } =
            missing_facts(&mut self.engine, dossier, &cases);
        // « pas encore » is an answer: only what decides is asked again.
        without_effect.retain(|place| !place.is_not_yet(self.policy, dossier));
        missing.retain(|one| {
            one.decisive || !self.policy.decision.stated || !one.place.is_not_yet(self.policy, dossier)
        });
        if !self.policy.decision.stated {
            calculated::promise(&mut self.engine, self.policy, &mut missing);
        }
        let asked: Vec<MissingPlace> = missing.iter().map(|one| one.place).collect();
        missing.iter_mut().for_each(|one| one.after.retain(|place| asked.contains(place)));
        let judgements = judgements(self.policy, &decider.standing, dossier);
        let limits = Limits {
            open: limited(&mut self.engine, self.policy),
            wide: cases
                .iter()
                .filter(|(item, cases)| {
                    wide.contains(item) || cases.iter().any(|case| case.wide || is_shared_loosely(case))
                })
                .map(|(item, _)| *item)
                .collect(),
        };
        let warnings =
            warnings(self.policy, &decider.standing, dossier, request, &judgements, outcome, limits, None);
        let mut results: BTreeMap<ItemRef, ItemResult> =
            cases.into_iter().map(|(item, cases)| (item, result(item, cases))).collect();
        let mut take = |kind: fn(&ItemRef) -> bool| -> Vec<ItemResult> {
            let items: Vec<ItemRef> = self.policy.items().filter(kind).collect();
            items.iter().filter_map(|item| results.remove(item)).collect()
        };
        let mut decision = Decision {
            examined_on: request.examined_on,
            outcome,
            criteria: take(|item| matches!(item, ItemRef::Criterion(_))),
            objectives: take(|item| matches!(item, ItemRef::Objective(_))),
            missions: take(|item| matches!(item, ItemRef::Mission(_))),
            fundings: take(|item| matches!(item, ItemRef::Funding(_))),
            obligations: take(|item| matches!(item, ItemRef::Obligation(_))),
            decision: results
                .remove(&ItemRef::Decision)
                .unwrap_or_else(|| result(ItemRef::Decision, Vec::new())),
            readings,
            missing,
            without_effect,
            judgements,
            warnings,
            version: None,
        };
        calculated::settle(self.policy, &mut decision);
        Ok(decision)
    }

    fn reading(
        &mut self,
        reading: ReadingId,
        cases: &BTreeMap<ItemRef, Vec<ReadingCase>>,
        outcome: Outcome,
    ) -> ReadingResult {
        let request = self.again.request;
        let options = self.policy.choices[self.policy.readings[reading.index()].choice.index()].options.len();
        let left = self.world.readings[reading.index()];
        let retained = self.again.dossier.reading(reading);
        let settled = retained
            .map(|retained| retained.option)
            .or_else(|| request.readings.iter().find(|(own, _)| *own == reading).map(|(_, option)| *option));
        let decision = &cases[&ItemRef::Decision];
        let outcomes: Vec<Outcome> = (0..options)
            .map(|option| {
                let option = u16::try_from(option).unwrap_or(u16::MAX);
                match settled {
                    // What another option would have given is worked out as if it were retained.
                    Some(own) if own != option => self.outcome_with(reading, option),
                    Some(_) => outcome,
                    None => {
                        let with = decision.iter().filter(|case| {
                            case.readings.iter().all(|(own, chosen)| *own != reading || *chosen == option)
                        });
                        outcome_of(with.map(|case| case.status))
                    }
                }
            })
            .collect();
        let decisive = left.len() > 1 && depends_on(decision, reading, |a, b| a.status == b.status);
        let status = match (settled, decisive) {
            (Some(_), _) => ReadingStatus::Settled,
            (None, true) => ReadingStatus::Decisive,
            (None, false) => ReadingStatus::Indifferent,
        };
        let same = |a: &ReadingCase, b: &ReadingCase| a.status == b.status && a.value == b.value;
        let changes = self.policy.items().filter(|item| depends_on(&cases[item], reading, same)).collect();
        ReadingResult {
            reading,
            status,
            retained: settled,
            origin: retained.and_then(|retained| retained.origin.as_deref().cloned()),
            outcomes,
            changes,
        }
    }

    /// The outcome as it would be with another option of a settled reading.
    fn outcome_with(&self, reading: ReadingId, option: u16) -> Outcome {
        outcome_with(self.policy, self.world, self.learnt, reading, option)
    }
}

/// Every case of every item, in their order. Items under one combination share an evaluator: a
/// definition is worked out, and explained, once for all of them.
fn cases(again: Again<'_>, engine: &mut Engine<'_>) -> Vec<Vec<ReadingCase>> {
    let policy = again.decider.policy;
    let mut contexts: IndexMap<Combination, (&World, Learnt)> = IndexMap::new();
    let mut under: Vec<(ItemRef, Vec<usize>)> = Vec::new();
    for item in policy.items() {
        let mut ranks = Vec::new();
        for combination in engine.combinations(item) {
            let rank = match contexts.get_index_of(&combination) {
                Some(rank) => rank,
                None => {
                    let world = engine.world_under(&combination);
                    let learnt = engine.learnt_under(&combination);
                    contexts.insert_full(combination, (world, learnt)).0
                }
            };
            ranks.push(rank);
        }
        under.push((item, ranks));
    }
    let mut contexts: Vec<Context<'_>> = contexts
        .iter()
        .map(|(combination, (world, learnt))| {
            let mut evaluator = Evaluator::new(policy, world, learnt);
            evaluator.apart = Some(&engine.tried().apart);
            Context { combination, learnt, evaluator }
        })
        .collect();
    let mut of = |(item, ranks): (ItemRef, Vec<usize>)| {
        ranks.into_iter().map(|rank| case(again, engine, item, &mut contexts[rank])).collect()
    };
    under.into_iter().map(&mut of).collect()
}

fn case(again: Again<'_>, engine: &mut Engine<'_>, item: ItemRef, context: &mut Context<'_>) -> ReadingCase {
    let policy = again.decider.policy;
    let Context { combination, learnt, evaluator } = context;
    evaluator.renew();
    let resolved = engine.resolve(item, combination);
    let status = resolved.statuses.settled();
    let Beside { value, wide } = beside(engine, evaluator, item, status);
    if engine.too_long.is_some() || effort::is_ended() {
        // What is not decided is not explained.
        let because = Because { parts: Vec::new() };
        return ReadingCase {
            readings: combination.clone(),
            status,
            value,
            wide,
            because,
            to_meet: ToMeet::default(),
        };
    }
    let because = because(policy, evaluator, learnt, item, &resolved);
    let to_meet = to_meet(again, evaluator, combination, item, status);
    ReadingCase { readings: combination.clone(), status, value, wide, because, to_meet }
}

/// Whether what was shared out of an envelope is not known: what is left of it is told as widely as intervals know it.
fn is_shared_loosely(case: &ReadingCase) -> bool {
    let paid = matches!(case.status, Status::Due | Status::Undetermined);
    let left = case.because.parts.iter().find(|(part, _)| *part == Part::Rest);
    paid && left.is_some_and(|(_, step)| !step.value.is_single())
}

/// What an item says beside its status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::eval) struct Beside {
    /// Of a financing, the amount; of an obligation, the time limit.
    pub value: Option<Known>,
    /// Whether it may be wider than it is.
    pub wide: bool,
}

impl Beside {
    /// From what is known of it.
    pub fn of(Range { known, wide }: Range) -> Beside {
        Beside { value: Some(known), wide }
    }
}

/// What an item of a status says beside it: an amount, or a time limit, tried where it is open.
pub(super) fn beside(
    engine: &mut Engine<'_>,
    evaluator: &mut Evaluator<'_>,
    item: ItemRef,
    status: Status,
) -> Beside {
    evaluator.clear_reads();
    let found = evaluator.item(item);
    if status == Status::Due
        && matches!(&found, ItemKnown::Funding { amount: Some(amount), .. } if !amount.is_single())
    {
        engine.note_too_long(evaluator);
    }
    let known = match found {
        ItemKnown::Funding { amount, .. } if matches!(status, Status::Due | Status::Undetermined) => amount,
        ItemKnown::Obligation { deadline, .. } if status != Status::NotApplicable => {
            Some(Known::Date(deadline))
        }
        ItemKnown::Criterion { .. }
        | ItemKnown::Objective { .. }
        | ItemKnown::Mission { .. }
        | ItemKnown::Decision { .. }
        | ItemKnown::Funding { .. }
        | ItemKnown::Obligation { .. } => None,
    };
    let Some(known) = known else { return Beside::default() };
    let narrower = |evaluator: &Evaluator<'_>| {
        let Evaluator { policy, world, learnt, .. } = *evaluator;
        range_of(policy, engine.tried(), world, learnt, item, &mut tries_over(policy, world))
    };
    let range = if known.is_single() { None } else { narrower(evaluator) };
    Beside::of(range.unwrap_or(Range { known, wide: false }))
}
