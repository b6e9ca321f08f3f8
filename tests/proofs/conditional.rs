//! Facts that are asked under a condition are read where it is in force.

use crate::silent;

const FACTS: &str = "  samedi : oui ou non
  urbain : oui ou non
  population : entier ≥ 0
  samedis assurés : entier ≥ 0, si samedi
  lits : entier ≥ 0, si population ≥ 1 000
  membres : liste
  membres.exercice : parmi libéral, salarié
  membres.employeur : texte, si exercice est salarié";

#[test]
fn under_the_same_condition() {
    for item in [
        "critère k\n  si samedi\n  exige samedis assurés ≥ 10",
        "critère k\n  si samedi et urbain\n  exige samedis assurés ≥ 10",
        "critère k\n  exige samedi et samedis assurés ≥ 10",
        "critère k\n  exige\n    - samedi\n    - samedis assurés ≥ 10  si samedi",
        "définition d\n  vaut samedis assurés  si samedi\n  vaut 0  dans les autres cas",
        "définition d\n  vaut 0  si non samedi\n  vaut samedis assurés  dans les autres cas",
        "financement f\n  prévu si samedi\n  montant 10 € × samedis assurés",
        "critère k\n  exige tous les membres dont exercice est salarié vérifient employeur ≠ « néant »",
        "définition d\n  vaut nombre de membres dont exercice est salarié et employeur = « hôpital »",
    ] {
        silent(FACTS, item);
    }
}

#[test]
fn where_the_condition_follows() {
    silent(FACTS, "critère k\n  si population ≥ 2 000\n  exige lits ≥ 10");
    silent(
        FACTS,
        "définition jour\n  vaut samedi et urbain\ncritère k\n  si jour\n  exige samedis assurés ≥ 10",
    );
    shown!(FACTS, "critère k\n  si population ≥ 500\n  exige lits ≥ 10");
}

#[test]
fn elsewhere() {
    shown!(FACTS, "critère k\n  exige samedis assurés ≥ 10");
    shown!(FACTS, "critère k\n  exige\n    - samedi\n    - samedis assurés ≥ 10");
    shown!(FACTS, "critère k\n  exige samedi ou samedis assurés ≥ 10");
    shown!(FACTS, "critère k\n  exige tous les membres vérifient employeur ≠ « néant »");
    shown!(FACTS, "définition d\n  vaut samedis assurés  si urbain\n  vaut 0  dans les autres cas");
    shown!(FACTS, "définition d\n  vaut 0  si urbain\n  vaut samedis assurés  dans les autres cas");
}
