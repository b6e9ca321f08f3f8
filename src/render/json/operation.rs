//! The names of operations: the closed list of `docs/decision.md`.

use crate::decision::{Leaf, Op, Step};
use crate::policy::{ExprKind, Quantity};
use crate::syntax::tree::Aggregate;
use crate::time::{DayOf, WorkingDays};

/// The name of an operation.
pub(super) fn operation(step: &Step, kind: Option<&ExprKind>) -> &'static str {
    match &step.op {
        Op::Leaf(leaf) => match leaf {
            Leaf::Fact(_) | Leaf::Cell(..) | Leaf::List(_) => "fact",
            Leaf::Parameter(_) => "parameter",
            Leaf::Literal => "literal",
            Leaf::Reading(_) => "reading",
            Leaf::ExaminationDate => "examination_date",
        },
        Op::Cases { .. } => "cases",
        Op::Case { .. } => "case",
        Op::Shared(_) => "definition",
        Op::Expr | Op::Served { .. } | Op::Item => match kind {
            Some(kind) => of_kind(kind),
            None => "and",
        },
    }
}

pub(super) fn of_kind(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Const(_) => "literal",
        ExprKind::Fact(_) | ExprKind::Field(_) => "fact",
        ExprKind::Definition(_) => "definition",
        ExprKind::Parameter { .. } => "parameter",
        ExprKind::Reading(_) => "reading",
        ExprKind::ExaminationDate => "examination_date",
        ExprKind::Holds(_) => "holds",
        ExprKind::AllCriteria => "all_criteria",
        ExprKind::AmountOf(_) => "amount_of",
        ExprKind::Not(_) => "not",
        ExprKind::And(_) => "and",
        ExprKind::Or(_) => "or",
        ExprKind::Bullets { quantity, .. } => match quantity {
            Quantity::All => "all",
            Quantity::AtLeast(_) => "at_least",
            Quantity::AtMost(_) => "at_most",
            Quantity::Exactly(_) => "exactly",
        },
        ExprKind::Compare { op, .. } => op.sign(),
        ExprKind::Among { .. } => "among",
        ExprKind::Between { .. } => "between",
        ExprKind::Within { .. } => "within",
        ExprKind::Add(..) => "+",
        ExprKind::Sub(..) => "-",
        ExprKind::Mul(..) => "×",
        ExprKind::Div(..) => "÷",
        ExprKind::Power { .. } => "power",
        ExprKind::Negate(_) => "negate",
        ExprKind::Scaled { decrease: false, .. } => "increased",
        ExprKind::Scaled { decrease: true, .. } => "decreased",
        ExprKind::Prorata { .. } => "prorata",
        ExprKind::Shift { .. } => "shift",
        ExprKind::DaysBetween(..) => "days_between",
        ExprKind::Elapsed { .. } => "elapsed",
        ExprKind::DayOf { day: DayOf::FirstOfMonth, .. } => "month_start",
        ExprKind::DayOf { day: DayOf::LastOfMonth, .. } => "month_end",
        ExprKind::DayOf { day: DayOf::FirstOfNextMonth, .. } => "next_month_start",
        ExprKind::DayOf { day: DayOf::Year(_), .. } => "day_of_year",
        ExprKind::DayOf { day: DayOf::Working(WorkingDays { count: 0, .. }), .. } => "working_day",
        ExprKind::DayOf { day: DayOf::Working(_), .. } => "working_days",
        ExprKind::DayOf { day: DayOf::Moved(_), .. } => "moved",
        ExprKind::YearOf(_) => "year",
        ExprKind::WeekdayOf(_) => "weekday",
        ExprKind::Round { .. } => "round",
        ExprKind::Extremum { greatest: true, .. } => "greatest",
        ExprKind::Extremum { greatest: false, .. } => "least",
        ExprKind::Aggregate { kind, .. } => match kind {
            Aggregate::Count => "count",
            Aggregate::Sum => "sum",
            Aggregate::Greatest => "greatest_of",
            Aggregate::Least => "least_of",
            Aggregate::All => "every",
            Aggregate::Exists => "exists",
            Aggregate::None => "none",
        },
        ExprKind::Covered { .. } => "days_covered",
        ExprKind::Rank { .. } => "rank",
        ExprKind::Around { .. } => "element_around",
        ExprKind::Share(_) => "share",
        ExprKind::Allotted { left: false, .. } => "shared_out",
        ExprKind::Allotted { left: true, .. } => "left",
        ExprKind::Cases { .. } => "lines",
        ExprKind::Scale { by_slices: false, .. } => "scale",
        ExprKind::Scale { by_slices: true, .. } => "slices",
        ExprKind::Range { .. } => "range",
    }
}
