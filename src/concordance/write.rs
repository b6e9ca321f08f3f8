//! What to write in place of words of a rule that say something else than the passage.

use super::finding::words;
use crate::policy::Policy;
use crate::source::Span;

/// The signs of comparisons, longest names first as they are met.
const SIGNS: [&str; 4] = ["≥", "≤", ">", "<"];

/// The only sign of comparison in some words.
pub fn sign(written: &str) -> Option<&'static str> {
    let mut found = SIGNS.iter().filter(|sign| written.contains(**sign));
    let (sign, None) = (found.next()?, found.next()) else { return None };
    (written.matches(sign).count() == 1).then_some(*sign)
}

/// A comparison as it is written, with another sign.
pub fn with_sign(policy: &Policy, span: Span, other: &str) -> Option<String> {
    let written = words(policy, span);
    let sign = sign(&written)?;
    Some(written.replacen(sign, other, 1))
}

/// Words of a rule in which two names that stand there once each change places.
pub fn swapped(written: &str, one: &str, other: &str) -> Option<String> {
    let bounded = |name: &str| {
        let (before, after) = written.split_once(name)?;
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let once = !after.contains(name);
        (once && !letter(before.chars().next_back()) && !letter(after.chars().next())).then_some(before.len())
    };
    let (a, b) = (bounded(one)?, bounded(other)?);
    let ((first, one), (second, other)) = if a < b { ((a, one), (b, other)) } else { ((b, other), (a, one)) };
    let before = written.get(..first)?;
    let between = written.get(first + one.len()..second)?;
    let after = written.get(second + other.len()..)?;
    Some(format!("{before}{other}{between}{one}{after}"))
}

/// « n'est pas » of some words as « est ».
pub fn affirmed(written: &str) -> Option<String> {
    (written.matches("n'est pas").count() == 1).then(|| written.replacen("n'est pas", "est", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_places() {
        for (written, expected) in [
            ("départ le ≥ retour le + 2 mois", Some("retour le ≥ départ le + 2 mois")),
            (
                "retour le est dans les 2 mois suivant départ le",
                Some("départ le est dans les 2 mois suivant retour le"),
            ),
            ("départ le ≥ départ le", None),
            ("départ lent ≥ retour le", None),
        ] {
            assert_eq!(swapped(written, "départ le", "retour le").as_deref(), expected, "{written}");
        }
    }
}
