//! Figures as people read them: nothing is shown rounded where rounding would say something else.

use conforme::eval::{Request, decide};
use conforme::render::Explain;
use conforme::render::text::{self, TextOptions};
use conforme::source::SourceFile;

use crate::{csq, prose};

const POLICY: &str = "dispositif part « Part »
  en vigueur depuis le 1er janvier 2025

source arrêté « Arrêté », texte opposable

dossier

  inscrits : entier ≥ 0
    « Combien d'inscrits ? »
  habitants : entier ≥ 1
    « Combien d'habitants ? »
  dépense : montant ≥ 0 €
    « Combien ? »

définition part
  vaut inscrits ÷ habitants

définition tiers
  vaut dépense ÷ 3

critère part suffisante
  selon arrêté « au moins 10 % »
  exige part ≥ 10 %

critère nombre suffisant
  selon arrêté « au moins 2 »
  exige part × 20 ≥ 2

critère dépense suffisante
  selon arrêté « au moins 100 euros »
  exige tiers ≥ 100 €

décision accord
  favorable si tous les critères sont remplis
";

/// The decision on a dossier with these three answers, with every calculation.
fn decided(inscrits: &str, habitants: &str, dépense: &str) -> String {
    decided_by(POLICY, inscrits, habitants, dépense)
}

fn decided_by(policy: &str, inscrits: &str, habitants: &str, dépense: &str) -> String {
    let policy = conforme::check::check(&SourceFile::new("part.pol", policy)).policy.unwrap();
    let dossier = format!(
        "dispositif: part\nexaminé le: 2025-05-05\ninscrits: {inscrits}\nhabitants: {habitants}\ndépense: {dépense}\n"
    );
    let dossier = conforme::dossier::read(dossier.as_bytes(), "d.yaml", &policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    let options = TextOptions { explain: Explain::Full, ..TextOptions::default() };
    prose(&text::decision(&policy, &dossier, &decision, &options))
}

#[track_caller]
fn says(text: &str, wanted: &str) {
    assert!(text.contains(wanted), "« {wanted} » ne se lit pas dans :\n{text}");
}

#[test]
fn what_falls_just_short_is_told_apart_from_its_bound() {
    // 2 499 ÷ 25 000 = 0,09996 ; × 20 = 1,9992 ; 299,99 ÷ 3 = 99,99666…
    let text = decided("2499", "25000", "299,99 €");
    says(&text, "2 499 sur 25 000, soit 9,996 % (il faut : au moins 10 %)");
    says(
        &text,
        "part × 20 : 1,9992 (il faut : au moins 2) Pour y remédier : inscrits : 2 499, il en manque 1",
    );
    says(&text, "299,99 € sur 3, soit ≈ 99,9967 € (il faut : au moins 100 €)");
    // 2 333 ÷ 23 331 = 0,0999957… : two decimals would say 10 %.
    says(&decided("2333", "23331", "300 €"), "2 333 sur 23 331, soit 9,9996 % (il faut : au moins 10 %)");
}

/// What stands on both sides settles a comparison that the figures shown leave open: that is said.
#[test]
fn what_holds_whatever_the_answers_is_told_so() {
    let policy = POLICY
        .replace("exige part ≥ 10 %", "exige inscrits × 2 ≤ inscrits × 3")
        .replace("exige part × 20 ≥ 2", "exige non (inscrits + 1 ≤ inscrits + habitants)");
    let text = decided_by(&policy, "inconnu", "inconnu", "300 €");
    says(&text, "inscrits × 2 : 0 ou plus (au plus inscrits × 3, soit 0 ou plus ; vrai dans tous les cas)");
    says(
        &text,
        "inscrits + 1 : 1 ou plus (il faut : plus d'inscrits + habitants, soit 1 ou plus ; faux dans tous les cas)",
    );
}

#[test]
fn figures_that_end_are_shown_whole_others_to_two_decimals() {
    says(&decided("3", "32", "300 €"), "3 sur 32, soit 9,375 % (il faut : au moins 10 %)");
    says(&decided("5", "35", "300 €"), "5 sur 35, soit 14,29 % (au moins 10 %)");
    // An amount that is no number of cents is not shown as one that can be paid: 1 000 ÷ 3.
    says(&decided("5", "35", "1 000 €"), "dépense ÷ 3 : ≈ 333,3333 €");
}

#[test]
fn a_calculation_is_told_step_by_step_each_step_once() {
    let text = prose(&csq().full(csq().case("01")));
    // 10 000 € + 20 %.
    says(
        &text,
        "arrondi à l'euro : 12 000 € · augmenté de majoration : 12 000 € · dotation de base : 10 000 € · \
         selon « habitants du quartier » : 10 000 € · habitants du quartier : 4 000 (ligne 5) · « jusqu'à 4 000 : 10 000 € »",
    );
    // 62,5 h × 52 €.
    says(
        &text,
        "arrondi à l'euro inférieur : 3 250 € · 3 250 € (au minimum 500 €) · 3 250 € (plafonné à 6 000 €)",
    );
    // 70 % of 8 000 €.
    says(&text, "selon « dépenses retenues » par tranches : 5 600 €");
    // 6 000 € × 45 ÷ 52.
    let more = prose(&csq().full(csq().case("08")));
    // 70 % of 10 000 €, 50 % of 20 000 €, nothing of the rest of 40 000 €.
    says(&more, "« jusqu'à 10 000 € : 70 % » : 10 000 € × 70 % = 7 000 €");
    says(&more, "« plus de 10 000 € jusqu'à 30 000 € : 50 % » : 20 000 € × 50 % = 10 000 €");
    says(&more, "« au-delà : 0 % » : 10 000 € × 0 % = 0 €");
    says(&text, "6 000 € au prorata de samedis assurés par an sur 52 : ≈ 5 192,3077 €");
}

#[test]
fn what_is_counted_says_what_each_element_gives_and_where() {
    let text = prose(&csq().full(csq().case("01")));
    says(&text, "✔ 1er professionnel (nom : Adam), métier : médecin (ligne 10)");
    says(&text, "✘ 2e professionnel (nom : Bernard), métier : infirmier (il faut : médecin) (ligne 15)");
    says(&text, "2e professionnel (nom : Bernard), heures de coordination : 12,5 (ligne 18)");
    says(&text, "1er janvier 2025, engagement signé) (ligne 40, ligne 36)");
}

#[test]
fn a_rounded_figure_says_so_and_is_never_a_whole_number() {
    let policy = "dispositif part « Part »
  en vigueur depuis le 1er janvier 2025

source arrêté « Arrêté », texte opposable

dossier

  inscrits : entier ≥ 0
    « Combien d'inscrits ? »
  habitants : entier ≥ 1
    « Combien d'habitants ? »
  dépense : montant ≥ 0 €
    « Combien ? »

définition densité
  vaut inscrits ÷ habitants

critère assez dense
  selon arrêté « au moins 1 »
  exige densité ≥ 1

décision accord
  selon arrêté « accordé »
  favorable si tous les critères sont remplis

financement aide
  selon arrêté « au prorata »
  montant dépense × densité arrondi au centime
";
    // 100 000 ÷ 100 001 = 0,99999000…
    let text = decided_by(policy, "100000", "100001", "60 000 €");
    says(&text, "100 000 ÷ 100 001 ≈ 0,99999");
    says(&text, "densité : ≈ 0,99999");
    assert!(!text.contains("= 1 ") && !text.contains("densité : 1 "), "{text}");
    // 2 ÷ 3 of 60 000 € is 40 000 €, which 0,67 does not give.
    let text = decided_by(policy, "2", "3", "60 000 €");
    says(&text, "densité : ≈ 0,67");
    says(&text, "dépense × densité : 40 000 €");
}

#[test]
fn a_target_says_what_is_aimed_at_and_whether_it_is_reached() {
    for (aims, told) in [
        ("inscrits ≥ 23", "22 au jour de l'examen, objectif pas encore atteint (au moins 23)"),
        ("inscrits > 22", "22 au jour de l'examen, objectif pas encore atteint (au moins 23)"),
        ("inscrits > 21", "22 au jour de l'examen, objectif atteint (au moins 22)"),
        ("inscrits ≤ 21", "22 au jour de l'examen, objectif pas encore atteint (au plus 21)"),
        ("inscrits < 22", "22 au jour de l'examen, objectif pas encore atteint (au plus 21)"),
        ("inscrits < 23", "22 au jour de l'examen, objectif atteint (au plus 22)"),
        ("inscrits = 23", "22 au jour de l'examen, objectif pas encore atteint (il faut : 23)"),
        ("inscrits ≠ 22", "22 au jour de l'examen, objectif pas encore atteint (autre que 22)"),
        ("21 ≥ inscrits", "22 au jour de l'examen, objectif pas encore atteint (au plus 21)"),
        (
            "date d'examen ≤ 31 mars 2025",
            "objectif pas encore atteint – date d'examen : 5 mai 2025 (il faut : au plus tard le 31 mars 2025)",
        ),
        (
            "date d'examen ≤ 5 mai 2025",
            "objectif atteint – date d'examen : 5 mai 2025 (au plus tard le 5 mai 2025)",
        ),
        ("l'un de\n    - inscrits ≥ 30\n    - habitants ≥ 100", "objectif pas encore atteint – "),
        ("l'un de\n    - inscrits ≥ 20\n    - habitants ≥ 100", "cible : objectif atteint – "),
    ] {
        let policy =
            POLICY.to_owned() + &format!("\nobjectif cible\n  selon arrêté « cible »\n  vise {aims}\n");
        says(&decided_by(&policy, "22", "50", "300 €"), told);
    }
}
