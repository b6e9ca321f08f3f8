//! The cases of a policy as the naive evaluator reads them, with holes where nothing is known.

use std::collections::BTreeMap;

use conforme::syntax::tree::{Document, FactDecl, ItemKind, TypeExpr};
use conforme::time::Date;
use num_bigint::BigInt;
use num_rational::BigRational;
use serde_yaml::Value;

use super::naive::{Facts, Val, fold, num};

/// A place that may be missing: a path, or a list, a row and a field.
pub type Hole = (Option<(String, usize)>, String);

/// A case: what it says, and what it leaves open.
#[derive(Debug, Clone)]
pub struct Case {
    pub facts: Facts,
    pub holes: Vec<Hole>,
    pub absent_lists: Vec<String>,
    pub examined_on: Date,
    /// Readings that it retains.
    pub retained: BTreeMap<String, String>,
}

/// The facts of a policy, in order.
pub fn declared(document: &Document) -> Vec<&FactDecl> {
    let blocks = document.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Dossier(facts) => Some(facts),
        _ => None,
    });
    blocks.flatten().collect()
}

/// Reads a case. A date that has not happened is one far after the examination.
pub fn read(document: &Document, yaml: &str) -> Case {
    let root: Value = serde_yaml::from_str(yaml).expect("a case is YAML");
    let examined_on =
        root.get("examiné le").and_then(Value::as_str).and_then(Date::parse_iso).expect("a date");
    let mut case = Case {
        facts: Facts::default(),
        holes: Vec::new(),
        absent_lists: Vec::new(),
        examined_on,
        retained: BTreeMap::new(),
    };
    if let Some(Value::Mapping(readings)) = root.get("lectures") {
        for (name, option) in readings {
            let option = option.get("valeur").unwrap_or(option);
            if let (Some(name), Some(option)) = (name.as_str(), option.as_str()) {
                case.retained.insert(name.to_owned(), option.to_owned());
            }
        }
    }
    let facts = declared(document);
    let lists: Vec<&str> =
        facts.iter().filter(|fact| fact.ty == TypeExpr::List).map(|fact| &*fact.path.text).collect();
    for fact in &facts {
        let path = &*fact.path.text;
        if lists.contains(&path) {
            match at(&root, path) {
                Some(Value::Sequence(rows)) => {
                    case.facts.lists.insert(path.to_owned(), vec![BTreeMap::new(); rows.len()]);
                }
                _ => case.absent_lists.push(path.to_owned()),
            }
            continue;
        }
        let list =
            lists.iter().find(|list| path.strip_prefix(**list).is_some_and(|rest| rest.starts_with('.')));
        match list {
            Some(list) => {
                let field = &path[list.len() + 1..];
                let Some(Value::Sequence(rows)) = at(&root, list) else { continue };
                for (row, value) in rows.iter().enumerate() {
                    match at(value, field).and_then(|value| read_value(&fact.ty, value, examined_on)) {
                        Some(value) => {
                            if let Some(rows) = case.facts.lists.get_mut(*list) {
                                rows[row].insert(field.to_owned(), value);
                            }
                        }
                        None => case.holes.push((Some(((*list).to_owned(), row)), field.to_owned())),
                    }
                }
            }
            None => match at(&root, path).and_then(|value| read_value(&fact.ty, value, examined_on)) {
                Some(value) => {
                    case.facts.facts.insert(path.to_owned(), value);
                }
                None => case.holes.push((None, path.to_owned())),
            },
        }
    }
    case
}

fn at<'v>(root: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(root, |value, key| value.get(key))
}

fn read_value(ty: &TypeExpr, value: &Value, examined_on: Date) -> Option<Val> {
    let value = value.get("valeur").unwrap_or(value);
    let text = match value {
        Value::Bool(truth) => if *truth { "oui" } else { "non" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    if text == "inconnu" {
        return None;
    }
    Some(match ty {
        TypeExpr::Truth => Val::Bool(text == "oui"),
        TypeExpr::Choice(_) | TypeExpr::Scale(_) => Val::Opt(text),
        TypeExpr::Date if text == "pas encore" => Val::Date(examined_on.plus_days(3_000)?),
        TypeExpr::Date => Val::Date(Date::parse_iso(&text)?),
        TypeExpr::Text => Val::Text(fold(&text)),
        TypeExpr::Integer | TypeExpr::Number | TypeExpr::Amount => {
            let whole: BigInt = text.replace(' ', "").trim_end_matches('€').parse().ok()?;
            Val::Num(BigRational::from_integer(whole))
        }
        TypeExpr::Percent
        | TypeExpr::Months
        | TypeExpr::Days
        | TypeExpr::Period
        | TypeExpr::List
        | TypeExpr::Invalid => {
            return None;
        }
    })
}

/// The values with which a hole is tried: every truth and choice, whole numbers past every threshold
/// of the cases, a text of each kind, dates around the examination.
pub fn candidates(document: &Document, hole: &Hole, examined_on: Date) -> Vec<Val> {
    let path = match &hole.0 {
        None => hole.1.clone(),
        Some((list, _)) => format!("{list}.{}", hole.1),
    };
    let fact = declared(document).into_iter().find(|fact| *fact.path.text == *path).expect("a declared fact");
    match &fact.ty {
        TypeExpr::Truth => vec![Val::Bool(true), Val::Bool(false)],
        TypeExpr::Choice(names) | TypeExpr::Scale(names) => {
            names.iter().map(|name| Val::Opt(name.text.to_string())).collect()
        }
        TypeExpr::Integer => (0..=130).map(num).collect(),
        TypeExpr::Text => ["médecine générale", "cardiologie"].map(|text| Val::Text(fold(text))).to_vec(),
        TypeExpr::Date => [-4_000, -400, -100, -1, 0, 1, 100, 4_000]
            .iter()
            .filter_map(|days| examined_on.plus_days(*days))
            .map(Val::Date)
            .collect(),
        other => panic!("no candidates for {other:?}"),
    }
}

/// Fills a hole.
pub fn fill(facts: &mut Facts, hole: &Hole, value: Val) {
    match &hole.0 {
        None => {
            facts.facts.insert(hole.1.clone(), value);
        }
        Some((list, row)) => {
            if let Some(rows) = facts.lists.get_mut(list) {
                rows[*row].insert(hole.1.clone(), value);
            }
        }
    }
}
