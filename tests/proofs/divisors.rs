//! Divisors are not zero, lists of which the greatest is taken are not empty.

use crate::silent;

const FACTS: &str = "  effectif : entier ≥ 0\n  population : entier ≥ 1\n  ressources : montant ≥ 0 €\n  membres : liste\n  membres.heures : nombre ≥ 0\n  membres.exercice : parmi libéral, salarié";

#[test]
fn by_its_domain() {
    silent(FACTS, "définition d\n  vaut ressources ÷ population");
    silent(FACTS, "définition d\n  vaut ressources ÷ (effectif + population)");
    silent(FACTS, "définition total\n  vaut effectif + population\ndéfinition d\n  vaut ressources ÷ total");
    silent(FACTS, "définition d\n  vaut ressources au prorata de effectif sur population");
    shown!(FACTS, "définition d\n  vaut ressources ÷ effectif");
    shown!(FACTS, "définition d\n  vaut ressources au prorata de population sur effectif");
}

#[test]
fn by_the_condition_in_force() {
    for guard in [
        "effectif > 0",
        "effectif ≥ 1",
        "effectif ≠ 0",
        "non (effectif = 0)",
        "ressources > 5 € et effectif ≥ 3",
    ] {
        silent(
            FACTS,
            &format!(
                "définition d\n  vaut ressources ÷ effectif  si {guard}\n  vaut 0 €  dans les autres cas"
            ),
        );
    }
    silent(
        FACTS,
        "définition d\n  vaut 0 €  si effectif = 0\n  vaut ressources ÷ effectif  dans les autres cas",
    );
    silent(
        FACTS,
        "définition d\n  vaut 0 €  si effectif = 0\n  vaut ressources ÷ effectif  sinon si population > 5\n  vaut 1 €  dans les autres cas",
    );
    silent(FACTS, "définition d\n  vaut effectif > 0 et ressources ÷ effectif ≥ 10 €");
    silent(
        FACTS,
        "définition d\n  vaut ressources ÷ (effectif - population)  si effectif ≠ population\n  vaut 0 €  dans les autres cas",
    );
    silent(FACTS, "critère k\n  si effectif ≥ 1\n  exige ressources ÷ effectif ≥ 10 €");
    shown!(FACTS, "critère k\n  exige\n    - effectif ≥ 1\n    - ressources ÷ effectif ≥ 10 €");
    shown!(
        FACTS,
        "définition d\n  vaut ressources ÷ (effectif - population)  si effectif ≥ population\n  vaut 0 €  dans les autres cas"
    );
    shown!(
        FACTS,
        "définition d\n  vaut 0 €  si effectif = 0\n  vaut ressources ÷ (2 × effectif)  si effectif < 5 et effectif ≠ 0\n  vaut ressources ÷ (effectif - 7)  dans les autres cas"
    );
}

#[test]
fn the_greatest_of_a_list() {
    silent(
        FACTS,
        "définition d\n  vaut le plus grand de membres.heures  si nombre de membres ≥ 1\n  vaut 0  dans les autres cas",
    );
    silent(
        FACTS,
        "définition d\n  vaut le plus grand de membres.heures  si il existe un membre dont exercice est libéral\n  vaut 0  dans les autres cas",
    );
    silent(
        FACTS,
        "définition d\n  vaut le plus petit de membres.heures dont exercice est libéral  si il existe un membre dont exercice est libéral\n  vaut 0  dans les autres cas",
    );
    shown!(FACTS, "définition d\n  vaut le plus grand de membres.heures");
    shown!(
        FACTS,
        "définition d\n  vaut (le plus grand de membres.heures dont exercice est libéral)  si nombre de membres ≥ 1\n  vaut 0  dans les autres cas"
    );
}

const POWERS: &str =
    "  années : entier entre 0 et 100\n  rang : entier ≥ 0\n  taux : pourcentage ≥ 0 %\n  part : nombre ≥ 0";

#[test]
fn an_exponent_within_its_bounds() {
    silent(POWERS, "définition d\n  vaut (1 augmenté de taux) puissance (années)");
    silent(POWERS, "définition d\n  vaut part puissance (le plus petit de rang, 3)");
    silent(POWERS, "définition d\n  vaut 2 puissance rang si rang ≤ 10\n  vaut 0  dans les autres cas");
    silent(POWERS, "financement f\n  montant 1,03 puissance 2 × 1 000 €");
    shown!(POWERS, "définition d\n  vaut 2 puissance rang");
    shown!(POWERS, "définition d\n  vaut 2 puissance 101");
    shown!(POWERS, "définition d\n  vaut part puissance 0,5");
}
