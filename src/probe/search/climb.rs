//! Dossiers made favourable, from which each condition shows best what it changes.

use std::collections::BTreeSet;

use super::Search;
use crate::decision::{Outcome, Status};
use crate::dossier::{Answer, Dossier};
use crate::eval::bounds::sides;
use crate::eval::plain::Brief;
use crate::eval::{Evaluator, Learnt, World};
use crate::policy::ExprId;
use crate::probe::aim::{Aim, met};
use crate::probe::moves::set;
use crate::time::Date;

/// Rounds in which a dossier climbs towards a favourable decision.
const ROUNDS: usize = 24;
/// Greatest number of dossiers from which one climbs that no derogation excuses.
const STARTS: usize = 3;

impl Search<'_, '_> {
    /// Whether a dossier is decided favourably.
    pub(super) fn is_favourable(&self, dossier: &Dossier, on: Date) -> bool {
        self.swift
            .told(dossier, on)
            .is_some_and(|brief| matches!(brief.outcome, Outcome::Favourable | Outcome::Calculated))
    }

    /// A favourable dossier that no derogation excuses and to which the version goes: one of the starts, else
    /// made from one. What a derogation waives hides what becomes of the condition that it waives.
    pub(super) fn unexcused(
        &mut self,
        first: &[(Dossier, Date)],
        rest: &[(Dossier, Date)],
        aims: &[Aim],
    ) -> Option<(Dossier, Date)> {
        let starts = first.iter().chain(rest).filter(|(dossier, on)| {
            self.swift.is_complete(dossier, *on) && met(self.policy, dossier, *on, aims)
        });
        let starts: Vec<(Dossier, Date)> = starts.cloned().collect();
        if let Some(start) = starts.iter().find(|(dossier, on)| self.is_unexcused(dossier, *on)) {
            return Some(start.clone());
        }
        starts.into_iter().take(STARTS).find_map(|(dossier, on)| {
            let climbed = self.climb(dossier, on, aims, true);
            self.is_unexcused(&climbed, on).then_some((climbed, on))
        })
    }

    fn is_unexcused(&self, dossier: &Dossier, on: Date) -> bool {
        let waives = |brief: &Brief| brief.statuses.contains(&Status::Waived);
        self.excuses(dossier, on) == 0
            && self
                .swift
                .told(dossier, on)
                .is_some_and(|brief| brief.outcome == Outcome::Favourable && !waives(&brief))
    }

    /// Climbs from a dossier, one fact at a time, towards one for which more conditions hold (`unexcused`:
    /// and fewer derogations); those that are given go on holding.
    pub(super) fn climb(&mut self, start: Dossier, on: Date, aims: &[Aim], unexcused: bool) -> Dossier {
        let score = |search: &Self, dossier: &Dossier| {
            let world = World::of(search.policy, dossier, on);
            let holding = sides::holding(search.policy, &world);
            // Each derogation is one of the conditions that hold.
            if unexcused { holding.saturating_sub(2 * search.excuses(dossier, on)) } else { holding }
        };
        let mut best = start;
        let mut most = score(self, &best);
        for _ in 0..ROUNDS {
            let mut higher: Option<Dossier> = None;
            let mut children: Vec<Dossier> = Vec::new();
            for place in self.places(&best) {
                for answer in self.others(&best, on, place) {
                    if answer != Answer::Missing {
                        let mut child = best.clone();
                        set(self.policy, &mut child, place, answer);
                        children.extend(self.ground.settle(child, on, &[place.declared()]));
                    }
                }
            }
            for lever in self.levers(&best) {
                for (at, _) in self.probed(&best, on, &lever) {
                    children.extend(self.moved(&best, on, &lever, &at));
                }
            }
            for child in children {
                let own = score(self, &child);
                if own > most && met(self.policy, &child, on, aims) {
                    most = own;
                    higher = Some(child);
                }
            }
            match higher {
                Some(higher) => best = higher,
                None => break,
            }
        }
        best
    }

    /// How many derogations hold.
    fn excuses(&self, dossier: &Dossier, on: Date) -> usize {
        let policy = self.policy;
        let world = World::of(policy, dossier, on);
        let learnt = Learnt::default();
        let mut evaluator = Evaluator::new(policy, &world, &learnt);
        let criteria = policy.criteria.iter().flat_map(|criterion| &criterion.unless);
        let unless: BTreeSet<ExprId> = criteria.map(|derogation| derogation.condition).collect();
        unless.into_iter().filter(|condition| evaluator.truth(*condition).holds()).count()
    }
}
