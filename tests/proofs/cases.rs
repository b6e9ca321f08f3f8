//! Lines of cases exclude one another and cover everything.

use crate::{said, silent};

const FACTS: &str = "  effectif : entier ≥ 0
  urbain : oui ou non
  montagne : oui ou non";

#[test]
fn comparisons_with_constants() {
    silent(
        FACTS,
        "définition taille\n  vaut 1  si effectif < 10\n  vaut 2  si effectif ≥ 10 et effectif < 20\n  vaut 3  si effectif ≥ 20",
    );
    silent(
        FACTS,
        "définition taille\n  vaut 1  si effectif ≤ 9\n  vaut 2  si effectif est entre 10 et 19\n  vaut 3  si effectif > 19",
    );
    silent(FACTS, "définition taille\n  vaut 1  si effectif + 3 < 10\n  vaut 2  si effectif ≥ 7");
    shown!(FACTS, "définition taille\n  vaut 1  si effectif < 10\n  vaut 2  si effectif > 5");
    shown!(FACTS, "définition taille\n  vaut 1  si effectif < 10\n  vaut 2  si effectif > 10");
}

#[test]
fn truths() {
    silent(
        FACTS,
        "définition prime\n  vaut 1  si urbain et montagne\n  vaut 2  si urbain et non montagne\n  vaut 3  si non urbain",
    );
    shown!(
        FACTS,
        "définition prime\n  vaut 1  si urbain\n  vaut 2  si montagne\n  vaut 3  dans les autres cas"
    );
    shown!(
        FACTS,
        "définition prime\n  vaut 1  si urbain et montagne\n  vaut 2  si non urbain et non montagne"
    );
}

#[test]
fn a_definition_is_seen_through() {
    silent(
        FACTS,
        "définition isolé\n  vaut montagne et non urbain\ndéfinition prime\n  vaut 1  si isolé\n  vaut 2  si urbain\n  vaut 3  si non urbain et non montagne",
    );
}

#[test]
fn a_cascade_is_read_in_order() {
    silent(
        FACTS,
        "définition taille\n  vaut 3  si effectif > 20\n  vaut 2  sinon si effectif > 10\n  vaut 1  sinon",
    );
    shown!(FACTS, "définition taille\n  vaut 3  si effectif > 20\n  vaut 2  sinon si effectif > 10");
}

#[test]
fn choices_and_readings() {
    let facts =
        "  zone : parmi rouge, orange, verte\n  niveau : parmi bas < moyen < haut\n  effectif : entier ≥ 0";
    silent(facts, "définition d\n  vaut 1  si zone est soit rouge, soit orange\n  vaut 2  si zone est verte");
    silent(facts, "définition d\n  vaut 1  si niveau < moyen\n  vaut 2  si niveau ≥ moyen");
    shown!(facts, "définition d\n  vaut 1  si zone est rouge\n  vaut 2  si zone est orange");
    shown!(facts, "définition d\n  vaut 1  si niveau ≥ moyen\n  vaut 2  si niveau ≤ moyen");
    let reading =
        "lecture base du seuil\n  - libéraux : selon T « les libéraux »\n  - tous : selon T « tous »\n";
    shown!(
        facts,
        &format!(
            "{reading}définition d\n  vaut 1  si base du seuil est libéraux et effectif = 0\n  vaut 2  si base du seuil est tous\n  vaut 3  si effectif ≤ 4\n  vaut 4  dans les autres cas"
        )
        .replace("vaut 2  si base du seuil est tous\n", "vaut 2  si base du seuil est tous et effectif > 4\n")
    );
}

#[test]
fn texts() {
    let facts = "  spécialité : texte";
    silent(
        facts,
        "définition d\n  vaut 1  si spécialité = « cardiologie »\n  vaut 2  si spécialité ≠ « Cardiologie »",
    );
    shown!(
        facts,
        "définition d\n  vaut 1  si spécialité = « cardiologie »\n  vaut 2  si spécialité = « pneumologie »"
    );
}

#[test]
fn two_quantities() {
    let facts = "  arrivées : entier ≥ 0\n  départs : entier ≥ 0";
    silent(facts, "définition d\n  vaut 1  si arrivées < départs\n  vaut 2  si départs ≤ arrivées");
    silent(
        facts,
        "définition d\n  vaut 1  si arrivées < départs\n  vaut 2  si arrivées = départs\n  vaut 3  si arrivées > départs",
    );
    silent(
        facts,
        "définition d\n  vaut 1  si arrivées < départs\n  vaut 2  si arrivées ≥ départs et arrivées < 2 × départs\n  vaut 3  si arrivées ≥ 2 × départs et arrivées ≥ départs",
    );
    shown!(facts, "définition d\n  vaut 1  si arrivées < départs\n  vaut 2  si arrivées > départs");
}

#[test]
fn dates() {
    let facts = "  reçue le : date\n  signée le : date";
    silent(
        facts,
        "définition d\n  vaut 1  si reçue le < 1er janvier 2025\n  vaut 2  si reçue le ≥ 1er janvier 2025",
    );
    silent(
        facts,
        "définition d\n  vaut 1  si reçue le < 1er janvier 2025\n  vaut 2  si reçue le > 31 décembre 2024",
    );
    silent(
        facts,
        "définition d\n  vaut 1  si reçue le < signée le\n  vaut 2  si reçue le est dans les 6 mois suivant signée le\n  vaut 3  si reçue le > signée le + 6 mois",
    );
    shown!(
        facts,
        "définition d\n  vaut 1  si reçue le < 1er janvier 2025\n  vaut 2  si reçue le > 1er janvier 2025"
    );
    shown!(
        facts,
        "définition d\n  vaut 1  si reçue le est dans les 6 mois suivant signée le\n  vaut 2  si reçue le > signée le + 6 mois"
    );
}

#[test]
fn dated_parameters() {
    let facts = "  ressources : montant ≥ 0 €";
    let ceiling = "paramètre plafond\n  vaut 10 000 € depuis le 1er janvier 2024\n  vaut 12 000 € depuis le 1er janvier 2026\n";
    silent(
        facts,
        &format!(
            "{ceiling}définition d\n  vaut 1  si ressources < plafond\n  vaut 2  si ressources ≥ plafond et ressources < 2 × plafond\n  vaut 3  si ressources ≥ 2 × plafond"
        ),
    );
    shown!(
        facts,
        &format!(
            "{ceiling}définition d\n  vaut 1  si ressources < plafond\n  vaut 2  si ressources > plafond"
        )
    );
    // Right with the first value only.
    shown!(
        facts,
        &format!(
            "{ceiling}définition d\n  vaut 1  si ressources ≤ plafond\n  vaut 2  si ressources > 10 000 €"
        )
    );
}

#[test]
fn counts() {
    let facts = "  membres : liste\n  membres.exercice : parmi libéral, salarié";
    silent(
        facts,
        "définition d\n  vaut 1  si il existe un membre dont exercice est libéral\n  vaut 2  si (nombre de membres dont exercice est libéral) = 0",
    );
    silent(
        facts,
        "définition d\n  vaut 1  si nombre de membres = 0\n  vaut 2  si il existe un membre dont exercice est libéral\n  vaut 3  si nombre de membres > 0 et aucun membre dont exercice est libéral",
    );
}

#[test]
fn quantified_bullets() {
    silent(
        FACTS,
        "définition d\n  vaut 1  si au moins un\n  vaut 2  si aucun des deux\ndéfinition au moins un\n  vaut urbain ou montagne\ndéfinition aucun des deux\n  vaut non (urbain ou montagne)"
            .replace("aucun des deux", "ni l'autre")
            .replace("au moins un", "une zone")
            .as_str(),
    );
}

#[test]
fn the_condition_of_the_item_is_in_force() {
    silent(
        FACTS,
        "financement prime\n  si effectif ≥ 1\n  montant 100 €  si effectif est entre 1 et 9\n  montant 200 €  si effectif ≥ 10",
    );
    shown!(
        FACTS,
        "financement prime\n  montant 100 €  si effectif est entre 1 et 9\n  montant 200 €  si effectif ≥ 10"
    );
}

#[test]
fn coherence_is_taken_into_account() {
    let facts = "  médecins : entier ≥ 0\n  médecins libéraux : entier ≥ 0";
    let cases =
        "définition d\n  vaut 1  si médecins libéraux < médecins\n  vaut 2  si médecins libéraux = médecins";
    silent(facts, &format!("cohérence effectifs\n  exige médecins libéraux ≤ médecins\n{cases}"));
    shown!(facts, cases);
}

#[test]
fn an_overlap_and_a_gap_are_two_mistakes() {
    let codes: Vec<&str> = said(FACTS, "définition d\n  vaut 1  si urbain\n  vaut 2  si montagne")
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(codes, ["cas-qui-se-recouvrent", "cas-oublie"]);
}

#[test]
fn what_every_dossier_settles() {
    shown!(FACTS, "critère effectif suffisant\n  exige effectif ≥ 0");
    shown!("  part : pourcentage ≥ 0 % ≤ 100 %", "objectif part suffisante\n  vise part > 100 %");
}

#[test]
fn an_example_gives_answers_and_no_value_that_follows_from_them() {
    let facts = "  effectif : entier ≥ 0\n  autres : entier ≥ 0";
    // The square of a whole number from 4 on is 16 at least: the first and the last line, never the first two.
    let square = "définition carré\n  vaut effectif × effectif\ndéfinition taille\n  vaut 1  si carré > 9\n  vaut 2  si effectif ≤ 3\n  vaut 3  si effectif ≥ 4";
    shown!(facts, square);
    // No two whole numbers have seven as the difference of their squares, but 4 and 3: 16 - 9.
    let gap = "définition écart\n  vaut effectif × effectif - autres × autres\ndéfinition taille\n  vaut 1  si écart < 7\n  vaut 2  si écart > 7";
    shown!(facts, gap);
}
