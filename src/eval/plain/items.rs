//! Items: their statuses, amounts and time limits.

use super::answers::Answers;
use super::brief::{Brief, BriefItem, Detail};
use super::program::{At, Item, Node, Sort};
use super::run::Run;
use super::sorts::{Day, Pick};
use crate::decision::{Outcome, Status};
use crate::known::{DateRange, Known};
use crate::number::Small;
use crate::policy::ReadingId;
use crate::time::Date;
use crate::value::Value;

impl<'a, A: Answers> Run<'a, '_, A> {
    /// Decides: every item, and the outcome.
    pub fn brief(mut self, retained: &[(ReadingId, u16)]) -> Option<Brief> {
        self.settle(retained)?;
        self.admits()?;
        // Criteria first: what reads them all together then finds them told.
        let criteria = self.program.criteria.clone();
        for (item, first) in criteria.clone().zip(&self.program.told_by) {
            let status = match *first as usize {
                own if own == item => self.status(own)?,
                first => *self.statuses.get(first)?,
            };
            *self.statuses.get_mut(item)? = status;
        }
        for item in (0..criteria.start).chain(criteria.end..self.statuses.len()) {
            self.status(item)?;
        }
        let outcome = self.outcome()?;
        Some(Brief::from(outcome, self.statuses, self.program.first_detail, self.details))
    }

    /// Every item of a dossier that is examined, whether or not others can be told.
    pub fn each(mut self, retained: &[(ReadingId, u16)]) -> Option<Vec<BriefItem>> {
        self.settle(retained)?;
        for item in 0..self.statuses.len() {
            // What cannot be told stays undetermined.
            let _ = self.status(item);
        }
        let without = std::iter::repeat_n(Detail::None, self.program.first_detail);
        let details = without.chain(self.details);
        Some(
            self.statuses
                .into_iter()
                .zip(details)
                .map(|(status, detail)| BriefItem { status, detail })
                .collect(),
        )
    }

    /// The outcome, of a dossier that is examined.
    pub fn outcome(&mut self) -> Option<Outcome> {
        let nothing = matches!(self.program.items.first(), Some(Item::Nothing));
        match self.status(0)? {
            Status::Favourable if nothing => Some(Outcome::Calculated),
            Status::Favourable => Some(Outcome::Favourable),
            Status::Unfavourable => Some(Outcome::Unfavourable),
            _ => None,
        }
    }

    /// The status of an item, by rank: worked out the first time that it is asked for.
    fn status(&mut self, rank: usize) -> Option<Status> {
        let known = *self.statuses.get(rank)?;
        if known != Status::Undetermined {
            return Some(known);
        }
        let status = self.item(rank, self.program.items.get(rank)?)?;
        *self.statuses.get_mut(rank)? = status;
        Some(status)
    }

    /// Whether all criteria hold.
    pub fn all_criteria(&mut self) -> Option<bool> {
        let criteria = self.program.criteria.clone();
        let told = self.statuses.get(criteria.clone())?;
        if !told.contains(&Status::Undetermined) {
            let hold =
                |status: &Status| matches!(status, Status::Met | Status::Waived | Status::NotApplicable);
            return Some(told.iter().fold(true, |all, status| all & hold(status)));
        }
        for item in criteria {
            if !self.holds(item)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// Whether an item, read as a condition, is so.
    pub fn holds(&mut self, rank: usize) -> Option<bool> {
        let status = self.status(rank)?;
        Some(match status {
            Status::Met
            | Status::Waived
            | Status::Reached
            | Status::Covered
            | Status::Due
            | Status::Fulfilled
            | Status::Favourable => true,
            Status::NotApplicable => self.program.criteria.contains(&rank),
            Status::NotMet
            | Status::NotReached
            | Status::NotCovered
            | Status::NotDue
            | Status::Pending
            | Status::Missed
            | Status::Elapsed
            | Status::Unfavourable => false,
            Status::Undetermined | Status::DependsOnReading => return None,
        })
    }

    /// The amount of a financing, 0 € where it is not due.
    pub fn amount_of(&mut self, rank: usize) -> Option<Small> {
        match self.status(rank)? {
            Status::Due => match self.details.get(rank.checked_sub(self.program.first_detail)?)? {
                Detail::Paid(min, max) if min == max => Some(*min),
                Detail::None | Detail::Paid(..) | Detail::Other(_) | Detail::Due(_) => None,
            },
            _ => Some(Small::ZERO),
        }
    }

    /// Works an item out; what it has beside its status is kept.
    fn item(&mut self, rank: usize, item: &'a Item) -> Option<Status> {
        Some(match item {
            Item::Decision(favourable) => {
                self.either(*favourable, Status::Favourable, Status::Unfavourable)?
            }
            Item::Nothing => Status::Favourable,
            Item::Criterion { applies, requires, unless } => {
                if !self.applies(*applies)? {
                    Status::NotApplicable
                } else if self.get(*requires)? {
                    Status::Met
                } else if self.any(*unless)? {
                    Status::Waived
                } else {
                    Status::NotMet
                }
            }
            Item::Same(rank) => self.status(*rank as usize)?,
            Item::Objective { applies, aims } => {
                self.applying(*applies, *aims, Status::Reached, Status::NotReached)?
            }
            Item::Mission { applies, covered } => {
                self.applying(*applies, *covered, Status::Covered, Status::NotCovered)?
            }
            Item::Funding { applies, due, unless, amount, sort } => {
                if !self.applies(*applies)? {
                    Status::NotApplicable
                } else if self.applies(*due)? && !self.any(*unless)? {
                    let detail = self.given(*amount, *sort)?;
                    self.keep(rank, detail)?;
                    Status::Due
                } else {
                    Status::NotDue
                }
            }
            Item::Obligation { applies, unless, deadline, fulfilled_by } => {
                if !self.applies(*applies)? || self.any(*unless)? {
                    Status::NotApplicable
                } else {
                    let deadline = self.date(*deadline)?;
                    let status = self.obligation(deadline, *fulfilled_by)?;
                    self.keep(rank, Detail::Due(DateRange::day(deadline)))?;
                    status
                }
            }
        })
    }

    fn keep(&mut self, rank: usize, detail: Detail) -> Option<()> {
        *self.details.get_mut(rank.checked_sub(self.program.first_detail)?)? = detail;
        Some(())
    }

    /// A condition that may be left out: it then holds.
    fn applies(&mut self, condition: Option<At>) -> Option<bool> {
        condition.map_or(Some(true), |condition| self.get(condition))
    }

    fn either(&mut self, condition: At, yes: Status, no: Status) -> Option<Status> {
        self.get::<bool>(condition).map(|holds| if holds { yes } else { no })
    }

    fn applying(&mut self, applies: Option<At>, condition: At, yes: Status, no: Status) -> Option<Status> {
        if self.applies(applies)? { self.either(condition, yes, no) } else { Some(Status::NotApplicable) }
    }

    /// An amount, or the value of a result; a text as it was written is left to who keeps it.
    fn given(&mut self, value: At, sort: Sort) -> Option<Detail> {
        let known = match sort {
            Sort::Number => return self.paid(value),
            Sort::Truth => Value::Truth(self.get(value)?),
            Sort::Pick => Value::Choice(self.get::<Pick>(value)?.0),
            Sort::Day => Value::Date(self.date(value)?),
            Sort::Word => return None,
        };
        Some(Detail::found(Some(&Known::exactly(&known))))
    }

    /// An amount, or a range.
    fn paid(&mut self, amount: At) -> Option<Detail> {
        let program = self.program;
        match program.node(amount) {
            Node::Range(low, high) => {
                let (low, high): (Small, Small) = (self.get(*low)?, self.get(*high)?);
                Some(Detail::Paid(low.min(high), low.max(high)))
            }
            Node::Cases { lines, otherwise } => {
                let value = self.line(*lines, *otherwise)?;
                self.paid(value)
            }
            Node::Scale(scale) => {
                let value = self.band(*scale)?;
                self.paid(value)
            }
            _ => self.get(amount).map(|amount| Detail::Paid(amount, amount)),
        }
    }

    /// A time limit includes its last day. An event after the examination has not happened yet.
    fn obligation(&mut self, deadline: Date, fulfilled_by: Option<At>) -> Option<Status> {
        let in_time = self.today <= deadline;
        let Some(act) = fulfilled_by else {
            return Some(if in_time { Status::Pending } else { Status::Elapsed });
        };
        Some(match self.get(act)? {
            Day::On(date) if date <= self.today && date <= deadline => Status::Fulfilled,
            Day::On(date) if date <= self.today => Status::Missed,
            Day::On(_) | Day::Later if in_time => Status::Pending,
            Day::On(_) | Day::Later => Status::Missed,
        })
    }
}
