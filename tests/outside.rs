//! No link, pipe or device leads out of a folder: neither to read nor to write.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use assert_cmd::Command as Conforme;

/// What stands outside, and must be shown nowhere.
const SECRET: &str = "COFFRE 4711 deuxième mot de la ligne secrète";

const TEXT: &str = "dispositif prime « Prime d'essai »
  en vigueur depuis le 1er janvier 2020

source loi « Règlement inventé » dans « loi.txt », texte opposable

dossier

  dépense : montant ≥ 0 €
    « Combien ? »

décision accord
  selon loi « COFFRE mille deuxième mot de la ligne secrète »
  favorable si dépense ≥ 1 000 €
";

/// A folder of texts beside what they must not reach.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join("textes/cases")).unwrap();
    fs::create_dir_all(place.path().join("dehors")).unwrap();
    fs::write(place.path().join("dehors/secret.txt"), SECRET).unwrap();
    fs::write(place.path().join("textes/prime.pol"), TEXT).unwrap();
    place
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// What a command says, on both sides; it never waits.
fn said(place: &Path, args: &[&str]) -> String {
    let output = Conforme::cargo_bin("conforme")
        .unwrap()
        .args(args)
        .current_dir(place)
        .env_remove("CLICOLOR_FORCE")
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap();
    assert!(output.status.code().is_some(), "{args:?} had to be stopped");
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    assert!(!said.contains("COFFRE 4711"), "{said}");
    said
}

/// What may stand in the place of a file.
const KINDS: [&str; 5] = ["link", "absolute link", "link to a device", "pipe", "link to a link"];

fn put(kind: &str, path: &Path) {
    let _ = fs::remove_file(path);
    let up = if path.parent().unwrap().ends_with("cases") { "../.." } else { ".." };
    match kind {
        "link" => symlink(format!("{up}/dehors/secret.txt"), path).unwrap(),
        "absolute link" => {
            symlink(path.ancestors().nth(up.len() / 2 + 1).unwrap().join("dehors/secret.txt"), path).unwrap()
        }
        "link to a device" => symlink("/dev/zero", path).unwrap(),
        "pipe" => pipe(path),
        _ => {
            let between = path.with_file_name("entre");
            let _ = fs::remove_file(&between);
            symlink(format!("{up}/dehors/secret.txt"), &between).unwrap();
            symlink("entre", path).unwrap();
        }
    }
}

#[test]
fn no_source_text_or_case_leads_outside() {
    let place = place();
    let case = "dispositif: prime\nexaminé le: 2025-01-01\ndépense: 1000\n";
    let check = &["check", "textes"][..];
    let test = &["test", "--policies", "textes"][..];
    for (file, command) in [
        ("textes/loi.txt", check),
        ("textes/autre.pol", check),
        ("textes/autre.pol", test),
        ("textes/autre.pol", &["fmt", "textes"]),
        ("textes/cases/cas.yaml", test),
        ("textes/cases/cas.decision.md", test),
        ("textes/cases/cas.yaml", &["decide", "--policies", "textes", "textes/cases/cas.yaml"]),
        ("textes/cases/cas.yaml", &["cases", "prime", "--policies", "textes"]),
        ("textes/cases/cas.yaml", &["diff", "textes/prime.pol", "textes/prime.pol"]),
    ] {
        for kind in KINDS {
            for file in ["textes/loi.txt", "textes/autre.pol", "textes/cases/cas.decision.md"] {
                let _ = fs::remove_file(place.path().join(file));
            }
            fs::write(place.path().join("textes/cases/cas.yaml"), case).unwrap_or_default();
            put(kind, &place.path().join(file));
            let said = said(place.path(), command);
            let code = match (kind, file) {
                ("pipe", _) => "fichier-attendu",
                (_, "textes/loi.txt") => "source-hors-dossier",
                _ => "fichier-hors-dossier",
            };
            assert!(said.contains(code), "{file}, {kind}, {command:?}:\n{said}");
            let _ = fs::remove_file(place.path().join(file));
        }
    }
    assert_eq!(fs::read_to_string(place.path().join("dehors/secret.txt")).unwrap(), SECRET);
}

#[test]
fn a_link_within_the_folder_is_followed() {
    let place = place();
    fs::create_dir_all(place.path().join("textes/sources")).unwrap();
    fs::write(place.path().join("textes/sources/loi.txt"), "COFFRE mille deuxième mot de la ligne secrète")
        .unwrap();
    symlink("sources/loi.txt", place.path().join("textes/loi.txt")).unwrap();
    let said = said(place.path(), &["check", "textes"]);
    assert!(said.contains("aucune erreur"), "{said}");
}

#[test]
fn nothing_is_written_at_the_end_of_a_link() {
    let place = place();
    fs::write(place.path().join("textes/loi.txt"), "COFFRE mille deuxième mot de la ligne secrète").unwrap();
    let cases = place.path().join("textes/cases");
    symlink("../../dehors/cas.yaml", cases.join("decision-defavorable.yaml")).unwrap();
    let write = ["cases", "prime", "--policies", "textes", "--missing", "--write", "textes/cases"];
    said(place.path(), &write);
    assert!(cases.join("decision-defavorable-2.yaml").is_file());
    // Likewise what is approved, and the examples of a change.
    fs::remove_file(cases.join("decision-defavorable.yaml")).unwrap();
    symlink("../../dehors/approuve.md", cases.join("decision-favorable.decision.md")).unwrap();
    let accepted = said(place.path(), &["test", "--policies", "textes", "--accept"]);
    assert!(accepted.contains("fichier-hors-dossier"), "{accepted}");
    fs::create_dir_all(place.path().join("exemples")).unwrap();
    for name in ["exemple-01", "exemple-01-avant", "exemple-01-apres"] {
        let at = place.path().join(format!("exemples/{name}.yaml"));
        symlink(format!("../dehors/{name}.yaml"), at).unwrap();
    }
    fs::write(place.path().join("autre.pol"), TEXT.replace("1 000 €", "2 000 €")).unwrap();
    let told = said(place.path(), &["diff", "textes/prime.pol", "autre.pol", "--witnesses", "exemples"]);
    assert!(told.contains("fichier-hors-dossier"), "{told}");
    // An earlier run of `fmt` may have left such a name.
    fs::write(place.path().join("textes/prime.pol"), TEXT.replace("  selon loi", "    selon  loi")).unwrap();
    symlink("../dehors/forme.pol", place.path().join("textes/prime.pol.nouveau")).unwrap();
    said(place.path(), &["fmt", "textes"]);
    assert_eq!(fs::read_to_string(place.path().join("textes/prime.pol")).unwrap(), TEXT);
    let left: Vec<_> =
        fs::read_dir(place.path().join("dehors")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["secret.txt"]);
}

/// Editors and CI open the paths that mistakes are shown under; decisions are the same wherever they are made.
#[test]
fn paths_of_mistakes_start_where_the_command_runs() {
    let place = place();
    fs::write(place.path().join("textes/loi.txt"), SECRET).unwrap();
    let file = |said: &str| {
        let read: serde_json::Value = serde_json::from_str(said.trim_end()).unwrap();
        let file = read["diagnostics"][0]["file"].as_str();
        file.map(str::to_owned).unwrap_or_else(|| panic!("no file in {said}"))
    };
    let checked = Conforme::cargo_bin("conforme")
        .unwrap()
        .args(["check", "--format", "json", "textes"])
        .current_dir(place.path())
        .output()
        .unwrap();
    assert_eq!(file(&String::from_utf8(checked.stdout).unwrap()), "textes/prime.pol");
    fs::write(place.path().join("textes/loi.txt"), "COFFRE mille deuxième mot de la ligne secrète").unwrap();
    let dossier = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    dossier("dehors/faux.yaml", "dispositif: prime\ndépense: beaucoup\n");
    dossier("dehors/sans.yaml", "dépense: 1\n");
    dossier("dehors/autre.yaml", "dispositif: autre\n");
    for (given, expected) in [
        ("dehors/faux.yaml", "dehors/faux.yaml"),
        ("dehors/sans.yaml", "dehors/sans.yaml"),
        ("dehors/autre.yaml", "dehors/autre.yaml"),
        ("dehors/absent.yaml", "dehors/absent.yaml"),
        ("./dehors/absent.yaml", "dehors/absent.yaml"),
    ] {
        let said = said(place.path(), &["decide", "--policies", "textes", "--format", "json", given]);
        assert_eq!(file(&said), expected);
    }
    let said_of = |args: &[&str]| file(&said(place.path(), args));
    assert_eq!(said_of(&["check", "--format", "json", "dehors"]), "dehors");
    assert_eq!(
        said_of(&["decide", "--format", "json", "--policies", "ailleurs", "dehors/faux.yaml"]),
        "ailleurs"
    );
    dossier("dehors/juste.yaml", "dispositif: prime\nexaminé le: 2025-01-01\ndépense: 1000\n");
    let near =
        said(place.path(), &["decide", "--policies", "textes", "--format", "json", "dehors/juste.yaml"]);
    let inside = place.path().join("textes");
    let far = said(&inside, &["decide", "--policies", ".", "--format", "json", "../dehors/juste.yaml"]);
    assert_eq!(near, far);
    assert!(near.contains("\"prime.pol\""), "{near}");
}
