//! The dossier's own keys: its policy, its name, its date, the readings that it retains.

use std::sync::Arc;

use super::super::located::{Entry, Located, Node as Tree};
use super::super::{Place, Retained, scalar, words};
use super::complain::{found, says_nothing};
use super::{OWN_KEYS, Walk};
use crate::diagnostic::Diagnostic;
use crate::policy::ReadingId;
use crate::source::Span;
use crate::text;

impl<'p> Walk<'p> {
    pub(super) fn is_of_this_policy(&mut self, entry: &Entry<'_>) -> bool {
        let id = &self.policy.id;
        let same = match &entry.value.node {
            Tree::Scalar(s) => says_nothing(&entry.value) || text::tidy(&s.text) == **id,
            Tree::List(_) | Tree::Map(_) => false,
            Tree::Refused => true,
        };
        if !same {
            let message = format!("dispositif : attendu « {id} » ; lu {}", found(&entry.value));
            self.mistakes.add(
                self.narrow(&entry.value, entry.key_span),
                "le dispositif de ce dossier",
                || {
                    Diagnostic::error("autre-dispositif", message)
                        .help("examiner ce dossier avec son dispositif, ou corriger cette ligne")
                },
            );
        }
        same
    }

    /// Reads one of the dossier's own keys.
    pub(super) fn own(&mut self, rank: usize, entry: &Entry<'_>) {
        match OWN_KEYS.get(rank).copied() {
            Some("dossier") => self.dossier.name = self.name(entry),
            Some("examiné le") => self.dossier.examined_on = self.own_date("examiné le", entry),
            Some("lectures") => self.readings(entry),
            // `dispositif` was read first; `attendu` is what a case states by hand.
            _ => {}
        }
    }

    pub(super) fn name(&mut self, entry: &Entry<'_>) -> Option<Arc<str>> {
        match &entry.value.node {
            Tree::List(_) | Tree::Map(_) => {
                let message = format!("dossier : attendu le nom du dossier ; lu {}", found(&entry.value));
                self.mistakes.add(entry.key_span, "", || Diagnostic::error("reponse-inattendue", message));
                None
            }
            Tree::Scalar(_) | Tree::Refused => self.free_text(&"dossier", entry),
        }
    }

    pub(super) fn readings(&mut self, entry: &Entry<'_>) {
        match &entry.value.node {
            Tree::Map(entries) => {
                for inner in entries {
                    self.reading(&text::tidy(&inner.key), inner.key_span, &inner.value);
                }
            }
            Tree::Refused => {}
            Tree::Scalar(_) if says_nothing(&entry.value) => {}
            Tree::Scalar(_) | Tree::List(_) => {
                let message = format!(
                    "lectures : attendu des lignes « lecture : option » ; lu {}",
                    found(&entry.value)
                );
                self.mistakes.add(self.narrow(&entry.value, entry.key_span), "", || {
                    Diagnostic::error("groupe-attendu", message)
                });
            }
        }
    }

    pub(super) fn reading(&mut self, name: &str, key: Span, value: &Located<'_>) {
        let policy = self.policy;
        let Some((id, reading)) =
            (0..).map(ReadingId).zip(&policy.readings).find(|(_, r)| text::tidy(&r.head.name) == name)
        else {
            let message = format!("lecture inconnue : {}", scalar::shown(name));
            self.mistakes.add(key, "aucune lecture ne porte ce nom", || {
                let diagnostic = Diagnostic::error("lecture-inconnue", message);
                let near = scalar::nearest(name, policy.readings.iter().map(|r| &*r.head.name));
                match near.and_then(|near| policy.readings.iter().find(|r| *r.head.name == *near)) {
                    Some(near) => diagnostic.help(format!("vouliez-vous dire « {} » ?", near.head.name)).at(
                        &policy.file,
                        near.head.span,
                        "déclarée ici",
                    ),
                    None if policy.readings.is_empty() => diagnostic.help("ce dispositif n'a pas de lecture"),
                    None => {
                        let names: Vec<&str> = policy.readings.iter().map(|r| &*r.head.name).collect();
                        diagnostic.help(format!("les lectures de ce dispositif : {}", names.join(", ")))
                    }
                }
            });
            return;
        };
        if let Some(first) = self.dossier.reading(id).and_then(|r| r.place) {
            return self.given_twice(&format!("lectures, « {name} »"), first.key, key);
        }
        let shown = format!("lecture « {} »", reading.head.name);
        let mut inner = value;
        let mut origin = None;
        if let Tree::Map(entries) = &value.node {
            let (found, read) = self.attributed(&shown, key, entries, None, reading.head.span);
            origin = read;
            match found {
                Some(found) => inner = found,
                None => return,
            }
        }
        let options = &policy.choices[reading.choice.index()].options;
        let written = match &inner.node {
            Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted) => return,
            Tree::Scalar(s) => Some(&s.text),
            Tree::Refused => return,
            Tree::List(_) | Tree::Map(_) => None,
        };
        if let Some(option) = written.and_then(|written| scalar::option(options, written)) {
            let place = Some(Place { key, value: inner.span });
            self.dossier.readings[id.index()] = Some(Retained { option, place, origin });
            return;
        }
        let at = self.narrow(inner, key);
        self.mistakes.add(at, "cette option n'existe pas", || {
            let names: Vec<&str> = options.iter().map(|o| &**o).collect();
            let message = format!("{shown} : attendu {} ; lu {}", words::alternatives(&names), found(inner));
            let diagnostic = Diagnostic::error("option-inconnue", message).at(
                &policy.file,
                reading.head.span,
                "déclarée ici",
            );
            match written.and_then(|written| scalar::nearest(written, names.iter().copied())) {
                Some(near) => diagnostic.help(format!("vouliez-vous dire « {near} » ?")),
                None => diagnostic,
            }
        });
    }
}

pub(super) fn own_key(key: &str) -> Option<usize> {
    OWN_KEYS.iter().position(|own| *own == key).or_else(|| {
        let tidied = text::tidy(key);
        OWN_KEYS.iter().position(|own| *own == tidied)
    })
}
