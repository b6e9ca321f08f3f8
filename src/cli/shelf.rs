//! A folder of texts and cases in memory, for pages.

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::pages::Shelf;

use super::files::{self, Folder};

/// What pages are made of, by the ends of names.
const KINDS: [&str; 5] = ["pol", "yaml", "yml", "json", "txt"];

/// Reads the texts and the cases of a folder.
pub fn open(root: &Path) -> Result<Shelf, Diagnostic> {
    Ok(Shelf::new(files(root)?))
}

/// The files of a folder that pages are made of, each by its path below it.
pub fn files(root: &Path) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let folder = Folder::open(root)?;
    let mut all = Vec::new();
    for path in folder.files_below(root, &KINDS)? {
        all.push((files::relative(&path, root), folder.read(&path, limits::SOURCE_BYTES)?));
    }
    Ok(all)
}
