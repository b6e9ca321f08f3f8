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
