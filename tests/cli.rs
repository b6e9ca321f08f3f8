//! The commands as a person or a program runs them: arguments, exit codes, what goes where.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use tempfile::TempDir;

const CASES: &str = "policies/ess/cases";

fn conforme() -> Command {
    Command::new(env!("CARGO_BIN_EXE_conforme"))
}

fn case(name: &str) -> String {
    format!("{CASES}/{name}.yaml")
}

/// A folder of policies with one small text, as written or changed.
fn folder(texts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in texts {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// A small policy, in force in 2025 only: one fact, one criterion.
const SMALL: &str = include_str!("support/majorite.pol");

fn decide(folder: &TempDir, dossier: &str) -> assert_cmd::assert::Assert {
    conforme().args(["decide", "-", "--policies"]).arg(folder.path()).write_stdin(dossier).assert()
}

// ── what a command is given ──────────────────────────────────────────────────────────────────

/// What the system says of a file is told in French, each with its cause.
#[test]
fn a_file_where_a_folder_is_wanted_is_told_in_french() {
    let folder = folder(&[("majorite.pol", SMALL), ("plan", "rien")]);
    let run =
        |arguments: &[&str]| conforme().current_dir(&folder).args(arguments).write_stdin("").assert().code(2);
    let french = || contains("os error").not().and(contains("directory").not());
    for arguments in
        [&["decide", "-", "--policies", "majorite.pol"][..], &["test", "--policies", "majorite.pol"]]
    {
        run(arguments)
            .stderr(contains("attendu un répertoire ; « majorite.pol » est un fichier").and(french()));
    }
    // On two lines where the page is narrow.
    let through =
        contains("« plan/majorite.pol » ne peut pas être lu ni écrit").and(contains("un fichier y tient la"));
    run(&["fmt", "plan/majorite.pol"]).stderr(through.and(french()));
}

#[test]
fn a_policy_is_checked_laid_out_and_watched_by_its_identifier_too() {
    let folder = folder(&[
        ("policies/majorite/majorite.pol", &SMALL.replace("dispositif essai", "dispositif majorite")),
        ("policies/ailleurs/autre.pol", &SMALL.replace("dispositif essai", "dispositif autre")),
    ]);
    let run = |arguments: &[&str]| conforme().current_dir(&folder).args(arguments).assert();
    run(&["check", "majorite"]).code(0).stdout(contains("1 texte vérifié"));
    // Of a text that does not check the identifier is read all the same.
    let path = folder.path().join("policies/majorite/majorite.pol");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("exige", "exije")).unwrap();
    run(&["check", "majorite"]).code(2).stdout(contains("[policies/majorite/majorite.pol:"));
    run(&["check", "autre"]).code(0);
    run(&["fmt", "autre", "--check"]).code(0);
    let near = "attendu un fichier, un répertoire ou un dispositif connu ; lu « majorté »";
    let near = || contains(near).and(contains("vouliez-vous dire « majorite » ?"));
    run(&["check", "majorté"]).code(2).stdout(near());
    run(&["fmt", "majorté"]).code(2).stderr(near());
    run(&["watch", "majorté"]).code(2).stderr(near());
}

// ── decide ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_exit_code_says_what_was_decided() {
    for (name, code) in
        [("01-favorable", 0), ("02-neuf-medecins", 1), ("05-la-lecture-decide", 1), ("12-incomplet", 1)]
    {
        conforme()
            .args(["decide", &case(name)])
            .assert()
            .code(code)
            .stdout(is_empty().not())
            .stderr(is_empty());
    }
}

#[test]
fn of_several_dossiers_the_highest_code_counts_and_all_are_decided() {
    let absent = case("absent");
    let output = conforme()
        .args(["decide", "--format", "json", &case("12-incomplet"), &absent, &case("01-favorable")])
        .assert()
        .code(2)
        .get_output()
        .clone();
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["outcome"], "incomplete");
    assert_eq!(lines[1]["diagnostics"][0]["code"], "fichier-introuvable");
    assert_eq!(lines[2]["outcome"], "favourable");
    // Decisions and mistakes name their dossier alike.
    for (line, name) in lines.iter().zip(["12-incomplet.yaml", "absent.yaml", "01-favorable.yaml"]) {
        let file = line["dossier"]["file"].as_str().unwrap();
        assert!(file.ends_with(name), "{file}");
        for mistake in line["diagnostics"].as_array().into_iter().flatten() {
            assert!(mistake["file"].as_str().unwrap().ends_with(name), "{mistake}");
        }
    }
    // What is wrong with the command is answered for each dossier too.
    let output = conforme()
        .args(["decide", "--format", "json", "--reading", "x", &case("12-incomplet"), &absent])
        .output()
        .unwrap();
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let files: Vec<&str> =
        lines.iter().map(|line| line["diagnostics"][0]["file"].as_str().unwrap()).collect();
    assert!(files.len() == 2 && files[0].ends_with("12-incomplet.yaml") && files[1].ends_with("absent.yaml"));
}

#[test]
fn a_policy_that_is_not_known_is_shown_where_the_dossier_asks_for_it() {
    let folder = folder(&[("essai.pol", SMALL)]);
    decide(&folder, "dossier: Un\ndispositif: esai\nâge: 18\n").code(2).stderr(
        contains("dispositif inconnu : « esai »")
            .and(contains("[entrée standard:2:13]"))
            .and(contains("vouliez-vous dire « essai » ?")),
    );
    // What looks like an identifier in a file that cannot be read is not one.
    decide(&folder, "dispositif: essai\n  dossier: Un\n")
        .code(2)
        .stderr(contains("dossier non examiné").and(contains("dispositif inconnu").not()));
}

#[test]
fn a_damaged_passage_gives_one_message() {
    let damaged = SMALL
        .replace("source texte « Un texte »", "source texte « Un texte » dans « texte.txt »")
        .replace("« dix-huit ans »", "« au moins dix-neuf ans »");
    let folder = folder(&[("essai.pol", &damaged), ("texte.txt", "Il faut avoir au moins dix-huit ans.")]);
    let check = || conforme().arg("check").arg(folder.path()).assert();
    check().code(2).stdout(contains("[citation-absente]").and(contains("1 erreur\n")));
    // Once it is mended, what the rule says otherwise is seen.
    fs::write(folder.path().join("texte.txt"), "Il faut avoir au moins dix-neuf ans.").unwrap();
    check().code(0).stdout(contains("[concordance-chiffre]").and(contains("1 remarque\n")));
}

#[test]
fn what_is_no_text_at_all_is_told_so_once() {
    let folder = folder(&[
        ("lisez-moi.md", "# Une aide\n\nQui y a droit ?\n\ncritère âge\n  exige rien\n\n- un point\n"),
        ("vide.txt", "\n"),
        // What begins as a text is one, whatever its name.
        ("presque.txt", "dispostif aide « Aide »\n"),
    ]);
    fs::write(folder.path().join("notice.pdf"), b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n").unwrap();
    let check = |name: &str| conforme().arg("check").arg(name).current_dir(folder.path()).assert().code(2);
    for name in ["lisez-moi.md", "notice.pdf", "vide.txt"] {
        let said = format!("attendu un texte (.pol) ; « {name} » n'en est pas un");
        check(name).stdout(
            contains(said)
                .and(contains("un texte commence par « dispositif aide « Titre de l'aide » »"))
                .and(contains("0 texte vérifié : 1 erreur\n")),
        );
    }
    check("presque.txt").stdout(contains("vouliez-vous dire « dispositif » ?"));
}

#[test]
fn a_dossier_is_no_text_to_check() {
    let path = case("01-favorable");
    let said = "attendu un texte (.pol)".to_owned();
    conforme()
        .args(["check", &path])
        .assert()
        .code(2)
        .stdout(contains(said).and(contains(format!("conforme decide {path}"))).and(contains("1 erreur")));
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_cannot_be_written_is_no_success() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Process::new(env!("CARGO_BIN_EXE_conforme"));
    let output = command.args(["decide", &case("01-favorable")]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("la réponse n'a pas pu être écrite en entier"), "{said}");
}

#[test]
fn a_dossier_comes_on_the_standard_input() {
    let dossier = fs::read_to_string(case("01-favorable")).unwrap();
    conforme()
        .args(["decide", "-"])
        .write_stdin(dossier)
        .assert()
        .code(0)
        .stdout(contains("ESS Cardiologie des Landes"));
}

#[test]
fn every_form_says_the_same_outcome() {
    for (format, words) in [
        ("text", "FAVORABLE"),
        ("json", "\"favourable\""),
        ("yaml", "outcome: favourable"),
        ("markdown", "**FAVORABLE**"),
        ("html", "FAVORABLE"),
    ] {
        conforme()
            .args(["decide", "--format", format, &case("01-favorable")])
            .assert()
            .code(0)
            .stdout(contains(words));
    }
}

#[test]
fn a_pipe_gets_neither_colour_nor_long_lines() {
    for name in ["01-favorable", "05-la-lecture-decide", "08-sous-le-seuil", "12-incomplet"] {
        for explain in ["brief", "full"] {
            let output = conforme()
                .args(["decide", "--explain", explain, &case(name)])
                .assert()
                .get_output()
                .stdout
                .clone();
            let text = String::from_utf8(output).unwrap();
            assert!(!text.contains('\u{1b}'), "{text}");
            for line in text.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
            }
        }
    }
}

#[test]
fn the_command_s_date_prevails() {
    let json = |arguments: &[&str]| -> Value {
        let output = conforme().args(["decide", "--format", "json"]).args(arguments).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let case = case("28-dernier-jour");
    assert_eq!(json(&[&case])["examined_on"], "2025-09-10");
    assert_eq!(json(&[&case, "--on", "11/09/2025"])["examined_on"], "2025-09-11");
    let late = json(&[&case, "--on", "2025-09-11"]);
    assert_eq!(late["obligations"][0]["status"], "missed");
}

#[test]
fn without_any_date_the_dossier_is_examined_today() {
    let folder = folder(&[("essai.pol", &SMALL.replace(" jusqu'au 31 décembre 2025", ""))]);
    let assert = conforme()
        .args(["decide", "-", "--format", "json", "--policies"])
        .arg(folder.path())
        .write_stdin("dispositif: essai\nâge: 20\n")
        .assert()
        .code(0);
    let decision: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
    let day = decision["examined_on"].as_str().unwrap();
    assert!(day >= "2026-01-01", "{day}");
}

#[test]
fn a_reading_is_retained_by_the_command() {
    let case = case("05-la-lecture-decide");
    conforme().args(["decide", &case, "--reading", "base du seuil=libéraux"]).assert().code(0);
    conforme()
        .args(["decide", &case, "--reading", "base du seuil = tous"])
        .assert()
        .code(1)
        .stdout(contains("DÉFAVORABLE"));
}

#[test]
fn a_reading_that_does_not_exist_or_is_settled_otherwise_is_refused() {
    let refused = |arguments: &[&str], words: &str| {
        conforme().arg("decide").args(arguments).assert().code(2).stderr(contains(words)).stdout(is_empty());
    };
    let open = case("05-la-lecture-decide");
    refused(&[&open, "--reading", "base de seuil=tous"], "vouliez-vous dire « base du seuil »");
    refused(&[&open, "--reading", "base du seuil=liberaux"], "vouliez-vous dire « libéraux »");
    refused(&[&open, "--reading", "base du seuil"], "NOM=OPTION");
    refused(
        &[&open, "--reading", "base du seuil=tous", "--reading", "base du seuil=libéraux"],
        "lecture-contraire",
    );
    refused(&[&case("06-lecture-retenue"), "--reading", "base du seuil=tous"], "06-lecture-retenue.yaml:");
}

#[test]
fn a_dossier_is_sent_back_with_its_place() {
    let dossier =
        fs::read_to_string(case("01-favorable")).unwrap().replace("médecins: 34", "médecins: trente-quatre");
    conforme()
        .args(["decide", "-"])
        .write_stdin(dossier)
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("dossier non examiné").and(contains("trente-quatre")).and(contains("ess/ess.pol")));
}

#[test]
fn an_unknown_policy_is_named_and_the_nearest_proposed() {
    let folder = folder(&[("essai.pol", SMALL)]);
    decide(&folder, "dispositif: esai\n").code(2).stderr(contains("vouliez-vous dire « essai »"));
    decide(&folder, "dispositif: tout autre chose\n").code(2).stderr(contains("dispositifs connus : essai"));
    decide(&folder, "âge: 12\n").code(2).stderr(contains("dispositif: essai"));
}

#[test]
fn a_broken_policy_is_reported_and_harms_no_other() {
    let folder = folder(&[
        ("a/essai.pol", SMALL),
        ("b/casse.pol", "dispositif casse « Cassé »\n\ncritère x\n  exige y\n"),
    ]);
    decide(&folder, "dispositif: essai\nexaminé le: 2025-06-01\nâge: 20\n").code(0);
    decide(&folder, "dispositif: casse\n").code(2).stderr(contains("b/casse.pol:"));
}

#[test]
fn the_version_in_force_is_taken_and_none_is_said_with_the_nearest() {
    let next = SMALL
        .replace("1er janvier 2025", "1er janvier 2026")
        .replace(" jusqu'au 31 décembre 2025", "")
        .replace("âge ≥ 18", "âge ≥ 21");
    let folder = folder(&[("essai-2025.pol", SMALL), ("essai-2026.pol", &next)]);
    decide(&folder, "dispositif: essai\nexaminé le: 2025-12-31\nâge: 20\n").code(0);
    decide(&folder, "dispositif: essai\nexaminé le: 2026-01-01\nâge: 20\n").code(1);
    decide(&folder, "dispositif: essai\nexaminé le: 2023-05-03\nâge: 20\n")
        .code(2)
        .stderr(contains("3 mai 2023").and(contains("1er janvier 2025")));
}

#[test]
fn two_versions_in_force_at_once_are_refused() {
    let folder = folder(&[("un.pol", SMALL), ("deux.pol", &SMALL.replace("≥ 18", "≥ 21"))]);
    decide(&folder, "dispositif: essai\nexaminé le: 2025-06-01\nâge: 20\n")
        .code(2)
        .stderr(contains("versions-superposees").and(contains("un.pol")).and(contains("deux.pol")));
}

#[test]
fn a_changed_policy_needs_no_build() {
    let text = fs::read_to_string("policies/ess/ess.pol").unwrap();
    let changed = text.replace("territoire.médecins ≥ 10", "territoire.médecins ≥ 12");
    assert_ne!(text, changed);
    for (text, code) in [(text, 0), (changed, 1)] {
        let folder = folder(&[("ess/ess.pol", &text)]);
        conforme()
            .args(["decide", &case("03-dix-medecins"), "--policies"])
            .arg(folder.path())
            .assert()
            .code(code);
    }
}

#[test]
fn a_file_past_the_limit_is_refused_before_it_is_read() {
    let folder = folder(&[]);
    let path = folder.path().join("gros.yaml");
    // More than any memory holds.
    fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    conforme().arg("decide").arg(&path).assert().code(2).stderr(contains("fichier-trop-gros"));
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let mut paths: Vec<String> = Vec::new();
    for _ in 0..20 {
        paths.push(case("01-favorable"));
    }
    let mut child = Process::new(env!("CARGO_BIN_EXE_conforme"))
        .args(["decide", "--explain", "full"])
        .args(&paths)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(said.is_empty(), "{said}");
}

// ── check, fmt ───────────────────────────────────────────────────────────────────────────────

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

// ── schema, new dossier ──────────────────────────────────────────────────────────────────────

#[test]
fn every_case_satisfies_the_schema_of_its_policy() {
    for policy in ["ess", "csq"] {
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
    for policy in ["ess", "csq"] {
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

// ── the rest ─────────────────────────────────────────────────────────────────────────────────

#[test]
fn help_is_in_french_and_teaches() {
    for (arguments, words) in [
        (vec!["--help"], "Pour commencer"),
        (vec!["decide", "--help"], "Code de sortie"),
        (vec!["check", "-h"], "--strict"),
        (vec!["fmt", "--help"], "Exemples"),
        (vec!["schema", "--help"], "Exemples"),
        (vec!["new", "--help"], "dossier"),
        (vec!["new", "dossier", "--help"], "Exemple"),
        (vec!["completions", "--help"], "Exemples"),
    ] {
        let output = conforme().args(&arguments).assert().code(0).get_output().stdout.clone();
        let text = String::from_utf8(output).unwrap();
        assert!(text.contains(words), "{text}");
        for english in
            ["Usage:", "Options:", "Arguments:", "Commands:", "Print help", "default:", "possible values"]
        {
            assert!(!text.contains(english), "{english} in {text}");
        }
    }
}

#[test]
fn mistakes_in_the_command_line_are_said_in_french() {
    for (arguments, words) in [
        (vec!["decid"], "vouliez-vous dire « decide »"),
        (vec!["decide"], "il manque : « DOSSIER »"),
        (vec!["decide", "x", "--format", "jso"], "valeur inconnue"),
        (vec!["decide", "x", "--frmat", "json"], "vouliez-vous dire « --format »"),
        (vec!["decide", "x", "--on"], "il manque une valeur"),
        (vec!["decide", "x", "--on", "demain"], "attendu une date"),
        (vec!["check", "absent.pol"], "fichier introuvable"),
        (vec!["schema", "absent"], "dispositif inconnu"),
    ] {
        let assert = conforme().args(&arguments).assert().code(2);
        let output = assert.get_output();
        let said = [output.stdout.clone(), output.stderr.clone()].concat();
        let said = String::from_utf8(said).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn every_shell_has_its_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        conforme()
            .args(["completions", shell])
            .assert()
            .code(0)
            .stdout(contains("decide").and(contains("conforme")));
    }
    conforme().arg("man").assert().code(0).stdout(contains(".TH conforme"));
}

#[test]
fn no_colour_is_asked_for_in_vain() {
    let mut child = Process::new(env!("CARGO_BIN_EXE_conforme"))
        .args(["decide", "-"])
        .env("NO_COLOR", "1")
        .env("CLICOLOR_FORCE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(case("12-incomplet")).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!String::from_utf8(output.stdout).unwrap().contains('\u{1b}'));
}

/// What is quoted of a refusal is the text that was retained, not the one that says otherwise.
#[test]
fn a_refusal_under_a_retained_reading_quotes_no_passage_of_the_other() {
    let case = "policies/ess/cases/14-liens-non-formalises.yaml";
    let output = conforme()
        .args(["decide", case, "--reading", "formalisation des liens=exigée"])
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        text.contains("DÉFAVORABLE") && text.contains("Collaboration avec les professionnels hospitaliers")
    );
    assert!(!text.contains("peut formaliser"), "{text}");
}
