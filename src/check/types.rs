//! What may be done with which types.
//!
//! A quotient of two quantities of one unit (two counts, two amounts, two durations) is a
//! [`Ty::Ratio`]: it may be used as a number and as a percentage, since `5 ÷ 35 ≥ 10 %` and
//! `5 ÷ 35 ≥ 0,1` both say what they mean. Nothing else goes from one unit to another by itself.

use crate::number::Ratio;
use crate::policy::Type;
use crate::syntax::tree::ArithOp;
use crate::unit::{Measure, Unit};

/// The type of an expression while it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ty {
    /// A type of the language.
    Of(Type),
    /// An amount or a number that is counted in a unit, or by one: « par mois », « en ha ».
    Measured(Measure),
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
            Ty::Measured(Measure { money: true, .. }) => Type::Amount,
            Ty::Measured(Measure { money: false, .. }) | Ty::Ratio => Type::Number,
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
            Ty::Ratio | Ty::Measured(_) => true,
            Ty::Unknown => false,
        }
    }

    /// Whether it bears no unit: a count, a number, a quotient.
    pub fn is_plain(self) -> bool {
        matches!(self, Ty::Of(Type::Integer | Type::Number) | Ty::Ratio)
    }

    /// Whether it is an amount, by a unit or not.
    pub fn is_money(self) -> bool {
        matches!(self, Ty::Of(Type::Amount) | Ty::Measured(Measure { money: true, .. }))
    }

    /// What it is counted in and by.
    pub fn measure(self) -> Option<Measure> {
        match self {
            Ty::Measured(measure) => Some(measure),
            Ty::Of(_) | Ty::Ratio | Ty::Unknown => None,
        }
    }

    /// The type of what has this measure.
    fn of_measure(measure: Measure) -> Ty {
        match measure {
            Measure { of: None, per: None, money: true } => Ty::Of(Type::Amount),
            Measure { of: None, per: None, money: false } => Ty::Ratio,
            measure => Ty::Measured(measure),
        }
    }

    /// As a factor: of what, and by what.
    fn factor(self) -> Option<Measure> {
        let of = |money, of| Some(Measure { money, of, per: None });
        match self {
            Ty::Measured(measure) => Some(measure),
            Ty::Of(Type::Amount) => of(true, None),
            Ty::Of(Type::Months) => of(false, Some(Unit::MONTH)),
            Ty::Of(Type::Days) => of(false, Some(Unit::DAY)),
            Ty::Of(Type::Integer | Type::Number | Type::Percent) | Ty::Ratio => of(false, None),
            Ty::Of(Type::Truth | Type::Date | Type::Text | Type::Choice(_)) | Ty::Unknown => None,
        }
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
        ArithOp::Mul if a.measure().or(b.measure()).is_some() => measured(a, b, false),
        ArithOp::Div if a.measure().or(b.measure()).is_some() => measured(a, b, true),
        ArithOp::Mul => product(a, b).or_else(|| product(b, a)),
        ArithOp::Div => quotient(a, b),
        ArithOp::Pow => (b == Ty::Of(Type::Integer)).then(|| power(a)).flatten(),
    }
}

/// The product of what is measured, or its quotient: what one is by and the other of goes.
fn measured(a: Ty, b: Ty, divided: bool) -> Option<Ty> {
    let (a, b) = (a.factor()?, b.factor()?);
    let b = if divided { Measure { of: b.per, per: b.of, ..b } } else { b };
    let money = match (a.money, b.money, divided) {
        (true, true, false) | (false, true, true) => return None,
        (true, true, true) => false,
        (money, other, _) => money || other,
    };
    let (mut of, mut per) = ([a.of, b.of], [a.per, b.per]);
    for of in &mut of {
        if let Some(by) = per.iter_mut().find(|by| of.is_some() && **by == *of) {
            (*of, *by) = (None, None);
        }
    }
    let only = |units: [Option<Unit>; 2]| match units {
        [Some(_), Some(_)] => None,
        [one, other] => Some(one.or(other)),
    };
    let measure = Measure { money, of: only(of)?, per: only(per)? };
    // What is left counts in months or days is a duration, or nothing that has a name.
    (measure.of != Some(Unit::MONTH) && measure.of != Some(Unit::DAY)).then(|| Ty::of_measure(measure))
}

/// An amount by a period brought to another one, and by what it is multiplied.
pub(super) fn brought(ty: Ty, to: Unit) -> Option<(Ty, Ratio)> {
    let measure = ty.measure().filter(|measure| measure.of.is_none())?;
    let by = Ratio::new(to.months()?.into(), measure.per?.months()?.into())?;
    Some((Ty::Measured(Measure { per: Some(to), ..measure }), by))
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
        | Ty::Measured(_)
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
    fn units_multiply_and_divide() {
        let money = |per: &str| Ty::Measured(Measure { money: true, of: None, per: Unit::named(per) });
        let ha = Ty::Measured(Measure { money: false, of: Unit::named("ha"), per: None });
        assert_eq!(arithmetic(ArithOp::Mul, money("ha"), ha), Some(AMOUNT));
        assert_eq!(arithmetic(ArithOp::Mul, ha, money("ha")), Some(AMOUNT));
        assert_eq!(arithmetic(ArithOp::Div, AMOUNT, ha), Some(money("ha")));
        assert_eq!(arithmetic(ArithOp::Div, ha, ha), Some(Ty::Ratio));
        assert_eq!(arithmetic(ArithOp::Div, money("mois"), money("mois")), Some(Ty::Ratio));
        assert_eq!(arithmetic(ArithOp::Mul, money("mois"), MONTHS), Some(AMOUNT));
        assert_eq!(arithmetic(ArithOp::Mul, DAYS, money("jour")), Some(AMOUNT));
        assert_eq!(arithmetic(ArithOp::Mul, PERCENT, money("an")), Some(money("an")));
        assert_eq!(arithmetic(ArithOp::Div, money("an"), INTEGER), Some(money("an")));
        assert_eq!(arithmetic(ArithOp::Mul, money("an"), MONTHS), None);
        assert_eq!(arithmetic(ArithOp::Mul, ha, ha), None);
        assert_eq!(arithmetic(ArithOp::Add, money("an"), money("mois")), None);
        assert_eq!(arithmetic(ArithOp::Add, money("an"), AMOUNT), None);
        assert_eq!(arithmetic(ArithOp::Add, ha, NUMBER), None);
        let twelfth = Ratio::new(1, 12).expect("a twelfth");
        assert_eq!(brought(money("an"), Unit::MONTH), Some((money("mois"), twelfth)));
        assert_eq!(brought(money("jour"), Unit::MONTH), None);
        assert_eq!(brought(AMOUNT, Unit::MONTH), None);
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
