//! Laws as they are written: small texts of French law, a dossier, and the result worked out by hand.

mod bounds;
mod calculated;
mod calendar;
mod categories;
mod columns;
mod covered;
mod currency;
mod elements;
mod house;
mod names;
mod periods;
mod results;
mod rhythms;
mod sharing;
mod tables;
mod units;
mod words;
mod years;

use conforme::check::check;
use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::Dossier;
use conforme::eval::{Request, decide};
use conforme::known::End;
use conforme::number::Ratio;
use conforme::policy::Policy;
use conforme::render::Explain;
use conforme::render::json::Printer;
use conforme::source::SourceFile;
use conforme::time::Date;

const HEAD: &str = "dispositif t « Essai »\n  en vigueur depuis le 1er janvier 2020\n\nsource T « Texte », texte opposable\n\n";

/// A text (its items), a dossier (its facts, one a line), and what is decided.
fn ready(items: &str, facts: &str) -> (Policy, Dossier, Decision) {
    let file = SourceFile::new("t.pol", format!("{HEAD}{items}"));
    let checked = check(&file);
    let mistakes: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(mistakes.is_empty(), "{items}: {mistakes:?}");
    let policy = checked.policy.expect("a policy without mistakes");
    let facts = format!("dispositif: t\n{facts}\n");
    let dossier = conforme::dossier::read(facts.as_bytes(), "d.yaml", &policy)
        .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() })
        .unwrap_or_else(|mistakes| panic!("{items}: {mistakes:?}"));
    (policy, dossier, decision)
}

fn decided(items: &str, facts: &str) -> Decision {
    ready(items, facts).2
}

/// A decision as programs read it: of the published schema, however much is explained.
fn told(items: &str, facts: &str) -> serde_json::Value {
    let (policy, dossier, decision) = ready(items, facts);
    let schema = serde_json::from_str(include_str!("../../docs/decision.schema.json")).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let printed = |explain| -> serde_json::Value {
        let text = Printer::new(&policy).explaining(explain).decision(&dossier, &decision);
        let told = serde_json::from_str(&text).expect("JSON");
        let mistakes: Vec<String> =
            validator.iter_errors(&told).map(|e| format!("{} : {e}", e.instance_path())).collect();
        assert!(mistakes.is_empty(), "{text}\n{}", mistakes.join("\n"));
        told
    };
    printed(Explain::None);
    printed(Explain::Brief);
    printed(Explain::Full)
}

/// What a text is told, by code.
fn mistakes(items: &str) -> Vec<&'static str> {
    let file = SourceFile::new("t.pol", format!("{HEAD}{items}"));
    check(&file).diagnostics.iter().filter(|d| d.is_error()).map(|d: &Diagnostic| d.code).collect()
}

/// The codes of what a text is told, and the messages as an author reads them, on one line.
fn refused(items: &str) -> (Vec<&'static str>, String) {
    let file = SourceFile::new("t.pol", format!("{HEAD}{items}"));
    let found: Vec<_> = check(&file).diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    let text = conforme::render::diagnostics::text(&found, 200, false);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (found.iter().map(|d| d.code).collect(), text)
}

/// The least and the most of the only financing.
fn paid(items: &str, facts: &str) -> [Ratio; 2] {
    let decision = decided(items, facts);
    let amount = decision.fundings[0].amount().expect("an amount");
    let end = |end: &End| match end {
        End::Included(value) | End::Excluded(value) => value.clone(),
        End::Infinite => panic!("an amount has two ends"),
    };
    [end(&amount.low), end(&amount.high)]
}

/// An amount in centimes.
fn cents(cents: i128) -> Ratio {
    Ratio::new(cents, 100).expect("a hundred is not zero")
}
