//! Amendments that change words of a rule, and amendments that stand in place of others.

use super::{came, day, history};
use conforme::history::Sight;

const AID: &str = "dispositif aide « Aide »
  en vigueur depuis le 1er janvier 2025

source A « Arrêté », texte opposable

dossier
  taux d'adhésion : pourcentage ≥ 0 %
    « Combien de professionnels ? »
  zone : parmi plaine, montagne
    « Où ? »

critère seuil d'adhésion
  selon A, art. 1 « au moins 10 % des professionnels »
  note « Relevé de 10 % en 2026. »
  exige taux d'adhésion ≥ 10 %

décision éligibilité
  favorable si tous les critères sont remplis

financement prime
  selon A, art. 2
  montant 100 € si zone est plaine
  montant 100 € + 10 € si zone est montagne
";

fn amended(changes: &str) -> String {
    format!(
        "avenant 1 à aide « Relèvement »\n  en vigueur depuis le 1er janvier 2026\n\n\
         source avenant1 « Avenant n° 1 », texte opposable\n\n{changes}"
    )
}

const RAISED: &str = "dans critère seuil d'adhésion, remplace « 10 % » par « 15 % »
  selon avenant1, art. 1 « le taux de 15 % »
";

fn errors(texts: &[(&str, &str)]) -> Vec<String> {
    let found = history(texts).check(&["aide"], &|_| Vec::new());
    found
        .iter()
        .filter(|found| found.is_error())
        .map(|found| format!("{} : {}", found.code, found.message))
        .collect()
}

#[test]
fn words_of_a_rule_are_changed_and_nothing_else() {
    let amendment = amended(RAISED);
    let all = history(&[("aide.pol", AID), ("avenant-1.pol", &amendment)]);
    assert_eq!(all.check(&["aide"], &|_| Vec::new()), []);
    let outcome = |rate: &str, on: &str| {
        came(&all, &format!("taux d'adhésion: {rate}\nzone: plaine\n"), on, Sight::default()).outcome
    };
    assert_eq!(
        (outcome("10 %", "2025-12-31").as_str(), outcome("9,99 %", "2025-12-31").as_str()),
        ("Favourable", "Unfavourable")
    );
    assert_eq!(
        (outcome("15 %", "2026-01-01").as_str(), outcome("14,99 %", "2026-01-01").as_str()),
        ("Favourable", "Unfavourable")
    );
    // The passage that says the old words gives its place to that of the amendment.
    let edition = all.edition_at(day("2026-01-01"), &Sight::default(), &[]).unwrap();
    let shown = all.show(&edition).unwrap();
    let expected = "# avenant n° 1, en vigueur depuis le 1er janvier 2026
critère seuil d'adhésion
  selon avenant1, art. 1 « le taux de 15 % »
  note « Relevé de 10 % en 2026. »
  exige taux d'adhésion ≥ 15 %
";
    assert!(shown.contains(expected), "{shown}");
    assert_eq!(
        all.texts()[1].changes().iter().map(|done| (done.verb, done.name)).collect::<Vec<_>>(),
        [("modifie", "seuil d'adhésion")]
    );
}

#[test]
fn words_that_do_not_stand_there_once_are_told() {
    let rows = [
        (
            "dans critère seuil d'adhésion, remplace « 12 % » par « 15 % »",
            "mots-absents : « 12 % » n'est pas dans le critère « seuil d'adhésion »",
        ),
        (
            "dans financement prime, remplace « 100 € » par « 120 € »",
            "mots-repetes : « 100 € » est 2 fois dans le financement « prime »",
        ),
        (
            "dans critère seuil, remplace « 10 % » par « 15 % »",
            "avenant-sans-objet : « remplace » : aucun critère ne s'appelle « seuil »",
        ),
        // What is written is checked like any text.
        (
            "dans critère seuil d'adhésion, remplace « 10 % » par « 15 € »",
            "types-incompatibles : « taux d'adhésion » est un pourcentage ; un montant ne s'y compare pas",
        ),
        (
            "dans critère seuil d'adhésion « 10 % » par « 15 % »",
            "mots-mal-remplaces : attendu le nom, une virgule, puis « remplace », les mots entre guillemets, « par », les nouveaux",
        ),
    ];
    for (change, expected) in rows {
        let amendment = amended(&format!("{change}\n  selon avenant1\n"));
        assert_eq!(errors(&[("aide.pol", AID), ("avenant-1.pol", &amendment)]), [expected], "{change}");
    }
    // The article before what is changed is said without counting.
    for said in ["dans le critère", "dans critère"] {
        let change = format!("{said} seuil d'adhésion, remplace « 10 % » par « 15 % »\n  selon avenant1\n");
        assert_eq!(errors(&[("aide.pol", AID), ("avenant-1.pol", &amended(&change))]), [""; 0], "{said}");
    }
    // More words tell which.
    let amendment =
        amended("dans financement prime, remplace « 100 € + 10 € » par « 120 € »\n  selon avenant1\n");
    assert_eq!(errors(&[("aide.pol", AID), ("avenant-1.pol", &amendment)]), [""; 0]);
    // A fact has no source to change.
    let amendment = amended("dans fait taux d'adhésion, remplace « ≥ 0 % » par « ≥ 5 % »\n");
    assert_eq!(errors(&[("aide.pol", AID), ("avenant-1.pol", &amendment)]), [""; 0]);
}

#[test]
fn words_that_two_amendments_change_follow_one_another() {
    let later = amended(RAISED)
        .replace("avenant 1 à", "avenant 2 à")
        .replace("avenant1", "avenant2")
        .replace("2026", "2027")
        .replace("« 10 % » par « 15 % »", "« 15 % » par « 20 % »");
    let first = amended(RAISED);
    let all = history(&[("aide.pol", AID), ("1.pol", &first), ("2.pol", &later)]);
    assert_eq!(all.check(&["aide"], &|_| Vec::new()), []);
    let outcome =
        |on: &str| came(&all, "taux d'adhésion: 17 %\nzone: plaine\n", on, Sight::default()).outcome;
    assert_eq!(
        (outcome("2026-06-01").as_str(), outcome("2027-06-01").as_str()),
        ("Favourable", "Unfavourable")
    );
}

#[test]
fn a_draft_stands_in_place_of_another_of_the_same_day() {
    let first = amended(RAISED).replace("2026\n", "2026\n  statut projet\n");
    let second =
        first.replace("avenant 1 à", "avenant 2 à").replace("avenant1", "avenant2").replace("15 %", "12 %");
    let texts = |second: &str| errors(&[("aide.pol", AID), ("1.pol", &first), ("2.pol", second)]);
    assert_eq!(
        texts(&second),
        [
            "deux-avenants-un-jour : deux avenants touchent le critère « seuil d'adhésion » le 1er janvier 2026"
        ]
    );
    let instead = second.replace("  statut projet\n", "  statut projet\n  à la place de l'avenant 1\n");
    assert_eq!(texts(&instead), [""; 0]);
    let all = history(&[("aide.pol", AID), ("1.pol", &first), ("2.pol", &instead)]);
    let drafts = Sight { draft: true, ..Sight::default() };
    let found = came(&all, "taux d'adhésion: 13 %\nzone: plaine\n", "2026-06-01", drafts);
    assert_eq!((found.outcome.as_str(), found.with.as_slice()), ("Favourable", &[2][..]));
    // Not asked for, neither counts.
    let found = came(&all, "taux d'adhésion: 11 %\nzone: plaine\n", "2026-06-01", Sight::default());
    assert_eq!((found.outcome.as_str(), found.with.len()), ("Favourable", 0));
    for (place, expected) in [
        ("l'avenant 7", "place-impossible : « aide » n'a pas d'avenant n° 7"),
        ("l'avenant 2", "place-impossible : l'avenant n° 2 ne peut être à sa propre place"),
        ("la loi", "place-mal-dite : attendu « l'avenant » et son numéro"),
    ] {
        let wrong = instead.replace("à la place de l'avenant 1", &format!("à la place de {place}"));
        let found = texts(&wrong);
        assert!(found.contains(&expected.to_owned()), "{found:?}");
    }
    let early = instead.replace("1er janvier 2026", "1er janvier 2025 jusqu'au 31 décembre 2025");
    assert!(texts(&early).contains(
        &"place-impossible : l'avenant n° 1 n'est jamais en vigueur en même temps que celui-ci".to_owned()
    ));
}

/// A text of law writes its figures in letters: a passage that does says the old words all the same.
#[test]
fn a_passage_that_says_the_old_figure_in_letters_leaves_its_place() {
    let base = AID
        .replace("au moins 10 %", "au moins dix pour cent")
        .replace("100 € + 10 €", "30 €")
        .replace("selon A, art. 2\n", "selon A, art. 2 « une prime de cent euros »\n");
    let changes = format!(
        "{RAISED}\ndans le financement prime, remplace « 100 € » par « 120 € »\n  selon avenant1, art. 2 « 120 euros, 30 euros en montagne »\n"
    );
    let all = history(&[("aide.pol", &base), ("avenant-1.pol", &amended(&changes))]);
    assert_eq!(all.check(&["aide"], &|_| Vec::new()), []);
    let edition = all.edition_at(day("2026-01-01"), &Sight::default(), &[]).unwrap();
    let shown = all.show(&edition).unwrap();
    assert!(!shown.contains("dix pour cent") && !shown.contains("cent euros"), "{shown}");
    assert!(shown.contains("« le taux de 15 % »") && shown.contains("« 120 euros, "), "{shown}");
}

/// One amendment after another changes one figure: each changes what stands there.
#[test]
fn two_amendments_in_turn_change_one_figure() {
    let second = |from: &str| {
        format!(
            "avenant 2 à aide « Second »\n  en vigueur depuis le 1er janvier 2027\n\n\
             source avenant2 « Avenant n° 2 », texte opposable\n\n\
             dans critère seuil d'adhésion, remplace « {from} » par « 20 % »\n  selon avenant2 « de 20 % »\n"
        )
    };
    let first = amended(RAISED);
    let (after, again) = (second("15 %"), second("10 %"));
    let all = history(&[("aide.pol", AID), ("a1.pol", &first), ("a2.pol", &after)]);
    assert_eq!(all.check(&["aide"], &|_| Vec::new()), []);
    let outcome = |rate: &str, on: &str| {
        came(&all, &format!("taux d'adhésion: {rate}\nzone: plaine\n"), on, Sight::default()).outcome
    };
    assert_eq!(
        [outcome("15 %", "2026-12-31"), outcome("19,99 %", "2027-01-01"), outcome("20 %", "2027-01-01")],
        ["Favourable", "Unfavourable", "Favourable"]
    );
    // Words that the first took away are told with what it put there.
    let found = history(&[("aide.pol", AID), ("a1.pol", &first), ("a2.pol", &again)])
        .check(&["aide"], &|_| Vec::new());
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(only.message, "« 10 % » n'est pas dans le critère « seuil d'adhésion »");
    assert_eq!(
        only.help.as_deref(),
        Some(
            "remplacer les mots qui y sont désormais, « 15 % » ; si l'avenant n° 2 tient lieu de l'autre, y écrire en \
             tête « à la place de l'avenant 1 »"
        )
    );
    assert_eq!(only.labels.last().map(|label| label.text.as_str()), Some("l'avenant n° 1 les a changés ici"));
}
