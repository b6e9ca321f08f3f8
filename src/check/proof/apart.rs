//! A condition of `dont` that reads nothing of the element in turn: it takes all of the list, or none. Most often the name
//! of the list was left out where the fact is declared.

use std::collections::BTreeSet;

use super::walk::Walk;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::{ExprId, ExprKind, FactId, ListId};

/// The conditions of a `dont`, each by itself.
pub(super) fn check(walk: &mut Walk<'_>, list: ListId, filter: ExprId) {
    let policy = walk.base.policy;
    let mut todo = vec![filter];
    while let Some(condition) = todo.pop() {
        let expr = policy.exprs.get(condition);
        if let ExprKind::And(of) = &expr.kind {
            todo.extend(of.iter().rev());
            continue;
        }
        if walk.base.is_of_element(condition, list) || !walk.told.insert(expr.shape) {
            continue;
        }
        // What the whole dossier says may well be asked for; a fact that stands among those of the list is one of them.
        let Some(fact) = facts(walk, condition).into_iter().find(|fact| stands_among(walk, *fact, list))
        else {
            continue;
        };
        let (path, of) = (&policy.facts[fact.index()].path, &policy.lists[list.index()].path);
        let message = format!(
            "« {} » ne lit rien de chaque élément : la liste « {of} » y passe toute, ou rien d'elle",
            words::expression(policy, condition)
        );
        let whole = format!("{of}.{path}");
        let declared = policy.facts[fact.index()].ask.span;
        walk.found.push(
            Diagnostic::warning("dont-sans-element", message)
                .at(&policy.file, declared, "un fait de tout le dossier")
                .at(&policy.file, expr.span, "lu de chaque élément")
                .instead(&policy.file, declared, &[whole]),
        );
    }
}

/// The facts that a condition reads itself.
fn facts(walk: &Walk<'_>, condition: ExprId) -> BTreeSet<FactId> {
    let exprs = &walk.base.policy.exprs;
    let (mut todo, mut found) = (vec![condition], BTreeSet::new());
    while let Some(expr) = todo.pop() {
        match &exprs.get(expr).kind {
            ExprKind::Fact(fact) => {
                found.insert(*fact);
            }
            kind => kind.for_each_operand(&mut |operand| todo.push(operand)),
        }
    }
    found
}

/// Whether a fact without a group is declared right under a list or one of its fields.
fn stands_among(walk: &Walk<'_>, fact: FactId, list: ListId) -> bool {
    let policy = walk.base.policy;
    let fact = &policy.facts[fact.index()];
    let fields = policy.fields.iter().filter(|field| field.list == list).map(|field| field.ask.span);
    let others = policy.facts.iter().map(|fact| fact.ask.span);
    let lists = policy.lists.iter().map(|list| list.span);
    let own = std::iter::once(policy.lists[list.index()].span);
    let elsewhere = policy.fields.iter().filter(|field| field.list != list).map(|field| field.ask.span);
    let above = |start: u32| start < fact.ask.span.start;
    let last = fields.chain(own).map(|span| span.start).filter(|start| above(*start)).max();
    let between =
        others.chain(lists).chain(elsewhere).map(|span| span.start).filter(|start| above(*start)).max();
    fact.parts.len() == 1 && last.is_some() && last >= between
}
