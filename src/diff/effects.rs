//! What a change does to dossiers: one small witness for each kind of difference, and totals.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;

use super::Subject;
use super::side::{Replayed, Side, Told, speaks};
use super::sort::{Sort, sorts};
use super::totals::Totals;
use crate::decision::{Outcome, Status, with_a_value};
use crate::diagnostic::Diagnostic;
use crate::eval::bounds::possible::{may_stand, nothing_known};
use crate::eval::bounds::sides::Side as BoundSide;
use crate::eval::plain::Brief;
use crate::known::{DateRange, Interval, Known};
use crate::parallel;
use crate::policy::Policy;
use crate::probe::{self, Aim, Bound, Options, Sketch, Swift, distance, shrink};
use crate::time::Date;

/// How many dossiers that may show a kind of difference are looked at in full before it is given up.
const CANDIDATES: usize = 4;

/// Whether what differs is not certain; how far a dossier is from a case, how many elements it has, and
/// its rank.
type Size = (bool, (usize, usize, usize));

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
    /// Whether it says an earlier date of examination than that on which the texts are compared.
    pub postponed: bool,
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
    /// What is paid; its time limit.
    pub value: Option<Known>,
}

with_a_value!(Came);

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
    /// Why a text would send it back.
    pub refused: Vec<Diagnostic>,
    /// The decision under each text; nothing where it would be sent back.
    pub decisions: (Option<Replayed<'p>>, Option<Replayed<'p>>),
}

impl Witness<'_> {
    /// What to write for each text to decide it, each without the answers that only the other one knows;
    /// one dossier where both know all of it.
    pub fn dossiers(&self) -> (Sketch, Option<Sketch>) {
        let (old, new) = &self.only;
        match (old.is_empty(), new.is_empty()) {
            (true, true) => (self.sketch.clone(), None),
            _ => (self.sketch.without(new), Some(self.sketch.without(old))),
        }
    }
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
    /// How many [`Covered::most`] kept from being made, counted for each text.
    pub dropped: usize,
    /// How many values of an answer [`crate::limits::PROBE_VALUES`] kept from being tried.
    pub cut: usize,
    /// The greatest number of dossiers that are made, for all texts together.
    pub most: usize,
    /// The greatest number of dossiers that are varied, for each text.
    pub parents: usize,
    /// How many texts there are: with each amendment that goes only to some dossiers and without it.
    pub texts: usize,
    /// The day on which dossiers that say an earlier one were examined.
    pub postponed_to: Option<Date>,
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
    let swifts: Vec<(&Swift<'p>, Vec<Aim>)> = before.swifts().chain(after.swifts()).collect();
    let probed = probe::dossiers_by(&swifts, &seeds, options);
    let olds = before.swifts().count();
    let known: Vec<_> = swifts.iter().map(|(swift, _)| nothing_known(swift.policy())).collect();
    let bounds = |own: &dyn Fn(usize) -> bool| {
        let mut stood: Vec<Stood> = Vec::new();
        for ((rank, bound), sides) in probed.reached.iter().filter(|((rank, _), _)| own(*rank)) {
            let (Some((swift, _)), Some(known)) = (swifts.get(*rank), known.get(*rank)) else { continue };
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
        cut: probed.cut,
        most: options.most,
        parents: options.parents,
        texts: swifts.len(),
        postponed_to: given.iter().find(|tried| tried.postponed).map(|tried| tried.sketch.examined_on),
        unread: Vec::new(),
    };
    let made = probed.probes.into_iter().map(|probe| Tried {
        origin: Origin::Made,
        postponed: false,
        name: "".into(),
        sketch: probe.sketch,
    });
    let all: Vec<Tried> = given.iter().cloned().chain(made).collect();
    let mut totals: IndexMap<Origin, Totals> = IndexMap::new();
    let mut found: IndexMap<Sort, Vec<Size>> = IndexMap::new();
    let same = before.is_same_text(after);
    let told = parallel::map(options.workers, &all, |tried| {
        let old = before.told(&tried.sketch);
        // The same words decide the same: they are read once.
        let new = if same { old.clone() } else { after.told(&tried.sketch) };
        (old, new)
    });
    for (rank, (tried, both)) in all.iter().zip(told).enumerate() {
        let own = totals.entry(tried.origin).or_insert_with(|| Totals::new(tried.origin));
        own.count(both.0.as_ref().map(|told| &told.brief), both.1.as_ref().map(|told| &told.brief));
        let differences = differences(before, after, &both);
        if let Some(totals) = totals.get_mut(&tried.origin) {
            totals.differ += usize::from(!differences.is_empty());
            totals.add_amounts(&differences);
        }
        if differences.is_empty() {
            let (old, new) = (wavers(before, both.0.as_ref()), wavers(after, both.1.as_ref()));
            if let Some(totals) = totals.get_mut(&tried.origin).filter(|_| old != new) {
                totals.may_differ += 1;
            }
            continue;
        }
        let away = match tried.origin {
            Origin::Case => 0,
            Origin::Folder => 1,
            Origin::Made => seeds.iter().map(|seed| distance(&tried.sketch, seed)).min().unwrap_or(0) + 1,
        };
        let size = (away, elements(&tried.sketch), rank);
        for (difference, sort) in
            differences.iter().flat_map(|one| sorts(one).into_iter().map(move |s| (one, s)))
        {
            let best = found.entry(sort).or_default();
            best.push((is_open(difference), size));
            best.sort_unstable();
            best.truncate(CANDIDATES);
        }
    }
    let mut kinds: Vec<(Sort, Vec<Size>)> = found.into_iter().collect();
    kinds.sort_by(|(a, of_a), (b, of_b)| (a.order(), of_a).cmp(&(b.order(), of_b)));
    let mut witnesses: Vec<Witness<'p>> = Vec::new();
    let mut shown: HashSet<Sort> = HashSet::new();
    for (sort, sizes) in kinds {
        if shown.contains(&sort) {
            continue;
        }
        // Where the whole evaluator does not bear one out, the next.
        let mut candidates = sizes.iter().filter_map(|(_, size)| all.get(size.2));
        let found = candidates.find_map(|tried| witness(before, after, tried, &cases, &sort));
        if let Some(mut witness) = found {
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
    let refused = match (&both.0, &both.1) {
        (Some(_), None) => after.refusal(&sketch),
        (None, Some(_)) => before.refusal(&sketch),
        (Some(_), Some(_)) | (None, None) => Vec::new(),
    };
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
        refused,
        decisions,
    })
}

/// Whether an item is open on both sides: an amount that is due shows better how it moves.
fn is_open(difference: &Difference) -> bool {
    let open = |came: &Option<Came>| {
        came.as_ref()
            .is_some_and(|came| matches!(came.status, Status::Undetermined | Status::DependsOnReading))
    };
    match difference {
        Difference::Item(_, was, is) => open(was) && open(is),
        Difference::SentBack { .. } | Difference::Outcome(..) => false,
    }
}

fn elements(sketch: &Sketch) -> usize {
    let rows = sketch.entries.values().map(|entry| match entry {
        probe::Entry::Rows(rows) => rows.len(),
        probe::Entry::One(_) => 0,
    });
    rows.sum()
}

/// All that differs in a dossier.
fn differences(before: &Side<'_>, after: &Side<'_>, both: &(Option<Told>, Option<Told>)) -> Vec<Difference> {
    let (old, new) = match both {
        (Some(old), Some(new)) => (old, new),
        (Some(_), None) => return vec![Difference::SentBack { after: true }],
        (None, Some(_)) => return vec![Difference::SentBack { after: false }],
        (None, None) => return Vec::new(),
    };
    between(before, old, after, new)
}

/// Whether something hangs on a condition of an amendment that is not known.
fn wavers(side: &Side<'_>, told: Option<&Told>) -> bool {
    told.is_some_and(|told| told.others.iter().any(|other| !between(side, told, side, other).is_empty()))
}

/// All that differs between two decisions.
fn between(before: &Side<'_>, old: &Told, after: &Side<'_>, new: &Told) -> Vec<Difference> {
    let mut found = Vec::new();
    let (was, is) = (old.brief.outcome, new.brief.outcome);
    if was != is {
        found.push(Difference::Outcome(was, is));
    }
    let came = |side: &Side<'_>, told: &Told, subject: &Subject| {
        side.item(told, subject).map(|item| Came { status: item.status, value: item.value() })
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

impl Stood {
    fn of(policy: &Policy, bound: Bound, (sides, of): (usize, usize)) -> Stood {
        let span = policy.exprs.get(bound.expr).span;
        let text = policy.file.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        Stood { text, line: policy.file.position(span.start).line, part: bound.part, sides, of }
    }
}
