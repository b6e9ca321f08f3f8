//! The header: `dispositif` and the clauses under it.

use std::sync::Arc;

use super::{Block, Kind, words};
use crate::source::Span;
use crate::syntax::grammar::Reader;
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{Header, Name, Path, Quote};

/// The header, as far as it could be read.
pub(super) fn read(reader: &Reader<'_>, block: &Block<'_>) -> Option<Header> {
    let (name, title) = reader.policy(block.rest);
    let mut header = name.map(|name| Header {
        id: one_name(name),
        title: title.unwrap_or_else(|| Quote { text: Arc::from(""), span: block.rest }),
        from: None,
        until: None,
        published: None,
        draft: None,
        version_at: None,
        notes: Vec::new(),
        span: block.line.span,
    });
    let mut scrap = scrap_header(block.line.span);
    let target = header.as_mut().unwrap_or(&mut scrap);
    let mut seen: Vec<(Keyword, Span)> = Vec::new();
    for clause in &block.clauses {
        let Kind::Keyword(keyword, at, rest) = clause.kind else {
            words::stray_line(reader, clause, Keyword::Policy);
            continue;
        };
        if !words::in_place(reader, Keyword::Policy, keyword, at) {
            continue;
        }
        if keyword != Keyword::Note && !words::first_time(reader, &mut seen, keyword, at) {
            continue;
        }
        match keyword {
            Keyword::InForce => (target.from, target.until) = reader.in_force(rest),
            Keyword::Published => target.published = reader.published(rest),
            Keyword::Status => target.draft = reader.draft(rest).then_some(clause.line.span),
            Keyword::VersionAt => target.version_at = Some(reader.version_at(rest)),
            Keyword::Note => target.notes.extend(reader.quote(rest)),
            _ => {}
        }
    }
    header
}

/// The identifier as one name, whatever it holds.
fn one_name(path: Path) -> Name {
    Name { text: path.text, span: path.span }
}

/// Where clauses go whose header has no name that could be read.
fn scrap_header(span: Span) -> Header {
    let empty: Arc<str> = Arc::from("");
    Header {
        id: Name { text: Arc::clone(&empty), span },
        title: Quote { text: empty, span },
        from: None,
        until: None,
        published: None,
        draft: None,
        version_at: None,
        notes: Vec::new(),
        span,
    }
}
