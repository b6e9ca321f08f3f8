//! What stands beside a value: `{valeur, source, au, par, motif}`.

use std::sync::Arc;

use super::super::Origin;
use super::super::day;
use super::super::fault::Fault;
use super::super::located::{Entry, Located, Node as Tree};
use super::super::paths::Node;
use super::super::scalar;
use super::complain::found;
use super::{Scope, Walk};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::text;
use crate::time::Date;

/// The keys beside `valeur`.
pub(super) const ORIGIN_KEYS: [&str; 5] = ["valeur", "source", "au", "par", "motif"];

impl<'p> Walk<'p> {
    /// Reads `{valeur, source, au, par, motif}`: the place of the value, and what stands beside it.
    /// Where the name also groups others (`beside`), the other keys are read as theirs.
    pub(super) fn attributed<'e, 't>(
        &mut self,
        name: &dyn std::fmt::Display,
        key: Span,
        entries: &'e [Entry<'t>],
        beside: Option<(Node, Scope)>,
        declared: Span,
    ) -> (Option<&'e Located<'t>>, Option<Box<Origin>>) {
        let mut places: [Option<Span>; ORIGIN_KEYS.len()] = [None; ORIGIN_KEYS.len()];
        let mut value = None;
        let mut origin = Origin::default();
        let has_value = entries.iter().any(|e| text::tidy(&e.key) == "valeur");
        if !has_value {
            let label = "la valeur manque";
            let file = &self.policy.file;
            let message = match entries.first() {
                Some(first) if entries.iter().all(|e| origin_key(&e.key).is_some()) => {
                    format!("{name} : attendu « valeur » à côté de « {} »", text::tidy(&first.key))
                }
                _ => format!("{name} : attendu une réponse ; lu un groupe de réponses"),
            };
            self.mistakes.add(key, label, || {
                Diagnostic::error("valeur-manquante", message)
                    .help("écrire la réponse seule, ou {valeur: …, source: …, au: …, par: …, motif: …}")
                    .at(file, declared, "déclaré ici")
            });
            return (None, None);
        }
        for inner in entries {
            let Some(rank) = origin_key(&inner.key) else {
                match beside {
                    Some((node, scope)) => self.keys(std::slice::from_ref(inner), node, scope),
                    None => self.unknown_beside(name, inner),
                }
                continue;
            };
            if let Some(first) = places[rank] {
                self.given_twice(&format!("{name}, « {} »", ORIGIN_KEYS[rank]), first, inner.key_span);
                continue;
            }
            places[rank] = Some(inner.key_span);
            match rank {
                0 => value = Some(&inner.value),
                1 => origin.source = self.free_text(name, inner),
                2 => origin.as_of = self.own_date(&format!("{name}, « au »"), inner),
                3 => origin.by = self.free_text(name, inner),
                _ => origin.reason = self.free_text(name, inner),
            }
        }
        (value, (origin != Origin::default()).then(|| Box::new(origin)))
    }

    pub(super) fn unknown_beside(&mut self, name: &dyn std::fmt::Display, inner: &Entry<'_>) {
        let key = text::tidy(&inner.key);
        let message = format!("{name} : clé inconnue à côté de « valeur » : {}", scalar::shown(&key));
        self.mistakes.add(inner.key_span, "clé inconnue", || {
            let diagnostic = Diagnostic::error("cle-inconnue", message);
            match scalar::nearest(&key, ORIGIN_KEYS) {
                Some(near) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")),
                None => diagnostic.help("à côté de « valeur » : source, au, par, motif"),
            }
        });
    }

    /// A text that the dossier gives for itself, or beside a value.
    pub(super) fn free_text(&mut self, name: &dyn std::fmt::Display, entry: &Entry<'_>) -> Option<Arc<str>> {
        let key = text::tidy(&entry.key);
        match &entry.value.node {
            Tree::Scalar(s) if scalar::is_blank(&s.text, s.quoted) => None,
            Tree::Scalar(s) => match scalar::plain_text(&s.text) {
                Ok(text) => Some(text.into()),
                Err(fault) => {
                    let message =
                        format!("{name}, « {key} » : attendu un texte ; lu {}", found(&entry.value));
                    self.mistakes
                        .add(entry.value.span, &fault.label, || Diagnostic::error(fault.code, message));
                    None
                }
            },
            Tree::Refused => None,
            Tree::List(_) | Tree::Map(_) => {
                let message = format!("{name}, « {key} » : attendu un texte ; lu {}", found(&entry.value));
                self.mistakes.add(entry.key_span, "", || Diagnostic::error("reponse-inattendue", message));
                None
            }
        }
    }

    pub(super) fn own_date(&mut self, name: &str, entry: &Entry<'_>) -> Option<Date> {
        let fault = match &entry.value.node {
            Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted) => return None,
            Tree::Scalar(s) => match day::date(s.text.trim()) {
                Ok(date) => return Some(date),
                Err(fault) => fault,
            },
            Tree::Refused => return None,
            Tree::List(_) | Tree::Map(_) => Fault::misplaced("une seule date est attendue ici"),
        };
        let message = format!("{name} : attendu une date ; lu {}", found(&entry.value));
        self.mistakes.add(self.narrow(&entry.value, entry.key_span), &fault.label, || {
            let diagnostic = Diagnostic::error(fault.code, message);
            match fault.help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        });
        None
    }
}

pub(super) fn origin_key(key: &str) -> Option<usize> {
    let tidied = text::tidy(key);
    ORIGIN_KEYS.iter().position(|own| *own == tidied)
}
