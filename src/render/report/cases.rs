//! Lines of cases: the one that applies, and why the others do not.

use super::detail::Told;
use super::{Builder, Node, Sign};
use crate::decision::Step;
use crate::known::Known;
use crate::policy::{ExprId, ExprKind, Written};
use crate::render::words::Audience;

impl Builder<'_> {
    /// `dans les autres cas`, with the conditions that keep the lines before it from applying.
    pub(super) fn otherwise(&self, cases: &Step, others: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let mut inner = Vec::new();
        let barred = |step: &&Step| matches!(step.value, Known::Truth(truth) if truth.fails());
        for line in cases.operands.iter().filter(barred).filter(|line| !self.is_value(cases, line)) {
            match (words.audience, line.expr) {
                (Audience::Person, Some(expr)) => inner.push(self.not_this_case(expr, line, told)),
                _ => self.nodes_of(line, told, &mut inner),
            }
        }
        self.nodes_of(others, told, &mut inner);
        let title = words.say("dans les autres cas", "otherwise");
        if let Some(ExprKind::Cases { lines, .. }) = cases.expr.map(|e| &words.policy.exprs.get(e).kind)
            && lines.first().is_some_and(|line| line.written == Written::Group)
        {
            let title = words.say("après les autres groupes", "after the other groups");
            return Node { sign: None, text: title.to_owned(), inner };
        }
        Node { sign: None, text: words.pair(title, &words.outcome_of(others)), inner }
    }

    /// A case that does not apply is no condition that fails.
    fn not_this_case(&self, expr: ExprId, line: &Step, told: &mut Told) -> Node {
        let words = &self.words;
        let case = format!("{} {}", words.say("si", "if"), words.name(expr));
        let text = words
            .pair(&words.quoted(&case), words.say("ce cas ne s'applique pas", "this case does not apply"));
        let mut inner = Vec::new();
        self.nodes_of(line, told, &mut inner);
        for node in &mut inner {
            node.sign = None;
        }
        Node { sign: Some(Sign::Aside), text, inner }
    }

    pub(super) fn is_value(&self, cases: &Step, operand: &Step) -> bool {
        match cases.expr.map(|e| &self.words.policy.exprs.get(e).kind) {
            Some(ExprKind::Cases { lines, otherwise }) => operand
                .expr
                .is_some_and(|e| *otherwise == Some(e) || lines.iter().any(|line| line.value == e)),
            _ => false,
        }
    }
}
