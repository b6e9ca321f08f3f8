//! The header: `dispositif`, `texte commun` or `avenant`, and the clauses under it.

use std::sync::Arc;

use super::{Block, Kind, change, words};
use crate::source::Span;
use crate::syntax::grammar::Reader;
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{Header, Name, Path, Quote, Scope, Spanned};

/// The header, as far as it could be read.
pub(super) fn read(reader: &Reader<'_>, block: &Block<'_>, composed: bool) -> Option<Header> {
    let amending = block.keyword == Keyword::Amendment;
    let (number, name, title) = match block.keyword {
        Keyword::Amendment => reader.amendment(block.rest),
        _ => {
            let (name, title) = reader.policy(block.rest);
            (None, name, title)
        }
    };
    let empty = Spanned { value: 0, span: block.at };
    let mut header = name.map(|name| Header {
        amendment: amending.then(|| number.unwrap_or(empty)),
        common: block.keyword == Keyword::Commons,
        id: one_name(name),
        title: title.unwrap_or_else(|| Quote { text: Arc::from(""), span: block.rest }),
        whole: change::whole(block),
        ..scrap_header(block.line.span)
    });
    let mut scrap = scrap_header(block.line.span);
    let target = header.as_mut().unwrap_or(&mut scrap);
    let mut seen: Vec<(Keyword, Span)> = Vec::new();
    for clause in &block.clauses {
        let Kind::Keyword(keyword, at, rest) = clause.kind else {
            words::stray_line(reader, clause, block.keyword, &seen);
            continue;
        };
        let scope = matches!(keyword, Keyword::AppliesTo | Keyword::For);
        if !(composed && scope || words::in_place(reader, block.keyword, keyword, at)) {
            continue;
        }
        let repeats =
            matches!(keyword, Keyword::Note | Keyword::Cites | Keyword::LeansOn) || composed && scope;
        if !repeats && !words::first_time(reader, &mut seen, keyword, at) {
            continue;
        }
        match keyword {
            Keyword::InForce => {
                (target.from, target.until) = reader.in_force(rest);
                target.in_force = Some(clause.line.span);
            }
            Keyword::AppliesTo | Keyword::For => {
                target.scopes.push(Scope { condition: reader.scope(rest), span: clause.line.span });
            }
            Keyword::Published => target.published = reader.published(rest),
            Keyword::Currency => target.currency = reader.currency(rest),
            Keyword::Status => target.draft = reader.draft(rest).then_some(clause.line.span),
            Keyword::LeansOn => target.leans_on.extend(reader.leans_on(rest)),
            Keyword::InsteadOf => target.instead_of = reader.instead_of(rest),
            Keyword::VersionAt => target.version_at = Some(reader.version_at(rest)),
            Keyword::Cites => target.citations.extend(reader.citation(clause.line.span, rest)),
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
        amendment: None,
        common: false,
        id: Name { text: Arc::clone(&empty), span },
        title: Quote { text: empty, span },
        from: None,
        until: None,
        published: None,
        currency: None,
        draft: None,
        leans_on: Vec::new(),
        instead_of: None,
        version_at: None,
        scopes: Vec::new(),
        citations: Vec::new(),
        notes: Vec::new(),
        span,
        whole: span,
        in_force: None,
    }
}
