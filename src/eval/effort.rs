//! How much was worked out, in steps that are the same on every machine: what searches are bounded by.
//!
//! Counted by thread, as decisions are: nothing that is decided depends on it. Who waits for a decision may end it
//! ([`until`]); it is then refused as a whole, never told in part.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::diagnostic::Diagnostic;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
    /// What ends the decisions of this thread, where anything does.
    static END: RefCell<Option<Rc<dyn Fn() -> bool>>> = const { RefCell::new(None) };
    /// Whether it did, and something was not worked out for it.
    static ENDED: Cell<bool> = const { Cell::new(false) };
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

/// Does some work, whose decisions are given up as soon as `ended` is seen to hold; from then on they are refused
/// (`decision-interrompue`). It is asked where effort is counted, between one trial and the next, and once it holds it
/// is to go on holding. A decision that comes to its end is the same as without it.
///
/// Nothing that is kept for others may rest on a decision that was ended ([`is_ended`]).
pub fn until<T>(ended: impl Fn() -> bool + 'static, work: impl FnOnce() -> T) -> T {
    /// What held before holds again, however the work ends.
    struct Before(Option<Rc<dyn Fn() -> bool>>, bool);
    impl Drop for Before {
        fn drop(&mut self) {
            END.set(self.0.take());
            ENDED.set(self.1);
        }
    }
    let outer = END.take();
    let before = Before(outer.clone(), ENDED.replace(false));
    END.set(Some(Rc::new(move || ended() || outer.as_ref().is_some_and(|outer| outer()))));
    let done = work();
    drop(before);
    done
}

/// Whether nobody waits any more for what this thread works out ([`until`]): what follows is skipped.
pub fn is_ended() -> bool {
    if !ENDED.get() {
        ENDED.set(END.with_borrow(|end| end.as_ref().is_some_and(|end| end())));
    }
    ENDED.get()
}

/// What was decided, unless something of it was skipped.
pub(super) fn unless_ended<T>(decided: Result<T, Vec<Diagnostic>>) -> Result<T, Vec<Diagnostic>> {
    if ENDED.get() { Err(vec![interrupted()]) } else { decided }
}

fn interrupted() -> Diagnostic {
    let message = "la décision demande plus de temps qu'il ne lui en est laissé : elle n'a pas été achevée";
    let help = "donner plus de réponses au dossier : ce qui y manque est ce qui demande des essais";
    Diagnostic::error("decision-interrompue", message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_it_holds_within_and_no_longer() {
        assert!(!is_ended());
        until(
            || true,
            || {
                assert!(unless_ended(Ok(1)).is_ok(), "nothing was skipped yet");
                assert!(is_ended());
                assert_eq!(unless_ended(Ok(1)).map_err(|found| found[0].code), Err("decision-interrompue"));
                assert!(until(|| false, is_ended), "what is around it ends it too");
            },
        );
        assert!(!is_ended() && unless_ended(Ok(1)).is_ok());
        let fallen = std::panic::catch_unwind(|| until(|| true, || assert!(!is_ended())));
        assert!(fallen.is_err() && !is_ended(), "after what fell too");
        assert!(until(|| false, || until(|| true, is_ended) && !is_ended()), "each ends what is within it");
    }

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
