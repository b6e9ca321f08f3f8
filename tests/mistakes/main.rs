//! Mistakes as authors make them, one a row: each has its one message, its place, and a remedy that keeps
//! the law. The rows stand in the `.txt` files beside this one; `README.md` there says how one is written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says so when it fails

mod row;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use conforme::check::check;
use conforme::diagnostic::{Diagnostic, Remedy};
use conforme::source::SourceFile;
use conforme::syntax;

use row::Row;

/// All that is said of a text, the most grave and the least.
fn said_of(file: &Arc<SourceFile>) -> Vec<Diagnostic> {
    if file.text().starts_with("avenant") { syntax::parse(file).1 } else { check(file).diagnostics }
}

/// A text with the changes of a remedy made.
fn mended(file: &SourceFile, remedy: &Remedy) -> String {
    let mut text = file.text().to_owned();
    let mut edits: Vec<_> = remedy.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
    let mut from = u32::MAX;
    for edit in edits {
        assert_eq!(edit.file.name(), file.name(), "a change of the file itself");
        assert!(edit.span.end <= from, "no two changes of one remedy overlap");
        from = edit.span.start;
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// A text as the formatter writes it, by which two are compared: what says the same reads the same.
fn meaning(text: &str) -> Result<String, String> {
    let file = SourceFile::new("juste.pol", text);
    let errors: Vec<_> = said_of(&file).into_iter().filter(Diagnostic::is_error).collect();
    if !errors.is_empty() {
        return Err(shown(&file, &errors));
    }
    syntax::format(&file).map_err(|problems| shown(&file, &problems))
}

/// Diagnostics in a few lines each.
fn shown(file: &SourceFile, all: &[Diagnostic]) -> String {
    let mut out = String::new();
    for one in all {
        let place = one.labels.first().map_or("", |label| file.slice(label.span));
        let _ = writeln!(out, "      {} : {}\n        sous « {place} »", one.code, one.message);
        let _ = writeln!(out, "        aide : {}", one.help.as_deref().unwrap_or("—"));
        for remedy in &one.remedies {
            let edits: Vec<_> =
                remedy.edits.iter().map(|e| format!("« {} » → « {} »", file.slice(e.span), e.text)).collect();
            let _ = writeln!(out, "        remède : {} ({})", remedy.label, edits.join(" ; "));
        }
    }
    out
}

/// What texts mean, each read once: the right version of many rows is one whole policy.
#[derive(Default)]
struct Meanings(HashMap<String, Result<String, String>>);

impl Meanings {
    fn of(&mut self, text: String) -> Result<String, String> {
        self.0.entry(text).or_insert_with_key(|text| meaning(text)).clone()
    }
}

/// What a row promises and does not keep.
fn broken(row: &Row, meanings: &mut Meanings) -> Vec<String> {
    let file = SourceFile::new("essai.pol", row.wrong());
    let found = said_of(&file);
    let [one] = found.as_slice() else {
        return vec![format!("{} messages :\n{}", found.len(), shown(&file, &found))];
    };
    let mut wrong = Vec::new();
    let place = one.labels.first().map_or("", |label| file.slice(label.span));
    if one.code != row.code || place != row.under {
        wrong.push(format!("attendu {} sous « {} »", row.code, row.under));
    }
    let help = one.help.as_deref().unwrap_or("");
    wrong.extend(row.says.iter().filter(|w| !one.message.contains(**w)).map(|w| format!("dit « {w} »")));
    wrong.extend(row.helps.iter().filter(|w| !help.contains(**w)).map(|w| format!("aide « {w} »")));
    match (row.by_hand, row.choice, one.remedies.as_slice()) {
        (true, _, []) | (false, None, [_]) => {}
        (false, Some(choice), several) if several.iter().any(|r| r.label.contains(choice)) => {}
        (true, ..) => wrong.push("aucun remède tout fait n'était attendu".into()),
        (false, ..) => wrong.push(format!("attendu un remède tout fait : {:?}", row.choice)),
    }
    match meanings.of(row.right()) {
        Err(why) => wrong.push(format!("la version juste a des erreurs :\n{why}")),
        Ok(right) => {
            for remedy in &one.remedies {
                let is_right = row.choice.is_none_or(|choice| remedy.label.contains(choice));
                match meanings.of(mended(&file, remedy)) {
                    Err(why) => wrong.push(format!("{} laisse des erreurs :\n{why}", remedy.label)),
                    Ok(mended) if is_right && mended != right => {
                        wrong.push(format!("{} ne donne pas la version juste :\n{mended}", remedy.label));
                    }
                    Ok(_) => {}
                }
            }
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("lu :\n{}", shown(&file, &found)));
    }
    wrong
}

/// Every row of a table has its one message, its place and its remedy.
fn keeps_its_promises(table: &str) {
    let (mut rows, mut said) = (0, String::new());
    let mut meanings = Meanings::default();
    let text = row::table(table);
    for row in row::rows(&text) {
        rows += 1;
        for wrong in broken(&row, &mut meanings) {
            let _ = writeln!(said, "{table}.txt, {} : {wrong}", row.title);
        }
    }
    assert!(said.is_empty(), "of {rows} rows:\n{said}");
    assert!(rows > 0, "« {table} » has rows");
}

/// A test for each table, so that they run side by side.
macro_rules! tables {
    ($($test:ident: $table:literal),* $(,)?) => {
        $(#[test]
        fn $test() {
            keeps_its_promises($table);
        })*

        #[test]
        fn each_table_has_its_test() {
            assert_eq!(row::tables(), [$($table),*]);
        }
    };
}

tables! {
    ateliers: "ateliers",
    autres: "autres",
    bourse: "bourse",
    carriere: "carriere",
    choix: "choix",
    citees: "citees",
    commerce: "commerce",
    comparaisons: "comparaisons",
    comptes: "comptes",
    conditions: "conditions",
    dates: "dates",
    declarations: "declarations",
    dites: "dites",
    elements: "elements",
    enfants: "enfants",
    fidele: "fidele",
    formes: "formes",
    fournil: "fournil",
    garderie: "garderie",
    haies: "haies",
    jeunes: "jeunes",
    listes: "listes",
    loyer: "loyer",
    marins: "marins",
    monnaies: "monnaies",
    montants: "montants",
    octroi: "octroi",
    octrois_dits: "octrois-dits",
    periodes: "periodes",
    portee: "portee",
    redites: "redites",
    sens: "sens",
    textes: "textes",
    tours: "tours",
    transport: "transport",
    unites: "unites",
    valeurs: "valeurs",
}

/// A text in francs is helped in francs, whatever the mistake: no example is in euros.
#[test]
fn examples_are_in_the_currency_of_the_text() {
    let in_francs = [
        ("€", "F"),
        ("euros", "francs"),
        ("euro", "franc"),
        ("à l'franc", "au franc"),
        ("centimes", "francs"),
        ("centime", "franc"),
        ("d'francs", "de francs"),
    ];
    let (mut rows, mut examples) = (0, 0);
    for table in ["montants", "unites", "valeurs", "formes", "octroi"] {
        let text = row::table(table);
        for row in row::rows(&text) {
            let wrong = row.wrong();
            let (header, items) = wrong.split_once("\n\n").unwrap();
            let items =
                in_francs.iter().fold(items.to_owned(), |text, (euros, francs)| text.replace(euros, francs));
            let text = format!("{header}\n  monnaie « F CFP », sans décimale\n\n{items}");
            rows += 1;
            let file = SourceFile::new("essai.pol", text);
            for one in said_of(&file).iter().filter(|one| !one.code.starts_with("monnaie-")) {
                let labels: String = one.labels.iter().map(|label| label.text.as_str()).collect();
                let told = shown(&file, std::slice::from_ref(one)) + &labels;
                let euros = ["€", "euro", "centime"].iter().any(|said| told.contains(said));
                assert!(!euros, "{table}.txt, {} : {told}", row.title);
                examples += usize::from(one.help.as_deref().is_some_and(|help| help.contains(" F")));
            }
        }
    }
    assert!(rows > 100 && examples >= 10, "{examples} examples of {rows} rows");
}
