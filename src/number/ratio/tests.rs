use num_traits::{FromPrimitive, Zero};
use proptest::prelude::*;

use super::*;

/// Integers of all sizes, those beside the limits of the small form above all.
fn an_integer() -> impl Strategy<Value = i128> {
    let limit = i128::from(i64::MAX);
    prop_oneof![
        4 => -100i128..100,
        2 => any::<i64>().prop_map(i128::from),
        2 => (-3i128..3).prop_map(move |n| limit + n),
        2 => (-3i128..3).prop_map(move |n| -limit + n),
        1 => any::<i128>(),
        1 => Just(i128::MIN),
    ]
}

/// A number, with the same one as `num-rational` has it.
fn a_ratio() -> impl Strategy<Value = (Ratio, BigRational)> {
    (an_integer(), an_integer()).prop_filter_map("division by zero", |(num, den)| {
        let big = (den != 0).then(|| BigRational::new(num.into(), den.into()))?;
        Some((Ratio::new(num, den)?, big))
    })
}

/// The one form of a number.
fn is_canonical(ratio: &Ratio) -> bool {
    match &ratio.0 {
        Small(num, den) => den.get() > 0 && num.gcd(&den.get()) == 1,
        Big(big) => {
            big.denom().is_positive()
                && big.numer().gcd(big.denom()).is_one()
                && (big.numer().to_i64().is_none() || big.denom().to_i64().is_none())
        }
    }
}

macro_rules! same {
    ($ratio:expr, $big:expr) => {{
        let ratio = $ratio;
        prop_assert!(is_canonical(&ratio), "{:?}", ratio);
        prop_assert_eq!(ratio.to_big(), $big);
    }};
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn agrees_with_arbitrary_precision((a, x) in a_ratio(), (b, y) in a_ratio()) {
        same!(a.clone(), x.clone());
        same!(a.add(&b), &x + &y);
        same!(a.sub(&b), &x - &y);
        same!(a.mul(&b), &x * &y);
        match a.div(&b) {
            Some(quotient) => same!(quotient, &x / &y),
            None => prop_assert!(y.is_zero()),
        }
        same!(a.neg(), -&x);
        same!(a.abs(), x.abs());
        same!(a.floor(), x.floor());
        same!(a.ceil(), x.ceil());
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!(a == b, x == y);
        prop_assert_eq!(a.signum(), x.signum().to_integer().to_i32().unwrap());
        prop_assert_eq!(a.is_zero(), x.is_zero());
        prop_assert_eq!(a.is_integer(), x.is_integer());
        prop_assert_eq!(a.to_string(), x.to_string());
        prop_assert_eq!(a.numerator(), x.numer().to_string());
        prop_assert_eq!(a.denominator(), x.denom().to_string());
        let integer = if x.is_integer() { x.to_integer().to_i64() } else { None };
        prop_assert_eq!(a.to_i64(), integer);
    }

    #[test]
    fn what_comes_back_is_the_same_number((a, _) in a_ratio(), (b, _) in a_ratio()) {
        prop_assert_eq!(&a.add(&b).sub(&b), &a);
        if !b.is_zero() {
            prop_assert_eq!(&a.mul(&b).div(&b).unwrap(), &a);
        }
    }

    #[test]
    fn decimals_are_read_exactly(whole in "[0-9]{1,40}", fraction in "[0-9]{1,40}", negative: bool) {
        let sign = if negative { "-" } else { "" };
        let scale = BigInt::from(10).pow(fraction.len() as u32);
        let digits: BigInt = format!("{sign}{whole}{fraction}").parse().unwrap();
        for text in [format!("{sign}{whole},{fraction}"), format!("{sign}{whole}.{fraction}")] {
            same!(Ratio::parse_decimal(&text).unwrap(), BigRational::new(digits.clone(), scale.clone()));
        }
        let whole: BigInt = format!("{sign}{whole}").parse().unwrap();
        same!(Ratio::parse_decimal(&whole.to_string()).unwrap(), BigRational::from_integer(whole));
    }
}

#[test]
fn what_is_no_decimal_number() {
    for text in ["", "-", "3,", ",5", "3,5,1", "3.5,1", "+3", "--3", "1 000", "3e2", "٣", "3,-5"] {
        assert_eq!(Ratio::parse_decimal(text), None, "{text}");
    }
}

#[test]
fn a_third_is_a_third() {
    let third = Ratio::new(1, 3).unwrap();
    assert_eq!(third.add(&third).add(&third), Ratio::one());
    assert!(Ratio::new(5, 35).unwrap() >= Ratio::parse_decimal("0,1").unwrap());
    assert!(Ratio::parse_decimal("0,3333333333333333").unwrap() < third);
    assert_eq!(Ratio::parse_decimal("0,10"), Ratio::new(1, 10));
}

#[test]
fn it_is_small() {
    assert_eq!(size_of::<Ratio>(), 16);
    assert_eq!(BigRational::from_i64(7).map(Ratio::from_big), Some(Ratio::from(7)));
}
