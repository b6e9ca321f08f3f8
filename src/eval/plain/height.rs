//! How deep the definitions and items of a policy stand in one another.

use crate::policy::dependencies::{Dependencies, Unit, UnitId};
use crate::policy::{CriterionId, ExprId, ItemRef, Policy};

/// Greatest depth at which expressions are worked out within one another, through definitions and
/// items: what stands deeper would need more stack than a thread may have.
const DEEPEST: u32 = 400;

/// Whether nothing stands deeper than a small stack allows.
pub(super) fn is_shallow(policy: &Policy) -> bool {
    let rests_on = policy.dependencies();
    let count = rests_on.unit_count();
    let uses: Vec<(u32, Vec<UnitId>)> = (0..count).map(|unit| uses(policy, rests_on, unit)).collect();
    let mut heights: Vec<Option<u32>> = vec![None; count];
    for start in 0..count {
        // A unit is entered once, and left when all that it uses has a height.
        let mut path = vec![(start, 0)];
        while let Some((unit, next)) = path.last_mut() {
            let (unit, rank) = (*unit, *next);
            if heights[unit].is_some() {
                path.pop();
                continue;
            }
            *next += 1;
            let (own, used) = &uses[unit];
            if let Some(inner) = used.get(rank) {
                path.push((inner.index(), 0));
                continue;
            }
            let below = used.iter().filter_map(|inner| heights[inner.index()]).max().unwrap_or(0);
            if own + below > DEEPEST {
                return false;
            }
            heights[unit] = Some(own + below);
            path.pop();
        }
    }
    true
}

/// How deep the expressions of a unit go by themselves, and the units that they read.
fn uses(policy: &Policy, rests_on: &Dependencies, unit: usize) -> (u32, Vec<UnitId>) {
    let unit = UnitId(u32::try_from(unit).unwrap_or(u32::MAX));
    let mut walk = Walk { policy, rests_on, used: Vec::new(), deepest: 0 };
    match rests_on.unit(unit) {
        Unit::Definition(definition) => walk.expr(policy.definitions[definition.index()].body, 1),
        Unit::Item(item) => policy.roots(item).into_iter().for_each(|root| walk.expr(root, 1)),
        Unit::AllCriteria => {
            let criteria =
                (0..policy.criteria.len()).map(|i| CriterionId(u32::try_from(i).unwrap_or(u32::MAX)));
            walk.used.extend(criteria.map(|id| rests_on.of_item(policy, ItemRef::Criterion(id))));
        }
        Unit::Expr(expr) => walk.operands(expr, 1),
    }
    walk.used.sort_unstable();
    walk.used.dedup();
    (walk.deepest + 1, walk.used)
}

struct Walk<'a> {
    policy: &'a Policy,
    rests_on: &'a Dependencies,
    used: Vec<UnitId>,
    deepest: u32,
}

impl Walk<'_> {
    fn expr(&mut self, expr: ExprId, depth: u32) {
        self.deepest = self.deepest.max(depth);
        match self.rests_on.unit_of(self.policy, expr) {
            Some(unit) => self.used.push(unit),
            None => self.operands(expr, depth + 1),
        }
    }

    fn operands(&mut self, expr: ExprId, depth: u32) {
        let mut operands = Vec::new();
        self.policy.exprs.get(expr).kind.for_each_operand(&mut |operand| operands.push(operand));
        operands.into_iter().for_each(|operand| self.expr(operand, depth));
    }
}
