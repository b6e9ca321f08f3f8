//! Rounding: never silent, always as an author wrote it.

use super::Ratio;

/// `arrondi …`: to a multiple of `step`, in a direction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// The step: 1/100 for `au centime`, 100 for `à la centaine d'euros`.
    pub step: Ratio,
    /// The direction.
    pub direction: Direction,
}

/// To which multiple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The nearest, a half away from zero.
    HalfAway,
    /// The nearest, a half to the even multiple (`au pair`).
    HalfEven,
    /// `inférieur`: toward −∞.
    Down,
    /// `supérieur`: toward +∞.
    Up,
    /// `vers zéro`: the decimals that are left over are dropped, whatever the sign.
    TowardZero,
}

impl Rounding {
    /// The value, rounded. A step of 0 leaves the value as it is.
    pub fn apply(&self, value: &Ratio) -> Ratio {
        let Some(units) = value.div(&self.step) else { return value.clone() };
        let floor = units.floor();
        let chosen = match self.direction {
            Direction::Down => floor,
            Direction::Up => units.ceil(),
            Direction::TowardZero if value.signum() < 0 => units.ceil(),
            Direction::TowardZero => floor,
            Direction::HalfAway | Direction::HalfEven => {
                let rest = units.sub(&floor);
                let double = rest.add(&rest);
                let above = floor.add(&Ratio::one());
                match double.cmp(&Ratio::one()) {
                    std::cmp::Ordering::Less => floor,
                    std::cmp::Ordering::Greater => above,
                    std::cmp::Ordering::Equal => match self.direction {
                        Direction::HalfAway if value.signum() < 0 => floor,
                        Direction::HalfEven if floor.div(&Ratio::from(2)).is_some_and(|h| h.is_integer()) => {
                            floor
                        }
                        _ => above,
                    },
                }
            }
        };
        chosen.mul(&self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Ratio {
        Ratio::parse_decimal(text).unwrap()
    }

    fn check(step: &str, direction: Direction, table: &[(&str, &str)]) {
        let rounding = Rounding { step: d(step), direction };
        for (value, rounded) in table {
            assert_eq!(rounding.apply(&d(value)), d(rounded), "{value}, {direction:?} to {step}");
        }
    }

    #[test]
    fn toward_zero_drops_what_is_over() {
        check(
            "1",
            Direction::TowardZero,
            &[("2,9", "2"), ("-2,9", "-2"), ("3", "3"), ("-3", "-3"), ("-0,4", "0")],
        );
        check("0,01", Direction::TowardZero, &[("-1,239", "-1,23"), ("1,239", "1,23")]);
    }

    #[test]
    fn a_half_goes_away_from_zero() {
        let to_the_unit = [
            ("2,5", "3"),
            ("-2,5", "-3"),
            ("3,5", "4"),
            ("0,5", "1"),
            ("-0,5", "-1"),
            ("2,4999", "2"),
            ("7", "7"),
        ];
        check("1", Direction::HalfAway, &to_the_unit);
        let to_the_cent = [
            ("1,005", "1,01"),
            ("-1,005", "-1,01"),
            ("1,015", "1,02"),
            ("2,344", "2,34"),
            ("-2,346", "-2,35"),
            ("0,004", "0"),
        ];
        check("0,01", Direction::HalfAway, &to_the_cent);
        check(
            "100",
            Direction::HalfAway,
            &[("149,99", "100"), ("150", "200"), ("-150", "-200"), ("49", "0")],
        );
    }

    #[test]
    fn a_half_to_the_even_one_on_request() {
        let to_the_unit = [
            ("2,5", "2"),
            ("3,5", "4"),
            ("-2,5", "-2"),
            ("-3,5", "-4"),
            ("0,5", "0"),
            ("-0,5", "0"),
            ("2,51", "3"),
        ];
        check("1", Direction::HalfEven, &to_the_unit);
        let to_the_cent =
            [("1,005", "1"), ("1,015", "1,02"), ("-1,005", "-1"), ("-1,015", "-1,02"), ("1,0051", "1,01")];
        check("0,01", Direction::HalfEven, &to_the_cent);
        check("100", Direction::HalfEven, &[("50", "0"), ("150", "200"), ("250", "200"), ("-250", "-200")]);
    }

    #[test]
    fn below_is_toward_minus_infinity() {
        check(
            "1",
            Direction::Down,
            &[("2,99", "2"), ("2", "2"), ("-2,01", "-3"), ("-2", "-2"), ("0,99", "0")],
        );
        check("0,01", Direction::Down, &[("1,019", "1,01"), ("-1,011", "-1,02")]);
        check("100", Direction::Down, &[("4299,99", "4200"), ("-1", "-100")]);
    }

    #[test]
    fn above_is_toward_plus_infinity() {
        check("1", Direction::Up, &[("2,01", "3"), ("2", "2"), ("-2,99", "-2"), ("-2", "-2"), ("-0,5", "0")]);
        check("0,01", Direction::Up, &[("1,011", "1,02"), ("-1,019", "-1,01")]);
        check("100", Direction::Up, &[("4200,01", "4300"), ("4200", "4200"), ("-150", "-100")]);
    }

    #[test]
    fn what_never_ends_is_rounded_too() {
        let two_thirds = Ratio::new(2, 3).unwrap();
        let cents = |direction| Rounding { step: d("0,01"), direction };
        assert_eq!(cents(Direction::HalfAway).apply(&two_thirds), d("0,67"));
        assert_eq!(cents(Direction::HalfAway).apply(&two_thirds.neg()), d("-0,67"));
        assert_eq!(cents(Direction::Down).apply(&two_thirds), d("0,66"));
        assert_eq!(cents(Direction::Down).apply(&two_thirds.neg()), d("-0,67"));
        assert_eq!(cents(Direction::Up).apply(&two_thirds.neg()), d("-0,66"));
    }

    #[test]
    fn a_step_of_zero_changes_nothing() {
        let rounding = Rounding { step: Ratio::zero(), direction: Direction::Up };
        assert_eq!(rounding.apply(&d("1,234")), d("1,234"));
    }
}
