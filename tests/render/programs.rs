//! What programs read: JSON, its schema, YAML.

use std::collections::BTreeSet;

use conforme::render::Explain;
use conforme::render::json::Printer;
use serde_json::Value;

use crate::{Book, alr, csq, ess};

fn each(f: impl Fn(&Book, &crate::Case)) {
    for book in [ess(), csq(), alr()] {
        for case in &book.cases {
            f(book, case);
        }
    }
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../docs/decision.schema.json")).unwrap()
}

#[test]
fn every_decision_is_of_the_published_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let less = |book: &Book, case: &crate::Case, explain| {
        Printer::new(book.policy).explaining(explain).decision(&case.dossier, &case.decision)
    };
    let each_printed = |f: &dyn Fn(&crate::Case, &str)| {
        each(|book, case| {
            f(case, &book.json(case));
            f(case, &less(book, case, Explain::Brief));
            f(case, &less(book, case, Explain::None));
        });
    };
    each_printed(&|case, printed| {
        let decision: Value = serde_json::from_str(printed).unwrap();
        let mistakes: Vec<String> = validator
            .iter_errors(&decision)
            .map(|e| {
                format!("{} : {}", e.instance_path(), e.to_string().chars().take(300).collect::<String>())
            })
            .collect();
        assert!(mistakes.is_empty(), "{} :\n{}", case.name, mistakes.join("\n"));
    });
}

/// A tree that is left out is said to be: the schema asks for all where `explain` is absent.
#[test]
fn the_schema_tells_a_decision_that_is_not_explained_from_one_that_lacks_a_tree() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let book = ess();
    let case = &book.cases[0];
    let printer = Printer::new(book.policy).explaining(Explain::Brief);
    let mut decision: Value = serde_json::from_str(&printer.decision(&case.dossier, &case.decision)).unwrap();
    assert!(validator.is_valid(&decision));
    decision.as_object_mut().unwrap().remove("explain");
    assert!(!validator.is_valid(&decision));
}

#[test]
fn the_operations_of_the_schema_are_those_of_the_page() {
    let page = include_str!("../../docs/decision.md");
    let told: BTreeSet<&str> = page
        .split_once("### Les opérations")
        .unwrap()
        .1
        .lines()
        .filter(|line| line.starts_with("| `") && !line.starts_with("| `op`"))
        .flat_map(|line| line.split(" | ").next().unwrap().split('`').skip(1).step_by(2))
        .collect();
    let schema = schema();
    let listed: BTreeSet<&str> = schema["$defs"]["node"]["properties"]["op"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|op| op.as_str().unwrap())
        .collect();
    assert_eq!(told, listed);
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    each(|book, case| assert_eq!(book.json(case), book.json(case)));
}

#[test]
fn yaml_says_what_json_says_in_the_same_order() {
    let case = ess().case("05");
    let from_json: serde_yaml::Value = serde_json::from_str(&ess().json(case)).unwrap();
    let from_yaml: serde_yaml::Value = serde_yaml::from_str(&ess().yaml(case)).unwrap();
    assert_eq!(from_json, from_yaml);
}

#[test]
fn an_id_is_given_in_full_before_it_is_referred_to() {
    fn walk(node: &Value, told: &mut BTreeSet<String>, name: &str) {
        match node {
            Value::Object(map) => {
                if let Some(id) = map.get("id").and_then(Value::as_str)
                    && map.contains_key("op")
                    && !told.insert(id.to_owned())
                {
                    assert_eq!(map["operands"], serde_json::json!([]), "{name} {id}");
                }
                map.values().for_each(|value| walk(value, told, name));
            }
            Value::Array(all) => all.iter().for_each(|value| walk(value, told, name)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    each(|book, case| {
        let decision: Value = serde_json::from_str(&book.json(case)).unwrap();
        let mut told = BTreeSet::new();
        walk(&decision["decision"], &mut told, &case.name);
        for kind in ["criteria", "objectives", "missions", "funding", "obligations"] {
            walk(&decision[kind], &mut told, &case.name);
        }
    });
}

#[test]
fn a_criterion_reads_as_the_interface_shows_it() {
    let decision: Value = serde_json::from_str(&ess().json(ess().case("05"))).unwrap();
    let criterion = &decision["criteria"][1];
    assert_eq!(criterion["name"], "seuil d'adhésion");
    assert_eq!(criterion["status"], "depends_on_reading");
    let libéraux = &criterion["by_reading"][0];
    assert_eq!(libéraux["readings"], serde_json::json!({"base du seuil": "libéraux"}));
    assert_eq!(libéraux["status"], "met");
    assert_eq!(libéraux["summary"], "adhérents comptés : 5 sur 35, soit 14,29 % (au moins 10 %)");
    let tous = &criterion["by_reading"][1];
    assert_eq!(tous["status"], "not_met");
    assert_eq!(tous["to_meet"], "adhérents comptés : 5, il en manque 1");
    let comparison = &tous["because"]["operands"][0];
    assert_eq!(comparison["op"], "≥");
    assert_eq!(comparison["text"], "taux d'adhésion ≥ 10 %");
    assert_eq!(comparison["value"], false);
    assert_eq!(
        comparison["operands"][0]["value"],
        serde_json::json!({"num": 1, "den": 12, "text": "8,33 %"})
    );
    let credit = &decision["funding"][0];
    assert_eq!(
        credit["amount"],
        serde_json::json!({"min": "80000.00", "max": "80000.00", "currency": "EUR"})
    );
    assert_eq!(credit["frequency"], "once");
    let deposit = &decision["obligations"][0];
    assert_eq!(deposit["due"], "2025-09-10");
}

#[test]
fn the_facts_of_a_tree_stand_at_its_root_with_their_line() {
    let decision: Value = serde_json::from_str(&ess().json(ess().case("12"))).unwrap();
    let facts = decision["criteria"][0]["because"]["facts"].as_array().unwrap();
    let of = |path: &str| facts.iter().find(|f| f["path"] == path).unwrap();
    assert_eq!(of("territoire.continu")["value"], Value::Null);
    assert_eq!(of("territoire.continu")["line"], Value::Null);
    assert_eq!(of("territoire.médecins")["value"], 34);
    assert_eq!(of("territoire.médecins")["line"], 11);
    let missing = &decision["missing"][0];
    assert_eq!(missing["path"], "territoire.continu");
    assert_eq!(
        missing["outcomes"],
        serde_json::json!([{"value": "oui", "outcome": "favourable"}, {"value": "non", "outcome": "unfavourable"}])
    );
}

/// What a tree says under an element: its rank there and in the path of each of its answers, and the answer itself.
fn own_answers(node: &Value, element: Option<i64>, seen: &mut Vec<(i64, Value, Value)>) {
    let element = node["element"].as_i64().or(element);
    if let (Some(element), Some([fact])) = (element, node["facts"].as_array().map(Vec::as_slice)) {
        let path = fact["path"].as_str().unwrap();
        let rank = path.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(rank, _)| rank);
        assert_eq!(rank, Some(&*element.to_string()), "{path}");
        seen.push((element, node["value"].clone(), fact.clone()));
    }
    for operand in node["operands"].as_array().into_iter().flatten() {
        own_answers(operand, element, seen);
    }
}

#[test]
fn an_element_says_its_own_rank_and_answers_whatever_others_are_like_it() {
    let book = ess();
    let kinds = ["libéral", "libéral", "mixte", "libéral", "salarié", "salarié", "libéral"];
    let mut yaml = "dispositif: ess\nadhérents:\n".to_owned();
    for (rank, kind) in kinds.iter().enumerate() {
        yaml += &format!("  - RPPS: r{rank}\n    exercice: {kind}\n");
    }
    let dossier = conforme::dossier::read(yaml.as_bytes(), "essai.yaml", book.policy).unwrap();
    let request = conforme::eval::Request {
        examined_on: conforme::time::Date::new(2025, 10, 1).unwrap(),
        readings: Vec::new(),
    };
    let decision = conforme::eval::decide(book.policy, &dossier, &request).unwrap();
    let printed = conforme::render::json::decision(book.policy, &dossier, &decision);
    let told: Value = serde_json::from_str(&printed).unwrap();
    let mut seen = Vec::new();
    for criterion in told["criteria"].as_array().unwrap() {
        own_answers(&criterion["because"], None, &mut seen);
        for case in criterion["by_reading"].as_array().unwrap() {
            own_answers(&case["because"], None, &mut seen);
        }
    }
    assert!(!seen.is_empty());
    for (number, (element, value, fact)) in seen.iter().enumerate() {
        let rank = number % kinds.len();
        assert_eq!((*element, value), (rank as i64 + 1, &Value::from(kinds[rank])));
        // Each element takes two lines, after the first two of the dossier.
        assert_eq!((&fact["value"], &fact["line"]), (value, &Value::from(2 * rank + 4)));
    }
}
