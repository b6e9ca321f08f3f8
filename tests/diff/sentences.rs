//! Each kind of change, in the sentence that a lawyer would sign.

use crate::{ess, told, with};

/// The changes of the ESS policy: kind, name, what became of it, and its sentences.
fn changes(of: &[(&str, &str)]) -> Vec<(String, String, String, Vec<String>)> {
    let text = ess();
    let told = told(&text, &with(&text, of), None);
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let changes = told["changes"].as_array().expect("changes").iter();
    changes
        .map(|change| {
            let sentences = change["sentences"].as_array().expect("sentences").iter().map(text).collect();
            (text(&change["kind"]), text(&change["name"]), text(&change["change"]), sentences)
        })
        .collect()
}

/// The one change of an item, as one sentence.
#[track_caller]
fn says(of: &[(&str, &str)], kind: &str, name: &str, sentence: &str) {
    let found = changes(of);
    assert_eq!(found.len(), 1, "{found:#?}");
    let (found_kind, found_name, what, sentences) = &found[0];
    assert_eq!((found_kind.as_str(), found_name.as_str(), what.as_str()), (kind, name, "changed"));
    assert_eq!(sentences, &[sentence], "{sentences:#?}");
}

const THRESHOLD: &str = "exige taux d'adhésion ≥ 10 %";

#[test]
fn a_threshold() {
    says(
        &[(THRESHOLD, "exige taux d'adhésion ≥ 15 %")],
        "criterion",
        "seuil d'adhésion",
        "le minimum de « taux d'adhésion » passe de 10 % à 15 %",
    );
    says(
        &[("- territoire.médecins ≥ 10", "- territoire.médecins ≥ 12")],
        "criterion",
        "périmètre géographique",
        "le minimum de « médecins du territoire » passe de 10 à 12",
    );
}

#[test]
fn a_sign() {
    says(
        &[(THRESHOLD, "exige taux d'adhésion > 10 %")],
        "criterion",
        "seuil d'adhésion",
        "« taux d'adhésion » doit désormais dépasser 10 % ; l'atteindre suffisait",
    );
    says(
        &[(THRESHOLD, "exige taux d'adhésion > 12 %")],
        "criterion",
        "seuil d'adhésion",
        "pour « taux d'adhésion », « plus de 12 % » remplace « au moins 10 % »",
    );
}

#[test]
fn a_condition_added_and_left_out() {
    says(
        &[("    - collaboration.DAC\n", "    - collaboration.DAC\n    - collaboration.hospitaliers\n")],
        "criterion",
        "articulation avec les structures existantes",
        "condition ajoutée : « collaboration avec les hospitaliers »",
    );
    says(
        &[("    - territoire.continu\n", "")],
        "criterion",
        "périmètre géographique",
        "condition supprimée : « territoire d'un seul tenant »",
    );
}

#[test]
fn a_derogation_left_out_and_added() {
    says(
        &[(
            "exige objet du projet est spécialité",
            "exige objet du projet est spécialité\n  sauf si circonstances exceptionnelles",
        )],
        "criterion",
        "périmètre médical",
        "dérogation ajoutée : « circonstances exceptionnelles »",
    );
}

#[test]
fn an_amount() {
    says(
        &[("montant 80 000 €", "montant 100 000 €")],
        "funding",
        "crédit d'amorçage",
        "le montant passe de 80 000 € à 100 000 €",
    );
    says(
        &[("montant 200 € × consultations", "montant 250 € × consultations")],
        "funding",
        "forfait des consultations avancées",
        "le montant passe de « 200 € × demi-journées de consultations avancées » à « 250 € × demi-journées de consultations avancées »",
    );
}

#[test]
fn what_is_put_on_an_amount() {
    const LUMP_SUM: &str = "montant 200 € × consultations avancées.demi-journées\n";
    let put = |lines: &str| with(&ess(), &[(LUMP_SUM, &format!("{LUMP_SUM}{lines}"))]);
    let says = |before: &str, after: &str, sentences: &[&str]| {
        let told = told(&put(before), &put(after), None);
        assert_eq!(told["changes"][0]["sentences"], serde_json::json!(sentences), "{before} {after}");
        assert_eq!(told["changes"].as_array().map(Vec::len), Some(1));
    };
    let capped = "  plafonné à 3 000 €\n";
    says(capped, "  plafonné à 4 000 €\n", &["le plafond passe de 3 000 € à 4 000 €"]);
    says("", capped, &["plafond ajouté : 3 000 €"]);
    says(capped, "", &["plafond supprimé : 3 000 €"]);
    says("", "  au minimum 100 €\n", &["minimum ajouté : 100 €"]);
    let (rounded, down) = ("  arrondi à l'euro\n", "  arrondi à l'euro inférieur\n");
    says("", rounded, &["arrondi ajouté : « arrondi à l'euro »"]);
    says(rounded, down, &["« arrondi à l'euro inférieur » au lieu de « arrondi à l'euro »"]);
    let both = "  plafonné à 4 000 €\n  arrondi à l'euro inférieur\n";
    let sentences =
        ["le plafond passe de 3 000 € à 4 000 €", "arrondi ajouté : « arrondi à l'euro inférieur »"];
    says(capped, both, &sentences);
    // Rounded before the ceiling is no longer the same as after it: both texts are shown whole.
    let other_way = "  arrondi à l'euro inférieur\n  plafonné à 4 000 €\n";
    says(
        both,
        other_way,
        &[
            "le montant change : « 200 € × demi-journées de consultations avancées plafonné à 4 000 € arrondi à \
           l'euro inférieur » devient « 200 € × demi-journées de consultations avancées arrondi à l'euro \
           inférieur plafonné à 4 000 € »",
        ],
    );
}

#[test]
fn a_scale_in_place_of_a_range() {
    says(
        &[(
            "montant entre 50 000 € et 100 000 €",
            "montant selon nombre d'adhérents\n    jusqu'à 9 : 50 000 €\n    à partir de 10 : 100 000 €",
        )],
        "funding",
        "dotation annuelle",
        "le montant suit désormais un barème selon « nombre d'adhérents »",
    );
}

#[test]
fn a_frequency_and_a_deadline() {
    says(
        &[("  chaque année\n", "  chaque trimestre\n")],
        "funding",
        "dotation annuelle",
        "versé chaque trimestre ; il l'était chaque année",
    );
    says(
        &[("au plus tard départ du délai + 6 mois", "au plus tard départ du délai + 9 mois")],
        "obligation",
        "dépôt du projet de santé",
        "le délai passe de « départ du délai + 6 mois » à « départ du délai + 9 mois »",
    );
}

#[test]
fn a_reading_settled_by_the_text() {
    let found = changes(&[(
        "  - tous     : selon fiche « au moins 10% des professionnels de la spécialité concernée »\n",
        "  - tous     : selon fiche « au moins 10% des professionnels de la spécialité concernée »\n  retient libéraux\n    selon URPS « au moins 10% des professionnels libéraux de la spécialité concernée »\n",
    )]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].1, "base du seuil");
    assert!(found[0].3.contains(&"lecture retenue : « libéraux »".to_owned()), "{found:#?}");
}

#[test]
fn facts_titles_and_notes() {
    says(
        &[(
            "territoire.médecins « médecins du territoire » : entier ≥ 0",
            "territoire.médecins « médecins du territoire » : entier ≥ 1",
        )],
        "fact",
        "territoire.médecins",
        "réponse attendue : « entier ≥ 1 » au lieu de « entier ≥ 0 »",
    );
    says(
        &[("« Équipes de soins spécialisés : conditions", "« Équipes de soins : conditions")],
        "text",
        "ess",
        "intitulé : « Équipes de soins : conditions de création et financement » au lieu de « Équipes de soins spécialisés : conditions de création et financement »",
    );
}

#[test]
fn items_added_repealed_and_renamed() {
    let found = changes(&[("mission parcours\n", "mission parcours de soins\n")]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("parcours de soins", "renamed"));
    let text = ess();
    let start = text.find("critère périmètre médical").expect("the criterion");
    let end = start + text[start..].find("critère articulation").expect("the next");
    let found = changes(&[(&text[start..end], "")]);
    assert_eq!(
        found
            .iter()
            .map(|(kind, name, what, _)| (kind.as_str(), name.as_str(), what.as_str()))
            .collect::<Vec<_>>(),
        [("criterion", "périmètre médical", "repealed")]
    );
    assert_eq!(found[0].3, ["exige « objet du projet est spécialité »"]);
}

#[test]
fn the_layout_of_a_text_is_no_change() {
    let found = changes(&[
        (THRESHOLD, "exige   taux d'adhésion >=  10%"),
        ("# ── Les critères", "# ── Critères"),
        (
            "    - territoire.continu\n    - territoire.échelon ≥ départemental\n",
            "    - territoire.échelon ≥ départemental\n    - territoire.continu\n",
        ),
    ]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn both_passages_are_given() {
    let text = ess();
    let told = told(
        &text,
        &with(
            &text,
            &[
                (THRESHOLD, "exige taux d'adhésion ≥ 15 %"),
                ("« Réunir au moins 10% des professionnels", "« Réunir au moins 15 % des professionnels"),
            ],
        ),
        None,
    );
    let change = &told["changes"][0];
    assert!(change["sources_before"][1]["quote"].as_str().expect("words").contains("au moins 10%"));
    assert!(change["sources_after"][1]["quote"].as_str().expect("words").contains("au moins 15 %"));
}

#[test]
fn a_label() {
    let fact = "territoire.déjà couvert : oui ou non";
    let labelled = "territoire.déjà couvert « couverture par une autre équipe » : oui ou non";
    says(
        &[(fact, labelled)],
        "fact",
        "territoire.déjà couvert",
        "libellé : « couverture par une autre équipe » au lieu de « territoire déjà couvert »",
    );
}
