//! What each fuzz target does with some bytes: run by `cargo fuzz` on nightly, and as property tests on stable
//! (`tests/fuzz_stable.rs`). A body panics where the library breaks a promise.

use std::sync::LazyLock;

use conforme::check::check;
use conforme::concordance;
use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::eval::{self, Request};
use conforme::policy::Policy;
use conforme::render::text::TextOptions;
use conforme::render::{self, Explain, Lang};
use conforme::source::SourceFile;
use conforme::syntax;
use conforme::time::Date;

const ESS: &str = include_str!("../policies/ess/ess.pol");

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let checked = check(&SourceFile::new("ess.pol", ESS));
    checked.policy.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
});

/// Any text is parsed and checked; where the parser accepts it, its layout is stable and says the same.
pub fn policy(data: &[u8]) {
    let Ok(file) = syntax::decode("essai.pol", data) else { return };
    let checked = check(&file);
    assert!(
        checked.policy.is_some() || checked.diagnostics.iter().any(|d| d.is_error()),
        "no policy and no error"
    );
    render::diagnostics::text(&checked.diagnostics, 80, false);
    render::diagnostics::json(&checked.diagnostics);
    if let Some(policy) = &checked.policy {
        let remarks = concordance::review(policy).into_iter().map(|remark| remark.diagnostic);
        // Whatever the text of a source is: here, the policy's own.
        let absent = concordance::source_text::compare(policy, &mut |_, _| Ok(file.text().to_owned()));
        let all: Vec<Diagnostic> = remarks.chain(absent).collect();
        render::diagnostics::text(&all, 80, false);
    }
    if let Ok(text) = syntax::format(&file) {
        let laid_out = SourceFile::new("essai.pol", text.clone());
        assert_eq!(syntax::format(&laid_out).as_deref(), Ok(&*text), "laid out twice, it changes");
        assert_eq!(
            check(&laid_out).policy.is_some(),
            checked.policy.is_some(),
            "laid out, it says another thing"
        );
    }
}

/// Any bytes are read as a dossier of the ESS policy.
pub fn dossier(data: &[u8]) {
    let _ = dossier::file(data, "dossier.yaml").and_then(|file| dossier::identify(&file));
    match dossier::read(data, "dossier.yaml", &POLICY) {
        Ok(dossier) => {
            assert_eq!(dossier.facts.len(), POLICY.facts.len());
            assert_eq!(dossier.lists.len(), POLICY.lists.len());
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty(), "sent back without a word");
            render::diagnostics::text(&diagnostics, 80, false);
        }
    }
}

/// A policy, a line `===`, a dossier: what checks and loads is decided, twice alike, and rendered.
pub fn decide(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some((policy, given)) = text.split_once("\n===\n") else { return };
    let Some(policy) = check(&SourceFile::new("essai.pol", policy)).policy else { return };
    let Ok(dossier) = dossier::read(given.as_bytes(), "dossier.yaml", &policy) else { return };
    let Some(examined_on) = dossier.examined_on.or(Date::new(2025, 10, 1)) else { return };
    let request = Request { examined_on, readings: Vec::new() };
    let shown =
        || eval::decide(&policy, &dossier, &request).map(|decision| rendered(&policy, &dossier, &decision));
    assert_eq!(shown(), shown(), "decided twice, it differs");
}

/// Every form of a decision; the JSON one is JSON, no line of the text is wider than asked.
fn rendered(policy: &Policy, dossier: &Dossier, decision: &Decision) -> Vec<String> {
    let json = render::json::decision(policy, dossier, decision);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let text = render::text::decision(policy, dossier, decision, &options);
    vec![
        json,
        text,
        render::yaml::decision(policy, dossier, decision, render::Explain::Full),
        render::markdown::decision(policy, dossier, decision, Explain::Full, Lang::En),
        render::html::decision(policy, dossier, decision, Explain::Full, Lang::Fr),
    ]
}
