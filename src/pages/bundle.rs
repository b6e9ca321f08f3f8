//! What an engine loads to answer for one policy: its texts, those they lean on, the texts of their sources, and its
//! cases, as one JSON file.

use std::collections::{BTreeMap, BTreeSet};

use super::Shelf;
use crate::diagnostic::Diagnostic;

impl Shelf {
    /// The files that are needed to answer for a policy, as JSON: each file by its path. What is no UTF-8 is no text, and
    /// is left out.
    ///
    /// # Errors
    ///
    /// There is no policy of that identifier.
    pub fn bundle(&self, id: &str) -> Result<String, Vec<Diagnostic>> {
        let mut wanted = BTreeSet::from([self.history(id)?.id()]);
        let mut open: Vec<&str> = wanted.iter().copied().collect();
        let mut paths = BTreeSet::new();
        while let Some(id) = open.pop() {
            // What a text leans on may not be there: its own check says so.
            let Ok(history) = self.history(id) else { continue };
            for text in history.texts() {
                let name = text.file.name();
                paths.insert(name);
                let folder = name.rfind('/').map_or("", |end| &name[..=end]);
                let sources = self.files().map(|(path, _)| path);
                paths.extend(sources.filter(|path| path.starts_with(folder) && path.ends_with(".txt")));
                open.extend(text.leans_on().filter(|on| wanted.insert(on)));
            }
        }
        paths.extend(self.cases(id).map(|case| case.path.as_str()));
        let files: BTreeMap<&str, &str> = self
            .files()
            .filter(|(path, _)| paths.contains(path))
            .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
            .collect();
        Ok(serde_json::to_string(&files).unwrap_or_default())
    }

    /// The texts and the cases of a bundle; none where it is none.
    pub fn of_bundle(bundle: &str) -> Option<Shelf> {
        let files: BTreeMap<String, String> = serde_json::from_str(bundle).ok()?;
        Some(Shelf::new(files.into_iter().map(|(path, text)| (path, text.into_bytes()))))
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    fn files(named: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        named.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_bundle_holds_what_a_policy_needs_and_nothing_else() {
        let shelf = Shelf::new(files(&[
            ("a/a.pol", "dispositif a « A »\n  en vigueur depuis le 1er janvier 2025\n  s'appuie sur b\n"),
            ("a/cases/1.yaml", "dispositif: a\n"),
            ("a/cases/1.decision.md", "Décidé."),
            ("a/sources/loi.txt", "La loi."),
            ("c/sources/loi.txt", "Une autre."),
            ("b/b.pol", "texte commun b « B »\n  en vigueur depuis le 1er janvier 2025\n"),
            ("c/c.pol", "dispositif c « C »\n  en vigueur depuis le 1er janvier 2025\n"),
            ("c/cases/2.yaml", "dispositif: c\n"),
        ]));
        let bundled = Shelf::of_bundle(&shelf.bundle("a").unwrap()).unwrap();
        let paths: Vec<&str> = bundled.files().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a/a.pol", "a/cases/1.yaml", "a/sources/loi.txt", "b/b.pol"]);
        let cases: Vec<&str> = bundled.cases("a").map(|case| case.name.as_str()).collect();
        assert_eq!(cases, ["1"]);
        assert!(shelf.bundle("d").is_err());
        assert!(Shelf::of_bundle("[1]").is_none());
    }
}
