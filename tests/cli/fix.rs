//! `conforme fix`: what the messages propose, shown or made.

use super::*;

const WRONG: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier

  âge : entier ≥ 0
    « Quel âge ? »
  revenu mensuel : montant ≥ 0 €
    « Quel revenu ? »

critère majeur
  exige agé ≥ 18

critère modeste
  exige revenu mensel ≤ 1 000 €

critère ressources
  exige revenu mensuel ≥ 1 €

décision accord
  favorable si tous les critères sont remplis
";

#[test]
fn remedies_are_shown_line_by_line_and_nothing_is_written() {
    let folder = folder(&[("essai.pol", WRONG)]);
    let shown = contains("-   exige agé ≥ 18")
        .and(contains("+   exige âge ≥ 18"))
        .and(contains("+   exige revenu mensuel ≤ 1 000 €"))
        .and(contains("conforme fix --accept"));
    conforme().arg("fix").arg("essai.pol").current_dir(&folder).assert().code(1).stdout(shown);
    assert_eq!(fs::read_to_string(folder.path().join("essai.pol")).unwrap(), WRONG);
}

#[test]
fn all_that_leaves_nothing_to_choose_is_done_on_request() {
    let folder = folder(&[("essai.pol", WRONG)]);
    let done = contains("2 changements faits ; rien à changer");
    conforme().args(["fix", "essai.pol", "--accept"]).current_dir(&folder).assert().success().stdout(done);
    let mended = WRONG.replace("agé", "âge").replace("mensel", "mensuel");
    assert_eq!(fs::read_to_string(folder.path().join("essai.pol")).unwrap(), mended);
    conforme().args(["check", "essai.pol"]).current_dir(&folder).assert().success();
    conforme().args(["fix", "essai.pol"]).current_dir(&folder).assert().success().stdout("rien à changer\n");
}

#[test]
fn one_by_one_each_is_asked() {
    let folder = folder(&[("essai.pol", WRONG)]);
    let mut run = conforme();
    run.args(["fix", "essai.pol", "--review"]).current_dir(&folder).write_stdin("n\no\n");
    run.assert().code(1).stdout(contains("1 changement fait ; 1 message demande de choisir"));
    let mended = WRONG.replace("mensel", "mensuel");
    assert_eq!(fs::read_to_string(folder.path().join("essai.pol")).unwrap(), mended);
    let nothing = "attendu des fichiers";
    conforme().args(["fix", "-"]).assert().code(2).stderr(contains(nothing));
}

/// `check` shows what the one remedy of a message changes, under it; where there are several, or none, nothing is shown.
#[test]
fn check_shows_what_a_remedy_changes() {
    let long = format!("  exige agé ≥ 18 {}\n", "et âge ≥ 18 ".repeat(9).trim_end());
    let wrong = WRONG.replace("  exige agé ≥ 18\n", &long);
    let folder = folder(&[("essai.pol", &wrong)]);
    let output = conforme().args(["check", "essai.pol"]).current_dir(&folder).assert().code(2);
    let printed = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let changes: Vec<&str> =
        printed.lines().filter(|line| line.starts_with("  - ") || line.starts_with("  + ")).collect();
    assert_eq!(changes.len(), 4, "{printed}");
    assert!(changes[0].starts_with("  -   exige agé ≥ 18 et âge ≥ 18"), "{printed}");
    assert!(changes[1].starts_with("  +   exige âge ≥ 18 et âge ≥ 18"), "{printed}");
    assert_eq!(
        changes[2..],
        ["  -   exige revenu mensel ≤ 1 000 €", "  +   exige revenu mensuel ≤ 1 000 €"],
        "{printed}"
    );
    for line in printed.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("essai.pol")).unwrap(), wrong);
}
