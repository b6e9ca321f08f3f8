//! Ages that may be below zero: told where a comparison takes them for small, and nowhere else.

const FACTS: &str = "
dossier
  demande le : date
    « Quand la demande est-elle faite ? »
  naissance : date
    « Quand est né le demandeur ? »
  enfants : liste
    « Quels enfants ? »
  enfants.né le : date
    « Quand est né cet enfant ? »

définition âge
  vaut entre naissance et demande le en années entières

définition enfants.âge de l'enfant
  vaut entre né le et demande le en années entières
";

/// What is said of the ages in a condition, with more above it.
fn said(more: &str, condition: &str) -> Vec<String> {
    let (text, found) = crate::shown(&format!("{FACTS}{more}\ncritère essai\n  exige {condition}\n"));
    assert!(!found.iter().any(conforme::diagnostic::Diagnostic::is_error), "{text}");
    found.into_iter().filter(|found| found.code == "age-negatif").map(|found| found.message).collect()
}

#[test]
fn an_age_that_may_be_negative_is_told_where_it_passes_for_small() {
    for (condition, expected) in [
        ("âge < 16", "« âge » est nul ou négatif si « naissance » vient après « demande le »"),
        ("âge ≤ 16", "« âge » est nul ou négatif si « naissance » vient après « demande le »"),
        ("16 > âge", "« âge » est nul ou négatif si « naissance » vient après « demande le »"),
        (
            "(nombre d'enfants dont âge de l'enfant < 16) ≥ 2",
            "« enfants.âge de l'enfant » est nul ou négatif si « né le » vient après « demande le »",
        ),
        (
            "(entre naissance et date d'examen en mois entiers) < 6",
            "« entre naissance et date d'examen en mois entiers » est nul ou négatif si « naissance » vient après « date d'examen »",
        ),
    ] {
        assert_eq!(said("", condition), [expected], "{condition}");
    }
}

/// A line of a table names the end of what it takes: there, the age itself stops at zero.
#[test]
fn what_is_meant_is_written_where_the_age_is_counted() {
    let table = |age: &str, of: &str| {
        let text = FACTS.replace("vaut entre naissance et demande le en années entières", age);
        let (shown, found) = crate::shown(&format!(
            "{text}\ndéfinition points\n  vaut selon {of}\n\ncritère essai\n  exige points ≥ 3\n"
        ));
        assert!(!found.iter().any(conforme::diagnostic::Diagnostic::is_error), "{shown}");
        found
            .into_iter()
            .filter(|found| found.code == "age-negatif")
            .filter_map(|found| found.help)
            .collect::<Vec<_>>()
    };
    let counted = "vaut entre naissance et demande le en années entières";
    for of in [
        "âge\n    moins de 6 : 5\n    à partir de 6 : 4",
        "âge, âge\n    moins de 6, moins de 9 : 5\n    dans les autres cas : 4",
    ] {
        let help = table(counted, of);
        assert_eq!(help.len(), 1, "{help:?}");
        assert!(
            help[0].ends_with(
                "si c'est voulu, « entre naissance et demande le en années entières au minimum 0 »"
            ),
            "{help:?}"
        );
        assert_eq!(table(&format!("{counted} au minimum 0"), of), [""; 0]);
    }
}

#[test]
fn an_age_is_told_once() {
    assert_eq!(said("", "(âge < 16 ou âge < 18)").len(), 1);
}

#[test]
fn nothing_is_told_of_an_age_that_is_never_negative_or_never_passes_for_small() {
    let dates = "\ncohérence dates\n  exige naissance ≤ demande le\n";
    let children = "\ncohérence dates\n  exige tous les enfants vérifient né le ≤ demande le\n";
    let none = "\ncohérence dates\n  exige aucun enfant dont né le > demande le\n";
    let both = "\ncohérence dates\n  exige\n    - naissance < demande le\n    - tous les enfants vérifient né le < demande le\n";
    for (more, condition) in [
        ("", "âge ≥ 18"),
        ("", "âge est entre 3 et 16"),
        ("", "naissance ≤ demande le et âge < 16"),
        ("", "(nombre d'enfants dont né le ≤ demande le et âge de l'enfant < 16) ≥ 2"),
        (dates, "âge < 16"),
        (children, "(nombre d'enfants dont âge de l'enfant < 16) ≥ 2"),
        (none, "(nombre d'enfants dont âge de l'enfant < 16) ≥ 2"),
        (both, "(âge < 16 ou (nombre d'enfants dont âge de l'enfant < 16) ≥ 2)"),
    ] {
        assert_eq!(said(more, condition), [""; 0], "{more}{condition}");
    }
    // What holds of the applicant says nothing of the children.
    assert_eq!(said(dates, "(nombre d'enfants dont âge de l'enfant < 16) ≥ 2").len(), 1);
}

#[test]
fn a_count_from_the_later_date_to_the_earlier_is_told() {
    let dates = "\ncohérence dates\n  exige naissance < demande le\n";
    let condition = "(entre demande le et naissance en années entières) est entre 18 et 25";
    assert_eq!(
        said(dates, condition),
        ["« demande le » ne vient jamais avant « naissance » : ce qui est compté n'est jamais positif"]
    );
    // Where nothing says which date is the later, nothing is told.
    assert_eq!(said("", condition), [""; 0]);
}

/// Of two dates that are no birth, either may be the one that is turned round: both places are shown.
#[test]
fn a_coherence_or_a_count_that_is_turned_round_is_told_at_both() {
    let text = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  contrat.signé le : date
  contrat.rompu le : date

cohérence dates
  exige contrat.rompu le ≤ contrat.signé le

définition durée
  vaut entre contrat.signé le et contrat.rompu le en mois entiers

critère durée du contrat
  exige durée ≥ 6

décision attribution
  favorable si tous les critères sont remplis
";
    let (shown, found) = crate::shown(text);
    let told: Vec<_> = found.iter().filter(|one| one.code == "age-negatif").collect();
    let [one] = told.as_slice() else { panic!("{shown}") };
    let places: Vec<&str> = one.labels.iter().map(|label| label.file.slice(label.span)).collect();
    assert_eq!(
        places,
        ["contrat.rompu le ≤ contrat.signé le", "entre contrat.signé le et contrat.rompu le en mois entiers"]
    );
    assert_eq!(
        one.help.as_deref(),
        Some(
            "selon le texte, écrire « contrat.signé le ≤ contrat.rompu le » dans la « cohérence », \
             ou « entre contrat.rompu le et contrat.signé le » là où c'est compté"
        )
    );
}

/// A cohérence reads no definition: none is proposed that would be refused.
#[test]
fn a_date_that_is_worked_out_is_held_through_its_facts() {
    let more = "\ndéfinition fin des droits\n  vaut demande le + 6 mois\n";
    let condition = "(entre naissance et fin des droits en années entières) < 16";
    let (_, found) = crate::shown(&format!("{FACTS}{more}\ncritère essai\n  exige {condition}\n"));
    let help =
        found.into_iter().find(|found| found.code == "age-negatif").and_then(|found| found.help).unwrap();
    assert!(help.contains("une « cohérence » entre les faits que lit « fin des droits »"), "{help}");
}
