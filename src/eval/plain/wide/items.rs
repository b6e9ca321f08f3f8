//! Items over the dossiers of a batch: their statuses, amounts and time limits.

use super::bits::Bits;
use super::run::Wide;
use super::values::{Col, Days, Nums, Picks};
use crate::decision::Status;
use crate::eval::plain::program::{At, Item, Node, Sort};
use crate::eval::plain::sorts::Day;
use crate::limits;
use crate::number::Small;
use crate::policy::{Declared, ListId};

/// What an item came to.
#[derive(Debug)]
pub(super) struct Told<'a> {
    /// By dossier.
    pub statuses: Vec<Status>,
    /// The dossiers of which it holds, read as a condition.
    holds: Bits,
    pub beside: Beside<'a>,
}

/// What an item has beside its status, where it has.
#[derive(Debug)]
pub(super) enum Beside<'a> {
    Nothing,
    /// From an amount to another.
    Paid(Bits, Nums<'a>, Nums<'a>),
    Truth(Bits, Bits),
    Pick(Bits, Picks<'a>),
    Day(Bits, Days<'a>),
    Due(Bits, Days<'a>),
}

impl<'a> Wide<'a> {
    /// Decides: every item.
    pub fn decide(&mut self) {
        self.admit();
        let program = self.program;
        for rank in program.criteria.clone().chain(0..program.items.len()) {
            self.item(rank);
        }
    }

    fn open(&self) -> Bits {
        Bits::all(self.batch.rows).without(&self.lost)
    }

    /// Leaves to others the dossiers that are not to be examined, as far as is plainly known.
    fn admit(&mut self) {
        let (program, batch) = (self.program, self.batch);
        let length = |list: &ListId, row: usize| {
            let (from, to) = batch.lists[list.index()].bounds(row);
            to - from
        };
        let pairs = |row: usize| {
            let of = |lists: &Vec<ListId>| {
                lists.iter().map(|list| length(list, row)).fold(1, usize::saturating_mul)
            };
            program.paired.iter().map(of).fold(0, usize::saturating_add)
        };
        if !program.paired.is_empty() {
            self.lost.join(&Bits::of(batch.rows, |row| pairs(row) > limits::PAIRS));
        }
        for (declared, condition) in &program.asked {
            let rows = match declared {
                Declared::Fact(fact) => batch.facts[fact.index()].said(batch.rows),
                Declared::List(list) => batch.lists[list.index()].given.clone(),
                Declared::Field(field) => {
                    let (list, rank) = program.fields[field.index()];
                    self.list = Some(list);
                    batch.lists[list.index()].fields[rank as usize].said(self.len())
                }
            };
            let rows = if self.list.is_none() { rows.without(&self.lost) } else { rows };
            let asked: Bits = self.value(*condition, &rows);
            self.lose(&rows.without(&asked));
            self.list = None;
        }
        for condition in &program.coherences {
            let rows = self.open();
            let holds: Bits = self.value(*condition, &rows);
            self.lose(&rows.without(&holds));
        }
        for (parameter, at, list) in &program.dated {
            self.list = *list;
            let rows = match list {
                None => self.open(),
                Some(_) => Bits::all(self.len()),
            };
            let periods = &program.parameters[*parameter as usize];
            let days: Days<'a> = self.value(*at, &rows);
            let in_force = |row: usize| match days.at(row) {
                Day::On(date) => periods.iter().any(|period| period.contains(date)),
                Day::Later => false,
            };
            self.lose(&rows.without(&Bits::of(self.len(), in_force)));
            self.list = None;
        }
    }

    /// The dossiers of which an item holds, read as a condition.
    pub fn holds(&mut self, rank: usize) -> Bits {
        self.item(rank).map_or_else(Bits::default, |told| told.holds.clone())
    }

    /// The amount of a financing, 0 € where it is not due.
    pub fn amount_of(&mut self, rank: usize, rows: &Bits) -> Nums<'a> {
        let Some(told) = self.item(rank) else { return self.none_of(rows) };
        let Beside::Paid(due, min, max) = &told.beside else { return Nums::One(Small::ZERO) };
        let range = Bits::of(told.statuses.len(), |row| due.has(row) && min.at(row) != max.at(row));
        let amounts =
            (0..told.statuses.len()).map(|row| if due.has(row) { min.at(row) } else { Small::ZERO });
        let amounts = Nums::Each(amounts.collect());
        self.lose(&rows.and(&range));
        amounts
    }

    /// An item, by rank: worked out the first time that it is asked for.
    fn item(&mut self, rank: usize) -> Option<&Told<'a>> {
        if self.items.get(rank)?.is_none() {
            let told = self.told(rank, self.program.items.get(rank)?);
            self.items[rank] = Some(told);
        }
        self.items.get(rank)?.as_ref()
    }

    fn told(&mut self, rank: usize, item: &'a Item) -> Told<'a> {
        let rows = self.open();
        let mut told = Told {
            statuses: vec![Status::Undetermined; self.batch.rows],
            holds: Bits::none(self.batch.rows),
            beside: Beside::Nothing,
        };
        let mut applies_to = rows.clone();
        let (Item::Criterion { applies, .. }
        | Item::Objective { applies, .. }
        | Item::Mission { applies, .. }
        | Item::Funding { applies, .. }
        | Item::Obligation { applies, .. }) = item
        else {
            match item {
                Item::Decision(favourable) => {
                    let favourable: Bits = self.value(*favourable, &rows);
                    told.mark(&rows.without(&favourable), Status::Unfavourable);
                    told.mark(&favourable, Status::Favourable);
                    told.holds = favourable;
                }
                Item::Same(of) => {
                    if let Some(same) = self.item(*of as usize) {
                        (told.statuses, told.holds) = (same.statuses.clone(), same.holds.clone());
                    }
                }
                _ => {
                    told.mark(&rows, Status::Favourable);
                    told.holds = rows;
                }
            }
            return told;
        };
        if let Some(applies) = applies {
            applies_to = self.value(*applies, &rows);
            let not = rows.without(&applies_to);
            told.mark(&not, Status::NotApplicable);
            // A criterion that does not apply keeps nobody out.
            if self.program.criteria.contains(&rank) {
                told.holds = not;
            }
        }
        let rows = applies_to;
        match item {
            Item::Criterion { requires, unless, .. } => {
                let met: Bits = self.value(*requires, &rows);
                let left = rows.without(&met);
                let waived = self.any(*unless, &left);
                told.mark(&met, Status::Met);
                told.mark(&waived, Status::Waived);
                told.mark(&left.without(&waived), Status::NotMet);
                told.holds.join(&met);
                told.holds.join(&waived);
            }
            Item::Objective { aims, .. } => {
                let reached: Bits = self.value(*aims, &rows);
                told.either(&rows, reached, Status::Reached, Status::NotReached);
            }
            Item::Mission { covered, .. } => {
                let covered: Bits = self.value(*covered, &rows);
                told.either(&rows, covered, Status::Covered, Status::NotCovered);
            }
            Item::Funding { due, unless, amount, sort, .. } => {
                let due: Bits = due.map_or_else(|| rows.clone(), |due| self.value(due, &rows));
                let due = due.without(&self.any(*unless, &due));
                told.beside = self.given(*amount, *sort, &due);
                told.either(&rows, due, Status::Due, Status::NotDue);
            }
            Item::Obligation { unless, deadline, fulfilled_by, .. } => {
                let exempt = self.any(*unless, &rows);
                told.mark(&exempt, Status::NotApplicable);
                let rows = rows.without(&exempt);
                self.obligation(&mut told, *deadline, *fulfilled_by, &rows);
            }
            Item::Decision(_) | Item::Nothing | Item::Same(_) => {}
        }
        told
    }

    /// A time limit includes its last day. An event after the examination has not happened yet.
    fn obligation(&mut self, told: &mut Told<'a>, deadline: At, fulfilled_by: Option<At>, rows: &Bits) {
        let deadline: Days<'a> = self.value(deadline, rows);
        let act: Option<Days<'a>> = fulfilled_by.map(|act| self.value(act, rows));
        let mut lost = Bits::none(self.batch.rows);
        for row in rows.rows() {
            let Day::On(last) = deadline.at(row) else {
                lost.add(row);
                continue;
            };
            let in_time = self.today <= last;
            let status = match act.as_ref().map(|act| act.at(row)) {
                None if in_time => Status::Pending,
                None => Status::Elapsed,
                Some(Day::On(date)) if date <= self.today && date <= last => Status::Fulfilled,
                Some(Day::On(date)) if date <= self.today => Status::Missed,
                Some(Day::On(_) | Day::Later) if in_time => Status::Pending,
                Some(Day::On(_) | Day::Later) => Status::Missed,
            };
            told.statuses[row] = status;
            if status == Status::Fulfilled {
                told.holds.add(row);
            }
        }
        self.lose(&lost);
        told.beside = Beside::Due(rows.clone(), deadline);
    }

    /// An amount, or the value of a result; a text as it was written is left to who keeps it.
    fn given(&mut self, value: At, sort: Sort, rows: &Bits) -> Beside<'a> {
        match sort {
            Sort::Number => {
                let (min, max) = self.paid(value, rows);
                Beside::Paid(rows.clone(), min, max)
            }
            Sort::Truth => Beside::Truth(rows.clone(), self.value(value, rows)),
            Sort::Pick => Beside::Pick(rows.clone(), self.value(value, rows)),
            Sort::Day => {
                let days: Days<'a> = self.value(value, rows);
                if let Days::Each(_, later) = &days {
                    self.lose(&rows.and(later));
                }
                Beside::Day(rows.clone(), days)
            }
            Sort::Word => {
                self.lose(rows);
                Beside::Nothing
            }
        }
    }

    /// An amount, or a range.
    fn paid(&mut self, amount: At, rows: &Bits) -> (Nums<'a>, Nums<'a>) {
        let program = self.program;
        let nothing = || (Nums::One(Small::ZERO), Nums::One(Small::ZERO));
        if rows.is_empty() {
            return nothing();
        }
        let parts: (Vec<(Bits, At)>, Bits) = match program.node(amount) {
            Node::Range(low, high) => {
                let (low, high): (Nums<'a>, Nums<'a>) = (self.value(*low, rows), self.value(*high, rows));
                let all = 0..self.batch.rows;
                let min = all.clone().map(|row| low.at(row).min(high.at(row))).collect();
                let max = all.map(|row| low.at(row).max(high.at(row))).collect();
                return (Nums::Each(min), Nums::Each(max));
            }
            Node::Cases { lines, otherwise } => {
                let mut left = rows.clone();
                let mut parts = Vec::new();
                for line in program.operands(*lines).chunks_exact(2) {
                    let here: Bits = self.value(line[0], &left);
                    left = left.without(&here);
                    parts.push((here, line[1]));
                }
                if let Some(otherwise) = otherwise {
                    parts.push((std::mem::replace(&mut left, Bits::none(self.batch.rows)), *otherwise));
                }
                (parts, left)
            }
            Node::Scale(scale) => match self.bands(*scale, rows) {
                Some(bands) => bands,
                None => {
                    self.lose(rows);
                    return nothing();
                }
            },
            _ => {
                let amount: Nums<'a> = self.value(amount, rows);
                return (amount.clone(), amount);
            }
        };
        let (parts, left) = parts;
        self.lose(&left);
        let mut all = nothing();
        for (here, value) in parts.iter().filter(|(here, _)| !here.is_empty()) {
            let (min, max) = self.paid(*value, here);
            all.0.join(min, here, self.batch.rows);
            all.1.join(max, here, self.batch.rows);
        }
        all
    }
}

impl Told<'_> {
    fn mark(&mut self, rows: &Bits, status: Status) {
        rows.put(&mut self.statuses, status);
    }

    fn either(&mut self, rows: &Bits, yes: Bits, is: Status, is_not: Status) {
        self.mark(&rows.without(&yes), is_not);
        self.mark(&yes, is);
        self.holds.join(&yes);
    }
}
