//! An exact rational number.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

/// An exact rational number, always in lowest terms with a positive denominator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ratio(BigRational);

impl Ratio {
    /// 0.
    pub fn zero() -> Self {
        Ratio::from(0)
    }

    /// 1.
    pub fn one() -> Self {
        Ratio::from(1)
    }

    /// num ÷ den; `None` when `den` is 0.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        (den != 0).then(|| Ratio(BigRational::new(num.into(), den.into())))
    }

    /// Reads digits with an optional `.` or `,` and an optional sign: `-3,50`. `None` for anything else.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once([',', '.']).unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let all: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let scale = BigInt::from(10).pow(u32::try_from(fraction.len()).ok()?);
        let value = BigRational::new(all, scale);
        Some(Ratio(if negative { -value } else { value }))
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// −1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match self.cmp(&Ratio::zero()) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    /// Whether it has no fractional part.
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// Sum.
    #[must_use]
    pub fn add(&self, other: &Ratio) -> Ratio {
        Ratio(&self.0 + &other.0)
    }

    /// Difference.
    #[must_use]
    pub fn sub(&self, other: &Ratio) -> Ratio {
        Ratio(&self.0 - &other.0)
    }

    /// Product.
    #[must_use]
    pub fn mul(&self, other: &Ratio) -> Ratio {
        Ratio(&self.0 * &other.0)
    }

    /// Quotient; `None` when the divisor is 0.
    pub fn div(&self, other: &Ratio) -> Option<Ratio> {
        (!other.is_zero()).then(|| Ratio(&self.0 / &other.0))
    }

    /// Opposite.
    #[must_use]
    pub fn neg(&self) -> Ratio {
        Ratio(-&self.0)
    }

    /// Absolute value.
    #[must_use]
    pub fn abs(&self) -> Ratio {
        Ratio(self.0.abs())
    }

    /// Greatest integer not above.
    #[must_use]
    pub fn floor(&self) -> Ratio {
        Ratio(self.0.floor())
    }

    /// Least integer not below.
    #[must_use]
    pub fn ceil(&self) -> Ratio {
        Ratio(self.0.ceil())
    }

    /// As an integer, where it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.is_integer().then(|| self.0.to_integer().to_i64()).flatten()
    }

    /// Numerator in decimal digits, with its sign.
    pub fn numerator(&self) -> String {
        self.0.numer().to_string()
    }

    /// Denominator in decimal digits.
    pub fn denominator(&self) -> String {
        self.0.denom().to_string()
    }
}

impl From<i64> for Ratio {
    fn from(n: i64) -> Self {
        Ratio(BigRational::from_integer(n.into()))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
