//! Periods: « du 15/01/2025 au 10/03/2025 », or each day under its own name.

use super::super::located::{Entry, Located, Node as Tree};
use super::super::paths::{Leaf, Node};
use super::super::scalar::Fault;
use super::super::{Answer, Given, Origin, period};
use super::complain::{found, says_nothing};
use super::{Scope, Slot, Walk};
use crate::diagnostic::Diagnostic;
use crate::policy::Declared;
use crate::text;
use crate::value::Value;

impl<'p> Walk<'p> {
    /// Reads what stands at the name of a period: both days at once, or each under its name.
    pub(super) fn period(&mut self, entry: &Entry<'_>, node: Node, scope: Scope, ends: [Leaf; 2]) {
        let mut value = &entry.value;
        let mut origin = None;
        if let Tree::Map(entries) = &value.node {
            if !entries.iter().any(|inner| text::tidy(&inner.key) == "valeur") {
                return self.keys(entries, node, scope);
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
        let slot = match (leaf, scope) {
            (Leaf::Fact(fact), _) => Slot::Fact(fact),
            (Leaf::Field(field), Scope::Element { list, row }) => Slot::Cell { list, row, field },
            (Leaf::Field(_), Scope::Dossier) | (Leaf::List(_), _) => return,
        };
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

    /// A period whose first day is given, and whose last one is not said at all, still goes on.
    pub(super) fn going_on(&mut self) {
        for period in &self.policy.periods {
            match (period.first, period.last) {
                (Declared::Fact(first), Declared::Fact(last)) => {
                    let [first, last] = [first, last].map(|fact| fact.index());
                    if let Ok([first, last]) = self.dossier.facts.get_disjoint_mut([first, last]) {
                        goes_on(first, last);
                    }
                }
                (Declared::Field(first), Declared::Field(last)) => {
                    let list = self.policy.fields[first.index()].list;
                    let width = self.policy.lists[list.index()].fields.len();
                    let ranks = [first, last].map(|field| self.policy.fields[field.index()].rank as usize);
                    let Some(rows) = &mut self.dossier.lists[list.index()] else { continue };
                    for cells in rows.cells.chunks_exact_mut(width.max(1)) {
                        if let Ok([first, last]) = cells.get_disjoint_mut(ranks) {
                            goes_on(first, last);
                        }
                    }
                }
                (Declared::Fact(_) | Declared::Field(_) | Declared::List(_), _) => {}
            }
        }
    }
}

fn goes_on(first: &Given, last: &mut Given) {
    if last.place.is_none() && first.answer != Answer::Missing {
        *last = Given { answer: Answer::NotYet, place: first.place, origin: first.origin.clone() };
    }
}
