//! The words that the language keeps for itself, as its grammar lists them.
//!
//! They are read from the grammar's own text, so that what is documented, what is refused in a name
//! and what ends a name in an expression are one list.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::keyword::Keyword;

const GRAMMAR: [&str; 2] =
    [include_str!("../../grammar/words.pest"), include_str!("../../grammar/lines.pest")];

/// The words and phrases that end a name inside an expression.
pub fn reserved() -> Vec<String> {
    phrases("reserved")
}

/// The phrases that start an operand: a declared name begins with none of them.
pub fn starters() -> Vec<String> {
    phrases("starter")
}

/// The words that end a name in a few places only: `au prorata de … sur`, `dans les … suivant`, the
/// value of a parameter's period, the ends of a scale's line.
pub fn guards() -> Vec<String> {
    let mut all = phrases("guard");
    for word in ["limit", "edge"].into_iter().flat_map(phrases) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all
}

/// The words that start a line, first spelling each.
pub fn keywords() -> Vec<&'static str> {
    Keyword::ALL.iter().map(|keyword| keyword.text()).collect()
}

/// Whether a declared name may hold a reserved word, start a construction, or hold a figure: most do
/// not, and need no closer look.
pub(super) fn is_suspect(name: &str) -> bool {
    static FIRST_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let all = reserved().into_iter().chain(starters());
        all.map(|phrase| first_word(&phrase).to_string()).collect()
    });
    name.split([' ', '\''])
        .any(|word| FIRST_WORDS.contains(word) || word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a line that starts so may start with a keyword: most lines of a text that is no policy do
/// not, and need no closer look.
pub(super) fn may_start_line(line: &str) -> bool {
    static FIRST_WORDS: LazyLock<HashSet<String>> =
        LazyLock::new(|| phrases("head").iter().map(|phrase| first_word(phrase).to_string()).collect());
    FIRST_WORDS.contains(first_word(line))
}

/// The letters with which a text starts.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("")
}

/// What a rule of the grammar matches, one phrase an alternative.
pub(super) fn phrases(rule: &str) -> Vec<String> {
    body(rule).map_or_else(Vec::new, |body| split(body, '|').into_iter().flat_map(sequence).collect())
}

/// What stands between the braces of a rule.
fn body(rule: &str) -> Option<&'static str> {
    let start = format!("\n{rule}");
    GRAMMAR.iter().find_map(|text| {
        text.match_indices(&start).find_map(|(at, _)| {
            let after = text.get(at + start.len()..)?.trim_start_matches(' ').strip_prefix('=')?;
            let (_, opened) = after.split_once('{')?;
            opened.split_once('}').map(|(body, _)| body)
        })
    })
}

/// The parts of a text between separators that stand outside parentheses.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (i, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if c == separator && depth == 0 => {
                parts.push(text.get(start..i).unwrap_or("").trim());
                start = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or("").trim());
    parts
}

/// A sequence of the grammar as the phrases that an author writes; lookaheads and what is optional
/// are left out.
fn sequence(text: &str) -> Vec<String> {
    let mut phrases = vec![String::new()];
    for part in split(text, '~') {
        let choices = match part {
            "sp" => vec![" ".to_string()],
            "apos" => vec!["'".to_string()],
            "de" => vec!["de".to_string()],
            "to" => vec!["à".to_string()],
            "end" => continue,
            part if part.starts_with(['&', '!']) || part.ends_with('?') => continue,
            part => match (part.strip_prefix('('), part.strip_prefix('"')) {
                (Some(group), _) => {
                    let group = group.strip_suffix(')').unwrap_or(group);
                    split(group, '|').into_iter().flat_map(sequence).collect()
                }
                (None, Some(word)) => vec![word.trim_end_matches('"').to_string()],
                (None, None) => self::phrases(part),
            },
        };
        phrases =
            phrases.iter().flat_map(|start| choices.iter().map(move |end| format!("{start}{end}"))).collect();
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::{guards, reserved, starters};

    /// The lists of the language's page, each in a block of its name.
    fn documented(block: &str) -> Vec<String> {
        let page = include_str!("../../docs/langage.md");
        let (_, after) = page.split_once(&format!("```{block}\n")).expect("a block");
        let (body, _) = after.split_once("```").expect("its end");
        let mut words: Vec<String> = body.split([',', '\n']).map(|w| w.trim().to_string()).collect();
        words.retain(|word| !word.is_empty());
        words.sort();
        words
    }

    fn sorted(mut words: Vec<String>) -> Vec<String> {
        words.sort();
        words
    }

    #[test]
    fn the_page_of_the_language_lists_what_the_grammar_keeps() {
        assert_eq!(documented("reserved"), sorted(reserved()));
        assert_eq!(documented("starters"), sorted(starters()));
        assert_eq!(documented("guards"), sorted(guards()));
    }

    #[test]
    fn lists_come_out_of_the_grammar() {
        for word in ["et", "n'est pas", "dans la limite de", "arrondie", "en mois entiers", "augmenté de"] {
            assert!(reserved().iter().any(|w| w == word), "{word}");
        }
        for word in ["nombre de", "date d'examen", "tous les", "il existe un", "premier jour du mois de"] {
            assert!(starters().iter().any(|w| w == word), "{word}");
        }
        assert!(guards().starts_with(&["sur", "suivant", "depuis", "jusqu'à", "à"].map(String::from)));
    }

    #[test]
    fn every_keyword_may_start_a_line() {
        for word in super::keywords() {
            assert!(super::may_start_line(word), "{word}");
        }
        for line in
            ["prévue si a", "plafonnée à 3", "abroge x", "diminué du quart", "arrondi au centime", "si"]
        {
            assert!(super::may_start_line(line), "{line}");
        }
        assert!(!super::may_start_line("territoire.continu : oui ou non"));
        assert!(!super::may_start_line("- a"));
    }
}
