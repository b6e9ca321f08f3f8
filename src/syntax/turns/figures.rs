//! Figures, thousands and units as they are written or said.

/// What says how a number goes with the next, in words: units that a figure carries, and what they are written as.
pub(super) const FIGURES: &[(&[&str], &str)] = &[
    (&["euros", "euro", "eur"], "€"),
    (
        &[
            "pour cent",
            "pourcent",
            "pourcents",
            "pour-cent",
            "p. 100",
            "p. cent",
            "pour 100",
            "points de pourcentage",
        ],
        "%",
    ),
    (&["mois", "moi"], "mois"),
    (&["an", "année"], "an"),
    (&["ans", "années", "annees"], "ans"),
    (&["jour"], "jour"),
    (&["jours", "j", "jrs"], "jours"),
];

/// What a sum is counted in, and how many zeros that is.
pub(super) const THOUSANDS: &[(&[&str], usize)] = &[
    (
        &[
            "k€",
            "k €",
            "ke",
            "keur",
            "k euros",
            "k d'euros",
            "milliers d'euros",
            "millier d'euros",
            "mille euros",
        ],
        3,
    ),
    (
        &[
            "m€",
            "m €",
            "meur",
            "m euros",
            "m d'euros",
            "millions d'euros",
            "million d'euros",
            "millions €",
            "million €",
        ],
        6,
    ),
    (&["md€", "mds€", "milliards d'euros", "milliard d'euros"], 9),
];

/// Numbers in words, as far as a text of law writes them for a duration or a count.
pub(super) const NUMBERS: &[(&str, &str)] = &[
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
pub(super) const UNITS: &[(&str, &str)] = &[
    ("mois", " mois"),
    ("an", " an"),
    ("ans", " ans"),
    ("années", " ans"),
    ("année", " an"),
    ("jour", " jour"),
    ("jours", " jours"),
    ("euro", " €"),
    ("euros", " €"),
    ("pour cent", " %"),
    ("", ""),
];
