//! What the quick way through a dossier fills: a [`Dossier`], places and origins kept, or a
//! [`Sheet`](super::Sheet), answers alone.

use std::borrow::Cow;
use std::sync::Arc;

use super::usual::Common;
use super::{Answer, Dossier, Given, Origin, Place, Retained, Rows};
use crate::policy::{FactId, ListId, Policy, ReadingId};
use crate::source::Span;
use crate::time::Date;
use crate::value::Value;

/// An answer, read and within its bounds.
pub(super) struct Found<'t> {
    pub(super) answer: What<'t>,
    pub(super) place: Place,
    pub(super) beside: Option<Beside<'t>>,
}

/// What is answered.
pub(super) enum What<'t> {
    Common(Common<'t>),
    Other(Answer),
}

/// What stands beside an answer: `source`, `au`, `par`, `motif`.
#[derive(Default)]
pub(super) struct Beside<'t> {
    pub(super) source: Option<Cow<'t, str>>,
    pub(super) as_of: Option<Date>,
    pub(super) by: Option<Cow<'t, str>>,
    pub(super) reason: Option<Cow<'t, str>>,
}

impl Beside<'_> {
    fn origin(self) -> Option<Box<Origin>> {
        let kept = |text: Option<Cow<'_, str>>| text.map(Arc::from);
        let origin = Origin {
            source: kept(self.source),
            as_of: self.as_of,
            by: kept(self.by),
            reason: kept(self.reason),
        };
        (origin != Origin::default()).then(|| Box::new(origin))
    }
}

/// What a walk through a dossier fills; empty when it begins. `None`: the general reader is to read the
/// dossier.
pub(super) trait Fill {
    /// `dossier: …`.
    fn named(&mut self, name: &str);
    /// `examiné le`.
    fn examined_on(&mut self, date: Date);
    /// Whether a reading is retained already.
    fn retains(&self, reading: ReadingId) -> bool;
    /// A reading that the dossier retains.
    fn retain(&mut self, reading: ReadingId, option: u16, place: Place, beside: Option<Beside<'_>>);
    /// An answer to a fact.
    fn fact(&mut self, fact: FactId, found: Found<'_>) -> Option<()>;
    /// A list, with its key; about as many elements may come.
    fn open_list(&mut self, list: ListId, key: Span, likely: usize) -> Option<()>;
    /// The next element of a list, of which nothing is known yet.
    fn open_element(&mut self, list: ListId) -> Option<()>;
    /// An answer to a field of that element, by rank.
    fn cell(&mut self, list: ListId, rank: u32, found: Found<'_>) -> Option<()>;
    /// Where that element stands.
    fn close_element(&mut self, list: ListId, place: Span) -> Option<()>;
    /// Whether no two elements give one text to a field. Of other values than texts, the general reader
    /// is to say: false.
    fn all_differ(&self, list: ListId, rank: u32) -> bool;
}

/// Fills a dossier of a policy.
pub(super) struct Whole<'p> {
    pub(super) policy: &'p Policy,
    pub(super) dossier: Dossier,
}

impl Whole<'_> {
    fn width(&self, list: ListId) -> usize {
        self.policy.lists[list.index()].fields.len()
    }

    fn rows(&mut self, list: ListId) -> Option<&mut Rows> {
        self.dossier.lists.get_mut(list.index())?.as_mut()
    }
}

impl Fill for Whole<'_> {
    fn named(&mut self, name: &str) {
        self.dossier.name = Some(name.into());
    }

    fn examined_on(&mut self, date: Date) {
        self.dossier.examined_on = Some(date);
    }

    fn retains(&self, reading: ReadingId) -> bool {
        self.dossier.readings[reading.index()].is_some()
    }

    fn retain(&mut self, reading: ReadingId, option: u16, place: Place, beside: Option<Beside<'_>>) {
        let origin = beside.and_then(Beside::origin);
        self.dossier.readings[reading.index()] = Some(Retained { option, place: Some(place), origin });
    }

    fn fact(&mut self, fact: FactId, found: Found<'_>) -> Option<()> {
        *self.dossier.facts.get_mut(fact.index())? = given(found);
        Some(())
    }

    fn open_list(&mut self, list: ListId, key: Span, likely: usize) -> Option<()> {
        let mut rows = Rows { key, ..Rows::default() };
        rows.cells.reserve(likely * self.width(list));
        rows.spans.reserve(likely);
        *self.dossier.lists.get_mut(list.index())? = Some(rows);
        Some(())
    }

    fn open_element(&mut self, list: ListId) -> Option<()> {
        let width = self.width(list);
        let rows = self.rows(list)?;
        rows.cells.resize_with(rows.cells.len() + width, Given::default);
        Some(())
    }

    fn cell(&mut self, list: ListId, rank: u32, found: Found<'_>) -> Option<()> {
        let width = self.width(list);
        let rows = self.rows(list)?;
        let start = rows.cells.len().checked_sub(width)?;
        *rows.cells.get_mut(start + rank as usize)? = given(found);
        Some(())
    }

    fn close_element(&mut self, list: ListId, place: Span) -> Option<()> {
        self.rows(list)?.spans.push(place);
        Some(())
    }

    fn all_differ(&self, list: ListId, rank: u32) -> bool {
        let Some(rows) = self.dossier.lists.get(list.index()).and_then(Option::as_ref) else { return true };
        let mut texts = Vec::with_capacity(rows.spans.len());
        for cells in rows.cells.chunks_exact(self.width(list).max(1)) {
            match cells.get(rank as usize).map(|given| &given.answer) {
                Some(Answer::Known(Value::Text(text))) => texts.push(&*text.folded),
                Some(Answer::Missing) => {}
                Some(Answer::Known(_) | Answer::NotYet) | None => return false,
            }
        }
        differ(texts)
    }
}

/// Whether no two are the same. Sorted rather than hashed: no text can make that slow.
pub(super) fn differ<T: Ord>(mut all: Vec<T>) -> bool {
    if all.is_sorted_by(|a, b| a < b) {
        return true;
    }
    all.sort_unstable();
    all.is_sorted_by(|a, b| a < b)
}

fn given(found: Found<'_>) -> Given {
    let answer = match found.answer {
        What::Common(common) => Answer::Known(common.value()),
        What::Other(answer) => answer,
    };
    Given { answer, place: Some(found.place), origin: found.beside.and_then(Beside::origin) }
}
