//! Aggregates over the elements of a list.

use foldhash::HashMap;

use super::arithmetic::extreme;
use super::context::Row;
use super::interpreter::{Evaluator, number_of, truth_of};
use super::reads::{Noted, OfAlike};
use super::trace::Told;
use crate::decision::MissingPlace;
use crate::eval::world::ListState;
use crate::eval::world::rows::{Classes, Rows};
use crate::known::{End, Interval, IntervalSum, Known, Truth, compare};
use crate::number::Ratio;
use crate::policy::{ExprId, ListId, Type};
use crate::syntax::tree::{Aggregate, CompareOp};

impl<'a> Evaluator<'a> {
    /// The value of an aggregate.
    pub(in crate::eval) fn aggregate(
        &mut self,
        expr: ExprId,
        kind: Aggregate,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> Known {
        let (world, ty) = (self.world, self.policy.exprs.get(expr).ty);
        let rows = match &world.lists[list.index()] {
            ListState::Absent => return self.of_absent(kind, list, filter, of, ty),
            ListState::Rows(rows) => rows,
        };
        if filter.is_none() && of.is_none() {
            let length = count(rows.len());
            self.show_list(list, &length);
            return length;
        }
        let total = match self.classes(rows, list, expr) {
            Some(classes) => self.of_classes(classes, Total::new(kind), list, filter, of),
            None => {
                let first_of = self.alike(rows, list, expr);
                self.of_each(rows.len(), &first_of, Total::new(kind), list, (filter, of))
            }
        };
        match total.kind {
            Aggregate::Sum => {
                let sum = total.sum.total(self.most_bits(expr));
                Known::Number(self.bounded(expr, total.sum.is_exact(), sum))
            }
            Aggregate::Count
            | Aggregate::Greatest
            | Aggregate::Least
            | Aggregate::All
            | Aggregate::Exists
            | Aggregate::None => total.done().unwrap_or_else(|| self.policy.domain_of(ty)),
        }
    }

    /// The elements that an aggregate does not tell apart; `None` where each is gone through: because it
    /// matters which it is, or because an explanation shows them all.
    pub(in crate::eval) fn classes<'r>(
        &self,
        rows: &'r Rows,
        list: ListId,
        expr: ExprId,
    ) -> Option<&'r Classes> {
        if self.is_traced() { None } else { self.told_apart(rows, list, expr) }
    }

    fn told_apart<'r>(&self, rows: &'r Rows, list: ListId, expr: ExprId) -> Option<&'r Classes> {
        if self.one_by_one {
            return None;
        }
        let set = self.rests_on.element_set(self.rests_on.unit_of(self.policy, expr)?)?;
        rows.classes(self.policy, list, set)
    }

    /// By element that is gone through to be told: the first of those that the aggregate does not tell apart from
    /// it, where there are several; nothing where each is worked out.
    fn alike(&self, rows: &Rows, list: ListId, expr: ExprId) -> Vec<Option<u32>> {
        // Inside an element of the same list, what is told of both could not be told apart.
        if !self.is_traced() || self.rows[list.index()].is_some() {
            return Vec::new();
        }
        let Some(classes) = self.told_apart(rows, list, expr) else { return Vec::new() };
        let mut first_of = vec![None; rows.len()];
        for elements in classes.iter().filter(|elements| elements.len() > 1) {
            for element in elements {
                if let Some(of) = first_of.get_mut(*element as usize) {
                    *of = elements.first().copied();
                }
            }
        }
        first_of
    }

    /// Goes through each element; `first_of` says which one each is told like.
    fn of_each(
        &mut self,
        len: usize,
        first_of: &[Option<u32>],
        mut total: Total,
        list: ListId,
        (filter, of): (Option<ExprId>, Option<ExprId>),
    ) -> Total {
        let mut told: HashMap<u32, (Told, Truth, Option<Known>)> = HashMap::default();
        for row in 0..u32::try_from(len).unwrap_or(u32::MAX) {
            let first = first_of.get(row as usize).copied().flatten();
            if let Some((steps, counts, value)) = first.and_then(|first| told.get(&first)) {
                self.tell_again(steps, row);
                total.add(*counts, value.clone(), 1);
                continue;
            }
            let (mark, budget) = (self.told_so_far(), self.budget);
            let (counts, value) = self.in_row(list, Row::At(row), |inner| inner.element(filter, of));
            if first == Some(row)
                && budget == self.budget
                && let Some(steps) = self.told_of(mark, list, row)
            {
                told.insert(row, (steps, counts, value.clone()));
            }
            total.add(counts, value, 1);
            if total.is_settled() && !self.is_traced() {
                break;
            }
        }
        total
    }

    /// One element of each class stands for the others.
    fn of_classes(
        &mut self,
        classes: &'a Classes,
        mut total: Total,
        list: ListId,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> Total {
        for elements in classes.iter() {
            let Some(first) = elements.first() else { continue };
            let mark = self.noted.len();
            let (counts, value) = self.in_row(list, Row::At(*first), |inner| inner.element(filter, of));
            if elements.len() > 1 && self.noted.len() > mark {
                let noted: Box<[Noted]> = self.noted.drain(mark..).collect();
                let rank = u32::try_from(self.of_alike.len()).unwrap_or(u32::MAX);
                self.of_alike.push(OfAlike { list, elements, noted });
                self.noted.push(Noted::OfAlike(rank));
            }
            total.add(counts, value, elements.len());
            if total.is_settled() {
                break;
            }
        }
        total
    }

    /// Whether an element counts, and what is read of it where it does.
    pub(in crate::eval) fn element(
        &mut self,
        filter: Option<ExprId>,
        of: Option<ExprId>,
    ) -> (Truth, Option<Known>) {
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
            ListState::Rows(rows) => number_of(count(rows.len())),
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
    sum: IntervalSum,
    /// Of the elements that may count, and whether none of them may.
    extreme: Option<(Known, bool)>,
    /// Whether all have the property, whether one has.
    all: Truth,
    any: Truth,
}

impl Total {
    fn new(kind: Aggregate) -> Total {
        let sum = IntervalSum::default();
        Total { kind, sure: 0, possible: 0, sum, extreme: None, all: Truth::YES, any: Truth::NO }
    }

    /// Adds so many elements that come to the same.
    fn add(&mut self, counts: Truth, value: Option<Known>, times: usize) {
        if counts.fails() {
            return;
        }
        match self.kind {
            Aggregate::Count => {
                self.sure += if counts.holds() { times } else { 0 };
                self.possible += times;
            }
            Aggregate::Sum => {
                if let Some(value) = value {
                    let value = number_of(value);
                    let zero = || Interval::point(Ratio::zero());
                    let value = if counts.holds() { value } else { value.union(&zero()) };
                    self.sum.add(&value, times);
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

    /// What they come to, but for a sum; `None` for the greatest or least of nothing.
    fn done(self) -> Option<Known> {
        Some(match self.kind {
            Aggregate::Count => {
                let (Known::Number(sure), Known::Number(possible)) = (count(self.sure), count(self.possible))
                else {
                    return None;
                };
                Known::Number(sure.union(&possible))
            }
            Aggregate::Sum => return None,
            Aggregate::Greatest | Aggregate::Least => return self.extreme.map(|(known, _)| known),
            Aggregate::All => Known::Truth(self.all),
            Aggregate::Exists => Known::Truth(self.any),
            Aggregate::None => Known::Truth(!self.any),
        })
    }
}
