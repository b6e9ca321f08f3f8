//! What never changes from one decision to the next: a policy's own passages, as JSON.

use std::sync::OnceLock;

use super::writer::Writer;
use crate::policy::{ExprId, Policy};
use crate::source::Span;

/// The text and place of each expression, as JSON; each made when it is first asked for.
#[derive(Debug)]
pub(super) struct Fragments(Vec<OnceLock<Fragment>>);

/// Of one expression.
#[derive(Debug)]
pub(super) struct Fragment {
    /// Its text on one line, in quotation marks.
    pub(super) text: Box<str>,
    /// `{"file", "line", "column"}`.
    pub(super) span: Box<str>,
}

impl Fragments {
    pub(super) fn of(policy: &Policy) -> Fragments {
        Fragments((0..policy.exprs.len()).map(|_| OnceLock::new()).collect())
    }

    pub(super) fn get(&self, policy: &Policy, expr: ExprId) -> &Fragment {
        self.0[expr.0 as usize].get_or_init(|| Fragment::of(policy, policy.exprs.get(expr).span))
    }
}

impl Fragment {
    pub(super) fn of(policy: &Policy, place: Span) -> Fragment {
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
        Fragment { text: text.finish().into_boxed_str(), span: span.finish().into_boxed_str() }
    }
}
