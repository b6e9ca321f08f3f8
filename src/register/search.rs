//! Looks for entries, the latest first, so far at a time: a register may be long.

use conforme::pages::register::Search;

use super::Failure;
use super::entry::{Content, Event, Sealed};
use super::store::{Row, Store};

/// The most entries that one search shows.
pub const SHOWN: usize = 50;

/// The most entries that one search goes through, those that it shows among them.
const SEEN: usize = 5_000;

/// The most bytes of contents that one search goes through.
const BYTES: usize = 64 << 20;

/// So many entries are read at once.
const AT_ONCE: usize = 500;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The entries, and whether the content of each is there.
    pub entries: Vec<(Row, Sealed, bool)>,
    /// Where the search goes on: before this entry.
    pub further: Option<i64>,
}

/// Looks among the entries before one.
///
/// # Errors
///
/// The file cannot be read.
pub fn search(store: &Store, wanted: &Search, before: i64) -> Result<Found, Failure> {
    let words: Vec<String> = wanted.words.split_whitespace().map(str::to_lowercase).collect();
    let (mut found, mut last, mut seen, mut bytes) = (Found::default(), before, 0, 0);
    loop {
        let rows = store.rows_before(last, AT_ONCE)?;
        let all = rows.len() < AT_ONCE;
        for row in rows {
            if found.entries.len() >= SHOWN || seen >= SEEN || bytes >= BYTES {
                found.further = Some(last);
                return Ok(found);
            }
            (last, seen) = (row.number, seen + 1);
            let sealed = row.sealed()?;
            if !is_of(wanted, &sealed) {
                continue;
            }
            let content = store.content(row.number)?;
            bytes += content.as_ref().map_or(0, |content| content.dossier.len() + content.answer.len());
            if has(&words, &row, content.as_ref()) {
                found.entries.push((row, sealed, content.is_some()));
            }
        }
        if all {
            return Ok(found);
        }
    }
}

/// Whether what is asked of an entry but words holds.
fn is_of(wanted: &Search, sealed: &Sealed) -> bool {
    let day = sealed.recorded_at.get(..10).unwrap_or_default();
    let within = (wanted.from.is_empty() || day >= wanted.from.as_str())
        && (wanted.to.is_empty() || day <= wanted.to.as_str());
    let same = |wanted: &str, own: &str| wanted.is_empty() || wanted == own;
    let (policy, outcome) = match &sealed.event {
        Event::Decision(decision) => (decision.policy.as_str(), decision.outcome.as_str()),
        Event::Erasure { .. } => ("", ""),
    };
    within && same(wanted.policy.trim(), policy) && same(&wanted.outcome, outcome)
}

/// Whether an entry or its content has all words.
fn has(words: &[String], row: &Row, content: Option<&Content>) -> bool {
    if words.is_empty() {
        return true;
    }
    let mut text = row.text.to_lowercase();
    if let Some(content) = content {
        text.push_str(&content.request.to_lowercase());
        text.push_str(&String::from_utf8_lossy(&content.dossier).to_lowercase());
    }
    words.iter().all(|word| text.contains(word))
}
