//! Alternatives, scales and the figures of exceptions, one row each: the right version draws no remark, the wrong one
//! one remark that says so and helps so.

use conforme::check::check;
use conforme::concordance::review;
use conforme::source::SourceFile;

const HEAD: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi », texte opposable

dossier
  né le : date
  demande.reçue le : date
  âge : entier ≥ 0
  ancienneté : entier ≥ 0
  gêne : parmi GÊNE
  avis : parmi AVIS
  ouvrage : parmi pont, bac, gué
  année de construction : entier ≥ 1500
  urgence : oui ou non

décision d
  favorable si urgence

";
const UPRIGHT: (&str, &str) = ("légère < modérée < lourde", "défavorable < réservé < favorable");

fn remarks((strength, opinion): (&str, &str), item: &str) -> Vec<(String, String)> {
    let head = HEAD.replace("GÊNE", strength).replace("AVIS", opinion);
    let text = format!("{head}{item}\n");
    let checked = check(&SourceFile::new("essai.pol", text.clone()));
    let policy = checked.policy.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
    let said = review(&policy).into_iter().map(|remark| remark.diagnostic);
    said.map(|one| (one.message, one.help.unwrap_or_default())).collect()
}

#[track_caller]
fn one_remark(scales: (&str, &str), item: &str, message: &str, help: &str) {
    let said = remarks(scales, item);
    let [(told, advice)] = said.as_slice() else { panic!("{item}\n{said:#?}") };
    assert!(told.contains(message) && advice.contains(help), "{item}\n{told}\n{advice}");
}

#[test]
fn an_alternative_between_two_bullets_is_told_from_one_within_a_bullet() {
    let aid = "critère aide\n  selon loi « Elle est âgée d'au moins soixante-quinze ans, ou présente une gêne modérée ou lourde. »\n  exigeRÈGLE\n    - entre né le et demande.reçue le en années entières ≥ 75\n    - gêne ≥ modérée\n";
    assert_eq!(remarks(UPRIGHT, &aid.replace("RÈGLE", " l'un de")), []);
    one_remark(
        UPRIGHT,
        &aid.replace("RÈGLE", ""),
        "le texte dit « ou », la règle exige les deux",
        "écrire « exige l'un de » au-dessus des puces",
    );
    let both = "critère ouvrage ancien\n  selon loi « L'ouvrage est un pont ou un bac construit avant 1950. »\n  exige\n    - ouvrage est parmi pont, bac\n    - année de construction < 1950\n";
    assert_eq!(remarks(UPRIGHT, both), []);
}

#[test]
fn the_figure_of_an_exception_is_that_of_its_own_passage() {
    let days = "résultat durée\n  selon loi « dix jours jusqu'à cinq ans d'ancienneté, et vingt jours au-delà de cinq ans »\n  vaut selon ancienneté\n    jusqu'à 5 : 10\n    plus de 5 : 20\n  sauf si gêne est lourde : RÈGLE\n    selon loi « Lorsque la gêne est lourde, elle est de vingt-cinq jours. »\n  en jours\n";
    assert_eq!(remarks(UPRIGHT, &days.replace("RÈGLE", "25")), []);
    for wrong in ["20", "10", "30"] {
        one_remark(
            UPRIGHT,
            &days.replace("RÈGLE", wrong),
            &format!("le texte dit « vingt-cinq jours », la règle dit « {wrong} »"),
            "écrire « 25 »",
        );
    }
}

#[test]
fn a_scale_goes_from_its_least_to_its_greatest_degree() {
    let opinion =
        "critère avis rendu\n  selon loi « L'avis est au moins réservé. »\n  exige avis ≥ réservé\n";
    assert_eq!(remarks(UPRIGHT, opinion), []);
    one_remark(
        (UPRIGHT.0, "favorable < réservé < défavorable"),
        opinion,
        "« avis ≥ réservé » retient ici « réservé, défavorable »",
        "écrire « parmi défavorable < réservé < favorable » où l'échelle est déclarée",
    );
    let strength =
        "critère gêne suffisante\n  selon loi « La gêne est modérée ou lourde. »\n  exige gêne ≥ modérée\n";
    assert_eq!(remarks(UPRIGHT, strength), []);
    one_remark(
        ("lourde < modérée < légère", UPRIGHT.1),
        strength,
        "retient ici « modérée, légère »",
        "écrire « parmi légère < modérée < lourde »",
    );
    // A risk may well rise from what is favourable: the passage says what is asked for.
    let risk =
        "critère avis rendu\n  selon loi « L'avis est réservé ou défavorable. »\n  exige avis ≥ réservé\n";
    assert_eq!(remarks((UPRIGHT.0, "favorable < réservé < défavorable"), risk), []);
    let most = "critère avis rendu\n  selon loi « L'avis est au plus réservé. »\n  exige avis ≤ réservé\n";
    assert_eq!(remarks((UPRIGHT.0, "favorable < réservé < défavorable"), most), []);
}

#[test]
fn what_is_added_does_not_count_what_it_is_added_to() {
    let item = "financement prime\n  selon loi « La prime de 500 € est majorée de 20 % en cas d'urgence. »\n  montant 500 €\n  majoré de RÈGLE si urgence\n  arrondi au centime\n";
    assert_eq!(remarks(UPRIGHT, &item.replace("RÈGLE", "20 %")), []);
    one_remark(
        UPRIGHT,
        &item.replace("RÈGLE", "120 %"),
        "le texte ajoute 20 % (« majorée de 20 % »), la règle en ajoute 120 %",
        "écrire « 20 % »",
    );
    // The same factor, where the rule multiplies by it.
    let factor = item.replace(
        "  montant 500 €\n  majoré de RÈGLE si urgence\n",
        "  montant 500 € × 120 % si urgence\n  montant 500 € dans les autres cas\n",
    );
    assert_eq!(remarks(UPRIGHT, &factor), []);
}

#[test]
fn a_condition_that_may_be_set_aside_in_a_case_is_set_aside_in_that_case() {
    let item = "critère âge requis\n  selon loi « Le demandeur a au moins seize ans. »\n  exige âge ≥ 16\n  sauf si RÈGLE\n    selon loi « Le maire peut écarter cette condition en cas d'urgence. »\n";
    assert_eq!(remarks(UPRIGHT, &item.replace("RÈGLE", "urgence")), []);
    one_remark(
        UPRIGHT,
        &item.replace("RÈGLE", "non urgence"),
        "le texte excepte ce cas (« urgence »), la règle le cas contraire",
        "écrire « sauf si urgence »",
    );
}

#[test]
fn conditions_meet_as_in_the_passage() {
    let item =
        |passage: &str, rule: &str| format!("définition droit\n  selon loi « {passage} »\n  vaut {rule}\n");
    let one = "le texte se contente de l'un";
    let both = "le texte veut les deux";
    for (passage, right, wrong, message) in [
        (
            "Le droit est ouvert en cas d'urgence, ou à partir de 60 ans s'il justifie d'une ancienneté d'au moins 10 mois.",
            "urgence ou (âge ≥ 60 et ancienneté ≥ 10)",
            "(urgence ou âge ≥ 60) et ancienneté ≥ 10",
            one,
        ),
        (
            "Le droit est ouvert en cas d'urgence, ou à partir de 60 ans s'il justifie d'une ancienneté d'au moins 10 mois.",
            "urgence ou (âge ≥ 60 et ancienneté ≥ 10)",
            "urgence ou âge ≥ 60 ou (ancienneté ≥ 10 et urgence)",
            both,
        ),
        (
            "Le droit est ouvert à la personne qui : 1° Soit justifie d'une ancienneté d'au moins 10 mois et est âgée d'au moins 60 ans ; 2° Soit invoque l'urgence.",
            "(ancienneté ≥ 10 et âge ≥ 60) ou urgence",
            "ancienneté ≥ 10 et (âge ≥ 60 ou urgence)",
            one,
        ),
        (
            "Le droit est ouvert à la personne âgée d'au moins 60 ans et qui remplit l'une des conditions suivantes : 1° Une ancienneté d'au moins 10 mois ; 2° L'urgence.",
            "âge ≥ 60 et (ancienneté ≥ 10 ou urgence)",
            "(âge ≥ 60 et ancienneté ≥ 10) ou urgence",
            both,
        ),
        (
            "Le droit est ouvert dès 60 ans (ou dès 10 mois d'ancienneté).",
            "âge ≥ 60 ou ancienneté ≥ 10",
            "âge ≥ 60 et ancienneté ≥ 10",
            "le texte dit « ou », la règle exige les deux",
        ),
    ] {
        assert_eq!(remarks(UPRIGHT, &item(passage, right)), [], "{passage}");
        let help = if message == one || message == both { "entre parenthèses" } else { "écrire « ou »" };
        one_remark(UPRIGHT, &item(passage, wrong), message, help);
    }
}
