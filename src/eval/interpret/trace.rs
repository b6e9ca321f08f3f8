//! How values come about: the steps of an evaluation, kept where they are asked for.
//!
//! The same code works out a value and explains it: while a trace is open, each expression that is
//! worked out leaves a step over the steps of its operands, in the context in which it was read.

use std::ops::Range;
use std::sync::Arc;

use foldhash::HashSet;

use super::context::Row;
use super::interpreter::Evaluator;
use super::reads::MemoId;
use crate::decision::{Because, Leaf, Op, Part, Step};
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::dependencies::{Unit, UnitId};
use crate::policy::{ExprId, ExprKind, ItemRef, ListId};

/// The steps of the expression that is being worked out.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// Steps of the operands worked out so far: of the expression under way, after those of the
    /// expressions around it.
    steps: Vec<Step>,
    /// Where those of the expression under way begin.
    from: usize,
    /// The parts of an item worked out so far.
    parts: Vec<(Part, Step)>,
    /// The step of the unit that was just read.
    shared: Option<Arc<Step>>,
    /// Of how much the share under way is served, out of what.
    served: Option<(Ratio, Ratio)>,
}

/// The steps that an element left, among those of the operands: others that are like it leave the same.
#[derive(Debug, Clone)]
pub(super) struct Told(Range<usize>);

impl Evaluator<'_> {
    /// How an expression comes to its value.
    pub fn explain(&mut self, expr: ExprId) -> Step {
        let steps = self.traced(|inner| {
            inner.value(expr);
        });
        let leaf = || Step { expr: Some(expr), op: Op::Expr, value: self.value(expr), operands: Vec::new() };
        steps.steps.into_iter().next().unwrap_or_else(leaf)
    }

    /// Why an item is as it is: its parts that were needed, each with its tree.
    pub fn because(&mut self, item: ItemRef) -> Because {
        let trace = self.traced(|inner| {
            inner.parts_of(item);
        });
        Because { parts: trace.parts }
    }

    /// The value of a part of an item.
    pub(in crate::eval) fn part(&mut self, part: Part, expr: ExprId) -> Known {
        let known = self.value(expr);
        if let Some(trace) = &mut self.trace
            && trace.steps.len() > trace.from
            && let Some(step) = trace.steps.pop()
        {
            trace.parts.push((part, step));
        }
        known
    }

    /// Runs `f` without leaving steps.
    pub(super) fn untraced<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        let trace = self.trace.take();
        let result = f(self);
        self.trace = trace;
        result
    }

    /// Whether steps are kept.
    pub(super) fn is_traced(&self) -> bool {
        self.trace.is_some()
    }

    /// How many steps of operands stand already.
    pub(super) fn told_so_far(&self) -> usize {
        self.trace.as_ref().map_or(0, |trace| trace.steps.len())
    }

    /// The steps left since, where they say nothing of the element in turn but its own answers; nothing where none
    /// are kept.
    pub(super) fn told_of(&self, mark: usize, list: ListId, row: u32) -> Option<Told> {
        let steps = &self.trace.as_ref()?.steps;
        let own = steps.get(mark..)?.iter().all(|step| self.is_own(step, list, row));
        own.then_some(Told(mark..steps.len()))
    }

    fn is_own(&self, step: &Step, list: ListId, row: u32) -> bool {
        let own = match step.op {
            Op::Leaf(Leaf::Cell(own, field)) => own == row && self.policy.fields[field.index()].list == list,
            Op::Leaf(_) | Op::Expr => true,
            Op::Cases { .. } | Op::Case { .. } | Op::Shared(_) | Op::Served { .. } | Op::Item => false,
        };
        own && step.operands.iter().all(|operand| self.is_own(operand, list, row))
    }

    /// Leaves the same steps of another element.
    pub(super) fn tell_again(&mut self, told: &Told, row: u32) {
        let Some(trace) = &mut self.trace else { return };
        for at in told.0.clone() {
            if let Some(step) = trace.steps.get(at) {
                let step = of_row(step, row);
                trace.steps.push(step);
            }
        }
    }

    /// Leaves a list as a whole, with its length, among the operands.
    pub(super) fn show_list(&mut self, list: ListId, length: &Known) {
        if let Some(trace) = &mut self.trace {
            let op = Op::Leaf(Leaf::List(list));
            trace.steps.push(Step { expr: None, op, value: length.clone(), operands: Vec::new() });
        }
    }

    /// Leaves of how much the share under way is served, out of what.
    pub(super) fn show_share(&mut self, served: Option<(Ratio, Ratio)>) {
        if let Some(trace) = &mut self.trace {
            trace.served = served;
        }
    }

    /// Puts the last two operands in the other order: that in which they are written.
    pub(super) fn swap_last_steps(&mut self) {
        if let Some(trace) = &mut self.trace
            && let Some([.., before, last]) = trace.steps.get_mut(trace.from..)
        {
            std::mem::swap(before, last);
        }
    }

    /// Starts the step of an expression: where the steps of the one around it begin.
    pub(super) fn open_step(&mut self) -> Option<usize> {
        self.trace.as_mut().map(|trace| std::mem::replace(&mut trace.from, trace.steps.len()))
    }

    /// Ends the step of an expression.
    pub(super) fn close_step(&mut self, outer: Option<usize>, expr: ExprId, known: &Known) {
        let Some(outer) = outer else { return };
        let leaf = self.leaf(expr);
        let Some(trace) = &mut self.trace else { return };
        let operands = trace.steps.drain(trace.from.min(trace.steps.len())..).collect();
        trace.from = outer;
        let op = match (leaf, trace.shared.take()) {
            (Some(op), _) => op,
            (None, Some(step)) => Op::Shared(step),
            (None, None) => match trace.served.take() {
                Some((of, out_of)) => Op::Served { of, out_of },
                None => Op::Expr,
            },
        };
        trace.steps.push(Step { expr: Some(expr), op, value: known.clone(), operands });
    }

    fn leaf(&self, expr: ExprId) -> Option<Op> {
        let leaf = match &self.policy.exprs.get(expr).kind {
            ExprKind::Const(_) => Leaf::Literal,
            ExprKind::Fact(fact) => Leaf::Fact(*fact),
            ExprKind::Field(field) => {
                let list = self.policy.fields[field.index()].list;
                match self.rows[list.index()] {
                    Some(Row::At(row)) => Leaf::Cell(row, *field),
                    Some(Row::Any) | None => Leaf::List(list),
                }
            }
            ExprKind::Parameter { parameter, .. } => Leaf::Parameter(*parameter),
            ExprKind::Reading(reading) => Leaf::Reading(*reading),
            ExprKind::ExaminationDate => Leaf::ExaminationDate,
            ExprKind::Holds(_) | ExprKind::AmountOf(_) | ExprKind::AllCriteria => return Some(Op::Item),
            _ => return None,
        };
        Some(Op::Leaf(leaf))
    }

    /// Leaves the steps of a unit that was just read: once for all who share it, or those of its
    /// operands where it stands at one place only.
    pub(super) fn show_unit(&mut self, unit: UnitId, expr: ExprId) {
        if self.trace.is_none() {
            return;
        }
        match self.rests_on.unit(unit) {
            Unit::Item(_) | Unit::AllCriteria => {}
            Unit::Definition(_) | Unit::Expr(_) if self.is_shared(unit) => {
                let step = self.shared_step(unit);
                if let Some(trace) = &mut self.trace {
                    trace.shared = step;
                }
            }
            Unit::Definition(_) => {}
            Unit::Expr(_) => {
                self.prepare(unit);
                let mark = self.noted.len();
                self.over_list(expr);
                self.noted.truncate(mark);
            }
        }
    }

    fn is_shared(&self, unit: UnitId) -> bool {
        match self.rests_on.unit(unit) {
            Unit::Definition(_) => true,
            Unit::Expr(_) => self.rests_on.is_repeated(unit),
            Unit::Item(_) | Unit::AllCriteria => false,
        }
    }

    /// The step of a unit in the contexts in force.
    fn shared_step(&mut self, unit: UnitId) -> Option<Arc<Step>> {
        let memo = self.memo(unit)?;
        if self.memos[memo.index()].step.is_none() {
            self.prepare(unit);
            self.keep_step(unit, memo);
        }
        self.memos[memo.index()].step.clone()
    }

    /// Works out the step of a memo in the contexts in which its value was worked out.
    fn keep_step(&mut self, unit: UnitId, memo: MemoId) {
        let home = self.home(unit);
        let kept = self.frames.get(home.wrapping_sub(1)).zip(self.rows_of(unit));
        let is_inside = kept.is_some_and(|(frame, rows)| frame.memos.get(&(unit, rows)) == Some(&memo));
        let step = if is_inside || home == 0 {
            self.own_step(unit)
        } else {
            self.outside_contexts(|inner| inner.own_step(unit))
        };
        self.memos[memo.index()].step = step.map(Arc::new);
    }

    /// Works out the steps of the units that a unit uses, one after another: a long chain of
    /// definitions goes no deeper than one of them.
    fn prepare(&mut self, unit: UnitId) {
        let rests_on = self.rests_on;
        let mut path: Vec<(UnitId, bool)> = rests_on.uses(unit).iter().map(|used| (*used, false)).collect();
        let mut seen: HashSet<UnitId> = HashSet::default();
        while let Some((next, expanded)) = path.pop() {
            if expanded {
                if let Some(memo) = self.memo(next)
                    && self.memos[memo.index()].step.is_none()
                {
                    self.keep_step(next, memo);
                }
                continue;
            }
            if matches!(rests_on.unit(next), Unit::Item(_) | Unit::AllCriteria)
                || self.rows_of(next).is_none()
                || !seen.insert(next)
            {
                continue;
            }
            if self.is_shared(next) {
                match self.memo(next) {
                    Some(memo) if self.memos[memo.index()].step.is_none() => path.push((next, true)),
                    Some(_) | None => continue,
                }
            }
            path.extend(rests_on.uses(next).iter().map(|used| (*used, false)));
        }
    }

    fn own_step(&mut self, unit: UnitId) -> Option<Step> {
        let body = match self.rests_on.unit(unit) {
            Unit::Definition(definition) => self.policy.definitions[definition.index()].body,
            Unit::Expr(expr) => expr,
            Unit::Item(_) | Unit::AllCriteria => return None,
        };
        let changed = u32::from(self.home(unit) > 0);
        self.reentry += changed;
        let trace = self.traced(|inner| match inner.rests_on.unit(unit) {
            Unit::Expr(expr) => {
                let outer = inner.open_step();
                let known = inner.over_list(expr);
                inner.close_step(outer, expr, &known);
            }
            Unit::Definition(_) | Unit::Item(_) | Unit::AllCriteria => {
                inner.value(body);
            }
        });
        self.reentry -= changed;
        trace.steps.into_iter().next()
    }

    /// Runs `f` with a trace of its own; what it reads is not noted.
    fn traced(&mut self, f: impl FnOnce(&mut Self)) -> Trace {
        let mark = self.noted.len();
        let outer = self.trace.replace(Trace::default());
        f(self);
        self.noted.truncate(mark);
        std::mem::replace(&mut self.trace, outer).unwrap_or_default()
    }
}

/// A step of an element, as it is of another like it.
fn of_row(step: &Step, row: u32) -> Step {
    let op = match step.op {
        Op::Leaf(Leaf::Cell(_, field)) => Op::Leaf(Leaf::Cell(row, field)),
        ref op => op.clone(),
    };
    let operands = step.operands.iter().map(|operand| of_row(operand, row)).collect();
    Step { expr: step.expr, op, value: step.value.clone(), operands }
}
