//! How dependencies are worked out: units first, each after those inside it, then every expression.

use super::{Dependencies, FEW, Leaves, Unit, UnitId, unit_id};
use crate::policy::{DefinitionId, ExprId, ExprKind, FactId, ItemRef, ListId, Policy, ReadingId, ShapeId};
use indexmap::IndexSet;

pub(super) struct Builder<'a> {
    policy: &'a Policy,
    done: Dependencies,
    /// By unit: all units that stand in it, those of its elements included.
    inside: Vec<Vec<UnitId>>,
    known: Vec<bool>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(policy: &'a Policy) -> Self {
        let exprs = policy.exprs.len();
        let items: Vec<ItemRef> = policy.items().collect();
        let mut units: Vec<Unit> = (0..policy.definitions.len())
            .map(|i| Unit::Definition(DefinitionId(u32::try_from(i).unwrap_or(u32::MAX))))
            .collect();
        let first_item = units.len();
        units.extend(items.iter().map(|item| Unit::Item(*item)));
        units.push(Unit::AllCriteria);
        let leaf_counts =
            [policy.facts.len(), policy.fields.len(), policy.lists.len(), policy.readings.len()];
        let mut sets = IndexSet::new();
        sets.insert(Leaves::Few(Box::default()));
        let done = Dependencies {
            units,
            unit_of: vec![None; exprs],
            uses: Vec::new(),
            repeated: Vec::new(),
            sets,
            shape_leaves: vec![0; exprs],
            unit_leaves: Vec::new(),
            shape_free: vec![Box::default(); exprs],
            unit_free: Vec::new(),
            lengths: vec![None; policy.lists.len()],
            compared: vec![Vec::new(); leaf_counts.iter().sum()],
            compared_widely: Vec::new(),
            dated_parameters: Vec::new(),
            elements: super::Elements::default(),
            first_item,
            items,
            leaf_counts,
        };
        let mut builder = Builder { policy, done, inside: Vec::new(), known: vec![false; exprs] };
        builder.number_units();
        builder
    }

    pub(super) fn into_done(self) -> Dependencies {
        self.done
    }

    fn number_units(&mut self) {
        let mut seen = vec![0u32; self.done.units.len()];
        for index in 0..self.policy.exprs.len() {
            let expr = ExprId(u32::try_from(index).unwrap_or(u32::MAX));
            let node = self.policy.exprs.get(expr);
            let first = self.policy.exprs.first_of(node.shape);
            let unit = match &node.kind {
                ExprKind::Definition(definition) => Some(self.done.of_definition(*definition)),
                ExprKind::Holds(item) => Some(self.done.of_item(self.policy, *item)),
                ExprKind::AmountOf(funding) => {
                    Some(self.done.of_item(self.policy, ItemRef::Funding(*funding)))
                }
                ExprKind::AllCriteria => Some(self.done.all_criteria()),
                ExprKind::Aggregate { list, filter, of, .. } => {
                    if filter.is_none() && of.is_none() {
                        self.done.lengths[list.index()].get_or_insert(first);
                    }
                    Some(self.own_unit(first, &mut seen))
                }
                ExprKind::Covered { .. } | ExprKind::Rank { .. } | ExprKind::Share(_) => {
                    Some(self.own_unit(first, &mut seen))
                }
                _ => None,
            };
            if let Some(unit) = unit {
                self.done.unit_of[index] = Some(unit);
                seen[unit.index()] += 1;
            }
        }
        self.done.repeated = seen.iter().map(|count| *count > 1).collect();
        let units = self.done.units.len();
        self.done.unit_leaves = vec![0; units];
        self.done.unit_free = vec![Box::default(); units];
    }

    fn own_unit(&mut self, first: ExprId, seen: &mut Vec<u32>) -> UnitId {
        if let Some(unit) = self.done.unit_of[first.0 as usize] {
            return unit;
        }
        self.done.units.push(Unit::Expr(first));
        seen.push(0);
        unit_id(self.done.units.len() - 1)
    }

    fn roots(&self, unit: UnitId) -> Vec<ExprId> {
        match self.done.unit(unit) {
            Unit::Definition(definition) => vec![self.policy.definitions[definition.index()].body],
            Unit::Item(item) => self.policy.roots(item),
            Unit::AllCriteria => Vec::new(),
            Unit::Expr(expr) => operands(&self.policy.exprs.get(expr).kind),
        }
    }

    pub(super) fn find_uses(&mut self) {
        for index in 0..self.done.units.len() {
            let unit = unit_id(index);
            let mut inside = Vec::new();
            if self.done.unit(unit) == Unit::AllCriteria {
                let criteria = self.done.items.iter().filter(|i| matches!(i, ItemRef::Criterion(_)));
                inside.extend(criteria.map(|item| self.done.of_item(self.policy, *item)));
            }
            for root in self.roots(unit) {
                self.walk(root, &mut inside);
            }
            inside.sort();
            inside.dedup();
            self.inside.push(inside);
        }
    }

    fn walk(&self, expr: ExprId, inside: &mut Vec<UnitId>) {
        if let Some(unit) = self.done.unit_of(self.policy, expr) {
            inside.push(unit);
            return;
        }
        for operand in operands(&self.policy.exprs.get(expr).kind) {
            self.walk(operand, inside);
        }
    }

    /// Units in an order in which each stands after those inside it.
    fn order(&self) -> Vec<UnitId> {
        let mut order = Vec::with_capacity(self.inside.len());
        let mut entered = vec![false; self.inside.len()];
        for start in 0..self.inside.len() {
            if std::mem::replace(&mut entered[start], true) {
                continue;
            }
            let mut path = vec![(unit_id(start), 0)];
            while let Some((unit, next)) = path.last_mut() {
                let (unit, rank) = (*unit, *next);
                *next += 1;
                match self.inside[unit.index()].get(rank) {
                    Some(inner) if !std::mem::replace(&mut entered[inner.index()], true) => {
                        path.push((*inner, 0));
                    }
                    Some(_) => {}
                    None => {
                        order.push(unit);
                        path.pop();
                    }
                }
            }
        }
        order
    }

    pub(super) fn find_leaves(&mut self) {
        for unit in self.order() {
            let (mut leaves, mut free) = (Set::default(), Vec::new());
            for root in self.roots(unit) {
                self.add_expr(root, &mut leaves, &mut free);
            }
            match self.done.unit(unit) {
                Unit::AllCriteria => {
                    for inner in self.inside[unit.index()].clone() {
                        leaves.add(self.done.set(self.done.unit_leaves[inner.index()]));
                    }
                }
                Unit::Expr(expr) => {
                    self.bind(&self.policy.exprs.get(expr).kind, &mut leaves, &mut free);
                }
                Unit::Definition(_) | Unit::Item(_) => {}
            }
            self.done.unit_leaves[unit.index()] = self.intern(leaves);
            self.done.unit_free[unit.index()] = lists(free);
        }
        for index in 0..self.policy.exprs.len() {
            self.know(ExprId(u32::try_from(index).unwrap_or(u32::MAX)));
        }
        self.done.uses = (0..self.done.units.len())
            .map(|index| {
                let bound = match self.done.units[index] {
                    Unit::Expr(expr) => list_of(&self.policy.exprs.get(expr).kind),
                    Unit::Definition(_) | Unit::Item(_) | Unit::AllCriteria => None,
                };
                let own = |inner: &&UnitId| {
                    bound.is_none_or(|list| !self.done.free_of_unit(**inner).contains(&list))
                };
                self.inside[index].iter().filter(own).copied().collect()
            })
            .collect();
    }

    /// Whether what stands inside an aggregate over a list reads the element around it.
    fn reads_around(&self, expr: ExprId, list: ListId) -> bool {
        match &self.policy.exprs.get(expr).kind {
            ExprKind::Around { list: own, .. } => *own == list,
            kind if kind.gone_through() == Some(list) => false,
            kind => operands(kind).into_iter().any(|operand| self.reads_around(operand, list)),
        }
    }

    /// An aggregate reads every element: none in turn, but for the one around it. A rank and a share read the element
    /// in turn as well.
    fn bind(&self, kind: &ExprKind, leaves: &mut Set, free: &mut Vec<ListId>) {
        let [facts, fields, ..] = self.done.leaf_counts;
        match kind {
            ExprKind::Aggregate { list, .. } | ExprKind::Covered { list, .. } => {
                let around = operands(kind).into_iter().any(|operand| self.reads_around(operand, *list));
                if !around {
                    free.retain(|other| other != list);
                    for field in &self.policy.lists[list.index()].fields {
                        leaves.remove(facts + field.index());
                    }
                }
                leaves.insert(facts + fields + list.index());
            }
            ExprKind::Rank { list, .. } => {
                free.push(*list);
                leaves.insert(facts + fields + list.index());
            }
            ExprKind::Share(share) => {
                free.push(share.list);
                leaves.insert(facts + fields + share.list.index());
            }
            _ => {}
        }
    }

    fn add_expr(&mut self, expr: ExprId, leaves: &mut Set, free: &mut Vec<ListId>) {
        let shape = self.know(expr);
        leaves.add(self.done.set(self.done.shape_leaves[shape.0 as usize]));
        free.extend_from_slice(self.done.free(shape));
    }

    /// Works out the leaves of an expression, its operands first.
    fn know(&mut self, expr: ExprId) -> ShapeId {
        let node = self.policy.exprs.get(expr);
        let shape = node.shape;
        if std::mem::replace(&mut self.known[shape.0 as usize], true) {
            return shape;
        }
        let (set, free) = if let Some(unit) = self.done.unit_of(self.policy, expr) {
            // What stands inside an aggregate has shapes of its own to be known.
            for operand in operands(&node.kind) {
                self.know(operand);
            }
            (self.done.unit_leaves[unit.index()], self.done.unit_free[unit.index()].clone())
        } else {
            let [facts, fields, in_lists, _] = self.done.leaf_counts;
            let (mut leaves, mut free) = (Set::default(), Vec::new());
            match &node.kind {
                ExprKind::Fact(FactId(fact)) => leaves.insert(*fact as usize),
                ExprKind::Field(field) => {
                    leaves.insert(facts + field.index());
                    free.push(self.policy.fields[field.index()].list);
                }
                ExprKind::Reading(ReadingId(reading)) => {
                    leaves.insert(facts + fields + in_lists + *reading as usize);
                }
                kind => {
                    for operand in operands(kind) {
                        self.add_expr(operand, &mut leaves, &mut free);
                    }
                }
            }
            (self.intern(leaves), lists(free))
        };
        self.done.shape_leaves[shape.0 as usize] = set;
        self.done.shape_free[shape.0 as usize] = free;
        shape
    }

    fn intern(&mut self, set: Set) -> u32 {
        let (index, _) = self.done.sets.insert_full(set.done());
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    pub(super) fn find_comparisons(&mut self) {
        for index in 0..self.policy.exprs.len() {
            let expr = ExprId(u32::try_from(index).unwrap_or(u32::MAX));
            let node = self.policy.exprs.get(expr);
            let compares = matches!(
                node.kind,
                ExprKind::Compare { .. }
                    | ExprKind::Among { .. }
                    | ExprKind::Between { .. }
                    | ExprKind::Within { .. }
                    | ExprKind::Scale { .. }
            );
            if self.policy.exprs.first_of(node.shape) != expr {
                continue;
            }
            if let ExprKind::Parameter { at: Some(_), .. } = node.kind {
                self.done.dated_parameters.push(expr);
            }
            if !compares {
                continue;
            }
            match &self.done.sets[self.done.shape_leaves[index] as usize] {
                Leaves::Few(few) => {
                    for leaf in few {
                        self.done.compared[*leaf as usize].push(expr);
                    }
                }
                Leaves::Many => self.done.compared_widely.push(expr),
            }
        }
    }
}

/// A set of leaves that is being made.
#[derive(Default)]
struct Set {
    few: Vec<u32>,
    many: bool,
}

impl Set {
    fn insert(&mut self, leaf: usize) {
        self.few.push(u32::try_from(leaf).unwrap_or(u32::MAX));
    }

    fn remove(&mut self, leaf: usize) {
        self.few.retain(|other| *other as usize != leaf);
    }

    fn add(&mut self, leaves: &Leaves) {
        match leaves {
            Leaves::Few(few) => self.few.extend_from_slice(few),
            Leaves::Many => self.many = true,
        }
    }

    fn done(mut self) -> Leaves {
        self.few.sort_unstable();
        self.few.dedup();
        if self.many || self.few.len() > FEW { Leaves::Many } else { Leaves::Few(self.few.into()) }
    }
}

fn lists(mut free: Vec<ListId>) -> Box<[ListId]> {
    free.sort();
    free.dedup();
    free.into()
}

fn list_of(kind: &ExprKind) -> Option<ListId> {
    match kind {
        ExprKind::Aggregate { list, .. } | ExprKind::Covered { list, .. } | ExprKind::Rank { list, .. } => {
            Some(*list)
        }
        ExprKind::Share(share) => Some(share.list),
        _ => None,
    }
}

fn operands(kind: &ExprKind) -> Vec<ExprId> {
    let mut all = Vec::new();
    kind.for_each_operand(&mut |operand| all.push(operand));
    all
}
