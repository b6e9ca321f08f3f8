//! What an amendment takes away and others still use. A name that nothing declares any more reads as other words
//! (« siège dans le département ») : who uses it is read in the text as it would be, had nothing been taken away.

use std::sync::Arc;

use super::compose::Draft;
use super::verify::{Key, at_origin, key};
use super::{Edition, History, lean, say};
use crate::check::{self, Sort};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::{Document, ItemKind, Kind};

/// The greatest number of uses that a message shows.
const PLACES: usize = 8;

/// The code of what is said of an item that is repealed while others use it.
pub(super) const STILL_USED: &str = "abroge-mais-employe";

/// What is wrong with a text, told of what was taken away where that is why: each thing once, with all who use it.
pub(super) fn told(
    history: &History,
    edition: &Edition,
    draft: &Draft<'_>,
    (file, sections): (&Arc<SourceFile>, &lean::Sections),
    found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    if draft.repealed.is_empty() {
        return found;
    }
    let (own, consolidation) = Draft::keeping(history, edition).finish();
    let leaned = sections.iter().map(|(leaned, _)| leaned.clone()).collect();
    let consolidation = check::Consolidation { leaned, ..consolidation };
    let whole = if sections.is_empty() { own } else { lean::joined(&own, sections) };
    let seen = check::seen(&whole, Some(&consolidation));
    let (before, _) = syntax::parse(&whole);
    let mut users: Vec<User> = Vec::new();
    let mut all: Vec<Diagnostic> = Vec::new();
    for (kind, name, by, place) in &draft.repealed {
        let is_it = |rank: &usize| {
            seen.named.get(*rank).is_some_and(|named| named.sort == Sort::Of(*kind) && named.name == *name)
        };
        let mut uses: Vec<(User, Span)> = seen
            .uses
            .iter()
            .filter(|(_, rank)| is_it(rank))
            .filter_map(|(said, _)| Some((user(&before, said.span)?, said.span)))
            .collect();
        uses.retain(|(user, _)| !draft.repealed.iter().any(|(own, called, ..)| user.is(*own, called)));
        let Some(told) = still_used((*kind, name), (&history.texts[*by].file, *place), &whole, &uses) else {
            continue;
        };
        all.push(told);
        users.extend(uses.into_iter().map(|(user, _)| user));
    }
    let no_decision = draft.repealed.iter().find(|(kind, ..)| *kind == Kind::Decision);
    let already: Vec<Key> = match users.is_empty() {
        true => Vec::new(),
        false => {
            let own = check::errors(&whole, Some(&consolidation)).into_iter().map(at_origin);
            own.map(|error| key(&error)).collect()
        }
    };
    let (now, _) = syntax::parse(file);
    for diagnostic in found {
        // What its names no longer stand for is what is wrong with it.
        let first = diagnostic.labels.first().map(|label| label.span);
        let of_user = first.and_then(|span| user(&now, span)).is_some_and(|own| users.contains(&own));
        if diagnostic.is_error() && of_user && !already.contains(&key(&at_origin(diagnostic.clone()))) {
            continue;
        }
        all.push(match no_decision.filter(|_| diagnostic.code == "decision-absente") {
            Some((_, name, by, place)) => diagnostic
                .at(&history.texts[*by].file, *place, "la décision est abrogée ici")
                .help(format!("la remplacer (« remplace décision {name} »), ou en ajouter une autre")),
            None => diagnostic,
        });
    }
    all
}

/// What uses a thing: by its kind and name; nothing of what stands above the first item.
#[derive(Debug, Clone, PartialEq, Eq)]
struct User(Option<(Kind, Arc<str>)>);

impl User {
    fn is(&self, kind: Kind, name: &str) -> bool {
        self.0.as_ref().is_some_and(|(own, called)| *own == kind && **called == *name)
    }

    /// « le critère « seuil » ».
    fn words(&self) -> String {
        match &self.0 {
            Some((kind, name)) => format!("{} « {name} »", say::the(*kind)),
            None => "l'en-tête du texte".to_owned(),
        }
    }
}

/// The item or the fact in which a place stands.
fn user(document: &Document, span: Span) -> Option<User> {
    let inside = |whole: Span| whole.start <= span.start && span.end <= whole.end;
    if document.header.as_ref().is_some_and(|header| inside(header.whole)) {
        return Some(User(None));
    }
    document.items.iter().find_map(|item| match &item.kind {
        ItemKind::Dossier(facts) => {
            let fact = facts.iter().find(|fact| inside(fact.whole))?;
            Some(User(Some((Kind::Fact, Arc::clone(&fact.path.text)))))
        }
        kind if inside(item.whole) => Some(User(Some((kind.kind(), Arc::clone(&item.name.as_ref()?.text))))),
        _ => None,
    })
}

/// A thing that is taken away, and who still uses it.
fn still_used(
    (kind, name): (Kind, &Arc<str>),
    (file, place): (&Arc<SourceFile>, Span),
    whole: &Arc<SourceFile>,
    uses: &[(User, Span)],
) -> Option<Diagnostic> {
    let mut users: Vec<String> = Vec::new();
    for (user, _) in uses {
        let words = user.words();
        if !users.contains(&words) {
            users.push(words);
        }
    }
    let (still, last) = match users.split_last()? {
        (last, []) => ("emploie", last.clone()),
        (last, before) => ("emploient", format!("{} et {last}", before.join(", "))),
    };
    let (what, gone) = (say::the(kind), say::repealed(kind));
    let message = format!("{what} « {name} » est {gone}, et {last} l'{still} encore");
    let mut told = Diagnostic::error(STILL_USED, message).at(file, place, format!("{gone} ici"));
    for (user, span) in uses.iter().take(PLACES) {
        told = told.at(whole, *span, format!("employé ici par {}", user.words()));
    }
    Some(told.help("abroger ou remplacer aussi ce qui l'emploie"))
}
