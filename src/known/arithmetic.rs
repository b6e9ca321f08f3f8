//! Arithmetic on intervals of numbers: the tightest interval of all results.
//!
//! No end is longer than [`limits::NUMBER_BITS`]: past it there is none on that side, which is sound.
//! An operation on single numbers whose result is no single number is therefore too long, or a
//! division by 0.

use std::cmp::Ordering;

use super::interval::{End, Interval, greater, lesser};
use crate::limits;
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};

impl Interval {
    /// Opposite.
    #[must_use]
    pub fn neg(&self) -> Interval {
        Interval { low: self.high.map(Ratio::neg), high: self.low.map(Ratio::neg), whole: self.whole }
    }

    /// Sum.
    #[must_use]
    pub fn add(&self, other: &Interval) -> Interval {
        if let (Some(a), Some(b)) = (self.value(), other.value()) {
            return Interval::point(a.add(b)).short();
        }
        Interval {
            low: sum(&self.low, &other.low),
            high: sum(&self.high, &other.high),
            whole: self.whole && other.whole,
        }
        .short()
    }

    /// Difference.
    #[must_use]
    pub fn sub(&self, other: &Interval) -> Interval {
        self.add(&other.neg())
    }

    /// Product; 0 × ∞ is 0.
    #[must_use]
    pub fn mul(&self, other: &Interval) -> Interval {
        if let (Some(a), Some(b)) = (self.value(), other.value()) {
            return Interval::point(a.mul(b)).short();
        }
        let corners = [
            Corner::low(&self.low).mul(&Corner::low(&other.low)),
            Corner::low(&self.low).mul(&Corner::high(&other.high)),
            Corner::high(&self.high).mul(&Corner::low(&other.low)),
            Corner::high(&self.high).mul(&Corner::high(&other.high)),
        ];
        Corner::hull(corners, self.whole && other.whole).short()
    }

    /// Quotient of every number by every number of the other but 0.
    ///
    /// Where nothing keeps the divisor away from 0, the result has infinite ends.
    #[must_use]
    pub fn div(&self, other: &Interval) -> Interval {
        if let (Some(a), Some(b)) = (self.value(), other.value())
            && let Some(quotient) = a.div(b)
        {
            return Interval::point(quotient).short();
        }
        self.mul(&other.inverse())
    }

    /// Powers, of exponents from 0 to [`limits::EXPONENT`]: any other was refused where it is written.
    #[must_use]
    pub fn power(&self, exponents: &Interval) -> Interval {
        let end = |end: &End, otherwise: u32| {
            let value = end.value().and_then(|value| u32::try_from(value.floor().to_i64()?).ok());
            value.unwrap_or(otherwise).min(limits::EXPONENT)
        };
        let (least, most) = (end(&exponents.low, 0), end(&exponents.high, limits::EXPONENT));
        // Above zero and below it, each end of a power is that of an end.
        let zero = Interval::at_least(Ratio::zero(), self.whole);
        let (above, below) = (self.intersect(&zero), self.neg().intersect(&zero));
        let one = Interval::point(Ratio::one());
        let (mut up, mut down) = (above.as_ref().map(|_| one.clone()), below.as_ref().map(|_| one.clone()));
        let mut all: Option<Interval> = None;
        for exponent in 0..=most.max(least) {
            if exponent > 0 {
                up = up.zip(above.as_ref()).map(|(power, side)| power.mul(side));
                down = down.zip(below.as_ref()).map(|(power, side)| power.mul(side));
            }
            if exponent < least {
                continue;
            }
            let down = down.as_ref().map(|power| if exponent % 2 == 0 { power.clone() } else { power.neg() });
            for power in up.iter().chain(&down) {
                all = Some(all.map_or_else(|| power.clone(), |all| all.union(power)));
            }
        }
        all.unwrap_or(one)
    }

    /// The lesser of a number of each.
    #[must_use]
    pub fn min(&self, other: &Interval) -> Interval {
        Interval {
            low: lesser(&self.low, &other.low, End::cmp_low),
            high: lesser(&self.high, &other.high, End::cmp_high),
            whole: self.whole && other.whole,
        }
        .settled()
    }

    /// The greater of a number of each.
    #[must_use]
    pub fn max(&self, other: &Interval) -> Interval {
        Interval {
            low: greater(&self.low, &other.low, End::cmp_low),
            high: greater(&self.high, &other.high, End::cmp_high),
            whole: self.whole && other.whole,
        }
        .settled()
    }

    /// Rounded.
    #[must_use]
    pub fn round(&self, rounding: &Rounding) -> Interval {
        if let Some(value) = self.value() {
            return Interval::point(rounding.apply(value));
        }
        if rounding.step.is_zero() {
            return self.clone();
        }
        let end = |end: &End, nudge: Ordering| match end {
            End::Infinite => End::Infinite,
            End::Included(value) => End::Included(rounding.apply(value)),
            End::Excluded(value) => End::Included(round_beside(rounding, value, nudge)),
        };
        Interval {
            low: end(&self.low, Ordering::Greater),
            high: end(&self.high, Ordering::Less),
            whole: rounding.step.is_integer(),
        }
        .settled()
    }

    /// Greatest whole number not above.
    #[must_use]
    pub fn floor(&self) -> Interval {
        self.round(&Rounding { step: Ratio::one(), direction: Direction::Down })
    }

    /// The inverses of all numbers but 0.
    fn inverse(&self) -> Interval {
        let zero = Ratio::zero();
        let Some(divisors) = self.without(&zero) else { return Interval::all(false) };
        let negative = divisors.low.value().is_none_or(|low| low.signum() < 0);
        let positive = divisors.high.value().is_none_or(|high| high.signum() > 0);
        if negative && positive {
            if !divisors.whole {
                return Interval::all(false);
            }
            // Whole divisors on both sides are at least 1 away from 0.
            let one = Ratio::one();
            return Interval { low: End::Included(one.neg()), high: End::Included(one), whole: false };
        }
        // On one side of 0: the order is turned round, and 0 and ∞ change places.
        let flip = |end: &End| match end.value().map(|value| Ratio::one().div(value)) {
            None => End::Excluded(Ratio::zero()),
            Some(None) => End::Infinite,
            Some(Some(inverse)) => end.map(|_| inverse),
        };
        Interval { low: flip(&divisors.high), high: flip(&divisors.low), whole: false }.settled()
    }

    /// Without the ends that are too long.
    fn short(self) -> Interval {
        self.within_bits(limits::NUMBER_BITS)
    }

    /// The one form of a set that may have come down to one number.
    fn settled(self) -> Interval {
        match self.value() {
            Some(value) => Interval { whole: value.is_integer(), ..self },
            None => self,
        }
    }
}

/// The sum of two ends of one side.
fn sum(a: &End, b: &End) -> End {
    match (a, b) {
        (End::Infinite, _) | (_, End::Infinite) => End::Infinite,
        (End::Included(a), End::Included(b)) => End::Included(a.add(b)),
        (End::Included(a) | End::Excluded(a), End::Included(b) | End::Excluded(b)) => End::Excluded(a.add(b)),
    }
}

/// What the numbers just beside a value round to, on the side that `nudge` says.
fn round_beside(rounding: &Rounding, value: &Ratio, nudge: Ordering) -> Ratio {
    let here = |direction| Rounding { step: rounding.step.clone(), direction }.apply(value);
    let (below, above) = (here(Direction::Down), here(Direction::Up));
    if below == above {
        // On a multiple: beside it, `inférieur`, `supérieur` and `vers zéro` reach the next one.
        return match (rounding.direction, nudge) {
            (Direction::Down, Ordering::Less) => below.sub(&rounding.step.abs()),
            (Direction::Up, Ordering::Greater) => above.add(&rounding.step.abs()),
            (Direction::TowardZero, Ordering::Less) if value.signum() > 0 => below.sub(&rounding.step.abs()),
            (Direction::TowardZero, Ordering::Greater) if value.signum() < 0 => {
                above.add(&rounding.step.abs())
            }
            _ => below,
        };
    }
    let is_half = value.sub(&below) == above.sub(value);
    match (rounding.direction, nudge) {
        (Direction::HalfAway | Direction::HalfEven, Ordering::Greater) if is_half => above,
        (Direction::HalfAway | Direction::HalfEven, Ordering::Less) if is_half => below,
        _ => rounding.apply(value),
    }
}

/// A corner of a product: a number or an infinity, with whether it is reached.
#[derive(Clone)]
struct Corner {
    at: Reach,
    included: bool,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Below,
    Finite(Ratio),
    Above,
}

impl Reach {
    fn sign(&self) -> i32 {
        match self {
            Reach::Below => -1,
            Reach::Finite(value) => value.signum(),
            Reach::Above => 1,
        }
    }
}

impl Corner {
    fn low(end: &End) -> Corner {
        Corner::of(end, Reach::Below)
    }

    fn high(end: &End) -> Corner {
        Corner::of(end, Reach::Above)
    }

    fn of(end: &End, infinity: Reach) -> Corner {
        Corner {
            at: end.value().map_or(infinity, |value| Reach::Finite(value.clone())),
            included: end.is_included(),
        }
    }

    fn is_included_zero(&self) -> bool {
        self.included && self.at.sign() == 0
    }

    fn mul(&self, other: &Corner) -> Corner {
        let at = match (&self.at, &other.at) {
            (Reach::Finite(a), Reach::Finite(b)) => Reach::Finite(a.mul(b)),
            (a, b) => match a.sign() * b.sign() {
                0 => Reach::Finite(Ratio::zero()),
                sign if sign < 0 => Reach::Below,
                _ => Reach::Above,
            },
        };
        // A zero that is reached makes the product zero whatever the other side does.
        let included =
            (self.included && other.included) || self.is_included_zero() || other.is_included_zero();
        Corner { at, included }
    }

    fn end(self) -> End {
        match self.at {
            Reach::Finite(value) if self.included => End::Included(value),
            Reach::Finite(value) => End::Excluded(value),
            Reach::Below | Reach::Above => End::Infinite,
        }
    }

    fn hull(corners: [Corner; 4], whole: bool) -> Interval {
        let [first, rest @ ..] = corners;
        let (mut low, mut high) = (first.clone(), first);
        for corner in rest {
            match corner.at.cmp(&low.at) {
                Ordering::Less => low = corner.clone(),
                Ordering::Equal => low.included |= corner.included,
                Ordering::Greater => {}
            }
            match corner.at.cmp(&high.at) {
                Ordering::Greater => high = corner,
                Ordering::Equal => high.included |= corner.included,
                Ordering::Less => {}
            }
        }
        Interval { low: low.end(), high: high.end(), whole }.settled()
    }
}
