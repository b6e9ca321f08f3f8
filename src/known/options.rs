//! Sets of options of a choice.

/// The set of options that a choice may be, by rank: a bit each, in two words (one of 128 bits would be kept on a boundary
/// of sixteen bytes, and all that is known of anything with it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionSet([u64; 2]);

/// Bits of a word.
const WORD: u32 = u64::BITS;

impl OptionSet {
    /// No option: what a choice is known to be is never this.
    pub const NONE: OptionSet = OptionSet([0; 2]);

    /// One option.
    pub fn only(option: u16) -> OptionSet {
        let option = u32::from(option);
        OptionSet([bit(Some(option)), bit(option.checked_sub(WORD))])
    }

    /// The first `count` options.
    pub fn all(count: usize) -> OptionSet {
        let first = |count: usize| if count >= WORD as usize { u64::MAX } else { (1 << count) - 1 };
        OptionSet([first(count), first(count.saturating_sub(WORD as usize))])
    }

    /// Some options.
    pub fn of(options: impl IntoIterator<Item = u16>) -> OptionSet {
        options.into_iter().fold(OptionSet::NONE, |set, option| set.union(OptionSet::only(option)))
    }

    /// Whether it holds no option.
    pub fn is_empty(self) -> bool {
        self == OptionSet::NONE
    }

    /// How many options it holds.
    pub fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether it holds this option.
    pub fn contains(self, option: u16) -> bool {
        self.intersect(OptionSet::only(option)).is_some()
    }

    /// Whether every option of it is in the other.
    pub fn is_subset(self, other: OptionSet) -> bool {
        self.without(other).is_none()
    }

    /// The one option that it holds, if it holds only one.
    pub fn value(self) -> Option<u16> {
        if self.len() == 1 { self.first() } else { None }
    }

    /// The option of the lowest rank.
    pub fn first(self) -> Option<u16> {
        let rank = match self.0 {
            [0, 0] => return None,
            [0, high] => WORD + high.trailing_zeros(),
            [low, _] => low.trailing_zeros(),
        };
        u16::try_from(rank).ok()
    }

    /// The option of the highest rank.
    pub fn last(self) -> Option<u16> {
        let rank = match self.0 {
            [0, 0] => return None,
            [low, 0] => low.ilog2(),
            [_, high] => WORD + high.ilog2(),
        };
        u16::try_from(rank).ok()
    }

    /// Its options, by rank.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let first = rest?.first()?;
            rest = rest?.without(OptionSet::only(first));
            Some(first)
        })
    }

    /// What either holds.
    #[must_use]
    pub fn union(self, other: OptionSet) -> OptionSet {
        self.with(other, |own, other| own | other)
    }

    /// What both hold; `None` for nothing.
    pub fn intersect(self, other: OptionSet) -> Option<OptionSet> {
        self.with(other, |own, other| own & other).some()
    }

    /// All of it but the options of the other; `None` where nothing else is in it.
    pub fn without(self, other: OptionSet) -> Option<OptionSet> {
        self.with(other, |own, other| own & !other).some()
    }

    fn with(self, other: OptionSet, word: impl Fn(u64, u64) -> u64) -> OptionSet {
        let ([low, high], [other_low, other_high]) = (self.0, other.0);
        OptionSet([word(low, other_low), word(high, other_high)])
    }

    fn some(self) -> Option<OptionSet> {
        (!self.is_empty()).then_some(self)
    }
}

fn bit(rank: Option<u32>) -> u64 {
    rank.and_then(|rank| 1u64.checked_shl(rank)).unwrap_or(0)
}
