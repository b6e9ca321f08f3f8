//! What a remedy would do to the law: a word gone that limits it, a comparison that compares nothing.

use super::named::{Declared, is_whole};

/// What compares two values, in signs and in words.
const COMPARES: [&str; 8] = [" ≥ ", " ≤ ", " > ", " < ", " = ", " ≠ ", " est ", " n'est pas "];
/// What sets one condition apart from the next, or starts a line.
const PARTS: [&str; 8] = [" et ", " ou ", " si ", " dont ", "(", ")", ",", " non "];
/// What is counted, beside a figure.
const COUNTED: [&str; 16] =
    ["€", "%", "an", "ans", "mois", "jour", "jours", "h", "heure", "heures", "ha", "m", "km", "kg", "t", "F"];
/// Words that limit what a line says, each with those that may say it instead.
const LIMITS: [(&[&str], &[&str]); 13] = [
    (&["fin", "début"], &["dernier", "premier", "1er", "31", "finit", "commence"]),
    (&["exclu", "exclue", "exclus", "exclues"], &["<", ">", "non", "sauf", "moins", "n'est", "≠"]),
    (&["franc", "francs", "franche", "franches"], &["F", "€"]),
    (&["ouvré", "ouvrés", "ouvrable", "ouvrables"], &[]),
    (&["dernier", "dernière", "dernières", "derniers"], &["fin", "31", "30"]),
    (&["premier", "première", "premiers", "premières"], &["1er", "début", "1"]),
    (&["prorata", "proratisé", "proratisée", "proportionnel"], &["×", "÷"]),
    (&["entière", "tronqué", "tronquée", "troncature"], &["inférieur", "inférieure", "entières"]),
    (&["tranche", "tranches"], &[]),
    (&["appréciation"], &["appréciation"]),
    (&["semaine", "semaines", "hebdomadaire"], &["jours", "jour"]),
    (
        &["autre", "autres", "différent", "différente"],
        &["n'est", "≠", "non", "autres", "au-delà", "sauf", "deux", "plusieurs", "ou"],
    ),
    (&["moitié", "tiers", "quart", "double", "triple"], &["÷", "×", "%"]),
];

/// Whether a line that is changed so says something else, or nothing.
pub(super) fn strays(old: &str, new: &str, declared: &Declared) -> bool {
    limits_less(old, new)
        || of_when(old, new)
        || adds_ends(old, new)
        || turns_back(old, new)
        || says_nothing(old, new)
        || names_less(old, new, declared)
}

fn words(line: &str) -> Vec<&str> {
    let bare = line.split(['«', '»']).step_by(2);
    bare.flat_map(|part| part.split([' ', '(', ')', ',', '\n', '\u{a0}'])).filter(|w| !w.is_empty()).collect()
}

/// Whether a word that limits what the line says has gone, and nothing has come that says it.
fn limits_less(old: &str, new: &str) -> bool {
    let (old_words, new_words) = (words(old), words(new));
    let count = |words: &[&str], own: &[&str]| words.iter().filter(|word| own.contains(word)).count();
    let gone = LIMITS.iter().any(|(said, instead)| {
        count(&new_words, said) < count(&old_words, said)
            && count(&new_words, instead) <= count(&old_words, instead)
    });
    // A condition that is added to another is no case of it; an exception is no further condition.
    let has = |words: &[&str], own: &str| words.contains(&own);
    let condition = ["exige ", "vise ", "prévu si ", "favorable si ", "- "]
        .iter()
        .any(|head| old.trim_start().starts_with(head));
    let bound = ["sous réserve", "à condition", "sous condition"].iter().any(|turn| old.contains(turn));
    let cased = condition
        && bound
        && has(&new_words, "si")
        && count(&new_words, &["si"]) > count(&old_words, &["si"]);
    let unless = ["à moins qu", "à moins d"].iter().any(|turn| old.contains(turn))
        && !["sauf", "non", "n'est", "≠"].iter().any(|word| has(&new_words, word));
    gone || cased || unless
}

/// « jours de présence en 2025 » says when, « enfants de moins de 18 ans » of which: neither is a comparison.
fn of_when(old: &str, new: &str) -> bool {
    let year = old.match_indices(" en ").any(|(at, turn)| {
        let rest = old.get(at + turn.len()..).unwrap_or("");
        let year = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        year.len() == 4 && new.contains(&format!(" est {year}"))
    });
    // An age is that of those who are counted, unless what is compared is one.
    const OF_TIME: [&str; 5] = ["âge", "ancienneté", "année", "durée", "expérience"];
    let aged = [" de moins de ", " de plus de "].iter().any(|turn| {
        let rest = old.split_once(turn).map_or("", |(_, rest)| rest);
        rest.contains(" ans")
            && !new.contains(" ans")
            && !OF_TIME.iter().any(|word| old.contains(word) || new.contains(word))
    });
    year || aged
}

/// « 500 € à 1 000 € » has two ends, and is no sum.
fn adds_ends(old: &str, new: &str) -> bool {
    let between = old.match_indices(" à ").any(|(at, to)| {
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        figure(old.get(at + to.len()..).and_then(|rest| rest.chars().next()))
    });
    between && new.matches(" + ").count() > old.matches(" + ").count()
}

/// Whether a name that a condition or a value reads has gone: what is declared and written is no word too many.
fn names_less(old: &str, new: &str, declared: &Declared) -> bool {
    let reads = ["exige ", "vise ", "prévu si ", "favorable si ", "- ", "vaut ", "montant "]
        .iter()
        .any(|head| old.trim_start().starts_with(head));
    let bare = old.split(['«', '»']).step_by(2).collect::<Vec<_>>().join(" ");
    reads
        && declared.names.iter().any(|(name, _)| {
            let written = bare.match_indices(name.as_str()).any(|(at, name)| {
                let after = bare.get(at + name.len()..).unwrap_or("");
                let counted = bare.get(..at).unwrap_or("").trim_end().ends_with(|c: char| c.is_ascii_digit());
                // One word may be anything: « 365 jours », « durée du congé ».
                let of = [" de ", " du ", " des ", " d'", " d’"].iter().any(|of| after.starts_with(of));
                is_whole(&bare, at, name.len()) && (name.contains(' ') || !counted && !of)
            });
            written && !new.contains(name.as_str())
        })
}

/// « au moins 3 mois avant D » is no later than D less 3 months, « au plus 3 mois avant D » no earlier.
fn turns_back(old: &str, new: &str) -> bool {
    const TURNS: [(&str, &str); 6] = [
        ("au moins ", "≥>"),
        ("au minimum ", "≥>"),
        ("plus de ", "≥>"),
        ("au plus ", "≤<"),
        ("au maximum ", "≤<"),
        ("moins de ", "≤<"),
    ];
    let count = |line: &str, signs: &str| line.chars().filter(|c| signs.contains(*c)).count();
    TURNS.iter().any(|(turn, wrong)| {
        let before = old.match_indices(turn).any(|(at, turn)| {
            let rest = old.get(at + turn.len()..).unwrap_or("");
            let mut words = rest.split(' ');
            let counted = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            counted && matches!(words.nth(1), Some("avant"))
        });
        before && count(new, wrong) > count(old, wrong)
    })
}

/// Whether a comparison that was not written compares a value with itself, or two that are known.
fn says_nothing(old: &str, new: &str) -> bool {
    let empty = |line: &str| {
        line.lines()
            .flat_map(compared)
            .filter(|(left, sign, right)| {
                let left_known = is_known(left);
                left == right || left_known && (is_known(right) || sign.contains("est"))
            })
            .count()
    };
    empty(new) > empty(old)
}

/// The two sides of each comparison of a line, the word that starts it left out.
fn compared(line: &str) -> Vec<(String, &str, String)> {
    let said = line.trim_start();
    let heads = ["exige ", "vise ", "prévu si ", "favorable si ", "- ", "si "];
    let said = heads.iter().find_map(|head| said.strip_prefix(head)).unwrap_or(said);
    let mut parts: Vec<&str> = vec![said];
    for sign in PARTS {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts
        .into_iter()
        .filter_map(|part| {
            let found = COMPARES.iter().filter_map(|sign| Some((part.find(sign)?, *sign))).min()?;
            let (at, sign) = found;
            let (left, right) = (part.get(..at)?.trim(), part.get(at + sign.len()..)?.trim());
            (!left.is_empty() && !right.is_empty()).then(|| (left.to_owned(), sign, right.to_owned()))
        })
        .collect()
}

/// Whether a side is a figure with its unit, and nothing that a dossier says.
fn is_known(side: &str) -> bool {
    let mut words = side.split([' ', '\u{a0}', '\u{202f}']).filter(|word| !word.is_empty()).peekable();
    let figure = |word: &str| word.chars().all(|c| c.is_ascii_digit() || ",/".contains(c));
    words.peek().is_some_and(|first| figure(first))
        && words.all(|word| figure(word) || COUNTED.contains(&word) || word == "×" || word == "÷")
}
