//! `conforme decide`, and what it is given: dossiers, dates, readings, versions.

use super::*;

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
fn a_clause_with_a_damaged_word_gives_one_message() {
    const LAW: &str = "Le chenil accueille au moins douze chiens. Il compte au plus trois gardiens.";
    let policy = "dispositif essai « Essai »
  en vigueur depuis le 1er janvier 2025

source arrêté « Arrêté » dans « texte.txt », texte opposable

dossier
  chiens : entier ≥ 0
    « Combien de chiens le chenil accueille-t-il ? »
  gardiens : entier ≥ 0
    « Combien de gardiens compte-t-il ? »

critère taille
  selon arrêté, art. 1 « Le chenil accueille plus de douze chiens. Il compte au plus trois gardiens. »
  exige chiens ≥ 12 et gardiens ≤ 3

décision agrément
  favorable si tous les critères sont remplis
";
    let check = |policy: &str| {
        let folder = folder(&[("essai.pol", policy), ("texte.txt", LAW)]);
        conforme().arg("check").arg(folder.path()).assert()
    };
    // « plus de » is not in the source: the comparison that it would make is not told.
    check(policy).code(2).stdout(contains("[citation-absente]").and(contains("1 erreur\n")));
    // What another sentence of the passage says is told all the same.
    check(&policy.replace("gardiens ≤ 3", "gardiens ≤ 4"))
        .code(2)
        .stdout(contains("[citation-absente]").and(contains("1 erreur, 1 remarque\n")));
    check(&policy.replace("plus de douze", "au moins douze")).code(0).stdout(contains("aucune erreur\n"));
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

/// What comes from elsewhere than a file, or says nearly what it is of, is told its own cause.
#[test]
fn a_dossier_that_names_no_policy_is_told_why() {
    for (text, more, said) in [
        (
            "dispositif;population\ncsq;3\n",
            &[][..],
            "ceci est un tableau : l'enregistrer dans un fichier « .csv »",
        ),
        ("Dispositif: csq\npopulation: 3\n", &[], "écrire « dispositif » au lieu de « Dispositif »"),
        ("dispositf: csq\n", &[], "écrire « dispositif » au lieu de « dispositf »"),
        ("population: 3\n", &[], "dispositifs connus : alr, csq, ess"),
        ("dispositif: foo\n", &[], "dispositifs connus : alr, csq, ess"),
        ("dispositif: csq\n", &["--reading", "x=y"], "ce texte n'a aucune lecture à retenir"),
    ] {
        let done = conforme().args(["decide", "-"]).args(more).write_stdin(text).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ").replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(done.status.code(), Some(2), "{text}");
        assert!(told.contains(said), "{text}: {told}");
    }
}

/// An option that was not typed is not blamed.
#[test]
fn the_option_that_asks_for_a_whole_file_is_named_as_it_was_typed() {
    let folder = folder(&[("a.yaml", "dispositif: csq\n"), ("b.yaml", "dispositif: csq\n")]);
    let paths = ["a.yaml", "b.yaml"].map(|name| folder.path().join(name));
    for (more, said) in
        [(["-o", "o.docx"], "« --output o.docx »"), (["--format", "docx"], "« --format docx »")]
    {
        let done = conforme().arg("decide").args(&paths).args(more).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(told.contains(said), "{told}");
    }
}
