//! Sheets of dossiers in a workbook.

use conforme::render::workbook::written;
use conforme::table::workbook::{self, Tab};
use conforme::table::{Cell, Head, Page, Style};
use conforme::time::Date;

use super::*;

const RENTS: &str = include_str!("../support/loyers.pol");

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn day(year: i16, month: i8, day: i8) -> Cell {
    Cell::Day(Date::new(year, month, day).unwrap())
}

fn page(title: &str, names: &[&str], rows: Vec<Vec<Cell>>) -> Page {
    let heads = names.iter().map(|name| Head::plain((*name).to_owned())).collect();
    Page { title: title.to_owned(), heads, rows }
}

const TITLES: [&str; 8] =
    ["dispositif", "dossier", "examiné le", "demande le", "taux d'effort", "loyer", "seul", "remarque"];

/// A row of the sheet of dossiers.
fn row(name: &str, rate: Cell, rent: Cell, alone: &str) -> Vec<Cell> {
    let asked = day(2025, 2, 3);
    vec![text("loyers"), text(name), day(2025, 6, 1), asked, rate, rent, text(alone), text("à revoir")]
}

/// What a workbook gives: the sheets of the answer, what is told, the code.
fn decide_book(pages: &[Page]) -> (Option<Vec<Tab>>, String, i32) {
    let texts = folder(&[("loyers.pol", RENTS)]);
    let folder = tempfile::tempdir().unwrap();
    let (read, wrote) = (folder.path().join("dossiers.xlsx"), folder.path().join("decisions.xlsx"));
    fs::write(&read, written(pages).unwrap()).unwrap();
    let done = conforme()
        .arg("decide")
        .arg(read)
        .arg("--output")
        .arg(&wrote)
        .arg("--policies")
        .arg(texts.path())
        .output()
        .unwrap();
    let answer = fs::read(&wrote).ok().map(|bytes| workbook::read(&bytes, "decisions.xlsx").unwrap());
    (answer, String::from_utf8(done.stderr).unwrap(), done.status.code().unwrap())
}

/// The texts of a row.
fn texts(tab: &Tab, row: usize) -> Vec<String> {
    tab.rows[row].1.iter().map(|cell| cell.text(Style::French).into_owned()).collect()
}

/// What people read, on one line with plain spaces.
fn plain(told: &str) -> String {
    told.split_whitespace().collect::<Vec<_>>().join(" ").replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn a_workbook_comes_back_with_what_was_decided() {
    let dossiers = page(
        "dossiers",
        &TITLES,
        vec![
            row("Dupont", Cell::Percent(0.3), Cell::Number(612.5), "oui"),
            row("Martin", Cell::Percent(0.299), Cell::Number(500.0), "oui"),
            row("Durand", Cell::Percent(0.4), Cell::Number(800.0), "non"),
            row("Petit", Cell::Number(40.0), Cell::Number(800.0), "oui"),
        ],
    );
    let people = page(
        "occupants",
        &["dossier", "âge", "lien"],
        vec![
            vec![text("Durand"), Cell::Number(41.0), text("conjoint")],
            vec![text("Durand"), Cell::Number(17.0), text("enfant")],
        ],
    );
    let (answer, told, code) = decide_book(&[dossiers, people]);
    let answer = answer.unwrap();
    assert_eq!(answer[0].title, "dossiers");
    let titles = texts(&answer[0], 0);
    assert_eq!(titles[..8], TITLES);
    assert_eq!(
        titles[8..],
        ["décision", "motif", "aide, au moins", "aide, au plus", "à demander", "à corriger"]
    );
    // 50 % of 612.50 €, worked out by hand; what stood in a cell comes back as it was.
    let row = |rank: usize| answer[0].rows[rank].1.clone();
    assert_eq!(row(1)[2..6], [day(2025, 6, 1), day(2025, 2, 3), Cell::Percent(0.3), Cell::Number(612.5)]);
    assert_eq!(row(1)[8], text("favorable"));
    assert_eq!(row(1)[10..12], [Cell::Number(306.25), Cell::Number(306.25)]);
    // 29.9 % is under 30 %.
    assert_eq!(row(2)[8], text("défavorable"));
    assert!(texts(&answer[0], 2)[9].contains("29,9"), "{:?}", texts(&answer[0], 2));
    // One child of 17 years: the sheet of the list says so.
    assert_eq!((&row(3)[8], &row(3)[10]), (&text("favorable"), &Cell::Number(400.0)));
    // 40 is no rate: 40 % or 4,000 %, nobody chooses for whoever wrote it.
    assert_eq!(row(4)[8], text("à corriger"));
    assert!(texts(&answer[0], 4)[13].contains("pourcentage"), "{:?}", texts(&answer[0], 4));
    assert_eq!((answer[1].title.as_str(), answer[1].rows.len()), ("occupants", 3));
    assert!(told.contains("4 dossiers : 2 favorables, 1 défavorable, 1 à corriger"), "{told}");
    assert_eq!(code, 2);
}

#[test]
fn an_answer_is_decided_again_as_it_was() {
    let dossiers =
        page("Feuille1", &TITLES, vec![row("Dupont", Cell::Percent(0.3), Cell::Number(612.5), "oui")]);
    let (first, _, _) = decide_book(&[dossiers]);
    let first = first.unwrap();
    let heads: Vec<String> = texts(&first[0], 0);
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let (again, _, code) = decide_book(&[page("dossiers", &heads, vec![first[0].rows[1].1.clone()])]);
    assert_eq!((&again.unwrap()[0].rows, code), (&first[0].rows, 0));
}

#[test]
fn what_is_wrong_between_sheets_is_told_before_anything_is_decided() {
    let own = |names: &[&str]| {
        let rows = names.iter().map(|name| row(name, Cell::Percent(0.4), Cell::Number(1.0), "non"));
        page("dossiers", &TITLES, rows.collect())
    };
    let people = |titles: &[&str], of: &str| {
        page("occupants", titles, vec![vec![text(of), Cell::Number(17.0), text("enfant")]])
    };
    let usual = ["dossier", "âge", "lien"];
    for (pages, said) in [
        (vec![own(&["Durand"]), people(&usual, "Durant")], "vouliez-vous dire « Durand » ?"),
        (vec![own(&["Durand"]), people(&usual, "")], "remplir la colonne « dossier »"),
        (
            vec![own(&["Durand"]), people(&["nom", "âge", "lien"], "Durand")],
            "ajouter une colonne « dossier »",
        ),
        (vec![own(&["Durand"]), people(&["dossier", "âge", "lieu"], "Durand")], "vouliez-vous dire"),
    ] {
        let (answer, told, code) = decide_book(&pages);
        assert!(plain(&told).contains(said), "{told}");
        assert_eq!((answer.is_none(), code), (true, 2), "{told}");
    }
    // Two dossiers of one name: whose the elements are, nobody knows.
    let (answer, _, code) = decide_book(&[own(&["Durand", "Durand"]), people(&usual, "Durand")]);
    for rank in [1, 2] {
        let cells = texts(&answer.as_ref().unwrap()[0], rank);
        assert!(cells[13].contains("deux dossiers s'appellent « Durand »"), "{cells:?}");
    }
    assert_eq!(code, 2);
    // One that is nearly a list's keeps everything from being decided.
    let (answer, told, code) = decide_book(&[own(&["Durand"]), page("ocupants", &["dossier"], Vec::new())]);
    assert!(plain(&told).contains("vouliez-vous dire « occupants » ?"), "{told}");
    assert_eq!((answer.is_none(), code), (true, 2));
    // A sheet that is of no list is left where it is, and that is said.
    let (answer, told, code) =
        decide_book(&[own(&["Durand"]), people(&usual, "Durand"), page("Notes", &["rien"], Vec::new())]);
    assert!(plain(&told).contains("la feuille « Notes » n'est d'aucune liste du texte"), "{told}");
    assert_eq!((answer.unwrap().len(), code), (2, 0));
}

#[test]
fn what_is_no_workbook_is_told_so() {
    let texts = folder(&[("loyers.pol", RENTS)]);
    let mut other = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    other.start_file("mimetype", zip::write::SimpleFileOptions::default()).unwrap();
    other.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    let other = other.finish().unwrap().into_inner();
    let older = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1];
    for (name, bytes, said) in [
        ("d.xlsx", &b"dispositif;loyer\n"[..], "n'est pas un classeur .xlsx lisible"),
        ("d.xlsx", b"", "n'est pas un classeur .xlsx lisible"),
        ("d.ods", &other[..], "d.ods » n'est pas un classeur .xlsx lisible"),
        ("d.ods", &other[..], "l'enregistrer à nouveau en .xlsx"),
        ("d.xlsx", &older[..], "est protégé par un mot de passe, ou d'un format ancien"),
        ("d.xls", &older[..], "l'enregistrer sans mot de passe au format .xlsx"),
    ] {
        let path = texts.path().join(name);
        fs::write(&path, bytes).unwrap();
        let done = conforme().arg("decide").arg(path).arg("--policies").arg(texts.path()).output().unwrap();
        let told = plain(&String::from_utf8(done.stderr).unwrap());
        assert!(told.contains(said) && done.stdout.is_empty(), "{told}");
        assert_eq!(done.status.code(), Some(2));
    }
}

#[test]
fn where_the_answer_goes_is_asked_for_plainly() {
    let texts = folder(&[("loyers.pol", RENTS)]);
    let path = texts.path().join("d.csv");
    fs::write(&path, "dispositif;examiné le;seul\nloyers;01/06/2025;oui\n").unwrap();
    let run = |output: &Path, more: &[&str]| {
        let done = conforme()
            .arg("decide")
            .arg(&path)
            .arg("-o")
            .arg(output)
            .args(more)
            .arg("--policies")
            .arg(texts.path())
            .output()
            .unwrap();
        (plain(&String::from_utf8(done.stderr).unwrap()), done.status.code())
    };
    let at = |name: &str| texts.path().join(name);
    let (told, code) = run(&path, &[]);
    assert!(told.contains("est le tableau qui est lu") && code == Some(2), "{told}");
    let (told, code) = run(&at("d.ods"), &[]);
    assert!(told.contains("finir le nom par « .xlsx », « .csv »") && code == Some(2), "{told}");
    let (told, code) = run(&at("e.csv"), &["--format", "json"]);
    assert!(told.contains("finir le nom par « .jsonl »") && code == Some(2), "{told}");
    for name in ["e.csv", "e.jsonl", "e.xlsx"] {
        let (told, code) = run(&at(name), &[]);
        assert!(told.contains("1 dossier : 1 incomplet") && code == Some(1), "{told}");
        assert!(fs::metadata(at(name)).unwrap().len() > 100, "{name}");
    }
    // A dossier by itself is no sheet.
    let single = at("d.yaml");
    fs::write(&single, "dispositif: loyers\n").unwrap();
    let done = conforme().arg("decide").arg(single).arg("-o").arg(at("f.csv")).output().unwrap();
    let told = plain(&String::from_utf8(done.stderr).unwrap());
    assert!(told.contains("« --output » écrit un tableau de dossiers"), "{told}");
}

#[test]
fn the_sheet_to_fill_in_asks_every_question_and_is_read_back() {
    for (policy, root) in [("csq", "policies"), ("alr", "policies")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vide.xlsx");
        conforme().args(["new", "table", policy, "--policies", root, "-o"]).arg(&path).assert().code(0);
        let tabs = workbook::read(&fs::read(&path).unwrap(), "vide.xlsx").unwrap();
        let mut pages: Vec<Page> = tabs
            .iter()
            .filter(|tab| tab.title != "choix")
            .map(|tab| {
                let names = texts(tab, 0);
                page(&tab.title, &names.iter().map(String::as_str).collect::<Vec<_>>(), Vec::new())
            })
            .collect();
        pages[0].rows = vec![vec![text(policy), text("Essai"), day(2025, 10, 1)]];
        let filled = folder.path().join("rempli.xlsx");
        fs::write(&filled, written(&pages).unwrap()).unwrap();
        let done = conforme().arg("decide").arg(&filled).args(["--policies", root]).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        // Every title is known, and nothing is answered yet.
        assert!(told.starts_with("1 dossier : 1 incomplet"), "{policy}: {told}");
        // The titles alone, in CSV, are as many columns and the elements with their dossiers.
        let done = conforme().args(["new", "table", policy, "--policies", root]).output().unwrap();
        let titles = String::from_utf8(done.stdout).unwrap();
        let row = format!("{titles}{policy};Essai;01/10/2025\n");
        let sheet = folder.path().join("d.csv");
        fs::write(&sheet, row).unwrap();
        let done = conforme().arg("decide").arg(&sheet).args(["--policies", root]).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(told.starts_with("1 dossier : 1 incomplet"), "{policy}: {told}");
    }
}

/// However far one scrolls, the titles and the name of the dossier stay in sight; what is too wide for a page goes on
/// beside it.
#[test]
fn whose_row_it_is_stays_in_sight() {
    let sheet = |names: &[&str]| {
        let bytes = written(&[page("dossiers", names, Vec::new())]).unwrap();
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        parts.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
        xml
    };
    let narrow = sheet(&TITLES);
    assert!(narrow.contains(r#"<pane xSplit="2" ySplit="1" topLeftCell="C2""#), "{narrow}");
    assert!(narrow.contains("fitToPage"), "{narrow}");
    let wide = sheet(&["dossier"; 40]);
    assert!(wide.contains(r#"<pane xSplit="1" ySplit="1""#) && !wide.contains("fitToPage"), "{wide}");
    assert!(sheet(&["âge", "lien"]).contains(r#"<pane ySplit="1""#));
}

/// At the limit of cells, and one past it: what stands far to the right counts with all before it.
#[test]
fn a_workbook_has_no_more_cells_than_the_limit() {
    let wide = conforme::limits::WORKBOOK_CELLS / 200;
    let mut far = vec![Cell::empty(); wide];
    far[wide - 1] = text("x");
    let pages = |rows: usize| [page("dossiers", &[], vec![far.clone(); rows])];
    assert!(workbook::read(&written(&pages(200)).unwrap(), "d.xlsx").is_ok());
    let one_more = workbook::read(&written(&pages(201)).unwrap(), "d.xlsx");
    assert_eq!(one_more.unwrap_err().code, "classeur-trop-grand");
}

/// Whatever happens to the bytes of a workbook on the way, it is read or refused.
#[test]
fn a_damaged_workbook_is_read_or_refused() {
    let dossiers =
        page("dossiers", &TITLES, vec![row("Dupont", Cell::Percent(0.3), Cell::Number(612.5), "oui")]);
    let whole = written(&[dossiers]).unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(&whole)).unwrap();
    let names: Vec<String> = parts.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut unpacked: Vec<(String, Vec<u8>)> = Vec::new();
    for name in names {
        let mut bytes = Vec::new();
        parts.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
        unpacked.push((name, bytes));
    }
    let pack = |parts: &[(String, Vec<u8>)]| {
        let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let plain =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, bytes) in parts {
            packed.start_file(name.as_str(), plain).unwrap();
            packed.write_all(bytes).unwrap();
        }
        packed.finish().unwrap().into_inner()
    };
    assert!(workbook::read(&pack(&unpacked), "d.xlsx").is_ok());
    let mut runner = proptest::test_runner::TestRunner::default();
    let place = (0..unpacked.len(), proptest::num::usize::ANY, proptest::num::u8::ANY, 0..4_usize);
    let (read, refused) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    runner
        .run(&place, |(part, at, byte, how)| {
            let mut parts = unpacked.clone();
            let bytes = &mut parts[part].1;
            let at = at % bytes.len();
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => drop(bytes.drain(at..(at + 1 + usize::from(byte)).min(bytes.len()))),
                _ => bytes.insert(at, byte),
            }
            match workbook::read(&pack(&parts), "d.xlsx") {
                Ok(_) => read.set(read.get() + 1),
                Err(_) => refused.set(refused.get() + 1),
            }
            Ok(())
        })
        .unwrap();
    assert!(read.get() > 5 && refused.get() > 5, "{} read, {} refused", read.get(), refused.get());
}

/// A file that is there may be filled in: the sheet to fill in does not take its place.
#[test]
fn the_sheet_to_fill_in_takes_the_place_of_no_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, said) in [("rempli.xlsx", "existe déjà"), ("rempli.csv", "n'en porte pas le nom")] {
        let path = folder.path().join(name);
        fs::write(&path, "rempli").unwrap();
        let done = conforme().args(["new", "table", "csq", "-o"]).arg(&path).output().unwrap();
        let told = plain(&String::from_utf8(done.stderr).unwrap());
        assert!(done.status.code() == Some(2) && told.contains(said), "{name}: {told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "rempli", "{name}");
    }
}
