//! What a text grants, other than money, and what the person owes.

use serde_json::{Value, json};

use super::{cents, decided, mistakes, paid, ready, told};
use conforme::check::check;
use conforme::decision::{Outcome, Part, Status};
use conforme::eval::{Decider, Request};
use conforme::known::{DateRange, Known};
use conforme::render::json::Briefs;
use conforme::source::SourceFile;
use conforme::time::Date;

const DAYS: &str = "\
dossier
  enfants : entier ≥ 0
  reprise le : date
  demande : oui ou non

critère demandé
  selon T « x »
  exige demande

décision d
  favorable si tous les critères sont remplis

résultat jours accordés
  selon T « x »
  vaut 3 + enfants
  en jours

résultat retour
  selon T « x »
  si enfants ≥ 1
  vaut reprise le + jours accordés
";

#[test]
fn two_children_give_five_days() {
    let facts = "demande: oui\nreprise le: 2025-03-01\nenfants: 2";
    let decision = decided(DAYS, facts);
    assert_eq!(decision.outcome, Outcome::Favourable);
    assert_eq!(decision.fundings[0].status, Status::Due);
    assert_eq!(decision.fundings[0].amount().and_then(|days| days.value()), Some(&cents(500)));
    let back = Date::new(2025, 3, 6).expect("a date");
    assert_eq!(decision.fundings[1].value, Some(Known::Date(DateRange::day(back))));
    let told = told(DAYS, facts);
    assert_eq!(told["funding"], json!([]));
    let result = &told["results"][0];
    assert_eq!((&result["name"], &result["status"]), (&json!("jours accordés"), &json!("given")));
    assert_eq!((&result["type"], &result["value"]), (&json!("days"), &json!("P5D")));
    assert_eq!(result["because"]["operands"][0]["part"], json!("value"));
    assert_eq!(told["results"][1]["value"], json!("2025-03-06"));
}

#[test]
fn a_result_may_not_apply_or_not_be_known() {
    let none = decided(DAYS, "demande: oui\nreprise le: 2025-03-01\nenfants: 0");
    assert_eq!((none.fundings[1].status, none.fundings[1].value.clone()), (Status::NotApplicable, None));
    let told = told(DAYS, "demande: oui");
    // Three days or more; a child or none.
    assert_eq!(told["outcome"], json!("favourable"));
    assert_eq!(told["results"][0]["value"], json!({"min": "P3D", "max": null}));
    assert_eq!(told["results"][1]["status"], json!("undetermined"));
    let missing: Vec<&Value> =
        told["missing"].as_array().expect("a list").iter().map(|m| &m["path"]).collect();
    assert_eq!(missing, ["enfants", "reprise le"]);
}

/// A rate, a category, a text, a yes: each with its type.
#[test]
fn a_result_is_of_any_type() {
    let items = "\
dossier
  revenu : montant ≥ 0 €
  motif : texte

définition catégorie : parmi modeste < aisée
  vaut modeste si revenu ≤ 1 000 €
  vaut aisée dans les autres cas

décision d
  favorable si motif ≠ « »

résultat taux
  selon T « x »
  vaut 80 % si catégorie est modeste
  vaut 40 % dans les autres cas

résultat classe
  selon T « x »
  vaut catégorie

résultat motif retenu
  selon T « x »
  vaut motif

résultat prioritaire
  selon T « x »
  vaut catégorie est modeste

résultat reste à vivre
  selon T « x »
  vaut 1 200 € - revenu
";
    let results = told(items, "revenu: 1000,01 €\nmotif: Études")["results"].clone();
    let said: Vec<(&Value, &Value)> =
        results.as_array().expect("a list").iter().map(|r| (&r["type"], &r["value"])).collect();
    let rate = json!({"num": 2, "den": 5, "text": "40 %"});
    let expected = [
        (&json!("percent"), &rate),
        (&json!("choice"), &json!("aisée")),
        (&json!("text"), &json!("Études")),
        (&json!("truth"), &json!(false)),
        (&json!("amount"), &json!("199.99")),
    ];
    assert_eq!(said, expected);
}

#[test]
fn what_a_unit_may_follow() {
    let items = |value: &str| {
        format!(
            "dossier\n  n : nombre ≥ 0\n  m : montant\n\ndécision d\n  favorable si n ≥ 0 et m ≥ 0 €\n\nrésultat r\n  selon T « x »\n  vaut {value}\n"
        )
    };
    assert_eq!(mistakes(&items("n\n  en jours")), ["unite-impossible"]);
    assert_eq!(mistakes(&items("m\n  en mois")), ["unite-impossible"]);
    assert_eq!(mistakes(&items("2,5 × n")), [""; 0]);
    // Two and a half days a month, rounded up: seven months give 17,5, hence 18.
    let eighteen = decided(&items("2,5 × n\n  arrondi à l'unité supérieure\n  en jours"), "n: 7\nm: 0 €");
    assert_eq!(eighteen.fundings[0].amount().and_then(|days| days.value()), Some(&cents(1800)));
}

const OWED: &str = "\
dossier
  revenu : montant ≥ 0 €
  enfants : entier ≥ 0

définition base
  vaut 10 % de revenu

définition réduction
  vaut 50 € × enfants

décision d
  favorable si revenu > 0 €

contribution participation
  selon T « x »
  due si d et enfants ≤ 3
  montant (base - réduction) au minimum 0 €
  dont base
  dont réduction
  arrondi à l'euro

financement aide
  selon T « x »
  montant 100 €
";

#[test]
fn a_contribution_is_what_the_person_owes() {
    let told = |facts: &str| told(OWED, facts);
    let two = told("revenu: 3000 €\nenfants: 2");
    let amount = json!({"min": "200.00", "max": "200.00", "currency": "EUR"});
    let owed = &two["contributions"][0];
    assert_eq!((&owed["name"], &owed["status"]), (&json!("participation"), &json!("due")));
    assert_eq!(owed["amount"], amount);
    let part = |n: usize| (owed["parts"][n]["name"].clone(), owed["parts"][n]["amount"]["min"].clone());
    assert_eq!(part(0), (json!("base"), json!("300.00")));
    assert_eq!(part(1), (json!("réduction"), json!("100.00")));
    assert_eq!(two["funding"][0]["name"], json!("aide"));
    assert!(two["funding"][0].get("parts").is_none());
    assert_eq!(told("revenu: 3000 €\nenfants: 4")["contributions"][0]["status"], json!("not_due"));
    // A funding stands before a contribution, wherever each is written.
    assert_eq!(paid(OWED, "revenu: 3000 €\nenfants: 2")[0], cents(10_000));
}

#[test]
fn the_parts_of_an_amount_are_told_as_the_rest_is() {
    let decision = decided(OWED, "revenu: 3000 €\nenfants: 2");
    let parts: Vec<Part> =
        decision.fundings[1].by_reading[0].because.parts.iter().map(|(part, _)| *part).collect();
    assert_eq!(parts, [Part::Condition, Part::Amount, Part::Share(0), Part::Share(1)]);
    let stranger = OWED.replace("  dont base\n", "  dont autre\n")
        + "\ndéfinition autre\n  vaut 3 €\n\nfinancement seconde\n  selon T « x »\n  montant autre\n";
    assert_eq!(mistakes(&stranger), ["partie-absente"]);
}

/// What is given in one case only has no value in the others, and is read in that case.
#[test]
fn a_result_under_a_condition_is_read_where_it_is_in_force() {
    let items = |applies: &str| {
        format!(
            "{DAYS}\nfinancement retard\n  selon T « x »\n{applies}  prévu si retour > date d'examen\n  montant 5 €\n"
        )
    };
    let file = SourceFile::new("t.pol", format!("{}{}", super::HEAD, items("")));
    let said = check(&file).diagnostics.into_iter().find(|said| said.is_error()).expect("it is refused");
    assert_eq!(said.code, "definition-hors-condition");
    assert_eq!(
        said.message,
        "« retour » n'est donné que « si enfants ≥ 1 », et cette condition n'est pas en vigueur ici"
    );
    let late = |facts: &str| decided(&items("  si enfants ≥ 1\n"), facts).fundings[0].status;
    // Three days and two: back on 3 October, two days after the examination; or on 29 September.
    assert_eq!(late("demande: oui\nreprise le: 2025-09-28\nenfants: 2"), Status::Due);
    assert_eq!(late("demande: oui\nreprise le: 2025-09-24\nenfants: 2"), Status::NotDue);
    assert_eq!(late("demande: oui\nreprise le: 2025-09-28\nenfants: 0"), Status::NotApplicable);
}

/// What many decisions are compared by says the same, briefly.
#[test]
fn a_brief_tells_results_and_contributions() {
    let brief = |items: &str, facts: &str| -> Value {
        let (policy, dossier, _) = ready(items, facts);
        let examined_on = Date::new(2025, 10, 1).expect("a date");
        let request = Request { examined_on, readings: Vec::new() };
        let brief = Decider::new(&policy).brief(&dossier, &request).expect("a dossier that is examined");
        let mut out = String::new();
        Briefs::new(&policy).write(&brief, &mut out);
        serde_json::from_str(&out).expect("JSON")
    };
    let days = brief(DAYS, "demande: oui\nreprise le: 2025-03-01\nenfants: 2");
    assert_eq!(days["results"][0], json!({"name": "jours accordés", "status": "given", "value": "P5D"}));
    assert_eq!(days["results"][1]["value"], json!("2025-03-06"));
    assert!(days.get("contributions").is_none());
    let open = brief(DAYS, "demande: oui\nreprise le: 2025-03-01");
    assert_eq!(open["results"][0], json!({"name": "jours accordés", "status": "given", "value": null}));
    let owed = brief(OWED, "revenu: 3000 €\nenfants: 2");
    assert_eq!(owed["contributions"][0]["amount"]["min"], json!("200.00"));
    assert_eq!((owed["funding"][0]["name"].clone(), owed.get("results")), (json!("aide"), None));
}
