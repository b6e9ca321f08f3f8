//! Small changes of a policy that no case notices.

use serde_json::Value;

use crate::{Workshop, printed, says};

#[test]
fn a_change_that_no_case_notices_is_told_with_a_dossier_that_would() {
    let text = printed(&Workshop::fresh().test(&["--mutate"]).code(1));
    says(&text, "critère famille (essai/essai.pol:21)\n  - exige enfants ≤ 4\n  + exige enfants < 4\n");
    says(&text, "  un dossier le verrait : comme « adulte », avec\n    enfants: 4\n");
    // A case of eighteen years and one of seventeen hold this bound on both sides.
    assert!(!text.contains("exige âge"), "{text}");
}

#[test]
fn what_is_dropped_exchanged_or_one_step_away_is_tried() {
    let assert = Workshop::fresh().test(&["--mutate", "--format", "json"]).code(1);
    let report: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    assert_eq!(report["schema"], "conforme.mutations/1");
    let count = |key: &str| report[key].as_u64().unwrap();
    let unseen = report["unseen"].as_array().unwrap();
    assert_eq!(count("tried"), count("noticed") + count("refused") + unseen.len() as u64);
    // ≥ and its bound twice, the derogation; ≤ and its bound; two bullets, ≥ and its bound, an amount
    // twice, how often.
    assert_eq!(count("tried"), 4 + 3 + 2 + 3 + 2 + 1, "{report:#}");
    let after: Vec<&str> = unseen.iter().map(|change| change["after"].as_str().unwrap()).collect();
    assert!(after.contains(&"exige enfants ≤ 5") && after.contains(&"exige enfants ≤ 3"), "{after:?}");
    assert!(unseen.iter().all(|change| change["witness"].is_string()), "{report:#}");
}

#[test]
fn the_missing_dossiers_leave_no_change_unseen() {
    let workshop = Workshop::fresh();
    let folder = workshop.path("essai/cases");
    let folder = folder.to_string_lossy();
    workshop.command("cases", &["essai", "--missing", "--write", &folder]).assert().code(0);
    let text = printed(&workshop.test(&["--mutate"]));
    says(&text, "0 que rien ne voit");
}

#[test]
fn a_rounding_that_provably_rounds_nothing_is_said_to_be_the_same() {
    let workshop = Workshop::fresh();
    workshop.change("  montant 100 € × enfants\n", "  montant 100 € × enfants\n  arrondi à l'euro\n");
    let text = printed(&workshop.test(&["--mutate"]).code(1));
    says(&text, "équivalent, financement prime (essai/essai.pol:33)");
    says(&text, "multiple de 1 €");
}

#[test]
fn a_rounding_goes_the_other_ways_and_dossiers_are_found_that_tell_them_apart() {
    let workshop = Workshop::fresh();
    let rounded = "  montant 50 € × enfants ÷ 4\n  arrondi à l'euro inférieur\n";
    workshop.change("  montant 100 € × enfants\n", rounded);
    let text = printed(&workshop.test(&["--mutate"]).code(1));
    // The case has two children: 25 € whichever way. One gives 12,50 €.
    for after in ["arrondi à l'euro", "arrondi à l'euro supérieur"] {
        let told = format!(
            "  - arrondi à l'euro inférieur\n  + {after}\n  un dossier le verrait : comme « adulte », avec\n    \
             enfants: 1\n"
        );
        says(&text, &told);
    }
    let folder = workshop.path("essai/cases");
    workshop.command("cases", &["essai", "--missing", "--write", &folder.to_string_lossy()]).assert().code(0);
    says(&printed(&workshop.test(&["--mutate"])), "0 que rien ne voit");
}

#[test]
fn a_value_that_is_only_compared_far_from_both_is_said_to_be_the_same() {
    let workshop = Workshop::fresh();
    let family = "critère famille\n  selon texte « avoir au plus quatre enfants »\n  exige enfants ≤ 4\n";
    let part =
        "définition part\n  vaut enfants ÷ âge  si âge > 0\n  vaut 0 %            dans les autres cas\n";
    let wanted = family.replace("exige enfants ≤ 4\n", "exige\n    - enfants ≤ 4\n    - part ≤ 20 %\n");
    workshop.change(family, &format!("{part}\n{wanted}"));
    let text = on_one_line(&workshop.test(&["--mutate"]).code(1));
    says(&text, "« vaut 0 % dans les autres cas » → vaut 1 % dans les autres cas : « part »");
    says(&text, "du même côté");
    // Compared with 0 % as well, the two are no longer the same.
    workshop.change(family, &format!("{part}\n{wanted}    - part > 0 %\n"));
    let text = on_one_line(&workshop.test(&["--mutate"]).code(1));
    assert!(!text.contains("« part » n'est lu"), "{text}");
}

fn on_one_line(assert: &assert_cmd::assert::Assert) -> String {
    printed(assert).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text and what becomes of it for some, each tried by its own changes.
#[test]
fn what_an_amendment_makes_is_changed_like_any_text() {
    let workshop = Workshop::fresh();
    let amendment = "\
avenant 1 à essai « Familles nombreuses »
  en vigueur depuis le 1er janvier 2026
  applicable aux dossiers dont âge ≥ 20

source second « Un second texte », texte opposable

remplace critère famille
  selon second « avoir au plus cinq enfants »
  exige enfants ≤ 5
";
    workshop.write("essai/avenant-1.pol", amendment);
    let text = printed(&workshop.test(&["--mutate"]).code(1));
    for version in [", jusqu'au 31 décembre 2025", ", sans l'avenant n° 1", ", avec l'avenant n° 1"] {
        says(&text, &format!("Mutations de « essai »{version} : "));
    }
    // Each change is told where its author finds it: in the amendment, or in the text that it leaves as it is.
    says(&text, "critère famille (essai/avenant-1.pol:9)\n  - exige enfants ≤ 5\n");
    says(&text, "critère famille (essai/essai.pol:21)\n  - exige enfants ≤ 4\n");
    assert!(!text.contains("consolidé"), "{text}");
    says(&text, "  - exige enfants ≤ 5\n  + exige enfants < 5\n");
    let text = printed(&workshop.test(&["--coverage"]).code(1));
    says(&text, "Couverture de « essai », avec l'avenant n° 1, sans aucun cas : 0 point sur ");
    // The dossiers of one version do not stand in for those of another that show the same.
    let folder = workshop.path("essai/cases");
    let before = std::fs::read_dir(&folder).unwrap().count();
    let write = folder.to_string_lossy();
    let text =
        printed(&workshop.command("cases", &["essai", "--missing", "--write", &write]).assert().code(0));
    let written = text.lines().filter_map(|line| line.split_once(" dossiers écrits dans"));
    let written: usize = written.map(|(count, _)| count.parse::<usize>().unwrap()).sum();
    assert!(written > 0, "{text}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), before + written);
}
