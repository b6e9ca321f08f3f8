//! Amounts by period, numbers in a unit: what adds, what converts, what is paid.

use super::{cents, decided, mistakes, paid, ready};
use conforme::known::Known;
use conforme::number::Ratio;
use conforme::source::SourceFile;

const PAY: &str = "\
dossier
  salaire : montant par mois ≥ 0 €
  prime : montant par an ≥ 0 €
  indemnité : montant par jour ≥ 0 €
  absence : durée en jours
  surface : nombre en ha ≥ 0
  distance : nombre en km > 0

";

const FACTS: &str =
    "salaire: 1 000 €\nprime: 3 600 €\nindemnité: 20 €\nabsence: 15 jours\nsurface: 12,5\ndistance: 40";

/// What a result comes to.
fn worth(value: &str, facts: &str) -> Ratio {
    let mut text = format!("{PAY}résultat r\n  selon T « x »\n  vaut {value}\n");
    if mistakes(&text) == ["arrondi-manquant"] {
        text.push_str("  arrondi au centime\n");
    }
    let decision = decided(&text, facts);
    match &decision.fundings[0].value {
        Some(Known::Number(number)) => number.value().expect("one number").clone(),
        other => panic!("{value}: {other:?}"),
    }
}

fn refused(value: &str) -> Vec<&'static str> {
    mistakes(&format!("{PAY}résultat r\n  selon T « x »\n  vaut {value}\n"))
}

fn n(whole: i64) -> Ratio {
    Ratio::from(whole)
}

/// 1 000 € a month and 3 600 € a year: 300 € a month, 1 300 € in all; 15 600 € a year.
#[test]
fn what_is_by_the_year_is_brought_to_the_month() {
    assert_eq!(worth("1 000 € par mois + (3 600 € par an ramené au mois)", FACTS), n(1_300));
    assert_eq!(worth("salaire + (prime ramenée au mois)", FACTS), n(1_300));
    assert_eq!(worth("(salaire ramené à l'année) + prime", FACTS), n(15_600));
    assert_eq!(worth("(prime ramenée au trimestre)", FACTS), n(900));
    // Exactly: 100 € a year are 8,333… a month, which are 100 € a year.
    assert_eq!(worth("(100 € par an ramené au mois) ramené à l'année", FACTS), n(100));
}

/// Both remedies are offered, and each makes a text that checks and gives what it says.
#[test]
fn what_is_by_different_periods_does_not_mix() {
    for value in [
        "salaire + prime",
        "salaire - prime",
        "le plus grand de salaire, prime",
        "salaire plafonné à prime",
        "oui si salaire > prime\n  vaut non dans les autres cas",
    ] {
        assert_eq!(refused(value), ["types-incompatibles"], "{value}");
    }
    let text = format!(
        "{}{PAY}résultat r\n  selon T « x »\n  vaut salaire + prime\n  arrondi au centime\n",
        super::HEAD
    );
    let file = SourceFile::new("t.pol", text.clone());
    let checked = conforme::check::check(&file);
    let problem = checked.diagnostics.iter().find(|d| d.is_error()).expect("a mistake");
    let help = problem.help.as_deref().unwrap_or_default();
    assert!(
        help.contains("« (prime ramenée au mois) »") && help.contains("« (salaire ramené à l'année) »"),
        "{help}"
    );
    let mended: Vec<Ratio> = problem
        .remedies
        .iter()
        .map(|remedy| {
            let mut text = text.clone();
            let edit = &remedy.edits[0];
            text.replace_range(edit.span.range(), &edit.text);
            let items = text.strip_prefix(super::HEAD).expect("the head").to_owned();
            match &decided(&items, FACTS).fundings[0].value {
                Some(Known::Number(number)) => number.value().expect("one number").clone(),
                other => panic!("{other:?}"),
            }
        })
        .collect();
    assert_eq!(mended, [n(1_300), n(15_600)]);
}

/// What one is by and the other is of goes: 150 € by 12,5 ha are 1 875 €; 20 € a day, 15 days are 300 €.
#[test]
fn products_and_quotients_keep_their_units() {
    assert_eq!(worth("150 € par ha × surface", FACTS), n(1_875));
    assert_eq!(worth("indemnité × absence", FACTS), n(300));
    assert_eq!(worth("salaire × 3 mois", FACTS), n(3_000));
    assert_eq!(worth("(1 875 € ÷ (surface au minimum 1 ha)) + 10 € par ha", FACTS), n(160));
    assert_eq!(worth("surface + 2,5 ha", FACTS), n(15));
    assert_eq!(worth("10 % de salaire", FACTS), n(100));
    assert_eq!(worth("salaire augmenté de 10 %", FACTS), n(1_100));
    assert_eq!(worth("salaire arrondi à l'euro", FACTS), n(1_000));
    for wrong in [
        "surface + 2",
        "surface + distance",
        "surface × surface",
        "150 € par ha × distance",
        "prime × 3 mois",
        "salaire + 10 €",
        "indemnité ramenée au mois",
        "10 € ramené au mois",
    ] {
        assert_eq!(refused(wrong).len(), 1, "{wrong}");
    }
}

/// Zero needs no unit, and a scale is read in that of its subject.
#[test]
fn zero_needs_no_unit() {
    assert_eq!(
        worth(
            "oui si salaire > 0 € et surface > 0\n  vaut non dans les autres cas"
                .replace("oui", "1")
                .replace("non", "0")
                .as_str(),
            FACTS
        ),
        n(1)
    );
    let scale = "selon salaire\n    jusqu'à 900 € par mois : 1\n    plus de 900 € par mois : 2";
    assert_eq!(worth(scale, FACTS), n(2));
    assert_eq!(
        refused("selon salaire\n    jusqu'à 900 € par an : 1\n    plus de 900 € par an : 2"),
        ["types-incompatibles"]
    );
}

/// A financing by the month is paid each month, and no otherwise.
#[test]
fn what_is_by_the_month_is_paid_each_month() {
    let funding = |clauses: &str| format!("{PAY}financement aide\n  selon T « x »\n  montant {clauses}\n");
    assert_eq!(paid(&funding("salaire\n  chaque mois"), FACTS), [cents(100_000), cents(100_000)]);
    assert_eq!(
        paid(&funding("prime ramenée au mois\n  arrondi au centime\n  chaque mois"), FACTS),
        [cents(30_000), cents(30_000)]
    );
    for wrong in [
        "salaire",
        "salaire\n  chaque année",
        "salaire\n  une fois",
        "prime\n  chaque mois",
        "indemnité",
        "150 € par ha",
    ] {
        assert_eq!(mistakes(&funding(wrong)), ["frequence"], "{wrong}");
    }
    let total = format!(
        "{}\nrésultat total\n  selon T « x »\n  vaut (montant de aide) + 10 € par mois\n",
        funding("salaire\n  chaque mois")
    );
    assert_eq!(mistakes(&total), Vec::<&str>::new());
    assert_eq!(mistakes(&total.replace("10 € par mois", "10 € par an")), ["types-incompatibles"]);
}

/// A dossier may say the unit that is asked for, and no other.
#[test]
fn a_dossier_may_say_the_unit() {
    let facts = "salaire: 1 000 € par mois\nprime: 3 600 €/an\nindemnité: 20 euros par jour\nabsence: 15 jours\nsurface: 12,5 ha\ndistance: 40 km";
    assert_eq!(worth("salaire + (prime ramenée au mois)", facts), n(1_300));
    assert_eq!(worth("150 € par ha × surface", facts), n(1_875));
    let text = format!("{PAY}résultat r\n  selon T « x »\n  vaut salaire\n");
    let (policy, ..) = ready(&text, facts);
    for wrong in ["salaire: 1 000 € par an", "surface: 12 km", "surface: 3 ha par mois"] {
        let facts = format!("dispositif: t\n{wrong}\n");
        assert!(conforme::dossier::read(facts.as_bytes(), "d.yaml", &policy).is_err(), "{wrong}");
    }
}

#[test]
fn fmt_keeps_units() {
    let text = format!(
        "{}{PAY}résultat r\n  selon T « x »\n  vaut salaire + (3 600 € par an ramené au mois)\n",
        super::HEAD
    );
    let file = SourceFile::new("t.pol", text.clone());
    assert_eq!(conforme::syntax::format(&file).expect("a text that reads"), text);
}

/// What is known of a value may settle an objective: 2 € a hectare and more is never 0 €.
#[test]
fn an_objective_that_no_answer_reaches_is_told_so() {
    let items = "dossier\n  m : montant ≥ 0 €\n\nobjectif mesure\n  selon T « x »\n  vise (m ÷ 3 ha) + 2 € par ha = 0 € par ha\n\n\
                 critère c\n  selon T « x »\n  exige m ≥ 0 € ou m < 1 €\n\ndécision d\n  favorable si tous les critères sont remplis\n";
    let (policy, dossier, decision) = super::ready(items, "");
    let options = conforme::render::text::TextOptions::default();
    let report = conforme::render::text::decision(&policy, &dossier, &decision, &options);
    let report = report.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        report.contains("2 € ou plus par ha au jour de l'examen, objectif pas encore atteint"),
        "{report}"
    );
}
