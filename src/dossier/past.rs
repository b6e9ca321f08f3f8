//! Dates of what has happened whatever the dossier: to those, « pas encore » is no answer.

use std::collections::HashSet;

use crate::policy::expr::Quantity;
use crate::policy::{Declared, ExprId, ExprKind, Policy};
use crate::syntax::tree::{Aggregate, CompareOp};

/// The dates that a `cohérence` puts on the day of examination or before, by way of one another too, and
/// those of a birth.
pub(super) fn past(policy: &Policy) -> HashSet<Declared> {
    let mut orders = Vec::new();
    for coherence in &policy.coherences {
        gather(policy, coherence.condition, &mut orders);
    }
    let mut past: HashSet<Declared> =
        policy.declared.iter().copied().filter(|declared| is_of_birth(policy, *declared)).collect();
    loop {
        let known = past.len();
        for (earlier, later) in &orders {
            if let Some(earlier) = declared(policy, *earlier)
                && (policy.exprs.get(*later).kind == ExprKind::ExaminationDate
                    || declared(policy, *later).is_some_and(|later| past.contains(&later)))
            {
                past.insert(earlier);
            }
        }
        if past.len() == known {
            return past;
        }
    }
}

/// The pairs of which every dossier has the one no later than the other.
fn gather(policy: &Policy, condition: ExprId, orders: &mut Vec<(ExprId, ExprId)>) {
    match &policy.exprs.get(condition).kind {
        ExprKind::And(of) => of.iter().for_each(|of| gather(policy, *of, orders)),
        ExprKind::Bullets { quantity: Quantity::All, of } => {
            of.iter().filter(|bullet| bullet.only_if.is_none()).for_each(|bullet| {
                gather(policy, bullet.then, orders);
            });
        }
        ExprKind::Aggregate { kind: Aggregate::All, filter: None, of: Some(of), .. } => {
            gather(policy, *of, orders);
        }
        ExprKind::Compare { op: CompareOp::Le | CompareOp::Lt, left, right } => orders.push((*left, *right)),
        ExprKind::Compare { op: CompareOp::Ge | CompareOp::Gt, left, right } => orders.push((*right, *left)),
        _ => {}
    }
}

fn declared(policy: &Policy, expr: ExprId) -> Option<Declared> {
    match policy.exprs.get(expr).kind {
        ExprKind::Fact(fact) => Some(Declared::Fact(fact)),
        ExprKind::Field(field) => Some(Declared::Field(field)),
        _ => None,
    }
}

fn is_of_birth(policy: &Policy, declared: Declared) -> bool {
    let parts = match declared {
        Declared::Fact(fact) => &policy.facts[fact.index()].parts,
        Declared::Field(field) => &policy.fields[field.index()].parts,
        Declared::List(_) => return false,
    };
    let Some(last) = parts.last() else { return false };
    let mut words = last.split(' ');
    words.clone().any(|word| word == "naissance")
        || words.next().is_some_and(|word| word == "né" || word == "née")
}
