//! The places of a world that are not fully known.

use super::openers::Openers;
use crate::decision::MissingPlace;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::ListState;
use crate::eval::world::World;
use crate::policy::{Declared, ExprId, Policy};

/// The places that are not fully known, in the order of the dossier block, element after element;
/// those whose `si` is certainly not so are left out, and one with a `si` that is open stands after
/// the places that open it.
pub fn missing(policy: &Policy, world: &World) -> Vec<MissingPlace> {
    let learnt = Learnt::default();
    let mut evaluator = Evaluator::new(policy, world, &learnt);
    let mut found = Vec::new();
    for declared in &policy.declared {
        match *declared {
            Declared::Fact(fact) => {
                let ask = &policy.facts[fact.index()].ask;
                let open = world.facts.get(fact.index()).is_some_and(|known| !known.is_single());
                if open && evaluator.may_be_asked(ask.asked_if) {
                    found.push((MissingPlace::Fact(fact), ask.asked_if));
                }
            }
            Declared::List(list) => {
                let declared = &policy.lists[list.index()];
                if !evaluator.may_be_asked(declared.asked_if) {
                    continue;
                }
                match &world.lists[list.index()] {
                    ListState::Absent => found.push((MissingPlace::List(list), declared.asked_if)),
                    ListState::Rows(rows) => {
                        for row in 0..u32::try_from(rows.len()).unwrap_or(u32::MAX) {
                            evaluator.in_row(list, Row::At(row), |inner| {
                                inner.missing_of_row(&declared.fields, row, &mut found);
                            });
                        }
                    }
                }
            }
            Declared::Field(_) => {}
        }
    }
    after_what_opens_them(policy, found)
}

impl Evaluator<'_> {
    fn may_be_asked(&mut self, asked_if: Option<ExprId>) -> bool {
        asked_if.is_none_or(|condition| self.truth(condition).may_hold)
    }

    fn missing_of_row(
        &mut self,
        fields: &[crate::policy::FieldId],
        row: u32,
        found: &mut Vec<(MissingPlace, Option<ExprId>)>,
    ) {
        for field in fields {
            let ask = &self.policy.fields[field.index()].ask;
            let known = self.world.cell(self.policy, row as usize, *field);
            if known.is_some_and(|known| !known.is_single()) && self.may_be_asked(ask.asked_if) {
                found.push((MissingPlace::Cell { row, field: *field }, ask.asked_if));
            }
        }
    }
}

/// Puts each place after those that its condition reads, and leaves the order else as it is.
fn after_what_opens_them(policy: &Policy, found: Vec<(MissingPlace, Option<ExprId>)>) -> Vec<MissingPlace> {
    let all: Vec<MissingPlace> = found.iter().map(|(place, _)| *place).collect();
    if found.iter().all(|(_, asked_if)| asked_if.is_none()) {
        return all;
    }
    let mut openers = Openers::new(policy, &all, true);
    let mut waits: Vec<(usize, Vec<usize>)> =
        all.iter().enumerate().map(|(rank, place)| (rank, openers.of(*place))).collect();
    let mut ordered = Vec::with_capacity(all.len());
    let mut placed = vec![false; all.len()];
    while !waits.is_empty() {
        let before = ordered.len();
        waits.retain(|(rank, first)| {
            let ready = first.iter().all(|other| placed[*other]);
            if ready {
                placed[*rank] = true;
                ordered.push(all[*rank]);
            }
            !ready
        });
        if ordered.len() == before {
            // Conditions that open one another: the order of the file.
            ordered.extend(waits.drain(..).map(|(rank, _)| all[rank]));
        }
    }
    ordered
}
