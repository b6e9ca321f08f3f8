//! Typed expressions.
//!
//! Each occurrence in the file is one [`Expr`] with its span; two occurrences that say the same
//! thing share a [`ShapeId`]. What is learnt about a value (« X > 0 » to the left of a division by X)
//! is learnt about its shape.

use super::{DefinitionId, FactId, FieldId, FundingId, ItemRef, ListId, ParameterId, ReadingId};
use crate::number::round::Rounding;
use crate::source::Span;
use crate::syntax::tree::{Aggregate, CompareOp, ElapsedUnit};
use crate::time::DayOf;
use crate::value::Value;

mod arena;
mod parts;
mod ty;

pub use arena::Exprs;
pub use parts::{Band, BandRange, CaseLine, Guarded, Quantity, Share, Written};
pub use ty::Type;

/// An occurrence of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// A structure of expressions, wherever it stands: equal shapes have equal values in one context.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(pub u32);

impl ExprKind {
    /// The list that it goes through, where it reads each element and none in turn.
    pub fn gone_through(&self) -> Option<ListId> {
        match self {
            ExprKind::Aggregate { list, .. } | ExprKind::Covered { list, .. } => Some(*list),
            _ => None,
        }
    }
}

/// An occurrence of an expression, typed.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Where it stands.
    pub span: Span,
    /// Its shape.
    pub shape: ShapeId,
}

/// What a typed expression is. Operands stand in the same arena, below their user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ExprKind {
    /// A literal.
    Const(Value),
    /// A scalar fact.
    Fact(FactId),
    /// A field of the element in turn.
    Field(FieldId),
    /// A definition; one of each element is that of the element in turn.
    Definition(DefinitionId),
    /// A parameter, at the version date, or at the date of `at`.
    Parameter {
        /// Which.
        parameter: ParameterId,
        /// `à la date de`.
        at: Option<ExprId>,
    },
    /// The option retained of a reading.
    Reading(ReadingId),
    /// The date of examination.
    ExaminationDate,
    /// An item read as a condition.
    Holds(ItemRef),
    /// `tous les critères sont remplis`.
    AllCriteria,
    /// The amount of a financing, 0 € if not due.
    AmountOf(FundingId),
    /// `non X`.
    Not(ExprId),
    /// `a et b`: what stands on the right is read knowing that the left holds.
    And(Vec<ExprId>),
    /// `a ou b`.
    Or(Vec<ExprId>),
    /// Bullets: `quantity` of them hold. No bullet narrows another.
    Bullets {
        /// How many must hold.
        quantity: Quantity,
        /// The bullets.
        of: Vec<Guarded>,
    },
    /// A comparison of two values of one type.
    Compare {
        /// The sign.
        op: CompareOp,
        /// Left.
        left: ExprId,
        /// Right.
        right: ExprId,
    },
    /// The subject equals one of the values; « est » is of one value.
    Among {
        /// Left.
        subject: ExprId,
        /// The values.
        values: Vec<ExprId>,
    },
    /// low ≤ subject ≤ high.
    Between {
        /// The subject.
        subject: ExprId,
        /// Least.
        low: ExprId,
        /// Greatest.
        high: ExprId,
    },
    /// origin ≤ date ≤ origin + duration.
    Within {
        /// The date.
        date: ExprId,
        /// Months or days.
        duration: ExprId,
        /// The origin.
        origin: ExprId,
    },
    /// Sum of two numbers of one unit.
    Add(ExprId, ExprId),
    /// Difference of two numbers of one unit.
    Sub(ExprId, ExprId),
    /// Product.
    Mul(ExprId, ExprId),
    /// Quotient; the divisor was proved not to be zero.
    Div(ExprId, ExprId),
    /// base × base × …, as many times as the exponent says, which was proved to be from 0 to
    /// [`crate::limits::EXPONENT`].
    Power {
        /// The base.
        base: ExprId,
        /// The exponent.
        exponent: ExprId,
    },
    /// Opposite.
    Negate(ExprId),
    /// base × (1 + rate), or × (1 − rate).
    Scaled {
        /// The base.
        base: ExprId,
        /// The rate.
        rate: ExprId,
        /// Whether it is taken off.
        decrease: bool,
    },
    /// base × part ÷ whole.
    Prorata {
        /// The base.
        base: ExprId,
        /// The part.
        part: ExprId,
        /// The whole, proved not to be zero.
        whole: ExprId,
    },
    /// date + months, then + days (or − for `back`); with both, a literal duration applied whole.
    Shift {
        /// The date.
        date: ExprId,
        /// Months or days; the type of the operand says which.
        by: ExprId,
        /// Days applied after the months, for a literal of both.
        then_days: i64,
        /// Backwards.
        back: bool,
    },
    /// Number of days from the second date to the first (`D - E`), as days.
    DaysBetween(ExprId, ExprId),
    /// The greatest n with from + n units ≤ to, as an integer; backwards, with a minus sign.
    Elapsed {
        /// From.
        from: ExprId,
        /// To.
        to: ExprId,
        /// The unit.
        unit: ElapsedUnit,
    },
    /// A day told by a date: of its month or year, or so many working days away.
    DayOf {
        /// Which.
        day: DayOf,
        /// The date.
        date: ExprId,
    },
    /// The year of a date.
    YearOf(ExprId),
    /// The day of the week of a date: a choice, Monday first.
    WeekdayOf(ExprId),
    /// Rounded.
    Round {
        /// The value.
        value: ExprId,
        /// How.
        rounding: Rounding,
    },
    /// The least or greatest of values (`plafonné à` and `au minimum` as well).
    Extremum {
        /// Whether the greatest is taken.
        greatest: bool,
        /// The values.
        of: Vec<ExprId>,
    },
    /// An aggregate over a list.
    Aggregate {
        /// Which.
        kind: Aggregate,
        /// The list.
        list: ListId,
        /// `dont C`, of each element.
        filter: Option<ExprId>,
        /// What is summed or compared, or the property that all satisfy, of each element.
        of: Option<ExprId>,
    },
    /// How many days are of the period of one element of a list at least.
    Covered {
        /// The list.
        list: ListId,
        /// `dont C`, of each element.
        filter: Option<ExprId>,
        /// The first day, of each element.
        first: ExprId,
        /// The last one; before the first, the period has no day.
        last: ExprId,
    },
    /// Rank, from 1, of the element in turn by a value: 1 + how many elements stand before it.
    Rank {
        /// The list.
        list: ListId,
        /// The value, of each element: those with a lesser one stand before.
        by: ExprId,
        /// `dont C`, of each element: only those may.
        filter: Option<ExprId>,
        /// Whether, of those that have the same value, the ones before it in the dossier do as well.
        in_order: bool,
    },
    /// A value of the element around an aggregate over its own list: « celui de la commune », where communes are
    /// gone through for a commune.
    Around {
        /// The list.
        list: ListId,
        /// The value, of that element.
        of: ExprId,
    },
    /// The share of the element in turn in an envelope.
    Share(Box<Share>),
    /// What shares make together of their envelope, or what they leave of it.
    Allotted {
        /// The sum of the shares.
        total: ExprId,
        /// The envelope.
        envelope: ExprId,
        /// Whether it is what is left.
        left: bool,
    },
    /// Lines of cases: proved to exclude one another (but for `else_if`) and to cover all.
    Cases {
        /// Lines, in order.
        lines: Vec<CaseLine>,
        /// `dans les autres cas`.
        otherwise: Option<ExprId>,
    },
    /// A scale: proved to have neither gap nor overlap.
    Scale {
        /// What it is read by.
        of: ExprId,
        /// Its lines, ascending.
        bands: Vec<Band>,
        /// Each slice at its own rate (the value of a band is a rate; the sum of slice × rate).
        by_slices: bool,
    },
    /// From low to high: only at the root of a `montant`.
    Range {
        /// Least.
        low: ExprId,
        /// Greatest.
        high: ExprId,
    },
}

impl ExprKind {
    /// Calls `f` on each operand, in the order in which it is written.
    pub fn for_each_operand(&self, f: &mut dyn FnMut(ExprId)) {
        // One walk for both: the clone is shallow and only used where policies are checked.
        let mut copy = self.clone();
        copy.for_each_operand_mut(&mut |id: &mut ExprId| f(*id));
    }

    /// Calls `f` on each operand, to change it.
    pub fn for_each_operand_mut(&mut self, f: &mut dyn FnMut(&mut ExprId)) {
        match self {
            ExprKind::Const(_)
            | ExprKind::Fact(_)
            | ExprKind::Field(_)
            | ExprKind::Definition(_)
            | ExprKind::Reading(_)
            | ExprKind::ExaminationDate
            | ExprKind::Holds(_)
            | ExprKind::AllCriteria
            | ExprKind::AmountOf(_) => {}
            ExprKind::Parameter { at, .. } => {
                if let Some(at) = at {
                    f(at);
                }
            }
            ExprKind::Not(e)
            | ExprKind::Negate(e)
            | ExprKind::YearOf(e)
            | ExprKind::WeekdayOf(e)
            | ExprKind::DayOf { date: e, .. }
            | ExprKind::Round { value: e, .. }
            | ExprKind::Around { of: e, .. } => f(e),
            ExprKind::Rank { by, filter, .. } => {
                f(by);
                if let Some(filter) = filter {
                    f(filter);
                }
            }
            ExprKind::And(of) | ExprKind::Or(of) | ExprKind::Extremum { of, .. } => {
                of.iter_mut().for_each(f);
            }
            ExprKind::Bullets { of, .. } => {
                for bullet in of {
                    f(&mut bullet.then);
                    if let Some(only_if) = &mut bullet.only_if {
                        f(only_if);
                    }
                }
            }
            ExprKind::Compare { left, right, .. } => {
                f(left);
                f(right);
            }
            ExprKind::Among { subject, values } => {
                f(subject);
                values.iter_mut().for_each(f);
            }
            ExprKind::Between { subject, low, high } => {
                f(subject);
                f(low);
                f(high);
            }
            ExprKind::Within { date, duration, origin } => {
                f(date);
                f(duration);
                f(origin);
            }
            ExprKind::Add(a, b)
            | ExprKind::Sub(a, b)
            | ExprKind::Mul(a, b)
            | ExprKind::Div(a, b)
            | ExprKind::DaysBetween(a, b)
            | ExprKind::Power { base: a, exponent: b }
            | ExprKind::Scaled { base: a, rate: b, .. }
            | ExprKind::Shift { date: a, by: b, .. }
            | ExprKind::Elapsed { from: a, to: b, .. }
            | ExprKind::Allotted { total: a, envelope: b, .. }
            | ExprKind::Range { low: a, high: b } => {
                f(a);
                f(b);
            }
            ExprKind::Prorata { base, part, whole } => {
                f(base);
                f(part);
                f(whole);
            }
            ExprKind::Aggregate { filter, of, .. } => {
                if let Some(filter) = filter {
                    f(filter);
                }
                if let Some(of) = of {
                    f(of);
                }
            }
            ExprKind::Covered { filter, first, last, .. } => {
                if let Some(filter) = filter {
                    f(filter);
                }
                f(first);
                f(last);
            }
            ExprKind::Share(share) => {
                let Share { envelope, filter, weight, cap, order, .. } = &mut **share;
                f(envelope);
                [filter, weight, cap].into_iter().flatten().for_each(&mut *f);
                if let Some((by, _)) = order {
                    f(by);
                }
            }
            ExprKind::Cases { lines, otherwise } => {
                for line in lines {
                    f(&mut line.when);
                    f(&mut line.value);
                }
                if let Some(otherwise) = otherwise {
                    f(otherwise);
                }
            }
            ExprKind::Scale { of, bands, .. } => {
                f(of);
                for band in bands {
                    if let BandRange::Between { low, high } = &mut band.range {
                        for (end, _) in [low, high].into_iter().flatten() {
                            f(end);
                        }
                    }
                    f(&mut band.value);
                }
            }
        }
    }
}
