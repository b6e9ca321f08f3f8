//! What a case worker must find in a decision.

use conforme::eval::{Request, decide};
use conforme::render::text::{self, TextOptions};

use crate::{Book, csq, ess, prose};

#[track_caller]
fn says(text: &str, wanted: &str) {
    assert!(prose(text).contains(wanted), "« {wanted} » ne se lit pas dans :\n{text}");
}

#[test]
fn where_the_reading_decides_both_passages_and_outcomes_are_named() {
    let text = ess().brief(ess().case("05"));
    says(&text, "DÉPEND DE LA LECTURE");
    // Each option with its outcome and its passage, side by side over two lines.
    says(&text, "libéraux favorable URPS « au moins 10% des professionnels libéraux");
    says(&text, "tous défavorable fiche « au moins 10% des professionnels de la");
    says(&text, "5 sur 35, soit 14,29 %");
    says(&text, "5 sur 60, soit 8,33 %");
    // The dossier retains another reading: the key is there already.
    says(
        &text,
        "indiquer dans le dossier, sous « lectures », l'option retenue, qui la retient et pourquoi :",
    );
    says(&text, " base du seuil: {valeur: libéraux ou tous, par: …, motif: …}");
}

#[test]
fn what_would_meet_a_criterion_is_told_under_each_reading() {
    let text = ess().brief(ess().case("08"));
    says(&text, "libéraux adhérents comptés : 2, il en manque 1 (sur 30)");
    says(&text, "tous adhérents comptés : 2, il en manque 2 (sur 34)");
    let full = ess().full(ess().case("08"));
    says(&full, "libéraux : 2 ÷ 30 ≈ 6,67 % · tous : 2 ÷ 34 ≈");
    says(&full, "╭─[ess/ess.pol:");
    says(&full, "╭─[08-sous-le-seuil.yaml:12:13]");
}

#[test]
fn what_is_missing_is_asked_with_what_each_answer_gives() {
    let text = ess().brief(ess().case("12"));
    says(&text, "1. Le territoire est-il d'un seul tenant ?");
    says(&text, "à écrire dans territoire.continu");
    says(&text, "oui : favorable · non : défavorable");
    let text = ess().brief(ess().case("11"));
    says(&text, "3e adhérent (RPPS : 10009999999) : exerce-t-il à titre libéral, mixte ou salarié ?");
    says(&text, "à écrire dans exercice, 3e adhérent (RPPS : 10009999999)");
    says(&text, "2 ou 3 sur 29");
}

/// What is told of a case with one passage of its dossier written otherwise.
fn changed(book: &Book, path: &str, from: &str, to: &str) -> String {
    let case = std::fs::read_to_string(format!("{}/policies/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert!(case.contains(from), "{case}");
    let dossier = conforme::dossier::read(case.replace(from, to).as_bytes(), path, book.policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(book.policy, &dossier, &request).unwrap();
    prose(&text::decision(book.policy, &dossier, &decision, &TextOptions::default()))
}

#[test]
fn a_day_alone_and_a_late_time_limit_read_as_their_neighbours() {
    let text =
        changed(csq(), "csq/cases/01-favorable.yaml", "facturée le: 2025-03-31", "facturée le: inconnu");
    says(
        &text,
        "le 1er janvier 2025 : « aide à l'équipement » : 5 600 €, « remise des justificatifs » : en retard sur le terme \
         du 1er mars 2025",
    );
}

#[test]
fn a_derogation_says_who_judged_and_why() {
    let text = ess().brief(ess().case("07"));
    says(&text, "✔ seuil d'adhésion, par exception");
    says(&text, "accordée (ARS Nouvelle-Aquitaine, 20 février 2025 : « désertification de la spécialité »)");
    says(&text, "fiche : « exceptions possibles en raison de circonstances exceptionnelles »");
}

#[test]
fn a_time_limit_that_was_missed_says_by_how_much() {
    let text = ess().brief(ess().case("17"));
    says(
        &text,
        "obligation remplie en retard, le jeudi 11 septembre 2025, un jour après le terme (mercredi 10 septembre 2025)",
    );
    let text = ess().brief(ess().case("29"));
    says(
        &text,
        "obligation pas encore remplie ; le terme était le mercredi 10 septembre 2025, il y a un jour",
    );
    let text = ess().brief(ess().case("16"));
    says(&text, "à faire au plus tard le samedi 28 février 2026 (dans 150 jours)");
}

#[test]
fn a_time_limit_that_depends_on_the_reading_gives_both_dates() {
    let text = ess().brief(ess().case("19"));
    says(&text, "dépôt du projet de santé, selon la lecture (départ des six mois)");
    says(&text, "signature obligation remplie le mercredi 10 septembre 2025, le dernier jour du délai");
    says(
        &text,
        "réception obligation remplie en retard, le mercredi 10 septembre 2025, 38 jours après le terme (dimanche 3 août 2025)",
    );
}

#[test]
fn a_condition_of_the_decision_that_fails_is_told_with_its_passage() {
    let text = ess().brief(ess().case("32"));
    says(&text, "✘ équipe de soins spécialisés");
    says(
        &text,
        "spécialité : médecine générale (il faut : autre chose que « médecine générale », « médecin généraliste » ou",
    );
    says(&text, "CSP : « un ensemble de professionnels de santé constitué autour de médecins spécialistes");
}

#[test]
fn what_changes_nothing_is_not_asked() {
    for case in ["01", "10", "13", "21"] {
        assert!(!ess().brief(ess().case(case)).contains("À demander"), "{case}");
    }
}

#[test]
fn the_line_that_retains_a_reading_prefers_no_option() {
    // In this case the second option is the favourable one: the text does not push to it.
    says(&ess().brief(ess().case("11")), "{valeur: libéraux ou tous, par");
}

#[test]
fn frame_words_come_in_english_and_the_policys_own_stay() {
    let options = conforme::render::text::TextOptions {
        lang: conforme::render::Lang::En,
        ..conforme::render::text::TextOptions::default()
    };
    let text = ess().text(ess().case("05"), &options);
    says(&text, "DEPENDS ON THE READING");
    says(&text, "adhérents comptés: 5 out of 35, that is 14.29% (at least 10%)");
    says(&text, "crédit d'amorçage €80,000 once");
}

#[test]
fn where_one_condition_or_another_fails_whatever_is_learnt_they_are_named() {
    // The one whose profession is not known cannot be both the doctor and the pharmacist.
    let book = crate::Book::of("csq", "cases/couverture", |text| text);
    let text = book.brief(book.case("medecin-ou-pharmacien"));
    says(
        &text,
        "DÉFAVORABLE quoi qu'on apprenne, une condition au moins n'est pas remplie : \
         « équipe » ou « présence d'un pharmacien »",
    );
}

#[test]
fn a_sign_that_holds_a_place_is_neither_an_author_nor_a_reason() {
    let book = ess();
    let told = |sign: &str| {
        let beside = format!(r#""par": "{sign}", "motif": "{sign}""#);
        let dossier = format!(
            r#"{{"dispositif": "ess", "circonstances exceptionnelles": {{"valeur": "non", {beside}}}, "lectures": {{"base du seuil": {{"valeur": "libéraux", {beside}}}}}}}"#
        );
        let read = |name: &str| {
            let dossier = conforme::dossier::read(dossier.as_bytes(), name, book.policy).unwrap();
            let request = conforme::eval::Request {
                examined_on: conforme::time::Date::new(2025, 10, 1).unwrap(),
                readings: Vec::new(),
            };
            let decision = conforme::eval::decide(book.policy, &dossier, &request).unwrap();
            conforme::render::text::decision(
                book.policy,
                &dossier,
                &decision,
                &conforme::render::text::TextOptions::default(),
            )
        };
        // JSON has a reader of its own.
        let (json, yaml) = (read("essai.json"), read("essai.yaml"));
        assert_eq!(json, yaml);
        yaml
    };
    let none = told("");
    says(&none, "À préciser dans le dossier pour");
    says(&none, "« base du seuil »");
    for sign in ["…", "...", "?", " … "] {
        assert_eq!(told(sign), none, "{sign}");
    }
    assert_ne!(told("ARS"), none);
}
