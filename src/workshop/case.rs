//! A case, and what became of it.

use super::approved;
use super::compare::{Difference, is_of_version_alone};
use super::expected::{self, Failure};
use crate::decision::Decision;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, Stated};
use crate::policy::Policy;

/// A case that was decided.
#[derive(Debug)]
pub struct Case<'p> {
    /// Its name: that of its file, without what follows the dot.
    pub name: String,
    /// The policy.
    pub policy: &'p Policy,
    /// The dossier.
    pub dossier: Dossier,
    /// The decision.
    pub decision: Decision,
    /// What it states by hand.
    pub stated: Vec<Stated>,
}

/// What the decision of a case is, against the one that was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same.
    AsApproved,
    /// The same, under a heading that says another version of the text.
    Reworded,
    /// Another one.
    Differs(Vec<Difference>),
    /// None was approved.
    NeverApproved,
    /// It cannot be decided.
    Broken(Vec<Diagnostic>),
}

/// A case that was held against what was approved and what it states.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The policy's identifier.
    pub policy: String,
    /// Its name.
    pub name: String,
    /// Against what was approved.
    pub verdict: Verdict,
    /// What it states by hand and is not so.
    pub failures: Vec<Failure>,
    /// The decision as it may be approved; empty where it cannot be decided.
    pub text: String,
    /// Why it was approved as it is.
    pub reason: Option<String>,
}

/// An approved decision without its dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// The policy's identifier.
    pub policy: String,
    /// The name of the case that is no more.
    pub name: String,
}

impl Case<'_> {
    /// Holds a case against the text of the file in which it was approved, where there is one.
    pub fn judge(&self, approved: Option<&str>) -> Judged {
        let text = approved::text(self.policy, &self.dossier, &self.decision);
        let (mut verdict, mut reason) = (Verdict::NeverApproved, None);
        if let Some(file) = approved {
            let (before, why) = approved::read(file);
            reason = why;
            verdict = if before == text {
                Verdict::AsApproved
            } else {
                match approved::compare(&before, &text) {
                    found if is_of_version_alone(&found) => Verdict::Reworded,
                    found => Verdict::Differs(found),
                }
            };
        }
        let mut failures = Vec::new();
        match expected::check(self) {
            Ok(found) => failures = found,
            Err(mistakes) => verdict = Verdict::Broken(mistakes),
        }
        Judged {
            policy: self.policy.id.to_string(),
            name: self.name.clone(),
            verdict,
            failures,
            text,
            reason,
        }
    }
}

impl Judged {
    /// A case that cannot be decided.
    pub fn broken(policy: &str, name: &str, mistakes: Vec<Diagnostic>) -> Judged {
        Judged {
            policy: policy.to_owned(),
            name: name.to_owned(),
            verdict: Verdict::Broken(mistakes),
            failures: Vec::new(),
            text: String::new(),
            reason: None,
        }
    }

    /// Whether it is as approved, but for the version of the text that its heading says, and as stated.
    pub fn passes(&self) -> bool {
        let as_approved = match self.verdict {
            Verdict::AsApproved | Verdict::Reworded => true,
            Verdict::Differs(_) | Verdict::NeverApproved | Verdict::Broken(_) => false,
        };
        as_approved && self.failures.is_empty()
    }

    /// Whether it may be approved: what a case states by hand, no acceptance overrides.
    pub fn may_be_approved(&self) -> bool {
        match self.verdict {
            Verdict::Differs(_) | Verdict::Reworded | Verdict::NeverApproved => self.failures.is_empty(),
            Verdict::AsApproved | Verdict::Broken(_) => false,
        }
    }

    /// That it was approved as it is decided now.
    pub fn approve(&mut self, reason: Option<&str>) {
        self.verdict = Verdict::AsApproved;
        self.reason = reason.map(str::to_owned);
    }

    /// Whether it cannot be decided.
    pub fn is_broken(&self) -> bool {
        matches!(self.verdict, Verdict::Broken(_))
    }
}
