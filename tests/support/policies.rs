//! The project's own policies, with the texts that they lean on.

use std::path::Path;

use conforme::history::{History, Sight, Text};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::time::Date;

/// Their identifiers; each is in a folder of its name.
pub const POLICIES: [&str; 3] = ["alr", "csq", "ess"];

/// The policy of an identifier.
pub fn policy(id: &str) -> &'static Policy {
    changed(id, |text| text)
}

/// The same, its own text changed. It is kept to the end of the run, as the texts that it was made of are.
pub fn changed(id: &str, change: impl Fn(String) -> String) -> &'static Policy {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(id);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the policy's folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".pol"))
        .collect();
    names.sort();
    let texts = names.iter().map(|name| {
        let text = std::fs::read_to_string(folder.join(name)).expect("a text");
        let text = if *name == format!("{id}.pol") { change(text) } else { text };
        let file = SourceFile::new(format!("{id}/{name}"), text);
        Text::new(file).unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}"))
    });
    let histories: &'static [_] = History::all(texts).leak();
    let history = histories.iter().find(|history| history.id() == id).expect("the policy");
    let made = history.at(Date::parse_iso("2025-10-01").expect("a day"), &Sight::default());
    made.and_then(|made| made.policy()).unwrap_or_else(|wrong| panic!("{id}: {wrong:#?}"))
}
