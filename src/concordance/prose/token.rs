//! Words, numbers and signs of a passage, each with its place in the file.

use crate::number::Ratio;
use crate::source::Span;

/// A word, a number or a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// As it is compared: lower case, straight apostrophes, a word cut by a line end put together.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// It is written with a capital.
    pub capital: bool,
    /// It is the first of its line.
    pub opens: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A word; an elided article or conjunction is one of its own (`l'`, `qu'`).
    Word,
    /// A number in digits.
    Number(Ratio),
    /// A rank in digits: `1er`, `2e`, `3°`.
    Rank(i64),
    /// Anything else: `,`, `%`, `€`.
    Sign,
}

impl Token {
    /// Whether it is one of these words or signs.
    pub fn is(&self, any: &[&str]) -> bool {
        any.contains(&self.text.as_str())
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// One past the longest of some turns of phrase that stand at a token; « * » stands for any end of a word, and a capital may lack
/// its accent.
pub fn fits(tokens: &[Token], at: usize, turns: &[&str]) -> Option<usize> {
    let one = |turn: &&str| {
        turn.split(' ').try_fold(at, |at, part| {
            let token = tokens.get(at)?;
            let same =
                part.strip_suffix('*').map_or(token.text == part, |start| token.text.starts_with(start));
            (same || part == "à" && token.capital && token.text == "a").then_some(at + 1)
        })
    };
    // Most begin with another letter.
    let first = tokens.get(at)?.text.as_bytes().first();
    let begins = |turn: &&&str| turn.as_bytes().first() == first || first == Some(&b'a');
    turns.iter().filter(begins).filter_map(one).max()
}

/// Words that stand before an apostrophe with nothing of their own after it.
const ELIDED: [&str; 14] =
    ["l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"];

/// What follows digits to make them a rank.
const RANKS: [&str; 11] = ["er", "ère", "ere", "re", "e", "ème", "eme", "nd", "nde", "°", "o"];

/// The tokens of a passage that stands at `start` in its file.
pub fn tokens(text: &str, start: usize) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut line = false;
    while let Some(c) = rest(text, at).chars().next() {
        let known = out.len();
        let length = if c.is_whitespace() {
            line |= c == '\n';
            c.len_utf8()
        } else if c.is_ascii_digit() {
            number(text, at, start, &mut out)
        } else if c.is_alphabetic() {
            word(text, at, start, &mut out)
        } else {
            let shown = if is_apostrophe(c) { '\'' } else { c };
            out.push(Token {
                kind: Kind::Sign,
                text: shown.to_string(),
                span: Span::new(start + at, start + at + c.len_utf8()),
                capital: false,
                opens: false,
            });
            c.len_utf8()
        };
        if let Some(first) = out.get_mut(known) {
            first.opens = std::mem::take(&mut line);
        }
        at += length;
    }
    out
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Reads a word, and gives its length.
fn word(text: &str, at: usize, start: usize, out: &mut Vec<Token>) -> usize {
    let here = rest(text, at);
    let mut read = String::new();
    let mut length = 0;
    while let Some(c) = rest(here, length).chars().next() {
        if c.is_alphanumeric() || c == '²' {
            read.extend(c.to_lowercase());
            length += c.len_utf8();
        } else if is_apostrophe(c) && ELIDED.contains(&read.as_str()) {
            read.push('\'');
            length += c.len_utf8();
            break;
        } else if is_apostrophe(c) && read == "aujourd" {
            read.push('\'');
            length += c.len_utf8();
        } else if is_hyphen(c) {
            let after = rest(here, length + c.len_utf8());
            let word_after = after.trim_start();
            if !word_after.starts_with(char::is_alphabetic) {
                break;
            }
            let blank = after.len() - word_after.len();
            let cut = after.get(..blank).unwrap_or("");
            if blank > 0 && !cut.contains('\n') {
                break;
            }
            // A word cut by a line end; « quatre-vingt-dix » keeps the hyphens that it has anyway.
            let piece = read.rsplit('-').next().unwrap_or("");
            if blank == 0 || super::number::is_numeral(piece) {
                read.push('-');
            }
            length += c.len_utf8() + blank;
        } else {
            break;
        }
    }
    let span = Span::new(start + at, start + at + length);
    let capital = here.starts_with(char::is_uppercase);
    out.push(Token { kind: Kind::Word, text: read, span, capital, opens: false });
    length
}

/// Reads a number in digits, its groups of three and its decimals; gives its length.
fn number(text: &str, at: usize, start: usize, out: &mut Vec<Token>) -> usize {
    let here = rest(text, at);
    let first = digits(here);
    let mut written = here.get(..first).unwrap_or("").to_owned();
    let mut length = first;
    if first <= 3 {
        let begins =
            text.get(..at).unwrap_or("").rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
        while let Some(group) = group_of_three(rest(here, length), begins) {
            let end = length + group;
            written.push_str(here.get(end - 3..end).unwrap_or(""));
            length = end;
        }
    }
    let after = rest(here, length);
    if let Some(decimals) = after.strip_prefix(',').or_else(|| after.strip_prefix('.')).map(digits)
        && decimals > 0
        && !goes_on(rest(after, 1 + decimals))
    {
        written.push('.');
        written.push_str(after.get(1..=decimals).unwrap_or(""));
        length += 1 + decimals;
    } else if let Some(decimals) = spaced_decimals(after).filter(|_| !in_row(text.get(..at).unwrap_or(""))) {
        written.push('.');
        written.push_str(after.get(2..4).unwrap_or(""));
        length += decimals;
    }
    let suffix: String = rest(here, length)
        .chars()
        .take_while(|c| c.is_alphabetic() || *c == '°')
        .flat_map(char::to_lowercase)
        .collect();
    if RANKS.contains(&suffix.as_str())
        && length == first
        && let Ok(rank) = written.parse::<i64>()
    {
        let whole = length
            + rest(here, length)
                .chars()
                .take_while(|c| c.is_alphabetic() || *c == '°')
                .map(char::len_utf8)
                .sum::<usize>();
        out.push(Token {
            kind: Kind::Rank(rank),
            text: format!("{written}{suffix}"),
            span: Span::new(start + at, start + at + whole),
            capital: false,
            opens: false,
        });
        return whole;
    }
    let span = Span::new(start + at, start + at + length);
    let kind = match decimal(&written) {
        Some(value) => Kind::Number(value),
        None => Kind::Sign,
    };
    out.push(Token { kind, text: written, span, capital: false, opens: false });
    length
}

/// « 1, 60 mètre », « 365, 88 + » of a text that was scanned: the length of a comma, a space and two decimals, where they do not
/// stand in a row of numbers.
fn spaced_decimals(after: &str) -> Option<usize> {
    let decimals = after.strip_prefix(", ").filter(|rest| digits(rest) == 2)?;
    let next = rest(decimals, 2);
    let row = next.starts_with([',', '.']) && !next.starts_with(". ");
    let more = ["et ", "ou ", "à "].iter().any(|word| next.trim_start().starts_with(word));
    (!row && !more && !next.starts_with(char::is_alphanumeric)).then_some(4)
}

/// Whether a number follows another, after a comma.
fn in_row(before: &str) -> bool {
    let number = before.strip_suffix(", ");
    number.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// « 1.2.3 », « 1.2/3 »: no decimals; a full stop that ends the sentence is another thing.
fn goes_on(text: &str) -> bool {
    text.strip_prefix(['.', '/']).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
}

fn decimal(written: &str) -> Option<Ratio> {
    (written.len() <= crate::limits::DIGITS).then(|| Ratio::parse_decimal(written)).flatten()
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The length of a separator and the three digits that follow it, and no more: one space groups thousands, or a line end in
/// running text; several part the cells of a table, as does a line end where each cell has its line.
fn group_of_three(text: &str, begins: bool) -> Option<usize> {
    let separator: usize = match text.chars().next()? {
        '.' => 1,
        c if c.is_whitespace() => text.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum(),
        _ => return None,
    };
    let gap = text.get(..separator)?;
    let after = rest(text, separator + 3);
    let wrapped = gap.contains('\n');
    // « 80\n000 euros », not « | 19\n100 à 124 »: a line of running text goes on with its unit.
    let unit = after.trim_start();
    let goes_on = ["€", "euro", "franc", "F "].iter().any(|one| unit.starts_with(one));
    let group = rest(text, separator).get(..3) == Some("000");
    let cells = match wrapped {
        true => begins || after.starts_with('\n') || !goes_on && !group,
        false => gap.chars().count() > 1,
    };
    (digits(rest(text, separator)) == 3 && !cells).then_some(separator + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let words: Vec<String> = tokens(text, 0)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Word => token.text,
                Kind::Number(_) => format!("#{}", token.text),
                Kind::Rank(rank) => format!("#{rank}e"),
                Kind::Sign => format!("<{}>", token.text),
            })
            .collect();
        words.join(" ")
    }

    #[test]
    fn words_numbers_and_signs() {
        for (text, expected) in [
            ("L’équipe réunit 10 médecins.", "l' équipe réunit #10 médecins <.>"),
            ("un montant de 80\n    000 euros", "un montant de #80000 euros"),
            ("72\n    123\n    153", "#72 #123 #153"),
            ("Couple  385  435", "couple #385 #435"),
            ("80\u{202f}000\u{a0}€", "#80000 <€>"),
            ("80.000 euros", "#80000 euros"),
            ("3,5 %", "#3.5 <%>"),
            ("un coefficient de 1,25.", "un coefficient de #1.25 <.>"),
            ("10%", "#10 <%>"),
            ("le 1er janvier 2025", "le #1e janvier #2025"),
            ("aux 1° et 2° du II", "aux #1e et #2e du ii"),
            ("un échelon départe-\n   mental", "un échelon départemental"),
            ("quatre-vingt-\n dix", "quatre-vingt-dix"),
            ("infra-départemental - ou non", "infra-départemental <-> ou non"),
            ("jusqu'à aujourd'hui", "jusqu' à aujourd'hui"),
            ("10, 20 et 30", "#10 <,> #20 et #30"),
            ("dépasse 1, 60 mètre", "dépasse #1.60 mètre"),
            ("10, 20, 30", "#10 <,> #20 <,> #30"),
            ("en 2024, 150 euros", "en #2024 <,> #150 euros"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
