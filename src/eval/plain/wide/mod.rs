//! The common case over many dossiers at a time, column by column.
//!
//! What the plain evaluator works out of one dossier, node by node, is worked out here of up to [`ROWS`] dossiers for
//! each node: conditions are sets of rows, numbers stand side by side. Whatever has no plain place here (something is
//! missing, a number does not fit) is left to the plain evaluator and those behind it, dossier by dossier.
//!
//! Architecture invariant: what is answered here of a dossier is what the plain evaluator answers; a property test
//! holds the two against each other.

mod batch;
mod bits;
mod conditions;
mod items;
mod numbers;
mod run;
mod values;

pub use batch::{Batch, ROWS};

use self::bits::Bits;
use self::items::{Beside, Told};
use self::run::Wide;
use super::Plain;
use super::brief::{Brief, Detail};
use super::sorts::{Day, Pick};
use crate::decision::{Outcome, Status};
use crate::known::{DateRange, Known};
use crate::number::Small;
use crate::policy::ReadingId;
use crate::time::Date;
use crate::value::Value;

/// What the dossiers of a batch came to, column by column.
#[derive(Debug)]
pub struct Briefs<'a> {
    lost: Bits,
    items: Vec<Told<'a>>,
    /// The rank of the first item that has anything beside its status.
    first_detail: usize,
    /// Whether the text only works values out.
    calculates: bool,
}

impl Plain {
    /// Decides the dossiers of a batch, all examined on one day and with these readings; `None` where the general
    /// evaluator must.
    pub fn decide_batch<'a>(
        &'a self,
        batch: &'a Batch,
        examined_on: Date,
        readings: &'a [(ReadingId, u16)],
    ) -> Option<Briefs<'a>> {
        let program = self.program.as_ref()?;
        let mut wide = Wide::new(program, batch, examined_on, readings);
        wide.decide();
        Some(Briefs {
            lost: wide.lost,
            items: wide.items.into_iter().collect::<Option<_>>()?,
            first_detail: program.first_detail,
            calculates: matches!(program.items.first(), Some(super::program::Item::Nothing)),
        })
    }
}

impl Briefs<'_> {
    /// Whether a dossier was decided; others decide it otherwise.
    pub fn is_decided(&self, row: usize) -> bool {
        !self.lost.has(row) && self.items.first().is_some_and(|told| row < told.statuses.len())
    }

    /// The outcome of a dossier that was decided.
    pub fn outcome(&self, row: usize) -> Option<Outcome> {
        match self.status(0, row)? {
            Status::Favourable if self.calculates => Some(Outcome::Calculated),
            Status::Favourable => Some(Outcome::Favourable),
            Status::Unfavourable => Some(Outcome::Unfavourable),
            _ => None,
        }
    }

    /// The status of an item, by rank, of a dossier that was decided.
    pub fn status(&self, item: usize, row: usize) -> Option<Status> {
        self.is_decided(row).then(|| self.items.get(item)?.statuses.get(row).copied())?
    }

    /// What is paid of a financing, by rank of the item, from an amount to another; `None` where it is not due.
    pub fn paid(&self, item: usize, row: usize) -> Option<(Small, Small)> {
        match &self.items.get(item)?.beside {
            Beside::Paid(due, min, max) if self.is_decided(row) && due.has(row) => {
                Some((min.at(row), max.at(row)))
            }
            _ => None,
        }
    }

    /// The brief of a dossier, as the plain evaluator gives it.
    pub fn brief(&self, row: usize) -> Option<Brief> {
        let outcome = self.outcome(row)?;
        let statuses = self.items.iter().map(|told| told.statuses[row]).collect();
        let details = self.items.iter().skip(self.first_detail).map(|told| told.beside.at(row));
        Some(Brief::from(outcome, statuses, self.first_detail, details.collect()))
    }
}

impl Beside<'_> {
    fn at(&self, row: usize) -> Detail {
        let known = |value: Value| Detail::found(Some(&Known::exactly(&value)));
        match self {
            Beside::Paid(due, min, max) if due.has(row) => Detail::Paid(min.at(row), max.at(row)),
            Beside::Truth(given, own) if given.has(row) => known(Value::Truth(own.has(row))),
            Beside::Pick(given, own) if given.has(row) => {
                let Pick(option) = own.at(row);
                known(Value::Choice(option))
            }
            Beside::Day(given, own) if given.has(row) => match own.at(row) {
                Day::On(date) => known(Value::Date(date)),
                Day::Later => Detail::None,
            },
            Beside::Due(given, own) if given.has(row) => match own.at(row) {
                Day::On(date) => Detail::Due(DateRange::day(date)),
                Day::Later => Detail::None,
            },
            _ => Detail::None,
        }
    }
}
