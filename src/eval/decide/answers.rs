//! What each answer to what is missing would give: the outcome, amounts and time limits.

use std::collections::{BTreeMap, BTreeSet};

use super::assembly::Beside;
use super::engine::Engine;
use super::overall::{hull, outcome_of, overall};
use super::unasked::Unasked;
use crate::decision::{Answered, Given, MissingPlace, ReadingCase, Status};
use crate::eval::bounds::cuts::turns;
use crate::eval::effort;
use crate::eval::trials::explore::options;
use crate::eval::trials::range::{range_of, tries_over};
use crate::known::{DateRange, End, Interval, Known};
use crate::limits;
use crate::policy::{ItemRef, Policy};
use crate::value::Value;

/// Works out what answers would give, within a number of trials of amounts and time limits.
pub(super) struct Answers<'e, 'a> {
    pub engine: &'e mut Engine<'a>,
    pub policy: &'e Policy,
    /// What the items come to under each combination of the readings that they depend on.
    pub cases: &'e BTreeMap<ItemRef, Vec<ReadingCase>>,
    /// Which answers the dossier would be sent back for.
    pub unasked: Unasked<'e>,
    /// How many trials are left.
    pub tries: usize,
    /// The items of which an answer gives a range that may be wider than need be.
    pub wide: BTreeSet<ItemRef>,
}

impl Answers<'_, '_> {
    /// What each value or range of a missing place gives, the others left missing; empty where the
    /// trials leave the outcome open because of that very place. `moves` are those of the items that it
    /// affects whose amount or time limit rests on it.
    pub fn of(
        &mut self,
        place: MissingPlace,
        decisive: bool,
        affects: &[ItemRef],
        moves: &[ItemRef],
    ) -> Vec<Answered> {
        let paid: Vec<ItemRef> = if decisive {
            moves.to_vec()
        } else {
            let beside = |item: &&ItemRef| matches!(item, ItemRef::Funding(_) | ItemRef::Obligation(_));
            affects.iter().filter(beside).copied().collect()
        };
        if !decisive && paid.is_empty() || effort::is_ended() {
            return Vec::new();
        }
        let Some(cells) = self.cells(place, &paid) else { return Vec::new() };
        let mut answered = self.outcomes(place, cells);
        let (unasked, world) = (&self.unasked, self.engine.world);
        answered.retain(|one| !unasked.after(world, place, &one.value));
        if answered.len() <= limits::ANSWER_CELLS {
            for one in &mut answered {
                let given = |item: &ItemRef| self.given(place, &one.value, *item, moves.contains(item));
                one.gives = paid.iter().filter_map(given).collect();
            }
            // Where the trials ended halfway, nothing is told of some answers alone.
            if answered.iter().any(|one| one.gives.len() < paid.len()) {
                answered.iter_mut().for_each(|one| one.gives.clear());
            }
        }
        if decisive {
            keep_what_differs(&mut answered);
        } else if answered.iter().all(|one| one.gives.is_empty()) {
            return Vec::new();
        }
        let mut told: Vec<Answered> = Vec::new();
        for one in answered {
            match told.last_mut() {
                Some(before)
                    if is_range(&one.value) && before.outcome == one.outcome && before.gives == one.gives =>
                {
                    before.value = before.value.union(&one.value);
                }
                // Where a comparison turns, one value alone is a part: what is said beside it may hold of it too.
                Some(before) if is_range(&one.value) && says_all_of(before, &one) => {
                    before.value = before.value.union(&one.value);
                }
                Some(before) if is_range(&one.value) && says_all_of(&one, before) => {
                    *before = Answered { value: before.value.union(&one.value), ..one };
                }
                _ => told.push(one),
            }
        }
        told
    }

    /// The parts of a place's domain of which something of its own may be said.
    fn cells(&mut self, place: MissingPlace, paid: &[ItemRef]) -> Option<Vec<Known>> {
        let policy = self.policy;
        let domain = self.engine.world.at(policy, place).cloned()?;
        let mut cells = match &domain {
            Known::Truth(_) => [true, false].map(|truth| Known::exactly(&Value::Truth(truth))).to_vec(),
            Known::Choice(set) => options(*set).into_iter().map(Known::Choice).collect(),
            Known::Number(_) | Known::Date(_) | Known::Text(_) => vec![domain.clone()],
        };
        let mut parts: Vec<Known> = Vec::new();
        for combination in &self.engine.combinations(ItemRef::Decision) {
            let resolved = self.engine.resolve(ItemRef::Decision, combination);
            if resolved.left_open_by(place) {
                return None;
            }
            parts.extend(resolved.parts(policy, place));
        }
        if !paid.is_empty() {
            let turning = policy.comparisons_of(place.declared(), paid);
            let points = turns(policy, self.engine.world, place, &turning);
            if points.len() <= limits::ANSWER_CELLS {
                parts.extend(points.iter().map(Known::exactly));
            }
        }
        for part in parts {
            cells = cells.iter().flat_map(|cell| cut(cell, &part)).collect();
        }
        Some(cells)
    }

    /// The outcome in each part that is possible.
    fn outcomes(&mut self, place: MissingPlace, cells: Vec<Known>) -> Vec<Answered> {
        let combinations = self.engine.combinations(ItemRef::Decision);
        let mut found = Vec::new();
        for value in cells {
            let statuses: Vec<Status> = combinations
                .iter()
                .filter_map(|combination| {
                    let resolved = self.engine.resolve(ItemRef::Decision, combination);
                    resolved.statuses_where(self.policy, place, &value).map(|set| set.settled())
                })
                .collect();
            if statuses.len() == combinations.len() {
                let outcome = outcome_of(statuses.into_iter());
                found.push(Answered { value, outcome, gives: Vec::new() });
            }
        }
        found
    }

    /// What an answer makes of a financing or an obligation; `None` once the trials are used up.
    fn given(&mut self, place: MissingPlace, value: &Known, item: ItemRef, moves: bool) -> Option<Given> {
        let policy = self.policy;
        let (mut statuses, mut beside) = (Vec::new(), Vec::new());
        for (rank, combination) in self.engine.combinations(item).into_iter().enumerate() {
            let resolved = self.engine.resolve(item, &combination);
            let set = resolved.statuses_where(policy, place, value).unwrap_or(resolved.statuses);
            let status = set.settled();
            statuses.push(status);
            let says_more = match item {
                ItemRef::Funding(_) => matches!(status, Status::Due | Status::Undetermined),
                _ => status != Status::NotApplicable,
            };
            if !says_more {
                continue;
            }
            if !moves {
                // It changes no more than the status.
                let case = self.cases.get(&item).and_then(|cases| cases.get(rank));
                beside.extend(case.map(|case| Beside { value: case.value.clone(), wide: false }));
                continue;
            }
            let mut world = self.engine.world_under(&combination).clone();
            world.suppose(policy, place, value.clone());
            let most = tries_over(self.policy, &world).min(self.tries);
            if most == 0 {
                return None;
            }
            let mut left = most;
            let learnt = self.engine.learnt_under(&combination);
            let range = range_of(policy, self.engine.tried(), &world, &learnt, item, &mut left);
            self.tries -= most - left;
            if range.as_ref().is_some_and(|range| range.wide) {
                self.wide.insert(item);
            }
            beside.extend(range.map(Beside::of));
        }
        Some(Given {
            item,
            status: overall(item, statuses.iter().copied()),
            value: hull(beside.into_iter().filter_map(|beside| beside.value)),
        })
    }
}

/// Beside the outcome, what an answer makes of an amount or a time limit is told where answers differ
/// in it: that a refusal leaves nothing to pay goes without saying.
fn keep_what_differs(answered: &mut [Answered]) {
    let items: Vec<ItemRef> =
        answered.first().map(|one| one.gives.iter().map(|given| given.item).collect()).unwrap_or_default();
    for item in items {
        let said = |one: &Answered| -> Option<Known> {
            one.gives.iter().find(|given| given.item == item)?.value.clone()
        };
        let mut told = answered.iter().filter_map(said);
        let first = told.next();
        if told.all(|other| Some(other) == first) {
            answered.iter_mut().for_each(|one| one.gives.retain(|given| given.item != item));
        }
    }
}

/// Whether what a range gives holds of one value beside it.
fn says_all_of(range: &Answered, one: &Answered) -> bool {
    let within = |given: &Given| {
        let more = range.gives.iter().find(|more| more.item == given.item && more.status == given.status);
        more.is_some_and(|more| match (&given.value, &more.value) {
            (Some(value), Some(all)) => value.is_subset(all),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        })
    };
    one.value.is_single()
        && !range.value.is_single()
        && one.outcome == range.outcome
        && one.gives.len() == range.gives.len()
        && one.gives.iter().all(within)
}

/// Ranges that give the same are told as one; values of a choice one by one.
fn is_range(known: &Known) -> bool {
    matches!(known, Known::Number(_) | Known::Date(_))
}

/// A cell cut by a part: what is below it, within it, above it.
pub(in crate::eval) fn cut(cell: &Known, part: &Known) -> Vec<Known> {
    let Some(within) = cell.intersect(part) else { return vec![cell.clone()] };
    let (below, above) = match part {
        Known::Number(part) => {
            let turned = |end: &End| match end {
                End::Infinite => None,
                End::Included(value) => Some(End::Excluded(value.clone())),
                End::Excluded(value) => Some(End::Included(value.clone())),
            };
            // Whether only whole numbers are meant is the cell's to say: one whole number alone is a part of any.
            let side = |low: End, high: End| Known::Number(Interval { low, high, whole: false });
            (
                turned(&part.low).map(|high| side(End::Infinite, high)),
                turned(&part.high).map(|low| side(low, End::Infinite)),
            )
        }
        Known::Date(part) => {
            let side = |from, to| Known::Date(DateRange { from, to });
            (
                part.from.and_then(|from| from.plus_days(-1)).map(|to| side(None, Some(to))),
                part.to.and_then(|to| to.plus_days(1)).map(|from| side(Some(from), None)),
            )
        }
        Known::Text(_) => return text_cells(cell, part),
        Known::Truth(_) | Known::Choice(_) => return vec![cell.clone()],
    };
    let beside = |side: Option<Known>| side.and_then(|side| cell.intersect(&side));
    [beside(below), Some(within), beside(above)].into_iter().flatten().collect()
}

/// A cell of texts cut by one text, or by all but some.
fn text_cells(cell: &Known, part: &Known) -> Vec<Known> {
    use crate::known::TextSet;
    let (Known::Text(TextSet::AnyBut(but)), Known::Text(TextSet::OneOf(texts))) = (cell, part) else {
        return vec![cell.clone()];
    };
    let mut rest = but.clone();
    rest.extend(texts.iter().filter(|text| !but.contains(text)).cloned());
    let ones = texts.iter().filter(|text| !but.contains(text));
    let mut cells: Vec<Known> = ones.map(|text| Known::Text(TextSet::OneOf(vec![text.clone()]))).collect();
    cells.push(Known::Text(TextSet::AnyBut(rest)));
    cells
}
