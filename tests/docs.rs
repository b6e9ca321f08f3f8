//! The pages say what is so: their policies check, their dossiers are decided, their tables match the code.

use std::fs;

use conforme::check::check;
use conforme::dossier;
use conforme::eval::{self, Request};
use conforme::history::{History, Sight, Text};
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::{concordance, decision, render, syntax};

/// The fenced blocks of a page in one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let opening = format!("```{language}\n");
    text.split(&opening).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_guide_s_policy_checks_and_its_dossier_is_decided_as_it_says() {
    let page = "docs/guide-auteurs.md";
    let [text] = blocks(page, "pol").try_into().unwrap();
    let file = SourceFile::new("permis.pol", format!("{text}\n"));
    assert_eq!(syntax::format(&file).as_deref(), Ok(file.text()), "as `conforme fmt` lays it out");
    let checked = check(&file);
    assert!(checked.diagnostics.is_empty(), "{}", render::diagnostics::text(&checked.diagnostics, 80, false));
    let policy = checked.policy.unwrap();
    let remarks: Vec<String> =
        concordance::review(&policy).into_iter().map(|remark| remark.diagnostic.message).collect();
    assert_eq!(remarks, [""; 0], "what the rules say is in what they quote");
    let [given] = blocks(page, "yaml").try_into().unwrap();
    let dossier = dossier::read(given.as_bytes(), "dossier.yaml", &policy).unwrap();
    let examined_on = dossier.examined_on.unwrap();
    assert_eq!(Some(examined_on), Date::new(2025, 10, 15));
    let decided = eval::decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).unwrap();
    assert_eq!(decided.outcome, decision::Outcome::Favourable);
    assert!(decided.missing.iter().all(|missing| !missing.decisive));
    let json: serde_json::Value =
        serde_json::from_str(&render::json::decision(&policy, &dossier, &decided)).unwrap();
    assert_eq!(json["funding"][0]["amount"]["min"], "894.00");
    assert_eq!(json["funding"][0]["amount"]["max"], "894.00");
    assert_eq!(json["obligations"][0]["due"], "2025-12-20");
}

#[test]
fn the_guide_s_amendment_amends_the_guide_s_policy() {
    let page = "docs/guide-auteurs.md";
    let read = |name: &str, text: &str| Text::new(SourceFile::new(name, format!("{text}\n"))).unwrap();
    let [base] = blocks(page, "pol").try_into().unwrap();
    let [amendment] = blocks(page, "avenant").try_into().unwrap();
    let text = read("avenant-1.pol", &amendment);
    assert_eq!(syntax::format(&text.file).as_deref(), Ok(text.file.text()), "as `conforme fmt` lays it out");
    // As it stands, then with the transitional rule that the page adds to it.
    let transitional = amendment.replace(
        "  publié le",
        "  applicable aux dossiers dont demande.reçue le ≥ 1er septembre 2026\n  publié le",
    );
    for amendment in [amendment, transitional] {
        let all = History::all([read("permis.pol", &base), read("avenant-1.pol", &amendment)]);
        let found = all[0].check(&["permis"], &|_| Vec::new());
        assert!(found.is_empty(), "{}", render::diagnostics::text(&found, 80, false));
        let day = Date::new(2026, 9, 1).unwrap();
        let edition = all[0].edition_at(day, &Sight::default(), &[1]).unwrap();
        assert!(all[0].show(&edition).unwrap().contains("exige âge est entre 15 et 30"));
    }
}

#[test]
fn the_readme_shows_a_decision_as_it_is_printed() {
    let [shown] = blocks("README.md", "text").try_into().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_conforme"))
        .args(["decide", "policies/ess/cases/05-la-lecture-decide.yaml"])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains(&shown), "{printed}");
}
