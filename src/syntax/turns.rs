//! Turns of phrase that French has and the language says otherwise: what an author who tries one is told.

/// How a line starts, and the clause that says it.
const CLAUSES: &[(&[&str], &str)] = &[
    (&["par mois", "tous les mois", "mensuel", "mensuellement"], "chaque mois"),
    (&["par trimestre", "tous les trimestres", "trimestriel"], "chaque trimestre"),
    (&["par an", "tous les ans", "annuel", "annuellement"], "chaque année"),
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
    let starts = |turn: &&str| {
        text.strip_prefix(*turn).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(']))
    };
    table.iter().find(|(turns, _)| turns.iter().any(starts)).map(|(_, says)| *says)
}
