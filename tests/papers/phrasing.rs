//! How letters say things: by the rules of French, and with each figure beside what it is of.

use conforme::check::check;
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::papers;
use conforme::source::SourceFile;
use conforme::time::Date;

use crate::grounds::{hides, noted, says, told, under};
use crate::{agency, each, letter, plain, shelf};

#[test]
fn a_right_that_is_a_quantity_is_told_as_one() {
    // Two children with a disability: three days and twice two; of a parent alone, ten.
    for (start, said) in [
        ("16-", "Sont ouverts : 7 jours de répit."),
        ("06-", "Sont ouverts : 10 jours de répit."),
        (
            "isole-ou-non",
            "Sont ouverts : entre 5 jours et 10 jours de répit, [à compléter : valeur arrêtée].",
        ),
    ] {
        says(under(&told("alr", start), "## Décision"), &[said]);
    }
}

#[test]
fn what_is_not_there_is_none() {
    says(
        &told("ess", "31-"),
        &[
            "Aucun adhérent, alors qu'il en faut au moins 2 selon la lecture « plusieurs médecins », ou au moins un selon « un médecin suffit ».",
        ],
    );
    says(
        under(&told("alr", "01-"), "### Jours de répit : sans objet"),
        &["Aucun enfant (situation : handicap), alors qu'il en faut au moins un."],
    );
    each(|name, of| {
        let text = plain(&crate::letter(&of, agency()));
        let zero = |line: &&str| line.trim_start().starts_with("- Nombre d") && line.contains(" : 0, alors");
        assert_eq!(text.lines().find(zero), None, "{name}");
    });
}

#[test]
fn each_slice_is_told() {
    for (start, said) in [
        // 70 % up to 10 000 €, then 50 % up to 30 000 €, nothing above.
        (
            "02-",
            "dépenses retenues (12 345,67 €), soit par tranches 10 000 € × 70 % + 2 345,67 € × 50 %, le tout arrondi au centime.",
        ),
        (
            "08-",
            "dépenses retenues (40 000 €), soit par tranches 10 000 € × 70 % + 20 000 € × 50 % + 10 000 € × 0 %.",
        ),
        ("01-", "Calcul : dépenses retenues (8 000 €) × 70 %."),
    ] {
        says(&told("csq", start), &[said]);
    }
}

#[test]
fn what_is_done_to_an_amount_agrees_with_nothing_and_has_its_figure() {
    says(
        &told("csq", "01-"),
        &[
            "Calcul : dotation de base (10 000 €), le tout augmenté de 20 % (majoration).",
            "Calcul : heures retenues pour tous les professionnels (62,5) × taux horaire à la date « engagement signé » (52 €).",
        ],
    );
    // Which line of a scale gives each figure that has a name: 4 000 inhabitants, a quarter in great want.
    says(
        under(&told("csq", "01-"), "### Dotation de fonctionnement"),
        &[
            "Dotation de base : 10 000 € – habitants du quartier : 4 000 (au plus 4 000).",
            "Majoration : 20 % – précarité : forte.",
        ],
    );
    // Five days at 60 €, for costs of 420 €.
    says(
        &told("alr", "05-"),
        &[
            "frais d'hébergement et de repas (420 €), le tout plafonné à 60 € par jour × jours de répit (300 €).",
        ],
    );
    // Eight whole months from January to August.
    says(
        &told("alr", "02-"),
        &[
            "Calcul : 250 € × mois entiers de résidence dans l'année de réception de la demande (8) ÷ 12, le tout arrondi au centime.",
        ],
    );
}

#[test]
fn why_a_case_of_a_rule_does_not_apply_is_told() {
    // No physician under 35, one under 45.
    says(
        under(&told("csq", "01-"), "### Prime de renouvellement : 2 000 €"),
        &[
            "Le cas qui précède dans la règle ne s'applique pas – aucun professionnel (métier : médecin et âge : moins de 35), alors qu'il en faut au moins un.",
            "Médecins de moins de 45 ans : 1 (au moins 1).",
        ],
    );
    says(
        under(&told("csq", "03-"), "### Prime de renouvellement : 500 €"),
        &[
            "Les cas qui précèdent dans la règle ne s'appliquent pas – aucun professionnel (métier : médecin et âge : moins de 35)",
        ],
    );
    // What is no exception to the one before is tried first; an exception is told where it applies.
    hides(&told("alr", "05-"), &["dans la règle ne s'applique"]);
}

#[test]
fn of_a_formula_it_is_said_whether_it_is_so() {
    says(
        &told("csq", "01-"),
        &[
            "Pour chaque professionnel, 3 mois écoulés depuis « installation dans le quartier » à la date d'examen : c'est le cas.",
        ],
    );
}

#[test]
fn what_is_asked_for_first_is_what_is_missing() {
    // Whether there are consultations on Saturdays tells whether their number is asked for.
    says(under(&told("csq", "06-"), "### Prime du samedi"), &["Il manque : « consultations le samedi »."]);
    hides(&told("csq", "06-"), &["Il manque : « samedis assurés par an »"]);
}

#[test]
fn of_a_list_that_is_missing_choices_are_listed_and_the_texts_that_want_it_are_quoted() {
    let text = told("csq", "14-");
    says(
        under(&text, "## Pièces et informations à fournir"),
        &[
            "métier (« médecin », « infirmier », « pharmacien », « kinésithérapeute » ou « sage-femme »)",
            "demandé pour « équipe » et « ancienneté dans le quartier », et pour calculer « indemnité de coordination » et « prime de renouvellement »",
        ],
    );
    says(
        under(&text, "## Textes qui les exigent"),
        &[
            "Pour le critère « équipe »",
            "Pour le financement « indemnité de coordination »",
            "art. 7 (texte opposable)",
        ],
    );
    says(&told("alr", "enfants-inconnus"), &["inscrit (par oui ou par non)"]);
    // A condition of the decision has its text too, and a passage is quoted once.
    says(
        under(&told("ess", "18-"), "## Textes qui les exigent"),
        &["Pour la condition « ensemble de professionnels »"],
    );
    each(|name, of| {
        let text = plain(&crate::letter(&of, agency()));
        let Some((_, after)) = text.split_once("## Textes qui les exigent") else { return };
        let asked = after.split("\n##").next().unwrap_or(after);
        for line in asked.lines().filter(|line| line.contains("(texte opposable)")) {
            assert_eq!(asked.matches(line.trim()).count(), 1, "{name} : {line}");
        }
    });
}

#[test]
fn nothing_that_is_kept_for_the_signatory_is_named_in_a_question() {
    each(|name, of| {
        let text = plain(&crate::letter(&of, agency()));
        assert!(!text.contains("fonds des communes"), "{name}");
    });
}

#[test]
fn nothing_to_pay_is_nothing_owed() {
    let text = told("alr", "11-");
    says(under(&text, "## Décision"), &["Vous n'avez pas à acquitter : participation de la famille."]);
    hides(&text, &["Vous devez acquitter"]);
}

#[test]
fn an_author_is_named_as_the_dossier_names_it() {
    // « directeur de l'agence » has no article of its own.
    says(
        &told("csq", "08-"),
        &[
            "a été accordée (directeur de l'agence) au motif suivant : « le quartier manque de kinésithérapeutes ».",
        ],
    );
    each(|name, of| {
        let text = plain(&crate::letter(&of, agency()));
        for wrong in ["accordée par directeur", "par ARS"] {
            assert!(!text.contains(wrong), "{name} : {wrong}");
        }
    });
}

#[test]
fn a_refusal_agrees_with_what_is_refused() {
    says(&told("csq", "03-"), &["### Aide à l'équipement : non accordée"]);
    says(&told("ess", "27-"), &["### Crédit d'amorçage : non accordé\n"]);
}

#[test]
fn notes_of_readings_and_of_definitions_are_for_who_signs() {
    let note = noted("ess", "01-");
    says(
        &note,
        &[
            "Note de l'auteur du texte, sur la lecture « composition de l'équipe » : « Le pluriel de la loi",
            "Note de l'auteur du texte, sur « taux d'adhésion » : « Aucun professionnel à compter",
        ],
    );
    hides(&told("ess", "01-"), &["Le pluriel de la loi", "Aucun professionnel à compter"]);
}

#[test]
fn what_comes_to_nothing_is_not_owed() {
    let case = shelf().cases("alr").find(|case| case.name.starts_with("05-")).unwrap();
    let answers = case.file.text().replace("repas: 420 €", "repas: 0 €");
    assert_ne!(answers, case.file.text());
    let decided = shelf().decide(&SourceFile::new("d.yaml", &answers), None).unwrap();
    let text = plain(&letter(&decided, agency()));
    says(
        under(&text, "## Décision"),
        &[
            "Sont dues : aide à l'accueil, 480 € ; prime de rentrée, 166,67 €, une fois.",
            "Ne donne lieu à aucun versement : prise en charge du répit.",
        ],
    );
}

#[test]
fn small_counts_are_words() {
    says(
        &told("csq", "01-"),
        &[
            "Deux conditions réunies sur trois (il en faut au moins deux) – consultations après vingt heures : oui",
        ],
    );
    says(&told("ess", "23-"), &["Les textes divergent sur deux points déterminants."]);
    says(
        &told("csq", "medecin-ou-pharmacien"),
        &["Quelles que soient les réponses qui manquent, une condition au moins n'est pas remplie"],
    );
}

/// A right in days, of which there may be one, and a reduction by what has a name.
const DAYS: &str = "\
dispositif congé « Jours accordés (fiction) »
  en vigueur depuis le 1er janvier 2024

source arrêté « Arrêté fictif du 4 mars 2023 », texte opposable

dossier
  enfants : entier ≥ 0
    « Combien d'enfants y a-t-il ? »
  abattement : pourcentage entre 0 % et 100 %
    « De combien le prix est-il réduit ? »

résultat jours accordés
  selon arrêté « un jour par enfant »
  vaut enfants
  en jours

financement prise en charge
  selon arrêté « 100 € par enfant, moins l'abattement »
  montant 100 € × enfants diminué d'abattement
  arrondi à l'euro
";

#[test]
fn one_is_singular_and_what_has_a_name_is_told_by_its_figure() {
    let policy = check(&SourceFile::new("conge.pol", DAYS)).policy.unwrap();
    let answers = "dossier: Martin\nenfants: 1\nabattement: 25 %\n";
    let dossier = dossier::read(answers.as_bytes(), "d.yaml", &policy).unwrap();
    let request = Request { examined_on: Date::new(2025, 10, 1).unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    let text = plain(&papers::letter(&policy, &dossier, &decision, agency()).markdown());
    says(
        &text,
        &["Est ouvert : 1 jour accordé.", "100 € × enfants (1), le tout diminué de 25 % (abattement)."],
    );
}

/// Criteria that are met, one and either of two others, some of which wait for the same answer.
const EITHER: &str = "\
dispositif choix « Choix (fiction) »
  en vigueur depuis le 1er janvier 2025

source texte « Texte fictif du 4 mars 2023 », texte opposable

dossier
  a : oui ou non
    « A ? »
  b : oui ou non
    « B ? »
  revenu : montant ≥ 0 €
    « Revenu ? »

critère socle
  selon texte « a, ou 50 € »
  exige l'un de
    - a
    - revenu ≥ 50 €

critère voie
  selon texte « b »
  exige b

critère plafond
  selon texte « 100 € »
  exige revenu ≤ 100 €

décision accord
  favorable si
    - socle
    - voie ou plafond
";

#[test]
fn what_waits_for_an_answer_is_named_and_not_quoted_from_the_text() {
    let policy = check(&SourceFile::new("choix.pol", EITHER)).policy.unwrap();
    let dossier = dossier::read("dossier: T\na: non\n".as_bytes(), "d.yaml", &policy).unwrap();
    let request = Request { examined_on: Date::new(2025, 5, 5).unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    let text = plain(&papers::letter(&policy, &dossier, &decision, agency()).markdown());
    says(&text, &["demandé pour « voie »", "demandé pour « socle » et « plafond »"]);
    hides(&text, &["favorable si"]);
}
