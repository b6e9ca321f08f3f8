//! Works out the nodes of a program over the dossiers of a batch, a node for all of them at a time.
//!
//! Nodes are read of the rows for which the plain evaluator would read them, no other: where it gives a dossier up,
//! its row is lost here. What has no way of its own here is worked out row by row by the plain evaluator.

use super::batch::{Batch, Row};
use super::bits::Bits;
use super::items::Told;
use super::values::{Col, Days, Kept, Picks};
use crate::dossier::NOTHING;
use crate::eval::plain::program::{At, Node, Program, UnitAt};
use crate::eval::plain::run::{self, Run};
use crate::eval::plain::sorts::Pick;
use crate::policy::{ListId, ReadingId};
use crate::time::Date;

/// What was worked out so far of a batch.
pub(super) struct Wide<'a> {
    pub program: &'a Program,
    pub batch: &'a Batch,
    /// The date of examination.
    pub today: Date,
    /// The readings that are retained for all.
    pub retained: &'a [(ReadingId, u16)],
    /// The dossiers that are left to others.
    pub lost: Bits,
    /// By reading: the dossiers that settle it, and how.
    pub readings: Vec<(Bits, Vec<u8>)>,
    /// The list whose elements are the rows; dossiers are, where there is none.
    pub list: Option<ListId>,
    /// By unit: the rows of which it was worked out.
    units: Vec<Option<(Bits, Kept<'a>)>>,
    /// By rank in the order of a decision.
    pub items: Vec<Option<Told<'a>>>,
}

impl<'a> Wide<'a> {
    /// Ready to decide: readings are settled as each dossier and the command do.
    pub fn new(
        program: &'a Program,
        batch: &'a Batch,
        today: Date,
        retained: &'a [(ReadingId, u16)],
    ) -> Self {
        let rows = batch.rows;
        let own = |options: &Vec<u8>| (Bits::of(rows, |row| options[row] != NOTHING), options.clone());
        let mut wide = Wide {
            program,
            batch,
            today,
            retained,
            lost: batch.out.clone(),
            readings: batch.readings.iter().map(own).collect(),
            list: None,
            units: vec![None; program.units as usize],
            items: (0..program.items.len()).map(|_| None).collect(),
        };
        for (reading, option) in retained {
            let Some((settled, options)) = wide.readings.get_mut(reading.index()) else { continue };
            let Ok(option) = u8::try_from(*option) else {
                wide.lost = Bits::all(rows);
                return wide;
            };
            wide.lost.join(&Bits::of(rows, |row| settled.has(row) && options[row] != option));
            *settled = Bits::all(rows);
            options.fill(option);
        }
        wide
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.list.map_or(self.batch.rows, |list| self.batch.lists[list.index()].parents.len())
    }

    /// Leaves the dossiers of some rows to others.
    pub fn lose(&mut self, rows: &Bits) {
        match self.list {
            None => self.lost.join(rows),
            Some(list) => {
                let parents = &self.batch.lists[list.index()].parents;
                rows.rows().for_each(|element| self.lost.add(parents[element] as usize));
            }
        }
    }

    /// Nothing, of rows that are all lost.
    pub fn none_of<S: Col<'a>>(&mut self, rows: &Bits) -> S {
        self.lose(rows);
        S::nothing(self.len())
    }

    /// The values of a node.
    pub fn value<S: Col<'a>>(&mut self, at: At, rows: &Bits) -> S {
        self.of(self.program.node(at), rows)
    }

    /// The values of a node that was looked up.
    pub fn of<S: Col<'a>>(&mut self, node: &'a Node, rows: &Bits) -> S {
        if rows.is_empty() {
            return S::nothing(self.len());
        }
        let (program, batch) = (self.program, self.batch);
        match node {
            Node::Fact(fact) => {
                self.at_dossiers(rows, |run, rows| S::held(run, &batch.facts[fact.index()], rows))
            }
            Node::Field { list, rank } if self.list == Some(*list) => {
                S::held(self, &batch.lists[list.index()].fields[*rank as usize], rows)
            }
            Node::Definition(unit, body) => {
                self.at_dossiers(rows, |run, rows| run.unit(*unit, rows, |run, rows| run.value(*body, rows)))
            }
            Node::OfElement { unit, list, body } if self.list == Some(*list) => {
                self.unit(*unit, rows, |run, rows| run.value(*body, rows))
            }
            Node::Parameter { parameter, at } => self.parameter(*parameter, *at, rows),
            Node::Cases { lines, otherwise } => {
                let lines = program.operands(*lines).chunks_exact(2);
                let (mut all, mut left) = (S::nothing(self.len()), rows.clone());
                for line in lines {
                    let here: Bits = self.value(line[0], &left);
                    self.put(&mut all, line[1], &here);
                    left = left.without(&here);
                }
                self.put_last(&mut all, *otherwise, &left);
                all
            }
            Node::Scale(scale) => match self.bands(*scale, rows) {
                None => self.by_row(node, rows),
                Some((bands, left)) => {
                    let mut all = S::nothing(self.len());
                    for (here, value) in &bands {
                        self.put(&mut all, *value, here);
                    }
                    self.lose(&left);
                    all
                }
            },
            Node::Aggregate(rank) => {
                let aggregate = &program.aggregates[*rank as usize];
                match aggregate.unit {
                    None => self.by_row(node, rows),
                    Some(unit) => self.at_dossiers(rows, |run, rows| {
                        run.unit(unit, rows, |run, rows| run.aggregate(aggregate, node, rows))
                    }),
                }
            }
            node => S::own(self, node, rows),
        }
    }

    /// Puts the values of a node at some rows.
    pub fn put<S: Col<'a>>(&mut self, all: &mut S, at: At, rows: &Bits) {
        if !rows.is_empty() {
            let own = self.value::<S>(at, rows);
            all.join(own, rows, self.len());
        }
    }

    /// Puts those of what is left at the end; where nothing is, the rows are lost.
    pub fn put_last<S: Col<'a>>(&mut self, all: &mut S, at: Option<At>, rows: &Bits) {
        match at {
            Some(at) => self.put(all, at, rows),
            None => self.lose(rows),
        }
    }

    /// What is the same for all elements of a dossier is worked out of dossiers.
    pub fn at_dossiers<S: Col<'a>>(&mut self, rows: &Bits, f: impl FnOnce(&mut Self, &Bits) -> S) -> S {
        let Some(list) = self.list.take() else { return f(self, rows) };
        let parents = &self.batch.lists[list.index()].parents;
        let mut dossiers = Bits::none(self.batch.rows);
        rows.rows().for_each(|element| dossiers.add(parents[element] as usize));
        let own = f(self, &dossiers);
        self.list = Some(list);
        own.spread(parents).within(rows)
    }

    /// What a unit is worth: worked out of each row the first time that it is read.
    pub fn unit<S: Col<'a>>(
        &mut self,
        unit: UnitAt,
        rows: &Bits,
        work_out: impl FnOnce(&mut Self, &Bits) -> S,
    ) -> S {
        let before = self.units[unit.0 as usize].take();
        let before = before.and_then(|(done, kept)| Some((done, S::kept(kept)?)));
        let (done, own) = match before {
            None => (rows.clone(), work_out(self, rows)),
            Some((mut done, mut own)) => {
                let todo = rows.without(&done);
                if !todo.is_empty() {
                    let more = work_out(self, &todo);
                    own.join(more, &todo, self.len());
                    done.join(&todo);
                }
                (done, own)
            }
        };
        self.units[unit.0 as usize] = Some((done, own.clone().keep()));
        own.within(rows)
    }

    /// The options that readings are settled by.
    pub fn reading(&mut self, reading: ReadingId, rows: &Bits) -> Picks<'a> {
        let (settled, options) = &self.readings[reading.index()];
        let (open, options) = (rows.without(settled), options.clone());
        self.lose(&open);
        Picks::Each(options.into())
    }

    /// The values of a parameter at dates.
    fn parameter<S: Col<'a>>(&mut self, parameter: u32, at: At, rows: &Bits) -> S {
        let periods = &self.program.parameters[parameter as usize];
        let days: Days<'a> = self.value(at, rows);
        if let Days::One(date) = days {
            return match periods.iter().find(|period| period.contains(date)) {
                Some(period) => self.value(period.value, rows),
                None => self.none_of(rows),
            };
        }
        let (mut all, mut left) = (S::nothing(self.len()), rows.clone());
        if let Days::Each(on, later) = &days {
            left = left.without(later);
            self.lose(&rows.and(later));
            for period in periods {
                let here = Bits::of(on.len(), |row| period.contains(on[row])).and(&left);
                self.put(&mut all, period.value, &here);
                left = left.without(&here);
            }
        }
        self.lose(&left);
        all
    }

    /// The values of a node, row by row; rows of which the plain evaluator makes nothing are lost.
    pub fn by_row<S: Col<'a>>(&mut self, node: &'a Node, rows: &Bits) -> S {
        let mut values: Vec<(usize, S::One)> = Vec::new();
        let mut lost = Bits::none(self.len());
        for row in rows.rows() {
            let (dossier, element) = self.place(row);
            let answers = Row { batch: self.batch, row: dossier };
            let mut kept = vec![run::Kept::NOTHING; self.program.kept()];
            let mut run = Run::new(self.program, &answers, self.today, &mut kept);
            if let Some((list, element)) = element {
                run.turn(list, element);
            }
            match run.settle(self.retained).and_then(|()| run.of::<S::One>(node)) {
                Some(value) => values.push((row, value)),
                None => lost.add(row),
            }
        }
        self.lose(&lost);
        S::each(self.len(), values.into_iter())
    }

    /// The dossier of a row, and the element that is in turn.
    fn place(&self, row: usize) -> (usize, Option<(ListId, u32)>) {
        let Some(list) = self.list else { return (row, None) };
        let held = &self.batch.lists[list.index()];
        let dossier = held.parents[row] as usize;
        let element = row - held.bounds(dossier).0;
        (dossier, Some((list, u32::try_from(element).unwrap_or(u32::MAX))))
    }

    /// Whether options are among some, as bits.
    pub fn options(&self, picks: &Picks<'a>, options: u64) -> Bits {
        match picks {
            Picks::One(option) if Pick(*option).is_in(options) => Bits::all(self.len()),
            Picks::One(_) => Bits::none(self.len()),
            Picks::Each(own) => Bits::among(own, options),
        }
    }
}
