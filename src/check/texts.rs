//! The texts that a file was put together from, and what each is called.

use std::sync::Arc;

use crate::source::Span;
use crate::syntax::tree::Document;

/// What the decision of another text is called, whatever its name there.
pub(super) const DECISION: &str = "décision";

/// The longest title that stands beside what a text gives; a longer one leaves its place to the identifier.
const TITLE: usize = 40;

/// Where the texts start that a file was put together from, after the first one, and what each is called.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(Vec<Leaned>);

#[derive(Debug, Clone)]
struct Leaned {
    start: u32,
    id: Arc<str>,
    /// What people read of it beside a name.
    shown: Arc<str>,
    leans_on: Vec<Arc<str>>,
}

impl Texts {
    /// Those of a document.
    pub fn of(document: &Document) -> Texts {
        // « Barèmes des familles (fiction) » stands between brackets of its own.
        let short = |title: &Arc<str>, id: &Arc<str>| {
            let title = title.split(" (").next().unwrap_or("").trim();
            let fits = !title.is_empty() && title.chars().count() <= TITLE;
            if fits { Arc::from(title) } else { Arc::clone(id) }
        };
        let leaned = document.leaned.iter().map(|header| Leaned {
            start: header.span.start,
            id: Arc::clone(&header.id.text),
            shown: short(&header.title.text, &header.id.text),
            leans_on: header.leans_on.iter().map(|name| Arc::clone(&name.text)).collect(),
        });
        Texts(leaned.collect())
    }

    /// Whether the file holds one text, and no other.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the first of them starts.
    pub fn start(&self) -> Option<u32> {
        self.0.first().map(|leaned| leaned.start)
    }

    /// The text in which a place stands: 0 is the one that leans on the others.
    pub fn at(&self, span: Span) -> usize {
        self.0.partition_point(|leaned| leaned.start <= span.start)
    }

    /// The identifier of one that is leaned on.
    pub fn id(&self, text: usize) -> Option<&Arc<str>> {
        Some(&self.0.get(text.checked_sub(1)?)?.id)
    }

    /// The one of an identifier.
    pub fn called(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|leaned| *leaned.id == *id).map(|rank| rank + 1)
    }

    /// What one that is leaned on says that it leans on.
    pub fn leans(&self, text: usize, on: &str) -> bool {
        let of = text.checked_sub(1).and_then(|rank| self.0.get(rank));
        of.is_some_and(|leaned| leaned.leans_on.iter().any(|id| **id == *on))
    }

    /// What people read of it beside a name.
    pub fn shown(&self, text: usize) -> &str {
        text.checked_sub(1).and_then(|rank| self.0.get(rank)).map_or("", |leaned| &leaned.shown)
    }
}
