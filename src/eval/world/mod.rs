//! What is known about every slot of a policy: a dossier, or a part of its completions.

pub mod place_set;
pub mod rows;

use rows::Rows;

use crate::decision::MissingPlace;
use crate::dossier::{Answer, Dossier};
use crate::known::{Known, OptionSet};
use crate::policy::{FieldId, ListId, Policy};
use crate::time::Date;

/// What is known about every slot, under one combination of readings.
///
/// A world is a box: the completions in which every slot has a value within what is known of it.
/// Trials split boxes; each half is a world too.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    /// The date of examination.
    pub examined_on: Date,
    /// By [`crate::policy::FactId`].
    pub facts: Vec<Known>,
    /// By [`crate::policy::ListId`].
    pub lists: Vec<ListState>,
    /// By [`crate::policy::ReadingId`]: the options left open; one, where it is settled.
    pub readings: Vec<OptionSet>,
}

/// What is known about a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ListState {
    /// Absent: any number of elements, of which nothing is known.
    Absent,
    /// Its elements.
    Rows(Rows),
}

impl World {
    /// How many pairs of elements are held against one another each time that all is worked out.
    pub(in crate::eval) fn pairs(&self, policy: &Policy) -> usize {
        policy.dependencies().pairs(policy, |list| match self.lists.get(list.index()) {
            Some(ListState::Rows(rows)) => rows.len(),
            Some(ListState::Absent) | None => 0,
        })
    }

    /// What a dossier says, every reading open but for those that it retains.
    ///
    /// A missing fact has its whole domain; a date that has not happened lies after the examination.
    pub fn of(policy: &Policy, dossier: &Dossier, examined_on: Date) -> World {
        let known = |answer: &Answer, domain: &Known| match answer {
            Answer::Missing => domain.clone(),
            Answer::NotYet => Known::after(examined_on),
            Answer::Known(value) => Known::exactly(value),
        };
        World {
            examined_on,
            facts: policy
                .facts
                .iter()
                .zip(&dossier.facts)
                .map(|(fact, given)| known(&given.answer, &fact.ask.domain))
                .collect(),
            lists: policy
                .lists
                .iter()
                .zip(&dossier.lists)
                .zip((0..).map(ListId))
                .map(|((list, rows), id)| match rows {
                    None => ListState::Absent,
                    Some(rows) => {
                        let fields = list.fields.iter().cycle();
                        let cells = rows.cells.iter().zip(fields).map(|(given, field)| {
                            known(&given.answer, &policy.fields[field.index()].ask.domain)
                        });
                        ListState::Rows(Rows::new(policy, id, rows.spans.len(), cells))
                    }
                })
                .collect(),
            readings: policy
                .readings
                .iter()
                .zip(&dossier.readings)
                .map(|(reading, retained)| match retained {
                    Some(retained) => OptionSet::only(retained.option),
                    None => OptionSet::all(policy.choices[reading.choice.index()].options.len()),
                })
                .collect(),
        }
    }

    /// What is known about a cell of a list.
    pub fn cell(&self, policy: &Policy, row: usize, field: FieldId) -> Option<&Known> {
        let field = &policy.fields[field.index()];
        match &self.lists[field.list.index()] {
            ListState::Absent => None,
            ListState::Rows(rows) => rows.cell(row, field.rank as usize),
        }
    }

    /// What is known about a place that may be missing; `None` for an absent list.
    pub fn at(&self, policy: &Policy, place: MissingPlace) -> Option<&Known> {
        match place {
            MissingPlace::Fact(fact) => self.facts.get(fact.index()),
            MissingPlace::List(_) => None,
            MissingPlace::Cell { row, field } => self.cell(policy, row as usize, field),
        }
    }

    /// Supposes a value of a place.
    pub fn suppose(&mut self, policy: &Policy, place: MissingPlace, known: Known) {
        match place {
            MissingPlace::Fact(fact) => self.facts[fact.index()] = known,
            MissingPlace::List(_) => {}
            MissingPlace::Cell { row, field } => {
                let field = &policy.fields[field.index()];
                if let ListState::Rows(rows) = &mut self.lists[field.list.index()] {
                    rows.set(policy, field.list, (row as usize, field.rank as usize), known);
                }
            }
        }
    }
}
