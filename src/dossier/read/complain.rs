//! What is said of what is wrong, and where.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::fault::Fault;
use super::super::located::{Entry, Located, Node as Tree};
use super::super::paths::{Node, Paths};
use super::super::scalar;
use super::super::{Answer, words};
use super::beside::ORIGIN_KEYS;
use super::{Asked, OWN_KEYS, Scope, Walk};
use crate::diagnostic::Diagnostic;
use crate::policy::{Policy, Type, called};
use crate::source::Span;
use crate::text;
use crate::value::Value;
use crate::wording::{French, Wording as _};

/// How many places of one repeated key are shown.
const PLACES_SHOWN: usize = 6;

impl<'p> Walk<'p> {
    /// The place to underline: a value that goes over many lines is pointed at by its key.
    pub(super) fn narrow(&self, value: &Located<'_>, key: Span) -> Span {
        match value.node {
            Tree::Scalar(_) if value.span.is_empty() => key,
            Tree::Scalar(_) | Tree::Refused => value.span,
            Tree::List(_) | Tree::Map(_) => key,
        }
    }

    pub(super) fn shown_path(&self, node: Node, scope: Scope) -> String {
        match scope {
            Scope::Dossier => self.paths.path(node).to_owned(),
            Scope::Element { list, row } => {
                format!("{}[{}].{}", self.policy.lists[list.index()].path, row + 1, self.paths.path(node))
            }
        }
    }

    pub(super) fn given_twice(&mut self, path: &str, first: Span, again: Span) {
        if self.in_repeated {
            return;
        }
        if let Some(rank) = self.repeated.get(&first.start) {
            let file = Arc::clone(&self.mistakes.file);
            if let Some(mistake) = self.mistakes.get_mut(*rank)
                && mistake.labels.len() < PLACES_SHOWN
            {
                *mistake = mistake.clone().at(&file, again, "et encore ici");
            }
            return;
        }
        let file = Arc::clone(&self.mistakes.file);
        let rank = self.mistakes.add(again, "donné de nouveau ici", || {
            Diagnostic::error("cle-en-double", format!("{path} : donné plusieurs fois"))
                .at(&file, first, "déjà donné ici")
                .help("n'en garder qu'un")
        });
        self.repeated.insert(first.start, rank);
    }

    /// `territoire.médecins : attendu un entier, 0 ou plus ; lu « trente-quatre »`.
    pub(super) fn fault(&mut self, asked: Asked<'p>, value: &Located<'_>, key: Span, fault: Fault) {
        let at = self.narrow(value, key);
        let policy = self.policy;
        self.mistakes.add(at, &fault.label, || {
            let expected = words::expected(policy, asked.ask);
            let message = format!("{} : attendu {expected} ; lu {}", asked.name, found(value));
            let diagnostic =
                Diagnostic::error(fault.code, message).at(&policy.file, asked.ask.ty_span, "déclaré ici");
            let near = match (asked.ask.ty, &value.node) {
                (Type::Choice(choice), Tree::Scalar(s)) if fault.code == scalar::UNKNOWN_CHOICE => {
                    let options = &policy.choices[choice.index()].options;
                    scalar::nearest(&s.text, options.iter().map(|o| &**o))
                }
                _ => None,
            };
            match (fault.help, near) {
                (Some(help), _) => diagnostic.help(help),
                (None, Some(near)) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")),
                (None, None) => diagnostic,
            }
        });
    }

    /// The sign that stands before a place where nothing stands.
    pub(super) fn before(&self, place: Span) -> Span {
        let text = self.mistakes.file.text();
        let before = text.get(..place.start as usize).unwrap_or("").trim_end();
        let length = before.chars().next_back().map_or(0, char::len_utf8);
        Span::new(before.len() - length, before.len())
    }

    /// A key that names nothing.
    pub(super) fn unknown(&mut self, entry: &Entry<'_>, at: Node, scope: Scope) {
        let (policy, paths) = (self.policy, self.paths);
        let shown_value = says_nothing(&entry.value) && entry.value.span.is_empty();
        self.mistakes.add(entry.key_span, "aucune réponse attendue ne porte ce nom", || {
            let key = text::tidy(&entry.key);
            let written = paths.join(at, &key);
            let (top, prefix) = match scope {
                Scope::Dossier => (Paths::TOP, String::new()),
                Scope::Element { list, row } => {
                    (paths.element(list), format!("{}[{}].", policy.lists[list.index()].path, row + 1))
                }
            };
            let message = format!("clé inconnue : {}", scalar::shown(&format!("{prefix}{written}")));
            let mut diagnostic = Diagnostic::error("cle-inconnue", message);
            if shown_value && key.starts_with(|c: char| c.is_ascii_digit()) {
                return diagnostic.help(
                    "entre « { » et « } », une virgule sépare deux réponses : mettre entre guillemets un nombre à virgule",
                );
            }
            if let Some(repealed) = self::repealed(policy, &written) {
                return diagnostic.help(format!("{repealed} : retirer cette ligne"));
            }
            if let Some(list) = policy.lists.iter().find(|l| written.starts_with(&format!("{}.", l.path))) {
                return diagnostic
                    .help(format!("écrire les réponses de chaque élément sous « {} », après un « - »", list.path))
                    .at(&policy.file, list.span, "liste déclarée ici");
            }
            if let Some((path, span)) = labelled(policy, scope, &written) {
                return diagnostic
                    .help(format!("c'est le libellé de « {path} » : écrire ce nom-là"))
                    .at(&policy.file, span, "déclaré ici");
            }
            let own: &[&str] = match scope {
                Scope::Dossier => &OWN_KEYS,
                Scope::Element { .. } => &[],
            };
            match paths.nearest(top, &written, own) {
                Some((near, declared)) => {
                    diagnostic = diagnostic.help(format!("vouliez-vous dire « {near} » ?"));
                    match declared {
                        Some(span) => diagnostic.at(&policy.file, span, "déclaré ici"),
                        None => diagnostic,
                    }
                }
                None if ORIGIN_KEYS.contains(&key.as_str()) => {
                    diagnostic.help(format!("« {key} » ne se met qu'à côté de « valeur » : {{valeur: …, {key}: …}}"))
                }
                None => diagnostic.help("retirer cette ligne, ou écrire le nom que le dispositif déclare"),
            }
        });
    }

    /// Two elements of a list that give one value to a `unique` field.
    pub(super) fn unique_fields(&mut self) {
        let policy = self.policy;
        for field in policy.fields.iter().filter(|f| f.unique) {
            let list = &policy.lists[field.list.index()];
            let Some(rows) = self.dossier.lists.get(field.list.index()).and_then(Option::as_ref) else {
                continue;
            };
            let mut seen: HashMap<&Value, (usize, Span)> = HashMap::new();
            let mut again = Vec::new();
            for (row, cells) in rows.cells.chunks(list.fields.len().max(1)).enumerate() {
                let Some(given) = cells.get(field.rank as usize) else { continue };
                let (Answer::Known(value), Some(place)) = (&given.answer, given.place) else { continue };
                match seen.get(value) {
                    Some((first, span)) => again.push((*first, *span, row, place.value)),
                    None => {
                        seen.insert(value, (row, place.value));
                    }
                }
            }
            let file = Arc::clone(&self.mistakes.file);
            for (first, first_span, row, span) in again {
                self.mistakes.add(span, "la même valeur ici", || {
                    let written = scalar::shown(unquoted(file.slice(span)));
                    let message = format!(
                        "{}[{}].{} : attendu une valeur que nul autre élément ne donne ; lu {written}",
                        list.path,
                        row + 1,
                        field.name
                    );
                    Diagnostic::error("valeur-en-double", message)
                        .at(&file, first_span, format!("déjà donnée par {}[{}]", list.path, first + 1))
                        .at(&policy.file, field.ask.ty_span, "déclaré ici")
                });
            }
        }
    }
}

/// What was found in place of what was expected.
pub(super) fn found(value: &Located<'_>) -> String {
    match &value.node {
        Tree::Scalar(s) if s.text.trim().is_empty() => "rien".to_owned(),
        Tree::Scalar(s) => scalar::shown(&s.text),
        Tree::List(_) => "une liste".to_owned(),
        Tree::Map(_) => "un groupe de réponses".to_owned(),
        Tree::Refused => "un renvoi".to_owned(),
    }
}

pub(super) fn says_nothing(value: &Located<'_>) -> bool {
    matches!(&value.node, Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted))
}

/// What was written, without the quotation marks round it.
pub(super) fn unquoted(written: &str) -> &str {
    let inner = |mark| written.strip_prefix(mark).and_then(|w| w.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(written)
}

/// The path of the one question whose label a key is, in other words than its name, and where it is declared.
fn labelled(policy: &Policy, scope: Scope, written: &str) -> Option<(String, Span)> {
    let wanted = text::fold(written);
    let is_name =
        |path: &str| [path, path.rsplit('.').next().unwrap_or(path)].map(text::fold).contains(&wanted);
    let is_label = |label: &str, path: &str| text::fold(label) == wanted && !is_name(path);
    let mut found: Vec<(String, Span)> = match scope {
        Scope::Dossier => {
            let facts = policy.facts.iter().filter(|fact| is_label(&fact.label, &fact.path));
            let lists = policy.lists.iter().filter(|list| is_label(&list.label, &list.path));
            let facts = facts.map(|fact| (fact.path.to_string(), fact.ask.ty_span));
            facts.chain(lists.map(|list| (list.path.to_string(), list.span))).collect()
        }
        Scope::Element { list, .. } => {
            let own = policy
                .fields
                .iter()
                .filter(|field| field.list == list && is_label(&field.label, &field.name));
            own.map(|field| (field.name.to_string(), field.ask.ty_span)).collect()
        }
    };
    let only = found.pop()?;
    found.is_empty().then_some(only)
}

/// Which text repealed what answers a key, and since when.
fn repealed(policy: &Policy, written: &str) -> Option<String> {
    let same =
        |path: &str| path.strip_prefix(written).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    // The last word on it is that of the last text.
    let (path, rank) = policy.version.repealed.iter().rev().find(|(path, _)| same(path))?;
    let text = policy.version.texts.get(*rank)?;
    let by = called(text.number);
    let since =
        text.from.map_or_else(String::new, |from| format!(" depuis le {}", French::default().date(from)));
    Some(format!("« {path} » n'est plus demandé{since}, abrogé par {by}"))
}
