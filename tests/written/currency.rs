//! A text that counts in another currency than the euro.

use conforme::check::check;
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::known::End;
use conforme::number::Ratio;
use conforme::source::SourceFile;
use conforme::time::Date;
use serde_json::json;

const TEXT: &str = "\
dispositif t « Essai »
  en vigueur depuis le 1er janvier 2020
  monnaie « F CFP », sans décimale

source T « Texte », texte opposable

dossier
  assiette : montant ≥ 0 F
    « Quelle assiette ? »
  loyer : montant par mois ≥ 0 F CFP
    « Quel loyer ? »

financement aide
  selon T « 5 % »
  montant 5 % de assiette
  arrondi au franc

financement complément
  selon T « x »
  montant assiette + (1 000 F par mois × 3 mois)

définition loyer de l'année
  vaut loyer ramené à l'année

résultat petit loyer
  selon T « x »
  vaut (loyer de l'année) ≤ 1 200 000 F CFP par an
";

fn text(text: &str) -> (conforme::policy::Policy, Vec<&'static str>) {
    let checked = check(&SourceFile::new("t.pol", text));
    let mistakes: Vec<_> = checked.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    (checked.policy.expect("a policy"), Vec::new())
}

fn codes(text: &str) -> Vec<(&'static str, String)> {
    let checked = check(&SourceFile::new("t.pol", text));
    checked.diagnostics.into_iter().filter(|d| d.is_error()).map(|d| (d.code, d.message)).collect()
}

#[test]
fn five_per_cent_is_rounded_to_the_franc() {
    let (policy, _) = text(TEXT);
    let examined_on = Date::new(2025, 10, 1).expect("a date");
    for base in ["58 690 F", "58690", "58 690 F CFP", "58 690 francs CFP", "58 690 XPF"] {
        let facts = format!("dispositif: t\nassiette: {base}\nloyer: 100 000 F par mois\n");
        let dossier = dossier::read(facts.as_bytes(), "d.yaml", &policy).expect("a dossier");
        let decision =
            decide(&policy, &dossier, &Request { examined_on, readings: Vec::new() }).expect("a decision");
        // 58 690 × 5 % = 2 934.50; 58 690 + 3 000.
        for (rank, expected) in [2_935, 61_690].into_iter().enumerate() {
            let least = decision.fundings[rank].amount().map(|amount| amount.low.clone());
            assert_eq!(least, Some(End::Included(Ratio::from(expected))), "{base}");
        }
        let printed = conforme::render::json::Printer::new(&policy).decision(&dossier, &decision);
        let printed: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
        let schema = serde_json::from_str(include_str!("../../docs/decision.schema.json")).expect("a schema");
        assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&printed));
        assert_eq!(
            printed["funding"][0]["amount"],
            json!({"min": "2935.00", "max": "2935.00", "currency": "XPF"})
        );
        assert_eq!(printed["funding"][0]["summary"], "2 935 F CFP");
    }
}

#[test]
fn an_answer_in_another_currency_is_sent_back() {
    let (policy, _) = text(TEXT);
    let (euros, _) = text(
        &TEXT
            .replace("  monnaie « F CFP », sans décimale\n", "")
            .replace(" F CFP", " €")
            .replace(" F", " €")
            .replace("franc", "centime"),
    );
    let table = [
        (&policy, "58 690 €", "autre-monnaie", "le texte compte en francs CFP, et cette réponse en euros"),
        (&policy, "12,50", "plus-de-deux-decimales", "le franc CFP n'a pas de centimes"),
        (&euros, "58 690 F", "autre-monnaie", "le texte compte en euros, et cette réponse en francs CFP"),
    ];
    for (policy, answer, code, message) in table {
        let facts = format!("dispositif: t\nassiette: {answer}\n");
        let mistakes = dossier::read(facts.as_bytes(), "d.yaml", policy).expect_err("a mistake");
        let [one] = mistakes.as_slice() else { panic!("{mistakes:?}") };
        assert_eq!(one.code, code, "{answer}");
        assert!(format!("{one:?}").contains(message), "{answer}: {one:?}");
    }
}

#[test]
fn a_text_has_one_currency() {
    let table = [
        (
            TEXT.replace("1 000 F par mois", "1 000 € par mois"),
            "monnaie-melee",
            "ce texte compte en francs CFP, et ce montant en euros",
        ),
        (
            TEXT.replace("  monnaie « F CFP », sans décimale\n", "").replace("au franc", "à l'euro"),
            "monnaie-melee",
            "ce texte compte en euros, et ce montant en francs CFP",
        ),
        (TEXT.replace("« F CFP », sans", "« $ », sans"), "monnaie-inconnue", "la monnaie « $ » n'est pas"),
        (TEXT.replace("au franc", "au centime"), "monnaie-melee", "un montant ne s'y arrondit pas ainsi"),
        (TEXT.replace("  arrondi au franc\n", ""), "arrondi-manquant", "juste au franc"),
    ];
    for (text, code, message) in table {
        let found = codes(&text);
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [code], "{found:?}");
        assert!(found[0].1.contains(message), "{found:?}");
    }
}
