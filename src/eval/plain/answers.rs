//! Answers, however they are held.

use crate::dossier::{Answer, Dossier, Given};
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
    /// An answer of a list, numbered element after element, field after field in order of rank.
    fn cell(&self, list: ListId, index: usize) -> Slot<'_>;
    /// How many elements of a list have one of some options (as bits) in a field; `None` where one of
    /// them has none that is known. `rank` is that of the field among the `width` fields of the list.
    fn count(&self, list: ListId, rank: usize, width: usize, options: u64) -> Option<usize> {
        let mut count = 0;
        for row in 0..self.len(list)? {
            let Slot::Choice(option) = self.cell(list, row * width + rank) else { return None };
            count += usize::from(options.checked_shr(u32::from(option)).unwrap_or(0) & 1 == 1);
        }
        Some(count)
    }
    /// The option that the dossier retains of a reading.
    fn reading(&self, reading: ReadingId) -> Option<u16>;
}

/// A dossier as it was read.
pub(super) struct Written<'a>(pub(super) &'a Dossier);

impl Answers for Written<'_> {
    #[inline]
    fn fact(&self, fact: FactId) -> Slot<'_> {
        self.0.facts.get(fact.index()).map_or(Slot::Missing, slot)
    }

    #[inline]
    fn len(&self, list: ListId) -> Option<usize> {
        self.0.lists.get(list.index())?.as_ref().map(|rows| rows.spans.len())
    }

    #[inline]
    fn cell(&self, list: ListId, index: usize) -> Slot<'_> {
        let rows = self.0.lists.get(list.index()).and_then(Option::as_ref);
        rows.and_then(|rows| rows.cells.get(index)).map_or(Slot::Missing, slot)
    }

    fn count(&self, list: ListId, rank: usize, width: usize, options: u64) -> Option<usize> {
        let rows = self.0.lists.get(list.index())?.as_ref()?;
        let mut count = 0;
        for cells in rows.cells.chunks_exact(width) {
            let Answer::Known(Value::Choice(option)) = cells.get(rank)?.answer else { return None };
            count += usize::from(options.checked_shr(u32::from(option)).unwrap_or(0) & 1 == 1);
        }
        Some(count)
    }

    fn reading(&self, reading: ReadingId) -> Option<u16> {
        self.0.readings.get(reading.index())?.as_ref().map(|retained| retained.option)
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
