//! What programs read of the cases: JSON and JUnit's XML.

use serde_json::Value;

use crate::{Workshop, complained, printed, says};

#[test]
fn json_gives_each_case_with_what_differs() {
    let workshop = Workshop::approved();
    workshop.change("âge ≥ 18", "âge ≥ 21");
    let assert = workshop.test(&["--format", "json"]).code(1);
    let report: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_eq!(report["schema"], "conforme.tests/1");
    let case = &report["cases"][0];
    assert_eq!(case["case"], "adulte");
    assert_eq!(case["status"], "differs");
    assert_eq!(case["passes"], false);
    let points = case["differences"].as_array().unwrap();
    let point = points.iter().find(|difference| difference["point"] == "critère majorité").unwrap();
    assert_eq!((&point["before"], &point["after"]), (&"rempli".into(), &"non rempli".into()));
    assert_eq!(case["expected"][0]["point"], "décision");
    assert_eq!(case["expected"][0]["stated"], "favorable");
}

#[test]
fn junit_gives_a_suite_a_policy_and_a_failure_a_case_that_differs() {
    let workshop = Workshop::approved();
    workshop.change("100 € × enfants", "120 € × enfants");
    let path = workshop.path("rapport.xml");
    workshop.test(&["--junit", &path.to_string_lossy()]).code(1);
    let xml = std::fs::read_to_string(path).unwrap();
    let report = quick_junit::Report::deserialize_from_str(&xml).unwrap();
    assert_eq!(report.tests, 3);
    assert_eq!((report.failures, report.errors), (1, 0));
    assert_eq!(report.test_suites[0].name.as_str(), "essai");
    says(&xml, "contraire à ce que le dossier attend");
    says(&xml, "financement prime");
}

fn junit_of(workshop: &Workshop, code: i32) -> quick_junit::Report {
    // The folder is made.
    let path = workshop.path("rapports/du jour/rapport.xml");
    let assert = workshop.test(&["--junit", &path.to_string_lossy()]).code(code);
    says(&printed(&assert), &format!("Rapport JUnit : {}\n", path.display()));
    quick_junit::Report::deserialize_from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn junit_gives_a_policy_without_a_case_a_suite_without_a_test() {
    let workshop = Workshop::fresh();
    std::fs::remove_dir_all(workshop.path("essai/cases")).unwrap();
    let report = junit_of(&workshop, 0);
    assert_eq!((report.tests, report.failures, report.errors), (0, 0, 0));
    assert_eq!(report.test_suites.len(), 1);
    assert_eq!(report.test_suites[0].name.as_str(), "essai");
}

#[test]
fn junit_says_that_a_policy_cannot_be_tried() {
    let workshop = Workshop::fresh();
    workshop.change("exige enfants ≤ 4", "exige enfant ≤ 4");
    let report = junit_of(&workshop, 2);
    assert_eq!((report.tests, report.failures, report.errors), (1, 0, 1));
    assert_eq!(report.test_suites[0].test_cases[0].name.as_str(), "vérification du texte");
}

#[test]
fn where_a_report_cannot_be_written_it_is_said_what_to_do() {
    let workshop = Workshop::approved();
    let complained = |place: &str| {
        complained(&workshop.test(&["--junit", &workshop.path(place).to_string_lossy()]).code(2))
    };
    let text = complained("essai");
    says(&text, "attendu un fichier à écrire ; «");
    says(&text, "essai » est un répertoire");
    says(&text, "ajouter le nom du fichier");
    let text = complained("essai/essai.pol/rapport.xml");
    says(&text, "attendu un répertoire où écrire ; «");
    says(&text, "essai.pol » est un fichier");
}
