//! What stands under a value, in full: clauses under a condition, and exceptions, with the rule that each sets aside.

use super::detail::Told;
use super::{Builder, Node, Sign};
use crate::decision::Step;
use crate::policy::{CaseLine, ExprKind, Written};
use crate::render::words::{operand, truth};
use crate::source::Span;

impl Builder<'_> {
    /// A clause under a condition, exceptions to a rule: which spoke, and what was set aside. Nothing where that is open.
    pub(super) fn under_value(
        &self,
        cases: &Step,
        lines: &[CaseLine],
        others: Option<&Step>,
        told: &mut Told,
        out: &mut Vec<Node>,
    ) -> bool {
        let words = &self.words;
        let written = lines.first().map_or(Written::Line, |line| line.written);
        match written {
            Written::Line | Written::Group => return false,
            Written::Row => return self.row(cases, lines, told, out),
            Written::Clause | Written::Exception => {}
        }
        let fails = |line: &&CaseLine| operand(cases, line.when).is_some_and(|when| truth(when).fails());
        let holding = lines.iter().find(|line| operand(cases, line.value).is_some());
        let aside = |inner: &Self, line: &CaseLine, told: &mut Told| {
            let end = match written {
                Written::Exception => words.policy.exprs.get(line.when).span.end,
                Written::Line | Written::Row | Written::Clause | Written::Group => line.span.end,
            };
            let said = words.policy.spelled(Span { end, ..line.span });
            let mut asked = Vec::new();
            if let Some(when) = operand(cases, line.when) {
                inner.nodes_of(when, told, &mut asked);
            }
            let text = words.pair(&said, words.say("ne s'applique pas", "does not apply"));
            Node { sign: Some(Sign::Aside), text, inner: asked }
        };
        match (holding, others) {
            (Some(line), None) if written == Written::Exception => {
                let Some(value) = operand(cases, line.value) else { return false };
                let mut inner = Vec::new();
                for before in lines.iter().take_while(|other| other.value != line.value).filter(fails) {
                    inner.push(aside(self, before, told));
                }
                if let Some(when) = operand(cases, line.when) {
                    self.nodes_of(when, told, &mut inner);
                }
                self.nodes_of(value, told, &mut inner);
                let title = words.say("exception", "exception");
                out.push(Node { sign: None, text: words.pair(title, &words.outcome_of(value)), inner });
                let set_aside = words.say("règle écartée", "rule set aside");
                let rule = self.rule_of(cases);
                let text = rule.map_or_else(|| set_aside.to_owned(), |rule| words.pair(set_aside, &rule));
                out.push(Node { sign: Some(Sign::Aside), text, inner: Vec::new() });
                true
            }
            (None, Some(others)) if lines.iter().all(|line| fails(&line)) => {
                let asides: Vec<Node> = lines.iter().map(|line| aside(self, line, told)).collect();
                if written == Written::Clause || self.is_exceptions(others) {
                    out.extend(asides);
                    self.nodes_of(others, told, out);
                    return true;
                }
                let mut inner = asides;
                self.nodes_of(others, told, &mut inner);
                let title = words.say("règle", "rule");
                out.push(Node { sign: None, text: words.pair(title, &words.outcome_of(others)), inner });
                true
            }
            _ => false,
        }
    }

    /// The line of a table that applies, with what its cells ask. Nothing where that is open.
    fn row(&self, cases: &Step, lines: &[CaseLine], told: &mut Told, out: &mut Vec<Node>) -> bool {
        let mut taken = lines.iter().filter_map(|line| Some((line, operand(cases, line.value)?)));
        let (Some((line, value)), None) = (taken.next(), taken.next()) else { return false };
        let mut inner = Vec::new();
        match operand(cases, line.when) {
            Some(when) if !truth(when).holds() => return false,
            Some(when) => match when.expr.map(|e| &self.words.policy.exprs.get(e).kind) {
                Some(ExprKind::And(_)) => inner.extend(self.conditions_in(when, told)),
                _ => self.nodes_of(when, told, &mut inner),
            },
            None => {}
        }
        self.nodes_of(value, told, &mut inner);
        let text = self.words.quoted(&self.words.line(line.span));
        out.push(Node { sign: None, text, inner });
        true
    }

    fn is_exceptions(&self, step: &Step) -> bool {
        match step.expr.map(|e| &self.words.policy.exprs.get(e).kind) {
            Some(ExprKind::Cases { lines, .. }) => {
                lines.iter().any(|line| line.written == Written::Exception)
            }
            _ => false,
        }
    }

    /// What a rule says, under all the exceptions to it; nothing of a rule in several lines.
    fn rule_of(&self, cases: &Step) -> Option<String> {
        let exprs = &self.words.policy.exprs;
        let mut rule = cases.expr?;
        loop {
            match &exprs.get(rule).kind {
                ExprKind::Cases { lines, otherwise: Some(otherwise) }
                    if lines.iter().any(|line| line.written == Written::Exception) =>
                {
                    rule = *otherwise;
                }
                ExprKind::Cases { .. } | ExprKind::Scale { .. } => return None,
                _ => return Some(self.words.name(rule).into_owned()),
            }
        }
    }
}
