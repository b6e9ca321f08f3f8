//! The few things that are said of an author's noun besides repeating it: one of many, and which.

/// « 3e adhérent », « 1re commune »: one of the things of which a list has the name.
pub fn ranked(list: &str, rank: usize) -> String {
    let one = singular(list);
    match rank {
        1 if is_feminine(&one) => format!("1re {one}"),
        1 => format!("1er {one}"),
        _ => format!("{rank}e {one}"),
    }
}

/// « de la commune », « du médecin », « de l'élève ».
pub fn of_the(one: &str) -> String {
    if super::before("de", one).starts_with("d'") {
        format!("de l'{one}")
    } else if is_feminine(one) {
        format!("de la {one}")
    } else {
        format!("du {one}")
    }
}

/// Words after which what is named is told apart, and stays as it is: « lits de soins ».
const LINKS: [&str; 15] =
    ["de", "du", "des", "à", "au", "aux", "en", "par", "pour", "sur", "dans", "sans", "avec", "hors", "ou"];

/// One of what a plural names; words that are so in both stay.
pub fn singular(plural: &str) -> String {
    let mut over = false;
    let word = |word: &str| {
        over |= LINKS.contains(&word)
            || word.starts_with("d'")
            || word.starts_with("l'")
            || word.starts_with('(');
        if over { word.to_owned() } else { one_of(word) }
    };
    plural.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn one_of(word: &str) -> String {
    const SAME: [&str; 31] = [
        "accès", "avis", "bois", "bras", "cas", "choix", "colis", "concours", "corps", "cours", "croix",
        "discours", "dos", "fois", "fonds", "frais", "mois", "parcours", "pays", "permis", "poids", "prix",
        "procès", "progrès", "puits", "recours", "relais", "repas", "succès", "temps", "voix",
    ];
    const IN_AIL: [&str; 6] = ["travaux", "vitraux", "baux", "coraux", "émaux", "soupiraux"];
    const IN_AU: [&str; 4] = ["noyaux", "tuyaux", "joyaux", "préaux"];
    if SAME.contains(&word) || word.chars().count() < 4 || word.chars().all(char::is_uppercase) {
        return word.to_owned();
    }
    let Some(stem) = word.strip_suffix(['s', 'x']) else { return word.to_owned() };
    match stem.strip_suffix("au") {
        Some(root) if word.ends_with('x') && IN_AIL.contains(&word) => format!("{root}ail"),
        Some(root) if word.ends_with('x') && !root.ends_with('e') && !IN_AU.contains(&word) => {
            format!("{root}al")
        }
        _ => stem.to_owned(),
    }
}

/// The gender of a noun, by its ending; those that this misses and that texts often count are named.
pub fn is_feminine(phrase: &str) -> bool {
    const FEMININE: [&str; 29] = [
        "aide",
        "annexe",
        "case",
        "charge",
        "créance",
        "demande",
        "dette",
        "équipe",
        "étape",
        "fiche",
        "filiale",
        "heure",
        "ligne",
        "main",
        "offre",
        "part",
        "période",
        "place",
        "plage",
        "pièce",
        "prime",
        "rente",
        "ressource",
        "salle",
        "tranche",
        "vague",
        "ville",
        "voie",
        "zone",
    ];
    const MASCULINE: [&str; 12] = [
        "comité",
        "côté",
        "député",
        "incendie",
        "lycée",
        "musée",
        "programme",
        "silence",
        "stage",
        "traité",
        "arrêté",
        "trophée",
    ];
    const ENDINGS: [&str; 24] = [
        "tion", "sion", "aison", "ité", "ieté", "ée", "ence", "ance", "ure", "ette", "esse", "ise", "ude",
        "ade", "elle", "ille", "onne", "enne", "une", "ine", "euse", "trice", "ière", "ense",
    ];
    let noun = phrase.split(' ').next().unwrap_or(phrase);
    FEMININE.contains(&noun)
        || (!MASCULINE.contains(&noun) && ENDINGS.iter().any(|ending| noun.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use super::ranked;

    #[test]
    fn one_of_a_list() {
        let table = [
            ("adhérents", 1, "1er adhérent"),
            ("adhérents", 3, "3e adhérent"),
            ("communes", 1, "1re commune"),
            ("équipes mobiles", 1, "1re équipe mobile"),
            ("enfants à charge", 1, "1er enfant à charge"),
            ("lits de soins", 2, "2e lit de soins"),
            ("travaux", 1, "1er travail"),
            ("animaux", 2, "2e animal"),
            ("bureaux", 2, "2e bureau"),
            ("repas", 1, "1er repas"),
            ("prix", 21, "21e prix"),
            ("revenus (foyer)", 1, "1er revenu (foyer)"),
            ("journées d'essais", 1, "1re journée d'essais"),
            ("factures payées", 1, "1re facture payée"),
            ("personnel", 1, "1er personnel"),
            ("CPTS", 2, "2e CPTS"),
        ];
        for (list, rank, expected) in table {
            assert_eq!(ranked(list, rank), expected);
        }
    }
}
