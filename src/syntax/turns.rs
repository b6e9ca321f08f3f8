//! Turns of phrase that French has and the language says otherwise: what an author who tries one is told.

/// How a line starts, and the clause that says it.
const CLAUSES: &[(&[&str], &str)] = &[
    (&["par mois", "tous les mois", "mensuel", "mensuellement"], "chaque mois"),
    (&["par trimestre", "tous les trimestres", "trimestriel"], "chaque trimestre"),
    (&["par an", "tous les ans", "annuel", "annuellement"], "chaque année"),
    (&["durant"], "pendant"),
    (&["en une fois", "un versement", "versement unique"], "une fois"),
    (&["limité à", "limitée à", "maximum"], "plafonné à"),
    (&["à condition que", "à condition de", "lorsque", "quand"], "si"),
    (&["avant le", "échéance", "dans les", "dans un délai de"], "au plus tard"),
    (&["il faut", "condition", "conditions"], "exige"),
];

/// How a value starts, and what says it.
const VALUES: &[(&[&str], &str)] = &[
    (&["fin du mois", "fin de mois"], "dernier jour du mois de D"),
    (&["début du mois", "début de mois"], "premier jour du mois de D"),
    (&["fin de l'année", "fin d'année"], "31 décembre de l'année de D"),
    (&["début de l'année", "début d'année"], "1er janvier de l'année de D"),
    (&["maximum", "max"], "le plus grand de a, b"),
    (&["minimum", "min"], "le plus petit de a, b"),
    (&["total", "sum"], "somme de L.x"),
    (&["moyenne"], "(somme de L.x) ÷ (nombre de L)"),
    (&["âge", "ancienneté"], "entre D et E en années entières"),
    (&["durée", "délai", "temps"], "entre D et E en mois entiers"),
    (&["aujourd'hui", "date du jour"], "date d'examen"),
];

/// How a line starts, and the keyword that it should start with.
const KEYWORDS: &[(&[&str], &str)] = &[
    (&["faits", "données", "informations"], "dossier"),
    (&["supprime", "annule"], "abroge"),
    (&["modifie"], "remplace"),
    (&["complète"], "ajoute"),
    (&["requiert", "impose"], "exige"),
    (&["durant"], "pendant"),
    (
        &["sauf lorsque", "sauf quand", "sauf dans le cas où", "sauf le cas où", "à moins que", "sauf"],
        "sauf si",
    ),
];

/// What compares two values, in words; adjectives in their first form.
const COMPARISONS: &[(&str, &str)] = &[
    ("supérieur ou égal à", "≥"),
    ("inférieur ou égal à", "≤"),
    ("strictement supérieur à", ">"),
    ("strictement inférieur à", "<"),
    ("supérieur à", ">"),
    ("inférieur à", "<"),
    ("égal à", "="),
    ("différent de", "≠"),
    ("au moins", "≥"),
    ("au moins égal à", "≥"),
    ("au plus", "≤"),
    ("au plus égal à", "≤"),
    ("au moins de", "≥"),
    ("au plus de", "≤"),
    ("au minimum", "≥"),
    ("au minimum de", "≥"),
    ("au maximum", "≤"),
    ("au maximum de", "≤"),
    ("plus de", ">"),
    ("moins de", "<"),
    ("plus grand que", ">"),
    ("plus petit que", "<"),
    ("excède", ">"),
    ("dépasse", ">"),
    ("atteint", "≥"),
    ("atteint au moins", "≥"),
    ("antérieur au", "<"),
    ("antérieur à", "<"),
    ("postérieur au", ">"),
    ("postérieur à", ">"),
    ("avant le", "<"),
    ("après le", ">"),
    ("au plus tard le", "≤"),
    ("au plus tôt le", "≥"),
    ("à compter du", "≥"),
    ("à partir du", "≥"),
    ("jusqu'au", "≤"),
];

/// Other turns between two values, and what is written for them.
const BETWEEN: &[(&str, &str)] = &[
    ("ne peut excéder", "≤"),
    ("ne peut dépasser", "≤"),
    ("ne peut pas excéder", "≤"),
    ("ne peut pas dépasser", "≤"),
    ("ne doit pas excéder", "≤"),
    ("ne doit pas dépasser", "≤"),
    ("ne peut être inférieur à", "≥"),
    ("ne peut être supérieur à", "≤"),
    ("fois", "×"),
    ("x", "×"),
    ("multiplié par", "×"),
    ("divisé par", "÷"),
    ("plus", "+"),
    ("moins", "-"),
    ("augmente de", "augmenté de"),
    ("majoré de", "augmenté de"),
    ("diminue de", "diminué de"),
    ("minoré de", "diminué de"),
    ("réduit de", "diminué de"),
    ("plafonne à", "plafonné à"),
    ("limité à", "plafonné à"),
];

/// Numbers in words, as far as a text of law writes them for a duration or a count.
const NUMBERS: &[(&str, &str)] = &[
    ("un", "1"),
    ("une", "1"),
    ("deux", "2"),
    ("trois", "3"),
    ("quatre", "4"),
    ("cinq", "5"),
    ("six", "6"),
    ("sept", "7"),
    ("huit", "8"),
    ("neuf", "9"),
    ("dix", "10"),
    ("onze", "11"),
    ("douze", "12"),
    ("quinze", "15"),
    ("seize", "16"),
    ("dix-huit", "18"),
    ("vingt", "20"),
    ("vingt-quatre", "24"),
    ("vingt-cinq", "25"),
    ("trente", "30"),
    ("trente-six", "36"),
    ("quarante", "40"),
    ("cinquante", "50"),
    ("soixante", "60"),
    ("cent", "100"),
    ("mille", "1 000"),
];

/// What follows a number in words, and what is written for it.
const UNITS: &[(&str, &str)] = &[
    ("mois", " mois"),
    ("an", " an"),
    ("ans", " ans"),
    ("jour", " jour"),
    ("jours", " jours"),
    ("euro", " €"),
    ("euros", " €"),
    ("pour cent", " %"),
    ("", ""),
];

/// The number with its unit that some words say: « neuf mois ».
pub(crate) fn quantity(words: &str) -> Option<String> {
    let (number, unit) = words.split_once(' ').unwrap_or((words, ""));
    let (_, figure) = NUMBERS.iter().find(|(word, _)| *word == number)?;
    let (_, unit) = UNITS.iter().find(|(word, _)| *word == unit)?;
    Some(format!("{figure}{unit}"))
}

/// What is written between two values for a turn of phrase: « ≤ » for « n'excède pas ».
pub(crate) fn between(turn: &str) -> Option<&'static str> {
    let words: Vec<String> = turn.split_whitespace().map(first_form).collect();
    let turn = words.join(" ");
    let compared = |turn: &str| COMPARISONS.iter().find(|(said, _)| *said == turn).map(|(_, sign)| *sign);
    let inner = |turn: &str| {
        let bare = ["d'", "de "].iter().find_map(|small| turn.strip_prefix(small)).unwrap_or(turn);
        compared(turn).or_else(|| compared(bare))
    };
    let denied = turn.strip_prefix("n'est pas ").and_then(inner).or_else(|| {
        let verb = turn.strip_prefix("ne ").or_else(|| turn.strip_prefix("n'"))?;
        compared(verb.strip_suffix(" pas")?)
    });
    if let Some(sign) = denied {
        return denial(sign);
    }
    if let Some((_, says)) = BETWEEN.iter().find(|(said, _)| *said == turn) {
        return Some(says);
    }
    let said =
        ["est ", "soit ", "doit être "].iter().find_map(|verb| turn.strip_prefix(verb)).unwrap_or(&turn);
    inner(said)
}

/// The sign that holds where another does not.
fn denial(sign: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 6] = [("≥", "<"), ("<", "≥"), ("≤", ">"), (">", "≤"), ("=", "≠"), ("≠", "=")];
    PAIRS.iter().find(|(from, _)| *from == sign).map(|(_, to)| *to)
}

/// A word in lower case, a straight apostrophe in it, adjectives and verbs in the form of the tables.
fn first_form(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    const STEMS: [(&str, &str); 17] = [
        ("supérieur", "supérieur"),
        ("inférieur", "inférieur"),
        ("égal", "égal"),
        ("égaux", "égal"),
        ("différent", "différent"),
        ("antérieur", "antérieur"),
        ("postérieur", "postérieur"),
        ("excèdent", "excède"),
        ("n'excèdent", "n'excède"),
        ("dépassent", "dépasse"),
        ("atteignent", "atteint"),
        ("multiplié", "multiplié"),
        ("divisé", "divisé"),
        ("majoré", "majoré"),
        ("minoré", "minoré"),
        ("limité", "limité"),
        ("sont", "est"),
    ];
    let form = STEMS
        .iter()
        .find(|(stem, _)| word.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "e" | "s" | "es")));
    form.map_or(word.clone(), |(_, form)| (*form).to_owned())
}

/// The keyword that a line should start with, and how many bytes stand in its place.
pub(crate) fn keyword(line: &str) -> Option<(usize, &'static str)> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    KEYWORDS.iter().find_map(|(turns, keyword)| {
        let length = turns.iter().filter(|turn| starts(&lower, turn)).map(|turn| turn.len()).max()?;
        Some((length, *keyword))
    })
}

fn starts(text: &str, turn: &str) -> bool {
    text.strip_prefix(turn).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(', '\n']))
}

/// The clause that says what a line starts with, where the language says it otherwise.
pub(crate) fn clause(line: &str) -> Option<&'static str> {
    said(CLAUSES, line)
}

/// What says a value that starts so, where the language says it otherwise.
pub(crate) fn value(name: &str) -> Option<&'static str> {
    said(VALUES, name)
}

fn said(table: &[(&[&str], &'static str)], text: &str) -> Option<&'static str> {
    let text = text.to_lowercase().replace('’', "'");
    table.iter().find(|(turns, _)| turns.iter().any(|turn| starts(&text, turn))).map(|(_, says)| *says)
}
