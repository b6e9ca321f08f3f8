//! Types: what may be compared, added, multiplied with what.

mistakes! {
    euros_plus_months: "types-incompatibles", "
critère coût
  exige budget + 6 mois ≥ 100 €
";
    amount_plus_percentage: "types-incompatibles", "
critère coût
  exige budget + 10 % ≥ 100 €
";
    amount_minus_percentage: "types-incompatibles", "
critère coût
  exige budget - part locale ≥ 100 €
";
    percentage_compared_with_a_date: "types-incompatibles", "
critère part
  exige part locale ≥ demande.déposée le
";
    months_compared_with_days: "types-incompatibles", "
critère durée
  exige engagement ≥ 30 jours
";
    months_plus_days: "types-incompatibles", "
critère durée
  exige engagement + préavis ≥ 6 mois
";
    percentage_compared_with_a_bare_number: "types-incompatibles", "
critère part
  exige part locale ≥ 10
";
    amount_compared_with_a_bare_number: "types-incompatibles", "
critère coût
  exige budget ≥ 10 000
";
    zero_needs_its_unit: "types-incompatibles", "
critère coût
  exige budget > 0
";
    duration_compared_with_a_bare_number: "types-incompatibles", "
critère durée
  exige engagement ≥ 6
";
    age_compared_with_years: "types-incompatibles", "
critère ancienneté
  exige entre demande.déposée le et date d'examen en années entières ≥ 2 ans
";
    number_compared_with_a_percentage: "types-incompatibles", "
critère taille
  exige population ≥ 10 %
";
    date_plus_a_bare_number: "types-incompatibles", "
critère délai
  exige demande.déposée le + 30 ≤ date d'examen
";
    amount_times_amount: "types-incompatibles", "
critère coût
  exige budget × budget ≥ 1 €
";
    truth_compared_with_a_number: "types-incompatibles", "
critère unité
  exige territoire.continu ≥ 1
";
    number_that_is_yes: "types-incompatibles", "
critère taille
  exige population est oui
";
    choice_compared_with_a_text: "types-incompatibles", "
critère ressort
  exige territoire.échelon est « canton »
";
    order_of_a_choice: "sans-ordre", "
critère ressort
  exige territoire.échelon ≥ canton
";
    order_of_texts: "sans-ordre", "
critère lieu
  exige commune < « Bordeaux »
";
    number_as_a_condition: "condition-attendue", "
critère taille
  exige population
";
    choice_as_a_condition: "condition-attendue", "
critère ressort
  exige territoire.échelon et territoire.continu
";
    opposite_of_a_number: "condition-attendue", "
critère taille
  exige non population
";
    sum_of_a_choice: "types-incompatibles", "
critère heures suffisantes
  exige somme d'adhérents.métier ≥ 3
";
    mixed_duration_compared: "duree-mixte", "
critère durée
  exige engagement ≥ 1 mois et 15 jours
";
    duration_within_months_without_unit: "types-incompatibles", "
critère délai
  exige demande.complète le est dans les population suivant demande.déposée le
";
    cap_in_another_unit: "types-incompatibles", "
critère coût
  exige (budget plafonné à 10) ≥ 5 €
";
    shares_of_two_units: "types-incompatibles", "
critère coût
  exige (budget au prorata de population sur surface × 1 €) ≥ 5 €
";
    rounding_a_number_in_euros: "arrondi", "
critère taille
  exige (surface arrondi à l'euro) ≥ 5
";
    least_of_two_units: "types-incompatibles", "
critère coût
  exige (le plus petit de budget, population) ≥ 5 €
";
    part_of_a_duration: "types-incompatibles", "
critère durée
  exige 10 % × engagement ≥ 1 mois
";
}

accepted! {
    quotients_are_numbers_and_percentages: "
critère parts
  exige
    - population ÷ 3 ≥ 10 %
    - population ÷ 3 ≥ 0,1
    - nombre d'adhérents ÷ 7 ≥ 10 %
    - budget ÷ 100 € ≥ 1
    - budget ÷ 100 € ≥ 50 %
    - 10 % de budget ≥ 3 €
    - 10 % de population ≥ 3
    - 1 000 × population ÷ 7 ≥ 1
";
    dates_and_durations: "
cohérence ordre
  exige demande.déposée le ≤ demande.complète le

critère dates
  exige
    - demande.complète le ≤ demande.déposée le + 6 mois
    - demande.complète le ≤ demande.déposée le + engagement
    - demande.complète le ≤ demande.déposée le + 1 mois et 15 jours
    - demande.complète le - demande.déposée le ≤ 30 jours
    - demande.complète le - préavis ≤ date d'examen
    - demande.complète le est dans les 6 mois suivant demande.déposée le
    - entre demande.déposée le et demande.complète le en mois entiers ≤ 6
    - premier jour du mois de demande.déposée le ≤ date d'examen
    - année de demande.déposée le est entre 2020 et 2030
    - engagement × 2 ≥ 12 mois
";
    adjustments: "
critère coûts
  exige
    - (budget augmenté de 10 % plafonné à 500 €) ≥ 3 €
    - budget majoré de 10 € ≥ 100 €
    - budget minoré de 10 % ≥ 100 €
    - (budget diminué de part locale) ≥ 3 €
    - (budget au prorata de population sur 100) ≥ 3 €
    - (part locale arrondi à 2 décimales) ≥ 3 %
    - (surface arrondi à l'unité) ≥ 3
";
    answers: "
critère réponses
  exige
    - territoire.continu est oui
    - territoire.rural est non
    - non territoire.rural
    - commune ≠ « Bordeaux »
    - commune n'est pas « Bordeaux »
    - territoire.fragilité est entre faible et moyenne
    - territoire.fragilité n'est pas forte
";
}
