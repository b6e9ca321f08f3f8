//! What may be read by all that trials look at, worked out once for a policy.

use std::cell::OnceCell;

use crate::policy::{Declared, ExprKind, ListId, Policy, Reach};

/// What the rules of a policy may read, and what anything in it may.
#[derive(Debug)]
pub(in crate::eval) struct Reaches<'p> {
    policy: &'p Policy,
    rules: Reach,
    whole: OnceCell<Reach>,
}

impl<'p> Reaches<'p> {
    /// Those of a policy.
    pub fn of(policy: &'p Policy) -> Self {
        let mut rules = Reach::default();
        for coherence in &policy.coherences {
            rules.add_expr(policy, coherence.condition);
        }
        for expr in policy.dependencies().dated_parameters() {
            if let ExprKind::Parameter { at: Some(at), .. } = &policy.exprs.get(*expr).kind {
                rules.add_expr(policy, *at);
            }
        }
        Reaches { policy, rules, whole: OnceCell::new() }
    }

    /// Whether what a coherence rule teaches may depend on an entry of the dossier.
    pub fn rules_read(&self, declared: Declared) -> bool {
        self.rules.reads(declared)
    }

    /// Whether something ranks the elements of a list, shares out between them, or counts the days of all.
    pub fn ranks(&self, list: ListId) -> bool {
        let of_list = |kind: &ExprKind| match kind {
            ExprKind::Rank { list: ranked, .. } | ExprKind::Covered { list: ranked, .. } => *ranked == list,
            ExprKind::Share(share) => share.list == list,
            _ => false,
        };
        self.policy.exprs.iter().any(|expr| of_list(&expr.kind))
    }

    /// Whether it may matter in which order the elements of a list stand.
    pub fn is_ordered(&self, list: ListId) -> bool {
        let of_list = |kind: &ExprKind| match kind {
            ExprKind::Share(share) => share.list == list,
            ExprKind::Rank { list: ranked, in_order, .. } => *in_order && *ranked == list,
            _ => false,
        };
        self.policy.exprs.iter().any(|expr| of_list(&expr.kind))
    }

    /// Whether anything may depend on an entry of the dossier.
    pub fn anything_reads(&self, declared: Declared) -> bool {
        self.whole.get_or_init(|| Reach::of_policy(self.policy)).reads(declared)
    }
}
