//! Remedies that may be followed blindly: none inverts, rescales or drops what the author meant.
//!
//! One row a mistake: the expression under `exige`, the code, the place, what the help must say.

/// An expression, the code of its one message, the place that it names, and its help.
type Row = (&'static str, &'static str, &'static str, &'static str);

const ROWS: [Row; 30] = [
    (
        "part locale ≥ 0,1",
        "types-incompatibles",
        "0,1",
        "écrire « 10 % », ou « 0,1 % » si c'est bien moins d'un pour cent",
    ),
    (
        "part locale ≥ 0,25",
        "types-incompatibles",
        "0,25",
        "écrire « 25 % », ou « 0,25 % » si c'est bien moins d'un pour cent",
    ),
    (
        "part locale = 0,005",
        "types-incompatibles",
        "0,005",
        "écrire « 0,5 % », ou « 0,005 % » si c'est bien moins d'un pour cent",
    ),
    ("part locale ≥ 10", "types-incompatibles", "10", "écrire « 10 % »"),
    ("part locale ≥ 1", "types-incompatibles", "1", "écrire « 1 % »"),
    (
        "0,2 ≤ part locale",
        "types-incompatibles",
        "part locale",
        "écrire « 20 % », ou « 0,2 % » si c'est bien moins d'un pour cent",
    ),
    (
        "part locale est entre 0,1 et 20 %",
        "types-incompatibles",
        "0,1",
        "écrire « 10 % », ou « 0,1 % » si c'est bien moins d'un pour cent",
    ),
    ("(budget augmenté de 0,20) ≥ 3 €", "types-incompatibles", "0,20", "écrire « 20 % »"),
    ("(budget diminué de 0,5) ≥ 3 €", "types-incompatibles", "0,5", "écrire « 50 % »"),
    ("(budget augmenté de 20) ≥ 3 €", "types-incompatibles", "20", "écrire « 20 % »"),
    (
        "(budget augmenté de 1,2) ≥ 3 €",
        "types-incompatibles",
        "1,2",
        "écrire « 1,2 % », ou « 20 % » si « 1,2 » est un coefficient",
    ),
    (
        "(entre demande.déposée le et date d'examen en jours) ≥ 18 ans",
        "types-incompatibles",
        "18 ans",
        "compter en années entières, et écrire « 18 »",
    ),
    (
        "(entre demande.déposée le et date d'examen en mois entiers) ≥ 18 ans",
        "types-incompatibles",
        "18 ans",
        "compter en années entières, et écrire « 18 »",
    ),
    (
        "(entre demande.déposée le et date d'examen en années entières) ≥ 18 ans",
        "types-incompatibles",
        "18 ans",
        "écrire « 18 »",
    ),
    (
        "(entre demande.déposée le et date d'examen en années entières) ≥ 6 mois",
        "types-incompatibles",
        "6 mois",
        "compter en mois entiers, et écrire « 6 »",
    ),
    (
        "(entre demande.déposée le et date d'examen en années entières) ≥ 24 mois",
        "types-incompatibles",
        "24 mois",
        "compter en mois entiers, et écrire « 24 »",
    ),
    (
        "(entre demande.déposée le et date d'examen en mois entiers) ≤ 15 jours",
        "types-incompatibles",
        "15 jours",
        "compter en jours, et écrire « 15 »",
    ),
    (
        "population ≥ 18 ans",
        "types-incompatibles",
        "18 ans",
        "« population » est un nombre sans unité : écrire « 18 » s'il se compte en années entières",
    ),
    ("budget ≥ 300", "types-incompatibles", "300", "écrire « 300 € »"),
    ("budget ≥ 0", "types-incompatibles", "0", "écrire « 0 € »"),
    ("engagement ≥ 6", "types-incompatibles", "6", "écrire « 6 mois »"),
    ("préavis ≥ 15", "types-incompatibles", "15", "écrire « 15 jours »"),
    (
        "budget × 3 € ≥ 3 €",
        "types-incompatibles",
        "3 €",
        "un montant se multiplie par un nombre ou un pourcentage : « 3 » ou « 3 % »",
    ),
    (
        "budget × budget ≥ 3 €",
        "types-incompatibles",
        "budget",
        "un montant se multiplie par un nombre ou un pourcentage : si « budget » n'est pas en euros, le déclarer ainsi",
    ),
    (
        "3 ÷ (budget + 1 €) ≥ 3",
        "types-incompatibles",
        "(budget + 1 €)",
        "un montant se divise par un montant ou par un nombre, non un nombre par un montant",
    ),
    ("100 ÷ 0 ≥ 3", "diviseur-nul", "0", "diviser par une grandeur qui n'est pas nulle"),
    ("100 ÷ (population - 3) ≥ 3", "diviseur-nul", "population - 3", ""),
    ("100 ÷ population ≥ 3", "diviseur-nul", "population", "si population > 0"),
    ("(budget plafonné à 300) ≥ 3 €", "types-incompatibles", "300", "écrire « 300 € »"),
    ("part locale + budget ≥ 3 €", "types-incompatibles", "budget", ""),
];

#[test]
fn a_remedy_keeps_what_the_author_meant() {
    let mut wrong = Vec::new();
    for (expression, code, place, help) in ROWS {
        let (text, diagnostics) = crate::shown(&format!("\ncritère essayé\n  exige {expression}\n"));
        let found = match diagnostics.as_slice() {
            [only] => only,
            several => {
                wrong.push(format!("{} messages: {text}", several.len()));
                continue;
            }
        };
        let label = found.labels.first().expect("a place");
        let at = label.file.slice(label.span);
        let said = found.help.as_deref().unwrap_or("");
        let helps =
            if help.is_empty() { true } else { said == help || said.contains(&format!("« {help} »")) };
        if found.code != code || at != place || !helps {
            wrong.push(format!("[{}] at « {at} », help: {said}\n{text}", found.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

mistakes! {
    count_of_days_in_a_definition: "types-incompatibles", "
définition ancienneté
  vaut entre demande.déposée le et date d'examen en jours

critère ancien
  exige ancienneté ≥ 2 ans
";
}
