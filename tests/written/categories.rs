//! A category that is worked out, and scales that end by `dans les autres cas`.

use super::{cents, decided, mistakes, paid};
use conforme::decision::{Outcome, Status};

const BY_MEANS: &str = "\
dossier
  revenu : montant ≥ 0 €

définition catégorie : parmi modeste < aisée
  vaut modeste si revenu ≤ 1 000 €
  vaut aisée dans les autres cas

décision d
  favorable si catégorie est parmi modeste, aisée

financement aide
  selon T « x »
  montant selon catégorie
    modeste : 40 €
    aisée : 10 €
";

#[test]
fn a_category_is_what_an_amount_is_read_by() {
    assert_eq!(paid(BY_MEANS, "revenu: 900 €"), [cents(4000), cents(4000)]);
    assert_eq!(paid(BY_MEANS, "revenu: 1000 €"), [cents(4000), cents(4000)]);
    assert_eq!(paid(BY_MEANS, "revenu: 1000,01 €"), [cents(1000), cents(1000)]);
    // Not known: one of the two, and favourable either way.
    assert_eq!(paid(BY_MEANS, ""), [cents(1000), cents(4000)]);
    assert_eq!(decided(BY_MEANS, "").outcome, Outcome::Favourable);
}

/// The degrees of a category that a scale gives compare, also with those of a fact that has the same ones.
#[test]
fn a_category_compares_as_a_scale_does() {
    let items = |condition: &str| {
        format!(
            "dossier\n  enfants : entier ≥ 0\n  déclarée : parmi basse < moyenne < haute\n\n\
             définition charge : parmi basse < moyenne < haute\n  vaut selon enfants\n    0 : basse\n    de 1 à 2 : moyenne\n    au-delà : haute\n\n\
             critère c\n  selon T « x »\n  exige {condition}\n\n\
             décision d\n  favorable si tous les critères sont remplis et déclarée est entre basse et haute\n"
        )
        .replace("    0 : basse", "    moins de 1 : basse")
    };
    let status = |condition: &str, facts: &str| decided(&items(condition), facts).criteria[0].status;
    assert_eq!(status("charge ≥ moyenne", "enfants: 1\ndéclarée: basse"), Status::Met);
    assert_eq!(status("charge ≥ moyenne", "enfants: 0\ndéclarée: basse"), Status::NotMet);
    assert_eq!(status("charge > déclarée", "enfants: 3\ndéclarée: moyenne"), Status::Met);
    assert_eq!(status("charge > déclarée", "enfants: 2\ndéclarée: moyenne"), Status::NotMet);
    assert_eq!(status("charge > déclarée", "déclarée: haute"), Status::NotMet);
    assert_eq!(status("charge > déclarée", "enfants: 2"), Status::Undetermined);
}

/// A category may be that of each element.
#[test]
fn elements_have_their_category() {
    let items = "\
dossier
  agents : liste
  agents.heures : entier ≥ 0

définition agents.service : parmi partiel, complet
  vaut complet si heures ≥ 35
  vaut partiel dans les autres cas

décision d
  favorable si (nombre d'agents dont service est complet) ≥ 2
";
    let facts = |hours: [u32; 3]| {
        hours.iter().fold("agents:\n".to_owned(), |all, h| format!("{all}  - heures: {h}\n"))
    };
    assert_eq!(decided(items, &facts([35, 34, 40])).outcome, Outcome::Favourable);
    assert_eq!(decided(items, &facts([35, 34, 20])).outcome, Outcome::Unfavourable);
}

#[test]
fn the_other_cases_of_a_scale_are_the_options_that_no_line_names() {
    let items = "\
dossier
  zone : parmi plaine, montagne, littoral, île

décision d
  favorable si zone n'est pas île

financement aide
  selon T « x »
  montant selon zone
    montagne : 300 €
    plaine, littoral : 100 €
    dans les autres cas : 500 €
";
    for (zone, amount) in [("montagne", 300), ("plaine", 100), ("littoral", 100), ("île", 500)] {
        assert_eq!(paid(items, &format!("zone: {zone}"))[0], cents(amount * 100), "{zone}");
    }
}

/// Under a `dossier` a fact may be called so; what has a `vaut` is a definition.
#[test]
fn a_fact_may_be_called_a_definition() {
    let items = |ask: &str| {
        format!(
            "dossier\n  définition du besoin : parmi claire, floue\n    « Claire ? »\n\n{ask}décision d\n  favorable si définition du besoin est claire\n"
        )
    };
    assert_eq!(decided(&items(""), "définition du besoin: claire").outcome, Outcome::Favourable);
    let between = "définition suite : parmi oui ou non, à voir\n  selon T « x »\n  vaut à voir\n\n";
    assert_eq!(mistakes(&items(between)).len(), 1);
    let worked_out = "définition suite : parmi prompte, lente\n  selon T « x »\n  vaut prompte\n\ncritère c\n  selon T « x »\n  exige suite est prompte\n\n";
    let items = items(worked_out).replace("favorable si", "favorable si tous les critères sont remplis et");
    assert_eq!(decided(&items, "définition du besoin: claire").outcome, Outcome::Favourable);
    assert_eq!(decided(&items, "définition du besoin: floue").outcome, Outcome::Unfavourable);
}
