//! What is proposed at a place checks there.

use super::{at, desk, policies, text};
use conforme::check::check;
use conforme::editor::complete::{Proposal, complete};
use conforme::editor::{Desk, applied};
use conforme::source::{SourceFile, Span};

fn proposed(desk: &mut Desk, path: &str, words: &str, on: usize) -> Vec<Proposal> {
    let offset = at(desk, path, words, on);
    complete(desk, path, offset)
}

/// Every proposal, put in the text, gives a text without errors.
fn all_check(text: &str, proposals: &[Proposal]) {
    for proposal in proposals {
        let made = applied(text, &[(proposal.span, proposal.text.clone())]).unwrap();
        let checked = check(&SourceFile::new("essai.pol", made.as_str()));
        let errors: Vec<&str> =
            checked.diagnostics.iter().filter(|one| one.is_error()).map(|one| one.message.as_str()).collect();
        assert!(errors.is_empty(), "« {} » at {:?}: {errors:?}", proposal.text, proposal.span);
    }
}

/// In place of each name that a text reads, what is proposed checks, and the name is proposed again.
#[test]
fn in_place_of_each_name_only_what_checks_is_proposed() {
    let whole = policies();
    for path in ["ess/ess.pol", "csq/csq.pol"] {
        let before = text(&whole, path);
        let mut places: Vec<Span> = Vec::new();
        let mut own =
            Desk::new(conforme::shelf::Shelf::new([("essai.pol".to_owned(), before.clone().into_bytes())]));
        for symbol in own.names().all() {
            places.extend(
                symbol
                    .uses
                    .iter()
                    .filter(|place| place.parts.len() == symbol.parts().len())
                    .map(|place| place.span),
            );
        }
        places.sort_unstable();
        // Some of them, far from one another.
        let step = (places.len() / 6).max(1);
        for place in places.into_iter().step_by(step) {
            let name = before[place.range()].to_owned();
            let without = applied(&before, &[(place, String::new())]).unwrap();
            own.change([("essai.pol".to_owned(), Some(without.clone().into_bytes()))]);
            let found = complete(&mut own, "essai.pol", place.start);
            let source = before[..place.start as usize].trim_end().ends_with("selon");
            if !source {
                assert!(
                    found.iter().any(|one| one.text.starts_with(&name)),
                    "{name}: {:?}",
                    found.iter().map(|one| &one.label).collect::<Vec<_>>()
                );
            }
            all_check(&without, &found);
        }
    }
}

const TEXT: &str = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source loi « Loi d'essai », texte opposable

dossier

  âge : entier ≥ 0
    « Quel âge ? »
  revenu : montant ≥ 0 €
    « Quel revenu ? »
  zone : parmi plaine, montagne
    « Quelle zone ? »
  né le : date
    « Quelle date ? »
  enfants : liste
    « Quels enfants ? »
  enfants.gardés : oui ou non
    « Est-il gardé ? »
  enfants.frais : montant ≥ 0 €
    « Quels frais ? »

critère majeur
  selon loi, art. 1
  exige âge ≥ 18

décision accord
  favorable si tous les critères sont remplis
";

#[test]
fn lines_and_types_that_may_start_are_whole() {
    for (after, line, wanted, unwanted) in [
        ("  exige âge ≥ 18\n", "  ", "note « à dire »", "exige"),
        ("  exige âge ≥ 18\n", "  sa", "sauf si", "note"),
        ("  exige âge ≥ 18\n", "\nfin", "financement à nommer", "décision"),
        ("  exige âge ≥ 18\n", "\ncr", "critère à nommer", "critère majeur"),
        ("    « Quels frais ? »\n", "  loyer : ", "montant ≥ 0 €", "note"),
        ("    « Quels frais ? »\n", "  loyer : o", "oui ou non", "montant"),
    ] {
        let start = TEXT.find(after).unwrap() + after.len();
        let written = format!("{}{line}\n{}", &TEXT[..start], &TEXT[start..]);
        let mut desk = desk(&written);
        let found = complete(&mut desk, "essai.pol", u32::try_from(start + line.len()).unwrap());
        let labels: Vec<&str> = found.iter().map(|one| one.label.as_str()).collect();
        assert!(labels.iter().any(|label| label.starts_with(wanted)), "{line:?}: {labels:?}");
        assert!(!labels.iter().any(|label| label.starts_with(unwanted)), "{line:?}: {labels:?}");
        all_check(&written, &found);
    }
}

#[test]
fn values_are_proposed_with_what_makes_a_condition_of_them() {
    let written = TEXT.replace("exige âge ≥ 18", "exige ");
    let mut essai = desk(&written);
    let found = proposed(&mut essai, "essai.pol", "  exige ", 8);
    let texts: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
    for wanted in [
        "âge ≥ 0",
        "revenu ≥ 0 €",
        "zone est plaine",
        "né le ≤ date d'examen",
        "il existe un enfant dont gardés",
        "nombre d'enfants ≥ 1",
        "somme d'enfants.frais ≥ 0 €",
    ] {
        assert!(texts.contains(&wanted), "{wanted}: {texts:?}");
    }
    for unwanted in ["gardés", "plaine", "enfants", "loi", "enfants.frais"] {
        assert!(!texts.contains(&unwanted), "{unwanted}: {texts:?}");
    }
    all_check(&written, &found);
    let of_choice = TEXT.replace("exige âge ≥ 18", "exige zone est ");
    let found = proposed(&mut desk(&of_choice), "essai.pol", "zone est ", 9);
    let texts: Vec<&str> = found.iter().map(|one| one.text.as_str()).collect();
    assert!(texts.ends_with(&["plaine", "montagne"]), "{texts:?}");
    assert!(!texts.iter().any(|text| text.starts_with("âge")), "{texts:?}");
    let of_element = TEXT.replace("exige âge ≥ 18", "exige aucun enfant dont ");
    let found = proposed(&mut desk(&of_element), "essai.pol", "enfant dont ", 12);
    assert!(found.iter().any(|one| one.text == "gardés"), "{found:?}");
    all_check(&of_element, &found);
}

#[test]
fn broken_lines_elsewhere_change_nothing_of_what_is_proposed() {
    let broken = TEXT.replace("exige âge ≥ 18", "exige ").replace(
        "décision accord",
        "critère cassé\n  exige ((âge ≥\n\ncritère autre\n  exige inconnu ≥ 3\n\ndécision accord",
    );
    let found = proposed(&mut desk(&broken), "essai.pol", "  exige \n", 8);
    assert!(
        found.iter().any(|one| one.text == "âge ≥ 0"),
        "{:?}",
        found.iter().map(|one| &one.text).collect::<Vec<_>>()
    );
    assert!(!found.iter().any(|one| one.text == "plaine"));
}

#[test]
fn nothing_is_proposed_in_quotations_and_comments() {
    let written = format!("{TEXT}# âge \n");
    let mut essai = desk(&written);
    assert!(proposed(&mut essai, "essai.pol", "Quel âge", 6).is_empty());
    assert!(proposed(&mut essai, "essai.pol", "# âge ", 5).is_empty());
}

/// An author who has written nothing yet is given a whole text, which checks.
#[test]
fn an_empty_file_begins_with_a_whole_text() {
    for written in ["", "dis", "# Notes\n\ndispo"] {
        let mut desk = desk(written);
        let found = complete(&mut desk, "essai.pol", u32::try_from(written.len()).unwrap());
        let [whole] = found.as_slice() else { panic!("{written:?}: {found:?}") };
        assert_eq!(whole.label, "dispositif");
        assert!(whole.to_say.len() > 5, "{whole:?}");
        all_check(written, &found);
    }
}

#[test]
fn the_line_of_a_source_ends_with_what_it_is_worth() {
    for (line, wanted) in [
        ("source décret « Décret »", &["texte opposable", "document d'information"][..]),
        ("source décret « Décret », ", &["texte opposable", "document d'information"]),
        ("source décret « Décret », tex", &["texte opposable"]),
        ("source décret « Décret », doc", &["document d'information"]),
        ("source décret « Décret », texte opposable", &[]),
        ("source décret", &[]),
    ] {
        let after = "texte opposable\n";
        let start = TEXT.find(after).unwrap() + after.len();
        let written = format!("{}{line}\n{}", &TEXT[..start], &TEXT[start..]);
        let mut desk = desk(&written);
        let found = complete(&mut desk, "essai.pol", u32::try_from(start + line.len()).unwrap());
        let labels: Vec<&str> = found.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, wanted, "{line}");
        all_check(&written, &found);
    }
}

/// An option that is being declared is no proposal for itself.
#[test]
fn what_is_written_already_is_not_proposed() {
    let line = "  statut : parmi élève, étudiant, app";
    let after = "    « Quelle zone ? »\n";
    let start = TEXT.find(after).unwrap() + after.len();
    let written = format!("{}{line}\n    « Quel statut ? »\n{}", &TEXT[..start], &TEXT[start..]);
    let mut desk = desk(&written);
    let found = complete(&mut desk, "essai.pol", u32::try_from(start + line.len()).unwrap());
    assert!(found.iter().all(|one| one.text != "app"), "{found:?}");
}
