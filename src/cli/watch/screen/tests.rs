use std::fs;

use tempfile::TempDir;

use super::*;

const POLICY: &str = include_str!("../../../../tests/support/majorite.pol");

fn policy(id: &str) -> String {
    POLICY.replace("essai ", &format!("{id} "))
}

/// A folder of policies, each with two cases, approved as they are decided.
fn workshop(ids: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for id in ids {
        write(&folder, &format!("{id}/{id}.pol"), &policy(id));
        for age in [17, 18] {
            write(&folder, &format!("{id}/cases/{age}-ans.yaml"), &case(id, age));
        }
    }
    let desk = book::open(&[], folder.path()).unwrap();
    let book = desk.book();
    for (judged, path) in book.judged.iter().zip(&book.approved) {
        fs::write(path, &judged.text).unwrap();
    }
    folder
}

fn case(id: &str, age: u32) -> String {
    format!("dispositif: {id}\ndossier: {age} ans\nexaminé le: 2025-10-01\nâge: {age}\n")
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

fn watch(folder: &TempDir) -> Watch {
    Watch::new(&[folder.path().to_path_buf()], Look::PLAIN).unwrap()
}

#[test]
fn where_all_is_well_one_line_says_what_was_checked() {
    let folder = workshop(&["a", "b"]);
    let screen = watch(&folder).everything();
    assert_eq!(screen.cut(None), "tout va bien : 2 textes vérifiés ; 4 cas comme approuvé\n");
}

#[test]
fn a_mistake_comes_first_and_keeps_the_cases_waiting() {
    let folder = workshop(&["a", "b"]);
    let mut watch = watch(&folder);
    watch.everything();
    let file = write(&folder, "a/a.pol", &policy("a").replace("exige âge", "exige agé"));
    let screen = watch.after(&[file]);
    assert!(screen.wrong.trim_start().starts_with("× nom inconnu : « agé »"), "{}", screen.wrong);
    assert_eq!(screen.summary, "1 erreur ; 2 cas comme approuvé ; cas de a en attente");
    let file = write(&folder, "a/a.pol", &policy("a"));
    assert_eq!(watch.after(&[file]), watch.everything());
}

#[test]
fn a_change_shows_the_cases_that_it_changes_and_by_what() {
    let folder = workshop(&["a", "b"]);
    let mut watch = watch(&folder);
    watch.everything();
    let file = write(&folder, "a/a.pol", &policy("a").replace("≥ 18", "≥ 17"));
    let screen = watch.after(&[file]);
    let remark = screen.wrong.find("le texte dit « dix-huit ans », la règle dit « ≥ 17 »").unwrap();
    let case = screen.wrong.find("a · 17-ans\n").unwrap();
    assert!(remark < case, "{}", screen.wrong);
    assert!(screen.wrong.contains("critère majorité\u{a0}: non rempli → rempli"), "{}", screen.wrong);
    assert_eq!(screen.summary, "aucune erreur, 1 remarque ; 3 cas sur 4 comme approuvé");
}

/// The cases of the policies that a change does not concern are not decided again.
#[test]
fn only_what_a_change_concerns_is_decided_again() {
    let folder = workshop(&["a", "b"]);
    let mut watch = watch(&folder);
    watch.everything();
    let unseen = write(&folder, "b/cases/18-ans.yaml", &case("b", 16));
    let seen = write(&folder, "a/cases/18-ans.yaml", &case("a", 16));
    let screen = watch.after(std::slice::from_ref(&seen));
    assert!(screen.wrong.starts_with("a · 18-ans\n") && !screen.wrong.contains("b · "), "{}", screen.wrong);
    let screen = watch.after(&[unseen]);
    assert!(
        screen.wrong.contains("a · 18-ans\n") && screen.wrong.contains("b · 18-ans\n"),
        "{}",
        screen.wrong
    );
}

#[test]
fn texts_and_cases_come_and_go() {
    let folder = workshop(&["a", "b"]);
    let mut watch = watch(&folder);
    watch.everything();
    let gone = folder.path().join("b");
    fs::remove_dir_all(&gone).unwrap();
    let screen = watch.after(&[gone.join("b.pol")]);
    assert_eq!(screen.cut(None), "tout va bien : 1 texte vérifié ; 2 cas comme approuvé\n");
    let new = write(&folder, "a/cases/nouveau.yaml", &case("a", 30));
    let screen = watch.after(&[new]);
    assert!(screen.wrong.contains("jamais approuvé"), "{}", screen.wrong);
}

#[test]
fn one_file_is_watched_with_its_cases() {
    let folder = workshop(&["a", "b"]);
    let mut watch = Watch::new(&[folder.path().join("a/a.pol")], Look::PLAIN).unwrap();
    assert_eq!(watch.roots().collect::<Vec<_>>(), [folder.path().join("a")]);
    assert_eq!(watch.everything().cut(None), "tout va bien : 1 texte vérifié ; 2 cas comme approuvé\n");
}

#[test]
fn what_matters_first_stays_on_the_screen() {
    let screen = Screen { wrong: (1..=9).map(|n| format!("{n}\n")).collect(), summary: "fin".into() };
    assert_eq!(screen.cut(Some(12)).lines().count(), 10);
    assert_eq!(screen.cut(Some(6)), "1\n2\n3\n… encore 6 lignes : conforme check, conforme test\nfin\n");
}
