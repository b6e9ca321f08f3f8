//! What the searches for amounts and time limits of one decision tried: under other readings, and after other answers,
//! they come to the same parts of the completions.

use std::cell::{Cell, RefCell};

use foldhash::HashMap;

use super::range::Part;
use crate::eval::interpret::coherence::Learnt;
use crate::eval::interpret::narrow::apart::Apart;
use crate::eval::world::{ListState, World};
use crate::policy::ItemRef;

/// Up to so many slots of worlds are kept.
const SLOTS: usize = 1 << 18;

/// What was tried.
#[derive(Default)]
pub(in crate::eval) struct Tried {
    /// What was known beyond the slots of worlds, each once.
    learnt: RefCell<Vec<Learnt>>,
    parts: RefCell<HashMap<(Asked, World), Option<Part>>>,
    kept: Cell<usize>,
    /// What assumptions come to.
    pub apart: Apart,
}

/// What is asked of a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub item: ItemRef,
    /// What is known over all completions, by rank.
    pub learnt: usize,
    /// Whether supposing something of what is missing may teach more.
    pub relearns: bool,
}

impl Tried {
    /// The rank of what is known over all completions.
    pub(super) fn rank_of(&self, learnt: &Learnt) -> usize {
        let mut known = self.learnt.borrow_mut();
        known.iter().position(|other| other == learnt).unwrap_or_else(|| {
            known.push(learnt.clone());
            known.len() - 1
        })
    }

    /// What comes of a world, worked out the first time.
    pub(super) fn part(
        &self,
        asked: Asked,
        world: World,
        work_out: impl FnOnce(World) -> Option<Part>,
    ) -> Option<Part> {
        let key = (asked, world);
        if let Some(part) = self.parts.borrow().get(&key) {
            return part.clone();
        }
        let part = work_out(key.1.clone());
        let cells = |list: &ListState| match list {
            ListState::Absent => 0,
            ListState::Rows(rows) => rows.cell_count(),
        };
        let slots = key.1.facts.len() + key.1.lists.iter().map(cells).sum::<usize>();
        let kept = self.kept.get() + 2 * slots;
        if kept <= SLOTS {
            self.kept.set(kept);
            self.parts.borrow_mut().insert(key, part.clone());
        }
        part
    }
}
