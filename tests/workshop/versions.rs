//! A policy of which two versions are in force on one day, each for some dossiers.

use crate::{Workshop, printed, says};

const AID: &str = "\
dispositif aide « Aide à l'installation »
  en vigueur depuis le 1er janvier 2025

source texte « Un texte », texte opposable

dossier
  contrat.signé le : date
    « Quand le contrat est-il signé ? »
  adhérents : entier ≥ 0
    « Combien d'adhérents ? »

critère adhésion
  selon texte « avoir au moins dix adhérents »
  exige adhérents ≥ 10

critère délai
  selon texte « un contrat signé après le 1er mars 2025 »
  exige contrat.signé le > 1er mars 2025

décision accord
  selon texte « l'accord »
  favorable si tous les critères sont remplis
";

const AMENDMENT: &str = "\
avenant 1 à aide « Relèvement »
  en vigueur depuis le 1er janvier 2027
  applicable aux dossiers dont contrat.signé le ≥ 1er janvier 2027

source second « Un second texte », texte opposable

remplace critère adhésion
  selon second « avoir au moins quinze adhérents »
  exige adhérents ≥ 15
";

/// These texts of one policy, without any case.
fn workshop(base: &str, amendment: &str) -> Workshop {
    let workshop = Workshop::fresh();
    std::fs::remove_dir_all(workshop.path("essai")).unwrap();
    workshop.write("aide/aide.pol", base);
    workshop.write("aide/avenant-1.pol", amendment);
    workshop
}

/// Writes what is missing; of each version, in order, its name and how many dossiers are written for it. Each
/// of them is then a case of that very version.
fn written(workshop: &Workshop) -> (String, Vec<(String, usize)>) {
    let folder = workshop.path("aide/cases");
    let folder = folder.to_string_lossy();
    let text =
        printed(&workshop.command("cases", &["aide", "--missing", "--write", &folder]).assert().code(0));
    let names = text.lines().filter_map(|line| line.strip_prefix("« aide »"));
    let counts = text.lines().filter_map(|line| Some(line.split_once(" écrit")?.0.split_once(' ')?.0));
    let for_each: Vec<(String, usize)> =
        names.zip(counts).map(|(name, count)| (name.to_owned(), count.parse().unwrap())).collect();
    let coverage = printed(&workshop.command("test", &["aide", "--coverage"]).assert());
    for (name, count) in &for_each {
        says(&coverage, &format!("Couverture de « aide »{name}, par {count} cas : "));
    }
    (text, for_each)
}

fn names(for_each: &[(String, usize)]) -> Vec<&str> {
    for_each.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_dossier_made_for_a_version_is_decided_by_it() {
    let workshop = workshop(AID, AMENDMENT);
    let (text, for_each) = written(&workshop);
    let versions = [", jusqu'au 31 décembre 2026", ", sans l'avenant n° 1", ", avec l'avenant n° 1"];
    assert_eq!(names(&for_each), versions);
    let coverage = printed(&workshop.test(&["--coverage"]).code(1));
    // What either version asks of the number of members is shown on each side, under either.
    assert!(!coverage.contains("adhérents ≥ 10\n      manque"), "{coverage}");
    assert!(!coverage.contains("adhérents ≥ 15\n      manque"), "{coverage}");
    // A contract that the amendment governs is signed long after that day: none is written that would be
    // governed by the text that it leaves as it is.
    let amended = text.split(", avec l'avenant n° 1").nth(1).unwrap();
    let (written, not_found) = amended.split_once("Non trouvé").unwrap();
    assert!(!written.contains("1er mars 2025 : la veille"), "{text}");
    says(not_found, "contrat.signé le > 1er mars 2025 : la veille");
}

/// The amendment is for one region, which it asks itself: the text that it leaves aside knows it as well.
#[test]
fn what_an_amendment_asks_itself_is_answered_for_those_to_whom_it_does_not_go() {
    let pour = "pour territoire.région est « Bretagne »";
    let amendment = AMENDMENT
        .replace("applicable aux dossiers dont contrat.signé le ≥ 1er janvier 2027", pour)
        + "\najoute fait territoire.région : texte\n  « Dans quelle région ? »\n";
    let workshop = workshop(AID, &amendment);
    let (text, for_each) = written(&workshop);
    assert_eq!(for_each.len(), 3);
    assert!(!text.contains("Non trouvé"), "{text}");
    workshop.test(&["--coverage"]).code(0);
}

/// The date of the contract says which version: it is moved into the days of each.
#[test]
fn the_date_that_the_text_says_is_moved_to_the_days_of_the_version() {
    let base = AID
        .replace("1er janvier 2025\n", "1er janvier 2025\n  version applicable à la date contrat.signé le\n");
    let base = base.replace("1er mars 2025", "1er mars 2027");
    let amendment =
        AMENDMENT.replace("  applicable aux dossiers dont contrat.signé le ≥ 1er janvier 2027\n", "");
    let (_, for_each) = written(&workshop(&base, &amendment));
    assert_eq!(names(&for_each), [", jusqu'au 31 décembre 2026", ", avec l'avenant n° 1"]);
}
