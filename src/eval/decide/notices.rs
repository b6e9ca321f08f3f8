//! What the reader of a decision should know beside it: judgements, and what weakens the result.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::assembly::Request;
use super::engine::Engine;
use super::near::Compared;
use crate::decision::{Judgement, MissingPlace, Outcome, Warning};
use crate::dossier::{Answer, Dossier, Given, Origin};
use crate::eval::interpret::cases::unknown_after;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::rank::Ranking;
use crate::eval::world::World;
use crate::known::Known;
use crate::policy::{
    Declared, ExprId, ExprKind, FieldId, ItemRef, ListId, Parameter, ParameterId, Policy, Reach, Type,
};
use crate::syntax::tree::{ElapsedUnit, Frequency};
use crate::time::{Date, MissingDay};

/// What is the same for all decisions of a policy.
#[derive(Debug)]
pub(in crate::eval) struct Standing {
    /// Facts and fields that a person judges, in order of declaration.
    judged: Vec<Declared>,
    /// What the dossier may give and nothing reads, in order of declaration.
    unread: Vec<Declared>,
    /// Items that rest on documents that do not bind.
    not_binding: Vec<ItemRef>,
    /// Which texts are compared.
    compared: Compared,
    /// Parameters that are taken at the date of examination.
    taken: BTreeSet<ParameterId>,
    /// What elements are ranked by, once a list and shape.
    ranked: Vec<Ranking>,
    /// Months that are counted from a date of no element, where the policy does not say which day stands for one
    /// that a month does not have.
    counted: Vec<ExprId>,
}

impl Standing {
    /// Works it out.
    pub fn of(policy: &Policy) -> Standing {
        let mut reach = Reach::of_policy(policy);
        let version = &policy.version;
        for expr in version.chosen_at.into_iter().chain(version.scopes.iter().map(|(_, scope)| *scope)) {
            reach.add_expr(policy, expr);
        }
        let judged = |declared: &Declared| match declared {
            Declared::Fact(fact) => policy.facts[fact.index()].ask.judge.is_some(),
            Declared::Field(field) => policy.fields[field.index()].ask.judge.is_some(),
            Declared::List(_) => false,
        };
        let unique = |list: ListId| {
            policy.lists[list.index()].fields.iter().any(|field| policy.fields[field.index()].unique)
        };
        let unread = |declared: &Declared| match declared {
            Declared::Fact(_) => !reach.reads(*declared),
            Declared::List(list) => !reach.reads(*declared) && !unique(*list),
            // What tells elements apart is read by the check that no two share it; of a list that
            // nothing reads, the list is named once.
            Declared::Field(id) => {
                let field = &policy.fields[id.index()];
                !reach.reads(*declared) && !field.unique && reach.reads(Declared::List(field.list))
            }
        };
        Standing {
            judged: policy.declared.iter().copied().filter(judged).collect(),
            unread: policy
                .declared
                .iter()
                .copied()
                .filter(|declared| unread(declared) && !version.beside.contains(declared))
                .collect(),
            not_binding: policy.items().filter(|item| rests_on_information(policy, *item)).collect(),
            compared: Compared::of(policy),
            taken: taken(policy),
            ranked: ranked(policy),
            counted: counted(policy),
        }
    }
}

/// Human judgements that the dossier gives, in order of declaration.
pub(super) fn judgements(policy: &Policy, standing: &Standing, dossier: &Dossier) -> Vec<Judgement> {
    let given = standing.judged.iter().flat_map(|declared| match declared {
        Declared::Fact(fact) => vec![(MissingPlace::Fact(*fact), dossier.fact(*fact))],
        Declared::List(_) => Vec::new(),
        Declared::Field(field) => cells(policy, dossier, *field),
    });
    given
        .filter_map(|(place, given)| match &given.answer {
            Answer::Known(value) => {
                let origin = given.origin.as_deref().cloned();
                Some(Judgement { place, value: Known::exactly(value), origin })
            }
            Answer::Missing | Answer::NotYet => None,
        })
        .collect()
}

pub(super) fn cells<'a>(
    policy: &Policy,
    dossier: &'a Dossier,
    id: FieldId,
) -> Vec<(MissingPlace, &'a Given)> {
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

fn signed(origin: Option<&Origin>) -> bool {
    origin.is_some_and(|origin| origin.by.is_some() && origin.reason.is_some())
}

/// The items for which the limit of trials was reached.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// It left them open.
    pub open: Vec<ItemRef>,
    /// It left their amounts or time limits wider, perhaps, than they are.
    pub wide: Vec<ItemRef>,
}

/// What weakens a decision. `judgements` are those of [`judgements`]; `said` is what the dossier says, where it was
/// worked out already.
#[allow(clippy::too_many_arguments)]
pub(super) fn warnings(
    policy: &Policy,
    standing: &Standing,
    dossier: &Dossier,
    request: &Request,
    judgements: &[Judgement],
    outcome: Outcome,
    limits: Limits,
    said: Option<&World>,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for judgement in judgements {
        if !signed(judgement.origin.as_ref()) {
            warnings.push(Warning::JudgementUnsigned(judgement.place));
        }
    }
    for (rank, retained) in dossier.readings.iter().enumerate() {
        let reading = crate::policy::ReadingId(u32::try_from(rank).unwrap_or(u32::MAX));
        let by_command = request.readings.iter().any(|(own, _)| *own == reading);
        if policy.readings[rank].retained.is_some() {
            continue;
        }
        let unsigned = match retained {
            Some(retained) => !signed(retained.origin.as_deref()),
            None => by_command,
        };
        if unsigned {
            warnings.push(Warning::ReadingUnsigned(reading));
        }
    }
    if !standing.not_binding.is_empty() {
        warnings.push(Warning::NotBinding(standing.not_binding.clone()));
    }
    if outcome == Outcome::Unfavourable {
        warnings.push(Warning::ReasonsRequired);
    }
    if !limits.open.is_empty() {
        warnings.push(Warning::TrialLimit(limits.open));
    }
    if !limits.wide.is_empty() {
        warnings.push(Warning::WideRange(limits.wide));
    }
    warnings.extend(standing.compared.warnings(policy, dossier));
    let old = |parameter: &ParameterId| {
        let since = standing_since(&policy.parameters[parameter.index()], request.examined_on)?;
        Some(Warning::OldValue(*parameter, since))
    };
    warnings.extend(standing.taken.iter().filter_map(old));
    let own = OnceCell::new();
    let said = || said.unwrap_or_else(|| own.get_or_init(|| World::of(policy, dossier, request.examined_on)));
    warnings.extend(unknown(policy, request.examined_on, &said));
    warnings.extend(tied(policy, standing, &said));
    warnings.extend(missed(policy, standing, &said));
    warnings.extend(unread(policy, standing, dossier));
    warnings
}

fn taken(policy: &Policy) -> BTreeSet<ParameterId> {
    let taken = policy.exprs.iter().filter_map(|expr| match expr.kind {
        ExprKind::Parameter { parameter, at: None } => Some(parameter),
        _ => None,
    });
    taken.collect()
}

fn ranked(policy: &Policy) -> Vec<Ranking> {
    let shape = |expr: ExprId| policy.exprs.get(expr).shape;
    let mut ranked: Vec<Ranking> = Vec::new();
    for expr in policy.exprs.iter() {
        if let ExprKind::Rank { list, by, filter, in_order: false } = expr.kind
            && !ranked
                .iter()
                .any(|own| shape(own.by) == shape(by) && own.filter.map(shape) == filter.map(shape))
        {
            ranked.push(Ranking { list, by, filter });
        }
    }
    ranked
}

/// The first day of the last value of a parameter, where it has stood on this day longer than each before, or than
/// the text that revises it says.
fn standing_since(parameter: &Parameter, on: Date) -> Option<Date> {
    let starts: Vec<Date> = parameter.periods.iter().filter_map(|period| period.from).collect();
    let last =
        starts.last().copied().filter(|_| parameter.periods.last().is_some_and(|p| p.until.is_none()))?;
    let months = match parameter.revised {
        Some(Frequency::Monthly) => 1,
        Some(Frequency::Quarterly) => 3,
        Some(Frequency::Yearly) => 12,
        Some(Frequency::Once | Frequency::PerEvent) | None => {
            let lengths =
                starts.iter().zip(starts.iter().skip(1)).map(|(start, next)| next.days() - start.days());
            let longest = lengths.max()?;
            return (on.days() - last.days() > longest).then_some(last);
        }
    };
    last.plus_months(months).is_some_and(|next| on >= next).then_some(last)
}

/// Parameters that are taken past the last day of their last value.
fn unknown<'w>(policy: &Policy, examined_on: Date, said: &dyn Fn() -> &'w World) -> Vec<Warning> {
    let mut read: Vec<(ParameterId, Option<ExprId>, Date)> = Vec::new();
    for expr in policy.exprs.iter() {
        if let ExprKind::Parameter { parameter, at } = expr.kind
            && let Some(last) = unknown_after(&policy.parameters[parameter.index()])
        {
            read.push((parameter, at, last));
        }
    }
    if read.is_empty() {
        return Vec::new();
    }
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, said(), &learnt);
    let mut past = |at: Option<ExprId>, last: Date| {
        let Some(at) = at else { return examined_on > last };
        evaluator.in_each(at, |inner| match inner.value(at) {
            Known::Date(dates) => dates.from.is_some_and(|from| from > last).then_some(()),
            _ => None,
        }) == Some(())
    };
    let mut told: BTreeSet<ParameterId> = BTreeSet::new();
    let mut warnings = Vec::new();
    for (parameter, at, last) in read {
        if !told.contains(&parameter) && past(at, last) {
            told.insert(parameter);
            warnings.push(Warning::UnknownValue(parameter, last.plus_days(1).unwrap_or(last)));
        }
    }
    warnings
}

/// Elements that have the same rank: one warning for each order.
fn tied<'w>(policy: &Policy, standing: &Standing, said: &dyn Fn() -> &'w World) -> Vec<Warning> {
    if standing.ranked.is_empty() {
        return Vec::new();
    }
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, said(), &learnt);
    let tie = |ranking: &Ranking| {
        let rows = evaluator.tied(*ranking)?;
        Some(Warning::Tied { list: ranking.list, by: ranking.by, rows })
    };
    standing.ranked.iter().filter_map(tie).collect()
}

fn counted(policy: &Policy) -> Vec<ExprId> {
    let months = |expr: &ExprId| match policy.exprs.get(*expr).kind {
        ExprKind::Shift { by, .. } | ExprKind::Within { duration: by, .. } => {
            policy.exprs.get(by).ty == Type::Months
        }
        ExprKind::Elapsed { unit, .. } => {
            matches!(unit, ElapsedUnit::Years(MissingDay::Unsaid) | ElapsedUnit::Months(MissingDay::Unsaid))
        }
        _ => false,
    };
    (0..policy.exprs.len()).filter_map(|id| u32::try_from(id).ok().map(ExprId)).filter(months).collect()
}

/// Months from a date that lead to a day that there is not: one warning for each.
fn missed<'w>(policy: &Policy, standing: &Standing, said: &dyn Fn() -> &'w World) -> Vec<Warning> {
    if standing.counted.is_empty() {
        return Vec::new();
    }
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, said(), &learnt);
    let missed = |at: &ExprId| evaluator.in_each(*at, |inner| missed_at(policy, inner, *at));
    standing.counted.iter().filter_map(missed).collect()
}

fn missed_at(policy: &Policy, evaluator: &mut Evaluator<'_>, at: ExprId) -> Option<Warning> {
    let mut date = |expr: ExprId| match evaluator.value(expr) {
        Known::Date(dates) => dates.value(),
        _ => None,
    };
    let (from, taken) = match policy.exprs.get(at).kind {
        ExprKind::Shift { date: from, then_days, .. } => {
            let (from, taken) = (date(from)?, date(at)?.plus_days(-then_days)?);
            (from, (taken.day() != from.day()).then_some(taken)?)
        }
        // Its last day counts as the one that it does not have: an age is reached on it.
        ExprKind::Elapsed { from, to, unit } => {
            let (from, to) = (date(from)?, date(to)?);
            let other = match unit {
                ElapsedUnit::Years(_) => ElapsedUnit::Years(MissingDay::Next),
                ElapsedUnit::Months(_) | ElapsedUnit::Days => ElapsedUnit::Months(MissingDay::Next),
            };
            (from, (unit.between(from, to) != other.between(from, to)).then_some(to)?)
        }
        // The first of the next month would be within: the date is that very day.
        ExprKind::Within { date: within, duration, origin } => {
            let (within, from) = (date(within)?, date(origin)?);
            let Known::Number(months) = evaluator.value(duration) else { return None };
            let taken = from.plus_months(months.value()?.to_i64()?)?;
            let decides = taken.day() != from.day() && taken.plus_days(1) == Some(within);
            (from, decides.then_some(taken)?)
        }
        _ => return None,
    };
    Some(Warning::MissingDay { at, from, taken })
}

/// The items that the limit of trials left open.
pub(in crate::eval) fn limited(engine: &mut Engine<'_>, policy: &Policy) -> Vec<ItemRef> {
    let mut limited = Vec::new();
    for item in policy.items() {
        for combination in engine.combinations(item) {
            let resolved = engine.resolve(item, &combination);
            if resolved.limited
                && !crate::eval::trials::formula::closed(resolved.statuses)
                && !limited.contains(&item)
            {
                limited.push(item);
            }
        }
    }
    limited
}

/// Whether all that an item cites are documents that do not bind.
fn rests_on_information(policy: &Policy, item: ItemRef) -> bool {
    let citations = &policy.head(item).citations;
    !citations.is_empty() && citations.iter().all(|citation| !policy.sources[citation.source.index()].binding)
}

/// Facts that are given and that nothing reads.
fn unread(policy: &Policy, standing: &Standing, dossier: &Dossier) -> Vec<Warning> {
    let given = |declared: &&Declared| match declared {
        Declared::Fact(id) => dossier.fact(*id).answer != Answer::Missing,
        Declared::List(id) => dossier.list(*id).is_some(),
        Declared::Field(id) => {
            cells(policy, dossier, *id).iter().any(|(_, given)| given.answer != Answer::Missing)
        }
    };
    let label = |declared: &Declared| match declared {
        Declared::Fact(id) => policy.facts[id.index()].label.clone(),
        Declared::List(id) => policy.lists[id.index()].label.clone(),
        Declared::Field(id) => {
            let field = &policy.fields[id.index()];
            format!("{} ({})", field.label, policy.lists[field.list.index()].label).into()
        }
    };
    standing.unread.iter().filter(given).map(|declared| Warning::Unread(label(declared))).collect()
}
