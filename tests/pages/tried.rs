//! A text that is tried: its mistakes, and the cases that it turns.

use serde_json::{Value, json};

use super::{ask, shelf, shelf_of};

fn tried(change: impl Fn(&str) -> String) -> Value {
    let shelf = shelf_of("csq");
    let (_, text) = shelf.files().find(|(path, _)| *path == "csq/csq.pol").unwrap();
    let text = change(std::str::from_utf8(text).unwrap());
    let case = shelf.cases("csq").next().unwrap().file.text().to_owned();
    ask(&shelf, &json!({ "ask": "try", "policy": "csq", "text": text, "dossier": case }))
}

#[test]
fn a_text_that_does_not_change_turns_no_case() {
    let answer = tried(str::to_owned);
    assert!(answer["cases"].as_str().unwrap().contains("Aucun des 64 cas ne change"), "{answer}");
    assert!(answer["decision"].as_str().unwrap().contains("verdict"), "{answer}");
}

#[test]
fn a_mistyped_word_is_told_at_its_place_and_the_cases_stay() {
    let answer = tried(|text| text.replacen("favorable si", "favorble si", 1));
    assert!(answer["messages"].as_str().unwrap().contains("<mark>favorble"), "{answer}");
    assert!(answer["cases"].is_null() && answer["decision"].is_null(), "{answer}");
    assert!(answer["messages"].as_str().unwrap().contains("d&#39;avant ces corrections"), "{answer}");
}

#[test]
fn a_first_line_that_is_broken_is_the_only_mistake() {
    let shelf = shelf();
    let (_, text) = shelf.files().find(|(path, _)| *path == "ess/ess.pol").unwrap();
    let text = std::str::from_utf8(text).unwrap().replacen("dispositif ess", "dispositf ess", 1);
    let answer = ask(&shelf, &json!({ "ask": "try", "policy": "ess", "text": text, "dossier": "" }));
    assert_eq!(answer["outcome"], "1 erreur dans le texte", "{answer}");
}

#[test]
fn a_threshold_that_moves_turns_cases() {
    let shelf = shelf_of("ess");
    let (_, text) = shelf.files().find(|(path, _)| *path == "ess/ess.pol").unwrap();
    let text = std::str::from_utf8(text).unwrap().replace("taux d'adhésion ≥ 10 %", "taux d'adhésion ≥ 90 %");
    let case = shelf.cases("ess").next().unwrap().file.text().to_owned();
    let answer = ask(&shelf, &json!({ "ask": "try", "policy": "ess", "text": text, "dossier": case }));
    let cases = answer["cases"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(cases.contains("01-favorable") && cases.contains("défavorable"), "{cases}");
}
