//! The line of time: which texts are in force from when to when.

use std::collections::BTreeSet;

use super::{Edition, History, Sight};
use crate::known::DateRange;
use crate::time::Date;

/// A stretch of time over which the same texts are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Era {
    /// Its days.
    pub days: DateRange,
    /// The base texts in force, by rank in the history: one, unless versions overlap.
    pub bases: Vec<usize>,
    /// The amendments in force, by date, then number.
    pub amendments: Vec<usize>,
    /// The version of each history that is leaned on.
    pub leaned: Vec<Option<Edition>>,
}

impl History {
    /// The stretches of time over which some base text is in force, in order, as they are seen.
    pub fn eras(&self, sight: &Sight) -> Vec<Era> {
        let seen: Vec<usize> = (0..self.texts.len()).filter(|rank| self.is_seen(*rank, sight)).collect();
        let mut starts: BTreeSet<Option<Date>> = BTreeSet::from([None]);
        for period in seen.iter().filter_map(|rank| self.texts[*rank].period()) {
            starts.insert(period.from);
            starts.extend(period.to.and_then(|until| until.plus_days(1)).map(Some));
        }
        for era in self.leaned.iter().flat_map(|history| history.eras(sight)) {
            starts.insert(era.days.from);
            starts.extend(era.days.to.and_then(|until| until.plus_days(1)).map(Some));
        }
        let starts: Vec<Option<Date>> = starts.into_iter().collect();
        let mut eras: Vec<Era> = Vec::new();
        for (rank, start) in starts.iter().enumerate() {
            let end = starts.get(rank + 1).copied().flatten().and_then(|next| next.plus_days(-1));
            let Some(days) = DateRange::new(*start, end) else { continue };
            let Some(era) = self.era_of(days, &seen, sight) else { continue };
            match eras.last_mut() {
                Some(last)
                    if last.bases == era.bases
                        && last.amendments == era.amendments
                        && last.leaned == era.leaned
                        && last.days.to.and_then(|to| to.plus_days(1)) == *start =>
                {
                    last.days.to = end;
                }
                _ => eras.push(era),
            }
        }
        eras
    }

    /// What is in force over days on which nothing starts or ends but at their start.
    fn era_of(&self, days: DateRange, seen: &[usize], sight: &Sight) -> Option<Era> {
        let covers = |rank: usize| self.texts[rank].period().is_some_and(|period| days.is_subset(period));
        let in_force = |amendment: bool| {
            seen.iter().copied().filter(move |rank| {
                let text = &self.texts[*rank];
                text.is_amendment() == amendment && covers(*rank)
            })
        };
        let bases: Vec<usize> = in_force(false).collect();
        // A draft that is tried stands in place of what is in force.
        let drafts: Vec<usize> = bases.iter().copied().filter(|rank| self.texts[*rank].is_draft()).collect();
        let bases = if drafts.is_empty() { bases } else { drafts };
        if bases.is_empty() {
            return None;
        }
        // An amendment goes with the text that was in force when it took effect, and ends with it.
        let amends = |rank: &usize| {
            let start = self.texts[*rank].from();
            bases.iter().any(|base| {
                let period = self.texts[*base].period();
                start.is_some_and(|start| period.is_some_and(|period| period.contains(start)))
            })
        };
        let mut amendments: Vec<usize> = in_force(true).filter(amends).collect();
        // One that stands in place of another leaves nothing of it.
        let replaced: Vec<u32> =
            amendments.iter().filter_map(|rank| self.texts[*rank].instead_of()).collect();
        amendments.retain(|rank| self.texts[*rank].number().is_none_or(|own| !replaced.contains(&own)));
        amendments.sort_by_key(|rank| (self.texts[*rank].from(), self.texts[*rank].number(), *rank));
        Some(Era { days, bases, amendments, leaned: self.leaned_over(days, sight) })
    }

    /// Whether a text is seen: drafts where they are asked for, nothing that was published later.
    pub fn is_seen(&self, rank: usize, sight: &Sight) -> bool {
        let text = &self.texts[rank];
        let known = match (sight.known_on, text.known_from()) {
            (Some(day), Some(from)) => from <= day,
            (None, _) | (_, None) => true,
        };
        known && (sight.draft || !text.is_draft())
    }
}
