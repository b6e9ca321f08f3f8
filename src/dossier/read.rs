//! From located keys and values to the slots of a policy.
//!
//! Every answer is read against its declaration; all that is wrong is reported in one run, each with
//! its place in the dossier and the declaration in the policy. What depends on other answers (facts
//! asked only under a condition, coherence rules) is for the evaluator to say.

use std::collections::HashMap;
use std::sync::Arc;

use super::located::{self, Entry, Located, Node as Tree};
use super::mistakes::Mistakes;
use super::paths::{Leaf, Node, Paths};
use super::scalar::{self, Fault};
use super::{Answer, Dossier, Given, Origin, Place, Retained, Rows, words};
use crate::diagnostic::Diagnostic;
use crate::policy::item::Question;
use crate::policy::{FactId, FieldId, ListId, Policy, ReadingId, Type};
use crate::source::Span;
use crate::text;
use crate::time::Date;
use crate::value::Value;

/// The keys of the dossier itself, at its top.
pub(super) const OWN_KEYS: [&str; 5] = ["dispositif", "dossier", "examiné le", "lectures", "attendu"];
/// The keys beside `valeur`.
const ORIGIN_KEYS: [&str; 5] = ["valeur", "source", "au", "par", "motif"];
/// How many places of one repeated key are shown.
const PLACES_SHOWN: usize = 6;

/// Reads a dossier that granit can read, with whatever mistakes were found on the way.
pub(super) fn read(
    policy: &Policy,
    paths: &Paths,
    file: &Arc<crate::source::SourceFile>,
) -> Result<Dossier, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::new(file);
    let Some(root) = located::read(file, &mut mistakes) else {
        return Err(mistakes.finish());
    };
    let dossier = Dossier::empty(policy, Arc::clone(file));
    let given_lists = vec![None; policy.lists.len()];
    let mut walk =
        Walk { policy, paths, mistakes, dossier, given_lists, repeated: HashMap::new(), in_repeated: false };
    if walk.root(&root) {
        walk.unique_fields();
    }
    if walk.mistakes.is_empty() { Ok(walk.dossier) } else { Err(walk.mistakes.finish()) }
}

/// The `dispositif` of a dossier, before its policy is known.
pub(super) fn identify(file: &Arc<crate::source::SourceFile>) -> Result<Option<String>, Vec<Diagnostic>> {
    // It mostly stands first: there is no need to read on.
    if let Some((written, quoted)) = located::value_of(file, "dispositif") {
        return Ok((!scalar::is_missing(&written, quoted)).then(|| text::tidy(&written)));
    }
    let mut mistakes = Mistakes::new(file);
    let root = located::read(file, &mut mistakes);
    let Some(Located { node: Tree::Map(entries), .. }) = root else {
        return if mistakes.is_empty() { Ok(None) } else { Err(mistakes.finish()) };
    };
    let Some(entry) = entries.iter().find(|e| text::tidy(&e.key) == "dispositif") else {
        return Ok(None);
    };
    match &entry.value.node {
        Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted) => Ok(None),
        Tree::Scalar(s) => Ok(Some(text::tidy(&s.text))),
        Tree::List(_) | Tree::Map(_) | Tree::Refused => {
            mistakes.add(entry.key_span, "", || {
                Diagnostic::error("reponse-inattendue", "dispositif : attendu le nom d'un dispositif")
            });
            Err(mistakes.finish())
        }
    }
}

/// Where keys stand.
#[derive(Clone, Copy)]
enum Scope {
    Dossier,
    Element { list: ListId, row: usize },
}

/// What an answer is given to.
#[derive(Clone, Copy)]
struct Asked<'p> {
    ask: &'p Question,
    name: Named<'p>,
}

/// How an answer is called in a message.
#[derive(Clone, Copy)]
enum Named<'p> {
    Fact(&'p str),
    Cell { list: &'p str, row: usize, field: &'p str },
}

impl std::fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Named::Fact(path) => f.write_str(path),
            Named::Cell { list, row, field } => write!(f, "{list}[{}].{field}", row + 1),
        }
    }
}

struct Walk<'p> {
    policy: &'p Policy,
    paths: &'p Paths,
    mistakes: Mistakes,
    dossier: Dossier,
    /// Where each list was given, known or not.
    given_lists: Vec<Option<Span>>,
    /// By the place of a first answer, the mistake that reports its repetitions.
    repeated: HashMap<u32, usize>,
    /// Within a group that was already reported as repeated.
    in_repeated: bool,
}

/// What was found in place of what was expected.
fn found(value: &Located<'_>) -> String {
    match &value.node {
        Tree::Scalar(s) if s.text.trim().is_empty() => "rien".to_owned(),
        Tree::Scalar(s) => scalar::shown(&s.text),
        Tree::List(_) => "une liste".to_owned(),
        Tree::Map(_) => "un groupe de réponses".to_owned(),
        Tree::Refused => "un renvoi".to_owned(),
    }
}

fn says_nothing(value: &Located<'_>) -> bool {
    matches!(&value.node, Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted))
}

impl<'p> Walk<'p> {
    /// Reads the whole; `false`: this dossier is not of this policy, nothing else was read.
    fn root(&mut self, root: &Located<'_>) -> bool {
        let entries = match &root.node {
            Tree::Map(entries) => entries,
            Tree::Refused => return false,
            Tree::Scalar(_) if says_nothing(root) => return true,
            Tree::Scalar(_) | Tree::List(_) => {
                let message = format!("attendu un dossier ; lu {}", found(root));
                self.mistakes.add(root.span, "", || {
                    Diagnostic::error("dossier-attendu", message).help("écrire des lignes « nom : valeur »")
                });
                return false;
            }
        };
        let of = entries.iter().find(|e| e.key == "dispositif" || text::tidy(&e.key) == "dispositif");
        if let Some(entry) = of
            && !self.is_of_this_policy(entry)
        {
            return false;
        }
        self.keys(entries, Paths::TOP, Scope::Dossier);
        true
    }

    fn is_of_this_policy(&mut self, entry: &Entry<'_>) -> bool {
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

    /// The place to underline: a value that goes over many lines is pointed at by its key.
    fn narrow(&self, value: &Located<'_>, key: Span) -> Span {
        match value.node {
            Tree::Scalar(_) if value.span.is_empty() => key,
            Tree::Scalar(_) | Tree::Refused => value.span,
            Tree::List(_) | Tree::Map(_) => key,
        }
    }

    /// Reads the keys of a mapping that stands at a node.
    fn keys(&mut self, entries: &[Entry<'_>], at: Node, scope: Scope) {
        // A key that groups others gives no answer by itself: where it was first used.
        let mut groups: HashMap<Node, Span> = HashMap::new();
        let mut own: [Option<Span>; OWN_KEYS.len()] = [None; OWN_KEYS.len()];
        let outer = self.in_repeated;
        for entry in entries {
            self.in_repeated = outer;
            if at == Paths::TOP && matches!(scope, Scope::Dossier) {
                if let Some(rank) = own_key(&entry.key) {
                    match own[rank] {
                        Some(first) => self.given_twice(OWN_KEYS[rank], first, entry.key_span),
                        None => {
                            own[rank] = Some(entry.key_span);
                            self.own(rank, entry);
                        }
                    }
                    continue;
                }
                if let Some(name) = text::tidy(&entry.key).strip_prefix("lectures.") {
                    self.reading(name, entry.key_span, &entry.value);
                    continue;
                }
            }
            let Some(node) = self.paths.find(at, &entry.key) else {
                self.unknown(entry, at, scope);
                continue;
            };
            if self.paths.leaf(node).is_none() {
                match groups.get(&node) {
                    Some(first) => {
                        let path = self.shown_path(node, scope);
                        self.given_twice(&path, *first, entry.key_span);
                        self.in_repeated = true;
                    }
                    None => {
                        groups.insert(node, entry.key_span);
                    }
                }
            }
            self.value(entry, node, scope);
        }
        self.in_repeated = outer;
    }

    fn shown_path(&self, node: Node, scope: Scope) -> String {
        match scope {
            Scope::Dossier => self.paths.path(node).to_owned(),
            Scope::Element { list, row } => {
                format!("{}[{}].{}", self.policy.lists[list.index()].path, row + 1, self.paths.path(node))
            }
        }
    }

    fn given_twice(&mut self, path: &str, first: Span, again: Span) {
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

    /// Reads what stands at a node: an answer, a list, a group.
    fn value(&mut self, entry: &Entry<'_>, node: Node, scope: Scope) {
        match (self.paths.leaf(node), scope) {
            (Some(Leaf::List(list)), _) => self.list(list, entry),
            (Some(Leaf::Fact(fact)), _) => {
                let fact_declared = &self.policy.facts[fact.index()];
                let asked = Asked { ask: &fact_declared.ask, name: Named::Fact(&fact_declared.path) };
                self.answer_or_group(entry, node, scope, asked, Slot::Fact(fact));
            }
            (Some(Leaf::Field(field)), Scope::Element { list, row }) => {
                let declared = &self.policy.fields[field.index()];
                let list_path = &self.policy.lists[list.index()].path;
                let asked = Asked {
                    ask: &declared.ask,
                    name: Named::Cell { list: list_path, row, field: &declared.name },
                };
                self.answer_or_group(entry, node, scope, asked, Slot::Cell { list, row, field });
            }
            (Some(Leaf::Field(_)), Scope::Dossier) => {}
            (None, _) => self.group(entry, node, scope),
        }
    }

    fn group(&mut self, entry: &Entry<'_>, node: Node, scope: Scope) {
        match &entry.value.node {
            Tree::Map(entries) => self.keys(entries, node, scope),
            Tree::Refused => {}
            Tree::Scalar(_) if says_nothing(&entry.value) => {}
            Tree::Scalar(_) | Tree::List(_) => {
                let path = self.shown_path(node, scope);
                let names: Vec<&str> = self.paths.names(node).collect();
                let first = names.first().copied().unwrap_or("");
                let message = format!("{path} : attendu un groupe de réponses ; lu {}", found(&entry.value));
                let help = format!("écrire chaque réponse sous son nom, par exemple « {path}.{first} »");
                let (file, declared) = (&self.policy.file, self.paths.declared(node));
                let at = self.narrow(&entry.value, entry.key_span);
                self.mistakes.add(at, "", || {
                    Diagnostic::error("groupe-attendu", message).help(help).at(file, declared, "déclaré ici")
                });
            }
        }
    }

    /// Reads an answer at a name that may also group others.
    fn answer_or_group(&mut self, entry: &Entry<'_>, node: Node, scope: Scope, asked: Asked<'p>, slot: Slot) {
        if let Tree::Map(entries) = &entry.value.node
            && self.paths.is_group(node)
            && !entries.iter().any(|e| text::tidy(&e.key) == "valeur")
        {
            return self.keys(entries, node, scope);
        }
        if let Some(first) = self.slot(slot).place {
            return self.given_twice(&asked.name.to_string(), first.key, entry.key_span);
        }
        let given = self.answer(entry, node, scope, asked);
        *self.slot(slot) = given;
    }

    fn slot(&mut self, slot: Slot) -> &mut Given {
        match slot {
            Slot::Fact(fact) => &mut self.dossier.facts[fact.index()],
            Slot::Cell { list, row, field } => {
                let width = self.policy.lists[list.index()].fields.len();
                let rank = self.policy.fields[field.index()].rank as usize;
                &mut self.dossier.lists[list.index()].get_or_insert_default().cells[row * width + rank]
            }
        }
    }

    fn answer(&mut self, entry: &Entry<'_>, node: Node, scope: Scope, asked: Asked<'p>) -> Given {
        let mut value = &entry.value;
        let mut origin = None;
        if let Tree::Map(entries) = &value.node {
            let beside = self.paths.is_group(node).then_some((node, scope));
            let (inner, read) =
                self.attributed(&asked.name, entry.key_span, entries, beside, asked.ask.ty_span);
            origin = read;
            match inner {
                Some(inner) => value = inner,
                None => return Given::at(Answer::Missing, entry.key_span, value.span, origin),
            }
        }
        let answer = match &value.node {
            Tree::Scalar(s) => match scalar::answer(self.policy, asked.ask, &s.text, s.quoted) {
                Ok(answer) => answer,
                Err(fault) => {
                    self.fault(asked, value, entry.key_span, fault);
                    Answer::Missing
                }
            },
            Tree::Refused => Answer::Missing,
            Tree::List(_) | Tree::Map(_) => {
                let fault = Fault::misplaced(match value.node {
                    Tree::List(_) => "une seule réponse est attendue ici",
                    _ => "aucun nom n'est attendu sous celui-ci",
                });
                self.fault(asked, value, entry.key_span, fault);
                Answer::Missing
            }
        };
        Given::at(answer, entry.key_span, value.span, origin)
    }

    /// `territoire.médecins : attendu un entier, 0 ou plus ; lu « trente-quatre »`.
    fn fault(&mut self, asked: Asked<'p>, value: &Located<'_>, key: Span, fault: Fault) {
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

    /// Reads `{valeur, source, au, par, motif}`: the place of the value, and what stands beside it.
    /// Where the name also groups others (`beside`), the other keys are read as theirs.
    fn attributed<'e, 't>(
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

    fn unknown_beside(&mut self, name: &dyn std::fmt::Display, inner: &Entry<'_>) {
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
    fn free_text(&mut self, name: &dyn std::fmt::Display, entry: &Entry<'_>) -> Option<Arc<str>> {
        let key = text::tidy(&entry.key);
        match &entry.value.node {
            Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted) => None,
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

    fn own_date(&mut self, name: &str, entry: &Entry<'_>) -> Option<Date> {
        let fault = match &entry.value.node {
            Tree::Scalar(s) if scalar::is_missing(&s.text, s.quoted) => return None,
            Tree::Scalar(s) => match scalar::date(s.text.trim()) {
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

    /// Reads one of the dossier's own keys.
    fn own(&mut self, rank: usize, entry: &Entry<'_>) {
        match OWN_KEYS.get(rank).copied() {
            Some("dossier") => self.dossier.name = self.name(entry),
            Some("examiné le") => self.dossier.examined_on = self.own_date("examiné le", entry),
            Some("lectures") => self.readings(entry),
            // `dispositif` was read first; `attendu` is what a case states by hand.
            _ => {}
        }
    }

    fn name(&mut self, entry: &Entry<'_>) -> Option<Arc<str>> {
        match &entry.value.node {
            Tree::List(_) | Tree::Map(_) => {
                let message = format!("dossier : attendu le nom du dossier ; lu {}", found(&entry.value));
                self.mistakes.add(entry.key_span, "", || Diagnostic::error("reponse-inattendue", message));
                None
            }
            Tree::Scalar(_) | Tree::Refused => self.free_text(&"dossier", entry),
        }
    }

    fn readings(&mut self, entry: &Entry<'_>) {
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

    fn reading(&mut self, name: &str, key: Span, value: &Located<'_>) {
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

    /// Reads a list: bare, or `{valeur: […], source: …}`.
    fn list(&mut self, list: ListId, entry: &Entry<'_>) {
        let policy = self.policy;
        let declared = &policy.lists[list.index()];
        if let Some(first) = self.given_lists[list.index()] {
            return self.given_twice(&declared.path, first, entry.key_span);
        }
        self.given_lists[list.index()] = Some(entry.key_span);
        let mut value = &entry.value;
        let mut origin = None;
        if let Tree::Map(entries) = &value.node
            && entries.iter().any(|e| text::tidy(&e.key) == "valeur")
        {
            let (inner, read) =
                self.attributed(&&*declared.path, entry.key_span, entries, None, declared.ty_span);
            origin = read;
            match inner {
                Some(inner) => value = inner,
                None => return,
            }
        }
        match &value.node {
            Tree::List(items) => {
                let width = declared.fields.len();
                self.dossier.lists[list.index()] = Some(Rows {
                    key: entry.key_span,
                    origin,
                    spans: items.iter().map(|item| item.span).collect(),
                    cells: vec![Given::default(); items.len() * width],
                });
                for (row, item) in items.iter().enumerate() {
                    self.element(list, row, item);
                }
            }
            Tree::Refused => {}
            Tree::Scalar(_) if says_nothing(value) => {}
            Tree::Scalar(_) | Tree::Map(_) => {
                let message = format!("{} : attendu une liste ; lu {}", declared.path, found(value));
                self.mistakes.add(self.narrow(value, entry.key_span), "", || {
                    Diagnostic::error("liste-attendue", message)
                        .help("commencer chaque élément par « - » ; écrire [] s'il n'y en a aucun")
                        .at(&policy.file, declared.ty_span, "déclarée ici")
                });
            }
        }
    }

    fn element(&mut self, list: ListId, row: usize, item: &Located<'_>) {
        let policy = self.policy;
        let declared = &policy.lists[list.index()];
        match &item.node {
            Tree::Map(entries) => self.keys(entries, self.paths.element(list), Scope::Element { list, row }),
            Tree::Refused => {}
            Tree::Scalar(_) | Tree::List(_) => {
                let names: Vec<&str> =
                    declared.fields.iter().map(|f| &*policy.fields[f.index()].name).collect();
                let message = format!(
                    "{}[{}] : attendu un élément avec ses réponses ; lu {}",
                    declared.path,
                    row + 1,
                    found(item)
                );
                let example = names.first().copied().unwrap_or("");
                let help = if says_nothing(item) {
                    "écrire {} si rien n'est connu de cet élément, ou le retirer".to_owned()
                } else {
                    format!("écrire « - {example}: … »")
                };
                let at = if item.span.is_empty() { self.before(item.span) } else { item.span };
                self.mistakes.add(at, "", || {
                    Diagnostic::error("element-attendu", message).help(help).at(
                        &policy.file,
                        declared.ty_span,
                        "déclarée ici",
                    )
                });
            }
        }
    }

    /// The sign that stands before a place where nothing stands.
    fn before(&self, place: Span) -> Span {
        let text = self.mistakes.file.text();
        let before = text.get(..place.start as usize).unwrap_or("").trim_end();
        let length = before.chars().next_back().map_or(0, char::len_utf8);
        Span::new(before.len() - length, before.len())
    }

    /// A key that names nothing.
    fn unknown(&mut self, entry: &Entry<'_>, at: Node, scope: Scope) {
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
            if let Some(list) = policy.lists.iter().find(|l| written.starts_with(&format!("{}.", l.path))) {
                return diagnostic
                    .help(format!("écrire les réponses de chaque élément sous « {} », après un « - »", list.path))
                    .at(&policy.file, list.span, "liste déclarée ici");
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
    fn unique_fields(&mut self) {
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

#[derive(Clone, Copy)]
enum Slot {
    Fact(FactId),
    Cell { list: ListId, row: usize, field: FieldId },
}

fn own_key(key: &str) -> Option<usize> {
    OWN_KEYS.iter().position(|own| *own == key).or_else(|| {
        let tidied = text::tidy(key);
        OWN_KEYS.iter().position(|own| *own == tidied)
    })
}

fn origin_key(key: &str) -> Option<usize> {
    let tidied = text::tidy(key);
    ORIGIN_KEYS.iter().position(|own| *own == tidied)
}

/// What was written, without the quotation marks round it.
fn unquoted(written: &str) -> &str {
    let inner = |mark| written.strip_prefix(mark).and_then(|w| w.strip_suffix(mark));
    inner('"').or_else(|| inner('\'')).unwrap_or(written)
}
