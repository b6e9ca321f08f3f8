//! What never changes from one decision to the next: a policy's own passages, as JSON.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::operation::of_kind;
use super::writer::Writer;
use crate::policy::item::Field;
use crate::policy::{
    Citation, DefinitionId, Derogation, ExprId, ExprKind, FactId, FieldId, ItemRef, ListId, Policy, ReadingId,
};
use crate::source::Span;
use crate::unit::{Measure, Unit};

/// Passages of a policy.
#[derive(Debug)]
pub(super) struct Fragments {
    /// The text and place of each expression; each made when it is first asked for.
    exprs: Vec<OnceLock<Fragment>>,
    /// Those of the lines that are no expression.
    lines: HashMap<Span, Fragment>,
    /// What each item rests on, derogations included.
    items: HashMap<ItemRef, Box<str>>,
    /// What each definition rests on.
    definitions: Vec<Box<str>>,
    /// What the options of each reading rest on.
    readings: Vec<Box<str>>,
    /// For each fact, list or field: what stands before the value that a dossier gives it; of a field,
    /// before and after the rank of the element.
    facts: Vec<Box<str>>,
    lists: Vec<Box<str>>,
    fields: Vec<(Box<str>, Box<str>)>,
}

/// Of one stretch of the policy.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    /// Its text on one line, in quotation marks.
    pub(super) text: Box<str>,
    /// `{"file", "line", "column"}`.
    pub(super) span: Box<str>,
    /// What an expression does.
    op: &'static str,
    /// A node from its operation to its value; without the operation past `text_at`.
    before_value: Box<str>,
    text_at: usize,
    /// The place with its key.
    after_value: Box<str>,
}

impl Fragments {
    pub(super) fn of(policy: &Policy) -> Fragments {
        let head = |citations: &[Citation]| sources(policy, citations.iter().map(|c| (c, "rule")));
        let readings = policy.readings.iter().map(|reading| {
            sources(policy, reading.citations.iter().flatten().map(|citation| (citation, "reading")))
        });
        Fragments {
            exprs: (0..policy.exprs.len()).map(|_| OnceLock::new()).collect(),
            lines: lines(policy).map(|span| (span, Fragment::of(policy, span, "", None))).collect(),
            items: policy.items().map(|item| (item, item_sources(policy, item))).collect(),
            definitions: policy.definitions.iter().map(|d| head(&d.head.citations)).collect(),
            readings: readings.collect(),
            facts: policy.facts.iter().map(|fact| before_value(&fact.path, &fact.label)).collect(),
            lists: policy.lists.iter().map(|list| before_value(&list.path, &list.label)).collect(),
            fields: policy.fields.iter().map(|field| around_rank(policy, field)).collect(),
        }
    }

    /// What stands before what a dossier says of a fact.
    pub(super) fn of_fact(&self, fact: FactId) -> &str {
        &self.facts[fact.index()]
    }

    /// Likewise, of how many elements a list has.
    pub(super) fn of_list(&self, list: ListId) -> &str {
        &self.lists[list.index()]
    }

    /// Likewise, of a field of an element: before its rank, and after it.
    pub(super) fn of_field(&self, field: FieldId) -> (&str, &str) {
        let (before, after) = &self.fields[field.index()];
        (before, after)
    }

    /// The text and place of an expression.
    pub(super) fn get(&self, policy: &Policy, expr: ExprId) -> &Fragment {
        self.exprs[expr.0 as usize].get_or_init(|| {
            let typed = policy.exprs.get(expr);
            Fragment::of(policy, typed.span, of_kind(&typed.kind), policy.exprs.measure(expr))
        })
    }

    /// The text and place of a line that is no expression: an item's first, one of cases or of a scale.
    pub(super) fn line(&self, policy: &Policy, line: Span) -> Cow<'_, Fragment> {
        match self.lines.get(&line) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(Fragment::of(policy, line, "", None)),
        }
    }

    /// What an item rests on, as the elements of a list.
    pub(super) fn item_sources(&self, item: ItemRef) -> &str {
        self.items.get(&item).map_or("", |sources| sources)
    }

    /// Likewise, of a definition.
    pub(super) fn definition_sources(&self, definition: DefinitionId) -> &str {
        &self.definitions[definition.index()]
    }

    /// Likewise, of the options of a reading.
    pub(super) fn reading_sources(&self, reading: ReadingId) -> &str {
        &self.readings[reading.index()]
    }
}

impl Fragment {
    fn of(policy: &Policy, place: Span, op: &'static str, measure: Option<Measure>) -> Fragment {
        let mut text = Writer::default();
        text.on_one_line(policy.file.slice(place));
        let mut span = Writer::default();
        let (file, origin) = policy.file.origin(place);
        let at = file.position(origin.start);
        span.object(|w| {
            w.key("file").text(file.name());
            w.key("line").whole(i64::from(at.line));
            w.key("column").whole(i64::from(at.column));
        });
        let (text, span) = (text.finish(), span.finish());
        let of = |key: &str, unit: Option<Unit>| {
            unit.map_or(String::new(), |unit| format!(",\"{key}\":\"{}\"", unit.key()))
        };
        let per = measure.map_or(String::new(), |measure| of("in", measure.of) + &of("per", measure.per));
        let before_text = format!("\"op\":\"{op}\",");
        Fragment {
            op,
            text_at: before_text.len(),
            before_value: format!("{before_text}\"text\":{text},\"value\":").into(),
            after_value: format!("{per},\"span\":{span}").into(),
            text: text.into(),
            span: span.into(),
        }
    }

    /// Writes a node from its operation to its value.
    pub(super) fn write_before_value(&self, w: &mut Writer, op: &'static str) {
        if op == self.op {
            w.raw(&self.before_value);
        } else {
            w.key("op").text(op);
            w.raw(self.before_value.get(self.text_at..).unwrap_or_default());
        }
    }

    /// Writes what stands after its value.
    pub(super) fn write_after_value(&self, w: &mut Writer) {
        w.goes_on(&self.after_value);
    }
}

fn before_value(path: &str, label: &str) -> Box<str> {
    let mut w = Writer::default();
    w.key("path").text(path);
    w.key("label").text(label);
    w.goes_on(",\"value\":");
    w.finish().into()
}

/// `adhérents[3].exercice`, up to its rank and from it on.
fn around_rank(policy: &Policy, field: &Field) -> (Box<str>, Box<str>) {
    let mut before = Writer::default();
    before.key("path").text(&policy.lists[field.list.index()].path);
    let mut after = Writer::default();
    after.text(&field.name);
    after.key("label").text(&field.label);
    let (before, after) = (before.finish(), after.finish());
    // Without the quotation marks that the one ends with and the other begins with.
    let before = before.strip_suffix('"').unwrap_or(&before);
    let after = after.strip_prefix('"').unwrap_or(&after);
    (format!("{before}[").into(), format!("].{after},\"value\":").into())
}

/// The lines that an explanation shows and that are no expression.
fn lines(policy: &Policy) -> impl Iterator<Item = Span> + '_ {
    let heads = policy.items().map(|item| policy.head(item).span);
    let ids = (0..policy.exprs.len()).map(|rank| ExprId(u32::try_from(rank).unwrap_or(u32::MAX)));
    let of_exprs = ids.flat_map(|expr| -> Vec<Span> {
        match &policy.exprs.get(expr).kind {
            ExprKind::Cases { lines, .. } => lines.iter().map(|line| line.span).collect(),
            ExprKind::Scale { bands, .. } => bands.iter().map(|band| band.span).collect(),
            _ => Vec::new(),
        }
    });
    heads.chain(of_exprs)
}

fn item_sources(policy: &Policy, item: ItemRef) -> Box<str> {
    let unless: &[Derogation] = match item {
        ItemRef::Criterion(id) => &policy.criteria[id.index()].unless,
        ItemRef::Funding(id) => &policy.fundings[id.index()].unless,
        ItemRef::Obligation(id) => &policy.obligations[id.index()].unless,
        ItemRef::Objective(_) | ItemRef::Mission(_) | ItemRef::Decision => &[],
    };
    let own = policy.head(item).citations.iter().map(|citation| (citation, "rule"));
    let derogations = unless.iter().flat_map(|d| &d.citations).map(|citation| (citation, "derogation"));
    sources(policy, own.chain(derogations))
}

/// Passages of sources, as the elements of a list.
fn sources<'c>(policy: &Policy, citations: impl Iterator<Item = (&'c Citation, &'static str)>) -> Box<str> {
    let mut w = Writer::default();
    for (citation, role) in citations {
        w.object(|w| {
            w.key("name").text(&policy.sources[citation.source.index()].name);
            w.key("place").maybe(citation.place.as_deref());
            match &citation.quote {
                Some(quote) => w.key("quote").on_one_line(quote),
                None => w.key("quote").null(),
            }
            w.key("role").text(role);
        });
    }
    w.finish().into_boxed_str()
}
