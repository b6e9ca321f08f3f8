//! What would meet a condition that fails on a single comparison, all else as it is.

use crate::decision::{Status, ToMeet};
use crate::eval::interpret::interpreter::Evaluator;
use crate::known::{End, Interval, Known};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy, Quantity};
use crate::syntax::tree::CompareOp;
use crate::value::Value;

/// The least change that would meet a criterion or reach an objective.
pub(super) fn to_meet(
    policy: &Policy,
    evaluator: &mut Evaluator<'_>,
    item: ItemRef,
    status: Status,
) -> Option<ToMeet> {
    let root = match (item, status) {
        (ItemRef::Criterion(id), Status::NotMet) => policy.criteria[id.index()].requires,
        (ItemRef::Objective(id), Status::NotReached) => policy.objectives[id.index()].aims,
        (_, _) => return None,
    };
    let mut failing = Vec::new();
    if !collect(policy, evaluator, root, &mut failing) {
        return None;
    }
    match failing.as_slice() {
        [comparison] => of_comparison(policy, evaluator, *comparison),
        _ => None,
    }
}

/// The comparisons that fail; false where something else fails.
fn collect(policy: &Policy, evaluator: &mut Evaluator<'_>, expr: ExprId, failing: &mut Vec<ExprId>) -> bool {
    if evaluator.truth(expr).holds() {
        return true;
    }
    match &policy.exprs.get(expr).kind {
        ExprKind::And(of) => of.iter().all(|operand| collect(policy, evaluator, *operand, failing)),
        ExprKind::Bullets { quantity: Quantity::All, of } => of.iter().all(|bullet| match bullet.only_if {
            Some(guard) if evaluator.truth(guard).fails() => true,
            Some(_) | None => collect(policy, evaluator, bullet.then, failing),
        }),
        ExprKind::Compare { .. } => {
            failing.push(expr);
            true
        }
        _ => false,
    }
}

fn of_comparison(policy: &Policy, evaluator: &mut Evaluator<'_>, expr: ExprId) -> Option<ToMeet> {
    let ExprKind::Compare { op, left, right } = policy.exprs.get(expr).kind else { return None };
    if !policy.exprs.get(left).ty.is_numeric() {
        return None;
    }
    let bound = number(&evaluator.value(right))?;
    number(&evaluator.value(left))?;
    let named = through_definitions(policy, evaluator, left);
    match policy.exprs.get(named).kind {
        ExprKind::Div(numerator, denominator) => {
            let out_of = number(&evaluator.value(denominator))?;
            // A negative divisor would turn the comparison round.
            if out_of.signum() <= 0 {
                return None;
            }
            least(policy, evaluator, numerator, op, &bound.mul(&out_of), Some(out_of))
        }
        _ => least(policy, evaluator, named_or(policy, left, named), op, &bound, None),
    }
}

/// The definition itself where its body is no quotient: it is what has a name.
fn named_or(policy: &Policy, left: ExprId, body: ExprId) -> ExprId {
    match policy.exprs.get(left).kind {
        ExprKind::Definition(_) => left,
        _ => body,
    }
}

/// Follows definitions and the one line of cases that is taken.
fn through_definitions(policy: &Policy, evaluator: &mut Evaluator<'_>, expr: ExprId) -> ExprId {
    match &policy.exprs.get(expr).kind {
        ExprKind::Definition(id) => {
            through_definitions(policy, evaluator, policy.definitions[id.index()].body)
        }
        ExprKind::Cases { lines, otherwise } => {
            for line in lines {
                let when = evaluator.truth(line.when);
                if when.holds() {
                    return through_definitions(policy, evaluator, line.value);
                }
                if when.is_open() {
                    return expr;
                }
            }
            otherwise.map_or(expr, |value| through_definitions(policy, evaluator, value))
        }
        _ => expr,
    }
}

fn least(
    policy: &Policy,
    evaluator: &mut Evaluator<'_>,
    expr: ExprId,
    op: CompareOp,
    bound: &Ratio,
    out_of: Option<Ratio>,
) -> Option<ToMeet> {
    let now = evaluator.value(expr);
    let ty = policy.exprs.get(expr).ty;
    let step = if ty.is_whole() {
        Some(Ratio::one())
    } else if ty == crate::policy::Type::Amount {
        Ratio::new(1, 100)
    } else {
        None
    };
    let needed = match (op, &step) {
        (CompareOp::Ge, Some(step)) => bound.div(step)?.ceil().mul(step),
        (CompareOp::Le, Some(step)) => bound.div(step)?.floor().mul(step),
        (CompareOp::Gt, Some(step)) => bound.div(step)?.floor().add(&Ratio::one()).mul(step),
        (CompareOp::Lt, Some(step)) => bound.div(step)?.ceil().sub(&Ratio::one()).mul(step),
        (CompareOp::Ge | CompareOp::Le | CompareOp::Eq, _) => bound.clone(),
        // Of a dense value there is no least one above.
        (CompareOp::Gt | CompareOp::Lt, None) | (CompareOp::Ne, _) => return None,
    };
    let known = |value: Ratio| Known::exactly(&Value::Number(value));
    Some(ToMeet { expr, now, needed: known(needed), out_of: out_of.map(known) })
}

fn number(known: &Known) -> Option<Ratio> {
    match known {
        Known::Number(Interval { low: End::Included(low), high: End::Included(high), .. }) if low == high => {
            Some(low.clone())
        }
        Known::Number(_) | Known::Truth(_) | Known::Date(_) | Known::Text(_) | Known::Choice(_) => None,
    }
}
