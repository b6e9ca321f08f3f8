//! Periods, and what is said of them.

use super::{Expr, ExprKind, Path};

/// What a period is made of, or what is said of one: see [`super::ExprKind::Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodOp {
    /// `du D au E`.
    Ends,
    /// `part commune de P et Q`.
    Common,
    /// `P dans l'année de D`.
    InYear,
    /// `P dans le mois de D`.
    InMonth,
    /// `P depuis D`.
    Since,
    /// `P jusqu'à D`.
    Until,
    /// `jours de P`.
    Days,
    /// `jours couverts par L.P dont C`: a period of each element, then the condition if there is one.
    Covered,
    /// `mois entiers de P`.
    Months,
    /// `mois civils entiers de P`.
    CalendarMonths,
    /// `années entières de P`.
    Years,
    /// `premier jour de P`.
    First,
    /// `dernier jour de P`.
    Last,
    /// `P et Q ont des jours communs`.
    Shared,
    /// `P et Q n'ont pas de jours communs`.
    Unshared,
    /// `D est dans P`.
    Holds,
    /// `D n'est pas dans P`.
    HoldsNot,
    /// `X pour chaque mois de P au prorata des jours`.
    ByMonth,
    /// `X pendant la durée de P`.
    During,
    /// `X pendant la durée de P au prorata des jours`.
    DuringByDays,
    /// `mois de D`, from 1 to 12.
    MonthOf,
    /// `trimestre civil de D`, from 1 to 4.
    QuarterOf,
}

impl PeriodOp {
    /// Whether it makes a period, which is no value.
    pub fn makes_period(self) -> bool {
        match self {
            PeriodOp::Ends
            | PeriodOp::Common
            | PeriodOp::InYear
            | PeriodOp::InMonth
            | PeriodOp::Since
            | PeriodOp::Until => true,
            PeriodOp::Days
            | PeriodOp::Covered
            | PeriodOp::Months
            | PeriodOp::CalendarMonths
            | PeriodOp::Years
            | PeriodOp::First
            | PeriodOp::Last
            | PeriodOp::Shared
            | PeriodOp::Unshared
            | PeriodOp::Holds
            | PeriodOp::HoldsNot
            | PeriodOp::ByMonth
            | PeriodOp::During
            | PeriodOp::DuringByDays
            | PeriodOp::MonthOf
            | PeriodOp::QuarterOf => false,
        }
    }
}

/// The name that a period is made of, where it is made of one first: of `contrats.durée depuis D`, `contrats.durée`.
pub fn period_base(period: &Expr) -> Option<&Path> {
    match &period.kind {
        ExprKind::Name(path) => Some(path),
        ExprKind::Paren(inner) => period_base(inner),
        ExprKind::Period { op, of } if op.makes_period() => period_base(of.first()?),
        _ => None,
    }
}
