//! Items: sources, decision, loops, parameters, readings, conditions of facts, things never used.

mistakes! {
    source_that_is_not_declared: "source-inconnue", "
critère taille
  selon lois, art. 2
  exige population ≥ 10
";
    source_that_nothing_resembles: "source-inconnue", "
critère taille
  selon décret « Dix habitants. »
  exige population ≥ 10
";
    source_never_cited: "source-jamais-citee", "
source décret « Décret du 2 janvier 2025 », texte opposable
";
    criterion_that_no_decision_uses: "critere-sans-effet", "
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  population : entier ≥ 0
    « Combien d'habitants ? »

critère taille
  exige population ≥ 10

critère petite taille
  exige population ≤ 1 000

financement aide au démarrage
  prévu si petite taille
  montant 10 000 €

décision aide
  favorable si taille
";
    no_decision: "decision-absente", "
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  population : entier ≥ 0
    « Combien d'habitants ? »

critère taille
  exige population ≥ 10
";
    in_force_until_before_it_begins: "periode-a-l-envers", "
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025 jusqu'au 31 décembre 2024

dossier
  population : entier ≥ 0
    « Combien d'habitants ? »

décision aide
  favorable si population ≥ 10
";
    second_decision: "decision-en-double", "
décision refus
  favorable si population ≥ 10
";
    definition_that_uses_itself: "boucle", "
définition effectif
  vaut effectif + 1

critère taille
  exige effectif ≥ 3
";
    definitions_that_use_one_another: "boucle", "
définition effectif
  vaut population - réserve

définition réserve
  vaut effectif ÷ 2

critère taille
  exige réserve ≥ 3
";
    criterion_that_reads_all_criteria: "boucle", "
critère ensemble
  exige tous les critères sont remplis
";
    criteria_that_read_one_another: "boucle", "
critère réserve
  exige seuil

critère seuil
  exige réserve ou territoire.rural
";
    decision_read_by_a_criterion: "boucle", "
critère ensemble
  exige aide ou territoire.rural
";
    fact_asked_after_itself: "boucle", "
dossier
  ancien : oui ou non, si actif
    « Ancien ? »
  actif : oui ou non, si ancien
    « Actif ? »

critère activité
  exige territoire.continu
  sauf si territoire.rural
";
    condition_of_a_fact_reads_a_definition: "faits-seulement", "
définition grande
  vaut population ≥ 1 000

dossier
  maire : texte, si grande
    « Qui est maire ? »
";
    coherence_reads_a_definition: "faits-seulement", "
définition grande
  vaut population ≥ 1 000

cohérence taille
  exige grande ou surface < 10
";
    definition_never_read: "jamais-lu", "
définition densité
  vaut population
";
    parameter_never_read: "jamais-lu", "
paramètre seuil
  selon loi
  vaut 10
";
    reading_never_read: "jamais-lu", "
lecture base
  « Quelle base ? »
  - tous : selon loi « tous »
  - certains : selon loi « certains »
";
    fact_never_read: "jamais-lu", "
dossier
  altitude : entier
    « Quelle altitude ? »
";
    field_never_read: "jamais-lu", "
dossier
  adhérents.âge : entier
    « Quel âge ? »
";
    bounds_that_leave_nothing: "bornes-vides", "
dossier
  altitude : entier ≥ 10 < 5
    « Quelle altitude ? »
";
    bound_of_another_unit: "types-incompatibles", "
dossier
  prix : montant ≥ 0
    « Quel prix ? »
";
    bound_that_is_no_constant: "constante-attendue", "
dossier
  altitude : entier ≥ population
    « Quelle altitude ? »
";
    unique_outside_a_list: "unique-hors-liste", "
dossier
  code : texte, unique
    « Quel code ? »
";
    label_that_is_empty: "libelle-vide", "
dossier
  code « » : texte
    « Quel code ? »
";
    label_that_is_a_question: "libelle-question", "
dossier
  code « Quel code ? » : texte
";
    label_that_is_too_long: "libelle-trop-long", "
dossier
  code « code de la commune où le projet est mené, tel que le tient l'Insee » : texte
    « Quel code ? »
";
    labels_that_are_the_same: "libelle-en-double", "
dossier
  code « code de la commune » : texte
    « Quel code ? »
  numéro « Code de la commune » : texte
    « Quel numéro ? »
";
    label_that_another_path_makes: "libelle-en-double", "
dossier
  projet.signé le : date
    « Quand ? »
  signature « projet signé le » : date
    « Quand ? »
";
    parameter_that_is_computed: "constante-attendue", "
paramètre seuil
  selon loi
  vaut population

critère taille
  exige population ≥ seuil
";
    parameter_with_two_values_on_a_day: "periodes-en-double", "
paramètre seuil
  selon loi
  vaut 10 depuis le 1er janvier 2025
  vaut 20 depuis le 1er janvier 2025

critère taille
  exige population ≥ seuil
";
    parameter_without_a_value_at_first: "periode-sans-valeur", "
paramètre seuil
  selon loi
  vaut 10 depuis le 1er mars 2025

critère taille
  exige population ≥ seuil
";
    parameter_of_two_sorts: "types-incompatibles", "
paramètre seuil
  selon loi
  vaut 10 depuis le 1er janvier 2025
  vaut 20 % depuis le 1er janvier 2026

critère taille
  exige population ≥ seuil
";
    value_at_a_date_of_no_parameter: "parametre-attendu", "
critère taille
  exige (population à la date de demande.déposée le) ≥ 10
";
    bullets_that_ask_nothing: "quantite", "
critère services
  exige au plus 2 de
    - territoire.continu
    - territoire.rural
";
    unknown_source_cited_twice: "source-inconnue", "
critère taille
  selon décret, art. 1 « Dix habitants. »
  selon décret, art. 2 « Dix habitants au moins. »
  exige population ≥ 10
";
    too_many_readings: "trop-de-lectures", "
lecture a
  « A ? »
  - oui pour a : selon loi « a »
  - sans a : selon loi « a »
lecture b
  « B ? »
  - tous b : selon loi « b »
  - aucuns b : selon loi « b »
  - quelques b : selon loi « b »
lecture c
  « C ? »
  - tous c : selon loi « c »
  - quelques c : selon loi « c »
  - autres c : selon loi « c »
lecture d
  « D ? »
  - tous d : selon loi « d »
  - quelques d : selon loi « d »
  - autres d : selon loi « d »
  - restants d : selon loi « d »

critère quatre lectures
  exige a est sans a ou b est tous b ou c est tous c ou d est tous d
";
    obligation_met_by_a_number: "types-incompatibles", "
obligation dépôt
  selon loi
  au plus tard demande.déposée le + 6 mois
  remplie par population
";
    obligation_due_on_an_amount: "types-incompatibles", "
obligation dépôt
  selon loi
  au plus tard budget
  remplie par demande.complète le
";
}

accepted! {
    items_read_one_another: "
mission accueil
  prévue si territoire.rural

objectif couverture
  vise population ≥ 3

financement aide à l'accueil
  prévu si
    - aide
    - accueil
  montant 10 000 €
  une fois

financement complément
  prévu si aide à l'accueil et couverture
  montant (montant de aide à l'accueil) ÷ 2
  arrondi au centime

obligation compte rendu
  si complément
  au plus tard demande.déposée le + 1 an
  remplie par demande.complète le
";
    a_field_asked_under_a_condition: "
dossier
  adhérents.cabinet : texte, si métier est médecin
    « Quel cabinet ? »
  horaires : liste, si territoire.rural
    « Quels horaires ? »
  horaires.jour : texte
    « Quel jour ? »

critère cabinets
  exige tous les adhérents dont métier est médecin vérifient cabinet ≠ « »

critère ouverture
  exige territoire.rural et il existe un horaire dont jour = « lundi »
";
    a_criterion_read_by_another_counts: "
dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  population : entier ≥ 0
    « Combien d'habitants ? »

critère taille
  exige population ≥ 10

critère ensemble
  exige taille

définition tenue
  vaut ensemble

décision aide
  favorable si tenue
";
    facts_with_a_label: "
dossier
  projet.rives « rives du projet » : entier ≥ 0
    « Combien de rives ? »
  rives : liste
    « Lesquelles ? »
  rives.code « rives du projet » : texte, unique
    « Quel code ? »

critère taille
  exige
    - projet.rives ≥ 1
    - nombre de rives ≥ 1
";
    definitions_in_any_order: "
définition densité
  vaut effectif ÷ 7

définition effectif
  vaut population + 1

critère taille
  exige densité ≥ 3
";
    a_parameter_at_a_date: "
paramètre seuil
  selon loi
  vaut 10 depuis le 1er janvier 2025
  vaut 20 depuis le 1er janvier 2026

critère taille
  exige
    - population ≥ seuil
    - population ≥ (seuil à la date de demande.déposée le)
";
}
