//! Answers that are written to a file.

use super::*;

fn said(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[test]
fn the_name_of_the_file_says_the_form() {
    let folder = tempfile::tempdir().unwrap();
    let (favourable, formats) = (
        case("01-favorable"),
        [("a.txt", "text"), ("a.json", "json"), ("a.YAML", "yaml"), ("a.md", "markdown"), ("a.html", "html")],
    );
    for (name, format) in formats {
        let path = folder.path().join("neuf").join(name);
        conforme().args(["decide", &favourable, "-o"]).arg(&path).assert().code(0).stdout(is_empty());
        let shown = conforme().args(["decide", &favourable, "--format", format]).assert().code(0);
        assert_eq!(said(&path), shown.get_output().stdout, "{name}");
    }
    // As is asked, where the name says nothing.
    let path = folder.path().join("reponse");
    conforme().args(["decide", &favourable, "--format", "json", "-o"]).arg(&path).assert().code(0);
    assert!(said(&path).starts_with(b"{\"schema\":\"conforme.decision/1\""));
}

#[test]
#[cfg(feature = "docx")]
fn a_document_of_a_word_processor_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decision.docx");
    conforme().args(["decide", &case("08-sous-le-seuil"), "-o"]).arg(&path).assert().code(1);
    assert!(said(&path).starts_with(b"PK\x03\x04"));
    let piped = conforme().args(["decide", &case("08-sous-le-seuil"), "--format", "docx"]).assert().code(1);
    assert_eq!(said(&path), piped.get_output().stdout);
    for arguments in [&["history", "ess"][..], &["diff", "policies/ess/ess.pol", "policies/ess/ess.pol"]] {
        let done = conforme().args(arguments).args(["--format", "docx"]).assert().code(0);
        assert!(done.get_output().stdout.starts_with(b"PK\x03\x04"), "{arguments:?}");
    }
    conforme()
        .args(["decide", &case("01-favorable"), &case("08-sous-le-seuil"), "--format", "docx"])
        .assert()
        .code(2)
        .stdout(is_empty())
        .stderr(contains("« --format docx » écrit un fichier entier, pour un seul dossier"));
    conforme()
        .args(["decide", &case("01-favorable"), "--format", "html", "-o"])
        .arg(&path)
        .assert()
        .code(2)
        .stderr(contains("« --format html » ne va pas avec le nom").and(contains("de forme docx")));
}

#[test]
fn several_answers_go_to_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("decisions.jsonl");
    let cases = [case("01-favorable"), case("08-sous-le-seuil")];
    conforme().arg("decide").args(&cases).arg("-o").arg(&path).assert().code(1).stdout(is_empty());
    let shown = conforme().arg("decide").args(&cases).args(["--format", "json"]).assert().code(1);
    assert_eq!(said(&path), shown.get_output().stdout);
    assert_eq!(String::from_utf8(said(&path)).unwrap().lines().count(), 2);
}

#[test]
fn what_cannot_go_to_a_file_is_told_and_nothing_is_written() {
    let folder = folder(&[
        ("essai.pol", SMALL),
        ("d.yaml", "dispositif: essai\nexaminé le: 2025-06-01\nâge: 20\n"),
        ("d.jsonl", "{}"),
    ]);
    let refused = |arguments: &[&str], words: &str| {
        let done =
            conforme().current_dir(&folder).args(["decide", "--policies", "."]).args(arguments).assert();
        let done = done.code(2);
        // A person reads it on the standard error, a program on the standard output.
        let output = done.get_output();
        let told = String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{told}");
    };
    refused(&["d.yaml", "-o", "d.yaml"], "« d.yaml » est le dossier qui est lu");
    refused(&["d.yaml", "-o", "./d.yaml"], "donner un autre nom à ce qui est écrit");
    refused(
        &["d.jsonl", "-o", "r.json"],
        "« --output » n'écrit pas la réponse à un fichier d'un dossier par ligne",
    );
    refused(&["d.yaml", "-o", "r.xlsx"], "« --output » écrit un tableau de dossiers sous ce nom");
    refused(
        &["d.yaml", "-o", "r.json", "--format", "html"],
        "retirer « --format », ou finir le nom autrement",
    );
    refused(&["d.yaml", "-o", "r.pdf"], "un PDF se fait en imprimant le fichier « .html » ou « .docx »");
    refused(&["d.yaml", "-o", "r"], "le nom « r » ne finit pas comme celui d'une forme connue");
    refused(&["d.yaml", "-o", "essai.pol/r.json"], "« essai.pol » est un fichier");
    // A dossier that is sent back has no answer for a person.
    fs::write(folder.path().join("faux.yaml"), "dispositif: essai\nexaminé le: 2025-06-01\nâge: vingt\n")
        .unwrap();
    refused(&["faux.yaml", "-o", "r.html"], "dossier non examiné");
    for name in ["r.json", "r.xlsx", "r.html", "r.pdf", "r"] {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
    assert_eq!(
        said(&folder.path().join("d.yaml")),
        "dispositif: essai\nexaminé le: 2025-06-01\nâge: 20\n".as_bytes()
    );
    // To a program it is told in the file.
    refused(&["faux.yaml", "-o", "r.json"], "");
    assert!(said(&folder.path().join("r.json")).starts_with(b"{\"schema\":\"conforme.diagnostics/1\""));
}
