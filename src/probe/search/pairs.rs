//! Bounds that one move alone does not reach.

use super::Search;
use super::levers::{At, Lever};
use crate::dossier::{Answer, Dossier};
use crate::eval::bounds::possible::{may_stand, nothing_known};
use crate::eval::bounds::sides::{Bound, Side};
use crate::number::Ratio;
use crate::policy::{Declared, Reach, Type};
use crate::probe::moves::{self, ask};
use crate::time::Date;
use crate::value::Value;

/// Greatest number of dossiers from which a bound is looked for by two moves.
const STARTS: usize = 4;
/// How far from its own value a number is moved before another is moved to the bound.
const REACH: usize = 20;

impl Search<'_, '_> {
    /// Looks for the sides of bounds on which nothing stands yet, moving one number before another.
    pub(super) fn reach_by_two(&mut self) {
        let known = nothing_known(self.policy);
        let starts: Vec<(Dossier, Date)> = self.varied.iter().take(STARTS).cloned().collect();
        let bounds: Vec<Bound> = self.reached.keys().copied().collect();
        for bound in bounds {
            for side in [Side::Below, Side::On, Side::Above] {
                let stood = |search: &Self| search.reached.get(&bound).is_some_and(|own| own.contains(&side));
                if stood(self) || !may_stand(self.policy, &known, bound, side) {
                    continue;
                }
                for (start, on) in &starts {
                    self.by_two(start, *on, bound, side);
                    if stood(self) {
                        break;
                    }
                }
            }
        }
    }

    fn by_two(&mut self, start: &Dossier, on: Date, bound: Bound, side: Side) {
        let mut reach = Reach::default();
        reach.add_expr(self.policy, bound.expr);
        let declared = |lever: &Lever| match lever {
            Lever::Place(place) => place.declared(),
            Lever::Count(list, _) => Declared::List(*list),
        };
        let levers = |search: &Self, dossier: &Dossier| -> Vec<Lever> {
            search.levers(dossier).into_iter().filter(|lever| reach.reads(declared(lever))).collect()
        };
        for first in levers(self, start) {
            for at in self.nearby(start, &first) {
                let Some(moved) = self.moved(start, on, &first, &at) else { continue };
                for second in levers(self, &moved).into_iter().filter(|own| declared(own) != declared(&first))
                {
                    let stops = self.probed_of(&moved, on, &second, Some(bound.expr));
                    if !stops.iter().any(|(_, stands)| stands.contains(&(bound, side))) {
                        continue;
                    }
                    for (at, stands) in stops {
                        if stands.iter().any(|(own, _)| *own == bound)
                            && let Some(child) = self.moved(&moved, on, &second, &at)
                        {
                            self.keep(child, on, stands);
                        }
                    }
                    return;
                }
            }
        }
    }

    /// Where a whole number or a count may be, the nearest first.
    fn nearby(&self, dossier: &Dossier, lever: &Lever) -> Vec<At> {
        let own = match lever {
            Lever::Count(list, kind) => {
                let same = |rank: &usize| {
                    moves::element(dossier, self.policy, *list, *rank)
                        .is_some_and(|own| moves::alike(self.policy, *list, &own, kind))
                };
                (0..moves::length(dossier, *list)).filter(same).count()
            }
            Lever::Place(place) => match moves::answer(self.policy, dossier, *place) {
                Some(Answer::Known(Value::Number(own))) => {
                    own.to_i64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
                }
                _ => return Vec::new(),
            },
        };
        let steps = (1..=REACH).flat_map(|step| [own.checked_sub(step), own.checked_add(step)]);
        let near = steps.flatten();
        match lever {
            Lever::Count(..) => near.filter(|n| *n <= self.options.elements).map(At::Count).collect(),
            Lever::Place(place) => {
                let Some(ask) = ask(self.policy, *place).filter(|ask| ask.ty == Type::Integer) else {
                    return Vec::new();
                };
                let whole = near.filter_map(|n| i64::try_from(n).ok());
                let values = whole.map(|n| Value::Number(Ratio::from(n)));
                values.filter(|value| ask.domain.contains(value)).map(At::Value).collect()
            }
        }
    }
}
