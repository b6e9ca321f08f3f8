//! The search: seeds, changed one fact at a time; what shows something new is changed in turn.

mod climb;
mod levers;
mod pairs;

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use super::aim::{Aim, within};
use super::ground::Ground;
use super::moves::{self, ask, set};
use super::sketch::{Fitter, Sketch};
use super::swift::Swift;
use super::{Options, Probe, Probed, Stand, blank};
use crate::decision::{MissingPlace, Outcome, Status};
use crate::dossier::{Answer, Dossier, Retained};
use crate::eval::bounds::sides::{self, Bound, Side, bounded, bounds};
use crate::eval::{World, cuts};
use crate::parallel;
use crate::policy::{Declared, ExprId, Policy, Reach, ReadingId, Type};
use crate::time::Date;
use crate::value::{Text, Value};

/// Greatest number of dossiers of which each fact is left out in turn: what is open is slow to decide.
const OPENED: usize = 1;
/// Greatest number of dossiers with something open whose facts are changed one by one, for the same reason.
const OPEN: usize = 1;

/// See [`super::dossiers`].
pub(super) fn run(policies: &[(&Swift<'_>, Vec<Aim>)], seeds: &[Sketch], options: &Options) -> Probed {
    let mut probed = Probed::default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let most = options.most / policies.len().max(1);
    let (mut varied, mut waited) = (BTreeSet::new(), BTreeSet::new());
    let searches = parallel::map(options.workers, policies, |(swift, aims)| {
        let mut search = Search::new(swift, options, most);
        search.run(seeds, aims, policies.len() > 1);
        let sketch = |(dossier, on): &(Dossier, Date)| Sketch::of(swift.policy(), dossier, *on);
        let starts = |of: &[(Dossier, Date)]| of.iter().map(|own| sketch(own).yaml("", "")).collect();
        let starts: (Vec<String>, Vec<String>) = (starts(&search.varied), starts(&search.waited));
        let sketch = |found: Found| (Sketch::of(swift.policy(), &found.dossier, found.on), found.stands);
        let found: Vec<_> = search.found.into_iter().map(sketch).collect();
        (found, search.reached, (search.dropped.len(), search.cut), starts)
    });
    for (rank, (found, reached, dropped, starts)) in searches.into_iter().enumerate() {
        probed.dropped += dropped.0;
        probed.cut += dropped.1;
        varied.extend(starts.0);
        waited.extend(starts.1);
        for (bound, sides) in reached {
            probed.reached.insert((rank, bound), sides.into_iter().collect());
        }
        for (sketch, stands) in found {
            let stands: Vec<Stand> =
                stands.into_iter().map(|(bound, side)| Stand { policy: rank, bound, side }).collect();
            if seen.insert(sketch.yaml("", "")) {
                probed.probes.push(Probe { sketch, stands });
            } else if let Some(probe) = probed.probes.iter_mut().find(|probe| probe.sketch == sketch) {
                probe.stands.extend(stands);
            }
        }
    }
    probed.waited = waited.difference(&varied).count();
    probed.varied = varied.len();
    probed
}

/// Where a dossier stands at the bounds of a policy, one step of some fact away from another side.
pub fn standing_at(policy: &Policy, dossier: &Dossier, examined_on: Date) -> Vec<(Bound, Side)> {
    let options = Options { most: usize::MAX, missing: false, ..Options::new(examined_on) };
    let swift = Swift::new(policy);
    let mut search = Search::new(&swift, &options, usize::MAX);
    let mut found = BTreeSet::new();
    for lever in search.levers(dossier) {
        for (value, marks) in search.probed(dossier, examined_on, &lever) {
            if search.is_own(dossier, &lever, &value) {
                found.extend(marks);
            }
        }
    }
    found.into_iter().collect()
}

/// Makes the dossiers that differ from one in one fact.
pub struct Around<'p, 'o>(Search<'p, 'o>);

impl<'p, 'o> Around<'p, 'o> {
    /// Makes a policy ready.
    pub fn new(swift: &'o Swift<'p>, options: &'o Options) -> Self {
        Around(Search::new(swift, options, usize::MAX))
    }

    /// The dossiers that differ from one in one fact of those that may be read, or in what is tied to it;
    /// with facts left out where `open`. None where the policy does not take the dossier.
    pub fn of(&mut self, from: &Sketch, reach: &Reach, open: bool) -> Vec<Sketch> {
        let search = &mut self.0;
        let Ok(fitted) = Fitter::new(search.policy).dossier(from) else { return Vec::new() };
        search.only = Some(reach.clone());
        search.missing = open;
        search.seen = HashSet::from([moves::fingerprint(&fitted.dossier)]);
        search.change(&fitted.dossier, from.examined_on);
        let found = std::mem::take(&mut search.found);
        found.into_iter().map(|found| Sketch::of(search.policy, &found.dossier, found.on)).collect()
    }
}

struct Found {
    dossier: Dossier,
    fingerprint: u64,
    on: Date,
    stands: BTreeSet<(Bound, Side)>,
}

/// What a dossier shows that none did before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Feature {
    Outcome(Outcome),
    Status(usize, Status),
}

struct Search<'p, 'o> {
    policy: &'p Policy,
    options: &'o Options,
    most: usize,
    ground: Ground<'p>,
    swift: &'o Swift<'p>,
    /// What has bounds, with what it reads.
    bounded: Vec<(ExprId, Reach)>,
    seen: HashSet<u64>,
    features: HashSet<Feature>,
    waiting: VecDeque<(Dossier, Date)>,
    found: Vec<Found>,
    reached: BTreeMap<Bound, BTreeSet<Side>>,
    /// The dossiers that a limit kept from being made, and how many values were not even tried.
    dropped: HashSet<u64>,
    cut: usize,
    /// The dossiers whose facts were changed one by one.
    varied: Vec<(Dossier, Date)>,
    /// Those for which a limit left no room.
    waited: Vec<(Dossier, Date)>,
    /// Whether facts are left out of the dossier in turn.
    missing: bool,
    /// Where only some facts are changed: what may be read of them.
    only: Option<Reach>,
}

impl<'p, 'o> Search<'p, 'o> {
    fn new(swift: &'o Swift<'p>, options: &'o Options, most: usize) -> Self {
        let policy = swift.policy();
        let with_reach = |expr: ExprId| {
            let mut reach = Reach::default();
            reach.add_expr(policy, expr);
            if let Some(fulfilled_by) = sides::fulfilled_by(policy, expr) {
                reach.add_expr(policy, fulfilled_by);
            }
            (expr, reach)
        };
        let bounded: Vec<(ExprId, Reach)> = bounded(policy).into_iter().map(with_reach).collect();
        let all = bounded.iter().flat_map(|(expr, _)| bounds(policy, *expr));
        Search {
            policy,
            options,
            most,
            ground: Ground::new(policy),
            swift,
            reached: all.map(|bound| (bound, BTreeSet::new())).collect(),
            bounded,
            seen: HashSet::new(),
            features: HashSet::new(),
            waiting: VecDeque::new(),
            found: Vec::new(),
            dropped: HashSet::new(),
            cut: 0,
            varied: Vec::new(),
            waited: Vec::new(),
            missing: false,
            only: None,
        }
    }

    /// `compared`: with what another policy makes of the same dossiers.
    fn run(&mut self, seeds: &[Sketch], aims: &[Aim], compared: bool) {
        if self.most == 0 {
            return;
        }
        let fitter = Fitter::new(self.policy);
        let mut starts: Vec<(Dossier, Date)> = Vec::new();
        for seed in seeds {
            if let Ok(fitted) = fitter.dossier(seed) {
                self.seen.insert(moves::fingerprint(&fitted.dossier));
                let on = seed.examined_on;
                match within(&self.ground, fitted.dossier.clone(), on, aims) {
                    Some(moved) => {
                        let fingerprint = moves::fingerprint(&moved);
                        if self.found.len() < self.most && self.seen.insert(fingerprint) {
                            let (dossier, stands) = (moved.clone(), BTreeSet::new());
                            self.found.push(Found { dossier, fingerprint, on, stands });
                        }
                        starts.push((moved, on));
                    }
                    None => starts.push((fitted.dossier, on)),
                }
            }
        }
        let (mut first, rest): (Vec<_>, Vec<_>) =
            starts.into_iter().partition(|(dossier, on)| self.is_favourable(dossier, *on));
        if first.is_empty() {
            let on = self.options.examined_on;
            for blank in blank::dossiers(&self.ground, on) {
                let climbed = self.climb(blank.clone(), on, &[], false);
                let climbed = within(&self.ground, climbed.clone(), on, aims).unwrap_or(climbed);
                first.push((climbed.clone(), on));
                for made in [blank, climbed] {
                    self.keep(made, on, BTreeSet::new());
                }
            }
            first.sort_by_key(|(dossier, on)| !self.is_favourable(dossier, *on));
        }
        if compared && let Some((dossier, on)) = self.unexcused(&first, &rest, aims) {
            self.keep(dossier.clone(), on, BTreeSet::new());
            let own = moves::fingerprint(&dossier);
            first.retain(|(other, _)| moves::fingerprint(other) != own);
            self.waiting.retain(|(other, _)| moves::fingerprint(other) != own);
            self.is_new(&dossier, on);
            self.waiting.push_front((dossier, on));
        }
        for (dossier, on) in first.into_iter().chain(rest) {
            if self.is_new(&dossier, on) {
                self.waiting.push_back((dossier, on));
            }
        }
        let mut open = 0;
        while let Some((parent, on)) = self.waiting.pop_front() {
            if self.varied.len() == self.options.parents || self.found.len() >= self.most {
                self.waited.push((parent, on));
                continue;
            }
            if !self.swift.is_complete(&parent, on) {
                open += 1;
                if open > OPEN {
                    self.waited.push((parent, on));
                    continue;
                }
            }
            self.missing = self.options.missing && self.varied.len() < OPENED;
            self.varied.push((parent.clone(), on));
            self.change(&parent, on);
        }
        self.reach_by_two();
    }

    /// Whether a dossier shows something that none did before.
    fn is_new(&mut self, dossier: &Dossier, on: Date) -> bool {
        let Some(brief) = self.swift.told(dossier, on) else { return false };
        let statuses = brief.statuses.iter().enumerate().map(|(rank, status)| Feature::Status(rank, *status));
        let mut new = false;
        for feature in statuses.chain([Feature::Outcome(brief.outcome)]) {
            new |= self.features.insert(feature);
        }
        new
    }

    /// Keeps a dossier that was made, unless it is there already.
    fn keep(&mut self, dossier: Dossier, on: Date, stands: BTreeSet<(Bound, Side)>) {
        // Whatever stands where none did is kept: there are no more of them than sides.
        let stands_first = stands
            .iter()
            .any(|(bound, side)| !self.reached.get(bound).is_some_and(|sides| sides.contains(side)));
        if self.found.len() >= self.most && !stands_first {
            let fingerprint = moves::fingerprint(&dossier);
            if !self.seen.contains(&fingerprint) {
                self.dropped.insert(fingerprint);
            }
            return;
        }
        for (bound, side) in &stands {
            self.reached.entry(*bound).or_default().insert(*side);
        }
        let fingerprint = moves::fingerprint(&dossier);
        if !self.seen.insert(fingerprint) {
            if !stands.is_empty()
                && let Some(found) = self.found.iter_mut().find(|found| found.fingerprint == fingerprint)
            {
                found.stands.extend(stands);
            }
            return;
        }
        // Around one dossier nothing is changed further.
        if self.only.is_none() && self.is_new(&dossier, on) {
            self.waiting.push_back((dossier.clone(), on));
        }
        self.found.push(Found { dossier, fingerprint, on, stands });
    }

    /// Every dossier that differs from one in one fact.
    fn change(&mut self, parent: &Dossier, on: Date) {
        for lever in self.levers(parent) {
            for (at, stands) in self.probed(parent, on, &lever) {
                if let Some(child) = self.moved(parent, on, &lever, &at) {
                    self.keep(child, on, stands);
                }
            }
        }
        for place in self.places(parent) {
            for answer in self.others(parent, on, place) {
                self.try_answer(parent, on, place, answer);
            }
        }
        for list in moves::lists(self.policy) {
            if !self.changes(Declared::List(list)) {
                continue;
            }
            let mut empty = parent.clone();
            if let Some(slot) = empty.lists.get_mut(list.index()) {
                *slot = Some(crate::dossier::Rows::default());
            }
            if let Some(child) = self.ground.settle(empty, on, &[Declared::List(list)]) {
                self.keep(child, on, BTreeSet::new());
            }
        }
        let open = (0..).map(ReadingId).zip(&self.policy.readings);
        for (reading, options) in open.filter(|(_, reading)| reading.retained.is_none()) {
            if self.only.as_ref().is_some_and(|only| !only.readings.contains(&reading)) {
                continue;
            }
            let options = self.policy.choices[options.choice.index()].options.len();
            for option in 0..u16::try_from(options).unwrap_or(u16::MAX) {
                let mut child = parent.clone();
                if let Some(slot) = child.readings.get_mut(reading.index()) {
                    *slot = Some(Retained { option, place: None, origin: None });
                    self.keep(child, on, BTreeSet::new());
                }
            }
        }
    }

    fn try_answer(&mut self, parent: &Dossier, on: Date, place: MissingPlace, answer: Answer) {
        let mut child = parent.clone();
        set(self.policy, &mut child, place, answer);
        if let Some(child) = self.ground.settle(child, on, &[place.declared()]) {
            self.keep(child, on, BTreeSet::new());
        }
    }

    /// Whether a fact is one of those that are changed.
    fn changes(&self, declared: Declared) -> bool {
        self.only.as_ref().is_none_or(|only| only.reads(declared))
    }

    /// Facts, and the answers of the first element of each kind.
    fn places(&self, dossier: &Dossier) -> Vec<MissingPlace> {
        let mut places: Vec<MissingPlace> = moves::facts(self.policy).collect();
        for list in moves::lists(self.policy) {
            for (rank, _) in moves::kinds(self.policy, dossier, list).into_iter().take(levers::KINDS) {
                let Ok(row) = u32::try_from(rank) else { continue };
                let fields = self.policy.lists[list.index()].fields.iter();
                let told = fields.filter(|field| !self.policy.fields[field.index()].unique);
                places.extend(told.map(|field| MissingPlace::Cell { row, field: *field }));
            }
        }
        places.retain(|place| self.changes(place.declared()));
        places
    }

    /// The other answers of a place that is no quantity; of a quantity, that it is not known.
    fn others(&self, dossier: &Dossier, on: Date, place: MissingPlace) -> Vec<Answer> {
        let policy = self.policy;
        let (Some(ask), Some(now)) = (ask(policy, place), moves::answer(policy, dossier, place)) else {
            return Vec::new();
        };
        let mut answers: Vec<Answer> = Vec::new();
        if *now == Answer::Missing {
            answers.push(blank::answer(policy, ask, on));
        }
        match ask.ty {
            Type::Truth => answers.extend([true, false].map(|t| Answer::Known(Value::Truth(t)))),
            Type::Choice(choice) => {
                let options = 0..policy.choices[choice.index()].options.len();
                let options = options.filter_map(|option| u16::try_from(option).ok());
                answers.extend(options.map(|option| Answer::Known(Value::Choice(option))));
            }
            Type::Text => {
                let world = World::of(policy, dossier, on);
                answers.extend(cuts(policy, &world, place).into_iter().map(Answer::Known));
                answers.push(Answer::Known(Value::Text(Text::new("autre"))));
            }
            Type::Date => answers.push(Answer::NotYet),
            Type::Integer | Type::Number | Type::Percent | Type::Amount | Type::Months | Type::Days => {}
        }
        if self.missing {
            answers.push(Answer::Missing);
        }
        answers.retain(|answer| answer != now);
        answers
    }
}
