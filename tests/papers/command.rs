//! `conforme letter` and `conforme sheet`, as they are run.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, starts_with};

const CASE: &str = "policies/ess/cases/08-sous-le-seuil.yaml";
const AGENCY: &str = "policies/modeles/ars.yaml";

fn conforme() -> Command {
    Command::new(env!("CARGO_BIN_EXE_conforme"))
}

#[test]
fn a_paper_goes_where_it_is_asked_to_in_the_form_that_its_name_says() {
    let folder = tempfile::tempdir().unwrap();
    for (command, title) in [
        ("letter", "Objet : rejet de votre demande – création et financement"),
        ("sheet", "Traitement algorithmique du dossier : informations communiquées"),
    ] {
        let run = |more: &[&str]| {
            let mut all = vec![command, CASE, "--template", AGENCY];
            all.extend(more);
            conforme().args(all).assert().code(0)
        };
        let spaced = title.replace(" :", "\u{a0}:");
        run(&[]).stdout(contains(format!("# {spaced}")));
        run(&["--format", "html"])
            .stdout(starts_with("<!doctype html>").and(contains(format!("<h1>{spaced}"))));
        let page = folder.path().join(format!("{command}.html"));
        run(&["-o", page.to_str().unwrap()]).stdout(is_empty());
        assert!(std::fs::read_to_string(page).unwrap().starts_with("<!doctype html>"));
    }
}

#[test]
fn a_reading_and_a_day_may_be_given() {
    let letter = ["letter", "policies/ess/cases/05-la-lecture-decide.yaml", "--template", AGENCY];
    conforme().args(letter).assert().stdout(starts_with("# Note à l'autorité qui décide"));
    let retained =
        conforme().args(letter).args(["--reading", "base du seuil=tous", "--on", "2025-10-02"]).assert();
    retained.code(0).stdout(
        contains("Objet\u{a0}: rejet de votre demande")
            .and(contains("2\u{a0}octobre 2025"))
            .and(contains("Lecture retenue\u{a0}: «\u{a0}tous\u{a0}»")),
    );
}

#[test]
fn what_is_to_be_corrected_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("modele.yaml");
    std::fs::write(&template, "autorite: ARS\n").unwrap();
    let run = |arguments: &[&str]| conforme().args(arguments).assert().code(2).stdout(is_empty());
    run(&["letter", CASE, "--template", template.to_str().unwrap()])
        .stderr(contains("rubrique inconnue : « autorite »"));
    run(&["sheet", CASE, "--template", "absent.yaml"]).stderr(contains("fichier introuvable"));
    run(&["letter", "absent.yaml"]).stderr(contains("fichier introuvable"));
    run(&["letter", CASE, "--reading", "base du seuil"]).stderr(contains("attendu « NOM=OPTION »"));
    run(&["letter", CASE, "--on", "hier"]).stderr(contains("hier"));
    let nowhere = folder.path().join("l.pdf");
    for command in ["letter", "sheet"] {
        run(&[command, CASE, "-o", nowhere.to_str().unwrap()]).stderr(contains("ne finit pas comme celui"));
        run(&[command, CASE, "-o", "l.md", "--format", "html"]).stderr(contains("retirer « --format »"));
    }
    run(&["show", "ess", "-o", nowhere.to_str().unwrap()])
        .stderr(contains("le texte lui-même s'écrit").and(contains("« .pol »")));
    assert!(!nowhere.exists());
    // A template is no dossier.
    run(&["decide", AGENCY]);
}

#[test]
fn what_is_left_to_fill_in_and_to_check_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |case: &str, more: &[&str]| {
        conforme().args(["letter", case, "--template", AGENCY]).args(more).assert().code(0)
    };
    // Recipient, date, receipt, the reading of the flat rate, author and reason of the exception, three texts, signature.
    run(CASE, &[]).stderr(contains("10 places à compléter.").and(contains("« --note note.md »")));
    let note = folder.path().join("note.md");
    run(CASE, &["--note", note.to_str().unwrap()]).stderr("10 places à compléter.\n");
    let text = std::fs::read_to_string(&note).unwrap();
    assert!(text.starts_with("# Note à l'attention du signataire – à retirer avant envoi"), "{text}");
    let none = folder.path().join("none.md");
    // Two months after it was received, a request is out of time: on that day it is not yet.
    run("policies/csq/cases/01-favorable.yaml", &["--on", "2025-05-14", "--note", none.to_str().unwrap()])
        .stderr(contains("3 places à compléter.").and(contains("Aucune note au signataire")));
    assert!(!none.exists());
    // A note to the authority says by itself what is left to settle.
    let of = "policies/ess/cases/05-la-lecture-decide.yaml";
    run(of, &["--note", none.to_str().unwrap()])
        .stderr(contains("Ce document est une note à l'autorité").and(contains("rien ne reste").not()));
    assert!(!none.exists());
}

#[test]
fn a_name_that_the_scheme_does_not_have_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("modele.yaml");
    let text =
        "dispositifs:\n  ess:\n    reçue le: réception\n    non communiqué:\n    - crédit d'amorcage\n";
    std::fs::write(&template, text).unwrap();
    let asked = ["letter", CASE, "--template", template.to_str().unwrap()];
    conforme().args(asked).assert().code(2).stdout(is_empty()).stderr(
        contains("nom inconnu : « réception »")
            .and(contains("nom inconnu : « crédit d'amorcage »"))
            .and(contains("crédit d'amorçage")),
    );
}

/// A note has no key to signs: what is open says so in words.
#[test]
fn a_note_has_no_bare_sign() {
    let dossier = "dispositif: csq\ndossier: A3\nexaminé le: 1er juin 2024\npopulation: 5 000\nquartier prioritaire: non\n\
        précarité: moyenne\nprofessionnels:\n\
        - {nom: A, métier: médecin, né le: 1980-01-01, installé le: 2024-03-01, heures de coordination: 10}\n\
        - {nom: B, métier: infirmier, né le: 1980-01-01, installé le: 2024-03-02, heures de coordination: 10}\n\
        - {nom: C, métier: infirmier, né le: 1980-01-01, installé le: 2020-03-02, heures de coordination: 10}\n\
        - {nom: D}\n\
        services: {soirée: oui, samedi: oui}\nengagement: {signé le: 29 février 2024}\ndemande: {déposée le: 30/05/2024}\n";
    let done = conforme().args(["letter", "-"]).write_stdin(dossier).output().unwrap();
    let note = String::from_utf8(done.stdout).unwrap();
    assert!(note.starts_with("# Note à l'autorité qui décide"), "{note}");
    let aid = note.lines().find(|line| line.contains("aide à l'équipement\u{a0}:"));
    assert!(aid.is_some_and(|line| line.starts_with("- aide à l'équipement")), "{aid:?} in {note}");
}
