//! What a dossier says, held to be decided and no more: plain values, lists as columns.

use super::fill::{Beside, Fill, Found, What};
use super::usual::Common;
use super::{Answer, Dossier, Place};
use crate::number::Small;
use crate::policy::{FactId, ListId, Policy, ReadingId, Type};
use crate::source::Span;
use crate::text;
use crate::time::Date;
use crate::value::Value;

/// The answers of a dossier of one policy, without places nor origins. It serves for one dossier after
/// another, without asking for memory again.
///
/// Only what is ordinary has a place in it: no number that is more than a fraction of machine integers.
#[derive(Debug)]
pub struct Sheet {
    /// `examiné le`.
    pub examined_on: Option<Date>,
    /// By [`FactId`].
    pub(crate) facts: Vec<Cell>,
    /// By [`ListId`].
    pub(crate) lists: Vec<Columns>,
    /// The option retained, by [`ReadingId`].
    pub(crate) readings: Vec<Option<u16>>,
    /// All texts, as they are compared, one after another.
    texts: String,
    /// What the policy itself retains.
    retained: Box<[Option<u16>]>,
}

/// An answer.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell {
    Missing,
    NotYet,
    Truth(bool),
    Number(Small),
    Date(Date),
    Choice(u16),
    Text(Stretch),
}

/// A text among those of a sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stretch {
    from: u32,
    to: u32,
}

/// The elements of a list, field by field.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Whether the list is given.
    pub(crate) given: bool,
    /// How many elements there are.
    pub(crate) len: usize,
    /// By rank of the field.
    pub(crate) fields: Vec<Column>,
}

/// What all elements of a list say of a field.
#[derive(Debug)]
pub(crate) enum Column {
    /// 1 for `oui`, 0 for `non`.
    Truths(Vec<u8>),
    /// Options, by rank.
    Choices(Vec<u8>),
    Numbers(Vec<Option<Small>>),
    Dates(Vec<Day>),
    Texts(Vec<Option<Stretch>>),
}

/// What an element says of a date.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Day {
    Missing,
    NotYet,
    On(Date),
}

/// Stands among truths and options where nothing is said: more than any of them.
pub(crate) const NOTHING: u8 = u8::MAX;

impl Sheet {
    /// A sheet for dossiers of this policy.
    pub fn new(policy: &Policy) -> Self {
        let columns = |list: &crate::policy::item::List| {
            let fields = list.fields.iter().map(|field| Column::of(policy.fields[field.index()].ask.ty));
            Columns { fields: fields.collect(), ..Columns::default() }
        };
        let retained = policy.readings.iter().map(|reading| Some(reading.retained.as_ref()?.option));
        let retained: Box<[Option<u16>]> = retained.collect();
        Sheet {
            examined_on: None,
            facts: vec![Cell::Missing; policy.facts.len()],
            lists: policy.lists.iter().map(columns).collect(),
            readings: retained.to_vec(),
            texts: String::new(),
            retained,
        }
    }

    /// Takes over what a dossier of the policy says; `None` where an answer has no place here.
    pub fn take(&mut self, dossier: &Dossier) -> Option<()> {
        self.clear();
        self.examined_on = dossier.examined_on;
        for (rank, given) in dossier.facts.iter().enumerate() {
            let cell = self.answer(&given.answer)?;
            *self.facts.get_mut(rank)? = cell;
        }
        for (rank, rows) in dossier.lists.iter().enumerate() {
            let Some(rows) = rows else { continue };
            let width = self.lists.get(rank)?.fields.len();
            self.lists.get_mut(rank)?.given = true;
            for row in 0..rows.spans.len() {
                let columns = self.lists.get_mut(rank)?;
                columns.len += 1;
                columns.fields.iter_mut().for_each(Column::push);
                for field in 0..width {
                    let cell = self.answer(&rows.cells.get(row * width + field)?.answer)?;
                    self.lists.get_mut(rank)?.fields.get_mut(field)?.set_last(cell)?;
                }
            }
        }
        for (own, retained) in self.readings.iter_mut().zip(&dossier.readings) {
            *own = retained.as_ref().map(|retained| retained.option).or(*own);
        }
        Some(())
    }

    /// Nothing is known again.
    pub(super) fn clear(&mut self) {
        self.examined_on = None;
        self.facts.fill(Cell::Missing);
        self.lists.iter_mut().for_each(Columns::clear);
        self.readings.copy_from_slice(&self.retained);
        self.texts.clear();
    }

    /// A text, as it is compared.
    pub(crate) fn text(&self, stretch: Stretch) -> &str {
        self.texts.get(stretch.from as usize..stretch.to as usize).unwrap_or_default()
    }

    fn keep(&mut self, written: &str) -> Option<Cell> {
        let from = u32::try_from(self.texts.len()).ok()?;
        self.texts.push_str(&text::folded(written));
        Some(Cell::Text(Stretch { from, to: u32::try_from(self.texts.len()).ok()? }))
    }

    fn cell(&mut self, answer: &What<'_>) -> Option<Cell> {
        Some(match answer {
            What::Common(Common::Truth(truth)) => Cell::Truth(*truth),
            What::Common(Common::Whole(number)) => Cell::Number(Small::from(*number)),
            What::Common(Common::Date(date)) => Cell::Date(*date),
            What::Common(Common::Choice(option)) => Cell::Choice(*option),
            What::Common(Common::Text(text)) => self.keep(text)?,
            What::Other(answer) => self.answer(answer)?,
        })
    }

    fn answer(&mut self, answer: &Answer) -> Option<Cell> {
        Some(match answer {
            Answer::Missing => Cell::Missing,
            Answer::NotYet => Cell::NotYet,
            Answer::Known(Value::Truth(truth)) => Cell::Truth(*truth),
            Answer::Known(Value::Number(number)) => Cell::Number(Small::of(number)?),
            Answer::Known(Value::Date(date)) => Cell::Date(*date),
            Answer::Known(Value::Choice(option)) => Cell::Choice(*option),
            Answer::Known(Value::Text(text)) => self.keep(&text.shown)?,
        })
    }
}

impl Fill for Sheet {
    fn named(&mut self, _: &str) {}

    fn examined_on(&mut self, date: Date) {
        self.examined_on = Some(date);
    }

    fn retains(&self, reading: ReadingId) -> bool {
        self.readings.get(reading.index()).is_none_or(Option::is_some)
    }

    fn retain(&mut self, reading: ReadingId, option: u16, _: Place, _: Option<Beside<'_>>) {
        if let Some(own) = self.readings.get_mut(reading.index()) {
            *own = Some(option);
        }
    }

    fn fact(&mut self, fact: FactId, found: Found<'_>) -> Option<()> {
        let cell = self.cell(&found.answer)?;
        *self.facts.get_mut(fact.index())? = cell;
        Some(())
    }

    fn open_list(&mut self, list: ListId, _: Span, _: usize) -> Option<()> {
        self.lists.get_mut(list.index())?.given = true;
        Some(())
    }

    #[inline]
    fn open_element(&mut self, list: ListId) -> Option<()> {
        let columns = self.lists.get_mut(list.index())?;
        columns.len += 1;
        columns.fields.iter_mut().for_each(Column::push);
        Some(())
    }

    #[inline]
    fn cell(&mut self, list: ListId, rank: u32, found: Found<'_>) -> Option<()> {
        let cell = self.cell(&found.answer)?;
        self.lists.get_mut(list.index())?.fields.get_mut(rank as usize)?.set_last(cell)
    }

    fn close_element(&mut self, _: ListId, _: Span) -> Option<()> {
        Some(())
    }

    fn all_differ(&self, list: ListId, rank: u32) -> bool {
        let columns = self.lists.get(list.index());
        match columns.and_then(|columns| columns.fields.get(rank as usize)) {
            Some(Column::Texts(own)) => {
                let texts = self.texts.as_bytes();
                let text = |own: &Stretch| texts.get(own.from as usize..own.to as usize).unwrap_or_default();
                let given = || own.iter().flatten().map(text);
                given().is_sorted_by(|a, b| a < b) || super::fill::differ(given().collect())
            }
            Some(_) => columns.is_some_and(|columns| columns.len == 0),
            None => true,
        }
    }
}

impl Columns {
    fn clear(&mut self) {
        self.given = false;
        self.len = 0;
        self.fields.iter_mut().for_each(Column::clear);
    }
}

impl Column {
    fn of(ty: Type) -> Column {
        match ty {
            Type::Truth => Column::Truths(Vec::new()),
            Type::Choice(_) => Column::Choices(Vec::new()),
            Type::Integer | Type::Number | Type::Percent | Type::Amount | Type::Months | Type::Days => {
                Column::Numbers(Vec::new())
            }
            Type::Date => Column::Dates(Vec::new()),
            Type::Text => Column::Texts(Vec::new()),
        }
    }

    fn clear(&mut self) {
        match self {
            Column::Truths(own) | Column::Choices(own) => own.clear(),
            Column::Numbers(own) => own.clear(),
            Column::Dates(own) => own.clear(),
            Column::Texts(own) => own.clear(),
        }
    }

    /// One more element, that says nothing yet.
    #[inline]
    fn push(&mut self) {
        match self {
            Column::Truths(own) | Column::Choices(own) => own.push(NOTHING),
            Column::Numbers(own) => own.push(None),
            Column::Dates(own) => own.push(Day::Missing),
            Column::Texts(own) => own.push(None),
        }
    }

    #[inline]
    fn set_last(&mut self, cell: Cell) -> Option<()> {
        match (self, cell) {
            (_, Cell::Missing) => {}
            (Column::Truths(own), Cell::Truth(truth)) => *own.last_mut()? = u8::from(truth),
            (Column::Choices(own), Cell::Choice(option)) => {
                *own.last_mut()? = u8::try_from(option).ok().filter(|option| *option != NOTHING)?;
            }
            (Column::Numbers(own), Cell::Number(number)) => *own.last_mut()? = Some(number),
            (Column::Dates(own), Cell::Date(date)) => *own.last_mut()? = Day::On(date),
            (Column::Dates(own), Cell::NotYet) => *own.last_mut()? = Day::NotYet,
            (Column::Texts(own), Cell::Text(text)) => *own.last_mut()? = Some(text),
            (
                Column::Truths(_)
                | Column::Choices(_)
                | Column::Numbers(_)
                | Column::Dates(_)
                | Column::Texts(_),
                Cell::NotYet
                | Cell::Truth(_)
                | Cell::Number(_)
                | Cell::Date(_)
                | Cell::Choice(_)
                | Cell::Text(_),
            ) => return None,
        }
        Some(())
    }

    /// The answer of an element.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Cell {
        let cell = match self {
            Column::Truths(own) => {
                own.get(row).filter(|own| **own != NOTHING).map(|own| Cell::Truth(*own == 1))
            }
            Column::Choices(own) => {
                own.get(row).filter(|own| **own != NOTHING).map(|own| Cell::Choice((*own).into()))
            }
            Column::Numbers(own) => own.get(row).copied().flatten().map(Cell::Number),
            Column::Dates(own) => own.get(row).map(|day| match day {
                Day::Missing => Cell::Missing,
                Day::NotYet => Cell::NotYet,
                Day::On(date) => Cell::Date(*date),
            }),
            Column::Texts(own) => own.get(row).copied().flatten().map(Cell::Text),
        };
        cell.unwrap_or(Cell::Missing)
    }
}
