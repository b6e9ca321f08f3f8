//! Answers after which another one, already given, would be one to a question that is not asked: such a dossier is sent
//! back.

use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier};
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::{ListState, World};
use crate::known::Known;
use crate::policy::{Declared, ExprId, FactId, FieldId, ListId, Policy, Reach};

/// The questions that are asked under a condition.
pub(super) struct Unasked<'d> {
    policy: &'d Policy,
    dossier: &'d Dossier,
    gates: Vec<Gate>,
}

/// A question, and the condition under which it is asked.
struct Gate {
    of: Declared,
    condition: ExprId,
    reads: Reach,
}

impl<'d> Unasked<'d> {
    pub(super) fn new(policy: &'d Policy, dossier: &'d Dossier) -> Self {
        let gates = policy.declared.iter().filter_map(|of| {
            let condition = match *of {
                Declared::Fact(fact) => policy.facts[fact.index()].ask.asked_if,
                Declared::Field(field) => policy.fields[field.index()].ask.asked_if,
                Declared::List(list) => policy.lists[list.index()].asked_if,
            }?;
            let mut reads = Reach::default();
            reads.add_expr(policy, condition);
            Some(Gate { of: *of, condition, reads })
        });
        Unasked { policy, dossier, gates: gates.collect() }
    }

    /// Whether an answer leaves another one without its question.
    pub(super) fn after(&self, world: &World, place: MissingPlace, value: &Known) -> bool {
        let mut gates = self.gates.iter().filter(|gate| gate.reads.reads(place.declared())).peekable();
        if gates.peek().is_none() {
            return false;
        }
        let mut supposed = world.clone();
        supposed.suppose(self.policy, place, value.clone());
        let nothing = Learnt::default();
        let mut evaluator = Evaluator::new(self.policy, &supposed, &nothing);
        gates.any(|gate| self.closes(&mut evaluator, gate, place))
    }

    fn closes(&self, evaluator: &mut Evaluator<'_>, gate: &Gate, place: MissingPlace) -> bool {
        match gate.of {
            Declared::Fact(fact) => self.is_given(fact) && evaluator.truth(gate.condition).fails(),
            Declared::List(list) => {
                self.dossier.list(list).is_some() && evaluator.truth(gate.condition).fails()
            }
            Declared::Field(field) => {
                let list = self.policy.fields[field.index()].list;
                let rows = self.given_rows(list, field, place, evaluator.world);
                rows.into_iter().any(|row| {
                    evaluator.in_row(list, Row::At(row), |inner| inner.truth(gate.condition).fails())
                })
            }
        }
    }

    fn is_given(&self, fact: FactId) -> bool {
        self.dossier.fact(fact).answer != Answer::Missing
    }

    /// The elements in which a field is answered; of an answer in an element of the list, that one alone.
    fn given_rows(&self, list: ListId, field: FieldId, place: MissingPlace, world: &World) -> Vec<u32> {
        let (ListState::Rows(rows), Some(given)) = (&world.lists[list.index()], self.dossier.list(list))
        else {
            return Vec::new();
        };
        let width = self.policy.lists[list.index()].fields.len();
        let rank = self.policy.fields[field.index()].rank as usize;
        let is_given = |row: &u32| {
            let cell = given.cells.get(*row as usize * width + rank);
            cell.is_some_and(|cell| cell.answer != Answer::Missing)
        };
        let own = match place {
            MissingPlace::Cell { row, field } if self.policy.fields[field.index()].list == list => Some(row),
            MissingPlace::Cell { .. } | MissingPlace::Fact(_) | MissingPlace::List(_) => None,
        };
        let all = 0..u32::try_from(rows.len()).unwrap_or(u32::MAX);
        all.filter(|row| own.is_none_or(|own| own == *row)).filter(is_given).collect()
    }
}
