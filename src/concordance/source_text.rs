//! Passages held against the whole text of their source: word for word, but for spaces, line ends, the shape of
//! apostrophes, hyphens that cut a word at a line end, guillemets, and « … » or « [...] », which jump.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::policy::{Citation, Policy};
use crate::source::Span;

/// Fewest words, of three, that a passage must share with what is shown as the nearest.
const NEAR: usize = 3;
/// Longest passage, in words, whose differences are worked out.
const LONGEST: usize = 600;

/// Compares the passages of a policy with the texts of their sources. `read` gives the text of a file, by its
/// path as the policy writes it.
pub fn compare(policy: &Policy, read: &mut dyn FnMut(&str) -> Result<String, Diagnostic>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut texts: Vec<Option<Text>> = Vec::with_capacity(policy.sources.len());
    for source in &policy.sources {
        let (Some(path), Some(span)) = (&source.file, source.file_span) else {
            texts.push(None);
            continue;
        };
        if !stays_below(path) {
            found.push(
                Diagnostic::error("source-hors-dossier", format!("le fichier d'une source est à côté du texte ; lu « {path} »"))
                    .at(&policy.file, span, "chemin absolu, ou qui remonte")
                    .help("le copier dans le répertoire du texte : « dans « sources/loi.txt » »"),
            );
            texts.push(None);
            continue;
        }
        match read(path) {
            Ok(text) => texts.push(Some(Text::of(text))),
            Err(unreadable) => {
                found.push(unreadable.at(&policy.file, span, "le texte de cette source"));
                texts.push(None);
            }
        }
    }
    for citation in citations(policy) {
        let Some(text) = texts.get(citation.source.index()).and_then(Option::as_ref) else { continue };
        let Some(span) = citation.quote_span else { continue };
        let name = &policy.sources[citation.source.index()].name;
        found.extend(absent(policy, text, span, name));
    }
    found.sort_by_key(|diagnostic| diagnostic.labels.first().map(|label| label.span));
    found
}

/// Whether a path is relative and never climbs.
fn stays_below(path: &str) -> bool {
    !path.starts_with(['/', '\\']) && !path.contains(':') && path.split(['/', '\\']).all(|part| part != "..")
}

/// Every `selon` of a policy.
fn citations(policy: &Policy) -> impl Iterator<Item = &Citation> {
    let heads = (policy.coherences.iter().map(|item| &item.head))
        .chain(policy.parameters.iter().map(|item| &item.head))
        .chain(policy.readings.iter().map(|item| &item.head))
        .chain(policy.definitions.iter().map(|item| &item.head))
        .chain(policy.criteria.iter().map(|item| &item.head))
        .chain(policy.objectives.iter().map(|item| &item.head))
        .chain(policy.missions.iter().map(|item| &item.head))
        .chain(std::iter::once(&policy.decision.head))
        .chain(policy.fundings.iter().map(|item| &item.head))
        .chain(policy.obligations.iter().map(|item| &item.head));
    let unless = (policy.criteria.iter().flat_map(|item| &item.unless))
        .chain(policy.fundings.iter().flat_map(|item| &item.unless))
        .chain(policy.obligations.iter().flat_map(|item| &item.unless));
    heads
        .flat_map(|head| &head.citations)
        .chain(unless.flat_map(|unless| &unless.citations))
        .chain(policy.readings.iter().flat_map(|reading| reading.citations.iter().flatten()))
}

/// A word or a sign, as it is compared.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    /// Cut by a hyphen at a line end, which is left out of it.
    cut: bool,
    span: Span,
}

impl Word {
    fn is(&self, other: &Word) -> bool {
        let whole = |word: &Word| word.text.replace('-', "");
        self.text == other.text || ((self.cut || other.cut) && whole(self) == whole(other))
    }

    /// « … », « [...] », « (...) ».
    fn jumps(&self) -> bool {
        self.text == "…"
    }

    fn is_sign(&self) -> bool {
        !self.text.chars().any(char::is_alphanumeric)
    }
}

/// The text of a source.
struct Text {
    text: String,
    words: Vec<Word>,
}

impl Text {
    fn of(text: String) -> Text {
        let words = words(&text, 0);
        Text { text, words }
    }

    /// Where some words stand, at a place or after it.
    fn find(&self, wanted: &[Word], from: usize) -> Option<usize> {
        let first = wanted.first()?;
        (from..self.words.len().saturating_sub(wanted.len() - 1)).find(|at| {
            self.words.get(*at).is_some_and(|word| word.is(first))
                && self.words.iter().skip(*at).zip(wanted).all(|(word, wanted)| word.is(wanted))
        })
    }
}

fn words(text: &str, start: usize) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        if c.is_alphanumeric() {
            let mut word = String::from(c);
            let mut cut = false;
            while let Some((next, c)) = chars.peek().copied() {
                let straight = if matches!(c, '’' | 'ʼ') { '\'' } else { c };
                if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
                    word.push(c);
                } else if straight == '\'' {
                    word.push('\'');
                    end = next + c.len_utf8();
                    chars.next();
                    break;
                } else if matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}') {
                    let after = text.get(next + c.len_utf8()..).unwrap_or("");
                    let rest = after.trim_start();
                    let blank = after.len() - rest.len();
                    let broken = after.get(..blank).unwrap_or("").contains('\n');
                    if !rest.starts_with(char::is_alphanumeric) || (blank > 0 && !broken) {
                        break;
                    }
                    cut |= broken;
                    if !broken && c != '\u{ad}' {
                        word.push('-');
                    }
                    while chars.next_if(|(at, _)| *at < next + c.len_utf8() + blank).is_some() {}
                    end = next + c.len_utf8() + blank;
                    continue;
                } else {
                    break;
                }
                end = next + c.len_utf8();
                chars.next();
            }
            out.push(Word { text: composed(&word).into_owned(), cut, span: Span::new(start + at, start + end) });
        } else if !c.is_whitespace() && !matches!(c, '«' | '»' | '“' | '”' | '"' | '\u{feff}' | '•' | '▪' | '◦' | '\u{200b}') {
            let text = match c {
                '’' | 'ʼ' => "'".to_owned(),
                '–' | '—' | '\u{2010}' | '\u{2011}' => "-".to_owned(),
                c => c.to_string(),
            };
            out.push(Word { text, cut: false, span: Span::new(start + at, start + end) });
        }
    }
    with_jumps(out)
}

/// « ... », « [...] » and « (…) » are one sign.
fn with_jumps(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let dots = out.iter().rev().take(2).filter(|before| before.text == ".").count();
        if word.text == "." && dots == 2 {
            out.truncate(out.len() - 2);
            out.push(Word { text: "…".to_owned(), ..word });
        } else if matches!(word.text.as_str(), "]" | ")")
            && out.last().is_some_and(Word::jumps)
            && out.iter().rev().nth(1).is_some_and(|open| matches!(open.text.as_str(), "[" | "("))
        {
            out.truncate(out.len() - 2);
            out.push(Word { text: "…".to_owned(), ..word });
        } else {
            out.push(word);
        }
    }
    out
}

fn composed(word: &str) -> Cow<'_, str> {
    if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.nfc().collect()) }
}

/// What is said of a passage that the text has not.
fn absent(policy: &Policy, text: &Text, span: Span, source: &str) -> Option<Diagnostic> {
    let quote = policy.file.text().get(span.range())?;
    let mut wanted = words(quote, span.start as usize);
    // A sentence that is cut short ends as its author likes.
    while wanted.last().is_some_and(Word::is_sign) {
        wanted.pop();
    }
    if wanted.is_empty() || text.find(&wanted, 0).is_some() {
        return None;
    }
    let mut from = 0;
    for part in wanted.split(Word::jumps).filter(|part| !part.is_empty()) {
        let trimmed = part.iter().rposition(|word| !word.is_sign()).map_or(part, |last| part.get(..=last).unwrap_or(part));
        match text.find(trimmed, from) {
            Some(at) => from = at + trimmed.len(),
            None => return Some(missing(policy, text, trimmed, span, source)),
        }
    }
    None
}

fn missing(policy: &Policy, text: &Text, wanted: &[Word], span: Span, source: &str) -> Diagnostic {
    let error = |label: Span, said: String| {
        Diagnostic::error("citation-absente", format!("ce passage n'est pas mot pour mot dans « {source} »"))
            .at(&policy.file, label, said)
    };
    let Some((from, to)) = nearest(text, wanted) else {
        return error(span, "aucun passage n'en approche".to_owned())
            .help("vérifier la source de « selon », et le fichier que la source donne après « dans »");
    };
    let near = text.words.get(from..to).unwrap_or_default();
    let shown = match (near.first(), near.last()) {
        (Some(first), Some(last)) => crate::text::tidy(text.text.get(first.span.to(last.span).range()).unwrap_or("")),
        _ => String::new(),
    };
    let written = |words: &[Word]| match (words.first(), words.last()) {
        (Some(first), Some(last)) => crate::text::tidy(text.text.get(first.span.to(last.span).range()).unwrap_or("")),
        _ => String::new(),
    };
    let mut diagnostic = Diagnostic::error("citation-absente", format!("ce passage n'est pas mot pour mot dans « {source} »"));
    for difference in differences(wanted, near).into_iter().take(4) {
        let Difference { here, there } = difference;
        let words = near.get(there.clone()).unwrap_or_default();
        let said = match (here.is_empty(), words.is_empty()) {
            (false, false) => format!("la source écrit « {} »", written(words)),
            (false, true) => "n'est pas dans la source".to_owned(),
            (true, _) => format!("la source écrit ici « {} »", written(words)),
        };
        let place = match (wanted.get(here.start), here.end.checked_sub(1).and_then(|last| wanted.get(last))) {
            (Some(first), Some(last)) if !here.is_empty() => first.span.to(last.span),
            (Some(at), _) => at.span,
            (None, Some(last)) => last.span,
            (None, None) => span,
        };
        diagnostic = diagnostic.at(&policy.file, place, said);
    }
    if diagnostic.labels.is_empty() {
        diagnostic = diagnostic.at(&policy.file, span, "aucun passage n'en approche");
    }
    diagnostic.help(format!("la source écrit : « {shown} »"))
}

/// Where the text comes nearest to some words.
fn nearest(text: &Text, wanted: &[Word]) -> Option<(usize, usize)> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in text.words.iter().enumerate() {
        places.entry(word.text.as_str()).or_default().push(at);
    }
    let mut votes: HashMap<usize, usize> = HashMap::new();
    for (rank, word) in wanted.iter().enumerate() {
        for at in places.get(word.text.as_str()).into_iter().flatten() {
            // A word more or less moves what follows by as much: neighbours are counted together.
            *votes.entry((at + wanted.len() - rank) / 4).or_default() += 1;
        }
    }
    let count = |slot: usize| votes.get(&slot).copied().unwrap_or(0);
    let (slot, shared) = votes
        .keys()
        .map(|slot| (*slot, count(*slot) + count(slot + 1)))
        .max_by_key(|(slot, shared)| (*shared, std::cmp::Reverse(*slot)))?;
    if shared * NEAR < wanted.len() || shared < 2 {
        return None;
    }
    let start = (slot * 4).saturating_sub(wanted.len());
    let window = start.saturating_sub(2)..(start + wanted.len() + 12).min(text.words.len());
    let inside = text.words.get(window.clone())?;
    // The window is drawn in to the words that the passage begins and ends with.
    let pairs = if wanted.len() > LONGEST { Vec::new() } else { aligned(wanted, inside) };
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { return Some((window.start, window.end)) };
    let from = (window.start + first.1).saturating_sub(first.0);
    let to = window.start + last.1 + 1 + (wanted.len() - 1 - last.0);
    Some((from.max(window.start), to.min(text.words.len())))
}

/// Words of the passage that stand otherwise in the text.
struct Difference {
    here: std::ops::Range<usize>,
    there: std::ops::Range<usize>,
}

fn differences(wanted: &[Word], near: &[Word]) -> Vec<Difference> {
    if wanted.len() > LONGEST {
        return Vec::new();
    }
    let mut pairs = aligned(wanted, near);
    pairs.push((wanted.len(), near.len()));
    let (mut here, mut there) = (0, 0);
    let mut out = Vec::new();
    for (a, b) in pairs {
        if a > here || b > there {
            out.push(Difference { here: here..a, there: there..b });
        }
        here = a + 1;
        there = b + 1;
    }
    out
}

/// The longest words in common, in order: ranks on both sides.
fn aligned(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut best = vec![0u32; (a.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let get = |best: &[u32], i: usize, j: usize| best.get(at(i, j)).copied().unwrap_or(0);
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let value = if x.is(y) {
                get(&best, i + 1, j + 1) + 1
            } else {
                get(&best, i + 1, j).max(get(&best, i, j + 1))
            };
            if let Some(slot) = best.get_mut(at(i, j)) {
                *slot = value;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.is(y) {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if get(&best, i + 1, j) >= get(&best, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}
