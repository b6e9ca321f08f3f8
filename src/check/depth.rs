//! How many steps may stand inside one another, definitions and items read as conditions included:
//! whoever works a policy out, explains it or prints it walks no deeper.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::{CriterionId, ExprId, ExprKind, ItemRef, Policy};
use crate::source::Span;

/// Refuses the first definition or item that rests on too many steps inside one another.
pub(super) fn check_depth(policy: &Policy) -> Option<Diagnostic> {
    let depths = depths(policy);
    let depth = |expr: ExprId| depths.get(expr.0 as usize).copied().unwrap_or(0);
    let definitions = policy
        .definitions
        .iter()
        .map(|definition| (&definition.head.name, definition.head.span, depth(definition.body)));
    let items = policy.items().map(|item| {
        let head = policy.head(item);
        let deepest = policy.roots(item).into_iter().map(depth).max().unwrap_or(0);
        (&head.name, head.span, deepest)
    });
    definitions
        .chain(items)
        .filter(|(_, _, depth)| *depth > limits::CALCULATION_DEPTH)
        .min_by_key(|(_, span, depth)| (*depth, span.start))
        .map(|(name, span, depth)| refusal(policy, name, span, depth))
}

fn refusal(policy: &Policy, name: &Arc<str>, span: Span, depth: usize) -> Diagnostic {
    let most = limits::CALCULATION_DEPTH;
    Diagnostic::error(
        "calcul-trop-profond",
        format!("« {name} » repose sur {depth} étapes l'une dans l'autre, alors que la limite est de {most}"),
    )
    .at(&policy.file, span, "définitions et conditions comprises")
    .help("réunir des définitions qui ne font que se suivre, ou en faire dépendre moins l'une de l'autre")
}

/// For each expression, how many steps stand inside one another in it, itself included. What an
/// expression reads stands before it in the arena, as no item reads itself.
fn depths(policy: &Policy) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(policy.exprs.len());
    for index in 0..policy.exprs.len() {
        let kind = &policy.exprs.get(ExprId(u32::try_from(index).unwrap_or(u32::MAX))).kind;
        let at = |expr: ExprId| depths.get(expr.0 as usize).copied().unwrap_or(0);
        let item = |item: ItemRef| policy.roots(item).into_iter().map(at).max().unwrap_or(0);
        let mut inside = match kind {
            ExprKind::Definition(id) => at(policy.definitions[id.index()].body),
            ExprKind::Holds(read) => item(*read),
            ExprKind::AmountOf(funding) => item(ItemRef::Funding(*funding)),
            ExprKind::AllCriteria => (0..policy.criteria.len())
                .map(|rank| ItemRef::Criterion(CriterionId(u32::try_from(rank).unwrap_or(u32::MAX))))
                .map(item)
                .max()
                .unwrap_or(0),
            _ => 0,
        };
        kind.for_each_operand(&mut |operand| inside = inside.max(at(operand)));
        depths.push(inside + 1);
    }
    depths
}
