//! Sets of options of a choice.

/// The set of options that a choice may be, by rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionSet(pub u128);

impl OptionSet {
    /// No option: what a choice is known to be is never this.
    pub const NONE: OptionSet = OptionSet(0);

    /// One option.
    pub fn only(option: u16) -> OptionSet {
        OptionSet(1u128.checked_shl(u32::from(option)).unwrap_or(0))
    }

    /// The first `count` options.
    pub fn all(count: usize) -> OptionSet {
        OptionSet(if count >= 128 { u128::MAX } else { (1 << count) - 1 })
    }

    /// Some options.
    pub fn of(options: impl IntoIterator<Item = u16>) -> OptionSet {
        options.into_iter().fold(OptionSet::NONE, |set, option| set.union(OptionSet::only(option)))
    }

    /// Whether it holds no option.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many options it holds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it holds this option.
    pub fn contains(self, option: u16) -> bool {
        self.0 & OptionSet::only(option).0 != 0
    }

    /// Whether every option of it is in the other.
    pub fn is_subset(self, other: OptionSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// The one option that it holds, if it holds only one.
    pub fn value(self) -> Option<u16> {
        if self.len() == 1 { self.first() } else { None }
    }

    /// The option of the lowest rank.
    pub fn first(self) -> Option<u16> {
        (!self.is_empty()).then(|| self.0.trailing_zeros() as u16)
    }

    /// The option of the highest rank.
    pub fn last(self) -> Option<u16> {
        (!self.is_empty()).then(|| (127 - self.0.leading_zeros()) as u16)
    }

    /// Its options, by rank.
    pub fn iter(self) -> impl Iterator<Item = u16> {
        (0..128).filter(move |option| self.contains(*option))
    }

    /// What either holds.
    #[must_use]
    pub fn union(self, other: OptionSet) -> OptionSet {
        OptionSet(self.0 | other.0)
    }

    /// What both hold; `None` for nothing.
    pub fn intersect(self, other: OptionSet) -> Option<OptionSet> {
        OptionSet(self.0 & other.0).some()
    }

    /// All of it but the options of the other; `None` where nothing else is in it.
    pub fn without(self, other: OptionSet) -> Option<OptionSet> {
        OptionSet(self.0 & !other.0).some()
    }

    fn some(self) -> Option<OptionSet> {
        (!self.is_empty()).then_some(self)
    }
}
