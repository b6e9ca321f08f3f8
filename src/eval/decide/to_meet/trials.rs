//! Dossiers that were changed, worked out and decided again, as many as there may be.

use super::super::assembly::{Request, examined, unless_too_long};
use super::super::briefly::Plainly;
use super::super::engine::{Engine, Worlds};
use super::Again;
use super::affine::{Affine, Along};
use super::failing::Failing;
use super::levers::Counted;
use super::line::Line;
use super::search::least;
use crate::decision::{Combination, Status};
use crate::dossier::Dossier;
use crate::eval::effort;
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
    /// The dossier, once something is decided again; changed while a step is tried, and back again.
    changed: Option<Dossier>,
    /// The world of the dossier, once something is worked out in it; one answer changed while a step is tried.
    world: Option<World>,
    left: usize,
    /// So many answers of elements, and pairs of elements, may yet be worked out beyond those of the dossier.
    room: usize,
    /// How many pairs of elements the dossier has; `None` where no list is held against itself or another.
    pairs: Option<usize>,
    /// What the line under way comes to, where no trial is needed to tell.
    told: Option<Told>,
    /// By list: whether the condition may hold, whatever stands in it.
    hopes: Vec<(ListId, bool)>,
}

/// What is known of the line under way without trials.
struct Told {
    /// What is measured less what it is held against.
    gap: Affine,
    /// What is counted, and what it is called.
    counted: Option<(Affine, Affine)>,
    /// What the whole of the quotient comes to, which nothing moves.
    whole: Option<Known>,
    /// Whether the condition was seen to hold after so many steps.
    seen: Vec<(u64, bool)>,
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
        let policy = again.decider.policy;
        let pairs = policy.dependencies().paired(policy).next().map(|_| pairs(again, None));
        let left = (limits::TRIAL_CELLS / cells.saturating_add(pairs.unwrap_or(0)).saturating_add(1))
            .clamp(FEWEST, limits::REMEDY_TRIALS);
        let room = limits::TRIAL_CELLS;
        Trials {
            again,
            request,
            item,
            wanted,
            root,
            changed: None,
            world: None,
            left,
            room,
            pairs,
            told: None,
            hopes: Vec::new(),
        }
    }

    /// Turns to a line: works out once what it comes to at every step, where that follows without trials.
    pub fn follow(
        &mut self,
        evaluator: &mut Evaluator<'_>,
        comparison: &Failing,
        line: &Line,
        (counted, whole): (Option<Counted>, Option<ExprId>),
    ) {
        self.told = None;
        if self.again.known.is_none() {
            return;
        }
        let mut along = Along::new(evaluator, line);
        let Some((left, right)) = along.value(comparison.left).zip(along.value(comparison.right)) else {
            return;
        };
        let counted = match counted {
            Some(of) => match along.value(of.by).zip(along.value(of.name)) {
                Some(counted) => Some(counted),
                None => return,
            },
            None => None,
        };
        if whole.is_some_and(|whole| !along.is_fixed(whole)) {
            return;
        }
        let whole = whole.map(|whole| evaluator.value(whole));
        self.told = Some(Told { gap: left.less(&right), counted, whole, seen: Vec::new() });
    }

    /// After so many steps: what is counted and what it is called, and the whole of a quotient.
    pub fn beside(
        &mut self,
        line: &Line,
        steps: u64,
        (counted, whole): (Option<Counted>, Option<ExprId>),
    ) -> (Option<(Known, Known)>, Option<Known>) {
        if let Some(told) = &self.told {
            self.left = self.left.saturating_sub(1);
            let exactly = |affine: &Affine| Known::exactly(&Value::Number(affine.after(steps)));
            let counted = told.counted.as_ref().map(|(by, name)| (exactly(by), exactly(name)));
            return (counted, told.whole.clone());
        }
        self.at(line, steps, |evaluator| {
            let counted = counted.map(|of| (evaluator.value(of.by), evaluator.value(of.name)));
            (counted, whole.map(|whole| evaluator.value(whole)))
        })
    }

    /// Whether there is room to work out what a line comes to after so many steps.
    fn affords(&mut self, line: &Line, steps: u64) -> bool {
        let Line::More { list, element, .. } = line else { return true };
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        let answers = steps.saturating_mul(element.len().max(1));
        let more = |own: usize| pairs(self.again, Some((*list, steps))).saturating_sub(own);
        let held = self.pairs.map_or(0, more);
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
            let mut world = self.world.take().unwrap_or_else(|| self.own_world());
            let value = Known::exactly(&Value::Number(value));
            let own = (steps > 0).then(|| std::mem::replace(&mut world.facts[fact.index()], value));
            let worked_out = work(&mut Evaluator::new(policy, &world, &learnt));
            if let Some(own) = own {
                world.facts[fact.index()] = own;
            }
            self.world = Some(world);
            return worked_out;
        }
        let world = self.changed(line, steps, |trials, changed| trials.world(changed));
        work(&mut Evaluator::new(policy, &world, &learnt))
    }

    /// What is measured less what it is held against, after so many steps; `None` where it is not known,
    /// or nothing is left to spend.
    pub fn gap(&mut self, comparison: &Failing, line: &Line, steps: u64) -> Option<Ratio> {
        if self.left == 0 || effort::is_ended() || !self.affords(line, steps) {
            return None;
        }
        if let Some(told) = &self.told {
            self.left -= 1;
            return Some(told.gap.after(steps));
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
    pub fn is_hopeless(&mut self, comparison: &Failing, line: &Line) -> bool {
        self.left = self.left.saturating_sub(1);
        let list = match line {
            Line::Answer { .. } => None,
            Line::More { list, .. } | Line::Fewer { list, .. } => Some(*list),
        };
        // Whatever stands in a list, more and fewer are held in one world.
        if let Some((_, hopes)) = self.hopes.iter().find(|(own, _)| Some(*own) == list) {
            return !hopes;
        }
        let hopes = self.is_seen_to_hold(comparison, line) || self.may_hold(line);
        self.hopes.extend(list.map(|list| (list, hopes)));
        !hopes
    }

    /// Whether the condition is seen to hold at the first step that turns the comparison: what intervals know then
    /// says no less. It costs nothing of what may be tried.
    fn is_seen_to_hold(&mut self, comparison: &Failing, line: &Line) -> bool {
        if self.told.is_none() {
            return false;
        }
        let (left, room) = (self.left, self.room);
        let steps = least(self, comparison, line);
        let holds = steps.is_some_and(|steps| self.gives(line, steps) == Some(true));
        (self.left, self.room) = (left, room);
        holds
    }

    fn may_hold(&mut self, line: &Line) -> bool {
        let mut world = self.own_world();
        line.all(&mut world);
        let learnt = Learnt::default();
        !Evaluator::new(self.policy(), &world, &learnt).truth(self.root).fails()
    }

    /// Whether the dossier after so many steps is examined and has the status that is wanted; `None` where there is
    /// no room to see it.
    pub fn gives(&mut self, line: &Line, steps: u64) -> Option<bool> {
        self.left = self.left.saturating_sub(1);
        if effort::is_ended() || !self.affords(line, steps) {
            return None;
        }
        let told = self.told.as_ref();
        if let Some((_, seen)) = told.and_then(|told| told.seen.iter().find(|(own, _)| *own == steps)) {
            return Some(*seen);
        }
        let gives = self.changed(line, steps, |trials, changed| trials.status(changed)) == Some(self.wanted);
        if let Some(told) = &mut self.told {
            told.seen.push((steps, gives));
        }
        Some(gives)
    }

    /// Works something out of the dossier after so many steps.
    fn changed<T>(&mut self, line: &Line, steps: u64, work: impl FnOnce(&Self, &Dossier) -> T) -> T {
        let dossier = self.again.dossier;
        let mut changed = self.changed.take().unwrap_or_else(|| dossier.clone());
        line.change(dossier, &mut changed, steps);
        let worked_out = work(self, &changed);
        line.change(dossier, &mut changed, 0);
        self.changed = Some(changed);
        worked_out
    }

    /// The status that the changed dossier has; `None` where it is sent back.
    fn status(&self, dossier: &Dossier) -> Option<Status> {
        let (policy, decider) = (self.policy(), self.again.decider);
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

    /// The world of the dossier as it stands.
    fn own_world(&self) -> World {
        self.again.known.cloned().unwrap_or_else(|| self.world(self.again.dossier))
    }

    fn world(&self, dossier: &Dossier) -> World {
        let mut world = World::of(self.policy(), dossier, self.request.examined_on);
        for (reading, option) in &self.request.readings {
            world.readings[reading.index()] = OptionSet::only(*option);
        }
        world
    }
}
