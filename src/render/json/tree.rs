//! Explanations for programs: every step with its operation, its value and what it rests on.
//!
//! The list of operations is closed; `docs/decision.md` says what each means and what its operands
//! are.

use std::ops::Range;
use std::sync::Arc;

use foldhash::HashMap;

use super::facts::{Facts, read, reads};
use super::fragments::{Fragment, Fragments};
use super::operation::{of_kind, operation};
use super::pattern::{Pattern, alike};
use super::writer::Writer;
use crate::decision::{Because, Leaf, MissingPlace, Op, Part, Step};
use crate::known::{Known, Truth};
use crate::policy::expr::{BandRange, CaseLine, Guarded, Written};
use crate::policy::{ExprId, ExprKind, ItemRef, ListId, Quantity, Type};
use crate::render::words::{Element, Words, elements, operand, truth};
use crate::source::Span;

/// The trees of one decision: what was told once is then given by its `id`.
#[derive(Debug)]
pub(super) struct Trees<'f> {
    told: HashMap<*const Step, u32>,
    /// Literals, which stand again and again under each element of a list.
    literals: Vec<Range<usize>>,
    facts: Facts,
    fragments: &'f Fragments,
    /// What is noted of the element that is being written, where others may be written like it.
    pattern: Option<Pattern>,
}

impl<'f> Trees<'f> {
    pub(super) fn new(words: &Words<'_>, fragments: &'f Fragments) -> Self {
        Trees {
            told: HashMap::default(),
            literals: vec![0..0; words.policy.exprs.len()],
            facts: Facts::new(words),
            fragments,
            pattern: None,
        }
    }

    /// Why an item is as it is: its condition, or a node that joins its parts.
    pub(super) fn because(&mut self, words: &Words<'_>, w: &mut Writer, item: ItemRef, because: &Because) {
        let reads = reads(because);
        match because.parts.as_slice() {
            [] => w.null(),
            [(Part::Condition, step)] => {
                self.node(words, w, step, Extra { facts: Some(&reads), ..Extra::NONE })
            }
            parts => w.object(|w| {
                w.key("op").text("item");
                w.key("text").text(words.item(item));
                w.key("value").null();
                w.key("span").raw(&self.fragments.line(words.policy, words.policy.head(item).span).span);
                w.key("operands").list(|w| {
                    for (part, step) in parts {
                        self.node(words, w, step, Extra { part: Some(part_key(*part)), ..Extra::NONE });
                    }
                });
                w.key("facts").list(|w| self.facts(words, w, &reads));
            }),
        }
    }

    fn facts(&mut self, words: &Words<'_>, w: &mut Writer, reads: &[MissingPlace]) {
        for place in reads {
            let start = w.len();
            self.facts.write(words, self.fragments, w, *place);
            if let Some(pattern) = &mut self.pattern {
                pattern.fact(start..w.len(), *place);
            }
        }
    }

    fn node(&mut self, words: &Words<'_>, w: &mut Writer, step: &Step, extra: Extra<'_>) {
        let policy = words.policy;
        let kind = step.expr.map(|e| &policy.exprs.get(e).kind);
        if let Op::Shared(body) = &step.op {
            let next = u32::try_from(self.told.len() + 1).unwrap_or(u32::MAX);
            let known = self.told.get(&Arc::as_ptr(body)).copied();
            self.told.entry(Arc::as_ptr(body)).or_insert(next);
            let id = known.ok_or(next);
            return match (kind, id) {
                // An expression that stands at several places: itself, with an `id`.
                (kind, Err(id)) if !matches!(kind, Some(ExprKind::Definition(_))) => {
                    self.node(words, w, body, Extra { id: Some(id), ..extra });
                }
                _ => self.shared(words, w, step, body, id, extra),
            };
        }
        match (&step.op, step.expr) {
            (Op::Leaf(Leaf::Literal), Some(literal)) if extra.is_none() && step.value.is_single() => {
                let kept = self.literals[literal.0 as usize].clone();
                if kept.is_empty() {
                    self.literals[literal.0 as usize] = w.object_kept(|w| self.whole(words, w, step, extra));
                } else {
                    w.again(kept);
                }
            }
            _ => w.object(|w| self.whole(words, w, step, extra)),
        }
    }

    /// All that a node says that is not shared.
    fn whole(&mut self, words: &Words<'_>, w: &mut Writer, step: &Step, extra: Extra<'_>) {
        let kind = step.expr.map(|e| &words.policy.exprs.get(e).kind);
        self.head(words, w, step, operation(step, kind));
        self.extra(w, extra);
        if let (Op::Case { given }, Some(on)) = (&step.op, extra.on) {
            w.key("given").list(|w| {
                for (place, known) in on.iter().zip(given) {
                    words.write_known(w, known, words.type_of(*place));
                }
            });
        }
        self.details(words, w, step, kind);
        w.goes_on(",\"operands\":[");
        self.operands(words, w, step, kind);
        w.goes_on("],\"facts\":[");
        match (&step.op, extra.facts) {
            (_, Some(reads)) => self.facts(words, w, reads),
            (Op::Leaf(leaf), None) => self.facts(words, w, read(*leaf).as_slice()),
            (
                Op::Expr | Op::Cases { .. } | Op::Case { .. } | Op::Shared(_) | Op::Served { .. } | Op::Item,
                None,
            ) => {}
        }
        w.goes_on("]");
    }

    /// What several share: a definition in full the first time (`Err` of its number), then by its `id`.
    fn shared(
        &mut self,
        words: &Words<'_>,
        w: &mut Writer,
        step: &Step,
        body: &Step,
        id: Result<u32, u32>,
        extra: Extra<'_>,
    ) {
        let policy = words.policy;
        w.object(|w| {
            let kind = step.expr.map(|e| &policy.exprs.get(e).kind);
            self.head(words, w, step, kind.map_or("definition", of_kind));
            self.extra(w, extra);
            let (Ok(number) | Err(number)) = id;
            w.key("id").text(&format!("d{number}"));
            let first = id.is_err();
            if first && let Some(ExprKind::Definition(definition)) = kind {
                w.key("name").text(&policy.definitions[definition.index()].head.name);
                w.key("sources").list(|w| w.elements(self.fragments.definition_sources(*definition)));
            }
            w.key("operands").list(|w| {
                if first {
                    self.node(words, w, body, Extra::NONE);
                }
            });
            w.key("facts").list(|w| self.facts(words, w, extra.facts.unwrap_or_default()));
        });
    }

    fn extra(&mut self, w: &mut Writer, extra: Extra<'_>) {
        if let Some(part) = extra.part {
            w.key("part").text(part);
        }
        if let Some(element) = extra.element {
            w.key("element");
            let start = w.len();
            w.whole(element);
            if let Some(pattern) = &mut self.pattern {
                pattern.rank(start..w.len());
            }
        }
        if let Some(id) = extra.id {
            w.key("id").text(&format!("d{id}"));
        }
    }

    /// `op`, `text`, `value` and `span` of a step.
    fn head(&self, words: &Words<'_>, w: &mut Writer, step: &Step, op: &'static str) {
        let fragment = step.expr.map(|expr| self.fragments.get(words.policy, expr));
        head(words, w, fragment, op, (&step.value, words.ty(step)));
    }

    fn operands(&mut self, words: &Words<'_>, w: &mut Writer, step: &Step, kind: Option<&ExprKind>) {
        match (&step.op, kind) {
            (Op::Expr, Some(ExprKind::Bullets { of, quantity })) => {
                for bullet in of {
                    self.bullet(words, w, step, bullet, *quantity);
                }
            }
            (Op::Expr, Some(ExprKind::Cases { lines, otherwise })) => {
                for line in lines {
                    self.line(words, w, step, line);
                }
                if let Some(value) = otherwise.and_then(|e| operand(step, e)) {
                    self.joined(words, w, "otherwise", &value.value.clone(), words.ty(value), None, &[value]);
                }
            }
            (Op::Expr, Some(ExprKind::Scale { of, bands, .. })) => {
                if let Some(of) = operand(step, *of) {
                    self.node(words, w, of, Extra::NONE);
                }
                for band in bands {
                    for end in band.range.ends().filter_map(|end| operand(step, end)) {
                        self.node(words, w, end, Extra::NONE);
                    }
                    if let Some(value) = operand(step, band.value) {
                        self.band(words, w, &band.range, band.span, value);
                    }
                }
            }
            (Op::Expr, Some(ExprKind::Aggregate { list, filter, of, .. })) => {
                self.elements(words, w, step, *list, (*filter, *of));
            }
            (Op::Cases { on }, _) => {
                for operand in &step.operands {
                    self.node(words, w, operand, Extra { on: Some(on), ..Extra::NONE });
                }
            }
            _ => {
                for operand in &step.operands {
                    self.node(words, w, operand, Extra::NONE);
                }
            }
        }
    }

    fn bullet(
        &mut self,
        words: &Words<'_>,
        w: &mut Writer,
        step: &Step,
        bullet: &Guarded,
        quantity: Quantity,
    ) {
        let then = operand(step, bullet.then);
        let Some(guard) = bullet.only_if.and_then(|k| operand(step, k)) else {
            if let Some(then) = then {
                self.node(words, w, then, Extra::NONE);
            }
            return;
        };
        // A bullet that asks nothing holds where all must; it counts for nothing elsewhere.
        let held = then.map_or(Truth::OPEN, truth);
        let (op, value) = match quantity {
            Quantity::All => ("if", held.or(!truth(guard))),
            Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_) => {
                ("and", held.and(truth(guard)))
            }
        };
        let operands: Vec<&Step> = std::iter::once(guard).chain(then).collect();
        self.joined(words, w, op, &Known::Truth(value), Type::Truth, None, &operands);
    }

    fn line(&mut self, words: &Words<'_>, w: &mut Writer, step: &Step, line: &CaseLine) {
        let Some(when) = operand(step, line.when) else { return };
        let value = operand(step, line.value);
        let operands: Vec<&Step> = std::iter::once(when).chain(value).collect();
        let op = match (line.written, line.else_if) {
            (Written::Line | Written::Group, false) => "line",
            (Written::Line | Written::Group, true) => "else_line",
            (Written::Row, _) => "row",
            (Written::Clause, _) => "clause",
            (Written::Exception, _) => "exception",
        };
        self.joined(words, w, op, &when.value, Type::Truth, Some(line.span), &operands);
    }

    fn band(&mut self, words: &Words<'_>, w: &mut Writer, range: &BandRange, place: Span, value: &Step) {
        let policy = words.policy;
        w.object(|w| {
            w.key("op").text("band");
            let fragment = self.fragments.line(policy, place);
            w.key("text").raw(&fragment.text);
            words.write_known(w.key("value"), &value.value, words.ty(value));
            w.key("span").raw(&fragment.span);
            match range {
                BandRange::Between { low, high } => {
                    for (key, included, end) in
                        [("low", "low_included", low), ("high", "high_included", high)]
                    {
                        if let Some((expr, is_included)) = end {
                            w.key(key).raw(&self.fragments.get(policy, *expr).text);
                            w.key(included).truth(*is_included);
                        }
                    }
                }
                BandRange::Options(options) => {
                    w.key("options").list(|w| options.iter().for_each(|o| w.whole(i64::from(*o))));
                }
            }
            w.key("operands").list(|w| self.node(words, w, value, Extra::NONE));
            w.key("facts").list(|_| {});
        });
    }

    /// Element after element: its filter, then what is summed or tested.
    fn elements(
        &mut self,
        words: &Words<'_>,
        w: &mut Writer,
        step: &Step,
        list: ListId,
        (filter, of): (Option<ExprId>, Option<ExprId>),
    ) {
        let all = elements(step, filter, of);
        if all.is_empty() {
            step.operands.iter().for_each(|operand| self.node(words, w, operand, Extra::NONE));
            return;
        }
        // One that holds elements of its own is like no other.
        self.pattern = None;
        let mut last: Option<(&Step, u32, Pattern)> = None;
        for Element { row, first, second } in all {
            let element = i64::from(row) + 1;
            match second {
                None => match &last {
                    Some((like, of, pattern)) if alike(words.policy, list, (like, *of), (first, row)) => {
                        pattern.write(words, (&mut self.facts, self.fragments), w, row);
                    }
                    _ => {
                        let start = w.len();
                        self.pattern = Some(Pattern::default());
                        self.node(words, w, first, Extra { element: Some(element), ..Extra::NONE });
                        let pattern = self.pattern.take();
                        last = pattern.map(|pattern| (first, row, pattern.close(w, start..w.len())));
                    }
                },
                Some(second) => w.object(|w| {
                    w.key("op").text("element");
                    w.key("text").text("");
                    words.write_known(w.key("value"), &second.value, words.ty(second));
                    w.key("span").null();
                    w.key("element").whole(element);
                    w.key("operands").list(|w| {
                        self.node(words, w, first, Extra::NONE);
                        self.node(words, w, second, Extra::NONE);
                    });
                    w.key("facts").list(|_| {});
                }),
            }
        }
    }

    /// A node that stands for no expression of its own.
    #[allow(clippy::too_many_arguments)]
    fn joined(
        &mut self,
        words: &Words<'_>,
        w: &mut Writer,
        op: &'static str,
        value: &Known,
        ty: Type,
        place: Option<Span>,
        operands: &[&Step],
    ) {
        w.object(|w| {
            let fragment = place.map(|place| self.fragments.line(words.policy, place));
            head(words, w, fragment.as_deref(), op, (value, ty));
            w.key("operands").list(|w| {
                for operand in operands {
                    self.node(words, w, operand, Extra::NONE);
                }
            });
            w.key("facts").list(|_| {});
        });
    }
}

/// `op`, `text`, `value` and `span`.
fn head(
    words: &Words<'_>,
    w: &mut Writer,
    fragment: Option<&Fragment>,
    op: &'static str,
    (value, ty): (&Known, Type),
) {
    match fragment {
        Some(fragment) => {
            fragment.write_before_value(w, op);
            words.write_known(w, value, ty);
            fragment.write_after_value(w);
        }
        None => {
            w.key("op").text(op);
            w.key("text").text("");
            words.write_known(w.key("value"), value, ty);
            w.key("span").null();
        }
    }
}

/// What a node carries beside what every node does.
#[derive(Clone, Copy)]
struct Extra<'r> {
    part: Option<&'static str>,
    element: Option<i64>,
    /// At the root: all that the tree reads.
    facts: Option<&'r [MissingPlace]>,
    /// Of a case of trials: what was tried.
    on: Option<&'r [MissingPlace]>,
    /// Of what is given in full here and by its number elsewhere.
    id: Option<u32>,
}

impl Extra<'_> {
    const NONE: Extra<'static> = Extra { part: None, element: None, facts: None, on: None, id: None };

    fn is_none(&self) -> bool {
        let Extra { part, element, facts, on, id } = self;
        part.is_none() && element.is_none() && facts.is_none() && on.is_none() && id.is_none()
    }
}

fn part_key(part: Part) -> &'static str {
    match part {
        Part::Applies => "applies",
        Part::Condition => "condition",
        Part::Unless(_) => "unless",
        Part::Amount => "amount",
        Part::Value => "value",
        Part::Share(_) => "share",
        Part::Rest => "rest",
        Part::Deadline => "deadline",
        Part::FulfilledBy => "fulfilled_by",
    }
}
