use proptest::prelude::*;

use super::*;

#[test]
fn names_are_tidied() {
    for (written, tidied) in [
        ("médecins", "médecins"),
        ("me\u{301}decins", "médecins"),
        ("  territoire   continu ", "territoire continu"),
        ("taux d’adhésion", "taux d'adhésion"),
        ("a\u{a0}b\u{202f}c\td\ne", "a b c d e"),
        ("infra\u{2011}départemental", "infra-départemental"),
        ("Cas", "Cas"),
        ("", ""),
        (" \u{a0} ", ""),
    ] {
        assert_eq!(tidy(written), tidied, "{written:?}");
    }
}

#[test]
fn texts_are_compared_without_case() {
    for (a, b) in [
        ("Médecine Générale", "médecine  générale"),
        ("MÉDECINE GÉNÉRALE", "me\u{301}decine générale"),
        ("L’ŒUVRE", "l'œuvre"),
        ("Infra‑Départemental", "infra-départemental"),
    ] {
        assert_eq!(fold(a), fold(b));
    }
    assert_ne!(fold("medecine"), fold("médecine"));
    assert!(matches!(folded("médecine générale"), Cow::Borrowed(_)));
    assert!(matches!(folded("10001234567"), Cow::Borrowed(_)));
    assert!(matches!(folded("Dermatologie"), Cow::Owned(_)));
}

#[test]
fn the_nearest_name() {
    let names = [
        "territoire.médecins",
        "territoire.médecins libéraux",
        "territoire.continu",
        "taux d'adhésion",
        "base du seuil",
        "libéral",
        "mixte",
        "oui",
    ];
    for (wanted, near) in [
        ("territoire.medecin", Some("territoire.médecins")),
        ("territoire.médecin", Some("territoire.médecins")),
        ("territoire.medecins liberaux", Some("territoire.médecins libéraux")),
        ("Territoire.Continue", Some("territoire.continu")),
        ("taux d'adhesion", Some("taux d'adhésion")),
        ("taux adhésion", Some("taux d'adhésion")),
        ("tuax d'adhésion", Some("taux d'adhésion")),
        ("bse du seuil", Some("base du seuil")),
        ("médecins", Some("territoire.médecins")),
        ("médecins libéreaux", Some("territoire.médecins libéraux")),
        ("liberal", Some("libéral")),
        ("mixe", Some("mixte")),
        ("ou", Some("oui")),
        ("non", None),
        ("x", None),
        ("", None),
        ("contrat", None),
        ("salarié", None),
        ("spécialité", None),
    ] {
        assert_eq!(nearest(wanted, names), near, "{wanted}");
    }
}

#[test]
fn of_two_that_are_as_near_the_one_with_the_right_accents_then_the_first() {
    assert_eq!(nearest("délais", ["delai", "délai"]), Some("délai"));
    // Half a name is enough where it is that of one only.
    let income = "revenu fiscal de référence";
    assert_eq!(nearest("Revenu  fiscal", [income, "revenus du foyer"]), Some(income));
    assert_eq!(nearest("revenu fiscal", [income, "revenu fiscal par part"]), None);
    assert_eq!(nearest("revenu", [income, "prix"]), None);
    assert_eq!(nearest("cos", ["cas", "cor"]), Some("cas"));
    assert_eq!(nearest("medecin", ["groupe.médecins", "médecins"]), Some("médecins"));
}

proptest! {
    #[test]
    fn what_is_tidy_stays(text in "[a-zA-ZéÉèœŒ'’ʼ \u{a0}\u{202f}\u{301}\u{2011}\n-]{0,20}") {
        let once = tidy(&text);
        prop_assert!(is_tidy(&once) || is_nfc_quick(once.chars()) == IsNormalized::Maybe, "{once:?}");
        prop_assert_eq!(tidy(&once), once.clone());
        let lower = fold(&text);
        prop_assert_eq!(&fold(&lower), &lower);
        prop_assert_eq!(fold(&once), lower);
    }

    #[test]
    fn any_text_folds_once_and_for_all(text in any::<String>()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert_eq!(nearest(&text, ["abc"]).is_some(), nearest(&once, ["abc"]).is_some());
    }
}

#[test]
fn words_are_found_as_words_of_their_own() {
    let count = |text: &str, words: &str| occurrences(text, 0..text.len(), words).len();
    assert_eq!(count("taux ≥ 10\u{a0}% et autre ≥ 110 %", "10 %"), 1);
    assert_eq!(count("10 000 € et 2 10 et 3,10", "10"), 0);
    assert_eq!(count("10 € puis 10 €", "10 €"), 2);
    assert_eq!(count("l’âge de l'élève", "l'âge"), 1);
    assert_eq!(count("au plus\n  tard", "au plus tard"), 1);
    assert_eq!(count("mineurs", "mineur"), 0);
    assert_eq!(count("rien", ""), 0);
}
