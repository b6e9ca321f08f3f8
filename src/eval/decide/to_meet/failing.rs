//! The comparisons of numbers that make a condition fail.

use crate::eval::interpret::interpreter::Evaluator;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy, Quantity};
use crate::syntax::tree::CompareOp;

/// A comparison that does not come out as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failing {
    /// How it should.
    pub op: CompareOp,
    /// What is measured: the side that reads the dossier.
    pub left: ExprId,
    /// What it is held against.
    pub right: ExprId,
    /// Where what is measured is a quotient, its parts.
    pub quotient: Option<(ExprId, ExprId)>,
}

impl Failing {
    /// Whether what is measured less what it is held against comes out as it should; for an equality, whether
    /// it has come that far from where it was.
    pub fn turned(&self, before: &Ratio, now: &Ratio) -> bool {
        let sign = now.signum();
        match self.op {
            CompareOp::Ge => sign >= 0,
            CompareOp::Gt => sign > 0,
            CompareOp::Le => sign <= 0,
            CompareOp::Lt => sign < 0,
            CompareOp::Eq => sign != before.signum(),
            CompareOp::Ne => sign != 0,
        }
    }
}

/// The comparisons that keep a condition from holding, in the order of the text.
pub(super) fn failing(policy: &Policy, evaluator: &mut Evaluator<'_>, root: ExprId) -> Vec<Failing> {
    let mut found = Vec::new();
    Search { policy, evaluator, found: &mut found }.of(root, true);
    found
}

struct Search<'a, 'w, 'e, 'f> {
    policy: &'a Policy,
    evaluator: &'e mut Evaluator<'w>,
    found: &'f mut Vec<Failing>,
}

impl Search<'_, '_, '_, '_> {
    fn of(&mut self, expr: ExprId, wanted: bool) {
        let truth = self.evaluator.truth(expr);
        if truth.value() == Some(wanted) {
            return;
        }
        let policy = self.policy;
        match &policy.exprs.get(expr).kind {
            ExprKind::Not(inner) => self.of(*inner, !wanted),
            ExprKind::And(of) | ExprKind::Or(of) => of.iter().for_each(|operand| self.of(*operand, wanted)),
            ExprKind::Bullets { quantity, of } => {
                let wanted = match quantity {
                    Quantity::All | Quantity::AtLeast(_) | Quantity::Exactly(_) => wanted,
                    Quantity::AtMost(_) => !wanted,
                };
                for bullet in of {
                    if bullet.only_if.is_none_or(|guard| !self.evaluator.truth(guard).fails()) {
                        self.of(bullet.then, wanted);
                    }
                }
            }
            ExprKind::Definition(id) if policy.definitions[id.index()].list.is_none() => {
                self.of(policy.definitions[id.index()].body, wanted);
            }
            ExprKind::Holds(ItemRef::Criterion(id)) => self.of(policy.criteria[id.index()].requires, wanted),
            ExprKind::Holds(ItemRef::Objective(id)) => self.of(policy.objectives[id.index()].aims, wanted),
            ExprKind::Holds(ItemRef::Mission(id)) => self.of(policy.missions[id.index()].covered, wanted),
            ExprKind::Compare { op, left, right } => {
                self.compare(if wanted { *op } else { op.negated() }, *left, *right);
            }
            ExprKind::Between { subject, low, high } => {
                let (above, below) =
                    if wanted { (CompareOp::Ge, CompareOp::Le) } else { (CompareOp::Lt, CompareOp::Gt) };
                self.compare(above, *subject, *low);
                self.compare(below, *subject, *high);
            }
            // Nothing to count from: a truth that is answered or worked out of no comparison, a choice
            // between words, a date.
            _ => {}
        }
    }

    fn compare(&mut self, op: CompareOp, left: ExprId, right: ExprId) {
        let policy = self.policy;
        if !policy.exprs.get(left).ty.is_numeric() {
            return;
        }
        let known = (self.evaluator.value(left), self.evaluator.value(right));
        if crate::known::compare(op, &known.0, &known.1).holds() {
            return;
        }
        let fixed =
            |expr| matches!(policy.exprs.get(expr).kind, ExprKind::Const(_) | ExprKind::Parameter { .. });
        let (op, left, right) =
            if fixed(left) && !fixed(right) { (op.flipped(), right, left) } else { (op, left, right) };
        let quotient = match policy.exprs.get(through(policy, self.evaluator, left)).kind {
            ExprKind::Div(part, whole) => Some((part, whole)),
            _ => None,
        };
        let one = Failing { op, left, right, quotient };
        if !self.found.contains(&one) {
            self.found.push(one);
        }
    }
}

/// What a value is worked out by: follows definitions and the one line of cases that is taken.
pub(super) fn through(policy: &Policy, evaluator: &mut Evaluator<'_>, expr: ExprId) -> ExprId {
    match &policy.exprs.get(expr).kind {
        ExprKind::Definition(id) if policy.definitions[id.index()].list.is_none() => {
            through(policy, evaluator, policy.definitions[id.index()].body)
        }
        ExprKind::Cases { .. } => {
            taken(policy, evaluator, expr).map_or(expr, |value| through(policy, evaluator, value))
        }
        _ => expr,
    }
}

/// The value of the line of cases that is taken; `None` where that is open.
pub(super) fn taken(policy: &Policy, evaluator: &mut Evaluator<'_>, cases: ExprId) -> Option<ExprId> {
    let ExprKind::Cases { lines, otherwise } = &policy.exprs.get(cases).kind else { return None };
    for line in lines {
        let when = evaluator.truth(line.when);
        if !when.fails() {
            return when.holds().then_some(line.value);
        }
    }
    *otherwise
}
