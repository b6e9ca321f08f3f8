//! Decisions of the project's own cases as people and programs read them.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use conforme::decision::Decision;
use conforme::dossier::Dossier;
use conforme::eval::{Request, decide};
use conforme::policy::Policy;
use conforme::render::text::TextOptions;
use conforme::render::{self, Explain, Lang, html, markdown, text, yaml};

mod agreement;
mod aloud;
mod cases;
#[cfg(feature = "docx")]
mod docx;
mod figures;
mod full;
mod hinges;
mod json;
mod labels;
mod layout;
mod programs;
mod reader;
mod reasons;
mod small;
mod snapshots;
#[path = "../support/mod.rs"]
mod support;
mod warnings;

/// A case that was decided.
pub struct Case {
    pub name: String,
    pub dossier: Dossier,
    pub decision: Decision,
}

/// A policy with its cases, decided once for all tests.
pub struct Book {
    pub policy: &'static Policy,
    pub cases: Vec<Case>,
}

impl Book {
    fn open(id: &str) -> Book {
        Book::of(id, "cases", |text| text)
    }

    /// The cases of one folder, under the policy as changed.
    pub fn of(id: &str, folder: &str, change: impl Fn(String) -> String) -> Book {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
        let policy = support::policies::changed(id, change);
        let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join(id).join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
            .collect();
        paths.sort();
        let cases = paths
            .iter()
            .map(|path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let dossier = conforme::dossier::read(&std::fs::read(path).unwrap(), &name, policy).unwrap();
                let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
                let decision = decide(policy, &dossier, &request).unwrap();
                Case { name, dossier, decision }
            })
            .collect();
        Book { policy, cases }
    }

    pub fn case(&self, start: &str) -> &Case {
        self.cases.iter().find(|c| c.name.starts_with(start)).unwrap()
    }

    pub fn text(&self, case: &Case, options: &TextOptions) -> String {
        text::decision(self.policy, &case.dossier, &case.decision, options)
    }

    pub fn brief(&self, case: &Case) -> String {
        self.text(case, &TextOptions::default())
    }

    pub fn full(&self, case: &Case) -> String {
        self.text(case, &TextOptions { explain: Explain::Full, ..TextOptions::default() })
    }

    pub fn json(&self, case: &Case) -> String {
        render::json::decision(self.policy, &case.dossier, &case.decision)
    }

    pub fn yaml(&self, case: &Case) -> String {
        yaml::decision(self.policy, &case.dossier, &case.decision, Explain::Full)
    }

    pub fn markdown(&self, case: &Case) -> String {
        markdown::decision(self.policy, &case.dossier, &case.decision, Explain::Brief, Lang::Fr)
    }

    pub fn html(&self, case: &Case, explain: Explain) -> String {
        html::decision(self.policy, &case.dossier, &case.decision, explain, Lang::Fr)
    }
}

/// The cases of the ESS policy.
pub fn ess() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::open("ess"))
}

/// The cases of the scheme that leans on another text.
pub fn alr() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::open("alr"))
}

/// The cases of the invented scheme.
pub fn csq() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::open("csq"))
}

/// With plain spaces, on one line: so that a test says what is told, not where lines end.
pub fn prose(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tests that accept snapshots run one at a time.
pub static SNAPSHOTS: Mutex<()> = Mutex::new(());
