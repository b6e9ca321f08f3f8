//! Whether a dossier may be examined at all: it satisfies every `cohérence`, a parameter that is taken
//! at a date has a value then, and nothing is given that is not asked.

use std::collections::BTreeSet;

use super::refusal::Refusals;
use crate::decision::MissingPlace;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Answer, Dossier};
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::coherence::{Contradiction, Rule, learn};
use crate::eval::interpret::context::Row;
use crate::eval::interpret::interpreter::Evaluator;
use crate::eval::world::ListState;
use crate::eval::world::World;
use crate::known::{DateRange, Known, Truth};
use crate::limits;
use crate::policy::expr::Quantity;
use crate::policy::{CoherenceId, Declared, ExprId, ExprKind, FactId, ListId, ParameterId, Policy};
use crate::time::Date;

/// What a dossier says, as a world; or all that must be corrected in it.
///
/// # Errors
///
/// Every coherence rule that is broken, every parameter that has no value at the date at which it is
/// taken, every answer to a question whose condition does not hold.
pub fn admit(policy: &Policy, dossier: &Dossier, examined_on: Date) -> Result<World, Vec<Diagnostic>> {
    let world = World::of(policy, dossier, examined_on);
    let mut refusals = Refusals::new(policy, dossier);
    if refuse_pairs(policy, &world, &mut refusals) {
        return Err(refusals.finish());
    }
    let mut narrowed = world.clone();
    let learnt = learn(policy, &mut narrowed);
    if let Err(contradiction) = learnt {
        let nothing = Learnt::default();
        let mut evaluator = Evaluator::new(policy, &world, &nothing);
        let before = refusals.count();
        for (id, coherence) in (0..).map(CoherenceId).zip(&policy.coherences) {
            evaluator.refuse_broken(id, coherence.condition, &mut refusals);
        }
        evaluator.refuse_undated(&mut refusals);
        if refusals.count() == before {
            refuse_together(policy, contradiction, &mut refusals);
        }
        narrowed = world.clone();
    }
    refuse_without_value(policy, examined_on, &mut refusals);
    let nothing = Learnt::default();
    let mut evaluator = Evaluator::new(policy, &narrowed, &nothing);
    evaluator.refuse_unasked(dossier, &mut refusals);
    let refused = refusals.finish();
    if refused.is_empty() { Ok(world) } else { Err(refused) }
}

/// Rules that no completion satisfies together, though none is broken by itself.
/// Lists so long that holding their elements against one another would take too long; whether there are any.
fn refuse_pairs(policy: &Policy, world: &World, refusals: &mut Refusals<'_>) -> bool {
    if world.pairs(policy) <= limits::PAIRS {
        return false;
    }
    let length = |list: &ListId| match &world.lists[list.index()] {
        ListState::Rows(rows) => rows.len(),
        ListState::Absent => 0,
    };
    let longest = policy
        .dependencies()
        .paired(policy)
        .max_by_key(|(_, lists)| lists.iter().map(length).fold(1, usize::saturating_mul));
    if let Some((expr, lists)) = longest {
        refusals.too_many_pairs(expr, &lists);
    }
    true
}

fn refuse_together(policy: &Policy, contradiction: Contradiction, refusals: &mut Refusals<'_>) {
    match contradiction.rule {
        Rule::Coherence(id) => {
            let coherence = &policy.coherences[id.index()];
            refusals.irreconcilable(&coherence.head.name, coherence.condition);
        }
        Rule::Parameter(expr) => {
            if let ExprKind::Parameter { parameter, at: Some(at) } = policy.exprs.get(expr).kind {
                refusals.no_value(parameter, expr, None, &places_of(policy, at));
            }
        }
    }
}

/// Parameters that are taken at the date of examination and have no value then.
fn refuse_without_value(policy: &Policy, examined_on: Date, refusals: &mut Refusals<'_>) {
    let mut told: BTreeSet<ParameterId> = BTreeSet::new();
    for index in 0..policy.exprs.len() {
        let expr = ExprId(u32::try_from(index).unwrap_or(u32::MAX));
        if let ExprKind::Parameter { parameter, at: None } = policy.exprs.get(expr).kind {
            let declared = &policy.parameters[parameter.index()];
            let has_value =
                crate::eval::interpret::cases::values_at(policy, declared, DateRange::day(examined_on))
                    .is_some();
            if !has_value && told.insert(parameter) {
                refusals.no_value(parameter, expr, Some(examined_on), &[]);
            }
        }
    }
}

/// Whether what is wrong with an answer is told of another one: the two days of a period that are given at
/// one place are one answer.
fn is_told_once(policy: &Policy, dossier: &Dossier, fact: FactId) -> bool {
    let period = policy.periods.iter().find(|period| period.last == Declared::Fact(fact));
    match period.map(|period| period.first) {
        Some(Declared::Fact(first)) => dossier.fact(first).place == dossier.fact(fact).place,
        Some(Declared::Field(_) | Declared::List(_)) | None => false,
    }
}

/// The scalar facts that an expression may read.
fn places_of(policy: &Policy, expr: ExprId) -> Vec<MissingPlace> {
    let mut reach = crate::policy::Reach::default();
    reach.add_expr(policy, expr);
    let facts = (0..).map(crate::policy::FactId).take(policy.facts.len());
    facts.map(MissingPlace::Fact).filter(|place| reach.reads(place.declared())).collect()
}

impl Evaluator<'_> {
    /// Tells every part of a rule that is certainly broken.
    fn refuse_broken(&mut self, id: CoherenceId, condition: ExprId, refusals: &mut Refusals<'_>) {
        if !self.truth(condition).fails() {
            return;
        }
        let policy = self.policy;
        let parts: Vec<ExprId> = match &policy.exprs.get(condition).kind {
            ExprKind::And(operands) => operands.clone(),
            ExprKind::Bullets { quantity: Quantity::All, of } => {
                let broken = |inner: &mut Self, bullet| {
                    let (asked, truth): (Truth, Truth) = inner.bullet(bullet);
                    asked.and(!truth).holds()
                };
                let broken: Vec<ExprId> =
                    of.iter().filter(|bullet| broken(self, bullet)).map(|bullet| bullet.then).collect();
                if broken.is_empty() { vec![condition] } else { broken }
            }
            _ => vec![condition],
        };
        let alone = parts.as_slice() == [condition];
        let rule = &policy.coherences[id.index()];
        for part in parts {
            if !self.truth(part).fails() {
                continue;
            }
            if alone || !matches!(policy.exprs.get(part).kind, ExprKind::And(_) | ExprKind::Bullets { .. }) {
                let step = self.explain(part);
                refusals.broken(rule, part, &step);
            } else {
                self.refuse_broken(id, part, refusals);
            }
        }
    }

    /// Tells every date at which a parameter is taken and has no value.
    fn refuse_undated(&mut self, refusals: &mut Refusals<'_>) {
        let policy = self.policy;
        for expr in policy.dependencies().dated_parameters() {
            let ExprKind::Parameter { parameter, at: Some(at) } = policy.exprs.get(*expr).kind else {
                continue;
            };
            match self.rests_on.free(policy.exprs.get(at).shape) {
                [] => self.refuse_date(parameter, *expr, at, refusals),
                [list] => self.each_row(*list, |inner, _| inner.refuse_date(parameter, *expr, at, refusals)),
                _ => {}
            }
        }
    }

    fn refuse_date(&mut self, parameter: ParameterId, expr: ExprId, at: ExprId, refusals: &mut Refusals<'_>) {
        let policy = self.policy;
        let Known::Date(dates) = self.value(at) else { return };
        let Some(date) = dates.value() else { return };
        if crate::eval::interpret::cases::values_at(policy, &policy.parameters[parameter.index()], dates)
            .is_none()
        {
            let step = self.explain(at);
            refusals.no_value(parameter, expr, Some(date), &super::refusal::places(self.policy, &step));
        }
    }

    fn each_row(&mut self, list: ListId, mut f: impl FnMut(&mut Self, u32)) {
        let ListState::Rows(rows) = &self.world.lists[list.index()] else { return };
        for row in 0..u32::try_from(rows.len()).unwrap_or(u32::MAX) {
            self.in_row(list, Row::At(row), |inner| f(inner, row));
        }
    }

    /// Tells every answer to a question whose condition certainly does not hold.
    fn refuse_unasked(&mut self, dossier: &Dossier, refusals: &mut Refusals<'_>) {
        let policy = self.policy;
        for (fact, given) in (0..).map(FactId).zip(&dossier.facts) {
            if given.answer == Answer::Missing || is_told_once(policy, dossier, fact) {
                continue;
            }
            if let Some(condition) = policy.facts[fact.index()].ask.asked_if {
                self.refuse_answer(MissingPlace::Fact(fact), condition, refusals);
            }
        }
        for (list, rows) in (0..).map(ListId).zip(&dossier.lists) {
            let Some(rows) = rows else { continue };
            let declared = &policy.lists[list.index()];
            if let Some(condition) = declared.asked_if {
                self.refuse_answer(MissingPlace::List(list), condition, refusals);
            }
            let conditional =
                |field: &crate::policy::FieldId| Some((*field, policy.fields[field.index()].ask.asked_if?));
            let conditions: Vec<_> = declared.fields.iter().filter_map(conditional).collect();
            if conditions.is_empty() {
                continue;
            }
            self.each_row(list, |inner, row| {
                for (field, condition) in &conditions {
                    let rank = policy.fields[field.index()].rank as usize;
                    let cell = rows.cells.get(row as usize * declared.fields.len() + rank);
                    if cell.is_some_and(|given| given.answer != Answer::Missing) {
                        inner.refuse_answer(MissingPlace::Cell { row, field: *field }, *condition, refusals);
                    }
                }
            });
        }
    }

    fn refuse_answer(&mut self, place: MissingPlace, condition: ExprId, refusals: &mut Refusals<'_>) {
        if self.truth(condition).fails() {
            let step = self.explain(condition);
            refusals.not_asked(place, condition, &step);
        }
    }
}
