//! Keeps a dossier such that it may be examined, while something in it changes.

use std::collections::BTreeSet;

use super::moves::{self, around, ask, set};
use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier};
use crate::eval::bounds::sides::bounds;
use crate::eval::plain::Plain;
use crate::eval::{Evaluator, Learnt, World, admit, turns};
use crate::policy::{Declared, ExprId, ListId, Policy, Reach, ReadingId};
use crate::time::Date;

/// Rounds in which what a `cohérence` ties together is moved.
const ROUNDS: usize = 6;

/// A policy, with what is worked out of it once.
pub(super) struct Ground<'p> {
    pub policy: &'p Policy,
    plain: Plain,
    first_readings: Vec<(ReadingId, u16)>,
    /// Each comparison of the coherence rules, with what it reads.
    ties: Vec<(ExprId, Reach)>,
    conditional: bool,
}

impl<'p> Ground<'p> {
    pub fn new(policy: &'p Policy) -> Self {
        let mut inside: Vec<ExprId> = policy.coherences.iter().map(|c| c.condition).collect();
        let mut ties = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(expr) = inside.pop() {
            if !seen.insert(expr) {
                continue;
            }
            let kind = &policy.exprs.get(expr).kind;
            kind.for_each_operand(&mut |operand| inside.push(operand));
            if !bounds(policy, expr).is_empty() {
                let mut reach = Reach::default();
                reach.add_expr(policy, expr);
                ties.push((expr, reach));
            }
        }
        ties.sort_by_key(|(expr, _)| *expr);
        let conditional = policy.facts.iter().any(|fact| fact.ask.asked_if.is_some())
            || policy.fields.iter().any(|field| field.ask.asked_if.is_some())
            || policy.lists.iter().any(|list| list.asked_if.is_some());
        let ids = (0..u32::try_from(policy.readings.len()).unwrap_or(u32::MAX)).map(ReadingId);
        Ground {
            policy,
            plain: Plain::new(policy),
            first_readings: ids.map(|reading| (reading, 0)).collect(),
            ties,
            conditional,
        }
    }

    /// Whether a dossier would be examined.
    pub fn admits(&self, dossier: &Dossier, on: Date) -> bool {
        let open = |(reading, _): &&(ReadingId, u16)| dossier.reading(*reading).is_none();
        let readings: Vec<(ReadingId, u16)> = self.first_readings.iter().filter(open).copied().collect();
        self.plain.decide(dossier, on, &readings).is_some() || admit(self.policy, dossier, on).is_ok()
    }

    /// The dossier such that it may be examined: questions that are not asked are left unanswered, those
    /// that are asked now are answered, what is tied to what moved moves as well. `None` where that
    /// does not succeed.
    pub fn settle(&self, dossier: Dossier, on: Date, pinned: &[Declared]) -> Option<Dossier> {
        let mut dossier = self.asked(dossier, on);
        for _ in 0..ROUNDS {
            if self.admits(&dossier, on) {
                return Some(dossier);
            }
            dossier = self.asked(self.untie(&dossier, on, pinned)?, on);
        }
        None
    }

    /// Answers what is asked, and leaves unanswered what is not.
    fn asked(&self, mut dossier: Dossier, on: Date) -> Dossier {
        if !self.conditional {
            return dossier;
        }
        let policy = self.policy;
        for declared in &policy.declared {
            let condition = match *declared {
                Declared::Fact(fact) => policy.facts[fact.index()].ask.asked_if,
                Declared::List(list) => policy.lists[list.index()].asked_if,
                // The condition of a field is one of each element: what it sends back is dropped.
                Declared::Field(_) => None,
            };
            let Some(condition) = condition else { continue };
            let world = World::of(policy, &dossier, on);
            let truth = Evaluator::new(policy, &world, &Learnt::default()).truth(condition);
            match *declared {
                Declared::Fact(fact) => {
                    let missing = dossier.fact(fact).answer == Answer::Missing;
                    if truth.fails() && !missing {
                        set(policy, &mut dossier, MissingPlace::Fact(fact), Answer::Missing);
                    } else if truth.holds() && missing {
                        let answer = super::blank::answer(policy, &policy.facts[fact.index()].ask, on);
                        set(policy, &mut dossier, MissingPlace::Fact(fact), answer);
                    }
                }
                Declared::List(list) => {
                    if truth.fails() {
                        set(policy, &mut dossier, MissingPlace::List(list), Answer::Missing);
                    }
                }
                Declared::Field(_) => {}
            }
        }
        dossier
    }

    /// Moves one place so that a comparison of a coherence rule that fails holds.
    fn untie(&self, dossier: &Dossier, on: Date, pinned: &[Declared]) -> Option<Dossier> {
        let policy = self.policy;
        let world = World::of(policy, dossier, on);
        for (expr, reach) in &self.ties {
            if !self.fails(&world, *expr) {
                continue;
            }
            for place in self.places(dossier, reach, pinned) {
                let Some(ask) = ask(policy, place) else { continue };
                for value in turns(policy, &world, place, &[*expr]) {
                    for value in around(policy, &value, ask) {
                        let mut moved = dossier.clone();
                        set(policy, &mut moved, place, Answer::Known(value));
                        if !self.fails(&World::of(policy, &moved, on), *expr) {
                            return Some(moved);
                        }
                    }
                }
            }
            for list in moves::lists(policy) {
                if !reach.reads(Declared::List(list)) || pinned.contains(&Declared::List(list)) {
                    continue;
                }
                if let Some(shorter) = self.shorter(dossier, on, list, *expr) {
                    return Some(shorter);
                }
            }
        }
        None
    }

    /// Whether a comparison certainly fails, of some element where it is of each.
    fn fails(&self, world: &World, expr: ExprId) -> bool {
        crate::eval::bounds::sides::fails(self.policy, world, expr)
    }

    /// The places that a comparison reads and that may move.
    fn places(&self, dossier: &Dossier, reach: &Reach, pinned: &[Declared]) -> Vec<MissingPlace> {
        let policy = self.policy;
        let free = |declared: Declared| reach.reads(declared) && !pinned.contains(&declared);
        let mut places: Vec<MissingPlace> =
            moves::facts(policy).filter(|place| free(place.declared())).collect();
        for list in moves::lists(policy) {
            for row in 0..u32::try_from(moves::length(dossier, list)).unwrap_or(u32::MAX) {
                let fields = policy.lists[list.index()].fields.iter();
                let cells = fields.map(|field| MissingPlace::Cell { row, field: *field });
                places.extend(cells.filter(|place| free(place.declared())));
            }
        }
        places
    }

    /// The dossier with as many of the last elements of a list left out as it takes.
    fn shorter(&self, dossier: &Dossier, on: Date, list: ListId, expr: ExprId) -> Option<Dossier> {
        let policy = self.policy;
        let width = policy.lists[list.index()].fields.len();
        for count in (0..moves::length(dossier, list)).rev() {
            let mut cut = dossier.clone();
            if let Some(Some(rows)) = cut.lists.get_mut(list.index()) {
                rows.spans.truncate(count);
                rows.cells.truncate(count * width);
            }
            if !self.fails(&World::of(policy, &cut, on), expr) {
                return Some(cut);
            }
        }
        None
    }
}
