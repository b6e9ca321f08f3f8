//! What is opened, saved and opened again.

use conforme::dossier;
use conforme::pages::{CaseFile, Shelf};
use conforme::render;
use serde_json::{Value, json};

use super::{ask, html, shelf, today};

/// A decision, places and marks of the file aside.
fn decided(shelf: &Shelf, text: &str) -> Value {
    let file = dossier::file(text.as_bytes(), "dossier.yaml").unwrap();
    match shelf.decide(&file, today()) {
        Ok(decided) => {
            let json = render::json::decision(decided.policy, &decided.dossier, &decided.decision);
            without_places(serde_json::from_str(&json).unwrap())
        }
        Err(problems) => problems.iter().map(|one| one.code).collect(),
    }
}

fn without_places(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, _)| {
                !["dossier_place", "line", "column", "end", "start", "sha256", "at", "place"]
                    .contains(&key.as_str())
            });
            kept.map(|(key, value)| (key, without_places(value))).collect()
        }
        Value::Array(all) => all.into_iter().map(without_places).collect(),
        other => other,
    }
}

fn through(shelf: &Shelf, case: &CaseFile, kind: &str) -> (Value, String) {
    let name = &case.name;
    let opened = ask(shelf, &json!({ "ask": "open", "name": "cas.yaml", "text": case.file.text() }));
    let form = opened["form"].as_str().unwrap_or_else(|| panic!("{name}: {opened}"));
    let fields = html::fields(form);
    let saved = ask(shelf, &json!({ "ask": "save", "policy": case.policy, "fields": fields, "as": kind }));
    let text = saved["text"].as_str().unwrap_or_else(|| panic!("{name}: {saved}")).to_owned();
    let again = ask(shelf, &json!({ "ask": "open", "name": saved["name"], "text": text }));
    // The decision, too, but for where things stand in the file.
    assert_eq!(again["form"], opened["form"], "{name} as {kind}\n{text}");
    assert_eq!(again["outcome"], opened["outcome"], "{name} as {kind}\n{text}");
    (opened, text)
}

fn all_of(id: &str) {
    let shelf = shelf();
    let mut seen = 0;
    for (rank, case) in shelf.cases(id).enumerate() {
        let (_, yaml) = through(&shelf, case, "yaml");
        assert_eq!(decided(&shelf, &yaml), decided(&shelf, case.file.text()), "{}\n{yaml}", case.name);
        if rank % 10 == 0 {
            let (_, json) = through(&shelf, case, "json");
            assert_eq!(decided(&shelf, &json), decided(&shelf, case.file.text()), "{}\n{json}", case.name);
        }
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn every_case_of_ess_is_saved_as_it_was_opened() {
    all_of("ess");
}

#[test]
fn every_case_of_csq_is_saved_as_it_was_opened() {
    all_of("csq");
}

#[test]
fn every_case_of_alr_is_saved_as_it_was_opened() {
    all_of("alr");
}

/// A sheet keeps no author or reason: what is judged stays judged.
#[test]
fn a_sheet_keeps_every_answer() {
    let shelf = shelf();
    let mut seen = 0;
    for case in shelf.cases("csq").step_by(9) {
        let opened = ask(&shelf, &json!({ "ask": "open", "name": "cas.yaml", "text": case.file.text() }));
        let beside = |(path, _): &(String, String)| path.contains('#');
        let mut fields = html::fields(opened["form"].as_str().unwrap());
        fields.retain(|field| !beside(field));
        let request = json!({ "ask": "save", "policy": "csq", "fields": fields, "as": "csv" });
        let saved = ask(&shelf, &request);
        let again = ask(&shelf, &json!({ "ask": "open", "name": saved["name"], "text": saved["text"] }));
        let mut kept = html::fields(again["form"].as_str().unwrap_or_else(|| panic!("{again}")));
        kept.retain(|field| !beside(field));
        assert_eq!(kept, fields, "{}\n{}", case.name, saved["text"]);
        seen += 1;
    }
    assert!(seen > 3);
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_is_opened_with_the_sheets_of_its_lists() {
    use base64::Engine as _;
    use conforme::check::check;
    use conforme::source::SourceFile;
    use conforme::table::{self, Cell};

    let text = include_str!("aide/aide.pol");
    let policy = check(&SourceFile::new("aide.pol", text)).policy.unwrap();
    let mut pages = table::form(&policy);
    let mut add = |page: usize, cells: &[(&str, &str)]| {
        let row = pages[page].heads.iter().map(|head| {
            let own = cells.iter().find(|(name, _)| *name == head.name);
            Cell::Text(own.map_or("", |(_, value)| value).to_owned())
        });
        let row = row.collect();
        pages[page].rows.push(row);
    };
    add(0, &[("dispositif", "essai"), ("dossier", "Aya"), ("part", "12,5 %")]);
    add(0, &[("dispositif", "essai"), ("dossier", "Léo"), ("part", "20 %")]);
    add(1, &[("dossier", "Léo"), ("âge", "9")]);
    add(1, &[("dossier", "Aya"), ("âge", "4"), ("école", "Jean Moulin")]);
    add(1, &[("dossier", "Aya"), ("âge", "1")]);
    let bytes = render::workbook::written(&pages).unwrap();
    let base64 = base64::engine::general_purpose::STANDARD.encode(bytes);
    let shelf = super::shelf_with(text);
    let opened = ask(&shelf, &json!({ "ask": "open", "name": "d.xlsx", "base64": base64 }));
    let written = opened["form"].as_str().unwrap_or_else(|| panic!("{opened}"));
    let mut sent = html::fields(written);
    sent.retain(|(_, value)| !value.is_empty());
    let pair = |path: &str, value: &str| (path.to_owned(), value.to_owned());
    let wanted = [
        pair("dossier", "Aya"),
        pair("part", "12,5"),
        pair("enfants", "2"),
        pair("enfants[1].âge", "4"),
        pair("enfants[1].école", "Jean Moulin"),
        pair("enfants[2].âge", "1"),
    ];
    assert_eq!(sent, wanted);
    let told = written.split("data-champ").next().unwrap();
    assert!(told.contains("Ce tableau tient plusieurs dossiers"), "{told}");
}

/// What is broken in a sheet, or does not stand together, is not opened without a word.
#[test]
fn a_sheet_whose_rows_do_not_hold_together_is_told() {
    let shelf = super::shelf_with(include_str!("aide/aide.pol"));
    let open = |rows: &str| {
        let text = format!("dispositif;dossier;part;enfants.âge\n{rows}");
        ask(&shelf, &json!({ "ask": "open", "name": "d.csv", "text": text }))
    };
    let broken = open("essai;Aya;12,5 %;\"4\nessai;Aya;;1\n");
    assert!(broken.to_string().contains("guillemet droit y est ouvert"), "{broken}");
    let scattered = open("essai;Aya;12,5 %;4\nessai;Léo;20 %;9\nessai;Aya;;1\n");
    assert!(scattered["form"].as_str().unwrap().contains("portent plus bas le même nom"), "{scattered}");
    let together = open("essai;Aya;12,5 %;4\nessai;Aya;;1\nessai;Léo;20 %;9\n");
    assert!(!together["form"].as_str().unwrap().contains("portent plus bas"), "{together}");
}
