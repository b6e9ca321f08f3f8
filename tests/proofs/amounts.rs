//! Amounts of financings are whole cents or rounded, never below zero, ranges the right way round.

use crate::silent;

const FACTS: &str = "  effectif : entier ≥ 0\n  population : entier ≥ 1\n  ressources : montant ≥ 0 €\n  charges : montant ≥ 0 €";

#[test]
fn whole_cents() {
    silent(FACTS, "financement f\n  montant 200 € × effectif");
    silent(FACTS, "financement f\n  montant 12,50 € × effectif + ressources");
    silent(FACTS, "financement f\n  montant ressources × 10 %\n  arrondi au centime");
    silent(FACTS, "financement f\n  montant (ressources ÷ 3) arrondi à l'euro inférieur");
    silent(FACTS, "financement f\n  montant (ressources plafonné à 500 €) × 2");
    silent(FACTS, "financement f\n  montant 1 000 € × 50 %");
    shown!(FACTS, "financement f\n  montant ressources × 10 %");
    shown!(FACTS, "financement f\n  montant ressources ÷ population");
    shown!(FACTS, "financement f\n  montant 10 % de ressources plafonné à 500 €");
    shown!(FACTS, "définition part\n  vaut ressources ÷ 3\nfinancement f\n  montant part + 10 €");
    shown!(
        FACTS,
        "financement f\n  montant selon ressources par tranches\n    jusqu'à 100 € : 10 %\n    au-delà : 20 %"
    );
    shown!(FACTS, "financement f\n  montant entre 10 % de ressources et ressources");
}

#[test]
fn dated_parameters_are_all_whole_cents() {
    let rate = |second: &str| {
        format!(
            "paramètre forfait\n  vaut 50 € depuis le 1er janvier 2024\n  vaut {second} depuis le 1er janvier 2026\nfinancement f\n  montant forfait × effectif ÷ 2"
        )
    };
    silent(FACTS, &rate("52,50 €").replace("÷ 2", ""));
    shown!(FACTS, &rate("52,55 €"));
}

#[test]
fn never_below_zero() {
    silent(FACTS, "financement f\n  montant ressources - charges\n  au minimum 0 €");
    silent(FACTS, "financement f\n  prévu si ressources > charges\n  montant ressources - charges");
    silent(FACTS, "financement f\n  sauf si charges > ressources\n  montant ressources - charges");
    silent(
        FACTS,
        "financement f\n  montant 50 € - 10 € × effectif  si effectif ≤ 5\n  montant 0 €  dans les autres cas",
    );
    shown!(FACTS, "financement f\n  montant ressources - charges");
    shown!(
        FACTS,
        "financement f\n  montant 50 € - 10 € × effectif  si effectif ≤ 6\n  montant 0 €  dans les autres cas"
    );
    shown!(
        FACTS,
        "définition reste\n  vaut ressources - charges\nfinancement f\n  montant reste plafonné à 100 €"
    );
}

#[test]
fn ranges() {
    silent(FACTS, "financement f\n  montant entre 50 € et 100 €");
    shown!(FACTS, "financement f\n  montant entre 100 € + ressources et 50 €");
}
