//! The plan of a text, and what of it folds.

use crate::source::Span;
use crate::syntax::tree::{ChangeKind, Document, FactDecl, Item, ItemKind, Kind};
use crate::syntax::{self, Mark};

/// An entry of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub name: String,
    /// What it is: « critère », « remplace critère ».
    pub what: String,
    /// The kind of thing; none of a text or a group.
    pub kind: Option<Kind>,
    /// All of it.
    pub whole: Span,
    /// Its name.
    pub span: Span,
    /// What stands under it.
    pub inner: Vec<Entry>,
}

/// The plan of a text.
pub fn outline(document: &Document) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Some(header) = &document.header {
        let what = match &header.amendment {
            Some(number) => format!("avenant {}", number.value),
            None if header.common => "texte commun".to_owned(),
            None => "dispositif".to_owned(),
        };
        let name = header.id.text.to_string();
        let (whole, span) = (header.whole, header.id.span);
        entries.push(Entry { name, what, kind: None, whole, span, inner: Vec::new() });
    }
    entries.extend(document.items.iter().map(item));
    entries.extend(document.changes.iter().map(|change| {
        let about = |verb: &str, kind: Kind, name: &str, span: Span| Entry {
            name: name.to_owned(),
            what: format!("{verb} {}", kind.word()),
            kind: Some(kind),
            whole: change.whole,
            span,
            inner: Vec::new(),
        };
        match &change.what {
            ChangeKind::Replace(own) => put_in("remplace", own, change.whole),
            ChangeKind::Add(own) => put_in("ajoute", own, change.whole),
            ChangeKind::Repeal(repeal) => about("abroge", repeal.kind, &repeal.name.text, repeal.name.span),
            ChangeKind::Reword(reword) => about("modifie", reword.kind, &reword.name.text, reword.name.span),
            ChangeKind::Retain(retain) => {
                about("retient", Kind::Reading, &retain.reading.text, retain.reading.span)
            }
        }
    }));
    entries.sort_by_key(|entry| entry.whole);
    entries
}

fn put_in(verb: &str, own: &Item, whole: Span) -> Entry {
    let mut entry = item(own);
    if let [fact] = entry.inner.as_slice()
        && matches!(own.kind, ItemKind::Dossier(_))
    {
        entry = fact.clone();
    }
    Entry { what: format!("{verb} {}", own.kind.kind().word()), whole: whole.to(entry.span), ..entry }
}

fn item(item: &Item) -> Entry {
    let mut inner = Vec::new();
    let (mut what, mut kind) = (item.kind.kind().word(), Some(item.kind.kind()));
    match &item.kind {
        ItemKind::Dossier(facts) => {
            inner = tree(facts);
            (what, kind) = ("dossier", None);
        }
        ItemKind::Columns(columns) => {
            inner = columns
                .names
                .iter()
                .map(|path| leaf(&path.text, "paramètre", path.span, path.span))
                .collect();
        }
        ItemKind::Reading(reading) => {
            let options = reading.options.iter();
            inner = options.map(|o| leaf(&o.name.text, "option", o.name.span, o.name.span)).collect();
        }
        ItemKind::Source(_)
        | ItemKind::Coherence(_)
        | ItemKind::Parameter(..)
        | ItemKind::Definition(_)
        | ItemKind::Criterion { .. }
        | ItemKind::Objective(_)
        | ItemKind::Mission(_)
        | ItemKind::Decision(_)
        | ItemKind::Funding(_)
        | ItemKind::Contribution(_)
        | ItemKind::Result(_)
        | ItemKind::Obligation(_)
        | ItemKind::Sharing(_) => {}
    }
    let (name, span) = match (&item.name, &item.kind) {
        (Some(path), _) => (path.text.to_string(), path.span),
        (None, ItemKind::Columns(columns)) => {
            let names: Vec<&str> = columns.names.iter().map(|path| &*path.text).collect();
            (names.join(", "), item.span)
        }
        (None, _) => (what.to_owned(), item.keyword),
    };
    Entry { name, what: what.to_owned(), kind, whole: item.whole.to(span), span, inner }
}

fn leaf(name: &str, what: &str, whole: Span, span: Span) -> Entry {
    let kind = None;
    Entry {
        name: name.to_owned(),
        what: what.to_owned(),
        kind,
        whole: whole.to(span),
        span,
        inner: Vec::new(),
    }
}

/// Facts, those of an element under their list.
fn tree(facts: &[FactDecl]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for fact in facts {
        let mut entry = leaf(&fact.path.text, "fait", fact.whole, fact.path.span);
        entry.kind = Some(Kind::Fact);
        let list = entries
            .iter_mut()
            .find(|list| fact.path.text.strip_prefix(&*list.name).is_some_and(|rest| rest.starts_with('.')));
        match list {
            Some(list) => {
                list.whole = list.whole.to(entry.whole);
                list.inner.push(entry);
            }
            None => entries.push(entry),
        }
    }
    entries
}

/// What folds: items, facts, quotations and comments of several lines.
pub fn folds(text: &str, document: &Document) -> Vec<(Span, Fold)> {
    fn wholes(entries: &[Entry], into: &mut Vec<(Span, Fold)>) {
        for entry in entries {
            into.push((entry.whole, Fold::Item));
            wholes(&entry.inner, into);
        }
    }
    let mut folds = Vec::new();
    wholes(&outline(document), &mut folds);
    let mut comments: Option<Span> = None;
    for (span, mark) in syntax::marks(text) {
        match mark {
            Mark::Quotation => folds.push((span, Fold::Text)),
            Mark::Keyword => {}
            Mark::Comment => {
                let goes_on = comments.is_some_and(|above| {
                    let between = text.get(above.end as usize..span.start as usize).unwrap_or("x");
                    between.trim().is_empty() && between.matches('\n').count() == 1
                });
                match &mut comments {
                    Some(above) if goes_on => *above = above.to(span),
                    _ => folds.extend(comments.replace(span).map(|above| (above, Fold::Comment))),
                }
            }
        }
    }
    folds.extend(comments.map(|above| (above, Fold::Comment)));
    folds.retain(|(span, _)| text.get(span.range()).is_some_and(|folded| folded.contains('\n')));
    folds.sort_by_key(|(span, _)| *span);
    folds.dedup_by_key(|(span, _)| *span);
    folds
}

/// What is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// An item, a fact.
    Item,
    /// A quotation.
    Text,
    /// Comments that follow one another.
    Comment,
}
