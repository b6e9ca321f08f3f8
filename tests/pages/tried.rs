//! A text that is tried: its mistakes, and the cases that it turns.

use conforme::eval;
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

/// What the buttons of a mistake do, counted as scripts count letters: there is an emoji above.
#[test]
fn a_mistake_leads_to_its_place_and_is_mended_by_a_press() {
    let answer = tried(|text| {
        text.replacen("favorable si", "favorble si", 1).replacen("\n", "\n# 😀 à 10\u{a0}%\n", 1)
    });
    let shelf = shelf_of("csq");
    let (_, text) = shelf.files().find(|(path, _)| *path == "csq/csq.pol").unwrap();
    let text = std::str::from_utf8(text).unwrap().replacen("\n", "\n# 😀 à 10\u{a0}%\n", 1);
    let sent: Vec<u16> = text.replacen("favorable si", "favorble si", 1).encode_utf16().collect();
    let messages = answer["messages"].as_str().unwrap();
    let buttons: Vec<&str> = messages.split("name=\"faire\" value=\"").skip(1).collect();
    let number = |of: &str| -> usize {
        let button = buttons.iter().find_map(|button| button.strip_prefix(&format!("{of} ")));
        button.unwrap_or_else(|| panic!("{of}: {messages}")).split('"').next().unwrap().parse().unwrap()
    };
    let places = answer["places"].as_array().unwrap();
    let unit = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let [place] = places[number("aller")].as_array().unwrap().as_slice() else { panic!("{answer}") };
    let shown = &sent[unit(&place[0])..unit(&place[1])];
    assert_eq!(String::from_utf16(shown).unwrap(), "favorble si");
    let [edit] = places[number("corriger")].as_array().unwrap().as_slice() else { panic!("{answer}") };
    let new: Vec<u16> = edit[2].as_str().unwrap().encode_utf16().collect();
    let mended = [&sent[..unit(&edit[0])], &new, &sent[unit(&edit[1])..]].concat();
    assert_eq!(String::from_utf16(&mended).unwrap(), text);
}

/// What a rule says otherwise than its passage is told here as by `check`, and keeps nobody from trying.
#[test]
fn a_rule_that_says_otherwise_than_its_passage_is_told() {
    let shelf = shelf_of("ess");
    let (_, text) = shelf.files().find(|(path, _)| *path == "ess/ess.pol").unwrap();
    let text = std::str::from_utf8(text).unwrap().replace("taux d'adhésion ≥ 10 %", "taux d'adhésion ≥ 12 %");
    let case = shelf.cases("ess").next().unwrap().file.text().to_owned();
    let answer = ask(&shelf, &json!({ "ask": "try", "policy": "ess", "text": text, "dossier": case }));
    assert!(answer["messages"].as_str().unwrap().contains("10"), "{answer}");
    assert!(answer["messages"].as_str().unwrap().contains("Aller à la ligne"), "{answer}");
    assert!(answer["decision"].is_string() && answer["cases"].is_string(), "{answer}");
}

/// Cases that nobody waits for any more are not kept as they were then: they serve whoever tries next.
#[test]
fn what_was_given_up_is_decided_again_for_the_next() {
    let shelf = shelf_of("ess");
    let (_, text) = shelf.files().find(|(path, _)| *path == "ess/ess.pol").unwrap();
    let text = std::str::from_utf8(text).unwrap().replace("taux d'adhésion ≥ 10 %", "taux d'adhésion ≥ 90 %");
    let case = shelf.cases("ess").next().unwrap().file.text().to_owned();
    let asked = json!({ "ask": "try", "policy": "ess", "text": text, "dossier": case });
    let given_up = eval::until(|| true, || ask(&shelf, &asked));
    let whole = ask(&shelf_of("ess"), &asked);
    assert_ne!(given_up["cases"], whole["cases"], "some of them were given up");
    assert_eq!(ask(&shelf, &asked), whole);
}
