//! Items as they were read before: of a text that is read again, only those that changed are read anew. A remedy is tried on
//! the whole text dozens of times, and an editor has it read at every letter.
//!
//! An item says the same wherever it stands: what it comes to rests on its own lines, on how they were cut out, and on the
//! names that the text declares. Of an item in which something is wrong nothing is kept: what is said of it may look at what
//! stands around.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Block, Clause, Kind};
use crate::currency::Currency;
use crate::source::Span;
use crate::syntax::declared::Names;
use crate::syntax::grammar::Reader;
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::{Line, Start};
use crate::syntax::tree::{Item, Spanned};

/// So many sets of names are known at once: a text, and those that it leans on.
const MOST_NAMES: usize = 4;
/// So many bytes of items are kept under the same names, twice: what was not read again for as long is forgotten.
const MOST_BYTES: usize = 1 << 17;

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
    static NUMBERS: Cell<u64> = const { Cell::new(0) };
}

/// The items of texts that declare the same names, by their lines.
struct Known {
    names: Names,
    /// No other has it.
    number: u64,
    lately: HashMap<Box<str>, Kept, RandomState>,
    before: HashMap<Box<str>, Kept, RandomState>,
    /// Of those of `lately`.
    bytes: usize,
}

/// An item as it was read, at the place where it stood.
struct Kept {
    base: u32,
    /// Its lines with names that hold words of the language hidden, where that changes them.
    hidden: Option<Box<str>>,
    keyword: Keyword,
    at: Span,
    rest: Span,
    line: Line,
    clauses: Box<[(Line, Kind)]>,
    item: Item,
    signs: Vec<Spanned<Currency>>,
}

/// Gives the item of a block as it was read before, else as it is read now.
pub(super) fn item(reader: &Reader<'_>, block: &Block<'_>, read: impl FnOnce() -> Item) -> Item {
    let whole = whole(block);
    // What an amendment repeals has a subject of its own.
    if block.subject.is_some() || reader.is_broken(whole) {
        return read();
    }
    if let Some(item) = KNOWN.with_borrow_mut(|known| recall(known, reader, block, whole)) {
        return item;
    }
    let (problems, signs) = (reader.count(), reader.signs().len());
    let item = read();
    if reader.count() == problems && !reader.is_full() {
        KNOWN.with_borrow_mut(|known| keep(known, reader, block, whole, &item, signs));
    }
    item
}

/// From the first sign of an item to the last.
fn whole(block: &Block<'_>) -> Span {
    let start = block.line.span.start.min(block.at.start);
    let last = block.clauses.last().map_or(block.line, |clause| clause.line);
    Span { start, end: last.span.end.max(block.line.span.end) }
}

fn hidden<'t>(reader: &Reader<'t>, whole: Span) -> Option<&'t str> {
    let hidden = reader.slice(whole);
    (hidden != reader.file().slice(whole)).then_some(hidden)
}

fn recall(known: &mut [Known], reader: &Reader<'_>, block: &Block<'_>, whole: Span) -> Option<Item> {
    let known = of(known, reader)?;
    let raw = reader.file().slice(whole);
    if !known.lately.contains_key(raw)
        && let Some((raw, kept)) = known.before.remove_entry(raw)
    {
        known.add(raw, kept);
    }
    let kept = known.lately.get(raw)?;
    let shift = Shift { from: kept.base, to: whole.start };
    if !kept.is(block, shift) || kept.hidden.as_deref() != hidden(reader, whole) {
        return None;
    }
    let mut item = kept.item.clone();
    item.move_spans(&mut |span| shift.of(span));
    let signs = kept.signs.iter().map(|sign| Spanned { value: sign.value, span: shift.of(sign.span) });
    reader.add_signs(signs);
    Some(item)
}

/// The items that were read with the names of a reader: these are compared once, for there are as many as items.
fn of<'k>(known: &'k mut [Known], reader: &Reader<'_>) -> Option<&'k mut Known> {
    let number = reader.kept_under();
    let by_number = number.get().and_then(|number| known.iter().position(|known| known.number == number));
    let by_names = || known.iter().position(|known| known.names == *reader.names());
    let at = by_number.or_else(by_names)?;
    // Those that are read most stand first.
    known[..=at].rotate_right(1);
    let known = known.first_mut()?;
    number.set(Some(known.number));
    Some(known)
}

fn keep(
    known: &mut Vec<Known>,
    reader: &Reader<'_>,
    block: &Block<'_>,
    whole: Span,
    item: &Item,
    signs: usize,
) {
    if of(known, reader).is_none() {
        known.truncate(MOST_NAMES - 1);
        known.insert(0, Known::under(reader.names().clone()));
    }
    let Some(known) = of(known, reader) else { return };
    let clauses = block.clauses.iter().map(|Clause { line, kind }| (**line, *kind));
    let kept = Kept {
        base: whole.start,
        hidden: hidden(reader, whole).map(Into::into),
        keyword: block.keyword,
        at: block.at,
        rest: block.rest,
        line: *block.line,
        clauses: clauses.collect(),
        item: item.clone(),
        signs: reader.signs().get(signs..).unwrap_or_default().to_vec(),
    };
    known.add(reader.file().slice(whole).into(), kept);
}

impl Known {
    fn under(names: Names) -> Known {
        let number = NUMBERS.replace(NUMBERS.get() + 1);
        Known { names, number, lately: HashMap::default(), before: HashMap::default(), bytes: 0 }
    }

    fn add(&mut self, raw: Box<str>, kept: Kept) {
        if self.bytes > MOST_BYTES {
            self.before = std::mem::take(&mut self.lately);
            self.bytes = 0;
        }
        self.bytes += raw.len();
        self.lately.insert(raw, kept);
    }
}

impl Kept {
    /// Whether its lines were cut out as those of a block are.
    fn is(&self, block: &Block<'_>, shift: Shift) -> bool {
        self.keyword == block.keyword
            && shift.of(self.at) == block.at
            && shift.of(self.rest) == block.rest
            && shift.of_line(self.line) == *block.line
            && self.clauses.len() == block.clauses.len()
            && self.clauses.iter().zip(&block.clauses).all(|((line, kind), clause)| {
                shift.of_line(*line) == *clause.line && shift.of_kind(*kind) == clause.kind
            })
    }
}

/// From where an item stood to where it stands.
#[derive(Clone, Copy)]
struct Shift {
    from: u32,
    to: u32,
}

impl Shift {
    /// The place of what stood within the item; what stands for no place stays.
    fn of(self, span: Span) -> Span {
        let to = |at: u32| at - self.from + self.to;
        if span.start < self.from { span } else { Span { start: to(span.start), end: to(span.end) } }
    }

    fn of_line(self, line: Line) -> Line {
        let start = match line.start {
            Start::Keyword(keyword, at) => Start::Keyword(keyword, self.of(at)),
            start @ (Start::Bullet | Start::Quotation | Start::Other) => start,
        };
        Line {
            span: self.of(line.span),
            rest: self.of(line.rest),
            start,
            labelled: line.labelled,
            comment: line.comment.map(|comment| self.of(comment)),
        }
    }

    fn of_kind(self, kind: Kind) -> Kind {
        match kind {
            Kind::Keyword(keyword, at, rest) => Kind::Keyword(keyword, self.of(at), self.of(rest)),
            Kind::Bullet(rest) => Kind::Bullet(self.of(rest)),
            Kind::Labelled(place) => Kind::Labelled(self.of(place)),
            kind @ (Kind::Quotation | Kind::Unknown) => kind,
        }
    }
}
