//! The search: seeds, changed one fact at a time; what shows something new is changed in turn.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use super::ground::Ground;
use super::moves::{self, Kind, around, ask, next, set};
use super::sketch::{Fitter, Sketch};
use super::swift::Swift;
use super::{Options, Probe, Probed, Stand, blank};
use crate::decision::{MissingPlace, Outcome, Status};
use crate::dossier::{Answer, Dossier, Retained};
use crate::eval::sides::{self, Bound, Side, bounded, bounds};
use crate::eval::{World, cuts, turns};
use crate::known::OptionSet;
use crate::policy::{Declared, ExprId, ListId, Policy, Reach, ReadingId, Type};
use crate::time::Date;
use crate::value::{Text, Value};

/// Greatest number of values of one place that are tried in one dossier.
const VALUES: usize = 36;
/// Greatest number of combinations of readings under which a bound is looked for.
const COMBINATIONS: usize = 8;
/// Greatest number of kinds of elements that are tried in one list.
const KINDS: usize = 6;
/// Greatest number of dossiers of which each fact is left out in turn: what is open is slow to decide.
const OPENED: usize = 1;
/// Greatest number of dossiers with something open whose facts are changed one by one, for the same reason.
const OPEN: usize = 1;
/// Rounds in which a dossier that was made up climbs towards a favourable decision.
const CLIMB: usize = 24;

/// See [`super::dossiers`].
pub(super) fn run(policies: &[&Policy], seeds: &[Sketch], options: &Options) -> Probed {
    let mut probed = Probed::default();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let most = options.most / policies.len().max(1);
    for (rank, policy) in policies.iter().enumerate() {
        let mut search = Search::new(policy, options, most);
        search.run(seeds);
        probed.limited |= search.limited;
        for (bound, sides) in search.reached {
            probed.reached.insert((rank, bound), sides.into_iter().collect());
        }
        for found in search.found {
            let sketch = Sketch::of(policy, &found.dossier, found.on);
            let stands: Vec<Stand> =
                found.stands.into_iter().map(|(bound, side)| Stand { policy: rank, bound, side }).collect();
            if seen.insert(sketch.yaml("", "")) {
                probed.probes.push(Probe { sketch, stands });
            } else if let Some(probe) = probed.probes.iter_mut().find(|probe| probe.sketch == sketch) {
                probe.stands.extend(stands);
            }
        }
    }
    probed
}

/// Where a dossier stands at the bounds of a policy, one step of some fact away from another side.
pub fn standing_at(policy: &Policy, dossier: &Dossier, examined_on: Date) -> Vec<(Bound, Side)> {
    let options = Options { most: usize::MAX, missing: false, ..Options::new(examined_on) };
    let mut search = Search::new(policy, &options, usize::MAX);
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

struct Found {
    dossier: Dossier,
    on: Date,
    stands: BTreeSet<(Bound, Side)>,
}

/// What a dossier shows that none did before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Feature {
    Outcome(Outcome),
    Status(usize, Status),
}

/// A quantity that moves: a number or date, or how many elements of a kind there are.
enum Lever {
    Place(MissingPlace),
    Count(ListId, Kind),
}

/// Where a lever stands.
#[derive(Debug, Clone, PartialEq)]
enum At {
    Value(Value),
    Count(usize),
}

struct Search<'p, 'o> {
    policy: &'p Policy,
    options: &'o Options,
    most: usize,
    ground: Ground<'p>,
    swift: Swift<'p>,
    /// What has bounds, with what it reads.
    bounded: Vec<(ExprId, Reach)>,
    seen: HashSet<u64>,
    features: HashSet<Feature>,
    waiting: VecDeque<(Dossier, Date)>,
    found: Vec<Found>,
    reached: BTreeMap<Bound, BTreeSet<Side>>,
    limited: bool,
    /// Whether facts are left out of the dossier in turn.
    missing: bool,
}

impl<'p, 'o> Search<'p, 'o> {
    fn new(policy: &'p Policy, options: &'o Options, most: usize) -> Self {
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
            swift: Swift::new(policy),
            reached: all.map(|bound| (bound, BTreeSet::new())).collect(),
            bounded,
            seen: HashSet::new(),
            features: HashSet::new(),
            waiting: VecDeque::new(),
            found: Vec::new(),
            limited: false,
            missing: false,
        }
    }

    fn run(&mut self, seeds: &[Sketch]) {
        if self.most == 0 {
            return;
        }
        let fitter = Fitter::new(self.policy);
        let mut starts: Vec<(Dossier, Date)> = Vec::new();
        for seed in seeds {
            if let Ok(fitted) = fitter.dossier(seed) {
                self.seen.insert(moves::fingerprint(&fitted.dossier));
                starts.push((fitted.dossier, seed.examined_on));
            }
        }
        // Whoever is favourable shows best what each condition changes.
        let favourable = |search: &Self, dossier: &Dossier, on: Date| {
            search.swift.brief(dossier, on).is_ok_and(|brief| brief.outcome == Outcome::Favourable)
        };
        let (mut first, rest): (Vec<_>, Vec<_>) =
            starts.into_iter().partition(|(dossier, on)| favourable(self, dossier, *on));
        if first.is_empty() {
            let on = self.options.examined_on;
            for blank in blank::dossiers(&self.ground, on) {
                let climbed = self.climb(blank.clone(), on);
                first.push((climbed.clone(), on));
                for made in [blank, climbed] {
                    self.keep(made, on, BTreeSet::new());
                }
            }
            first.sort_by_key(|(dossier, on)| !favourable(self, dossier, *on));
        }
        for (dossier, on) in first.into_iter().chain(rest) {
            if self.is_new(&dossier, on) {
                self.waiting.push_back((dossier, on));
            }
        }
        let (mut parents, mut open) = (0, 0);
        while let Some((parent, on)) = self.waiting.pop_front() {
            if parents == self.options.parents || self.found.len() >= self.most {
                self.limited = true;
                break;
            }
            if !self.swift.is_complete(&parent, on) {
                open += 1;
                if open > OPEN {
                    continue;
                }
            }
            parents += 1;
            self.missing = self.options.missing && parents <= OPENED;
            self.change(&parent, on);
        }
    }

    /// Whether a dossier shows something that none did before.
    fn is_new(&mut self, dossier: &Dossier, on: Date) -> bool {
        let Ok(brief) = self.swift.brief(dossier, on) else { return false };
        let statuses = brief.items.iter().enumerate().map(|(rank, item)| Feature::Status(rank, item.status));
        let mut new = false;
        for feature in statuses.chain([Feature::Outcome(brief.outcome)]) {
            new |= self.features.insert(feature);
        }
        new
    }

    /// Keeps a dossier that was made, unless it is there already.
    fn keep(&mut self, dossier: Dossier, on: Date, stands: BTreeSet<(Bound, Side)>) {
        for (bound, side) in &stands {
            self.reached.entry(*bound).or_default().insert(*side);
        }
        if self.found.len() >= self.most {
            self.limited = true;
            return;
        }
        if !self.seen.insert(moves::fingerprint(&dossier)) {
            let same =
                |found: &&mut Found| moves::fingerprint(&found.dossier) == moves::fingerprint(&dossier);
            if !stands.is_empty()
                && let Some(found) = self.found.iter_mut().find(same)
            {
                found.stands.extend(stands);
            }
            return;
        }
        if self.is_new(&dossier, on) {
            self.waiting.push_back((dossier.clone(), on));
        }
        self.found.push(Found { dossier, on, stands });
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

    /// Facts, and the answers of the first element of each kind.
    fn places(&self, dossier: &Dossier) -> Vec<MissingPlace> {
        let mut places: Vec<MissingPlace> = moves::facts(self.policy).collect();
        for list in moves::lists(self.policy) {
            for (rank, _) in moves::kinds(self.policy, dossier, list).into_iter().take(KINDS) {
                let Ok(row) = u32::try_from(rank) else { continue };
                let fields = self.policy.lists[list.index()].fields.iter();
                let told = fields.filter(|field| !self.policy.fields[field.index()].unique);
                places.extend(told.map(|field| MissingPlace::Cell { row, field: *field }));
            }
        }
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

    /// What may be moved step by step in a dossier.
    fn levers(&self, dossier: &Dossier) -> Vec<Lever> {
        let policy = self.policy;
        let moves_by_steps = |place: &MissingPlace| {
            ask(policy, *place).is_some_and(|ask| match ask.ty {
                Type::Choice(choice) => policy.choices[choice.index()].ordered,
                ty => ty.is_numeric() || ty == Type::Date,
            })
        };
        let places = self.places(dossier).into_iter().filter(moves_by_steps);
        let mut levers: Vec<Lever> = places.map(Lever::Place).collect();
        for list in moves::lists(policy) {
            let mut kinds: Vec<Kind> =
                moves::kinds(policy, dossier, list).into_iter().map(|(_, kind)| kind).collect();
            let fields = &policy.lists[list.index()].fields;
            if kinds.is_empty() {
                let on = dossier.examined_on.unwrap_or(self.options.examined_on);
                let made = fields.iter().map(|f| blank::answer(policy, &policy.fields[f.index()].ask, on));
                kinds.push(made.collect());
            }
            // The first kind with another option or truth: what elements are counted by.
            let first = kinds.first().cloned().unwrap_or_default();
            for (column, field) in fields.iter().enumerate() {
                let others = match policy.fields[field.index()].ask.ty {
                    Type::Truth => vec![Value::Truth(true), Value::Truth(false)],
                    Type::Choice(choice) => {
                        let options = 0..policy.choices[choice.index()].options.len();
                        options.filter_map(|o| u16::try_from(o).ok()).map(Value::Choice).collect()
                    }
                    _ => Vec::new(),
                };
                for value in others {
                    let mut kind = first.clone();
                    if let Some(answer) = kind.get_mut(column) {
                        *answer = Answer::Known(value);
                    }
                    if kinds.iter().all(|own| !moves::alike(policy, list, own, &kind)) {
                        kinds.push(kind);
                    }
                }
            }
            levers.extend(kinds.into_iter().take(KINDS).map(|kind| Lever::Count(list, kind)));
        }
        levers
    }

    /// The dossier with a lever elsewhere; nothing is settled yet.
    fn raw(&self, dossier: &Dossier, lever: &Lever, at: &At) -> Option<Dossier> {
        match (lever, at) {
            (Lever::Place(place), At::Value(value)) => {
                let mut moved = dossier.clone();
                set(self.policy, &mut moved, *place, Answer::Known(value.clone()));
                Some(moved)
            }
            (Lever::Count(list, kind), At::Count(count)) => {
                Some(moves::with_count(self.policy, dossier, *list, kind, *count))
            }
            _ => None,
        }
    }

    /// The same, such that it may be examined.
    fn moved(&self, dossier: &Dossier, on: Date, lever: &Lever, at: &At) -> Option<Dossier> {
        let pinned = match lever {
            Lever::Place(place) => place.declared(),
            Lever::Count(list, _) => Declared::List(*list),
        };
        self.ground.settle(self.raw(dossier, lever, at)?, on, &[pinned])
    }

    /// Whether a lever stands there already.
    fn is_own(&self, dossier: &Dossier, lever: &Lever, at: &At) -> bool {
        match (lever, at) {
            (Lever::Place(place), At::Value(value)) => {
                moves::answer(self.policy, dossier, *place) == Some(&Answer::Known(value.clone()))
            }
            (Lever::Count(list, kind), At::Count(count)) => {
                let same = |rank: &usize| {
                    moves::element(dossier, self.policy, *list, *rank)
                        .is_some_and(|own| moves::alike(self.policy, *list, &own, kind))
                };
                (0..moves::length(dossier, *list)).filter(same).count() == *count
            }
            _ => false,
        }
    }

    /// Where a lever is to stand, with the bounds that the dossier stands at there.
    fn probed(&mut self, dossier: &Dossier, on: Date, lever: &Lever) -> Vec<(At, BTreeSet<(Bound, Side)>)> {
        let read = |reach: &Reach| match lever {
            Lever::Place(place) => reach.reads(place.declared()),
            Lever::Count(list, _) => reach.reads(Declared::List(*list)),
        };
        let of: Vec<(ExprId, BTreeSet<ReadingId>)> = self
            .bounded
            .iter()
            .filter(|(_, reach)| read(reach))
            .map(|(expr, reach)| (*expr, reach.readings.clone()))
            .collect();
        if of.is_empty() {
            return Vec::new();
        }
        let mut by_readings: BTreeMap<BTreeSet<ReadingId>, Vec<ExprId>> = BTreeMap::new();
        for (expr, readings) in of {
            by_readings.entry(readings).or_default().push(expr);
        }
        let mut stops: Vec<(At, BTreeSet<(Bound, Side)>)> = Vec::new();
        for (readings, exprs) in by_readings {
            for combination in moves::readings(self.policy, dossier, &readings, COMBINATIONS) {
                let found = match lever {
                    Lever::Place(place) => self.values(dossier, on, *place, &exprs, &combination),
                    Lever::Count(..) => self.counts(dossier, on, lever, &exprs, &combination),
                };
                let sides: Vec<Vec<(Bound, Option<u32>, Side)>> =
                    found.iter().map(|at| self.sides(dossier, on, lever, at, &exprs, &combination)).collect();
                for (rank, at) in found.iter().enumerate() {
                    let mut stands = BTreeSet::new();
                    let beside = [rank.checked_sub(1), Some(rank + 1)].into_iter().flatten();
                    for other in beside.filter(|other| {
                        found.get(*other).is_some_and(|o| adjacent(self.policy, lever, at, o))
                    }) {
                        let (Some(own), Some(others)) = (sides.get(rank), sides.get(other)) else { continue };
                        for (bound, row, side) in own {
                            let elsewhere = others.iter().find(|(b, r, _)| b == bound && r == row);
                            if elsewhere.is_some_and(|(_, _, other)| other != side) {
                                stands.insert((*bound, *side));
                            }
                        }
                    }
                    match stops.iter_mut().find(|(own, _)| own == at) {
                        Some((_, all)) => all.extend(stands),
                        None => stops.push((at.clone(), stands)),
                    }
                }
            }
        }
        stops
    }

    fn world(&self, dossier: &Dossier, on: Date, combination: &[(ReadingId, u16)]) -> World {
        let mut world = World::of(self.policy, dossier, on);
        for (reading, option) in combination {
            if let Some(slot) = world.readings.get_mut(reading.index()) {
                *slot = OptionSet::only(*option);
            }
        }
        world
    }

    fn sides(
        &self,
        dossier: &Dossier,
        on: Date,
        lever: &Lever,
        at: &At,
        exprs: &[ExprId],
        combination: &[(ReadingId, u16)],
    ) -> Vec<(Bound, Option<u32>, Side)> {
        let Some(moved) = self.raw(dossier, lever, at) else { return Vec::new() };
        let world = self.world(&moved, on, combination);
        sides::standings(self.policy, &world, exprs).into_iter().map(|s| (s.bound, s.row, s.side)).collect()
    }

    /// The values of a place at which something turns, and those beside them.
    fn values(
        &mut self,
        dossier: &Dossier,
        on: Date,
        place: MissingPlace,
        exprs: &[ExprId],
        combination: &[(ReadingId, u16)],
    ) -> Vec<At> {
        let Some(ask) = ask(self.policy, place) else { return Vec::new() };
        if let Type::Choice(choice) = ask.ty {
            let options = 0..self.policy.choices[choice.index()].options.len();
            let options = options.filter_map(|option| u16::try_from(option).ok());
            return options.map(|option| At::Value(Value::Choice(option))).collect();
        }
        let world = self.world(dossier, on, combination);
        let mut found: Vec<Value> = Vec::new();
        for value in turns(self.policy, &world, place, exprs) {
            for value in around(&value, ask) {
                if !found.contains(&value) {
                    found.push(value);
                }
            }
        }
        found.sort_by(|a, b| match (a, b) {
            (Value::Number(a), Value::Number(b)) => a.cmp(b),
            (Value::Date(a), Value::Date(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
        self.limited |= found.len() > VALUES;
        found.truncate(VALUES);
        found.into_iter().map(At::Value).collect()
    }

    /// The numbers of elements at which something turns.
    fn counts(
        &self,
        dossier: &Dossier,
        on: Date,
        lever: &Lever,
        exprs: &[ExprId],
        combination: &[(ReadingId, u16)],
    ) -> Vec<At> {
        // A bound of each element does not turn with their number.
        let sides = |count: usize| {
            let mut sides = self.sides(dossier, on, lever, &At::Count(count), exprs, combination);
            sides.retain(|(_, row, _)| row.is_none());
            sides
        };
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut low = (0, sides(0));
        let mut step = 1;
        while low.0 < self.options.elements {
            let high = (low.0 + step).min(self.options.elements);
            let there = sides(high);
            if there == low.1 {
                low = (high, there);
                step *= 2;
                continue;
            }
            // The least number that differs from the low one.
            let (mut same, mut other) = (low.0, high);
            while other - same > 1 {
                let middle = same + (other - same) / 2;
                if sides(middle) == low.1 { same = middle } else { other = middle }
            }
            found.extend([same, other]);
            low = (other, sides(other));
            step = 1;
        }
        found.into_iter().map(At::Count).collect()
    }

    /// Climbs from a dossier, one fact at a time, towards one for which more conditions hold.
    fn climb(&mut self, start: Dossier, on: Date) -> Dossier {
        let score = |search: &Self, dossier: &Dossier| {
            let world = World::of(search.policy, dossier, on);
            sides::holding(search.policy, &world)
        };
        let mut best = start;
        let mut most = score(self, &best);
        for _ in 0..CLIMB {
            let mut higher: Option<Dossier> = None;
            let mut children: Vec<Dossier> = Vec::new();
            for place in self.places(&best) {
                for answer in self.others(&best, on, place) {
                    if answer != Answer::Missing {
                        let mut child = best.clone();
                        set(self.policy, &mut child, place, answer);
                        children.extend(self.ground.settle(child, on, &[place.declared()]));
                    }
                }
            }
            for lever in self.levers(&best) {
                for (at, _) in self.probed(&best, on, &lever) {
                    children.extend(self.moved(&best, on, &lever, &at));
                }
            }
            for child in children {
                let own = score(self, &child);
                if own > most {
                    most = own;
                    higher = Some(child);
                }
            }
            match higher {
                Some(higher) => best = higher,
                None => break,
            }
        }
        best
    }
}

/// Whether two places of a lever are one step apart.
fn adjacent(policy: &Policy, lever: &Lever, a: &At, b: &At) -> bool {
    match (lever, a, b) {
        (Lever::Place(place), At::Value(a), At::Value(b)) => ask(policy, *place)
            .is_some_and(|ask| [true, false].into_iter().any(|up| next(a, ask.ty, up).as_ref() == Some(b))),
        (_, At::Count(a), At::Count(b)) => a.abs_diff(*b) == 1,
        _ => false,
    }
}
