//! Examples that are worked out: answers to questions of the dossier under which something is certainly so.
//!
//! The cells of a search know a computed quantity only by its name, and may give it a value that no dossier
//! does. Here facts are given values, and everything else follows.

use std::collections::{BTreeMap, HashSet};

use super::base::Base;
use super::explore::{At, Example};
use super::formula::Dimension;
use super::knowledge::Knowledge;
use super::linear::Term;
use super::{Held, words};
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, FactId, Policy, ShapeId, Type};
use crate::value::Value;

/// Greatest number of combinations of answers that are worked out.
const MOST: usize = 400;
/// Greatest number of facts that are given values.
const FACTS: usize = 4;

/// Answers to the questions of a dossier.
pub(super) struct Witness {
    answers: Vec<(ExprId, Value)>,
}

impl Witness {
    /// Answers under which the conditions in force may hold and `so` certainly does, looked for among the
    /// facts that these expressions read.
    pub fn find(
        base: &Base<'_>,
        held: &[Held],
        roots: &[ExprId],
        so: &dyn Fn(&Knowledge<'_>) -> bool,
    ) -> Option<Witness> {
        let (facts, constants) = reads(base, roots);
        if facts.is_empty() || facts.len() > FACTS {
            return None;
        }
        let each = (1..MOST).rev().find(|n| n.pow(u32::try_from(facts.len()).unwrap_or(1)) <= MOST)?;
        let values: Vec<Vec<Value>> =
            facts.iter().map(|(fact, _)| candidates(base.policy, *fact, &constants, each)).collect();
        let mut chosen = vec![0; facts.len()];
        loop {
            let mut knowledge = Knowledge::under(base, held);
            let answers: Option<Vec<(ExprId, Value)>> = facts
                .iter()
                .zip(&values)
                .zip(&chosen)
                .map(|(((_, expr), values), at)| Some((*expr, values.get(*at)?.clone())))
                .collect();
            let answers = answers?;
            for (expr, value) in &answers {
                knowledge.learn(*expr, &Known::exactly(value));
            }
            if is_possible(base, &knowledge) && so(&knowledge) {
                return Some(Witness { answers });
            }
            let next = (0..chosen.len()).find(|rank| chosen[*rank] + 1 < values[*rank].len())?;
            chosen[..next].fill(0);
            chosen[next] += 1;
        }
    }

    /// « salaire = -0,05 € et zone est A ».
    pub fn words(&self, policy: &Policy) -> String {
        let part = |(expr, value): &(ExprId, Value)| {
            let ty = policy.exprs.get(*expr).ty;
            let sign = if ty.is_numeric() { "=" } else { "est" };
            format!("{} {sign} {}", words::expression(policy, *expr), words::value(policy, ty, value))
        };
        words::and(&self.answers.iter().map(part).collect::<Vec<_>>())
    }

    /// The first fact that it takes below zero.
    pub fn below_zero(&self) -> Option<ExprId> {
        let below = |value: &Value| matches!(value, Value::Number(number) if number.signum() < 0);
        self.answers.iter().find(|(_, value)| below(value)).map(|(expr, _)| *expr)
    }
}

/// Whether nothing that is known rules an example out.
fn is_possible(base: &Base<'_>, knowledge: &Knowledge<'_>) -> bool {
    !knowledge.is_impossible()
        && knowledge.agrees()
        && base.policy.coherences.iter().all(|coherence| knowledge.truth(coherence.condition).may_hold)
}

/// Numbers that a text names, each with its type.
type Numbers = Vec<(Type, Ratio)>;

/// The scalar facts that expressions read, each with a place where it is read, in the order of declaration;
/// the numbers that they name, definitions and parameters included.
fn reads(base: &Base<'_>, roots: &[ExprId]) -> (Vec<(FactId, ExprId)>, Numbers) {
    let policy = base.policy;
    let (mut todo, mut seen) = (roots.to_vec(), HashSet::new());
    let (mut facts, mut constants) = (BTreeMap::new(), Vec::new());
    while let Some(expr) = todo.pop() {
        let node = policy.exprs.get(expr);
        if !seen.insert(node.shape) {
            continue;
        }
        let mut add = |value: &Value| {
            if let Value::Number(number) = value {
                constants.push((node.ty, number.clone()));
            }
        };
        match &node.kind {
            ExprKind::Fact(fact) if !matches!(node.ty, Type::Date | Type::Text) => {
                facts.insert(*fact, expr);
            }
            ExprKind::Const(value) => add(value),
            ExprKind::Parameter { parameter, .. } => base.parameter_values(*parameter).for_each(add),
            ExprKind::Definition(definition) => todo.push(policy.definitions[definition.index()].body),
            ExprKind::AmountOf(funding) => todo.push(policy.fundings[funding.index()].amount),
            kind => kind.for_each_operand(&mut |operand| todo.push(operand)),
        }
    }
    constants.sort_by(|a, b| a.1.cmp(&b.1));
    constants.dedup();
    (facts.into_iter().collect(), constants)
}

/// Values to try of a fact, those that a dossier most likely gives first; `most` of them.
fn candidates(policy: &Policy, fact: FactId, constants: &[(Type, Ratio)], most: usize) -> Vec<Value> {
    let ask = &policy.facts[fact.index()].ask;
    let all: Vec<Value> = match ask.ty {
        Type::Truth => vec![Value::Truth(true), Value::Truth(false)],
        Type::Choice(choice) => {
            let options = policy.choices[choice.index()].options.len();
            (0..options).filter_map(|rank| u16::try_from(rank).ok()).map(Value::Choice).collect()
        }
        ty => numbers(ty, constants).into_iter().map(Value::Number).collect(),
    };
    let mut kept: Vec<Value> = Vec::new();
    for value in all {
        if ask.domain.contains(&value) && !kept.contains(&value) && kept.len() < most {
            kept.push(value);
        }
    }
    kept
}

fn numbers(ty: Type, constants: &[(Type, Ratio)]) -> Vec<Ratio> {
    let step = ty.step().unwrap_or_else(Ratio::one);
    let own = || constants.iter().filter(|(of, _)| *of == ty).map(|(_, number)| number);
    let mut all = vec![Ratio::zero(), step.clone()];
    all.extend(own().map(|number| number.add(&step)));
    all.extend(own().cloned());
    all.extend(own().map(|number| number.sub(&step)));
    let magnitudes = [1, 5, 10, 50, 100, 1_000, 10_000, 1_000_000].map(|n| step.mul(&Ratio::from(n)));
    all.extend(magnitudes.iter().cloned());
    all.extend(magnitudes.iter().map(Ratio::neg));
    all
}

/// Whether all that an example gives a value to is asked in a dossier, or is what it is at any time.
pub(super) fn is_of_inputs(policy: &Policy, example: &Example) -> bool {
    let input = |shape: &ShapeId| {
        matches!(
            policy.exprs.get(policy.exprs.first_of(*shape)).kind,
            ExprKind::Fact(_)
                | ExprKind::Field(_)
                | ExprKind::Reading(_)
                | ExprKind::Parameter { .. }
                | ExprKind::ExaminationDate
                | ExprKind::Const(_)
        )
    };
    let term = |term: &Term| match term {
        Term::Shape(shape) => input(shape),
        Term::Shifted { date, by, .. } => input(date) && input(by),
        Term::Count { .. } => true,
    };
    example.at.iter().all(|At { dimension, by_sign, .. }| match dimension {
        Dimension::Truth(shape) | Dimension::Choice(shape) | Dimension::Text(shape) => input(shape),
        Dimension::Order(a, b) => input(a) && input(b),
        Dimension::Line(form) => (form.len() == 1 || *by_sign) && form.iter().all(|(of, _)| term(of)),
        Dimension::Multiple(a, b) => term(a) && term(b),
    })
}
