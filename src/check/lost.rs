//! What the mistakes of the syntax took with them: a line that could not be read may have declared a
//! name, and whatever else is wrong on it is no second mistake.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::SourceFile;
use crate::text;

/// What is said of a name that an expression does not read as one.
const MISNAMED: &str = "nom-reserve";

/// The lines that could not be read.
#[derive(Debug)]
pub(super) struct Lost<'a> {
    file: &'a SourceFile,
    /// Whether there is any.
    pub any: bool,
    lines: HashSet<u32>,
    texts: Vec<String>,
    /// Declared names that an expression does not read as one name.
    misnamed: Vec<String>,
    /// What each line of the file seems to declare.
    declared: OnceCell<HashSet<String>>,
}

impl<'a> Lost<'a> {
    /// The lines on which the syntax held mistakes.
    pub fn new(file: &'a SourceFile, diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let lines: HashSet<u32> = errors
            .clone()
            .filter_map(|diagnostic| Some(file.position(diagnostic.labels.first()?.span.start).line))
            .collect();
        let texts = lines.iter().take(limits::MISTAKES).map(|line| text::tidy(file.line(*line))).collect();
        let misnamed = errors
            .clone()
            .filter(|diagnostic| diagnostic.code == MISNAMED)
            .filter_map(|diagnostic| Some(text::tidy(file.slice(diagnostic.labels.first()?.span))))
            .take(limits::MISTAKES)
            .collect();
        Lost { file, any: errors.count() > 0, lines, texts, misnamed, declared: OnceCell::new() }
    }

    /// Whether a name may have been declared where the file could not be read.
    pub fn may_hold(&self, name: &str) -> bool {
        self.any
            && (self.declared.get_or_init(|| declared(self.file.text())).contains(name)
                || self.texts.iter().any(|line| holds(line, name)))
    }

    /// Whether what is said is said of a line that could not be read.
    pub fn is_on_lost_line(&self, diagnostic: &Diagnostic) -> bool {
        let first = diagnostic.labels.first();
        self.any && first.is_some_and(|label| self.lines.contains(&self.file.position(label.span.start).line))
    }

    /// Whether what is said is said where a name is used that may not be declared: it is not read there
    /// as one name.
    pub fn is_of_misnamed(&self, diagnostic: &Diagnostic) -> bool {
        if self.misnamed.is_empty() || diagnostic.code == MISNAMED {
            return false;
        }
        let Some(label) = diagnostic.labels.first() else { return false };
        let line = text::tidy(self.file.line(self.file.position(label.span.start).line));
        self.misnamed.iter().any(|name| holds(&line, name))
    }

    /// Whether the file holds a line that starts with one of these words.
    pub fn has_line(&self, words: &[&str]) -> bool {
        self.any
            && self
                .file
                .text()
                .lines()
                .any(|line| words.iter().any(|word| line.trim_start().starts_with(word)))
    }
}

/// The words that start an item, after which its name stands.
const ITEMS: [&str; 11] = [
    "source",
    "paramètre",
    "lecture",
    "définition",
    "critère",
    "objectif",
    "mission",
    "décision",
    "financement",
    "obligation",
    "cohérence",
];

/// What each line seems to declare: a fact or an option, before its colon; an item, after its keyword.
fn declared(text: &str) -> HashSet<String> {
    text.lines()
        .filter_map(|line| {
            // Most lines declare nothing: none of them is copied.
            let line = text::tidied(line.trim());
            let line = line.strip_prefix("- ").unwrap_or(&line);
            let name = line.split([':', '«']).next().unwrap_or_default().trim_end();
            if line.get(name.len()..).is_some_and(|after| after.trim_start().starts_with(':')) {
                return Some(name.to_owned());
            }
            let (word, rest) = name.split_once(' ')?;
            ITEMS.contains(&word).then(|| rest.to_owned())
        })
        .collect()
}

/// Whether a line holds a name, its words whole.
fn holds(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whole() {
        assert!(holds("adhérents.installé le date", "installé le"));
        assert!(holds("critere seuil d'adhésion", "seuil d'adhésion"));
        assert!(!holds("critère seuils", "seuil"));
    }
}
