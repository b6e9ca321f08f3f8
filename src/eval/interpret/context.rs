//! Contexts: what is known to hold where an expression is read, and the element in turn.
//!
//! A frame is one assumption with all that it teaches. A unit that rests on nothing that the frames
//! in force teach about has its value from outside them; otherwise it is worked out again, and kept
//! in the innermost frame that changes it.

use foldhash::HashMap;

use super::interpreter::{Evaluator, Key, REENTRY};
use super::narrow::Goal;
use super::reads::MemoId;
use crate::known::{Known, Truth};
use crate::policy::dependencies::{Touched, UnitId};
use crate::policy::{ExprId, ListId};

/// The element in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::eval) enum Row {
    /// Of this rank, from 0.
    At(u32),
    /// Any element of a list that is absent.
    Any,
}

/// One assumption in force.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// How long the trail was before it.
    pub trail: usize,
    /// The leaves that it teaches about.
    pub touched: Touched,
    /// The units that it changes.
    pub memos: HashMap<(UnitId, u64), MemoId>,
}

impl<'a> Evaluator<'a> {
    /// Runs `f` knowing that a condition of this truth holds (or does not).
    pub(super) fn under_truth<R>(
        &mut self,
        truth: Truth,
        cond: ExprId,
        holds: bool,
        f: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        if !truth.contains(holds) {
            None
        } else if truth.is_open() {
            self.supposing(&[Goal::Expr(cond, holds)], f)
        } else {
            Some(f(self))
        }
    }

    /// The value of an expression knowing that a condition of this truth holds (or does not).
    pub(super) fn value_under(
        &mut self,
        truth: Truth,
        cond: ExprId,
        holds: bool,
        expr: ExprId,
    ) -> Option<Known> {
        let exprs = &self.policy.exprs;
        if truth.is_open() && !self.rests_on.meet(exprs.get(cond).shape, exprs.get(expr).shape) {
            // The condition teaches nothing of what is read.
            return Some(self.value(expr));
        }
        self.under_truth(truth, cond, holds, |inner| inner.value(expr))
    }

    /// Runs `f` in a context where all the goals are met; `None` where that is impossible.
    pub(super) fn supposing<R>(&mut self, goals: &[Goal], f: impl FnOnce(&mut Self) -> R) -> Option<R> {
        self.supposing_within(goals, None, f)
    }

    /// The same, where no more is assumed than what may teach about some leaves, if any are said.
    pub(super) fn supposing_within<R>(
        &mut self,
        goals: &[Goal],
        leaves: Option<&'a Touched>,
        f: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        let outer = std::mem::replace(&mut self.impossible, false);
        let depth = self.frames.len();
        let mark = self.noted.len();
        let result = if self.enter(goals, leaves) {
            let result = f(self);
            (!self.impossible).then_some(result)
        } else {
            None
        };
        if result.is_none() {
            self.noted.truncate(mark);
        }
        self.leave(depth);
        self.impossible = outer;
        result
    }

    /// Opens a context in which all the goals are met, or what of them teaches about some leaves; whether that is
    /// possible as far as is known.
    pub(super) fn enter(&mut self, goals: &[Goal], leaves: Option<&'a Touched>) -> bool {
        self.frames.push(Frame { trail: self.trail.len(), ..Frame::default() });
        // While something is being assumed, contexts within it teach nothing: what they would teach
        // is not worth what they would cost, one within another.
        if self.narrowing.assuming > 0 || self.budget == 0 {
            return true;
        }
        let mark = self.noted.len();
        self.narrowing.assuming = self.frames.len();
        let within = std::mem::replace(&mut self.within, leaves);
        let possible = self.untraced(|inner| inner.pursue_all(goals)) && !self.impossible;
        self.within = within;
        self.narrowing.assuming = 0;
        self.noted.truncate(mark);
        if let Some(frame) = self.frames.last_mut() {
            frame.memos.clear();
        }
        possible
    }

    /// Closes contexts until so many are in force.
    pub(in crate::eval) fn leave(&mut self, depth: usize) {
        if let Some(frame) = self.frames.get(depth) {
            let mark = frame.trail;
            self.frames.truncate(depth);
            self.undo(mark);
        }
    }

    pub(super) fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            if let Some((key, before)) = self.trail.pop() {
                match before {
                    Some(known) => self.overlay.insert(key, known),
                    None => self.overlay.remove(&key),
                };
            }
        }
    }

    /// Notes what the innermost context teaches.
    pub(super) fn record(&mut self, key: Key, known: Known) {
        let (rests_on, policy, memos) = (self.rests_on, self.policy, &self.memos);
        if let Some(frame) = self.frames.last_mut() {
            let mut touched = Touched::default();
            match key {
                Key::Shape(shape) => touched.add_shape(rests_on, shape),
                Key::Item(item) => touched.add_unit(rests_on, rests_on.of_item(policy, item)),
            }
            [self.focus, self.within].into_iter().flatten().for_each(|focus| touched.keep(focus));
            frame.memos.retain(|_, memo| !touched.meets_unit(rests_on, memos[memo.index()].unit));
            frame.touched.add_all(&touched);
        }
        let before = self.overlay.insert(key, known);
        self.trail.push((key, before));
    }

    /// The rank, from 1, of the innermost frame that changes a unit; 0 where none does.
    pub(super) fn home(&self, unit: UnitId) -> usize {
        let changes = |frame: &Frame| frame.touched.meets_unit(self.rests_on, unit);
        self.frames.iter().rposition(changes).map_or(0, |rank| rank + 1)
    }

    /// Whether no more units are to be worked out again inside contexts.
    pub(in crate::eval) fn is_spent(&self) -> bool {
        self.reentry >= REENTRY || self.budget == 0
    }

    /// The memo of a unit in the contexts in force, where it was worked out.
    pub(super) fn find(&self, unit: UnitId, rows: u64) -> Option<MemoId> {
        let base = || {
            if self.rests_on.free_of_unit(unit).is_empty() {
                self.base[unit.index()]
            } else {
                self.base_of_rows.get(&(unit, rows)).copied()
            }
        };
        match self.home(unit) {
            0 => base(),
            home => {
                let inside = self.frames[home - 1].memos.get(&(unit, rows)).copied();
                if self.is_spent() { inside.or_else(base) } else { inside }
            }
        }
    }

    /// The elements in turn that a unit reads, as one number; `None` where it reads those of more
    /// than two lists.
    pub(super) fn rows_of(&self, unit: UnitId) -> Option<u64> {
        let of = |list: &ListId| match self.rows[list.index()] {
            None => u64::from(u32::MAX),
            Some(Row::Any) => u64::from(u32::MAX - 1),
            Some(Row::At(row)) => u64::from(row),
        };
        match self.rests_on.free_of_unit(unit) {
            [] => Some(0),
            [one] => Some(of(one)),
            [one, other] => Some(of(one) << 32 | of(other)),
            _ => None,
        }
    }

    /// Runs `f` as if no context were in force.
    pub(super) fn outside_contexts<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        let overlay = std::mem::take(&mut self.overlay);
        let trail = std::mem::take(&mut self.trail);
        let frames = std::mem::take(&mut self.frames);
        let impossible = self.impossible;
        let result = f(self);
        self.overlay = overlay;
        self.trail = trail;
        self.frames = frames;
        self.impossible = impossible;
        result
    }

    /// Runs `f` with an element in turn. What is known of another element of the list is put aside.
    pub(in crate::eval) fn in_row<R>(&mut self, list: ListId, row: Row, f: impl FnOnce(&mut Self) -> R) -> R {
        let mark = self.trail.len();
        let outer = self.rows[list.index()].replace(row);
        let around = std::mem::replace(&mut self.around[list.index()], outer);
        if outer.is_some() && !self.overlay.is_empty() {
            let rests_on = self.rests_on;
            let of_list = |key: &Key| match key {
                Key::Shape(shape) => rests_on.free(*shape).contains(&list),
                Key::Item(_) => false,
            };
            let hidden: Vec<Key> = self.overlay.keys().filter(|key| of_list(key)).copied().collect();
            for key in hidden {
                let known = self.overlay.remove(&key);
                self.trail.push((key, known));
            }
        }
        let result = f(self);
        self.undo(mark);
        self.rows[list.index()] = outer;
        self.around[list.index()] = around;
        result
    }

    /// A value of the element around the one in turn.
    pub(super) fn of_around(&mut self, list: ListId, of: ExprId) -> Known {
        match self.around[list.index()] {
            Some(row) => self.in_row(list, row, |inner| inner.value(of)),
            None => self.policy.domain_of(self.policy.exprs.get(of).ty),
        }
    }
}
