//! Cases of trials seen together: one tree that knows what all of them leave open.

use std::sync::Arc;

use crate::decision::{Op, Step};

/// What several steps of one expression have in common: the union of their values, operand by
/// operand. Elements of lists are left out, each stands under the same expression.
pub(crate) fn merged(steps: &[&Step]) -> Option<Step> {
    let (first, others) = steps.split_first()?;
    let value = others.iter().fold(first.value.clone(), |all, step| all.union(&step.value));
    let bodies: Vec<&Step> = steps
        .iter()
        .filter_map(|step| match &step.op {
            Op::Shared(body) => Some(&**body),
            Op::Expr | Op::Leaf(_) | Op::Cases { .. } | Op::Case { .. } | Op::Item => None,
        })
        .collect();
    let op =
        if bodies.len() == steps.len() { Op::Shared(Arc::new(merged(&bodies)?)) } else { first.op.clone() };
    let mut operands: Vec<Step> = Vec::new();
    for step in steps {
        for operand in &step.operands {
            if operand.expr.is_none() || operands.iter().any(|known| known.expr == operand.expr) {
                continue;
            }
            let alike: Vec<&Step> = steps
                .iter()
                .filter_map(|other| other.operands.iter().find(|o| o.expr == operand.expr))
                .collect();
            operands.extend(merged(&alike));
        }
    }
    Some(Step { expr: first.expr, op, value, operands })
}
