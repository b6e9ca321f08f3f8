//! Aggregates and ranks over the elements of a list.

use super::answers::Answers;
use super::program::{Aggregate, Sort};
use super::run::Run;
use super::sorts::{Day, Of, Pick, Plain};
use crate::number::Ratio;
use crate::syntax::tree;

impl<'a, A: Answers> Run<'a, A> {
    /// An aggregate; `None` where its list is absent.
    pub fn aggregate<S: Of<'a>>(&mut self, aggregate: &'a Aggregate) -> Option<S> {
        let len = self.answers.len(aggregate.list)?;
        // Another aggregate over the same list may be under way around this one.
        let around = self.rows[aggregate.list.index()];
        let result = self.over(aggregate, len);
        self.rows[aggregate.list.index()] = around;
        result
    }

    fn over<S: Of<'a>>(&mut self, aggregate: &'a Aggregate, len: usize) -> Option<S> {
        match aggregate.kind {
            tree::Aggregate::Count => {
                let mut count = 0;
                match aggregate.filter {
                    None => count = len,
                    Some(_) => {
                        for row in 0..len {
                            count += usize::from(self.counts(aggregate, row)?);
                        }
                    }
                }
                let count = Ratio::from(i64::try_from(count).ok()?);
                S::of_plain(&Plain::Number(count))
            }
            tree::Aggregate::Sum => {
                let mut sum = Ratio::zero();
                for row in 0..len {
                    if self.counts(aggregate, row)?
                        && let Some(of) = aggregate.of
                    {
                        sum = sum.add(&self.get(of)?);
                    }
                }
                S::of_plain(&Plain::Number(sum))
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

    /// Turns to an element; whether it counts.
    fn counts(&mut self, aggregate: &'a Aggregate, row: usize) -> Option<bool> {
        self.rows[aggregate.list.index()] = row;
        match aggregate.filter {
            Some(filter) => self.get(filter),
            None => Some(true),
        }
    }

    /// Whether the property of some element that counts comes to a truth.
    fn some(&mut self, aggregate: &'a Aggregate, len: usize, truth: bool) -> Option<bool> {
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

    /// The rank of the element in turn: 1 + how many elements have a lesser value.
    pub fn rank(&mut self, rank: u32) -> Option<Ratio> {
        let program = self.program;
        let declared = program.ranks.get(rank as usize)?;
        let row = self.rows[declared.list.index()];
        if self.ranks.get(rank as usize)?.is_none() {
            let len = self.answers.len(declared.list)?;
            let table = match declared.sort {
                Sort::Number => self.table::<Ratio, Ratio>(rank, len, Some)?,
                Sort::Day => self.table::<Day, _>(rank, len, |day| match day {
                    Day::On(date) => Some(date),
                    Day::Later => None,
                })?,
                Sort::Pick => self.table::<Pick, _>(rank, len, |Pick(option)| Some(option))?,
                Sort::Truth | Sort::Word => return None,
            };
            *self.ranks.get_mut(rank as usize)? = Some(table);
            self.rows[declared.list.index()] = row;
        }
        let table = self.ranks.get(rank as usize)?.as_ref()?;
        Some(i64::from(*table.get(row)?).into())
    }

    /// The rank of every element, in order.
    fn table<S: Of<'a>, O: Ord>(
        &mut self,
        rank: u32,
        len: usize,
        as_ordered: fn(S) -> Option<O>,
    ) -> Option<Box<[u32]>> {
        let declared = self.program.ranks.get(rank as usize)?;
        let mut values: Vec<(O, usize)> = Vec::with_capacity(len);
        for row in 0..len {
            self.rows[declared.list.index()] = row;
            values.push((as_ordered(self.get(declared.by)?)?, row));
        }
        values.sort_unstable();
        let mut table = vec![0; len];
        let mut lesser = 0;
        for (place, (value, row)) in values.iter().enumerate() {
            if place > 0 && values[place - 1].0 != *value {
                lesser = place;
            }
            table[*row] = u32::try_from(lesser + 1).ok()?;
        }
        Some(table.into())
    }
}

fn of_truth<'a, S: Of<'a>>(truth: bool) -> Option<S> {
    S::of_plain(&Plain::Truth(truth))
}
