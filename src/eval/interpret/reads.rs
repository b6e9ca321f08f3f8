//! Which places that are not fully known were read.
//!
//! A unit's reads are kept with it and shared by all who use it, those of an element with all elements
//! that nothing tells apart from it; they are only spread out when asked for.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::interpreter::Worth;
use super::rank::Table;
use crate::decision::{MissingPlace, Step};
use crate::eval::world::place_set::PlaceSet;
use crate::policy::dependencies::UnitId;
use crate::policy::{ExprId, ListId, Policy, ShapeId};

/// Something that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Noted {
    /// A place.
    Place(MissingPlace),
    /// All that a unit read.
    Memo(MemoId),
    /// What some elements that nothing tells apart read, by rank among [`OfAlike`].
    OfAlike(u32),
    /// All that the elements that are ranked, or that share, read.
    Ranks(ShapeId),
    /// A calculation on single numbers that came to one that is too long.
    TooLong(ExprId),
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

/// What elements of a list that nothing tells apart read: what was noted of the first of them.
#[derive(Debug)]
pub(super) struct OfAlike<'a> {
    pub list: ListId,
    /// The elements, ascending.
    pub elements: &'a [u32],
    pub noted: Box<[Noted]>,
}

/// What was noted by whom, to be spread out.
pub(super) struct Spread<'a> {
    pub policy: &'a Policy,
    pub memos: &'a [Memo],
    pub of_alike: &'a [OfAlike<'a>],
    pub ranks: &'a HashMap<ShapeId, Table>,
    pub shares: &'a HashMap<ShapeId, super::share::Table>,
}

/// All that was noted.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub places: PlaceSet,
    /// The first calculation of the policy whose result is too long.
    pub too_long: Option<ExprId>,
}

/// In the place of which elements others stand, for what is being spread out: ranks among `of_alike`.
type Standing = Vec<usize>;

impl Spread<'_> {
    /// All that is among what was noted, through memos and for all elements alike.
    pub fn all(&self, noted: &[Noted]) -> Reads {
        let Reads { mut places, mut too_long } = Reads::default();
        let mut seen = vec![false; self.memos.len()];
        let mut seen_standing: HashSet<(Noted, Standing)> = HashSet::default();
        let mut stack: Vec<(&[Noted], Standing)> = vec![(noted, Standing::new())];
        while let Some((some, standing)) = stack.pop() {
            for one in some {
                match one {
                    Noted::Place(place) => self.add(*place, &standing, &mut places),
                    Noted::Memo(id) => {
                        let memo = &self.memos[id.index()];
                        let own = self.within(&standing, memo.unit);
                        let is_news = if own.is_empty() {
                            !std::mem::replace(&mut seen[id.index()], true)
                        } else {
                            seen_standing.insert((*one, own.clone()))
                        };
                        if is_news {
                            stack.push((&memo.noted, own));
                        }
                    }
                    Noted::OfAlike(rank) => {
                        let Some(alike) = self.of_alike.get(*rank as usize) else { continue };
                        let mut own = standing.clone();
                        own.retain(|other| self.of_alike[*other].list != alike.list);
                        own.push(*rank as usize);
                        if seen_standing.insert((*one, own.clone())) {
                            stack.push((&alike.noted, own));
                        }
                    }
                    Noted::Ranks(shape) => {
                        let ranks = self.ranks.get(shape).map(|table| &table.noted);
                        let shares = || self.shares.get(shape).map(|table| &table.noted);
                        if let Some(noted) = ranks.or_else(shares)
                            && seen_standing.insert((*one, Standing::new()))
                        {
                            stack.push((noted, Standing::new()));
                        }
                    }
                    Noted::TooLong(expr) => {
                        too_long = Some(too_long.map_or(*expr, |first: ExprId| first.min(*expr)));
                    }
                }
            }
        }
        Reads { places, too_long }
    }

    /// A place, and the same of the elements for which its own stands.
    fn add(&self, place: MissingPlace, standing: &[usize], places: &mut PlaceSet) {
        if let MissingPlace::Cell { row, field } = place {
            let list = self.policy.fields[field.index()].list;
            let stands_for =
                |alike: &&OfAlike<'_>| alike.list == list && alike.elements.first() == Some(&row);
            if let Some(alike) = standing.iter().map(|rank| &self.of_alike[*rank]).find(stands_for) {
                places.insert_cells(field, alike.elements);
                return;
            }
        }
        places.insert(place);
    }

    /// The elements that stand for others in what a unit reads: those in turn there.
    fn within(&self, standing: &[usize], unit: UnitId) -> Standing {
        if standing.is_empty() {
            return Standing::new();
        }
        let free = self.policy.dependencies().free_of_unit(unit);
        standing.iter().copied().filter(|rank| free.contains(&self.of_alike[*rank].list)).collect()
    }
}
