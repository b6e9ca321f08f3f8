//! What a change of a text is said to do: sentences written by hand, witnesses replayed.

mod amendments;
mod command;
mod sentences;
mod witnesses;

use conforme::diff::{Change, Effects, Given, Origin, Side, Tried, changes, effects};
use conforme::policy::Policy;
use conforme::probe::Options;
use conforme::render::Lang;
use conforme::render::diff::{Told, json};
use conforme::source::SourceFile;
use conforme::time::Date;
use serde_json::Value;

pub(crate) fn ess() -> String {
    std::fs::read_to_string("policies/ess/ess.pol").expect("the policy")
}

pub(crate) fn check(name: &str, text: &str) -> Policy {
    let checked = conforme::check::check(&SourceFile::new(name, text));
    checked.policy.unwrap_or_else(|| panic!("{name}: {:#?}", checked.diagnostics))
}

/// The text with passages replaced, each of which must stand in it.
pub(crate) fn with(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (before, after)| {
        assert!(text.contains(before), "« {before} » is not in the text");
        text.replacen(before, after, 1)
    })
}

pub(crate) fn cases(given: &Given<'_>) -> Vec<Tried> {
    let mut paths: Vec<_> = std::fs::read_dir("policies/ess/cases")
        .expect("the cases")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        given.read(&std::fs::read(path).expect("a case"), &name, Origin::Case)
    };
    paths.iter().filter_map(read).collect()
}

pub(crate) fn day() -> Date {
    Date::new(2025, 10, 1).expect("a date")
}

/// All that is told of a change, as a program reads it.
pub(crate) fn told(before: &str, after: &str, options: Option<&Options>) -> Value {
    let (old, new) = (check("avant.pol", before), check("après.pol", after));
    let (before, after) = (Side::new(&old), Side::new(&new));
    let given = Given::new(&before, &after, None, day());
    let changes: Vec<Change> = changes(&old, &new);
    let none = Options { most: 0, parents: 0, ..Options::new(day()) };
    let tried = if options.is_some() { cases(&given) } else { Vec::new() };
    let effects: Effects = effects(&before, &after, &tried, options.unwrap_or(&none));
    let told = Told {
        before_name: "avant.pol",
        after_name: "après.pol",
        before: &before,
        after: &after,
        changes: &changes,
        effects: &effects,
    };
    serde_json::from_str(&json(&told, Lang::Fr)).expect("JSON")
}
