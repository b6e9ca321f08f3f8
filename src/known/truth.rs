//! What a truth may be.

/// The set of what a truth may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Truth {
    /// It may be so.
    pub may_hold: bool,
    /// It may not be so.
    pub may_fail: bool,
}

impl Truth {
    /// `oui`.
    pub const YES: Truth = Truth { may_hold: true, may_fail: false };
    /// `non`.
    pub const NO: Truth = Truth { may_hold: false, may_fail: true };
    /// Either.
    pub const OPEN: Truth = Truth { may_hold: true, may_fail: true };

    /// The truth that is known.
    pub fn of(truth: bool) -> Truth {
        if truth { Truth::YES } else { Truth::NO }
    }

    /// Certainly so.
    pub fn holds(self) -> bool {
        self.may_hold && !self.may_fail
    }

    /// Certainly not so.
    pub fn fails(self) -> bool {
        self.may_fail && !self.may_hold
    }

    /// Neither is certain.
    pub fn is_open(self) -> bool {
        self.may_hold && self.may_fail
    }

    /// The truth that is known, where it is.
    pub fn value(self) -> Option<bool> {
        (self.may_hold != self.may_fail).then_some(self.may_hold)
    }

    /// Whether it may be this.
    pub fn contains(self, truth: bool) -> bool {
        if truth { self.may_hold } else { self.may_fail }
    }

    /// Whether the other may be all that it may be.
    pub fn is_subset(self, other: Truth) -> bool {
        (other.may_hold || !self.may_hold) && (other.may_fail || !self.may_fail)
    }

    /// `et`.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        Truth { may_hold: self.may_hold && other.may_hold, may_fail: self.may_fail || other.may_fail }
    }

    /// `ou`.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        Truth { may_hold: self.may_hold || other.may_hold, may_fail: self.may_fail && other.may_fail }
    }

    /// Either of two.
    #[must_use]
    pub fn union(self, other: Truth) -> Truth {
        Truth { may_hold: self.may_hold || other.may_hold, may_fail: self.may_fail || other.may_fail }
    }

    /// What both may be; `None` for nothing.
    pub fn intersect(self, other: Truth) -> Option<Truth> {
        let both =
            Truth { may_hold: self.may_hold && other.may_hold, may_fail: self.may_fail && other.may_fail };
        (both.may_hold || both.may_fail).then_some(both)
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        Truth { may_hold: self.may_fail, may_fail: self.may_hold }
    }
}
