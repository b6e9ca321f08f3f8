//! Comparisons that every dossier settles the same way: most often a slip, never an error.

use super::walk::Walk;
use super::words;
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{ExprId, ExprKind};

/// A comparison that always or never holds, whatever the dossier.
pub(super) fn check(walk: &mut Walk<'_>, expr: ExprId) {
    let policy = walk.base.policy;
    let truth = walk.plain.truth(expr);
    let Some(so) = truth.value() else { return };
    let mut reads = false;
    policy.exprs.get(expr).kind.for_each_operand(&mut |operand| {
        reads |= !matches!(policy.exprs.get(operand).kind, ExprKind::Const(_) | ExprKind::Parameter { .. });
    });
    if !reads {
        return;
    }
    let message = format!(
        "« {} » est toujours {}, quel que soit le dossier",
        words::expression(policy, expr),
        if so { "vrai" } else { "faux" }
    );
    walk.found.push(Diagnostic {
        severity: Severity::Advice,
        ..Diagnostic::error("condition-certaine", message)
            .at(&policy.file, policy.exprs.get(expr).span, "ne dépend d'aucune réponse")
            .help("vérifier la valeur et le sens de la comparaison, ou retirer la condition")
    });
}
