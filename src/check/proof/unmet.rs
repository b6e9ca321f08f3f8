//! Criteria that no dossier can meet: what they require, and what coherence rules say, contradict one another. Most
//! often one of the two comparisons is the wrong way round.

use std::collections::{BTreeSet, HashSet};

use super::Held;
use super::base::Base;
use super::question::may_be;
use super::words;
use crate::diagnostic::Diagnostic;
use crate::policy::{Criterion, ExprId, ExprKind, Policy, Quantity, ShapeId};

/// A condition that takes more steps to read, definitions followed wherever they are read, is left aside.
const STEPS: usize = 2_000;
/// Most coherence rules that are held against a condition at once.
const RULES: usize = 8;

/// What is said of the criteria that cannot be met: once for each coherence rule that stands against some.
pub(super) fn check(base: &Base<'_>) -> Vec<Diagnostic> {
    let policy = base.policy;
    let rules = atoms(policy, policy.coherences.iter().map(|coherence| coherence.condition).collect());
    let read_by: Vec<(ExprId, BTreeSet<ShapeId>)> =
        rules.iter().map(|rule| (*rule, read(policy, *rule))).collect();
    let sized = |criterion: &&Criterion| {
        let mut steps = STEPS;
        let rest = criterion.applies.iter().chain([&criterion.requires]);
        rest.into_iter().all(|expr| takes(policy, *expr, &mut steps))
    };
    // What one criterion may be, another that says the same may be too.
    let mut possible: HashSet<(Option<ShapeId>, ShapeId)> = HashSet::new();
    let mut found_impossible = |criterion: &Criterion| {
        let shape = |expr: ExprId| policy.exprs.get(expr).shape;
        let said = (criterion.applies.map(shape), shape(criterion.requires));
        if possible.contains(&said) {
            return None;
        }
        let found = impossible(base, &read_by, criterion);
        if found.is_none() {
            possible.insert(said);
        }
        found
    };
    let unmet: Vec<(&Criterion, ExprId)> = policy
        .criteria
        .iter()
        .filter(|criterion| policy.is_own(criterion.head.span))
        .filter(sized)
        .filter_map(|criterion| Some((criterion, found_impossible(criterion)?)))
        .collect();
    if unmet.is_empty() {
        return Vec::new();
    }
    let alone = Base::without_coherences(policy);
    let against = |criterion: &Criterion, required: ExprId| {
        if !may_be(&alone, &[Held::so(required)]) {
            return None;
        }
        let mut held: Vec<Held> = criterion.applies.map(Held::so).into_iter().collect();
        held.push(Held::so(required));
        rules.iter().copied().find(|rule| {
            let mut held = held.clone();
            held.push(Held::so(*rule));
            !may_be(&alone, &held)
        })
    };
    let unmet: Vec<(&Criterion, ExprId, Option<ExprId>)> = unmet
        .into_iter()
        .map(|(criterion, required)| (criterion, required, against(criterion, required)))
        .collect();
    let mut found = Vec::new();
    for (rank, (criterion, required, rule)) in unmet.iter().enumerate() {
        let same = |other: &&(&Criterion, ExprId, Option<ExprId>)| rule.is_some() && other.2 == *rule;
        if unmet.iter().take(rank).any(|other| same(&other)) {
            continue;
        }
        found.push(unmet_by(policy, criterion, *required, *rule, unmet.iter().filter(same).count()));
    }
    found
}

fn unmet_by(
    policy: &Policy,
    criterion: &Criterion,
    required: ExprId,
    rule: Option<ExprId>,
    count: usize,
) -> Diagnostic {
    let place = |expr: ExprId| policy.exprs.get(expr).span;
    let message = format!("aucun dossier ne peut remplir le critère « {} »", criterion.head.name);
    let problem = Diagnostic::warning("critere-impossible", message);
    let (required_at, said) = (place(required), words::expression(policy, required));
    if let ExprKind::Between { subject, low, high } = policy.exprs.get(required).kind
        && rule.is_none()
    {
        let [subject, low, high] = [subject, low, high].map(|end| words::expression(policy, end));
        let help = format!("écrire du plus petit au plus grand : « {subject} est entre {high} et {low} »");
        return problem.at(&policy.file, required_at, "n'est jamais vrai").help(help);
    }
    let Some(rule) = rule else {
        return problem
            .at(&policy.file, required_at, "n'est jamais vrai")
            .help("vérifier la valeur et le sens de chaque comparaison");
    };
    let rule_at = place(rule);
    let help = format!(
        "retourner la comparaison qui est à l'envers : « {said} », ou « {} »",
        words::expression(policy, rule)
    );
    // Where several criteria are against one rule, the rule is the one to look at.
    let problem = if count > 1 {
        problem.at(&policy.file, rule_at, "cette cohérence s'y oppose").at(
            &policy.file,
            required_at,
            "exigé ici",
        )
    } else {
        problem.at(&policy.file, required_at, "exigé ici").at(
            &policy.file,
            rule_at,
            "cette cohérence s'y oppose",
        )
    };
    problem.help(help)
}

/// What of a criterion cannot be, where it cannot be met.
fn impossible(
    base: &Base<'_>,
    rules: &[(ExprId, BTreeSet<ShapeId>)],
    criterion: &Criterion,
) -> Option<ExprId> {
    let policy = base.policy;
    let applies: Vec<Held> = criterion.applies.map(Held::so).into_iter().collect();
    let with = |required: ExprId| {
        // Rules of the same dates: proofs take in those alone whose quantities are read already.
        let read = read(policy, required);
        let near = rules.iter().filter(|(_, own)| own.intersection(&read).next().is_some());
        let near = near.take(RULES).map(|(rule, _)| Held::so(*rule));
        applies.iter().copied().chain([Held::so(required)]).chain(near).collect::<Vec<_>>()
    };
    let parts = atoms(policy, vec![criterion.requires]);
    let part = parts.into_iter().find(|part| !may_be(base, &with(*part)));
    // Nothing is said where no dossier is examined at all, or the criterion never applies.
    part.or_else(|| (!may_be(base, &with(criterion.requires))).then_some(criterion.requires))
        .filter(|_| may_be(base, &applies))
}

/// Whether an expression is read in as many steps as are left.
fn takes(policy: &Policy, expr: ExprId, steps: &mut usize) -> bool {
    let mut todo = vec![expr];
    while let Some(expr) = todo.pop() {
        let Some(left) = steps.checked_sub(1) else { return false };
        *steps = left;
        match &policy.exprs.get(expr).kind {
            ExprKind::Definition(definition) => todo.push(policy.definitions[definition.index()].body),
            kind => kind.for_each_operand(&mut |operand| todo.push(operand)),
        }
    }
    true
}

/// The facts and fields that an expression reads, itself or by its definitions.
fn read(policy: &Policy, expr: ExprId) -> BTreeSet<ShapeId> {
    let (mut todo, mut found) = (vec![expr], BTreeSet::new());
    let mut seen = HashSet::new();
    while let Some(expr) = todo.pop() {
        let node = policy.exprs.get(expr);
        if !seen.insert(node.shape) {
            continue;
        }
        match &node.kind {
            ExprKind::Fact(_) | ExprKind::Field(_) => {
                found.insert(node.shape);
            }
            ExprKind::Definition(definition) => todo.push(policy.definitions[definition.index()].body),
            kind => kind.for_each_operand(&mut |operand| todo.push(operand)),
        }
    }
    found
}

/// The conditions that must all hold for some to hold.
fn atoms(policy: &Policy, of: Vec<ExprId>) -> Vec<ExprId> {
    let mut todo = of;
    let mut found = Vec::new();
    todo.reverse();
    while let Some(expr) = todo.pop() {
        match &policy.exprs.get(expr).kind {
            ExprKind::And(of) => todo.extend(of.iter().rev()),
            ExprKind::Bullets { quantity: Quantity::All, of } => {
                todo.extend(
                    of.iter().rev().filter(|bullet| bullet.only_if.is_none()).map(|bullet| bullet.then),
                );
            }
            _ => found.push(expr),
        }
    }
    found
}
