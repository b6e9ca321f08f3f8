//! Expressions and their signs.

use std::sync::Arc;

use super::{Adjustment, Path, PeriodOp};
use crate::number::Ratio;
use crate::source::Span;
use crate::time::{Date, DayOf, Duration, MissingDay, WorkingDays};

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// Comparison signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`.
    Eq,
    /// `≠`.
    Ne,
    /// `<`.
    Lt,
    /// `≤`.
    Le,
    /// `>`.
    Gt,
    /// `≥`.
    Ge,
}

impl CompareOp {
    /// The sign, as it is written.
    pub fn sign(self) -> &'static str {
        match self {
            CompareOp::Eq => "=",
            CompareOp::Ne => "≠",
            CompareOp::Lt => "<",
            CompareOp::Le => "≤",
            CompareOp::Gt => ">",
            CompareOp::Ge => "≥",
        }
    }

    /// The sign that says the contrary: `≥` for `<`.
    #[must_use]
    pub fn negated(self) -> CompareOp {
        match self {
            CompareOp::Eq => CompareOp::Ne,
            CompareOp::Ne => CompareOp::Eq,
            CompareOp::Lt => CompareOp::Ge,
            CompareOp::Le => CompareOp::Gt,
            CompareOp::Gt => CompareOp::Le,
            CompareOp::Ge => CompareOp::Lt,
        }
    }

    /// Whether it holds of a left side that stands so to the right one.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Eq => order.is_eq(),
            CompareOp::Ne => order.is_ne(),
            CompareOp::Lt => order.is_lt(),
            CompareOp::Le => order.is_le(),
            CompareOp::Gt => order.is_gt(),
            CompareOp::Ge => order.is_ge(),
        }
    }

    /// The sign that says the same with both sides exchanged: `>` for `<`.
    #[must_use]
    pub fn flipped(self) -> CompareOp {
        match self {
            CompareOp::Eq => CompareOp::Eq,
            CompareOp::Ne => CompareOp::Ne,
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
        }
    }
}

/// Signs of arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithOp {
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `×`.
    Mul,
    /// `÷`.
    Div,
    /// `puissance`.
    Pow,
}

/// Aggregates over a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `nombre de L dont C`.
    Count,
    /// `somme de L.x dont C`.
    Sum,
    /// `le plus grand de L.x`.
    Greatest,
    /// `le plus petit de L.x`.
    Least,
    /// `tous les L dont C vérifient P`.
    All,
    /// `il existe un L dont P`.
    Exists,
    /// `aucun L dont P`.
    None,
}

/// Units in which the time between two dates is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ElapsedUnit {
    /// `en années entières`.
    Years(MissingDay),
    /// `en mois entiers`.
    Months(MissingDay),
    /// `en jours`.
    Days,
}

impl ElapsedUnit {
    /// The greatest n with `from + n units ≤ to`; where `to` comes before, the same backwards, with a minus sign.
    pub fn between(self, from: Date, to: Date) -> i64 {
        match self {
            ElapsedUnit::Years(missing) => missing.months_between(from, to) / 12,
            ElapsedUnit::Months(missing) => missing.months_between(from, to),
            ElapsedUnit::Days => from.days_until(to),
        }
    }

    /// So many units later; `None` past the bounds of the calendar.
    pub fn after(self, date: Date, units: i64) -> Option<Date> {
        match self {
            ElapsedUnit::Years(missing) => missing.plus_months(date, units.checked_mul(12)?),
            ElapsedUnit::Months(missing) => missing.plus_months(date, units),
            ElapsedUnit::Days => date.plus_days(units),
        }
    }
}

/// Literals.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `oui`, `non`.
    Truth(bool),
    /// `10`, `3,5`; whether it was written without decimals.
    Number(Ratio),
    /// `10 %`, as a ratio (1/10).
    Percent(Ratio),
    /// `80 000 €`, in euros.
    Amount(Ratio),
    /// `1er janvier 2025`.
    Date(Date),
    /// `6 mois`, `2 ans et 6 mois`, `15 jours`, or years, months and days together.
    Duration(Duration),
    /// `5 jours ouvrés`: only added to a date, or taken from it.
    WorkingDays(WorkingDays),
    /// « texte ».
    Text(Arc<str>),
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// A name to be looked up: fact, definition, parameter, reading, item, option.
    Name(Path),
    /// `date d'examen`.
    ExaminationDate,
    /// `tous les critères sont remplis`.
    AllCriteria,
    /// In parentheses.
    Paren(Box<Expr>),
    /// `non X`.
    Not(Box<Expr>),
    /// `a et b et c`.
    And(Vec<Expr>),
    /// `a ou b`.
    Or(Vec<Expr>),
    /// `-x`.
    Negate(Box<Expr>),
    /// Arithmetic; `10 % de X` is a multiplication.
    Arith {
        /// The sign.
        op: ArithOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `a ≥ b`.
    Compare {
        /// The sign.
        op: CompareOp,
        /// Where the sign stands.
        op_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `x est a`, `x n'est pas a`, `x est parmi a, b`, `x est soit a, soit b`, `x est oui`.
    Is {
        /// `n'est pas`.
        negated: bool,
        /// Left.
        subject: Box<Expr>,
        /// The values, one or more; a name here is first an option of the subject's type.
        values: Vec<Expr>,
    },
    /// `x est entre a et b`, both included (`n'est pas entre`: negated).
    Between {
        /// `n'est pas`.
        negated: bool,
        /// Left.
        subject: Box<Expr>,
        /// Least.
        low: Box<Expr>,
        /// Greatest.
        high: Box<Expr>,
    },
    /// `d est dans les 6 mois suivant e`: e ≤ d ≤ e + 6 mois.
    Within {
        /// `n'est pas`.
        negated: bool,
        /// d.
        date: Box<Expr>,
        /// The duration.
        duration: Box<Expr>,
        /// e.
        origin: Box<Expr>,
    },
    /// `X plafonné à y` and its like, inside an expression.
    Adjusted {
        /// X.
        base: Box<Expr>,
        /// What applies to it.
        adjustment: Box<Adjustment>,
    },
    /// `le plus petit de a, b` (least) or `le plus grand de a, b`.
    Extremum {
        /// Whether the greatest is taken.
        greatest: bool,
        /// Two values or more.
        of: Vec<Expr>,
    },
    /// An aggregate over a list; `path` is the list, or the list and the field.
    Aggregate {
        /// Which.
        kind: Aggregate,
        /// The list (`adhérents`) or one of its fields (`adhérents.ancienneté`).
        path: Path,
        /// `dont C`.
        filter: Option<Box<Expr>>,
        /// `vérifient P`.
        property: Option<Box<Expr>>,
    },
    /// `rang selon x dont C`: the rank of the element in turn, from 1, the least first.
    Rank {
        /// What elements are ranked by.
        by: Box<Expr>,
        /// `dont`: those before which it may stand.
        filter: Option<Box<Expr>>,
        /// `à égalité, dans l'ordre du dossier`.
        in_order: bool,
    },
    /// `entre D et E en années entières`.
    Elapsed {
        /// D.
        from: Box<Expr>,
        /// E.
        to: Box<Expr>,
        /// The unit.
        unit: ElapsedUnit,
    },
    /// `premier jour du mois de D`, `dernier jour du mois de D`, `1er janvier de l'année de D`,
    /// `D reporté au premier jour ouvrable`.
    DayOf {
        /// Which day; none where it was refused.
        day: DayOf,
        /// D.
        date: Box<Expr>,
    },
    /// `D + 1 mois, à défaut le premier du mois suivant`, `âge, à défaut le dernier du mois`.
    Failing {
        /// A date and months, or whole months or years.
        of: Box<Expr>,
        /// The day that stands for one that its month does not have.
        missing: MissingDay,
    },
    /// `année de D`.
    YearOf(Box<Expr>),
    /// `jour de la semaine de D`.
    WeekdayOf(Box<Expr>),
    /// `P à la date de D`.
    AtDate {
        /// P, a parameter.
        parameter: Path,
        /// D.
        date: Box<Expr>,
    },
    /// `montant de F`.
    AmountOf(Path),
    /// `entre a et b`, only as the value of a `montant` clause.
    Range {
        /// Least.
        low: Box<Expr>,
        /// Greatest.
        high: Box<Expr>,
    },
    /// A period, or what is said of periods and dates.
    Period {
        /// What.
        op: PeriodOp,
        /// Periods, dates and values, in the order in which they are written.
        of: Vec<Expr>,
    },
    /// Could not be read; the mistake has been reported.
    Invalid,
}
