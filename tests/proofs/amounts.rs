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

/// What is left once another financing has been paid: « le solde ».
#[test]
fn the_rest_of_an_amount_is_never_below_zero() {
    let rest = |share: &str, rounding: &str| {
        format!(
            "définition totale\n  vaut ressources\n  arrondi à l'euro inférieur\nfinancement premier\n  prévu si effectif > 3\n  montant {share} × totale\n{rounding}\nfinancement solde\n  montant totale - montant de premier"
        )
    };
    silent(FACTS, &rest("60 %", "  arrondi à l'euro inférieur"));
    silent(FACTS, &rest("60 %", "  arrondi à l'euro"));
    silent(FACTS, &rest("60 %", "  arrondi à l'euro supérieur"));
    silent(FACTS, &rest("100 %", ""));
    shown!(FACTS, &rest("120 %", "  arrondi à l'euro inférieur"));
    shown!(FACTS, &rest("60 %", "  au minimum 5 €\n  arrondi à l'euro"));
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

const ZONED: &str =
    "  dépense : montant ≥ 0 €\n  revenu : montant\n  zone : parmi A, B\n  effectif : entier ≥ 0";
const HIGH: &str = "définition seuil haut\n  vaut 500 € si zone est A\n  vaut 800 € dans les autres cas\n";

#[test]
fn what_is_capped_at_more_is_never_below() {
    let silent = |amount: &str| silent(ZONED, &format!("{HIGH}financement f\n  montant {amount}"));
    silent("(dépense plafonné à seuil haut) - (dépense plafonné à 200 €)");
    silent("((dépense plafonné à seuil haut) - (dépense plafonné à 200 €)) × effectif");
    silent("(dépense au minimum 300 €) - dépense");
    silent("(dépense au minimum seuil haut) - (dépense au minimum 200 €)");
    silent("(seuil haut - (dépense plafonné à 200 €)) + dépense × 2");
    let refused = |amount: &str, case: &str| {
        let text = crate::refused(ZONED, &format!("{HIGH}financement f\n  montant {amount}"));
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(case), "{text}");
    };
    refused(
        "(dépense plafonné à 200 €) - (dépense plafonné à seuil haut)",
        "si dépense = 200,01 € et zone est A",
    );
    refused("revenu × 2", "si revenu = -0,01 €");
    refused("revenu plafonné à 3 €", "écrire « montant ≥ 0 € »");
    refused("seuil haut - dépense", "si dépense = 500,01 € et zone est A");
}

#[test]
fn an_example_is_one_that_a_dossier_can_give() {
    let scale = "financement f\n  montant selon revenu par tranches\n    jusqu'à 100 € : 10 %\n    au-delà : 5 %\n  arrondi au centime";
    let text = crate::refused(ZONED, scale);
    assert!(text.contains("par exemple si revenu = -0,05 €"), "{text}");
}

/// What a financing pays is proved where it is declared; whoever reads it proves it no more.
#[test]
fn what_another_financing_pays_is_never_below_zero() {
    let facts = "  communes : liste\n  communes.crédit : montant";
    let share = |of: &str| {
        format!(
            "financement attribution\n  pour chaque commune dont crédit ≥ 500 €\n  montant crédit\n\
             financement acompte\n  montant {of}\n  arrondi au centime"
        )
    };
    silent(facts, &share("70 % de montant de attribution"));
    shown!(facts, &share("montant de attribution - 100 €"));
}
