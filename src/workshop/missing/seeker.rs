//! Dossiers that show one point: what the general search leaves out.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use super::{Candidate, mid_month, size};
use crate::decision::{Decision, Status};
use crate::eval::{Budget, Decider, Request};
use crate::policy::{Policy, Reach};
use crate::probe::{self, Around, Fitter, Sketch, Steer, Swift};
use crate::workshop::coverage::{Answer, Coverage, Entry, Point, Row, State, seen};
use crate::workshop::nudge::{nudged, reach_of, shifted};
use crate::workshop::{Given, Version};

/// Greatest number of dossiers that are changed in search of one point, at each step.
const PARENTS: usize = 6;
/// Greatest number of facts that are changed one after another.
const STEPS: usize = 3;
/// Greatest number of dossiers that are decided in search of one point.
const MOST: usize = 1_500;

/// Decides dossiers of a version, and keeps what each shows.
pub(super) struct Seeker<'p> {
    policy: &'p Policy,
    version: Version<'p>,
    steer: Steer<'p>,
    options: probe::Options,
    fitter: Fitter<'p>,
    decider: Decider<'p>,
    pool: Vec<Candidate>,
    tried: usize,
    budget: Budget,
    /// The points that were not looked for to the end.
    unsought: BTreeSet<Point>,
}

impl<'p> Seeker<'p> {
    pub(super) fn new(version: Version<'p>, options: &probe::Options) -> Self {
        let policy = version.policy;
        Seeker {
            policy,
            version,
            steer: Steer::new(policy, version.aims()),
            options: options.clone(),
            fitter: Fitter::new(policy),
            decider: Decider::new(policy),
            pool: Vec::new(),
            tried: 0,
            budget: Budget::new(options.steps),
            unsought: BTreeSet::new(),
        }
    }

    /// The dossiers that were kept, with all that each shows.
    pub(super) fn pool(&self) -> &[Candidate] {
        &self.pool
    }

    /// How many dossiers were decided.
    pub(super) fn tried(&self) -> usize {
        self.tried
    }

    /// The points for which the budget did not reach.
    pub(super) fn unsought(&self) -> &BTreeSet<Point> {
        &self.unsought
    }

    /// Decides dossiers and keeps them; those that would be sent back, or that go to another version, are
    /// left out.
    pub(super) fn add(&mut self, sketches: impl IntoIterator<Item = Sketch>) {
        let mut brought: HashSet<String> = HashSet::new();
        for sketch in sketches {
            if self.budget.is_spent() {
                break;
            }
            let Some(own) = self.steer.brought(sketch) else { continue };
            // Those that differ only in what is moved come out the same.
            if brought.insert(own.yaml("", ""))
                && let Some(decision) = self.decide(&own)
            {
                self.pool.push((own, seen(self.policy, &decision)));
            }
        }
    }

    fn decide(&mut self, sketch: &Sketch) -> Option<Decision> {
        self.tried += 1;
        let dossier = self.fitter.dossier(sketch).ok()?.dossier;
        let request = Request { examined_on: sketch.examined_on, readings: Vec::new() };
        self.decider.decide(&dossier, &request).ok()
    }

    /// For each point that is still lacking a dossier that shows it, where one is found; `coverage` then
    /// counts it.
    pub(super) fn one_by_one(&mut self, coverage: &mut Coverage<'_>) -> Vec<Candidate> {
        let mut chosen = Vec::new();
        let lacking: Vec<(Point, Kin)> =
            coverage.lacking().into_iter().map(|(entry, row, point)| (point, Kin::of(entry, row))).collect();
        for (point, kin) in lacking {
            if coverage.state(&point) != State::Lacking {
                continue;
            }
            if self.budget.is_spent() {
                self.unsought.insert(point);
                continue;
            }
            if let Some((sketch, shown)) = self.seek(point, &kin) {
                let new = shown.iter().filter(|point| coverage.state(point) == State::Lacking);
                let new: BTreeSet<Point> = new.copied().collect();
                coverage.add(&new);
                chosen.push((sketch.clone(), new));
                self.pool.push((sketch, shown));
            }
        }
        chosen
    }

    /// From the dossiers that come nearest to a point, one change after another.
    fn seek(&mut self, point: Point, kin: &Kin) -> Option<Candidate> {
        let open = matches!(point, Point::Truth(_, Answer::Open) | Point::Status(_, Status::Undetermined));
        let limit = self.tried + MOST;
        let mut near: Vec<(Sketch, BTreeSet<Point>)> = kin.nearest(&self.pool);
        let mut made: Vec<Sketch> = Vec::new();
        for (sketch, _) in &near {
            let Some(decision) = self.decide(sketch) else { continue };
            made.extend(nudged(self.policy, point, sketch, &decision));
        }
        if matches!(point, Point::Side(..)) {
            // What some months are away from is not each day of a month.
            for (sketch, _) in near.clone() {
                let by = sketch.examined_on.days_until(mid_month(sketch.examined_on));
                if by != 0
                    && let Some(shifted) = shifted(&sketch, by)
                {
                    near.extend(self.shown(shifted));
                }
            }
        }
        let policy = self.policy;
        let options = self.options.clone();
        let swift = Swift::new(policy);
        let mut around = Around::new(&swift, &options);
        let own = reach_of(policy, point);
        let whole = Reach::of_policy(policy);
        // One that may go to another version as well serves where none is found that does not.
        let mut unsure: Option<Candidate> = None;
        for step in 0..STEPS {
            // What the point itself rests on first; then what decides whether it is read at all.
            let reach = if step == 0 && own != Reach::default() { &own } else { &whole };
            made.extend(near.iter().flat_map(|(sketch, _)| around.of(sketch, reach, open)));
            let mut further = Vec::new();
            for sketch in made.drain(..) {
                if self.budget.is_spent() && unsure.is_none() {
                    self.unsought.insert(point);
                    return None;
                }
                if self.tried >= limit || self.budget.is_spent() {
                    return unsure;
                }
                let Some(candidate) = self.shown(sketch) else { continue };
                if candidate.1.contains(&point) {
                    match self.version.given(&candidate.0) {
                        Given::Alone => return Some(candidate),
                        Given::AmongSeveral => unsure = unsure.or_else(|| Some(candidate.clone())),
                        Given::Not => {}
                    }
                }
                further.push(candidate);
            }
            if unsure.is_some() {
                break;
            }
            near = kin.nearest(&further);
        }
        unsure
    }

    fn shown(&mut self, sketch: Sketch) -> Option<Candidate> {
        let sketch = self.steer.brought(sketch)?;
        let decision = self.decide(&sketch)?;
        let shown = seen(self.policy, &decision);
        Some((sketch, shown))
    }
}

/// The points of the same line and of the same item as one that is looked for: whoever shows many of them
/// is not far from it.
struct Kin {
    row: BTreeSet<Point>,
    entry: BTreeSet<Point>,
}

impl Kin {
    fn of(entry: &Entry, row: &Row) -> Kin {
        let all = entry.rows.iter().flat_map(|row| &row.points);
        Kin { row: row.points.iter().copied().collect(), entry: all.copied().collect() }
    }

    /// Those that come nearest: of several that show the same of this line, and of this item, one. One of each
    /// that the line shows stands before a second of any: many that leave it open in many ways hide none that
    /// does not.
    fn nearest(&self, pool: &[Candidate]) -> Vec<Candidate> {
        let mut near: Vec<(BTreeSet<Point>, BTreeSet<Point>, &Candidate)> = pool
            .iter()
            .map(|candidate| {
                let of = |kin: &BTreeSet<Point>| kin.intersection(&candidate.1).copied().collect();
                (of(&self.row), of(&self.entry), candidate)
            })
            .collect();
        near.sort_by_key(|(row, entry, (sketch, _))| (Reverse((row.len(), entry.len())), size(sketch)));
        let mut told = BTreeSet::new();
        near.retain(|(row, entry, _)| told.insert((row.clone(), entry.clone())));
        let mut lines = BTreeSet::new();
        let (first, others): (Vec<_>, Vec<_>) =
            near.into_iter().partition(|(row, _, _)| lines.insert(row.clone()));
        let near = first.into_iter().chain(others);
        near.take(PARENTS).map(|(_, _, candidate)| candidate.clone()).collect()
    }
}
