//! What is chosen: the options that a rule admits, or leaves out.

use super::{Choosing, Place, Reader};
use crate::policy::{ChoiceId, ExprId, ExprKind, Type};
use crate::source::Span;
use crate::syntax::tree::CompareOp;
use crate::value::Value;

impl Reader<'_> {
    pub(super) fn choose(
        &mut self,
        span: Span,
        choice: ChoiceId,
        op: CompareOp,
        left: ExprId,
        right: ExprId,
        place: Place,
    ) {
        let exprs = &self.policy.exprs;
        let found = match (&exprs.get(left).kind, &exprs.get(right).kind) {
            (_, ExprKind::Const(Value::Choice(option))) => Some((*option, op, left)),
            (ExprKind::Const(Value::Choice(option)), _) => Some((*option, op.flipped(), right)),
            _ => None,
        };
        match found {
            Some((option, op, subject)) => {
                self.chosen(span, choice, vec![option], op, subject, place);
                self.value(subject, None, place);
            }
            None => {
                self.value(left, None, place);
                self.value(right, None, place);
            }
        }
    }

    pub(super) fn chosen(
        &mut self,
        span: Span,
        choice: ChoiceId,
        options: Vec<u16>,
        op: CompareOp,
        subject: ExprId,
        place: Place,
    ) {
        if matches!(self.policy.exprs.get(subject).kind, ExprKind::Reading(_)) {
            return;
        }
        let op = if place.polarity == Some(false) { op.negated() } else { op };
        let kept = self.filtering;
        let chosen = Choosing { span, choice, options, op, required: place.required, kept };
        if place.polarity.is_some() && !kept {
            self.rule.choosings.push(chosen);
        } else {
            self.rule.cases.push(chosen);
        }
    }

    pub(super) fn among(&mut self, span: Span, subject: ExprId, values: &[ExprId], place: Place) {
        let policy = self.policy;
        if let Type::Choice(choice) = policy.exprs.get(subject).ty {
            let options: Vec<u16> = values
                .iter()
                .filter_map(|value| match &policy.exprs.get(*value).kind {
                    ExprKind::Const(Value::Choice(option)) => Some(*option),
                    _ => None,
                })
                .collect();
            if options.len() == values.len() {
                self.chosen(span, choice, options, CompareOp::Eq, subject, place);
            }
            self.value(subject, None, place);
            return;
        }
        if policy.exprs.get(subject).ty == Type::Truth {
            // « X est oui », « X est non ».
            let denied = values
                .iter()
                .all(|value| matches!(policy.exprs.get(*value).kind, ExprKind::Const(Value::Truth(false))));
            self.condition(subject, if denied { place.denied() } else { place });
            return;
        }
        let whole = self.is_whole(subject);
        self.value(subject, None, place);
        for value in values {
            let context = self.compared(span, CompareOp::Eq, whole, place);
            self.value(*value, Some(context), place);
        }
    }
}
