//! From located keys and values to the slots of a policy.
//!
//! Every answer is read against its declaration; all that is wrong is reported in one run, each with
//! its place in the dossier and the declaration in the policy. What depends on other answers (facts
//! asked only under a condition, coherence rules) is for the evaluator to say.

mod beside;
mod complain;
mod own;
mod period;

use std::collections::HashMap;
use std::sync::Arc;

use complain::{found, says_nothing};
use own::own_key;

use super::fault::Fault;
use super::located::{self, Entry, Located, Node as Tree};
use super::mistakes::Mistakes;
use super::paths::{Leaf, Node, Paths};
use super::scalar;
use super::{Answer, Dossier, Given, Rows};
use crate::diagnostic::Diagnostic;
use crate::policy::item::Question;
use crate::policy::{FactId, FieldId, ListId, Policy};
use crate::source::Span;
use crate::text;

/// The keys of the dossier itself, at its top.
pub(super) const OWN_KEYS: [&str; 5] = ["dispositif", "dossier", "examiné le", "lectures", "attendu"];

/// Reads a dossier, or tells everything that is wrong with it.
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

/// Where the `dispositif` of a dossier stands, once the whole file is read.
pub(super) fn identified_at(file: &Arc<crate::source::SourceFile>) -> Result<Option<Span>, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::new(file);
    let root = located::read(file, &mut mistakes);
    if !mistakes.is_empty() {
        return Err(mistakes.finish());
    }
    let Some(Located { node: Tree::Map(entries), .. }) = root else { return Ok(None) };
    let entry = entries.iter().find(|entry| text::tidy(&entry.key) == "dispositif");
    Ok(entry.map(|entry| entry.value.span))
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

/// `examiné le`, where it can be read without a policy.
pub(super) fn examined_on(file: &Arc<crate::source::SourceFile>) -> Option<crate::time::Date> {
    let as_date = |written: &str| super::day::date(written.trim()).ok();
    if let Some((written, _)) = located::value_of(file, "examiné le") {
        return as_date(&written);
    }
    let Some(Located { node: Tree::Map(entries), .. }) = located::read(file, &mut Mistakes::new(file)) else {
        return None;
    };
    entries.iter().find(|entry| text::tidy(&entry.key) == "examiné le").and_then(|entry| {
        match &entry.value.node {
            Tree::Scalar(scalar) => as_date(&scalar.text),
            Tree::List(_) | Tree::Map(_) | Tree::Refused => None,
        }
    })
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
            (None, _) => match self.paths.period(node) {
                Some(ends) => self.period(entry, node, scope, ends),
                None => self.group(entry, node, scope),
            },
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
}

#[derive(Clone, Copy)]
enum Slot {
    Fact(FactId),
    Cell { list: ListId, row: usize, field: FieldId },
}
