//! A sheet of dossiers in CSV.

use super::*;

/// What a sheet gives: the sheet that is answered, what is told, the code.
fn decide_sheet(bytes: &[u8], texts: &Path, more: &[&str]) -> (String, String, i32) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dossiers.csv");
    fs::write(&path, bytes).unwrap();
    let done = conforme().arg("decide").arg(path).arg("--policies").arg(texts).args(more).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(done.stdout), text(done.stderr), done.status.code().unwrap())
}

fn small(sheet: &str) -> (String, String, i32) {
    let texts = folder(&[("majorite.pol", SMALL)]);
    decide_sheet(sheet.as_bytes(), texts.path(), &[])
}

#[test]
fn a_sheet_comes_back_with_what_was_decided() {
    let (sheet, told, code) = small(
        "dispositif;dossier;examiné le;Quel âge ?\n\
         essai;Dupont;01/06/2025;30\n\
         essai;Martin;02/06/2025;12\n\
         essai;Durand;02/06/2025;\n\
         essai;Petit;02/06/2025;trente\n",
    );
    // A spreadsheet in French wants the mark.
    let mut lines = sheet.strip_prefix('\u{feff}').unwrap().lines();
    let titles = "dispositif;dossier;examiné le;Quel âge ?;décision;motif;à demander;à corriger";
    assert_eq!(lines.next(), Some(titles));
    let rest: Vec<&str> = lines.collect();
    assert_eq!(rest[0], "essai;Dupont;01/06/2025;30;favorable;toutes les conditions sont remplies;;");
    assert!(
        rest[1].contains(";défavorable;") && rest[1].contains("âge : 12 (il faut : au moins 18)"),
        "{}",
        rest[1]
    );
    assert!(
        rest[2].starts_with("essai;Durand;02/06/2025;;incomplet;") && rest[2].ends_with(";âge;"),
        "{}",
        rest[2]
    );
    assert!(rest[3].contains(";à corriger;") && rest[3].contains("lu « trente »"), "{}", rest[3]);
    assert_eq!((rest.len(), code), (4, 2));
    assert!(told.contains("4 dossiers : 1 favorable, 1 défavorable, 1 incomplet, 1 à corriger"), "{told}");
    // Once more: what an earlier answer said is said anew.
    let (again, _, _) = small(&sheet);
    assert_eq!(again, sheet);
}

#[test]
fn a_sheet_of_another_make_is_read_as_well() {
    let (sheet, _, code) = small("sep=,\ndispositif,examiné le,âge\nessai,2025-06-01,30\n");
    assert!(
        sheet.ends_with("essai,2025-06-01,30,favorable,toutes les conditions sont remplies,,\n"),
        "{sheet}"
    );
    assert_eq!(code, 0);
    let texts = folder(&[("majorite.pol", SMALL)]);
    let older = b"dispositif;examin\xe9 le;\xe2ge\r\nessai;01/06/2025;30\r\n";
    let (sheet, told, code) = decide_sheet(older, texts.path(), &[]);
    assert!(sheet.contains("dispositif;examiné le;âge;décision") && sheet.contains(";favorable;"), "{sheet}");
    assert!(told.contains("windows-1252") && code == 0, "{told}");
}

#[test]
fn a_column_that_is_mistaken_is_told_before_anything_is_decided() {
    for (titles, said) in [
        ("dispositif;examiné le;ages", "vouliez-vous dire « âge » ?"),
        (
            "dispositif;examiné le;âge;Quel âge ?",
            "les colonnes « âge » et « Quel âge ? » répondent à la même question",
        ),
        ("âge", "ajouter une colonne « dispositif »"),
        ("dispositif;âge", "remplir la colonne « examiné le »"),
    ] {
        let (sheet, told, code) = small(&format!("{titles}\nessai;01/06/2025;30;30\n"));
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ").replace(['\u{a0}', '\u{202f}'], " ");
        assert!(told.contains(said), "{titles}: {told}");
        assert_eq!((sheet.as_str(), code), ("", 2), "{titles}");
        assert!(told.ends_with("Aucun dossier n'a été décidé."), "{told}");
    }
    let (_, told, _) = small("");
    assert!(told.contains("attendu une ligne de titres"), "{told}");
}

#[test]
fn what_is_wrong_is_shown_in_the_sheet() {
    let texts = folder(&[("majorite.pol", SMALL)]);
    let sheet = "dispositif;examiné le;âge\nessai;01/06/2025;30\nessai;01/06/2025;trente;4\nessai;01/06/2025;trente\n";
    let (lines, _, _) =
        decide_sheet(sheet.as_bytes(), texts.path(), &["--format", "json", "--explain", "none"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["dossier"]["line"], 2);
    let place = |line: &Value| {
        let one = &line["diagnostics"][0];
        (one["code"].as_str().unwrap().to_owned(), one["line"].as_u64(), one["column"].as_u64())
    };
    assert_eq!(place(&lines[1]), ("cellules-en-trop".into(), Some(3), Some(25)));
    assert_eq!(place(&lines[2]), ("reponse-inattendue".into(), Some(4), Some(18)));
}

/// A column is called by the title that it has in the sheet, an element by its line.
#[test]
fn what_is_wrong_is_told_in_the_words_of_the_sheet() {
    let sheet = "dispositif;dossier;examiné le;Le territoire est-il d'un seul tenant ?;médecins du territoire;\
                 objet du projet;adhérents.RPPS;adhérents : exercice\n\
                 ess;A;01/10/2025;peut-être;;;;\n\
                 ess;B;01/10/2025;oui;une dizaine;;;\n\
                 ess;C;01/10/2025;oui;40;Pathologies;1;libéral\n\
                 ess;D;01/10/2025;oui;40;;1;libéral\n\
                 ess;D;;;;;2;médecin\n\
                 ess;E;01/10/2025;oui;40;;1;libéral\n\
                 ess;E;;;;;1;libéral\n\
                 ess;F;01/10/2025;oui;40;;1;libéral\n\
                 ess;F;02/10/2025;;;;2;libéral\n";
    let (rows, _, _) = decide_sheet(sheet.as_bytes(), Path::new("policies"), &[]);
    let told = |rank: usize| rows.lines().nth(rank).unwrap().to_owned();
    for (rank, said) in [
        (1, "« Le territoire est-il d'un seul tenant ? » : attendu oui ou non ; lu « peut-être »"),
        (2, "« médecins du territoire » : attendu un entier"),
        (3, "objet du projet : attendu spécialité ou pathologie"),
        (4, "ligne 6, « adhérents : exercice » : attendu libéral, mixte ou salarié ; lu « médecin »"),
        (6, "la même valeur ici, ligne 8 ; déjà donnée par adhérents[1], ligne 7"),
        (8, "ici d'abord, ligne 9 ; puis ici, ligne 10"),
    ] {
        assert!(told(rank).contains(";à corriger;") && told(rank).contains(said), "{}", told(rank));
    }
}

/// The answers of a dossier by path, and the elements of its lists; nothing, where more is said of an answer.
fn flat(
    prefix: &str,
    value: &Value,
    cells: &mut Vec<(String, String)>,
    lists: &mut Vec<Vec<(String, String)>>,
) -> bool {
    match value {
        Value::Object(map) if map.contains_key("valeur") => false,
        Value::Object(map) => map.iter().all(|(key, value)| {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            flat(&path, value, cells, lists)
        }),
        Value::Array(elements) if elements.is_empty() => {
            cells.push((prefix.to_owned(), "aucun".to_owned()));
            true
        }
        Value::Array(elements) => elements.iter().enumerate().all(|(rank, element)| {
            let mut own = Vec::new();
            let plain = flat(prefix, element, &mut own, &mut Vec::new()) && !own.is_empty();
            if lists.len() <= rank {
                lists.push(Vec::new());
            }
            lists[rank].extend(own);
            plain
        }),
        Value::String(text) => {
            cells.push((prefix.to_owned(), text.clone()));
            true
        }
        Value::Null => true,
        other => {
            cells.push((prefix.to_owned(), other.to_string()));
            true
        }
    }
}

/// The cases of each policy in one sheet are decided as each is in a file of its own.
#[test]
fn the_rows_of_a_sheet_are_decided_as_files_are() {
    let mut rows = 0;
    for policy in ["ess", "csq", "alr"] {
        let mut dossiers = Vec::new();
        for entry in fs::read_dir(format!("policies/{policy}/cases")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|own| own != "yaml") {
                continue;
            }
            let mut dossier: Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            dossier.as_object_mut().unwrap().shift_remove("attendu");
            // A name of its own, for it tells where a dossier ends.
            dossier["dossier"] = path.display().to_string().into();
            let (mut cells, mut lists) = (Vec::new(), Vec::new());
            if flat("", &dossier, &mut cells, &mut lists) {
                dossiers.push((path, cells, lists));
            }
        }
        let paths = dossiers.iter().map(|(path, _, _)| path);
        let alone = conforme()
            .args(["decide", "--format", "json", "--explain", "none"])
            .args(paths)
            .output()
            .unwrap();
        let mut titles: Vec<&String> = Vec::new();
        for (_, cells, lists) in &dossiers {
            for (title, _) in cells.iter().chain(lists.iter().flatten()) {
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
        }
        let row = |cells: &[(String, String)]| {
            let cell = |title: &&String| {
                let cell = cells.iter().find(|(own, _)| own == *title).map_or("", |(_, cell)| cell);
                format!("\"{}\"", cell.replace('"', "\"\""))
            };
            titles.iter().map(cell).collect::<Vec<_>>().join(";")
        };
        let mut sheet = titles.iter().map(|title| title.as_str()).collect::<Vec<_>>().join(";");
        for (_, cells, lists) in &dossiers {
            let (first, rest) =
                lists.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first.as_slice(), rest));
            sheet.push_str(&format!("\n{}", row(&[cells.as_slice(), first].concat())));
            for element in rest {
                sheet.push_str(&format!("\n{}", row(element)));
            }
        }
        let (lines, _, _) =
            decide_sheet(sheet.as_bytes(), Path::new("policies"), &["--format", "json", "--explain", "none"]);
        let alone = String::from_utf8(alone.stdout).unwrap();
        let told = |text: &str| -> Vec<Value> {
            let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            lines
                .map(|mut line| {
                    line["dossier"] = Value::Null;
                    line
                })
                .collect()
        };
        rows += dossiers.len();
        let (alone, lines) = (told(&alone), told(&lines));
        assert_eq!(alone.len(), lines.len(), "{policy}");
        for (alone, line) in
            alone.iter().zip(&lines).filter(|(alone, _)| alone["schema"] == "conforme.decision/1")
        {
            assert_eq!(line, alone);
        }
    }
    assert!(rows > 20, "{rows}");
}

/// A quotation mark that is not closed costs its dossier alone; a cell may have line ends.
#[test]
fn a_row_that_is_broken_costs_its_dossier_alone() {
    let texts = folder(&[("majorite.pol", SMALL)]);
    let sheet = "dispositif;dossier;examiné le;âge\n\
                 essai;\"Dupont\nJean; \"\"le grand\"\"\";01/06/2025;30\n\
                 essai;\"Martin;01/06/2025;12\n\
                 essai;Durand 5\" plus;01/06/2025;20\n\
                 essai;Petit;01/06/2025;17\n";
    let (lines, told, code) =
        decide_sheet(sheet.as_bytes(), texts.path(), &["--format", "json", "--explain", "none"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let outcome = |line: &Value| line["outcome"].as_str().unwrap_or("refused").to_owned();
    let outcomes: Vec<String> = lines.iter().map(outcome).collect();
    assert_eq!(outcomes, ["favourable", "refused", "favourable", "unfavourable"]);
    assert_eq!(lines[0]["dossier"]["line"], 2);
    assert_eq!(lines[1]["diagnostics"][0]["code"], "ligne-brisee");
    assert_eq!(lines[1]["diagnostics"][0]["line"], 4);
    assert_eq!(lines[2]["dossier"]["line"], 5);
    assert!(told.contains("4 dossiers : 2 favorables, 1 défavorable, 1 à corriger"), "{told}");
    assert_eq!(code, 2);
    // In a sheet that is answered by a sheet, it comes back, and says why.
    let (rows, _, _) = decide_sheet(sheet.as_bytes(), texts.path(), &[]);
    let row = rows.lines().find(|row| row.contains("Martin")).unwrap();
    assert!(row.contains(";à corriger;"), "{row}");
    assert!(row.contains("un guillemet droit y est ouvert et n'est pas fermé"), "{row}");
    // That which is above the others keeps everything from being read.
    let (rows, told, code) = decide_sheet(b"dispositif;\"dossier\nessai;A\n", texts.path(), &[]);
    assert_eq!((rows.as_str(), code), ("", 2));
    assert!(told.contains("un guillemet droit y est ouvert"), "{told}");
}

const PEOPLE: &str =
    "dispositif;dossier;examiné le;population;professionnels;professionnels.nom;professionnels.métier";

/// The cells of a line.
fn cells(line: &str) -> Vec<String> {
    let mut quoted = false;
    let between = |c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    };
    let bare = |cell: &str| cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).map(str::to_owned);
    let cells = line.split(between).map(|cell| bare(cell).unwrap_or_else(|| cell.to_owned()));
    cells.map(|cell| cell.replace("\"\"", "\"")).collect()
}

/// What is decided of each dossier of a sheet, and what is to be corrected of it: the rows that have a decision.
fn answers(rows: &[&str]) -> (Vec<(String, String, String)>, String) {
    let sheet = format!("{PEOPLE}\n{}\n", rows.join("\n"));
    let (answer, told, _) = decide_sheet(sheet.as_bytes(), Path::new("policies"), &[]);
    let mut lines = answer.lines().map(cells);
    let titles = lines.next().unwrap();
    let column = |name: &str| titles.iter().position(|title| title == name).unwrap();
    let (name, decided, wrong) = (column("dossier"), column("décision"), column("à corriger"));
    let found = lines.filter(|row| !row[decided].is_empty());
    let found = found.map(|row| (row[name].to_owned(), row[decided].to_owned(), row[wrong].to_owned()));
    (found.collect(), told)
}

/// A row that is broken is one of its dossier: that one is not decided without it, and those after are no dossier.
#[test]
fn a_dossier_with_a_broken_row_is_sent_back_whole() {
    for broken in ["csq;Un;;;;\"C;infirmier", "csq;\"Un;;;;C;infirmier", "\"csq;Un;;;;C;infirmier"] {
        let (found, _) = answers(&[
            "csq;Un;01/06/2024;2000;;A;médecin",
            "csq;Un;;;;B;infirmier",
            broken,
            "csq;Un;;;;D;infirmier",
            "csq;Deux;01/06/2024;2000;;A;médecin",
        ]);
        let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["Un", "Deux"], "{broken}");
        assert_eq!(found[0].1, "à corriger", "{broken}");
        assert!(found[0].2.contains("un guillemet droit y est ouvert"), "{broken}: {}", found[0].2);
        assert_ne!(found[1].1, "à corriger", "{broken}");
    }
}

/// Rows of one dossier that do not follow one another are not decided piece by piece without a word.
#[test]
fn a_name_that_stood_above_already_is_sent_back() {
    let (found, told) = answers(&[
        "csq;Un;01/06/2024;2000;;A;médecin",
        "csq;Deux;01/06/2024;2000;;A;médecin",
        "csq;Un;;;;B;infirmier",
        "csq;deux ;;;;B;infirmier",
    ]);
    let wrong: Vec<bool> = found.iter().map(|(_, decided, _)| decided == "à corriger").collect();
    assert_eq!(wrong, [false, false, true, true]);
    for ((_, _, why), name) in found[2..].iter().zip(["Un", "deux"]) {
        assert!(why.contains(&format!("« {name} » a déjà des lignes plus haut")), "{why}");
    }
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("ne vaut pas pour le dossier entier"), "{told}");
    // One block each, and rows that name no dossier: nothing to say.
    let (found, told) = answers(&[
        "csq;Un;01/06/2024;2000;;A;médecin",
        ";;;;;B;infirmier",
        "csq;Deux;01/06/2024;2000;;A;médecin",
        "csq;Deux;;;;B;infirmier",
    ]);
    assert!(found.len() == 2 && found.iter().all(|(_, decided, _)| decided != "à corriger"), "{found:?}");
    assert!(!told.contains("ne vaut pas"), "{told}");
}

/// The column of a list says that it has no element, and nothing else.
#[test]
fn the_column_of_a_list_says_nothing_else_than_none() {
    for (cell, element, said) in [
        ("4", "", "« professionnels » : attendu « aucun » ; lu « 4 »"),
        ("non", "", "« professionnels » : attendu « aucun » ; lu « non »"),
        ("non", "A", "« professionnels » : attendu « aucun » ; lu « non »"),
        ("aucun", "A", "« professionnels » dit qu'il n'y en a aucun, et un élément est donné"),
        ("aucun", "", ""),
        ("Néant", "", ""),
        ("", "A", ""),
    ] {
        let (found, _) = answers(&[&format!("csq;X;01/06/2024;2000;{cell};{element};")]);
        let [(_, decided, why)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(decided == "à corriger", !said.is_empty(), "{cell} {element}: {why}");
        assert!(why.starts_with(said), "{cell} {element}: {why}");
    }
}

/// What keeps a sheet from being decided is told by its own cause.
#[test]
fn what_is_wrong_with_a_whole_sheet_is_told_by_its_cause() {
    let utf16 = |text: &str| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    for (sheet, more, said) in [
        (b"dispositif;population\n".to_vec(), &[][..], "aucune ligne ne suit celle des titres"),
        (
            b"dispositif;population\n;3\n".to_vec(),
            &[],
            "remplir la colonne « dispositif » de la première ligne",
        ),
        (utf16("dispositif\tpopulation\ncsq\t3\n"), &[], "est en UTF-16"),
        (b"population\n3\n".to_vec(), &[], "dispositifs connus : alr, csq, ess"),
        (
            "dispositif;examiné le;spécialité\ness;2025-10-01;x\n".as_bytes().to_vec(),
            &["--on", "2024-06-01"],
            "vérifier « --on » dans la commande",
        ),
        (
            "dispositif;examiné le;spécialité\ness;2024-06-01;x\n".as_bytes().to_vec(),
            &[],
            "vérifier la colonne « examiné le » de la première ligne",
        ),
    ] {
        let (rows, told, code) = decide_sheet(&sheet, Path::new("policies"), more);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(said), "{said}: {told}");
        assert_eq!((rows.as_str(), code), ("", 2), "{said}");
    }
    let (rows, _, _) = decide_sheet(b"dispositif;population\ncsq;3\n;4\n", Path::new("policies"), &[]);
    assert!(rows.lines().nth(2).unwrap().contains("y remplir « dispositif »"), "{rows}");
}

/// A column of one's own that has the name of one of the answer does not come back, and that is told.
#[test]
fn a_column_that_the_answer_takes_the_place_of_is_told() {
    let (_, told, _) =
        small("dispositif;examiné le;âge;décision;motif\nessai;01/06/2025;30;favorable;mien\n");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("les colonnes « décision », « motif » du tableau ne sont pas rendues"), "{told}");
    let (_, told, _) = small("dispositif;examiné le;âge;motif\nessai;01/06/2025;30;mien\n");
    assert!(told.contains("la colonne « motif » du tableau n'est pas rendue"), "{told}");
    let (again, told, _) = small("dispositif;examiné le;âge\nessai;01/06/2025;30\n");
    assert!(!told.contains("rendue"), "{told}");
    assert!(!small(&again).1.contains("rendue"));
}
