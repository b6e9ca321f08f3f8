//! A criterion and a fact under one name: the place tells which is meant.

use conforme::decision::{Outcome, Status};

use super::decided;

const AGES: &str = "\
dossier
  âge : entier ≥ 0
  présence : période
  rapport : date
  couleur : parmi rouge, vert
  agents : liste
  agents.ancienneté : entier ≥ 0

critère âge
  selon T « x »
  exige âge ≥ 18

critère présence
  selon T « x »
  exige jours de présence ≥ 30 jours

critère couleur
  selon T « x »
  exige couleur est vert

critère ancienneté
  selon T « x »
  exige aucun agent dont ancienneté < 18

critère agents
  selon T « x »
  exige nombre d'agents ≥ 1

objectif rapport
  selon T « x »
  vise rapport ≤ 1er mars 2025

décision d
  favorable si (âge ou couleur) et présence et ancienneté et agents

définition mineur
  vaut non si âge
  vaut oui dans les autres cas

critère les deux
  selon T « x »
  exige
    - âge
    - rapport si couleur
    - âge + 1 ≤ 30 et non mineur

résultat part
  selon T « x »
  vaut âge
";

#[test]
fn the_place_tells_a_criterion_from_a_fact() {
    let dossier = |age: u32, colour: &str, days: &str, agent: u32| {
        format!(
            "âge: {age}\nprésence: du 01/01/2025 au {days}\nrapport: 2025-02-01\ncouleur: {colour}\nagents:\n  - {{ancienneté: {agent}}}"
        )
    };
    let table = [
        (dossier(20, "rouge", "15/02/2025", 40), Outcome::Favourable, Status::Met),
        (dossier(17, "rouge", "15/02/2025", 40), Outcome::Unfavourable, Status::NotMet),
        (dossier(17, "vert", "15/02/2025", 40), Outcome::Favourable, Status::NotMet),
        (dossier(20, "rouge", "15/01/2025", 40), Outcome::Unfavourable, Status::Met),
        (dossier(20, "rouge", "15/02/2025", 12), Outcome::Unfavourable, Status::Met),
        // Thirty and one are more than thirty.
        (dossier(30, "rouge", "15/02/2025", 40), Outcome::Favourable, Status::NotMet),
    ];
    for (facts, outcome, both) in table {
        let decision = decided(AGES, &facts);
        assert_eq!(decision.outcome, outcome, "{facts}");
        let found = decision.criteria.last().map(|criterion| criterion.status);
        assert_eq!(found, Some(both), "{facts}");
    }
}

/// `jours d'affiliation` is a name where nothing called so has days.
#[test]
fn a_definition_is_named_after_a_criterion() {
    let text = "\
dossier
  montant du fonds : montant ≥ 0 €
  réserve : montant ≥ 0 €
  jours travaillés : durée en jours ≥ 0 jours

cohérence sommes
  exige réserve ≤ montant du fonds

définition jours d'affiliation
  vaut jours travaillés × 2

critère affiliation
  selon T « x »
  exige jours d'affiliation ≥ 130 jours

financement solde
  selon T « x »
  montant montant du fonds - réserve

décision d
  favorable si tous les critères sont remplis
";
    let decision = decided(text, "montant du fonds: 100 €\nréserve: 40 €\njours travaillés: 65 jours\n");
    assert_eq!(decision.outcome, Outcome::Favourable);
    // 100 − 40.
    let paid = decision.fundings[0].value.as_ref().unwrap();
    assert_eq!(format!("{paid:?}"), format!("{:?}", conforme::known::Known::exactly(&amount(60))));
}

/// `durée ÷ 1 jour` is a number of days: 70 % of it is one, and no percentage.
#[test]
fn a_duration_by_one_of_its_units_is_a_number() {
    let text = "\
dossier
  couverts : durée en jours ≥ 0 jours
  absences : nombre ≥ 0

définition couverts en nombre
  vaut couverts ÷ 1 jour

résultat retenus
  selon T « x »
  vaut couverts en nombre - (absences plafonné à 70 % de couverts en nombre)
";
    // 200 days, 150 of absence of which 140 count: 60.
    let decision = decided(text, "couverts: 200 jours\nabsences: 150\n");
    let given = decision.fundings[0].value.as_ref().unwrap();
    assert_eq!(format!("{given:?}"), format!("{:?}", conforme::known::Known::exactly(&amount(60))));
}

fn amount(n: i64) -> conforme::value::Value {
    conforme::value::Value::Number(n.into())
}
