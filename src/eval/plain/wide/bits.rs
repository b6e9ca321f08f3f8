//! Sets of rows, a bit each.

/// Bits of a word.
const WORD: usize = u64::BITS as usize;

/// Some of the rows of a batch. Sets that are put together have the same number of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// None of so many rows.
    pub fn none(rows: usize) -> Bits {
        Bits(vec![0; rows.div_ceil(WORD)])
    }

    /// All of so many rows.
    pub fn all(rows: usize) -> Bits {
        let mut all = Bits(vec![u64::MAX; rows / WORD]);
        if !rows.is_multiple_of(WORD) {
            all.0.push((1 << (rows % WORD)) - 1);
        }
        all
    }

    /// Those of so many rows that are so.
    #[inline]
    pub fn of(rows: usize, is: impl Fn(usize) -> bool) -> Bits {
        let word = |from: usize| {
            let to = (from + WORD).min(rows);
            (from..to).fold(0, |word, row| word | u64::from(is(row)) << (row - from))
        };
        Bits((0..rows).step_by(WORD).map(word).collect())
    }

    /// Those rows of which the value is one of some, as bits: no more than 64 values are told apart so.
    pub fn among(own: &[u8], options: u64) -> Bits {
        let word = |own: &[u8]| {
            let mut is = [0_u8; WORD];
            let mut left = options;
            // Each run of values that follow one another is told of all rows at once.
            while left != 0 {
                let first = left.trailing_zeros();
                let run = (left >> first).trailing_ones();
                left &= !u64::MAX.checked_shr(u64::BITS - run).unwrap_or(0).checked_shl(first).unwrap_or(0);
                let (first, run) = (first as u8, run as u8);
                is.iter_mut().zip(own).for_each(|(is, own)| *is |= u8::from(own.wrapping_sub(first) < run));
            }
            packed(&is)
        };
        Bits(own.chunks(WORD).map(word).collect())
    }

    /// Makes room up to a row, this one included, and says whether it is in.
    pub fn push(&mut self, row: usize, is: bool) {
        self.0.resize(row / WORD + 1, 0);
        if is {
            self.add(row);
        }
    }

    /// Takes a row in.
    #[inline]
    pub fn add(&mut self, row: usize) {
        if let Some(word) = self.0.get_mut(row / WORD) {
            *word |= 1 << (row % WORD);
        }
    }

    /// Takes the rows in from one to before another.
    pub fn add_all(&mut self, from: usize, to: usize) {
        for (rank, word) in (from / WORD..to.div_ceil(WORD)).zip(self.0.iter_mut().skip(from / WORD)) {
            *word |= within(rank, from, to);
        }
    }

    /// Whether a row is in.
    #[inline]
    pub fn has(&self, row: usize) -> bool {
        self.0.get(row / WORD).is_some_and(|word| word >> (row % WORD) & 1 == 1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Those that are in both.
    pub fn and(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(own, other)| own & other).collect())
    }

    /// Those that are not in the other.
    pub fn without(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(own, other)| own & !other).collect())
    }

    /// Takes those of another in.
    pub fn join(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Puts a value at each row that is in.
    pub fn put<T: Copy>(&self, own: &mut [T], value: T) {
        for (word, own) in self.0.iter().zip(own.chunks_mut(WORD)) {
            if word.count_ones() as usize == own.len() {
                own.fill(value);
            } else if *word != 0 {
                own.iter_mut()
                    .enumerate()
                    .filter(|(bit, _)| word >> bit & 1 == 1)
                    .for_each(|(_, own)| *own = value);
            }
        }
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(rank, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let next = (left != 0).then(|| rank * WORD + left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(next)
            })
        })
    }

    /// How many there are from one to before another.
    #[inline]
    pub fn count(&self, from: usize, to: usize) -> u32 {
        if to > from && from / WORD == (to - 1) / WORD {
            let own = self.0.get(from / WORD).map_or(0, |word| word >> (from % WORD));
            return (own & u64::MAX >> (WORD - (to - from))).count_ones();
        }
        let words = (from / WORD..to.div_ceil(WORD)).zip(self.0.iter().skip(from / WORD));
        words.map(|(rank, word)| (word & within(rank, from, to)).count_ones()).sum()
    }
}

/// A bit for each byte, which is 0 or 1.
#[inline]
fn packed(bytes: &[u8; WORD]) -> u64 {
    // Eight bytes come together in the highest one, each at its own bit.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = bytes.as_chunks::<8>();
    let byte = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> (u64::BITS - 8);
    eights.iter().rev().fold(0, |word, eight| word << 8 | byte(eight))
}

/// The bits of a word, by rank, that stand for rows from one to before another.
#[inline]
fn within(rank: usize, from: usize, to: usize) -> u64 {
    let start = rank * WORD;
    let below = |row: usize| match row.saturating_sub(start) {
        bits @ 0..WORD => (1 << bits) - 1,
        _ => u64::MAX,
    };
    below(to) & !below(from)
}

#[cfg(test)]
mod tests {
    use super::Bits;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn are_a_set(rows in 0usize..300, seed: u64, from in 0usize..300, to in 0usize..300) {
            let is = |row: usize| (row as u64 + 1).wrapping_mul(seed | 1) >> 61 != 0;
            let bits = Bits::of(rows, is);
            let expected: Vec<usize> = (0..rows).filter(|row| is(*row)).collect();
            prop_assert_eq!(bits.rows().collect::<Vec<_>>(), expected.clone());
            let (from, to) = (from.min(to).min(rows), to.max(from).min(rows));
            let between = expected.iter().filter(|row| (from..to).contains(*row)).count();
            prop_assert_eq!(bits.count(from, to) as usize, between);
            prop_assert_eq!(Bits::all(rows).without(&bits), Bits::of(rows, |row| !is(row)));
            let mut pushed = Bits::default();
            (0..rows).for_each(|row| pushed.push(row, is(row)));
            prop_assert_eq!(&pushed, &bits);
            let mut some = Bits::none(rows);
            some.add_all(from, to);
            prop_assert_eq!(some.and(&bits).rows().count(), between);
            let mut put = vec![false; rows];
            bits.put(&mut put, true);
            prop_assert_eq!(Bits::of(rows, |row| put[row]), bits);
            let own: Vec<u8> = (0..rows).map(|row| (row as u64).wrapping_mul(seed | 1) as u8 % 70).collect();
            let among = |row: usize| seed.checked_shr(own[row].into()).unwrap_or(0) & 1 == 1;
            prop_assert_eq!(Bits::among(&own, seed), Bits::of(rows, among));
            prop_assert_eq!(Bits::among(&own, u64::MAX), Bits::of(rows, |row| own[row] < 64));
        }
    }
}
