//! The answers that move a side of a comparison.

use super::failing::{Failing, taken, through};
use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier};
use crate::eval::interpret::interpreter::Evaluator;
use crate::policy::{Declared, ExprId, ExprKind, FactId, ListId, Policy, Reach};
use crate::syntax::tree::Aggregate;
use crate::value::Value;

/// Something that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lever {
    /// What it is.
    pub of: Of,
    /// Whether it is itself what is measured, or the part of the quotient that is.
    pub direct: bool,
}

/// What can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A number that is answered.
    Answer(FactId),
    /// How many elements of a list count.
    Elements {
        /// The list.
        list: ListId,
        /// Which of them count.
        filter: Option<ExprId>,
        /// What counts them.
        counted: Counted,
    },
}

/// What counts elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// The count itself.
    pub by: ExprId,
    /// The definition that it is the value of, as the dossier stands, or the count.
    pub name: ExprId,
}

/// The levers of a comparison: of what is measured, of a quotient those of its part; where nothing moves
/// that, those of what it is held against.
pub(super) fn levers(
    policy: &Policy,
    evaluator: &mut Evaluator<'_>,
    dossier: &Dossier,
    comparison: &Failing,
) -> Vec<Lever> {
    let mut choosing = Reach::default();
    let scopes = policy.version.scopes.iter().map(|(_, scope)| *scope);
    policy.version.chosen_at.into_iter().chain(scopes).for_each(|expr| choosing.add_expr(policy, expr));
    let mut search = Search { policy, evaluator, dossier, choosing, found: Vec::new(), direct: None };
    let part = comparison.quotient.map(|(part, _)| part);
    for side in part.into_iter().chain([comparison.left, comparison.right]) {
        search.direct = (side != comparison.right).then(|| through(policy, search.evaluator, side));
        search.of(side, None);
        if !search.found.is_empty() {
            break;
        }
    }
    search.found
}

struct Search<'a, 'w, 'e> {
    policy: &'a Policy,
    evaluator: &'e mut Evaluator<'w>,
    dossier: &'a Dossier,
    /// What says which version of the text goes to the dossier: to change it would be to change the text.
    choosing: Reach,
    found: Vec<Lever>,
    /// What is measured, once definitions and cases are followed.
    direct: Option<ExprId>,
}

impl Search<'_, '_, '_> {
    /// `name` is what a value was called on the way to it, where nothing was done to it since.
    fn of(&mut self, expr: ExprId, name: Option<ExprId>) {
        let policy = self.policy;
        let kind = &policy.exprs.get(expr).kind;
        match kind {
            ExprKind::Fact(fact) => self.fact(expr, *fact),
            ExprKind::Definition(id) if policy.definitions[id.index()].list.is_none() => {
                self.of(policy.definitions[id.index()].body, name.or(Some(expr)));
            }
            ExprKind::Cases { lines, otherwise } => match taken(policy, self.evaluator, expr) {
                Some(value) => self.of(value, name),
                None => {
                    let values: Vec<ExprId> = lines.iter().map(|line| line.value).chain(*otherwise).collect();
                    values.into_iter().for_each(|value| self.of(value, None));
                }
            },
            ExprKind::Aggregate { kind: Aggregate::Count, list, filter, .. } => {
                if !self.choosing.reads(Declared::List(*list)) {
                    let counted = Counted { by: expr, name: name.unwrap_or(expr) };
                    self.add(expr, Of::Elements { list: *list, filter: *filter, counted });
                }
            }
            // What is read of elements is of each of them; what other items come to is not answered.
            ExprKind::Aggregate { .. }
            | ExprKind::Covered { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Around { .. }
            | ExprKind::Share(_)
            | ExprKind::Field(_)
            | ExprKind::Definition(_) => {}
            // Of a share, what makes it up; its whole only where that is all that is answered.
            ExprKind::Div(part, whole) => {
                let before = self.found.len();
                self.of(*part, None);
                if self.found.len() == before {
                    self.of(*whole, None);
                }
            }
            _ => kind.for_each_operand(&mut |operand| self.of(operand, None)),
        }
    }

    fn fact(&mut self, expr: ExprId, fact: FactId) {
        let ask = &self.policy.facts[fact.index()].ask;
        let answered = matches!(self.dossier.fact(fact).answer, Answer::Known(Value::Number(_)));
        let place = MissingPlace::Fact(fact);
        if answered && ask.judge.is_none() && !self.choosing.reads(place.declared()) {
            self.add(expr, Of::Answer(fact));
        }
    }

    fn add(&mut self, expr: ExprId, of: Of) {
        let lever = Lever { of, direct: self.direct == Some(expr) };
        if self.found.iter().all(|own| own.of != of) {
            self.found.push(lever);
        }
    }
}
