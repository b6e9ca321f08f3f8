//! Words of a passage and of a rule, compared without their endings.

use crate::concordance::lexicon::EMPTY;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::prose::token::Token;

/// Nouns whose verb begins otherwise: « le dépôt » of what is `déposé`, « la fin » of what is `fini`.
const NOUNS: &[(&str, &str)] = &[
    ("depot", "depos"),
    ("depots", "depos"),
    ("fin", "fini"),
    ("reception", "recu"),
    ("paiement", "pay"),
    ("envoi", "envoy"),
    ("deces", "deced"),
    ("achat", "achete"),
    ("vente", "vendu"),
    ("obtention", "obtenu"),
];

/// A word without accents and endings: « formalisés » and « formaliser » are one.
pub fn stem(word: &str) -> String {
    let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    if let Some((_, verb)) = NOUNS.iter().find(|(noun, _)| *noun == bare) {
        return (*verb).to_owned();
    }
    let cut = bare.trim_end_matches(['s', 'x']);
    let cut = cut.trim_end_matches('e');
    let cut = if cut.is_empty() { bare.as_str() } else { cut };
    cut.chars().take(6).collect()
}

/// The stems of a name that say something: `liens formalisés avec les établissements`.
pub fn stems(name: &str) -> Vec<String> {
    // A word with a hyphen is one, as in the passage: « sous-dense ».
    name.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| word.chars().count() >= 3 && !EMPTY.contains(&word.to_lowercase().as_str()))
        .map(stem)
        .collect()
}

/// Whether two stems are of one word: one begins the other.
pub fn same(a: &str, b: &str) -> bool {
    a == b || (a.chars().count() >= 4 && b.starts_with(a)) || (b.chars().count() >= 4 && a.starts_with(b))
}

/// A word of an option as it is compared: gender and number put aside (« régionale », « régionaux »).
fn form(word: &str) -> String {
    let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let cut = match bare.strip_suffix("aux") {
        Some(start) => format!("{start}al"),
        None => bare.trim_end_matches(['s', 'x']).trim_end_matches('e').to_owned(),
    };
    let twice = cut.ends_with("nn") || cut.ends_with("ll") || cut.ends_with("tt");
    if twice { cut.get(..cut.len() - 1).unwrap_or(&cut).to_owned() } else { cut }
}

/// Where an option's name stands in a passage: its first token and one past the last.
pub fn find_option(tokens: &[Token], option: &str) -> Vec<(usize, usize)> {
    // « sages-femmes »: each half may be in the plural.
    let form = |word: &str| word.split('-').map(form).collect::<Vec<_>>().join("-");
    let wanted: Vec<String> = option.split([' ', '\'']).filter(|word| !word.is_empty()).map(form).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let words: Vec<String> = tokens.iter().map(|token| form(token.text.trim_end_matches('\''))).collect();
    let fits = |wanted: &String, word: &String| {
        // « le département » for « départemental ».
        wanted == word
            || (word.chars().count() >= 5
                && wanted.strip_prefix(word.as_str()).is_some_and(|end| matches!(end, "al" | "ional")))
    };
    let letter = option.chars().count() == 1;
    words
        .windows(wanted.len())
        .enumerate()
        .filter(|(_, window)| wanted.iter().zip(window.iter()).all(|(wanted, word)| fits(wanted, word)))
        .filter(|(at, _)| !letter || is_letter(tokens, *at, option))
        .map(|(at, _)| (at, at + wanted.len()))
        .collect()
}

/// « la zone A », « zones A, B »; not « l'assuré a droit », « d'un », « A défaut ».
fn is_letter(tokens: &[Token], at: usize, option: &str) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if token.text.ends_with('\'') || token.capital != option.starts_with(char::is_uppercase) {
        return false;
    }
    let opens = at
        .checked_sub(1)
        .and_then(|at| tokens.get(at))
        .is_none_or(|before| before.is(&[".", ";", ":", "«", "(", "-", "–"]));
    let goes_on = tokens.get(at + 1).is_some_and(|next| next.is_word() && !next.capital);
    !(token.text == "a" && opens && goes_on)
}

#[cfg(test)]
mod tests {
    use super::super::prose::token::tokens;
    use super::*;

    #[test]
    fn options_stand_in_any_gender_and_number() {
        for (text, option, found) in [
            ("a minima, départemental", "départemental", 1),
            ("à l'échelle infra-départementale", "départemental", 0),
            ("à l'échelle infra-départementale", "infra-départemental", 1),
            ("une cible régionale", "régional", 1),
            ("des réseaux régionaux", "régional", 1),
            ("couvre le département", "départemental", 1),
            ("est moyenne ou forte", "moyenne", 1),
            ("un niveau moyen", "moyenne", 1),
            ("l'assuré a droit, en zone A, à l'aide d'un tiers", "A", 1),
            ("A défaut, la zone D est retenue", "A", 0),
            ("au-delà d'un an en zone D", "D", 1),
        ] {
            assert_eq!(find_option(&tokens(text, 0), option).len(), found, "{text}: {option}");
        }
        assert!(same(&stem("formalisés"), &stem("formalisation")));
    }
}
