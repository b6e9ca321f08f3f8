//! A comparison in full, and what stands behind its sides.

use std::sync::Arc;

use super::detail::{Told, beside, is_plain};
use super::{Builder, Node};
use crate::decision::{Op, Step};
use crate::phrase::has_colon;
use crate::policy::ExprKind;
use crate::render::words::operand;

impl Builder<'_> {
    /// What stands before a colon holds none.
    pub(super) fn quoted_if_need_be(&self, name: &str) -> String {
        if has_colon(name) { self.words.quoted(name) } else { name.to_owned() }
    }

    /// Whether a step is told in one sentence, also of its contrary.
    pub(super) fn is_one(&self, step: &Step) -> bool {
        let compares = step.expr.is_some_and(|e| {
            matches!(
                self.words.policy.exprs.get(e).kind,
                ExprKind::Compare { .. }
                    | ExprKind::Among { .. }
                    | ExprKind::Between { .. }
                    | ExprKind::Within { .. }
            )
        });
        is_plain(step) || compares && step.op == Op::Expr
    }

    /// A comparison: its sentence, then what stands behind its sides. What is compared is named in the sentence and not
    /// again.
    pub(super) fn compared(&self, step: &Step, negated: bool, told: &mut Told) -> (String, Vec<Node>) {
        let words = &self.words;
        if is_plain(step) {
            return (words.sentence(step, negated) + &beside(&self.place(step)), Vec::new());
        }
        let subject = step.expr.and_then(|e| match words.policy.exprs.get(e).kind {
            ExprKind::Compare { left, .. } => Some(left),
            ExprKind::Among { subject, .. } | ExprKind::Between { subject, .. } => Some(subject),
            ExprKind::Within { date, .. } => Some(date),
            _ => None,
        });
        let (mut inner, mut places) = (Vec::new(), Vec::new());
        for side in &step.operands {
            let told_already = matches!(&side.op, Op::Shared(body) if told.contains(&Arc::as_ptr(body)));
            if let Some(plain) = self.said_by(side) {
                places.extend(self.place(plain));
            } else if side.expr == subject && !told_already {
                let mut nodes = Vec::new();
                self.nodes_of(side, told, &mut nodes);
                for node in nodes {
                    match node.inner.is_empty() && node.sign.is_some() {
                        true => inner.push(node),
                        false => inner.extend(node.inner),
                    }
                }
            } else {
                self.nodes_of(side, told, &mut inner);
            }
        }
        (words.sentence(step, negated) + &beside(&places), inner)
    }

    /// A side of a comparison that its sentence tells whole: what it stands on.
    pub(super) fn said_by<'s>(&self, side: &'s Step) -> Option<&'s Step> {
        let date = side.expr.and_then(|e| match self.words.policy.exprs.get(e).kind {
            ExprKind::Shift { date, .. } => Some(date),
            _ => None,
        });
        let inner = date.and_then(|date| operand(side, date)).filter(|date| date.value.is_single());
        inner.or(Some(side)).filter(|step| is_plain(step))
    }

    /// Whether a step says at once what others work out below it.
    pub(super) fn says_at_once(&self, step: &Step) -> bool {
        step.expr.is_some_and(|expr| self.words.policy.says_at_once(expr))
    }

    /// What a step that says all at once rests on, as far as its author wrote it.
    pub(super) fn behind(&self, step: &Step, told: &mut Told, out: &mut Vec<Node>) {
        let policy = self.words.policy;
        let place = |step: &Step| step.expr.map(|expr| policy.exprs.get(expr).span);
        for operand in &step.operands {
            let own = place(operand) == place(step);
            match &operand.op {
                Op::Expr if own => self.behind(operand, told, out),
                Op::Shared(body) if own => self.behind(body, told, out),
                _ => self.nodes_of(operand, told, out),
            }
        }
    }
}
