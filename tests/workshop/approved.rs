//! Cases against their approved decisions.

use predicates::prelude::*;
use predicates::str::contains;

use crate::{Workshop, complained, plain, printed, says};

#[test]
fn a_case_that_was_never_approved_is_said_so() {
    let workshop = Workshop::fresh();
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "essai · adulte\n  jamais approuvé");
    says(&text, "3 cas décidés, 0 comme approuvé, 3 jamais approuvés");
    // With the option that finds the texts again: it can be typed as it stands.
    let place = workshop.path("").to_string_lossy().trim_end_matches('/').to_owned();
    says(&text, &format!("\n  conforme test --policies {place} --review\n"));
}

#[test]
fn where_there_is_no_case_it_is_told_what_one_is() {
    let workshop = Workshop::fresh();
    std::fs::remove_dir_all(workshop.path("essai/cases")).unwrap();
    for arguments in [&[][..], &["--review"]] {
        let text = printed(&workshop.test(arguments).code(0));
        says(&text, "Aucun cas : un cas est un dossier, dans un répertoire « cases » à côté du texte.");
        let place = workshop.path("").to_string_lossy().trim_end_matches('/').to_owned();
        says(&text, &format!("\n  conforme cases essai --policies {place} --missing\n"));
    }
}

#[test]
fn what_was_approved_stays_so() {
    let workshop = Workshop::approved();
    assert_eq!(printed(&workshop.test(&[]).code(0)), "3 cas décidés : tous comme approuvé\n");
}

#[test]
fn the_approved_file_is_the_decision_as_people_read_it_and_each_point_in_a_line() {
    let decision = plain(&Workshop::approved().decision("adulte").unwrap());
    says(&decision, "# Essai\n");
    says(&decision, "**FAVORABLE**");
    says(&decision, "- critère « majorité » : rempli\n");
    says(&decision, "- financement « prime » : dû, 200 €, une fois\n");
    assert!(!decision.contains("essai.pol"), "no path: {decision}");
}

#[test]
fn a_changed_threshold_shows_the_cases_that_it_changes_and_by_which_criterion() {
    let workshop = Workshop::approved();
    workshop.change("âge ≥ 18", "âge ≥ 21");
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "essai · adulte\n");
    says(&text, "critère majorité : rempli → non rempli\n");
    says(&text, "✘ décision : attendu « favorable », décidé « défavorable »\n");
    says(&text, "✘ financement prime : attendu « dû, 200 € », décidé « non dû »\n");
    // What it says of a child of 17 years reads otherwise: the criterion was not met and is not met.
    says(&text, "essai · enfant\n");
    says(&text, "    -   âge : 17 (il faut : au moins 18)\n");
    says(&text, "    +   âge : 17 (il faut : au moins 21)\n");
    says(&text, "3 cas décidés, 0 comme approuvé, 1 contraire à ce qu'il attend, 3 diffèrent");
}

#[test]
fn what_changes_over_all_cases_is_told_point_by_point() {
    let workshop = Workshop::approved();
    workshop.change("âge ≥ 18", "âge ≥ 21");
    let text = printed(&workshop.test(&[]).code(1));
    let (_, whole) = text.split_once("Ce qui change, en tout\n").unwrap();
    assert!(
        whole.starts_with(
            "  décision : favorable → défavorable, 1 cas
  critère majorité : rempli → non rempli, 1 cas
  financement prime : dû → non dû, 1 cas
  rédaction seule : 2 cas

3 cas décidés"
        ),
        "{whole}"
    );
}

#[test]
fn only_what_changes_is_shown() {
    let workshop = Workshop::approved();
    workshop.change("100 € × enfants", "120 € × enfants");
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "✘ financement prime : attendu « dû, 200 € », décidé « dû, 240 €, une fois »\n");
    assert!(!text.contains("essai · enfant") && !text.contains("essai · dispense"), "{text}");
    assert!(!text.contains("critère"), "{text}");
}

#[test]
fn accepting_makes_the_new_decision_the_approved_one() {
    let workshop = Workshop::approved();
    workshop.change("enfants ≤ 4", "enfants ≤ 1");
    workshop.case("adulte", "âge: 18\ndispense: non\nenfants: 2\n");
    workshop.test(&["--accept"]).code(0).stdout(contains("approuvé : essai · adulte"));
    workshop.test(&[]).code(0);
    says(&plain(&workshop.decision("adulte").unwrap()), "- critère « famille » : non rempli\n");
}

#[test]
fn a_decision_without_its_dossier_is_said_so() {
    let workshop = Workshop::approved();
    std::fs::remove_file(workshop.path("essai/cases/enfant.yaml")).unwrap();
    let text = printed(&workshop.test(&[]).code(1));
    says(&text, "essai · enfant\n  une décision est approuvée, le dossier n'est plus là");
    says(&text, "1 décision sans dossier");
}

#[test]
fn a_case_says_when_it_is_examined() {
    let workshop = Workshop::approved();
    workshop.write("essai/cases/sans-date.yaml", "dispositif: essai\nâge: 18\ndispense: non\nenfants: 2\n");
    let text = printed(&workshop.test(&[]).code(2));
    says(&text, "« sans-date.yaml » ne dit pas à quelle date il est examiné");
    says(&text, "1 à corriger");
}

#[test]
fn a_case_that_is_sent_back_is_shown_and_the_others_are_decided() {
    let workshop = Workshop::approved();
    workshop.case("faux", "âge: dix-huit\n");
    let text = printed(&workshop.test(&[]).code(2));
    says(&text, "âge : attendu un entier");
    says(&text, "4 cas décidés, 3 comme approuvé, 1 à corriger");
}

#[test]
fn a_broken_policy_is_told_once() {
    let workshop = Workshop::approved();
    workshop.change("exige âge ≥ 18", "exige âges ≥ 18");
    let assert = workshop.test(&[]).code(2);
    says(&complained(&assert), "nom inconnu : « âges »");
    assert_eq!(complained(&assert).matches("nom inconnu").count(), 1);
}

#[test]
fn two_dossiers_of_one_name_are_told_apart_from_one() {
    let workshop = Workshop::approved();
    workshop.write("essai/cases/enfant.json", r#"{"dispositif": "essai", "examiné le": "2025-06-01"}"#);
    workshop.test(&[]).code(2).stdout(contains("deux dossiers d'un même nom"));
}

#[test]
fn a_policy_is_given_by_its_name_or_its_file() {
    let workshop = Workshop::approved();
    let file = workshop.path("essai/essai.pol");
    for name in ["essai", &file.to_string_lossy()] {
        workshop.test(&[name]).code(0).stdout(contains("3 cas décidés"));
    }
    workshop.test(&["esai"]).code(2).stderr(contains("essai").and(contains("dispositif inconnu")));
}
