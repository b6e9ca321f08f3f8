//! What an amendment does: `remplace`, `ajoute`, `abroge`, `retient lecture`.

use super::draft::Draft;
use super::{Block, Kind, words};
use crate::source::Span;
use crate::syntax::grammar::Reader;
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{self, Change, ChangeKind, Item, ItemKind, Repeal, Retention, Rewording};

/// The change that a block says, as far as it could be read.
pub(super) fn read(reader: &Reader<'_>, block: &Block<'_>, keyword: Span) -> Option<Change> {
    let whole = whole(block);
    let what = match block.change {
        Some((Keyword::Replaces, _)) => ChangeKind::Replace(item(reader, block)?),
        Some((Keyword::Adds, _)) => ChangeKind::Add(item(reader, block)?),
        Some((Keyword::Rewords, _)) => {
            let (name, from, to) = reader.rewording(block.rest)?;
            let kind = block.subject.and_then(Keyword::kind)?;
            let before = reader.count();
            let draft = Draft::read(reader, block);
            let (citations, notes) = (draft.citations, draft.notes);
            if citations.is_empty() && kind != tree::Kind::Fact && reader.count() == before {
                words::no_source(reader, keyword, name.span);
            }
            ChangeKind::Reword(Rewording { kind, name, from, to, citations, notes })
        }
        Some((Keyword::RetainsReading, _)) => {
            let (reading, option) = reader.retention(block.rest)?;
            let before = reader.count();
            let draft = Draft::read(reader, block);
            let (citations, notes) = (draft.citations, draft.notes);
            if citations.is_empty() && reader.count() == before {
                words::no_source(reader, keyword, reading.span);
            }
            ChangeKind::Retain(Retention { reading, option, citations, notes })
        }
        _ => {
            let before = reader.count();
            let draft = Draft::read(reader, block);
            let kind = block.subject.and_then(Keyword::kind)?;
            let (name, citations, notes) = (draft.name?, draft.citations, draft.notes);
            if citations.is_empty() && reader.count() == before {
                words::no_source(reader, keyword, name.span);
            }
            ChangeKind::Repeal(Repeal { kind, name, citations, notes })
        }
    };
    Some(Change { keyword, whole, what })
}

/// The item that is put in; one whose name could not be read is put nowhere.
fn item(reader: &Reader<'_>, block: &Block<'_>) -> Option<Item> {
    let item = Draft::read(reader, block).finish();
    let named = match &item.kind {
        ItemKind::Dossier(facts) => facts.len() == 1,
        _ => item.name.is_some(),
    };
    named.then_some(item)
}

/// From the first line of a block to the end of its last clause.
pub(super) fn whole(block: &Block<'_>) -> Span {
    let last = block.clauses.iter().rev().find(|clause| clause.kind != Kind::Unknown);
    last.map_or(block.line.span, |clause| block.line.span.to(clause.line.span))
}

/// What is said of a block that has no place in its file: an item that an amendment does not say what
/// to do with, a change outside any amendment. Whether it was said.
pub(super) fn misplaced(reader: &Reader<'_>, block: &Block<'_>, amending: bool) -> bool {
    match (block.change, amending) {
        (Some((_, at)), false) => words::change_outside(reader, at),
        (None, true) if block.keyword != Keyword::Source => {
            words::unsaid_change(reader, block.keyword, block.at)
        }
        _ => return false,
    }
    true
}
