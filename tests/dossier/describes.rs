//! What describes a dossier: its JSON Schema and the empty dossier to fill in.

use conforme::dossier::{self, Answer};
use conforme::policy::Policy;
use serde_json::{Value, json};

use crate::policies::{every_type, policy};

fn validates(policy: &Policy, dossier: &Value) -> bool {
    jsonschema::validator_for(&dossier::schema(policy)).unwrap().is_valid(dossier)
}

fn reads(policy: &Policy, dossier: &Value) -> bool {
    dossier::read(dossier.to_string().as_bytes(), "dossier.json", policy).is_ok()
}

#[test]
fn the_schema_is_a_valid_one() {
    jsonschema::meta::validate(&dossier::schema(&every_type())).unwrap();
}

#[test]
fn the_schema_and_the_reader_take_the_same_dossiers() {
    let policy = every_type();
    let of = |key: &str, value: Value| json!({"dispositif": "essai", key: value});
    let mut taken = vec![json!({"dispositif": "essai"})];
    for (key, values) in [
        ("ouvert", json!([true, "oui", null, "inconnu", {"valeur": "non", "par": "ARS", "motif": null}])),
        (
            "médecins",
            json!([0, 34, "1 200", "1\u{202f}200", {"valeur": 3, "au": "2024-12-31", "source": 2024}]),
        ),
        ("delta", json!([-3, "-3", "−3"])),
        ("superficie", json!([3.5, 12, "3,5", "1 200,25"])),
        ("part", json!(["10 %", "3,5%", "inconnu"])),
        ("budget", json!([80000, 0.5, "80 000 €", "80 000,50 €", "200 euros"])),
        ("début", json!(["2025-02-03", "03/02/2025", "1er février 2025", "pas encore"])),
        ("préavis", json!(["15 jours", "1 jour"])),
        ("durée", json!(["6 mois", "2 ans", "2 ans et 6 mois", "1 an"])),
        ("statut", json!(["libéral", null])),
        ("nom", json!(["Cardiologie", 40, ""])),
        ("territoire", json!([null, {}, {"continu": "oui", "médecins": 3}])),
        ("adhérents", json!([[], null, [{}], [{"RPPS": "1", "adresse": {"ville": "Dax"}}], {"valeur": []}])),
        ("lectures", json!([{}, {"départ": "signature"}, {"départ": {"valeur": "réception", "par": "ARS"}}])),
        ("attendu", json!([1, {"a": []}])),
        ("dossier", json!(["ESS 40", 40, null])),
        ("examiné le", json!(["2025-10-01", null])),
    ] {
        taken.extend(values.as_array().unwrap().iter().map(|value| of(key, value.clone())));
    }
    let validator = jsonschema::validator_for(&dossier::schema(&policy)).unwrap();
    for dossier in taken {
        let errors: Vec<String> = validator.iter_errors(&dossier).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{dossier}: {errors:?}");
        assert!(reads(&policy, &dossier), "{dossier}");
    }
    let mut refused = vec![json!({"dispositif": "autre"}), json!([])];
    for (key, values) in [
        ("ouvert", json!([1, "peut-être", [], {"par": "ARS"}, {"valeur": "oui", "qui": "ARS"}])),
        ("médecins", json!([-1, 1.5, "beaucoup", "1 2", {"continu": 1}])),
        ("part", json!([10, 0.1, "10"])),
        ("budget", json!(["80.000 €", "beaucoup"])),
        ("début", json!(["bientôt", 2025, "03/02/25"])),
        ("préavis", json!([15, "2 mois"])),
        ("durée", json!([6, "15 jours", "pas encore"])),
        ("statut", json!(["liberal", 1])),
        ("nom", json!([["a"]])),
        ("territoire", json!(["oui", [], {"medecins": 3}])),
        ("adhérents", json!([12, [1], [{"nom": "x"}], {"RPPS": "1"}])),
        ("lectures", json!(["signature", {"départ": "arrivée"}, {"arrivée": "signature"}])),
        ("examiné le", json!(["pas encore", "demain"])),
        ("inconnue", json!([1])),
    ] {
        refused.extend(values.as_array().unwrap().iter().map(|value| of(key, value.clone())));
    }
    for dossier in refused {
        assert!(!validator.is_valid(&dossier), "{dossier}");
        assert!(!reads(&policy, &dossier), "{dossier}");
    }
}

/// A fact whose path also groups others.
fn of_both_kinds() -> Policy {
    policy("  siège : texte\n  siège.ville : texte\n  siège.médecins : entier ≥ 0", "")
}

#[test]
fn a_fact_may_group_others() {
    let policy = of_both_kinds();
    for text in [
        "siège: Dax\nsiège.médecins: 3\n",
        "siège: {valeur: Dax, source: Cnam, médecins: 3}\n",
        "{\"siège\": {\"médecins\": 3}, \"siège.ville\": \"Dax\"}",
    ] {
        let read = dossier::read(text.as_bytes(), "d", &policy).unwrap();
        assert_ne!(read.facts[2].answer, Answer::Missing, "{text}");
    }
    for value in [json!("Dax"), json!({"médecins": 3}), json!({"valeur": "Dax", "par": "X", "ville": "Dax"})]
    {
        assert!(validates(&policy, &json!({"dispositif": "essai", "siège": value})), "{value}");
    }
    assert!(!validates(&policy, &json!({"dispositif": "essai", "siège": {"médecin": 3}})));
}

#[test]
fn the_empty_dossier_reads_as_one_where_nothing_is_known() {
    for policy in [every_type(), of_both_kinds()] {
        let template = dossier::template(&policy);
        let read = dossier::read(template.as_bytes(), "modèle.yaml", &policy).unwrap();
        assert!(read.facts.iter().all(|f| f.answer == Answer::Missing && f.place.is_some()), "{template}");
        assert!(read.lists.iter().all(Option::is_none));
        assert!(read.readings.iter().all(Option::is_none));
        assert_eq!((read.name, read.examined_on), (None, None));
        assert_eq!(
            dossier::identify(&dossier::file(template.as_bytes(), "m").unwrap()).unwrap().as_deref(),
            Some("essai")
        );
    }
    insta::with_settings!({omit_expression => true}, { insta::assert_snapshot!(dossier::template(&every_type())) });
}
