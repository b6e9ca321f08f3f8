//! Periods, and what is said of them.

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
            | PeriodOp::Months
            | PeriodOp::CalendarMonths
            | PeriodOp::Years
            | PeriodOp::First
            | PeriodOp::Last
            | PeriodOp::Shared
            | PeriodOp::Unshared
            | PeriodOp::Holds
            | PeriodOp::HoldsNot => false,
        }
    }

    /// Whether its operand of this rank is a period; else it is a date.
    pub fn reads_period(self, rank: usize) -> bool {
        match self {
            PeriodOp::Ends => false,
            PeriodOp::InYear | PeriodOp::InMonth | PeriodOp::Since | PeriodOp::Until => rank == 0,
            PeriodOp::Holds | PeriodOp::HoldsNot => rank == 1,
            PeriodOp::Common
            | PeriodOp::Days
            | PeriodOp::Months
            | PeriodOp::CalendarMonths
            | PeriodOp::Years
            | PeriodOp::First
            | PeriodOp::Last
            | PeriodOp::Shared
            | PeriodOp::Unshared => true,
        }
    }
}
