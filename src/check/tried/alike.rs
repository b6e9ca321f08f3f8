//! Names said otherwise: « le dépôt de la demande » for `demande.déposée le`, « le plafond » for the only name
//! that holds this word.

use crate::text;

/// Words that a name is told without.
const SMALL: [&str; 30] = [
    "le", "la", "les", "de", "du", "des", "un", "une", "a", "au", "aux", "l", "d", "son", "sa", "ses",
    "leur", "leurs", "ce", "cet", "cette", "ces", "en", "y", "dudit", "ladite", "ledit", "par", "pour",
    "sur",
];

/// A noun of what happens, and the participle under which it is declared, by their first letters.
const PAIRS: [(&str, &str); 14] = [
    ("naissance", "ne"),
    ("reception", "recu"),
    ("depot", "depose"),
    ("vente", "vendu"),
    ("depart", "parti"),
    ("deces", "decede"),
    ("achat", "achete"),
    ("embauche", "embauche"),
    ("recrutement", "recrute"),
    ("construction", "construit"),
    ("ouverture", "ouvert"),
    ("retrait", "retire"),
    ("envoi", "envoye"),
    ("paiement", "paye"),
];

/// Words in lower case and without accents, the small ones and the elisions left out.
pub(in crate::check) fn content(said: &str) -> Vec<String> {
    said.split(|c: char| c.is_whitespace() || matches!(c, '.' | '\'' | '’'))
        .filter(|word| !word.is_empty())
        .map(text::plain_letters)
        .filter(|word| !SMALL.contains(&word.as_str()))
        .collect()
}

/// Whether two words say one thing: number and gender, or a noun and its participle.
pub(super) fn alike(a: &str, b: &str) -> bool {
    if a == b || root(a) == root(b) {
        return true;
    }
    let pair =
        |a: &str, b: &str| PAIRS.iter().any(|(noun, verb)| root(a) == root(noun) && (root(b) == root(verb)));
    if pair(a, b) || pair(b, a) {
        return true;
    }
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().skip(same).collect::<String>();
    let (of_a, of_b) = (rest(a), rest(b));
    // Who acts is no act: « demandeur » is no « demande ».
    let acts = |rest: &str| ["eur", "eurs", "euse", "rice", "trice"].iter().any(|end| rest.ends_with(end));
    // « signature » and « signé », « remise » and « remis »: a noun of an act, and what has been done.
    let is_act = |rest: &str| {
        matches!(rest, "" | "e" | "s" | "se" | "ee" | "es" | "ees" | "i" | "is" | "u" | "ue" | "t" | "te")
            || ["ation", "ature", "ement", "ment", "ion", "age", "ifie", "ifiee", "iee", "ie"].contains(&rest)
    };
    same >= 4 && !acts(&of_a) && !acts(&of_b) && is_act(&of_a) && is_act(&of_b)
}

/// A word without the marks of number and gender.
pub(super) fn root(word: &str) -> &str {
    let word = word.strip_suffix("aux").map_or(word, |stem| word.get(..stem.len() + 1).unwrap_or(word));
    word.trim_end_matches(['s', 'x']).trim_end_matches('e')
}

/// The declared name that some words say: all of them are in it; where several names hold them, the one that
/// has least beside them, and none where two have as little.
pub(in crate::check) fn said_by<'n>(
    said: &[String],
    names: &'n [(String, Vec<String>)],
) -> Option<(&'n str, usize)> {
    if said.is_empty() || said.iter().all(|word| word.len() < 2) {
        return None;
    }
    let mut best: Option<(&str, usize)> = None;
    let mut tied = false;
    for (name, words) in names {
        let Some(beside) = beside(said, words) else { continue };
        match best {
            Some((_, least)) if beside > least => {}
            Some((own, least)) if beside == least => tied |= own != name,
            Some(_) | None => {
                best = Some((name, beside));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied)
}

/// How many words a name has beside these, where it holds them all.
fn beside(said: &[String], name: &[String]) -> Option<usize> {
    let mut left: Vec<&String> = name.iter().collect();
    for word in said {
        let at = left.iter().position(|own| alike(word, own))?;
        left.remove(at);
    }
    Some(left.len())
}
