//! What is compared with a named quantity, and which of two events comes first: the passage and the rule.

use conforme::check::check;
use conforme::concordance::review;
use conforme::source::SourceFile;

/// The facts and what is worked out of them.
const FACTS: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi », texte opposable

dossier
  loyer : montant ≥ 0 €
  charges : montant ≥ 0 €
  caution : montant ≥ 0 €
  plancher : montant ≥ 0 €
  devis.établi le : date
  demande.déposée le : date

définition plafond de loyer
  vaut charges + caution

";

/// The codes and helps of what is said of a criterion under this passage.
fn said(passage: &str, rule: &str) -> Vec<String> {
    let text = format!(
        "{FACTS}\ncritère essayé\n  selon loi « {passage} »\n  exige {rule}\n\ndécision d\n  favorable si essayé\n"
    );
    let checked = check(&SourceFile::new("essai.pol", text));
    let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let help = |help: Option<String>| help.unwrap_or_default().split(" ; ").next().unwrap_or("").to_owned();
    review(&policy).into_iter().map(|remark| help(remark.diagnostic.help)).collect()
}

#[test]
fn a_comparison_with_a_named_quantity_is_the_one_of_the_passage() {
    let no = "à égalité, le texte dit oui et la règle dit non";
    let yes = "à égalité, le texte dit non et la règle dit oui";
    let against = "le texte demande l'inverse de la règle";
    for (passage, rule, expected) in [
        ("dont le loyer n'excède pas le plafond", "loyer < plafond de loyer", no),
        ("les loyers n'excèdent pas le plafond fixé par décret", "plafond de loyer > loyer", no),
        ("un loyer au plus égal au plafond", "loyer < plafond de loyer", no),
        // Of two comparisons, the one with what the passage names.
        ("un loyer qui n'excède pas le plafond", "loyer < plafond de loyer et loyer > plancher", no),
        ("un loyer inférieur au plafond", "loyer ≤ plafond de loyer", yes),
        ("un loyer strictement inférieur au plafond", "non (loyer > plafond de loyer)", yes),
        ("un loyer au moins égal au plancher", "loyer > plancher", no),
        ("un loyer qui dépasse le plancher", "loyer ≥ plancher", yes),
        ("un loyer inférieur au plafond", "loyer > plafond de loyer", against),
        ("un loyer supérieur ou égal au plancher", "loyer ≤ plancher", against),
    ] {
        assert_eq!(said(passage, rule), [expected], "{passage}: {rule}");
    }
}

#[test]
fn nothing_is_said_where_they_agree_or_where_nothing_tells() {
    for (passage, rule) in [
        ("dont le loyer n'excède pas le plafond", "loyer ≤ plafond de loyer"),
        ("dont le loyer n'excède pas le plafond", "plafond de loyer ≥ loyer"),
        ("dont le loyer n'excède pas le plafond", "non (loyer > plafond de loyer)"),
        ("un loyer inférieur au plafond", "loyer < plafond de loyer"),
        ("un loyer qui dépasse le plancher", "loyer > plancher"),
        ("le loyer est comparé au plafond", "loyer < plafond de loyer"),
        // Both comparisons are with what the passage names.
        ("un loyer qui n'excède pas le plafond", "loyer < plafond de loyer et plafond de loyer > plancher"),
    ] {
        assert_eq!(said(passage, rule), [""; 0], "{passage}: {rule}");
    }
}

#[test]
fn of_two_events_the_passage_says_which_comes_first() {
    let passage = "la demande est déposée après l'établissement du devis";
    let within = "la demande est déposée dans les quatre mois suivant l'établissement du devis";
    for (passage, rule, remarks) in [
        (within, "demande.déposée le est dans les 4 mois suivant devis.établi le", 0),
        (within, "devis.établi le est dans les 4 mois suivant demande.déposée le", 1),
        (passage, "demande.déposée le > devis.établi le", 0),
        (passage, "demande.déposée le < devis.établi le", 1),
    ] {
        assert_eq!(said(passage, rule).len(), remarks, "{passage}: {rule}");
    }
}
