//! Many dossiers in one file, one a line.

use super::*;

/// The cases of the policies as JSON, one a line, with what is decided of each in a file of its own.
fn cases() -> Vec<(String, Value)> {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = Vec::new();
    for policy in ["ess", "csq", "alr"] {
        for entry in fs::read_dir(format!("policies/{policy}/cases")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|own| own != "yaml") {
                continue;
            }
            let dossier: Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let Value::Object(mut dossier) = dossier else { panic!("{}", path.display()) };
            dossier.shift_remove("attendu");
            let alone = folder.path().join(format!("{:03}.json", lines.len()));
            fs::write(&alone, Value::Object(dossier.clone()).to_string()).unwrap();
            lines.push((Value::Object(dossier).to_string(), alone));
        }
    }
    let paths = lines.iter().map(|(_, path)| path);
    let alone = conforme().args(["decide", "--format", "json"]).args(paths).output().unwrap();
    let alone = String::from_utf8(alone.stdout).unwrap();
    let alone = alone.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.iter().map(|(line, _)| line.clone()).zip(alone).collect()
}

fn decide_lines(text: &str, more: &[&str]) -> (Vec<Value>, String, i32) {
    let folder = folder(&[("dossiers.jsonl", text)]);
    let path = folder.path().join("dossiers.jsonl");
    let done = conforme().arg("decide").arg(path).args(more).output().unwrap();
    let lines = String::from_utf8(done.stdout).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (lines, String::from_utf8(done.stderr).unwrap(), done.status.code().unwrap())
}

/// But for what a dossier is called and where it stands.
fn without_place(mut decision: Value) -> Value {
    if let Some(dossier) = decision["dossier"].as_object_mut() {
        dossier.shift_remove("file");
        dossier.shift_remove("line");
    }
    decision
}

#[test]
fn each_line_is_decided_as_it_is_alone_in_order() {
    let cases = cases();
    assert!(cases.len() > 40, "{}", cases.len());
    // Blank lines count as lines, and are no dossiers.
    let text: String = cases.iter().map(|(line, _)| format!("{line}\n\n")).collect();
    let (lines, _, _) = decide_lines(&text, &[]);
    assert_eq!(lines.len(), cases.len());
    for (rank, (line, (_, alone))) in lines.into_iter().zip(&cases).enumerate() {
        if alone["schema"] == "conforme.decision/1" {
            assert_eq!(line["dossier"]["line"], 2 * rank + 1);
            assert_eq!(without_place(line), without_place(alone.clone()));
        }
    }
}

const ADULT: &str = r#"{"dispositif": "essai", "dossier": "un", "examiné le": "2025-06-01", "âge": 30}"#;

fn small(text: &str) -> (Vec<Value>, String, i32) {
    let texts = folder(&[("majorite.pol", SMALL)]);
    decide_lines(text, &["--explain", "none", "--policies", texts.path().to_str().unwrap()])
}

#[test]
fn a_line_that_is_broken_costs_that_line_alone() {
    let minor = ADULT.replace("30", "12").replace("un", "deux");
    let (lines, told, code) =
        small(&format!("{ADULT}\n{{\"dispositif\"\n{minor}\nrien\n{}\n", ADULT.replace("30", "-1")));
    let outcomes: Vec<Option<&str>> = lines.iter().map(|line| line["outcome"].as_str()).collect();
    assert_eq!(outcomes, [Some("favourable"), None, Some("unfavourable"), None, None]);
    assert_eq!(code, 2);
    // What is wrong is told by the line of the file.
    for (rank, line) in [(1, 2), (3, 4), (4, 5)] {
        assert_eq!(lines[rank]["schema"], "conforme.diagnostics/1");
        assert_eq!(lines[rank]["dossier"]["line"], line);
        assert!(matches!(lines[rank]["diagnostics"][0]["line"].as_u64(), None | Some(2 | 4 | 5)));
    }
    assert_eq!(lines[4]["diagnostics"][0]["line"], 5);
    assert_eq!(lines[2]["dossier"]["name"], "deux");
    assert!(told.contains("5 dossiers : 1 favorable, 1 défavorable, 3 à corriger"), "{told}");
}

/// However many cores decide them, and whichever is done first.
#[test]
fn thousands_of_lines_are_answered_in_order() {
    let line = |rank: usize| match rank % 7 {
        0 => "{\"dispositif\": \"essai\", ".to_owned(),
        // A text of some length takes longer to read, and one that names no policy is refused.
        3 => ADULT.replace("un", &format!("{rank:05000}")),
        5 => ADULT.replace("\"dispositif\": \"essai\", ", ""),
        _ => ADULT.replace("un", &rank.to_string()).replace("30", &(rank % 40).to_string()),
    };
    let count = 3_000;
    let (lines, told, _) = small(&(0..count).map(|rank| line(rank) + "\n").collect::<String>());
    assert_eq!(lines.len(), count);
    for (rank, answer) in lines.iter().enumerate() {
        assert_eq!(answer["dossier"]["line"], rank + 1);
        let age = if rank % 7 == 3 { 30 } else { rank % 40 };
        match rank % 7 {
            0 => assert_eq!(answer["schema"], "conforme.diagnostics/1"),
            5 => assert_eq!(answer["diagnostics"][0]["code"], "dispositif-absent"),
            _ => {
                assert_eq!(answer["outcome"], if age < 18 { "unfavourable" } else { "favourable" }, "{rank}")
            }
        }
    }
    assert!(told.replace(['\u{a0}', '\u{202f}'], " ").starts_with("3 000 dossiers : "), "{told}");
}

/// Whoever reads no further than the first lines keeps nobody waiting.
#[test]
fn an_answer_that_nobody_reads_ends_the_work() {
    let texts = folder(&[("majorite.pol", SMALL), ("d.jsonl", &format!("{ADULT}\n").repeat(20_000))]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_conforme"))
        .current_dir(&texts)
        .args(["decide", "d.jsonl", "--policies", "."])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let done = child.wait_with_output().unwrap();
    // Nothing is summed up of what was not decided.
    assert_eq!(String::from_utf8(done.stderr).unwrap(), "");
}

#[test]
fn those_that_say_no_day_are_counted() {
    let undated = ADULT.replace("\"examiné le\": \"2025-06-01\", ", "");
    let texts = folder(&[("majorite.pol", &SMALL.replace(" jusqu'au 31 décembre 2025", ""))]);
    let text = format!("{ADULT}\n{undated}\n{undated}\n");
    let (_, told, _) = decide_lines(&text, &["--policies", texts.path().to_str().unwrap()]);
    assert!(told.contains("sans jour d'examen, donc examinés aujourd'hui ("), "{told}");
    assert!(told.trim_end().ends_with(") : 2"), "{told}");
    let (_, told, _) = small(&format!("{ADULT}\n"));
    assert!(!told.contains("sans jour"), "{told}");
}

#[test]
fn a_line_as_long_as_a_dossier_may_be_is_read_and_one_byte_more_is_not() {
    let line = |length: usize| {
        let spaces = " ".repeat(length - ADULT.len());
        ADULT.replacen("{", &format!("{{{spaces}"), 1)
    };
    let most = conforme::limits::DOSSIER_BYTES;
    let (lines, _, code) = small(&format!("{}\n{}\n{ADULT}\n", line(most), line(most + 1)));
    let outcomes: Vec<Option<&str>> = lines.iter().map(|line| line["outcome"].as_str()).collect();
    assert_eq!((outcomes, code), (vec![Some("favourable"), None, Some("favourable")], 2));
}

#[test]
fn what_such_a_file_cannot_be_asked_is_refused() {
    let folder = folder(&[("d.jsonl", ADULT), ("majorite.pol", SMALL)]);
    let run = |arguments: &[&str]| conforme().current_dir(&folder).args(arguments).assert().code(2);
    run(&["decide", "d.jsonl", "--format", "html", "--policies", "."])
        .stderr(contains("une décision par ligne"));
    run(&["decide", "d.jsonl", "d.jsonl", "--policies", "."])
        .stderr(contains("« d.jsonl » tient plusieurs dossiers, un par ligne"));
    run(&["decide", "absent.jsonl", "--policies", "."])
        .stderr(contains("fichier introuvable : « absent.jsonl »"));
}

/// A file without any dossier is not taken for one that was decided.
#[test]
fn a_file_without_a_dossier_is_told() {
    for text in ["", "\n \n"] {
        let (lines, told, code) = decide_lines(text, &[]);
        assert_eq!((lines.len(), code), (0, 2), "{text:?}");
        assert!(told.contains("n'a aucun dossier"), "{text:?}: {told}");
    }
}
