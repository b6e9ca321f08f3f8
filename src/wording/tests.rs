use proptest::prelude::*;

use super::{Decimal, MOST_PLACES, places};
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};

fn number() -> impl Strategy<Value = Ratio> {
    let whole = prop_oneof![-2_000..2_000i64, any::<i64>()];
    let part = prop_oneof![1..1_000i64, (0..19u32).prop_map(|zeros| 10i64.pow(zeros)), 1..i64::MAX];
    // Past a machine integer too.
    (whole, part, prop_oneof![Just(1i128), Just(i128::from(i64::MAX))])
        .prop_filter_map("no number", |(num, den, times)| Ratio::new(i128::from(num) * times, den.into()))
}

fn times_ten(value: &Ratio, places: u8) -> Ratio {
    (0..places).fold(value.clone(), |n, _| n.mul(&Ratio::from(10)))
}

proptest! {
    #[test]
    fn a_number_is_rounded_as_policies_round_and_keeps_its_sign(value in number(), places in 0..24u8) {
        let unit = Rounding { step: Ratio::one(), direction: Direction::HalfAway };
        let rounded = unit.apply(&times_ten(&value, places));
        let decimal = Decimal::rounded(&value, places);
        let digits = decimal.written("", "");
        prop_assert_eq!(digits.len(), rounded.abs().numerator().len().max(usize::from(places) + 1));
        prop_assert_eq!(digits.parse::<num_bigint::BigUint>().unwrap().to_string(), rounded.abs().numerator());
        prop_assert_eq!(decimal.sign(), if rounded.signum() < 0 { "-" } else { "" });
    }

    #[test]
    fn as_few_decimals_are_shown_as_tell_the_whole_number(value in number()) {
        let whole = (0..=MOST_PLACES).find(|places| times_ten(&value, *places).is_integer());
        match whole {
            Some(whole) => prop_assert_eq!(places(&value), whole),
            // Never shown as a whole number that it is not.
            None => prop_assert!(!Decimal::rounded(&value, places(&value)).written(",", "").ends_with(",00")),
        }
    }

    #[test]
    fn what_is_no_whole_number_is_not_shown_as_one(most in 2..1_000_000_000_i64) {
        let just_less = Ratio::new((most - 1).into(), most.into()).unwrap();
        let shown = Decimal::rounded(&just_less, places(&just_less)).trimmed();
        let written = Ratio::parse_decimal(&shown.written(",", "")).unwrap();
        prop_assert!(!written.is_integer());
    }

    #[test]
    fn a_number_that_ends_is_trimmed_to_what_it_is(value in -100_000..100_000i64) {
        let value = Ratio::new(value.into(), 1_000).unwrap();
        let trimmed = Decimal::rounded(&value, 6).trimmed();
        let written = [trimmed.sign(), &trimmed.written(",", "")].concat();
        prop_assert_eq!(Ratio::parse_decimal(&written).unwrap(), value);
        prop_assert!(!written.contains(',') || !written.ends_with('0'));
    }
}
