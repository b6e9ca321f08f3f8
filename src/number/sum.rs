//! The sum of many numbers.

use std::num::NonZero;

use foldhash::HashMap;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::Ratio;
use super::ratio::common_factor;

/// The sum of many numbers, kept by denominator and brought to a common one at the end, by pairs.
///
/// To add them one after another would carry the common denominator of all through every addition.
/// Whether a sum is too long rests on its terms alone, not on their order.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    /// By denominator: the sum of numerators.
    small: HashMap<NonZero<i64>, i128>,
    /// Those that do not fit.
    big: HashMap<BigInt, BigInt>,
}

/// How many sums by denominator are added one after another: the common denominator of so many machine
/// integers is shorter than any limit.
const FEW: usize = 8;

impl Sum {
    /// Adds a number so many times.
    pub fn add(&mut self, value: &Ratio, times: usize) {
        if let Some((num, den)) = value.machine() {
            let so_far = self.small.entry(den).or_insert(0);
            let more = i128::try_from(times).ok().and_then(|times| i128::from(num).checked_mul(times));
            if let Some(sum) = more.and_then(|more| so_far.checked_add(more)) {
                *so_far = sum;
                return;
            }
        }
        let (num, den) = value.to_big().into_raw();
        *self.big.entry(den).or_insert_with(BigInt::zero) += num * times;
    }

    /// Adds all that was added to another.
    pub fn add_all(&mut self, other: &Sum) {
        for (den, num) in &other.small {
            let so_far = self.small.entry(*den).or_insert(0);
            match so_far.checked_add(*num) {
                Some(sum) => *so_far = sum,
                None => *self.big.entry(den.get().into()).or_insert_with(BigInt::zero) += *num,
            }
        }
        for (den, num) in &other.big {
            *self.big.entry(den.clone()).or_insert_with(BigInt::zero) += num;
        }
    }

    /// The sum; `None` where it, or the least common denominator of what was added, is longer than so many
    /// bits.
    pub fn total(&self, most: u64) -> Option<Ratio> {
        let within = |total: Ratio| (total.bits() <= most).then_some(total);
        if self.big.is_empty() && self.small.len() <= FEW {
            let terms = self.small.iter().filter_map(|(den, num)| Ratio::new(*num, den.get().into()));
            return within(terms.reduce(|sum, term| sum.add(&term)).unwrap_or_else(Ratio::zero));
        }
        let small = self.small.iter().map(|(den, num)| (BigInt::from(*num), BigInt::from(den.get())));
        let big = self.big.iter().map(|(den, num)| (num.clone(), den.clone()));
        let mut terms: Vec<(BigInt, BigInt)> = small.chain(big).filter(|(num, _)| !num.is_zero()).collect();
        while terms.len() > 1 {
            let mut pairs = Vec::with_capacity(terms.len().div_ceil(2));
            let mut rest = terms.into_iter();
            while let Some(one) = rest.next() {
                pairs.push(match rest.next() {
                    Some(two) => added(one, two, most)?,
                    None => one,
                });
            }
            terms = pairs;
        }
        let (num, den) = match terms.pop() {
            Some(total) => total,
            None => return Some(Ratio::zero()),
        };
        let common = common_factor(&num, &den);
        within(Ratio::from_big(BigRational::new_raw(num / &common, den / common)))
    }
}

/// a/b + c/d over the least common multiple of b and d, not reduced.
fn added((a, b): (BigInt, BigInt), (c, d): (BigInt, BigInt), most: u64) -> Option<(BigInt, BigInt)> {
    let common = common_factor(&b, &d);
    let (left, right) = (&b / &common, d / common);
    let den = b * &right;
    (den.bits() <= most).then(|| (a * right + c * left, den))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = Ratio> {
        let num = prop_oneof![-40i128..40, Just(i128::from(i64::MIN)), -(1i128 << 100)..1i128 << 100];
        let den = prop_oneof![1i128..30, 1i128..1 << 90];
        (num, den).prop_map(|(num, den)| Ratio::new(num, den).unwrap())
    }

    proptest! {
        #[test]
        fn it_is_the_sum_of_all_in_any_order(mut terms in prop::collection::vec((number(), 0usize..4), 0..24)) {
            let of = |terms: &[(Ratio, usize)]| {
                let mut sum = Sum::default();
                terms.iter().for_each(|(term, times)| sum.add(term, *times));
                sum
            };
            let mut expected = Ratio::zero();
            for (term, times) in &terms {
                for _ in 0..*times {
                    expected = expected.add(term);
                }
            }
            let mut halves = of(&terms[..terms.len() / 2]);
            halves.add_all(&of(&terms[terms.len() / 2..]));
            prop_assert_eq!(of(&terms).total(u64::MAX), Some(expected.clone()));
            prop_assert_eq!(halves.total(u64::MAX), Some(expected));
            let most = 200;
            let forth = of(&terms).total(most);
            terms.reverse();
            prop_assert_eq!(forth, of(&terms).total(most));
        }
    }

    #[test]
    fn a_sum_is_as_long_as_its_common_denominator() {
        let mut sum = Sum::default();
        // 2, 3, 5, … 97: their product has 121 bits.
        for den in (2..100i128).filter(|n| (2..*n).all(|d| n % d != 0)) {
            sum.add(&Ratio::new(1, den).unwrap(), 1);
        }
        assert!(sum.total(120).is_none());
        assert!(sum.total(122).is_some());
    }
}
