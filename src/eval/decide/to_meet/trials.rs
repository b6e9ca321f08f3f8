//! Dossiers that were changed, worked out and decided again, as many as there may be.

use super::super::assembly::{Request, examined, unless_too_long};
use super::super::briefly::Plainly;
use super::super::engine::{Engine, Worlds};
use super::Again;
use super::failing::Failing;
use super::line::Line;
use crate::decision::{Combination, Status};
use crate::dossier::Dossier;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::World;
use crate::known::{Known, OptionSet};
use crate::limits;
use crate::number::Ratio;
use crate::policy::{ExprId, ItemRef, ListId, Policy};
use crate::value::Value;

/// Fewest trials, however long the dossier.
const FEWEST: usize = 12;

/// How many pairs of elements are held against one another each time that all is worked out, a list with so many
/// elements more.
fn pairs(again: Again<'_>, more: Option<(ListId, usize)>) -> usize {
    let policy = again.decider.policy;
    policy.dependencies().pairs(policy, |list| {
        let own = again.dossier.list(list).map_or(0, |rows| rows.spans.len());
        more.filter(|(grown, _)| *grown == list).map_or(own, |(_, steps)| own.saturating_add(steps))
    })
}

/// What is tried of one item under one combination of readings.
pub(super) struct Trials<'a> {
    again: Again<'a>,
    request: Request,
    item: ItemRef,
    wanted: Status,
    root: ExprId,
    /// The dossier; changed while a step is tried, and back again.
    changed: Dossier,
    /// The world of the dossier, once something is worked out in it; one answer changed while a step is tried.
    world: Option<World>,
    left: usize,
    /// So many answers of elements, and pairs of elements, may yet be worked out beyond those of the dossier.
    room: usize,
}

impl<'a> Trials<'a> {
    pub fn new(
        again: Again<'a>,
        under: &Combination,
        item: ItemRef,
        wanted: Status,
        root: ExprId,
    ) -> Trials<'a> {
        let mut request = again.request.clone();
        request.readings.extend(under);
        let cells: usize = again.dossier.lists.iter().flatten().map(|rows| rows.cells.len()).sum();
        let pairs = pairs(again, None);
        let left = (limits::TRIAL_CELLS / cells.saturating_add(pairs).saturating_add(1))
            .clamp(FEWEST, limits::REMEDY_TRIALS);
        let room = limits::TRIAL_CELLS;
        Trials { again, request, item, wanted, root, changed: again.dossier.clone(), world: None, left, room }
    }

    /// Whether there is room to work out what a line comes to after so many steps.
    fn affords(&mut self, line: &Line, steps: u64) -> bool {
        let Line::More { list, element, .. } = line else { return true };
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        let answers = steps.saturating_mul(element.len().max(1));
        let held = pairs(self.again, Some((*list, steps))).saturating_sub(pairs(self.again, None));
        let left = self.room.checked_sub(answers.saturating_add(held));
        self.room = left.unwrap_or(self.room);
        left.is_some()
    }

    pub fn policy(&self) -> &'a Policy {
        self.again.decider.policy
    }

    pub fn dossier(&self) -> &'a Dossier {
        self.again.dossier
    }

    /// Works something out in the world after so many steps.
    pub fn at<T>(&mut self, line: &Line, steps: u64, work: impl FnOnce(&mut Evaluator<'_>) -> T) -> T {
        self.left = self.left.saturating_sub(1);
        let learnt = Learnt::default();
        let policy = self.policy();
        if let Line::Answer { fact, .. } = line
            && let Some(value) = line.value(steps)
        {
            // No more than one answer is another: the world is not made anew.
            let mut world = self.world.take().unwrap_or_else(|| self.world(self.again.dossier));
            let value = Known::exactly(&Value::Number(value));
            let own = (steps > 0).then(|| std::mem::replace(&mut world.facts[fact.index()], value));
            let worked_out = work(&mut Evaluator::new(policy, &world, &learnt));
            if let Some(own) = own {
                world.facts[fact.index()] = own;
            }
            self.world = Some(world);
            return worked_out;
        }
        line.change(self.again.dossier, &mut self.changed, steps);
        let world = self.world(&self.changed);
        line.change(self.again.dossier, &mut self.changed, 0);
        work(&mut Evaluator::new(policy, &world, &learnt))
    }

    /// What is measured less what it is held against, after so many steps; `None` where it is not known,
    /// or nothing is left to spend.
    pub fn gap(&mut self, comparison: &Failing, line: &Line, steps: u64) -> Option<Ratio> {
        if self.left == 0 || !self.affords(line, steps) {
            return None;
        }
        let sides = self.at(line, steps, |evaluator| {
            (evaluator.value(comparison.left), evaluator.value(comparison.right))
        });
        match sides {
            (Known::Number(left), Known::Number(right)) => Some(left.value()?.sub(right.value()?)),
            _ => None,
        }
    }

    /// Whether nothing along a line can make the condition hold, as far as intervals know.
    pub fn is_hopeless(&mut self, line: &Line) -> bool {
        self.left = self.left.saturating_sub(1);
        let mut world = self.world(self.dossier());
        line.all(&mut world);
        let learnt = Learnt::default();
        Evaluator::new(self.policy(), &world, &learnt).truth(self.root).fails()
    }

    /// Whether the dossier after so many steps is examined and has the status that is wanted; `None` where there is
    /// no room to see it.
    pub fn gives(&mut self, line: &Line, steps: u64) -> Option<bool> {
        self.left = self.left.saturating_sub(1);
        self.affords(line, steps).then(|| {
            line.change(self.again.dossier, &mut self.changed, steps);
            let gives = self.status() == Some(self.wanted);
            line.change(self.again.dossier, &mut self.changed, 0);
            gives
        })
    }

    /// The status that the changed dossier has; `None` where it is sent back.
    fn status(&self) -> Option<Status> {
        let (policy, decider, dossier) = (self.policy(), self.again.decider, &self.changed);
        let date = self.request.examined_on;
        if let Some(brief) = decider.plain.decide(dossier, date, &self.request.readings) {
            let mut told = policy.items().zip(brief.statuses);
            return told.find(|(item, _)| *item == self.item).map(|(_, status)| status);
        }
        examined(policy, dossier, &self.request, |world, learnt| {
            let plainly = Plainly::new(policy, &decider.plain, dossier, &self.request);
            let worlds = Worlds::default();
            let mut engine = Engine::new(policy, world, learnt, &worlds).helped_by(plainly);
            let status = engine.resolve(self.item, &Combination::new()).statuses.settled();
            unless_too_long(policy, dossier, &engine, status)
        })
        .ok()
    }

    fn world(&self, dossier: &Dossier) -> World {
        let mut world = World::of(self.policy(), dossier, self.request.examined_on);
        for (reading, option) in &self.request.readings {
            world.readings[reading.index()] = OptionSet::only(*option);
        }
        world
    }
}
