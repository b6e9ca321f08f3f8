//! A fraction of two machine integers: quick, and exact as long as it fits.

use std::cmp::Ordering;
use std::num::NonZero;

use num_integer::Integer;

use super::Ratio;

/// A fraction of two machine integers, with a positive denominator.
///
/// It is not kept in lowest terms: to compare two fractions needs none, and to reduce costs more than
/// most of what is computed. What no longer fits is `None`.
#[derive(Debug, Clone, Copy)]
pub struct Small {
    num: i64,
    den: NonZero<i64>,
}

/// 1: the second arm is never taken, and keeps panics out.
const UNIT: NonZero<i64> = match NonZero::new(1) {
    Some(one) => one,
    None => NonZero::<i64>::MAX,
};

impl Small {
    /// 0.
    pub const ZERO: Small = Small { num: 0, den: UNIT };

    /// 1.
    pub const ONE: Small = Small { num: 1, den: UNIT };

    /// How many parts it is, and in how many of them a unit is cut.
    #[inline]
    pub(crate) fn parts(self) -> (i64, NonZero<i64>) {
        (self.num, self.den)
    }

    /// So many parts of a unit cut in `den`, which is positive.
    #[inline]
    pub(crate) fn new(num: i64, den: NonZero<i64>) -> Small {
        Small { num, den }
    }

    /// How many parts of a unit cut in `den` it is, where it is so many exactly.
    #[inline]
    pub(crate) fn over(self, den: NonZero<i64>) -> Option<i64> {
        if self.den == den {
            return Some(self.num);
        }
        let parts = i128::from(self.num) * i128::from(den.get());
        let own = i128::from(self.den.get());
        (parts % own == 0).then(|| i64::try_from(parts / own).ok())?
    }

    /// The fraction of a number that fits.
    #[inline]
    pub fn of(ratio: &Ratio) -> Option<Small> {
        ratio.machine().map(|(num, den)| Small { num, den })
    }

    /// As a number of any size.
    pub fn to_ratio(self) -> Ratio {
        Ratio::new(self.num.into(), self.den.get().into()).unwrap_or_else(Ratio::zero)
    }

    /// As an integer, where it is one.
    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        if self.den == UNIT {
            return Some(self.num);
        }
        let (whole, rest) = self.num.div_rem(&self.den.get());
        (rest == 0).then_some(whole)
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Opposite.
    pub fn checked_neg(self) -> Option<Small> {
        Some(Small { num: self.num.checked_neg()?, den: self.den })
    }

    /// Sum.
    #[inline]
    pub fn checked_add(self, other: Small) -> Option<Small> {
        if self.den == other.den {
            return Some(Small { num: self.num.checked_add(other.num)?, den: self.den });
        }
        Small::either(self, other, |a, b| {
            let left = a.num.checked_mul(b.den.get())?;
            let right = b.num.checked_mul(a.den.get())?;
            Some(Small { num: left.checked_add(right)?, den: a.den.checked_mul(b.den)? })
        })
    }

    /// Difference.
    #[inline]
    pub fn checked_sub(self, other: Small) -> Option<Small> {
        self.checked_add(other.checked_neg()?)
    }

    /// Product.
    #[inline]
    pub fn checked_mul(self, other: Small) -> Option<Small> {
        Small::either(self, other, |a, b| {
            Some(Small { num: a.num.checked_mul(b.num)?, den: a.den.checked_mul(b.den)? })
        })
    }

    /// Quotient; `None` as well where the divisor is 0.
    #[inline]
    pub fn checked_div(self, other: Small) -> Option<Small> {
        let (num, den) = if other.num < 0 {
            (other.den.get().checked_neg()?, other.num.checked_neg()?)
        } else {
            (other.den.get(), other.num)
        };
        self.checked_mul(Small { num, den: NonZero::new(den)? })
    }

    /// What an operation gives, in lowest terms if it does not fit otherwise.
    #[inline]
    fn either(a: Small, b: Small, op: impl Fn(Small, Small) -> Option<Small>) -> Option<Small> {
        op(a, b).or_else(|| op(a.reduced(), b.reduced()))
    }

    fn reduced(self) -> Small {
        let common = self.num.unsigned_abs().gcd(&self.den.get().unsigned_abs());
        // The denominator is positive: what is common to both is at most that, and fits.
        let common = i64::try_from(common).unwrap_or(1).max(1);
        match NonZero::new(self.den.get() / common) {
            Some(den) => Small { num: self.num / common, den },
            None => self,
        }
    }
}

impl From<i64> for Small {
    fn from(num: i64) -> Small {
        Small { num, den: UNIT }
    }
}

impl PartialEq for Small {
    fn eq(&self, other: &Small) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Small {}

impl Ord for Small {
    #[inline]
    fn cmp(&self, other: &Small) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        let left = i128::from(self.num) * i128::from(other.den.get());
        left.cmp(&(i128::from(other.num) * i128::from(self.den.get())))
    }
}

impl PartialOrd for Small {
    #[inline]
    fn partial_cmp(&self, other: &Small) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = Ratio> {
        let num = prop_oneof![-40i64..40, any::<i64>(), Just(i64::MIN), Just(i64::MAX)];
        let den = prop_oneof![1i64..12, 1..=i64::MAX];
        (num, den).prop_map(|(num, den)| Ratio::new(num.into(), den.into()).unwrap())
    }

    fn agree(small: Option<Small>, full: Option<Ratio>) {
        if let Some(small) = small {
            assert_eq!(Some(small.to_ratio()), full);
        }
    }

    proptest! {
        #[test]
        fn where_it_fits_it_is_the_number(a in number(), b in number(), c in 1i64..9) {
            let (Some(x), Some(y)) = (Small::of(&a), Small::of(&b)) else { return Ok(()) };
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.to_i64(), a.to_i64());
            agree(x.checked_add(y), Some(a.add(&b)));
            agree(x.checked_sub(y), Some(a.sub(&b)));
            agree(x.checked_mul(y), Some(a.mul(&b)));
            agree(x.checked_div(y), a.div(&b));
            agree(x.checked_neg(), Some(a.neg()));
            // Not in lowest terms.
            let c = Small::from(c);
            if let Some(z) = x.checked_div(y).and_then(|z| z.checked_mul(c)).and_then(|z| z.checked_div(c)) {
                prop_assert_eq!(Some(z.to_ratio()), a.div(&b));
                prop_assert_eq!(z.to_i64(), a.div(&b).and_then(|quotient| quotient.to_i64()));
            }
        }
    }

    #[test]
    fn ordinary_numbers_fit() {
        let third = Small::ONE.checked_div(Small::from(3)).unwrap();
        let sum = (0..60).try_fold(Small::ZERO, |sum, _| sum.checked_add(third)).unwrap();
        assert_eq!(sum, Small::from(20));
        let powers =
            (0..60).try_fold(Small::ONE, |all, _| all.checked_mul(third)?.checked_mul(Small::from(3)));
        assert_eq!(powers, Some(Small::ONE), "reduced where it must be");
    }
}
