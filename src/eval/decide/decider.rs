//! Decides the dossiers of one policy.

use super::assembly::{Request, generally};
use super::briefly::briefly;
use super::notices::Standing;
use super::settled;
use crate::decision::Decision;
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::eval::effort;
use crate::eval::plain::{Brief, Plain};
use crate::policy::{ItemRef, Policy, Reach, ReadingId};

/// Decides the dossiers of one policy: what is worked out of the policy once serves for all of them.
#[derive(Debug)]
pub struct Decider<'p> {
    pub(in crate::eval) policy: &'p Policy,
    pub(in crate::eval) plain: Plain,
    pub(in crate::eval) standing: Standing,
    /// The readings that the decision may read.
    pub(super) decision_reads: Vec<ReadingId>,
    /// Whether what would meet what fails is looked for.
    pub(super) advises: bool,
}

impl<'p> Decider<'p> {
    /// Makes a policy ready.
    pub fn new(policy: &'p Policy) -> Self {
        Decider {
            policy,
            plain: Plain::new(policy),
            standing: Standing::of(policy),
            decision_reads: Reach::of_item(policy, ItemRef::Decision).readings.into_iter().collect(),
            advises: true,
        }
    }

    /// The same, that never looks for what would meet what fails ([`crate::decision::ToMeet`]): for whoever does not
    /// tell it.
    #[must_use]
    pub fn without_advice(self) -> Self {
        Decider { advises: false, ..self }
    }

    /// Decides a dossier.
    ///
    /// # Errors
    ///
    /// The dossier is not examined where a coherence rule is broken, a fact is given whose condition
    /// does not hold, or a reading is retained in two ways: every such mistake is returned. So is one that was ended
    /// ([`crate::eval::until`]).
    pub fn decide(&self, dossier: &Dossier, request: &Request) -> Result<Decision, Vec<Diagnostic>> {
        effort::add(effort::DECISION);
        effort::unless_ended(match settled::decision(self, dossier, request) {
            Some(decision) => Ok(decision),
            None => self.decide_generally(dossier, request),
        })
    }

    /// What [`Decider::decide`] decides, without why: the way for many dossiers that leave something open.
    ///
    /// # Errors
    ///
    /// As [`Decider::decide`].
    pub fn brief(&self, dossier: &Dossier, request: &Request) -> Result<Brief, Vec<Diagnostic>> {
        effort::add(effort::DECISION);
        effort::unless_ended(briefly(self.policy, &self.plain, dossier, request))
    }

    /// Decides as [`Decider::decide`] does, but never by the quick way: for the tests that compare both.
    #[doc(hidden)]
    pub fn decide_generally(
        &self,
        dossier: &Dossier,
        request: &Request,
    ) -> Result<Decision, Vec<Diagnostic>> {
        generally(self, dossier, request)
    }
}

/// Decides one dossier of a policy: see [`Decider::decide`].
///
/// # Errors
///
/// All that keeps the dossier from being examined.
pub fn decide(policy: &Policy, dossier: &Dossier, request: &Request) -> Result<Decision, Vec<Diagnostic>> {
    Decider::new(policy).decide(dossier, request)
}
