//! Nothing grows without a bound: numbers, explanations, dossiers with long lists.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use conforme::check::check;
use conforme::decision::Decision;
use conforme::dossier::{self, Dossier};
use conforme::eval::{self, Request};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

mod advice;
mod ended;
mod explained;
mod numbers;

/// A policy with a source, where the rest is what is tried.
pub fn policy(facts: &str, rules: &str) -> Policy {
    let text = format!(
        "dispositif essai « Essai (inventé) »\n  en vigueur depuis le 1er janvier 2020\n\n\
         source loi « Règlement inventé », texte opposable\n\ndossier\n\n{facts}\n{rules}\n\
         décision accord\n  selon loi\n  favorable si tous les critères sont remplis\n"
    );
    let checked = check(&SourceFile::new("essai.pol", text));
    checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
}

pub fn read(policy: &Policy, answers: &str) -> Dossier {
    let text = format!("dispositif: essai\ndossier: Essai\nexaminé le: 2025-01-01\n{answers}");
    dossier::read(text.as_bytes(), "dossier.yaml", policy).unwrap()
}

/// What is decided; the codes, where it is refused.
pub fn decide(policy: &Policy, dossier: &Dossier) -> Result<Decision, Vec<&'static str>> {
    let request = Request { examined_on: Date::new(2025, 1, 1).unwrap(), readings: Vec::new() };
    eval::decide(policy, dossier, &request).map_err(|found| found.iter().map(|d| d.code).collect())
}
