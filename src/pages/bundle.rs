//! What an engine loads to answer for one policy: its texts, those they lean on, the texts of their sources, and its
//! cases, as one JSON file.

use std::collections::BTreeMap;

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
        let mut paths = self.paths_of(self.history(id)?.id());
        let folders: Vec<&str> =
            paths.iter().map(|path| path.rfind('/').map_or("", |end| &path[..=end])).collect();
        let beside = |path: &str| folders.iter().any(|folder| path.starts_with(folder));
        let sources =
            self.files().map(|(path, _)| path).filter(|path| path.ends_with(".txt") && beside(path));
        let sources: Vec<String> = sources.map(str::to_owned).collect();
        paths.extend(sources);
        paths.extend(self.cases(id).map(|case| case.path.clone()));
        let files: BTreeMap<&str, &str> = self
            .files()
            .filter(|(path, _)| paths.contains(*path))
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
