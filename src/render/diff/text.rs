//! A change of one item, with the passages on both sides.

use super::entry;
use super::kinds::{feminine, subject};
use super::sentence::{detail, is_shown_by_passages, said, tables};
use crate::diff::{Change, Detail, Line, Passage, What};
use crate::render::Lang;
use crate::render::document::{Block, Cell, Tone};

/// What became of an item, in a line.
pub(super) fn headline(change: &Change, lang: Lang) -> String {
    let what = subject(&change.subject, lang);
    let e = if feminine(change.subject.kind) { "e" } else { "" };
    match &change.what {
        What::Added(_) => lang.pick(format!("{what} ajouté{e}"), format!("{what} added")),
        What::Repealed(_) => lang.pick(format!("{what} abrogé{e}"), format!("{what} repealed")),
        What::Renamed(from, _) => lang.pick(
            format!("{what}, renommé{e} : c'était {}", lang.quoted(from)),
            format!("{what}, renamed: it was {}", lang.quoted(from)),
        ),
        What::Changed(_) => what,
    }
}

/// The sentences of a change.
pub(super) fn sentences(change: &Change, lang: Lang) -> Vec<String> {
    match &change.what {
        What::Added(of) | What::Repealed(of) => said(change.subject.kind, of, lang),
        What::Renamed(_, details) | What::Changed(details) => {
            details.iter().map(|one| detail(change.subject.kind, one, lang)).collect()
        }
    }
}

pub(super) fn change(change: &Change, lang: Lang) -> Block {
    let mut blocks = Vec::new();
    match &change.what {
        What::Added(of) | What::Repealed(of) => {
            blocks.extend(said(change.subject.kind, of, lang).into_iter().map(Block::Para));
        }
        What::Renamed(_, details) | What::Changed(details) => {
            for one in details.iter().filter(|one| !is_shown_by_passages(one)) {
                blocks.push(Block::Para(detail(change.subject.kind, one, lang)));
                if let Some((before, after)) = tables(one) {
                    blocks.push(entry(lang.pick("avant", "before").to_owned(), vec![table(before)]));
                    blocks.push(entry(lang.pick("après", "after").to_owned(), vec![table(after)]));
                }
                if let Detail::Derogation { passages, .. } = one {
                    blocks.extend(passages.iter().map(quote));
                }
            }
        }
    }
    passages(change, lang, &mut blocks);
    entry(headline(change, lang), blocks)
}

/// The passages that are gone and those that are new; where none is, those that both texts quote.
fn passages(change: &Change, lang: Lang, blocks: &mut Vec<Block>) {
    let (before, after) = (&change.before, &change.after);
    let gone: Vec<&Passage> = before.iter().filter(|passage| !after.contains(passage)).collect();
    let fresh: Vec<&Passage> = after.iter().filter(|passage| !before.contains(passage)).collect();
    let substance = match &change.what {
        What::Changed(details) => details.iter().any(Detail::is_of_substance),
        What::Added(_) | What::Repealed(_) | What::Renamed(..) => false,
    };
    if gone.is_empty() && fresh.is_empty() {
        if substance && !after.is_empty() {
            let title = lang.pick("les mêmes passages sont cités", "the same passages are quoted").to_owned();
            blocks.push(entry(title, after.iter().map(quote).collect()));
        }
        return;
    }
    for (title, of) in [
        (lang.pick("passage cité avant", "quoted before"), gone),
        (lang.pick("passage cité après", "quoted after"), fresh),
    ] {
        if !of.is_empty() {
            blocks.push(entry(title.to_owned(), of.into_iter().map(quote).collect()));
        }
    }
}

fn quote(passage: &Passage) -> Block {
    Block::Quote { source: passage.source.clone(), passage: passage.quote.clone() }
}

fn table(lines: &[Line]) -> Block {
    let row = |line: &Line| match line.range.as_str() {
        "" => vec![Cell::plain(line.value.clone())],
        range => vec![Cell::toned(range, Tone::Plain), Cell::plain(line.value.clone())],
    };
    Block::Table(lines.iter().map(row).collect())
}
