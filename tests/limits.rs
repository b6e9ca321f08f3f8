//! The table of `docs/limites.md` says what `src/limits.rs` does.

use conforme::limits;
use conforme::number::Ratio;
use conforme::wording::{French, Wording};

const TABLE: &str = include_str!("../docs/limites.md");

fn number(n: usize) -> String {
    French::default().number(&Ratio::from(i64::try_from(n).unwrap()))
}

#[test]
fn every_limit_stands_in_the_table() {
    let years = format!("| de {} à {} |", limits::FIRST_YEAR, limits::LAST_YEAR);
    let expected = [
        ("taille du fichier", format!("| {} Mio |", limits::POLICY_BYTES >> 20)),
        ("taille du fichier", format!("| {} Mio |", limits::DOSSIER_BYTES >> 20)),
        ("taille du texte d'une source", format!("| {} Mio |", limits::SOURCE_BYTES >> 20)),
        ("comparaisons entre les mots", format!("| {} |", number(limits::COMPARED))),
        ("définitions et paramètres dont", format!("| {} |", number(limits::NEAR))),
        ("longueur d'une ligne", format!("| {} Kio |", limits::LINE_BYTES >> 10)),
        ("erreurs montrées", format!("| {} |", limits::MISTAKES)),
        ("parenthèses et guillemets", format!("| {} niveaux |", limits::NESTING)),
        ("niveaux l'un dans l'autre", format!("| {} |", limits::NESTING)),
        ("profondeur d'une expression", format!("| {} |", limits::EXPRESSION_DEPTH)),
        ("étapes d'un calcul", format!("| {} |", limits::CALCULATION_DEPTH)),
        ("clauses d'une même valeur", format!("| {} |", limits::CONDITIONAL_CLAUSES)),
        ("exposant d'une puissance", format!("| {} |", limits::EXPONENT)),
        ("options d'un choix", format!("| {} |", limits::OPTIONS)),
        ("éléments d'une liste", format!("| {} |", number(limits::LIST_LENGTH))),
        ("paires d'éléments comparés", format!("| {} |", number(limits::PAIRS))),
        ("valeurs, listes et groupes", format!("| {} |", number(limits::VALUES))),
        ("combinaisons de `lecture` dont", format!("| {} |", limits::READING_COMBINATIONS)),
        ("combinaisons de conditions", format!("| {} |", number(limits::COMBINATIONS))),
        ("textes d'un même identifiant", format!("| {} |", limits::TEXTS)),
        ("textes que font, un même jour", format!("| {} |", limits::EDITIONS)),
        ("cases de listes", format!("| {} |", number(limits::TRIAL_CELLS))),
        ("cas qu'une explication montre", format!("| {} |", limits::CASES_TOLD)),
        ("réponses que ces cas supposent", format!("| {} |", number(limits::ANSWERS_TOLD))),
        ("essais sur les réponses", format!("| {} |", number(limits::TRIALS))),
        ("essais d'un montant", format!("| {} |", limits::RANGE_TRIALS)),
        ("essais de ce que chaque réponse", format!("| {} |", limits::ANSWER_TRIALS)),
        ("réponses à une question dont", format!("| {} |", limits::ANSWER_CELLS)),
        ("chiffres d'un nombre", format!("| {} |", limits::DIGITS)),
        ("libellé d'un fait", format!("| {} caractères |", number(limits::LABEL_LENGTH))),
        ("taille d'un nombre calculé", format!("| {} bits", number(limits::NUMBER_BITS as usize))),
        (
            "nombres calculés pour chaque élément",
            format!("| {} bits |", number(limits::NUMBERS_BITS as usize)),
        ),
        (
            "nombres calculés pour chaque élément",
            format!("jamais moins de {} |", number(limits::ELEMENT_BITS as usize)),
        ),
        ("longueur d'une réponse", format!("| {} caractères |", number(limits::TEXT_LENGTH))),
        ("année d'une date", years),
        ("durée", format!("| {} ans |", limits::DURATION_YEARS)),
        ("pas de chaque étape", format!("| {} |", number(limits::SEARCH_STEPS as usize))),
        ("dossiers fabriqués", format!("| {} |", number(limits::PROBES))),
        ("dossiers dont chaque réponse", format!("| {} |", limits::PROBE_PARENTS)),
        ("valeurs essayées d'une même réponse", format!("| {} |", limits::PROBE_VALUES)),
        ("éléments d'une liste d'un dossier fabriqué", format!("| {} |", limits::PROBE_ELEMENTS)),
        ("réponses à corriger montrées", format!("| {} |", limits::MISTAKES)),
    ];
    for (what, value) in expected {
        assert!(
            TABLE.lines().any(|line| line.starts_with(&format!("| {what}")) && line.contains(&value)),
            "docs/limites.md: « {what} » {value}"
        );
    }
}
