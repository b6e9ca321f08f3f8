//! Dates that a rule puts otherwise than its passage: which comes first, whether the day itself counts, to which a time
//! is added. Right rules draw no remark; wrong ones draw one, with what to write.

use super::plain::{advice, remarks, turned};

/// A passage and the rule under it.
fn criterion(said: &str) -> String {
    format!("critère essayé\n  selon loi « {said} »\n  exige RÈGLE\n")
}

#[test]
fn the_day_itself_counts_or_not() {
    for (said, right, wrong) in [
        ("déposée à compter du retour", "≥", ">"),
        ("déposée après le retour", ">", "≥"),
        ("déposée avant le retour", "<", "≤"),
        ("déposée au plus tard à la date du retour", "≤", "<"),
        ("déposée au plus tard le jour de son retour", "≤", "<"),
        ("déposée au plus tôt le jour du retour", "≥", ">"),
    ] {
        let text = if matches!(right, "≥" | "≤") { "admet" } else { "écarte" };
        turned(
            &criterion(&format!("La demande est {said} du séjour.")),
            &format!("demande.déposée le {right} séjour.retour le"),
            &format!("demande.déposée le {wrong} séjour.retour le"),
            &format!("le texte {text} le jour même de « séjour.retour le »"),
            &format!("écrire « {right} »"),
        );
    }
}

#[test]
fn what_may_not_be_before_may_be_on_the_day() {
    turned(
        &criterion("La demande n'est pas déposée avant le retour."),
        "demande.déposée le ≥ séjour.retour le",
        "demande.déposée le > séjour.retour le",
        "le texte admet le jour même de « séjour.retour le » (« n'est pas déposée avant »)",
        "écrire « ≥ »",
    );
}

#[test]
fn a_date_that_is_worked_out_is_compared_as_any() {
    let item = |said: &str| {
        format!(
            "définition terme du séjour\n  selon loi « dans les six mois suivant le départ »\n  vaut séjour.départ le + 6 mois\n\ncontribution reversement\n  selon loi « {said}, elle reverse 25 % des frais. »\n  due si RÈGLE\n  montant 25 % × frais\n  arrondi au centime\n"
        )
    };
    for (said, right, wrong) in [
        ("Lorsque la demande est déposée après le terme", ">", "≥"),
        ("Lorsque la demande est déposée à compter du terme", "≥", ">"),
        ("Lorsque la demande est déposée au plus tard au terme", "≤", "<"),
        ("Lorsque la demande n'est pas déposée au plus tard au terme", ">", "≥"),
    ] {
        turned(
            &item(said),
            &format!("demande.déposée le {right} terme du séjour"),
            &format!("demande.déposée le {wrong} terme du séjour"),
            "le jour même de « terme du séjour »",
            &format!("écrire « {right} »"),
        );
    }
    // Another day than that of the passage has its own name.
    let eve = item("Lorsque la demande est déposée avant le terme")
        .replace("définition terme", "définition veille du terme");
    assert_eq!(remarks(&eve.replace("RÈGLE", "demande.déposée le ≤ veille du terme du séjour")), []);
}

#[test]
fn what_is_bounded_is_not_denied() {
    for said in ["ne peut dépasser", "n'excède pas", "ne peut être supérieure à", "est limitée à"] {
        for (link, right, wrong) in [("à compter du", "≥", "<"), ("après le", ">", "≤")] {
            turned(
                &format!(
                    "définition dépense\n  selon loi « La dépense {said} la somme des travaux facturés {link} retour du séjour. »\n  vaut somme de travaux.prix dont RÈGLE\n"
                ),
                &format!("facturé le {right} séjour.retour le"),
                &format!("facturé le {wrong} séjour.retour le"),
                "le texte met « facturé le » après « séjour.retour le »",
                &format!("écrire « facturé le {right} séjour.retour le »"),
            );
        }
    }
}

#[test]
fn a_bound_that_is_left_out_never_turns_the_rule_round() {
    for (said, right, wrong) in [
        ("un départ depuis au moins dix mois à la date de la demande", "≤", "<"),
        ("un départ depuis plus de dix mois à la date de la demande", "<", "≤"),
    ] {
        turned(
            &criterion(said),
            &format!("séjour.départ le + 10 mois {right} demande.déposée le"),
            &format!("séjour.départ le + 10 mois {wrong} demande.déposée le"),
            "le texte dit",
            "à 10 mois exactement",
        );
        let told = advice(
            &criterion(said)
                .replace("RÈGLE", &format!("séjour.départ le + 10 mois {wrong} demande.déposée le")),
        );
        assert!(told.contains(&format!("; écrire « {right} », ou dire")), "{told}");
    }
}

#[test]
fn a_time_is_added_to_the_date_that_the_passage_counts_from() {
    let least = "La demande est déposée au moins trente jours avant le départ.";
    let since = "un retour depuis moins de dix ans à la date de la demande";
    for (said, wrong, right) in [
        (
            least,
            "demande.déposée le ≤ séjour.départ le + 30 jours",
            "demande.déposée le + 30 jours ≤ séjour.départ le",
        ),
        (least, "demande.déposée le ≥ séjour.départ le - 30 jours", "≤"),
        (least, "demande.déposée le - 30 jours ≤ séjour.départ le", "+"),
        (
            since,
            "demande.déposée le + 10 ans < séjour.retour le",
            "demande.déposée le < séjour.retour le + 10 ans",
        ),
        (
            since,
            "séjour.retour le > demande.déposée le + 10 ans",
            "séjour.retour le + 10 ans > demande.déposée le",
        ),
        (since, "demande.déposée le > séjour.retour le + 10 ans", "<"),
    ] {
        let told = advice(&criterion(said).replace("RÈGLE", wrong));
        assert!(told.contains(&format!("écrire « {right} », ou dire")), "{wrong}\n{told}");
    }
    for right in [
        "demande.déposée le + 30 jours ≤ séjour.départ le",
        "demande.déposée le ≤ séjour.départ le - 30 jours",
        "séjour.départ le ≥ demande.déposée le + 30 jours",
    ] {
        assert_eq!(remarks(&criterion(least).replace("RÈGLE", right)), [], "{right}");
    }
    assert_eq!(
        remarks(&criterion(since).replace("RÈGLE", "demande.déposée le < séjour.retour le + 10 ans")),
        []
    );
}

#[test]
fn a_day_of_a_period_is_a_date() {
    let item = criterion("La demande est déposée au moins trente jours avant le premier jour du congé.")
        .replace("critère", "dossier\n  congé : période\n    « De quel jour à quel jour ? »\n\ncritère");
    turned(
        &item,
        "demande.déposée le + 30 jours ≤ premier jour du congé",
        "demande.déposée le ≥ premier jour du congé + 30 jours",
        "le texte met « demande.déposée le » avant « premier jour du congé »",
        "écrire « premier jour du congé ≥ demande.déposée le + 30 jours »",
    );
    // Nothing tells from which day: both are offered.
    let told = advice(
        &criterion("au moins trente jours")
            .replace("RÈGLE", "demande.déposée le ≤ séjour.départ le + 30 jours"),
    );
    assert!(
        told.contains("écrire « demande.déposée le + 30 jours ≤ séjour.départ le » si l'on compte à partir de « demande.déposée le », « ≥ » si c'est de « séjour.départ le »"),
        "{told}"
    );
}

#[test]
fn a_value_is_read_at_the_date_of_the_passage() {
    let item = |said: &str| {
        format!(
            "financement aide\n  selon loi « le point en vigueur {said} »\n  montant RÈGLE\n  arrondi au centime\n"
        )
    };
    for said in ["à la date du départ", "lors du départ", "au moment du départ", "au jour du départ"] {
        turned(
            &item(said),
            "point à la date de séjour.départ le",
            "point",
            "la règle lit « point » au jour de l'examen",
            "écrire « point à la date de séjour.départ le »",
        );
        turned(
            &item(said),
            "point à la date de séjour.départ le",
            "point à la date de demande.déposée le",
            "la règle lit « point » à la date de « demande.déposée le »",
            "écrire « point à la date de séjour.départ le »",
        );
    }
    // No date is called so: the one that no rule reads is meant.
    turned(
        &(item("à la date de l'acquisition")
            + "\ncohérence calendrier\n  exige\n    - demande.déposée le ≤ séjour.retour le\n    - rapport.remis le ≤ date d'examen\n    - tous les travaux vérifient facturé le ≤ date d'examen\n"),
        "point à la date de séjour.départ le",
        "point",
        "la règle lit « point » au jour de l'examen",
        "écrire « point à la date de séjour.départ le »",
    );
}

#[test]
fn a_day_of_each_year_is_of_no_year() {
    turned(
        &criterion("La demande est déposée au plus tard le 31 décembre de l'année de retour du séjour."),
        "demande.déposée le ≤ 31 décembre de l'année de séjour.retour le",
        "demande.déposée le ≤ 31 décembre 2026",
        "le texte ne fixe pas l'année (« au plus tard le 31 décembre de l'année »), la règle dit « 31 décembre 2026 »",
        "écrire « 31 décembre de l'année de séjour.retour le »",
    );
}

#[test]
fn what_is_not_given_below_is_given_from_there_on() {
    let item = criterion("L'aide n'est pas due lorsque les frais sont inférieurs à 200 €.");
    turned(&item, "frais ≥ 200 €", "frais > 200 €", "le texte dit", "à 200 € exactement");
    let told = advice(&item.replace("RÈGLE", "frais > 200 €"));
    assert!(told.contains("écrire « ≥ », ou dire"), "{told}");
}
