//! The type of a fact as an author says it: « nombre de mètres », « prix ≥ 0 € », « date (jj/mm/aaaa) », « texte unique »,
//! « oui ou non, apprécié par le préfet ».

use std::ops::Range;

use crate::text;

/// What a number is counted in, as it is said, and as the language has it.
const UNITS: &[(&[&str], &str)] = &[
    (&["m²", "m2", "metres carres", "metre carre"], "m²"),
    (&["m³", "m3", "metres cubes", "metre cube"], "m³"),
    (&["km", "kilometres", "kilometre", "kms"], "km"),
    (&["m", "metres", "metre", "ml", "m.l.", "metres lineaires", "metre lineaire"], "m"),
    (&["kg", "kilogrammes", "kilogramme", "kilos", "kilo"], "kg"),
    (&["t", "tonnes", "tonne"], "t"),
    (&["ha", "hectares", "hectare"], "ha"),
    (&["h", "heures", "heure"], "heures"),
    (&["kwh", "kw.h", "kilowattheures", "kilowatt-heures"], "kWh"),
    (&["l", "litres", "litre"], "litres"),
];

/// The first word of a type, and what it is.
const KINDS: &[(&[&str], &str)] = &[
    (&["entier", "numero", "effectif"], "entier"),
    (
        &[
            "nombre",
            "surface",
            "superficie",
            "distance",
            "longueur",
            "hauteur",
            "largeur",
            "poids",
            "masse",
            "volume",
            "quantite",
            "decimal",
            "chiffre",
        ],
        "nombre",
    ),
    (
        &[
            "montant", "prix", "cout", "somme", "tarif", "revenu", "revenus", "salaire", "loyer", "euros",
            "euro", "€", "eur", "depense",
        ],
        "montant",
    ),
    (&["taux", "pourcentage", "part", "proportion", "%"], "pourcentage"),
    (&["date", "jour", "dates"], "date"),
    (&["texte", "libelle", "chaine", "intitule"], "texte"),
    (&["liste", "tableau"], "liste"),
    (&["periode", "intervalle"], "période"),
];

/// What is counted by, and as the language has it.
const PERIODS: &[(&[&str], &str)] = &[
    (&["par mois", "mensuel", "mensuelle", "mensuels", "/mois", "/ mois"], " par mois"),
    (&["par an", "par annee", "annuel", "annuelle", "annuels", "/an", "/ an"], " par an"),
    (&["par trimestre", "trimestriel", "trimestrielle"], " par trimestre"),
    (&["par jour", "journalier", "quotidien", "/jour"], " par jour"),
];

/// How a bound is said, and its sign; the longest first.
const BOUNDS: &[(&str, &str)] = &[
    ("superieur ou egal a", "≥"),
    ("superieure ou egale a", "≥"),
    ("inferieur ou egal a", "≤"),
    ("inferieure ou egale a", "≤"),
    ("strictement superieur a", ">"),
    ("strictement inferieur a", "<"),
    ("superieur a", ">"),
    ("inferieur a", "<"),
    ("a partir de", "≥"),
    ("d'au moins", "≥"),
    ("d'au plus", "≤"),
    ("au moins", "≥"),
    ("au plus", "≤"),
    ("au minimum", "≥"),
    ("au maximum", "≤"),
    ("minimum", "≥"),
    ("maximum", "≤"),
    ("jusqu'a", "≤"),
    ("plus de", ">"),
    ("moins de", "<"),
    ("min", "≥"),
    ("max", "≤"),
];

/// How it is said who judges.
const JUDGED: [&str; 42] = [
    "selon l'appréciation",
    "sur appréciation",
    "laissé à l'appréciation",
    "laissée à l'appréciation",
    "soumis à l'appréciation",
    "soumise à l'appréciation",
    "à l'appréciation",
    "appréciation",
    "laissé à la discrétion",
    "laissée à la discrétion",
    "laissé au choix",
    "laissée au choix",
    "laissé",
    "laissée",
    "confié",
    "confiée",
    "soumis",
    "soumise",
    "relève",
    "relevant",
    "au jugement",
    "à la décision",
    "après avis",
    "avis",
    "décision",
    "après décision",
    "apprécié par",
    "appréciée par",
    "à apprécier par",
    "à la discrétion",
    "au choix",
    "selon l'avis",
    "sur avis",
    "sur décision",
    "selon décision",
    "selon",
    "jugé par",
    "évalué par",
    "décidé par",
    "décidée par",
    "constaté par",
    "par",
];

/// How it is said when a fact is asked for.
const ASKED: [&str; 7] =
    ["si et seulement si", "seulement si", "uniquement si", "lorsque", "quand", "dans le cas où", "si"];

/// Words of a type that say nothing of it.
const SAYS_NOTHING: [&str; 10] = [
    "facultatif",
    "facultative",
    "optionnel",
    "optionnelle",
    "obligatoire",
    "requis",
    "requise",
    "etc",
    "à préciser",
    "non vide",
];

/// A type without what says nothing of it: its last signs, its parentheses, « facultatif ».
pub(crate) fn cleaned(written: &str) -> Vec<String> {
    let bare = |text: &str| text.trim_end_matches(['.', '?', '!', ';', ':', '…', ',', ' ']).to_owned();
    let mut all = Vec::new();
    let mut open = bare(written);
    while let Some((head, last)) = open.rsplit_once([',', ' ']) {
        let last = last.trim().trim_matches(['(', ')']);
        if !SAYS_NOTHING.contains(&last) && !last.is_empty() {
            break;
        }
        open = bare(head);
    }
    all.extend([open, bare(&without_parentheses(written)), written.replace(['(', ')'], "")]);
    all.retain(|says| says != written && !says.is_empty());
    all
}

/// The kind of what is written for a type, by its first word.
pub(crate) fn kind(written: &str) -> Option<&'static str> {
    let plain = text::plain_letters(written);
    let first = plain.split([' ', '(', ',']).next()?;
    KINDS.iter().find(|(said, _)| said.contains(&first)).map(|(_, kind)| *kind)
}

/// What a line that declares a fact may become: its type, with bounds and what follows.
pub(super) fn meant(line: &str) -> Vec<(Range<usize>, String)> {
    let Some(colon) =
        line.rfind('»').map_or_else(|| line.find(':'), |at| line.get(at..)?.find(':').map(|c| c + at))
    else {
        return Vec::new();
    };
    let name = line.get(..colon).unwrap_or("").trim();
    let rest = line.get(colon + 1..).unwrap_or("");
    let written = rest.trim();
    if name.is_empty() || name.starts_with('-') || written.is_empty() || written.starts_with("parmi") {
        return Vec::new();
    }
    let start = colon + 1 + rest.len() - rest.trim_start().len();
    let says = type_of(written).filter(|says| says != written);
    says.map(|says| (start..start + written.len(), says)).into_iter().collect()
}

pub(crate) fn type_of(written: &str) -> Option<String> {
    // « oui ou non (à l'appréciation du maire) », « entier (au moins 0) »: what they hold may be said.
    let opened = written.replace(" (", ", ").replace(['(', ')'], "");
    let (head, attributes) = parted(&opened);
    if written.contains('(') && attributes.is_empty() && bounded(&text::plain_letters(head)).1.is_none() {
        return type_of(&without_parentheses(written));
    }
    let plain = text::plain_letters(head).replace('’', "'");
    let truth =
        matches!(plain.as_str(), "oui ou non" | "oui/non" | "oui, non" | "oui / non" | "oui-non" | "oui");
    let mut out = if truth { "oui ou non".to_owned() } else { counted(&plain)? };
    for attribute in attributes {
        out.push_str(", ");
        out.push_str(&attribute);
    }
    Some(out)
}

/// `date (jj/mm/aaaa)` without what is in parentheses.
fn without_parentheses(written: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in written.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The type with its bounds, then who judges, when it is asked, whether it is the only one.
fn parted(written: &str) -> (&str, Vec<String>) {
    let starts = written.char_indices().filter(|(at, _)| *at > 0 && written.get(at - 1..*at) == Some(" "));
    for (at, _) in starts {
        let (head, rest) = written.split_at(at);
        let head = head.trim_end_matches([' ', ',']);
        if let Some(attribute) = attribute(rest, head.starts_with("oui")) {
            return (head, vec![attribute]);
        }
    }
    (written, Vec::new())
}

fn attribute(said: &str, truth: bool) -> Option<String> {
    let after =
        |turn: &&str| super::head_of(said, turn).map(|length| said.get(length..).unwrap_or("").trim());
    if let Some(condition) = ASKED.iter().find_map(after) {
        return Some(format!("si {condition}"));
    }
    if said.starts_with("unique") {
        return Some("unique".to_owned());
    }
    let judge = JUDGED.iter().find_map(after).or_else(|| {
        // « le président décide »
        let (judge, verb) = said.rsplit_once(' ')?;
        let named = ["le ", "la ", "les ", "l'", "l’"].iter().any(|article| judge.starts_with(article));
        (named && matches!(verb, "décide" | "apprécie" | "juge" | "décident" | "apprécient" | "jugent"))
            .then_some(judge)
    })?;
    let judge = judge.trim_start_matches([':', ' ']);
    (truth && !judge.is_empty()).then(|| format!("à l'appréciation {}", of(judge)))
}

/// « le préfet », « du préfet »: after « à l'appréciation ».
fn of(judge: &str) -> String {
    const ARTICLES: [(&str, &str); 8] = [
        ("le ", "du "),
        ("les ", "des "),
        ("la ", "de la "),
        ("l'", "de l'"),
        ("au ", "du "),
        ("aux ", "des "),
        ("à la ", "de la "),
        ("à l'", "de l'"),
    ];
    if ["du ", "de ", "des ", "d'"].iter().any(|of| judge.starts_with(of)) {
        return judge.to_owned();
    }
    let said = judge.replace('’', "'");
    let found =
        ARTICLES.iter().find_map(|(article, of)| Some(format!("{of}{}", said.strip_prefix(article)?)));
    found.unwrap_or_else(|| format!("de {judge}"))
}

/// A number, a sum, a date, with its unit and its bounds; in lower case, without accents.
fn counted(plain: &str) -> Option<String> {
    let (own, bounds) = bounded(plain);
    let own = own.trim_end_matches([' ', ',', ':']);
    let mut words = own.split(' ');
    let first = words.next()?;
    let rest = words.collect::<Vec<_>>().join(" ");
    let unit = unit_of(&rest).or_else(|| unit_of(own));
    let kind = KINDS.iter().find(|(said, _)| said.contains(&first)).map(|(_, kind)| *kind);
    let kind = match kind {
        Some("entier") if rest.starts_with("decimal") => "nombre",
        // « nombre d'enfants »: they are counted.
        Some("nombre")
            if unit.is_none()
                && (rest.starts_with("d'") || rest.starts_with("de ") || rest.contains("entier")) =>
        {
            "entier"
        }
        Some(kind) => kind,
        None if own.starts_with("en ") || unit_of(own).is_some() => "nombre",
        None => return None,
    };
    let mut out = kind.to_owned();
    match kind {
        "nombre" => out.extend(unit.map(|unit| format!(" en {unit}"))),
        "montant" => {
            let said = format!("{rest} ");
            let per =
                PERIODS.iter().find(|(turns, _)| turns.iter().any(|turn| said.contains(&format!("{turn} "))));
            out.push_str(per.map_or("", |(_, per)| per));
        }
        _ => {}
    }
    if let Some(bounds) = bounds {
        out.push(' ');
        out.push_str(&bounds);
        if kind == "montant" && !bounds.contains('€') {
            out.push_str(" €");
        }
    }
    Some(out)
}

/// What a type counts in: « de mètres », « en km ».
fn unit_of(said: &str) -> Option<&'static str> {
    let said = ["en ", "de ", "d'"].into_iter().find_map(|of| said.strip_prefix(of)).unwrap_or(said);
    let last = said.rsplit(" en ").next().unwrap_or(said);
    UNITS.iter().find(|(turns, _)| turns.contains(&last)).map(|(_, unit)| *unit)
}

/// A type before its bounds, and these in signs.
fn bounded(plain: &str) -> (&str, Option<String>) {
    let at = |turn: &str| {
        let found = plain.match_indices(turn).map(|(at, _)| at);
        found.filter(|at| *at == 0 || plain.get(at - 1..*at) == Some(" ")).min()
    };
    let split = |at: usize| plain.get(..at).unwrap_or("");
    let after = |at: usize| plain.get(at..).unwrap_or("").trim();
    if let Some(start) = plain.find(['≥', '≤', '<', '>']) {
        return (split(start), Some(figures(after(start))));
    }
    for (turn, says) in
        [("strictement positif", "> 0"), ("positif", "≥ 0"), ("non negatif", "≥ 0"), ("positive", "≥ 0")]
    {
        if let Some(start) = at(turn) {
            return (split(start), Some(says.to_owned()));
        }
    }
    for turn in ["compris entre ", "comprise entre ", "compris de ", "entre ", "de ", "allant de "] {
        let Some(start) = at(turn) else { continue };
        let ends = after(start + turn.len());
        let Some((low, high)) = ends.split_once(" et ").or_else(|| ends.split_once(" a ")) else { continue };
        if low.starts_with(|c: char| c.is_ascii_digit()) {
            return (split(start), Some(format!("entre {} et {}", figures(low), figures(high))));
        }
    }
    for (turn, sign) in BOUNDS {
        let Some(start) = at(turn) else { continue };
        let figure = after(start + turn.len()).trim_start_matches([':', ' ']);
        if figure.starts_with(|c: char| c.is_ascii_digit()) {
            return (split(start), Some(format!("{sign} {}", figures(figure))));
        }
    }
    // « 0 ou plus »
    let ends =
        [(" ou plus", "≥"), (" et plus", "≥"), (" minimum", "≥"), (" ou moins", "≤"), (" maximum", "≤")];
    for (turn, sign) in ends {
        let Some(before) = plain.strip_suffix(turn) else { continue };
        let start = before.rfind(|c: char| c.is_alphabetic() && !"mkh".contains(c)).map_or(0, |at| at + 1);
        let figure = before.get(start..).unwrap_or("").trim_start_matches([' ', '=']);
        let start = before.len() - figure.len();
        if figure.starts_with(|c: char| c.is_ascii_digit()) {
            return (split(start).trim_end_matches([' ', '=']), Some(format!("{sign} {}", figures(figure))));
        }
    }
    (plain, None)
}

/// Figures with their units as the language writes them.
fn figures(said: &str) -> String {
    let Some((figure, unit)) = said
        .rsplit_once(|c: char| c.is_ascii_digit())
        .and_then(|(before, unit)| Some((said.get(..before.len() + 1)?, unit.trim())))
    else {
        return said.to_owned();
    };
    let unit = match unit {
        "euros" | "euro" => "€",
        unit => UNITS.iter().find(|(turns, _)| turns.contains(&unit)).map_or(unit, |(_, own)| *own),
    };
    if unit.is_empty() { figure.to_owned() } else { format!("{figure} {unit}") }
}
