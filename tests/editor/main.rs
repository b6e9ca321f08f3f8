//! What an editor asks: names, hovers, plans, completions, other names, on the texts of this project and on broken ones.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod completed;
mod names;
mod random;
mod renamed;

use std::path::Path;

use conforme::editor::Desk;
use conforme::shelf::Shelf;

/// The texts, cases and sources below a folder of this project, in memory.
pub fn files(root: &str) -> Vec<(String, Vec<u8>)> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if [".pol", ".yaml", ".json", ".txt", ".md"].iter().any(|end| path.ends_with(end)) {
                let below = path.strip_prefix(root).unwrap().trim_start_matches('/').to_owned();
                files
                    .push((below, std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap()));
            }
        }
    }
    files
}

/// A desk with all policies of this project.
pub fn policies() -> Desk {
    Desk::new(Shelf::new(files("policies")))
}

/// A desk with one text, called `essai.pol`.
pub fn desk(text: &str) -> Desk {
    Desk::new(Shelf::new([("essai.pol".to_owned(), text.as_bytes().to_vec())]))
}

/// The text of a file.
pub fn text(desk: &Desk, path: &str) -> String {
    String::from_utf8(desk.shelf().file(path).unwrap().to_vec()).unwrap()
}

/// Where some words stand in a file, so many letters on.
pub fn at(desk: &Desk, path: &str, words: &str, on: usize) -> u32 {
    let text = text(desk, path);
    let start = text.find(words).unwrap_or_else(|| panic!("{words} in {path}"));
    u32::try_from(start + words.chars().take(on).map(char::len_utf8).sum::<usize>()).unwrap()
}
