//! Passages held against the whole text of their source: word for word, but for spaces, line ends, the shape of
//! apostrophes, hyphens that cut a word at a line end, guillemets, and « … » or « [...] », which jump.

mod place;

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::policy::{Citation, Policy};
use crate::source::{SourceFile, Span};

/// Fewest words, of three, that a passage must share with what is shown as the nearest.
const NEAR: usize = 3;
/// Longest passage, in words, whose differences are worked out.
const LONGEST: usize = 600;

/// Gives the text of a source's file, by the file that declares the source and the path that it writes.
pub type Read<'r> = &'r mut dyn FnMut(&SourceFile, &str) -> Result<String, Diagnostic>;

/// Compares the passages of a policy with the texts of their sources.
pub fn compare(policy: &Policy, read: Read<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut texts: Vec<Option<Text>> = Vec::with_capacity(policy.sources.len());
    for source in &policy.sources {
        let (Some(path), Some(span)) = (&source.file, source.file_span) else {
            texts.push(None);
            continue;
        };
        if !stays_below(path) {
            found.push(
                Diagnostic::error(
                    "source-hors-dossier",
                    format!("le fichier d'une source est à côté du texte ; lu « {path} »"),
                )
                .at(&policy.file, span, "chemin absolu, ou qui remonte")
                .help("le copier dans le répertoire du texte : « dans « sources/loi.txt » »"),
            );
            texts.push(None);
            continue;
        }
        match read(policy.file.origin(span).0, path) {
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
        let absent = absent(policy, text, span, name);
        if absent.is_none() {
            found.extend(place::elsewhere(policy, text, citation));
        }
        found.extend(absent);
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
        // What a result quotes stands with it, not again under the name that others read it by.
        .chain(policy.definitions.iter().filter(|item| !item.result).map(|item| &item.head))
        .chain(policy.criteria.iter().map(|item| &item.head))
        .chain(policy.objectives.iter().map(|item| &item.head))
        .chain(policy.missions.iter().map(|item| &item.head))
        .chain(std::iter::once(&policy.decision.head))
        .chain(policy.fundings.iter().map(|item| &item.head))
        .chain(policy.obligations.iter().map(|item| &item.head));
    let unless = (policy.criteria.iter().flat_map(|item| &item.unless))
        .chain(policy.fundings.iter().flat_map(|item| &item.unless))
        .chain(policy.obligations.iter().flat_map(|item| &item.unless));
    (policy.citations.iter())
        .chain(heads.flat_map(|head| &head.citations))
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
            out.push(Word {
                text: composed(&word).into_owned(),
                cut,
                span: Span::new(start + at, start + end),
            });
        } else if !c.is_whitespace()
            && !matches!(c, '«' | '»' | '“' | '”' | '"' | '\u{feff}' | '•' | '▪' | '◦' | '\u{200b}')
        {
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
        let third_dot =
            word.text == "." && out.iter().rev().take(2).filter(|before| before.text == ".").count() == 2;
        let closes = matches!(word.text.as_str(), "]" | ")")
            && out.last().is_some_and(Word::jumps)
            && out.iter().rev().nth(1).is_some_and(|open| matches!(open.text.as_str(), "[" | "("));
        if third_dot || closes {
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
        let trimmed = part
            .iter()
            .rposition(|word| !word.is_sign())
            .map_or(part, |last| part.get(..=last).unwrap_or(part));
        match text.find(trimmed, from) {
            Some(at) => from = at + trimmed.len(),
            None if text.find(trimmed, 0).is_some() => return Some(before(policy, trimmed, span, source)),
            None => return Some(missing(policy, text, trimmed, span, source)),
        }
    }
    None
}

/// What is quoted after « … » stands before, in the source.
fn before(policy: &Policy, part: &[Word], span: Span, source: &str) -> Diagnostic {
    let place = match (part.first(), part.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => span,
    };
    Diagnostic::error("citation-absente", format!("ces passages ne se suivent pas ainsi dans « {source} »"))
        .at(&policy.file, place, "vient avant, dans la source")
        .help("citer les passages dans l'ordre de la source, ou les séparer en deux « selon »")
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
    let to = grown(text, to, wanted);
    let near = text.words.get(from..to).unwrap_or_default();
    let written = |words: &[Word]| match (words.first(), words.last()) {
        (Some(first), Some(last)) => written(text, first.span.to(last.span)),
        _ => String::new(),
    };
    let shown = written(near);
    let mut diagnostic =
        Diagnostic::error("citation-absente", format!("ce passage n'est pas mot pour mot dans « {source} »"));
    for difference in differences(wanted, near).into_iter().take(4) {
        let Difference { here, there } = difference;
        let words = near.get(there.clone()).unwrap_or_default();
        let said = match (here.is_empty(), words.is_empty()) {
            (false, false) => format!("la source écrit « {} »", written(words)),
            (false, true) => "n'est pas dans la source".to_owned(),
            (true, _) => format!("la source écrit ici « {} »", written(words)),
        };
        let place = match (wanted.get(here.start), here.end.checked_sub(1).and_then(|last| wanted.get(last)))
        {
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

/// One past the last word of the source that the last word of a passage says: « hors tout » for « hors-tout ».
fn grown(text: &Text, to: usize, wanted: &[Word]) -> usize {
    let bare = |word: &Word| word.text.replace(['-', '\''], "").to_lowercase();
    let whole = wanted.last().map(bare).unwrap_or_default();
    let mut end = to;
    let mut said = end.checked_sub(1).and_then(|last| text.words.get(last)).map(bare).unwrap_or_default();
    while said != whole && !said.is_empty() && whole.starts_with(&said) {
        let Some(next) = text.words.get(end) else { return to };
        said.push_str(&bare(next));
        end += 1;
    }
    if said == whole { end } else { to }
}

/// Words of a source as they are shown: on one line, a word cut by a line end put together.
fn written(text: &Text, span: Span) -> String {
    let raw = text.text.get(span.range()).unwrap_or("");
    let mut out = String::with_capacity(raw.len());
    let mut lines = raw.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let goes_on = lines.peek().is_some_and(|next| next.trim_start().starts_with(char::is_alphabetic));
        match line.strip_suffix('-').filter(|start| goes_on && start.ends_with(char::is_alphabetic)) {
            Some(start) => out.push_str(start),
            None => {
                out.push_str(line);
                out.push(' ');
            }
        }
    }
    crate::text::tidy(&out)
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
    if wanted.len() > LONGEST {
        return Some((window.start, window.end));
    }
    let Alignment { beside, .. } = align(wanted, inside, true);
    Some((window.start + beside.start, window.start + beside.end))
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
    let mut pairs = align(wanted, near, false).same;
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

/// Two lists of words put beside one another with as few changes as can be.
struct Alignment {
    /// Ranks of the words that are the same, on both sides.
    same: Vec<(usize, usize)>,
    /// What of the second list the first is put beside.
    beside: std::ops::Range<usize>,
}

/// Puts `a` beside `b`, or beside the part of `b` that it is nearest to.
fn align(a: &[Word], b: &[Word], a_part: bool) -> Alignment {
    // What it costs to go from `a[i..]` to `b[j..]`: a word more in `b` is less than a word for another, which is
    // no more than one that `b` has not.
    const MORE: usize = 2;
    const OTHER: usize = 3;
    const LESS: usize = 3;
    let width = b.len() + 1;
    let mut costs = vec![0usize; (a.len() + 1) * width];
    let get =
        |costs: &[usize], i: usize, j: usize| costs.get(i * width + j).copied().unwrap_or(usize::MAX / 2);
    for i in (0..=a.len()).rev() {
        for j in (0..=b.len()).rev() {
            let cost = match (a.get(i), b.get(j)) {
                (None, _) if a_part => 0,
                (None, _) => (b.len() - j) * MORE,
                (Some(_), None) => (a.len() - i) * LESS,
                (Some(x), Some(y)) if x.is(y) => get(&costs, i + 1, j + 1),
                (Some(_), Some(_)) => (get(&costs, i + 1, j + 1) + OTHER)
                    .min(get(&costs, i + 1, j) + LESS)
                    .min(get(&costs, i, j + 1) + MORE),
            };
            if let Some(slot) = costs.get_mut(i * width + j) {
                *slot = cost;
            }
        }
    }
    let start = if a_part { (0..=b.len()).min_by_key(|j| get(&costs, 0, *j)).unwrap_or(0) } else { 0 };
    let (mut i, mut j) = (0, start);
    let mut same = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let both = get(&costs, i + 1, j + 1) + OTHER;
        let first = get(&costs, i + 1, j) + LESS;
        let second = get(&costs, i, j + 1) + MORE;
        if x.is(y) {
            same.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if both <= first && both <= second {
            (i, j) = (i + 1, j + 1);
        } else if first <= second {
            i += 1;
        } else {
            j += 1;
        }
    }
    let end = if a_part { j } else { b.len() };
    Alignment { same, beside: start..end }
}
