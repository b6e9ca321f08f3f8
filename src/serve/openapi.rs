//! The description of the API: `openapi.json`, written by hand, with the schema of decisions in its place.
//!
//! Written, not derived: what is answered is JSON that the library writes by itself, whose schema stands in
//! `docs/decision.schema.json` and is held against every decision by tests. A test holds the addresses and methods that
//! are described against those that are answered.

use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The description, as it is served.
pub fn document() -> &'static str {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| whole().to_string());
    &DOCUMENT
}

/// What is written, and the schema of decisions among its own.
fn whole() -> Value {
    // Both are files of this project: a test reads them.
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let mut whole = read(include_str!("openapi.json"));
    let mut decision = read(include_str!("../../docs/decision.schema.json"));
    lead_to_components(&mut decision);
    let mut all = Map::new();
    if let Value::Object(decision) = &mut decision {
        decision.remove("$schema");
        if let Some(Value::Object(parts)) = decision.remove("$defs") {
            all.extend(parts.into_iter().map(|(name, part)| (format!("{PART}{name}"), part)));
        }
    }
    all.insert("Decision".to_owned(), decision);
    if !cfg!(feature = "register")
        && let Some(Value::Object(paths)) = whole.pointer_mut("/paths")
    {
        paths.retain(|path, _| !path.starts_with("/v1/decisions"));
    }
    if let Some(Value::Object(schemas)) = whole.pointer_mut("/components/schemas") {
        schemas.extend(all);
    }
    whole
}

/// What the names of the parts of a decision's schema begin with.
const PART: &str = "Decision-";

/// References lead to where the parts of a description stand.
fn lead_to_components(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), value) {
                    ("$ref", Value::String(to)) => {
                        *to = to.replacen("#/$defs/", &format!("#/components/schemas/{PART}"), 1);
                    }
                    (_, value) => lead_to_components(value),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(lead_to_components),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every address that is answered is described, with its method, and no other.
    #[test]
    fn what_is_described_is_what_is_answered() {
        let whole = whole();
        let described: BTreeSet<(String, String)> = whole["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| {
                methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone()))
            })
            .collect();
        let answered: BTreeSet<(String, String)> = super::super::api_routes()
            .into_iter()
            .map(|(method, path, ..)| (method.to_string(), path.to_owned()))
            .collect();
        assert_eq!(described, answered);
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_is_told() {
        fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
            match value {
                Value::Object(map) => {
                    found.extend(map.get("$ref").and_then(Value::as_str));
                    map.values().for_each(|value| references(value, found));
                }
                Value::Array(all) => all.iter().for_each(|value| references(value, found)),
                _ => {}
            }
        }
        let whole = whole();
        let mut found = Vec::new();
        references(&whole, &mut found);
        assert!(found.len() > 50);
        for to in found {
            assert!(whole.pointer(to.trim_start_matches('#')).is_some(), "{to}");
        }
        for (path, methods) in whole["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                for key in ["operationId", "summary", "description", "responses"] {
                    assert!(!operation[key].is_null(), "{method} {path} {key}");
                }
            }
        }
    }
}
