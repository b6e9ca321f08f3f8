//! Letters and sheets of the project's own cases, as people read them.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::sync::{Arc, OnceLock};

use conforme::pages::{Decided, Shelf};
use conforme::papers::{self, Template};
use conforme::policy::Policy;
use conforme::source::SourceFile;

mod command;
mod grounds;
mod letters;
mod operative;
mod phrasing;
mod sheets;
mod templates;

/// All files of the policies.
pub fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        let mut files = Vec::new();
        walk(&root, "", &mut files);
        Shelf::new(files)
    })
}

fn walk(folder: &Path, above: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{above}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            walk(&path, &format!("{name}/"), files);
        } else {
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

/// The words of the invented agency.
pub fn agency() -> &'static Template {
    static AGENCY: OnceLock<Template> = OnceLock::new();
    AGENCY.get_or_init(|| Template::read(&words()).unwrap())
}

/// Its file.
pub fn words() -> Arc<SourceFile> {
    SourceFile::new("ars.yaml", include_str!("../../policies/modeles/ars.yaml"))
}

/// Every case of every policy, decided.
pub fn each(with: impl Fn(&str, Decided<'_>)) {
    for id in shelf().ids() {
        for case in shelf().cases(id) {
            let decided = shelf().decide(&case.file, None).unwrap();
            with(&format!("{id}/{}", case.name), decided);
        }
    }
}

/// A case, decided.
pub fn case(id: &str, start: &str) -> Decided<'static> {
    let case = shelf().cases(id).find(|case| case.name.starts_with(start)).unwrap();
    shelf().decide(&case.file, None).unwrap()
}

pub fn letter(of: &Decided<'_>, template: &Template) -> String {
    papers::letter(of.policy, &of.dossier, &of.decision, template).markdown()
}

/// The note to whoever signs; empty where there is none.
pub fn note(of: &Decided<'_>, template: &Template) -> String {
    let note = papers::note(of.policy, &of.dossier, &of.decision, template);
    note.map_or_else(String::new, |note| note.markdown())
}

pub fn sheet(of: &Decided<'_>, template: &Template) -> String {
    papers::sheet(of.policy, &of.dossier, &of.decision, template).markdown()
}

/// Text with plain spaces and no mark-up of Markdown, as one reads it.
pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").replace(['\\', '*'], "")
}

/// A text without what its author noted, which stands in quotation marks: these are the author's words.
fn without_notes(text: &str, policy: &Policy) -> String {
    let items = policy.items().flat_map(|item| &policy.head(item).notes);
    let readings = policy.readings.iter().flat_map(|reading| &reading.head.notes);
    let definitions = policy.definitions.iter().flat_map(|definition| &definition.head.notes);
    let parameters = policy.parameters.iter().flat_map(|parameter| &parameter.head.notes);
    let mut text = text.to_owned();
    for note in policy.notes.iter().chain(items).chain(readings).chain(definitions).chain(parameters) {
        let note = plain(&note.split_whitespace().collect::<Vec<_>>().join(" "));
        let inner = note.replace("« ", "“").replace(" »", "”");
        text = text.replace(&format!("« {inner} »"), "« note »");
    }
    text
}

/// What no person should find in a paper.
#[track_caller]
pub fn is_fit_to_be_read(name: &str, of: &Decided<'_>, paper: &str) {
    let policy = of.policy;
    let text = without_notes(&plain(paper), policy);
    let mut machine: Vec<String> = Vec::new();
    machine.extend(policy.facts.iter().map(|fact| fact.path.to_string()).filter(|path| path.contains('.')));
    machine.extend(policy.lists.iter().map(|list| list.path.to_string()).filter(|path| path.contains('.')));
    machine.extend(
        policy.fields.iter().map(|field| format!("{}.{}", policy.lists[field.list.index()].path, field.name)),
    );
    machine.extend(["oui ou non", "entier ≥", "montant ≥", " ≥ ", " ≤ ", "parmi "].map(str::to_owned));
    machine.extend(["lectures:", "valeur:", "motif:", "ligne ", ".yaml", ".pol"].map(str::to_owned));
    machine.extend(
        ["«  »", "« »", "« «", ": :", " :.", "..", ".;", ",,", " ,", ";;", "; ;", ":.", "()"]
            .map(str::to_owned),
    );
    machine.extend(["délai de un ", "par par "].map(str::to_owned));
    if let Some(found) = machine.iter().find(|one| text.contains(one.as_str())) {
        let line = text.lines().find(|line| line.contains(found.as_str())).unwrap_or_default();
        panic!("{name} : « {found} » se lit dans : {line}");
    }
    let words = text.split(|c: char| !c.is_alphanumeric());
    assert!(!words.into_iter().any(|word| word == &*policy.id), "{name} : « {} » s'y lit", policy.id);
}
