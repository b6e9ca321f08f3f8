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

const DATES: &str = "  embauché le : date\n    « Quand ? »\n  muté le : date\n    « Quand ? »\n  parti le : date\n    « Quand ? »\n  \
     postes : liste\n    « Lesquels ? »\n  postes.pris le : date\n    « Quand ? »\n  postes.quitté le : date\n    « Quand ? »";

/// What is counted from a date to one that never comes before it is not below zero.
#[test]
fn what_is_counted_between_dates_in_order_is_never_below_zero() {
    let paid = |rule: &str, counted: &str| {
        format!("{rule}financement prime\n  selon T\n  montant 100 € × ({counted})\n  une fois\n")
    };
    let rule = |exige: &str| format!("cohérence ordre\n  exige {exige}\n\n");
    let years = "entre embauché le et parti le en années entières";
    for (rule, counted) in [
        (rule("embauché le ≤ parti le"), years),
        (rule("parti le > embauché le"), years),
        (rule("embauché le ≤ parti le"), "entre embauché le et parti le en mois entiers"),
        // By way of a third date.
        (rule("embauché le ≤ muté le et muté le ≤ parti le"), years),
    ] {
        silent(DATES, &paid(&rule, counted));
    }
    // Under the condition of a line.
    silent(
        DATES,
        "financement prime\n  selon T\n  montant 100 € × (entre embauché le et parti le en années entières) si parti le ≥ embauché le\n  \
         montant 0 € dans les autres cas\n  une fois\n",
    );
    silent(
        DATES,
        "cohérence ordre des postes\n  exige tous les postes vérifient pris le ≤ quitté le\n\n\
         définition postes.mois tenus\n  vaut entre pris le et quitté le en mois entiers\n\n\
         financement prime\n  selon T\n  montant 100 € × somme de postes.mois tenus\n  une fois\n",
    );
    for rule in [
        String::new(),
        rule("parti le ≤ embauché le"),
        rule("embauché le ≤ muté le"),
        rule("embauché le ≤ muté le ou muté le ≤ parti le"),
    ] {
        let said = crate::said(DATES, &paid(&rule, years));
        assert!(said.iter().any(|one| one.code == "montant-negatif"), "{rule}{said:?}");
    }
}
