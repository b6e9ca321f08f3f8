//! Lists: elements, definitions of each element, ranks.

mistakes! {
    rank_outside_a_list: "champ-hors-liste", "
critère rang
  exige rang selon population ≤ 3
";
    element_of_another_list: "champ-hors-liste", "
dossier
  actes : liste
    « Quels actes ? »
  actes.durée : nombre
    « Quelle durée ? »

critère actes longs
  exige (nombre d'actes dont durée ≥ adhérents.heures) = 0
";
    definition_of_each_element_read_outside: "champ-hors-liste", "
définition adhérents.ancienneté
  vaut entre installé le et date d'examen en années entières

critère ancienneté
  exige adhérents.ancienneté ≥ 3
";
    definition_of_each_element_of_a_list_misspelt: "nom-inconnu", "
définition adhérent.ancienneté
  vaut entre installé le et date d'examen en années entières

critère ancienneté
  exige population ≥ 3 ou adhérent.ancienneté ≥ 3
";
    property_that_is_no_condition: "condition-attendue", "
critère heures suffisantes
  exige tous les adhérents vérifient heures
";
}

accepted! {
    aggregates: "
définition adhérents.ancienneté
  vaut entre installé le et date d'examen en années entières

définition adhérents.place
  vaut rang selon installé le

définition médecins
  vaut nombre d'adhérents dont métier est médecin et heures > 10

critère aggrégats
  exige
    - somme d'adhérents.heures ≥ 10
    - (somme d'adhérents.ancienneté dont métier est médecin) ≥ 10
    - tous les adhérents dont métier est médecin vérifient ancienneté ≥ 3
    - il existe un adhérent dont place = 1 et adhérents.ancienneté ≥ 5
    - médecins ≥ 2
";
}
