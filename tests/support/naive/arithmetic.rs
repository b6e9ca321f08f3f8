//! What numbers, dates and orders are, without the engine.

use super::*;

pub(super) fn holds(op: CompareOp, order: std::cmp::Ordering) -> bool {
    match op {
        CompareOp::Eq => order.is_eq(),
        CompareOp::Ne => order.is_ne(),
        CompareOp::Lt => order.is_lt(),
        CompareOp::Le => order.is_le(),
        CompareOp::Gt => order.is_gt(),
        CompareOp::Ge => order.is_ge(),
    }
}

pub(super) fn order(a: &Val, b: &Val) -> std::cmp::Ordering {
    match (a, b) {
        (Val::Num(a), Val::Num(b)) => a.cmp(b),
        (Val::Date(a), Val::Date(b)) => a.cmp(b),
        (Val::Span(a, b), Val::Span(c, d)) => (a, b).cmp(&(c, d)),
        (a, b) => panic!("no order between {a:?} and {b:?}"),
    }
}

pub(super) fn shift(date: Date, by: &Val, sign: i64) -> Date {
    match by {
        Val::Span(months, days) => date
            .plus_months(sign * months)
            .and_then(|date| date.plus_days(sign * days))
            .expect("a date of the calendar"),
        other => panic!("a date is not moved by {other:?}"),
    }
}

/// The greatest n with from + n units ≤ to, by counting; backwards, with a minus sign.
pub fn elapsed(from: Date, to: Date, unit: ElapsedUnit) -> i64 {
    if to < from {
        return -elapsed(to, from, unit);
    }
    let at = |n: i64| match unit {
        ElapsedUnit::Days => from.plus_days(n),
        ElapsedUnit::Months(missing) => later(from, n, missing),
        ElapsedUnit::Years(missing) => later(from, 12 * n, missing),
    };
    let fits = |n: i64| at(n).expect("a date of the calendar") <= to;
    let mut n = 0;
    while fits(n + 1) {
        n += 1;
    }
    n
}

pub fn round(value: BigRational, rounding: &conforme::number::round::Rounding) -> BigRational {
    use conforme::number::round::Direction;
    let step = big(&rounding.step);
    let units = value / &step;
    let half = BigRational::new(1.into(), 2.into());
    let floor = units.floor();
    let units = match rounding.direction {
        Direction::Down => floor,
        Direction::Up => units.ceil(),
        Direction::TowardZero => units.trunc(),
        Direction::HalfAway if units.is_negative() => -((-units) + half).floor(),
        Direction::HalfAway => (units + half).floor(),
        Direction::HalfEven => {
            let rest = &units - &floor;
            let even = (floor.to_integer() % BigInt::from(2)).is_zero();
            if rest < half || (rest == half && even) {
                floor
            } else {
                units.floor() + BigRational::from_integer(1.into())
            }
        }
    };
    units * step
}

pub fn big(ratio: &conforme::number::Ratio) -> BigRational {
    BigRational::new(ratio.numerator().parse().expect("digits"), ratio.denominator().parse().expect("digits"))
}

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    text.replace('’', "'").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// So many months later; a day that the month does not have is its last, or the day after that.
pub(super) fn later(from: Date, months: i64, missing: conforme::time::MissingDay) -> Option<Date> {
    let moved = from.plus_months(months)?;
    let next = missing == conforme::time::MissingDay::Next && moved.day() < from.day();
    if next { moved.plus_days(1) } else { Some(moved) }
}
