//! The project's own cases, from the files that `conforme test` reads: `cases/NAME.yaml` beside `cases/NAME.decision.md`.
//!
//! `insta` compares them. It reads a snapshot from a `.snap` file alone, with a header of its own, and would
//! look for pending ones beside it; a decision is approved by its author, who has no Rust at hand, as Markdown to be
//! read. So the content of each approved file is handed to `insta` in a folder that lives as long as the test: there
//! is one approved text, and none but `conforme test` changes it.

use std::fs;
use std::path::{Path, PathBuf};

use conforme::workshop::approved;
use tempfile::TempDir;

use crate::{conforme, policies};

/// What follows the name of a case in the file in which its decision is approved.
const APPROVED: &str = ".decision.md";

#[test]
fn every_decision_is_as_approved() {
    let now = decided_now();
    let before = tempfile::tempdir().unwrap();
    // `INSTA_UPDATE=always` would take in what differs, here where it is lost: it counts as a difference all the same.
    let mut differ = Vec::new();
    insta::glob!("../../policies", "*/cases/**/*.decision.md", |path| {
        let name = path.strip_prefix(fs::canonicalize(policies()).unwrap()).unwrap();
        let (approved, _) = approved::read(&fs::read_to_string(path).unwrap());
        let Ok(decided) = fs::read_to_string(now.path().join(name)) else {
            differ.push(format!("{}: no dossier, or none that can be decided", name.display()));
            return;
        };
        if decided != approved {
            differ.push(name.display().to_string());
        }
        let title = name.display().to_string().replace(['/', '\\', '.'], "-");
        fs::write(
            before.path().join(format!("{title}.snap")),
            format!("---\nsource: policies\n---\n{approved}"),
        )
        .unwrap();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(before.path());
        settings.remove_snapshot_suffix();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description("approved by `conforme test --review` only, not by cargo-insta");
        settings.bind(|| insta::assert_snapshot!(title, decided));
    });
    assert!(differ.is_empty(), "not as approved; see `conforme test --review`: {differ:#?}");
}

/// The policies in a folder of their own, with no decision but those of now.
fn decided_now() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files(policies()) {
        let to = folder.path().join(path.strip_prefix(policies()).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let name = path.to_string_lossy();
        if name.ends_with(".yaml") {
            fs::write(to, unstated(&fs::read_to_string(&path).unwrap())).unwrap();
        } else if !name.ends_with(APPROVED) {
            fs::copy(&path, to).unwrap();
        }
    }
    conforme().args(["test", "--accept", "--policies"]).arg(folder.path()).output().unwrap();
    folder
}

/// All files of a folder and of those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// A dossier without what it states by hand, which would keep another decision from being taken in: its difference is
/// to be seen here too.
fn unstated(dossier: &str) -> String {
    let mut within = false;
    let mut left = String::new();
    for line in dossier.lines() {
        within = line.starts_with("attendu:") || within && line.starts_with([' ', '-']);
        if !within {
            left.push_str(&format!("{line}\n"));
        }
    }
    left
}

#[test]
fn none_waits_for_approval_none_contradicts_what_it_states_none_is_left_without_a_dossier() {
    conforme().args(["test", "--policies"]).arg(policies()).assert().code(0);
}

#[test]
fn every_case_states_by_hand_what_it_must_come_to() {
    let is_case = |path: &PathBuf| {
        path.extension().is_some_and(|e| e == "yaml")
            && path.components().any(|part| part.as_os_str() == "cases")
    };
    let cases = files(policies()).into_iter().filter(is_case);
    let silent = |path: &PathBuf| !fs::read_to_string(path).unwrap().contains("\nattendu:\n  décision: ");
    assert_eq!(cases.filter(silent).collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

#[test]
fn the_cases_show_all_that_can_be_shown_of_the_policies() {
    conforme().args(["test", "--coverage", "--policies"]).arg(policies()).assert().code(0);
}
