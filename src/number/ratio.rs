//! An exact rational number.

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZero;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact rational number, always in lowest terms with a positive denominator.
///
/// Numbers of ordinary size are two machine integers; what does not fit is kept in full behind a
/// pointer. One number has one form, so that equality and hashing may compare forms.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ratio(Form);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    /// Numerator and denominator that both fit; the denominator is positive.
    Small(i64, NonZero<i64>),
    /// Any other.
    Big(Box<BigRational>),
}

use Form::{Big, Small};

/// 1: the second arm is never taken, and keeps panics out.
const UNIT: NonZero<i64> = match NonZero::new(1) {
    Some(one) => one,
    None => NonZero::<i64>::MAX,
};

impl Ratio {
    /// 0.
    pub const fn zero() -> Self {
        Ratio(Small(0, UNIT))
    }

    /// 1.
    pub const fn one() -> Self {
        Ratio(Small(1, UNIT))
    }

    /// num ÷ den; `None` when `den` is 0.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if let (Ok(num), Ok(den)) = (i64::try_from(num), i64::try_from(den))
            && den > 0
        {
            let (num, den) = without_common(num, NonZero::new(den)?);
            return Some(Ratio::in_lowest_terms(num, den));
        }
        if den == 0 {
            return None;
        }
        let common = num.unsigned_abs().gcd(&den.unsigned_abs());
        let (top, bottom) = (num.unsigned_abs() / common, den.unsigned_abs() / common);
        let negative = (num < 0) != (den < 0);
        Some(match (i128::try_from(top), i128::try_from(bottom)) {
            (Ok(top), Ok(bottom)) => Ratio::in_lowest_terms(if negative { -top } else { top }, bottom),
            _ => Ratio::from_big(BigRational::new(num.into(), den.into())),
        })
    }

    /// Reads digits with an optional `.` or `,` and an optional sign: `-3,50`. `None` for anything else.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match digits.split_once([',', '.']) {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        // 36 digits and the power of ten below them fit into machine integers.
        let value = if whole.len() + fraction.len() <= 36 {
            let all = whole.bytes().chain(fraction.bytes());
            let all = all.fold(0i128, |n, digit| n * 10 + i128::from(digit - b'0'));
            Ratio::new(all, 10i128.pow(fraction.len() as u32))?
        } else {
            let all: BigInt = format!("{whole}{fraction}").parse().ok()?;
            let scale = BigInt::from(10).pow(u32::try_from(fraction.len()).ok()?);
            Ratio::from_big(BigRational::new(all, scale))
        };
        Some(if negative { value.neg() } else { value })
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0, _))
    }

    /// −1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Small(num, _) => num.signum() as i32,
            Big(big) if big.is_negative() => -1,
            Big(_) => 1,
        }
    }

    /// Whether it has no fractional part.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(_, den) => *den == UNIT,
            Big(big) => big.is_integer(),
        }
    }

    /// Sum.
    #[must_use]
    pub fn add(&self, other: &Ratio) -> Ratio {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => Ratio::small_sum((*a).into(), *b, (*c).into(), *d),
            _ => Ratio::big_sum(self.to_big(), other.to_big()),
        }
    }

    /// Difference.
    #[must_use]
    pub fn sub(&self, other: &Ratio) -> Ratio {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => Ratio::small_sum((*a).into(), *b, -i128::from(*c), *d),
            _ => Ratio::big_sum(self.to_big(), -other.to_big()),
        }
    }

    /// Product.
    #[must_use]
    pub fn mul(&self, other: &Ratio) -> Ratio {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) if *b == UNIT && *d == UNIT => {
                Ratio::in_lowest_terms(i128::from(*a) * i128::from(*c), 1)
            }
            (Small(a, b), Small(c, d)) => {
                // What is common to a numerator and the other denominator goes first: the product is
                // then in lowest terms.
                let (a, d) = without_common(*a, *d);
                let (c, b) = without_common(*c, *b);
                Ratio::in_lowest_terms(a * c, b * d)
            }
            _ => Ratio::big_product(self.to_big(), other.to_big()),
        }
    }

    /// Quotient; `None` when the divisor is 0.
    pub fn div(&self, other: &Ratio) -> Option<Ratio> {
        match (&self.0, &other.0) {
            (_, Small(0, _)) => None,
            (Small(a, b), Small(c, d)) => {
                let divisor = i64::try_from(c.unsigned_abs()).ok().and_then(NonZero::new);
                let Some(divisor) = divisor else { return self.div_big(other) };
                let (a, divisor) = without_common(*a, divisor);
                let (d, b) = without_common(d.get(), *b);
                Some(Ratio::in_lowest_terms(if *c < 0 { -(a * d) } else { a * d }, b * divisor))
            }
            _ => self.div_big(other),
        }
    }

    /// So many times itself; `None` past [`crate::limits::EXPONENT`].
    pub fn power(&self, exponent: u32) -> Option<Ratio> {
        let within = exponent <= crate::limits::EXPONENT;
        within.then(|| (0..exponent).fold(Ratio::one(), |product, _| product.mul(self)))
    }

    /// Opposite.
    #[must_use]
    pub fn neg(&self) -> Ratio {
        match &self.0 {
            Small(num, den) => match num.checked_neg() {
                Some(num) => Ratio(Small(num, *den)),
                None => Ratio::in_lowest_terms(-i128::from(*num), den.get().into()),
            },
            Big(big) => Ratio::from_big(-big.as_ref()),
        }
    }

    /// Absolute value.
    #[must_use]
    pub fn abs(&self) -> Ratio {
        if self.signum() < 0 { self.neg() } else { self.clone() }
    }

    /// Greatest integer not above.
    #[must_use]
    pub fn floor(&self) -> Ratio {
        match &self.0 {
            Small(num, den) => Ratio::from(num.div_euclid(den.get())),
            Big(big) => Ratio::from_big(big.floor()),
        }
    }

    /// Least integer not below.
    #[must_use]
    pub fn ceil(&self) -> Ratio {
        match &self.0 {
            Small(_, den) if *den == UNIT => self.clone(),
            // A denominator of 2 or more: one above the floor fits.
            Small(num, den) => Ratio::from(num.div_euclid(den.get()) + 1),
            Big(big) => Ratio::from_big(big.ceil()),
        }
    }

    /// As an integer, where it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Small(num, den) => (*den == UNIT).then_some(*num),
            Big(_) => None,
        }
    }

    /// Numerator and denominator, where both fit into machine integers.
    #[inline]
    pub(crate) fn machine(&self) -> Option<(i64, NonZero<i64>)> {
        match &self.0 {
            Small(num, den) => Some((*num, *den)),
            Big(_) => None,
        }
    }

    /// The size of the greater of numerator and denominator, in bits.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Small(num, den) => {
                let size = |n: u64| u64::from(u64::BITS - n.leading_zeros());
                size(num.unsigned_abs()).max(size(den.get().unsigned_abs()))
            }
            Big(big) => big.numer().bits().max(big.denom().bits()),
        }
    }

    /// Numerator in decimal digits, with its sign.
    pub fn numerator(&self) -> String {
        match &self.0 {
            Small(num, _) => num.to_string(),
            Big(big) => big.numer().to_string(),
        }
    }

    /// Denominator in decimal digits.
    pub fn denominator(&self) -> String {
        match &self.0 {
            Small(_, den) => den.to_string(),
            Big(big) => big.denom().to_string(),
        }
    }

    /// num ÷ den, which have no common factor, with den > 0.
    fn in_lowest_terms(num: i128, den: i128) -> Ratio {
        let small = i64::try_from(num).ok().zip(i64::try_from(den).ok().and_then(NonZero::new));
        Ratio(match small {
            Some((num, den)) => Small(num, den),
            None => Big(Box::new(BigRational::new_raw(num.into(), den.into()))),
        })
    }

    /// a/b + c/d, with |a| and |c| of at most 2⁶³.
    fn small_sum(a: i128, b: NonZero<i64>, c: i128, d: NonZero<i64>) -> Ratio {
        if b == UNIT && d == UNIT {
            return Ratio::in_lowest_terms(a + c, 1);
        }
        let common = if b == UNIT || d == UNIT { 1 } else { b.get().gcd(&d.get()) };
        let (left, right) = (i128::from(b.get() / common), i128::from(d.get() / common));
        // Each product is below 2¹²⁶: the sum fits.
        let sum = a * right + c * left;
        // Only a factor of `common` can be common to the sum and the product of denominators.
        let again = if common == 1 { 1 } else { i128::from(common).gcd(&(sum % i128::from(common))) };
        Ratio::in_lowest_terms(sum / again, left * (i128::from(d.get()) / again))
    }

    fn div_big(&self, other: &Ratio) -> Option<Ratio> {
        (!other.is_zero()).then(|| {
            let (num, den) = other.to_big().into_raw();
            let inverse = if num.is_negative() { (-den, -num) } else { (den, num) };
            Ratio::big_product(self.to_big(), BigRational::new_raw(inverse.0, inverse.1))
        })
    }

    /// Sum of two numbers in lowest terms: only what is common to the denominators can be common to
    /// the sum and its denominator.
    fn big_sum(a: BigRational, b: BigRational) -> Ratio {
        let ((a, b), (c, d)) = (a.into_raw(), b.into_raw());
        let common = common_factor(&b, &d);
        let (left, right) = (&b / &common, &d / &common);
        let sum = a * right + c * &left;
        let again = common_factor(&sum, &common);
        Ratio::from_big(BigRational::new_raw(sum / &again, left * (d / again)))
    }

    /// Product of two numbers in lowest terms: without what is common to a numerator and the other
    /// denominator, it is in lowest terms.
    fn big_product(a: BigRational, b: BigRational) -> Ratio {
        let ((a, b), (c, d)) = (a.into_raw(), b.into_raw());
        let (one, two) = (common_factor(&a, &d), common_factor(&c, &b));
        Ratio::from_big(BigRational::new_raw((a / &one) * (c / &two), (b / two) * (d / one)))
    }

    pub(super) fn to_big(&self) -> BigRational {
        match &self.0 {
            Small(num, den) => BigRational::new_raw((*num).into(), den.get().into()),
            Big(big) => big.as_ref().clone(),
        }
    }

    /// Back to the small form where it fits: one number has one form.
    pub(super) fn from_big(big: BigRational) -> Ratio {
        let small = big.numer().to_i64().zip(big.denom().to_i64().and_then(NonZero::new));
        Ratio(match small {
            Some((num, den)) => Small(num, den),
            None => Big(Box::new(big)),
        })
    }
}

/// A numerator and a denominator without what is common to both.
fn without_common(num: i64, den: NonZero<i64>) -> (i128, i128) {
    if den == UNIT {
        return (num.into(), 1);
    }
    // The denominator is positive: what is common to both is at most that, and fits.
    let common = num.unsigned_abs().gcd(&den.get().unsigned_abs()) as i64;
    ((num / common).into(), (den.get() / common).into())
}

/// The greatest common factor; 1 where one of the two is 0 and the other is none. A number that is much
/// shorter than the other is divided into it first: what is left to do is then as short.
pub(super) fn common_factor(a: &BigInt, b: &BigInt) -> BigInt {
    let (long, short) = if a.bits() < b.bits() { (b, a) } else { (a, b) };
    if short.is_zero() {
        return if long.is_zero() { BigInt::one() } else { long.abs() };
    }
    if short.is_one() {
        return BigInt::one();
    }
    let rest = long % short;
    if rest.is_zero() {
        return short.abs();
    }
    match (rest.abs().to_u64(), short.abs().to_u64()) {
        (Some(rest), Some(short)) => rest.gcd(&short).into(),
        (Some(small), None) => match (short % small).to_u64() {
            Some(rest) => rest.gcd(&small).into(),
            None => short.abs().gcd(&small.into()),
        },
        _ => short.gcd(&rest),
    }
}

impl From<i64> for Ratio {
    fn from(n: i64) -> Self {
        Ratio(Small(n, UNIT))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) if b == d => a.cmp(c),
            (Small(a, b), Small(c, d)) => {
                (i128::from(*a) * i128::from(d.get())).cmp(&(i128::from(*c) * i128::from(b.get())))
            }
            // Not by the continued fractions of `BigRational`, of which there may be as many as bits.
            _ => match self.signum().cmp(&other.signum()) {
                Ordering::Equal => {
                    let (own, other) = (self.to_big(), other.to_big());
                    (own.numer() * other.denom()).cmp(&(other.numer() * own.denom()))
                }
                order => order,
            },
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small(num, den) if *den == UNIT => write!(f, "{num}"),
            Small(num, den) => write!(f, "{num}/{den}"),
            Big(big) if big.denom().is_one() => write!(f, "{}", big.numer()),
            Big(big) => write!(f, "{}/{}", big.numer(), big.denom()),
        }
    }
}

impl fmt::Debug for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
