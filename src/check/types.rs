//! What may be done with which types.
//!
//! A quotient of two quantities of one unit (two counts, two amounts, two durations) is a
//! [`Ty::Ratio`]: it may be used as a number and as a percentage, since `5 ÷ 35 ≥ 10 %` and
//! `5 ÷ 35 ≥ 0,1` both say what they mean. Nothing else goes from one unit to another by itself.

use crate::policy::Type;
use crate::syntax::tree::ArithOp;

/// The type of an expression while it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ty {
    /// A type of the language.
    Of(Type),
    /// A quotient: number or percentage, as its neighbour wants it.
    Ratio,
    /// Not known, because of a mistake that has been reported: nothing more is said about it.
    Unknown,
}

impl Ty {
    /// The type under which it stands in the policy; poison stands as a truth, and no policy is made.
    pub fn settled(self) -> Type {
        match self {
            Ty::Of(ty) => ty,
            Ty::Ratio => Type::Number,
            Ty::Unknown => Type::Truth,
        }
    }

    /// Whether a mistake has been reported.
    pub fn is_unknown(self) -> bool {
        self == Ty::Unknown
    }

    /// Whether it is a number of some unit.
    pub fn is_numeric(self) -> bool {
        match self {
            Ty::Of(ty) => ty.is_numeric(),
            Ty::Ratio => true,
            Ty::Unknown => false,
        }
    }

    /// Whether it bears no unit: a count, a number, a quotient.
    pub fn is_plain(self) -> bool {
        matches!(self, Ty::Of(Type::Integer | Type::Number) | Ty::Ratio)
    }

    /// Whether it may be used as a percentage.
    pub fn is_rate(self) -> bool {
        matches!(self, Ty::Of(Type::Percent) | Ty::Ratio)
    }
}

/// The one type that both have, where there is one: they may be compared, added, stand in one list.
pub(super) fn unify(a: Ty, b: Ty) -> Option<Ty> {
    match (a, b) {
        (Ty::Unknown, _) | (_, Ty::Unknown) => Some(Ty::Unknown),
        _ if a == b => Some(a),
        (Ty::Ratio, Ty::Of(Type::Percent)) | (Ty::Of(Type::Percent), Ty::Ratio) => {
            Some(Ty::Of(Type::Percent))
        }
        _ if a.is_plain() && b.is_plain() => Some(Ty::Of(Type::Number)),
        _ => None,
    }
}

/// The type of a sum, difference, product or quotient of numbers; dates are treated apart.
pub(super) fn arithmetic(op: ArithOp, a: Ty, b: Ty) -> Option<Ty> {
    if a.is_unknown() || b.is_unknown() {
        return Some(Ty::Unknown);
    }
    if !a.is_numeric() || !b.is_numeric() {
        return None;
    }
    match op {
        ArithOp::Add | ArithOp::Sub => unify(a, b),
        ArithOp::Mul => product(a, b).or_else(|| product(b, a)),
        ArithOp::Div => quotient(a, b),
        ArithOp::Pow => (b == Ty::Of(Type::Integer)).then(|| power(a)).flatten(),
    }
}

fn product(a: Ty, b: Ty) -> Option<Ty> {
    let unitless = |ty: Ty| ty.is_plain() || ty == Ty::Of(Type::Percent);
    match (a, b) {
        (Ty::Of(Type::Integer), Ty::Of(Type::Integer)) => Some(Ty::Of(Type::Integer)),
        (Ty::Of(Type::Percent), Ty::Of(Type::Percent) | Ty::Ratio) => Some(Ty::Of(Type::Percent)),
        (Ty::Ratio, Ty::Ratio) => Some(Ty::Ratio),
        // « 10 % de l'effectif » is a number, « 2 × 10 % » a percentage.
        (Ty::Of(Type::Percent), Ty::Of(Type::Integer | Type::Number)) => Some(Ty::Ratio),
        (Ty::Of(Type::Integer | Type::Number), other) if other.is_plain() => Some(Ty::Of(Type::Number)),
        (Ty::Of(Type::Amount), other) if unitless(other) => Some(Ty::Of(Type::Amount)),
        // A duration is a whole number of months or days.
        (Ty::Of(unit @ (Type::Months | Type::Days)), Ty::Of(Type::Integer)) => Some(Ty::Of(unit)),
        _ => None,
    }
}

fn quotient(a: Ty, b: Ty) -> Option<Ty> {
    let unitless = |ty: Ty| ty.is_plain() || ty == Ty::Of(Type::Percent);
    match (a, b) {
        (Ty::Of(Type::Percent), Ty::Of(Type::Integer | Type::Number)) => Some(Ty::Of(Type::Percent)),
        _ if unitless(a) && unitless(b) => Some(Ty::Ratio),
        (Ty::Of(Type::Amount), other) if unitless(other) => Some(Ty::Of(Type::Amount)),
        (Ty::Of(x), Ty::Of(y)) if x == y => Some(Ty::Ratio),
        _ => None,
    }
}

/// A power has the unit of what is multiplied by itself, where that has one to keep.
fn power(base: Ty) -> Option<Ty> {
    match base {
        Ty::Of(Type::Integer | Type::Number | Type::Percent) | Ty::Ratio => Some(base),
        Ty::Of(
            Type::Truth
            | Type::Amount
            | Type::Date
            | Type::Months
            | Type::Days
            | Type::Text
            | Type::Choice(_),
        )
        | Ty::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTEGER: Ty = Ty::Of(Type::Integer);
    const NUMBER: Ty = Ty::Of(Type::Number);
    const PERCENT: Ty = Ty::Of(Type::Percent);
    const AMOUNT: Ty = Ty::Of(Type::Amount);
    const MONTHS: Ty = Ty::Of(Type::Months);
    const DAYS: Ty = Ty::Of(Type::Days);

    #[test]
    fn units_are_kept_apart() {
        assert_eq!(arithmetic(ArithOp::Add, AMOUNT, MONTHS), None);
        assert_eq!(arithmetic(ArithOp::Add, AMOUNT, PERCENT), None);
        assert_eq!(arithmetic(ArithOp::Add, MONTHS, DAYS), None);
        assert_eq!(arithmetic(ArithOp::Mul, AMOUNT, AMOUNT), None);
        assert_eq!(arithmetic(ArithOp::Mul, PERCENT, MONTHS), None);
        assert_eq!(unify(INTEGER, PERCENT), None);
        assert_eq!(unify(INTEGER, AMOUNT), None);
    }

    #[test]
    fn a_quotient_is_a_number_or_a_percentage() {
        assert_eq!(arithmetic(ArithOp::Div, INTEGER, INTEGER), Some(Ty::Ratio));
        assert_eq!(arithmetic(ArithOp::Div, AMOUNT, AMOUNT), Some(Ty::Ratio));
        assert_eq!(unify(Ty::Ratio, PERCENT), Some(PERCENT));
        assert_eq!(unify(NUMBER, Ty::Ratio), Some(NUMBER));
        assert_eq!(arithmetic(ArithOp::Div, AMOUNT, INTEGER), Some(AMOUNT));
    }

    #[test]
    fn a_percentage_of_something_has_the_unit_of_that_thing() {
        assert_eq!(arithmetic(ArithOp::Mul, PERCENT, AMOUNT), Some(AMOUNT));
        assert_eq!(arithmetic(ArithOp::Mul, PERCENT, INTEGER), Some(Ty::Ratio));
        assert_eq!(arithmetic(ArithOp::Mul, INTEGER, INTEGER), Some(INTEGER));
        assert_eq!(arithmetic(ArithOp::Mul, INTEGER, DAYS), Some(DAYS));
    }
}
