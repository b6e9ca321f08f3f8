//! The answers of a form, as they are typed, and the dossier that they are.
//!
//! They are put together into the JSON that the dossier would be, each in the place of its field, so that one reader
//! reads all dossiers and what is to be corrected is told at the field.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use crate::decision::MissingPlace;
use crate::diagnostic::Label;
use crate::policy::item::Question;
use crate::policy::{Policy, Type};
use crate::source::{Piece, SourceFile, Span};
use crate::text;

/// How many elements of a list a form shows; longer ones are decided as files.
pub(super) const ELEMENTS: usize = 500;

/// What stands beside an answer, in the order in which a dossier writes it.
pub(super) const BESIDE: [&str; 4] = ["source", "au", "par", "motif"];

/// Answers by the path of their field: `territoire.continu`, `adhérents[1].exercice`, `lectures.base du seuil`; what
/// stands beside one, under `path#par`; a list itself, with how many elements it has.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(IndexMap<String, Vec<String>>);

impl Fields {
    /// What a form sends: a field may come more than once, as a date and a box to tick do.
    pub(super) fn new(given: impl IntoIterator<Item = (String, String)>) -> Fields {
        let mut fields = Fields::default();
        for (path, value) in given {
            let value = value.trim();
            let own = fields.0.entry(text::tidy(&path)).or_default();
            if !value.is_empty() && !own.iter().any(|known| known == value) {
                own.push(value.to_owned());
            }
        }
        fields
    }

    /// The answer of a field; nothing where it is left empty.
    pub(super) fn get(&self, path: &str) -> &str {
        self.0.get(path).and_then(|values| values.first()).map_or("", String::as_str)
    }

    pub(super) fn set(&mut self, path: &str, value: String) {
        self.0.insert(path.to_owned(), vec![value]);
    }

    /// The fields that have more than one answer.
    pub(super) fn doubled(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, values)| values.len() > 1).map(|(path, _)| path.as_str())
    }

    /// Whether anything stands beside an answer.
    pub(super) fn say_more(&self) -> bool {
        self.0.iter().any(|(path, values)| path.contains('#') && !values.is_empty())
    }

    /// How many elements a list has; nothing where that is not known.
    pub(super) fn count(&self, list: &str) -> Option<usize> {
        let count: usize = self.get(list).parse().ok()?;
        Some(count.min(ELEMENTS))
    }

    /// Adds an element to a list; its rank, from 1.
    pub(super) fn add(&mut self, list: &str) -> usize {
        let rank = self.count(list).unwrap_or(0) + 1;
        self.set(list, rank.to_string());
        rank
    }

    /// Takes the element of a rank, from 1, out of a list: those after it come up.
    pub(super) fn remove(&mut self, list: &str, rank: usize) {
        let Some(count) = self.count(list).filter(|count| (1..=*count).contains(&rank)) else { return };
        let mut kept = IndexMap::new();
        for (path, values) in std::mem::take(&mut self.0) {
            let path = match element_of(&path, list) {
                Some((own, _)) if own == rank => continue,
                Some((own, rest)) if own > rank => format!("{list}[{}]{rest}", own - 1),
                Some(_) | None => path,
            };
            kept.insert(path, values);
        }
        self.0 = kept;
        self.set(list, (count - 1).to_string());
    }

    /// The dossier that they are, without some of them.
    pub(super) fn dossier(&self, policy: &Policy, without: &BTreeSet<String>) -> Arc<SourceFile> {
        let mut writer = Writer { fields: self, without, pieces: Vec::new(), nowhere: nowhere() };
        writer.own("{\"dispositif\":");
        writer.own(&Value::from(&*policy.id).to_string());
        for own in ["dossier", "examiné le"] {
            writer.entry(",", own, own, str::to_owned);
        }
        for fact in &policy.facts {
            let path = text::tidy(&fact.path);
            writer.entry(",", &path, &path, |typed| completed(&fact.ask, typed));
        }
        for list in &policy.lists {
            let path = text::tidy(&list.path);
            writer.list(policy, list, &path);
        }
        writer.own(",\"lectures\":{");
        let mut before = "";
        for reading in &policy.readings {
            let name = text::tidy(&reading.head.name);
            if writer.entry(before, &name, &format!("lectures.{name}"), str::to_owned) {
                before = ",";
            }
        }
        writer.own("}}");
        let name = match self.get("dossier") {
            "" => "dossier",
            name => name,
        };
        SourceFile::composed(name, writer.pieces)
    }
}

/// Whether a path is of an element of a list: its rank and the rest of the path.
fn element_of<'p>(path: &'p str, list: &str) -> Option<(usize, &'p str)> {
    let (rank, rest) = path.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?;
    Some((rank.parse().ok()?, rest))
}

/// What is said of no field.
fn nowhere() -> Arc<SourceFile> {
    SourceFile::new("", "")
}

/// The field that a place of such a dossier is of.
pub(super) fn field_of(label: &Label) -> Option<&str> {
    if !label.file.is_composed() {
        return None;
    }
    let (file, _) = label.file.origin(label.span);
    Some(file.name()).filter(|name| !name.is_empty())
}

/// The path of a field.
pub(super) fn path(policy: &Policy, place: MissingPlace) -> String {
    match place {
        MissingPlace::Fact(fact) => text::tidy(&policy.facts[fact.index()].path),
        MissingPlace::List(list) => text::tidy(&policy.lists[list.index()].path),
        MissingPlace::Cell { row, field } => {
            let field = &policy.fields[field.index()];
            let list = &policy.lists[field.list.index()];
            cell(&text::tidy(&list.path), row as usize + 1, &text::tidy(&field.name))
        }
    }
}

/// The path of a field of an element, by its rank from 1.
pub(super) fn cell(list: &str, rank: usize, field: &str) -> String {
    format!("{list}[{rank}].{field}")
}

/// An answer with the unit that stands beside its field, where nobody typed one.
pub(super) fn completed(ask: &Question, typed: &str) -> String {
    let unit = match ask.ty {
        Type::Percent => "%",
        Type::Months => "mois",
        Type::Days => "jours",
        Type::Truth
        | Type::Integer
        | Type::Number
        | Type::Amount
        | Type::Date
        | Type::Text
        | Type::Choice(_) => return typed.to_owned(),
    };
    let is_figure = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.' | '-' | '−');
    if typed.chars().any(|c| c.is_ascii_digit()) && typed.chars().all(is_figure) {
        format!("{typed} {unit}")
    } else {
        typed.to_owned()
    }
}

struct Writer<'f> {
    fields: &'f Fields,
    without: &'f BTreeSet<String>,
    pieces: Vec<Piece>,
    nowhere: Arc<SourceFile>,
}

impl Writer<'_> {
    /// What is of no field.
    fn own(&mut self, words: &str) {
        self.pieces.push(Piece::Words(words.to_owned(), Arc::clone(&self.nowhere), Span::default()));
    }

    fn text(&mut self, words: String, of: &Arc<SourceFile>) {
        let whole = Span::new(0, of.text().len());
        self.pieces.push(Piece::Words(words, Arc::clone(of), whole));
    }

    /// An answer under its key, with what stands beside it; whether there is any.
    fn entry(&mut self, before: &str, key: &str, path: &str, value: impl Fn(&str) -> String) -> bool {
        let given = |path: &str| match self.without.contains(path) {
            true => "",
            false => self.fields.get(path),
        };
        let typed = given(path).to_owned();
        let beside: Vec<(&str, String, String)> = BESIDE
            .iter()
            .map(|beside| (*beside, format!("{path}#{beside}")))
            .map(|(beside, path)| (beside, given(&path).to_owned(), path))
            .filter(|(_, typed, _)| !typed.is_empty())
            .collect();
        if typed.is_empty() && beside.is_empty() {
            return false;
        }
        let file = SourceFile::new(path, typed.as_str());
        self.own(before);
        self.text(format!("{}:", Value::from(key)), &file);
        let answer = if typed.is_empty() { "inconnu".to_owned() } else { value(&typed) };
        let answer = Value::from(answer).to_string();
        if beside.is_empty() {
            self.text(answer, &file);
            return true;
        }
        self.text(format!("{{\"valeur\":{answer}"), &file);
        for (key, typed, path) in beside {
            let file = SourceFile::new(path, typed.as_str());
            self.text(format!(",{}:{}", Value::from(key), Value::from(typed)), &file);
        }
        self.own("}");
        true
    }

    fn list(&mut self, policy: &Policy, list: &crate::policy::List, path: &str) {
        if self.without.contains(path) {
            return;
        }
        let Some(count) = self.fields.count(path) else { return };
        let file = SourceFile::new(path, "");
        self.own(",");
        self.text(format!("{}:", Value::from(path)), &file);
        let beside: Vec<&str> = BESIDE
            .into_iter()
            .filter(|beside| !self.fields.get(&format!("{path}#{beside}")).is_empty())
            .collect();
        if !beside.is_empty() {
            self.own("{\"valeur\":");
        }
        self.own("[");
        for rank in 1..=count {
            self.own(if rank == 1 { "{" } else { ",{" });
            let mut before = "";
            for field in &list.fields {
                let field = &policy.fields[field.index()];
                let name = text::tidy(&field.name);
                let own = cell(path, rank, &name);
                if self.entry(before, &name, &own, |typed| completed(&field.ask, typed)) {
                    before = ",";
                }
            }
            self.own("}");
        }
        self.own("]");
        for own in &beside {
            let own_path = format!("{path}#{own}");
            let typed = self.fields.get(&own_path).to_owned();
            let file = SourceFile::new(own_path, typed.as_str());
            self.text(format!(",{}:{}", Value::from(*own), Value::from(typed)), &file);
        }
        if !beside.is_empty() {
            self.own("}");
        }
    }
}
