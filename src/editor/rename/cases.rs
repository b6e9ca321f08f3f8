//! Names in the dossiers of cases: keys, options, readings that are retained, what is stated and what is to be asked.

use std::collections::BTreeSet;

use super::Renamed;
use crate::check::Sort;
use crate::dossier::{self, Entry, Located, Node};
use crate::editor::edits::Change;
use crate::editor::names::Symbol;
use crate::shelf::Shelf;
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{ItemKind, Kind};
use crate::text;

/// The changes of the cases of the texts that bear the name.
pub(super) fn changes(shelf: &Shelf, concerned: &[&Symbol], what: &Renamed, to: &str, change: &mut Change) {
    let owners = option_owners(shelf, concerned);
    for case in shelf.all_cases().filter(|case| what.ids.contains(&case.policy)) {
        let Some(tree) = dossier::tree(&case.file) else { continue };
        let mut edits = Vec::new();
        let mut walk = Walk { file: &case.file, what, to, concerned, owners: &owners, edits: &mut edits };
        if let Node::Map(entries) = &tree.node {
            for entry in entries {
                walk.top(entry);
            }
        }
        for (span, text) in edits {
            change.add(&case.path, span, text);
        }
    }
}

/// The facts and readings that have an option: what a dossier answers to them may be its name.
fn option_owners(shelf: &Shelf, concerned: &[&Symbol]) -> BTreeSet<String> {
    let mut owners = BTreeSet::new();
    let options: Vec<&&Symbol> = concerned.iter().filter(|symbol| symbol.sort == Sort::Option).collect();
    for text in shelf.histories().iter().flat_map(|history| history.texts()) {
        let declares = |whole: Span| {
            options.iter().flat_map(|option| &option.declared).any(|place| {
                place.file.name() == text.file.name()
                    && whole.start <= place.span.start
                    && place.span.end <= whole.end
            })
        };
        let put_in = text.document().changes.iter().filter_map(|change| match &change.what {
            crate::syntax::tree::ChangeKind::Replace(item) | crate::syntax::tree::ChangeKind::Add(item) => {
                Some(item)
            }
            _ => None,
        });
        for item in text.document().items.iter().chain(put_in) {
            if let ItemKind::Dossier(facts) = &item.kind {
                let own = facts.iter().filter(|fact| declares(fact.whole));
                owners.extend(own.map(|fact| fact.path.text.to_string()));
            } else if declares(item.whole) {
                owners.extend(
                    item.name.as_ref().map(|name| format!("{} {}", item.kind.kind().word(), name.text)),
                );
            }
        }
    }
    owners
}

struct Walk<'w> {
    file: &'w SourceFile,
    what: &'w Renamed,
    to: &'w str,
    concerned: &'w [&'w Symbol],
    owners: &'w BTreeSet<String>,
    edits: &'w mut Vec<(Span, String)>,
}

impl Walk<'_> {
    fn top(&mut self, entry: &Entry<'_>) {
        match &*text::tidy(&entry.key) {
            "dispositif" | "dossier" | "examiné le" => {}
            "lectures" => {
                if let Node::Map(lines) = &entry.value.node {
                    for line in lines {
                        let name = text::tidy(&line.key);
                        if self.bears(Kind::Reading, &name) {
                            self.put(line.key_span, &name, &name);
                        }
                        if self.owners.contains(&format!("lecture {name}")) {
                            self.option(&line.value);
                        }
                    }
                }
            }
            "attendu" => {
                if let Node::Map(lines) = &entry.value.node {
                    lines.iter().for_each(|line| self.stated(line));
                }
            }
            _ => self.answer(entry, &[]),
        }
    }

    /// Whether one of the things that are renamed is of this kind and name.
    fn bears(&self, kind: Kind, name: &str) -> bool {
        self.concerned.iter().any(|symbol| symbol.sort == Sort::Of(kind) && *symbol.name == *name)
            && self.what.sort == Sort::Of(kind)
    }

    /// An answer under its key, which may be written with points.
    fn answer(&mut self, entry: &Entry<'_>, above: &[String]) {
        let mut path = above.to_vec();
        let raw = self.file.slice(entry.key_span);
        let mut at = 0;
        for part in text::tidy(&entry.key).split('.') {
            path.push(part.to_owned());
            let found = raw.get(at..).and_then(|rest| rest.find(part)).map(|start| at + start);
            if let Some(start) = found {
                at = start + part.len();
                if self.what.sort != Sort::Option && self.is_fact() && path == self.what.prefix {
                    let start = entry.key_span.start as usize + start;
                    self.edits.push((Span::new(start, start + part.len()), self.to.to_owned()));
                }
            }
        }
        self.value(&entry.value, &path);
    }

    fn value(&mut self, value: &Located<'_>, path: &[String]) {
        match &value.node {
            Node::Map(entries) => {
                let attributed = entries.iter().any(|entry| text::tidy(&entry.key) == "valeur");
                for entry in entries {
                    match &*text::tidy(&entry.key) {
                        "valeur" => self.value(&entry.value, path),
                        "source" | "au" | "par" | "motif" if attributed => {}
                        _ => self.answer(entry, path),
                    }
                }
            }
            Node::List(elements) => elements.iter().for_each(|element| self.value(element, path)),
            Node::Scalar(_) => {
                if self.owners.contains(&path.join(".")) {
                    self.option(value);
                }
            }
            Node::Refused => {}
        }
    }

    fn is_fact(&self) -> bool {
        self.concerned.iter().any(|symbol| symbol.sort == Sort::Of(Kind::Fact))
    }

    /// The name of an option, as an answer.
    fn option(&mut self, value: &Located<'_>) {
        match &value.node {
            Node::Scalar(written) if text::tidy(&written.text) == self.what.name => {
                self.put(value.span, &self.what.name, &self.what.name);
            }
            Node::Map(entries) => {
                for entry in entries.iter().filter(|entry| text::tidy(&entry.key) == "valeur") {
                    self.option(&entry.value);
                }
            }
            Node::Scalar(_) | Node::List(_) | Node::Refused => {}
        }
    }

    /// A line of what is stated: `critère seuil d'adhésion: rempli`.
    fn stated(&mut self, line: &Entry<'_>) {
        let key = text::tidy(&line.key);
        for kind in Kind::ALL {
            let name = key.strip_prefix(kind.word()).and_then(|rest| rest.strip_prefix(' '));
            if let Some(name) = name.filter(|name| self.bears(kind, name)) {
                self.put(line.key_span, name, name);
            }
        }
        if self.owners.contains(&key) {
            self.option(&line.value);
        }
        if matches!(&*key, "à demander" | "à compléter") && self.is_fact() && self.what.sort != Sort::Option
        {
            let values = match &line.value.node {
                Node::List(values) => values.as_slice(),
                _ => std::slice::from_ref(&line.value),
            };
            values.iter().for_each(|value| self.asked(value));
        }
    }

    /// A fact that is to be asked, by its path: `adhérents[3].exercice`.
    fn asked(&mut self, value: &Located<'_>) {
        let raw = self.file.slice(value.span);
        let mut path: Vec<String> = Vec::new();
        let mut at = 0;
        for piece in raw.split_inclusive(['.', ',']) {
            let bare = piece.trim_end_matches(['.', ',']);
            let name = bare.split('[').next().unwrap_or("").trim_matches([' ', '"', '\'', '-']);
            path.push(text::tidy(name));
            if path == self.what.prefix
                && let Some(start) = piece.find(name)
            {
                let start = value.span.start as usize + at + start;
                self.edits.push((Span::new(start, start + name.len()), self.to.to_owned()));
            }
            if piece.ends_with(',') {
                path.clear();
            }
            at += piece.len();
        }
    }

    /// Puts the new name in the place of the last part of a name, within a span.
    fn put(&mut self, span: Span, name: &str, written: &str) {
        let raw = self.file.slice(span);
        let Some(start) = raw.rfind(written) else { return };
        let old = &self.what.name;
        if name == old || name.ends_with(old.as_str()) {
            let end = span.start as usize + start + written.len();
            self.edits.push((Span::new(end - old.len(), end), self.to.to_owned()));
        }
    }
}
