//! Pages, and the engine that answers them: what is typed in a form comes to what the dossier would, whatever is sent
//! there has an answer, and nothing of people or authors is mark-up.

#![allow(missing_docs)]

mod asked;
mod changes;
mod hostile;
mod html;
mod policy;
mod round;
mod tried;

use std::fs;
use std::path::Path;

use conforme::pages::Shelf;
use conforme::time::Date;
use serde_json::{Value, json};

/// The files of a folder and those below it.
fn files(folder: &Path, below: &str, into: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), into);
        } else {
            into.push((name, fs::read(entry.path()).unwrap()));
        }
    }
}

/// The policies of the project.
fn shelf() -> Shelf {
    let mut all = Vec::new();
    files(Path::new("policies"), "", &mut all);
    Shelf::new(all)
}

/// A policy alone, with its cases.
fn shelf_of(id: &str) -> Shelf {
    let mut all = Vec::new();
    files(&Path::new("policies").join(id), &format!("{id}/"), &mut all);
    Shelf::new(all)
}

/// A text of its own.
fn shelf_with(text: &str) -> Shelf {
    Shelf::new([("essai/essai.pol".to_owned(), text.as_bytes().to_vec())])
}

fn today() -> Option<Date> {
    Date::new(2025, 10, 1)
}

fn ask(shelf: &Shelf, request: &Value) -> Value {
    serde_json::from_str(&shelf.answer(&request.to_string(), today())).unwrap()
}

/// The form with these answers.
fn form(shelf: &Shelf, policy: &str, fields: &[(&str, &str)]) -> Value {
    ask(shelf, &json!({ "ask": "form", "policy": policy, "fields": fields }))
}
