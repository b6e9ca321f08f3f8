//! Periods: « du 15/01/2025 au 10/03/2025 », or each day under its own name.

use super::super::fault::Fault;
use super::super::located::{Entry, Located, Node as Tree};
use super::super::paths::{Leaf, Node};
use super::super::{Answer, Given, Origin, period};
use super::complain::{found, says_nothing};
use super::{Scope, Slot, Walk};
use crate::diagnostic::Diagnostic;
use crate::text;
use crate::value::Value;

impl<'p> Walk<'p> {
    /// Reads what stands at the name of a period: both days at once, or each under its name.
    pub(super) fn period(&mut self, entry: &Entry<'_>, node: Node, scope: Scope, ends: [Leaf; 2]) {
        let mut value = &entry.value;
        let mut origin = None;
        if let Tree::Map(entries) = &value.node {
            if !entries.iter().any(|inner| text::tidy(&inner.key) == "valeur") {
                self.keys(entries, node, scope);
                return self.going_on(ends, scope);
            }
            let path = self.shown_path(node, scope);
            let declared = self.paths.declared(node);
            let (inner, read) = self.attributed(&path, entry.key_span, entries, None, declared);
            origin = read;
            match inner {
                Some(inner) => value = inner,
                None => return,
            }
        }
        let answers = match &value.node {
            Tree::Refused => return,
            Tree::Scalar(_) if says_nothing(value) => [Answer::Missing, Answer::Missing],
            Tree::Scalar(scalar) => match period::period(&scalar.text) {
                Ok((first, last)) => {
                    let last = last.map_or(Answer::NotYet, |last| Answer::Known(Value::Date(last)));
                    [Answer::Known(Value::Date(first)), last]
                }
                Err(fault) => return self.no_period(value, entry, node, scope, fault),
            },
            Tree::List(_) | Tree::Map(_) => {
                let fault = Fault::misplaced("une seule période est attendue ici");
                return self.no_period(value, entry, node, scope, fault);
            }
        };
        for (leaf, answer) in ends.into_iter().zip(answers) {
            self.end(leaf, answer, scope, entry, value, origin.clone());
        }
    }

    fn end(
        &mut self,
        leaf: Leaf,
        answer: Answer,
        scope: Scope,
        entry: &Entry<'_>,
        value: &Located<'_>,
        origin: Option<Box<Origin>>,
    ) {
        let Some(slot) = slot(leaf, scope) else { return };
        let given = self.slot(slot);
        match given.place {
            Some(first) => {
                let node = match leaf {
                    Leaf::Fact(fact) => self.policy.facts[fact.index()].path.to_string(),
                    Leaf::Field(field) => self.policy.fields[field.index()].name.to_string(),
                    Leaf::List(_) => String::new(),
                };
                self.given_twice(&node, first.key, entry.key_span);
            }
            None => *given = Given::at(answer, entry.key_span, value.span, origin),
        }
    }

    fn no_period(&mut self, value: &Located<'_>, entry: &Entry<'_>, node: Node, scope: Scope, fault: Fault) {
        let path = self.shown_path(node, scope);
        let message = format!("{path} : attendu une période ; lu {}", found(value));
        let (file, declared) = (&self.policy.file, self.paths.declared(node));
        let at = self.narrow(value, entry.key_span);
        let help = fault.help.unwrap_or_else(|| period::FORMS.to_owned());
        self.mistakes.add(at, &fault.label, || {
            Diagnostic::error(fault.code, message).help(help).at(file, declared, "déclarée ici")
        });
    }

    /// A period whose first day is given under its name, and whose last one is not said there, still goes on.
    fn going_on(&mut self, ends: [Leaf; 2], scope: Scope) {
        let [first, last] = ends.map(|leaf| slot(leaf, scope));
        let (Some(first), Some(last)) = (first, last) else { return };
        if self.slot(first).answer != Answer::Missing && self.slot(last).place.is_none() {
            let origin = self.slot(first).origin.clone();
            *self.slot(last) = Given { answer: Answer::NotYet, place: None, origin };
        }
    }
}

fn slot(leaf: Leaf, scope: Scope) -> Option<Slot> {
    match (leaf, scope) {
        (Leaf::Fact(fact), _) => Some(Slot::Fact(fact)),
        (Leaf::Field(field), Scope::Element { list, row }) => Some(Slot::Cell { list, row, field }),
        (Leaf::Field(_), Scope::Dossier) | (Leaf::List(_), _) => None,
    }
}
