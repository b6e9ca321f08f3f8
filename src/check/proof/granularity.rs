//! The step of a value: what all that it may be is a multiple of.
//!
//! An amount whose step is a multiple of one cent needs no rounding.

use num_integer::Integer;

use super::base::Base;
use crate::limits;
use crate::number::Ratio;
use crate::number::share::Remainder;
use crate::policy::{BandRange, ExprId, ExprKind, Type};
use crate::syntax::tree::Aggregate;
use crate::value::Value;

/// The step of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grain {
    /// Only 0.
    Zero,
    /// Multiples of a number above 0.
    Step(Ratio),
    /// Any number.
    Dense,
}

impl Grain {
    pub fn of(number: &Ratio) -> Grain {
        if number.is_zero() { Grain::Zero } else { Grain::Step(number.abs()) }
    }

    fn one() -> Grain {
        Grain::Step(Ratio::one())
    }

    /// Of a value that is one or the other, or their sum.
    pub fn with(self, other: Grain) -> Grain {
        match (self, other) {
            (Grain::Dense, _) | (_, Grain::Dense) => Grain::Dense,
            (Grain::Zero, grain) | (grain, Grain::Zero) => grain,
            (Grain::Step(a), Grain::Step(b)) => Grain::Step(gcd(&a, &b)),
        }
    }

    /// Of a product.
    pub fn times(self, other: &Grain) -> Grain {
        match (self, other) {
            (Grain::Zero, _) | (_, Grain::Zero) => Grain::Zero,
            (Grain::Dense, _) | (_, Grain::Dense) => Grain::Dense,
            (Grain::Step(a), Grain::Step(b)) => Grain::Step(a.mul(b)),
        }
    }

    /// Whether every value is a whole number of `step`.
    pub fn is_multiple_of(&self, step: &Ratio) -> bool {
        match self {
            Grain::Zero => true,
            Grain::Step(own) => own.div(step).is_some_and(|n| n.is_integer()),
            Grain::Dense => false,
        }
    }

    /// The step, where there is one.
    pub fn step(&self) -> Option<&Ratio> {
        match self {
            Grain::Step(step) => Some(step),
            Grain::Zero | Grain::Dense => None,
        }
    }
}

/// The greatest number of which both are multiples.
fn gcd(a: &Ratio, b: &Ratio) -> Ratio {
    // a = m/d, b = n/d over the common denominator d: gcd(m, n) / d.
    let parse = |text: String| text.parse::<num_bigint::BigInt>().unwrap_or_default();
    let (da, db) = (parse(a.denominator()), parse(b.denominator()));
    let common = da.lcm(&db);
    let (m, n) = (parse(a.numerator()) * (&common / &da), parse(b.numerator()) * (&common / &db));
    let whole = |n: &num_bigint::BigInt| Ratio::parse_decimal(&n.to_string());
    whole(&m.gcd(&n)).zip(whole(&common)).and_then(|(m, d)| m.div(&d)).unwrap_or_else(Ratio::zero)
}

/// All numbers that a constant or parameter may be; `None` for any other expression.
fn constants(base: &Base<'_>, expr: ExprId) -> Option<Vec<Ratio>> {
    let number = |value: &Value| match value {
        Value::Number(number) => Some(number.clone()),
        Value::Truth(_) | Value::Date(_) | Value::Text(_) | Value::Choice(_) => None,
    };
    match &base.policy.exprs.get(expr).kind {
        ExprKind::Const(value) => number(value).map(|n| vec![n]),
        ExprKind::Parameter { parameter, .. } => base.parameter_values(*parameter).map(number).collect(),
        _ => None,
    }
}

/// The step of what an expression may be.
pub(super) fn grain(base: &Base<'_>, expr: ExprId) -> Grain {
    let node = base.policy.exprs.get(expr);
    let of = |expr: &ExprId| grain(base, *expr);
    let all = |exprs: &mut dyn Iterator<Item = ExprId>| {
        exprs.fold(Grain::Zero, |sum, expr| sum.with(grain(base, expr)))
    };
    match &node.kind {
        ExprKind::Const(_) | ExprKind::Parameter { .. } if node.ty == Type::Date => Grain::one(),
        ExprKind::Const(_) | ExprKind::Parameter { .. } => match constants(base, expr) {
            Some(numbers) => numbers.iter().fold(Grain::Zero, |sum, n| sum.with(Grain::of(n))),
            None => Grain::Dense,
        },
        ExprKind::Fact(_) | ExprKind::Field(_) => match node.ty {
            Type::Integer | Type::Months | Type::Days | Type::Date => Grain::one(),
            Type::Amount => Grain::Step(base.policy.currency.step()),
            Type::Truth | Type::Number | Type::Percent | Type::Text | Type::Choice(_) => Grain::Dense,
        },
        ExprKind::Definition(definition) => {
            base.grains.get(definition.index()).cloned().unwrap_or(Grain::Dense)
        }
        // A financing whose amount is not whole cents is reported where it stands.
        ExprKind::AmountOf(_) => Grain::Step(base.policy.currency.step()),
        ExprKind::Add(a, b) | ExprKind::Sub(a, b) => of(a).with(of(b)),
        ExprKind::Negate(a) => of(a),
        ExprKind::Mul(a, b) => of(a).times(&of(b)),
        ExprKind::Power { .. } if node.ty == Type::Integer => Grain::one(),
        ExprKind::Power { base: of_base, exponent } => match constants(base, *exponent).as_deref() {
            Some([exponent]) if *exponent <= Ratio::from(i64::from(limits::EXPONENT)) => {
                let times = exponent.to_i64().unwrap_or_default();
                (0..times).fold(Grain::one(), |grain, _| grain.times(&of(of_base)))
            }
            Some(_) | None => Grain::Dense,
        },
        ExprKind::Div(a, b) => divided(base, of(a), *b),
        ExprKind::Around { of: value, .. } => of(value),
        ExprKind::Scaled { base: amount, rate, .. } => of(amount).times(&Grain::one().with(of(rate))),
        ExprKind::Prorata { base: amount, part, whole } => divided(base, of(amount).times(&of(part)), *whole),
        ExprKind::Round { value, rounding } => {
            if rounding.step.is_zero() {
                of(value)
            } else {
                Grain::of(&rounding.step)
            }
        }
        ExprKind::Extremum { of, .. } => all(&mut of.iter().copied()),
        ExprKind::Aggregate { kind, of: value, .. } => match kind {
            Aggregate::Count => Grain::one(),
            Aggregate::Sum | Aggregate::Greatest | Aggregate::Least => value.map_or(Grain::Dense, |e| of(&e)),
            Aggregate::All | Aggregate::Exists | Aggregate::None => Grain::Dense,
        },
        ExprKind::Cases { lines, otherwise } => {
            all(&mut lines.iter().map(|line| line.value).chain(*otherwise))
        }
        ExprKind::Scale { bands, by_slices: false, .. } => all(&mut bands.iter().map(|band| band.value)),
        ExprKind::Scale { of: subject, bands, by_slices: true } => {
            let mut slices = of(subject);
            for band in bands {
                if let BandRange::Between { low, high } = &band.range {
                    for (end, _) in [low, high].into_iter().flatten() {
                        slices = slices.with(of(end));
                    }
                }
            }
            let rates = all(&mut bands.iter().map(|band| band.value));
            slices.times(&rates)
        }
        ExprKind::Range { low: a, high: b } | ExprKind::Allotted { total: a, envelope: b, .. } => {
            of(a).with(of(b))
        }
        ExprKind::Share(share) => {
            let step = Grain::of(&share.how.rounding.step);
            match share.how.remainder {
                // Whoever bears what rounding leaves has what it takes.
                Some(Remainder::First | Remainder::Greatest) => {
                    let ends = share.cap.into_iter().chain([share.envelope]);
                    ends.fold(step, |step, end| step.with(of(&end)))
                }
                Some(Remainder::Lost) | None => step,
            }
        }
        ExprKind::DaysBetween(..)
        | ExprKind::Elapsed { .. }
        | ExprKind::YearOf(_)
        | ExprKind::WeekdayOf(_)
        | ExprKind::Covered { .. }
        | ExprKind::Rank { .. }
        | ExprKind::ExaminationDate
        | ExprKind::Shift { .. }
        | ExprKind::DayOf { .. } => Grain::one(),
        ExprKind::Reading(_)
        | ExprKind::Holds(_)
        | ExprKind::AllCriteria
        | ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Bullets { .. }
        | ExprKind::Compare { .. }
        | ExprKind::Among { .. }
        | ExprKind::Between { .. }
        | ExprKind::Within { .. } => Grain::Dense,
    }
}

fn divided(base: &Base<'_>, grain: Grain, by: ExprId) -> Grain {
    let Some(divisors) = constants(base, by) else {
        return if grain == Grain::Zero { Grain::Zero } else { Grain::Dense };
    };
    divisors.iter().fold(Grain::Zero, |sum, divisor| match Ratio::one().div(divisor) {
        Some(inverse) => sum.with(grain.clone().times(&Grain::of(&inverse))),
        None => Grain::Dense,
    })
}

/// The innermost calculation from which parts of a cent come.
pub(super) fn culprit(base: &Base<'_>, expr: ExprId) -> ExprId {
    let cents = base.policy.currency.step();
    let mut found = expr;
    loop {
        let mut below = None;
        let node = base.policy.exprs.get(found);
        if let ExprKind::Definition(definition) = &node.kind {
            found = base.policy.definitions[definition.index()].body;
            continue;
        }
        node.kind.for_each_operand(&mut |operand| {
            let ty = base.policy.exprs.get(operand).ty;
            if below.is_none() && ty == Type::Amount && !grain(base, operand).is_multiple_of(&cents) {
                below = Some(operand);
            }
        });
        match below {
            Some(operand) => found = operand,
            None => return found,
        }
    }
}
