//! Numbers in French words: « soixante-trois », « deux cent mille », « quatre-vingt-dix ».

use super::token::Token;
use crate::number::Ratio;

/// What a word adds to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// 0 to 9.
    Unit(i64),
    /// 10 to 16.
    Teen(i64),
    /// 20 to 90.
    Tens(i64),
    /// 100.
    Hundred,
    /// 1,000 and its powers.
    Power(i64),
}

fn piece(word: &str) -> Option<Piece> {
    Some(match word {
        "zéro" => Piece::Unit(0),
        "un" | "une" => Piece::Unit(1),
        "deux" => Piece::Unit(2),
        "trois" => Piece::Unit(3),
        "quatre" => Piece::Unit(4),
        "cinq" => Piece::Unit(5),
        "six" => Piece::Unit(6),
        "sept" => Piece::Unit(7),
        "huit" => Piece::Unit(8),
        "neuf" => Piece::Unit(9),
        "dix" => Piece::Teen(10),
        "onze" => Piece::Teen(11),
        "douze" => Piece::Teen(12),
        "treize" => Piece::Teen(13),
        "quatorze" => Piece::Teen(14),
        "quinze" => Piece::Teen(15),
        "seize" => Piece::Teen(16),
        "vingt" | "vingts" => Piece::Tens(20),
        "trente" => Piece::Tens(30),
        "quarante" => Piece::Tens(40),
        "cinquante" => Piece::Tens(50),
        "soixante" => Piece::Tens(60),
        "septante" => Piece::Tens(70),
        "octante" | "huitante" => Piece::Tens(80),
        "nonante" => Piece::Tens(90),
        "cent" | "cents" => Piece::Hundred,
        "mille" => Piece::Power(1_000),
        "million" | "millions" => Piece::Power(1_000_000),
        "milliard" | "milliards" => Piece::Power(1_000_000_000),
        _ => return None,
    })
}

/// Whether a word, without hyphens, is part of a number in words.
pub fn is_numeral(word: &str) -> bool {
    piece(word).is_some()
}

/// A number under way.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    total: i64,
    /// Below the power that is under way: 0 to 999.
    group: i64,
    /// The last piece, that the next must go with.
    last: Option<Piece>,
}

impl Sum {
    /// With one more piece, where the two go together.
    fn with(self, next: Piece) -> Option<Sum> {
        let Sum { total, group, last } = self;
        let group = match (last, next) {
            (
                None | Some(Piece::Hundred | Piece::Power(_)),
                Piece::Unit(n) | Piece::Teen(n) | Piece::Tens(n),
            ) => group + n,
            // Quatre-vingt, which « dix » to « seize » may follow.
            (Some(Piece::Unit(4)), Piece::Tens(20)) => {
                return Some(Sum { total, group: group - 4 + 80, last: Some(Piece::Tens(80)) });
            }
            (Some(Piece::Tens(_)), Piece::Unit(n)) => group + n,
            (Some(Piece::Tens(60 | 80)), Piece::Teen(n)) => {
                return Some(Sum { total, group: group + n, last: Some(next) });
            }
            (Some(Piece::Teen(10)), Piece::Unit(n @ 7..=9)) => group + n,
            (None, Piece::Hundred) => 100,
            (Some(Piece::Power(_)), Piece::Hundred) => group + 100,
            (Some(Piece::Unit(n @ 2..=9)), Piece::Hundred) => group - n + n * 100,
            (None, Piece::Power(1_000)) => {
                return Some(Sum { total: 1_000, group: 0, last: Some(next) });
            }
            (Some(_), Piece::Power(power)) if group > 0 => {
                let total = total.checked_add(group.checked_mul(power)?)?;
                return Some(Sum { total, group: 0, last: Some(next) });
            }
            _ => return None,
        };
        Some(Sum { total, group, last: Some(next) })
    }
}

/// The number in words that starts at a token, and the token after it.
pub fn cardinal(tokens: &[Token], from: usize) -> Option<(Ratio, usize)> {
    let mut sum = Sum::default();
    let mut end = from;
    let mut at = from;
    while let Some(token) = tokens.get(at).filter(|token| token.is_word()) {
        let text = token.text.as_str();
        if text == "et" && end > from {
            // « vingt et un », « soixante et onze »: nothing else is joined by « et ».
            let one = tokens.get(at + 1).is_some_and(|next| next.is(&["un", "une", "onze"]));
            let tens = matches!(sum.last, Some(Piece::Tens(_)));
            if !(one && tens) {
                break;
            }
            at += 1;
            continue;
        }
        if text == "et" {
            break;
        }
        let mut next = Some(sum);
        for word in text.split('-') {
            if word == "et" {
                continue;
            }
            next = next.zip(piece(word)).and_then(|(sum, piece)| sum.with(piece));
        }
        let Some(next) = next else { break };
        sum = next;
        at += 1;
        end = at;
    }
    (end > from).then(|| (Ratio::from(sum.total + sum.group), end))
}

/// What a number in digits is multiplied by: « 2 millions », « 300 milliers ».
pub fn multiplier(word: &str) -> Option<i64> {
    match word {
        "mille" | "millier" | "milliers" => Some(1_000),
        "million" | "millions" => Some(1_000_000),
        "milliard" | "milliards" => Some(1_000_000_000),
        _ => None,
    }
}

/// The parts that a number is divided in: « tiers », « quarts », « cinquièmes ».
pub fn parts(word: &str) -> Option<i64> {
    match word.strip_suffix('s').unwrap_or(word) {
        "demi" => Some(2),
        "tier" => Some(3),
        "quart" => Some(4),
        own => rank(own).filter(|parts| *parts > 4 && own.ends_with("ième")),
    }
}

/// A rank in words: « premier », « dix-septième », « vingt-cinquièmes ».
pub fn rank(word: &str) -> Option<i64> {
    let word = word.strip_suffix('s').unwrap_or(word);
    match word {
        "premier" | "première" => return Some(1),
        "second" | "seconde" => return Some(2),
        _ => {}
    }
    let start = word.strip_suffix("ième")?;
    // « cinqu-ième », « neuv-ième », « trent-ième ».
    let (before, last) = start.rsplit_once('-').map_or(("", start), |(before, last)| (before, last));
    let last = match last {
        "cinqu" => "cinq".to_owned(),
        "neuv" => "neuf".to_owned(),
        _ if piece(last).is_some() => last.to_owned(),
        _ => format!("{last}e"),
    };
    let mut sum = Some(Sum::default());
    let words = before.split('-').filter(|word| !word.is_empty() && *word != "et").chain([last.as_str()]);
    for word in words {
        sum = sum.zip(piece(word)).and_then(|(sum, piece)| sum.with(piece));
    }
    sum.map(|sum| sum.total + sum.group)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    #[test]
    fn numbers_in_words() {
        for (text, expected) in [
            ("dix", 10),
            ("dix-sept", 17),
            ("vingt et un", 21),
            ("vingt-et-un", 21),
            ("trente-deux", 32),
            ("soixante-trois", 63),
            ("soixante et onze", 71),
            ("soixante-dix-neuf", 79),
            ("quatre-vingts", 80),
            ("quatre-vingt-dix", 90),
            ("quatre-vingt-dix-neuf", 99),
            ("cent", 100),
            ("cent vingt", 120),
            ("deux cents", 200),
            ("trois cent soixante-cinq", 365),
            ("mille", 1_000),
            ("mille deux cents", 1_200),
            ("dix mille", 10_000),
            ("deux cent mille", 200_000),
            ("deux millions", 2_000_000),
            ("un million cinq cent mille", 1_500_000),
            ("nonante", 90),
        ] {
            let tokens = tokens(text, 0);
            assert_eq!(cardinal(&tokens, 0), Some((Ratio::from(expected), tokens.len())), "{text}");
        }
    }

    #[test]
    fn ranks_in_words() {
        for (text, expected) in [
            ("premier", Some(1)),
            ("deuxième", Some(2)),
            ("quatrième", Some(4)),
            ("neuvième", Some(9)),
            ("dix-septième", Some(17)),
            ("vingt-cinquième", Some(25)),
            ("trentièmes", Some(30)),
            ("soixante-dixième", Some(70)),
            ("centième", Some(100)),
            ("troisièmement", None),
            ("cième", None),
        ] {
            assert_eq!(rank(text), expected, "{text}");
        }
        assert_eq!((parts("cinquièmes"), parts("deuxième"), parts("quarts")), (Some(5), None, Some(4)));
    }

    #[test]
    fn what_is_no_number_of_its_own_ends_it() {
        for (text, expected, length) in [
            ("deux trois fois", 2, 1),
            ("quatre et cinq", 4, 1),
            ("vingt et trois", 20, 1),
            ("dix vingt", 10, 1),
            ("cinquante-deux semaines", 52, 1),
        ] {
            assert_eq!(cardinal(&tokens(text, 0), 0), Some((Ratio::from(expected), length)), "{text}");
        }
        assert_eq!(cardinal(&tokens("le centre", 0), 0), None);
    }
}
