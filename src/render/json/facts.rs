//! What a tree reads in the dossier, and where it stands there.

use std::ops::Range;
use std::sync::Arc;

use foldhash::HashSet;

use super::fragments::Fragments;
use super::writer::Writer;
use crate::decision::{Because, Leaf, MissingPlace, Op, Step};
use crate::dossier::{Answer, Given, Origin};
use crate::policy::Type;
use crate::render::words::Words;
use crate::source::Span;

/// All that the trees of an item read, each once, in the order of the declarations: facts, lists,
/// then cells element by element.
pub(super) fn reads(because: &Because) -> Vec<MissingPlace> {
    let (mut reads, mut seen) = (Vec::with_capacity(16), HashSet::default());
    for (_, step) in &because.parts {
        collect(step, &mut reads, &mut seen);
    }
    reads.sort_unstable();
    reads.dedup();
    reads
}

/// What a leaf reads in the dossier.
pub(super) fn read(leaf: Leaf) -> Option<MissingPlace> {
    match leaf {
        Leaf::Fact(fact) => Some(MissingPlace::Fact(fact)),
        Leaf::List(list) => Some(MissingPlace::List(list)),
        Leaf::Cell(row, field) => Some(MissingPlace::Cell { row, field }),
        Leaf::Parameter(_) | Leaf::Literal | Leaf::Reading(_) | Leaf::ExaminationDate => None,
    }
}

fn collect(step: &Step, reads: &mut Vec<MissingPlace>, seen: &mut HashSet<*const Step>) {
    match &step.op {
        Op::Leaf(leaf) => reads.extend(read(*leaf)),
        Op::Shared(body) => {
            if seen.insert(Arc::as_ptr(body)) {
                collect(body, reads, seen);
            }
        }
        Op::Cases { on } => reads.extend(on),
        Op::Expr | Op::Case { .. } | Op::Served { .. } | Op::Item => {}
    }
    for operand in &step.operands {
        collect(operand, reads, seen);
    }
}

/// What the dossier says of places, told once and then repeated.
#[derive(Debug)]
pub(super) struct Facts {
    /// Where each was told, empty where it was not: facts, then lists, then cells list after list.
    told: Vec<Range<usize>>,
    /// By list: where its cells start.
    cells: Vec<usize>,
}

impl Facts {
    /// Nothing told yet.
    pub(super) fn new(words: &Words<'_>) -> Facts {
        let (policy, dossier) = (words.policy, words.dossier);
        let mut count = policy.facts.len() + policy.lists.len();
        let mut cells = Vec::with_capacity(policy.lists.len());
        for rows in &dossier.lists {
            cells.push(count);
            count += rows.as_ref().map_or(0, |rows| rows.cells.len());
        }
        Facts { told: vec![0..0; count], cells }
    }

    /// What the dossier says of a place, and where.
    pub(super) fn write(
        &mut self,
        words: &Words<'_>,
        fragments: &Fragments,
        w: &mut Writer,
        place: MissingPlace,
    ) {
        let rank = match place {
            MissingPlace::Fact(fact) => Some(fact.index()),
            MissingPlace::List(list) => Some(words.policy.facts.len() + list.index()),
            MissingPlace::Cell { row, field } => {
                let field = &words.policy.fields[field.index()];
                let width = words.policy.lists[field.list.index()].fields.len();
                let first = self.cells.get(field.list.index());
                first.map(|first| first + row as usize * width + field.rank as usize)
            }
        };
        match rank.and_then(|rank| self.told.get_mut(rank)) {
            Some(told) if Range::is_empty(told) => {
                *told = w.object_kept(|w| fact(words, fragments, w, place));
            }
            Some(told) => w.again(told.clone()),
            None => w.object(|w| fact(words, fragments, w, place)),
        }
    }
}

fn fact(words: &Words<'_>, fragments: &Fragments, w: &mut Writer, place: MissingPlace) {
    let (policy, dossier) = (words.policy, words.dossier);
    match place {
        MissingPlace::Fact(fact) => {
            let declared = &policy.facts[fact.index()];
            w.goes_on(fragments.of_fact(fact));
            given(words, w, Some(dossier.fact(fact)), declared.ask.ty);
        }
        MissingPlace::List(list) => {
            let rows = dossier.list(list);
            w.goes_on(fragments.of_list(list));
            match rows {
                Some(rows) => w.whole(i64::try_from(rows.spans.len()).unwrap_or(i64::MAX)),
                None => w.null(),
            }
            line_and_source(words, w, rows.map(|r| r.key), rows.and_then(|r| r.origin.as_deref()));
        }
        MissingPlace::Cell { row, field } => {
            let declared = &policy.fields[field.index()];
            let (before_rank, after_rank) = fragments.of_field(field);
            w.goes_on(before_rank);
            w.digits(i64::from(row) + 1);
            w.goes_on(after_rank);
            let width = policy.lists[declared.list.index()].fields.len();
            let cell = dossier
                .list(declared.list)
                .and_then(|rows| rows.cells.get(row as usize * width + declared.rank as usize));
            given(words, w, cell, declared.ask.ty);
        }
    }
}

fn given(words: &Words<'_>, w: &mut Writer, given: Option<&Given>, ty: Type) {
    match given.map(|g| &g.answer) {
        Some(Answer::Known(value)) => words.write_value(w, value, ty),
        Some(Answer::NotYet) => w.text("pas encore"),
        Some(Answer::Missing) | None => w.null(),
    }
    let place = given.and_then(|given| given.place).map(|place| place.value);
    line_and_source(words, w, place, given.and_then(|given| given.origin.as_deref()));
}

fn line_and_source(words: &Words<'_>, w: &mut Writer, place: Option<Span>, origin: Option<&Origin>) {
    match place {
        Some(span) => w.key("line").whole(i64::from(words.dossier.file.line_of(span.start))),
        None => w.key("line").null(),
    }
    w.key("source").maybe(origin.and_then(|origin| origin.source.as_deref()));
}
