//! Mistakes as authors make them, one a row: each has its one message, its place, and a remedy that keeps
//! the law. The rows stand in the `.txt` files beside this one; `README.md` there says how one is written.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test says so when it fails

mod row;

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

/// What a row promises and does not keep.
fn broken(row: &Row) -> Vec<String> {
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
    match meaning(&row.right()) {
        Err(why) => wrong.push(format!("la version juste a des erreurs :\n{why}")),
        Ok(right) => {
            for remedy in &one.remedies {
                let is_right = row.choice.is_none_or(|choice| remedy.label.contains(choice));
                match meaning(&mended(&file, remedy)) {
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

#[test]
fn each_mistake_has_its_message_its_place_and_its_remedy() {
    let (mut rows, mut said) = (0, String::new());
    for (name, text) in row::files() {
        for row in row::rows(&text) {
            rows += 1;
            for wrong in broken(&row) {
                let _ = writeln!(said, "{name}, {} : {wrong}", row.title);
            }
        }
    }
    assert!(said.is_empty(), "of {rows} rows:\n{said}");
    assert!(rows > 0);
}
