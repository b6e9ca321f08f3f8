//! What holds of a policy whatever the dossier: worked out once, used by every proof.

use std::collections::BTreeSet;

use super::Held;
use super::granularity::{self, Grain};
use super::knowledge::Knowledge;
use super::turned;
use crate::known::Known;
use crate::policy::{Coherence, ExprId, ExprKind, ListId, ParameterId, Policy, ShapeId};
use crate::value::Value;

/// Parameters, each with the shape of the date at which it is taken.
type ParametersRead = BTreeSet<(Option<ShapeId>, ParameterId)>;

/// What the proofs share.
pub(super) struct Base<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// The coherence rules that hold: those of the policy.
    pub coherences: &'p [Coherence],
    /// By definition: what is known of it.
    pub definitions: Vec<Known>,
    /// By definition: the step of its values.
    pub grains: Vec<Grain>,
    /// By definition: the parameters that it reads, through other definitions too.
    parameters: Vec<ParametersRead>,
    /// What the coherence rules teach.
    pub learnt: Vec<(ShapeId, Known)>,
    /// Which date they put before which.
    pub order: Vec<(ShapeId, ShapeId)>,
}

impl<'p> Base<'p> {
    /// Works it out.
    pub fn new(policy: &'p Policy) -> Self {
        Base::with(policy, &policy.coherences)
    }

    /// What holds without any coherence rule.
    pub fn without_coherences(policy: &'p Policy) -> Self {
        Base::with(policy, &[])
    }

    fn with(policy: &'p Policy, coherences: &'p [Coherence]) -> Self {
        let mut base = Base {
            policy,
            coherences,
            definitions: Vec::with_capacity(policy.definitions.len()),
            grains: Vec::with_capacity(policy.definitions.len()),
            parameters: Vec::with_capacity(policy.definitions.len()),
            learnt: Vec::new(),
            order: turned::order(policy, coherences.iter().map(|rule| rule.condition).collect()),
        };
        for definition in &policy.definitions {
            let read = base.parameters_read(definition.body);
            base.parameters.push(read);
        }
        base.learn_definitions();
        // One coherence rule may sharpen another: a few rounds, then what is left is left.
        for _ in 0..3 {
            let mut knowledge = Knowledge::new(&base);
            for coherence in coherences {
                knowledge.assume(coherence.condition, true);
            }
            if knowledge.is_impossible() || knowledge.learnt().len() == base.learnt.len() {
                break;
            }
            base.learnt = knowledge.learnt();
            base.learn_definitions();
        }
        base
    }

    fn learn_definitions(&mut self) {
        self.definitions.clear();
        self.grains.clear();
        for definition in &self.policy.definitions {
            let held: Vec<Held> = definition.list.map(Held::Element).into_iter().collect();
            let known = Knowledge::under(self, &held).known(definition.body);
            let grain = granularity::grain(self, definition.body);
            self.definitions.push(known);
            self.grains.push(grain);
        }
    }

    /// Whether an expression speaks of the element in turn of a list.
    pub fn is_of_element(&self, expr: ExprId, list: ListId) -> bool {
        self.policy.dependencies().free(self.policy.exprs.get(expr).shape).contains(&list)
    }

    /// The parameters that an expression reads.
    pub fn parameters_read(&self, expr: ExprId) -> ParametersRead {
        let mut read = ParametersRead::new();
        if self.policy.parameters.is_empty() {
            return read;
        }
        let mut todo = vec![expr];
        while let Some(expr) = todo.pop() {
            let kind = &self.policy.exprs.get(expr).kind;
            match kind {
                ExprKind::Parameter { parameter, at } => {
                    read.insert((at.map(|at| self.policy.exprs.get(at).shape), *parameter));
                }
                ExprKind::Definition(definition) => {
                    read.extend(self.parameters.get(definition.index()).into_iter().flatten().copied());
                }
                _ => {}
            }
            kind.for_each_operand(&mut |operand| todo.push(operand));
        }
        read
    }

    /// All values that a parameter may have.
    pub fn parameter_values(&self, parameter: ParameterId) -> impl Iterator<Item = &Value> {
        self.policy.parameters[parameter.index()].periods.iter().map(|period| &period.value)
    }
}
