//! What conditions on the elements of a list teach of each of them.

use super::{Evaluator, Frame, Goal, Key};
use crate::eval::ListState;
use crate::eval::context::Row;
use crate::known::Known;
use crate::policy::{ExprId, ExprKind, ListId};
use crate::syntax::tree::Aggregate;

impl Evaluator<'_> {
    /// What a condition on every element teaches of each of them.
    pub(super) fn assume_of_elements(
        &mut self,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
        holds: bool,
    ) -> bool {
        let not = |expr: Option<ExprId>| expr.map(|expr| vec![Goal::Expr(expr, false)]);
        let alternatives: Vec<Vec<Goal>> = match (kind, holds) {
            (Aggregate::All, true) => {
                let both = filter.into_iter().chain(of).map(|expr| Goal::Expr(expr, true)).collect();
                not(filter).into_iter().chain([both]).collect()
            }
            (Aggregate::Exists, false) | (Aggregate::None, true) => {
                not(filter).into_iter().chain(not(of)).collect()
            }
            _ => return true,
        };
        self.teach_elements(list, &alternatives)
    }

    /// Assumes one of some alternatives of each element of a list, where coherence rules are learnt
    /// from: elsewhere no context reaches into elements.
    pub(in crate::eval) fn teach_elements(&mut self, list: ListId, alternatives: &[Vec<Goal>]) -> bool {
        let ListState::Rows { len, .. } = &self.world.lists[list.index()] else { return true };
        if self.narrowing.cells.is_none() {
            return true;
        }
        (0..u32::try_from(*len).unwrap_or(u32::MAX))
            .all(|row| self.in_row(list, Row::At(row), |inner| inner.teach_element(row, list, alternatives)))
    }

    /// Assumes a condition, or its contrary, of each element of which it is open.
    pub(in crate::eval) fn teach_open_elements(
        &mut self,
        list: ListId,
        condition: ExprId,
        holds: bool,
    ) -> bool {
        let ListState::Rows { len, .. } = &self.world.lists[list.index()] else { return true };
        if self.narrowing.cells.is_none() {
            return true;
        }
        (0..u32::try_from(*len).unwrap_or(u32::MAX)).all(|row| {
            self.in_row(list, Row::At(row), |inner| {
                !inner.truth(condition).is_open()
                    || inner.teach_element(row, list, &[vec![Goal::Expr(condition, holds)]])
            })
        })
    }

    fn teach_element(&mut self, row: u32, list: ListId, alternatives: &[Vec<Goal>]) -> bool {
        let depth = self.frames.len();
        self.frames.push(Frame { trail: self.trail.len(), ..Frame::default() });
        let possible = self.any_of(alternatives.iter().cloned()) && !self.impossible;
        let mark = self.frames[depth].trail;
        let taught: Vec<(Key, Known)> = self.trail[mark..]
            .iter()
            .filter_map(|(key, _)| Some((*key, self.overlay.get(key)?.clone())))
            .collect();
        self.leave(depth);
        for (key, known) in taught {
            let Key::Shape(shape) = key else { continue };
            match &self.policy.exprs.get(self.policy.exprs.first_of(shape)).kind {
                ExprKind::Field(field) if self.policy.fields[field.index()].list == list => {
                    if let Some(cells) = &mut self.narrowing.cells {
                        cells.push((row, *field, known));
                    }
                }
                _ if self.rests_on.free(shape).is_empty() => self.learn_of(key, known),
                _ => {}
            }
        }
        possible
    }
}
