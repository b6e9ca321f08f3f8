//! Briefs: what a dossier comes to in a few lines of JSON, from its bytes on.

mod support;

use std::path::PathBuf;

use conforme::briefing::{Asked, Briefing};
use conforme::check::check;
use conforme::dossier::{Reader, Sheet};
use conforme::eval::plain::Plain;
use conforme::policy::ReadingId;
use conforme::source::SourceFile;
use conforme::time::Date;
use serde_json::{Value, json};
use support::policies;

fn brief(briefing: &Briefing<'_>, dossier: &[u8]) -> Value {
    brief_under(briefing, dossier, Vec::new())
}

fn brief_under(briefing: &Briefing<'_>, dossier: &[u8], readings: Vec<(ReadingId, u16)>) -> Value {
    let asked = Asked { examined_on: None, otherwise: Date::MAX, readings };
    let mut out = String::new();
    briefing.write(dossier, "dossier.yaml", &asked, &mut out).expect("a dossier that is examined");
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn a_brief_says_outcome_statuses_amounts_and_time_limits() {
    let policy = policies::policy("ess");
    let dossier = std::fs::read("policies/ess/cases/01-favorable.yaml").expect("the case");
    let brief = brief(&Briefing::new(policy), &dossier);
    let status = |name: &str, status: &str| json!({"name": name, "status": status});
    let paid = |name: &str, min: &str, max: &str| json!({"name": name, "status": "due", "amount": {"min": min, "max": max, "currency": "EUR"}});
    assert_eq!(
        brief,
        json!({
            "schema": "conforme.brief/1",
            "outcome": "favourable",
            "criteria": [
                status("périmètre géographique", "met"),
                status("seuil d'adhésion", "met"),
                status("périmètre médical", "met"),
                status("articulation avec les structures existantes", "met"),
                status("intégration des professionnels hospitaliers", "met"),
            ],
            "objectives": [status("intégration à terme", "not_reached")],
            "missions": [
                status("parcours", "covered"),
                status("second recours", "covered"),
                status("avis spécialisé", "covered"),
                status("égal accès", "covered"),
            ],
            "funding": [
                paid("crédit d'amorçage", "80000.00", "80000.00"),
                paid("dotation annuelle", "50000.00", "100000.00"),
                paid("forfait des consultations avancées", "2400.00", "2400.00"),
            ],
            "obligations": [{
                "name": "dépôt du projet de santé", "status": "fulfilled",
                "due": "2025-09-10", "due_from": null, "due_to": null,
            }],
        })
    );
}

/// Whichever way a case is decided, plainly or generally, its brief says what its decision says.
#[test]
fn the_brief_of_each_case_agrees_with_its_decision() {
    for id in policies::POLICIES {
        let policy = policies::policy(id);
        let briefing = Briefing::new(policy);
        for (path, yaml, _) in cases(id) {
            let bytes = yaml.into_bytes();
            let brief = brief(&briefing, &bytes);
            let dossier = conforme::dossier::read(&bytes, "dossier.yaml", policy).expect("a dossier");
            let request = conforme::eval::Request {
                examined_on: dossier.examined_on.expect("every case states it"),
                readings: Vec::new(),
            };
            let decision = conforme::eval::decide(policy, &dossier, &request).expect("it is examined");
            let decision = conforme::render::json::decision(policy, &dossier, &decision);
            let decision: Value = serde_json::from_str(&decision).expect("JSON");
            assert_eq!(brief["outcome"], decision["outcome"], "{}", path.display());
            for (key, also) in [
                ("criteria", None),
                ("objectives", None),
                ("missions", None),
                ("funding", Some("amount")),
                ("obligations", Some("due")),
            ] {
                let told = decision[key].as_array().expect("a list");
                assert_eq!(brief[key].as_array().map(Vec::len), Some(told.len()));
                for (rank, told) in told.iter().enumerate() {
                    for part in ["name", "status"].into_iter().chain(also) {
                        assert_eq!(brief[key][rank][part], told[part], "{} {key}", path.display());
                    }
                }
            }
        }
    }
}

/// The cases of a policy: the file, its text, and the dossier in JSON.
fn cases(id: &str) -> Vec<(PathBuf, String, String)> {
    let folder = std::fs::read_dir(format!("policies/{id}/cases")).expect("the cases");
    let paths = folder.map(|entry| entry.expect("a case").path());
    let of = |path: PathBuf| {
        let yaml = std::fs::read_to_string(&path).expect("the case");
        let mut json: Value = serde_yaml::from_str(&yaml).expect("YAML");
        json.as_object_mut().expect("a dossier").remove("attendu");
        (path, yaml, json.to_string())
    };
    paths.filter(|path| path.extension().is_some_and(|kind| kind == "yaml")).map(of).collect()
}

/// In JSON, as programs send them, most cases are decided from a sheet: their briefs are those of the same
/// cases in YAML, which no sheet holds.
#[test]
fn the_brief_of_each_case_is_the_same_in_json() {
    let (mut on_sheets, mut outcomes) = (0, std::collections::BTreeSet::new());
    for id in policies::POLICIES {
        let policy = policies::policy(id);
        let (briefing, reader, plain) = (Briefing::new(policy), Reader::new(policy), Plain::new(policy));
        let mut sheet = Sheet::new(policy);
        for (path, yaml, json) in cases(id) {
            let dossier = reader.read(yaml.as_bytes(), "dossier.yaml").expect("a dossier");
            let open = (0..).map(ReadingId).zip(&dossier.readings).filter(|(_, retained)| retained.is_none());
            let readings: Vec<(ReadingId, u16)> = open.map(|(reading, _)| (reading, 0)).collect();
            let told = brief_under(&briefing, json.as_bytes(), readings.clone());
            let in_yaml = brief_under(&briefing, yaml.as_bytes(), readings.clone());
            assert_eq!(told, in_yaml, "{}", path.display());
            let decided = reader.sheet(json.as_bytes(), &mut sheet).and_then(|()| {
                plain.decide_answers(&sheet, sheet.examined_on.expect("every case states it"), &readings)
            });
            if decided.is_some() {
                on_sheets += 1;
                outcomes.insert(told["outcome"].to_string());
            }
        }
    }
    assert!(on_sheets >= 20, "only {on_sheets}");
    assert!(outcomes.len() >= 2, "only {outcomes:?}");
}

/// Many at a time, whatever stands beside them: each as alone.
#[test]
fn many_are_decided_as_each_of_them() {
    let mut decided = 0;
    for id in policies::POLICIES {
        let policy = policies::policy(id);
        let briefing = Briefing::new(policy);
        let mut texts = vec![String::from("{"), String::from("[]"), String::from("{}")];
        texts.extend(cases(id).into_iter().map(|(_, _, json)| json));
        // More than are held together.
        let texts: Vec<&String> = texts.iter().cycle().take(1_100).collect();
        let settled = policy.readings.iter().enumerate().map(|(rank, _)| (ReadingId(rank as u32), 0));
        let of_one_day = Some(Date::new(2026, 2, 1).unwrap());
        for (examined_on, readings) in [(None, Vec::new()), (of_one_day, settled.collect())] {
            let asked = Asked { examined_on, otherwise: Date::new(2025, 10, 1).unwrap(), readings };
            let together = briefing.many(&texts, &asked);
            assert_eq!(together.len(), texts.len());
            for (text, told) in texts.iter().zip(together) {
                decided += usize::from(told.is_some());
                assert_eq!(told, briefing.quickly(text.as_bytes(), &asked), "{text}");
            }
        }
    }
    assert!(decided >= 1_000, "only {decided}");
}

/// What does not fit in machine integers is left to the general evaluator, and stays exact.
#[test]
fn numbers_that_do_not_fit_in_machine_integers_stay_exact() {
    let text = "dispositif essai « Grands nombres »
  en vigueur depuis le 1er janvier 2025

source note « Note », texte opposable

dossier
  unités : entier ≥ 0
    « Combien ? »
  prix : montant ≥ 0 €
    « À quel prix ? »

décision accord
  selon note « accord »
  favorable si unités × unités ≥ unités

financement total
  selon note « total »
  prévu si accord
  montant prix × unités
  arrondi au centime
  une fois
";
    let policy = check(&SourceFile::new("essai.pol", text)).policy.expect("a policy without mistakes");
    let briefing = Briefing::new(&policy);
    for (units, price, total) in [
        ("3037000499", "2", "6074000998.00"),
        // The square is the first that does not fit.
        ("3037000500", "2", "6074001000.00"),
        ("1", "9223372036854775807", "9223372036854775807.00"),
        ("2", "9223372036854775807", "18446744073709551614.00"),
        ("1", "9223372036854775808", "9223372036854775808.00"),
        ("4000000000", "92233720368547758.07", "368934881474191032280000000.00"),
        ("3", "0,01", "0.03"),
    ] {
        let dossier = format!("dispositif: essai\nunités: {units}\nprix: {price}\n");
        let brief = brief(&briefing, dossier.as_bytes());
        assert_eq!(brief["outcome"], json!("favourable"), "{units} × {price}");
        assert_eq!(brief["funding"][0]["amount"]["min"], json!(total), "{units} × {price}");
    }
}

/// A criterion that asks for what another asks for is told by it; one that excuses otherwise is not.
#[test]
fn criteria_of_the_same_conditions_are_told_alike() {
    let text = "\
dispositif t « Essai »
  en vigueur depuis le 1er janvier 2020

dossier
  a : entier ≥ 0
  b : oui ou non

critère premier
  si b
  exige a ≥ 10

critère second
  si b
  exige a ≥ 10

critère toujours
  exige a ≥ 10

critère excusé
  si b
  exige a ≥ 10
  sauf si a = 3

décision d
  favorable si second ou excusé
";
    let checked = check(&SourceFile::new("t.pol", text));
    let policy = checked.policy.expect("a policy");
    let briefing = Briefing::new(&policy);
    for (dossier, outcome, expected) in [
        ("{\"dispositif\":\"t\",\"a\":12,\"b\":true}", "favourable", ["met", "met", "met", "met"]),
        (
            "{\"dispositif\":\"t\",\"a\":3,\"b\":true}",
            "favourable",
            ["not_met", "not_met", "not_met", "waived"],
        ),
        ("{\"dispositif\":\"t\",\"a\":2,\"b\":true}", "unfavourable", ["not_met"; 4]),
        (
            "{\"dispositif\":\"t\",\"a\":2,\"b\":false}",
            "favourable",
            ["not_applicable", "not_applicable", "not_met", "not_applicable"],
        ),
    ] {
        let brief = brief(&briefing, dossier.as_bytes());
        let told: Vec<&str> =
            brief["criteria"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
        assert_eq!((brief["outcome"].as_str().unwrap(), told), (outcome, expected.to_vec()), "{dossier}");
    }
}
