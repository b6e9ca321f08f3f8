//! The commands as a person or a program runs them: arguments, exit codes, what goes where.

#[cfg(feature = "serve")]
mod api;
mod book;
mod decide;
mod fix;
mod lines;
#[cfg(feature = "serve")]
mod patience;
#[cfg(feature = "register")]
mod register;
#[cfg(feature = "register")]
mod registered;
#[cfg(feature = "serve")]
mod serve;
mod sheet;
mod site;
mod texts;
#[cfg(feature = "serve")]
mod tokens;
mod written;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use tempfile::TempDir;

const CASES: &str = "policies/ess/cases";

fn conforme() -> Command {
    Command::new(env!("CARGO_BIN_EXE_conforme"))
}

fn case(name: &str) -> String {
    format!("{CASES}/{name}.yaml")
}

/// A folder of policies with one small text, as written or changed.
fn folder(texts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in texts {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// A small policy, in force in 2025 only: one fact, one criterion.
const SMALL: &str = include_str!("../support/majorite.pol");

fn decide(folder: &TempDir, dossier: &str) -> assert_cmd::assert::Assert {
    conforme().args(["decide", "-", "--policies"]).arg(folder.path()).write_stdin(dossier).assert()
}

/// What the system says of a file is told in French, each with its cause.
#[test]
fn a_file_where_a_folder_is_wanted_is_told_in_french() {
    let folder = folder(&[("majorite.pol", SMALL), ("plan", "rien")]);
    let run =
        |arguments: &[&str]| conforme().current_dir(&folder).args(arguments).write_stdin("").assert().code(2);
    let french = || contains("os error").not().and(contains("directory").not());
    for arguments in
        [&["decide", "-", "--policies", "majorite.pol"][..], &["test", "--policies", "majorite.pol"]]
    {
        run(arguments)
            .stderr(contains("attendu un répertoire ; « majorite.pol » est un fichier").and(french()));
    }
    // On two lines where the page is narrow.
    let through =
        contains("« plan/majorite.pol » ne peut pas être lu ni écrit").and(contains("un fichier y tient la"));
    run(&["fmt", "plan/majorite.pol"]).stderr(through.and(french()));
}

#[test]
fn a_policy_is_checked_laid_out_and_watched_by_its_identifier_too() {
    let folder = folder(&[
        ("policies/majorite/majorite.pol", &SMALL.replace("dispositif essai", "dispositif majorite")),
        ("policies/ailleurs/autre.pol", &SMALL.replace("dispositif essai", "dispositif autre")),
    ]);
    let run = |arguments: &[&str]| conforme().current_dir(&folder).args(arguments).assert();
    run(&["check", "majorite"]).code(0).stdout(contains("1 texte vérifié"));
    // Of a text that does not check the identifier is read all the same.
    let path = folder.path().join("policies/majorite/majorite.pol");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("exige", "exije")).unwrap();
    run(&["check", "majorite"]).code(2).stdout(contains("[policies/majorite/majorite.pol:"));
    run(&["check", "autre"]).code(0);
    run(&["fmt", "autre", "--check"]).code(0);
    let near = "attendu un fichier, un répertoire ou un dispositif connu ; lu « majorté »";
    let near = || contains(near).and(contains("vouliez-vous dire « majorite » ?"));
    run(&["check", "majorté"]).code(2).stdout(near());
    run(&["fmt", "majorté"]).code(2).stderr(near());
    run(&["watch", "majorté"]).code(2).stderr(near());
}

#[test]
fn help_is_in_french_and_teaches() {
    for (arguments, words) in [
        (vec!["--help"], "Pour commencer"),
        (vec!["decide", "--help"], "Code de sortie"),
        (vec!["check", "-h"], "--strict"),
        (vec!["fmt", "--help"], "Exemples"),
        (vec!["schema", "--help"], "Exemples"),
        (vec!["new", "--help"], "dossier"),
        (vec!["new", "dossier", "--help"], "Exemple"),
        (vec!["completions", "--help"], "Exemples"),
    ] {
        let output = conforme().args(&arguments).assert().code(0).get_output().stdout.clone();
        let text = String::from_utf8(output).unwrap();
        assert!(text.contains(words), "{text}");
        for english in
            ["Usage:", "Options:", "Arguments:", "Commands:", "Print help", "default:", "possible values"]
        {
            assert!(!text.contains(english), "{english} in {text}");
        }
    }
}

#[test]
fn mistakes_in_the_command_line_are_said_in_french() {
    for (arguments, words) in [
        (vec!["decid"], "vouliez-vous dire « decide »"),
        (vec!["decide"], "il manque : « DOSSIER »"),
        (vec!["decide", "x", "--format", "jso"], "valeur inconnue"),
        (vec!["decide", "x", "--frmat", "json"], "vouliez-vous dire « --format »"),
        (vec!["decide", "x", "--on"], "il manque une valeur"),
        (vec!["decide", "x", "--on", "demain"], "attendu une date"),
        (vec!["check", "absent.pol"], "fichier introuvable"),
        (vec!["schema", "absent"], "dispositif inconnu"),
    ] {
        let assert = conforme().args(&arguments).assert().code(2);
        let output = assert.get_output();
        let said = [output.stdout.clone(), output.stderr.clone()].concat();
        let said = String::from_utf8(said).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn every_shell_has_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        conforme()
            .args(["completions", shell])
            .assert()
            .code(0)
            .stdout(contains("decide").and(contains("conforme")));
    }
    conforme().arg("man").assert().code(0).stdout(contains(".TH conforme"));
}

#[test]
fn no_colour_is_asked_for_in_vain() {
    let mut child = Process::new(env!("CARGO_BIN_EXE_conforme"))
        .args(["decide", "-"])
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(case("12-incomplet")).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8(output.stdout).unwrap().contains('\u{1b}'));
}

/// What is quoted of a refusal is the text that was retained, not the one that says otherwise.
#[test]
fn a_refusal_under_a_retained_reading_quotes_no_passage_of_the_other() {
    let case = "policies/ess/cases/14-liens-non-formalises.yaml";
    let output = conforme()
        .args(["decide", case, "--reading", "formalisation des liens=exigée"])
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        text.contains("DÉFAVORABLE") && text.contains("Collaboration avec les professionnels hospitaliers")
    );
    assert!(!text.contains("peut formaliser"), "{text}");
}
