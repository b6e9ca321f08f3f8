//! The words that start a line, as they are spelled.

use std::sync::LazyLock;

use super::grammar;
use super::keyword::Keyword;
use super::vocabulary::phrases;

/// The words that start a line, every spelling, the shortest first; with the keyword that each is.
pub(super) fn spellings() -> &'static [(String, Keyword)] {
    static HEADS: LazyLock<Vec<(String, Keyword)>> = LazyLock::new(|| {
        let known = |word: String| grammar::head(&word).map(|(keyword, _)| (word, keyword));
        let mut all: Vec<_> = phrases("head").into_iter().filter_map(known).collect();
        all.sort_by_key(|(word, _)| word.len());
        all
    });
    &HEADS
}

/// How many bytes of a line its bullet and its keyword take, with the blank after them.
pub(crate) fn head_length(line: &str) -> usize {
    let rest = line.trim_start();
    let bullet = rest.strip_prefix("- ").map(|after| rest.len() - after.len());
    let start = line.len() - rest.len() + bullet.unwrap_or(0);
    let said = line.get(start..).unwrap_or("");
    let longest = spellings()
        .iter()
        .filter_map(|(head, _)| {
            let rest = said.strip_prefix(head.as_str())?;
            (rest.is_empty() || rest.starts_with(' ')).then_some(head.len() + usize::from(!rest.is_empty()))
        })
        .max();
    start + longest.filter(|_| bullet.is_none()).unwrap_or(0)
}
