//! What bullets teach: how many hold, and so which.

use super::{Evaluator, Goal};
use crate::policy::ExprId;
use crate::policy::expr::{Guarded, Quantity};

impl Evaluator<'_> {
    pub(super) fn assume_bullets(&mut self, quantity: Quantity, of: &[Guarded], holds: bool) -> bool {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        match (quantity, holds) {
            (Quantity::All, true) => of.iter().all(|bullet| self.pursue(&Goal::of_bullet(*bullet))),
            (Quantity::All, false) => self.any_of(of.iter().map(|bullet| {
                let asked = bullet.only_if.map(|only_if| Goal::Expr(only_if, true));
                asked.into_iter().chain([Goal::Expr(bullet.then, false)]).collect()
            })),
            (Quantity::AtLeast(least), true) => self.assume_at_least(of, least),
            (Quantity::AtLeast(0), false) => false,
            (Quantity::AtLeast(least), false) => self.assume_at_most(of, least - 1),
            (Quantity::AtMost(most), true) => self.assume_at_most(of, most),
            (Quantity::AtMost(most), false) => self.assume_at_least(of, most.saturating_add(1)),
            (Quantity::Exactly(exactly), true) => {
                self.assume_at_least(of, exactly) && self.assume_at_most(of, exactly)
            }
            (Quantity::Exactly(0), false) => self.assume_at_least(of, 1),
            (Quantity::Exactly(exactly), false) if exactly == count(of.len()) => {
                self.assume_at_most(of, exactly - 1)
            }
            (Quantity::Exactly(_), false) => true,
        }
    }

    fn assume_at_least(&mut self, of: &[Guarded], least: u32) -> bool {
        let counts = |bullet: &Guarded| -> Vec<Goal> {
            bullet.only_if.into_iter().chain([bullet.then]).map(|expr| Goal::Expr(expr, true)).collect()
        };
        let mut possible: Vec<Vec<Goal>> = Vec::new();
        for bullet in of {
            let (asked, truth) = self.bullet(bullet);
            if asked.and(truth).may_hold {
                possible.push(counts(bullet));
            }
        }
        let found = u32::try_from(possible.len()).unwrap_or(u32::MAX);
        if found < least {
            false
        } else if found == least {
            possible.iter().all(|goals| self.pursue_each(goals))
        } else if least == 1 {
            self.any_of(possible)
        } else {
            true
        }
    }

    fn assume_at_most(&mut self, of: &[Guarded], most: u32) -> bool {
        let (mut sure, mut open) = (0u32, Vec::new());
        for bullet in of {
            let (asked, truth) = self.bullet(bullet);
            let counts = asked.and(truth);
            sure += u32::from(counts.holds());
            if counts.is_open() {
                open.push(bullet);
            }
        }
        if sure > most {
            return false;
        }
        if sure < most {
            return true;
        }
        open.into_iter().all(|bullet| {
            let one = |expr: ExprId| vec![Goal::Expr(expr, false)];
            self.any_of(bullet.only_if.into_iter().chain([bullet.then]).map(one).collect::<Vec<_>>())
        })
    }
}
