//! Texts that differ by accents only: « EVRY » and « Évry » are two texts, and somebody must be told.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::decision::{MissingPlace, Warning};
use crate::dossier::{Answer, Dossier, Given};
use crate::policy::{Declared, ExprId, ExprKind, Policy, Type};
use crate::text;
use crate::value::{Text, Value};

/// How many answers of one fact or field are named.
const SHOWN: usize = 3;

/// With which texts of the policy, and which other answers, each fact and field is compared.
#[derive(Debug)]
pub(in crate::eval) struct Compared {
    of: Vec<(Declared, Vec<With>)>,
}

/// What a text is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum With {
    Text(Text),
    Answer(Declared),
}

impl Compared {
    /// Works it out.
    pub fn of(policy: &Policy) -> Compared {
        let mut of: BTreeMap<usize, (Declared, Vec<With>)> = BTreeMap::new();
        let mut add = |a: ExprId, b: ExprId| {
            let Some(declared) = answer(policy, a) else { return };
            let Some(rank) = policy.declared.iter().position(|other| *other == declared) else { return };
            let (_, with) = of.entry(rank).or_insert_with(|| (declared, Vec::new()));
            for one in sides(policy, b) {
                if !with.contains(&one) {
                    with.push(one);
                }
            }
        };
        for expr in policy.exprs.iter() {
            match &expr.kind {
                ExprKind::Compare { left, right, .. } if policy.exprs.get(*left).ty == Type::Text => {
                    add(*left, *right);
                    add(*right, *left);
                }
                ExprKind::Among { subject, values } if policy.exprs.get(*subject).ty == Type::Text => {
                    for value in values {
                        add(*subject, *value);
                        add(*value, *subject);
                    }
                }
                _ => {}
            }
        }
        Compared { of: of.into_values().collect() }
    }

    /// The answers that are another text by their accents only, in order of declaration.
    pub fn warnings(&self, policy: &Policy, dossier: &Dossier) -> Vec<Warning> {
        let mut found: Vec<Warning> = Vec::new();
        for (declared, with) in &self.of {
            let (mut meant, mut others): (Vec<&Text>, Vec<&Text>) = (Vec::new(), Vec::new());
            for one in with {
                match one {
                    With::Text(text) => meant.push(text),
                    With::Answer(Declared::Fact(fact)) => others.extend(text_of(dossier.fact(*fact))),
                    // Of two lists the elements are compared two by two: too many to tell.
                    With::Answer(Declared::Field(_) | Declared::List(_)) => {}
                }
            }
            let mut shown: Vec<(Arc<str>, Arc<str>)> = Vec::new();
            for (place, given) in answers(policy, dossier, *declared) {
                let Some(given) = text_of(given) else { continue };
                // Of the texts that the policy names, one that is given is meant.
                let named = meant.iter().filter(|_| meant.iter().all(|text| text.folded != given.folded));
                let differs = |other: &&&Text| text::differ_by_accents(&given.folded, &other.folded);
                let Some(near) = named.chain(&others).find(differs) else { continue };
                let pair = (Arc::clone(&given.folded), Arc::clone(&near.folded));
                let mirrored = found.iter().any(|warning| match warning {
                    Warning::AccentsDiffer { given: other, compared, .. } => {
                        other.folded == near.folded && compared.folded == given.folded
                    }
                    _ => false,
                });
                if shown.len() < SHOWN && !shown.contains(&pair) && !mirrored {
                    shown.push(pair);
                    found.push(Warning::AccentsDiffer {
                        place,
                        given: given.clone(),
                        compared: Text::clone(near),
                    });
                }
            }
        }
        found
    }
}

/// The fact or field that an expression is, where it is one.
fn answer(policy: &Policy, expr: ExprId) -> Option<Declared> {
    match &policy.exprs.get(expr).kind {
        ExprKind::Fact(fact) => Some(Declared::Fact(*fact)),
        ExprKind::Field(field) => Some(Declared::Field(*field)),
        _ => None,
    }
}

fn sides(policy: &Policy, expr: ExprId) -> Vec<With> {
    let texts = |value: &Value| match value {
        Value::Text(text) => Some(With::Text(text.clone())),
        Value::Truth(_) | Value::Number(_) | Value::Date(_) | Value::Choice(_) => None,
    };
    match &policy.exprs.get(expr).kind {
        ExprKind::Const(value) => texts(value).into_iter().collect(),
        ExprKind::Parameter { parameter, .. } => {
            let periods = &policy.parameters[parameter.index()].periods;
            periods.iter().filter_map(|period| texts(&period.value)).collect()
        }
        _ => answer(policy, expr).map(With::Answer).into_iter().collect(),
    }
}

fn answers<'d>(policy: &Policy, dossier: &'d Dossier, declared: Declared) -> Vec<(MissingPlace, &'d Given)> {
    match declared {
        Declared::Fact(fact) => vec![(MissingPlace::Fact(fact), dossier.fact(fact))],
        Declared::Field(field) => super::notices::cells(policy, dossier, field),
        Declared::List(_) => Vec::new(),
    }
}

fn text_of(given: &Given) -> Option<&Text> {
    match &given.answer {
        Answer::Known(Value::Text(text)) => Some(text),
        Answer::Known(_) | Answer::Missing | Answer::NotYet => None,
    }
}
