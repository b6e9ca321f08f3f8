//! Works out the nodes of a program over one dossier's answers.
//!
//! `None` is given up with everywhere: something that is read is not plainly known, so the general
//! evaluator decides the whole.

mod scales;

use std::cmp::Ordering;

use super::answers::Answers;
use super::brief::Detail;
use super::program::{At, Ends, Node, Nodes, Program, Sort, UnitAt};
use super::sorts::{Day, Of, Pick, Plain, Word};
use super::steps::whole;
use crate::decision::Status;
use crate::limits;
use crate::number::Small;
use crate::policy::{Declared, ListId, ReadingId};
use crate::syntax::tree::CompareOp;
use crate::time::Date;

/// What was worked out so far of one dossier.
pub(super) struct Run<'a, 'k, A> {
    pub program: &'a Program,
    pub answers: &'a A,
    /// The date of examination.
    pub today: Date,
    /// By unit; then by reading: the option retained; then by list: the element in turn.
    kept: &'k mut [Kept<'a>],
    /// By rank among the ranks of the program: that of each element.
    pub ranks: Vec<Option<Box<[u32]>>>,
    /// By rank among the shares of the program: that of each element.
    pub shares: Vec<Option<Box<[Small]>>>,
    /// By list: the element that was in turn before the one that an aggregate has turned to.
    pub around: Vec<u32>,
    /// By rank in the order of a decision; undetermined where not worked out yet.
    pub statuses: Vec<Status>,
    /// What each has beside its status, from the first that has anything on.
    pub details: Vec<Detail>,
}

/// What is kept of a unit, of a reading, of a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept<'a> {
    /// Of which element, where it is of each element of a list.
    row: u32,
    value: Option<Plain<'a>>,
}

impl Kept<'_> {
    /// Nothing.
    pub const NOTHING: Self = Kept { row: 0, value: None };
}

impl<'a, 'k, A: Answers> Run<'a, 'k, A> {
    /// Ready to decide. `kept` has room for all that is kept; no reading is settled yet.
    pub fn new(program: &'a Program, answers: &'a A, today: Date, kept: &'k mut [Kept<'a>]) -> Self {
        Run {
            program,
            answers,
            today,
            kept,
            ranks: vec![None; program.ranks.len()],
            shares: vec![None; program.shares.len()],
            around: vec![0; if program.looks_around { program.widths.len() } else { 0 }],
            statuses: vec![Status::Undetermined; program.items.len()],
            details: vec![Detail::None; program.items.len().saturating_sub(program.first_detail)],
        }
    }

    /// Settles the readings as the dossier and the command do; `None` where they differ.
    pub fn settle(&mut self, retained: &[(ReadingId, u16)]) -> Option<()> {
        for rank in 0..self.program.readings {
            if let Some(option) = self.answers.reading(ReadingId(rank)) {
                self.retain(ReadingId(rank), option)?;
            }
        }
        for (reading, option) in retained {
            if self.reading(*reading).is_some_and(|Pick(own)| own != *option) {
                return None;
            }
            self.retain(*reading, *option)?;
        }
        Some(())
    }

    /// Settles a reading.
    pub fn retain(&mut self, reading: ReadingId, option: u16) -> Option<()> {
        let place = self.program.first_reading() + reading.index();
        self.kept.get_mut(place)?.value = Some(Plain::Pick(option));
        Some(())
    }

    pub fn reading(&self, reading: ReadingId) -> Option<Pick> {
        Of::of_plain(self.kept.get(self.program.first_reading() + reading.index())?.value?)
    }

    /// The element in turn of a list.
    #[inline]
    pub fn row(&self, list: ListId) -> u32 {
        self.kept[self.program.first_list() + list.index()].row
    }

    /// Turns to an element.
    #[inline]
    pub fn turn(&mut self, list: ListId, row: u32) {
        self.kept[self.program.first_list() + list.index()].row = row;
    }

    /// Whether the dossier is to be examined: all coherence rules hold, no answer is given to a
    /// question that is not asked, parameters have a value at the dates at which they are taken.
    pub fn admits(&mut self) -> Option<()> {
        let mut pairs = 0_usize;
        for lists in &self.program.paired {
            let length = |list: &ListId| self.answers.len(*list).unwrap_or(0);
            pairs = pairs.saturating_add(lists.iter().map(length).fold(1, usize::saturating_mul));
        }
        if pairs > limits::PAIRS {
            return None;
        }
        for (declared, condition) in &self.program.asked {
            match declared {
                Declared::Fact(fact) => {
                    if self.answers.fact(*fact).is_given() && !self.get::<bool>(*condition)? {
                        return None;
                    }
                }
                Declared::List(list) => {
                    if self.answers.len(*list).is_some() && !self.get::<bool>(*condition)? {
                        return None;
                    }
                }
                Declared::Field(field) => {
                    let (list, rank) = self.program.fields[field.index()];
                    for row in 0..count(self.answers.len(list).unwrap_or(0))? {
                        self.turn(list, row);
                        if self.answers.cell(list, row as usize, rank as usize).is_given()
                            && !self.get::<bool>(*condition)?
                        {
                            return None;
                        }
                    }
                }
            }
        }
        for condition in &self.program.coherences {
            if !self.get::<bool>(*condition)? {
                return None;
            }
        }
        for (parameter, at, list) in &self.program.dated {
            match list {
                None => {
                    self.in_force(*parameter, *at)?;
                }
                Some(list) => {
                    for row in 0..count(self.answers.len(*list).unwrap_or(0))? {
                        self.turn(*list, row);
                        self.in_force(*parameter, *at)?;
                    }
                }
            }
        }
        Some(())
    }

    /// The value of a parameter at a date.
    fn in_force(&mut self, parameter: u32, at: At) -> Option<At> {
        let date = self.date(at)?;
        let periods = self.program.parameters.get(parameter as usize)?;
        periods.iter().find(|period| period.contains(date)).map(|period| period.value)
    }

    /// The value of a node.
    #[inline]
    pub fn get<S: Of<'a>>(&mut self, at: At) -> Option<S> {
        self.of(self.program.node(at))
    }

    /// The value of a node that was looked up.
    pub fn of<S: Of<'a>>(&mut self, node: &'a Node) -> Option<S> {
        let program = self.program;
        match node {
            Node::Fact(fact) => S::of_slot(self.answers.fact(*fact)),
            Node::Field { list, rank } => {
                S::of_slot(self.answers.cell(*list, self.row(*list) as usize, *rank as usize))
            }
            Node::Definition(unit, body) => self.unit(*unit, 0, |run| run.get(*body)),
            Node::OfElement { unit, list, body } => {
                let row = self.row(*list);
                self.unit(*unit, row, |run| run.get(*body))
            }
            Node::Parameter { parameter, at } => {
                let value = self.in_force(*parameter, *at)?;
                self.get(value)
            }
            Node::Cases { lines, otherwise } => {
                let value = self.line(*lines, *otherwise)?;
                self.get(value)
            }
            Node::Scale(scale) => {
                let value = self.band(*scale)?;
                self.get(value)
            }
            Node::Extremum { greatest, of } => {
                let mut best: Option<S> = None;
                for at in program.operands(*of) {
                    let next = self.get(*at)?;
                    best = Some(self.extreme(*greatest, best, next)?);
                }
                best
            }
            Node::Aggregate(rank) => {
                let aggregate = program.aggregates.get(*rank as usize)?;
                match aggregate.unit {
                    Some(unit) => self.unit(unit, 0, |run| run.aggregate(aggregate)),
                    None => self.aggregate(aggregate),
                }
            }
            Node::Around(list, of) => self.of_around(*list, *of),
            node => S::own(self, node),
        }
    }

    /// What a unit is worth: worked out the first time that it is read.
    #[inline]
    pub fn unit<S: Of<'a>>(
        &mut self,
        unit: UnitAt,
        row: u32,
        work_out: impl FnOnce(&mut Self) -> Option<S>,
    ) -> Option<S> {
        let kept = self.kept.get(unit.0 as usize)?;
        if let Some(value) = kept.value
            && kept.row == row
        {
            return S::of_plain(value);
        }
        let value = work_out(self)?;
        *self.kept.get_mut(unit.0 as usize)? = Kept { row, value: Some(value.into_plain()) };
        Some(value)
    }

    /// The value of the first line that holds.
    pub fn line(&mut self, lines: Nodes, otherwise: Option<At>) -> Option<At> {
        for line in self.program.operands(lines).chunks_exact(2) {
            if self.get(line[0])? {
                return Some(line[1]);
            }
        }
        otherwise
    }

    /// The greater (or lesser) of the one so far and the next.
    pub fn extreme<S: Of<'a>>(&self, greatest: bool, best: Option<S>, next: S) -> Option<S> {
        let Some(best) = best else { return Some(next) };
        let wanted = if greatest { Ordering::Greater } else { Ordering::Less };
        Some(if next.order(&best, self)? == wanted { next } else { best })
    }

    fn compare<S: Of<'a>>(&mut self, op: CompareOp, left: At, right: At) -> Option<bool> {
        let (left, right) = (self.get::<S>(left)?, self.get::<S>(right)?);
        match op {
            CompareOp::Eq => left.same(&right, self),
            CompareOp::Ne => left.same(&right, self).map(|same| !same),
            CompareOp::Lt => left.order(&right, self).map(Ordering::is_lt),
            CompareOp::Le => left.order(&right, self).map(Ordering::is_le),
            CompareOp::Gt => left.order(&right, self).map(Ordering::is_gt),
            CompareOp::Ge => left.order(&right, self).map(Ordering::is_ge),
        }
    }

    fn among<S: Of<'a>>(&mut self, subject: At, values: Nodes) -> Option<bool> {
        let subject = self.get::<S>(subject)?;
        for value in self.program.operands(values) {
            let value = self.get::<S>(*value)?;
            if subject.same(&value, self)? {
                return Some(true);
            }
        }
        Some(false)
    }

    fn between<S: Of<'a>>(&mut self, subject: At, low: At, high: At) -> Option<bool> {
        let subject = self.get::<S>(subject)?;
        let (low, high) = (self.get::<S>(low)?, self.get::<S>(high)?);
        Some(subject.order(&low, self)?.is_ge() && subject.order(&high, self)?.is_le())
    }

    /// Whether some of the nodes hold.
    pub fn any(&mut self, of: Nodes) -> Option<bool> {
        for at in self.program.operands(of) {
            if self.get::<bool>(*at)? {
                return Some(true);
            }
        }
        Some(false)
    }

    #[inline(always)]
    pub fn condition(&mut self, node: &'a Node) -> Option<bool> {
        match node {
            Node::Truth(truth) => Some(*truth),
            Node::Steps(start) => self.steps(*start),
            Node::Once(unit, of) => self.unit(*unit, 0, |run| run.get(*of)),
            Node::Whole { fact, least, most } => whole(self.answers.fact(*fact), *least, *most),
            Node::Tally { least, most, of } => {
                let mut count = 0;
                for at in self.program.operands(*of) {
                    count += u32::from(self.get::<bool>(*at)?);
                }
                Some(*least <= count && count <= *most)
            }
            Node::Compare { sort, op, left, right } => match sort {
                Sort::Number => self.compare::<Small>(*op, *left, *right),
                Sort::Day => self.compare::<Day>(*op, *left, *right),
                Sort::Pick => self.compare::<Pick>(*op, *left, *right),
                Sort::Truth => self.compare::<bool>(*op, *left, *right),
                Sort::Word => self.compare::<Word<'a>>(*op, *left, *right),
            },
            Node::FactIn { fact, options } => {
                Pick::of_slot(self.answers.fact(*fact)).map(|pick| pick.is_in(*options))
            }
            Node::ReadingIn { reading, options } => self.reading(*reading).map(|pick| pick.is_in(*options)),
            Node::PickIn { subject, options } => self.get::<Pick>(*subject).map(|pick| pick.is_in(*options)),
            Node::Among { sort, subject, values } => match sort {
                Sort::Number => self.among::<Small>(*subject, *values),
                Sort::Day => self.among::<Day>(*subject, *values),
                Sort::Pick => self.among::<Pick>(*subject, *values),
                Sort::Truth => self.among::<bool>(*subject, *values),
                Sort::Word => self.among::<Word<'a>>(*subject, *values),
            },
            Node::Between { sort, subject, low, high } => match sort {
                Sort::Number => self.between::<Small>(*subject, *low, *high),
                Sort::Day => self.between::<Day>(*subject, *low, *high),
                Sort::Pick => self.between::<Pick>(*subject, *low, *high),
                Sort::Truth => self.between::<bool>(*subject, *low, *high),
                Sort::Word => self.between::<Word<'a>>(*subject, *low, *high),
            },
            Node::Within { date, by, days, origin } => {
                let (date, origin): (Day, Day) = (self.get(*date)?, self.get(*origin)?);
                let last = self.shifted(origin, *by, *days, false)?;
                Some(date.order(&origin, self)?.is_ge() && date.order(&last, self)?.is_le())
            }
            Node::Holds(item) => self.holds(*item as usize),
            Node::AllCriteria(unit) => self.unit(*unit, 0, Self::all_criteria),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn number(&mut self, node: &'a Node) -> Option<Small> {
        match node {
            Node::Number(number) => Some(*number),
            Node::Add(a, b) => self.get::<Small>(*a)?.checked_add(self.get(*b)?),
            Node::Sub(a, b) => self.get::<Small>(*a)?.checked_sub(self.get(*b)?),
            Node::Mul(a, b) => self.get::<Small>(*a)?.checked_mul(self.get(*b)?),
            Node::Div(a, b) => self.get::<Small>(*a)?.checked_div(self.get(*b)?),
            Node::Power(base, exponent) => {
                let (base, exponent): (Small, Small) = (self.get(*base)?, self.get(*exponent)?);
                let exponent = u32::try_from(exponent.to_ratio().to_i64()?).ok()?;
                let within = (exponent <= limits::EXPONENT).then_some(exponent)?;
                (0..within).try_fold(Small::ONE, |product, _| product.checked_mul(base))
            }
            Node::Negate(a) => self.get::<Small>(*a)?.checked_neg(),
            Node::Scaled { base, rate, decrease } => {
                let (base, rate): (Small, Small) = (self.get(*base)?, self.get(*rate)?);
                base.checked_mul(if *decrease {
                    Small::ONE.checked_sub(rate)?
                } else {
                    Small::ONE.checked_add(rate)?
                })
            }
            Node::Prorata { base, part, whole } => {
                let (base, part): (Small, Small) = (self.get(*base)?, self.get(*part)?);
                base.checked_mul(part)?.checked_div(self.get(*whole)?)
            }
            Node::Round(value, rounding) => {
                let value: Small = self.get(*value)?;
                let rounding = self.program.roundings.get(*rounding as usize)?;
                Small::of(&rounding.apply(&value.to_ratio()))
            }
            Node::DaysBetween(to, from) => {
                let (to, from) = (self.date(*to)?, self.date(*from)?);
                Some(from.days_until(to).into())
            }
            Node::Elapsed { from, to, unit } => {
                let (from, to) = (self.date(*from)?, self.date(*to)?);
                Some(unit.between(from, to).into())
            }
            Node::YearOf(date) => Some(i64::from(self.date(*date)?.year()).into()),
            Node::Covered(rank) => self.covered(*rank),
            Node::Rank(rank) => self.rank(*rank),
            Node::Share(rank) => self.share(*rank),
            Node::Slices(scale) => self.slices(*scale),
            Node::AmountOf(item) => self.amount_of(*item as usize),
            _ => None,
        }
    }

    #[inline(always)]
    pub fn day(&mut self, node: &'a Node) -> Option<Day> {
        Some(match node {
            Node::Day(date) => Day::On(*date),
            Node::Today => Day::On(self.today),
            Node::Shift { date, by, days, back } => {
                let date = self.get(*date)?;
                self.shifted(date, *by, *days, *back)?
            }
            Node::DayOf { day, date } => Day::On(day.of(self.date(*date)?)),
            _ => return None,
        })
    }

    /// A day that is known.
    pub fn date(&mut self, at: At) -> Option<Date> {
        match self.get(at)? {
            Day::On(date) => Some(date),
            Day::Later => None,
        }
    }

    fn shifted(&mut self, day: Day, by: At, days: bool, back: bool) -> Option<Day> {
        let by = self.get::<Small>(by)?.to_i64()?;
        let by = if back { by.checked_neg()? } else { by };
        let Day::On(date) = day else { return None };
        let moved = if days { date.plus_days(by) } else { date.plus_months(by) };
        moved.map(Day::On)
    }
}

/// How many elements there are.
pub(super) fn count(len: usize) -> Option<u32> {
    u32::try_from(len).ok()
}
