//! Names: unknown, glued, ambiguous, reserved, taken twice.

mistakes! {
    name_one_letter_off: "nom-inconnu", "
critère taille
  exige populaton ≥ 10
";
    name_without_its_group: "nom-inconnu", "
critère unité
  exige continu
";
    name_with_another_accent: "nom-inconnu", "
critère délai
  exige demande.deposée le ≤ 1er mars 2025
";
    unknown_name_used_twice: "nom-inconnu", "
critère taille
  exige populaton ≥ 10

critère grande taille
  exige populaton ≥ 20
";
    name_that_nothing_resembles: "nom-inconnu", "
critère ressources
  exige trésorerie nette > 0 €
";
    name_with_a_capital: "nom-inconnu", "
critère taille
  exige Population ≥ 10
";
    unknown_name_silences_what_depends_on_it: "nom-inconnu", "
définition densité
  vaut populaton ÷ surface

critère taille
  exige
    - densité ≥ 10
    - densité est entre 5 et 6 mois
";
    missing_sign_between_two_names: "signe-manquant", "
critère taille
  exige territoire.continu population
";
    missing_sign_before_an_option: "signe-manquant", "
critère ressort
  exige territoire.échelon canton
";
    missing_comma_between_options: "signe-manquant", "
critère ressort
  exige territoire.échelon est soit commune canton
";
    missing_word_after_an_option: "signe-manquant", "
critère ressort
  exige territoire.échelon est canton territoire.continu
";
    missing_dont_after_a_list: "signe-manquant", "
critère médecins
  exige (nombre d'adhérents métier est médecin) ≥ 3
";
    missing_dont_after_what_is_summed: "signe-manquant", "
critère médecins
  exige (somme d'adhérents.heures métier est médecin) ≥ 3
";
    group_is_no_value: "groupe-sans-valeur", "
critère unité
  exige territoire
";
    list_is_no_value: "liste-sans-valeur", "
critère membres
  exige adhérents ≥ 3
";
    source_is_no_value: "nom-sans-valeur", "
critère légal
  exige loi
";
    option_misspelt: "option-inconnue", "
critère ressort
  exige territoire.échelon est départment
";
    option_that_the_list_does_not_have: "option-inconnue", "
critère ressort
  exige territoire.échelon est parmi canton, région
";
    option_of_a_scale_misspelt: "option-inconnue", "
critère fragilité
  exige territoire.fragilité ≥ moyene
";
    option_on_the_left: "option-a-gauche", "
critère fragilité
  exige moyenne ≤ territoire.fragilité
";
    option_alone: "nom-inconnu", "
critère ressort
  exige médecin
";
    option_given_twice: "option-en-double", "
critère ressort
  exige territoire.échelon est parmi canton, canton
";
    option_that_is_also_a_name_of_that_type: "nom-ambigu", "
dossier
  canton : parmi commune, canton, département
    « Quel échelon pour le canton ? »

critère ressort
  exige territoire.échelon est canton

critère autre ressort
  exige canton est commune
";
    text_without_guillemets: "nom-inconnu", "
critère lieu
  exige commune = Bordeaux
";
    truth_said_otherwise: "nom-inconnu", "
critère unité
  exige territoire.continu est vrai
";
    field_outside_its_list: "champ-hors-liste", "
critère métiers
  exige adhérents.métier est médecin
";
    bare_field_outside_its_list: "nom-inconnu", "
critère métiers
  exige métier est médecin
";
    field_that_has_the_name_of_a_fact: "nom-ambigu", "
dossier
  adhérents.population : entier
    « Combien d'habitants dessert-il ? »

définition grands
  vaut nombre d'adhérents dont population ≥ 100

critère taille
  exige
    - grands ≥ 1
    - (nombre d'adhérents dont adhérents.population ≥ 100) = 3
";
    list_misspelt: "nom-inconnu", "
critère membres
  exige nombre d'adhérants ≥ 3
";
    field_misspelt: "nom-inconnu", "
critère heures suffisantes
  exige somme d'adhérents.heure ≥ 3
";
    sum_of_a_whole_list: "champ-attendu", "
critère heures suffisantes
  exige somme d'adhérents ≥ 3
";
    count_of_a_field: "liste-attendue", "
critère heures suffisantes
  exige nombre d'adhérents.heures ≥ 3
";
    count_of_a_fact: "liste-attendue", "
critère habitants
  exige nombre de population ≥ 3
";
    two_items_of_one_name: "nom-en-double", "
critère taille
  exige population ≥ 10

définition taille
  vaut population
";
    fact_and_item_of_one_name: "nom-en-double", "
définition budget
  vaut 3
";
    criterion_of_the_name_of_a_definition: "nom-en-double", "
définition âge
  vaut population

critère âge
  exige âge ≥ 18
";
    two_facts_of_one_name: "nom-en-double", "
dossier
  surface : entier
    « Quelle surface ? »
";
    fact_under_a_fact: "fait-et-groupe", "
dossier
  commune.code : texte
    « Quel code ? »

critère lieu
  exige commune.code ≠ « »
";
    criterion_under_a_list: "nom-sous-une-liste", "
critère adhérents.assidus
  exige population ≥ 10
";
    list_in_a_list: "liste-dans-une-liste", "
dossier
  adhérents.actes : liste
    « Quels actes ? »
";
    key_of_the_dossier: "nom-reserve", "
définition lectures
  vaut population

critère taille
  exige lectures ≥ 1
";
    answer_as_an_option: "nom-reserve", "
dossier
  statut : parmi actif, inconnu
    « Quel statut ? »

critère activité
  exige statut est actif
";
    answer_as_a_fact: "nom-reserve", "
dossier
  logement.valeur : montant
    « Quelle valeur ? »

critère logement
  exige logement.valeur ≥ 10 €
";
    key_of_the_dossier_as_a_fact: "nom-reserve", "
dossier
  lectures.romans : entier
    « Combien ? »

critère romans
  exige lectures.romans ≥ 10
";
    reserved_word_in_a_name: "nom-reserve", "
définition population et surface
  vaut population ÷ surface

critère taille
  exige population et surface ≥ 10
";
    reserved_word_at_the_end_of_a_fact: "nom-reserve", "
dossier
  revenus et : montant
    « Combien ? »
";
    construction_at_the_start_of_a_name: "nom-reserve", "
définition nombre d'adhérents
  vaut population

critère taille
  exige nombre d'adhérents ≥ 10
";
    construction_of_a_period_at_the_start_of_a_name: "nom-reserve", "
dossier
  présence : période
    « Quelle période ? »
  jours de présence : durée en jours ≥ 0 jours
    « Combien de jours ? »

critère assiduité
  exige jours de présence ≥ 3 jours
";
    reserved_word_in_an_option: "nom-reserve", "
dossier
  mode : parmi seul, entre amis
    « Quel mode ? »

critère organisation
  exige mode est seul
";
    last_option_of_a_sentence: "virgule-manquante", "
dossier
  zone : parmi plaine, défavorisée ou montagne
    « Quelle zone ? »

critère relief
  exige zone est plaine
";
    type_as_a_name: "nom-reserve", "
définition durée en jours
  vaut préavis

critère préavis donné
  exige durée en jours ≥ 3 jours
";
    word_of_the_language_as_a_name: "nom-reserve", "
définition arrondi
  vaut population

critère taille
  exige arrondi ≥ 3
";
}

accepted! {
    names_that_hold_words_of_the_language: "
dossier
  nombre d'enfants : entier ≥ 0
    « Combien d'enfants ? »
  montant de l'aide : montant ≥ 0 €
    « Quelle aide ? »
  année de naissance : entier ≥ 1900
    « Quelle année ? »
  frais d'hébergement et de repas : montant ≥ 0 €
    « Quels frais ? »
  enfants de moins de 3 ans : entier ≥ 0
    « Combien de petits ? »
  non salarié : oui ou non
    « Est-il non salarié ? »
  père ou mère : oui ou non
    « Est-ce le père ou la mère ? »
  jours de présence : durée en jours ≥ 0 jours
    « Combien de jours ? »
  mois de naissance : entier entre 1 et 12
    « Quel mois ? »
  premier jour de congé : date
    « Quel jour ? »
  effective et permanente : oui ou non
    « La présence est-elle effective et permanente ? »
  public : parmi tous, moins de 50 ans, veuf et chargé de famille, seul
    « Quel public ? »

définition budget plafonné
  vaut le budget plafonné à 2 000 €

définition total arrondi
  vaut frais d'hébergement et de repas × 2 +
    montant de l'aide + budget plafonné
  arrondi à l'euro

critère foyer
  exige
    - le nombre  d’enfants ≥ 2 et enfants de moins de 3 ans ≤ nombre d'enfants
    - l'année de naissance ≤ 2000 et non non salarié et père ou mère
    - public est soit moins de 50 ans, soit veuf et chargé de famille
    - jours de présence ≥ 3 jours et mois de naissance ≤ 6 et premier jour de congé ≤ date d'examen
    - effective et permanente
    - total arrondi ≤ 10 000 € et (total arrondi +
      montant de l'aide) ≤ 20 000 €
";
    an_option_may_have_the_name_of_a_fact_of_another_type: "
dossier
  canton : texte
    « Quel canton ? »

critère ressort
  exige
    - territoire.échelon est canton
    - canton ≠ « »
";
    a_group_may_have_the_name_of_an_item: "
définition territoire
  vaut territoire.continu

critère unité
  exige territoire
";
    one_set_of_options_is_one_type: "
dossier
  métier du responsable : parmi médecin, infirmier
    « Quel est son métier ? »

critère métiers représentés
  exige il existe un adhérent dont métier est métier du responsable
";
    the_singular_of_a_list: "
critère métiers
  exige
    - aucun adhérent dont heures < 10
    - il existe un adhérent dont métier est infirmier
";
}

/// The header may say which source gives the date in force.
#[test]
fn the_header_cites_a_declared_source() {
    let text = |cited: &str| {
        format!(
            "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025
  selon {cited}

source avis « Un avis », document d'information

dossier
  âge : entier ≥ 0
    « Quel âge ? »

décision accord
  favorable si âge ≥ 18
"
        )
    };
    let codes = |cited: &str| -> Vec<&str> {
        let (_, found) = crate::shown(&text(cited));
        found.iter().map(|diagnostic| diagnostic.code).collect()
    };
    // Cited there alone, it is cited.
    assert_eq!(codes("avis"), [""; 0]);
    assert_eq!(codes("avus"), ["source-inconnue"]);
}

/// « aucun » names an option where no list follows it.
#[test]
fn an_option_that_is_none_is_read_wherever_an_option_is() {
    let text = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

dossier
  diplôme : parmi aucun, CAP, licence
  gardiens : liste
  gardiens.titre : parmi aucune, une

définition points
  vaut selon diplôme
    aucun : 0
    CAP, licence : 2

critère essai
  exige
    - diplôme n'est pas aucun
    - diplôme est aucun ou points ≥ 1
    - diplôme est parmi aucun, CAP
    - (nombre de gardiens dont titre n'est pas aucune) ≥ 2
    - aucun gardien dont titre est une

décision attribution
  favorable si tous les critères sont remplis
";
    let (shown, found) = crate::shown(text);
    assert!(!found.iter().any(conforme::diagnostic::Diagnostic::is_error), "{shown}");
}
