//! To which dossiers an amendment goes, in words that do not ask to read signs.

use crate::policy::{ExprId, ExprKind, Policy, Type};
use crate::render::Lang;
use crate::syntax::tree::CompareOp;

/// Conditions all of which hold: « contrat signé le 1er janvier 2027 ou après ».
pub(super) fn scope(policy: &Policy, conditions: &[ExprId], lang: Lang) -> String {
    let said: Vec<String> = conditions.iter().map(|one| condition(policy, *one, lang)).collect();
    said.join(lang.pick(" et ", " and "))
}

fn condition(policy: &Policy, id: ExprId, lang: Lang) -> String {
    let inner = |id: &ExprId| match policy.exprs.get(*id).kind {
        ExprKind::And(_) | ExprKind::Or(_) => format!("({})", condition(policy, *id, lang)),
        _ => condition(policy, *id, lang),
    };
    let joined = |of: &[ExprId], by: &str| of.iter().map(inner).collect::<Vec<_>>().join(by);
    match &policy.exprs.get(id).kind {
        ExprKind::And(of) => joined(of, lang.pick(" et ", " and ")),
        ExprKind::Or(of) => joined(of, lang.pick(" ou ", " or ")),
        ExprKind::Compare { op, left, right } if policy.exprs.get(*left).ty == Type::Date => {
            dated(policy, *left, *op, *right, lang)
        }
        ExprKind::Compare { op, left, right } => {
            let (name, value) = (name(policy, *left), text(policy, *right));
            let sign = match op {
                CompareOp::Eq => return lang.pair(&name, &value),
                CompareOp::Ne => lang.pick("autre que", "other than"),
                CompareOp::Ge => lang.pick("au moins", "at least"),
                CompareOp::Gt => lang.pick("plus de", "more than"),
                CompareOp::Le => lang.pick("au plus", "at most"),
                CompareOp::Lt => lang.pick("moins de", "less than"),
            };
            lang.pair(&name, &format!("{sign} {value}"))
        }
        ExprKind::Fact(_) | ExprKind::Definition(_) => lang.pair(&name(policy, id), lang.pick("oui", "yes")),
        ExprKind::Not(of)
            if matches!(policy.exprs.get(*of).kind, ExprKind::Fact(_) | ExprKind::Definition(_)) =>
        {
            lang.pair(&name(policy, *of), lang.pick("non", "no"))
        }
        // What an author wrote without a sign of comparison reads as it stands.
        _ => text(policy, id),
    }
}

/// A date against another: a fact whose name ends in « le » takes the day after it.
fn dated(policy: &Policy, left: ExprId, op: CompareOp, right: ExprId, lang: Lang) -> String {
    let day = match &policy.exprs.get(right).kind {
        ExprKind::Const(crate::value::Value::Date(day)) => lang.wording().date(*day),
        _ => lang.quoted(&text(policy, right)),
    };
    let name = name(policy, left);
    let (head, bare) = match name.strip_suffix(" le") {
        Some(head) if lang == Lang::Fr => (head.to_owned(), true),
        _ => (name, false),
    };
    let when = match op {
        CompareOp::Ge => lang.pick(format!("le {day} ou après"), format!("{day} or after")),
        CompareOp::Le => lang.pick(format!("le {day} ou avant"), format!("{day} or before")),
        CompareOp::Gt => lang.pick(format!("après le {day}"), format!("after {day}")),
        CompareOp::Lt => lang.pick(format!("avant le {day}"), format!("before {day}")),
        CompareOp::Eq => lang.pick(format!("le {day}"), day),
        CompareOp::Ne => lang.pick(format!("un autre jour que le {day}"), format!("a day other than {day}")),
    };
    if bare { format!("{head} {when}") } else { lang.pair(&head, &when) }
}

fn name(policy: &Policy, id: ExprId) -> String {
    match &policy.exprs.get(id).kind {
        ExprKind::Fact(fact) => policy.facts[fact.index()].label.to_string(),
        ExprKind::Definition(definition) => policy.definitions[definition.index()].label.to_string(),
        _ => text(policy, id),
    }
}

fn text(policy: &Policy, id: ExprId) -> String {
    policy.spelled(policy.exprs.get(id).span)
}
