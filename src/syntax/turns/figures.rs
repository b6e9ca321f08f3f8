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
    ("treize", "13"),
    ("quatorze", "14"),
    ("quinze", "15"),
    ("seize", "16"),
    ("dix-sept", "17"),
    ("dix-huit", "18"),
    ("dix-neuf", "19"),
    ("vingt", "20"),
    ("vingt-deux", "22"),
    ("vingt-quatre", "24"),
    ("vingt-cinq", "25"),
    ("vingt-six", "26"),
    ("vingt-huit", "28"),
    ("trente", "30"),
    ("trente-cinq", "35"),
    ("trente-six", "36"),
    ("quarante", "40"),
    ("quarante-cinq", "45"),
    ("quarante-huit", "48"),
    ("cinquante", "50"),
    ("cinquante-deux", "52"),
    ("cinquante-cinq", "55"),
    ("soixante", "60"),
    ("soixante-cinq", "65"),
    ("soixante-dix", "70"),
    ("soixante-quinze", "75"),
    ("quatre-vingt", "80"),
    ("quatre-vingts", "80"),
    ("quatre-vingt-dix", "90"),
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

/// The ways in which a text of law may say a figure with its unit, as it is written and in words: « 10 % », « dix pour cent ».
/// Of other words, those words.
pub(crate) fn ways_to_say(words: &str) -> Vec<String> {
    let end = words.find(|c: char| !c.is_ascii_digit() && !c.is_whitespace()).unwrap_or(words.len());
    let (figure, unit) = words.split_at(end);
    let (figure, unit) = (crate::text::tidy(figure), unit.trim());
    let units = FIGURES.iter().find(|(_, written)| *written == unit);
    if figure.is_empty() || !unit.is_empty() && units.is_none() {
        return vec![words.to_owned()];
    }
    let in_letters = NUMBERS.iter().filter(|(_, written)| *written == figure).map(|(letters, _)| *letters);
    let numbers: Vec<&str> = std::iter::once(figure.as_str()).chain(in_letters).collect();
    let units = units.map_or(&[][..], |(said, _)| said);
    let units: Vec<&str> = std::iter::once(unit).chain(units.iter().copied()).collect();
    let both =
        |number: &&str| units.iter().map(|unit| format!("{number} {unit}").trim().to_owned()).collect();
    numbers.iter().flat_map(|number: &&str| -> Vec<String> { both(number) }).collect()
}
