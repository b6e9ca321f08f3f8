//! One side of a comparison: a policy, made ready to decide sketches.

use std::sync::Arc;

use crate::decision::{Decision, Outcome, Status};
use crate::dossier::Dossier;
use crate::eval::plain::{Brief, BriefItem};
use crate::eval::{Decider, Request};
use crate::policy::{ItemRef, Policy};
use crate::probe::{Fitter, Sketch, Swift};

use super::{Kind, Subject};

/// A policy, made ready to decide sketches.
#[derive(Debug)]
pub struct Side<'p> {
    /// The policy.
    pub policy: &'p Policy,
    fitter: Fitter<'p>,
    swift: Swift<'p>,
    decider: Decider<'p>,
    subjects: Vec<Subject>,
}

/// What a side decides of a sketch.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub brief: Brief,
    /// Answers that the side does not know.
    pub unknown: Vec<Arc<str>>,
}

/// A decision that was replayed in full.
#[derive(Debug)]
pub struct Replayed {
    /// The dossier.
    pub dossier: Dossier,
    /// The decision.
    pub decision: Decision,
}

impl<'p> Side<'p> {
    /// Makes a policy ready.
    pub fn new(policy: &'p Policy) -> Self {
        let subject = |item| Subject { kind: kind(item), name: Arc::clone(&policy.head(item).name) };
        Side {
            policy,
            fitter: Fitter::new(policy),
            swift: Swift::new(policy),
            decider: Decider::new(policy),
            subjects: policy.items().map(subject).collect(),
        }
    }

    /// What it decides; `None` where the dossier would be sent back.
    pub(super) fn told(&self, sketch: &Sketch) -> Option<Told> {
        let fitted = self.fitter.dossier(sketch).ok()?;
        let brief = self.swift.brief(&fitted.dossier, sketch.examined_on).ok()?;
        Some(Told { brief, unknown: fitted.unknown })
    }

    /// The same in full, by the whole evaluator.
    pub(super) fn replay(&self, sketch: &Sketch) -> Option<Replayed> {
        let dossier = self.fitter.dossier(sketch).ok()?.dossier;
        let request = Request { examined_on: sketch.examined_on, readings: Vec::new() };
        let decision = self.decider.decide(&dossier, &request).ok()?;
        Some(Replayed { dossier, decision })
    }

    /// What an item came to.
    pub(super) fn item<'b>(&self, brief: &'b Brief, subject: &Subject) -> Option<&'b BriefItem> {
        let same = |own: &Subject| {
            own.kind == subject.kind && (own.name == subject.name || own.kind == Kind::Decision)
        };
        brief.items.get(self.subjects.iter().position(same)?)
    }

    /// The items of the policy, the decision left out.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.iter().filter(|subject| subject.kind != Kind::Decision)
    }

    /// The item of a subject.
    pub fn item_ref(&self, subject: &Subject) -> Option<ItemRef> {
        let rank = self.subjects.iter().position(|own| own == subject)?;
        self.policy.items().nth(rank)
    }
}

fn kind(item: ItemRef) -> Kind {
    match item {
        ItemRef::Criterion(_) => Kind::Criterion,
        ItemRef::Objective(_) => Kind::Objective,
        ItemRef::Mission(_) => Kind::Mission,
        ItemRef::Decision => Kind::Decision,
        ItemRef::Funding(_) => Kind::Funding,
        ItemRef::Obligation(_) => Kind::Obligation,
    }
}

/// Whether an item that stands on one side only says anything there.
pub(super) fn speaks(status: Status) -> bool {
    match status {
        Status::NotMet
        | Status::Due
        | Status::Pending
        | Status::Missed
        | Status::Fulfilled
        | Status::Undetermined
        | Status::DependsOnReading => true,
        Status::Met
        | Status::Waived
        | Status::Reached
        | Status::NotReached
        | Status::Covered
        | Status::NotCovered
        | Status::NotDue
        | Status::Favourable
        | Status::Unfavourable
        | Status::NotApplicable => false,
    }
}

/// Whether an outcome grants what is asked.
pub(super) fn grants(outcome: Outcome) -> bool {
    outcome == Outcome::Favourable
}
