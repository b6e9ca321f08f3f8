//! Which version goes to a dossier.

use conforme::decision::ChosenBy;
use conforme::history::Sight;

use super::{BASE, Came, RAISED, came, day, decide, history, told};

fn is(outcome: &str, with: &[u32], decisive: &[&str]) -> Came {
    Came {
        outcome: outcome.to_owned(),
        with: with.to_vec(),
        decisive: decisive.iter().map(|path| (*path).to_owned()).collect(),
    }
}

const SEEN: Sight = Sight { known_on: None, draft: false };

/// Raises the threshold for all, from 1 July 2026.
const FOR_ALL: &str = "avenant 1 à aide « Relèvement »
  en vigueur depuis le 1er juillet 2026
  publié le 1er juin 2026

source avenant1 « Avenant n° 1 », texte opposable

remplace critère seuil
  selon avenant1 « au moins 15 »
  exige n ≥ 15
";

#[test]
fn the_version_is_that_of_the_day_of_examination() {
    let texts = history(&[("aide.pol", BASE), ("avenant-1.pol", FOR_ALL)]);
    let twelve = "dispositif: aide\nn: 12\nsigné le: 2024-12-15\n";
    for (on, expected) in [
        ("2025-01-01", is("Favourable", &[], &[])),
        ("2026-06-30", is("Favourable", &[], &[])),
        ("2026-07-01", is("Unfavourable", &[1], &[])),
        ("2026-07-02", is("Unfavourable", &[1], &[])),
    ] {
        assert_eq!(came(&texts, twelve, on, SEEN), expected, "{on}");
    }
    let refused = decide(&texts, twelve, "2024-12-31", SEEN).expect_err("no version");
    insta::assert_snapshot!(told(&refused));
}

#[test]
fn what_is_published_later_is_not_seen() {
    let texts = history(&[("aide.pol", BASE), ("avenant-1.pol", FOR_ALL)]);
    let twelve = "dispositif: aide\nn: 12\nsigné le: 2024-12-15\n";
    for (known_on, expected) in
        [("2026-05-31", is("Favourable", &[], &[])), ("2026-06-01", is("Unfavourable", &[1], &[]))]
    {
        let sight = Sight { known_on: Some(day(known_on)), draft: false };
        assert_eq!(came(&texts, twelve, "2026-08-01", sight), expected, "{known_on}");
    }
    let early = Sight { known_on: Some(day("2024-06-01")), draft: false };
    let refused = decide(&texts, twelve, "2026-08-01", early).expect_err("nothing was published");
    insta::assert_snapshot!(told(&refused));
}

#[test]
fn what_was_signed_before_keeps_the_older_text() {
    let texts = history(&[("aide.pol", BASE), ("avenant-1.pol", RAISED)]);
    let twelve = |signed: &str| format!("dispositif: aide\nn: 12\n{signed}\n");
    for (signed, on, expected) in [
        ("signé le: 2026-12-31", "2027-03-01", is("Favourable", &[], &[])),
        ("signé le: 2027-01-01", "2027-03-01", is("Unfavourable", &[1], &[])),
        ("signé le: pas encore", "2027-03-01", is("Unfavourable", &[1], &[])),
        // Not known: both, and it decides.
        ("signé le: inconnu", "2027-03-01", is("Incomplete", &[], &["signé le"])),
        // Before the amendment is in force nobody is asked.
        ("signé le: inconnu", "2026-12-31", is("Favourable", &[], &[])),
    ] {
        assert_eq!(came(&texts, &twelve(signed), on, SEEN), expected, "{signed}, {on}");
    }
    // Where both give the same, what chooses is not asked.
    let twenty = "dispositif: aide\nn: 20\n";
    assert_eq!(came(&texts, twenty, "2027-03-01", SEEN), is("Favourable", &[], &[]));
}

#[test]
fn a_draft_applies_only_where_it_is_tried() {
    let draft = FOR_ALL.replace("publié le 1er juin 2026", "statut projet");
    let texts = history(&[("aide.pol", BASE), ("avenant-1.pol", &draft)]);
    let twelve = "dispositif: aide\nn: 12\n";
    assert_eq!(came(&texts, twelve, "2026-08-01", SEEN), is("Favourable", &[], &[]));
    let tried = Sight { known_on: None, draft: true };
    assert_eq!(came(&texts, twelve, "2026-08-01", tried), is("Unfavourable", &[1], &[]));
}

#[test]
fn a_text_may_say_which_date_chooses() {
    let base = BASE
        .replace("  note", "  version applicable à la date reçue le\n  note")
        .replace("  signé le : date", "  reçue le : date\n    « Reçue quand ? »\n  signé le : date");
    let texts = history(&[("aide.pol", &base), ("avenant-1.pol", FOR_ALL)]);
    let twelve = |received: &str| format!("dispositif: aide\nn: 12\nreçue le: {received}\n");
    for (received, on, expected) in [
        ("2026-06-30", "2027-03-01", is("Favourable", &[], &[])),
        ("2026-07-01", "2027-03-01", is("Unfavourable", &[1], &[])),
        // After the examination: only what is in force then is met.
        ("pas encore", "2026-06-30", is("Unfavourable", &[1], &[])),
        ("pas encore", "2026-03-01", is("Incomplete", &[], &["reçue le"])),
        ("inconnu", "2026-03-01", is("Incomplete", &[], &["reçue le"])),
    ] {
        assert_eq!(came(&texts, &twelve(received), on, SEEN), expected, "{received}, {on}");
    }
    let decision = decide(&texts, &twelve("2026-06-30"), "2027-03-01", SEEN).expect("decided");
    let version = decision.version.expect("how it was chosen");
    assert!(matches!(version.by, ChosenBy::Said { words, .. } if words == "reçue le"));
    let refused = decide(&texts, &twelve("2024-12-31"), "2027-03-01", SEEN).expect_err("none that day");
    insta::assert_snapshot!(told(&refused));
}

#[test]
fn a_date_that_chooses_and_is_missing_may_leave_no_version() {
    let base = BASE
        .replace("2025\n", "2025 jusqu'au 31 décembre 2025\n")
        .replace("  note", "  version applicable à la date reçue le\n  note")
        .replace("  signé le : date", "  reçue le : date\n    « Reçue quand ? »\n  signé le : date");
    let texts = history(&[("aide.pol", &base)]);
    let refused = decide(&texts, "dispositif: aide\nn: 12\nreçue le: pas encore\n", "2026-03-01", SEEN);
    insta::assert_snapshot!(told(&refused.expect_err("no version after 2025")));
}

#[test]
fn a_region_has_its_variant() {
    let variant = "avenant 2 à aide « Variante »
  en vigueur depuis le 1er juillet 2026
  pour région est « Corse »

source avenant2 « Avenant n° 2 », texte opposable

ajoute fait région : texte
  « Dans quelle région ? »

remplace critère seuil
  selon avenant2 « au moins 5 »
  exige n ≥ 5
";
    let texts = history(&[("aide.pol", BASE), ("avenant-2.pol", variant)]);
    let six = |region: &str| format!("dispositif: aide\nn: 6\n{region}\n");
    for (region, expected) in [
        ("région: Corse", is("Favourable", &[2], &[])),
        ("région: Bretagne", is("Unfavourable", &[], &[])),
        ("", is("Incomplete", &[], &["région"])),
    ] {
        assert_eq!(came(&texts, &six(region), "2026-08-01", SEEN), expected, "{region}");
    }
    // The question belongs to the dossier wherever the variant is in force, and nobody is told that
    // nothing reads it.
    let decision = decide(&texts, &six("région: Bretagne"), "2026-08-01", SEEN).expect("decided");
    assert!(decision.warnings.iter().all(|w| !matches!(w, conforme::decision::Warning::Unread(_))));
}

#[test]
fn a_reading_that_the_text_retains_is_settled() {
    let base = BASE.replace(
        "critère seuil",
        "lecture base
  « Lesquels ? »
  - tous  : selon A « tous »
  - seuls : selon A « les seuls »

définition minimum
  vaut 10  si base est tous
  vaut 20  dans les autres cas

critère seuil",
    );
    let base = base.replace("exige n ≥ 10", "exige n ≥ minimum");
    let retains = "avenant 1 à aide « Lecture »
  en vigueur depuis le 1er juillet 2026

source avenant1 « Avenant n° 1 », texte opposable

retient lecture base : tous
  selon avenant1 « tous »
";
    let texts = history(&[("aide.pol", &base), ("avenant-1.pol", retains)]);
    let twelve = "dispositif: aide\nn: 12\n";
    assert_eq!(came(&texts, twelve, "2026-06-30", SEEN), is("DependsOnReading", &[], &[]));
    assert_eq!(came(&texts, twelve, "2026-07-01", SEEN), is("Favourable", &[1], &[]));
    let same = format!("{twelve}lectures: {{base: {{valeur: tous, par: moi, motif: essai}}}}\n");
    assert_eq!(came(&texts, &same, "2026-07-01", SEEN), is("Favourable", &[1], &[]));
    let other = format!("{twelve}lectures: {{base: {{valeur: seuls, par: moi, motif: essai}}}}\n");
    let refused = decide(&texts, &other, "2026-07-01", SEEN).expect_err("settled otherwise");
    insta::assert_snapshot!(told(&refused));
}

#[test]
fn a_dated_value_is_that_of_the_date_that_chooses() {
    let base = "dispositif aide « Aide »
  en vigueur depuis le 1er janvier 2025
  version applicable à la date reçue le

dossier

  n : entier ≥ 0
    « Combien ? »
  reçue le : date
    « Reçue quand ? »

paramètre minimum
  vaut 10 depuis le 1er janvier 2025 jusqu'au 30 juin 2026
  vaut 15 depuis le 1er juillet 2026

critère seuil
  exige n ≥ minimum

décision éligibilité
  favorable si tous les critères sont remplis
";
    let texts = history(&[("aide.pol", base)]);
    for (received, outcome) in [("2026-06-30", "Favourable"), ("2026-07-01", "Unfavourable")] {
        let dossier = format!("dispositif: aide\nn: 12\nreçue le: {received}\n");
        assert_eq!(came(&texts, &dossier, "2027-03-01", SEEN), is(outcome, &[], &[]), "{received}");
    }
}

#[test]
fn several_base_texts_are_one_history() {
    let first = BASE.replace("2025\n", "2025 jusqu'au 31 décembre 2025\n");
    let second = BASE.replace("1er janvier 2025", "1er janvier 2026").replace("n ≥ 10", "n ≥ 20");
    let texts = history(&[("un.pol", &first), ("deux.pol", &second)]);
    assert_eq!(super::told(&texts.check(&["aide"], &|_| Vec::new())), super::told(&[]));
    let twelve = "dispositif: aide\nn: 12\n";
    assert_eq!(came(&texts, twelve, "2025-12-31", SEEN), is("Favourable", &[], &[]));
    assert_eq!(came(&texts, twelve, "2026-01-01", SEEN), is("Unfavourable", &[], &[]));
}

/// The first case of `ess`, its contract signed on a day.
fn case(signed: &str) -> String {
    let case = std::fs::read_to_string("policies/ess/cases/01-favorable.yaml").unwrap();
    case.replace("signé le: '2025-03-10'", &format!("signé le: {signed}"))
        .replace("reçue le: '2025-02-03'", "reçue le: '2024-12-16'")
}

#[test]
fn the_teams_have_their_time() {
    let ess = super::shown::all().into_iter().find(|history| history.id() == "ess").unwrap();
    let drafts = Sight { known_on: None, draft: true };
    // A letter of December 2024, examined when the first text is in force, and the day before.
    let letter = case("2025-03-10");
    assert!(letter.contains("2024-12-16"));
    assert_eq!(came(&ess, &letter, "2025-01-01", SEEN).with, [] as [u32; 0]);
    let refused = decide(&ess, &letter, "2024-12-31", SEEN).expect_err("no national text yet");
    assert!(told(&refused).contains("fonds d'intervention régional"), "{}", told(&refused));
    // Drafts apply only where they are tried, from their day on.
    assert_eq!(came(&ess, &letter, "2027-02-01", SEEN).with, [] as [u32; 0]);
    assert_eq!(came(&ess, &letter, "2026-06-30", drafts).with, [] as [u32; 0]);
    assert_eq!(came(&ess, &letter, "2026-07-01", drafts).with, [3]);
    assert_eq!(came(&ess, &letter, "2027-01-01", drafts).with, [3, 2]);
    // A contract that was signed before keeps the older threshold.
    assert_eq!(came(&ess, &case("2026-12-31"), "2027-02-01", drafts).with, [3, 2]);
    assert_eq!(came(&ess, &case("2027-01-01"), "2027-02-01", drafts).with, [3, 1, 2]);
    let known_on = Some(day("2026-11-14"));
    let before = came(&ess, &case("2027-01-01"), "2027-02-01", Sight { known_on, draft: true });
    assert_eq!(before.with, [3]);
}
