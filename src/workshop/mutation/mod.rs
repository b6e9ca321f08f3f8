//! Small changes to a policy, to see which of them the cases notice.
//!
//! `text ──changes──▶ mutants ──trial, on the cases──▶ refused, noticed or unseen ──a witness──▶ told`
//!
//! A change is made in the text, at the places of the syntax tree, so that it can be told and shown. A
//! mutant that `check` refuses could never be in force: it is put aside. One that no case notices is told
//! with a dossier that tells both apart, found among those that stand at every bound (see
//! [`crate::probe`]); that none was found is no proof that the two say the same.

mod changes;
mod hunt;
pub mod json;
mod literal;
mod same;
pub mod text;
mod trial;
mod walk;

use std::sync::Arc;

pub use changes::mutations;
pub use trial::{Bench, Effort, Fate, Witness, Witnesses};

use crate::render::words::one_line;
use crate::source::{Piece, SourceFile, Span};

/// A change to a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutation {
    /// The item that is changed: `critère seuil d'adhésion`.
    pub item: String,
    /// The file in which its author finds it: that of an amendment, where one says it.
    pub file: String,
    /// The line of that file at which it is changed.
    pub line: u32,
    /// What is written there.
    pub before: String,
    /// What would be; empty where it is taken out.
    pub after: String,
    edits: Vec<(Span, String)>,
}

impl Mutation {
    fn new(file: &Arc<SourceFile>, item: &str, edits: Vec<(Span, String)>) -> Option<Mutation> {
        let mut edits = edits;
        edits.sort_by_key(|(span, _)| *span);
        let (first, last) = (edits.first()?.0, edits.last()?.0);
        let text = file.text();
        let start = text.get(..first.start as usize)?.rfind('\n').map_or(0, |end| end + 1);
        // An edit that takes whole lines out ends after their line end.
        let last_end = (last.end as usize).max(start);
        let end = if text.get(..last_end)?.ends_with('\n') {
            last_end
        } else {
            text.get(last_end..)?.find('\n').map_or(text.len(), |end| last_end + end)
        };
        let after = applied(text.get(start..end)?, &edits, start)?;
        let (own, place) = file.origin(first);
        Some(Mutation {
            item: item.to_owned(),
            file: own.name().to_owned(),
            line: own.position(place.start).line,
            before: one_line(text.get(start..end)?),
            after: one_line(&after),
            edits,
        })
    }

    /// The policy so changed.
    pub fn apply(&self, file: &Arc<SourceFile>) -> Option<Arc<SourceFile>> {
        if !file.is_composed() {
            return Some(SourceFile::new(file.called(), applied(file.text(), &self.edits, 0)?));
        }
        // What was put together stays so: its header says what that of no file may say.
        let (mut pieces, mut at) = (Vec::new(), 0);
        for (span, new) in &self.edits {
            pieces.push(Piece::Of(Arc::clone(file), Span::new(at, span.start as usize)));
            pieces.push(Piece::Words(new.clone(), Arc::clone(file), *span));
            at = span.end as usize;
        }
        pieces.push(Piece::Of(Arc::clone(file), Span::new(at, file.text().len())));
        Some(SourceFile::composed(file.called(), pieces))
    }
}

/// A passage that starts at `from` with its edits made.
fn applied(passage: &str, edits: &[(Span, String)], from: usize) -> Option<String> {
    let mut out = String::with_capacity(passage.len());
    let mut at = 0;
    for (span, new) in edits {
        let (start, end) = ((span.start as usize).checked_sub(from)?, (span.end as usize).checked_sub(from)?);
        out.push_str(passage.get(at..start)?);
        out.push_str(new);
        at = end;
    }
    out.push_str(passage.get(at..)?);
    Some(out)
}
