//! What files look like from outside: whether they changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Deepest folder that is looked into, below those that are given.
const DEPTH: usize = 16;

/// What a change of which is worth a look: texts, dossiers, approved decisions, quoted sources.
const KINDS: [&str; 6] = ["pol", "yaml", "yml", "json", "md", "txt"];

/// Files, each with the time of its last change and its length.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Seen {
    /// The files below some folders, hidden ones left out. What cannot be read is not there.
    pub fn of<'r>(roots: impl IntoIterator<Item = &'r Path>) -> Seen {
        let mut seen = Seen::default();
        let mut folders: Vec<(PathBuf, usize)> =
            roots.into_iter().map(|root| (root.to_path_buf(), 0)).collect();
        while let Some((folder, depth)) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            for entry in entries.flatten() {
                let path = entry.path();
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                let Ok(kind) = entry.file_type() else { continue };
                if hidden {
                    continue;
                } else if kind.is_dir() {
                    if depth < DEPTH {
                        folders.push((path, depth + 1));
                    }
                } else if path.extension().is_some_and(|e| KINDS.iter().any(|kind| e == *kind))
                    // Not of the link but of what it leads to.
                    && let Ok(about) = std::fs::metadata(&path)
                {
                    seen.0.insert(path, (about.modified().ok(), about.len()));
                }
            }
        }
        seen
    }

    /// The files that are not as before, that are new or gone.
    pub fn changed(&self, now: &Seen) -> Vec<PathBuf> {
        let differs = |(path, about): &(&PathBuf, &(Option<SystemTime>, u64)), other: &Seen| {
            other.0.get(*path) != Some(*about)
        };
        let mut changed: Vec<PathBuf> = (self.0.iter().filter(|file| differs(file, now)))
            .chain(now.0.iter().filter(|file| differs(file, self)))
            .map(|(path, _)| path.clone())
            .collect();
        changed.sort_unstable();
        changed.dedup();
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_changed_and_gone_files_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir_all(folder.path().join("cases/.git")).unwrap();
        write("a.pol", "1");
        write("cases/b.yaml", "1");
        write("cases/.git/c.yaml", "1");
        write("d.swp", "1");
        let before = Seen::of([folder.path()]);
        assert_eq!(before.changed(&Seen::of([folder.path()])), Vec::<PathBuf>::new());
        write("a.pol", "12");
        write("cases/e.md", "1");
        write("cases/.git/c.yaml", "12");
        write("d.swp", "12");
        std::fs::remove_file(folder.path().join("cases/b.yaml")).unwrap();
        let changed = before.changed(&Seen::of([folder.path()]));
        let expected = ["a.pol", "cases/b.yaml", "cases/e.md"].map(|name| folder.path().join(name));
        assert_eq!(changed, expected);
    }
}
