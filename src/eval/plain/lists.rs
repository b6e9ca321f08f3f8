//! Aggregates and ranks over the elements of a list.

use super::answers::Answers;
use super::program::{Aggregate, At, Rank, Share, Sort};
use super::run::{Run, count};
use super::sorts::{Day, Of, Pick, Plain};
use crate::number::share::{Claim, share};
use crate::number::{Ratio, Small};
use crate::policy::ListId;
use crate::syntax::tree;
use crate::time::covered;

impl<'a, A: Answers> Run<'a, '_, A> {
    /// An aggregate; `None` where its list is absent.
    pub fn aggregate<S: Of<'a>>(&mut self, aggregate: &'a Aggregate) -> Option<S> {
        let len = count(self.answers.len(aggregate.list)?)?;
        self.through(aggregate.list, |run| run.over(aggregate, len))
    }

    /// Runs `f`, which turns to the elements of a list: another aggregate over it may be under way around this one.
    fn through<R>(&mut self, list: ListId, f: impl FnOnce(&mut Self) -> R) -> R {
        let row = self.row(list);
        let around = self.around.get_mut(list.index()).map(|own| std::mem::replace(own, row));
        let result = f(self);
        if let (Some(own), Some(around)) = (self.around.get_mut(list.index()), around) {
            *own = around;
        }
        self.turn(list, row);
        result
    }

    /// How many days are of the period of one element of a list at least.
    pub fn covered(&mut self, rank: u32) -> Option<Small> {
        let program = self.program;
        let declared = program.covers.get(rank as usize)?;
        let len = count(self.answers.len(declared.list)?)?;
        let periods = self.through(declared.list, |run| {
            let mut periods = Vec::new();
            for row in 0..len {
                run.turn(declared.list, row);
                let counts = match declared.filter {
                    Some(filter) => run.get(filter)?,
                    None => true,
                };
                if counts {
                    periods.push((run.date(declared.first)?.days(), run.date(declared.last)?.days()));
                }
            }
            Some(periods)
        });
        Some(covered(periods?).into())
    }

    /// A value of the element around the one in turn.
    pub fn of_around<S: Of<'a>>(&mut self, list: ListId, of: At) -> Option<S> {
        let row = self.row(list);
        let around = *self.around.get(list.index())?;
        self.turn(list, around);
        let value = self.get(of);
        self.turn(list, row);
        value
    }

    fn over<S: Of<'a>>(&mut self, aggregate: &'a Aggregate, len: u32) -> Option<S> {
        match aggregate.kind {
            tree::Aggregate::Count => {
                let counted = match aggregate.filter {
                    None => len,
                    Some(_) => match self.by_columns(aggregate, len, None) {
                        Some(counted) => counted,
                        None => self.one_by_one(aggregate, len)?,
                    },
                };
                S::of_plain(Plain::Number(i64::from(counted).into()))
            }
            tree::Aggregate::Sum => {
                let of = aggregate.of?;
                let mut sum = Small::ZERO;
                let mut add = |run: &mut Self, row: u32| {
                    run.turn(aggregate.list, row);
                    sum = sum.checked_add(run.get(of)?)?;
                    Some(())
                };
                if self.by_columns(aggregate, len, Some(&mut add)).is_none() {
                    sum = Small::ZERO;
                    for row in 0..len {
                        if self.counts(aggregate, row)? {
                            sum = sum.checked_add(self.get(of)?)?;
                        }
                    }
                }
                S::of_plain(Plain::Number(sum))
            }
            tree::Aggregate::Greatest | tree::Aggregate::Least => {
                let greatest = aggregate.kind == tree::Aggregate::Greatest;
                let mut best: Option<S> = None;
                for row in 0..len {
                    if self.counts(aggregate, row)? {
                        let next = self.get(aggregate.of?)?;
                        best = Some(self.extreme(greatest, best, next)?);
                    }
                }
                best
            }
            tree::Aggregate::All => self.some(aggregate, len, false).and_then(|some| of_truth(!some)),
            tree::Aggregate::Exists => self.some(aggregate, len, true).and_then(of_truth),
            tree::Aggregate::None => self.some(aggregate, len, true).and_then(|some| of_truth(!some)),
        }
    }

    /// How many elements count.
    fn one_by_one(&mut self, aggregate: &'a Aggregate, len: u32) -> Option<u32> {
        let mut counted = 0;
        for row in 0..len {
            counted += u32::from(self.counts(aggregate, row)?);
        }
        Some(counted)
    }

    /// Turns to an element; whether it counts.
    fn counts(&mut self, aggregate: &'a Aggregate, row: u32) -> Option<bool> {
        self.turn(aggregate.list, row);
        match aggregate.filter {
            Some(filter) => self.get(filter),
            None => Some(true),
        }
    }

    /// Whether the property of some element that counts comes to a truth.
    fn some(&mut self, aggregate: &'a Aggregate, len: u32, truth: bool) -> Option<bool> {
        for row in 0..len {
            if self.counts(aggregate, row)? {
                let property = match aggregate.of {
                    Some(of) => self.get(of)?,
                    None => true,
                };
                if property == truth {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// The rank of the element in turn: 1 + how many elements stand before it.
    pub fn rank(&mut self, rank: u32) -> Option<Small> {
        let program = self.program;
        let declared = program.ranks.get(rank as usize)?;
        let row = self.row(declared.list);
        if self.ranks.get(rank as usize)?.is_none() {
            let table = match declared.sort {
                Sort::Number => self.table::<Small, Small>(declared, Some)?,
                Sort::Day => self.table::<Day, _>(declared, |day| match day {
                    Day::On(date) => Some(date),
                    Day::Later => None,
                })?,
                Sort::Pick => self.table::<Pick, _>(declared, |Pick(option)| Some(option))?,
                Sort::Truth | Sort::Word => return None,
            };
            *self.ranks.get_mut(rank as usize)? = Some(table);
            self.turn(declared.list, row);
        }
        let table = self.ranks.get(rank as usize)?.as_ref()?;
        Some(i64::from(*table.get(row as usize)?).into())
    }

    /// The rank of every element, in order.
    fn table<S: Of<'a>, O: Ord>(
        &mut self,
        declared: &'a Rank,
        as_ordered: fn(S) -> Option<O>,
    ) -> Option<Box<[u32]>> {
        let len = count(self.answers.len(declared.list)?)?;
        let mut values: Vec<(O, u32, bool)> = Vec::with_capacity(len as usize);
        for row in 0..len {
            self.turn(declared.list, row);
            let counts = match declared.filter {
                Some(filter) => self.get(filter)?,
                None => true,
            };
            values.push((as_ordered(self.get(declared.by)?)?, row, counts));
        }
        values.sort_unstable();
        let mut table = vec![0; len as usize];
        let mut before: Option<&O> = None;
        let (mut own, mut next) = (1, 1);
        for (value, row, counts) in &values {
            if declared.in_order || before != Some(value) {
                own = next;
            }
            before = Some(value);
            *table.get_mut(*row as usize)? = own;
            next += u32::from(*counts);
        }
        Some(table.into())
    }
}

impl<'a, A: Answers> Run<'a, '_, A> {
    /// What the element in turn gets of an envelope.
    pub fn share(&mut self, rank: u32) -> Option<Small> {
        let program = self.program;
        let declared = program.shares.get(rank as usize)?;
        let row = self.row(declared.list);
        if self.shares.get(rank as usize)?.is_none() {
            let table = self.shared_out(declared)?;
            *self.shares.get_mut(rank as usize)? = Some(table);
            self.turn(declared.list, row);
        }
        self.shares.get(rank as usize)?.as_ref()?.get(row as usize).copied()
    }

    fn shared_out(&mut self, declared: &'a Share) -> Option<Box<[Small]>> {
        let len = count(self.answers.len(declared.list)?)?;
        let envelope = self.get::<Small>(declared.envelope)?.to_ratio();
        let mut claims = Vec::with_capacity(len as usize);
        for row in 0..len {
            self.turn(declared.list, row);
            let nothing = Claim { weight: Ratio::zero(), cap: None, order: Ratio::zero() };
            let shares = match declared.filter {
                Some(filter) => self.get(filter)?,
                None => true,
            };
            claims.push(if shares { self.claim(declared)? } else { nothing });
        }
        share(&envelope, &claims, &declared.how)?.of.iter().map(Small::of).collect()
    }

    fn claim(&mut self, declared: &'a Share) -> Option<Claim> {
        let weight = match declared.weight {
            Some(weight) => self.get::<Small>(weight)?.to_ratio(),
            None => Ratio::one(),
        };
        let cap = match declared.cap {
            Some(cap) => Some(self.get::<Small>(cap)?.to_ratio()),
            None => None,
        };
        let order = match declared.order {
            None => Ratio::zero(),
            Some((by, sort, descending)) => {
                let order = match sort {
                    Sort::Number => self.get::<Small>(by)?.to_ratio(),
                    Sort::Day => match self.get::<Day>(by)? {
                        Day::On(date) => Ratio::from(date.days()),
                        Day::Later => return None,
                    },
                    Sort::Pick => Ratio::from(i64::from(self.get::<Pick>(by)?.0)),
                    Sort::Truth | Sort::Word => return None,
                };
                if descending { order.neg() } else { order }
            }
        };
        Some(Claim { weight, cap, order })
    }
}

fn of_truth<'a, S: Of<'a>>(truth: bool) -> Option<S> {
    S::of_plain(Plain::Truth(truth))
}
