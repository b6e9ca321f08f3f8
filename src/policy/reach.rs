//! What an expression or item may read, through definitions and other items.

use std::collections::BTreeSet;

use super::{Declared, DefinitionId, ExprId, ExprKind, ItemRef, ParameterId, Policy, ReadingId};

/// All that something may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Facts, lists and fields.
    pub facts: BTreeSet<(u8, u32)>,
    /// Readings.
    pub readings: BTreeSet<ReadingId>,
    /// Parameters.
    pub parameters: BTreeSet<ParameterId>,
    /// Definitions.
    pub definitions: BTreeSet<DefinitionId>,
    /// Items.
    pub items: BTreeSet<ItemRef>,
}

impl Reach {
    /// What an item may read, itself left out.
    pub fn of_item(policy: &Policy, item: ItemRef) -> Reach {
        let mut reach = Reach::default();
        reach.add_item(policy, item);
        reach
    }

    /// What the whole policy may read: items, coherence rules and conditions of facts.
    pub fn of_policy(policy: &Policy) -> Reach {
        let mut reach = Reach::default();
        for item in policy.items() {
            reach.add_item(policy, item);
        }
        for coherence in &policy.coherences {
            reach.add_expr(policy, coherence.condition);
        }
        let asked_if = policy
            .facts
            .iter()
            .map(|fact| fact.ask.asked_if)
            .chain(policy.fields.iter().map(|field| field.ask.asked_if))
            .chain(policy.lists.iter().map(|list| list.asked_if));
        for condition in asked_if.flatten() {
            reach.add_expr(policy, condition);
        }
        reach
    }

    /// Whether an entry of the dossier may be read.
    pub fn reads(&self, declared: Declared) -> bool {
        self.facts.contains(&key(declared))
    }

    /// Adds what an expression may read.
    pub fn add_expr(&mut self, policy: &Policy, expr: ExprId) {
        let kind = &policy.exprs.get(expr).kind;
        match kind {
            ExprKind::Fact(fact) => {
                self.facts.insert(key(Declared::Fact(*fact)));
            }
            ExprKind::Field(field) => {
                self.facts.insert(key(Declared::Field(*field)));
                self.facts.insert(key(Declared::List(policy.fields[field.index()].list)));
            }
            ExprKind::Aggregate { list, .. }
            | ExprKind::Covered { list, .. }
            | ExprKind::Rank { list, .. } => {
                self.facts.insert(key(Declared::List(*list)));
            }
            ExprKind::Share(share) => {
                self.facts.insert(key(Declared::List(share.list)));
            }
            ExprKind::Reading(reading) => {
                self.readings.insert(*reading);
                if let Some(applies) = policy.readings[reading.index()].applies {
                    self.add_expr(policy, applies);
                }
            }
            ExprKind::Parameter { parameter, .. } => {
                self.parameters.insert(*parameter);
            }
            ExprKind::Definition(definition) if self.definitions.insert(*definition) => {
                let definition = &policy.definitions[definition.index()];
                for expr in definition.applies.into_iter().chain([definition.body]) {
                    self.add_expr(policy, expr);
                }
            }
            ExprKind::Holds(item) => self.add_read_item(policy, *item),
            ExprKind::AmountOf(funding) => self.add_read_item(policy, ItemRef::Funding(*funding)),
            ExprKind::AllCriteria => {
                for item in policy.items().filter(|item| matches!(item, ItemRef::Criterion(_))) {
                    self.add_read_item(policy, item);
                }
            }
            _ => {}
        }
        kind.for_each_operand(&mut |operand| self.add_expr(policy, operand));
    }

    fn add_read_item(&mut self, policy: &Policy, item: ItemRef) {
        if self.items.insert(item) {
            self.add_item(policy, item);
        }
    }

    fn add_item(&mut self, policy: &Policy, item: ItemRef) {
        for expr in policy.roots(item) {
            self.add_expr(policy, expr);
        }
    }
}

fn key(declared: Declared) -> (u8, u32) {
    match declared {
        Declared::Fact(fact) => (0, fact.0),
        Declared::List(list) => (1, list.0),
        Declared::Field(field) => (2, field.0),
    }
}

impl Policy {
    /// Every item that a decision reports, in the order of a decision.
    pub fn items(&self) -> impl Iterator<Item = ItemRef> {
        use super::{CriterionId, FundingId, MissionId, ObjectiveId, ObligationId};
        fn ids<T>(of: &[T]) -> std::ops::Range<u32> {
            0..u32::try_from(of.len()).unwrap_or(u32::MAX)
        }
        std::iter::once(ItemRef::Decision)
            .chain(ids(&self.criteria).map(|i| ItemRef::Criterion(CriterionId(i))))
            .chain(ids(&self.objectives).map(|i| ItemRef::Objective(ObjectiveId(i))))
            .chain(ids(&self.missions).map(|i| ItemRef::Mission(MissionId(i))))
            .chain(ids(&self.fundings).map(|i| ItemRef::Funding(FundingId(i))))
            .chain(ids(&self.obligations).map(|i| ItemRef::Obligation(ObligationId(i))))
    }

    /// The comparisons and scales that rest on an entry of the dossier and that some items rest on.
    pub fn comparisons_of(&self, declared: Declared, items: &[ItemRef]) -> Vec<ExprId> {
        let rests_on = self.dependencies();
        let all: Vec<ExprId> = match declared {
            Declared::Fact(fact) => rests_on.comparisons_of_fact(fact).collect(),
            Declared::Field(field) => {
                let of_list = rests_on.comparisons_of_list(self.fields[field.index()].list);
                rests_on.comparisons_of_field(field).chain(of_list).collect()
            }
            Declared::List(_) => Vec::new(),
        };
        let mut stack: Vec<ExprId> = items.iter().flat_map(|item| self.roots(*item)).collect();
        let (mut exprs, mut shapes) = (BTreeSet::new(), BTreeSet::new());
        while let Some(expr) = stack.pop() {
            if !exprs.insert(expr) {
                continue;
            }
            let node = self.exprs.get(expr);
            shapes.insert(node.shape);
            match &node.kind {
                ExprKind::Definition(definition) => stack.push(self.definitions[definition.index()].body),
                ExprKind::Holds(item) => stack.extend(self.roots(*item)),
                ExprKind::AmountOf(funding) => stack.extend(self.roots(ItemRef::Funding(*funding))),
                ExprKind::AllCriteria => {
                    let criteria = self.items().filter(|item| matches!(item, ItemRef::Criterion(_)));
                    stack.extend(criteria.flat_map(|item| self.roots(item)));
                }
                _ => {}
            }
            node.kind.for_each_operand(&mut |operand| stack.push(operand));
        }
        let mut found: Vec<ExprId> =
            all.into_iter().filter(|expr| shapes.contains(&self.exprs.get(*expr).shape)).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Name, sources and notes of an item.
    pub fn head(&self, item: ItemRef) -> &super::Head {
        match item {
            ItemRef::Criterion(id) => &self.criteria[id.index()].head,
            ItemRef::Objective(id) => &self.objectives[id.index()].head,
            ItemRef::Mission(id) => &self.missions[id.index()].head,
            ItemRef::Decision => &self.decision.head,
            ItemRef::Funding(id) => &self.fundings[id.index()].head,
            ItemRef::Obligation(id) => &self.obligations[id.index()].head,
        }
    }

    /// The expressions of an item, in the order of its clauses.
    pub fn roots(&self, item: ItemRef) -> Vec<ExprId> {
        let unless = |of: &[super::Derogation]| of.iter().map(|d| d.condition).collect::<Vec<_>>();
        let mut roots = Vec::new();
        match item {
            ItemRef::Criterion(id) => {
                let criterion = &self.criteria[id.index()];
                roots.extend(criterion.applies);
                roots.push(criterion.requires);
                roots.extend(unless(&criterion.unless));
            }
            ItemRef::Objective(id) => {
                let objective = &self.objectives[id.index()];
                roots.extend(objective.applies);
                roots.push(objective.aims);
            }
            ItemRef::Mission(id) => {
                let mission = &self.missions[id.index()];
                roots.extend(mission.applies);
                roots.push(mission.covered);
            }
            ItemRef::Decision => roots.push(self.decision.favourable),
            ItemRef::Funding(id) => {
                let funding = &self.fundings[id.index()];
                roots.extend(funding.applies);
                roots.extend(funding.due);
                roots.extend(unless(&funding.unless));
                roots.push(funding.amount);
                roots.extend(funding.rest.map(|rest| rest.value));
            }
            ItemRef::Obligation(id) => {
                let obligation = &self.obligations[id.index()];
                roots.extend(obligation.applies);
                roots.extend(unless(&obligation.unless));
                roots.push(obligation.deadline);
                roots.extend(obligation.fulfilled_by);
            }
        }
        roots
    }
}
