//! Which places that are not fully known were read.
//!
//! A unit's reads are kept with it and shared by all who use it; they are only spread out when asked
//! for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::interpreter::Worth;
use crate::decision::{MissingPlace, Step};
use crate::policy::dependencies::UnitId;

/// Something that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Noted {
    /// A place.
    Place(MissingPlace),
    /// All that a unit read.
    Memo(MemoId),
}

/// A unit that was worked out in some context.
#[derive(Debug)]
pub(super) struct Memo {
    pub unit: UnitId,
    pub worth: Worth,
    /// What it read; nothing where its value is settled without.
    pub noted: Box<[Noted]>,
    /// How it came to its value, once that was asked for.
    pub step: Option<Arc<Step>>,
}

/// A memo, by slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct MemoId(u32);

impl MemoId {
    pub fn from_index(index: usize) -> MemoId {
        MemoId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All places among what was noted, through memos.
pub(super) fn flatten(noted: &[Noted], memos: &[Memo]) -> BTreeSet<MissingPlace> {
    let mut places = BTreeSet::new();
    let mut seen = vec![false; memos.len()];
    let mut stack: Vec<&[Noted]> = vec![noted];
    while let Some(some) = stack.pop() {
        for one in some {
            match one {
                Noted::Place(place) => {
                    places.insert(*place);
                }
                Noted::Memo(memo) => {
                    if !std::mem::replace(&mut seen[memo.index()], true) {
                        stack.push(&memos[memo.index()].noted);
                    }
                }
            }
        }
    }
    places
}
