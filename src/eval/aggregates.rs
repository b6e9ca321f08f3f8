//! Aggregates over the elements of a list.

use super::arithmetic::extreme;
use super::context::Row;
use super::interpreter::{Evaluator, number_of, truth_of};
use super::reads::Noted;
use crate::decision::MissingPlace;
use crate::known::{End, Interval, Known, Truth, compare};
use crate::number::Ratio;
use crate::policy::{ExprId, ListId, Type};
use crate::syntax::tree::{Aggregate, CompareOp};

use super::ListState;

impl Evaluator<'_> {
    pub(super) fn aggregate(
        &mut self,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
        ty: Type,
    ) -> Known {
        let world = self.world;
        match &world.lists[list.index()] {
            ListState::Absent => self.of_absent(kind, list, filter, of, ty),
            ListState::Rows { len, .. } => {
                if filter.is_none() && of.is_none() {
                    let length = count(*len);
                    self.show_list(list, &length);
                    return length;
                }
                let mut total = Total::new(kind);
                for row in 0..*len {
                    let row = Row::At(u32::try_from(row).unwrap_or(u32::MAX));
                    let (counts, value) = self.in_row(list, row, |inner| inner.element(filter, of));
                    total.add(counts, value);
                    // An explanation shows them all.
                    if total.is_settled() && !self.is_traced() {
                        break;
                    }
                }
                total.done().unwrap_or_else(|| self.policy.domain_of(ty))
            }
        }
    }

    /// Whether an element counts, and what is read of it where it does.
    pub(super) fn element(&mut self, filter: Option<ExprId>, of: Option<ExprId>) -> (Truth, Option<Known>) {
        let Some(filter) = filter else {
            return (Truth::YES, of.map(|of| self.value(of)));
        };
        let counts = self.truth(filter);
        match of {
            None => (counts, None),
            Some(of) => match self.value_under(counts, filter, true, of) {
                Some(value) => (counts, Some(value)),
                None => (Truth::NO, None),
            },
        }
    }

    /// How many elements a list has.
    pub(super) fn length(&mut self, list: ListId) -> Interval {
        match &self.world.lists[list.index()] {
            ListState::Rows { len, .. } => number_of(count(*len)),
            ListState::Absent => {
                let any = Interval::at_least(Ratio::zero(), true);
                match self.rests_on.length_of(list) {
                    // What was learnt of it is learnt of the expression that counts its elements.
                    Some(length) => self.untraced(|inner| {
                        let shape = inner.policy.exprs.get(length).shape;
                        let raw = Known::Number(any);
                        number_of(inner.narrowed(super::interpreter::Key::Shape(shape), raw))
                    }),
                    None => any,
                }
            }
        }
    }

    /// Of a list that is absent: any number of elements, each of which may be any.
    fn of_absent(
        &mut self,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
        ty: Type,
    ) -> Known {
        let length = self.length(list);
        self.show_list(list, &Known::Number(length.clone()));
        if length.value().is_none_or(|length| !length.is_zero()) {
            self.noted.push(Noted::Place(MissingPlace::List(list)));
        }
        let mark = self.noted.len();
        let (counts, value) =
            self.untraced(|inner| inner.in_row(list, Row::Any, |inner| inner.element(filter, of)));
        self.noted.truncate(mark);
        let counted = if counts.fails() {
            Interval::point(Ratio::zero())
        } else if counts.holds() {
            length
        } else {
            Interval { low: End::Included(Ratio::zero()), ..length }
        };
        let one = Known::Number(Interval::point(Ratio::one()));
        let some = compare(CompareOp::Ge, &Known::Number(counted.clone()), &one);
        let property = value.as_ref().map_or(Truth::YES, truth_of);
        let exists = some.and(property);
        match kind {
            Aggregate::Count => Known::Number(counted),
            Aggregate::Sum => match value {
                Some(value) => Known::Number(counted.mul(&number_of(value))),
                None => Known::Number(Interval::point(Ratio::zero())),
            },
            Aggregate::Greatest | Aggregate::Least => value.unwrap_or_else(|| self.policy.domain_of(ty)),
            Aggregate::All => Known::Truth(!some.and(!property)),
            Aggregate::Exists => Known::Truth(exists),
            Aggregate::None => Known::Truth(!exists),
        }
    }
}

fn count(len: usize) -> Known {
    Known::Number(Interval::point(Ratio::from(i64::try_from(len).unwrap_or(i64::MAX))))
}

/// What the elements seen so far come to.
struct Total {
    kind: Aggregate,
    /// How many certainly count, how many may.
    sure: usize,
    possible: usize,
    sum: Interval,
    /// Of the elements that may count, and whether none of them may.
    extreme: Option<(Known, bool)>,
    /// Whether all have the property, whether one has.
    all: Truth,
    any: Truth,
}

impl Total {
    fn new(kind: Aggregate) -> Total {
        let zero = Interval::point(Ratio::zero());
        Total { kind, sure: 0, possible: 0, sum: zero, extreme: None, all: Truth::YES, any: Truth::NO }
    }

    fn add(&mut self, counts: Truth, value: Option<Known>) {
        if counts.fails() {
            return;
        }
        match self.kind {
            Aggregate::Count => {
                self.sure += usize::from(counts.holds());
                self.possible += 1;
            }
            Aggregate::Sum => {
                if let Some(value) = value {
                    let value = number_of(value);
                    let zero = || Interval::point(Ratio::zero());
                    let value = if counts.holds() { value } else { value.union(&zero()) };
                    self.sum = self.sum.add(&value);
                }
            }
            Aggregate::Greatest | Aggregate::Least => {
                if let Some(value) = value {
                    self.add_extreme(counts, value);
                }
            }
            Aggregate::All | Aggregate::Exists | Aggregate::None => {
                let property = value.as_ref().map_or(Truth::YES, truth_of);
                self.all = self.all.and((!counts).or(property));
                self.any = self.any.or(counts.and(property));
            }
        }
    }

    fn add_extreme(&mut self, counts: Truth, value: Known) {
        let greatest = self.kind == Aggregate::Greatest;
        self.extreme = Some(match self.extreme.take() {
            None => (value, !counts.holds()),
            Some((so_far, maybe_none)) => {
                let mut both = extreme(greatest, &so_far, &value);
                if !counts.holds() {
                    both = both.union(&so_far);
                }
                if maybe_none {
                    both = both.union(&value);
                }
                (both, maybe_none && !counts.holds())
            }
        });
    }

    /// Whether no other element can change it.
    fn is_settled(&self) -> bool {
        match self.kind {
            Aggregate::Count | Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => false,
            Aggregate::All => self.all.fails(),
            Aggregate::Exists | Aggregate::None => self.any.holds(),
        }
    }

    /// `None` for the greatest or least of nothing.
    fn done(self) -> Option<Known> {
        Some(match self.kind {
            Aggregate::Count => {
                let (Known::Number(sure), Known::Number(possible)) = (count(self.sure), count(self.possible))
                else {
                    return None;
                };
                Known::Number(sure.union(&possible))
            }
            Aggregate::Sum => Known::Number(self.sum),
            Aggregate::Greatest | Aggregate::Least => return self.extreme.map(|(known, _)| known),
            Aggregate::All => Known::Truth(self.all),
            Aggregate::Exists => Known::Truth(self.any),
            Aggregate::None => Known::Truth(!self.any),
        })
    }
}
