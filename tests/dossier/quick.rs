//! The quick way through JSON and the general reader: one dossier, whichever reads it.

use conforme::dossier::Reader;
use conforme::policy::Policy;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::policies::{every_type, policy};

/// Whether the quick way reads it; if it does, the general reader reads the same.
fn quick(policy: &Policy, text: &str) -> bool {
    let reader = Reader::new(policy);
    let quick = reader.reads_quickly(text.as_bytes());
    if quick {
        let read = reader.read(text.as_bytes(), "d").unwrap();
        match reader.read_generally(text.as_bytes(), "d") {
            Ok(general) => assert_eq!(format!("{read:#?}"), format!("{general:#?}"), "{text}"),
            Err(mistakes) => panic!("{text}\n{mistakes:#?}"),
        }
    }
    // A number of any size has no place in a sheet.
    let on_sheet = crate::sheet::reads(policy, "{}", text);
    assert!(quick || !on_sheet, "{text}");
    assert!(on_sheet || !quick || text.bytes().filter(u8::is_ascii_digit).count() > 18, "{text}");
    quick
}

fn ordinary() -> Value {
    json!({
        "dispositif": "essai", "dossier": "ESS 40", "examiné le": "2025-10-01",
        "nom": "Cardiologie « interventionnelle »", "ouvert": true, "médecins": 34, "delta": -3, "superficie": 3.25,
        "part": "10 %", "budget": 80000.5, "début": "pas encore", "préavis": "15 jours", "durée": "2 ans et 6 mois",
        "statut": {"valeur": "Mixte", "source": "Cnam", "au": "2024-12-31", "par": "ARS", "motif": "constaté"},
        "échelon": null,
        "territoire": {"continu": "oui", "médecins": "inconnu", "médecins libéraux": "1 200"},
        "adhérents": [
            {"RPPS": "10001234567", "exercice": "libéral", "adresse": {"ville": "Mont-de-Marsan"}},
            {"exercice": "mixte", "RPPS": "10001234568", "depuis": "03/02/2025"},
            {"RPPS": 7}, {},
        ],
        "lectures": {"base du seuil": {"valeur": "libéraux", "par": "ARS"}, "départ": "signature"},
    })
}

#[test]
fn ordinary_dossiers_go_the_quick_way() {
    let policy = every_type();
    let dossier = ordinary();
    assert!(quick(&policy, &dossier.to_string()));
    assert!(quick(&policy, &serde_json::to_string_pretty(&dossier).unwrap()));
    assert!(quick(
        &policy,
        &serde_json::to_string_pretty(&dossier).unwrap().replace("  ", "\t").replace('\n', "\r\n")
    ));
    assert!(quick(&policy, "{}\n"));
    // As Python writes it, and with spaces before colons.
    let escaped: String = dossier
        .to_string()
        .chars()
        .map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", c as u32) })
        .collect();
    assert!(quick(&policy, &escaped));
    assert!(quick(&policy, &dossier.to_string().replace("\":", "\" :")));
    let many: Vec<Value> =
        (0..2_000).map(|i| json!({"RPPS": format!("{}", 90_000 - i), "exercice": "salarié"})).collect();
    assert!(quick(&policy, &json!({"adhérents": many}).to_string()));
}

#[test]
fn whatever_is_out_of_the_ordinary_is_left_to_the_general_reader() {
    let policy = every_type();
    for text in [
        "",
        " {}",
        "\u{feff}{}",
        "[]",
        "{} {}",
        "{",
        "{,}",
        "{\"nom\":\"x\",}",
        "{\"nom\":\"x\",\"nom\":\"y\"}",
        "{nom: x}",
        "{\"nom\": 'x'}",
        "{\"nom\": x}",
        "{\"nom\": \"a\nb\"}",
        "{\"nom\": \"a\tb\"}",
        "{\"nom\": \"a\u{7f}b\"}",
        "{\"nom\": \"a\u{85}b\"}",
        "{\"nom\": \"\\u0085\"}",
        "{\"nom\": \"\\ud800\"}",
        "{\"nom\": \"\\q\"}",
        "{\"nom\": \"\u{feff}\"}",
        "{\"inconnue\": 1}",
        "{\"territoire.continu\": true}",
        "{\"territoire\": true}",
        "{\"territoire\": {}, \"territoire\": {}}",
        "{\"médecins\": -1}",
        "{\"médecins\": 1e-3}",
        "{\"médecins\": [1]}",
        "{\"part\": 10}",
        "{\"statut\": {\"source\": \"x\"}}",
        "{\"statut\": {\"valeur\": 1}}",
        "{\"statut\": {\"valeur\": \"mixte\", \"valeur\": \"mixte\"}}",
        "{\"adhérents\": {}}",
        "{\"adhérents\": [1]}",
        "{\"adhérents\": [{}]]",
        "{\"adhérents\": [{\"RPPS\": \"É\"}, {\"RPPS\": \"é\"}]}",
        "{\"adhérents\": [{\"adresse\": {}, \"adresse\": {}}]}",
        "{\"attendu\": 1}",
        "{\"dispositif\": \"autre\"}",
        "{\"lectures\": {\"départ\": \"arrivée\"}}",
        "{\"lectures\": {\"base\": \"tous\"}}",
        "{\"examiné le\": \"pas encore\"}",
        "{\"nom\"\n: \"x\"}",
        "{\"nom\": \"x\"} # y",
        "---\n{}",
    ] {
        assert!(!quick(&policy, text), "{text}");
    }
    let both = policy_of_both_kinds();
    assert!(quick(&both, "{\"siège\": \"Dax\"}"));
    assert!(!quick(&both, "{\"siège\": {\"ville\": \"Dax\"}}"));
}

fn policy_of_both_kinds() -> Policy {
    policy("  siège : texte\n  siège.ville : texte", "")
}

/// YAML takes `~` beside a no-break space for a text, and so does JSON.
#[test]
fn no_word_beside_a_no_break_space_says_that_nothing_is_known() {
    for word in ["~", "null", "NULL"] {
        for written in [format!("\u{a0}{word}"), format!("{word}\u{202f}")] {
            let (yaml, json) = (format!("nom: {written}\n"), json!({ "nom": written }).to_string());
            let [yaml, json] = [yaml, json].map(|text| {
                crate::real::answers(&conforme::dossier::read(text.as_bytes(), "d", &every_type()).unwrap())
            });
            assert_eq!(yaml, json, "{written:?}");
        }
    }
}

/// An answer of any kind, good or bad.
fn answer() -> impl Strategy<Value = Value> {
    let bare = prop_oneof![
        prop::sample::select(WORDS.to_vec()).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        (-5i64..5_000).prop_map(Value::from),
        (0u32..5_000).prop_map(|n| json!(f64::from(n) / 4.0)),
        Just(Value::Null),
        "[ -~àéœ’€«»\u{a0}\u{202f}]{0,12}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    prop_oneof![
        6 => bare.clone(),
        1 => bare.clone().prop_map(|v| json!({"valeur": v, "par": "ARS", "au": "2025-01-01"})),
        1 => (bare.clone(), bare).prop_map(|(v, w)| json!({"valeur": v, "source": w})),
    ]
}

const WORDS: &[&str] = &[
    "oui",
    "Non",
    "true",
    "12",
    "1 200",
    "-3",
    "3,5",
    "10 %",
    "0,5%",
    "80 000 €",
    "80 000,50",
    "2025-02-03",
    "03/02/2025",
    "1er mars 2024",
    "pas encore",
    "inconnu",
    "",
    " ",
    "6 mois",
    "2 ans et 6 mois",
    "15 jours",
    "libéral",
    "Mixte",
    "salarié",
    "régional",
    "RÉGIONAL",
    "00123",
    "null",
    "~",
    "a\tb",
    "a\nb",
    "l’équipe",
    "\\",
    "\"",
    "- x",
    "# x",
    "a: b",
    "{",
    "*a",
    "&a",
    "!!str",
];

fn object(keys: &'static [&'static str], value: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec((prop::sample::select(keys), value), 0..6).prop_map(|entries| {
        Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
    })
}

fn dossiers() -> impl Strategy<Value = Value> {
    let element = object(&["RPPS", "exercice", "depuis"], answer().boxed());
    let territory = object(&["continu", "médecins", "médecins libéraux"], answer().boxed());
    let readings = object(
        &["départ", "base du seuil"],
        prop::sample::select(vec!["signature", "Libéraux", "tous"]).prop_map(Value::from).boxed(),
    );
    let scalars = object(
        &[
            "nom",
            "ouvert",
            "médecins",
            "delta",
            "superficie",
            "part",
            "budget",
            "début",
            "préavis",
            "durée",
            "statut",
            "échelon",
        ],
        answer().boxed(),
    );
    (scalars, prop::collection::vec(element, 0..4), territory, readings).prop_map(
        |(scalars, elements, territory, readings)| {
            let mut dossier = scalars;
            dossier["adhérents"] = elements.into();
            dossier["territoire"] = territory;
            dossier["lectures"] = readings;
            dossier
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whole dossiers, mostly with something wrong in them.
    #[test]
    fn both_readers_agree_on_whole_dossiers(dossier in dossiers(), pretty in any::<bool>()) {
        quick(&every_type(), &if pretty { serde_json::to_string_pretty(&dossier).unwrap() } else { dossier.to_string() });
    }

    /// One answer at a time, so that most are read.
    #[test]
    fn both_readers_agree_on_any_answer(
        key in prop::sample::select(vec![
            "nom", "ouvert", "médecins", "delta", "superficie", "part", "budget", "début", "préavis", "durée", "statut", "dossier", "examiné le",
        ]),
        answer in answer(),
    ) {
        quick(&every_type(), &json!({ key: answer }).to_string());
    }

    /// Texts that are nearly JSON.
    #[test]
    fn both_readers_agree_on_damaged_json(at in 0usize..900, with in prop::sample::select(vec!["", " ", "\n", "\t", ",", "\"", "}", "]", "{", ":", "\\", "1", "#", "\u{1}"])) {
        let text = ordinary().to_string();
        let (at, end) = (text.floor_char_boundary(at), text.floor_char_boundary(at + 1));
        quick(&every_type(), &format!("{}{with}{}", &text[..at], &text[at..]));
        quick(&every_type(), &format!("{}{with}{}", &text[..at], &text[end.max(at)..]));
    }

    /// What another program writes as YAML says what it writes as JSON.
    #[test]
    fn a_dossier_says_the_same_in_yaml_and_in_json(dossier in dossiers()) {
        // What was a line end for the first YAML is one no more: the writer writes for both.
        prop_assume!(!dossier.to_string().contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']));
        let policy = every_type();
        let read = |text: &str| match conforme::dossier::read(text.as_bytes(), "d", &policy) {
            Ok(read) => Ok(crate::real::answers(&read)),
            Err(mistakes) => Err(mistakes.iter().map(|m| (m.code, m.message.clone())).collect::<Vec<_>>()),
        };
        let yaml = serde_yaml::to_string(&dossier).unwrap();
        assert_eq!(read(&yaml), read(&dossier.to_string()), "{yaml}");
    }
}
