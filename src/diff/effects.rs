//! What a change does to dossiers: one small witness for each kind of difference, and totals.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::side::{Replayed, Side, Told, grants, speaks};
use super::{Kind, Subject};
use crate::decision::{Outcome, Status};
use crate::eval::plain::Brief;
use crate::eval::possible::{may_stand, nothing_known};
use crate::eval::sides::Side as BoundSide;
use crate::known::{DateRange, Interval};
use crate::number::Ratio;
use crate::parallel;
use crate::policy::Policy;
use crate::probe::{self, Bound, Options, Sketch, Swift, distance, shrink};

/// Where a dossier comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A case of the policy.
    Case,
    /// The folder that was given.
    Folder,
    /// Made to stand at a bound.
    Made,
}

/// A dossier that is tried.
#[derive(Debug, Clone)]
pub struct Tried {
    /// Where it comes from.
    pub origin: Origin,
    /// Its file; nothing where it was made.
    pub name: Arc<str>,
    /// What it says.
    pub sketch: Sketch,
}

/// What an item came to on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// Its status.
    pub status: Status,
    /// What is paid.
    pub amount: Option<Interval>,
    /// Its time limit.
    pub due: Option<DateRange>,
}

/// What differs in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The dossier would be sent back under one text.
    SentBack {
        /// Under the new one, as against the old one.
        after: bool,
    },
    /// The outcome.
    Outcome(Outcome, Outcome),
    /// An item; nothing where a text does not have it.
    Item(Subject, Option<Came>, Option<Came>),
}

/// Kinds of differences: of each one witness is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Sort {
    SentBack(bool),
    Outcome(Outcome, Outcome),
    Status(Kind, Arc<str>, Option<Status>, Option<Status>),
    Amount(Kind, Arc<str>),
    Due(Kind, Arc<str>),
}

/// A dossier that shows differences.
#[derive(Debug)]
pub struct Witness<'p> {
    /// Where it comes from; of one that was made, [`Origin::Made`].
    pub origin: Origin,
    /// The file, or the case that it is nearest to, where there is one.
    pub name: Option<Arc<str>>,
    /// What it says.
    pub sketch: Sketch,
    /// What the case that it is nearest to says.
    pub near: Option<Sketch>,
    /// All that differs in it.
    pub differences: Vec<Difference>,
    /// Of each of them, whether no witness before shows its kind.
    pub first: Vec<bool>,
    /// Answers that only the old text knows, then those that only the new one knows.
    pub only: (Vec<Arc<str>>, Vec<Arc<str>>),
    /// The decision under each text; nothing where it would be sent back.
    pub decisions: (Option<Replayed<'p>>, Option<Replayed<'p>>),
}

/// How many dossiers of one origin, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// Which.
    pub origin: Origin,
    /// How many were decided under both texts.
    pub decided: usize,
    /// How many differ in anything.
    pub differ: usize,
    /// How many are favourable now and were not.
    pub newly_favourable: usize,
    /// How many are unfavourable now and were not.
    pub newly_unfavourable: usize,
    /// How many have another outcome in some other way.
    pub otherwise: usize,
    /// How many would be sent back under the old text, and under the new.
    pub sent_back: (usize, usize),
    /// By financing: how its amount moves.
    pub amounts: IndexMap<Arc<str>, Moved>,
}

/// How an amount moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// In how many dossiers it is more.
    pub up: usize,
    /// In how many it is less.
    pub down: usize,
    /// In how many it is another range.
    pub otherwise: usize,
    /// By how much in all, where it is one amount on both sides.
    pub by: Ratio,
}

/// A bound, and from where it was approached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// The comparison or scale that it is of, as it is written.
    pub text: String,
    /// Its line in the text.
    pub line: u32,
    /// Which bound of those that are written there.
    pub part: u16,
    /// On how many of its three sides some dossier stands.
    pub sides: usize,
    /// On how many of them a dossier may stand.
    pub of: usize,
}

/// What was tried.
#[derive(Debug, Clone, Default)]
pub struct Covered {
    /// Every bound of each side.
    pub bounds: (Vec<Stood>, Vec<Stood>),
    /// How many dossiers were made.
    pub made: usize,
    /// From how many dossiers, by changing one fact at a time.
    pub varied: usize,
    /// From how many more, which show a status that none did before, a limit kept them from being made.
    pub waited: usize,
    /// How many a limit kept from being made.
    pub dropped: usize,
    /// Files that could not be read under either text.
    pub unread: Vec<Arc<str>>,
}

/// What a change does to dossiers.
#[derive(Debug)]
pub struct Effects<'p> {
    /// By origin.
    pub totals: Vec<Totals>,
    /// One for each kind of difference; some show several.
    pub witnesses: Vec<Witness<'p>>,
    /// What was tried.
    pub covered: Covered,
}

/// What a change does to the dossiers given, and to those that stand at the bounds of both texts.
pub fn effects<'p>(before: &Side<'p>, after: &Side<'p>, given: &[Tried], options: &Options) -> Effects<'p> {
    let cases: Vec<&Tried> = given.iter().filter(|tried| tried.origin == Origin::Case).collect();
    let seeds: Vec<Sketch> = cases.iter().map(|case| case.sketch.clone()).collect();
    let swifts: Vec<&Swift<'p>> = before.swifts().chain(after.swifts()).collect();
    let probed = probe::dossiers_by(&swifts, &seeds, options);
    let olds = before.swifts().count();
    let known: Vec<_> = swifts.iter().map(|swift| nothing_known(swift.policy())).collect();
    let bounds = |own: &dyn Fn(usize) -> bool| {
        let mut stood: Vec<Stood> = Vec::new();
        for ((rank, bound), sides) in probed.reached.iter().filter(|((rank, _), _)| own(*rank)) {
            let (Some(swift), Some(known)) = (swifts.get(*rank), known.get(*rank)) else { continue };
            let may = |side: &BoundSide| may_stand(swift.policy(), known, *bound, *side);
            let of =
                [BoundSide::Below, BoundSide::On, BoundSide::Above].iter().filter(|side| may(side)).count();
            let new = Stood::of(swift.policy(), *bound, (sides.len(), of));
            match stood.iter_mut().find(|old| old.text == new.text && old.part == new.part) {
                Some(old) => {
                    old.sides = old.sides.max(new.sides);
                    old.of = old.of.max(new.of);
                }
                None => stood.push(new),
            }
        }
        stood
    };
    let bounds = (bounds(&|rank| rank < olds), bounds(&|rank| rank >= olds));
    let covered = Covered {
        bounds,
        made: probed.probes.len(),
        varied: probed.varied,
        waited: probed.waited,
        dropped: probed.dropped,
        unread: Vec::new(),
    };
    let made = probed.probes.into_iter().map(|probe| Tried {
        origin: Origin::Made,
        name: "".into(),
        sketch: probe.sketch,
    });
    let all: Vec<Tried> = given.iter().cloned().chain(made).collect();
    let mut totals: IndexMap<Origin, Totals> = IndexMap::new();
    let mut found: IndexMap<Sort, (usize, usize, usize)> = IndexMap::new();
    let same = before.is_same_text(after);
    let told = parallel::map(options.workers, &all, |tried| {
        let old = before.told(&tried.sketch);
        // The same words decide the same: they are read once.
        let new = if same { old.clone() } else { after.told(&tried.sketch) };
        (old, new)
    });
    for (rank, (tried, both)) in all.iter().zip(told).enumerate() {
        count(totals.entry(tried.origin).or_insert_with(|| Totals::new(tried.origin)), &both);
        let differences = differences(before, after, &both);
        if let Some(totals) = totals.get_mut(&tried.origin) {
            totals.differ += usize::from(!differences.is_empty());
            totals.add_amounts(&differences);
        }
        if differences.is_empty() {
            continue;
        }
        let away = match tried.origin {
            Origin::Case => 0,
            Origin::Folder => 1,
            Origin::Made => seeds.iter().map(|seed| distance(&tried.sketch, seed)).min().unwrap_or(0) + 1,
        };
        let size = (away, elements(&tried.sketch), rank);
        for sort in differences.iter().flat_map(sorts) {
            let best = found.entry(sort).or_insert(size);
            *best = size.min(*best);
        }
    }
    let mut kinds: Vec<(Sort, (usize, usize, usize))> = found.into_iter().collect();
    kinds.sort_by_key(|(sort, size)| (order(sort), *size));
    let mut witnesses: Vec<Witness<'p>> = Vec::new();
    let mut shown: HashSet<Sort> = HashSet::new();
    for (sort, size) in kinds {
        if shown.contains(&sort) {
            continue;
        }
        if let Some(tried) = all.get(size.2)
            && let Some(mut witness) = witness(before, after, tried, &cases, &sort)
        {
            let fresh = |difference: &Difference| {
                sorts(difference).into_iter().map(|sort| shown.insert(sort)).filter(|fresh| *fresh).count()
                    > 0
            };
            witness.first = witness.differences.iter().map(fresh).collect();
            witnesses.push(witness);
        }
    }
    let mut totals: Vec<Totals> = totals.into_values().collect();
    totals.sort_by_key(|totals| totals.origin);
    Effects { totals, witnesses, covered }
}

/// The smallest witness of a kind of difference that a dossier leads to, replayed by the whole evaluator.
fn witness<'p>(
    before: &Side<'p>,
    after: &Side<'p>,
    tried: &Tried,
    cases: &[&Tried],
    sort: &Sort,
) -> Option<Witness<'p>> {
    let near = cases.iter().min_by_key(|case| distance(&tried.sketch, &case.sketch));
    let sketch = match tried.origin {
        Origin::Case | Origin::Folder => tried.sketch.clone(),
        Origin::Made => shrink(&tried.sketch, near.map(|case| &case.sketch), &mut |sketch| {
            let both = (before.told(sketch), after.told(sketch));
            differences(before, after, &both).iter().flat_map(sorts).any(|own| own == *sort)
        }),
    };
    let both = (before.told(&sketch), after.told(&sketch));
    let differences = differences(before, after, &both);
    let decisions = (before.replay(&sketch), after.replay(&sketch));
    let replayed = |told: &Option<Told>, replayed: &Option<Replayed<'_>>| match (told, replayed) {
        (Some(told), Some(replayed)) => Brief::of(&replayed.decision) == told.brief,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if !replayed(&both.0, &decisions.0) || !replayed(&both.1, &decisions.1) {
        return None;
    }
    let unknown = |told: Option<Told>| told.map(|told| told.unknown).unwrap_or_default();
    // What one side does not know only the other one does.
    let only = (unknown(both.1), unknown(both.0));
    let (name, near) = match tried.origin {
        Origin::Case | Origin::Folder => (Some(Arc::clone(&tried.name)), None),
        Origin::Made => (near.map(|case| Arc::clone(&case.name)), near.map(|case| case.sketch.clone())),
    };
    Some(Witness {
        origin: tried.origin,
        name,
        sketch,
        near,
        differences,
        first: Vec::new(),
        only,
        decisions,
    })
}

fn elements(sketch: &Sketch) -> usize {
    let rows = sketch.entries.values().map(|entry| match entry {
        probe::Entry::Rows(rows) => rows.len(),
        probe::Entry::One(_) => 0,
    });
    rows.sum()
}

/// The order in which kinds of differences are told.
fn order(sort: &Sort) -> (u8, Option<Kind>) {
    match sort {
        Sort::Outcome(_, after) if *after != Outcome::Incomplete => (0, None),
        Sort::Outcome(..) => (1, None),
        Sort::Status(kind, ..) => (2, Some(*kind)),
        Sort::Amount(kind, _) => (3, Some(*kind)),
        Sort::Due(kind, _) => (4, Some(*kind)),
        Sort::SentBack(_) => (5, None),
    }
}

/// The kinds of a difference.
fn sorts(difference: &Difference) -> Vec<Sort> {
    match difference {
        Difference::SentBack { after } => vec![Sort::SentBack(*after)],
        Difference::Outcome(before, after) => vec![Sort::Outcome(*before, *after)],
        Difference::Item(subject, before, after) => {
            let (kind, name) = (subject.kind, || Arc::clone(&subject.name));
            let status = |came: &Option<Came>| came.as_ref().map(|came| came.status);
            let (old, new) = (status(before), status(after));
            if old != new {
                return vec![Sort::Status(kind, name(), old, new)];
            }
            let amount = |came: &Option<Came>| came.as_ref().and_then(|came| came.amount.clone());
            let due = |came: &Option<Came>| came.as_ref().and_then(|came| came.due);
            let mut sorts = Vec::new();
            if amount(before) != amount(after) {
                sorts.push(Sort::Amount(kind, name()));
            }
            if due(before) != due(after) {
                sorts.push(Sort::Due(kind, name()));
            }
            sorts
        }
    }
}

/// All that differs in a dossier.
fn differences(before: &Side<'_>, after: &Side<'_>, both: &(Option<Told>, Option<Told>)) -> Vec<Difference> {
    let (old, new) = match both {
        (Some(old), Some(new)) => (old, new),
        (Some(_), None) => return vec![Difference::SentBack { after: true }],
        (None, Some(_)) => return vec![Difference::SentBack { after: false }],
        (None, None) => return Vec::new(),
    };
    let mut found = Vec::new();
    let (was, is) = (old.brief.outcome, new.brief.outcome);
    if was != is {
        found.push(Difference::Outcome(was, is));
    }
    let came = |side: &Side<'_>, told: &Told, subject: &Subject| {
        side.item(told, subject).map(|item| Came {
            status: item.status,
            amount: item.amount(),
            due: item.due(),
        })
    };
    let gone = before.subjects(old).filter(|subject| after.item(new, subject).is_none());
    for subject in after.subjects(new).chain(gone) {
        let (was, is) = (came(before, old, subject), came(after, new, subject));
        let tells = match (&was, &is) {
            (Some(was), Some(is)) => was != is,
            (Some(one), None) | (None, Some(one)) => speaks(one.status),
            (None, None) => false,
        };
        if tells {
            found.push(Difference::Item(subject.clone(), was, is));
        }
    }
    // A due item of an undecided status may carry an amount that nobody reads.
    found.retain(|difference| !sorts(difference).is_empty());
    found
}

fn count(totals: &mut Totals, both: &(Option<Told>, Option<Told>)) {
    let (old, new) = match both {
        (Some(old), Some(new)) => (old, new),
        (old, new) => {
            totals.sent_back.0 += usize::from(old.is_none());
            totals.sent_back.1 += usize::from(new.is_none());
            return;
        }
    };
    totals.decided += 1;
    let (was, is) = (old.brief.outcome, new.brief.outcome);
    if was != is {
        if grants(is) {
            totals.newly_favourable += 1;
        } else if is == Outcome::Unfavourable {
            totals.newly_unfavourable += 1;
        } else {
            totals.otherwise += 1;
        }
    }
}

impl Stood {
    fn of(policy: &Policy, bound: Bound, (sides, of): (usize, usize)) -> Stood {
        let span = policy.exprs.get(bound.expr).span;
        let text = policy.file.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        Stood { text, line: policy.file.position(span.start).line, part: bound.part, sides, of }
    }
}

impl Moved {
    const NOTHING: Moved = Moved { up: 0, down: 0, otherwise: 0, by: Ratio::zero() };
}

impl Totals {
    fn new(origin: Origin) -> Totals {
        Totals {
            origin,
            decided: 0,
            differ: 0,
            newly_favourable: 0,
            newly_unfavourable: 0,
            otherwise: 0,
            sent_back: (0, 0),
            amounts: IndexMap::new(),
        }
    }

    /// Adds how amounts move in a dossier.
    fn add_amounts(&mut self, differences: &[Difference]) {
        for difference in differences {
            let Difference::Item(subject, before, after) = difference else { continue };
            if subject.kind != Kind::Funding {
                continue;
            }
            // What is not due is nothing.
            let paid = |came: &Option<Came>| match came {
                Some(Came { status: Status::Due, amount: Some(amount), .. }) => Some(amount.clone()),
                Some(Came { status: Status::NotDue | Status::NotApplicable, .. }) | None => {
                    Some(Interval::point(Ratio::zero()))
                }
                Some(_) => None,
            };
            let (Some(was), Some(is)) = (paid(before), paid(after)) else { continue };
            let moved = self.amounts.entry(Arc::clone(&subject.name)).or_insert(Moved::NOTHING);
            match (was.value(), is.value()) {
                (Some(was), Some(is)) => {
                    let by = is.sub(was);
                    moved.up += usize::from(by.signum() > 0);
                    moved.down += usize::from(by.signum() < 0);
                    moved.by = moved.by.add(&by);
                }
                _ => moved.otherwise += 1,
            }
        }
    }
}
