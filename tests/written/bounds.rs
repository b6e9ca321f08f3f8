//! Scales whose bounds are worked out from what a dossier says.

use super::{cents, decided, mistakes, paid, ready, refused, told};
use conforme::decision::Status;
use conforme::render::Explain;
use conforme::render::text::{self, TextOptions};

const RATE: &str = "\
dossier
  enfants : entier ≥ 0
  revenu : montant ≥ 0 €

définition plafond A
  vaut 10 000 € + 2 000 € × enfants

définition plafond B
  vaut plafond A + 5 000 €

définition taux
  vaut selon revenu
    jusqu'à plafond A : 80 %
    plus de plafond A jusqu'à plafond B : 60 %
    au-delà : 40 %

financement aide
  selon T « x »
  montant taux × 100 €
";

#[test]
fn a_rate_goes_down_at_bounds_that_children_raise() {
    let rate = |revenu: &str| paid(RATE, &format!("enfants: 2\nrevenu: {revenu} €"));
    assert_eq!(rate("14000"), [cents(8000), cents(8000)]);
    assert_eq!(rate("14000,01"), [cents(6000), cents(6000)]);
    assert_eq!(rate("19000"), [cents(6000), cents(6000)]);
    assert_eq!(rate("19000,01"), [cents(4000), cents(4000)]);
    // With a child less, the first bound is 12 000 €.
    assert_eq!(paid(RATE, "enfants: 1\nrevenu: 12000,01 €"), [cents(6000), cents(6000)]);
    // Children not known: at least 10 000 € whatever they are; above, one of two or three.
    assert_eq!(paid(RATE, "revenu: 10000 €"), [cents(8000), cents(8000)]);
    assert_eq!(paid(RATE, "revenu: 12000,01 €"), [cents(6000), cents(8000)]);
    assert_eq!(paid(RATE, "revenu: 19000,01 €"), [cents(4000), cents(8000)]);
    assert_eq!(paid(RATE, "enfants: 2"), [cents(4000), cents(8000)]);
}

#[test]
fn the_explanation_gives_the_bounds_their_values() {
    let (policy, dossier, decision) = ready(RATE, "enfants: 2\nrevenu: 14000,01 €");
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let report = text::decision(&policy, &dossier, &decision, &options).replace(['\u{a0}', '\u{202f}'], " ");
    let lines: Vec<&str> = report.lines().map(str::trim).collect();
    let at = |text: &str| {
        lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("« {text} »\n{report}"))
    };
    assert!(at("plafond A : 14 000 €") < at("plafond B : 19 000 €"));
    assert!(at("plafond B : 19 000 €") < at("« plus de plafond A jusqu'à plafond B : 60 % »"));
    // As programs read it: bounds, each with its calculation, then the line.
    let told = told(RATE, "enfants: 2\nrevenu: 14000,01 €").to_string();
    assert!(told.contains(r#""name":"plafond A""#) && told.contains(r#""value":"14000.00""#), "{told}");
}

const SLICES: &str = "\
dossier
  parts : entier ≥ 1
  revenu : montant ≥ 0 €

définition tranche
  vaut 10 000 € × parts

contribution impôt
  selon T « x »
  montant selon revenu par tranches
    jusqu'à tranche : 0 %
    plus de tranche jusqu'à 3 × tranche : 10 %
    au-delà : 30 %
  arrondi au centime
";

#[test]
fn slices_have_bounds_that_are_worked_out() {
    // Two parts: nothing up to 20 000 €, 10 % up to 60 000 €, 30 % above.
    assert_eq!(paid(SLICES, "parts: 2\nrevenu: 20000 €")[0], cents(0));
    assert_eq!(paid(SLICES, "parts: 2\nrevenu: 60000 €")[0], cents(400_000));
    assert_eq!(paid(SLICES, "parts: 2\nrevenu: 60010 €")[0], cents(400_300));
    assert_eq!(paid(SLICES, "parts: 1\nrevenu: 60010 €")[0], cents(200_000 + 900_300));
    let (policy, dossier, decision) = ready(SLICES, "parts: 2\nrevenu: 60010 €");
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let report = text::decision(&policy, &dossier, &decision, &options).replace(['\u{a0}', '\u{202f}'], " ");
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in
        ["tranche : 20 000 €", "3 × tranche : 60 000 €", "40 000 € × 10 % = 4 000 €", "10 € × 30 % = 3 €"]
    {
        assert!(report.contains(line), "« {line} »\n{report}");
    }
}

/// Dates have bounds that are worked out too, and elements have theirs.
#[test]
fn bounds_of_dates_and_of_elements() {
    let items = "\
dossier
  naissance : date
  demande : date
  agents : liste
  agents.heures : entier ≥ 0
  agents.contrat : entier ≥ 0

définition période : parmi avant, pendant, après
  vaut selon demande
    moins de naissance + 1 mois : avant
    de naissance + 1 mois à naissance + 6 mois : pendant
    au-delà : après

définition agents.charge
  vaut selon heures
    jusqu'à contrat : 0
    plus de contrat jusqu'à contrat + 8 : 1
    au-delà : 2

critère c
  selon T « x »
  exige période est pendant

critère k
  selon T « x »
  exige (somme de agents.charge) = 3

décision d
  favorable si tous les critères sont remplis
";
    let status = |day: &str| {
        let facts = format!(
            "naissance: 2025-01-31\ndemande: {day}\nagents:\n  - {{heures: 35, contrat: 35}}\n  - {{heures: 36, contrat: 35}}\n  - {{heures: 44, contrat: 35}}"
        );
        let decision = decided(items, &facts);
        assert_eq!(decision.criteria[1].status, Status::Met);
        decision.criteria[0].status
    };
    assert_eq!(status("2025-02-27"), Status::NotMet);
    assert_eq!(status("2025-02-28"), Status::Met);
    assert_eq!(status("2025-07-31"), Status::Met);
    assert_eq!(status("2025-08-01"), Status::NotMet);
}

/// A bound that a fact gives is in order where its declaration says so.
#[test]
fn the_order_of_bounds_is_proved() {
    let items = |declared: &str, rule: &str| {
        format!(
            "dossier\n  revenu : montant ≥ 0 €\n  plafond communal : montant{declared}\n  zone : parmi plaine, montagne\n\n{rule}définition taux\n  \
             vaut selon revenu\n    jusqu'à 500 € : 80 %\n    plus de 500 € jusqu'à plafond communal : 60 %\n    au-delà : 40 %\n\n\
             financement aide\n  selon T « x »\n  montant taux × 100 €\n"
        )
    };
    assert_eq!(mistakes(&items(" ≥ 500 €", "")), Vec::<&str>::new());
    assert_eq!(mistakes(&items(" ≥ 499,99 €", "")), ["bareme-desordonne"]);
    let rule = "cohérence plafonds\n  exige plafond communal ≥ 500 €\n\n";
    assert_eq!(mistakes(&items("", rule)), Vec::<&str>::new());
    assert_eq!(
        paid(&items(" ≥ 500 €", ""), "revenu: 500 €\nplafond communal: 500 €\nzone: plaine")[0],
        cents(8000)
    );
    assert_eq!(
        paid(&items(" ≥ 500 €", ""), "revenu: 500,01 €\nplafond communal: 500 €\nzone: plaine")[0],
        cents(4000)
    );
}

const FROM_ZERO: &str = "\
dossier
  recettes : entier ≥ 0
  dépenses : entier ≥ 0
  seuil : entier ≥ 0
  plancher : entier

définition solde
  vaut recettes - dépenses

définition note
  vaut selon solde par tranches
    jusqu'à SEUIL : 2
    plus de SEUIL jusqu'à SEUIL + 6 : 3
    au-delà : 5

résultat points
  selon T « x »
  vaut note
";

/// What is below zero is all in the first line: `jusqu'à 4` takes it too.
#[test]
fn slices_start_from_zero() {
    let text = FROM_ZERO.replace("SEUIL", "seuil");
    let given = |receipts: u32, expenses: u32| {
        let facts = format!("recettes: {receipts}\ndépenses: {expenses}\nseuil: 4\nplancher: 0");
        paid(&text, &facts)[0].clone()
    };
    // 3 × 2; 4 × 2 + 3 × 3; 4 × 2 + 6 × 3 + 2 × 5; −5 × 2.
    assert_eq!(given(3, 0), cents(600));
    assert_eq!(given(7, 0), cents(1_700));
    assert_eq!(given(12, 0), cents(3_600));
    assert_eq!(given(2, 7), cents(-1_000));
    let (policy, dossier, decision) = ready(&text, "recettes: 2\ndépenses: 7\nseuil: 4\nplancher: 0");
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    let report = text::decision(&policy, &dossier, &decision, &options).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(report.contains("-5 × 2 = -10"), "{report}");
}

/// Of 7, is the part in « jusqu'à −5 » nothing, or −5? Nobody can say: such a bound is refused.
#[test]
fn no_slice_ends_below_zero() {
    for bound in ["-5", "plancher", "recettes - dépenses", "(dépenses - 1)"] {
        let text = FROM_ZERO.replace("SEUIL + 6", &format!("({bound} + 6)")).replace("SEUIL", bound);
        assert_eq!(refused(&text).0, ["tranche-negative"], "{bound}");
    }
    for bound in ["0", "(plancher au minimum 0)", "(dépenses + 1)"] {
        let text = FROM_ZERO.replace("SEUIL + 6", &format!("({bound} + 6)")).replace("SEUIL", bound);
        assert_eq!(mistakes(&text), [""; 0], "{bound}");
    }
    // A scale that is not by slices has the bounds that it likes.
    let text = FROM_ZERO.replace("SEUIL", "-5").replace("-5 + 6", "1").replace(" par tranches", "");
    assert_eq!(mistakes(&text), [""; 0]);
}
