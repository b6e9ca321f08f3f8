//! Texts that only work values out, and obligations that name no act.

use serde_json::{Value, json};

use super::{decided, mistakes, told};
use conforme::decision::{Outcome, Status};

const VALUES: &str = "\
dossier
  enfants : entier ≥ 0
  notifié le : date

résultat jours accordés
  selon T « x »
  vaut 3 + enfants
  en jours

obligation réponse
  selon T « x »
  au plus tard notifié le + 1 mois
";

#[test]
fn what_is_all_known_is_calculated() {
    let told = told(VALUES, "enfants: 2\nnotifié le: 2025-09-10");
    assert_eq!((&told["outcome"], &told["decision"]), (&json!("calculated"), &Value::Null));
    assert_eq!(told["results"][0]["value"], json!("P5D"));
    let obligation = &told["obligations"][0];
    assert_eq!((&obligation["status"], &obligation["due"]), (&json!("pending"), &json!("2025-10-10")));
    assert_eq!(told["missing"], json!([]));
}

#[test]
fn what_is_not_known_is_asked_for() {
    let told = told(VALUES, "notifié le: 2025-09-10");
    assert_eq!(told["outcome"], json!("incomplete"));
    let missing = &told["missing"][0];
    assert_eq!((&missing["path"], &missing["decisive"]), (&json!("enfants"), &json!(true)));
    let outcomes = missing["outcomes"].as_array().expect("a list");
    assert!(outcomes.iter().all(|one| one["outcome"] == json!("calculated")), "{outcomes:?}");
}

/// Where only one of the two answers makes the other useless, that one alone promises it.
#[test]
fn an_answer_promises_that_all_is_known_only_where_it_is() {
    let items = "dossier\n  aidé : oui ou non\n  enfants : entier ≥ 0\n\nfinancement aide\n  selon T « x »\n  prévu si aidé\n  \
                 montant 10 € × enfants\n  une fois\n";
    let told = told(items, "");
    let promised = |path: &str| -> Vec<Value> {
        let missing = told["missing"].as_array().expect("a list");
        let own = missing.iter().find(|one| one["path"] == json!(path)).expect("it is asked");
        let outcomes = own["outcomes"].as_array().expect("a list");
        outcomes.iter().map(|one| json!([one["value"], one["outcome"]])).collect()
    };
    assert_eq!(promised("aidé"), [json!(["oui", "incomplete"]), json!(["non", "calculated"])]);
    assert!(promised("enfants").iter().all(|one| one[1] == json!("incomplete")), "{told}");
}

/// The examination is on 1 October 2025: one month after 31 August is 30 September.
#[test]
fn an_obligation_without_an_act_is_to_be_done_until_its_time_limit_has_passed() {
    let status = |notified: &str| {
        decided(VALUES, &format!("enfants: 0\nnotifié le: {notified}")).obligations[0].status
    };
    assert_eq!(status("2025-08-31"), Status::Elapsed);
    assert_eq!(status("2025-09-01"), Status::Pending);
    let unknown = decided(VALUES, "enfants: 0");
    assert_eq!((unknown.outcome, unknown.obligations[0].status), (Outcome::Incomplete, Status::Undetermined));
}

#[test]
fn readings_that_give_different_values_make_the_outcome() {
    let items = |unit: &str| {
        format!(
            "dossier\n  n : entier ≥ 0\n\nlecture base\n  « Laquelle ? »\n  - étroite : selon T « a »\n  - large : selon T « b »\n\n\
             résultat r\n  selon T « x »\n  vaut n si base est étroite\n  vaut n{unit} dans les autres cas\n"
        )
    };
    assert_eq!(decided(&items(" + 1"), "n: 3").outcome, Outcome::DependsOnReading);
    assert_eq!(decided(&items(""), "n: 3").outcome, Outcome::Calculated);
    let retained = "n: 3\nlectures:\n  base: large";
    assert_eq!(decided(&items(" + 1"), retained).outcome, Outcome::Calculated);
}

/// A range that the text leaves is as known as can be.
#[test]
fn a_range_of_the_text_is_known() {
    let items =
        "dossier\n  n : entier ≥ 0\n\nfinancement f\n  selon T « x »\n  montant entre 10 € × n et 20 € × n\n";
    assert_eq!(decided(items, "n: 3").outcome, Outcome::Calculated);
    assert_eq!(decided(items, "").outcome, Outcome::Incomplete);
}

#[test]
fn a_decision_is_asked_for_where_something_waits_for_it() {
    let criterion = "\ncritère c\n  selon T « x »\n  exige enfants ≥ 1\n";
    assert_eq!(mistakes(&(VALUES.to_owned() + criterion)), ["decision-absente"]);
    assert_eq!(mistakes("dossier\n  n : entier\n\ndéfinition d\n  vaut n\n"), ["decision-absente"]);
    let read = "\nrésultat tenu\n  selon T « x »\n  vaut réponse\n";
    assert_eq!(mistakes(&(VALUES.to_owned() + read)), ["obligation-sans-acte"]);
}
