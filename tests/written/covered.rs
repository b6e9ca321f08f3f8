//! Days that several periods cover: each counts once.

use conforme::decision::Outcome;
use conforme::known::Known;
use conforme::number::Ratio;

use super::{decided, refused, told};

const FACTS: &str = "\
dossier
  demande : date
  référence : période
  stage : période
  contrats : liste
  contrats.durée : période
  contrats.public : oui ou non
  contrats.rang : entier ≥ 0
  métiers : liste
  métiers.nom : texte, unique

";

const WITHIN: &str = "depuis demande - 3 ans jusqu'à demande - 1 jour";

fn items(value: &str) -> String {
    format!("{FACTS}résultat r\n  selon T « x »\n  vaut {value}\n")
}

/// The least and the most that a value may be.
fn days(value: &str, contrats: &str) -> (Option<Ratio>, Option<Ratio>) {
    let facts = format!("demande: 2025-01-01\nréférence: du 01/01/2022 au 31/12/2024\n{contrats}");
    match &decided(&items(value), &facts).fundings[0].value {
        Some(Known::Number(number)) => (number.low.value().cloned(), number.high.value().cloned()),
        other => panic!("{value}: {other:?}"),
    }
}

fn exactly(value: &str, contrats: &str, expected: i64) {
    let expected = Some(Ratio::from(expected));
    assert_eq!(days(value, contrats), (expected.clone(), expected), "{value}, {contrats}");
}

/// 2023-01-01 to 2024-06-30: 365 days of 2023, 182 of 2024, which is a leap year.
const TWO: &str = "contrats:\n  - {durée: du 01/01/2023 au 31/12/2023, public: oui, rang: 1}\n  \
                   - {durée: du 01/07/2023 au 30/06/2024, public: non, rang: 2}";

#[test]
fn days_of_overlapping_periods_count_once() {
    for within in [WITHIN, "dans référence", "depuis 1er janvier 2022 jusqu'à 31 décembre 2024", ""] {
        exactly(&format!("jours couverts par contrats.durée {within}"), TWO, 547);
    }
    // Each by itself: 365 and 366 days.
    exactly(&format!("jours couverts par contrats.durée {WITHIN} dont public"), TWO, 365);
    exactly(&format!("jours couverts par contrats.durée {WITHIN} dont non public"), TWO, 366);
    // 184 days of 2023 from 1 July on; of May 2024, all 31.
    exactly("jours couverts par contrats.durée dans l'année 2023 dont rang = 2", TWO, 184);
    exactly("jours couverts par contrats.durée dans le mois de (demande - 8 mois)", TWO, 31);
    exactly("jours couverts par contrats.durée", "contrats: []", 0);
    // Periods outside what is looked at, and two that touch.
    let apart = "contrats:\n  - {durée: du 01/01/2010 au 31/12/2021, public: oui, rang: 1}\n  \
                 - {durée: du 30/12/2024 au 31/12/2024, public: oui, rang: 1}\n  \
                 - {durée: du 01/01/2025 au 31/12/2025, public: oui, rang: 1}\n  \
                 - {durée: du 20/12/2024 au 29/12/2024, public: oui, rang: 1}";
    exactly(&format!("jours couverts par contrats.durée {WITHIN}"), apart, 12);
}

/// A period that runs still covers all that is looked at after its first day.
#[test]
fn what_is_not_known_of_the_periods_is_kept_open() {
    let value = format!("jours couverts par contrats.durée {WITHIN}");
    let list = |of: &str| {
        format!("contrats:\n  - {{durée: du 01/01/2023 au 31/12/2023, public: oui, rang: 1}}\n  - {of}")
    };
    exactly(&value, &list("{durée: depuis le 01/07/2023, public: oui, rang: 1}"), 731);
    let between = |value: &str, contrats: &str, least: i64, most: i64| {
        assert_eq!(
            days(value, contrats),
            (Some(Ratio::from(least)), Some(Ratio::from(most))),
            "{value}, {contrats}"
        );
    };
    // It may end the day it begins, or run still.
    between(&value, &list("{durée: {du: 01/07/2023, au: inconnu}, public: oui, rang: 1}"), 365, 731);
    between(&value, &list("{public: oui, rang: 1}"), 365, 1_096);
    between(
        &format!("{value} dont public"),
        &list("{durée: du 01/07/2023 au 30/06/2024, rang: 1}"),
        365,
        547,
    );
    between(&value, "", 0, 1_096);
    let endless = days(
        "jours couverts par contrats.durée",
        &list("{durée: depuis le 01/07/2023, public: oui, rang: 1}"),
    );
    assert_eq!(endless.1, None);
}

/// A threshold that is met whatever is missing is met.
#[test]
fn what_is_enough_is_decided() {
    let outcome = |least: i64, second: &str| {
        let text = format!(
            "{FACTS}critère c\n  selon T « x »\n  exige (jours couverts par contrats.durée {WITHIN}) ≥ {least} jours\n\n\
             décision d\n  favorable si c\n"
        );
        let facts = format!(
            "demande: 2025-01-01\ncontrats:\n  - {{durée: du 01/01/2023 au 31/12/2023, public: oui, rang: 1}}\n  - {second}"
        );
        decided(&text, &facts).outcome
    };
    let open = "{durée: {du: 01/07/2023, au: inconnu}, public: oui, rang: 1}";
    assert_eq!(outcome(365, open), Outcome::Favourable);
    assert_eq!(outcome(366, open), Outcome::Incomplete);
    assert_eq!(outcome(732, open), Outcome::Unfavourable);
}

#[test]
fn programs_and_readers_are_told_each_period() {
    let text = items(&format!("jours couverts par contrats.durée {WITHIN} dont public"));
    let told = told(&text, &format!("demande: 2025-01-01\n{TWO}")).to_string();
    assert!(told.contains("\"op\":\"days_covered\"") && told.contains("\"list\":\"contrats\""), "{told}");
}

#[test]
fn what_is_no_period_of_a_list_is_told() {
    for (value, said) in [
        ("jours couverts par stage", "« stage » est une seule période"),
        ("jours couverts par contrats", "nommer la période de chaque élément : « contrats.durée »"),
        ("jours couverts par métiers", "déclarer la période de chaque élément : « métiers.durée : période »"),
        ("jours couverts par contrats.rang", "une période est attendue ; « contrats.rang » est un entier"),
        ("jours couverts par contrat.durée", "écrire « contrats.durée »"),
        ("jours couverts par les durées des contrats", "écrire « contrats.durée »"),
        ("jours couverts par absences", "nom inconnu : « absences »"),
    ] {
        let (codes, text) = refused(&items(value));
        assert_eq!(codes.len(), 1, "{value}: {text}");
        assert!(text.contains(said), "{value}: {text}");
    }
}
