//! What an assumption asks, in groups that rest on nothing in common: what a group asks teaches nothing of what
//! another rests on. Of a group that is not read it only matters whether it can be, and that is the same wherever
//! what it rests on is: it is worked out once for all the worlds of a search.

use std::cell::{Cell, RefCell};

use elsa::FrozenMap;
use foldhash::{HashMap, HashSet};

use super::Goal;
use crate::eval::interpret::context::Frame;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::{ListState, World};
use crate::known::{Known, OptionSet, Truth};
use crate::policy::dependencies::{Leaf, Touched};
use crate::policy::expr::Quantity;
use crate::policy::{ExprId, ExprKind, ItemRef, ListId, Policy, ShapeId};

/// Up to so many cells of lists, what a group rests on is kept to be told again.
const CELLS: usize = 256;

/// Assumptions in groups, and which groups can be.
#[derive(Default)]
pub(in crate::eval) struct Apart {
    /// By what is assumed.
    parted: FrozenMap<Vec<Goal>, Box<[Group]>>,
    foci: FrozenMap<Read, Box<Focus>>,
    /// What alone assumptions were to teach about, by rank.
    only: FrozenMap<Touched, Box<usize>>,
    count: Cell<usize>,
    possible: RefCell<HashMap<Asked, bool>>,
}

/// What is assumed, what is then read, and what alone assumptions are to teach about.
#[derive(PartialEq, Eq, Hash)]
struct Read {
    goals: Vec<Goal>,
    read: Vec<ExprId>,
    only: Option<Touched>,
}

/// Conditions that rest on something in common.
struct Group {
    id: usize,
    leaves: Touched,
    conditions: Vec<Condition>,
}

/// Something asked by all that it stands in.
struct Condition {
    goal: Goal,
    /// The definitions and items that it stands in: where one is so already, the condition is not looked at.
    within: Vec<Goal>,
}

/// The groups that some expressions share something with, directly or through one another.
struct Focus {
    leaves: Touched,
    /// The ranks of the others that matter.
    others: Vec<usize>,
}

/// A group, what of it is asked, and all that this rests on.
#[derive(PartialEq, Eq, Hash)]
struct Asked {
    group: usize,
    only: Option<usize>,
    conditions: Vec<usize>,
    facts: Vec<Known>,
    lists: Vec<ListState>,
    readings: Vec<OptionSet>,
    shapes: Vec<(ShapeId, Known)>,
    items: Vec<(ItemRef, Truth)>,
}

impl Apart {
    fn groups(&self, policy: &Policy, goals: &[Goal]) -> &[Group] {
        if let Some(groups) = self.parted.get(goals) {
            return groups;
        }
        let mut builder =
            Builder { policy, seen: HashSet::default(), within: Vec::new(), groups: Vec::new() };
        goals.iter().for_each(|goal| builder.add(goal));
        let mut groups = builder.groups;
        for group in &mut groups {
            group.id = self.count.replace(self.count.get() + 1);
        }
        self.parted.insert(goals.to_vec(), groups.into())
    }

    fn focus(&self, policy: &Policy, goals: &[Goal], read: Vec<ExprId>, only: Option<&Touched>) -> &Focus {
        let key = Read { goals: goals.to_vec(), read, only: only.cloned() };
        if let Some(focus) = self.foci.get(&key) {
            return focus;
        }
        let mut leaves = Touched::default();
        key.read
            .iter()
            .for_each(|expr| leaves.add_shape(policy.dependencies(), policy.exprs.get(*expr).shape));
        let groups = self.groups(policy, goals).iter().enumerate();
        let (near, others): (Vec<_>, Vec<_>) = groups.partition(|(_, group)| group.leaves.meets(&leaves));
        near.into_iter().for_each(|(_, group)| leaves.add_all(&group.leaves));
        let matter = |group: &Group| only.is_none_or(|only| only.meets(&group.leaves));
        let others = others.into_iter().filter(|(_, group)| matter(group)).map(|(rank, _)| rank).collect();
        self.foci.insert(key, Box::new(Focus { leaves, others }))
    }

    fn rank_of(&self, only: &Touched) -> usize {
        let known = || self.only.insert(only.clone(), Box::new(self.only.len()));
        *self.only.get(only).unwrap_or_else(known)
    }
}

impl<'a> Evaluator<'a> {
    /// Runs `f`, which reads nothing but some expressions, in a context where all the goals are met; `None` where that
    /// is impossible. Outside all other contexts, only what may matter to these expressions is assumed of it.
    pub(in crate::eval::interpret) fn supposing_for<R>(
        &mut self,
        goals: &[Goal],
        read: impl FnOnce(&Policy) -> Vec<ExprId>,
        f: impl FnOnce(&mut Self) -> R,
    ) -> Option<R> {
        let outside = self.frames.is_empty() && self.narrowing.assuming == 0;
        let Some(apart) = self.apart.filter(|_| outside) else {
            return self.supposing(goals, f);
        };
        let focus = apart.focus(self.policy, goals, read(self.policy), self.focus);
        if focus.others.is_empty() {
            return self.supposing(goals, f);
        }
        let groups = apart.groups(self.policy, goals);
        let mark = self.noted.len();
        let others = || focus.others.iter().map(|rank| &groups[*rank]);
        let possible = self.untraced(|inner| {
            for group in others() {
                match inner.can_be(apart, group) {
                    Some(true) => {}
                    not => return not,
                }
            }
            Some(true)
        });
        self.noted.truncate(mark);
        match possible {
            None => self.supposing(goals, f),
            Some(false) => None,
            Some(true) => self.supposing_within(goals, Some(&focus.leaves), f),
        }
    }

    /// Whether all that a group asks can be, as far as is known; `None` where it rests on too much to keep what comes
    /// of it. Nothing of what may be spent here is: it is worked out for all that ask.
    fn can_be(&mut self, apart: &'a Apart, group: &'a Group) -> Option<bool> {
        let mut conditions = Vec::new();
        for (rank, condition) in group.conditions.iter().enumerate() {
            let mut all_open = true;
            for outer in &condition.within {
                let truth = self.foresee(std::slice::from_ref(outer));
                if !truth.may_hold {
                    return Some(false);
                }
                all_open &= truth.is_open();
            }
            if all_open {
                conditions.push(rank);
            }
        }
        if conditions.is_empty() {
            return Some(true);
        }
        let goals: Vec<Goal> = conditions.iter().map(|rank| group.conditions[*rank].goal.clone()).collect();
        let asked = self.asked(apart, group, conditions)?;
        if let Some(known) = apart.possible.borrow().get(&asked) {
            return Some(*known);
        }
        let possible = self.can_all_be(&goals, &group.leaves);
        apart.possible.borrow_mut().insert(asked, possible);
        Some(possible)
    }

    fn can_all_be(&mut self, goals: &[Goal], leaves: &'a Touched) -> bool {
        let impossible = std::mem::replace(&mut self.impossible, false);
        let whole = self.whole_budget();
        let budget = std::mem::replace(&mut self.budget, whole);
        let within = self.within.replace(leaves);
        let around = (self.narrowing.depth, self.narrowing.alternatives);
        self.frames.push(Frame { trail: self.trail.len(), ..Frame::default() });
        self.narrowing.assuming = self.frames.len();
        (self.narrowing.depth, self.narrowing.alternatives) = (0, 0);
        let possible = self.pursue_all(goals) && !self.impossible;
        (self.narrowing.depth, self.narrowing.alternatives) = around;
        self.narrowing.assuming = 0;
        self.leave(0);
        (self.impossible, self.budget, self.within) = (impossible, budget, within);
        possible
    }

    /// All that it depends on whether a group can be; `None` where that is too much to keep.
    fn asked(&self, apart: &Apart, group: &Group, conditions: Vec<usize>) -> Option<Asked> {
        let (policy, world, rests_on) = (self.policy, self.world, self.rests_on);
        let (mut facts, mut lists, mut readings) = (Vec::new(), Vec::<ListId>::new(), Vec::new());
        for leaf in group.leaves.leaves(rests_on)? {
            match leaf {
                Leaf::Fact(fact) => facts.push(world.facts.get(fact.index())?.clone()),
                Leaf::Reading(reading) => readings.push(*world.readings.get(reading.index())?),
                Leaf::Field(field) => lists.push(policy.fields[field.index()].list),
                Leaf::List(list) => lists.push(list),
            }
        }
        lists.sort_unstable();
        lists.dedup();
        if lists.iter().map(|list| cells(world, *list)).sum::<usize>() > CELLS {
            return None;
        }
        let mut shapes: Vec<(ShapeId, Known)> = self
            .learnt
            .shapes()
            .filter(|(shape, _)| group.leaves.meets_shape(rests_on, *shape))
            .map(|(shape, known)| (shape, known.clone()))
            .collect();
        shapes.sort_unstable_by_key(|(shape, _)| *shape);
        let items =
            policy.items().filter(|item| group.leaves.meets_unit(rests_on, rests_on.of_item(policy, *item)));
        Some(Asked {
            group: group.id,
            only: self.focus.map(|only| apart.rank_of(only)),
            conditions,
            facts,
            lists: lists.into_iter().map(|list| world.lists[list.index()].clone()).collect(),
            readings,
            shapes,
            items: items.filter_map(|item| Some((item, self.learnt.item(item)?))).collect(),
        })
    }
}

fn cells(world: &World, list: ListId) -> usize {
    match &world.lists[list.index()] {
        ListState::Absent => 0,
        ListState::Rows(rows) => rows.cell_count(),
    }
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

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::dossier::Dossier;
    use crate::eval::interpret::coherence::learn;
    use crate::known::{DateRange, Interval};
    use crate::number::Ratio;
    use crate::policy::FactId;
    use crate::source::SourceFile;
    use crate::time::Date;

    use super::*;

    const TEXT: &str = "dispositif essai « Essai (inventé) »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé », texte opposable

dossier

  lits : entier ≥ 0
    « Combien de lits ? »
  places : entier ≥ 0
    « Combien de places ? »
  parents : entier ≥ 0
    « Combien de parents ? »
  enfants : entier ≥ 0
    « Combien d'enfants ? »
  ouvert : oui ou non
    « Est-ce ouvert ? »
  agréé : oui ou non
    « Est-ce agréé ? »
  signature : date
    « Signé quel jour ? »

définition personnes
  vaut parents + enfants

critère taille
  selon loi
  exige
    - lits ≥ 10
    - lits ≤ places

critère familles
  selon loi
  exige personnes est entre 3 et 5

critère accueil
  selon loi
  exige l'un de
    - ouvert
    - agréé

critère mesure
  selon loi
  si ouvert
  exige parents ≤ 4

décision accord
  selon loi
  favorable si tous les critères sont remplis

financement prime
  selon loi
  prévu si accord
  montant 10 € × lits

financement prime aux familles
  selon loi
  si accord
  montant 10 € × parents

obligation rapport
  selon loi
  si prime et parents ≥ 2
  au plus tard signature + 2 mois
";

    fn policy() -> Policy {
        let checked = check(&SourceFile::new("essai.pol", TEXT));
        checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
    }

    /// Every choice of some values, the first being that it is not known.
    fn worlds(policy: &Policy) -> Vec<World> {
        let day = Date::new(2025, 1, 1).unwrap_or(Date::MAX);
        let mut worlds = vec![World::of(policy, &Dossier::empty(policy, SourceFile::new("d.yaml", "")), day)];
        for (fact, declared) in policy.facts.iter().enumerate() {
            let values: Vec<Known> = match declared.ask.domain {
                Known::Truth(_) => [Truth::YES, Truth::NO].map(Known::Truth).to_vec(),
                Known::Date(_) => vec![Known::Date(DateRange::day(day))],
                _ => [2, 12].map(|number| Known::Number(Interval::point(Ratio::from(number)))).to_vec(),
            };
            let with = |value: &Known, world: &World| {
                let mut world = world.clone();
                world.facts[fact] = value.clone();
                world
            };
            let more = values.iter().flat_map(|value| worlds.iter().map(|world| with(value, world)));
            let more: Vec<World> = more.collect();
            worlds.extend(more);
        }
        worlds
    }

    #[test]
    fn an_item_is_as_it_is_where_all_of_an_assumption_is_made_at_once() {
        let policy = policy();
        let apart = Apart::default();
        for mut world in worlds(&policy) {
            let learnt = learn(&policy, &mut world).unwrap_or_default();
            for item in policy.items() {
                let mut at_once = Evaluator::new(&policy, &world, &learnt);
                let mut in_groups = Evaluator::new(&policy, &world, &learnt);
                in_groups.apart = Some(&apart);
                assert_eq!(in_groups.item(item), at_once.item(item), "{item:?} of {:?}", world.facts);
            }
        }
        let asked = apart.possible.borrow();
        assert!(asked.values().any(|possible| *possible) && asked.values().any(|possible| !possible));
    }

    #[test]
    fn what_is_asked_at_once_is_in_groups_that_rest_on_nothing_in_common() {
        let (policy, apart) = (policy(), Apart::default());
        let groups = apart.groups(&policy, &[Goal::Item(ItemRef::Decision, true)]);
        let facts = |group: &Group| -> Vec<String> {
            let leaves = group.leaves.leaves(policy.dependencies()).into_iter().flatten();
            let name = |FactId(fact): FactId| policy.facts[fact as usize].path.to_string();
            leaves
                .filter_map(|leaf| if let Leaf::Fact(fact) = leaf { Some(name(fact)) } else { None })
                .collect()
        };
        let groups: Vec<Vec<String>> = groups.iter().map(facts).collect();
        assert_eq!(groups, [vec!["lits", "places"], vec!["parents", "enfants", "ouvert", "agréé"]]);
    }
}
