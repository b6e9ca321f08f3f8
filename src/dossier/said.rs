//! What a dossier says, answer by answer, as it is written: what a form is filled in with. What is wrong is kept, so
//! that it can be corrected where it stands.

use std::sync::Arc;

use super::located::{self, Entry, Located, Node as Tree};
use super::mistakes::Mistakes;
use super::paths::{Leaf, Node, Paths};
use super::{period, scalar};
use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::source::SourceFile;
use crate::text;

/// The keys beside a value.
const BESIDE: [&str; 4] = ["source", "au", "par", "motif"];

/// Each answer with its path: `territoire.continu`, `adhérents[1].exercice`, `lectures.base du seuil`; what stands
/// beside it, under `path#par`; a list itself, with how many elements it has.
pub(super) fn said(
    policy: &Policy,
    paths: &Paths,
    file: &Arc<SourceFile>,
) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::new(file);
    let root = located::read(file, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes.finish());
    }
    let mut walk = Walk { policy, paths, out: Vec::new() };
    if let Some(Located { node: Tree::Map(entries), .. }) = &root {
        walk.top(entries);
    }
    Ok(walk.out)
}

struct Walk<'p> {
    policy: &'p Policy,
    paths: &'p Paths,
    out: Vec<(String, String)>,
}

impl Walk<'_> {
    fn top(&mut self, entries: &[Entry<'_>]) {
        for entry in entries {
            let key = text::tidy(&entry.key);
            match key.as_str() {
                "dispositif" | "attendu" => {}
                "dossier" | "examiné le" => self.answer(&key, &entry.value),
                "lectures" => {
                    if let Tree::Map(readings) = &entry.value.node {
                        for inner in readings {
                            self.answer(&format!("lectures.{}", text::tidy(&inner.key)), &inner.value);
                        }
                    }
                }
                _ if key.starts_with("lectures.") => self.answer(&key, &entry.value),
                _ => self.key(entry, Paths::TOP, ""),
            }
        }
    }

    /// What stands at a key under a node, its paths beginning so.
    fn key(&mut self, entry: &Entry<'_>, at: Node, before: &str) {
        let Some(node) = self.paths.find(at, &entry.key) else { return };
        let path = format!("{before}{}", self.paths.path(node));
        if let Some(Leaf::List(list)) = self.paths.leaf(node) {
            return self.list(&path, self.paths.element(list), &entry.value);
        }
        if let Some(ends) = self.paths.period(node)
            && self.period(ends, before, &entry.value)
        {
            return;
        }
        if let Tree::Map(entries) = &entry.value.node {
            let known = self.out.len();
            // « au » is a key of its own where nothing is said beside a value.
            let valued = has_value(entries);
            let own = entries.iter().filter(|inner| !(valued && is_beside(&inner.key)));
            own.for_each(|inner| self.key(inner, node, before));
            if let Some(ends) = self.paths.period(node) {
                self.going_on(ends, entries, node, before, known);
            }
        }
        if self.paths.leaf(node).is_some() {
            self.answer(&path, &entry.value);
        }
    }

    /// A period whose first day is given under its name, and whose last one is not named there, goes on.
    fn going_on(&mut self, ends: [Leaf; 2], entries: &[Entry<'_>], node: Node, before: &str, from: usize) {
        let [Some(first), Some(last)] = ends.map(|leaf| self.path(leaf, before)) else { return };
        let named = |entry: &Entry<'_>| {
            self.paths.find(node, &entry.key).and_then(|node| self.paths.leaf(node)) == Some(ends[1])
        };
        let said = self.out.get(from..).unwrap_or_default();
        if entries.iter().any(named) || said.iter().all(|(path, _)| *path != first) {
            return;
        }
        let mut beside = Vec::new();
        for (path, text) in said {
            if let Some(key) = path.strip_prefix(&*first).filter(|key| key.starts_with('#')) {
                beside.push((format!("{last}{key}"), text.clone()));
            }
        }
        self.out.push((last, period::GOES_ON.to_owned()));
        self.out.extend(beside);
    }

    /// The path of a day of a period.
    fn path(&self, leaf: Leaf, before: &str) -> Option<String> {
        let own = match leaf {
            Leaf::Fact(fact) => self.policy.facts.get(fact.index()).map(|fact| &fact.path),
            Leaf::Field(field) => self.policy.fields.get(field.index()).map(|field| &field.name),
            Leaf::List(_) => None,
        };
        own.map(|own| format!("{before}{}", text::tidy(own)))
    }

    /// An answer, bare or with what stands beside it.
    fn answer(&mut self, path: &str, value: &Located<'_>) {
        match &value.node {
            Tree::Scalar(scalar) => self.put(path.to_owned(), scalar),
            Tree::Map(entries) if !has_value(entries) => {}
            Tree::Map(entries) => {
                for entry in entries {
                    let Tree::Scalar(scalar) = &entry.value.node else { continue };
                    match text::tidy(&entry.key).as_str() {
                        "valeur" => self.put(path.to_owned(), scalar),
                        key if BESIDE.contains(&key) => self.put(format!("{path}#{key}"), scalar),
                        _ => {}
                    }
                }
            }
            Tree::List(_) | Tree::Refused => {}
        }
    }

    fn put(&mut self, path: String, scalar: &located::Scalar<'_>) {
        if !scalar::is_missing(&scalar.text, scalar.quoted) {
            self.out.push((path, scalar.text.to_string()));
        }
    }

    fn list(&mut self, path: &str, element: Node, value: &Located<'_>) {
        match &value.node {
            Tree::List(items) => {
                self.out.push((path.to_owned(), items.len().to_string()));
                for (rank, item) in items.iter().enumerate() {
                    let Tree::Map(entries) = &item.node else { continue };
                    let before = format!("{path}[{}].", rank + 1);
                    entries.iter().for_each(|entry| self.key(entry, element, &before));
                }
            }
            Tree::Map(entries) => {
                self.answer(path, value);
                let own = entries.iter().find(|entry| text::tidy(&entry.key) == "valeur");
                if let Some(own) = own.filter(|own| matches!(own.value.node, Tree::List(_))) {
                    self.list(path, element, &own.value);
                }
            }
            Tree::Scalar(_) | Tree::Refused => {}
        }
    }

    /// A period that is written as one; whether it is.
    fn period(&mut self, ends: [Leaf; 2], before: &str, value: &Located<'_>) -> bool {
        let (written, beside) = match &value.node {
            Tree::Scalar(scalar) => (scalar, None),
            Tree::Map(entries) => {
                let own = entries.iter().find(|entry| text::tidy(&entry.key) == "valeur");
                match own.map(|own| &own.value.node) {
                    Some(Tree::Scalar(scalar)) => (scalar, Some(value)),
                    _ => return false,
                }
            }
            Tree::List(_) | Tree::Refused => return false,
        };
        if scalar::is_missing(&written.text, written.quoted) {
            return true;
        }
        let Ok((first, last)) = period::period(&written.text) else { return true };
        let last = last.map_or_else(|| period::GOES_ON.to_owned(), |last| last.to_string());
        for (leaf, day) in ends.into_iter().zip([first.to_string(), last]) {
            let Some(path) = self.path(leaf, before) else { continue };
            if let Some(beside) = beside {
                let known = self.out.len();
                self.answer(&path, beside);
                let mut more = self.out.split_off(known);
                more.retain(|(of, _)| *of != path);
                self.out.append(&mut more);
            }
            self.out.push((path, day));
        }
        true
    }
}

fn has_value(entries: &[Entry<'_>]) -> bool {
    entries.iter().any(|entry| text::tidy(&entry.key) == "valeur")
}

fn is_beside(key: &str) -> bool {
    let key = text::tidy(key);
    key == "valeur" || BESIDE.contains(&key.as_str())
}
