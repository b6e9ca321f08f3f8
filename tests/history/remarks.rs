//! Remarks on the texts that amendments make: each text is read like a base text, each remark is told once.

use conforme::concordance;
use conforme::diagnostic::Diagnostic;
use conforme::policy::Policy;

use super::history;

const BASE: &str = "dispositif aide « Une aide »
  en vigueur depuis le 1er janvier 2025

source loi « Une loi », texte opposable

dossier
  places : entier ≥ 0
    « Combien de places ? »

critère taille
  selon loi « au moins 10 places »
  exige places ≥ 12

décision accord
  selon loi « l'aide est accordée »
  favorable si tous les critères sont remplis
";

/// An amendment that puts another threshold, and quotes one that is not it.
fn threshold(number: u32, from: &str, said: u32, written: u32) -> String {
    format!(
        "avenant {number} à aide « Avenant {number} »
  en vigueur depuis le 1er janvier {from}

source avenant{number} « Avenant {number} », texte opposable

remplace critère taille
  selon avenant{number} « au moins {said} places »
  exige places ≥ {written}
"
    )
}

fn remarks(texts: &[(&str, &str)]) -> Vec<(String, u32)> {
    let review = |policy: &Policy| -> Vec<Diagnostic> {
        concordance::review(policy).into_iter().map(|remark| remark.diagnostic).collect()
    };
    let found = history(texts).check(&["aide"], &review);
    let mut places: Vec<(String, u32)> = found
        .iter()
        .filter(|diagnostic| !diagnostic.is_error())
        .flat_map(|diagnostic| diagnostic.labels.last())
        .map(|label| (label.file.name().to_owned(), label.file.position(label.span.start).line))
        .collect();
    places.sort();
    places
}

fn at(name: &str, line: u32) -> (String, u32) {
    (name.to_owned(), line)
}

#[test]
fn a_threshold_of_each_of_three_texts_is_compared_with_its_passage() {
    let (first, second) = (threshold(1, "2026", 14, 15), threshold(2, "2027", 18, 20));
    let texts = [("aide.pol", BASE), ("a1.pol", first.as_str()), ("a2.pol", second.as_str())];
    assert_eq!(remarks(&texts), [at("a1.pol", 8), at("a2.pol", 8), at("aide.pol", 12)]);
}

#[test]
fn a_draft_does_not_hide_the_amendment_in_force() {
    let draft = threshold(2, "2027", 18, 18).replace("2027\n\n", "2027\n  statut projet\n\n");
    let first = threshold(1, "2026", 14, 15);
    let texts = [("aide.pol", BASE), ("a1.pol", first.as_str()), ("a2.pol", draft.as_str())];
    assert_eq!(remarks(&texts), [at("a1.pol", 8), at("aide.pol", 12)]);
}

#[test]
fn a_passage_that_stays_is_held_against_the_rule_that_changes() {
    let base = BASE.replace("places ≥ 12", "places ≥ minimum").replace(
        "critère taille",
        "paramètre minimum\n  selon loi « au moins 10 places »\n  vaut 10\n\ncritère taille",
    );
    let change = "avenant 1 à aide « Avenant 1 »
  en vigueur depuis le 1er janvier 2026

source avenant1 « Avenant 1 », texte opposable

remplace paramètre minimum
  selon avenant1 « le minimum est de 15 places »
  vaut 15
";
    // The criterion of the base text still quotes ten; its passage contradicts what it now demands.
    assert_eq!(remarks(&[("aide.pol", &base), ("a1.pol", change)]), [at("aide.pol", 16)]);
}
