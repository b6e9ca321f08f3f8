//! Cases of trials seen together: one tree that knows what all of them leave open.

use std::sync::Arc;

use crate::decision::{Op, Step};
use crate::policy::ExprId;

/// What several steps of one expression have in common: the union of their values, operand by
/// operand. Where they went through a list in different ways, only its first element is kept.
pub(crate) fn merged(steps: &[&Step]) -> Option<Step> {
    let (first, others) = steps.split_first()?;
    let value = others.iter().fold(first.value.clone(), |all, step| all.union(&step.value));
    let bodies: Vec<&Step> = steps
        .iter()
        .filter_map(|step| match &step.op {
            Op::Shared(body) => Some(&**body),
            Op::Expr | Op::Leaf(_) | Op::Cases { .. } | Op::Case { .. } | Op::Served { .. } | Op::Item => {
                None
            }
        })
        .collect();
    let op =
        if bodies.len() == steps.len() { Op::Shared(Arc::new(merged(&bodies)?)) } else { first.op.clone() };
    let mut operands: Vec<Step> = Vec::new();
    let exprs = |step: &Step| -> Vec<Option<ExprId>> { step.operands.iter().map(|o| o.expr).collect() };
    let own = exprs(first);
    if own.iter().all(Option::is_some) && others.iter().all(|other| exprs(other) == own) {
        for rank in 0..own.len() {
            let alike: Vec<&Step> = steps.iter().filter_map(|step| step.operands.get(rank)).collect();
            operands.extend(merged(&alike));
        }
        return Some(Step { expr: first.expr, op, value, operands });
    }
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
