//! What a condition would come to, were something in it otherwise.

use super::sentence::{operand, truth};
use crate::decision::{Op, Step};
use crate::known::Truth;
use crate::policy::{ExprId, ExprKind, Policy, Quantity};

/// What a step would come to where `told` answers for some of the steps in it: the others stay what they are, and
/// `et`, `ou`, `non` and bullets are worked out again.
pub(crate) fn suppose(
    policy: &Policy,
    step: &Step,
    told: &dyn Fn(&Step, Option<&ExprKind>) -> Option<Truth>,
) -> Truth {
    let kind = step.expr.map(|e| &policy.exprs.get(e).kind);
    let of = |e: ExprId| operand(step, e).map_or(Truth::OPEN, |inner| suppose(policy, inner, told));
    if let Op::Shared(body) = &step.op {
        return suppose(policy, body, told);
    }
    if let Some(answer) = told(step, kind) {
        return answer;
    }
    match (&step.op, kind) {
        (Op::Expr, Some(ExprKind::Not(inner))) => !of(*inner),
        (Op::Expr, Some(ExprKind::And(all))) => all.iter().fold(Truth::YES, |t, e| t.and(of(*e))),
        (Op::Expr, Some(ExprKind::Or(any))) => any.iter().fold(Truth::NO, |t, e| t.or(of(*e))),
        (Op::Expr, Some(ExprKind::Bullets { quantity: Quantity::All, of: bullets })) => {
            bullets.iter().fold(Truth::YES, |all, bullet| {
                let asked = bullet.only_if.map_or(Truth::YES, of);
                // What is not asked may have been left out.
                all.and(if asked.fails() { Truth::YES } else { of(bullet.then).or(!asked) })
            })
        }
        (
            Op::Expr
            | Op::Leaf(_)
            | Op::Cases { .. }
            | Op::Case { .. }
            | Op::Served { .. }
            | Op::Item
            | Op::Shared(_),
            _,
        ) => truth(step),
    }
}
