//! Answers, however they are held.

use super::columns::{FieldTest, narrow};
use crate::dossier::{Answer, Cell, Columns, Dossier, Given, Sheet};
use crate::number::Small;
use crate::policy::{FactId, ListId, ReadingId};
use crate::time::Date;
use crate::value::Value;

/// One answer, looked at.
#[derive(Debug, Clone, Copy)]
pub enum Slot<'a> {
    /// Absent, `null` or `inconnu`.
    Missing,
    /// A number that does not fit here.
    TooGreat,
    /// Of a date: has not happened by the date of examination.
    NotYet,
    /// `oui` or `non`.
    Truth(bool),
    /// A number of any unit.
    Number(Small),
    /// A date.
    Date(Date),
    /// An option, by rank.
    Choice(u16),
    /// A text, as it is compared.
    Text(&'a str),
}

impl Slot<'_> {
    /// Whether the dossier says anything.
    pub(super) fn is_given(self) -> bool {
        !matches!(self, Slot::Missing)
    }
}

/// The answers of one dossier of a policy.
pub trait Answers {
    /// The answer to a fact.
    fn fact(&self, fact: FactId) -> Slot<'_>;
    /// How many elements a list has; `None` where it is absent.
    fn len(&self, list: ListId) -> Option<usize>;
    /// The answer of an element of a list to a field, by rank.
    fn cell(&self, list: ListId, row: usize, rank: usize) -> Slot<'_>;
    /// Of elements of a list from one on, those that were in (1 in `kept`) and of which a field, by rank,
    /// passes a test; `None` where that of one that was in is not told so simply.
    fn narrow(
        &self,
        list: ListId,
        rank: usize,
        test: &FieldTest,
        from: usize,
        kept: &mut [u8],
    ) -> Option<()> {
        for (row, kept) in (from..).zip(kept).filter(|(_, kept)| **kept == 1) {
            *kept = u8::from(test.passes(self.cell(list, row, rank))?);
        }
        Some(())
    }
    /// The option that the dossier retains of a reading.
    fn reading(&self, reading: ReadingId) -> Option<u16>;
}

/// A dossier as it was read.
pub(super) struct Written<'a> {
    pub(super) dossier: &'a Dossier,
    /// By list: how many fields it has.
    pub(super) widths: &'a [u32],
}

impl Written<'_> {
    fn width(&self, list: ListId) -> usize {
        self.widths.get(list.index()).map_or(1, |width| *width as usize)
    }
}

impl Answers for Written<'_> {
    #[inline]
    fn fact(&self, fact: FactId) -> Slot<'_> {
        self.dossier.facts.get(fact.index()).map_or(Slot::Missing, slot)
    }

    #[inline]
    fn len(&self, list: ListId) -> Option<usize> {
        self.dossier.lists.get(list.index())?.as_ref().map(|rows| rows.spans.len())
    }

    #[inline]
    fn cell(&self, list: ListId, row: usize, rank: usize) -> Slot<'_> {
        let rows = self.dossier.lists.get(list.index()).and_then(Option::as_ref);
        let given = rows.and_then(|rows| rows.cells.get(row * self.width(list) + rank));
        given.map_or(Slot::Missing, slot)
    }

    fn reading(&self, reading: ReadingId) -> Option<u16> {
        self.dossier.readings.get(reading.index())?.as_ref().map(|retained| retained.option)
    }
}

#[inline]
fn slot(given: &Given) -> Slot<'_> {
    match &given.answer {
        Answer::Missing => Slot::Missing,
        Answer::NotYet => Slot::NotYet,
        Answer::Known(Value::Truth(truth)) => Slot::Truth(*truth),
        Answer::Known(Value::Number(number)) => Small::of(number).map_or(Slot::TooGreat, Slot::Number),
        Answer::Known(Value::Date(date)) => Slot::Date(*date),
        Answer::Known(Value::Choice(option)) => Slot::Choice(*option),
        Answer::Known(Value::Text(text)) => Slot::Text(&text.folded),
    }
}

impl Answers for Sheet {
    #[inline]
    fn fact(&self, fact: FactId) -> Slot<'_> {
        self.facts.get(fact.index()).map_or(Slot::Missing, |cell| shown(self, *cell))
    }

    #[inline]
    fn len(&self, list: ListId) -> Option<usize> {
        self.lists.get(list.index()).filter(|own| own.given).map(|own| own.len)
    }

    #[inline]
    fn cell(&self, list: ListId, row: usize, rank: usize) -> Slot<'_> {
        let column = self.lists.get(list.index()).and_then(|own: &Columns| own.fields.get(rank));
        column.map_or(Slot::Missing, |column| shown(self, column.get(row)))
    }

    fn narrow(
        &self,
        list: ListId,
        rank: usize,
        test: &FieldTest,
        from: usize,
        kept: &mut [u8],
    ) -> Option<()> {
        narrow(self.lists.get(list.index())?.fields.get(rank)?, test, from, kept)
    }

    #[inline]
    fn reading(&self, reading: ReadingId) -> Option<u16> {
        self.readings.get(reading.index()).copied().flatten()
    }
}

#[inline]
fn shown(sheet: &Sheet, cell: Cell) -> Slot<'_> {
    match cell {
        Cell::Missing => Slot::Missing,
        Cell::NotYet => Slot::NotYet,
        Cell::Truth(truth) => Slot::Truth(truth),
        Cell::Number(number) => Slot::Number(number),
        Cell::Date(date) => Slot::Date(date),
        Cell::Choice(option) => Slot::Choice(option),
        Cell::Text(text) => Slot::Text(sheet.text(text)),
    }
}
