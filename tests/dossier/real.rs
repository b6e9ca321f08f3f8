//! The policies of this project and their cases.

use std::path::{Path, PathBuf};

use conforme::dossier::{self, Answer, Reader};
use conforme::policy::Policy;
use conforme::render::diagnostics;
use serde_json::Value;

use crate::support::policies::{POLICIES, policy};

fn policies() -> Vec<(PathBuf, &'static Policy)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    POLICIES.iter().map(|id| (root.join(id), policy(id))).collect()
}

fn cases(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder.join("cases")).unwrap();
    let mut cases: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
        .collect();
    cases.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    cases.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The case as JSON, without what it expects by hand.
fn as_json(yaml: &str) -> Value {
    let mut json: Value = serde_yaml::from_str(yaml).unwrap();
    json.as_object_mut().unwrap().shift_remove("attendu");
    json
}

/// Answers, without the places where they stand.
pub fn answers(dossier: &dossier::Dossier) -> String {
    let mut all = format!("{:?} {:?}\n", dossier.name, dossier.examined_on);
    for given in &dossier.facts {
        all += &format!("{:?} {:?}\n", given.answer, given.origin);
    }
    for rows in &dossier.lists {
        let cells = rows.as_ref().map(|rows| rows.cells.iter().map(|c| &c.answer).collect::<Vec<_>>());
        all += &format!("{cells:?}\n");
    }
    for reading in &dossier.readings {
        all += &format!("{:?}\n", reading.as_ref().map(|r| (r.option, &r.origin)));
    }
    all
}

#[test]
fn every_case_is_read_as_yaml_and_as_json_alike() {
    for (folder, policy) in policies() {
        let reader = Reader::new(policy);
        // What is not said of a period says something: the general reader sees to that.
        let ordinary = policy.periods.is_empty();
        for (name, text) in cases(&folder) {
            let read = reader.read(text.as_bytes(), &name);
            let read = read.unwrap_or_else(|e| panic!("{}", diagnostics::text(&e, 100, false)));
            assert_eq!(
                dossier::identify(&dossier::file(text.as_bytes(), &name).unwrap()).unwrap().as_deref(),
                Some(&*policy.id)
            );
            let json = as_json(&text);
            for json in [json.to_string(), serde_json::to_string_pretty(&json).unwrap()] {
                assert_eq!(reader.reads_quickly(json.as_bytes()), ordinary, "{name}: {json}");
                let quick = reader.read(json.as_bytes(), &name).unwrap();
                assert_eq!(answers(&quick), answers(&read), "{name}");
                let general = reader.read_generally(json.as_bytes(), &name).unwrap();
                assert_eq!(format!("{quick:#?}"), format!("{general:#?}"), "{name}");
            }
        }
    }
}

#[test]
fn every_case_is_as_the_schema_says_and_a_damaged_one_is_not() {
    for (folder, policy) in policies() {
        let schema = dossier::schema(policy);
        jsonschema::meta::validate(&schema).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (name, text) in cases(&folder) {
            let mut json = as_json(&text);
            let errors: Vec<String> = validator.iter_errors(&json).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{name}: {errors:?}");
            json["une clé que rien ne déclare"] = true.into();
            assert!(!validator.is_valid(&json), "{name}");
        }
    }
}

#[test]
fn every_empty_dossier_is_read_as_one_where_nothing_is_known() {
    for (_, policy) in policies() {
        let template = dossier::template(policy);
        let read = dossier::read(template.as_bytes(), "modèle.yaml", policy);
        let read = read.unwrap_or_else(|e| panic!("{template}\n{}", diagnostics::text(&e, 100, false)));
        assert!(read.facts.iter().all(|f| f.answer == Answer::Missing));
        assert!(read.lists.iter().all(Option::is_none));
        insta::with_settings!({omit_expression => true, snapshot_suffix => &*policy.id}, {
            insta::assert_snapshot!(template);
        });
    }
}

/// What stands as comments in an empty dossier is good once the `#` are taken away.
#[test]
fn the_elements_and_the_readings_shown_as_comments_are_read_once_uncommented() {
    let uncommented = |text: &str, from: &str| -> String {
        let start = text.find(&format!("# {from}:\n")).unwrap_or_else(|| panic!("{from}: {text}"));
        let lines = text[start..].lines().take_while(|line| line.starts_with('#'));
        lines.map(|line| line[1..].strip_prefix(' ').unwrap_or(line).to_owned() + "\n").collect()
    };
    for (_, policy) in policies() {
        let template = dossier::template(policy);
        let read = |text: String| {
            let read = dossier::read(text.as_bytes(), "modèle.yaml", policy);
            read.unwrap_or_else(|e| panic!("{text}\n{}", diagnostics::text(&e, 100, false)))
        };
        for (list, declared) in policy.lists.iter().enumerate() {
            let dossier = read(uncommented(&template, &declared.path));
            assert_eq!(dossier.lists[list].as_ref().map(|rows| rows.spans.len()), Some(1));
        }
        if !policy.readings.is_empty() {
            read(uncommented(&template, "lectures").replace("valeur: …", "valeur: inconnu"));
        }
    }
}

/// A second reader of YAML, which knows nothing of ours, sees the same words in the same places.
#[test]
fn simple_documents_are_read_as_serde_yaml_reads_them() {
    for (folder, policy) in policies() {
        for (name, text) in cases(&folder) {
            let theirs = as_json(&text);
            let ours = dossier::read(text.as_bytes(), &name, policy).unwrap();
            for (fact, given) in policy.facts.iter().zip(&ours.facts) {
                let value = fact.parts.iter().try_fold(&theirs, |value, part| value.get(&**part));
                let value = value.map(|value| value.get("valeur").unwrap_or(value));
                match (given.place, value) {
                    (None, None) => {}
                    (Some(place), Some(value)) => {
                        let written = ours.file.slice(place.value).trim_matches(['\'', '"']);
                        let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                        assert_eq!(written, word, "{name}: {}", fact.path);
                    }
                    (place, value) => panic!("{name}: {}: {place:?} {value:?}", fact.path),
                }
            }
        }
    }
}
