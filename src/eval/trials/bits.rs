//! Sets of leaves, a bit each.

/// A set of small numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set of numbers below a bound.
    pub fn below(bound: usize) -> Bits {
        Bits(vec![0; bound.div_ceil(64)])
    }

    /// Adds a number.
    pub fn insert(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Adds the numbers of another set.
    pub fn add(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Adds those that two others have in common.
    pub fn add_common(&mut self, one: &Bits, other: &Bits) {
        let words = one.0.iter().zip(&other.0);
        self.0.iter_mut().zip(words).for_each(|(word, (one, other))| *word |= one & other);
    }

    /// The numbers that are in this set and in `with`, and not in `without`.
    pub fn only(&self, with: &Bits, without: &Bits) -> impl Iterator<Item = usize> {
        let words = self.0.iter().zip(&with.0).zip(&without.0);
        words.enumerate().flat_map(|(at, ((own, with), without))| {
            let mut left = own & with & !without;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}
