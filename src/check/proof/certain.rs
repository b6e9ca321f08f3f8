//! Comparisons that every dossier settles the same way: most often a slip, never an error.

use super::formula::{DEPTH, holds};
use super::linear::{Linear, Term};
use super::walk::Walk;
use super::words;
use crate::diagnostic::{Diagnostic, Severity};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, Policy};
use crate::syntax::tree::CompareOp;
use crate::value::Value;

/// A comparison that always or never holds, whatever the dossier.
pub(super) fn check(walk: &mut Walk<'_>, expr: ExprId) {
    let policy = walk.base.policy;
    let Some(so) = walk.plain.truth(expr).value().or_else(|| whatever_both_sides_share(policy, expr)) else {
        return;
    };
    let mut reads = false;
    policy.exprs.get(expr).kind.for_each_operand(&mut |operand| {
        reads |= !matches!(policy.exprs.get(operand).kind, ExprKind::Const(_) | ExprKind::Parameter { .. });
    });
    if !reads {
        return;
    }
    settled(walk, expr, so, "vérifier la valeur et le sens de la comparaison, ou retirer la condition");
}

/// `âge ≥ 18 ou âge < 30`, which nothing fails: what is above a bound, or below one that is not lower.
pub(super) fn either(walk: &mut Walk<'_>, expr: ExprId, of: &[ExprId]) {
    let policy = walk.base.policy;
    let bound = |id: ExprId| match &policy.exprs.get(id).kind {
        ExprKind::Compare { op, left, right } => match &policy.exprs.get(*right).kind {
            ExprKind::Const(Value::Number(number)) => Some((policy.exprs.get(*left).shape, *op, number)),
            _ => None,
        },
        _ => None,
    };
    let bounds: Vec<_> = of.iter().filter_map(|id| bound(*id)).collect();
    let all = bounds.iter().any(|(what, above, least)| {
        bounds.iter().any(|(other, below, most)| {
            let with = matches!(above, CompareOp::Ge) || matches!(below, CompareOp::Le);
            let meet = if with { most >= least } else { most > least };
            what == other
                && matches!(above, CompareOp::Ge | CompareOp::Gt)
                && matches!(below, CompareOp::Le | CompareOp::Lt)
                && meet
        })
    });
    if all {
        settled(walk, expr, true, "écrire « et » pour exiger les deux");
    }
}

/// `nature est A et nature est B`: no choice is two of its options.
pub(super) fn both(walk: &mut Walk<'_>, expr: ExprId, of: &[ExprId]) {
    let policy = walk.base.policy;
    let one = |id: ExprId| match &policy.exprs.get(id).kind {
        ExprKind::Among { subject, values } => match values.as_slice() {
            [value] => match &policy.exprs.get(*value).kind {
                ExprKind::Const(option @ Value::Choice(..)) => {
                    Some((policy.exprs.get(*subject).shape, option))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    let chosen: Vec<_> = of.iter().filter_map(|id| one(*id)).collect();
    let apart =
        chosen.iter().any(|(what, option)| chosen.iter().any(|(other, its)| what == other && option != its));
    if apart {
        settled(walk, expr, false, "écrire « est parmi A, B » pour admettre l'une ou l'autre option");
    }
}

fn settled(walk: &mut Walk<'_>, expr: ExprId, so: bool, help: &str) {
    let policy = walk.base.policy;
    let message = format!(
        "« {} » est toujours {}, quel que soit le dossier",
        words::expression(policy, expr),
        if so { "vrai" } else { "faux" }
    );
    walk.found.push(Diagnostic {
        severity: Severity::Advice,
        ..Diagnostic::error("condition-certaine", message)
            .at(&policy.file, policy.exprs.get(expr).span, "ne dépend d'aucune réponse")
            .help(help)
    });
}

/// Whether a comparison of numbers whose sides stay apart by the same, whatever they share, holds:
/// `lits ≥ lits + 5`, and `lits ≥ seuil` where « seuil » is `lits + 5`.
fn whatever_both_sides_share(policy: &Policy, expr: ExprId) -> Option<bool> {
    let ExprKind::Compare { op, left, right } = &policy.exprs.get(expr).kind else { return None };
    if !policy.exprs.get(*left).ty.is_numeric() {
        return None;
    }
    let mut steps = DEPTH;
    let apart = form(policy, *left, &mut steps)?.minus(&form(policy, *right, &mut steps)?);
    Some(holds(*op, apart.as_constant()?.cmp(&Ratio::zero())))
}

/// What an expression comes to, definitions followed; nothing where that takes more steps than are left.
fn form(policy: &Policy, expr: ExprId, steps: &mut usize) -> Option<Linear> {
    *steps = steps.checked_sub(1)?;
    let node = policy.exprs.get(expr);
    Some(match &node.kind {
        ExprKind::Const(Value::Number(number)) => Linear::constant(number.clone()),
        ExprKind::Definition(definition) => form(policy, policy.definitions[definition.index()].body, steps)?,
        ExprKind::Add(a, b) => form(policy, *a, steps)?.plus(&form(policy, *b, steps)?),
        ExprKind::Sub(a, b) => form(policy, *a, steps)?.minus(&form(policy, *b, steps)?),
        ExprKind::Negate(a) => form(policy, *a, steps)?.scaled(&Ratio::from(-1)),
        ExprKind::Mul(a, b) => match (&policy.exprs.get(*a).kind, &policy.exprs.get(*b).kind) {
            (ExprKind::Const(Value::Number(factor)), _) => form(policy, *b, steps)?.scaled(factor),
            (_, ExprKind::Const(Value::Number(factor))) => form(policy, *a, steps)?.scaled(factor),
            (_, _) => Linear::term(Term::Shape(node.shape)),
        },
        _ => Linear::term(Term::Shape(node.shape)),
    })
}
