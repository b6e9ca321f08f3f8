//! Values: cases, scales, amounts, ranges.

mistakes! {
    cases_of_two_sorts: "types-incompatibles", "
définition forfait
  vaut 10 €  si territoire.rural
  vaut 5     dans les autres cas

critère forfait minimal
  exige forfait ≥ 3 €
";
    scale_by_a_text: "types-incompatibles", "
définition forfait
  vaut selon commune
    jusqu'à 3 : 10 €
    au-delà   : 20 €

critère forfait minimal
  exige forfait ≥ 3 €
";
    scale_with_bounds_of_another_unit: "types-incompatibles", "
définition forfait
  vaut selon budget
    jusqu'à 100    : 10 €
    plus de 100 €  : 20 €

critère forfait minimal
  exige forfait ≥ 3 €
";
    scale_with_an_unknown_option: "option-inconnue", "
définition forfait
  vaut selon territoire.échelon
    commune     : 10 €
    cantton     : 20 €
    département : 30 €

critère forfait minimal
  exige forfait ≥ 3 €
";
    beyond_what: "au-dela", "
définition forfait
  vaut selon population
    au-delà : 10 €

critère forfait minimal
  exige forfait ≥ 3 €
";
    slices_of_amounts: "types-incompatibles", "
définition forfait
  vaut selon budget par tranches
    jusqu'à 100 € : 10 €
    au-delà       : 20 €

critère forfait minimal
  exige forfait ≥ 3 €
";
    amount_without_euros: "types-incompatibles", "
financement aide forfaitaire
  selon loi
  prévu si aide
  montant 10 000
  une fois
";
    range_upside_down: "fourchette-vide", "
financement dotation
  selon loi
  montant entre 100 000 € et 50 000 €
  chaque année
";
    range_read_in_a_condition: "fourchette-dans-une-condition", "
financement dotation
  selon loi
  montant entre 50 000 € et 100 000 €
  chaque année

critère coût
  exige montant de dotation ≤ 80 000 €
";
    range_read_in_a_condition_by_way_of_a_definition: "fourchette-dans-une-condition", "
critère coût
  exige coût annuel ≤ 80 000 €

définition coût annuel
  vaut montant de dotation + 10 €

financement dotation
  selon loi
  montant entre 50 000 € et 100 000 €
  chaque année
";
    amount_of_no_financing: "financement-attendu", "
critère coût
  exige montant de budget ≤ 80 000 €
";
}

accepted! {
    cases_and_scales: "
définition forfait
  vaut selon territoire.échelon
    commune             : 10 €
    canton, département : 20 €

définition supplément
  vaut selon territoire.fragilité
    jusqu'à moyenne : 0 %
    au-delà         : 20 %

définition base
  vaut selon population
    moins de 1 000        : 100 €
    de 1 000 à 4 999      : 200 €
    à partir de 5 000     : 300 €

définition taux
  vaut population ÷ 7  si territoire.rural
  vaut 10 %            dans les autres cas

financement dotation
  selon loi
  prévu si taux ≥ 5 %
  montant entre forfait et base  si territoire.continu et base ≥ 200 €
  montant base augmenté de supplément dans les autres cas
  plafonné à 10 000 €
  arrondi à l'euro
  chaque année
  pendant 3 ans

financement tranches
  selon loi
  montant selon budget par tranches
    jusqu'à 1 000 € : 10 %
    au-delà         : 5 %
  arrondi au centime
";
}
