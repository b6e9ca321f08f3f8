//! What the coherence rules teach of a world, or that it breaks one.
//!
//! Every `cohérence` holds in every completion; so does what a dated parameter implies: the date at
//! which its value is taken is one at which it has a value.

use foldhash::HashMap;

use super::context::Frame;
use super::interpreter::{Evaluator, Key};
use super::narrow::Goal;
use crate::decision::MissingPlace;
use crate::eval::world::World;
use crate::known::{Known, Truth};
use crate::policy::{CoherenceId, ExprId, ExprKind, FieldId, ItemRef, Policy, ShapeId};

/// How often what was learnt is used to learn more.
const ROUNDS: usize = 8;

/// What the coherence rules teach about expressions in a world.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learnt {
    shapes: HashMap<ShapeId, Known>,
    items: HashMap<ItemRef, Truth>,
}

impl Learnt {
    /// Says what an item read as a condition came to, trials included: sharper than intervals.
    pub fn settle_item(&mut self, item: ItemRef, truth: Truth) {
        self.items.insert(item, truth);
    }

    /// What an item read as a condition is known to come to.
    pub fn item(&self, item: ItemRef) -> Option<Truth> {
        self.items.get(&item).copied()
    }

    /// What is known of a shape beyond its operands.
    pub fn get(&self, shape: ShapeId) -> Option<&Known> {
        self.shapes.get(&shape)
    }

    /// All shapes of which something is known beyond their operands.
    pub(in crate::eval) fn shapes(&self) -> impl Iterator<Item = (ShapeId, &Known)> {
        self.shapes.iter().map(|(shape, known)| (*shape, known))
    }

    /// Whether nothing is known beyond the slots of the world.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty() && self.items.is_empty()
    }
}

/// No completion of a world satisfies this rule along with those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// The rule.
    pub rule: Rule,
}

/// What every completion satisfies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// A `cohérence`.
    Coherence(CoherenceId),
    /// A parameter taken at a date has a value then.
    Parameter(ExprId),
}

/// What one round taught.
struct Taught {
    shapes: HashMap<ShapeId, Known>,
    cells: Vec<(u32, FieldId, Known)>,
}

/// Assumes every coherence rule: narrows the slots of a world and says what else is learnt.
pub fn learn(policy: &Policy, world: &mut World) -> Result<Learnt, Contradiction> {
    let mut learnt = Learnt::default();
    for round in 1.. {
        let taught = teach(policy, world, &learnt)?;
        let mut changed = false;
        for (row, field, known) in taught.cells {
            changed |= narrow_place(policy, world, MissingPlace::Cell { row, field }, &known);
        }
        let mut truths = Vec::new();
        for (shape, known) in taught.shapes {
            match (&policy.exprs.get(policy.exprs.first_of(shape)).kind, &known) {
                (ExprKind::Fact(fact), _) => {
                    changed |= narrow_place(policy, world, MissingPlace::Fact(*fact), &known);
                }
                // Conditions are assumed afresh in each round, with what is known by then.
                (_, Known::Truth(_)) => truths.push((shape, known)),
                _ => {
                    learnt.shapes.insert(shape, known);
                }
            }
        }
        if !changed || round == ROUNDS {
            learnt.shapes.extend(truths);
            break;
        }
    }
    Ok(learnt)
}

fn narrow_place(policy: &Policy, world: &mut World, place: MissingPlace, to: &Known) -> bool {
    let Some(narrowed) = world.at(policy, place).and_then(|now| now.intersect(to)) else { return false };
    if world.at(policy, place) == Some(&narrowed) {
        return false;
    }
    world.suppose(policy, place, narrowed);
    true
}

fn teach(policy: &Policy, world: &World, learnt: &Learnt) -> Result<Taught, Contradiction> {
    let mut evaluator = Evaluator::new(policy, world, learnt);
    evaluator.narrowing.cells = Some(Vec::new());
    evaluator.frames.push(Frame::default());
    for (id, coherence) in (0..).map(CoherenceId).zip(&policy.coherences) {
        if !evaluator.pursue_all(&[Goal::Expr(coherence.condition, true)]) || evaluator.impossible {
            return Err(Contradiction { rule: Rule::Coherence(id) });
        }
    }
    for expr in policy.dependencies().dated_parameters() {
        if !evaluator.has_value(*expr) || evaluator.impossible {
            return Err(Contradiction { rule: Rule::Parameter(*expr) });
        }
    }
    let shapes = evaluator.overlay.drain().filter_map(|(key, known)| match key {
        Key::Shape(shape) => Some((shape, known)),
        Key::Item(_) => None,
    });
    let shapes = shapes.collect();
    Ok(Taught { shapes, cells: evaluator.narrowing.cells.take().unwrap_or_default() })
}

impl Evaluator<'_> {
    /// Assumes that a parameter has a value at the date at which it is taken.
    fn has_value(&mut self, expr: ExprId) -> bool {
        let policy = self.policy;
        let ExprKind::Parameter { parameter, at: Some(at) } = &policy.exprs.get(expr).kind else {
            return true;
        };
        let declared = &policy.parameters[parameter.index()];
        let Some(days) = super::cases::days_of(declared) else { return true };
        let goal = || Goal::Narrow(*at, Known::Date(days));
        match self.rests_on.free(policy.exprs.get(*at).shape) {
            [] => self.pursue_all(&[goal()]),
            [list] => self.teach_elements(*list, None, &[vec![goal()]]),
            _ => true,
        }
    }
}
