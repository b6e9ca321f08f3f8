//! Dossiers that are read without a mistake and still not examined: what breaks a `cohérence`, has no
//! parameter or answers what is not asked. Each dossier, then all that its author reads.

#![allow(missing_docs, clippy::panic, clippy::expect_used)]

use std::fmt::Write as _;

use conforme::check::check;
use conforme::dossier;
use conforme::eval::admit;
use conforme::policy::Policy;
use conforme::render::diagnostics::{Look, sent_back};
use conforme::source::SourceFile;
use conforme::time::Date;

fn policy(name: &str) -> Policy {
    let text = std::fs::read_to_string(format!("policies/{name}")).expect("the policy");
    let checked = check(&SourceFile::new(name, text));
    checked.policy.unwrap_or_else(|| panic!("{name}: {:?}", checked.diagnostics))
}

fn report(policy: &Policy, dossiers: &[&str]) -> String {
    let mut out = String::new();
    for text in dossiers {
        let _ = writeln!(out, "SOURCE");
        for line in text.lines() {
            let _ = writeln!(out, "    {line}");
        }
        let _ = writeln!(out, "ERROR");
        let dossier = dossier::read(text.as_bytes(), "dossier.yaml", policy)
            .unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let on = dossier.examined_on.or(Date::parse_iso("2025-10-01")).expect("a date");
        match admit(policy, &dossier, on) {
            Ok(_) => out.push_str("(examiné)\n"),
            Err(mistakes) => out.push_str(&sent_back(&mistakes, Look::PLAIN)),
        }
        out.push('\n');
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Compares with the approved text, which stands beside this file.
macro_rules! snapshot {
    ($text:expr) => {
        insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!($text) })
    };
}

#[test]
fn a_broken_rule_shows_the_answers_and_the_rule() {
    snapshot!(report(
        &policy("ess/ess.pol"),
        &[
            "territoire: {médecins: 30, médecins libéraux: 34}\n",
            "territoire:\n  médecins: 2\n  médecins libéraux: 1\nadhérents:\n  - {RPPS: a, exercice: libéral}\n  \
             - {RPPS: b, exercice: mixte}\n  - {RPPS: c, exercice: salarié}\n",
            // Two of three may practise as employees: nothing is broken for certain.
            "territoire:\n  médecins libéraux: 1\nadhérents:\n  - {RPPS: a, exercice: libéral}\n  - {RPPS: b}\n  \
             - {RPPS: c}\n",
        ],
    ));
}

#[test]
fn rules_may_be_broken_whatever_is_missing() {
    snapshot!(report(
        &policy("csq/csq.pol"),
        &[
            // Two years may be wrong in many ways; only the second element breaks the rule.
            "examiné le: 2025-06-01\nprofessionnels:\n  - {nom: A, né le: 1980-01-01, installé le: 2010-01-01}\n  \
             - {nom: B, né le: 1990-01-01, installé le: 1989-01-01}\n",
            "examiné le: 2025-06-01\ndemande.déposée le: pas encore\n",
        ],
    ));
}

#[test]
fn an_answer_that_is_not_asked_is_sent_back() {
    snapshot!(report(
        &policy("csq/csq.pol"),
        &[
            "examiné le: 2025-06-01\nservices:\n  samedi: non\n  samedis assurés: 12\n",
            // While it is not known whether it is asked, it may be answered.
            "examiné le: 2025-06-01\nservices:\n  samedis assurés: 12\n",
        ],
    ));
}

#[test]
fn a_parameter_has_a_value_at_the_date_at_which_it_is_taken() {
    snapshot!(
        report(&policy("csq/csq.pol"), &["examiné le: 2025-06-01\nengagement.signé le: 2023-03-01\n"],)
    );
}

#[test]
fn several_mistakes_are_told_in_one_run() {
    snapshot!(report(
        &policy("csq/csq.pol"),
        &[
            "examiné le: 2025-06-01\ndemande.déposée le: 2025-07-01\nservices:\n  samedi: non\n  samedis assurés: 12\n\
             engagement.signé le: 2023-03-01\n",
        ],
    ));
}
