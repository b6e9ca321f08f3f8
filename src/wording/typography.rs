//! The no-break spaces of French prose.

use super::MONTHS;

const NARROW: char = '\u{202f}';
const FULL: char = '\u{a0}';

/// French prose with no-break spaces where printers put them: narrow before `;`, `!` and `?` and
/// between groups of three digits, full before `:`, `%`, `€` and `»`, after `«`, and within « art. L. 211-5 »,
/// « n° 4 », « ligne 12 », « 3 juin » and « 6 mois ».
///
/// Only spaces that are there are changed: what an author wrote without one stays so. What stands
/// between backquotes is to be copied, and is left alone.
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let fence = rest[start..].bytes().take_while(|b| *b == b'`').count();
        let (prose, code) = rest.split_at(start);
        let Some(end) = closing(&code[fence..], fence) else {
            // Nothing closes it: it is a sign like another.
            let (prose, after) = rest.split_at(start + fence);
            prose_into(prose, &mut out);
            rest = after;
            continue;
        };
        prose_into(prose, &mut out);
        let (code, after) = code.split_at(fence + end);
        out.push_str(code);
        rest = after;
    }
    prose_into(rest, &mut out);
    out
}

/// Past the run of as many backquotes as opened the passage.
fn closing(code: &str, fence: usize) -> Option<usize> {
    let mut run = 0;
    for (at, byte) in code.bytes().chain([b' ']).enumerate() {
        if byte == b'`' {
            run += 1;
        } else {
            if run == fence {
                return Some(at);
            }
            run = 0;
        }
    }
    None
}

fn prose_into(text: &str, out: &mut String) {
    let chars: Vec<char> = text.chars().collect();
    let at = |rank: usize| chars.get(rank).copied();
    let mut rank = 0;
    while let Some(c) = at(rank) {
        if !is_space(c) {
            out.push(c);
            rank += 1;
            continue;
        }
        let before = out.chars().next_back();
        let length = chars.iter().skip(rank).take_while(|c| is_space(**c)).count();
        let after = at(rank + length);
        let kept = match (before, after) {
            (Some('«'), Some(_)) => Some(FULL),
            (Some(before), Some('»')) if !is_line_end(before) => Some(FULL),
            (Some(before), Some(';' | '!' | '?')) if ends_a_phrase(before, at(rank + length + 1)) => {
                Some(NARROW)
            }
            (Some(before), Some(':')) if ends_a_phrase(before, at(rank + length + 1)) => Some(FULL),
            (Some('0'..='9'), Some('%' | '€')) => Some(FULL),
            (Some('0'..='9' | 'r'), Some(_)) if length == 1 && goes_with(out, &chars, rank + 1) => Some(FULL),
            (Some('.'), Some('L' | 'R' | 'D' | '0'..='9')) if length == 1 && names_an_article(out) => {
                Some(FULL)
            }
            (Some(_), Some('0'..='9')) if length == 1 && numbers(out) => Some(FULL),
            (Some('0'..='9'), Some('0'..='9')) if length == 1 && groups_digits(&chars, rank) => Some(NARROW),
            _ => None,
        };
        match kept {
            Some(kept) => out.push(kept),
            None => out.extend(chars.iter().skip(rank).take(length)),
        }
        rank += length;
    }
}

/// Whether a number was written that stays with the word after it: « 3 juin », « 1er mars », « 6 mois ».
fn goes_with(before: &str, chars: &[char], month: usize) -> bool {
    let day = before.strip_suffix("er").unwrap_or(before);
    let digits = day.chars().rev().take_while(char::is_ascii_digit).count();
    let stands_alone = !day.chars().rev().nth(digits).is_some_and(char::is_alphanumeric);
    let word: String = chars.iter().skip(month).take_while(|c| c.is_alphabetic()).collect();
    let word = word.as_str();
    match digits {
        0 => false,
        1 | 2 if stands_alone && MONTHS.contains(&word) => true,
        _ => stands_alone && day == before && ["an", "ans", "mois", "jour", "jours"].contains(&word),
    }
}

/// Whether what was written ends as the name of an article begins: `art.`, or the letter of its code.
fn names_an_article(before: &str) -> bool {
    let mut back = before.chars().rev().skip(1);
    match back.next() {
        Some('t') => before.strip_suffix("art.").is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)),
        Some('L' | 'R' | 'D') => back.next().is_none_or(is_space),
        _ => false,
    }
}

/// Whether what was written ends with a word that a number follows: « n° 4 », « ligne 12 ».
fn numbers(before: &str) -> bool {
    ["n°", "nos", "ligne", "lignes", "page", "pages", "§"]
        .iter()
        .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// Whether a sign between these two is one of punctuation, and no part of a formula or address.
fn ends_a_phrase(before: char, after: Option<char>) -> bool {
    !is_line_end(before)
        && after.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '»' | ')' | ']' | '!' | '?' | '.' | '…' | '*' | '_' | '<')
        })
}

/// Whether the space of this rank stands between two groups of one number: one to three digits, then
/// groups of three.
fn groups_digits(chars: &[char], space: usize) -> bool {
    let digit = |rank: usize| chars.get(rank).is_some_and(char::is_ascii_digit);
    let gap = |rank: usize| chars.get(rank).copied().is_some_and(is_space);
    // Back to the first group.
    let mut start = space;
    let (first, digits) = loop {
        let digits = (0..start).rev().take_while(|rank| digit(*rank)).count();
        let first = start - digits;
        let group_before = digits == 3 && first >= 2 && gap(first - 1) && digit(first - 2);
        if !group_before {
            break (first, digits);
        }
        start = first - 1;
    };
    let mut before = chars.iter().take(first).rev().copied();
    let opens = (1..=3).contains(&digits)
        && chars.get(first) != Some(&'0')
        && match before.next() {
            None => true,
            // A minus, but no hyphen of a word or reference.
            Some('-') => before.next().is_none_or(|c| !c.is_alphanumeric()),
            // Not the decimals of a number, nor the end of a word or date.
            Some(c) => !c.is_alphanumeric() && !matches!(c, ',' | '.' | '/'),
        };
    // On to the last group.
    let mut at = space;
    while opens && gap(at) && digit(at + 1) {
        if !(digit(at + 2) && digit(at + 3)) || digit(at + 4) {
            return false;
        }
        at += 4;
    }
    opens
}

#[cfg(test)]
mod tests;
