//! The arena in which expressions live, and which of them say the same thing.

use std::collections::HashMap;

use super::{Expr, ExprId, ExprKind, ShapeId, Written};
use crate::policy::Type;
use crate::source::Span;
use crate::unit::Measure;

/// The arena of all expressions of a policy.
#[derive(Debug, Default)]
pub struct Exprs {
    nodes: Vec<Expr>,
    shapes: indexmap::IndexMap<(ExprKind, Type), ShapeId>,
    measures: HashMap<ExprId, Measure>,
}

impl Exprs {
    /// Adds an occurrence. Operands must have been added before.
    ///
    /// The shape is that of the kind with each operand replaced by the first occurrence of its
    /// shape and each span by the empty one.
    pub fn push(&mut self, kind: ExprKind, ty: Type, span: Span) -> ExprId {
        let key = (self.shape_of(&kind), ty);
        let fresh = ShapeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let shape = *self.shapes.entry(key).or_insert(fresh);
        let id = ExprId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Expr { kind, ty, span, shape });
        id
    }

    /// The occurrence of this id.
    pub fn get(&self, id: ExprId) -> &Expr {
        &self.nodes[id.0 as usize]
    }

    /// Says what an occurrence is counted by: nothing is worked out with it, people read it.
    pub fn count_by(&mut self, id: ExprId, measure: Measure) {
        self.measures.insert(id, measure);
    }

    /// What an occurrence is counted by: « par mois », « en ha ».
    pub fn measure(&self, id: ExprId) -> Option<Measure> {
        self.measures.get(&id).copied()
    }

    /// All occurrences, operands before those that have them.
    pub fn iter(&self) -> impl Iterator<Item = &Expr> {
        self.nodes.iter()
    }

    /// The first occurrence of a shape.
    pub fn first_of(&self, shape: ShapeId) -> ExprId {
        ExprId(shape.0)
    }

    /// How many occurrences there are; shapes are numbered below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn shape_of(&self, kind: &ExprKind) -> ExprKind {
        let mut kind = kind.clone();
        kind.for_each_operand_mut(&mut |id: &mut ExprId| {
            *id = ExprId(self.nodes[id.0 as usize].shape.0);
        });
        match &mut kind {
            ExprKind::Cases { lines, .. } => {
                for line in lines {
                    line.span = Span::default();
                    line.written = Written::Line;
                }
            }
            ExprKind::Scale { bands, .. } => {
                for band in bands {
                    band.span = Span::default();
                }
            }
            _ => {}
        }
        kind
    }
}
