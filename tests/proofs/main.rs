//! What the checker proves of a policy: each test shows a policy, then what is said of it.

/// The policy and the one message about it, as a snapshot.
macro_rules! shown {
    ($facts:expr, $items:expr $(,)?) => {
        insta::with_settings!({omit_expression => true}, {
            insta::assert_snapshot!($crate::refused($facts, $items));
        })
    };
}

mod amounts;
mod cases;
mod conditional;
mod criteria;
mod dead;
mod divisors;
mod scales;

use conforme::check::check;
use conforme::diagnostic::{Diagnostic, Severity};
use conforme::render::diagnostics;
use conforme::source::SourceFile;

/// What is said of a policy with these facts and these items, warnings left out.
fn said(facts: &str, items: &str) -> Vec<Diagnostic> {
    let mut all = told(facts, items);
    all.retain(|diagnostic| diagnostic.severity != Severity::Warning);
    all
}

/// All that is said of it.
fn told(facts: &str, items: &str) -> Vec<Diagnostic> {
    let text = format!(
        "dispositif essai « Un essai »\n  en vigueur depuis le 1er janvier 2025\n\
         source T « Un texte », texte opposable\n\
         dossier\n{facts}\n  complet : oui ou non\n    « Le dossier est-il complet ? »\n\
         {items}\ndécision accord\n  favorable si complet\n"
    );
    let file = SourceFile::new("essai.pol", text);
    check(&file).diagnostics
}

/// Nothing is said.
#[track_caller]
fn silent(facts: &str, items: &str) {
    let said = said(facts, items);
    assert!(said.is_empty(), "{items}\n{}", diagnostics::text(&said, 80, false));
}

/// The policy, then the one message about it.
#[track_caller]
fn refused(facts: &str, items: &str) -> String {
    let said = said(facts, items);
    let text = diagnostics::text(&said, 80, false);
    assert_eq!(said.len(), 1, "{items}\n{text}");
    format!("\ndossier\n{facts}\n{items}\n\n{text}")
}
