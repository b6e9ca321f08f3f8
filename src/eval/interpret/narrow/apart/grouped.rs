//! An assumption taken apart into conditions, and these put into groups.

use foldhash::HashSet;

use super::{Condition, Goal, Group};
use crate::policy::dependencies::Touched;
use crate::policy::expr::Quantity;
use crate::policy::{ExprId, ExprKind, ItemRef, Policy};

/// The groups that an assumption asks.
pub(super) fn groups(policy: &Policy, goals: &[Goal]) -> Vec<Group> {
    let mut builder = Builder { policy, seen: HashSet::default(), within: Vec::new(), groups: Vec::new() };
    goals.iter().for_each(|goal| builder.add(goal));
    builder.groups
}

/// Takes what is assumed apart, as far as all of it is asked at once.
struct Builder<'p> {
    policy: &'p Policy,
    seen: HashSet<Goal>,
    /// What stands around what is being taken apart.
    within: Vec<Goal>,
    groups: Vec<Group>,
}

impl Builder<'_> {
    fn add(&mut self, goal: &Goal) {
        if !self.seen.insert(goal.clone()) {
            return;
        }
        let Some(inner) = self.inside(goal) else { return self.put(goal) };
        let is_unit = match goal {
            Goal::Expr(expr, _) => self.policy.dependencies().unit_of(self.policy, *expr).is_some(),
            _ => true,
        };
        let around = self.within.len();
        self.within.extend(is_unit.then(|| goal.clone()));
        inner.iter().for_each(|goal| self.add(goal));
        self.within.truncate(around);
    }

    /// Puts a condition with those that rest on something in common with it.
    fn put(&mut self, goal: &Goal) {
        let mut leaves = Touched::default();
        self.add_leaves(goal, &mut leaves);
        let mut conditions = Vec::new();
        self.groups.retain_mut(|group| {
            let apart = !group.leaves.meets(&leaves);
            if !apart {
                leaves.add_all(&group.leaves);
                conditions.append(&mut group.conditions);
            }
            apart
        });
        conditions.push(Condition { goal: goal.clone(), within: self.within.clone() });
        self.groups.push(Group { id: 0, leaves, conditions });
    }

    fn add_leaves(&self, goal: &Goal, leaves: &mut Touched) {
        let (policy, rests_on) = (self.policy, self.policy.dependencies());
        let mut add = |expr: &ExprId| leaves.add_shape(rests_on, policy.exprs.get(*expr).shape);
        match goal {
            Goal::Expr(expr, _) | Goal::Narrow(expr, _) => add(expr),
            Goal::Compare(_, left, right) => [left, right].into_iter().for_each(add),
            Goal::Item(item, _) => leaves.add_unit(rests_on, rests_on.of_item(policy, *item)),
            Goal::OneOf(alternatives) => {
                alternatives.iter().flatten().for_each(|goal| self.add_leaves(goal, leaves));
            }
        }
    }

    /// What a goal asks at once, as assuming it does; `None` where it is one condition.
    fn inside(&self, goal: &Goal) -> Option<Vec<Goal>> {
        let policy = self.policy;
        let all = |exprs: &[ExprId], holds: bool| exprs.iter().map(|expr| Goal::Expr(*expr, holds)).collect();
        match goal {
            Goal::Expr(expr, holds) => match (&policy.exprs.get(*expr).kind, *holds) {
                (ExprKind::Definition(definition), holds) => {
                    Some(all(&[policy.definitions[definition.index()].body], holds))
                }
                (ExprKind::Holds(item), holds) => Some(vec![Goal::Item(*item, holds)]),
                (ExprKind::AllCriteria, true) => {
                    let criteria = policy.items().filter(|item| matches!(item, ItemRef::Criterion(_)));
                    Some(criteria.map(|item| Goal::Item(item, true)).collect())
                }
                (ExprKind::Not(operand), holds) => Some(all(&[*operand], !holds)),
                (ExprKind::And(operands), true) => Some(all(operands, true)),
                (ExprKind::Or(operands), false) => Some(all(operands, false)),
                (ExprKind::Bullets { quantity: Quantity::All, of }, true) => {
                    let bullet = |bullet: &crate::policy::expr::Guarded| Goal::of_bullet(*bullet);
                    Some(of.iter().map(bullet).collect())
                }
                _ => None,
            },
            Goal::Item(item, holds) => self.inside_item(*item, *holds),
            Goal::Compare(..) | Goal::Narrow(..) | Goal::OneOf(_) => None,
        }
    }

    fn inside_item(&self, item: ItemRef, holds: bool) -> Option<Vec<Goal>> {
        let policy = self.policy;
        let goals = |so: &[Option<ExprId>], not_so: &mut dyn Iterator<Item = ExprId>| {
            let so = so.iter().flatten().map(|expr| Goal::Expr(*expr, true));
            Some(so.chain(not_so.map(|expr| Goal::Expr(expr, false))).collect())
        };
        let none = &mut std::iter::empty();
        match (item, holds) {
            (ItemRef::Criterion(id), true) => {
                let criterion = &policy.criteria[id.index()];
                let plain = criterion.applies.is_none() && criterion.unless.is_empty();
                if plain { goals(&[Some(criterion.requires)], none) } else { None }
            }
            (ItemRef::Criterion(id), false) => {
                let criterion = &policy.criteria[id.index()];
                let unless = criterion.unless.iter().map(|one| one.condition);
                goals(&[criterion.applies], &mut std::iter::once(criterion.requires).chain(unless))
            }
            (ItemRef::Objective(id), true) => {
                let objective = &policy.objectives[id.index()];
                goals(&[objective.applies, Some(objective.aims)], none)
            }
            (ItemRef::Mission(id), true) => {
                let mission = &policy.missions[id.index()];
                goals(&[mission.applies, Some(mission.covered)], none)
            }
            (ItemRef::Decision, holds) => Some(vec![Goal::Expr(policy.decision.favourable, holds)]),
            (ItemRef::Funding(id), true) => {
                let funding = &policy.fundings[id.index()];
                let unless = &mut funding.unless.iter().map(|one| one.condition);
                goals(&[funding.applies, funding.due], unless)
            }
            _ => None,
        }
    }
}
