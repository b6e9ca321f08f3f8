//! On what an outcome stands: the conditions that fail, for certain or under some readings only, and the exceptions
//! without which it would be another.

use super::Words;
use super::sentence::truth;
use super::summary::{derogations, part};
use super::suppose;
use crate::decision::{Combination, Decision, ItemResult, Op, Part, ReadingCase, Status, Step};
use crate::known::Truth;
use crate::policy::{CriterionId, ExprId, ExprKind, ItemRef, Quantity};

/// The conditions that an unfavourable decision stands on, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Grounds {
    /// Those that fail under every combination of the readings left open.
    pub(crate) certain: Vec<String>,
    /// Those that fail under some.
    pub(crate) by_reading: Vec<String>,
}

/// How far an exception is what meets a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exception {
    /// Under every reading: its own condition fails.
    Always,
    /// Under some readings.
    ByReading,
    /// Its own condition is open: without the exception, it might not be met.
    IfNeeded,
}

/// What a condition is, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Item(ItemRef),
    Expr(Option<ExprId>),
}

/// A condition that fails under one combination of the readings that the decision depends on.
struct Failing {
    key: Key,
    name: String,
    /// Whether it does under every combination of the other readings too.
    surely: bool,
}

impl Words<'_> {
    /// On what an unfavourable decision stands, the criteria each by its own name.
    pub(crate) fn grounds(&self, decision: &Decision) -> Grounds {
        let cases: Vec<Vec<Failing>> =
            decision.decision.by_reading.iter().map(|case| self.failing(decision, case)).collect();
        let mut seen: Vec<Key> = Vec::new();
        let mut grounds = Grounds::default();
        for failing in cases.iter().flatten() {
            if seen.contains(&failing.key) {
                continue;
            }
            seen.push(failing.key);
            let same: Vec<&Failing> =
                cases.iter().flatten().filter(|other| other.key == failing.key).collect();
            let certain =
                cases.iter().all(|case| case.iter().any(|one| one.key == failing.key && one.surely));
            let name = match failing.key {
                // Figures that differ from one reading to the next are said of none.
                Key::Expr(Some(expr)) if same.iter().any(|other| other.name != failing.name) => {
                    self.name(expr).into_owned()
                }
                Key::Item(_) | Key::Expr(_) => failing.name.clone(),
            };
            let names = if certain { &mut grounds.certain } else { &mut grounds.by_reading };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        grounds
    }

    fn failing(&self, decision: &Decision, case: &ReadingCase) -> Vec<Failing> {
        let mut all = Vec::new();
        for reason in case.because.parts.iter().flat_map(|(_, step)| self.reasons(step)) {
            let expr = reason.expr;
            match expr.map(|e| &self.policy.exprs.get(e).kind) {
                Some(ExprKind::AllCriteria) => {
                    all.extend(decision.criteria.iter().filter_map(|c| self.criterion_failing(c, case)));
                }
                Some(ExprKind::Holds(ItemRef::Criterion(CriterionId(rank)))) => {
                    let criterion = decision.criteria.get(*rank as usize);
                    all.extend(criterion.and_then(|c| self.criterion_failing(c, case)));
                }
                Some(ExprKind::Holds(item)) => {
                    all.push(Failing {
                        key: Key::Item(*item),
                        name: self.item(*item).to_owned(),
                        surely: true,
                    });
                }
                Some(ExprKind::Definition(d)) if truth(reason.step).fails() => {
                    let name = self.definition(*d).to_owned();
                    all.push(Failing { key: Key::Expr(expr), name, surely: true });
                }
                _ => all.push(Failing { key: Key::Expr(expr), name: reason.text.clone(), surely: true }),
            }
        }
        all
    }

    fn criterion_failing(&self, criterion: &ItemResult, case: &ReadingCase) -> Option<Failing> {
        let mut under = criterion.by_reading.iter().filter(|c| agree(&c.readings, &case.readings)).peekable();
        let (mut some, mut every) = (false, under.peek().is_some());
        for one in under {
            some |= one.status == Status::NotMet;
            every &= one.status == Status::NotMet;
        }
        let name = self.item(criterion.item).to_owned();
        some.then_some(Failing { key: Key::Item(criterion.item), name, surely: every })
    }

    /// The criteria that are met by an exception without which the decision would not be what it is.
    pub(crate) fn exceptions(&self, decision: &Decision) -> Vec<(ItemRef, Exception)> {
        let excepted = decision.criteria.iter().filter_map(|c| Some((c, self.by_exception(c)?)));
        let needed = excepted.filter(|(criterion, _)| {
            let by_exception = |under: &ReadingCase| {
                criterion.by_reading.iter().any(|c| {
                    (c.status == Status::Waived || self.may_be_waived(c))
                        && agree(&c.readings, &under.readings)
                })
            };
            decision.decision.by_reading.iter().any(|case| {
                let holds = |step: &Step| self.supposing_not_met(step, criterion.item).holds();
                by_exception(case) && !case.because.parts.iter().all(|(_, step)| holds(step))
            })
        });
        needed.map(|(criterion, how)| (criterion.item, how)).collect()
    }

    /// How far an exception is what meets a criterion; nothing where it is met by itself, or is not met.
    pub(crate) fn by_exception(&self, criterion: &ItemResult) -> Option<Exception> {
        let waived = |case: &ReadingCase| case.status == Status::Waived;
        match criterion.status {
            Status::Waived if criterion.by_reading.iter().all(waived) => Some(Exception::Always),
            Status::Waived => Some(Exception::ByReading),
            _ => criterion.by_reading.iter().any(|c| self.may_be_waived(c)).then_some(Exception::IfNeeded),
        }
    }

    /// Whether nothing tells that a criterion that is met is so by itself, and an exception may be what meets it.
    pub(super) fn may_be_waived(&self, case: &ReadingCase) -> bool {
        case.status == Status::Met
            && part(&case.because, Part::Condition).is_some_and(|step| truth(step).is_open())
            && derogations(&case.because).any(|(_, step)| !truth(step).fails())
    }

    /// What a condition would come to, were a criterion not met.
    fn supposing_not_met(&self, step: &Step, criterion: ItemRef) -> Truth {
        suppose(self.policy, step, &|step, kind| match (&step.op, kind) {
            (_, Some(ExprKind::AllCriteria)) => Some(Truth::NO),
            (_, Some(ExprKind::Holds(item))) if *item == criterion => Some(Truth::NO),
            // How many of them hold then is not told by these.
            (Op::Expr, Some(ExprKind::Bullets { quantity, .. })) if *quantity != Quantity::All => {
                Some(Truth::OPEN)
            }
            _ => None,
        })
    }
}

/// Whether one choice of readings may stand beside another.
fn agree(one: &Combination, other: &Combination) -> bool {
    one.iter().all(|(reading, option)| other.iter().all(|(r, o)| r != reading || o == option))
}
