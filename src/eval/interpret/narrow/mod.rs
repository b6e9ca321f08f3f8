//! What is learnt by assuming that a condition holds, or that it does not.
//!
//! Something is learnt about shapes: facts, definitions and compound expressions alike. An assumption
//! is carried down through `et`, `ou`, `non`, bullets and comparisons, into definitions and items, and
//! backward through arithmetic ([`super::invert`]). All that is learnt holds in every completion in
//! which the assumption does; that nothing more is learnt is no mistake.

pub(in crate::eval) mod apart;
mod bullets;
mod elements;

use std::collections::BTreeMap;

use crate::eval::interpret::context::Frame;
use crate::eval::interpret::interpreter::{Evaluator, Key};
use crate::known::{Known, Truth, compare};
use crate::policy::dependencies::Touched;
use crate::policy::expr::Guarded;
use crate::policy::{ExprId, ExprKind, FieldId, ItemRef};
use crate::syntax::tree::CompareOp;

/// How many definitions and items an assumption is carried through, one within another.
const DEPTH: u32 = 8;
/// How many alternatives are tried within one another.
const ALTERNATIVES: u32 = 2;
/// How often goals are pursued again because of what the others taught.
const ROUNDS: u32 = 4;

/// Something to be assumed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Goal {
    /// A condition holds, or does not.
    Expr(ExprId, bool),
    /// An item read as a condition is so, or is not.
    Item(ItemRef, bool),
    /// A comparison holds.
    Compare(CompareOp, ExprId, ExprId),
    /// A value is one of some.
    Narrow(ExprId, Known),
    /// All the goals of one of some alternatives.
    OneOf(Vec<Vec<Goal>>),
}

impl Goal {
    /// The condition or value that it is about, where it is one.
    pub fn expr(&self) -> Option<ExprId> {
        match self {
            Goal::Expr(expr, _) | Goal::Narrow(expr, _) => Some(*expr),
            Goal::Item(..) | Goal::Compare(..) | Goal::OneOf(_) => None,
        }
    }

    /// What one of several bullets that are all asked asks.
    fn of_bullet(bullet: Guarded) -> Goal {
        match bullet.only_if {
            None => Goal::Expr(bullet.then, true),
            Some(only_if) => Goal::OneOf(vec![
                vec![Goal::Expr(only_if, false)],
                vec![Goal::Expr(only_if, true), Goal::Expr(bullet.then, true)],
            ]),
        }
    }
}

/// How far narrowing has gone.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The rank, from 1, of the frame of what is being assumed; 0 for nothing.
    pub assuming: usize,
    depth: u32,
    alternatives: u32,
    /// How many values were narrowed so far.
    narrowed: usize,
    /// Where coherence rules are learnt from: what was learnt of the elements of lists.
    pub cells: Option<Vec<(u32, FieldId, Known)>>,
}

impl Evaluator<'_> {
    /// Assumes all goals in the innermost context; whether that is possible as far as is known.
    pub(super) fn pursue_all(&mut self, goals: &[Goal]) -> bool {
        let mark = self.frames.last().map_or(0, |frame| frame.trail);
        for round in 0..ROUNDS {
            let before = self.narrowing.narrowed;
            let aside = if round == 0 { Vec::new() } else { self.put_truths_aside(mark) };
            for goal in goals {
                if !self.pursue(goal) || self.impossible {
                    return false;
                }
            }
            for (key, known) in aside {
                if self.overlay.get(&key).is_some_and(|now| *now != known) {
                    return false;
                }
                self.overlay.insert(key, known);
            }
            // One value alone teaches the others nothing that they did not see; where there are more that are
            // assumed apart, it is not known to be alone.
            if self.narrowing.narrowed - before <= usize::from(self.within.is_none()) {
                break;
            }
        }
        true
    }

    /// Forgets for a while which compound conditions were assumed, so that they are assumed again
    /// with what is known by now.
    fn put_truths_aside(&mut self, mark: usize) -> Vec<(Key, Known)> {
        let policy = self.policy;
        let compound = |key: &Key| match key {
            Key::Shape(shape) => !matches!(
                policy.exprs.get(policy.exprs.first_of(*shape)).kind,
                ExprKind::Fact(_) | ExprKind::Field(_)
            ),
            Key::Item(_) => true,
        };
        let keys: Vec<Key> = self.trail[mark..].iter().map(|(key, _)| *key).filter(compound).collect();
        let mut aside = Vec::new();
        for key in keys {
            if let Some(Known::Truth(truth)) = self.overlay.get(&key) {
                aside.push((key, Known::Truth(*truth)));
                self.overlay.remove(&key);
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.memos.clear();
        }
        aside
    }

    fn pursue(&mut self, goal: &Goal) -> bool {
        match goal {
            Goal::Expr(expr, holds) => self.assume(*expr, *holds),
            Goal::Item(item, holds) => self.assume_item(*item, *holds),
            Goal::Compare(op, left, right) => self.assume_comparison(*op, *left, *right),
            Goal::Narrow(expr, known) => self.narrow(*expr, known),
            Goal::OneOf(alternatives) => self.any_of(alternatives.iter().cloned()),
        }
    }

    fn pursue_each(&mut self, goals: &[Goal]) -> bool {
        goals.iter().all(|goal| self.pursue(goal))
    }

    fn learn_of(&mut self, key: Key, known: Known) {
        self.narrowing.narrowed += 1;
        self.record(key, known);
    }

    /// Narrows a value to what it may be of some values; whether anything is left.
    pub(in crate::eval) fn narrow(&mut self, expr: ExprId, to: &Known) -> bool {
        if self.is_exhausted() || !self.is_in_focus(expr) {
            return true;
        }
        let now = self.value(expr);
        let Some(narrowed) = now.intersect(to) else { return false };
        if narrowed == now {
            return true;
        }
        if let Known::Truth(truth) = narrowed {
            return self.assume(expr, truth.may_hold);
        }
        self.learn_of(Key::Shape(self.policy.exprs.get(expr).shape), narrowed.clone());
        self.descend(expr, &narrowed)
    }

    /// Counts one assumption; whether there have been too many to go on.
    fn is_exhausted(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget == 0
    }

    /// What alone matters, if that is said.
    pub(super) fn foci(&self) -> impl Iterator<Item = &Touched> {
        [self.focus, self.within].into_iter().flatten()
    }

    /// Whether what is learnt of a value may be learnt of what matters.
    fn is_in_focus(&self, expr: ExprId) -> bool {
        let shape = self.policy.exprs.get(expr).shape;
        self.foci().all(|focus| focus.meets_shape(self.rests_on, shape))
    }

    /// Runs `f` one definition or item further down, unless that is too deep.
    pub(in crate::eval) fn deeper(&mut self, f: impl FnOnce(&mut Self) -> bool) -> bool {
        if self.narrowing.depth >= DEPTH {
            return true;
        }
        self.narrowing.depth += 1;
        let possible = f(self);
        self.narrowing.depth -= 1;
        possible
    }

    /// Assumes that a condition holds, or does not; whether that is possible as far as is known.
    pub(super) fn assume(&mut self, expr: ExprId, holds: bool) -> bool {
        if self.is_exhausted() || !self.is_in_focus(expr) {
            return true;
        }
        let truth = self.truth(expr);
        if !truth.is_open() {
            return truth.contains(holds);
        }
        let policy = self.policy;
        let node = policy.exprs.get(expr);
        match node.kind {
            ExprKind::Fact(_) | ExprKind::Field(_) => self.narrowing.narrowed += 1,
            _ => {}
        }
        self.record(Key::Shape(node.shape), Known::Truth(Truth::of(holds)));
        match &node.kind {
            ExprKind::Definition(definition) => {
                let body = policy.definitions[definition.index()].body;
                self.deeper(|inner| inner.assume(body, holds))
            }
            ExprKind::Holds(item) => self.assume_item(*item, holds),
            ExprKind::AllCriteria => {
                let criteria = policy.items().filter(|item| matches!(item, ItemRef::Criterion(_)));
                self.all_or_one(criteria.map(|item| Goal::Item(item, holds)).collect(), holds)
            }
            ExprKind::Not(operand) => self.assume(*operand, !holds),
            ExprKind::And(operands) => {
                self.all_or_one(operands.iter().map(|operand| Goal::Expr(*operand, holds)).collect(), holds)
            }
            ExprKind::Or(operands) => {
                self.all_or_one(operands.iter().map(|operand| Goal::Expr(*operand, holds)).collect(), !holds)
            }
            ExprKind::Bullets { quantity, of } => self.assume_bullets(*quantity, of, holds),
            ExprKind::Compare { op, left, right } => {
                self.assume_comparison(if holds { *op } else { op.negated() }, *left, *right)
            }
            ExprKind::Among { subject, values } => self.assume_among(*subject, values, holds),
            ExprKind::Between { subject, low, high } => {
                let (ge, le) = (CompareOp::Ge, CompareOp::Le);
                let ends = [(ge, *low), (le, *high)];
                let goals =
                    ends.map(|(op, end)| Goal::Compare(if holds { op } else { op.negated() }, *subject, end));
                self.all_or_one(goals.to_vec(), holds)
            }
            ExprKind::Within { date, duration, origin } => {
                self.assume_within(*date, *duration, *origin, holds)
            }
            ExprKind::Aggregate { kind, list, filter, of } => {
                self.assume_of_elements(expr, (*kind, *list), *filter, *of, holds)
            }
            ExprKind::Cases { .. } | ExprKind::Scale { .. } => {
                self.descend(expr, &Known::Truth(Truth::of(holds)))
            }
            // A truth that is compared or computed in no other way.
            _ => true,
        }
    }

    /// All of some goals, or one of them at least.
    fn all_or_one(&mut self, goals: Vec<Goal>, all: bool) -> bool {
        if all { self.pursue_each(&goals) } else { self.any_of(goals.into_iter().map(|goal| vec![goal])) }
    }

    /// One of several alternatives: what all those that are possible teach.
    pub(super) fn any_of(&mut self, alternatives: impl IntoIterator<Item = Vec<Goal>>) -> bool {
        let mut possible: Vec<Vec<Goal>> = Vec::new();
        for goals in alternatives {
            match self.foresee(&goals) {
                Truth { may_hold: false, .. } => {}
                // It holds without anything being assumed.
                truth if truth.holds() => return true,
                _ => possible.push(goals),
            }
        }
        if possible.len() > 1 && self.narrowing.alternatives < ALTERNATIVES {
            return self.join(possible);
        }
        match possible.as_slice() {
            [] => false,
            [only] => self.pursue_each(only),
            _ => true,
        }
    }

    /// What is known of the goals of an alternative before any is assumed.
    fn foresee(&mut self, goals: &[Goal]) -> Truth {
        let mut all = Truth::YES;
        for goal in goals {
            let truth = match goal {
                Goal::Expr(expr, holds) => {
                    let truth = self.truth(*expr);
                    if *holds { truth } else { !truth }
                }
                Goal::Item(item, holds) => {
                    let truth = self.holds(*item);
                    if *holds { truth } else { !truth }
                }
                Goal::Compare(op, left, right) => {
                    let left = self.value(*left);
                    compare(*op, &left, &self.value(*right))
                }
                Goal::Narrow(expr, known) => {
                    let now = self.value(*expr);
                    Truth { may_hold: now.intersect(known).is_some(), may_fail: !now.is_subset(known) }
                }
                Goal::OneOf(alternatives) => {
                    alternatives.iter().fold(Truth::NO, |any, goals| any.or(self.foresee(goals)))
                }
            };
            all = all.and(truth);
        }
        all
    }

    /// Assumes each alternative apart and keeps what they all teach.
    fn join(&mut self, alternatives: Vec<Vec<Goal>>) -> bool {
        self.narrowing.alternatives += 1;
        let mut taught: Option<BTreeMap<Key, Known>> = None;
        let mut possible: Vec<Vec<Goal>> = Vec::new();
        for goals in alternatives {
            let depth = self.frames.len();
            let outer = std::mem::replace(&mut self.impossible, false);
            self.frames.push(Frame { trail: self.trail.len(), ..Frame::default() });
            if self.pursue_each(&goals) && !self.impossible {
                let mark = self.frames[depth].trail;
                let keys = self.trail[mark..].iter().map(|(key, _)| *key);
                let here: BTreeMap<Key, Known> =
                    keys.filter_map(|key| Some((key, self.overlay.get(&key)?.clone()))).collect();
                taught = Some(match taught {
                    None => here,
                    Some(so_far) => so_far
                        .into_iter()
                        .filter_map(|(key, known)| Some((key, known.union(here.get(&key)?))))
                        .collect(),
                });
                possible.push(goals);
            }
            self.leave(depth);
            self.impossible = outer;
        }
        self.narrowing.alternatives -= 1;
        match possible.as_slice() {
            [] => return false,
            [only] => return self.pursue_each(only),
            _ => {}
        }
        for (key, known) in taught.unwrap_or_default() {
            let is_news = match key {
                Key::Shape(shape) => !self.value(self.policy.exprs.first_of(shape)).is_subset(&known),
                Key::Item(item) => !Known::Truth(self.holds(item)).is_subset(&known),
            };
            if is_news {
                self.learn_of(key, known);
            }
        }
        true
    }

    fn assume_item(&mut self, item: ItemRef, holds: bool) -> bool {
        let (rests_on, unit) = (self.rests_on, self.rests_on.of_item(self.policy, item));
        if self.is_exhausted() || !self.foci().all(|focus| focus.meets_unit(rests_on, unit)) {
            return true;
        }
        let truth = self.holds(item);
        if !truth.is_open() {
            return truth.contains(holds);
        }
        self.record(Key::Item(item), Known::Truth(Truth::of(holds)));
        self.deeper(|inner| inner.assume_parts(item, holds))
    }

    /// An item read as a condition holds where all its parts are so, or where one of them is.
    fn assume_parts(&mut self, item: ItemRef, holds: bool) -> bool {
        let policy = self.policy;
        let yes = |expr: &ExprId| Goal::Expr(*expr, true);
        let not = |expr: &ExprId| Goal::Expr(*expr, false);
        match item {
            ItemRef::Criterion(id) => {
                let criterion = &policy.criteria[id.index()];
                let unless = || criterion.unless.iter().map(|derogation| derogation.condition);
                if holds {
                    let passes = std::iter::once(criterion.requires).chain(unless());
                    let applied =
                        |expr: ExprId| criterion.applies.iter().map(yes).chain([yes(&expr)]).collect();
                    let aside = criterion.applies.iter().map(|applies| vec![not(applies)]);
                    self.any_of(aside.chain(passes.map(applied)).collect::<Vec<_>>())
                } else {
                    let fails = std::iter::once(criterion.requires).chain(unless()).map(|expr| not(&expr));
                    let goals: Vec<Goal> = criterion.applies.iter().map(yes).chain(fails).collect();
                    self.pursue_each(&goals)
                }
            }
            ItemRef::Objective(id) => {
                let objective = &policy.objectives[id.index()];
                self.assume_all_of(objective.applies.into_iter().chain([objective.aims]), [], holds)
            }
            ItemRef::Mission(id) => {
                let mission = &policy.missions[id.index()];
                self.assume_all_of(mission.applies.into_iter().chain([mission.covered]), [], holds)
            }
            ItemRef::Decision => self.assume(policy.decision.favourable, holds),
            ItemRef::Funding(id) => {
                let funding = &policy.fundings[id.index()];
                let unless: Vec<ExprId> = funding.unless.iter().map(|one| one.condition).collect();
                self.assume_all_of(funding.applies.into_iter().chain(funding.due), unless, holds)
            }
            ItemRef::Obligation(id) => {
                let obligation = &policy.obligations[id.index()];
                if !holds {
                    return true;
                }
                let unless: Vec<ExprId> = obligation.unless.iter().map(|one| one.condition).collect();
                let today =
                    Known::Date(crate::known::DateRange { from: None, to: Some(self.world.examined_on) });
                // Without an act it is never read as fulfilled.
                let Some(act) = obligation.fulfilled_by else { return false };
                self.assume_all_of(obligation.applies, unless, true)
                    && self.narrow(act, &today)
                    && self.assume_comparison(CompareOp::Le, act, obligation.deadline)
            }
        }
    }

    /// That some conditions are all so and others all not so; or that this is not the case.
    fn assume_all_of(
        &mut self,
        so: impl IntoIterator<Item = ExprId>,
        not_so: impl IntoIterator<Item = ExprId>,
        holds: bool,
    ) -> bool {
        let so = so.into_iter().map(|expr| Goal::Expr(expr, holds));
        let not_so = not_so.into_iter().map(|expr| Goal::Expr(expr, !holds));
        self.all_or_one(so.chain(not_so).collect(), holds)
    }

    pub(super) fn assume_comparison(&mut self, op: CompareOp, left: ExprId, right: ExprId) -> bool {
        let (of_left, of_right) = (self.value(left), self.value(right));
        let Some(narrowed) = of_left.narrow_by(op, &of_right) else { return false };
        if !self.narrow(left, &narrowed) {
            return false;
        }
        let (of_left, of_right) = (self.value(left), self.value(right));
        match of_right.narrow_by(op.flipped(), &of_left) {
            Some(narrowed) => self.narrow(right, &narrowed),
            None => false,
        }
    }

    fn assume_among(&mut self, subject: ExprId, values: &[ExprId], holds: bool) -> bool {
        if let ([value], op) = (values, if holds { CompareOp::Eq } else { CompareOp::Ne }) {
            return self.assume_comparison(op, subject, *value);
        }
        if !holds {
            return values.iter().all(|value| self.assume_comparison(CompareOp::Ne, subject, *value));
        }
        let mut all: Option<Known> = None;
        for value in values {
            let known = self.value(*value);
            all = Some(all.map_or(known.clone(), |some| some.union(&known)));
        }
        all.is_none_or(|all| self.narrow(subject, &all))
    }

    fn assume_within(&mut self, date: ExprId, duration: ExprId, origin: ExprId, holds: bool) -> bool {
        let last = Known::Date(self.last_day(duration, origin));
        let dates = self.value(date);
        if holds {
            return self.assume_comparison(CompareOp::Ge, date, origin)
                && dates
                    .narrow_by(CompareOp::Le, &last)
                    .is_some_and(|narrowed| self.narrow(date, &narrowed));
        }
        let mut alternatives = vec![vec![Goal::Compare(CompareOp::Lt, date, origin)]];
        alternatives.extend(dates.narrow_by(CompareOp::Gt, &last).map(|late| vec![Goal::Narrow(date, late)]));
        self.any_of(alternatives)
    }
}
