//! What programs read of the cases: JSON and JUnit's XML.

use serde_json::Value;

use crate::{Workshop, says};

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
