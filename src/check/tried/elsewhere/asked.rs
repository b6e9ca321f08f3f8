//! What a question asks for: « Quand … ? » a date, « … est-il … ? » a yes or a no.

use crate::text::plain_letters;

/// What an answer is, as far as its question tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check::tried) enum Asked {
    /// A day.
    Day,
    /// Yes or no.
    Truth,
    /// How many.
    Count,
    /// How much, in euros.
    Money,
    /// A share.
    Share,
    /// How long.
    Length,
    /// From which day to which.
    Period,
}

/// Words of sums of money.
const MONEY: [&str; 25] = [
    "montant",
    "revenu",
    "ressource",
    "loyer",
    "prix",
    "cout",
    "frais",
    "depense",
    "salaire",
    "somme",
    "recette",
    "budget",
    "traitement",
    "chiffre d'affaires",
    "euro",
    "facture",
    "devis",
    "pension",
    "remuneration",
    "charges",
    "cotisation",
    "prime",
    "subvention",
    "tarif",
    "indemnite",
];

/// What a question asks for.
pub(in crate::check::tried) fn asked(question: &str) -> Option<Asked> {
    let plain = plain_letters(question).replace('’', "'");
    let starts = |heads: &[&str]| heads.iter().any(|head| plain.starts_with(head));
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let money = has(&MONEY);
    if starts(&["quelle periode", "sur quelle periode", "depuis quand"])
        || has(&[
            "de quel jour a quel jour",
            "de quelle date a quelle date",
            "du quel au quel",
            "de quand a quand",
        ])
    {
        return Some(Asked::Period);
    }
    if starts(&["quand", "quel jour", "quelle date", "quelle est la date", "quelle etait la date"])
        || has(&["a quelle date", "a quel jour", "depuis quelle date"])
        || has(&["a partir de quelle date", "a compter de quelle date"])
    {
        return Some(Asked::Day);
    }
    if has(&["pourcentage", "quelle part", "quelle proportion", "quelle est la part"])
        || starts(&["quel taux", "quel est le taux", "a quel taux"])
    {
        return Some(Asked::Share);
    }
    if has(&["combien", "quel nombre", "quel est le nombre"]) {
        let length = ["combien de mois", "combien de jours", "combien d'annees", "combien de temps"];
        return Some(match money {
            true => Asked::Money,
            false if has(&length) => Asked::Length,
            false => Asked::Count,
        });
    }
    let asks = starts(&["quel", "quels", "a quel", "a combien"]);
    if asks && has(&["duree"]) {
        return Some(Asked::Length);
    }
    if asks {
        return money.then_some(Asked::Money);
    }
    let inverted = ["-il", "-elle", "-ils", "-elles", "-on", "-ce ", "-t-il", "-t-elle"];
    let other =
        ["ou ", "comment", "qui ", "pourquoi", "lequel", "laquelle", "dans quel", "depuis", "de quel"];
    (has(&inverted) && !starts(&other)).then_some(Asked::Truth)
}

/// By what period a question asks for a sum, or in what unit for a number.
pub(in crate::check::tried) fn period(question: &str) -> Option<&'static str> {
    let plain = plain_letters(question).replace('’', "'");
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    const UNITS: [(&[&str], &str); 8] = [
        (&["en m²", "en metres carres", "en m2"], "nombre en m²"),
        (&["en m³", "en metres cubes", "en m3"], "nombre en m³"),
        (&["en metres", "en metre", "en m ", "en m?"], "nombre en m"),
        (&["en km", "en kilometres"], "nombre en km"),
        (&["en hectares", "en ha"], "nombre en ha"),
        (&["en litres"], "nombre en litres"),
        (&["en kg", "en kilogrammes"], "nombre en kg"),
        (&["en heures", "combien d'heures"], "nombre en heures"),
    ];
    if let Some((_, ty)) = UNITS.into_iter().find(|(words, _)| has(words)) {
        return Some(ty);
    }
    match (
        has(&["mensuel", "par mois", "chaque mois"]),
        has(&["annuel", "par an ", "par an?", "chaque annee"]),
    ) {
        (true, false) => Some("montant par mois"),
        (false, true) => Some("montant par an"),
        _ => None,
    }
}

impl Asked {
    /// Whether a type is what is asked for.
    pub fn fits(self, ty: &str) -> bool {
        match self {
            Asked::Day => ty.starts_with("date"),
            Asked::Truth => ty.starts_with("oui ou non"),
            Asked::Count => ty.starts_with("entier") || ty.starts_with("nombre"),
            Asked::Money => ty.starts_with("montant"),
            Asked::Share => ty.starts_with("pourcentage"),
            Asked::Period => ty.starts_with("période") || ty.starts_with("date"),
            Asked::Length => ["durée", "entier", "nombre"].iter().any(|head| ty.starts_with(head)),
        }
    }
}
