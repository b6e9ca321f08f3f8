//! `conforme check`, `fmt`, `schema` and `new`.

use super::*;

#[test]
fn the_project_s_own_policies_are_clean_and_laid_out() {
    conforme().args(["check", "policies", "--strict"]).assert().code(0).stdout(contains("aucune erreur"));
    conforme().args(["fmt", "policies", "--check"]).assert().code(0).stdout(is_empty());
}

#[test]
fn mistakes_are_all_reported_and_the_code_says_how_grave() {
    let unread = SMALL.replace("critère majorité", "définition seuil\n  vaut 18\n\ncritère majorité");
    let broken = SMALL.replace("âge ≥ 18", "âhe ≥ 18").replace("texte opposable", "texte opposabl");
    let folder = folder(&[("a.pol", &unread), ("b.pol", &broken)]);
    let check = |path: &Path, more: &[&str]| conforme().arg("check").arg(path).args(more).assert();
    check(&folder.path().join("a.pol"), &[]).code(0).stdout(contains("1 remarque"));
    check(&folder.path().join("a.pol"), &["--strict"]).code(1);
    check(folder.path(), &[]).code(2).stdout(contains("b.pol:").and(contains("a.pol:")));
    let json = check(folder.path(), &["--format", "json"]).code(2);
    let report: Value = serde_json::from_slice(&json.get_output().stdout).unwrap();
    assert_eq!(report["schema"], "conforme.diagnostics/1");
    let files: Vec<&str> =
        report["diagnostics"].as_array().unwrap().iter().map(|d| d["file"].as_str().unwrap()).collect();
    assert!(["a.pol", "b.pol"].iter().all(|name| files.iter().any(|file| file.ends_with(name))), "{files:?}");
}

#[test]
fn a_consolidated_text_checks_and_decides_wherever_it_is_put() {
    for day in ["2025-01-01", "2026-07-01", "2027-01-01"] {
        let shown = conforme().args(["show", "ess", "--on", day, "--draft"]).output().unwrap();
        let text = String::from_utf8(shown.stdout).unwrap();
        let folder = folder(&[("consolide.pol", &text)]);
        conforme().arg("check").arg(folder.path()).assert().success();
        conforme()
            .args(["decide", &case("01-favorable"), "--on", day, "--draft", "--policies"])
            .arg(folder.path())
            .assert()
            .success();
    }
}

#[test]
fn a_text_is_laid_out_in_place_and_a_broken_one_is_left_alone() {
    let untidy = SMALL.replace("  exige âge ≥ 18", "    exige   âge >= 18   # le seuil");
    let broken = "dispositif x « pas fermé\n";
    let folder = folder(&[("a.pol", &untidy), ("b.pol", broken)]);
    let a = folder.path().join("a.pol");
    conforme().args(["fmt", "--check"]).arg(&a).assert().code(1).stdout(contains("a.pol"));
    assert_eq!(fs::read_to_string(&a).unwrap(), untidy);
    conforme().arg("fmt").arg(folder.path()).assert().code(2).stderr(contains("b.pol"));
    let tidy = fs::read_to_string(&a).unwrap();
    assert!(tidy.contains("\n  exige âge ≥ 18  # le seuil\n"), "{tidy}");
    assert_eq!(fs::read_to_string(folder.path().join("b.pol")).unwrap(), broken);
    conforme().args(["fmt", "--check"]).arg(&a).assert().code(0);
    conforme().args(["fmt", "-"]).write_stdin(untidy).assert().code(0).stdout(tidy);
}

#[test]
fn every_case_satisfies_the_schema_of_its_policy() {
    for policy in ["alr", "csq", "ess"] {
        let output = conforme().args(["schema", policy]).assert().code(0).get_output().stdout.clone();
        let schema: Value = serde_json::from_slice(&output).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for entry in fs::read_dir(format!("policies/{policy}/cases")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|kind| kind != "yaml") {
                continue;
            }
            let dossier: Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let errors: Vec<String> =
                validator.iter_errors(&dossier).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        }
    }
}

#[test]
fn a_new_dossier_asks_every_question_and_is_decided_as_incomplete() {
    for policy in ["alr", "csq", "ess"] {
        let output = conforme().args(["new", "dossier", policy]).assert().code(0).get_output().stdout.clone();
        let template = String::from_utf8(output).unwrap();
        assert!(template.contains(&format!("dispositif: {policy}")), "{template}");
        let text = fs::read_to_string(format!("policies/{policy}/{policy}.pol")).unwrap();
        let questions =
            text.lines().map(str::trim).filter(|line| line.starts_with('«') && line.ends_with("? »"));
        for question in questions.filter(|q| !text.contains(&format!("lecture {q}"))).take(3) {
            let words = question.trim_matches(['«', '»']).trim();
            assert!(template.contains(words), "{words}\n{template}");
        }
        conforme()
            .args(["decide", "-", "--on", "2025-10-01"])
            .write_stdin(template)
            .assert()
            .code(1)
            .stdout(contains("INCOMPLET"));
    }
}
