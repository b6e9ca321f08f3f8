//! Why a change provably changes nothing.

use crate::check::proof::is_multiple;
use crate::policy::{DefinitionId, ExprId, ExprKind, Policy};
use crate::syntax::tree::CompareOp;
use crate::value::Value;
use crate::wording::{French, Wording};

use super::Mutation;

/// Why a change provably changes nothing, as far as this can be shown.
pub(super) fn proof_of_sameness(policy: &Policy, mutant: &Policy, mutation: &Mutation) -> Option<String> {
    rounds_nothing(policy, mutation).or_else(|| on_the_same_side(policy, mutant, mutation))
}

fn all(policy: &Policy) -> impl Iterator<Item = ExprId> {
    (0..u32::try_from(policy.exprs.len()).unwrap_or(u32::MAX)).map(ExprId)
}

/// A rounding that is left out, or goes another way, of what is always a whole number of its steps.
fn rounds_nothing(policy: &Policy, mutation: &Mutation) -> Option<String> {
    let [(cut, new)] = mutation.edits.as_slice() else { return None };
    if !new.is_empty() && !new.starts_with("arrondi") {
        return None;
    }
    let rounded = all(policy).filter_map(|expr| {
        let node = policy.exprs.get(expr);
        let is_cut = cut.start < node.span.end && node.span.end <= cut.end && node.span.start < cut.start;
        match &node.kind {
            ExprKind::Round { value, rounding } if is_cut => Some((*value, rounding)),
            _ => None,
        }
    });
    let (value, rounding) = rounded.last()?;
    let step = French::default().amount(&rounding.step, policy.currency);
    is_multiple(policy, value, &rounding.step)
        .then(|| format!("ce qui est arrondi est toujours un multiple de {step}"))
}

/// A value of a definition, changed for another one, where all that reads the definition compares it with
/// written values, and both stand on the same side of each. What the definition says is then not the
/// same, but nothing comes of it.
fn on_the_same_side(policy: &Policy, mutant: &Policy, mutation: &Mutation) -> Option<String> {
    let [(cut, _)] = mutation.edits.as_slice() else { return None };
    let written = |policy: &Policy| {
        all(policy).find_map(|expr| {
            let node = policy.exprs.get(expr);
            match &node.kind {
                ExprKind::Const(value) if node.span.start == cut.start => Some((expr, value.clone())),
                _ => None,
            }
        })
    };
    let ((place, before), (_, after)) = (written(policy)?, written(mutant)?);
    let gives = |body: ExprId| match &policy.exprs.get(body).kind {
        ExprKind::Cases { lines, otherwise } => {
            lines.iter().any(|line| line.value == place) || *otherwise == Some(place)
        }
        _ => body == place,
    };
    let definition = (0..).map(DefinitionId).zip(&policy.definitions).find(|(_, own)| gives(own.body))?.0;
    let reads = |expr: &ExprId| policy.exprs.get(*expr).kind == ExprKind::Definition(definition);
    let mut compared = Vec::new();
    for expr in all(policy) {
        let ExprKind::Compare { op, left, right } = &policy.exprs.get(expr).kind else { continue };
        let (read, limit, is_left) = match (reads(left), reads(right)) {
            (true, false) => (*left, *right, true),
            (false, true) => (*right, *left, false),
            (true, true) | (false, false) => continue,
        };
        let ExprKind::Const(limit) = &policy.exprs.get(limit).kind else { return None };
        let holds = |value: &Value| {
            let (left, right) = if is_left { (value, limit) } else { (limit, value) };
            holds(*op, left, right)
        };
        if holds(&before)? != holds(&after)? {
            return None;
        }
        compared.push(read);
    }
    // Whatever reads it otherwise than by such a comparison might tell both apart.
    let is_all = !compared.is_empty() && all(policy).filter(reads).all(|read| compared.contains(&read));
    let name = &policy.definitions.get(definition.index())?.head.name;
    is_all.then(|| {
        format!(
            "« {name} » n'est lu que par comparaison avec des valeurs fixes, et les deux valeurs sont du même \
             côté de chacune ; seul le chiffre montré change"
        )
    })
}

/// A comparison of two numbers or two dates.
fn holds(op: CompareOp, left: &Value, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Number(_) | Value::Date(_) | Value::Truth(_) | Value::Text(_) | Value::Choice(_), _) => {
            return None;
        }
    };
    Some(op.holds(order))
}
