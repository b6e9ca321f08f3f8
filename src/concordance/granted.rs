//! A financing that is due whatever the decision, where all the others are due only if it is favourable: most often its
//! `prévu si` was forgotten.

use std::collections::HashSet;

use super::article::Articles;
use super::finding::Finding;
use crate::policy::{ExprId, ExprKind, Funding, FundingKind, ItemRef, Policy};

/// Such financings, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let policy = articles.policy;
    let granted: Vec<&Funding> =
        policy.fundings.iter().filter(|funding| funding.kind == FundingKind::Funding).collect();
    let mut found = Vec::new();
    for funding in &granted {
        let mut others = granted.iter().filter(|other| !std::ptr::eq(**other, *funding));
        let alone = funding.applies.is_none() && funding.due.is_none() && funding.unless.is_empty();
        if !alone || !policy.decision.stated || others.clone().next().is_none() {
            continue;
        }
        let decided = |other: &&Funding| other.due.is_some_and(|due| reads_decision(policy, due));
        if !others.all(decided) || reads_decision(policy, funding.amount) {
            continue;
        }
        let article = articles.compared().find(|(_, one)| std::ptr::eq(one.head, &raw const funding.head));
        let Some((at, article)) = article else { continue };
        let Some(passage) = article.quoted.first() else { continue };
        let head = &funding.head;
        let decision = &policy.decision.head.name;
        found.push(Finding {
            article: at,
            code: "concordance-modalite",
            message: format!(
                "« {} » est dû quelle que soit la décision, les autres financements seulement si « {decision} »",
                head.name
            ),
            text: passage.span,
            text_label: "le texte".to_owned(),
            rule: head.span,
            rule_label: "sous aucune condition".to_owned(),
            help: format!(
                "ajouter la ligne « prévu si {decision} », ou dire pourquoi : « concordance : motif « … » »"
            ),
        });
    }
    found
}

/// Whether an expression reads the decision, itself or by definitions.
fn reads_decision(policy: &Policy, expr: ExprId) -> bool {
    let (mut todo, mut seen) = (vec![expr], HashSet::new());
    while let Some(expr) = todo.pop() {
        if !seen.insert(policy.exprs.get(expr).shape) {
            continue;
        }
        match &policy.exprs.get(expr).kind {
            ExprKind::Holds(ItemRef::Decision) => return true,
            ExprKind::Definition(definition) => todo.push(policy.definitions[definition.index()].body),
            kind => kind.for_each_operand(&mut |operand| todo.push(operand)),
        }
    }
    false
}
