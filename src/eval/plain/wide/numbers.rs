//! Numbers and days over rows.

use std::borrow::Cow;

use super::bits::Bits;
use super::run::Wide;
use super::values::{Col, Days, Nums};
use crate::eval::plain::program::{Aggregate, At, Node};
use crate::eval::plain::sorts::Day;
use crate::number::Small;
use crate::syntax::tree;

/// Operations on two machine integers, and whether the result has no place.
type Whole = fn(i64, i64) -> (i64, bool);

impl<'a> Wide<'a> {
    /// The values of a node that only numbers have.
    pub fn number(&mut self, node: &'a Node, rows: &Bits) -> Nums<'a> {
        match node {
            Node::Number(number) => Nums::One(*number),
            Node::Add(a, b) => self.combined(*a, *b, rows, Some(i64::overflowing_add), Small::checked_add),
            Node::Sub(a, b) => self.combined(*a, *b, rows, Some(i64::overflowing_sub), Small::checked_sub),
            Node::Mul(a, b) => self.product(*a, *b, rows),
            Node::Div(a, b) => self.combined(*a, *b, rows, None, Small::checked_div),
            Node::Negate(a) => {
                let own: Nums<'a> = self.value(*a, rows);
                self.one_by_one(rows, |row| own.at(row).checked_neg())
            }
            Node::Scaled { base, rate, decrease } => {
                let (base, rate): (Nums<'a>, Nums<'a>) = (self.value(*base, rows), self.value(*rate, rows));
                self.one_by_one(rows, |row| {
                    let rate = rate.at(row);
                    let by =
                        if *decrease { Small::ONE.checked_sub(rate) } else { Small::ONE.checked_add(rate) };
                    base.at(row).checked_mul(by?)
                })
            }
            Node::Extremum { greatest, of } => {
                let mut best: Option<Nums<'a>> = None;
                for at in self.program.operands(*of) {
                    let next: Nums<'a> = self.value(*at, rows);
                    best = Some(match best {
                        None => next,
                        Some(best) => self.one_by_one(rows, |row| {
                            let (best, next) = (best.at(row), next.at(row));
                            Some(if *greatest { best.max(next) } else { best.min(next) })
                        }),
                    });
                }
                best.unwrap_or_else(|| self.none_of(rows))
            }
            Node::DaysBetween(to, from) => {
                let (to, from): (Days<'a>, Days<'a>) = (self.value(*to, rows), self.value(*from, rows));
                self.one_by_one(rows, |row| match (from.at(row), to.at(row)) {
                    (Day::On(from), Day::On(to)) => Some(from.days_until(to).into()),
                    (Day::Later, _) | (_, Day::Later) => None,
                })
            }
            Node::Elapsed { from, to, unit } => {
                let (to, from): (Days<'a>, Days<'a>) = (self.value(*to, rows), self.value(*from, rows));
                self.one_by_one(rows, |row| match (from.at(row), to.at(row)) {
                    (Day::On(from), Day::On(to)) => Some(unit.between(from, to).into()),
                    (Day::Later, _) | (_, Day::Later) => None,
                })
            }
            Node::AmountOf(item) => self.at_dossiers(rows, |run, rows| run.amount_of(*item as usize, rows)),
            node => self.by_row(node, rows),
        }
    }

    /// The values of a node that only days have.
    pub fn day(&mut self, node: &'a Node, rows: &Bits) -> Days<'a> {
        match node {
            Node::Day(date) => Days::One(*date),
            Node::Today => Days::One(self.today),
            Node::Shift { date, by, days, back } => {
                let (date, by): (Days<'a>, Nums<'a>) = (self.value(*date, rows), self.value(*by, rows));
                let moved = |row: usize| {
                    let Day::On(date) = date.at(row) else { return None };
                    let by = by.at(row).to_i64()?;
                    let by = if *back { by.checked_neg()? } else { by };
                    let moved = if *days { date.plus_days(by) } else { date.plus_months(by) };
                    moved.map(Day::On)
                };
                self.one_by_one(rows, moved)
            }
            node => self.by_row(node, rows),
        }
    }

    /// What is worked out of each row; rows of which nothing is are lost.
    fn one_by_one<S: Col<'a>>(&mut self, rows: &Bits, f: impl Fn(usize) -> Option<S::One>) -> S {
        let mut lost = Bits::none(self.len());
        let own = S::each(
            self.len(),
            rows.rows().filter_map(|row| {
                let own = f(row);
                if own.is_none() {
                    lost.add(row);
                }
                Some((row, own?))
            }),
        );
        self.lose(&lost);
        own
    }

    fn combined(
        &mut self,
        a: At,
        b: At,
        rows: &Bits,
        whole: Option<Whole>,
        op: fn(Small, Small) -> Option<Small>,
    ) -> Nums<'a> {
        let (a, b): (Nums<'a>, Nums<'a>) = (self.value(a, rows), self.value(b, rows));
        let quick = match (&a, &b, whole) {
            (Nums::Over(num, den), Nums::Over(with, of), Some(whole)) if den == of => {
                Some((through(num, |row| with[row], whole), *den))
            }
            (Nums::Over(num, den), Nums::One(with), Some(whole)) => {
                with.over(*den).map(|with| (through(num, |_| with, whole), *den))
            }
            _ => None,
        };
        match quick {
            Some((Some(num), den)) => Nums::Over(Cow::Owned(num), den),
            // A number that has no place in its column may have one in lowest terms.
            Some((None, _)) | None => self.one_by_one(rows, |row| op(a.at(row), b.at(row))),
        }
    }

    fn product(&mut self, a: At, b: At, rows: &Bits) -> Nums<'a> {
        let (a, b): (Nums<'a>, Nums<'a>) = (self.value(a, rows), self.value(b, rows));
        let quick = match (&a, &b) {
            (Nums::Over(num, den), Nums::Over(with, of)) => {
                Some((through(num, |row| with[row], i64::overflowing_mul), den.checked_mul(*of)))
            }
            (Nums::Over(num, den), Nums::One(with)) | (Nums::One(with), Nums::Over(num, den)) => {
                let (with, of) = with.parts();
                Some((through(num, |_| with, i64::overflowing_mul), den.checked_mul(of)))
            }
            _ => None,
        };
        match quick {
            Some((Some(num), Some(den))) => Nums::Over(Cow::Owned(num), den),
            Some(_) | None => self.one_by_one(rows, |row| a.at(row).checked_mul(b.at(row))),
        }
    }

    /// An aggregate of dossiers, that stands at a node.
    pub fn aggregate<S: Col<'a>>(&mut self, aggregate: &'a Aggregate, node: &'a Node, rows: &Bits) -> S {
        let held = &self.batch.lists[aggregate.list.index()];
        let of = match aggregate.kind {
            tree::Aggregate::Count => None,
            tree::Aggregate::Sum => aggregate.of,
            tree::Aggregate::Greatest
            | tree::Aggregate::Least
            | tree::Aggregate::All
            | tree::Aggregate::Exists
            | tree::Aggregate::None => return self.by_row(node, rows),
        };
        self.lose(&rows.without(&held.given));
        let rows = &rows.and(&held.given);
        let elements = held.parents.len();
        let counted = match aggregate.filter {
            None => Bits::all(elements),
            Some(filter) => {
                let all = if *rows == Bits::all(self.batch.rows) {
                    Bits::all(elements)
                } else {
                    let mut all = Bits::none(elements);
                    rows.rows().map(|row| held.bounds(row)).for_each(|(from, to)| all.add_all(from, to));
                    all
                };
                self.list = Some(aggregate.list);
                let counted = self.value(filter, &all);
                self.list = None;
                counted
            }
        };
        let Some(of) = of else {
            let mut counts = vec![0; self.batch.rows];
            for row in rows.rows() {
                let (from, to) = held.bounds(row);
                counts[row] = i64::from(counted.count(from, to));
            }
            let counts = Nums::Over(Cow::Owned(counts), Small::ONE.parts().1);
            return S::kept(counts.keep()).unwrap_or_else(|| self.none_of(rows));
        };
        self.list = Some(aggregate.list);
        let terms: Nums<'a> = self.value(of, &counted);
        self.list = None;
        let sums: Nums<'a> = self.one_by_one(rows, |row| {
            let (from, to) = held.bounds(row);
            let own = (from..to).filter(|element| counted.has(*element));
            own.map(|element| terms.at(element)).try_fold(Small::ZERO, Small::checked_add)
        });
        S::kept(sums.keep()).unwrap_or_else(|| self.none_of(rows))
    }
}

/// An operation on all rows; `None` where it has no place of one.
#[inline]
fn through(num: &[i64], with: impl Fn(usize) -> i64, op: Whole) -> Option<Vec<i64>> {
    let mut over = false;
    let own = num.iter().enumerate().map(|(row, own)| {
        let (own, past) = op(*own, with(row));
        over |= past;
        own
    });
    let own = own.collect();
    (!over).then_some(own)
}
