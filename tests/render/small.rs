//! Small texts, made for what they show.

use conforme::decision::Status;
use conforme::eval::{Request, decide};
use conforme::policy::{ItemRef, Policy};
use conforme::render::text::TextOptions;
use conforme::render::{Explain, Lang, html, json, markdown, text};
use conforme::source::SourceFile;
use conforme::time::Date;

use crate::Case;

fn decided(rules: &str, dossier: &str) -> (Policy, Case) {
    let written = format!(
        "dispositif t « T »
  en vigueur depuis le 1er janvier 2025
source a « a », texte opposable
dossier
  boursier : oui ou non
    « Boursier ? »
  salarié : oui ou non
    « Salarié ? »
  dérogation : oui ou non
    « Dérogation ? »
  âge : entier ≥ 0
    « Quel âge ? »
  heures : nombre ≥ 0
    « Combien d'heures ? »
{rules}
décision t
  favorable si tous les critères sont remplis
"
    );
    let checked = conforme::check::check(&SourceFile::new("t.pol", written));
    let policy = checked.policy.unwrap_or_else(|| panic!("{rules}: {:?}", checked.diagnostics));
    let dossier = conforme::dossier::read(dossier.as_bytes(), "essai.yaml", &policy).unwrap();
    let examined_on = Date::new(2025, 10, 1).unwrap();
    let decision = decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).unwrap();
    (policy, Case { name: "t".to_owned(), dossier, decision })
}

const EITHER: &str = "critère situation
  selon a « a »
  exige boursier ou salarié
critère majorité
  selon a « a »
  exige âge ≥ 18
  sauf si dérogation";

#[test]
fn of_two_facts_of_which_one_is_enough_none_is_indispensable() {
    let (policy, Case { dossier, decision, .. }) = decided(EITHER, "dispositif: t\nâge: 20\n");
    let said = "2 informations manquent, l'une d'elles peut suffire";
    let plain = text::decision(&policy, &dossier, &decision, &TextOptions::default());
    assert!(plain.contains(&format!("INCOMPLET   {said}")), "{plain}");
    let marked = markdown::decision(&policy, &dossier, &decision, Explain::Brief, Lang::Fr);
    let marked = marked.replace('\u{a0}', " ");
    assert!(marked.contains(&format!("**INCOMPLET** : {said}")), "{marked}");
    let page = html::decision(&policy, &dossier, &decision, Explain::Brief, Lang::Fr);
    assert!(page.replace('\u{a0}', " ").replace("&#39;", "'").contains(said), "{page}");
    let english = TextOptions { lang: Lang::En, ..TextOptions::default() };
    let plain = text::decision(&policy, &dossier, &decision, &english);
    assert!(plain.contains("2 items of information are needed, one of which may be enough"), "{plain}");
    // Both of two that must hold are indispensable.
    let (policy, Case { dossier, decision, .. }) =
        decided(&EITHER.replace(" ou ", " et "), "dispositif: t\nâge: 20\n");
    let plain = text::decision(&policy, &dossier, &decision, &TextOptions::default());
    assert!(plain.contains("2 informations indispensables manquent"), "{plain}");
}

/// A criterion that nothing makes fail is « met » ; what it may turn out to be stands beside.
#[test]
fn what_a_criterion_may_turn_out_to_be_stands_beside_its_status() {
    let may_be = |dossier: &str| {
        let (policy, Case { dossier, decision, .. }) = decided(EITHER, dossier);
        let told: serde_json::Value =
            serde_json::from_str(&json::decision(&policy, &dossier, &decision)).unwrap();
        let criterion = told["criteria"].as_array().unwrap()[1].clone();
        (criterion["status"].clone(), criterion["may_be"].clone())
    };
    use serde_json::{Value, json};
    let base = "dispositif: t\nboursier: oui\n";
    assert_eq!(may_be(&format!("{base}dérogation: oui\n")), (json!("met"), json!(["met", "waived"])));
    assert_eq!(may_be(&format!("{base}âge: 20\n")), (json!("met"), Value::Null));
    assert_eq!(may_be(&format!("{base}âge: 12\ndérogation: oui\n")), (json!("waived"), Value::Null));
    assert_eq!(may_be(base), (json!("undetermined"), Value::Null));
    // Neither is it what the exception meets or what does not apply.
    let rules = EITHER.replace("majorité\n  selon a « a »\n", "majorité\n  si salarié\n  selon a « a »\n");
    let (_, Case { decision, .. }) =
        decided(&rules, "dispositif: t\nboursier: oui\nâge: 12\ndérogation: oui\n");
    let criterion =
        decision.criteria.iter().find(|own| matches!(own.item, ItemRef::Criterion(id) if id.index() == 1));
    assert_eq!(criterion.unwrap().may_be(), [Status::Waived, Status::NotApplicable]);
}

/// What is shown as a product gives what it says: nothing in it is rounded without a word.
#[test]
fn a_factor_that_no_decimal_equals_is_a_fraction() {
    let rules = "définition tiers
  vaut 1 ÷ 3
définition points
  vaut selon heures par tranches
    jusqu'à 10 : tiers
    au-delà : 0,5
critère points suffisants
  selon a « a »
  exige points ≥ 1";
    let (policy, Case { dossier, decision, .. }) = decided(rules, "dispositif: t\nheures: 5,67\n");
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let plain = text::decision(&policy, &dossier, &decision, &options);
    assert!(plain.contains("5,67 × 1/3 = 1,89"), "{plain}");
    let (policy, Case { dossier, decision, .. }) = decided(rules, "dispositif: t\nheures: 5,6666667\n");
    let plain = text::decision(&policy, &dossier, &decision, &options);
    assert!(plain.contains("≈ 5,67 × 1/3 ≈ 1,89"), "{plain}");
}
