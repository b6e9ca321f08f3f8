//! Sheets: what a dossier says, held to be decided and no more.

use conforme::dossier::{Answer, Dossier, Given, Reader, Sheet};
use conforme::eval::plain::{Answers, FieldTest, Slot};
use conforme::number::{Ratio, Small};
use conforme::policy::{FactId, ListId, Policy, ReadingId};
use conforme::syntax::tree::CompareOp;
use conforme::time::Date;
use conforme::value::Value;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::policies::policy;

/// Whether a sheet reads it; if it does, it says what the dossier says. It held another dossier before.
pub fn reads(policy: &Policy, before: &str, text: &str) -> bool {
    let reader = Reader::new(policy);
    let mut sheet = Sheet::new(policy);
    let _ = reader.sheet(before.as_bytes(), &mut sheet);
    if reader.sheet(text.as_bytes(), &mut sheet).is_none() {
        return false;
    }
    let dossier = match reader.read_generally(text.as_bytes(), "d") {
        Ok(dossier) => dossier,
        Err(mistakes) => panic!("{text}\n{mistakes:#?}"),
    };
    assert_eq!(sheet.examined_on, dossier.examined_on, "{text}");
    for (fact, given) in (0..).map(FactId).zip(&dossier.facts) {
        same(sheet.fact(fact), given, text);
    }
    for (list, rows) in (0..).map(ListId).zip(&dossier.lists) {
        assert_eq!(sheet.len(list), rows.as_ref().map(|rows| rows.spans.len()), "{text}");
        let width = policy.lists[list.index()].fields.len();
        for (row, cells) in rows.iter().flat_map(|rows| rows.cells.chunks(width)).enumerate() {
            for (rank, given) in cells.iter().enumerate() {
                same(sheet.cell(list, row, rank), given, text);
            }
        }
        for rank in 0..width {
            passes(&sheet, &dossier, list, rank, width);
        }
    }
    for (reading, retained) in (0..).map(ReadingId).zip(&dossier.readings) {
        assert_eq!(sheet.reading(reading), retained.as_ref().map(|retained| retained.option), "{text}");
    }
    true
}

fn same(said: Slot<'_>, given: &Given, text: &str) {
    let expected = match &given.answer {
        Answer::Missing => Slot::Missing,
        Answer::NotYet => Slot::NotYet,
        Answer::Known(Value::Truth(truth)) => Slot::Truth(*truth),
        Answer::Known(Value::Number(number)) => Slot::Number(Small::of(number).expect("it fits")),
        Answer::Known(Value::Date(date)) => Slot::Date(*date),
        Answer::Known(Value::Choice(option)) => Slot::Choice(*option),
        Answer::Known(Value::Text(text)) => Slot::Text(&text.folded),
    };
    assert_eq!(format!("{said:?}"), format!("{expected:?}"), "{text}");
}

/// Elements pass a test of a field together as they do one by one.
fn passes(sheet: &Sheet, dossier: &Dossier, list: ListId, rank: usize, width: usize) {
    let cells = dossier.lists[list.index()].iter().flat_map(|rows| rows.cells.chunks(width));
    let answers: Vec<&Answer> = cells.map(|cells| &cells[rank].answer).collect();
    let day = Date::new(2025, 2, 3).expect("a day");
    let tests = [0, 1, 0b10, 0b101, 0b110, u64::MAX, 1 << 63].map(FieldTest::Options);
    let tests = tests.into_iter().chain([true, false].map(FieldTest::Truth));
    for op in [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge] {
        for test in tests.clone().chain([FieldTest::Number(op, 12.into()), FieldTest::Day(op, day)]) {
            let passes = |answer: &Answer| match (test, answer) {
                (FieldTest::Truth(wanted), Answer::Known(Value::Truth(truth))) => Some(*truth == wanted),
                (FieldTest::Options(options), Answer::Known(Value::Choice(option))) => {
                    Some(options.checked_shr(u32::from(*option)).is_some_and(|bits| bits & 1 == 1))
                }
                (FieldTest::Number(op, _), Answer::Known(Value::Number(number))) => {
                    Some(op.holds(number.cmp(&Ratio::from(12))))
                }
                (FieldTest::Day(op, _), Answer::Known(Value::Date(date))) => Some(op.holds(date.cmp(&day))),
                _ => None,
            };
            // Every other element is out already.
            let start: Vec<u8> = (0..answers.len().min(250)).map(|row| u8::from(row % 2 == 0)).collect();
            let expected: Option<Vec<u8>> = start
                .iter()
                .zip(&answers)
                .map(|(kept, answer)| if *kept == 0 { Some(0) } else { passes(answer).map(u8::from) })
                .collect();
            let mut kept = start.clone();
            let told = sheet.narrow(list, rank, &test, 0, &mut kept).map(|()| kept);
            if expected.is_some() && told.is_none() {
                assert!(answers.is_empty(), "{test:?} {answers:?}");
            } else {
                assert_eq!(told, expected, "{test:?} {answers:?}");
            }
        }
    }
}

fn every_column() -> Policy {
    policy(
        "  nom : texte
  siège : texte
  visites : liste
  visites.faite le : date
  visites.à domicile : oui ou non
  visites.prix : montant ≥ 0
  visites.part : pourcentage
  visites.durée : durée en jours
  visites.nombre : entier
  visites.acte : parmi soin, conseil, suivi
  visites.patient : texte, unique",
        "  départ : signature, réception",
    )
}

fn ordinary() -> Json {
    json!({
        "dispositif": "essai", "examiné le": "2025-10-01", "nom": "Équipe  de l’Adour",
        "visites": [
            {"faite le": "2025-01-02", "à domicile": "oui", "prix": "12,50 €", "part": "10 %", "durée": "3 jours",
             "nombre": 2, "acte": "soin", "patient": "A"},
            {"faite le": "pas encore", "à domicile": false, "prix": 80, "part": null, "nombre": -1, "acte": "Suivi",
             "patient": {"valeur": "b", "source": "registre"}},
            {"acte": "conseil"},
        ],
        "lectures": {"départ": "réception"},
    })
}

#[test]
fn a_sheet_says_what_the_dossier_says() {
    let policy = every_column();
    let full = ordinary().to_string();
    assert!(reads(&policy, "{}", &full));
    assert!(reads(&policy, &full, "{}"));
    assert!(reads(&policy, &full, r#"{"visites": []}"#));
    // Many elements: counted by more than one byte can count.
    let acts = ["soin", "conseil", "suivi"];
    let visit = |i: usize| json!({"acte": (acts[i % 7 % 3]), "patient": (format!("p{i:04}"))});
    let many: Vec<Json> = (0..700).map(visit).collect();
    assert!(reads(&policy, &full, &json!({ "visites": many }).to_string()));
}

#[test]
fn what_is_out_of_the_ordinary_has_no_place_in_a_sheet() {
    let policy = every_column();
    for text in [
        "",
        "nom: x",
        r#"{"nom": "x", "nom": "y"}"#,
        r#"{"visites": [{"nombre": 9223372036854775808}]}"#,
        r#"{"visites": [{"prix": -1}]}"#,
        r#"{"visites": [{"faite le": "1500-01-01"}]}"#,
        r#"{"visites": [{"faite le": "2025-02-29"}]}"#,
        r#"{"visites": [{"patient": "É"}, {"patient": "é"}]}"#,
        r#"{"lectures": {"départ": "arrivée"}}"#,
    ] {
        assert!(!reads(&policy, "{}", text), "{text}");
    }
    let mut sheet = Sheet::new(&policy);
    assert!(Reader::new(&policy).sheet(b"{\"nom\": \"\xff\"}", &mut sheet).is_none());
}

fn answer() -> impl Strategy<Value = Json> {
    let words = [
        "oui",
        "non",
        "soin",
        "Conseil",
        "suivi",
        "2025-02-03",
        "03/02/2025",
        "2025-2-3",
        "0001-01-01",
        "2999-12-31",
        "3000-01-01",
        "pas encore",
        "12",
        "012",
        "1 200",
        "12,5",
        "80 €",
        "10 %",
        "15 jours",
        "inconnu",
        "",
        "A",
        "a",
    ];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(Json::from),
        1 => any::<bool>().prop_map(Json::from),
        1 => (-3i64..50).prop_map(Json::from),
        1 => Just(Json::Null),
        1 => "[a-zÀ-ü ]{0,6}".prop_map(Json::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// An element of a list at a time, so that many are read.
    #[test]
    fn a_sheet_says_what_any_dossier_says(
        elements in prop::collection::vec((0usize..8, answer(), 0usize..8, answer()), 0..4),
        nom in answer(),
    ) {
        const KEYS: [&str; 8] =
            ["faite le", "à domicile", "prix", "part", "durée", "nombre", "acte", "patient"];
        let elements: Vec<Json> = elements
            .into_iter()
            .map(|(one, a, other, b)| json!({ KEYS[one]: a, KEYS[other]: b }))
            .collect();
        reads(&every_column(), &ordinary().to_string(), &json!({"nom": nom, "visites": elements}).to_string());
    }
}
