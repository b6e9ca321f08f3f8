//! What trials make of an item.

use super::formula::{Target, closed};
use super::group::{Group, Source};
use crate::decision::MissingPlace;
use crate::eval::interpret::items::StatusSet;
use crate::eval::world::place_set::PlaceSet;
use crate::known::Known;
use crate::policy::{ItemRef, Policy};

/// What an item came to under one combination of readings.
#[derive(Debug)]
pub(in crate::eval) struct Resolved {
    /// Which item.
    pub item: ItemRef,
    /// How its status follows from its atoms.
    pub target: Target,
    /// The statuses that it may have.
    pub statuses: StatusSet,
    /// What was tried.
    pub groups: Vec<Group>,
    /// The missing places that may change its status.
    pub affecting: PlaceSet,
    /// Every missing place that its open atoms read.
    pub reads: PlaceSet,
    /// Whether the limit of trials left it open.
    pub limited: bool,
}

impl Resolved {
    /// An item of which nothing more needs to be known.
    pub(in crate::eval) fn known(item: ItemRef, target: Target, statuses: StatusSet) -> Resolved {
        Resolved {
            item,
            target,
            statuses,
            groups: Vec::new(),
            affecting: PlaceSet::default(),
            reads: PlaceSet::default(),
            limited: false,
        }
    }

    /// The statuses of the item where a missing place is within a part of its domain; `None` where
    /// nothing that was tried has it so.
    pub fn statuses_where(&self, policy: &Policy, place: MissingPlace, part: &Known) -> Option<StatusSet> {
        match self.groups.iter().find(|group| group.rank_of(place).is_some()) {
            Some(group) => group.statuses_where(policy, place, part),
            None => Some(self.statuses),
        }
    }

    /// Whether some leaf stays open for want of a place, split as far as it could be.
    pub fn left_open_by(&self, place: MissingPlace) -> bool {
        let left_open = |(group, rank): (&Group, usize)| match &group.source {
            Source::Item(resolved) => resolved.left_open_by(place),
            Source::Trials(tried) => tried.leaves.iter().zip(&group.ways).any(|(leaf, way)| {
                !closed(group.outcomes[*way])
                    && leaf.known.iter().any(|known| known.is_open())
                    && leaf.reads.binary_search(&rank).is_ok()
            }),
        };
        self.groups.iter().filter_map(|group| Some((group, group.rank_of(place)?))).any(left_open)
    }

    /// The parts of a missing place's domain that trials told apart.
    pub fn parts(&self, policy: &Policy, place: MissingPlace) -> Vec<Known> {
        self.groups
            .iter()
            .filter(|group| group.rank_of(place).is_some())
            .flat_map(|group| group.parts(policy, place))
            .collect()
    }
}
