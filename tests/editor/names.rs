//! What stands under a name, wherever it is written.

use super::{at, desk, policies, text};
use conforme::editor::Desk;

/// Where the name at a place is declared, and where it is read, each as « file:line ».
fn told(desk: &mut Desk, path: &str, words: &str, on: usize) -> (Vec<String>, Vec<String>) {
    let offset = at(desk, path, words, on);
    let names = desk.names();
    let (symbol, _) = names.at(path, offset).unwrap();
    let place = |place: &conforme::editor::Place| {
        format!("{}:{}", place.file.name(), place.file.line_of(place.span.start))
    };
    (symbol.declared.iter().map(place).collect(), symbol.uses.iter().map(place).collect())
}

#[test]
fn a_fact_is_found_where_it_is_declared_and_read() {
    let mut desk = policies();
    let (declared, uses) = told(&mut desk, "ess/ess.pol", "territoire.médecins libéraux ≤", 14);
    assert_eq!(declared, ["ess/ess.pol:41"]);
    // By hand: every line of ess.pol that has « territoire.médecins libéraux », its declaration left out.
    let text = text(&desk, "ess/ess.pol");
    let by_hand: Vec<String> = text
        .lines()
        .enumerate()
        .filter(|(line, said)| *line != 40 && said.contains("territoire.médecins libéraux"))
        .map(|(line, _)| format!("ess/ess.pol:{}", line + 1))
        .collect();
    assert_eq!(uses, by_hand);
}

#[test]
fn what_is_read_of_an_element_is_found_under_its_list() {
    let mut desk = policies();
    let (declared, _) = told(&mut desk, "ess/ess.pol", "dont exercice est", 6);
    let (whole, uses) = told(&mut desk, "ess/ess.pol", "adhérents.exercice", 12);
    assert_eq!(declared, whole);
    assert!(uses.len() >= 2, "{uses:?}");
}

#[test]
fn names_of_broken_texts_are_known_wherever_they_read() {
    let broken = "dispositif essai « Essai »\n\ndossier\n  âge : entier ≥ 0\n    « Quel âge ? »\n  \
                  revenu :: montant (\n\ncritère majeur\n  exige âge ≥ 18\n\ncritère cassé\n  exige âge ≥ ≥ «\n";
    let mut broken = desk(broken);
    let (declared, uses) = told(&mut broken, "essai.pol", "exige âge ≥ 18", 7);
    assert_eq!(
        (declared.as_slice(), uses.as_slice()),
        (&["essai.pol:4".to_owned()][..], &["essai.pol:9".to_owned()][..])
    );
    // A first line that does not read.
    let mut lone =
        desk("dispositf essai\n\ndossier\n  âge : entier ≥ 0\n\ncritère majeur\n  exige âge ≥ 18\n");
    let (declared, uses) = told(&mut lone, "essai.pol", "exige âge", 7);
    assert_eq!(
        (declared.as_slice(), uses.as_slice()),
        (&["essai.pol:4".to_owned()][..], &["essai.pol:7".to_owned()][..])
    );
}
