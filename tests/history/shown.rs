//! `conforme show`: what it prints is a text like any other, and decides as the amended policy does.

use std::path::Path;

use conforme::dossier;
use conforme::eval::{self, Request};
use conforme::history::{Edition, History, Sight, Text};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::{check, render};
use serde_json::Value;

use super::{BASE, RAISED, day, history, told};

/// All texts of `policies/`.
pub fn all() -> Vec<std::sync::Arc<History>> {
    History::all(texts())
}

fn texts() -> Vec<Text> {
    let mut paths = Vec::new();
    let mut folders = vec![Path::new("policies").to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "pol") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        Text::new(SourceFile::new(path.display().to_string(), text)).unwrap()
    };
    paths.iter().map(read).collect()
}

/// A decision, places and the text's identity put aside.
pub fn decided(policy: &Policy, dossier: &str, on: Date) -> Value {
    let dossier = match dossier::read(dossier.as_bytes(), "dossier.yaml", policy) {
        Ok(dossier) => dossier,
        Err(found) => return Value::from(found.into_iter().map(|d| d.message).collect::<Vec<_>>()),
    };
    let request = Request { examined_on: on, readings: Vec::new() };
    match eval::decide(policy, &dossier, &request) {
        Ok(decision) => {
            let mut json: Value =
                serde_json::from_str(&render::json::decision(policy, &dossier, &decision)).unwrap();
            plain(&mut json);
            json
        }
        Err(found) => Value::from(found.into_iter().map(|d| d.message).collect::<Vec<_>>()),
    }
}

fn plain(json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "policy" | "span"));
            // A question that only says whether an amendment goes to the dossier is read by nothing else,
            // and the text that is shown is of one kind of dossiers.
            if let Some(Value::Array(warnings)) = map.get_mut("warnings") {
                warnings.retain(|warning| warning["code"] != "unread");
            }
            map.values_mut().for_each(plain);
        }
        Value::Array(list) => list.iter_mut().for_each(plain),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn without_remedies(json: &mut Value) {
    match json {
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "to_meet" | "to_meet_facts" | "out_of_reach"));
            map.values_mut().for_each(without_remedies);
        }
        Value::Array(list) => list.iter_mut().for_each(without_remedies),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Checks that what is shown of an edition is a text that reads, checks and decides the same.
#[track_caller]
pub fn goes_round(history: &History, edition: &Edition, dossiers: &[String], on: Date) {
    let made = history.consolidated(edition);
    let policy = made.policy().unwrap_or_else(|wrong| panic!("{}", told(&wrong)));
    let shown = history.show(edition).unwrap_or_else(|wrong| panic!("{}", told(&wrong)));
    let file = SourceFile::new("montré.pol", shown.as_str());
    assert_eq!(conforme::syntax::format(&file).as_deref(), Ok(shown.as_str()), "laid out already");
    // A text that leans on others is read with them.
    let named = |text: &Text| shown.contains(&format!("\n  s'appuie sur {}\n", text.id()));
    let mut together = if shown.contains("\n  s'appuie sur ") { texts() } else { Vec::new() };
    together.retain(named);
    let leans = !together.is_empty();
    together.push(Text::new(file.clone()).unwrap());
    let histories = History::all(together);
    let alone = check::check(&file);
    let again = match leans {
        true => {
            let own = histories.iter().find(|own| own.id() == history.id()).unwrap();
            let edition = own.edition_at(on, &Sight::default(), &[]).unwrap();
            own.consolidated(&edition).policy().unwrap_or_else(|wrong| panic!("{shown}\n{}", told(&wrong)))
        }
        false => alone.policy.as_ref().unwrap_or_else(|| panic!("{shown}\n{}", told(&alone.diagnostics))),
    };
    assert_eq!((again.from, again.until), (edition.days.from, edition.days.to));
    for dossier in dossiers {
        let [mut amended, mut shown] = [decided(policy, dossier, on), decided(again, dossier, on)];
        // An answer that chooses the text is not to be changed to meet a condition of that text. The text
        // that is shown is chosen by nothing: there, it may be.
        if policy.version.chosen_at.is_some() || !policy.version.scopes.is_empty() {
            without_remedies(&mut amended);
            without_remedies(&mut shown);
        }
        assert!(amended == shown, "{dossier}\n{amended}\n{shown}");
    }
}

#[test]
fn every_example_goes_round_on_every_date() {
    for history in all() {
        let id = history.id().to_owned();
        let mut dossiers: Vec<String> = Vec::new();
        // A text that several have in common has no dossier of its own.
        for entry in std::fs::read_dir(format!("policies/{id}/cases")).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "yaml") {
                dossiers.push(std::fs::read_to_string(path).unwrap());
            }
        }
        dossiers.sort();
        let mut texts = 0;
        for draft in [false, true] {
            for era in history.eras(&Sight { known_on: None, draft }) {
                for edition in history.editions(&era).unwrap() {
                    let on = era.days.from.unwrap();
                    goes_round(&history, &edition, &dossiers, on);
                    texts += 1;
                }
            }
        }
        assert!(texts >= 2, "{id}: {texts} texts");
    }
}

#[test]
fn an_amended_text_says_where_each_change_comes_from() {
    let other = "avenant 2 à aide « Formulaire »
  en vigueur depuis le 1er juillet 2026

source avenant2 « Avenant n° 2 », texte opposable

# Une question de plus.
ajoute fait m : entier ≥ 0
  « Et combien d'autres ? »

ajoute critère autres
  selon avenant2 « d'autres »
  exige m ≥ 1

abroge objectif signature
  selon avenant2 « sans objet »

abroge fait signé le
";
    let raised = RAISED.replace("  applicable aux dossiers dont signé le ≥ 1er janvier 2027\n", "");
    let texts = history(&[("aide.pol", BASE), ("a.pol", &raised), ("b.pol", other)]);
    let sight = Sight::default();
    let edition = texts.edition_at(day("2027-06-01"), &sight, &[]).unwrap();
    insta::assert_snapshot!(texts.show(&edition).unwrap());
    let scoped = history(&[("aide.pol", BASE), ("a.pol", RAISED)]);
    let without = scoped.edition_at(day("2027-06-01"), &sight, &[]).unwrap();
    insta::assert_snapshot!(scoped.show(&without).unwrap().lines().take(5).collect::<Vec<_>>().join("\n"));
    let with = scoped.edition_at(day("2027-06-01"), &sight, &[1]).unwrap();
    let shown = scoped.show(&with).unwrap();
    assert!(
        shown.contains("# avenant n° 1, en vigueur depuis le 1er janvier 2027\ncritère seuil"),
        "{shown}"
    );
    let refused = scoped.edition_at(day("2026-06-01"), &sight, &[1]).unwrap_err();
    insta::assert_snapshot!(told(&refused));
}

#[test]
fn an_answer_that_chooses_the_text_is_proposed_by_the_text_that_is_shown_alone() {
    let few = "avenant 1 à aide « Petits effectifs »
  en vigueur depuis le 1er janvier 2027
  applicable aux dossiers dont n ≤ 8

source avenant1 « Avenant n° 1 », texte opposable

remplace critère seuil
  selon avenant1 « au moins neuf »
  exige n ≥ 9
";
    let texts = history(&[("aide.pol", BASE), ("a.pol", few)]);
    let edition = texts.edition_at(day("2027-06-01"), &Sight::default(), &[1]).unwrap();
    let made = texts.consolidated(&edition);
    let shown = check::check(&SourceFile::new("montré.pol", texts.show(&edition).unwrap())).policy.unwrap();
    let proposed = |policy: &Policy| {
        let json = decided(policy, "dispositif: aide\nn: 7\nsigné le: 2027-02-01\n", day("2027-06-01"));
        let criteria = json["criteria"].as_array().unwrap_or_else(|| panic!("{json}")).clone();
        let seuil = criteria.into_iter().find(|own| own["name"] == "seuil").unwrap();
        (seuil["status"].clone(), seuil["to_meet"].clone())
    };
    // With nine, the amendment does not go to the dossier.
    assert_eq!(proposed(made.policy().unwrap()), ("not_met".into(), Value::Null));
    assert_eq!(proposed(&shown), ("not_met".into(), "n : 7, il en manque 2".into()));
}

#[test]
fn what_is_wrong_in_a_consolidated_text_stands_in_its_own_file() {
    let texts = history(&[("aide.pol", BASE), ("avenant-1.pol", RAISED)]);
    let edition = texts.edition_at(day("2027-06-01"), &Sight::default(), &[1]).unwrap();
    let made = texts.consolidated(&edition);
    let policy = made.policy().unwrap();
    let (file, span) = policy.file.origin(policy.criteria[0].head.span);
    assert_eq!((file.name(), file.position(span.start).line), ("avenant-1.pol", 8));
    let json = decided_raw(policy, "dispositif: aide\nn: 12\nsigné le: 2027-02-01\n");
    assert!(json.contains(r#""file":"avenant-1.pol","line":10"#), "{json}");
}

fn decided_raw(policy: &Policy, dossier: &str) -> String {
    let dossier = dossier::read(dossier.as_bytes(), "dossier.yaml", policy).unwrap();
    let request = Request { examined_on: day("2027-06-01"), readings: Vec::new() };
    render::json::decision(policy, &dossier, &eval::decide(policy, &dossier, &request).unwrap())
}

#[test]
fn the_texts_stand_on_a_line_of_time() {
    let ess = all().into_iter().find(|history| history.id() == "ess").unwrap();
    let options = render::text::TextOptions::default();
    let drafts = Sight { known_on: None, draft: true };
    let shown = render::history::text(&ess, &drafts, &options);
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    insta::assert_snapshot!(shown);
    let json: Value = serde_json::from_str(&render::history::json(&ess, &drafts, render::Lang::Fr)).unwrap();
    assert_eq!(json["schema"], "conforme.history/1");
    assert_eq!(json["texts"].as_array().map(Vec::len), Some(5));
    assert_eq!(json["texts"][1]["changes"][0]["action"], "retain");
    assert_eq!(json["versions"][1]["from"], "2026-07-01");
    // To whom it goes, as it is written and in the words of a comparison.
    assert_eq!(json["texts"][2]["scope"][0], "contrat.signé le ≥ 1er janvier 2027");
    assert_eq!(json["texts"][2]["scope_said"], "contrat signé le 1er janvier 2027 ou après");
    assert_eq!(json["texts"][1]["scope_said"], Value::Null);
    for (page, scope) in [
        (
            render::history::markdown(&ess, &drafts, render::Lang::Fr),
            "contrat signé le 1er janvier 2027 ou après",
        ),
        (render::history::html(&ess, &drafts, render::Lang::En), "1 January 2027 or after"),
    ] {
        let page = page.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(page.contains("relèvement du seuil"), "{page}");
        assert!(page.contains(scope), "{page}");
        assert!(!page.contains("≥ 1er janvier"), "{page}");
    }
}

#[test]
fn to_whom_a_text_goes_is_as_written_where_what_it_amends_is_broken() {
    let broken = BASE.replace("exige ", "exige rien de tel ");
    let texts = history(&[("aide.pol", &broken), ("avenant-1.pol", RAISED)]);
    let shown = render::history::text(&texts, &Sight::default(), &render::text::TextOptions::default());
    let shown = shown.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(shown.contains("pour les seuls dossiers suivants : signé le ≥ 1er janvier 2027"), "{shown}");
}

#[test]
fn a_day_on_which_no_text_is_in_force_is_one_to_ask_otherwise() {
    let texts = history(&[("aide.pol", BASE)]);
    let shown = texts.edition_at(day("2024-12-31"), &Sight::default(), &[]).unwrap_err();
    insta::assert_snapshot!(told(&shown));
    // Where a command knows no `--on`, or gives it another meaning.
    let named = texts.at(day("2024-12-31"), &Sight::default()).unwrap_err();
    insta::assert_snapshot!(told(&named));
}
