//! How much was worked out, in steps that are the same on every machine: what searches are bounded by.
//!
//! Counted by thread, as decisions are: nothing that is decided depends on it.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Steps that a decision takes whatever it leaves open.
pub(super) const DECISION: u64 = 4;

/// Counts steps.
pub(super) fn add(steps: u64) {
    STEPS.set(STEPS.get().wrapping_add(steps));
}

/// A number of steps of this thread, from now on.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    from: u64,
    most: u64,
}

impl Budget {
    /// So many steps.
    pub fn new(most: u64) -> Budget {
        Budget { from: STEPS.get(), most }
    }

    /// Whether they were taken.
    pub fn is_spent(&self) -> bool {
        STEPS.get().wrapping_sub(self.from) >= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_steps_as_there_are_and_no_more() {
        let budget = Budget::new(10);
        add(9);
        assert!(!budget.is_spent());
        add(1);
        assert!(budget.is_spent());
        assert!(!Budget::new(1).is_spent(), "from when it is made");
    }
}
