//! What is counted by the month stays so wherever it is told.

use super::{ready, told};
use conforme::render::text::{self, TextOptions};
use conforme::render::{Explain, Lang};

const AID: &str = "\
dossier
  présence : période
  loyer : montant par mois ≥ 0 €
  ressources : montant par an ≥ 0 €
  surface : nombre en ha ≥ 0

paramètre socle
  vaut 600 € par mois

définition ressources du mois
  vaut ressources ramenées au mois

critère modeste
  selon T « x »
  exige ressources du mois ≤ socle + 100 € par mois

décision droit
  favorable si tous les critères sont remplis

financement indemnité
  selon T « x »
  montant socle pendant la durée de la présence au prorata des jours
  arrondi au centime

financement allocation
  selon T « x »
  montant loyer plafonné à socle
  chaque mois
  pendant 3 ans

financement repas
  selon T « x »
  montant 5 € par jour pendant la durée de la présence

résultat reste à vivre
  selon T « x »
  vaut ressources du mois - loyer
  arrondi au centime

résultat terres
  selon T « x »
  vaut surface + 2,5 ha
";

const FACTS: &str = "présence: du 15/01/2025 au 10/03/2025\nloyer: 500 €\nressources: 8 000 €\nsurface: 10";

fn report(lang: Lang) -> String {
    let (policy, dossier, decision) = ready(AID, FACTS);
    let options = TextOptions { explain: Explain::Full, lang, ..TextOptions::default() };
    let report = text::decision(&policy, &dossier, &decision, &options).replace(['\u{a0}', '\u{202f}'], " ");
    report.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_amount_by_the_month_is_told_by_the_month() {
    let report = report(Lang::Fr);
    for said in [
        // 8 000 ÷ 12 = 666.67; 666.67 − 500.
        "ressources du mois : ≈ 666,6667 € par mois (au plus socle + 100 € par mois, soit 700 € par mois)",
        "ressources : 8 000 € par an (ligne 4)",
        "socle : 600 € par mois",
        "loyer : 500 € par mois (ligne 3)",
        "500 € par mois (plafonné à socle)",
        "reste à vivre 166,67 € par mois",
        "terres 12,5 ha",
        // A total, and by what it is counted: 600 × 17 ÷ 31 + 600 + 600 × 10 ÷ 31; 55 days.
        "indemnité 1 122,58 € 600 € par mois",
        "allocation 500 € chaque mois, pendant 3 ans",
        "repas 275 € (5 € par jour × 55 jours)",
        // 17 ÷ 31 + 1 + 10 ÷ 31.
        "présence : ≈ 1,87 mois",
    ] {
        assert!(report.contains(said), "« {said} »\n{report}");
    }
}

#[test]
fn in_english_too() {
    let report = self::report(Lang::En);
    for said in [
        "reste à vivre €166.67 per month",
        "indemnité €1,122.58 €600 per month",
        "terres 12.5 ha",
        "présence: ≈ 1.87 months",
    ] {
        assert!(report.contains(said), "« {said} »\n{report}");
    }
    assert!(!report.contains("€600 par mois"), "{report}");
}

#[test]
fn programs_read_by_what_it_is_counted() {
    let told = told(AID, FACTS);
    let results = &told["results"];
    assert_eq!((&results[0]["value"], &results[0]["per"]), (&"166.67".into(), &"month".into()));
    assert_eq!((&results[1]["value"]["text"], &results[1]["in"]), (&"12,5".into(), &"ha".into()));
    for node in [
        r#""op":"parameter","text":"socle","value":"600.00","per":"month""#,
        r#""op":"literal","text":"100 € par mois","value":"100.00","per":"month""#,
        r#""op":"fact","text":"ressources","value":"8000.00","per":"year""#,
    ] {
        assert!(has(&told, node), "{node}\n{told}");
    }
}

/// Whether a node of the tree says all this, in whatever order.
fn has(told: &serde_json::Value, node: &str) -> bool {
    let wanted: serde_json::Value = serde_json::from_str(&format!("{{{node}}}")).expect("a node");
    let wanted = wanted.as_object().expect("a node");
    let says = |own: &serde_json::Map<String, serde_json::Value>| {
        wanted.iter().all(|(key, value)| own.get(key) == Some(value))
    };
    match told {
        serde_json::Value::Object(own) => says(own) || own.values().any(|inner| has(inner, node)),
        serde_json::Value::Array(all) => all.iter().any(|inner| has(inner, node)),
        _ => false,
    }
}
