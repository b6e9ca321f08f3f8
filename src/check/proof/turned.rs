//! A coherence rule that puts a birth after what is asked for whoever is born: it is turned round, not what is counted from
//! the one to the other.

use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::{ExprId, ExprKind, Policy, Quantity, ShapeId, Type};
use crate::syntax::tree::{Aggregate, CompareOp};

/// Words of a date at which someone is born.
const BIRTH: [&str; 5] = ["né", "née", "nés", "nées", "naissance"];

/// One date before another, as a coherence rule has it.
#[derive(Clone, Copy)]
struct Before {
    /// Where it says so.
    rule: ExprId,
    first: ExprId,
    then: ExprId,
    strict: bool,
}

/// Whether a date is told as a birth.
pub(super) fn is_birth(policy: &Policy, date: ExprId) -> bool {
    words::expression(policy, date).split([' ', '.', '\'', '’']).any(|word| BIRTH.contains(&word))
}

/// What is said of the coherence rule that keeps what is counted from one date to another from ever being above zero:
/// where the first is a birth it is the rule that is turned round, and where none is, either of the two.
pub(super) fn blamed(
    policy: &Policy,
    counted: ExprId,
    from: ExprId,
    to: ExprId,
) -> Option<(ExprId, Diagnostic)> {
    let all = rules(policy);
    let shape = |expr: ExprId| policy.exprs.get(expr).shape;
    let (born, dies) = (is_birth(policy, from), is_birth(policy, to));
    if dies && !born || path(policy, &all, shape(from), shape(to)) {
        return None;
    }
    let turned = all.iter().find(|rule| {
        let late = shape(rule.then) == shape(from);
        let met = shape(rule.first) == shape(to)
            || born
                && (path(policy, &all, shape(to), shape(rule.first))
                    || path(policy, &all, shape(rule.first), shape(to)));
        late && met
    })?;
    let [first, then] = [turned.first, turned.then].map(|date| words::expression(policy, date));
    let sign = if turned.strict { "<" } else { "≤" };
    let says = format!("{then} {sign} {first}");
    let span = policy.exprs.get(turned.rule).span;
    let at = policy.exprs.get(counted).span;
    let message = format!(
        "la « cohérence » met « {then} » après « {first} » : ce qui est compté de l'une à l'autre n'est jamais positif"
    );
    let (help, sure) = if born && !is_birth(policy, turned.first) {
        (format!("écrire « {says} »"), true)
    } else {
        let [from, to] = [from, to].map(|date| words::expression(policy, date));
        (
            format!(
                "selon le texte, écrire « {says} » dans la « cohérence », ou « entre {to} et {from} » là où c'est compté"
            ),
            false,
        )
    };
    let label = if sure { "une naissance vient avant" } else { "l'ordre de ces dates" };
    let problem = Diagnostic::warning("age-negatif", message)
        .at(&policy.file, span, label)
        .at(&policy.file, at, "compté ici dans l'autre sens")
        .help(&help);
    let problem = if sure { problem.remedy(help, &policy.file, [(span, says)]) } else { problem };
    Some((turned.rule, problem))
}

/// Whether one date comes before another by what the rules say, step by step.
fn path(policy: &Policy, all: &[Before], from: ShapeId, to: ShapeId) -> bool {
    let shape = |expr: ExprId| policy.exprs.get(expr).shape;
    let all: Vec<_> = all.iter().map(|rule| (shape(rule.first), shape(rule.then))).collect();
    leads(&all, from, to)
}

/// Whether one date comes before another, step by step.
pub(super) fn leads(order: &[(ShapeId, ShapeId)], from: ShapeId, to: ShapeId) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(date) = seen.get(at).copied() {
        at += 1;
        for (_, next) in order.iter().filter(|(first, _)| *first == date) {
            if *next == to {
                return true;
            }
            if !seen.contains(next) {
                seen.push(*next);
            }
        }
    }
    false
}

/// What the coherence rules say of the order of dates, of each element of a list too.
fn rules(policy: &Policy) -> Vec<Before> {
    in_order(policy, policy.coherences.iter().map(|rule| rule.condition).collect())
}

/// Which date comes before which, by the shapes of both, as far as conditions that hold say so.
pub(super) fn order(policy: &Policy, conditions: Vec<ExprId>) -> Vec<(ShapeId, ShapeId)> {
    let shape = |expr: ExprId| policy.exprs.get(expr).shape;
    in_order(policy, conditions).iter().map(|before| (shape(before.first), shape(before.then))).collect()
}

fn in_order(policy: &Policy, mut open: Vec<ExprId>) -> Vec<Before> {
    let mut all = Vec::new();
    while let Some(rule) = open.pop() {
        match &policy.exprs.get(rule).kind {
            ExprKind::And(of) => open.extend(of),
            ExprKind::Bullets { quantity: Quantity::All, of } => {
                open.extend(of.iter().filter(|bullet| bullet.only_if.is_none()).map(|bullet| bullet.then));
            }
            ExprKind::Aggregate { kind: Aggregate::All, filter: None, of: Some(of), .. } => open.push(*of),
            ExprKind::Compare { op, left, right } if policy.exprs.get(*left).ty == Type::Date => {
                let (first, then, strict) = match op {
                    CompareOp::Lt => (*left, *right, true),
                    CompareOp::Le => (*left, *right, false),
                    CompareOp::Gt => (*right, *left, true),
                    CompareOp::Ge => (*right, *left, false),
                    CompareOp::Eq | CompareOp::Ne => continue,
                };
                all.push(Before { rule, first, then, strict });
            }
            _ => {}
        }
    }
    all
}
