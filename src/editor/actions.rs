//! What may be done about what is said of a text, each as changes that are made at once.

use super::edits::{Change, between};
use crate::concordance::TO_SAY;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::{ChangeKind, Document, Item, ItemKind};
use std::sync::Arc;

/// Something that may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// How.
    pub change: Change,
    /// Whether nothing else would do: it may be done without a look.
    pub is_sure: bool,
}

/// What may be done about a message: each of its remedies; to a remark of concordance, an answer.
pub fn actions(diagnostic: &Diagnostic, document: Option<&Document>) -> Vec<Action> {
    let remedies = &diagnostic.remedies;
    let mut found: Vec<Action> = remedies
        .iter()
        .map(|remedy| Action {
            title: remedy.label.clone(),
            change: Change::of(&remedy.edits),
            is_sure: remedies.len() == 1,
        })
        .collect();
    found.extend(document.and_then(|document| answer(diagnostic, document)));
    found
}

/// « concordance : motif « … » », under the item that the remark is about; until the author says why, the remark stays.
fn answer(diagnostic: &Diagnostic, document: &Document) -> Option<Action> {
    let answerable = diagnostic.code.starts_with("concordance-")
        && !matches!(diagnostic.code, "concordance-sans-objet" | "concordance-trop-longue");
    let place = diagnostic.labels.first().filter(|_| answerable)?;
    if place.file.name() != document.file.name() {
        return None;
    }
    let item = item_at(document, place.span)?;
    let line = last_line(&document.file, item.whole);
    let end = Span::new(line.end as usize, line.end as usize);
    let text = format!("\n  concordance : motif « {TO_SAY} »");
    Some(Action {
        title: "répondre à cette remarque : « concordance : motif « … » »".to_owned(),
        change: Change::one(document.file.name(), end, text),
        is_sure: false,
    })
}

/// The item in which a place stands; of an amendment, what it puts in.
pub fn item_at(document: &Document, span: Span) -> Option<&Item> {
    let put_in = document.changes.iter().filter_map(|change| match &change.what {
        ChangeKind::Replace(item) | ChangeKind::Add(item) => Some(item),
        ChangeKind::Repeal(_) | ChangeKind::Reword(_) | ChangeKind::Retain(_) => None,
    });
    document
        .items
        .iter()
        .chain(put_in)
        .filter(|item| !matches!(item.kind, ItemKind::Dossier(_)))
        .find(|item| item.whole.start <= span.start && span.start <= item.whole.end)
}

/// The last logical line of an item.
fn last_line(file: &SourceFile, whole: Span) -> Span {
    let inside = |line: &Span| whole.start <= line.start && line.start < whole.end.max(whole.start + 1);
    syntax::lines(file.text()).into_iter().rfind(inside).unwrap_or(whole)
}

/// The changes that lay a text out.
///
/// # Errors
///
/// What keeps it from being laid out.
pub fn format(file: &Arc<SourceFile>) -> Result<Vec<(Span, String)>, Vec<Diagnostic>> {
    let laid_out = syntax::format(file)?;
    Ok(between(file.text(), &laid_out))
}
