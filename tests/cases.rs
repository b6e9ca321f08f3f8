//! Every case of every policy, through the real binary and through the library, against what was worked out
//! by hand in `tests/expected/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

const POLICIES: [&str; 3] = ["alr", "csq", "ess"];

/// Readings that the keys of `readings` name, in their order: `libéraux / exigée`.
const READINGS: [&str; 2] = ["base du seuil", "formalisation des liens"];

fn cases(policy: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(format!("policies/{policy}/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

fn expected(policy: &str) -> BTreeMap<String, Yaml> {
    serde_yaml::from_str(&std::fs::read_to_string(format!("tests/expected/{policy}.yaml")).unwrap()).unwrap()
}

/// Decides all cases of a policy in one run of the binary: one JSON object a line.
fn decide(policy: &str, arguments: &[String]) -> BTreeMap<String, Json> {
    let paths = cases(policy);
    let output = Command::new(env!("CARGO_BIN_EXE_conforme"))
        .arg("decide")
        .args(["--format", "json"])
        .args(arguments)
        .args(&paths)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), paths.len(), "a line a dossier; {}", String::from_utf8_lossy(&output.stderr));
    paths
        .iter()
        .map(|path| stem(path))
        .zip(lines.iter().map(|line| serde_json::from_str(line).unwrap()))
        .collect()
}

fn text(value: &Yaml) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text was expected: {value:?}"))
}

fn pairs(value: &Yaml) -> Vec<(&str, &Yaml)> {
    value.as_mapping().unwrap().iter().map(|(key, value)| (text(key), value)).collect()
}

/// The item of this name in a list of a decision.
fn item<'a>(decision: &'a Json, list: &str, name: &str) -> &'a Json {
    decision[list]
        .as_array()
        .and_then(|items| items.iter().find(|item| item["name"] == name))
        .unwrap_or_else(|| panic!("no « {name} » among {list}: {:#}", decision[list]))
}

/// The differences between a decision and what was worked out by hand.
fn differences(case: &str, expected: &Yaml, decision: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let mut same = |what: String, wanted: Json, given: &Json| {
        if wanted != *given {
            found.push(format!("{case}, {what}: {wanted} by hand, {given} decided"));
        }
    };
    for (key, value) in pairs(expected) {
        match key {
            // Checked with the readings settled, or said for people.
            "readings" | "note" => {}
            "outcome" | "examined_on" => same(key.to_owned(), text(value).into(), &decision[key]),
            "criteria" | "objectives" | "missions" => {
                for (name, status) in pairs(value) {
                    same(name.to_owned(), text(status).into(), &item(decision, key, name)["status"]);
                }
            }
            "funding" | "contributions" => {
                for (name, parts) in pairs(value) {
                    let [status, min, max] = parts.as_sequence().unwrap().as_slice() else {
                        panic!("{case}, {name}: status, least, greatest")
                    };
                    let given = item(decision, key, name);
                    same(name.to_owned(), text(status).into(), &given["status"]);
                    same(
                        format!("{name}, least"),
                        serde_json::to_value(min).unwrap(),
                        &given["amount"]["min"],
                    );
                    same(
                        format!("{name}, greatest"),
                        serde_json::to_value(max).unwrap(),
                        &given["amount"]["max"],
                    );
                }
            }
            "results" => {
                for (name, parts) in pairs(value) {
                    let [status, wanted] = parts.as_sequence().unwrap().as_slice() else {
                        panic!("{case}, {name}: status, value")
                    };
                    let given = item(decision, key, name);
                    same(name.to_owned(), text(status).into(), &given["status"]);
                    same(format!("{name}, value"), serde_json::to_value(wanted).unwrap(), &given["value"]);
                }
            }
            "obligations" => {
                for (name, parts) in pairs(value) {
                    let [status, due] = parts.as_sequence().unwrap().as_slice() else {
                        panic!("{case}, {name}: status, due")
                    };
                    let given = item(decision, key, name);
                    same(name.to_owned(), text(status).into(), &given["status"]);
                    same(format!("{name}, due"), serde_json::to_value(due).unwrap(), &given["due"]);
                }
            }
            "missing_decisive" => {
                let mut wanted: Vec<&str> = value.as_sequence().unwrap().iter().map(text).collect();
                let missing = decision["missing"].as_array().unwrap();
                let mut given: Vec<&str> = missing
                    .iter()
                    .filter(|missing| missing["decisive"] == true)
                    .map(|missing| missing["path"].as_str().unwrap())
                    .collect();
                wanted.sort_unstable();
                given.sort_unstable();
                same("missing and decisive".to_owned(), wanted.into(), &given.into());
            }
            key => panic!("{case}: « {key} » is not checked"),
        }
    }
    found
}

#[test]
fn every_case_is_worked_out_by_hand_and_every_expectation_has_its_case() {
    for policy in POLICIES {
        let stems: Vec<String> = cases(policy).iter().map(|path| stem(path)).collect();
        let keys: Vec<String> = expected(policy).into_keys().collect();
        assert_eq!(stems, keys, "{policy}");
    }
    assert_eq!(expected("ess").len(), 35);
}

#[test]
fn every_case_is_decided_as_worked_out_by_hand() {
    let mut found = Vec::new();
    for policy in POLICIES {
        let decisions = decide(policy, &[]);
        for (case, expected) in expected(policy) {
            found.extend(differences(&case, &expected, &decisions[&case]));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_case_is_decided_as_worked_out_by_hand_under_each_combination_of_readings() {
    let expected = expected("ess");
    let mut combinations: Vec<&str> =
        expected.values().flat_map(|case| pairs(&case["readings"])).map(|(k, _)| k).collect();
    combinations.sort_unstable();
    combinations.dedup();
    assert_eq!(combinations.len(), 4);
    let mut found = Vec::new();
    for combination in combinations {
        let options = combination.split(" / ");
        let arguments: Vec<String> = READINGS
            .iter()
            .zip(options)
            .flat_map(|(reading, option)| ["--reading".to_owned(), format!("{reading}={option}")])
            .collect();
        let decisions = decide("ess", &arguments);
        for (case, expected) in &expected {
            let decision = &decisions[case];
            match expected["readings"].get(combination) {
                Some(outcome) if decision["outcome"] == *text(outcome) => {}
                Some(outcome) => found.push(format!(
                    "{case}, {combination}: {} by hand, {} decided",
                    text(outcome),
                    decision["outcome"]
                )),
                // The dossier itself retains the other option.
                None => assert_eq!(
                    decision["diagnostics"][0]["code"], "lecture-contraire",
                    "{case}, {combination}"
                ),
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
