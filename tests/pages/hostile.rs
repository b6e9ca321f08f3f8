//! Whatever is sent, there is an answer; nothing of it is mark-up.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{ask, form, html, shelf_of, shelf_with, today};

const HOSTILE: &str = include_str!("hostile/hostile.pol");

/// What begins a tag of the project itself.
const OWN: [&str; 43] = [
    "a",
    "button",
    "cite",
    "code",
    "div",
    "fieldset",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "header",
    "input",
    "label",
    "legend",
    "li",
    "mark",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "blockquote",
    "caption",
    "dl",
    "dt",
    // Drawings.
    "figure",
    "figcaption",
    "svg",
    "line",
    "rect",
    "circle",
    "text",
];

fn is_plain(html: &str) {
    for (tag, attributes, _) in html::tags(html) {
        assert!(OWN.contains(&tag.trim_start_matches('/')), "{tag} in {html}");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style", "{key}");
            assert!(key != "href" || value.starts_with('#'), "{value}");
        }
    }
    assert!(!html.contains(['\u{202e}', '\u{2066}', '\0']), "{html}");
}

#[test]
fn hostile_names_and_values_show_as_text() {
    let shelf = shelf_with(HOSTILE);
    let fields = [
        ("dossier", "<script>alert(1)</script>\u{202e}"),
        ("nom", "\"><script>alert(2)</script>"),
        ("site", "javascript:alert(1)"),
        ("enfants", "1"),
        ("enfants[1].âge", "'><img src=x onerror=alert(3)>"),
        ("examiné le", "<svg onload=alert(4)>"),
        ("<script>", "<script>"),
        ("nom#source", "<script>"),
    ];
    let answer = form(&shelf, "essai", &fields);
    let written = answer["form"].as_str().unwrap_or_else(|| panic!("{answer}"));
    is_plain(written);
    is_plain(answer["decision"].as_str().unwrap());
    assert!(written.contains("&lt;script&gt;"));
    let sent = html::fields(written);
    assert!(sent.contains(&("nom".to_owned(), fields[1].1.to_owned())), "{sent:?}");
    for name in ["<script>.yaml", "x.csv", "x.json"] {
        let opened = ask(
            &shelf,
            &json!({ "ask": "open", "name": name, "text": "dispositif: essai\n<script>: <b>\nnom: [\"<i>\"]\n" }),
        );
        for part in ["form", "decision", "messages"] {
            is_plain(opened[part].as_str().unwrap_or(""));
        }
    }
}

#[test]
fn an_answer_of_no_known_request_says_so() {
    let shelf = shelf_with(HOSTILE);
    for (request, said) in [
        (json!({ "ask": "effacer" }), "Demande inconnue"),
        (json!({ "ask": "form", "policy": "autre" }), "Dispositif inconnu"),
        (json!({ "ask": "save", "policy": "essai", "as": "pdf" }), "Forme inconnue"),
        (json!([1, 2]), "demande illisible"),
        (json!({ "ask": "form", "fields": [["a"]] }), "demande illisible"),
        (json!({ "ask": "open", "name": "x.xlsx" }), "classeur"),
        (json!({ "ask": "open", "name": "x.xls", "base64": "0M8R4A==" }), "protégé"),
        (json!({ "ask": "open", "name": "x.csv", "text": "" }), "aucun dossier"),
        (json!({ "ask": "open", "name": "x.csv", "text": "dispositif;nom\n" }), "aucun dossier"),
        (json!({ "ask": "open", "name": "x.yaml", "base64": "é" }), "transmis en entier"),
        (json!({ "ask": "decide", "text": "dispositif: autre" }), "Dispositif inconnu"),
        (json!({ "ask": "try", "policy": "essai", "text": "" }), "essai"),
    ] {
        let answer = ask(&shelf, &request);
        assert!(answer["messages"].is_string(), "{request} {answer}");
        let told =
            format!("{} {}", answer["outcome"], answer["messages"]).replace(['\u{a0}', '\u{202f}'], " ");
        assert!(told.contains(said), "{request} {told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_request_has_an_answer(request in ".{0,200}") {
        let answer: Value = serde_json::from_str(&shelf_with(HOSTILE).answer(&request, today())).unwrap();
        prop_assert!(answer.is_object());
    }

    #[test]
    fn any_answers_have_a_form_that_sends_them_again(
        values in proptest::collection::vec(
            (
                prop_oneof![
                    Just("nom"), Just("site"), Just("enfants"), Just("enfants[1].âge"), Just("enfants[2].âge"),
                    Just("examiné le"), Just("dossier"), Just("nom#par"), Just("lectures.x"), Just("autre"),
                ],
                prop_oneof![".{0,12}", "[0-9]{1,6}", Just("oui".to_owned()), Just("2025-02-30".to_owned())],
            ),
            0..10,
        ),
        act in prop_oneof![
            Just(String::new()), Just("ajouter enfants".to_owned()), Just("retirer enfants[1]".to_owned()), ".{0,9}",
        ],
    ) {
        let shelf = shelf_with(HOSTILE);
        let request = json!({ "ask": "form", "policy": "essai", "fields": values, "act": act });
        let answer = ask(&shelf, &request);
        let written = answer["form"].as_str().unwrap();
        is_plain(written);
        is_plain(answer["decision"].as_str().unwrap());
        // What was shown is shown again.
        let again = ask(&shelf, &json!({ "ask": "form", "policy": "essai", "fields": html::fields(written) }));
        prop_assert_eq!(html::fields(again["form"].as_str().unwrap()), html::fields(written));
        let saved = ask(&shelf, &json!({ "ask": "save", "policy": "essai", "fields": values, "as": "yaml" }));
        prop_assert!(saved["text"].is_string());
    }

    #[test]
    fn any_file_is_opened_or_told(
        name in prop_oneof![Just("a.yaml"), Just("a.json"), Just("a.csv"), Just("a")],
        text in prop_oneof![".{0,120}", "(dispositif|nom|enfants|;|,|\n|essai|:| |\"|\\[|\\{|-){0,40}"],
    ) {
        let shelf = shelf_with(HOSTILE);
        let answer = ask(&shelf, &json!({ "ask": "open", "policy": "essai", "name": name, "text": text }));
        prop_assert!(answer["form"].is_string() || answer["messages"].is_string());
    }
}

#[test]
fn an_empty_form_of_every_policy_is_incomplete() {
    for id in ["ess", "csq"] {
        let answer = form(&shelf_of(id), id, &[]);
        assert!(answer["outcome"].as_str().unwrap().starts_with("INCOMPLET"), "{}", answer["outcome"]);
        is_plain(answer["form"].as_str().unwrap());
        is_plain(answer["decision"].as_str().unwrap());
    }
}
