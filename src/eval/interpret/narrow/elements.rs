//! What conditions on the elements of a list teach of each of them.

use super::super::context::Row;
use super::{Evaluator, Frame, Goal, Key};
use crate::eval::ListState;
use crate::known::Known;
use crate::policy::{ExprId, ExprKind, ListId};
use crate::syntax::tree::Aggregate;

impl Evaluator<'_> {
    /// What a condition on every element teaches of each of them.
    pub(super) fn assume_of_elements(
        &mut self,
        expr: ExprId,
        (kind, list): (Aggregate, ListId),
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
        self.teach_elements(list, Some(expr), &alternatives)
    }

    /// Assumes one of some alternatives of each element of a list, where coherence rules are learnt
    /// from: elsewhere no context reaches into elements. Elements that `among`, an aggregate, does not
    /// tell apart are taught the same.
    pub(in crate::eval::interpret) fn teach_elements(
        &mut self,
        list: ListId,
        among: Option<ExprId>,
        alternatives: &[Vec<Goal>],
    ) -> bool {
        self.for_elements(list, among, |inner, row| inner.teach_element(row, list, alternatives))
    }

    /// Assumes a condition, or its contrary, of each element of which it is open.
    pub(in crate::eval::interpret) fn teach_open_elements(
        &mut self,
        list: ListId,
        among: ExprId,
        condition: ExprId,
        holds: bool,
    ) -> bool {
        self.for_elements(list, Some(among), |inner, row| {
            !inner.truth(condition).is_open()
                || inner.teach_element(row, list, &[vec![Goal::Expr(condition, holds)]])
        })
    }

    /// Teaches one element of each class, and the others of the class the same.
    fn for_elements(
        &mut self,
        list: ListId,
        among: Option<ExprId>,
        mut teach: impl FnMut(&mut Self, u32) -> bool,
    ) -> bool {
        let world = self.world;
        let ListState::Rows(rows) = &world.lists[list.index()] else { return true };
        if self.narrowing.cells.is_none() {
            return true;
        }
        let mut in_turn =
            |inner: &mut Self, row: u32| inner.in_row(list, Row::At(row), |inner| teach(inner, row));
        let Some(classes) = among.and_then(|expr| self.classes(rows, list, expr)) else {
            return (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).all(|row| in_turn(self, row));
        };
        classes.iter().all(|elements| {
            let Some((first, others)) = elements.split_first() else { return true };
            let mark = self.narrowing.cells.as_ref().map_or(0, Vec::len);
            let possible = in_turn(self, *first);
            if let Some(cells) = &mut self.narrowing.cells {
                let taught = cells.get(mark..).unwrap_or_default().to_vec();
                for row in others {
                    cells.extend(taught.iter().map(|(_, field, known)| (*row, *field, known.clone())));
                }
            }
            possible
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
