//! What the operation of a node says beside its operands.

use super::tree::Trees;
use super::writer::Writer;
use crate::decision::{Op, Step};
use crate::policy::{ExprKind, FundingKind, ItemRef, Quantity, Type};
use crate::render::words::Words;
use crate::syntax::tree::ElapsedUnit;
use crate::time::{DayOf, Holidays, MissingDay, Week};

impl Trees<'_> {
    /// What an operation needs beside its operands to be worked out again.
    pub(super) fn details(&self, words: &Words<'_>, w: &mut Writer, step: &Step, kind: Option<&ExprKind>) {
        let policy = words.policy;
        match &step.op {
            Op::Cases { on } => {
                w.key("on").list(|w| on.iter().for_each(|place| w.text(&words.path(*place))));
                return;
            }
            Op::Served { of, out_of } => {
                words.write_number(w.key("of"), of, Type::Amount);
                words.write_number(w.key("out_of"), out_of, words.measured_in(step));
            }
            Op::Expr | Op::Item => {}
            Op::Leaf(_) | Op::Shared(_) | Op::Case { .. } => return,
        }
        match kind {
            Some(ExprKind::Bullets {
                quantity: Quantity::AtLeast(n) | Quantity::AtMost(n) | Quantity::Exactly(n),
                ..
            }) => {
                w.key("quantity").whole(i64::from(*n));
            }
            Some(ExprKind::Shift { then_days, back, .. }) => {
                w.key("then_days").whole(*then_days);
                w.key("back").truth(*back);
            }
            Some(ExprKind::DayOf { day: DayOf::Year(day), .. }) => {
                w.key("month").whole(i64::from(day.month()));
                w.key("day").whole(i64::from(day.day()));
            }
            Some(ExprKind::DayOf { day: DayOf::Moved(moved), .. }) => {
                w.key("months").whole(moved.months);
                w.key("days").whole(moved.days);
                if let Some(said) = missing_day(moved.missing) {
                    w.key("missing_day").text(said);
                }
            }
            Some(ExprKind::DayOf { day: DayOf::Working(days), .. }) => {
                if days.count != 0 {
                    w.key("days").whole(i64::from(days.count));
                    w.key("saturdays").truth(days.week == Week::Six);
                }
                if days.holidays != Holidays::France {
                    w.key("holidays").text(days.holidays.words());
                }
            }
            Some(ExprKind::Elapsed { unit, .. }) => {
                let (name, missing) = match unit {
                    ElapsedUnit::Years(missing) => ("years", *missing),
                    ElapsedUnit::Months(missing) => ("months", *missing),
                    ElapsedUnit::Days => ("days", MissingDay::Unsaid),
                };
                w.key("unit").text(name);
                if let Some(said) = missing_day(missing) {
                    w.key("missing_day").text(said);
                }
            }
            Some(ExprKind::Round { rounding, .. }) => {
                words.write_number(w.key("step"), &rounding.step, Type::Number);
                w.key("direction").text(match rounding.direction {
                    crate::number::round::Direction::HalfAway => "half_away",
                    crate::number::round::Direction::HalfEven => "half_even",
                    crate::number::round::Direction::Down => "down",
                    crate::number::round::Direction::Up => "up",
                    crate::number::round::Direction::TowardZero => "toward_zero",
                });
            }
            Some(
                ExprKind::Aggregate { list, .. }
                | ExprKind::Covered { list, .. }
                | ExprKind::Rank { list, .. }
                | ExprKind::Around { list, .. },
            ) => {
                w.key("list").text(&policy.lists[list.index()].path);
            }
            Some(ExprKind::Share(share)) => {
                w.key("list").text(&policy.lists[share.list.index()].path);
            }
            Some(ExprKind::Holds(item)) => named_item(words, w, *item),
            Some(ExprKind::AmountOf(funding)) => named_item(words, w, ItemRef::Funding(*funding)),
            _ => {}
        }
    }
}

fn named_item(words: &Words<'_>, w: &mut Writer, item: ItemRef) {
    w.key("item").object(|w| {
        w.key("kind").text(match item {
            ItemRef::Criterion(_) => "criterion",
            ItemRef::Objective(_) => "objective",
            ItemRef::Mission(_) => "mission",
            ItemRef::Decision => "decision",
            ItemRef::Funding(id) => match words.policy.fundings[id.index()].kind {
                FundingKind::Funding => "funding",
                FundingKind::Contribution => "contribution",
                FundingKind::Result => "result",
            },
            ItemRef::Obligation(_) => "obligation",
        });
        w.key("name").text(words.item(item));
    });
}

/// What a policy says of a day that its month does not have.
fn missing_day(missing: MissingDay) -> Option<&'static str> {
    match missing {
        MissingDay::Unsaid => None,
        MissingDay::Last => Some("month_end"),
        MissingDay::Next => Some("next_month_start"),
    }
}
