//! Each witness that is shown, written as a file and decided by both texts, gives the difference claimed.

use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::probe::Options;
use serde_json::Value;

use crate::{check, day, ess, told, with};

/// The outcome and the status of every item of a dossier, by name; nothing where it is sent back.
fn decided(policy: &Policy, yaml: &str, before: bool, witness: &Value) -> Option<Value> {
    // A fact that only the other text knows is left out, as the comparison does.
    let unknown = &witness[if before { "known_only_after" } else { "known_only_before" }];
    assert!(unknown.as_array().expect("paths").is_empty(), "{unknown}");
    let dossier = conforme::dossier::read(yaml.as_bytes(), "exemple.yaml", policy).ok()?;
    let request = Request { examined_on: dossier.examined_on?, readings: Vec::new() };
    let decision = decide(policy, &dossier, &request).ok()?;
    serde_json::from_str(&conforme::render::json::decision(policy, &dossier, &decision)).ok()
}

fn status(decision: &Value, kind: &str, name: &str) -> Value {
    let list = match kind {
        "criterion" => "criteria",
        "objective" => "objectives",
        "mission" => "missions",
        "funding" => "funding",
        "obligation" => "obligations",
        other => panic!("{other} has no status"),
    };
    let items = decision[list].as_array().expect("items");
    items.iter().find(|item| item["name"] == name).map_or(Value::Null, |item| item["status"].clone())
}

/// Whether the witnesses of a change show what they claim; how many there are.
#[track_caller]
fn shows(of: &[(&str, &str)]) -> (usize, Value) {
    let text = ess();
    let changed = with(&text, of);
    let options = Options { most: 60, parents: 1, ..Options::new(day()) };
    let told = told(&text, &changed, Some(&options));
    let (before, after) = (check("avant.pol", &text), check("après.pol", &changed));
    let witnesses = told["witnesses"].as_array().expect("witnesses");
    for witness in witnesses {
        let yaml = witness["dossier"].as_str().expect("YAML");
        let sides = [decided(&before, yaml, true, witness), decided(&after, yaml, false, witness)];
        for difference in witness["differences"].as_array().expect("differences") {
            let (kind, name) = (difference["kind"].as_str().expect("a kind"), &difference["name"]);
            for (side, key) in sides.iter().zip(["before", "after"]) {
                let claimed = &difference[key];
                match kind {
                    "sent_back" => assert_eq!(side.is_none(), *claimed == "sent_back", "{yaml}"),
                    "outcome" => assert_eq!(side.as_ref().expect("decided")["outcome"], *claimed, "{yaml}"),
                    _ => {
                        let name = name.as_str().expect("a name");
                        let found = status(side.as_ref().expect("decided"), kind, name);
                        let claimed = claimed.get("status").cloned().unwrap_or(Value::Null);
                        assert_eq!(found, claimed, "{name}\n{yaml}");
                    }
                }
            }
        }
    }
    (witnesses.len(), told)
}

#[test]
fn a_higher_threshold_refuses_those_between() {
    let (count, told) = shows(&[("exige taux d'adhésion ≥ 10 %", "exige taux d'adhésion ≥ 15 %")]);
    assert!(count > 0);
    let first = &told["witnesses"][0];
    // 3 of 30: a tenth exactly, met before, not now.
    assert_eq!(first["name"], "04-juste-dix-pour-cent");
    assert_eq!(first["differences"][0]["before"], "favourable");
    assert_eq!(first["differences"][0]["after"], "unfavourable");
    assert_eq!(first["differences"][1]["name"], "seuil d'adhésion");
    assert_eq!(
        first["differences"][1]["summary_after"],
        "adhérents comptés : 3 sur 30, soit 10 % (il faut : au moins 15 %)"
    );
    let cases = &told["totals"][0];
    assert_eq!((cases["origin"].as_str(), cases["decided"].as_u64()), (Some("case"), Some(35)));
}

#[test]
fn a_strict_sign_changes_those_on_the_bound_alone() {
    let (count, told) = shows(&[("exige taux d'adhésion ≥ 10 %", "exige taux d'adhésion > 10 %")]);
    assert!(count > 0);
    // Among the cases only the one that stands at ten per cent.
    assert_eq!(told["totals"][0]["differ"], 1);
    assert_eq!(told["totals"][0]["newly_unfavourable"], 1);
}

#[test]
fn an_amount_moves_by_so_much() {
    let (count, told) = shows(&[("montant 80 000 €", "montant 100 000 €")]);
    assert!(count > 0);
    let amounts = &told["totals"][0]["amounts"][0];
    assert_eq!(amounts["name"], "crédit d'amorçage");
    assert_eq!(amounts["down"], 0);
    let up = amounts["up"].as_u64().expect("a count");
    // 20 000 € more for each of them.
    assert_eq!(amounts["by"], format!("{}.00", up * 20_000));
}

#[test]
fn a_reading_that_is_settled() {
    shows(&[(
        "  - tous     : selon fiche « au moins 10% des professionnels de la spécialité concernée »\n",
        "  - tous     : selon fiche « au moins 10% des professionnels de la spécialité concernée »\n  retient libéraux\n    selon URPS « au moins 10% des professionnels libéraux de la spécialité concernée »\n",
    )]);
}

#[test]
fn a_longer_time_limit_and_a_lower_bound_of_a_fact() {
    shows(&[("au plus tard départ du délai + 6 mois", "au plus tard départ du délai + 9 mois")]);
    shows(&[(
        "territoire.médecins « médecins du territoire » : entier ≥ 0",
        "territoire.médecins « médecins du territoire » : entier ≥ 15",
    )]);
}

#[test]
fn equal_texts_differ_in_nothing_and_say_what_was_tried() {
    let text = ess();
    let options = Options { most: 60, parents: 1, ..Options::new(day()) };
    let told = told(&text, &text.replace("≥ 10 %", ">= 10%"), Some(&options));
    assert_eq!(told["changes"], serde_json::json!([]));
    assert_eq!(told["witnesses"], serde_json::json!([]));
    assert!(told["covered"]["made"].as_u64().expect("a count") >= 30);
    assert!(told["covered"]["bounds_before"].as_array().expect("bounds").len() > 10);
}

#[test]
fn what_is_told_does_not_depend_on_how_many_work_at_it() {
    let text = ess();
    let changed = with(&text, &[("exige taux d'adhésion ≥ 10 %", "exige taux d'adhésion ≥ 15 %")]);
    let by = |workers| {
        let options = Options { most: 60, parents: 1, workers, ..Options::new(day()) };
        told(&text, &changed, Some(&options))
    };
    let alone = by(1);
    assert_eq!(by(2), alone);
    assert_eq!(by(5), alone);
}
