//! Plain values of each sort, and how each is worked out.

use std::cmp::Ordering;

use super::answers::{Answers, Slot};
use super::program::Node;
use super::run::Run;
use crate::number::Small;
use crate::time::Date;

/// A plain value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Plain<'a> {
    Truth(bool),
    Number(Small),
    Day(Day),
    Pick(u16),
    Word(&'a str),
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    On(Date),
    /// Some day after the examination.
    Later,
}

/// An option of a choice, by rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick(pub u16);

impl Pick {
    /// Whether it is one of some options, as bits.
    #[inline]
    pub fn is_in(self, options: u64) -> bool {
        options.checked_shr(u32::from(self.0)).unwrap_or(0) & 1 == 1
    }
}

/// A text as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a>(pub &'a str);

/// A value of one sort.
pub(super) trait Of<'a>: Copy {
    /// What an answer gives; `None` where it is missing.
    fn of_slot(slot: Slot<'a>) -> Option<Self>;

    /// What was kept.
    fn of_plain(plain: Plain<'a>) -> Option<Self>;

    /// To be kept.
    fn into_plain(self) -> Plain<'a>;

    /// Works out a node that only values of this sort have.
    fn own<A: Answers>(run: &mut Run<'a, '_, A>, node: &'a Node) -> Option<Self>;

    /// How two values compare; `None` where they have no order, or none that is known.
    fn order<A: Answers>(&self, other: &Self, run: &Run<'a, '_, A>) -> Option<Ordering>;

    /// Whether two values are one; `None` where that is not known.
    fn same<A: Answers>(&self, other: &Self, run: &Run<'a, '_, A>) -> Option<bool>;
}

impl<'a> Of<'a> for bool {
    #[inline]
    fn of_slot(slot: Slot<'a>) -> Option<Self> {
        if let Slot::Truth(truth) = slot { Some(truth) } else { None }
    }

    #[inline]
    fn of_plain(plain: Plain<'a>) -> Option<Self> {
        if let Plain::Truth(truth) = plain { Some(truth) } else { None }
    }

    #[inline]
    fn into_plain(self) -> Plain<'a> {
        Plain::Truth(self)
    }

    #[inline(always)]
    fn own<A: Answers>(run: &mut Run<'a, '_, A>, node: &'a Node) -> Option<Self> {
        run.condition(node)
    }

    fn order<A: Answers>(&self, _: &Self, _: &Run<'a, '_, A>) -> Option<Ordering> {
        None
    }

    #[inline]
    fn same<A: Answers>(&self, other: &Self, _: &Run<'a, '_, A>) -> Option<bool> {
        Some(self == other)
    }
}

impl<'a> Of<'a> for Small {
    #[inline]
    fn of_slot(slot: Slot<'a>) -> Option<Self> {
        if let Slot::Number(number) = slot { Some(number) } else { None }
    }

    #[inline]
    fn of_plain(plain: Plain<'a>) -> Option<Self> {
        if let Plain::Number(number) = plain { Some(number) } else { None }
    }

    #[inline]
    fn into_plain(self) -> Plain<'a> {
        Plain::Number(self)
    }

    #[inline(always)]
    fn own<A: Answers>(run: &mut Run<'a, '_, A>, node: &'a Node) -> Option<Self> {
        run.number(node)
    }

    #[inline]
    fn order<A: Answers>(&self, other: &Self, _: &Run<'a, '_, A>) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    #[inline]
    fn same<A: Answers>(&self, other: &Self, _: &Run<'a, '_, A>) -> Option<bool> {
        Some(self == other)
    }
}

impl<'a> Of<'a> for Day {
    #[inline]
    fn of_slot(slot: Slot<'a>) -> Option<Self> {
        match slot {
            Slot::Date(date) => Some(Day::On(date)),
            Slot::NotYet => Some(Day::Later),
            Slot::Missing
            | Slot::TooGreat
            | Slot::Truth(_)
            | Slot::Number(_)
            | Slot::Choice(_)
            | Slot::Text(_) => None,
        }
    }

    #[inline]
    fn of_plain(plain: Plain<'a>) -> Option<Self> {
        if let Plain::Day(day) = plain { Some(day) } else { None }
    }

    #[inline]
    fn into_plain(self) -> Plain<'a> {
        Plain::Day(self)
    }

    #[inline(always)]
    fn own<A: Answers>(run: &mut Run<'a, '_, A>, node: &'a Node) -> Option<Self> {
        run.day(node)
    }

    #[inline]
    fn same<A: Answers>(&self, other: &Self, run: &Run<'a, '_, A>) -> Option<bool> {
        self.order(other, run).map(Ordering::is_eq)
    }

    /// Of a day after the examination it is only known that it comes after all days up to that one.
    #[inline]
    fn order<A: Answers>(&self, other: &Self, run: &Run<'a, '_, A>) -> Option<Ordering> {
        match (self, other) {
            (Day::On(a), Day::On(b)) => Some(a.cmp(b)),
            (Day::Later, Day::On(date)) => (*date <= run.today).then_some(Ordering::Greater),
            (Day::On(date), Day::Later) => (*date <= run.today).then_some(Ordering::Less),
            (Day::Later, Day::Later) => None,
        }
    }
}

impl<'a> Of<'a> for Pick {
    #[inline]
    fn of_slot(slot: Slot<'a>) -> Option<Self> {
        if let Slot::Choice(option) = slot { Some(Pick(option)) } else { None }
    }

    #[inline]
    fn of_plain(plain: Plain<'a>) -> Option<Self> {
        if let Plain::Pick(option) = plain { Some(Pick(option)) } else { None }
    }

    #[inline]
    fn into_plain(self) -> Plain<'a> {
        Plain::Pick(self.0)
    }

    #[inline(always)]
    fn own<A: Answers>(run: &mut Run<'a, '_, A>, node: &'a Node) -> Option<Self> {
        match node {
            Node::Pick(option) => Some(Pick(*option)),
            Node::Reading(reading) => run.reading(*reading),
            Node::WeekdayOf(date) => u16::try_from(run.date(*date)?.weekday() - 1).ok().map(Pick),
            _ => None,
        }
    }

    #[inline]
    fn order<A: Answers>(&self, other: &Self, _: &Run<'a, '_, A>) -> Option<Ordering> {
        Some(self.0.cmp(&other.0))
    }

    #[inline]
    fn same<A: Answers>(&self, other: &Self, _: &Run<'a, '_, A>) -> Option<bool> {
        Some(self == other)
    }
}

impl<'a> Of<'a> for Word<'a> {
    #[inline]
    fn of_slot(slot: Slot<'a>) -> Option<Self> {
        if let Slot::Text(text) = slot { Some(Word(text)) } else { None }
    }

    #[inline]
    fn of_plain(plain: Plain<'a>) -> Option<Self> {
        if let Plain::Word(text) = plain { Some(Word(text)) } else { None }
    }

    #[inline]
    fn into_plain(self) -> Plain<'a> {
        Plain::Word(self.0)
    }

    #[inline(always)]
    fn own<A: Answers>(run: &mut Run<'a, '_, A>, node: &'a Node) -> Option<Self> {
        match node {
            Node::Word(rank) => run.program.words.get(*rank as usize).map(|word| Word(word)),
            _ => None,
        }
    }

    fn order<A: Answers>(&self, _: &Self, _: &Run<'a, '_, A>) -> Option<Ordering> {
        None
    }

    #[inline]
    fn same<A: Answers>(&self, other: &Self, _: &Run<'a, '_, A>) -> Option<bool> {
        Some(self == other)
    }
}
