//! A text cut into parts that amendments move, each with where it comes from.

use std::sync::Arc;

use super::text::Text;
use crate::source::{Piece, SourceFile, Span};
use crate::syntax::tree::{FactDecl, Item, ItemKind, Kind};

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The header, with what stands above it.
    Header,
    /// The line `dossier`, whose facts follow.
    Dossier,
    /// A fact or an item, by its kind and name.
    Thing(Kind, Arc<str>),
    /// What stands after the last item.
    Tail,
}

/// A part of a text.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub role: Role,
    /// The text that it comes from, by rank in the history.
    pub by: usize,
    pub file: Arc<SourceFile>,
    /// Blank lines and comments above it that are not its own: they stay where it goes.
    pub lead: Vec<Piece>,
    /// Its lines, its own comments with them.
    pub body: Vec<Piece>,
    /// In its file, where it says what it is.
    pub place: Span,
    /// Of a reading: the clause `retient` that another one would take the place of, among `body`.
    pub retains: Option<Span>,
}

impl Part {
    pub fn is(&self, kind: Kind, name: &str) -> bool {
        matches!(&self.role, Role::Thing(own, called) if *own == kind && **called == *name)
    }

    pub fn kind(&self) -> Option<Kind> {
        match &self.role {
            Role::Thing(kind, _) => Some(*kind),
            Role::Header | Role::Dossier | Role::Tail => None,
        }
    }
}

/// Where the line ends in which an offset stands, its line end included.
pub(super) fn line_end(file: &SourceFile, at: u32) -> u32 {
    let text = file.text();
    let rest = text.get(at as usize..).unwrap_or("");
    let length = rest.find('\n').map_or(rest.len(), |end| end + 1);
    Span::new(0, at as usize + length).end
}

/// Where the line starts in which an offset stands.
fn line_start(file: &SourceFile, at: u32) -> u32 {
    let before = file.text().get(..at as usize).unwrap_or("");
    Span::new(0, before.rfind('\n').map_or(0, |end| end + 1)).end
}

/// Where the comments start that stand just above an offset's line, not before `floor`.
pub(super) fn comments_start(file: &SourceFile, at: u32, floor: u32) -> u32 {
    let mut start = line_start(file, at).max(floor);
    while start > floor {
        let above = line_start(file, start - 1).max(floor);
        let line = file.slice(Span { start: above, end: start });
        if !line.trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

pub(super) fn piece(file: &Arc<SourceFile>, start: u32, end: u32) -> Piece {
    Piece::Of(Arc::clone(file), Span { start, end: end.max(start) })
}

/// The clause `retient` of a reading, from the start of its first line to the end of its last.
pub(super) fn retained_clause(file: &SourceFile, item: &Item) -> Option<Span> {
    let ItemKind::Reading(reading) = &item.kind else { return None };
    let span = reading.retained.as_ref()?.span;
    Some(Span { start: line_start(file, span.start), end: line_end(file, span.end) })
}

/// Cuts a base text into its parts.
pub(super) fn cut(by: usize, text: &Text) -> Vec<Part> {
    let file = &text.file;
    let header = &text.header;
    let part = |role, lead: (u32, u32), body: Vec<Piece>, place| Part {
        role,
        by,
        file: Arc::clone(file),
        lead: vec![piece(file, lead.0, lead.1)],
        body,
        place,
        retains: None,
    };
    let mut at = line_end(file, header.whole.end);
    let mut parts = vec![part(Role::Header, (0, 0), Vec::new(), header.span)];
    for item in &text.document.items {
        let own = comments_start(file, item.whole.start, at);
        let ItemKind::Dossier(facts) = &item.kind else {
            let end = line_end(file, item.whole.end);
            let name = item.name.as_ref();
            let called = name.map_or_else(|| Arc::from(""), |name| Arc::clone(&name.text));
            let place = name.map_or(item.span, |name| name.span);
            let role = Role::Thing(item.kind.kind(), called);
            let mut made = part(role, (at, own), vec![piece(file, own, end)], place);
            made.retains = retained_clause(file, item);
            parts.push(made);
            at = end;
            continue;
        };
        let end = line_end(file, item.span.end);
        parts.push(part(Role::Dossier, (at, own), vec![piece(file, own, end)], item.span));
        at = end;
        for fact in facts {
            let own = comments_start(file, fact.whole.start, at);
            let end = line_end(file, fact.whole.end);
            let role = Role::Thing(Kind::Fact, Arc::clone(&fact.path.text));
            parts.push(part(role, (at, own), vec![piece(file, own, end)], fact.path.span));
            at = end;
        }
        at = at.max(line_end(file, item.whole.end));
    }
    let length = Span::new(0, file.text().len()).end;
    parts.push(part(Role::Tail, (at, length), Vec::new(), header.span));
    parts
}

/// The part that a change puts in: what follows `ajoute` or `remplace`, with the comments above.
pub(super) fn put_in(by: usize, file: &Arc<SourceFile>, item: &Item, from: Span) -> Part {
    let (role, start, place, end) = match &item.kind {
        ItemKind::Dossier(facts) => {
            let fact: Option<&FactDecl> = facts.first();
            let name = fact.map_or_else(|| Arc::from(""), |fact| Arc::clone(&fact.path.text));
            let span = fact.map_or(item.span, |fact| fact.path.span);
            let end = fact.map_or(item.whole.end, |fact| fact.whole.end);
            (Role::Thing(Kind::Fact, name), span.start, span, end)
        }
        _ => {
            let name = item.name.as_ref();
            let called = name.map_or_else(|| Arc::from(""), |name| Arc::clone(&name.text));
            let place = name.map_or(item.span, |name| name.span);
            (Role::Thing(item.kind.kind(), called), item.keyword.start, place, item.whole.end)
        }
    };
    let own = comments_start(file, from.start, 0);
    let mut body = vec![piece(file, own, line_start(file, from.start))];
    body.push(piece(file, start, line_end(file, end.max(item.whole.end))));
    let retains = retained_clause(file, item);
    Part { role, by, file: Arc::clone(file), lead: Vec::new(), body, place, retains }
}
