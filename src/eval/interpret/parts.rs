//! Items: what is known of their parts, each read in its context.

use super::interpreter::{Evaluator, Key, Worth, date_of, number_of, truth_of};
use super::items::{ItemKnown, StatusSet};
use super::narrow::Goal;
use crate::decision::Part;
use crate::known::{DateRange, Interval, Known, Truth};
use crate::number::Ratio;
use crate::policy::{Derogation, ExprId, FundingId, FundingKind, ItemRef, ObligationId, Policy};

impl Evaluator<'_> {
    /// What is known of an item.
    pub fn item(&mut self, item: ItemRef) -> ItemKnown {
        match self.worth(self.rests_on.of_item(self.policy, item)) {
            Worth::Item(known) => known,
            Worth::Known(_) => self.parts_of(item),
        }
    }

    /// The statuses that an item may have, as far as intervals know.
    pub fn statuses(&mut self, item: ItemRef) -> StatusSet {
        let mark = self.noted.len();
        let set = StatusSet::of(&self.item(item));
        if set.len() == 1 {
            self.noted.truncate(mark);
        }
        set
    }

    /// Whether an item, read as a condition, is so.
    pub(in crate::eval) fn holds(&mut self, item: ItemRef) -> Truth {
        let mark = self.noted.len();
        let raw = Known::Truth(self.item(item).holds());
        let known = self.narrowed(Key::Item(item), raw);
        if known.is_single() {
            self.noted.truncate(mark);
        }
        truth_of(&known)
    }

    /// The amount of a financing, 0 € where it is not due.
    pub(in crate::eval) fn amount_of(&mut self, funding: FundingId) -> Interval {
        let zero = Interval::point(Ratio::zero());
        let due = self.holds(ItemRef::Funding(funding));
        if due.fails() {
            return zero;
        }
        match self.item(ItemRef::Funding(funding)) {
            ItemKnown::Funding { amount: Some(amount), .. } => {
                let amount = number_of(amount);
                if due.holds() { amount } else { amount.union(&zero) }
            }
            _ => zero,
        }
    }

    /// Works out the parts of an item.
    pub(super) fn parts_of(&mut self, item: ItemRef) -> ItemKnown {
        let policy = self.policy;
        match item {
            ItemRef::Criterion(id) => {
                let criterion = &policy.criteria[id.index()];
                let (applies, parts) = self.applied(item, criterion.applies, |inner| {
                    let requires = truth_of(&inner.part(Part::Condition, criterion.requires));
                    (requires, inner.unless(&criterion.unless))
                });
                let (requires, unless) = parts.unwrap_or((Truth::OPEN, Truth::OPEN));
                ItemKnown::Criterion { applies, requires, unless }
            }
            ItemRef::Objective(id) => {
                let objective = &policy.objectives[id.index()];
                let (applies, aims) = self.applied_truth(item, objective.applies, objective.aims);
                ItemKnown::Objective { applies, aims }
            }
            ItemRef::Mission(id) => {
                let mission = &policy.missions[id.index()];
                let (applies, covered) = self.applied_truth(item, mission.applies, mission.covered);
                ItemKnown::Mission { applies, covered }
            }
            ItemRef::Decision => ItemKnown::Decision {
                favourable: truth_of(&self.part(Part::Condition, policy.decision.favourable)),
            },
            ItemRef::Funding(id) => self.funding(id),
            ItemRef::Obligation(id) => self.obligation(id).0,
        }
    }

    /// The statuses that the dates of an obligation allow where it applies. Of what was read, only what
    /// the dates read is noted: whether it applies is another question.
    pub(in crate::eval) fn statuses_of_dates(&mut self, id: ObligationId) -> StatusSet {
        let (known, before_dates) = self.obligation(id);
        self.keep_notes_from(before_dates);
        match known {
            ItemKnown::Obligation { statuses, .. } => statuses,
            ItemKnown::Criterion { .. }
            | ItemKnown::Objective { .. }
            | ItemKnown::Mission { .. }
            | ItemKnown::Decision { .. }
            | ItemKnown::Funding { .. } => StatusSet::of(&known),
        }
    }

    /// The truth of an expression knowing that others hold; open where they cannot. What they read
    /// is not noted: whether they hold is another question.
    pub(in crate::eval) fn truth_under(&mut self, under: &[ExprId], expr: ExprId) -> Truth {
        let mut before = None;
        let truth = self.truth_under_all(under, expr, &mut before);
        self.keep_notes_from(before);
        truth
    }

    fn truth_under_all(&mut self, under: &[ExprId], expr: ExprId, before: &mut Option<usize>) -> Truth {
        match under.split_first() {
            None => {
                *before = Some(self.noted.len());
                self.truth(expr)
            }
            Some((first, rest)) => self
                .assuming(*first, true, |inner| inner.truth_under_all(rest, expr, before))
                .unwrap_or(Truth::OPEN),
        }
    }

    /// Forgets what was read before a point; all of it, where that point was never reached.
    fn keep_notes_from(&mut self, point: Option<usize>) {
        let all = self.noted.len();
        self.noted.drain(..point.unwrap_or(all).min(all));
    }

    fn funding(&mut self, id: FundingId) -> ItemKnown {
        let funding = &self.policy.fundings[id.index()];
        let (applies, parts) = self.applied(ItemRef::Funding(id), funding.applies, |inner| {
            let due = funding.due.map_or(Truth::YES, |due| truth_of(&inner.part(Part::Condition, due)));
            let unless = inner.unless(&funding.unless);
            if !due.may_hold || !unless.may_fail {
                return (due, unless, None);
            }
            let due_goal = funding.due.filter(|_| due.is_open()).map(|due| Goal::Expr(due, true));
            let not_goals = funding.unless.iter().map(|derogation| Goal::Expr(derogation.condition, false));
            let mut goals: Vec<Goal> = due_goal.into_iter().collect();
            if unless.is_open() {
                goals.extend(not_goals);
            }
            let part = if funding.kind == FundingKind::Result { Part::Value } else { Part::Amount };
            let amount = inner.part_under(&goals, part, funding.amount);
            // What the parts of it come to, and what is left, is only told.
            if inner.is_traced() {
                for (rank, part) in (0..).zip(&funding.parts) {
                    inner.part_under(&goals, Part::Share(rank), *part);
                }
                if let Some(rest) = funding.rest {
                    inner.part_under(&goals, Part::Rest, rest.value);
                }
            }
            (due, unless, amount)
        });
        let (due, unless, amount) = parts.unwrap_or((Truth::OPEN, Truth::OPEN, None));
        match (applies.may_hold && due.may_hold && unless.may_fail, &amount) {
            // No completion satisfies all that it is due under.
            (true, None) => ItemKnown::Funding { applies, due: Truth::NO, unless, amount },
            _ => ItemKnown::Funding { applies, due, unless, amount },
        }
    }

    /// What is known of an obligation, and how much had been read before its dates.
    fn obligation(&mut self, id: ObligationId) -> (ItemKnown, Option<usize>) {
        let obligation = &self.policy.obligations[id.index()];
        let mut before_dates = None;
        let (applies, parts) = self.applied(ItemRef::Obligation(id), obligation.applies, |inner| {
            let unless = inner.unless(&obligation.unless);
            if !unless.may_fail {
                return (unless, None);
            }
            let goals: Vec<Goal> = obligation
                .unless
                .iter()
                .filter(|_| unless.is_open())
                .map(|derogation| Goal::Expr(derogation.condition, false))
                .collect();
            before_dates = Some(inner.noted.len());
            let deadline = inner.part_under(&goals, Part::Deadline, obligation.deadline);
            let fulfilled = match obligation.fulfilled_by {
                None => None,
                Some(act) => match inner.part_under(&goals, Part::FulfilledBy, act) {
                    Some(date) => Some(date),
                    None => return (unless, None),
                },
            };
            (unless, deadline.map(|deadline| (deadline, fulfilled)))
        });
        let (unless, dates) = parts.unwrap_or((Truth::NO, None));
        let Some((deadline, fulfilled)) = dates else {
            let never = ItemKnown::Obligation {
                applies: Truth::NO,
                deadline: DateRange::ALL,
                fulfilled: DateRange::ALL,
                statuses: StatusSet::NONE,
            };
            return (never, None);
        };
        let deadline = date_of(&deadline);
        let today = self.world.examined_on;
        let statuses = match fulfilled.as_ref().map(date_of) {
            Some(fulfilled) => StatusSet::of_dates(deadline, fulfilled, today),
            None => StatusSet::of_limit(deadline, today),
        };
        let fulfilled = fulfilled.as_ref().map_or(DateRange::ALL, date_of);
        let known = ItemKnown::Obligation { applies: applies.and(!unless), deadline, fulfilled, statuses };
        (known, before_dates)
    }

    /// Works out the rest of an item knowing that it applies; nothing where it does not.
    fn applied<R>(
        &mut self,
        item: ItemRef,
        applies: Option<ExprId>,
        f: impl FnOnce(&mut Self) -> R,
    ) -> (Truth, Option<R>) {
        let Some(applies) = applies else { return (Truth::YES, Some(f(self))) };
        let truth = truth_of(&self.part(Part::Applies, applies));
        if !truth.is_open() {
            return if truth.may_hold { (Truth::YES, Some(f(self))) } else { (Truth::NO, None) };
        }
        let rest = |policy: &Policy| {
            let mut rest = policy.roots(item);
            rest.retain(|expr| *expr != applies);
            if let ItemRef::Funding(id) = item {
                rest.extend(&policy.fundings[id.index()].parts);
            }
            rest
        };
        match self.supposing_for(&[Goal::Expr(applies, true)], rest, f) {
            None => (Truth::NO, None),
            Some(rest) => (truth, Some(rest)),
        }
    }

    fn applied_truth(&mut self, item: ItemRef, applies: Option<ExprId>, condition: ExprId) -> (Truth, Truth) {
        let (applies, rest) =
            self.applied(item, applies, |inner| truth_of(&inner.part(Part::Condition, condition)));
        (applies, rest.unwrap_or(Truth::OPEN))
    }

    /// Whether one of some derogations holds.
    fn unless(&mut self, derogations: &[Derogation]) -> Truth {
        let mark = self.noted.len();
        let mut any = Truth::NO;
        for (rank, derogation) in (0..).zip(derogations) {
            any = any.or(truth_of(&self.part(Part::Unless(rank), derogation.condition)));
        }
        if any.holds() {
            self.noted.truncate(mark);
        }
        any
    }

    /// The value of a part where some goals are met; `None` where they cannot be.
    fn part_under(&mut self, goals: &[Goal], part: Part, expr: ExprId) -> Option<Known> {
        let taught = goals.iter().any(|goal| goal.expr().is_none_or(|cond| self.teaches(cond, &[expr])));
        if taught {
            self.supposing_for(goals, |_| vec![expr], |inner| inner.part(part, expr))
        } else {
            Some(self.part(part, expr))
        }
    }
}
