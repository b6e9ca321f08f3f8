//! Passages of a source, while one is quoted: word for word, from its text.

use super::Proposal;
use crate::editor::colours::Colour;
use crate::editor::desk::Desk;
use crate::review::Sources;
use crate::source::Span;
use crate::syntax;
use crate::syntax::tree::{ChangeKind, ItemKind};
use crate::text;

/// So many passages are proposed.
const MOST: usize = 60;
/// The longest one, in characters.
const LONGEST: usize = 400;

/// The sentences of the source that is being quoted at a place, as it has them; those with the words that are written
/// already, where there are some.
pub fn passages(desk: &Desk, path: &str, offset: u32, sources: Sources<'_>) -> Vec<Proposal> {
    let Some((file, _)) = desk.read(path) else { return Vec::new() };
    let text = file.text();
    let line = syntax::lines(text).into_iter().rev().find(|line| line.start <= offset);
    let Some(line) = line.filter(|line| offset <= line.end + 1) else { return Vec::new() };
    let Some(said) = text.get(line.start as usize..offset as usize) else { return Vec::new() };
    let Some((head, written)) = said.strip_prefix("selon ").and_then(|rest| rest.split_once('«')) else {
        return Vec::new();
    };
    if written.contains('»') {
        return Vec::new();
    }
    let name = text::tidy(head.split(',').next().unwrap_or(head));
    let Some(of_source) = source(desk, path, &name, sources) else { return Vec::new() };
    let wanted = text::plain_letters(written.trim());
    let start = offset as usize - written.trim_start().len();
    let rest = text.get(offset as usize..).unwrap_or("").split('\n').next().unwrap_or("");
    let close = if rest.contains('»') { "" } else { " »" };
    let lead = if written.is_empty() { " " } else { "" };
    sentences(&of_source)
        .into_iter()
        .filter(|sentence| wanted.is_empty() || text::plain_letters(sentence).contains(&wanted))
        .take(MOST)
        .map(|sentence| Proposal {
            label: sentence.clone(),
            detail: name.clone(),
            colour: Colour::Quotation,
            text: format!("{lead}{sentence}{close}"),
            to_say: Vec::new(),
            span: Span::new(start, offset as usize),
        })
        .collect()
}

/// The text of a source, where one of the texts of the same identifier says in which file it is.
fn source(desk: &Desk, path: &str, name: &str, sources: Sources<'_>) -> Option<String> {
    let own = desk.history_of(path).map(|history| history.texts()).unwrap_or_default();
    for text in own {
        let put_in = text.document().changes.iter().filter_map(|change| match &change.what {
            ChangeKind::Replace(item) | ChangeKind::Add(item) => Some(item),
            ChangeKind::Repeal(_) | ChangeKind::Reword(_) | ChangeKind::Retain(_) => None,
        });
        for item in text.document().items.iter().chain(put_in) {
            let is_it = item.name.as_ref().is_some_and(|own| *own.text == *name);
            if let ItemKind::Source(source) = &item.kind
                && is_it
                && let Some(file) = &source.file
            {
                return sources(&text.file, &file.text).ok();
            }
        }
    }
    None
}

/// The sentences of a text, in order; what has guillemets of its own is left out.
fn sentences(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut sentence = String::new();
    let mut end = |sentence: &mut String| {
        let tidy = text::tidy(sentence.trim_matches([' ', '\n', '-', '–', '•', ';']));
        let words = tidy.split(' ').count();
        let fits = words > 2 && tidy.chars().count() <= LONGEST && !tidy.contains(['«', '»', '#']);
        if fits && !found.contains(&tidy) {
            found.push(tidy);
        }
        sentence.clear();
    };
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied();
        match c {
            ';' | '\u{2022}' => end(&mut sentence),
            '.' if next.is_none_or(char::is_whitespace) => {
                sentence.push(c);
                end(&mut sentence);
            }
            '\n' if next == Some('\n') => end(&mut sentence),
            c => sentence.push(c),
        }
    }
    end(&mut sentence);
    found
}
