//! The dossiers that cases lack: first for coverage to be complete, then for no small change of the policy
//! to go unseen. As few as a greedy choice gives, each as small as it can be, named after what it shows.

mod held;
mod names;
mod seeker;

use std::collections::BTreeSet;

use crate::policy::Policy;
use crate::probe::{self, Sketch, Swift};
use crate::time::Date;

use self::seeker::Seeker;
use super::coverage::{Coverage, Point, in_words};
use super::{Given, Version};

/// A dossier that was found.
#[derive(Debug, Clone)]
pub struct New {
    /// What it is called: `âge juste au-dessus de 18`.
    pub title: String,
    /// Its name, as a file: `age-juste-au-dessus-de-18`.
    pub name: String,
    /// What it says.
    pub sketch: Sketch,
    /// What it shows that no case did, in words.
    pub shows: Vec<String>,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Missing {
    /// The dossiers.
    pub new: Vec<New>,
    /// What no dossier that was tried shows, in words, and whether any comes near it.
    pub not_found: Vec<String>,
    /// The small changes of the policy that no dossier that was tried tells from it, in words.
    pub alike: Vec<String>,
    /// How many dossiers were tried.
    pub tried: usize,
    /// How many points the budget did not let be looked for to the end, and how many small changes.
    pub unsought: Unsought,
}

/// For what a budget did not reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsought {
    /// Points of the policy.
    pub points: usize,
    /// Small changes of it.
    pub changes: usize,
}

/// The dossiers that are lacking of a version, each such that it goes to it; `coverage` then counts them.
/// `seeds` are the cases that there are.
pub fn missing<'p>(
    coverage: &mut Coverage<'p>,
    version: Version<'p>,
    seeds: &[Sketch],
    options: &probe::Options,
) -> Missing {
    let mut found = Missing::default();
    let mut starts: Vec<Sketch> = seeds.to_vec();
    let mut chosen = Vec::new();
    if !coverage.is_complete() {
        let mut seeker = Seeker::new(version, options);
        let swift = Swift::new(version.policy);
        let made = probe::dossiers_by(&[(&swift, version.aims())], seeds, options);
        seeker.add(seeds.iter().cloned().chain(made.probes.into_iter().map(|probe| probe.sketch)));
        for wanted in GIVEN {
            let accept = |sketch: &Sketch| version.given(sketch) == wanted;
            let picked = greedy(lacking_shown(coverage, seeker.pool()), accept);
            for (_, points) in &picked {
                coverage.add(points);
            }
            chosen.extend(picked);
        }
        chosen.extend(seeker.one_by_one(coverage));
        starts.extend(chosen.iter().map(|(sketch, _)| sketch.clone()));
        found.tried = seeker.tried();
        // What is met, and never so, is perhaps a contradiction of the policy; what is never met, perhaps
        // beyond one.
        let not_found = coverage.lacking().into_iter().map(|(entry, row, point)| {
            let is_met =
                seeker.pool().iter().any(|(_, shown)| row.points.iter().any(|own| shown.contains(own)));
            let why = if seeker.unsought().contains(&point) {
                "non cherché jusqu'au bout"
            } else if is_met {
                "montré autrement, jamais ainsi"
            } else {
                "aucun de ces dossiers n'y arrive"
            };
            let words = in_words(coverage.policy(), &point);
            format!("{} ({why})", told(&entry.name, &row.label, &point, &words))
        });
        found.not_found = not_found.collect();
        let lacking = coverage.lacking().into_iter();
        let unsought = lacking.filter(|(_, _, point)| seeker.unsought().contains(point));
        found.unsought.points = unsought.count();
    }
    let mut names = BTreeSet::new();
    found.new =
        chosen.into_iter().map(|(sketch, points)| named(coverage, sketch, &points, &mut names)).collect();
    let held = held::held(version, &starts, options);
    found.tried += held.tried;
    found.alike = held.alike.iter().map(held::told).collect();
    found.unsought.changes = held.unsought;
    let new = held.chosen.into_iter().map(|(sketch, changes)| held::named(sketch, &changes, &mut names));
    found.new.extend(new);
    found
}

/// What dossiers are taken: those that certainly go to the version, then those that may.
const GIVEN: [Given; 2] = [Given::Alone, Given::AmongSeveral];

/// A dossier, with what it shows.
type Candidate = (Sketch, BTreeSet<Point>);

/// Of each dossier what it shows that is lacking.
fn lacking_shown(coverage: &Coverage<'_>, pool: &[Candidate]) -> Vec<Candidate> {
    let lacking: BTreeSet<Point> = coverage.lacking().into_iter().map(|(_, _, point)| point).collect();
    let shown = pool.iter().map(|(sketch, shown)| (sketch, shown.intersection(&lacking).copied().collect()));
    let telling = shown.filter(|(_, points): &(&Sketch, BTreeSet<Point>)| !points.is_empty());
    telling.map(|(sketch, points)| (sketch.clone(), points)).collect()
}

/// Takes again and again the dossier that shows most of what is still lacking, of those that are accepted;
/// of several, the smallest.
fn greedy<T: Ord>(
    mut candidates: Vec<(Sketch, BTreeSet<T>)>,
    accept: impl Fn(&Sketch) -> bool,
) -> Vec<(Sketch, BTreeSet<T>)> {
    let mut chosen = Vec::new();
    loop {
        let best = candidates
            .iter()
            .enumerate()
            .max_by_key(|(rank, (sketch, shown))| {
                (shown.len(), std::cmp::Reverse(size(sketch)), std::cmp::Reverse(*rank))
            })
            .map(|(rank, _)| rank);
        let Some((sketch, shown)) = best.map(|rank| candidates.swap_remove(rank)) else { return chosen };
        if shown.is_empty() {
            return chosen;
        }
        if !accept(&sketch) {
            continue;
        }
        candidates.retain_mut(|(_, others)| {
            others.retain(|one| !shown.contains(one));
            !others.is_empty()
        });
        // The order of candidates is what makes the choice the same each time.
        candidates.sort_by_key(|(sketch, _)| size(sketch));
        chosen.push((sketch, shown));
    }
}

/// Answers and elements.
fn size(sketch: &Sketch) -> usize {
    let entries = sketch.entries.values().map(|entry| match entry {
        probe::Entry::One(_) => 1,
        probe::Entry::Rows(rows) => 1 + rows.len(),
    });
    entries.sum::<usize>() + sketch.readings.len()
}

/// What a point is, in one line; what its line says already is not said again.
fn told(entry: &str, row: &str, point: &Point, words: &str) -> String {
    match point {
        Point::Line(..) | Point::Period(..) | Point::Option(..) | Point::Moves(_) => {
            format!("{entry} · {row}")
        }
        // The ceiling and the floor say which they are.
        Point::Limit(..) if row.starts_with("plafonné à ") || row.starts_with("au minimum ") => {
            format!("{entry} · {words}")
        }
        Point::Status(..)
        | Point::Truth(..)
        | Point::Value(..)
        | Point::Limit(..)
        | Point::Effect(_)
        // What has a colon of its own takes no second one.
        | Point::Side(..) if row.contains(" : ") => format!("{entry} · {row} · {words}"),
        Point::Status(..)
        | Point::Truth(..)
        | Point::Value(..)
        | Point::Limit(..)
        | Point::Effect(_)
        | Point::Side(..) => format!("{entry} · {row} : {words}"),
    }
}

/// Names a dossier after the best that it shows; of several as good, the first in the order of the file.
fn named(
    coverage: &Coverage<'_>,
    sketch: Sketch,
    points: &BTreeSet<Point>,
    taken: &mut BTreeSet<String>,
) -> New {
    let policy: &Policy = coverage.policy();
    let mut shows: Vec<String> = Vec::new();
    let mut best: Option<(u8, String)> = None;
    let mut met = BTreeSet::new();
    for entry in coverage.entries() {
        for row in &entry.rows {
            for point in row.points.iter().filter(|point| points.contains(point)) {
                if !met.insert(*point) {
                    continue;
                }
                let rank = names::rank(point);
                if best.as_ref().is_none_or(|(best, _)| rank < *best) {
                    best = Some((rank, names::of_point(policy, entry, row, point)));
                }
                shows.push(told(&entry.name, &row.label, point, &in_words(policy, point)));
            }
        }
    }
    let title = best.map_or_else(|| "cas".to_owned(), |(_, title)| title);
    let (title, name) = names::unused(&title, taken);
    New { title, name, sketch, shows }
}

/// The text of a dossier, with what it shows at its head.
pub fn yaml(policy: &Policy, new: &New) -> String {
    let mut out = String::new();
    for line in &new.shows {
        out.push_str(&format!("# {}\n", line.replace('\n', " ")));
    }
    out.push_str(&new.sketch.yaml(&policy.id, &new.title));
    out
}

/// The date of examination of dossiers that are made up: a year after the last change that the policy
/// knows of, so that there is a past to speak of; `otherwise` where it knows no date. In the middle of a
/// month, where there are: from there each day before and after is some months away from another one, which
/// cannot be said of the ends of months.
pub fn examined_on(policy: &Policy, otherwise: Date) -> Date {
    let periods = policy.parameters.iter().flat_map(|parameter| &parameter.periods);
    let last = periods.filter_map(|period| period.from).chain(policy.from).max();
    let day = last.and_then(|last| last.plus_months(12)).unwrap_or(otherwise);
    let day = mid_month(day);
    match policy.until {
        Some(until) if until < day => until,
        _ => day,
    }
}

/// The fifteenth of a month.
fn mid_month(day: Date) -> Date {
    day.plus_days(15 - i64::from(day.day())).unwrap_or(day)
}
