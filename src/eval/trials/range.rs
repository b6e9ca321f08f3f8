//! Trials of an amount or a time limit: what the rule gives over all that is missing, as narrow as a
//! bounded search finds it.
//!
//! The missing facts that a value reads are split, part by part, until what each part gives was found
//! to be given by some completion: from then on nothing can be narrower. A part that is given up is
//! counted as wide as intervals know it, so the whole holds every completion whenever the search ends.

use std::collections::VecDeque;

use super::reaches::Reaches;
use super::split::{Split, split, step_of, type_of};
use super::tried::{Asked, Tried};
use crate::decision::MissingPlace;
use crate::eval::effort;
use crate::eval::interpret::coherence::{Learnt, learn};
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::interpret::items::ItemKnown;
use crate::eval::world::rows::Rows;
use crate::eval::world::{ListState, World};
use crate::known::{DateRange, End, Interval, Known, OptionSet, TextSet, Truth};
use crate::limits;
use crate::number::Ratio;
use crate::policy::{ExprId, ItemRef, ListId, Policy};
use crate::time::Date;

/// Up to so many missing facts, all choices of their ends are tried; past it, all low and all high.
const CORNERED: usize = 3;
/// Up to so many elements are supposed of a list that is absent.
const ELEMENTS: usize = 8;

/// What an amount or a time limit may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::eval) struct Range {
    /// It holds what every completion gives.
    pub known: Known,
    /// Whether the search ended before it was found to be no wider than that.
    pub wide: bool,
}

/// The amount of a financing, or the time limit of an obligation.
pub(in crate::eval) fn amount_or_date(policy: &Policy, item: ItemRef) -> Option<ExprId> {
    match item {
        ItemRef::Funding(id) => Some(policy.fundings[id.index()].amount),
        ItemRef::Obligation(id) => Some(policy.obligations[id.index()].deadline),
        ItemRef::Criterion(_) | ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => None,
    }
}

/// How often a value may be worked out in a world: where lists are long, less often.
pub(in crate::eval) fn tries_over(policy: &Policy, world: &World) -> usize {
    let cells = |list: &ListState| match list {
        ListState::Rows(rows) => rows.cells().count(),
        ListState::Absent => 0,
    };
    let cells = world.lists.iter().map(cells).sum::<usize>() + world.pairs(policy);
    (limits::TRIAL_CELLS / cells.max(1)).clamp(1, limits::RANGE_TRIALS)
}

/// What an item's amount or time limit may be in a world, found within so many tries, of which those
/// that are left are told; `None` where no completion has one, as far as intervals know. What was tried before in the
/// same decision counts as one more try, and is not worked out again.
pub(in crate::eval) fn range_of(
    policy: &Policy,
    tried: &Tried,
    world: &World,
    learnt: &Learnt,
    item: ItemRef,
    tries: &mut usize,
) -> Option<Range> {
    let expr = amount_or_date(policy, item)?;
    let mut world = world.clone();
    let learnt = relearnt(policy, &mut world, learnt)?;
    let asked = Asked { item, learnt: tried.rank_of(&learnt), relearns: false };
    let mut search = Search { policy, tried, learnt, asked, expr, tries: *tries, attained: None };
    let first = search.part(world);
    let range = first.map(|first| {
        let reaches = Reaches::of(policy);
        search.asked.relearns = first.reads.iter().any(|place| reaches.rules_read(place.declared()));
        search.whole(first)
    });
    *tries = search.tries;
    range
}

/// What the coherence rules teach in a world, with what is known of the items over more completions.
fn relearnt(policy: &Policy, world: &mut World, over_more: &Learnt) -> Option<Learnt> {
    let mut learnt = learn(policy, world).ok()?;
    for item in policy.items() {
        if let Some(truth) = over_more.item(item) {
            learnt.settle_item(item, truth);
        }
    }
    Some(learnt)
}

struct Search<'a> {
    policy: &'a Policy,
    tried: &'a Tried,
    /// What is known over all completions.
    learnt: Learnt,
    asked: Asked,
    expr: ExprId,
    tries: usize,
    /// From the least that a completion was found to give to the greatest.
    attained: Option<Known>,
}

/// A part of the completions, and what the value is in it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    world: World,
    known: Known,
    /// The missing places that it still rests on.
    reads: Vec<MissingPlace>,
    /// Whether it only tries what a list that is absent may be, and is counted where it is.
    trial: bool,
}

impl Part {
    fn rests_on_a_list(&self) -> bool {
        self.reads.iter().any(|place| matches!(place, MissingPlace::List(_)))
    }
}

impl Search<'_> {
    fn whole(&mut self, first: Part) -> Range {
        let all = first.known.clone();
        let (mut left, mut of_lists, mut tight): (Option<Known>, Option<Known>, Option<Known>) =
            (None, None, None);
        let mut wide = false;
        let mut queue = VecDeque::from([first]);
        while let Some(part) = queue.pop_front() {
            if part.reads.is_empty() {
                self.attained = joined(self.attained.take(), &part.known);
                continue;
            }
            if self.is_attained(&part.known) {
                continue;
            }
            if self.tries == 0 || !self.is_tight(&part) {
                if let Some(parts) = self.split(&part) {
                    queue.extend(parts);
                    continue;
                }
                if part.rests_on_a_list() {
                    // Nothing more can be supposed of it, but that it has so many elements.
                    if !part.trial && self.tries > 0 {
                        queue.extend(self.with_short_lists(&part));
                    }
                    of_lists = joined(of_lists, &part.known);
                } else {
                    wide |= !part.trial;
                }
            } else {
                tight = joined(tight, &part.known);
            }
            left = joined(left, &part.known);
        }
        let found = self.attained.iter().fold(tight, joined);
        wide |= of_lists.is_some_and(|all| found.is_none_or(|found| !reaches_ends(&found, &all)));
        let found = match (self.attained.take(), left) {
            (Some(attained), left) => joined(left, &attained),
            (None, left) => left,
        };
        let known = found.and_then(|found| found.intersect(&all)).unwrap_or(all);
        Range { known, wide }
    }

    /// What the value is in a world; nothing where some coherence rule cannot hold in it, or the item
    /// has none there.
    fn part(&mut self, world: World) -> Option<Part> {
        self.tries = if effort::is_ended() { 0 } else { self.tries.saturating_sub(1) };
        self.tried.part(self.asked, world, |world| self.worked_out(world))
    }

    fn worked_out(&self, mut world: World) -> Option<Part> {
        let (policy, Asked { item, relearns, .. }, expr) = (self.policy, self.asked, self.expr);
        let again = match relearns {
            true => Some(relearnt(policy, &mut world, &self.learnt)?),
            false => None,
        };
        let mut evaluator = Evaluator::new(policy, &world, again.as_ref().unwrap_or(&self.learnt));
        evaluator.apart = Some(&self.tried.apart);
        let known = beside(evaluator.item(item))?;
        evaluator.renew();
        evaluator.clear_reads();
        let open = !known.is_single() && !evaluator.value(expr).is_single();
        let reads = if open { evaluator.reads().iter().collect() } else { Vec::new() };
        Some(Part { world, known, reads, trial: false })
    }

    /// A part with every absent list that it rests on as short as it may be, or a little longer, nothing being known of
    /// its elements.
    fn with_short_lists(&mut self, part: &Part) -> Vec<Part> {
        let policy = self.policy;
        let lists = part.reads.iter().filter_map(|place| match place {
            MissingPlace::List(list) => Some(*list),
            MissingPlace::Fact(_) | MissingPlace::Cell { .. } => None,
        });
        let lists: Vec<ListId> = lists.collect();
        let with = |len: usize| {
            let mut world = part.world.clone();
            for list in &lists {
                let fields = policy.lists[list.index()].fields.iter();
                let cells = fields.map(|field| policy.fields[field.index()].ask.domain.clone());
                let row: Vec<Known> = cells.collect();
                let cells = row.iter().cycle().take(len * row.len()).cloned();
                world.lists[list.index()] = ListState::Rows(Rows::new(policy, *list, len, cells));
            }
            world
        };
        let mut tried = Vec::new();
        for len in 0..=ELEMENTS {
            if tried.len() == 2 || self.tries == 0 {
                break;
            }
            tried.extend(self.part(with(len)).map(|part| Part { trial: true, ..part }));
        }
        tried
    }

    fn is_attained(&self, known: &Known) -> bool {
        self.attained.as_ref().is_some_and(|attained| known.is_subset(attained))
    }

    /// Whether completions at the ends of a part were found to give all that intervals say of it.
    fn is_tight(&mut self, part: &Part) -> bool {
        if part.rests_on_a_list() {
            return false;
        }
        let policy = self.policy;
        let mut within = part.world.clone();
        let mut ends: Vec<(MissingPlace, [Known; 2])> = Vec::new();
        for place in &part.reads {
            let Some(known) = part.world.at(policy, *place) else { return false };
            let Some(closed) = closed(policy, *place, known) else { return false };
            let Some(both) = both_ends(&closed) else { return false };
            within.suppose(policy, *place, closed);
            ends.push((*place, both));
        }
        let choices: Vec<usize> = match ends.len() {
            count if count <= CORNERED => (0..1 << count).collect(),
            _ => vec![0, usize::MAX],
        };
        for choice in choices {
            if self.tries == 0 {
                return false;
            }
            let mut world = part.world.clone();
            for (rank, (place, both)) in ends.iter().enumerate() {
                let high = choice.checked_shr(u32::try_from(rank).unwrap_or(u32::MAX)).unwrap_or(choice) & 1;
                let [least, most] = both;
                world.suppose(policy, *place, if high == 1 { most.clone() } else { least.clone() });
            }
            if let Some(corner) = self.part(world).filter(|corner| corner.reads.is_empty()) {
                self.attained = joined(self.attained.take(), &corner.known);
            }
        }
        self.part(within).is_some_and(|within| self.is_attained(&within.known))
    }

    /// The parts of a part, where it can be split within the tries that are left.
    fn split(&mut self, part: &Part) -> Option<Vec<Part>> {
        let policy = self.policy;
        if self.tries == 0 {
            return None;
        }
        let mut order: Vec<MissingPlace> = part.reads.clone();
        order.sort_by_key(|place| match part.world.at(policy, *place) {
            Some(Known::Truth(_)) => 0,
            Some(Known::Choice(_)) => 1,
            Some(Known::Text(_)) => 2,
            Some(Known::Number(_) | Known::Date(_)) => 3,
            None => 4,
        });
        for halve in [false, true] {
            for place in &order {
                if halve && part.world.at(policy, *place).is_none_or(has_no_end) {
                    continue;
                }
                let Split::Parts(cells) = split(policy, &part.world, *place, halve) else { continue };
                if cells.len() > self.tries {
                    self.tries = 0;
                    return None;
                }
                let supposed = cells.into_iter().filter_map(|cell| {
                    let mut world = part.world.clone();
                    world.suppose(policy, *place, cell);
                    Some(Part { trial: part.trial, ..self.part(world)? })
                });
                return Some(supposed.collect());
            }
        }
        None
    }
}

/// Whether what completions were found to give goes to each end of all that a value may be.
fn reaches_ends(found: &Known, all: &Known) -> bool {
    match (found, all) {
        (Known::Number(found), Known::Number(all)) => {
            (all.low == End::Infinite || all.low == found.low)
                && (all.high == End::Infinite || all.high == found.high)
        }
        (Known::Date(found), Known::Date(all)) => {
            all.from.is_none_or(|from| found.from == Some(from))
                && all.to.is_none_or(|to| found.to == Some(to))
        }
        (found, all) => all.is_subset(found),
    }
}

/// What an item says beside its status, where it may say it at all.
fn beside(known: ItemKnown) -> Option<Known> {
    match known {
        ItemKnown::Funding { amount, .. } => amount,
        ItemKnown::Obligation { applies, deadline, .. } => applies.may_hold.then_some(Known::Date(deadline)),
        ItemKnown::Criterion { .. }
        | ItemKnown::Objective { .. }
        | ItemKnown::Mission { .. }
        | ItemKnown::Decision { .. } => None,
    }
}

/// Whether a number goes on for ever on some side.
fn has_no_end(known: &Known) -> bool {
    matches!(known, Known::Number(numbers) if numbers.low == End::Infinite || numbers.high == End::Infinite)
}

/// From the least of both to the greatest; two whole numbers stand for all between them.
fn joined(all: Option<Known>, more: &Known) -> Option<Known> {
    Some(match all.map_or_else(|| more.clone(), |all| all.union(more)) {
        Known::Number(hull) => Known::Number(Interval { whole: false, ..hull }),
        hull @ (Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_)) => hull,
    })
}

/// Most of what is known of a place, between two values that a dossier can write: as good as all of it
/// to tell whether a value comes near the ends that intervals give it.
fn closed(policy: &Policy, place: MissingPlace, known: &Known) -> Option<Known> {
    match known {
        Known::Number(interval) => closed_numbers(policy, place, interval).map(Known::Number),
        Known::Date(range) => {
            let from = range.from.or(Date::new(1900, 1, 1).filter(|day| range.to.is_none_or(|to| *day < to)));
            let to = range.to.or(Date::new(2199, 12, 31).filter(|day| from.is_none_or(|from| from < *day)));
            let range = DateRange { from: from.or(range.to), to: to.or(range.from) };
            Some(Known::Date(range))
        }
        Known::Truth(_) | Known::Choice(_) => Some(known.clone()),
        Known::Text(TextSet::OneOf(_)) => Some(known.clone()),
        Known::Text(TextSet::AnyBut(_)) => None,
    }
}

fn closed_numbers(policy: &Policy, place: MissingPlace, interval: &Interval) -> Option<Interval> {
    let far = Ratio::from(1_000_000_000_000);
    let step =
        step_of(type_of(policy, place)).or_else(|| match (interval.low.value(), interval.high.value()) {
            (Some(low), Some(high)) => high.sub(low).div(&Ratio::from(1_000)),
            _ => Ratio::new(1, 1_000),
        })?;
    let end = |end: &End, outwards: &Ratio, beyond: Option<&Ratio>| match end {
        End::Included(value) => value.clone(),
        End::Excluded(value) => value.sub(outwards),
        End::Infinite => {
            let far = far.mul(&Ratio::from(i64::from(outwards.signum())));
            beyond.map_or_else(|| far.clone(), |beyond| beyond.add(&far))
        }
    };
    let low = end(&interval.low, &step.neg(), interval.high.value());
    let high = end(&interval.high, &step, interval.low.value());
    Interval::new(End::Included(low), End::Included(high), interval.whole)
}

/// The first and the last of what is known of a place.
fn both_ends(known: &Known) -> Option<[Known; 2]> {
    match known {
        Known::Number(interval) => {
            let end = |end: &End| end.value().map(|value| Known::Number(Interval::point(value.clone())));
            Some([end(&interval.low)?, end(&interval.high)?])
        }
        Known::Date(range) => {
            Some([Known::Date(DateRange::day(range.from?)), Known::Date(DateRange::day(range.to?))])
        }
        Known::Truth(truth) => {
            let no = if truth.may_fail { Truth::NO } else { Truth::YES };
            let yes = if truth.may_hold { Truth::YES } else { Truth::NO };
            Some([Known::Truth(no), Known::Truth(yes)])
        }
        Known::Choice(set) => {
            let mut options = set.iter();
            let first = options.next()?;
            let last = options.last().unwrap_or(first);
            Some([first, last].map(|option| Known::Choice(OptionSet::only(option))))
        }
        Known::Text(TextSet::OneOf(texts)) => {
            let one = |text: &crate::value::Text| Known::Text(TextSet::OneOf(vec![text.clone()]));
            Some([one(texts.first()?), one(texts.last()?)])
        }
        Known::Text(TextSet::AnyBut(_)) => None,
    }
}
