//! The schema and the reader, held together: what `conforme schema` admits, `decide` reads, and what it
//! reads in JSON the schema admits. A new answer is a line of [`ANSWERS`], whatever its type.

use std::collections::BTreeSet;

use conforme::dossier::{self, Reader};
use serde_json::{Value, json};

use crate::policies::policy;

/// A fact of each declared type.
const FACTS: &str = "  ouvert : oui ou non
  effectif : entier
  médecins : entier ≥ 0
  superficie : nombre
  indice : nombre ≥ 0.5
  part : pourcentage
  budget : montant
  prix : montant ≥ 0.1
  début : date
  préavis : durée en jours
  durée : durée en mois
  statut : parmi libéral, mixte, salarié
  zone : parmi oui, Oui, autre cas
  nom : texte";

/// Answers as JSON writes them; each is tried of each type.
const ANSWERS: &str = r#"
null true false 0 1 -1 12 34 40 2025 45691 20250203 1738540800
3.0 34.0 -3.0 0.0 -0.0 12.5 3.14 0.5 0.25 0.1 0.01 0.3 1.15 12.34 12.345 80000.1 80000.10 19.99 -12.34
1e3 1E3 1.5e1 1e-05 2.5E-4 1e+21 123456789012345 1234567.89
"" " " "inconnu" "Inconnu" "INCONNU" " inconnu " "null" "~" "pas encore" "Pas encore" "PAS  ENCORE" "pas  encor"
"oui" "Oui" "OUI" "non" "Non" "NON" " oui " "oUi" "true" "True" "false" "FALSE" "vrai" "VRAI" "faux" "Faux" "yes" "o" "oui." "1" "0"
"34" "34,0" "34.0" "34,00" "12.000" "12,000" "12.0000" "1 200" "1\u00a0200" "1\u202f200" "1 200,0" "1 20" "12 34" "1200 000"
"-3" "−3" "+3" "- 3" "3,5" "3.5" "3," ",5" ".5" "3,5,1" "3.14" "1 234,567" "00123" "1e3" "1_000" "0x1F" "trente"
"10 %" "10%" "10\u00a0%" "3,5 %" "0.1 %" "10 pour cent" "% 10" "-5 %" "100,00 %" "10 %%" "12.000 %"
"80 000 €" "80000 €" "80000€" "80 000,50 €" "80 000,5" "80.000 €" "80 000.00 €" "80000.0000" "80000,1200 €" "12,345 €" "12.3456"
"200 euros" "1 euro" "€ 200" "200 EUR" "-5 €" "1,5 million"
"2025-02-03" " 2025-02-03 " "2025-2-3" "2025-02-03T00:00:00" "2025-02-03 00:00:00" "2025-02-03T00:00" "2025-02-03T00:00:00Z"
"2025-02-03T00:00:00.000Z" "2025-02-03T00:00:00+01:00" "2025-02-03T00:00:00+0100" "2025-02-03T10:00:00Z" "2025-02-03 23:00"
"2025-02-03T00:00:00X" "2025-02-03T0" "03/02/2025" "3/2/2025" "03/02/2025 00:00:00" "03/02/2025 0:00" "03/02/2025 8:30" "03/02/25" "13/13/2025"
"3 février 2025" "3 Février 2025" "3 fevrier 2025" "le 3 février 2025" "Le 3 FÉVRIER 2025" "1er août 2025" "1er aout 2025" "1ER mars 2025"
"3  mars  2025" "03 mars 2025" "32 mars 2025" "31 avril 2025" "2025-04-31" "31/04/2025" "2025-02-30" "2024-02-29" "2025-13-01" "2025-00-10"
"1599-12-31" "1600-01-01" "2999-12-31" "3000-01-01" "45691" "45691.5" "20250203" "2025" "demain" "1738540800"
"15 jours" "1 jour" "15jours" "15  jours" "15 Jours" "15" "1 200 jours" "2,5 jours" "-1 jours" "quinze jours"
"6 mois" "1 an" "2 ans" "2 ans et 6 mois" "2 années" "1 année et 1 mois" "2 ans 6 mois" "6 mois et 2 ans" "2 anset 6 mois" "6mois" "six mois" "1,5 an"
"libéral" "Libéral" "LIBÉRAL" " libéral " "liberal" "mixte" "Mixte" "autre cas" "Autre  cas" "autre" "salarié(e)"
"Cardiologie" "L'équipe" "deux\nlignes" "tabulé\tlà" "cloche\u0007" "\u0085" "« guillemets »"
[] ["a"] {} {"valeur": 1.0} {"valeur": "Oui", "par": "ARS"} {"valeur": "2025-02-03T00:00:00", "au": "2025-02-03 00:00"}
"#;

/// What the reader reads and a schema leaves out: powers of ten in a text, which nobody should write, and
/// numbers that are the name of an option.
fn is_left_out(fact: &str, answer: &Value) -> bool {
    let number = matches!(fact, "effectif" | "médecins" | "superficie" | "indice" | "budget" | "prix");
    number && answer.as_str() == Some("1e3")
}

/// What a schema cannot tell: bounds of a number that is written as a text.
fn is_beyond(fact: &str, answer: &Value) -> bool {
    matches!(fact, "médecins" | "indice" | "prix") && answer.is_string()
}

#[test]
fn what_the_schema_admits_is_read_and_the_other_way_round() {
    let policy = policy(FACTS, "");
    let validator = jsonschema::validator_for(&dossier::schema(&policy)).unwrap();
    let reader = Reader::new(&policy);
    let answers: Vec<&str> = written();
    assert!(answers.len() >= 220, "{}", answers.len());
    let mut wrong = Vec::new();
    let mut read_of: BTreeSet<&str> = BTreeSet::new();
    for fact in FACTS.lines().map(|line| line.split(" : ").next().unwrap().trim()) {
        for answer in &answers {
            let text = format!("{{\"dispositif\": \"essai\", \"{fact}\": {answer}}}");
            let value: Value = serde_json::from_str(&text).unwrap();
            let admitted = validator.is_valid(&value);
            let result = reader.read(text.as_bytes(), "d.json");
            let read = result.is_ok();
            // Both ways of reading, and YAML, which JSON is a part of.
            assert_eq!(read, reader.read_generally(text.as_bytes(), "d.yaml").is_ok(), "{text}");
            if read {
                read_of.insert(fact);
            }
            let answer = &value[fact];
            let known = (admitted && !read && is_beyond(fact, answer))
                || (read && !admitted && is_left_out(fact, answer));
            if admitted != read && !known {
                let why = result.err().map(|found| format!("{:?}", found[0].labels[0].text));
                wrong.push(format!("{fact} : {answer} : admitted {admitted}, read {read} {why:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(read_of.len(), FACTS.lines().count());
}

/// The answers, one by one, as they are written.
fn written() -> Vec<&'static str> {
    let mut rest = ANSWERS.trim();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        values.next().unwrap().unwrap();
        let end = values.byte_offset();
        out.push(rest[..end].trim());
        rest = rest[end..].trim_start();
    }
    out
}

/// A cent is no binary fraction: amounts are tried one by one, so that no validator finds 1.15 € wrong.
#[test]
fn every_amount_in_cents_is_admitted_and_no_tenth_of_a_cent() {
    let policy = policy("  prix : montant ≥ 0", "");
    let validator = jsonschema::validator_for(&dossier::schema(&policy)).unwrap();
    let of = |price: &str| -> Value {
        serde_json::from_str(&format!("{{\"dispositif\": \"essai\", \"prix\": {price}}}")).unwrap()
    };
    for cents in (0..3_000_i64).chain([99_999, 8_000_010, 123_456_789, 99_999_999_999]) {
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        assert!(validator.is_valid(&of(&price)), "{price}");
        let thousandth = format!("{price}5");
        assert!(!validator.is_valid(&of(&thousandth)), "{thousandth}");
    }
}

/// What an answer looks like, where it is no date as one writes it.
#[test]
fn a_number_is_told_the_date_that_it_would_be() {
    let policy = policy(FACTS, "");
    for (written, label, help) in [
        ("45691", "ressemble au numéro d'un jour dans un tableur : le 3 février 2025 ?", "2025-02-03"),
        ("45691.0", "ressemble au numéro d'un jour dans un tableur : le 3 février 2025 ?", "2025-02-03"),
        ("20250203", "ressemble à une date sans tirets : le 3 février 2025 ?", "2025-02-03"),
        ("1738540800", "ressemble à un nombre de secondes depuis 1970 : le 3 février 2025 ?", "2025-02-03"),
        (
            "1738540800000",
            "ressemble à un nombre de millisecondes depuis 1970 : le 3 février 2025 ?",
            "2025-02-03",
        ),
        ("2025-02-03T10:00:00", "une date se donne sans heure", "2025-02-03"),
        ("2025-02-02T23:00:00Z", "une date se donne sans heure", "la veille ou le lendemain"),
    ] {
        for text in [format!("début: {written}\n"), format!("début: \"{written}\"\n")] {
            let found = dossier::read(text.as_bytes(), "d.yaml", &policy).unwrap_err();
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].labels[0].text, label, "{text}");
            assert!(found[0].help.as_deref().unwrap().contains(help), "{:?}", found[0].help);
        }
    }
    let thousands = json!({"effectif": "12.000"}).to_string();
    let found = dossier::read(thousands.as_bytes(), "d.json", &policy).unwrap_err();
    assert_eq!(found[0].labels[0].text, "12 ou 12 000 ?");
}
