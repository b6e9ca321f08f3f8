//! What some case has shown of a policy, and what none has.
//!
//! `policy ──rows──▶ points that can be shown ◀──seen── the explanations of the cases`
//!
//! A *point* is one thing that a case may show: a status of an item, a condition that is so, is not so
//! or is not known, a line of a scale, an option of a reading, a side of a bound. Observation is by the
//! evaluator's own explanations; nothing is worked out again. A point that provably cannot be shown
//! (see `possible`) is not asked for.

pub mod html;
pub mod json;
mod possible;
mod rows;
mod seen;
pub mod text;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use seen::seen;
pub use words::point as in_words;

use crate::decision::Status;
use crate::eval::bounds::sides::{Bound, Side};
use crate::policy::{ExprId, ItemRef, ParameterId, Policy, ReadingId};
use crate::source::Span;

/// What a condition was seen to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// So.
    Yes,
    /// Not so.
    No,
    /// Not known.
    Open,
}

/// Something that a case may show. An expression stands for all that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Point {
    /// A status of an item.
    Status(ItemRef, Status),
    /// What a condition is.
    Truth(ExprId, Answer),
    /// One of the values of `est soit … soit …`.
    Value(ExprId, u16),
    /// A line of cases (the last: the other cases) or of a scale.
    Line(ExprId, u16),
    /// Which of several values is the least or greatest.
    Limit(ExprId, u16),
    /// A postponement that changes something.
    Effect(ExprId),
    /// A period of a parameter.
    Period(ParameterId, u16),
    /// An option of a reading.
    Option(ReadingId, u16),
    /// A reading that, left open, moves something.
    Moves(ReadingId),
    /// A side of a bound, one step from another.
    Side(Bound, Side),
}

/// Whether a point was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Some case shows it.
    Shown,
    /// None does.
    Lacking,
    /// It provably cannot be shown.
    Impossible,
}

/// What is told in one line: a condition, a scale, an item's result.
#[derive(Debug, Clone)]
pub struct Row {
    /// The author's words, or what stands for them.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// What may be shown of it.
    pub points: Vec<Point>,
}

/// An item, definition, reading or parameter with what may be shown of it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it is called: `critère seuil d'adhésion`.
    pub name: String,
    /// Its first passage, with the name of the source.
    pub quote: Option<(String, String)>,
    /// Where its name stands.
    pub span: Span,
    /// Line by line.
    pub rows: Vec<Row>,
}

/// What cases have shown of a policy.
#[derive(Debug, Clone)]
pub struct Coverage<'p> {
    policy: &'p Policy,
    entries: Vec<Entry>,
    states: BTreeMap<Point, State>,
    cases: usize,
}

impl<'p> Coverage<'p> {
    /// Nothing was shown yet.
    pub fn new(policy: &'p Policy) -> Self {
        let entries = rows::entries(policy);
        let possible = possible::Possible::new(policy);
        let points = entries.iter().flat_map(|entry| &entry.rows).flat_map(|row| &row.points);
        let states = points
            .map(|point| (*point, if possible.is(point) { State::Lacking } else { State::Impossible }))
            .collect();
        Coverage { policy, entries, states, cases: 0 }
    }

    /// The policy.
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// How many cases were added.
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// Adds what a case shows.
    pub fn add(&mut self, shown: &BTreeSet<Point>) {
        self.cases += 1;
        for point in shown {
            if let Some(state) = self.states.get_mut(point) {
                *state = State::Shown;
            }
        }
    }

    /// Items, definitions, readings and parameters, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether a point was shown.
    pub fn state(&self, point: &Point) -> State {
        self.states.get(point).copied().unwrap_or(State::Impossible)
    }

    /// The points that can be shown and were not, in the order of the file.
    pub fn lacking(&self) -> Vec<(&Entry, &Row, Point)> {
        let mut told = BTreeSet::new();
        let mut lacking = Vec::new();
        for entry in &self.entries {
            for row in &entry.rows {
                for point in &row.points {
                    if self.state(point) == State::Lacking && told.insert(*point) {
                        lacking.push((entry, row, *point));
                    }
                }
            }
        }
        lacking
    }

    /// How many points are shown, and how many can be.
    pub fn count(&self) -> (usize, usize) {
        let shown = self.states.values().filter(|state| **state == State::Shown).count();
        let lacking = self.states.values().filter(|state| **state == State::Lacking).count();
        (shown, shown + lacking)
    }

    /// Whether everything that can be shown is.
    pub fn is_complete(&self) -> bool {
        self.states.values().all(|state| *state != State::Lacking)
    }
}

/// What stands for all occurrences that say the same.
fn first(policy: &Policy, expr: ExprId) -> ExprId {
    policy.exprs.first_of(policy.exprs.get(expr).shape)
}
