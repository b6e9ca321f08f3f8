//! Quotations: their words as they are, their lines filled up to the margin.
//!
//! One layout, whatever the author's: words follow one another as long as the line has room. A break
//! stays where it says something: in an enumeration, and between paragraphs. Nothing is broken that
//! French typography holds together: a guillemet and its word, a figure and what it counts, the parts of
//! a reference to an article, a word and the high punctuation after it; and a no-break space stays as it
//! was typed.

use crate::wording::MONTHS;

/// Where the lines of a quotation end at the latest.
const WIDTH: usize = 100;

/// A space at which a quotation may be broken, until its line is filled. No policy that reads holds
/// this character.
const SOFT: char = '\u{1}';

/// A quotation of prose, to be filled; its lines after the first stand at `indent`.
pub(super) fn quotation(text: &str, indent: usize) -> String {
    let inner = text.strip_prefix('«').and_then(|t| t.strip_suffix('»')).unwrap_or(text).trim();
    let mut out = String::with_capacity(text.len() + 8);
    out.push('«');
    // The last word written, and how many line ends were met since.
    let (mut before, mut breaks) = ("«", 0);
    for (n, line) in inner.split('\n').enumerate() {
        breaks += usize::from(n > 0);
        // At either end of a line a no-break space holds nothing together.
        for word in line.trim().split([' ', '\t', '\r']).filter(|word| !word.is_empty()) {
            if breaks > 0 && before != "«" && (breaks > 1 || is_enumerated(before, word)) {
                out.push_str(if breaks > 1 { "\n\n" } else { "\n" });
                out.extend(std::iter::repeat_n(' ', indent));
            } else if is_bound(before, word) {
                out.push(' ');
            } else {
                out.push(SOFT);
            }
            out.push_str(word);
            (before, breaks) = (word, 0);
        }
    }
    out.push_str(" »");
    out
}

/// Whether a line end between two words is one of an enumeration.
fn is_enumerated(before: &str, word: &str) -> bool {
    before.ends_with([';', ':']) || ["-", "–", "—", "•"].contains(&word)
}

/// Whether two words are never parted.
fn is_bound(before: &str, word: &str) -> bool {
    let is_figure = |text: &str| text.ends_with(|c: char| c.is_ascii_digit()) || text == "1er";
    let refers = || ["article", "articles", "art.", "n°"].contains(&before) || is_code_letter(before);
    // Beside a no-break space a line has no end: it would lose that space when next read.
    before.ends_with(|c: char| c == '«' || c.is_whitespace())
        || word.starts_with(char::is_whitespace)
        || word.starts_with(['»', ':', ';', '!', '?', '%', '€'])
        || is_figure(before)
        || (word.starts_with(|c: char| c.is_ascii_digit()) && (refers() || MONTHS.contains(&before)))
        || (refers() && is_code_letter(word))
}

/// The letter of an article of a code: `L.`, `R.`.
fn is_code_letter(word: &str) -> bool {
    matches!(word.as_bytes(), [letter, b'.'] if letter.is_ascii_uppercase())
}

/// Fills a line that starts at `column`; what does not fit goes on at `indent`.
pub(super) fn fill(text: &str, column: usize, indent: usize) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut column = column;
    for (n, part) in text.split(SOFT).enumerate() {
        let (first, last) = match (part.split_once('\n'), part.rsplit_once('\n')) {
            (Some((first, _)), Some((_, last))) => (first, Some(last)),
            _ => (part, None),
        };
        // A comment within the line takes no room: it would move the words before it.
        let width = first.split("  #").next().unwrap_or(first).chars().count();
        if n > 0 {
            if column + 1 + width > WIDTH {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
                column = indent;
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(part);
        column = last.map_or(column + width, |last| last.chars().count());
    }
    out
}
