//! Conditions put together of others, as steps: each tests one of them and says where to go on.
//!
//! Conditions are tested in the order in which they stand, as far as it takes to tell, as the expressions
//! say: steps only spare the way down to each and back.

use super::answers::{Answers, Slot};
use super::program::{At, Node, Program};
use super::run::Run;
use super::sorts::{Of, Pick};

/// A step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// A condition that is put together of no others.
    pub test: Node,
    /// The step that comes next where it holds, and where it does not.
    pub yes: u32,
    pub no: u32,
}

/// Past all steps: the whole holds, or does not.
pub(super) const YES: u32 = u32::MAX;
pub(super) const NO: u32 = u32::MAX - 1;

impl Node {
    /// Whether it is a condition put together of others.
    pub fn is_put_together(&self) -> bool {
        matches!(self, Node::All(_) | Node::Any(_) | Node::Not(_) | Node::Implies(..))
    }
}

impl Program {
    /// Turns into steps the conditions that are put together of others, the outermost of them.
    pub fn lay_steps(&mut self) {
        let mut inner = vec![false; self.nodes.len()];
        for node in &self.nodes {
            for part in self.parts(node) {
                inner[part.0 as usize] = true;
            }
        }
        for (at, inner) in inner.into_iter().enumerate() {
            let at = At(u32::try_from(at).unwrap_or(u32::MAX));
            if self.node(at).is_put_together() && !inner {
                let start = self.lay(at, YES, NO);
                self.nodes[at.0 as usize] = Node::Steps(start);
            }
        }
    }

    /// The conditions that one is put together of.
    fn parts(&self, node: &Node) -> Vec<At> {
        match node {
            Node::All(of) | Node::Any(of) => self.operands(*of).to_vec(),
            Node::Not(of) => vec![*of],
            Node::Implies(when, then) => vec![*when, *then],
            _ => Vec::new(),
        }
    }

    /// Lays the steps of a condition, last ones first; where they start.
    fn lay(&mut self, at: At, yes: u32, no: u32) -> u32 {
        let node = *self.node(at);
        let parts = self.parts(&node);
        match node {
            Node::Truth(truth) => return if truth { yes } else { no },
            Node::All(_) => return parts.into_iter().rev().fold(yes, |next, part| self.lay(part, next, no)),
            Node::Any(_) => return parts.into_iter().rev().fold(no, |next, part| self.lay(part, yes, next)),
            Node::Not(part) => return self.lay(part, no, yes),
            Node::Implies(when, then) => {
                let then = self.lay(then, yes, no);
                return self.lay(when, then, yes);
            }
            _ => {}
        }
        self.steps.push(Step { test: node, yes, no });
        u32::try_from(self.steps.len() - 1).unwrap_or(NO)
    }
}

impl<'a, A: Answers> Run<'a, '_, A> {
    /// Whether a condition holds, whose steps start there.
    pub fn steps(&mut self, start: u32) -> Option<bool> {
        let program = self.program;
        let mut next = start;
        while let Some(step) = program.steps.get(next as usize) {
            let holds = match &step.test {
                Node::Fact(fact) => bool::of_slot(self.answers.fact(*fact)),
                Node::FactIn { fact, options } => {
                    Pick::of_slot(self.answers.fact(*fact)).map(|pick| pick.is_in(*options))
                }
                Node::Whole { fact, least, most } => whole(self.answers.fact(*fact), *least, *most),
                test => self.of(test),
            };
            next = if holds? { step.yes } else { step.no };
        }
        Some(next == YES)
    }
}

/// Whether a whole number lies between two, both included.
#[inline]
pub(super) fn whole(number: Slot<'_>, least: i64, most: i64) -> Option<bool> {
    let Slot::Number(number) = number else { return None };
    let number = number.to_i64()?;
    Some(least <= number && number <= most)
}
