//! From lines to items.

use super::grammar::{self, Reader};
use super::keyword::Keyword;
use super::layout::{Layout, Line, Start};
use super::tree::{Document, Header, Item};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

mod change;
mod delay;
mod draft;
mod finish;
mod header;
mod heads;
mod known;
mod meant;
mod sharing;
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
    /// What an amendment does with it, and where it says so.
    change: Option<(Keyword, Span)>,
    /// What a repeal bears on.
    subject: Option<Keyword>,
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
    /// A fact, or a line of a scale, and where it stands.
    Labelled(Span),
    /// What could not be made out, and has been reported.
    Unknown,
}

/// The document that the lines make.
pub(super) fn document(reader: &Reader<'_>, layout: &Layout, composed: bool) -> Document {
    let mut document = Document::empty(reader.file());
    let (blocks, orphan) =
        Blocks { reader, blocks: Vec::new(), orphan: false, scale: false, told: 0 }.read(layout);
    let heads =
        |block: &&Block<'_>| matches!(block.keyword, Keyword::Policy | Keyword::Commons | Keyword::Amendment);
    let amending = blocks.iter().find(heads).is_some_and(|block| block.keyword == Keyword::Amendment);
    // A text that is amended here and there lacks its header: one word is enough.
    let mut outside = false;
    for block in &blocks {
        match block.keyword {
            Keyword::Policy | Keyword::Commons | Keyword::Amendment => {
                // What follows the header of another text is of that text.
                if is_second(reader, block, document.header.as_ref()) {
                    break;
                }
                document.header = header::read(reader, block, composed);
            }
            // What it bears on could not be read, and was reported.
            Keyword::Replaces | Keyword::Adds => outside |= !amending,
            _ if block.change.is_some() && !amending && outside => {}
            _ if change::misplaced(reader, block, amending) => outside |= !amending,
            _ => match block.change {
                Some((_, at)) => document.changes.extend(change::read(reader, block, at)),
                None => {
                    let item: Item =
                        known::item(reader, block, || draft::Draft::read(reader, block).finish());
                    document.items.push(item);
                }
            },
        }
    }
    if !amending {
        reader.check_signs(document.header.as_mut());
    }
    let first = blocks.first();
    if outside || orphan || reader.count() > 0 && first.is_none() {
        return document;
    }
    match blocks.iter().find(heads) {
        None => words::no_header(reader, first.map(|block| block.at)),
        Some(late) if !first.as_ref().is_some_and(heads) => words::late_header(reader, late.at),
        Some(_) => {}
    }
    document
}

/// Whether a header stands after another one, which is reported.
fn is_second(reader: &Reader<'_>, block: &Block<'_>, first: Option<&Header>) -> bool {
    let Some(first) = first else { return false };
    let message = "un fichier commence par un seul « dispositif » ou « avenant »";
    reader.report(
        Diagnostic::error("entete-en-double", message)
            .at(reader.file(), block.at, "le deuxième")
            .at(reader.file(), first.span, "le premier")
            .help("mettre chaque texte dans son fichier"),
    );
    true
}

/// Groups lines into items.
struct Blocks<'r, 'a, 'l> {
    reader: &'r Reader<'a>,
    blocks: Vec<Block<'l>>,
    /// Whether a line before the first item has been reported.
    orphan: bool,
    /// Whether the lines of a scale may follow.
    scale: bool,
    /// To where a list has been reported that is written otherwise.
    told: u32,
}

impl<'l> Blocks<'_, '_, 'l> {
    /// The items, and whether a line stood before the first one.
    fn read(mut self, layout: &'l Layout) -> (Vec<Block<'l>>, bool) {
        let lines: Vec<&Line> = layout.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            self.line(line, lines.get(at + 1..).unwrap_or(&[]));
        }
        (self.blocks, self.orphan)
    }

    fn line(&mut self, line: &'l Line, following: &[&Line]) {
        let in_dossier = self.blocks.last().is_some_and(|block| block.keyword == Keyword::Dossier);
        let amending = self.blocks.first().is_some_and(|block| block.keyword == Keyword::Amendment);
        let under = self.blocks.last().map(|block| block.keyword);
        let kind = match line.start {
            Start::Keyword(keyword, at) if amending && keyword.changes() => {
                Kind::Keyword(keyword, at, line.rest)
            }
            // `retient lecture stricte` under a reading retains an option of that name.
            Start::Keyword(Keyword::RetainsReading, at)
                if under == Some(Keyword::Reading) && !line.labelled =>
            {
                let word = at.start as usize + "retient".len();
                let rest = line.span.start as usize + self.reader.file().slice(line.span).len();
                Kind::Keyword(Keyword::Retains, Span::new(at.start as usize, word), Span::new(word + 1, rest))
            }
            Start::Bullet if self.scale && line.labelled && !in_dossier => {
                if line.span.start >= self.told {
                    self.told = meant::scale_with_dashes(self.reader, line, following);
                }
                Kind::Labelled(line.rest)
            }
            Start::Bullet => Kind::Bullet(line.rest),
            Start::Quotation => Kind::Quotation,
            Start::Other if line.labelled && (in_dossier || self.scale) => Kind::Labelled(line.span),
            Start::Keyword(..) if line.labelled && in_dossier => Kind::Labelled(line.span),
            Start::Keyword(keyword, _)
                if line.labelled
                    && self.scale
                    && !matches!(
                        keyword,
                        Keyword::Concordance
                            | Keyword::Cites
                            | Keyword::Note
                            | Keyword::Unless
                            | Keyword::UnlessFirst
                    ) =>
            {
                Kind::Labelled(line.span)
            }
            // « entre en vigueur le … » shares nothing out.
            Start::Keyword(Keyword::Between, _)
                if self.blocks.last().is_some_and(|block| block.keyword != Keyword::Sharing) =>
            {
                self.guess(line, following)
            }
            Start::Keyword(keyword, at) => Kind::Keyword(keyword, at, line.rest),
            Start::Other => self.guess(line, following),
        };
        self.push(line, kind);
    }

    fn push(&mut self, line: &'l Line, kind: Kind) {
        let item = self.blocks.last().map(|block| block.keyword);
        if let Kind::Keyword(Keyword::Source, at, rest) = kind
            && meant::cited_as_source(self.reader, at, rest, item)
            && let Some(block) = self.blocks.last_mut()
        {
            block.clauses.push(Clause { line, kind: Kind::Unknown });
            return;
        }
        if let Kind::Keyword(keyword, at, rest) = kind {
            if keyword.starts_item() {
                self.scale = false;
                let block = self.block(line, keyword, at, rest);
                self.blocks.push(block);
                return;
            }
            if matches!(keyword, Keyword::Worth | Keyword::Amount) {
                self.scale = self.reader.file().slice(rest).starts_with("selon");
                if !self.scale && meant::scale_in_words(self.reader, rest) {
                    self.scale = true;
                    if let Some(block) = self.blocks.last_mut() {
                        block.clauses.push(Clause { line, kind: Kind::Unknown });
                    }
                    return;
                }
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

    /// What a line starts; a change is read as the item that it bears on.
    fn block(&self, line: &'l Line, keyword: Keyword, at: Span, rest: Span) -> Block<'l> {
        let change = keyword.changes().then_some((keyword, at));
        let block = Block { keyword, at, line, rest, change, subject: None, clauses: Vec::new() };
        if keyword == Keyword::Rewords {
            let words = self.reader.file().slice(at);
            let named = words.find(|c: char| c.is_whitespace()).and_then(|end| words.get(end..));
            let subject = grammar::subject(named.unwrap_or("").trim_start()).map(|(subject, _)| subject);
            return Block { subject, ..block };
        }
        if !matches!(keyword, Keyword::Replaces | Keyword::Adds | Keyword::Repeals) {
            return block;
        }
        let Some((subject, stands)) = grammar::subject(self.reader.file().slice(rest)) else {
            words::no_subject(self.reader, keyword, rest);
            return Block { keyword: Keyword::Adds, ..block };
        };
        let start = rest.start as usize;
        let at = Span::new(start + stands.start, start + stands.end);
        let after = self.reader.file().slice(Span { start: at.end, end: rest.end });
        let skipped = after.len() - after.trim_start().len();
        let rest = Span::new(at.end as usize + skipped, rest.end as usize);
        match (keyword, subject) {
            (Keyword::Repeals, _) => Block { rest, subject: Some(subject), ..block },
            (_, Keyword::Fact) => Block { keyword: Keyword::Dossier, at, rest, ..block },
            _ => Block { keyword: subject, at, rest, ..block },
        }
    }

    /// A line that starts with no keyword: the nearest one is proposed, and taken.
    fn guess(&mut self, line: &Line, following: &[&Line]) -> Kind {
        if self.reader.is_full() {
            return Kind::Unknown;
        }
        let item = self.blocks.last().map(|block| block.keyword);
        let under = self.blocks.last().and_then(|block| block.clauses.last()).map(|clause| clause.kind);
        if let Some(rest) = self.as_bullet(line, following, under) {
            return Kind::Bullet(rest);
        }
        if line.labelled && self.scale_without_verb(item, under) {
            return Kind::Labelled(line.span);
        }
        if meant::otherwise_first(self.reader, line, item)
            || delay::deadline_in_words(self.reader, line, item)
        {
            return Kind::Unknown;
        }
        if let Some(kind) = heads::misspelt(self.reader, line, item) {
            return kind;
        }
        if item == Some(Keyword::Dossier) || self.scale {
            // Read as the fact or the band that it most likely is: what it lacks is said there.
            return Kind::Labelled(line.span);
        }
        if self.facts_without_dossier(line, following, item) {
            return Kind::Labelled(line.span);
        }
        words::unknown(self.reader, line, item, under);
        Kind::Unknown
    }

    /// A fact and its question under a source: what follows is read as the dossier whose line was left out.
    fn facts_without_dossier(&mut self, line: &Line, following: &[&Line], item: Option<Keyword>) -> bool {
        let has_one = self.blocks.iter().any(|block| block.keyword == Keyword::Dossier);
        let asked = following.first().is_some_and(|next| next.start == Start::Quotation);
        let fits = matches!(item, Some(Keyword::Source | Keyword::Policy)) && line.labelled;
        let above = self.blocks.last().map(|block| block.line).filter(|_| fits && asked && !has_one);
        let Some(above) = above else { return false };
        words::no_dossier(self.reader, line.span);
        let start = line.span.start as usize;
        let at = Span::new(start, start);
        let block = self.block(above, Keyword::Dossier, at, at);
        self.blocks.push(block);
        true
    }

    /// `selon X` over the lines of a scale, with no « vaut »: whether it was reported.
    fn scale_without_verb(&mut self, item: Option<Keyword>, under: Option<Kind>) -> bool {
        let verb = match item {
            Some(Keyword::Definition | Keyword::Result) => "vaut",
            Some(Keyword::Funding | Keyword::Contribution) => "montant",
            _ => return false,
        };
        let Some(Kind::Keyword(Keyword::Cites, at, rest)) = under else { return false };
        if self.reader.file().slice(rest).contains([',', '«']) {
            return false;
        }
        words::no_verb(self.reader, at, verb);
        self.scale = true;
        if let Some(last) = self.blocks.last_mut().and_then(|block| block.clauses.last_mut()) {
            last.kind = Kind::Unknown;
        }
        true
    }

    /// A condition of a list that starts with no dash; where its text stands.
    fn as_bullet(&mut self, line: &Line, following: &[&Line], under: Option<Kind>) -> Option<Span> {
        let text = self.reader.file().slice(line.span);
        let mark = meant::bullet_mark(text);
        let open = match under? {
            Kind::Keyword(keyword, _, rest) => {
                // Without a sign of its own it is one only where the list has not begun.
                let bare = self.reader.file().slice(rest).trim_matches([':', ' ', '\u{a0}']).is_empty();
                meant::takes_bullets(keyword) && (bare || mark.is_some())
            }
            Kind::Bullet(_) => mark.is_some() || line.span.start < self.told,
            Kind::Quotation | Kind::Labelled(_) | Kind::Unknown => false,
        };
        let known = mark.is_some() || self.reader.reads_as_bullet(line.span);
        let item = self.blocks.last().map(|block| block.keyword);
        if !open || !known || mark.is_none() && heads::nearly_starts(text, item) {
            return None;
        }
        if line.span.start >= self.told {
            self.told = meant::list_without_dashes(self.reader, line, following);
        }
        let skipped = mark.map_or(0, |mark| {
            let after = text.get(mark..).unwrap_or("");
            mark + after.len() - after.trim_start().len()
        });
        Some(Span::new(line.span.start as usize + skipped, line.span.end as usize))
    }
}
