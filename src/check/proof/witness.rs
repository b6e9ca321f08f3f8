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
use super::question::{changing, epochs};
use super::{Held, words};
use crate::currency::Currency;
use crate::known::Known;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, FactId, ParameterId, Policy, ShapeId, Type};
use crate::value::Value;

/// Greatest number of combinations of answers that are worked out.
const MOST: usize = 400;
/// Greatest number of facts that are given values.
const FACTS: usize = 4;
/// Greatest number of stretches of time that are looked at.
const TIMES: usize = 8;

/// Answers to the questions of a dossier, at a time.
pub(super) struct Witness {
    answers: Vec<(ExprId, Value)>,
    /// The parameters that are read, each with the value that it has then.
    parameters: Vec<(ExprId, Value)>,
    /// Those that do not always have that value.
    changing: Vec<(ParameterId, Value)>,
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
        let read = Read::of(base, roots);
        if read.facts.is_empty() || read.facts.len() > FACTS {
            return None;
        }
        let count = u32::try_from(read.facts.len()).unwrap_or(1);
        let each = (1..MOST).rev().find(|n| n.pow(count) <= MOST)?;
        let values: Vec<Vec<Value>> = read
            .facts
            .iter()
            .map(|(fact, _)| candidates(base.policy, *fact, &read.constants, each))
            .collect();
        let epochs = epochs(base, &[], roots)?;
        epochs.iter().take(TIMES).find_map(|epoch| {
            let value = |(key, expr): &(ParameterKey, ExprId)| Some((*expr, epoch.get(key)?.clone()));
            let mut witness = Witness {
                answers: Vec::new(),
                parameters: read.parameters.iter().filter_map(value).collect(),
                changing: changing(&epochs, epoch),
            };
            let mut chosen = vec![0; read.facts.len()];
            loop {
                witness.answers = read
                    .facts
                    .iter()
                    .zip(&values)
                    .zip(&chosen)
                    .map(|(((_, expr), values), at)| Some((*expr, values.get(*at)?.clone())))
                    .collect::<Option<_>>()?;
                let knowledge = witness.knowledge(base, held);
                if read.are_asked(&knowledge) && is_possible(base, &knowledge) && so(&knowledge) {
                    return Some(witness);
                }
                let next = (0..chosen.len()).find(|rank| chosen[*rank] + 1 < values[*rank].len())?;
                chosen[..next].fill(0);
                chosen[next] += 1;
            }
        })
    }

    /// Whether all that these expressions read are answers that are given values here.
    pub fn is_sought(base: &Base<'_>, roots: &[ExprId]) -> bool {
        let read = Read::of(base, roots);
        !read.more && !read.facts.is_empty() && read.facts.len() <= FACTS
    }

    /// What is known under these answers.
    pub fn knowledge<'p>(&self, base: &'p Base<'p>, held: &[Held]) -> Knowledge<'p> {
        let mut knowledge = Knowledge::under(base, held);
        for (expr, value) in self.parameters.iter().chain(&self.answers) {
            knowledge.learn(*expr, &Known::exactly(value));
        }
        knowledge
    }

    /// « salaire = -0,05 € et zone est A ».
    pub fn words(&self, policy: &Policy) -> String {
        let part = |(expr, value): &(ExprId, Value)| {
            let ty = policy.exprs.get(*expr).ty;
            let sign = if ty.is_numeric() { "=" } else { "est" };
            format!("{} {sign} {}", words::expression(policy, *expr), words::value(policy, ty, value))
        };
        let parts: Vec<String> = self.answers.iter().map(part).collect();
        words::and(&[parts, words::parameters(policy, &self.changing)].concat())
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
        && base.coherences.iter().all(|coherence| knowledge.truth(coherence.condition).may_hold)
}

/// Numbers that a text names, each with its type.
type Numbers = Vec<(Type, Ratio)>;

/// A parameter, with the shape of the date at which it is taken.
type ParameterKey = (ParameterId, Option<ShapeId>);

/// What expressions read, through definitions too.
struct Read<'p> {
    policy: &'p Policy,
    /// The scalar facts, each with a place where it is read, in the order of declaration.
    facts: Vec<(FactId, ExprId)>,
    parameters: Vec<(ParameterKey, ExprId)>,
    constants: Numbers,
    /// Whether more is read than is given values here: dates, texts, lists, readings.
    more: bool,
}

impl<'p> Read<'p> {
    fn of(base: &Base<'p>, roots: &[ExprId]) -> Read<'p> {
        let policy = base.policy;
        let (mut todo, mut seen) = (roots.to_vec(), HashSet::new());
        let (mut facts, mut parameters, mut constants) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        let mut more = false;
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
                ExprKind::Parameter { parameter, at } => {
                    base.parameter_values(*parameter).for_each(add);
                    parameters.insert((*parameter, at.map(|at| policy.exprs.get(at).shape)), expr);
                }
                ExprKind::Definition(definition) => todo.push(policy.definitions[definition.index()].body),
                ExprKind::AmountOf(funding) => todo.push(policy.fundings[funding.index()].amount),
                kind => {
                    more |= matches!(
                        kind,
                        ExprKind::Fact(_)
                            | ExprKind::Field(_)
                            | ExprKind::Reading(_)
                            | ExprKind::ExaminationDate
                            | ExprKind::Aggregate { .. }
                    );
                    kind.for_each_operand(&mut |operand| todo.push(operand));
                }
            }
        }
        constants.sort_by(|a, b| a.1.cmp(&b.1));
        constants.dedup();
        let (facts, parameters) = (facts.into_iter().collect(), parameters.into_iter().collect());
        Read { policy, facts, parameters, constants, more }
    }

    /// Whether each fact is one that a dossier may be asked for.
    fn are_asked(&self, knowledge: &Knowledge<'_>) -> bool {
        let asked_if = |fact: &FactId| self.policy.facts[fact.index()].ask.asked_if;
        self.facts.iter().all(|(fact, _)| asked_if(fact).is_none_or(|when| knowledge.truth(when).may_hold))
    }
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
        ty => numbers(policy.currency, ty, constants).into_iter().map(Value::Number).collect(),
    };
    let mut kept: Vec<Value> = Vec::new();
    for value in all {
        if ask.domain.contains(&value) && !kept.contains(&value) && kept.len() < most {
            kept.push(value);
        }
    }
    kept
}

fn numbers(currency: Currency, ty: Type, constants: &[(Type, Ratio)]) -> Vec<Ratio> {
    let step = ty.step(currency).unwrap_or_else(Ratio::one);
    let own = || constants.iter().filter(|(of, _)| *of == ty).map(|(_, number)| number);
    let mut all = vec![Ratio::zero(), step.clone()];
    all.extend(own().map(|number| number.add(&step)));
    all.extend(own().cloned());
    all.extend(own().map(|number| number.sub(&step)));
    let magnitudes =
        [1, 5, 10, 50, 100, 1_000, 10_000, 1_000_000, 100_000_000].map(|n| step.mul(&Ratio::from(n)));
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
