//! Which questions a form shows, which first, and what it says is wrong with an answer.

use serde_json::{Value, json};

use super::{ask, form, html, shelf_of, shelf_with};

const TEXT: &str = include_str!("aide/aide.pol");

fn asked(fields: &[(&str, &str)]) -> String {
    let answer = form(&shelf_with(TEXT), "essai", fields);
    answer["form"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn is_shown(form: &str, path: &str) -> bool {
    html::field(form, path).unwrap_or_else(|| panic!("{path} in {form}")).1
}

fn wrong(form: &str, path: &str) -> String {
    html::field(form, path).unwrap_or_else(|| panic!("{path} in {form}")).2
}

#[test]
fn a_question_under_a_condition_is_shown_where_it_applies() {
    assert!(is_shown(&asked(&[]), "logement.loyer"), "it may apply");
    assert!(is_shown(&asked(&[("logement.loué", "oui")]), "logement.loyer"));
    let not = asked(&[("logement.loué", "non"), ("logement.loyer", "500")]);
    assert!(!is_shown(&not, "logement.loyer"));
    assert!(html::fields(&not).contains(&("logement.loyer".into(), "500".into())), "what was typed stays");
    let answer = form(&shelf_with(TEXT), "essai", &[("logement.loué", "non"), ("logement.loyer", "500")]);
    assert!(!answer["outcome"].as_str().unwrap().contains("CORRIGER"), "{answer}");
    // Nor does what is wrong with it count, as long as nothing asks for it.
    for loyer in [&["beaucoup"][..], &["-3"], &["500", "600"]] {
        let answers: Vec<(&str, &str)> =
            loyer.iter().map(|loyer| ("logement.loyer", *loyer)).chain([("logement.loué", "non")]).collect();
        let answer = form(&shelf_with(TEXT), "essai", &answers);
        assert!(!answer["outcome"].as_str().unwrap().contains("CORRIGER"), "{loyer:?} {answer}");
        assert_eq!(wrong(answer["form"].as_str().unwrap(), "logement.loyer"), "", "{loyer:?}");
    }
    let list = asked(&[("enfants", "2"), ("enfants[1].âge", "2"), ("enfants[2].âge", "4")]);
    assert!(!is_shown(&list, "enfants[1].école"));
    assert!(is_shown(&list, "enfants[2].école"));
}

#[test]
fn what_is_wrong_with_an_answer_is_told_at_its_field() {
    for (path, typed, said) in [
        ("logement.loyer", "beaucoup", "Écrire le montant en chiffres. Attendu un montant"),
        ("logement.loyer", "-3", "Trop petit."),
        ("part", "150", "Trop grand."),
        ("durée", "longtemps", "Écrire par exemple « 6 mois »"),
        ("parti le", "30/02/2025", "Ce jour n'existe pas au calendrier."),
        ("enfants[1].âge", "douze", "Attendu un entier, 0 ou plus ; lu « douze »."),
        ("examiné le", "hier", "Écrire la date ainsi"),
    ] {
        let form = asked(&[("logement.loué", "oui"), ("enfants", "1"), (path, typed)]);
        let told = wrong(&form, path);
        assert!(told.contains(said), "{path} {typed}: {told}");
        for word in ["ligne", "essai.pol", "YAML", "dossier.yaml", &format!("{path} :")] {
            assert!(!told.contains(word), "{path} {typed}: {told}");
        }
        let answer = super::form(
            &shelf_with(TEXT),
            "essai",
            &[("logement.loué", "oui"), ("enfants", "1"), (path, typed)],
        );
        assert!(answer["outcome"].as_str().unwrap().starts_with("À CORRIGER"), "{answer}");
    }
    let both = asked(&[("part", "80"), ("durée", "3")]);
    assert!(wrong(&both, "part").contains("ohérence « effort »"), "{}", wrong(&both, "part"));
    assert!(wrong(&both, "durée").contains("ohérence « effort »"));
    let twice = asked(&[("parti le", "2025-01-01"), ("parti le", "pas encore")]);
    assert!(wrong(&twice, "parti le").contains("Deux réponses à la fois"), "{}", wrong(&twice, "parti le"));
}

#[test]
fn answers_are_read_as_people_in_france_type_them() {
    let all = [
        ("logement.loué", "oui"),
        ("logement.loyer", "1 234,50 €"),
        ("part", "12,5"),
        ("durée", "6"),
        ("parti le", "12/03/2025"),
        ("enfants", "1"),
        ("enfants[1].âge", "4"),
        ("enfants[1].école", "Jean Moulin"),
        ("exception", "non"),
    ];
    let answer = form(&shelf_with(TEXT), "essai", &all);
    assert!(answer["outcome"].as_str().unwrap().starts_with("FAVORABLE"), "{answer}");
    let sent = html::fields(answer["form"].as_str().unwrap());
    assert!(sent.contains(&("parti le".into(), "2025-03-12".into())), "{sent:?}");
    let saved =
        ask(&shelf_with(TEXT), &json!({ "ask": "save", "policy": "essai", "fields": all, "as": "json" }));
    let saved: Value = serde_json::from_str(saved["text"].as_str().unwrap()).unwrap();
    assert_eq!(saved["part"], "12,5 %");
    assert_eq!(saved["durée"], "6 mois");
    assert_eq!(saved["enfants"], json!([{ "âge": 4, "école": "Jean Moulin" }]));
}

#[test]
fn what_decides_is_marked_in_the_order_in_which_it_is_asked() {
    let answer = form(&shelf_with(TEXT), "essai", &[("logement.loué", "oui")]);
    let written = answer["form"].as_str().unwrap();
    assert!(html::field(written, "part").unwrap().0.contains("first"));
    assert!(!html::field(written, "dossier").unwrap().0.contains("first"));
    let decision = answer["decision"].as_str().unwrap();
    assert!(decision.contains("À renseigner d&#39;abord"), "{decision}");
    assert!(decision.contains("href=\"#champ-part\""), "{decision}");
}

#[test]
fn an_author_and_a_reason_are_asked_of_a_judgement_that_is_given() {
    assert!(!is_shown(&asked(&[]), "exception#par"));
    let given = asked(&[("exception", "oui")]);
    assert!(is_shown(&given, "exception#par") && is_shown(&given, "exception#motif"));
    assert!(html::field(&given, "part#par").is_none());
}

#[test]
fn elements_are_added_and_taken_out() {
    let shelf = shelf_with(TEXT);
    let act = |fields: Value, act: &str| {
        ask(&shelf, &json!({ "ask": "form", "policy": "essai", "fields": fields, "act": act }))
    };
    let added = act(json!([]), "ajouter enfants");
    assert_eq!(added["focus"], "enfants[1]");
    let sent = html::fields(added["form"].as_str().unwrap());
    assert!(sent.contains(&("enfants".into(), "1".into())), "{sent:?}");
    let three =
        json!([["enfants", "3"], ["enfants[1].âge", "1"], ["enfants[2].âge", "2"], ["enfants[3].âge", "3"]]);
    let taken = act(three, "retirer enfants[2]");
    let sent = html::fields(taken["form"].as_str().unwrap());
    for (path, value) in [("enfants", "2"), ("enfants[1].âge", "1"), ("enfants[2].âge", "3")] {
        assert!(sent.contains(&(path.into(), value.into())), "{path} {sent:?}");
    }
    assert!(!sent.iter().any(|(path, _)| path.starts_with("enfants[3]")));
    let none = act(json!([["enfants", "0"]]), "");
    assert!(!none["decision"].as_str().unwrap().contains("Lesquels"), "none is an answer");
}

#[test]
fn an_element_without_an_answer_is_not_lost_in_a_table() {
    let shelf = shelf_with(TEXT);
    let save = |kind: &str| {
        let fields = json!([["enfants", "2"], ["enfants[1].âge", "1"]]);
        ask(&shelf, &json!({ "ask": "save", "policy": "essai", "fields": fields, "as": kind }))
    };
    let told = save("csv")["messages"].as_str().unwrap().to_owned();
    assert!(told.contains("rang 2") && told.contains("enregistrer en YAML"), "{told}");
    assert!(save("yaml")["text"].as_str().unwrap().contains("- {}"));
}

#[test]
fn a_reading_that_is_retained_says_by_whom() {
    let shelf = shelf_of("ess");
    let path = "lectures.base du seuil";
    let open = form(&shelf, "ess", &[]);
    assert!(is_shown(open["form"].as_str().unwrap(), path));
    assert!(!is_shown(open["form"].as_str().unwrap(), &format!("{path}#par")));
    let given = form(&shelf, "ess", &[(path, "tous")]);
    assert!(is_shown(given["form"].as_str().unwrap(), &format!("{path}#par")));
}

#[test]
fn what_a_file_says_and_no_field_takes_is_told_above() {
    let shelf = shelf_with(TEXT);
    let text = "dispositif: essai\nloyr: 3\npart: beaucoup\nenfants:\n- âge: 4\n  taille: 3\n";
    let opened = ask(&shelf, &json!({ "ask": "open", "name": "d.yaml", "text": text }));
    let written = opened["form"].as_str().unwrap();
    assert!(wrong(written, "part").contains("lu « beaucoup »"), "{}", wrong(written, "part"));
    let above = written.split("data-champ").next().unwrap();
    assert!(above.contains("Non repris du fichier") && above.contains("loyr"), "{above}");
    assert!(above.contains("taille") && !above.contains("beaucoup"), "{above}");
}
