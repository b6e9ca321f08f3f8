//! Columns of values: one value a row, or one for all of them.

use std::borrow::Cow;
use std::num::NonZero;

use super::batch::Held;
use super::bits::Bits;
use super::run::Wide;
use crate::eval::plain::program::Node;
use crate::eval::plain::sorts::{Day, Of, Pick};
use crate::number::Small;
use crate::time::Date;

/// A column of values of one sort. What stands at a row that was not asked for means nothing.
pub(super) trait Col<'a>: Clone {
    /// The value of one row.
    type One: for<'r> Of<'r>;

    /// What stands where nothing is asked for.
    fn nothing(rows: usize) -> Self;

    /// What answers give; rows that give none are lost.
    fn held(run: &mut Wide<'a>, held: &'a Held, rows: &Bits) -> Self;

    /// Works out a node that only values of this sort have.
    fn own(run: &mut Wide<'a>, node: &'a Node, rows: &Bits) -> Self;

    /// Of so many rows, these values.
    fn each(rows: usize, values: impl Iterator<Item = (usize, Self::One)>) -> Self;

    /// Takes the values of another for some rows.
    fn join(&mut self, other: Self, rows: &Bits, all: usize);

    /// Of no more rows than these: a condition holds of none but those that were asked for.
    fn within(self, _: &Bits) -> Self {
        self
    }

    /// By element of a list: that of its dossier.
    fn spread(&self, parents: &[u32]) -> Self;

    /// To be kept.
    fn keep(self) -> Kept<'a>;

    /// What was kept.
    fn kept(kept: Kept<'a>) -> Option<Self>;
}

/// What is kept of a unit.
#[derive(Debug, Clone)]
pub(super) enum Kept<'a> {
    Truths(Bits),
    Nums(Nums<'a>),
    Days(Days<'a>),
    Picks(Picks<'a>),
}

/// Numbers.
#[derive(Debug, Clone)]
pub(super) enum Nums<'a> {
    One(Small),
    /// Numerators over one denominator.
    Over(Cow<'a, [i64]>, NonZero<i64>),
    Each(Vec<Small>),
}

/// Days.
#[derive(Debug, Clone)]
pub(super) enum Days<'a> {
    One(Date),
    /// And those that come after the examination.
    Each(Cow<'a, [Date]>, Bits),
}

/// Options, by rank.
#[derive(Debug, Clone)]
pub(super) enum Picks<'a> {
    One(u16),
    Each(Cow<'a, [u8]>),
}

impl Nums<'_> {
    /// That of a row.
    #[inline]
    pub fn at(&self, row: usize) -> Small {
        match self {
            Nums::One(number) => *number,
            Nums::Over(num, den) => num.get(row).map_or(Small::ZERO, |num| Small::new(*num, *den)),
            Nums::Each(own) => own.get(row).copied().unwrap_or(Small::ZERO),
        }
    }
}

impl Days<'_> {
    #[inline]
    pub fn at(&self, row: usize) -> Day {
        match self {
            Days::One(date) => Day::On(*date),
            Days::Each(_, later) if later.has(row) => Day::Later,
            Days::Each(on, _) => Day::On(on.get(row).copied().unwrap_or(Date::MAX)),
        }
    }
}

impl Picks<'_> {
    #[inline]
    pub fn at(&self, row: usize) -> Pick {
        match self {
            Picks::One(option) => Pick(*option),
            Picks::Each(own) => Pick(own.get(row).copied().unwrap_or_default().into()),
        }
    }
}

impl<'a> Col<'a> for Bits {
    type One = bool;

    fn nothing(rows: usize) -> Self {
        Bits::none(rows)
    }

    fn held(run: &mut Wide<'a>, held: &'a Held, rows: &Bits) -> Self {
        let Held::Truths { given, holds } = held else { return run.none_of(rows) };
        run.lose(&rows.without(given));
        holds.and(rows)
    }

    fn own(run: &mut Wide<'a>, node: &'a Node, rows: &Bits) -> Self {
        run.condition(node, rows)
    }

    fn each(rows: usize, values: impl Iterator<Item = (usize, bool)>) -> Self {
        let mut holds = Bits::none(rows);
        values.filter(|(_, truth)| *truth).for_each(|(row, _)| holds.add(row));
        holds
    }

    fn join(&mut self, other: Self, rows: &Bits, _: usize) {
        *self = self.without(rows);
        Bits::join(self, &other.and(rows));
    }

    fn within(self, rows: &Bits) -> Self {
        self.and(rows)
    }

    fn spread(&self, parents: &[u32]) -> Self {
        Bits::of(parents.len(), |element| self.has(parents[element] as usize))
    }

    fn keep(self) -> Kept<'a> {
        Kept::Truths(self)
    }

    fn kept(kept: Kept<'a>) -> Option<Self> {
        if let Kept::Truths(own) = kept { Some(own) } else { None }
    }
}

impl<'a> Col<'a> for Nums<'a> {
    type One = Small;

    fn nothing(_: usize) -> Self {
        Nums::One(Small::ZERO)
    }

    fn held(run: &mut Wide<'a>, held: &'a Held, rows: &Bits) -> Self {
        let Held::Numbers { given, num, den } = held else { return run.none_of(rows) };
        run.lose(&rows.without(given));
        Nums::Over(Cow::Borrowed(num), *den)
    }

    fn own(run: &mut Wide<'a>, node: &'a Node, rows: &Bits) -> Self {
        run.number(node, rows)
    }

    fn each(rows: usize, values: impl Iterator<Item = (usize, Small)>) -> Self {
        let mut own = vec![Small::ZERO; rows];
        values.for_each(|(row, number)| own[row] = number);
        Nums::Each(own)
    }

    fn join(&mut self, other: Self, rows: &Bits, all: usize) {
        match (&mut *self, &other) {
            (Nums::Over(own, den), Nums::Over(num, of)) if den == of => {
                let own = own.to_mut();
                rows.rows().for_each(|row| own[row] = num[row]);
            }
            (Nums::Over(own, den), Nums::One(number)) if number.over(*den).is_some() => {
                let (own, number) = (own.to_mut(), number.over(*den).unwrap_or(0));
                rows.rows().for_each(|row| own[row] = number);
            }
            _ => {
                let mut own: Vec<Small> = (0..all).map(|row| self.at(row)).collect();
                rows.rows().for_each(|row| own[row] = other.at(row));
                *self = Nums::Each(own);
            }
        }
    }

    fn spread(&self, parents: &[u32]) -> Self {
        match self {
            Nums::One(number) => Nums::One(*number),
            Nums::Over(num, den) => Nums::Over(parents.iter().map(|row| num[*row as usize]).collect(), *den),
            Nums::Each(own) => Nums::Each(parents.iter().map(|row| own[*row as usize]).collect()),
        }
    }

    fn keep(self) -> Kept<'a> {
        Kept::Nums(self)
    }

    fn kept(kept: Kept<'a>) -> Option<Self> {
        if let Kept::Nums(own) = kept { Some(own) } else { None }
    }
}

impl<'a> Col<'a> for Days<'a> {
    type One = Day;

    fn nothing(_: usize) -> Self {
        Days::One(Date::MAX)
    }

    fn held(run: &mut Wide<'a>, held: &'a Held, rows: &Bits) -> Self {
        let Held::Days { given, on, later } = held else { return run.none_of(rows) };
        run.lose(&rows.without(given).without(later));
        Days::Each(Cow::Borrowed(on), later.clone())
    }

    fn own(run: &mut Wide<'a>, node: &'a Node, rows: &Bits) -> Self {
        run.day(node, rows)
    }

    fn each(rows: usize, values: impl Iterator<Item = (usize, Day)>) -> Self {
        let (mut on, mut later) = (vec![Date::MAX; rows], Bits::none(rows));
        values.for_each(|(row, day)| match day {
            Day::On(date) => on[row] = date,
            Day::Later => later.add(row),
        });
        Days::Each(Cow::Owned(on), later)
    }

    fn join(&mut self, other: Self, rows: &Bits, all: usize) {
        if !matches!(self, Days::Each(..)) {
            let every = Bits::all(all);
            let values: Vec<(usize, Day)> = every.rows().map(|row| (row, self.at(row))).collect();
            *self = Days::each(all, values.into_iter());
        }
        if let Days::Each(on, later) = self {
            let on = on.to_mut();
            *later = later.without(rows);
            rows.rows().for_each(|row| match other.at(row) {
                Day::On(date) => on[row] = date,
                Day::Later => later.add(row),
            });
        }
    }

    fn spread(&self, parents: &[u32]) -> Self {
        match self {
            Days::One(date) => Days::One(*date),
            Days::Each(on, later) => {
                let of = parents.iter().map(|row| on[*row as usize]).collect();
                Days::Each(Cow::Owned(of), later.spread(parents))
            }
        }
    }

    fn keep(self) -> Kept<'a> {
        Kept::Days(self)
    }

    fn kept(kept: Kept<'a>) -> Option<Self> {
        if let Kept::Days(own) = kept { Some(own) } else { None }
    }
}

impl<'a> Col<'a> for Picks<'a> {
    type One = Pick;

    fn nothing(_: usize) -> Self {
        Picks::One(0)
    }

    fn held(run: &mut Wide<'a>, held: &'a Held, rows: &Bits) -> Self {
        let Held::Picks { given, option } = held else { return run.none_of(rows) };
        run.lose(&rows.without(given));
        Picks::Each(Cow::Borrowed(option))
    }

    fn own(run: &mut Wide<'a>, node: &'a Node, rows: &Bits) -> Self {
        match node {
            Node::Pick(option) => Picks::One(*option),
            Node::Reading(reading) => run.at_dossiers(rows, |run, rows| run.reading(*reading, rows)),
            node => run.by_row(node, rows),
        }
    }

    fn each(rows: usize, values: impl Iterator<Item = (usize, Pick)>) -> Self {
        let mut own = vec![0; rows];
        // More options than a byte tells have no place in a batch.
        values.for_each(|(row, Pick(option))| own[row] = u8::try_from(option).unwrap_or(u8::MAX));
        Picks::Each(Cow::Owned(own))
    }

    fn join(&mut self, other: Self, rows: &Bits, all: usize) {
        if !matches!(self, Picks::Each(_)) {
            let every = Bits::all(all);
            let values: Vec<(usize, Pick)> = every.rows().map(|row| (row, self.at(row))).collect();
            *self = Picks::each(all, values.into_iter());
        }
        if let Picks::Each(own) = self {
            let own = own.to_mut();
            rows.rows().for_each(|row| own[row] = u8::try_from(other.at(row).0).unwrap_or(u8::MAX));
        }
    }

    fn spread(&self, parents: &[u32]) -> Self {
        match self {
            Picks::One(option) => Picks::One(*option),
            Picks::Each(own) => Picks::Each(parents.iter().map(|row| own[*row as usize]).collect()),
        }
    }

    fn keep(self) -> Kept<'a> {
        Kept::Picks(self)
    }

    fn kept(kept: Kept<'a>) -> Option<Self> {
        if let Kept::Picks(own) = kept { Some(own) } else { None }
    }
}
