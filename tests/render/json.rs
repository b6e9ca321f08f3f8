//! Every case as programs read it: one line an item, trees and sources left to the cases in full.

use std::fmt::Write as _;

use serde_json::Value;

use crate::{Book, Case, SNAPSHOTS, csq, ess};

/// A decision on short lines: trees are cut to what they come to, sources are left out, and so is
/// what changes with every letter of a policy.
fn outline(book: &Book, case: &Case) -> String {
    let mut decision: Value = serde_json::from_str(&book.json(case)).unwrap();
    cut(&mut decision);
    let mut text = String::new();
    for (key, value) in decision.as_object().unwrap() {
        match value {
            Value::Array(items) if items.is_empty() => writeln!(text, "{key}: []").unwrap(),
            Value::Array(items) => {
                writeln!(text, "{key}:").unwrap();
                for item in items {
                    match item.get("by_reading").and_then(Value::as_array) {
                        Some(cases) if !cases.is_empty() => {
                            let mut item = item.clone();
                            item.as_object_mut().unwrap().remove("by_reading");
                            writeln!(text, "  {item}").unwrap();
                            cases.iter().for_each(|case| writeln!(text, "    {case}").unwrap());
                        }
                        _ => writeln!(text, "  {item}").unwrap(),
                    }
                }
            }
            value => writeln!(text, "{key}: {value}").unwrap(),
        }
    }
    text
}

fn cut(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("sources");
            fields.remove("sha256");
            if let Some(because) = fields.get_mut("because") {
                let came_to = because.get("value").cloned().unwrap_or(Value::Null);
                *because = came_to;
            }
            fields.values_mut().for_each(cut);
        }
        Value::Array(items) => items.iter_mut().for_each(cut),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn print(book: &Book, prefix: &str) {
    let _one_at_a_time = SNAPSHOTS.lock();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for case in &book.cases {
            let name = case.name.trim_end_matches(".yaml");
            insta::assert_snapshot!(format!("{prefix}-{name}.json"), outline(book, case));
        }
    });
}

#[test]
fn cases_of_the_ess_policy() {
    print(ess(), "ess");
}

#[test]
fn cases_of_the_invented_scheme() {
    print(csq(), "csq");
}

#[test]
fn a_case_with_all_its_trees() {
    let _one_at_a_time = SNAPSHOTS.lock();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        let case = ess().case("08");
        let mut decision: Value = serde_json::from_str(&ess().json(case)).unwrap();
        for of in ["policy", "dossier"] {
            decision[of]["sha256"] = Value::from("…");
        }
        for text in decision["policy"]["texts"].as_array_mut().unwrap() {
            text["sha256"] = Value::from("…");
        }
        insta::assert_snapshot!("ess-08-sous-le-seuil.whole", serde_json::to_string_pretty(&decision).unwrap());
    });
}
