//! A form as a file: what is opened again gives the same form.

use serde_json::{Map, Value, json};

use super::answers::Answer;
use super::fields::{BESIDE, Fields, cell, completed};
use super::filled::Filled;
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::policy::item::Question;
use crate::policy::{FieldId, Policy, Type};
use crate::render::document::anchor;
use crate::render::{Lang, yaml};
use crate::table::{self, Header, Target, Title};
use crate::text;

/// What a page is answered that saves a form.
pub(super) fn save(filled: &Filled<'_>, kind: &str) -> Answer {
    let (name, text) = file(filled, kind)?;
    let mut answer = json!({ "name": name, "text": text });
    if kind == "csv" && filled.fields.say_more() {
        let lost = "Un tableau ne garde ni la source d'une réponse, ni qui a jugé et pourquoi : \
                    enregistrer aussi en YAML.";
        answer["outcome"] = Lang::Fr.typeset(lost).into();
    }
    Ok(answer)
}

/// The file: its name, and what is in it.
pub(super) fn file(filled: &Filled<'_>, kind: &str) -> Result<(String, String), Vec<Diagnostic>> {
    let (text, ending) = match kind {
        "json" => (format!("{:#}\n", dossier(filled)), "json"),
        "csv" => (sheet(filled)?, "csv"),
        "yaml" | "" => (yaml::from_json(&dossier(filled).to_string()), "yaml"),
        other => {
            let message = format!("forme inconnue : attendu « yaml », « json » ou « csv » ; lu « {other} »");
            return Err(vec![Diagnostic::error("forme-inconnue", message)]);
        }
    };
    let name = match filled.fields.get("dossier") {
        "" => "dossier".to_owned(),
        name => anchor(name),
    };
    Ok((format!("{name}.{ending}"), text))
}

/// The dossier: groups within groups, in the order of the text.
fn dossier(filled: &Filled<'_>) -> Value {
    let (policy, fields) = (filled.policy, &filled.fields);
    let mut top = Map::new();
    top.insert("dispositif".to_owned(), Value::from(&*policy.id));
    if !fields.get("dossier").is_empty() {
        top.insert("dossier".to_owned(), fields.get("dossier").into());
    }
    if !fields.get("examiné le").is_empty() {
        top.insert("examiné le".to_owned(), day(fields.get("examiné le")).into());
    }
    for declared in &policy.declared {
        match *declared {
            crate::policy::Declared::Fact(id) => {
                let fact = &policy.facts[id.index()];
                let path = text::tidy(&fact.path);
                if !filled.not_asked.contains(&path) {
                    let value = value(policy, &fact.ask, fields.get(&path));
                    put(&mut top, &fact.parts, given(fields, &path, value));
                }
            }
            crate::policy::Declared::List(id) => {
                let list = &policy.lists[id.index()];
                let path = text::tidy(&list.path);
                let Some(count) = fields.count(&path).filter(|_| !filled.not_asked.contains(&path)) else {
                    continue;
                };
                let elements = (1..=count).map(|rank| {
                    let mut element = Map::new();
                    for field in &list.fields {
                        let field = &policy.fields[field.index()];
                        let own = cell(&path, rank, &text::tidy(&field.name));
                        if !filled.not_asked.contains(&own) {
                            let value = value(policy, &field.ask, fields.get(&own));
                            put(&mut element, &field.parts, given(fields, &own, value));
                        }
                    }
                    Value::Object(element)
                });
                let elements = Value::Array(elements.collect());
                put(&mut top, &list.parts, given(fields, &path, elements));
            }
            crate::policy::Declared::Field(_) => {}
        }
    }
    let mut readings = Map::new();
    for reading in &policy.readings {
        let name = text::tidy(&reading.head.name);
        let path = format!("lectures.{name}");
        let value = given(fields, &path, Value::from(fields.get(&path)));
        if value != "" {
            readings.insert(name, value);
        }
    }
    if !readings.is_empty() {
        top.insert("lectures".to_owned(), Value::Object(readings));
    }
    Value::Object(top)
}

/// An answer, with what stands beside it.
fn given(fields: &Fields, path: &str, value: Value) -> Value {
    let beside: Vec<(&str, &str)> = BESIDE
        .into_iter()
        .map(|beside| (beside, fields.get(&format!("{path}#{beside}"))))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    if beside.is_empty() {
        return value;
    }
    let mut whole = Map::new();
    let nothing = value == "";
    whole.insert("valeur".to_owned(), if nothing { "inconnu".into() } else { value });
    for (key, said) in beside {
        let said = if key == "au" { day(said) } else { said.to_owned() };
        whole.insert(key.to_owned(), said.into());
    }
    Value::Object(whole)
}

/// An answer as a dossier writes it; a text is one whatever it looks like.
fn value(policy: &Policy, ask: &Question, typed: &str) -> Value {
    if typed.is_empty() {
        // Of a period whose last day is not named, it would be said that it goes on.
        return Value::from(if ask.last_day { "inconnu" } else { "" });
    }
    match ask.ty {
        Type::Integer => match typed.parse::<i64>() {
            Ok(number) if number.to_string() == typed => Value::from(number),
            Ok(_) | Err(_) => Value::from(typed),
        },
        Type::Date => Value::from(day(typed)),
        Type::Choice(choice) => {
            let options = &policy.choices[choice.index()].options;
            let known = options.iter().map(|option| text::tidy(option)).find(|option| *option == typed);
            Value::from(known.unwrap_or_else(|| typed.to_owned()))
        }
        Type::Truth
        | Type::Number
        | Type::Percent
        | Type::Amount
        | Type::Months
        | Type::Days
        | Type::Text => Value::from(completed(ask, typed)),
    }
}

fn day(typed: &str) -> String {
    dossier::written_date(typed).map_or_else(|| typed.to_owned(), |date| date.to_string())
}

/// Puts a value under a path of names. A name that groups others and is answered itself has its answer in `valeur`.
fn put(map: &mut Map<String, Value>, parts: &[std::sync::Arc<str>], value: Value) {
    if value == "" {
        return;
    }
    let Some((first, rest)) = parts.split_first() else { return };
    let key = text::tidy(first);
    if rest.is_empty() {
        match (map.get_mut(&key), value) {
            (Some(Value::Object(group)), Value::Object(own)) => group.extend(own),
            (Some(Value::Object(group)), own) => {
                group.insert("valeur".to_owned(), own);
            }
            (_, own) => {
                map.insert(key, own);
            }
        }
        return;
    }
    let group = map.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if !group.is_object() {
        let own = group.take();
        let mut answered = Map::new();
        answered.insert("valeur".to_owned(), own);
        *group = Value::Object(answered);
    }
    if let Value::Object(group) = group {
        put(group, rest, value);
    }
}

/// The rows of a sheet: the dossier, and one for each further element of its lists.
fn sheet(filled: &Filled<'_>) -> Result<String, Vec<Diagnostic>> {
    let (policy, fields) = (filled.policy, &filled.fields);
    let empty = empty_elements(filled);
    if !empty.is_empty() {
        return Err(empty);
    }
    let pages = table::form(policy);
    let mut titles: Vec<Title> = Vec::new();
    for (rank, page) in pages.iter().enumerate() {
        let heads = page.heads.iter().skip(usize::from(rank > 0));
        titles.extend(heads.map(|head| Title {
            name: if rank == 0 { head.name.clone() } else { format!("{}.{}", page.title, head.name) },
            list: None,
        }));
    }
    let (header, _) = Header::new(policy, &titles, &[])?;
    let lists = policy.lists.iter().filter_map(|list| fields.count(&text::tidy(&list.path)));
    let rows = lists.max().unwrap_or(0).max(1);
    let mut out = String::from("\u{feff}");
    line(&mut out, titles.iter().map(|title| title.name.as_str()));
    for row in 1..=rows {
        let cells = (0..titles.len()).map(|column| match header.target(column) {
            Some(Target::Of(path)) => match (row, path.join(".").as_str()) {
                (_, "dispositif") => policy.id.to_string(),
                // Rows of one dossier are known by its name.
                (_, "dossier") if fields.get("dossier").is_empty() => {
                    if rows > 1 {
                        "dossier".to_owned()
                    } else {
                        String::new()
                    }
                }
                (_, "dossier") => fields.get("dossier").to_owned(),
                (1, path) if !filled.not_asked.contains(path) => typed(policy, fields, path),
                _ => String::new(),
            },
            Some(Target::List(path)) if row == 1 && fields.count(&path.join(".")) == Some(0) => {
                "aucun".to_owned()
            }
            Some(Target::List(_)) | None => String::new(),
            Some(Target::Field(list, field)) => {
                let own = cell(&list.join("."), row, &field.join("."));
                let known = fields.count(&list.join(".")).is_some_and(|count| row <= count);
                if known && !filled.not_asked.contains(&own) {
                    typed(policy, fields, &own)
                } else {
                    String::new()
                }
            }
        });
        let cells: Vec<String> = cells.collect();
        line(&mut out, cells.iter().map(String::as_str));
    }
    Ok(out)
}

/// The elements of lists of which nothing is said: a row without an answer is no row.
fn empty_elements(filled: &Filled<'_>) -> Vec<Diagnostic> {
    let (policy, fields) = (filled.policy, &filled.fields);
    let mut found = Vec::new();
    for list in &policy.lists {
        let path = text::tidy(&list.path);
        let count = fields.count(&path).filter(|_| !filled.not_asked.contains(&path));
        for rank in 1..=count.unwrap_or(0) {
            let said = |field: &FieldId| {
                let own = cell(&path, rank, &text::tidy(&policy.fields[field.index()].name));
                !filled.not_asked.contains(&own) && !fields.get(&own).is_empty()
            };
            if !list.fields.iter().any(said) {
                let message = format!(
                    "« {} », rang {rank} : rien n'y est répondu, et un tableau ne garde pas un élément sans réponse",
                    list.label
                );
                let help = "y répondre, le retirer, ou enregistrer en YAML";
                found.push(Diagnostic::error("element-vide", message).help(help));
            }
        }
    }
    found
}

/// An answer as a cell of a sheet has it.
fn typed(policy: &Policy, fields: &Fields, path: &str) -> String {
    let said = fields.get(path);
    let element = |path: &str| path.split_once("].").map(|(_, rest)| rest.to_owned());
    let fact = policy.facts.iter().find(|fact| text::tidy(&fact.path) == path).map(|fact| &fact.ask);
    let field = element(path).and_then(|name| {
        let list = path.split_once('[').map_or("", |(list, _)| list);
        policy.fields.iter().find(|field| {
            text::tidy(&field.name) == name && text::tidy(&policy.lists[field.list.index()].path) == list
        })
    });
    match fact.or_else(|| field.map(|field| &field.ask)) {
        Some(ask) => completed(ask, said),
        None => said.to_owned(),
    }
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (rank, cell) in cells.enumerate() {
        if rank > 0 {
            out.push(';');
        }
        if cell.contains([';', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}
