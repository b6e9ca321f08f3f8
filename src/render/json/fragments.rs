//! What never changes from one decision to the next: a policy's own passages, as JSON.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::writer::Writer;
use crate::policy::{Citation, DefinitionId, Derogation, ExprId, ExprKind, ItemRef, Policy, ReadingId};
use crate::source::Span;

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
}

/// Of one stretch of the policy.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    /// Its text on one line, in quotation marks.
    pub(super) text: Box<str>,
    /// `{"file", "line", "column"}`.
    pub(super) span: Box<str>,
    /// The text with its key, up to the value of a node.
    pub(super) before_value: Box<str>,
    /// The place with its key.
    pub(super) after_value: Box<str>,
}

impl Fragments {
    pub(super) fn of(policy: &Policy) -> Fragments {
        let head = |citations: &[Citation]| sources(policy, citations.iter().map(|c| (c, "rule")));
        let readings = policy.readings.iter().map(|reading| {
            sources(policy, reading.citations.iter().flatten().map(|citation| (citation, "reading")))
        });
        Fragments {
            exprs: (0..policy.exprs.len()).map(|_| OnceLock::new()).collect(),
            lines: lines(policy).map(|span| (span, Fragment::of(policy, span))).collect(),
            items: policy.items().map(|item| (item, item_sources(policy, item))).collect(),
            definitions: policy.definitions.iter().map(|d| head(&d.head.citations)).collect(),
            readings: readings.collect(),
        }
    }

    /// The text and place of an expression.
    pub(super) fn get(&self, policy: &Policy, expr: ExprId) -> &Fragment {
        self.exprs[expr.0 as usize].get_or_init(|| Fragment::of(policy, policy.exprs.get(expr).span))
    }

    /// The text and place of a line that is no expression: an item's first, one of cases or of a scale.
    pub(super) fn line(&self, policy: &Policy, line: Span) -> Cow<'_, Fragment> {
        match self.lines.get(&line) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(Fragment::of(policy, line)),
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
    fn of(policy: &Policy, place: Span) -> Fragment {
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
        Fragment {
            before_value: format!("\"text\":{text},\"value\":").into(),
            after_value: format!("\"span\":{span}").into(),
            text: text.into(),
            span: span.into(),
        }
    }
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
