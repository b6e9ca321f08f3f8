//! Elements of a list of which the same was asked and that answer alike: what was written of one serves for the
//! others, but for its rank and for what the dossier says of it.

use std::ops::Range;

use super::facts::Facts;
use super::fragments::Fragments;
use super::writer::Writer;
use crate::decision::{Leaf, MissingPlace, Op, Step};
use crate::known::Known;
use crate::policy::{FieldId, ListId, Policy};
use crate::render::words::Words;

/// What differs from one element to the next.
#[derive(Debug, Clone, Copy)]
enum Own {
    /// Its rank, from 1.
    Rank,
    /// What the dossier says of a field of it.
    Field(FieldId),
}

/// What was written of an element.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    /// Where it stands.
    written: Range<usize>,
    /// Where what is its own stands in it, in that order.
    own: Vec<(Range<usize>, Own)>,
}

impl Pattern {
    /// Notes the rank of the element.
    pub(super) fn rank(&mut self, written: Range<usize>) {
        self.own.push((written, Own::Rank));
    }

    /// Notes what the dossier says of a place.
    pub(super) fn fact(&mut self, written: Range<usize>, place: MissingPlace) {
        if let MissingPlace::Cell { field, .. } = place {
            self.own.push((written, Own::Field(field)));
        }
    }

    /// The whole of it, a comma before it left out.
    pub(super) fn close(self, w: &Writer, written: Range<usize>) -> Pattern {
        Pattern { written: w.without_comma(written), ..self }
    }

    /// Writes the same of another element.
    pub(super) fn write(
        &self,
        words: &Words<'_>,
        (facts, fragments): (&mut Facts, &Fragments),
        w: &mut Writer,
        row: u32,
    ) {
        let mut from = self.written.start;
        for (rank, (written, own)) in self.own.iter().enumerate() {
            if rank == 0 {
                w.again(from..written.start);
            } else {
                w.goes_on_again(from..written.start);
            }
            match own {
                Own::Rank => w.digits(i64::from(row) + 1),
                Own::Field(field) => {
                    facts.write(words, fragments, w, MissingPlace::Cell { row, field: *field });
                }
            }
            from = written.end;
        }
        w.goes_on_again(from..self.written.end);
    }
}

/// Whether the steps of two elements of a list, each with its rank, say the same but for the element.
pub(super) fn alike(policy: &Policy, list: ListId, (a, row): (&Step, u32), (b, other): (&Step, u32)) -> bool {
    let same = match (&a.op, &b.op) {
        (Op::Leaf(Leaf::Cell(a, field)), Op::Leaf(Leaf::Cell(b, of))) => {
            field == of && (*a, *b) == (row, other) && policy.fields[field.index()].list == list
        }
        (Op::Leaf(a), Op::Leaf(b)) => a == b,
        (Op::Expr, Op::Expr) => true,
        (_, _) => false,
    };
    let shown = match (&a.value, &b.value) {
        // Texts that are compared as one may be written in two ways.
        (Known::Text(a), Known::Text(b)) => a.value().zip(b.value()).is_some_and(|(a, b)| a.shown == b.shown),
        (a, b) => a == b,
    };
    same && shown
        && a.expr == b.expr
        && a.operands.len() == b.operands.len()
        && a.operands.iter().zip(&b.operands).all(|(a, b)| alike(policy, list, (a, row), (b, other)))
}
