//! Literals one step away.

use crate::number::Ratio;
use crate::syntax::tree::{Expr, ExprKind, Literal};
use crate::time::Duration;
use crate::wording::{French, Wording};

/// A literal one step down and one step up, as it is written; fewer where there is no such value.
pub(super) fn neighbours(expr: &Expr) -> Vec<String> {
    [-1, 1].into_iter().filter_map(|by| shifted(expr, by)).collect()
}

/// A literal some steps away: ones, per cents, euros, months, days.
pub(super) fn shifted(expr: &Expr, by: i64) -> Option<String> {
    let ExprKind::Literal(literal) = &expr.kind else { return None };
    let french = French::default();
    let positive = |number: Ratio| (number.signum() >= 0).then_some(number);
    match literal {
        Literal::Number(number) => positive(number.add(&Ratio::from(by))).map(|number| french.exact(&number)),
        Literal::Percent(share) => {
            let share = positive(share.mul(&Ratio::from(100)).add(&Ratio::from(by)))?;
            Some(format!("{} %", french.exact(&share)))
        }
        Literal::Amount(euros) => {
            positive(euros.add(&Ratio::from(by))).map(|euros| format!("{} €", french.exact(&euros)))
        }
        Literal::Date(date) => date.plus_days(by).map(|date| french.date(date)),
        Literal::Duration(Duration { months, days }) => {
            let duration = match (*months, *days) {
                (0, days) => Duration { months: 0, days: days + by },
                (months, days) => Duration { months: months + by, days },
            };
            let is_positive = duration.months >= 0 && duration.days >= 0;
            let is_nothing = duration.months == 0 && duration.days == 0;
            (is_positive && !is_nothing).then(|| french.duration(duration))
        }
        Literal::Truth(_) | Literal::Text(_) => None,
    }
}
