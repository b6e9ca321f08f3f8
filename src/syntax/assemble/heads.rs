//! The keyword that a line was meant to start with.

use super::Kind;
use super::words::{starts_no_line, word_ends};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::grammar::{self, Reader};
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::Line;
use crate::syntax::{heads, turns};
use crate::text;

/// The nearest keyword to the start of a line, reported; what the line is then read as.
pub(super) fn misspelt(reader: &Reader<'_>, line: &Line, item: Option<Keyword>) -> Option<Kind> {
    let text = reader.file().slice(line.span);
    let start = line.span.start as usize;
    if let Some(problem) = unfavourable(reader, line, item) {
        reader.report(problem);
        return Some(Kind::Unknown);
    }
    let Meant { length, word, certain, fits } = meant_keyword(text, item, is_unindented(reader, line.span))?;
    let (keyword, _) = grammar::head(&word)?;
    // « Définition : dépenses retenues ».
    let colon = text.get(length..).filter(|_| keyword.starts_item()).map(str::trim_start);
    let length = match colon.filter(|rest| rest.starts_with(':')) {
        Some(rest) => text.len() - rest.len() + 1,
        None => length,
    };
    let span = Span::new(start, start + length);
    let mut problem = Diagnostic::error("mot-cle-inconnu", starts_no_line(reader.file().slice(span))).at(
        reader.file(),
        span,
        "",
    );
    if !certain {
        problem = problem.help(format!("vouliez-vous dire « {word} » ?"));
    }
    reader.report(problem.instead(reader.file(), span, &[word]));
    // What adjusts a value is read with its own word, and what has no place here is not read at all.
    if keyword == Keyword::Adjusts || !fits || keyword == Keyword::InForce && certain {
        return Some(Kind::Unknown);
    }
    let rest = text.get(length..).unwrap_or("");
    let skipped = length + rest.len() - rest.trim_start().len();
    Some(Kind::Keyword(keyword, span, Span::new(start + skipped, line.span.end as usize)))
}

/// `défavorable si C`: what is said of the contrary.
fn unfavourable(reader: &Reader<'_>, line: &Line, item: Option<Keyword>) -> Option<Diagnostic> {
    let text = reader.file().slice(line.span);
    let turn = [
        "favorable sauf si",
        "défavorable si",
        "défavorable lorsque",
        "refusée si",
        "refusé si",
        "rejetée si",
        "rejeté si",
    ];
    let turn =
        turn.into_iter().find(|turn| text.starts_with(turn)).filter(|_| item == Some(Keyword::Decision))?;
    let condition = text.get(turn.len()..)?.trim();
    let start = line.span.start as usize;
    let place = Span::new(start, start + turn.len());
    let problem = Diagnostic::error("mot-cle-inconnu", "une décision dit quand elle est favorable").at(
        reader.file(),
        place,
        "",
    );
    let rest = Span::new(line.span.end as usize - condition.len(), line.span.end as usize);
    if condition.is_empty() || !reader.reads_as_bullet(rest) {
        return Some(problem.help("écrire « favorable si … », avec la condition contraire"));
    }
    Some(problem.instead(reader.file(), line.span, &[format!("favorable si non ({condition})")]))
}

/// The keyword that a line was meant to start with.
struct Meant {
    /// How many bytes stand in its place.
    length: usize,
    word: String,
    /// Whether the line says it by a turn of its own.
    certain: bool,
    /// Whether it has its place under the item.
    fits: bool,
}

/// Whether a line seems to start with a keyword.
pub(super) fn nearly_starts(text: &str, item: Option<Keyword>) -> bool {
    meant_keyword(text, item, false).is_some_and(|meant| meant.fits)
}

fn meant_keyword(text: &str, item: Option<Keyword>, unindented: bool) -> Option<Meant> {
    let named = |word: &str| grammar::head(word).map(|(keyword, _)| keyword);
    let has_place = |keyword: Keyword| {
        keyword.starts_item() || item.is_some_and(|item| item.clauses().contains(&keyword))
    };
    let fits = |word: &str| named(word).is_some_and(has_place);
    // A turn of its own first, but not where only capitals are wrong: « Sauf si ».
    if unindented && let Some((length, word)) = turns::item(text).filter(|_| named(text).is_none()) {
        return Some(Meant { length, word: word.to_owned(), certain: true, fits: true });
    }
    let turn = turns::keyword(text, fits).filter(|_| !fits(&text.to_lowercase()));
    if let Some((length, word)) = turn {
        return Some(Meant { length, word: spelt(item, word).to_owned(), certain: true, fits: true });
    }
    let near = |fits: bool, found: Option<(usize, String)>| {
        found.map(|(length, word)| Meant { length, word, certain: false, fits })
    };
    near(true, near_keyword(text, has_place)).or_else(|| near(false, near_keyword(text, |_| true)))
}

/// Whether a line stands against the margin.
pub(super) fn is_unindented(reader: &Reader<'_>, span: Span) -> bool {
    reader
        .file()
        .text()
        .get(..span.start as usize)
        .is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

/// A keyword as an item has it: a mission is « prévue ».
fn spelt(item: Option<Keyword>, word: &'static str) -> &'static str {
    match (item, word) {
        (Some(Keyword::Mission), "prévu si") => "prévue si",
        _ => word,
    }
}

/// The keyword that a line nearly starts with, of those that fit, and how many bytes stand in its place.
fn near_keyword(text: &str, fits: impl Fn(Keyword) -> bool) -> Option<(usize, String)> {
    // « au maximun » is no « au minimum », « au plus tôt » no « au plus tard »: what is nearer to one of these says
    // the contrary of the keyword that it is nearly.
    const CONTRARY: [&str; 4] = ["au maximum", "au plus tôt", "défavorable si", "favorable sauf"];
    // The plainest form first, where several are as near.
    let spellings = heads::spellings().iter().filter(|(_, keyword)| fits(*keyword));
    let spellings: Vec<&str> = spellings.map(|(word, _)| word.as_str()).collect();
    word_ends(text).iter().enumerate().take(6).rev().find_map(|(n, end)| {
        // A figure is no part of a keyword.
        let wanted = text.get(..*end).filter(|words| !words.contains(|c: char| c.is_ascii_digit()))?;
        let same = spellings.iter().copied().filter(|word| word.split(' ').count() == n + 1);
        let contrary = CONTRARY.into_iter().filter(|word| word.split(' ').count() == n + 1);
        let near = match text::nearest(wanted, same.chain(contrary))? {
            "au maximum" => fits(Keyword::Adjusts).then_some("plafonné à")?,
            near if CONTRARY.contains(&near) => return None,
            near => near,
        };
        // « plafond » is a name, and no « plafonné » that lacks its end.
        let adjusts = grammar::head(near).is_some_and(|(keyword, _)| keyword == Keyword::Adjusts);
        let whole = format!("{near}{}", text.get(*end..).unwrap_or(""));
        (!adjusts || grammar::reads_as_adjustment(&whole)).then(|| (*end, near.to_owned()))
    })
}
