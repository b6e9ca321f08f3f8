//! What a text leaves unsaid is remarked, once, with its remedy.

use conforme::diagnostic::Severity;

/// The codes of the remarks on a source, none of which is an error.
fn remarks(source: &str) -> Vec<&'static str> {
    let (text, diagnostics) = crate::shown(source);
    assert!(diagnostics.iter().all(|d| d.severity == Severity::Warning && d.help.is_some()), "{text}");
    diagnostics.iter().map(|d| d.code).collect()
}

const PAID: &str = "
dossier
  revenu mensuel : montant ≥ 0 €
    « Quel revenu ? »
  pension annuelle : montant ≥ 0 €
    « Quelle pension ? »
  loyer par an : montant ≥ 0 €
    « Quel loyer ? »
";

#[test]
fn amounts_of_a_month_and_of_a_year_are_not_mixed_in_silence() {
    let of = |condition: &str| {
        let read = "revenu mensuel ≥ 1 € et pension annuelle ≥ 1 € et loyer par an ≥ 1 €";
        remarks(&format!("{PAID}\ncritère ressources\n  exige\n    - {read}\n    - {condition}\n"))
    };
    assert_eq!(of("revenu mensuel + pension annuelle ≤ 1 800 €"), ["periodes-melees"]);
    assert_eq!(of("revenu mensuel ≤ loyer par an"), ["periodes-melees"]);
    assert_eq!(of("(revenu mensuel + 3 €) - (pension annuelle plafonné à 3 €) ≤ 9 €"), ["periodes-melees"]);
    assert_eq!(of("revenu mensuel + pension annuelle ÷ 12 ≤ 1 800 €"), [""; 0]);
    assert_eq!(of("pension annuelle + loyer par an ≤ 1 800 €"), [""; 0]);
    assert_eq!(of("revenu mensuel × 12 + pension annuelle ≤ 1 800 €"), [""; 0]);
}

#[test]
fn a_name_read_of_the_second_of_two_elements_is_told() {
    let of = |condition: &str| remarks(&format!("\ncritère lié\n  exige {condition}\n"));
    let captured =
        "tous les adhérents vérifient aucun adhérent dont installé le > date d'examen et heures > 3";
    assert_eq!(of(captured), ["element-masque"]);
    assert_eq!(of("tous les adhérents dont heures > 3 vérifient métier est médecin"), [""; 0]);
    assert_eq!(of("tous les adhérents vérifient (nombre d'adhérents) > heures"), [""; 0]);
}

#[test]
fn a_rank_that_two_elements_may_share_is_told() {
    let of = |key: &str| {
        remarks(&format!(
            "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 2025\nsource loi « Loi », texte opposable\n\ndossier\n  \
             agents : liste\n    « Qui ? »\n  agents.ordre : entier ≥ 1, unique\n    « Quel ordre ? »\n  agents.heures : nombre ≥ 0\n    « Combien ? »\n  \
             agents.entré le : date\n    « Quand ? »\n\ndéfinition agents.place\n  vaut rang selon {key}\n\ndécision aide\n  selon loi\n  favorable si\n    - \
             (nombre d'agents dont place ≤ 3) ≥ 1\n    - tous les agents vérifient (ordre ≤ 9 et heures ≥ 0,5 et entré le ≤ date d'examen)\n"
        ))
    };
    assert_eq!(of("heures"), ["ex-aequo"]);
    assert_eq!(of("(heures × 2)"), ["ex-aequo"]);
    assert_eq!(of("entré le"), ["ex-aequo"]);
    assert_eq!(of("ordre"), [""; 0]);
}

#[test]
fn a_text_says_since_when_and_asks_its_questions() {
    let whole = |header: &str, question: &str| {
        remarks(&format!(
            "dispositif essai « Essai »\n{header}\nsource loi « Loi », texte opposable\n\ndossier\n  âge : entier ≥ 0\n{question}\n\
             décision aide\n  selon loi\n  favorable si âge ≥ 3\n"
        ))
    };
    let (since, asks) = ("  en vigueur depuis le 1er janvier 2025\n", "    « Quel âge ? »\n");
    assert_eq!(whole(since, asks), [""; 0]);
    assert_eq!(whole("", asks), ["sans-date-d-effet"]);
    assert_eq!(whole("  statut projet\n", asks), [""; 0]);
    assert_eq!(whole(since, ""), ["question-absente"]);
}

#[test]
fn the_last_value_of_a_parameter_may_end() {
    let source = "
paramètre minimum
  vaut 100 depuis le 1er janvier 2020
  vaut 200 depuis le 1er janvier 2025 jusqu'au 31 décembre 2025

critère taille
  exige population ≥ minimum
";
    assert_eq!(remarks(source), [""; 0]);
}

#[test]
fn options_without_their_commas_are_one_option_and_told() {
    let told = |options: &str| {
        let (_, diagnostics) = crate::shown(&format!(
            "\ndossier\n  taille : parmi {options}\n    « Quelle taille ? »\n\ncritère mesure\n  exige taille est petit\n"
        ));
        diagnostics.into_iter().find(|one| one.code == "option-seule").and_then(|one| one.help)
    };
    let help = told("petit moyen grand");
    assert!(help.is_some_and(|help| help.contains("« parmi petit, moyen, grand »")));
    assert_eq!(told("petit, moyen, grand"), None);
}
