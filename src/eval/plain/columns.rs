//! Tests of one field of many elements at once: a list is counted and summed column by column, not
//! element by element, where its elements are told apart by simple tests of their own fields.

use super::answers::{Answers, Slot};
use super::program::{Aggregate, At, Node, Program};
use super::run::Run;
use crate::dossier::{Column, Day, NOTHING};
use crate::number::Small;
use crate::policy::ListId;
use crate::syntax::tree::CompareOp;
use crate::time::Date;

/// What is asked of a field of an element.
#[derive(Debug, Clone, Copy)]
pub enum FieldTest {
    /// That it be so, or not.
    Truth(bool),
    /// That it be one of some options, as bits.
    Options(u64),
    /// How it stands to a number.
    Number(CompareOp, Small),
    /// How it stands to a day.
    Day(CompareOp, Date),
}

impl FieldTest {
    /// Whether an answer passes; `None` where that is not told so simply.
    pub(super) fn passes(&self, answer: Slot<'_>) -> Option<bool> {
        match (self, answer) {
            (FieldTest::Truth(wanted), Slot::Truth(truth)) => Some(truth == *wanted),
            (FieldTest::Options(options), Slot::Choice(option)) => {
                Some(options.checked_shr(u32::from(option)).unwrap_or(0) & 1 == 1)
            }
            (FieldTest::Number(op, with), Slot::Number(number)) => Some(op.holds(number.cmp(with))),
            (FieldTest::Day(op, with), Slot::Date(date)) => Some(op.holds(date.cmp(with))),
            (
                FieldTest::Truth(_) | FieldTest::Options(_) | FieldTest::Number(..) | FieldTest::Day(..),
                Slot::Missing
                | Slot::TooGreat
                | Slot::NotYet
                | Slot::Truth(_)
                | Slot::Number(_)
                | Slot::Date(_)
                | Slot::Choice(_)
                | Slot::Text(_),
            ) => None,
        }
    }
}

/// What is done with an element, by rank.
type Each<'f, R> = &'f mut dyn FnMut(&mut R, u32) -> Option<()>;

/// How many elements are gone through at a time: as many as a byte counts.
const AT_A_TIME: usize = u8::MAX as usize;

impl Program {
    /// The tests of fields that a filter of elements of a list is, in order; `None` where it is more.
    pub fn field_tests(&self, list: ListId, filter: At) -> Option<Vec<(u32, FieldTest)>> {
        match self.node(filter) {
            Node::All(of) => self.operands(*of).iter().map(|at| self.field_test(list, *at)).collect(),
            _ => self.field_test(list, filter).map(|test| vec![test]),
        }
    }

    fn field_test(&self, list: ListId, at: At) -> Option<(u32, FieldTest)> {
        let rank = |at: At| match self.node(at) {
            Node::Field { list: own, rank } if *own == list => Some(*rank),
            _ => None,
        };
        match self.node(at) {
            Node::Field { .. } => Some((rank(at)?, FieldTest::Truth(true))),
            Node::Not(of) => Some((rank(*of)?, FieldTest::Truth(false))),
            Node::PickIn { subject, options } => Some((rank(*subject)?, FieldTest::Options(*options))),
            Node::Compare { op, left, right, .. } => {
                let test = match self.node(*right) {
                    Node::Number(number) => FieldTest::Number(*op, *number),
                    Node::Day(date) => FieldTest::Day(*op, *date),
                    _ => return None,
                };
                Some((rank(*left)?, test))
            }
            _ => None,
        }
    }
}

impl<'a, A: Answers> Run<'a, '_, A> {
    /// How many of so many elements count, by tests of their fields; `each` is handed the ranks of those
    /// that do. `None` where the elements are to be gone through one by one.
    pub fn by_columns(
        &mut self,
        aggregate: &'a Aggregate,
        len: u32,
        mut each: Option<Each<'_, Self>>,
    ) -> Option<u32> {
        let tests = aggregate.tests.as_ref()?;
        let (mut counted, mut from) = (0, 0);
        while from < len as usize {
            let mut kept = [1; AT_A_TIME];
            let kept = kept.get_mut(..AT_A_TIME.min(len as usize - from))?;
            for (rank, test) in tests {
                self.answers.narrow(aggregate.list, *rank as usize, test, from, kept)?;
            }
            counted += u32::from(kept.iter().fold(0u8, |count, kept| count.wrapping_add(*kept)));
            if let Some(each) = &mut each {
                for (row, _) in (from..).zip(&*kept).filter(|(_, kept)| **kept == 1) {
                    each(self, u32::try_from(row).ok()?)?;
                }
            }
            from += kept.len();
        }
        Some(counted)
    }
}

/// Of elements from one on, those that were in (1 in `kept`) and of which a column passes a test; `None`
/// where that of one that was in is not told so simply.
pub(super) fn narrow(column: &Column, test: &FieldTest, from: usize, kept: &mut [u8]) -> Option<()> {
    let to = from + kept.len();
    let mut untold = 0;
    match (column, test) {
        (Column::Truths(own), FieldTest::Truth(wanted)) => {
            let wanted = u8::from(*wanted);
            for (kept, own) in kept.iter_mut().zip(own.get(from..to)?) {
                untold |= *kept & u8::from(*own == NOTHING);
                *kept &= u8::from(*own == wanted);
            }
        }
        (Column::Choices(own), FieldTest::Options(options)) => {
            let own = own.get(from..to)?;
            let mut passed = [0; AT_A_TIME];
            let mut left = *options;
            // Each run of options that follow one another is a pass of many elements at a time.
            while left != 0 {
                let first = left.trailing_zeros();
                let run = (left >> first).trailing_ones();
                left = left.checked_shr(first + run).unwrap_or(0).checked_shl(first + run).unwrap_or(0);
                let (first, run) = (u8::try_from(first).ok()?, u8::try_from(run).ok()?);
                for (passed, own) in passed.iter_mut().zip(own) {
                    *passed |= u8::from(own.wrapping_sub(first) < run);
                }
            }
            for ((kept, own), passed) in kept.iter_mut().zip(own).zip(passed) {
                untold |= *kept & u8::from(*own == NOTHING);
                *kept &= passed;
            }
        }
        (Column::Numbers(own), FieldTest::Number(op, with)) => {
            for (kept, own) in kept.iter_mut().zip(own.get(from..to)?) {
                match own {
                    Some(number) => *kept &= u8::from(op.holds(number.cmp(with))),
                    None => untold |= *kept,
                }
            }
        }
        (Column::Dates(own), FieldTest::Day(op, with)) => {
            for (kept, own) in kept.iter_mut().zip(own.get(from..to)?) {
                match own {
                    Day::On(date) => *kept &= u8::from(op.holds(date.cmp(with))),
                    Day::Missing | Day::NotYet => untold |= *kept,
                }
            }
        }
        (
            Column::Truths(_) | Column::Choices(_) | Column::Numbers(_) | Column::Dates(_) | Column::Texts(_),
            FieldTest::Truth(_) | FieldTest::Options(_) | FieldTest::Number(..) | FieldTest::Day(..),
        ) => return None,
    }
    (untold == 0).then_some(())
}
