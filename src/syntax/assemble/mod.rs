//! From lines to items.

use std::sync::Arc;

use super::grammar::Reader;
use super::keyword::Keyword;
use super::layout::{Layout, Line, Start};
use super::tree::{Document, Header, Item};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

mod draft;
mod finish;
mod header;
mod value;
mod words;

/// An item's lines: the first one names it.
struct Block<'l> {
    keyword: Keyword,
    /// Where the keyword stands.
    at: Span,
    line: &'l Line,
    /// What stands after the keyword on the first line.
    rest: Span,
    clauses: Vec<Clause<'l>>,
}

/// A line under an item.
struct Clause<'l> {
    line: &'l Line,
    kind: Kind,
}

/// What a line under an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A clause with its keyword; where the keyword stands and what follows it.
    Keyword(Keyword, Span, Span),
    /// A bullet, and what follows its dash.
    Bullet(Span),
    /// A quotation.
    Quotation,
    /// A fact, or a line of a scale.
    Labelled,
    /// What could not be made out, and has been reported.
    Unknown,
}

/// The document that the lines make.
pub(super) fn document(reader: &Reader<'_>, layout: &Layout) -> Document {
    let mut document = Document { file: Arc::clone(reader.file()), header: None, items: Vec::new() };
    let (blocks, orphan) = Blocks { reader, blocks: Vec::new(), orphan: false, scale: false }.read(layout);
    let mut refused = false;
    for block in &blocks {
        match block.keyword {
            Keyword::Policy => policy(reader, block, &mut document.header),
            Keyword::Amendment | Keyword::Amending => {
                if !std::mem::replace(&mut refused, true) {
                    words::amendment(reader, block.at);
                }
            }
            _ => {
                let item: Item = draft::Draft::read(reader, block).finish();
                document.items.push(item);
            }
        }
    }
    let first = blocks.first().map(|block| block.keyword);
    let given = blocks.iter().any(|block| block.keyword == Keyword::Policy);
    if refused || orphan || reader.count() > 0 && first.is_none() {
        return document;
    }
    if !given {
        words::no_header(reader, blocks.first().map(|block| block.at));
    } else if first != Some(Keyword::Policy)
        && let Some(late) = blocks.iter().find(|block| block.keyword == Keyword::Policy)
    {
        words::late_header(reader, late.at);
    }
    document
}

fn policy(reader: &Reader<'_>, block: &Block<'_>, header: &mut Option<Header>) {
    if let Some(first) = header {
        reader.report(
            Diagnostic::error("entete-en-double", "un fichier commence par un seul « dispositif »")
                .at(reader.file(), block.at, "le deuxième")
                .at(reader.file(), first.span, "le premier")
                .help("mettre chaque dispositif dans son fichier"),
        );
        return;
    }
    *header = header::read(reader, block);
}

/// Groups lines into items.
struct Blocks<'r, 'a, 'l> {
    reader: &'r Reader<'a>,
    blocks: Vec<Block<'l>>,
    /// Whether a line before the first item has been reported.
    orphan: bool,
    /// Whether the lines of a scale may follow.
    scale: bool,
}

impl<'l> Blocks<'_, '_, 'l> {
    /// The items, and whether a line stood before the first one.
    fn read(mut self, layout: &'l Layout) -> (Vec<Block<'l>>, bool) {
        for line in layout.lines() {
            self.line(line);
        }
        (self.blocks, self.orphan)
    }

    fn line(&mut self, line: &'l Line) {
        let in_dossier = self.blocks.last().is_some_and(|block| block.keyword == Keyword::Dossier);
        let kind = match line.start {
            Start::Bullet => Kind::Bullet(line.rest),
            Start::Quotation => Kind::Quotation,
            Start::Other if line.labelled && (in_dossier || self.scale) => Kind::Labelled,
            Start::Keyword(..) if line.labelled && in_dossier => Kind::Labelled,
            Start::Keyword(keyword, _)
                if line.labelled
                    && self.scale
                    && !matches!(keyword, Keyword::Concordance | Keyword::Cites | Keyword::Note) =>
            {
                Kind::Labelled
            }
            Start::Keyword(keyword, at) => Kind::Keyword(keyword, at, line.rest),
            Start::Other => self.guess(line),
        };
        self.push(line, kind);
    }

    fn push(&mut self, line: &'l Line, kind: Kind) {
        if let Kind::Keyword(keyword, at, rest) = kind {
            if keyword.starts_item() {
                self.scale = false;
                self.blocks.push(Block { keyword, at, line, rest, clauses: Vec::new() });
                return;
            }
            if matches!(keyword, Keyword::Worth | Keyword::Amount) {
                self.scale = self.reader.file().slice(rest).starts_with("selon");
            }
        }
        match self.blocks.last_mut() {
            Some(block) => block.clauses.push(Clause { line, kind }),
            None => {
                if kind != Kind::Unknown && !self.orphan {
                    words::orphan(self.reader, line.span);
                }
                self.orphan = true;
            }
        }
    }

    /// A line that starts with no keyword: the nearest one is proposed, and taken.
    fn guess(&mut self, line: &Line) -> Kind {
        if self.reader.is_full() {
            return Kind::Unknown;
        }
        let item = self.blocks.last().map(|block| block.keyword);
        if let Some((keyword, at, rest)) = words::misspelt(self.reader, line) {
            return Kind::Keyword(keyword, at, rest);
        }
        if item == Some(Keyword::Dossier) || self.scale {
            // Read as the fact or the band that it most likely is: what it lacks is said there.
            return Kind::Labelled;
        }
        let under = self.blocks.last().and_then(|block| block.clauses.last()).map(|clause| clause.kind);
        words::unknown(self.reader, line, item, under);
        Kind::Unknown
    }
}
