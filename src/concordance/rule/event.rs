//! Dates of the dossier in a rule, and the times between them.

use super::{Event, Lapse, Ordered, Origin, Reader};
use crate::concordance::finding::words;
use crate::concordance::quantity::is_floor;
use crate::policy::{ExprId, ExprKind, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;

impl Reader<'_> {
    /// `d ≥ e + 10 ans`, `e + 10 ans ≤ d`, `d ≤ e - 1 mois`: one date stands on one side of the other.
    pub(super) fn apart(&mut self, span: Span, op: CompareOp, left: ExprId, right: ExprId) {
        for (this, other, op) in [(left, right, op), (right, left, op.flipped())] {
            if let ExprKind::Shift { date, back, .. } = &self.policy.exprs.get(other).kind
                && let (Some(first), Some(second)) = (self.dated(this), self.dated(*date))
                && is_floor(op) == Some(!*back)
            {
                let op = if *back { CompareOp::Le } else { CompareOp::Ge };
                self.rule.ordered.push(Ordered { first, second, op, span, apart: true });
            }
        }
    }

    /// `d ≥ e + 10 ans`, `d ≤ e + 10 ans`: a time from the one to the other.
    pub(super) fn shifts(&mut self, span: Span, left: ExprId, right: ExprId) {
        for (this, other) in [(left, right), (right, left)] {
            if let ExprKind::Shift { date, back, .. } = &self.policy.exprs.get(other).kind {
                self.lapse(if *back { (this, *date) } else { (*date, this) }, span, true);
            }
        }
    }

    /// A time from one date of the dossier to another.
    pub(super) fn lapse(&mut self, (from, to): (ExprId, ExprId), span: Span, by_shift: bool) {
        if let (Some(from), Some(to)) = (self.dated(from), self.dated(to)) {
            self.rule.lapses.push(Lapse { from, to, span, by_shift });
        }
    }

    /// A time is counted from this date, forward.
    pub(super) fn origin(&mut self, date: ExprId, back: bool) {
        if let (Some(name), false) = (self.event(date), back) {
            let span = self.policy.exprs.get(date).span;
            self.rule.origins.push(Origin { name, span });
        }
    }

    /// A date of the dossier.
    pub(super) fn dated(&self, id: ExprId) -> Option<Event> {
        let policy = self.policy;
        let ask = match &policy.exprs.get(id).kind {
            ExprKind::Fact(fact) => &policy.facts[fact.index()].ask,
            ExprKind::Field(field) => &policy.fields[field.index()].ask,
            _ => return None,
        };
        let question = ask.question.as_deref().unwrap_or("").to_owned();
        let name = self.event(id)?;
        let of_period = policy.periods.iter().any(|period| period.span == ask.span);
        let written = match of_period {
            true => self.day_of_period(policy.exprs.get(id).span),
            false => name.clone(),
        };
        Some(Event { name, written, question, worked_out: false })
    }

    /// « premier jour du congé », where « congé » stands in these words.
    fn day_of_period(&self, period: Span) -> String {
        let text = self.policy.file.text();
        let before = text.get(..period.start as usize).unwrap_or("");
        let day = ["premier jour d", "dernier jour d"].iter().filter_map(|day| before.rfind(day)).max();
        let near = day.filter(|at| before.get(*at..).is_some_and(|words| words.split(' ').count() <= 5));
        let start = near.unwrap_or(period.start as usize);
        words(self.policy, Span::new(start, period.end as usize))
    }

    /// A date of the dossier, or one that is worked out from it.
    pub(super) fn dated_or_worked_out(&self, id: ExprId) -> Option<Event> {
        let expr = self.policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Definition(_) if expr.ty == Type::Date => {
                let name = self.called(id)?;
                Some(Event { written: name.clone(), name, question: String::new(), worked_out: true })
            }
            _ => self.dated(id),
        }
    }

    /// The whole name of what a dossier says.
    pub(super) fn event(&self, id: ExprId) -> Option<String> {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Fact(fact) => Some(self.policy.facts[fact.index()].path.to_string()),
            ExprKind::Field(field) => Some(self.policy.fields[field.index()].name.to_string()),
            _ => None,
        }
    }
}
