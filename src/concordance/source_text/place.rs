//! Whether a passage stands in the article that its citation names, where the text of the source has articles.

use super::{Text, Word, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{Citation, Policy};
use crate::source::Span;

/// So many places of one passage are looked at.
const PLACES: usize = 32;

/// A remark where a passage stands in another article.
pub(super) fn elsewhere(policy: &Policy, text: &Text, citation: &Citation) -> Option<Diagnostic> {
    let cited = label(citation.place.as_deref()?, false)?;
    let headings = headings(&text.text);
    // With one article, nothing tells how the text writes them.
    if headings.len() < 2 {
        return None;
    }
    let span = citation.quote_span?;
    let mut wanted = words(policy.file.text().get(span.range())?, span.start as usize);
    while wanted.last().is_some_and(Word::is_sign) {
        wanted.pop();
    }
    let part = wanted.split(Word::jumps).find(|part| !part.is_empty())?;
    let mut from = 0;
    let mut found: Vec<(usize, usize)> = Vec::new();
    while let Some(at) = text.find(part, from).filter(|_| found.len() < PLACES) {
        let place = text.words.get(at)?.span.start as usize;
        found.push((place, headings.iter().rposition(|(start, _)| *start <= place)?));
        from = at + 1;
    }
    let mut own = found.iter().filter(|(_, heading)| headings[*heading].1 == cited.1).peekable();
    if own.peek().is_some() {
        let said = citation.place.as_deref()?;
        let (start, wanted) = paragraph(said, cited.0)?;
        let article = |heading: usize| {
            let end = headings.get(heading + 1).map_or(text.text.len(), |(start, _)| *start);
            text.text.get(headings[heading].0..end)
        };
        if own.clone().all(|(_, heading)| article(*heading).is_some_and(is_one)) {
            let before = said.get(..start)?.trim_end_matches([',', ' ']);
            let message = format!("l'article {} n'a pas de paragraphe {wanted}", cited.1);
            let at = (start, start + wanted.len());
            return Some(told(policy, citation, at, message, "n'y est pas", before));
        }
        let mut stands =
            own.filter_map(|(place, heading)| paragraph_of(article(*heading)?, place - headings[*heading].0));
        let first = stands.next()?;
        if first == wanted || stands.any(|other| other == wanted) {
            return None;
        }
        let message = format!("ce passage est au {first} de l'article {}, non au {wanted}", cited.1);
        return Some(told(
            policy,
            citation,
            (start, start + wanted.len()),
            message,
            "un autre paragraphe",
            &first,
        ));
    }
    let stands = headings[found.first()?.1].1.as_str();
    let said = citation.place.as_deref()?.get(cited.0..)?;
    let long = said.find([',', ' ']).unwrap_or(said.len());
    let source = &policy.sources[citation.source.index()].name;
    let message = format!("ce passage est à l'article {stands} de « {source} », non à l'article {}", cited.1);
    let place = (cited.0, cited.0 + long);
    Some(told(policy, citation, place, message, "un autre article", &format!("art. {stands}")))
}

/// The remark, at some words of the place that the citation names.
fn told(
    policy: &Policy,
    citation: &Citation,
    (from, to): (usize, usize),
    message: String,
    label: &str,
    write: &str,
) -> Diagnostic {
    let place = citation.place.as_deref().unwrap_or("");
    let written = policy.file.slice(citation.span);
    let span = written.find(place).map_or(citation.span, |at| {
        let start = citation.span.start as usize + at;
        Span::new(start + from, start + to)
    });
    Diagnostic::warning("passage-ailleurs", message)
        .at(&policy.file, span, label)
        .help(format!("écrire « {write} »"))
}

/// `II`, in `art. 3, II, 1°`, and where it starts.
fn paragraph(place: &str, from: usize) -> Option<(usize, String)> {
    let after = from + place.get(from..)?.find(", ")? + 2;
    let said = place.get(after..)?;
    let long = said.find(|c: char| !ROMAN.contains(&c)).unwrap_or(said.len());
    let rest = said.get(long..)?;
    let ends = rest.is_empty()
        || rest.starts_with([',', ' ', '.']) && !rest.starts_with(" et ") && !rest.starts_with(" à ");
    (long > 0 && ends).then(|| (after, said.get(..long).unwrap_or("").to_owned()))
}

/// What numbers paragraphs.
const ROMAN: [char; 3] = ['I', 'V', 'X'];

/// Whether an article is not in paragraphs: nothing in it is a Roman number.
fn is_one(article: &str) -> bool {
    let mut words = article.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !words.any(|word| word.chars().all(|c| ROMAN.contains(&c)))
}

/// The paragraph of an article in which a place stands; none where it has no two that are numbered, or the place stands
/// before them.
fn paragraph_of(article: &str, place: usize) -> Option<String> {
    let mut start = 0;
    let mut found: Vec<(usize, String)> = Vec::new();
    for line in article.split_inclusive('\n') {
        let bare = line.trim_start();
        let long = bare.find(|c: char| !ROMAN.contains(&c)).unwrap_or(bare.len());
        let after = bare.get(long..).unwrap_or("").trim_start();
        if long > 0 && after.starts_with(['.', '-', '–', '—', ')', ':']) {
            found.push((start, bare.get(..long).unwrap_or("").to_owned()));
        }
        start += line.len();
    }
    let last = found.iter().rfind(|(start, _)| *start <= place)?.1.clone();
    (found.len() > 1).then_some(last)
}

/// Each article of a text: where its heading starts, and its number.
fn headings(text: &str) -> Vec<(usize, String)> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['#', '*', ' ', '\t', '\u{a0}']);
        if bare.starts_with('A')
            && let Some((_, label)) = label(bare, true)
        {
            found.push((start, label));
        }
        start += line.len();
    }
    found
}

/// The number of the one article that some words name, without its spaces and stops, and where it starts; of a heading,
/// nothing may follow but a stop or a title set off from it.
fn label(words: &str, heading: bool) -> Option<(usize, String)> {
    let lower = words.to_lowercase();
    let names = ["article ", "art. ", "art.\u{a0}", "article\u{a0}"];
    let (at, name) = names.iter().filter_map(|name| lower.find(name).map(|at| (at, *name))).min()?;
    if at > 0 && (heading || lower.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric))) {
        return None;
    }
    let from = at + name.len();
    let rest = words.get(from..)?;
    let letter = rest.starts_with(['L', 'R', 'D', 'A']);
    let figures =
        if letter { rest.trim_start_matches(['L', 'R', 'D', 'A', '.', ' ', '\u{a0}', '*']) } else { rest };
    let long = figures.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(figures.len());
    let number = figures.get(..long)?.trim_end_matches('-');
    if number.is_empty() {
        return None;
    }
    let after = figures.get(number.len()..)?;
    let after = after.strip_prefix("er").or_else(|| after.strip_prefix("ᵉʳ")).unwrap_or(after);
    let several = [" et ", " à ", " ou "].iter().any(|join| after.starts_with(join));
    let titled =
        after.trim_start().is_empty() || after.trim_start().starts_with(['.', ':', '-', '–', '—', '(']);
    if several || heading && !titled || after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let first = rest.chars().next().filter(|_| letter);
    Some((from, first.map_or_else(|| number.to_owned(), |letter| format!("{letter}. {number}"))))
}
