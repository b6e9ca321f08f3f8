//! The folder in which a text stands, with all that it may rest on: read once, then kept as the editor has it.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::editor::Desk;
use conforme::limits;
use conforme::shelf::Shelf;
use conforme::source::SourceFile;

use crate::cli::args::DEFAULT_POLICIES;
use crate::cli::files::{self, Folder};
use crate::cli::source;

/// What is read, by the ends of names.
const KINDS: [&str; 6] = ["pol", "yaml", "yml", "json", "txt", "md"];

/// So many texts of sources are kept.
const MOST_SOURCES: usize = 256;

/// A folder of texts and cases.
pub struct Root {
    /// Where it is.
    pub folder: PathBuf,
    /// What is on it.
    pub desk: Desk,
    /// The texts of sources that were read.
    sources: Sources,
    /// The identifiers whose texts were saved: their cases are looked at, all of them, and not only those that are shown.
    saved: BTreeSet<String>,
}

/// The texts of sources, each read once.
#[derive(Default)]
struct Sources {
    read: RefCell<HashMap<PathBuf, Result<String, Diagnostic>>>,
}

impl Root {
    /// Reads a folder; what cannot be read is not there.
    pub fn open(folder: &Path) -> Root {
        let read = || {
            let opened = Folder::open(folder).ok()?;
            let mut all = Vec::new();
            for path in opened.files_below(folder, &KINDS).ok()? {
                if let Ok(bytes) = opened.read(&path, limits::SOURCE_BYTES) {
                    all.push((files::relative(&path, folder), bytes));
                }
            }
            Some(Shelf::new(all))
        };
        let desk = Desk::new(read().unwrap_or_default());
        Root { folder: folder.to_path_buf(), desk, sources: Sources::default(), saved: BTreeSet::new() }
    }

    /// The folder that is meant by a file: the nearest one above it that is called as policies are by default; else that
    /// in which it stands, or above which its cases do.
    pub fn meant_by(path: &Path) -> PathBuf {
        let above = path.ancestors().skip(1);
        let called = |folder: &&Path| folder.file_name().is_some_and(|name| name == DEFAULT_POLICIES);
        if let Some(folder) = above.clone().find(called) {
            return folder.to_path_buf();
        }
        let of_cases = |folder: &&Path| folder.file_name().is_some_and(|name| name == "cases");
        let folder = above.clone().find(of_cases).and_then(Path::parent);
        folder.or(path.parent()).unwrap_or(Path::new(".")).to_path_buf()
    }

    /// The name of a file on it.
    pub fn name(&self, path: &Path) -> Option<String> {
        path.strip_prefix(&self.folder).ok()?;
        Some(files::relative(path, &self.folder))
    }

    /// The path of a name.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Puts a text in the place of a file; that of the disk, where none is given.
    pub fn change(&mut self, name: &str, text: Option<&str>) {
        let bytes = match text {
            Some(text) => Some(text.as_bytes().to_vec()),
            None => {
                let path = self.path(name);
                let opened = Folder::open(&self.folder).ok();
                opened.and_then(|folder| folder.read(&path, limits::SOURCE_BYTES).ok())
            }
        };
        if self.desk.shelf().file(name) == bytes.as_deref() {
            return;
        }
        if name.ends_with(".txt") {
            self.sources.read.borrow_mut().clear();
        }
        // While a text is being written, only the cases that are shown are decided again.
        if name.ends_with(".pol") {
            self.saved.clear();
        }
        self.desk.change([(name.to_owned(), bytes)]);
    }

    /// Notes that a text was saved.
    pub fn save(&mut self, name: &str) {
        self.saved = self.desk.history_of(name).map(|history| history.id().to_owned()).into_iter().collect();
    }

    /// The cases of the texts that were saved last and did not change since.
    pub fn saved_cases(&self) -> impl Iterator<Item = String> {
        let cases = self.desk.shelf().all_cases().filter(|case| self.saved.contains(&case.policy));
        cases.map(|case| case.path.clone()).collect::<Vec<_>>().into_iter()
    }

    /// All that is to be said of its texts.
    pub fn diagnostics(&mut self) -> Vec<Diagnostic> {
        let (folder, sources) = (&self.folder, &self.sources);
        self.desk.diagnostics(&|file, path| sources.text(folder, file, path))
    }

    /// Passages that may be quoted at a place.
    pub fn passages(&self, name: &str, offset: u32) -> Vec<conforme::editor::complete::Proposal> {
        let read = |file: &SourceFile, path: &str| self.sources.text(&self.folder, file, path);
        conforme::editor::complete::passages(&self.desk, name, offset, &read)
    }
}

impl Sources {
    fn text(&self, folder: &Path, file: &SourceFile, written: &str) -> Result<String, Diagnostic> {
        let beside = folder.join(file.name());
        let path = beside.parent().unwrap_or(folder).join(written);
        let mut read = self.read.borrow_mut();
        // A path that is being written is another one at each letter.
        if read.len() >= MOST_SOURCES {
            read.clear();
        }
        let text = || {
            let opened = Arc::new(Folder::open(folder)?);
            source::text(&opened, &path, Path::new(written))
        };
        read.entry(path.clone()).or_insert_with(text).clone()
    }
}
