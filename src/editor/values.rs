//! What stands at each place of a text comes to, in the case that its author looks at.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::decision::{Decision, MissingPlace, Op, Step};
use crate::dossier::{Answer, Dossier};
use crate::known::Known;
use crate::policy::{ExprKind, FactId, ItemRef, Policy};
use crate::render::Lang;
use crate::render::words::{Words, merged};
use crate::source::{SourceFile, Span};

/// What names come to in a case: by file and place.
#[derive(Debug, Default, Clone)]
pub struct Values {
    /// What the case is called.
    pub case: String,
    said: BTreeMap<(String, Span), String>,
}

impl Values {
    /// What the names of a policy come to in a decision.
    pub fn of(case: &str, policy: &Policy, dossier: &Dossier, decision: &Decision) -> Values {
        let words = Words::new(policy, dossier, decision.examined_on, Lang::Fr);
        let mut reader = Reader { policy, words, told: HashSet::new(), said: BTreeMap::new() };
        reader.facts(dossier);
        for item in policy.items() {
            reader.item(item, decision);
        }
        let joined = |said: Vec<String>| match said.as_slice() {
            [only] => only.clone(),
            several => format!("{} selon la lecture", several.join(" ou ")),
        };
        let said = reader.said.into_iter().map(|(at, said)| (at, joined(said)));
        Values { case: case.to_owned(), said: said.collect() }
    }

    /// What stands at a place comes to.
    pub fn at(&self, file: &str, span: Span) -> Option<&str> {
        self.said.get(&(file.to_owned(), span)).map(String::as_str)
    }

    /// All of a file, in order.
    pub fn within(&self, file: &str) -> impl Iterator<Item = (Span, &str)> {
        let from = (file.to_owned(), Span::default());
        self.said
            .range(from..)
            .take_while(move |((own, _), _)| own == file)
            .map(|((_, span), said)| (*span, said.as_str()))
    }
}

struct Reader<'p> {
    policy: &'p Policy,
    words: Words<'p>,
    told: HashSet<*const Step>,
    /// Each thing that a place comes to: one, unless readings differ.
    said: BTreeMap<(String, Span), Vec<String>>,
}

impl Reader<'_> {
    fn say(&mut self, span: Span, said: String) {
        let (file, span): (&Arc<SourceFile>, Span) = self.policy.file.origin(span);
        let all = self.said.entry((file.name().to_owned(), span)).or_default();
        if !all.contains(&said) {
            all.push(said);
        }
    }

    /// What the dossier answers, beside the questions.
    fn facts(&mut self, dossier: &Dossier) {
        for (id, fact) in (0..).map(FactId).zip(&self.policy.facts) {
            if let Answer::Known(value) = &dossier.fact(id).answer {
                let said = self.words.known_at(MissingPlace::Fact(id), &Known::exactly(value));
                self.say(fact.ask.span, said);
            }
        }
    }

    fn item(&mut self, item: ItemRef, decision: &Decision) {
        let result = decision.item(item);
        let status = self.words.status_of(item, result.status).to_owned();
        let value = result.value.as_ref().map(|value| self.words.given_value(item, value));
        let said = match value {
            Some(value) if !self.words.is_result(item) => format!("{status}, {value}"),
            Some(value) => value,
            None => status,
        };
        self.say(self.policy.head(item).span, said);
        for (_, step) in result.by_reading.iter().flat_map(|case| &case.because.parts) {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        if let Some(expr) = step.expr {
            let node = self.policy.exprs.get(expr);
            let named = match &node.kind {
                ExprKind::Definition(definition) => {
                    Some(Some(self.policy.definitions[definition.index()].head.span))
                }
                ExprKind::Parameter { .. } | ExprKind::Fact(_) | ExprKind::Holds(_) => Some(None),
                _ => None,
            };
            if let Some(declared) = named {
                let said = self.words.outcome_of(step);
                // One that is of each element has as many values as there are.
                let of_each = matches!(&node.kind, ExprKind::Definition(own)
                    if self.policy.definitions[own.index()].list.is_some());
                if !of_each {
                    declared.into_iter().chain([node.span]).for_each(|span| self.say(span, said.clone()));
                }
            }
        }
        match &step.op {
            Op::Cases { .. } => {
                let inner: Vec<&Step> = step.operands.iter().flat_map(|case| &case.operands).collect();
                if let Some(all) = merged(&inner) {
                    self.step(&all);
                }
                return;
            }
            Op::Case { .. } => return,
            Op::Shared(inner) => {
                if self.told.insert(Arc::as_ptr(inner)) {
                    self.step(inner);
                }
            }
            Op::Leaf(_) | Op::Expr | Op::Served { .. } | Op::Item => {}
        }
        for operand in &step.operands {
            self.step(operand);
        }
    }
}
