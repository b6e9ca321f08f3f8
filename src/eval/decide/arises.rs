//! Which questions do not arise, whatever is still to be answered.

use crate::decision::MissingPlace;
use crate::dossier::Dossier;
use crate::eval::interpret::coherence::{Learnt, learn};
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::{ListState, World};
use crate::policy::{Declared, Policy};
use crate::time::Date;

/// The places whose question does not arise from what a dossier says, answered or not.
pub fn not_asked(policy: &Policy, dossier: &Dossier, examined_on: Date) -> Vec<MissingPlace> {
    let plain = World::of(policy, dossier, examined_on);
    let mut world = plain.clone();
    if learn(policy, &mut world).is_err() {
        // Answers that contradict one another are told elsewhere.
        world = plain;
    }
    let nothing = Learnt::default();
    let mut evaluator = Evaluator::new(policy, &world, &nothing);
    let mut found = Vec::new();
    for declared in &policy.declared {
        match *declared {
            Declared::Fact(fact) => {
                let condition = policy.facts[fact.index()].ask.asked_if;
                if condition.is_some_and(|condition| evaluator.truth(condition).fails()) {
                    found.push(MissingPlace::Fact(fact));
                }
            }
            Declared::List(list) => {
                let condition = policy.lists[list.index()].asked_if;
                if condition.is_some_and(|condition| evaluator.truth(condition).fails()) {
                    found.push(MissingPlace::List(list));
                }
            }
            Declared::Field(id) => {
                let field = &policy.fields[id.index()];
                let Some(condition) = field.ask.asked_if else { continue };
                let ListState::Rows(rows) = &world.lists[field.list.index()] else { continue };
                for row in 0..u32::try_from(rows.len()).unwrap_or(u32::MAX) {
                    let fails =
                        evaluator.in_row(field.list, Row::At(row), |inner| inner.truth(condition).fails());
                    if fails {
                        found.push(MissingPlace::Cell { row, field: id });
                    }
                }
            }
        }
    }
    found
}
