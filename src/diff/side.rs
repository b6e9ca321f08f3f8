//! One side of a comparison: a text on a day, with the variants of it that go only to some dossiers.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::decision::{Decision, Outcome, Status};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::plain::{Brief, BriefItem};
use crate::eval::{Decider, Evaluator, Learnt, Request, World};
use crate::history::{Edition, History, Sight, Text};
use crate::known::Truth;
use crate::policy::{ExprId, ItemRef, Policy};
use crate::probe::{Aim, Fitter, Sketch, Swift};
use crate::time::Date;

use super::{Kind, Subject};

/// A text on a day.
#[derive(Debug)]
pub struct Side<'p> {
    /// The first goes to whom no variant goes.
    versions: Vec<Version<'p>>,
}

/// A variant of a text.
#[derive(Debug)]
pub struct Variant<'p> {
    /// The policy, all that it holds applied.
    pub policy: &'p Policy,
    /// The amendments that it holds of those that go only to some dossiers, by their rank in
    /// [`crate::policy::Version::scopes`].
    pub applied: Vec<usize>,
    /// To whom it goes, in words.
    pub scope: Option<String>,
}

#[derive(Debug)]
struct Version<'p> {
    variant: Variant<'p>,
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
    /// By rank.
    version: usize,
    /// What the other variants decide that may go to the dossier, where the condition of one is not known.
    pub others: Vec<Told>,
}

/// A decision that was replayed in full.
#[derive(Debug)]
pub struct Replayed<'p> {
    /// The policy that decided.
    pub policy: &'p Policy,
    /// The dossier.
    pub dossier: Dossier,
    /// The decision.
    pub decision: Decision,
    /// Whether several variants may go to the dossier, and do not come to the same.
    pub unsettled: bool,
}

impl Variant<'_> {
    /// The conditions under which alone it goes to a dossier.
    fn conditions(&self) -> Vec<ExprId> {
        let own = self.policy.version.scopes.iter().filter(|(rank, _)| self.applied.contains(rank));
        own.map(|(_, condition)| *condition).collect()
    }
}

impl<'p> Side<'p> {
    /// A text that goes to all.
    pub fn new(policy: &'p Policy) -> Self {
        Side::of(Variant { policy, applied: Vec::new(), scope: None }, Vec::new())
    }

    /// A text with its variants.
    pub fn of(plain: Variant<'p>, variants: Vec<Variant<'p>>) -> Self {
        Side { versions: std::iter::once(plain).chain(variants).map(Version::new).collect() }
    }

    /// A text on a day, with the variants that amendments to some dossiers alone make of it.
    ///
    /// # Errors
    ///
    /// That none is in force on that day, or what is wrong with it.
    pub fn on(history: &'p History, day: Date, sight: &Sight) -> Result<Self, Vec<Diagnostic>> {
        let policy = |edition: &Edition| history.consolidated(edition).policy();
        let era = history.era_at(day, sight)?;
        let plain = history.plain(&era);
        let mut editions = history.editions(&era)?;
        editions.retain(|edition| edition.applied != plain.applied);
        let mut variants = Vec::new();
        for edition in &editions {
            let scoped: Vec<usize> =
                edition.applied.iter().filter(|rank| !plain.applied.contains(rank)).copied().collect();
            let words =
                scoped.iter().filter_map(|rank| history.texts().get(*rank)).flat_map(Text::scope_words);
            let scope = words.collect::<Vec<_>>().join(" et ");
            // A policy counts the amendments that go only to some dossiers by their rank among those in force.
            let in_force = |rank: &usize| edition.in_force.iter().position(|own| own == rank);
            let applied = scoped.iter().filter_map(in_force).collect();
            variants.push(Variant { policy: policy(edition)?, applied, scope: Some(scope) });
        }
        Ok(Side::of(Variant { policy: policy(&plain)?, applied: Vec::new(), scope: None }, variants))
    }

    /// The text that goes to whom no variant goes.
    pub fn policy(&self) -> Option<&'p Policy> {
        self.versions.first().map(|version| version.variant.policy)
    }

    /// All variants, the plain text first.
    pub fn variants(&self) -> impl Iterator<Item = &Variant<'p>> {
        self.versions.iter().map(|version| &version.variant)
    }

    /// What decides each of them, with what must be so for it to go to a dossier.
    pub(super) fn swifts(&self) -> impl Iterator<Item = (&Swift<'p>, Vec<Aim>)> {
        self.versions.iter().map(|version| {
            let conditions = version.variant.conditions();
            let aims = if conditions.is_empty() { Vec::new() } else { vec![Aim::So(conditions)] };
            (&version.swift, aims)
        })
    }

    /// The conditions under which alone the variant of these words goes to a dossier, with its policy.
    pub fn conditions(&self, scope: &str) -> Option<(&'p Policy, Vec<ExprId>)> {
        let own = self.variants().find(|variant| variant.scope.as_deref() == Some(scope))?;
        Some((own.policy, own.conditions()))
    }

    /// The variant that goes to whom a condition holds, in its words.
    pub(super) fn variant(&self, scope: &str) -> Option<&'p Policy> {
        let own = self.variants().find(|variant| variant.scope.as_deref() == Some(scope));
        own.map(|variant| variant.policy)
    }

    /// Whether both are one text, word for word, that no amendment changes.
    pub(super) fn is_same_text(&self, other: &Side<'_>) -> bool {
        let ([own], [other]) = (self.versions.as_slice(), other.versions.as_slice()) else { return false };
        let (own, other) = (own.variant.policy, other.variant.policy);
        let alone = |policy: &Policy| policy.version.texts.len() < 2 && policy.version.aside.is_empty();
        alone(own) && alone(other) && own.file.text() == other.file.text()
    }

    /// What it decides; `None` where the dossier would be sent back.
    pub(super) fn told(&self, sketch: &Sketch) -> Option<Told> {
        let mut told: Option<Told> = None;
        for (rank, version) in self.chosen(sketch)? {
            let fitted = version.fitter.dossier(sketch).ok()?;
            let brief = version.swift.told(&fitted.dossier, sketch.examined_on)?;
            let own = Told { brief, unknown: fitted.unknown, version: rank, others: Vec::new() };
            match &mut told {
                None => told = Some(own),
                // Which of them goes to the dossier is not known.
                Some(told) => {
                    if told.brief.outcome != own.brief.outcome {
                        told.brief.outcome = Outcome::Incomplete;
                    }
                    told.others.push(own);
                }
            }
        }
        told
    }

    /// The variants that may go to a dossier: one, unless the condition of an amendment is not known.
    fn chosen(&self, sketch: &Sketch) -> Option<Vec<(usize, &Version<'p>)>> {
        let first = self.versions.first()?;
        if self.versions.len() == 1 {
            return Some(vec![(0, first)]);
        }
        let policy = first.variant.policy;
        let dossier = first.fitter.dossier(sketch).ok()?.dossier;
        let world = World::of(policy, &dossier, sketch.examined_on);
        let learnt = Learnt::default();
        let mut evaluator = Evaluator::new(policy, &world, &learnt);
        let ranks: BTreeSet<usize> = policy.version.scopes.iter().map(|(rank, _)| *rank).collect();
        let mut truth = |rank: usize| {
            let own = policy.version.scopes.iter().filter(|(own, _)| *own == rank);
            own.fold(Truth::of(true), |all, (_, scope)| all.and(evaluator.truth(*scope)))
        };
        let known: Vec<(usize, Truth)> = ranks.into_iter().map(|rank| (rank, truth(rank))).collect();
        let may_go = |version: &Version<'_>| {
            known.iter().all(|(rank, truth)| truth.contains(version.variant.applied.contains(rank)))
        };
        Some(self.versions.iter().enumerate().filter(|(_, version)| may_go(version)).collect())
    }

    /// The same in full, by the whole evaluator: every variant that may go to the dossier.
    pub(super) fn replay(&self, sketch: &Sketch) -> Option<Replayed<'p>> {
        let mut shown: Option<Replayed<'p>> = None;
        for (_, version) in self.chosen(sketch)? {
            let dossier = version.fitter.dossier(sketch).ok()?.dossier;
            let request = Request { examined_on: sketch.examined_on, readings: Vec::new() };
            let decision = version.decider.decide(&dossier, &request).ok()?;
            match &mut shown {
                None => {
                    let policy = version.variant.policy;
                    shown = Some(Replayed { policy, dossier, decision, unsettled: false });
                }
                Some(shown) if shown.decision.outcome != decision.outcome => {
                    shown.decision.outcome = Outcome::Incomplete;
                    shown.unsettled = true;
                }
                Some(_) => {}
            }
        }
        shown
    }

    /// Why it sends a dossier back.
    pub(super) fn refusal(&self, sketch: &Sketch) -> Vec<Diagnostic> {
        let chosen = self.chosen(sketch).and_then(|chosen| chosen.first().map(|(_, version)| *version));
        let Some(version) = chosen.or(self.versions.first()) else { return Vec::new() };
        let policy = version.variant.policy;
        let yaml = sketch.yaml(&policy.id, "");
        match crate::dossier::read(yaml.as_bytes(), "", policy) {
            Err(problems) => problems,
            Ok(dossier) => {
                let request = Request { examined_on: sketch.examined_on, readings: Vec::new() };
                version.decider.decide(&dossier, &request).err().unwrap_or_default()
            }
        }
    }

    /// What an item came to.
    pub(super) fn item(&self, told: &Told, subject: &Subject) -> Option<BriefItem> {
        let same = |own: &Subject| {
            own.kind == subject.kind && (own.name == subject.name || own.kind == Kind::Decision)
        };
        let subjects = &self.versions.get(told.version)?.subjects;
        told.brief.item(subjects.iter().position(same)?)
    }

    /// The items that decided a dossier, the decision left out.
    pub(super) fn subjects(&self, told: &Told) -> impl Iterator<Item = &Subject> {
        let version = self.versions.get(told.version);
        let subjects = version.into_iter().flat_map(|version| &version.subjects);
        subjects.filter(|subject| subject.kind != Kind::Decision)
    }
}

impl<'p> Version<'p> {
    fn new(variant: Variant<'p>) -> Self {
        let policy = variant.policy;
        Version {
            variant,
            fitter: Fitter::new(policy),
            swift: Swift::new(policy),
            decider: Decider::new(policy),
            subjects: policy.items().map(|item| subject(policy, item)).collect(),
        }
    }
}

/// The item of a policy that a subject is.
pub fn item_of(policy: &Policy, wanted: &Subject) -> Option<ItemRef> {
    policy.items().find(|item| subject(policy, *item) == *wanted)
}

fn subject(policy: &Policy, item: ItemRef) -> Subject {
    let kind = match item {
        ItemRef::Criterion(_) => Kind::Criterion,
        ItemRef::Objective(_) => Kind::Objective,
        ItemRef::Mission(_) => Kind::Mission,
        ItemRef::Decision => Kind::Decision,
        ItemRef::Funding(id) => Kind::of_funding(&policy.fundings[id.index()]),
        ItemRef::Obligation(_) => Kind::Obligation,
    };
    Subject { kind, name: Arc::clone(&policy.head(item).name) }
}

/// Whether an item that stands on one side only says anything there.
pub(super) fn speaks(status: Status) -> bool {
    match status {
        Status::NotMet
        | Status::Due
        | Status::Pending
        | Status::Missed
        | Status::Elapsed
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
