//! Dossiers of one policy held together, column by column.

use std::num::NonZero;

use super::bits::Bits;
use crate::dossier::{Cell, NOTHING, Sheet};
use crate::eval::plain::answers::{Answers, Slot};
use crate::number::Small;
use crate::policy::{FactId, ListId, Policy, ReadingId, Type};
use crate::time::Date;

/// So many dossiers are held together: what is worked out of them stays near at hand.
pub const ROWS: usize = 1024;

/// Up to [`ROWS`] dossiers of one policy.
#[derive(Debug)]
pub struct Batch {
    pub(super) rows: usize,
    /// Those of which an answer has no place in its column.
    pub(super) out: Bits,
    /// By [`FactId`].
    pub(super) facts: Vec<Held>,
    /// By [`ListId`].
    pub(super) lists: Vec<HeldList>,
    /// By [`ReadingId`]: the option that each dossier retains, or [`NOTHING`].
    pub(super) readings: Vec<Vec<u8>>,
    /// All texts, as they are compared, one after another.
    texts: String,
}

/// What dossiers, or elements of a list, say of one question.
#[derive(Debug)]
pub(super) enum Held {
    Truths {
        given: Bits,
        holds: Bits,
    },
    /// Numerators over one denominator.
    Numbers {
        given: Bits,
        num: Vec<i64>,
        den: NonZero<i64>,
    },
    /// Those that have not happened yet are not among those that are given.
    Days {
        given: Bits,
        on: Vec<Date>,
        later: Bits,
    },
    Picks {
        given: Bits,
        option: Vec<u8>,
    },
    Texts(Vec<Option<(u32, u32)>>),
}

/// The elements of a list of all dossiers, one dossier after another.
#[derive(Debug, Default)]
pub(super) struct HeldList {
    /// The dossiers that give it.
    pub given: Bits,
    /// By dossier: where its elements start; then where the last ones end.
    pub starts: Vec<u32>,
    /// By element: its dossier.
    pub parents: Vec<u32>,
    /// By rank of the field.
    pub fields: Vec<Held>,
}

impl Batch {
    /// Of no dossier yet.
    pub fn new(policy: &Policy) -> Batch {
        let list = |list: &crate::policy::item::List| {
            let fields = list.fields.iter().map(|field| Held::of(policy.fields[field.index()].ask.ty));
            HeldList { starts: vec![0], fields: fields.collect(), ..HeldList::default() }
        };
        Batch {
            rows: 0,
            out: Bits::default(),
            facts: policy.facts.iter().map(|fact| Held::of(fact.ask.ty)).collect(),
            lists: policy.lists.iter().map(list).collect(),
            readings: vec![Vec::new(); policy.readings.len()],
            texts: String::new(),
        }
    }

    /// How many dossiers there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The text of a row, as it is compared.
    pub(super) fn text(&self, held: &Held, row: usize) -> Option<&str> {
        let Held::Texts(own) = held else { return None };
        let (from, to) = (*own.get(row)?)?;
        self.texts.get(from as usize..to as usize)
    }

    /// Takes a dossier in; whether there was room.
    pub fn push(&mut self, sheet: &Sheet) -> bool {
        let most = |list: &HeldList| list.parents.len() < u32::MAX as usize / 2;
        if self.rows == ROWS || !self.lists.iter().all(most) {
            return false;
        }
        let (row, texts) = (self.rows, &mut self.texts);
        let mut fits = true;
        for (held, cell) in self.facts.iter_mut().zip(&sheet.facts) {
            fits &= held.push(row, *cell, sheet, texts);
        }
        for (list, columns) in self.lists.iter_mut().zip(&sheet.lists) {
            list.given.push(row, columns.given);
            let start = list.parents.len();
            list.parents.resize(start + columns.len, u32::try_from(row).unwrap_or(u32::MAX));
            list.starts.push(u32::try_from(list.parents.len()).unwrap_or(u32::MAX));
            for (held, column) in list.fields.iter_mut().zip(&columns.fields) {
                for own in 0..columns.len {
                    fits &= held.push(start + own, column.get(own), sheet, texts);
                }
            }
        }
        for (held, option) in self.readings.iter_mut().zip(&sheet.readings) {
            let option = option.map_or(Some(NOTHING), |option| u8::try_from(option).ok());
            fits &= option.is_some();
            held.push(option.unwrap_or(NOTHING));
        }
        self.out.push(row, !fits);
        self.rows += 1;
        true
    }
}

impl Held {
    fn of(ty: Type) -> Held {
        let none = Bits::default;
        let numbers = |parts: u32| Held::Numbers { given: none(), num: Vec::new(), den: parts_of(parts) };
        match ty {
            Type::Truth => Held::Truths { given: none(), holds: none() },
            Type::Choice(_) => Held::Picks { given: none(), option: Vec::new() },
            Type::Integer | Type::Months | Type::Days => numbers(1),
            Type::Amount => numbers(100),
            // A rate of two decimals in per cent; a number of four decimals.
            Type::Percent | Type::Number => numbers(10_000),
            Type::Date => Held::Days { given: none(), on: Vec::new(), later: none() },
            Type::Text => Held::Texts(Vec::new()),
        }
    }

    /// One more answer; whether it has a place.
    fn push(&mut self, row: usize, cell: Cell, sheet: &Sheet, texts: &mut String) -> bool {
        match self {
            Held::Truths { given, holds } => {
                given.push(row, matches!(cell, Cell::Truth(_)));
                holds.push(row, matches!(cell, Cell::Truth(true)));
                matches!(cell, Cell::Truth(_) | Cell::Missing)
            }
            Held::Numbers { given, num, den } => {
                let own = if let Cell::Number(number) = cell { number.over(*den) } else { None };
                given.push(row, own.is_some());
                num.push(own.unwrap_or(0));
                own.is_some() || matches!(cell, Cell::Missing)
            }
            Held::Days { given, on, later } => {
                let own = if let Cell::Date(date) = cell { Some(date) } else { None };
                given.push(row, own.is_some());
                later.push(row, matches!(cell, Cell::NotYet));
                on.push(own.unwrap_or(Date::MAX));
                matches!(cell, Cell::Date(_) | Cell::NotYet | Cell::Missing)
            }
            Held::Picks { given, option } => {
                let own = if let Cell::Choice(own) = cell { u8::try_from(own).ok() } else { None };
                given.push(row, own.is_some());
                option.push(own.unwrap_or(NOTHING));
                own.is_some() || matches!(cell, Cell::Missing)
            }
            Held::Texts(own) => {
                let text = if let Cell::Text(text) = cell { Some(sheet.text(text)) } else { None };
                let from = texts.len();
                texts.push_str(text.unwrap_or_default());
                let ends = u32::try_from(from).ok().zip(u32::try_from(texts.len()).ok());
                own.push(text.and(ends));
                matches!(cell, Cell::Missing) || (text.is_some() && ends.is_some())
            }
        }
    }

    /// The rows of which anything is said.
    pub fn said(&self, rows: usize) -> Bits {
        match self {
            Held::Truths { given, .. } | Held::Numbers { given, .. } | Held::Picks { given, .. } => {
                given.clone()
            }
            Held::Days { given, later, .. } => {
                let mut said = given.clone();
                said.join(later);
                said
            }
            Held::Texts(own) => Bits::of(rows, |row| own.get(row).is_some_and(Option::is_some)),
        }
    }

    fn slot<'b>(&self, row: usize, texts: &'b str) -> Slot<'b> {
        let of = |given: &Bits, slot: Option<Slot<'b>>| {
            if given.has(row) { slot.unwrap_or(Slot::Missing) } else { Slot::Missing }
        };
        match self {
            Held::Truths { given, holds } => of(given, Some(Slot::Truth(holds.has(row)))),
            Held::Numbers { given, num, den } => {
                of(given, num.get(row).map(|num| Slot::Number(Small::new(*num, *den))))
            }
            Held::Days { later, .. } if later.has(row) => Slot::NotYet,
            Held::Days { given, on, .. } => of(given, on.get(row).map(|date| Slot::Date(*date))),
            Held::Picks { given, option } => {
                of(given, option.get(row).map(|option| Slot::Choice((*option).into())))
            }
            Held::Texts(own) => match own.get(row) {
                Some(Some((from, to))) => {
                    texts.get(*from as usize..*to as usize).map_or(Slot::Missing, Slot::Text)
                }
                Some(None) | None => Slot::Missing,
            },
        }
    }
}

/// In how many parts a unit is cut.
pub(super) fn parts_of(parts: u32) -> NonZero<i64> {
    NonZero::new(parts).map_or(Small::ONE.parts().1, NonZero::<i64>::from)
}

/// One dossier of a batch.
pub(super) struct Row<'a> {
    pub batch: &'a Batch,
    pub row: usize,
}

impl Answers for Row<'_> {
    fn fact(&self, fact: FactId) -> Slot<'_> {
        let held = self.batch.facts.get(fact.index());
        held.map_or(Slot::Missing, |held| held.slot(self.row, &self.batch.texts))
    }

    fn len(&self, list: ListId) -> Option<usize> {
        let list = self.batch.lists.get(list.index()).filter(|list| list.given.has(self.row))?;
        let (from, to) = list.bounds(self.row);
        Some(to - from)
    }

    fn cell(&self, list: ListId, row: usize, rank: usize) -> Slot<'_> {
        let Some(list) = self.batch.lists.get(list.index()) else { return Slot::Missing };
        let (from, _) = list.bounds(self.row);
        list.fields.get(rank).map_or(Slot::Missing, |held| held.slot(from + row, &self.batch.texts))
    }

    fn reading(&self, reading: ReadingId) -> Option<u16> {
        let option = *self.batch.readings.get(reading.index())?.get(self.row)?;
        (option != NOTHING).then_some(option.into())
    }
}

impl HeldList {
    /// Where the elements of a dossier start, and where they end.
    #[inline]
    pub fn bounds(&self, row: usize) -> (usize, usize) {
        let at = |rank: usize| self.starts.get(rank).map_or(self.parents.len(), |start| *start as usize);
        (at(row), at(row + 1))
    }
}
