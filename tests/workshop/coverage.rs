//! What no case shows, and the dossiers that would.

use serde_json::Value;

use crate::{Workshop, conforme, policies, printed, says};

fn coverage(workshop: &Workshop) -> String {
    printed(&workshop.test(&["--coverage"]).code(1))
}

#[test]
fn what_is_lacking_comes_first_with_its_passage() {
    let text = coverage(&Workshop::fresh());
    says(&text, "Couverture de « essai » par 3 cas");
    says(&text, "texte « avoir au plus quatre enfants »");
    says(&text, "    enfants ≤ 4\n      manque : non, inconnu, juste au-dessous, au seuil, juste au-dessus");
    // Seventeen and eighteen years are there.
    says(&text, "    âge ≥ 18\n      manque : inconnu, juste au-dessus");
    says(&text, "conforme cases essai --missing");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_case_shows_what_it_stands_on() {
    let workshop = Workshop::fresh();
    workshop.case("dix-neuf", "âge: 19\ndispense: inconnu\nenfants: 4\n");
    workshop.case("sans-age", "âge: inconnu\ndispense: non\nenfants: 5\n");
    let text = coverage(&workshop);
    assert!(!text.contains("âge ≥ 18\n      manque"), "{text}");
    says(&text, "    enfants ≤ 4\n      manque : inconnu, juste au-dessous\n");
}

#[test]
fn what_cannot_be_is_not_asked_for() {
    let workshop = Workshop::fresh();
    // No number of children stands below zero.
    workshop.change("exige enfants ≤ 4", "exige enfants > 0");
    let assert = workshop.test(&["--coverage", "--format", "json"]).code(1);
    let report: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    let rows = report["items"].as_array().unwrap().iter().flat_map(|item| item["rows"].as_array().unwrap());
    let row = rows.clone().find(|row| row["text"] == "enfants > 0").unwrap();
    let state = |name: &str| {
        let points = row["points"].as_array().unwrap();
        points.iter().find(|point| point["point"] == name).unwrap()["state"].clone()
    };
    assert_eq!(state("juste au-dessous"), "impossible");
    assert_eq!(state("au seuil"), "shown");
}

#[test]
fn the_page_is_the_policy_s_own_text() {
    let assert = Workshop::fresh().test(&["--coverage", "--format", "html"]).code(1);
    let page = printed(&assert);
    says(&page, "\n  selon texte « avoir au moins dix-huit ans »\n");
    says(&page, "<mark class=\"some\" title=\"manque : inconnu, juste au-dessus\">âge ≥ 18</mark>");
}

#[test]
fn the_missing_dossiers_make_the_coverage_complete() {
    let workshop = Workshop::fresh();
    let folder = workshop.path("essai/cases");
    let folder = folder.to_string_lossy();
    let text =
        printed(&workshop.command("cases", &["essai", "--missing", "--write", &folder]).assert().code(0));
    says(&text, "avec eux, chaque point est montré.");
    let text = printed(&workshop.test(&["--coverage"]).code(0));
    says(&text, "Rien ne manque à");
    // They are cases like any other: dated, and waiting to be looked at.
    workshop.test(&["--accept"]).code(0);
}

/// 2n ≤ n² + 1 whatever n is: the criterion is looked at again and again, and always met. No age is both
/// below eighteen and above sixty: nobody comes as far as the number of children.
#[test]
fn what_is_not_found_says_whether_any_dossier_came_near() {
    let workshop = Workshop::fresh();
    workshop.change("exige enfants ≤ 4", "exige enfants × 2 ≤ enfants × enfants + 1");
    let text = printed(&workshop.command("cases", &["essai", "--missing"]).assert().code(0));
    says(&text, "résultat : non rempli (montré autrement, jamais ainsi)");
    workshop.change("exige enfants ≤ 4", "si âge < 18 et âge > 60\n  exige enfants ≤ 4");
    let text = printed(&workshop.command("cases", &["essai", "--missing"]).assert().code(0));
    says(&text, "enfants ≤ 4 : oui (aucun de ces dossiers n'y arrive)");
}

#[test]
fn missing_dossiers_are_named_after_what_they_show() {
    let workshop = Workshop::fresh();
    let text = printed(&workshop.command("cases", &["essai", "--missing"]).assert().code(0));
    says(&text, "age-juste-au-dessus-de-18\n  critère majorité · âge ≥ 18 : juste au-dessus\n");
    let place = workshop.path("").to_string_lossy().trim_end_matches('/').to_owned();
    let write = format!("conforme cases essai --policies {place} --missing --write {place}/essai/cases");
    says(&text, &format!("\nPour les écrire :\n  {write}\n"));
}

#[test]
fn what_missing_dossiers_show_is_said_as_a_lawyer_would() {
    let workshop = Workshop::fresh();
    let policy = "\
dispositif délais « Délais »
  en vigueur depuis le 1er janvier 2025

source texte « Un texte », texte opposable

dossier
  contrat.signé le : date
    « Quand le contrat est-il signé ? »
  bilan.remis le : date
    « Quand le bilan est-il remis ? »
  métier : texte
    « Quel métier ? »
  parts : nombre ≥ 0
    « Combien de parts ? »

critère contrat
  selon texte « être signé, par qui n'est pas notaire »
  exige
    - contrat.signé le ≤ date d'examen
    - métier ≠ « notaire »

décision accord
  selon texte « réunir les conditions »
  favorable si tous les critères sont remplis

financement aide
  selon texte « 100 € la part, 500 € au plus »
  prévu si accord
  montant 100 € × parts
  plafonné à 500 €
  arrondi au centime

obligation bilan annuel
  selon texte « le bilan est remis dans l'année du contrat »
  au plus tard contrat.signé le + 1 an
  remplie par bilan.remis le
";
    std::fs::remove_dir_all(workshop.path("essai")).unwrap();
    workshop.write("délais/délais.pol", policy);
    let text = printed(&workshop.command("cases", &["délais", "--missing"]).assert().code(0));
    let limit = "obligation bilan annuel · au plus tard contrat.signé le + 1 an :";
    let on_one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for side in ["fait la veille du terme", "fait le jour du terme", "examiné le lendemain du terme"] {
        says(&on_one_line, &format!("{limit} {side}"));
    }
    says(&text, "\ncontrat-signe-la-veille-de-l-examen\n");
    says(&text, "financement aide · plafonné à 500 €\n");
    assert!(!text.contains("le-le") && !text.contains("autre-que-notaire-non"), "{text}");
}

#[test]
fn the_cases_of_a_policy_are_listed_with_their_decisions() {
    let text = printed(&Workshop::fresh().command("cases", &["essai"]).assert().code(0));
    assert_eq!(text, "adulte     favorable\ndispense   favorable\nenfant     défavorable\n");
}

/// It takes a minute or two where nothing is optimised; what the search loses shows nowhere else.
#[test]
fn of_a_policy_without_cases_everything_that_can_be_shown_is_found() {
    for policy in ["ess", "csq"] {
        let workshop = Workshop::fresh();
        let text = std::fs::read_to_string(policies().join(policy).join(format!("{policy}.pol"))).unwrap();
        std::fs::remove_dir_all(workshop.path("essai")).unwrap();
        workshop.write(&format!("{policy}/{policy}.pol"), &text);
        let folder = workshop.path(&format!("{policy}/cases"));
        let folder = folder.to_string_lossy();
        workshop.command("cases", &[policy, "--missing", "--write", &folder]).assert().code(0);
        workshop.test(&[policy, "--coverage"]).code(0);
        says(&printed(&workshop.test(&[policy, "--mutate"]).code(0)), "0 que rien ne voit");
    }
}

/// The cases of the project's own policies hold them whole.
#[test]
fn of_each_policy_every_point_is_shown() {
    let told = |arguments: &[&str]| {
        let mut command = conforme();
        printed(&command.arg("test").args(arguments).arg("--policies").arg(policies()).assert().code(0))
    };
    for policy in ["alr", "csq", "ess"] {
        told(&[policy, "--coverage"]);
    }
    says(&told(&["alr", "--mutate"]), "0 que rien ne voit");
}

#[test]
fn a_page_is_only_for_coverage() {
    conforme().args(["test", "--format", "html"]).assert().code(2);
}
