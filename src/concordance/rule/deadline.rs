//! Time limits.

use super::{Context, Place, Reader, Role};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind};
use crate::syntax::tree::CompareOp;
use crate::time::{DayOf, Duration, Week, WorkingDays};

impl Reader<'_> {
    /// Reads the time limit of an obligation.
    pub fn deadline(&mut self, id: ExprId) {
        let policy = self.policy;
        let place = Place::MUST;
        let expr = policy.exprs.get(id);
        match &expr.kind {
            ExprKind::DayOf { day: DayOf::Working(days), date } if days.count == 0 => {
                self.rule.carried = true;
                self.deadline(*date);
            }
            ExprKind::Shift { date, by, then_days, back } => {
                // No later than e + k: k at most; no later than e − k: k at least before it.
                let op = if *back { CompareOp::Ge } else { CompareOp::Le };
                let context = Context { role: Role::Time, ..self.compared(expr.span, op, false, place) };
                self.duration(*by, *then_days, Some(context), place);
                self.origin(*date, *back);
                self.deadline(*date);
            }
            ExprKind::DayOf { day: DayOf::Moved(by), date } => {
                let op = if by.months < 0 { CompareOp::Ge } else { CompareOp::Le };
                let context = Context { role: Role::Time, ..self.compared(expr.span, op, false, place) };
                self.mention(moved(by.months, by.days), expr.span, Some(context));
                self.origin(*date, by.months < 0);
                self.deadline(*date);
            }
            ExprKind::DayOf { day: DayOf::Working(days), date } => {
                let op = if days.count < 0 { CompareOp::Ge } else { CompareOp::Le };
                let context = Context { role: Role::Time, ..self.compared(expr.span, op, false, place) };
                self.mention(working(*days), expr.span, Some(context));
                self.origin(*date, days.count < 0);
                self.deadline(*date);
            }
            ExprKind::Const(_) | ExprKind::Parameter { .. } | ExprKind::DayOf { .. } => {
                let context = self.compared(expr.span, CompareOp::Le, true, place);
                self.value(id, Some(context), place);
            }
            _ => self.value(id, None, place),
        }
    }
}

/// A delay in working days, as prose tells it.
pub(super) fn working(days: WorkingDays) -> Quantity {
    let kind = match days.week {
        Week::Five => "ouvrés",
        Week::Six => "ouvrables",
    };
    Quantity::SpecialDays { value: Ratio::from(i64::from(days.count).abs()), kind }
}

/// Months and days that move a date.
pub(super) fn moved(months: i64, days: i64) -> Quantity {
    match days {
        0 => Quantity::Months(Ratio::from(months.abs())),
        _ => Quantity::Mixed(Duration { months: months.abs(), days: days.abs() }),
    }
}
