//! An item apart from its policy, as far as changes are told of it.

use std::sync::Arc;

use super::form::{Form, text};
use super::{Clause, Kind, Passage, Subject};
use crate::policy::{Citation, Declared, Derogation, ExprId, FundingKind, Head, ItemRef, Policy, Type};
use crate::syntax::tree::Frequency;
use crate::time::{Date, Duration};

/// An item apart from its policy.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub subject: Subject,
    pub passages: Vec<Passage>,
    pub notes: Vec<String>,
    pub clauses: Vec<(Clause, Form)>,
    pub unless: Vec<(Form, Vec<Passage>)>,
    pub other: Other,
}

/// What only some items have.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Other {
    Nothing,
    Text {
        title: String,
        from: Option<Date>,
        until: Option<Date>,
    },
    Funding {
        frequency: Option<Frequency>,
        lasting: Option<Duration>,
    },
    Parameter(Vec<(Option<Date>, String)>),
    Reading {
        question: Option<String>,
        options: Vec<(String, Vec<Passage>)>,
        retained: Option<String>,
    },
    /// `options`: those of a category, as they are announced.
    Definition {
        label: String,
        options: Option<String>,
    },
    Fact {
        label: String,
        answers: String,
        unique: bool,
        judge: Option<String>,
        question: Option<String>,
    },
    Source {
        title: String,
        binding: bool,
    },
}

/// Everything that a policy declares, in the order of a decision first.
pub(super) fn views(policy: &Policy) -> Vec<View> {
    let view = |kind: Kind, name: &Arc<str>, other: Other| View {
        subject: Subject { kind, name: Arc::clone(name) },
        passages: Vec::new(),
        notes: Vec::new(),
        clauses: Vec::new(),
        unless: Vec::new(),
        other,
    };
    let mut all = vec![View {
        passages: passages(policy, &policy.citations),
        notes: policy.notes.iter().map(|note| one_line(note)).collect(),
        ..view(
            Kind::Text,
            &policy.id,
            Other::Text { title: one_line(&policy.title), from: policy.from, until: policy.until },
        )
    }];
    let stated = |item: &ItemRef| policy.decision.stated || *item != ItemRef::Decision;
    all.extend(policy.items().filter(stated).map(|item| of_item(policy, item)));
    let headed = |kind: Kind, head: &Head, other: Other| View {
        passages: passages(policy, &head.citations),
        notes: head.notes.iter().map(|note| one_line(note)).collect(),
        ..view(kind, &head.name, other)
    };
    for reading in &policy.readings {
        let options = &policy.choices[reading.choice.index()].options;
        let options = options.iter().zip(&reading.citations);
        let other = Other::Reading {
            question: reading.question.as_deref().map(one_line),
            options: options.map(|(name, of)| (name.to_string(), passages(policy, of))).collect(),
            retained: reading.retained.as_ref().and_then(|retained| {
                let choice = &policy.choices[reading.choice.index()];
                choice.options.get(usize::from(retained.option)).map(ToString::to_string)
            }),
        };
        let clauses = reading.applies.map(|applies| (Clause::Applies, Form::of(policy, applies)));
        let mut view = headed(Kind::Reading, &reading.head, other);
        if let Some(retained) = &reading.retained {
            view.passages.extend(passages(policy, &retained.citations));
        }
        all.push(View { clauses: clauses.into_iter().collect(), ..view });
    }
    for parameter in &policy.parameters {
        let periods = parameter.periods.iter();
        let periods = periods.map(|period| (period.from, policy.given_by(parameter, period))).collect();
        all.push(headed(Kind::Parameter, &parameter.head, Other::Parameter(periods)));
    }
    // A result stands among the items.
    for definition in policy.definitions.iter().filter(|definition| !definition.result) {
        let label = one_line(&definition.label);
        let options = match policy.exprs.get(definition.body).ty {
            Type::Choice(choice) => {
                let choice = &policy.choices[choice.index()];
                Some(choice.options.join(if choice.ordered { " < " } else { ", " }))
            }
            Type::Truth
            | Type::Integer
            | Type::Number
            | Type::Percent
            | Type::Amount
            | Type::Date
            | Type::Months
            | Type::Days
            | Type::Text => None,
        };
        all.push(View {
            clauses: definition
                .applies
                .map(|applies| (Clause::Applies, Form::of(policy, applies)))
                .into_iter()
                .chain([(Clause::Value, Form::of(policy, definition.body))])
                .collect(),
            ..headed(Kind::Definition, &definition.head, Other::Definition { label, options })
        });
    }
    all.extend(policy.declared.iter().map(|declared| of_fact(policy, *declared)));
    for coherence in policy.coherences.iter().filter(|coherence| !coherence.implied) {
        all.push(View {
            clauses: vec![(Clause::Requires, Form::of(policy, coherence.condition))],
            ..headed(Kind::Coherence, &coherence.head, Other::Nothing)
        });
    }
    for source in policy.sources.iter().filter(|source| policy.is_own(source.span)) {
        let other = Other::Source { title: one_line(&source.title), binding: source.binding };
        all.push(view(Kind::Source, &source.name, other));
    }
    all
}

fn of_item(policy: &Policy, item: ItemRef) -> View {
    let head = policy.head(item);
    let mut clauses = Vec::new();
    let mut add = |clause: Clause, expr: Option<ExprId>| {
        clauses.extend(expr.map(|expr| (clause, Form::of(policy, expr))));
    };
    let mut derogations: &[Derogation] = &[];
    let mut other = Other::Nothing;
    let kind = match item {
        ItemRef::Decision => {
            add(Clause::Favourable, Some(policy.decision.favourable));
            Kind::Decision
        }
        ItemRef::Criterion(id) => {
            let criterion = &policy.criteria[id.index()];
            add(Clause::Applies, criterion.applies);
            add(Clause::Requires, Some(criterion.requires));
            derogations = &criterion.unless;
            Kind::Criterion
        }
        ItemRef::Objective(id) => {
            let objective = &policy.objectives[id.index()];
            add(Clause::Applies, objective.applies);
            add(Clause::Aims, Some(objective.aims));
            Kind::Objective
        }
        ItemRef::Mission(id) => {
            let mission = &policy.missions[id.index()];
            add(Clause::Applies, mission.applies);
            add(Clause::Due, Some(mission.covered));
            Kind::Mission
        }
        ItemRef::Funding(id) => {
            let funding = &policy.fundings[id.index()];
            add(Clause::Applies, funding.applies);
            add(Clause::Due, funding.due);
            let result = funding.kind == FundingKind::Result;
            add(if result { Clause::Value } else { Clause::Amount }, Some(funding.amount));
            derogations = &funding.unless;
            other = Other::Funding { frequency: funding.frequency, lasting: funding.lasting };
            Kind::of_funding(funding)
        }
        ItemRef::Obligation(id) => {
            let obligation = &policy.obligations[id.index()];
            add(Clause::Applies, obligation.applies);
            add(Clause::Deadline, Some(obligation.deadline));
            add(Clause::FulfilledBy, obligation.fulfilled_by);
            derogations = &obligation.unless;
            Kind::Obligation
        }
    };
    View {
        subject: Subject { kind, name: Arc::clone(&head.name) },
        passages: passages(policy, &head.citations),
        notes: head.notes.iter().map(|note| one_line(note)).collect(),
        clauses,
        unless: derogations
            .iter()
            .map(|derogation| {
                (Form::of(policy, derogation.condition), passages(policy, &derogation.citations))
            })
            .collect(),
        other,
    }
}

fn of_fact(policy: &Policy, declared: Declared) -> View {
    let (path, label, answers, unique, judge, question, asked_if) = match declared {
        Declared::Fact(id) => {
            let fact = &policy.facts[id.index()];
            let ask = &fact.ask;
            (Arc::clone(&fact.path), &fact.label, ask.ty_span, false, &ask.judge, &ask.question, ask.asked_if)
        }
        Declared::List(id) => {
            let list = &policy.lists[id.index()];
            (Arc::clone(&list.path), &list.label, list.ty_span, false, &None, &list.question, list.asked_if)
        }
        Declared::Field(id) => {
            let field = &policy.fields[id.index()];
            let path = format!("{}.{}", policy.lists[field.list.index()].path, field.name);
            let ask = &field.ask;
            (path.into(), &field.label, ask.ty_span, field.unique, &ask.judge, &ask.question, ask.asked_if)
        }
    };
    View {
        subject: Subject { kind: Kind::Fact, name: path },
        passages: Vec::new(),
        notes: Vec::new(),
        clauses: asked_if.map(|expr| (Clause::Asked, Form::of(policy, expr))).into_iter().collect(),
        unless: Vec::new(),
        other: Other::Fact {
            label: one_line(label),
            answers: text(policy, answers),
            unique,
            judge: judge.as_deref().map(one_line),
            question: question.as_deref().map(one_line),
        },
    }
}

fn passages(policy: &Policy, citations: &[Citation]) -> Vec<Passage> {
    let passage = |citation: &Citation| {
        let source = &policy.sources[citation.source.index()].name;
        Passage {
            source: match &citation.place {
                Some(place) => format!("{source}, {place}"),
                None => source.to_string(),
            },
            quote: citation.quote.as_deref().map(one_line),
        }
    };
    citations.iter().map(passage).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
