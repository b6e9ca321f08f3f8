//! The names that a text declares, as its expressions may read them.

use std::collections::BTreeSet;

use foldhash::HashSet;

use super::letter::is_blank;

/// What a name must stand for where it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Anything.
    Any,
    /// A list: `nombre de L`.
    List,
    /// A funding: `montant de F`.
    Funding,
    /// A period or a day: `jours de P`. A criterion has neither.
    Time,
}

/// What a text declares, as far as the names of expressions go.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// Every declared name, each part of it, and every option.
    pub(super) declared: HashSet<String>,
    pub(super) lists: BTreeSet<String>,
    pub(super) fundings: HashSet<String>,
    /// Facts, definitions and what else has a value, and each part of their names.
    pub(super) values: HashSet<String>,
    /// What is met or not: criteria, aims, the decision.
    pub(super) verdicts: HashSet<String>,
    /// Those that hold words of the language.
    pub(super) phrases: HashSet<String>,
}

/// The greatest number of words of a name that holds words of the language.
pub(super) const WORDS: usize = 24;

impl Names {
    /// Whether something of this name and sort is declared.
    pub fn declares(&self, name: &str, sort: Sort) -> bool {
        match sort {
            Sort::Any => self.declared.contains(name),
            Sort::List => self.lists.contains(name),
            Sort::Funding => self.fundings.contains(name),
            Sort::Time => {
                self.declared.contains(name) && (self.values.contains(name) || !self.verdicts.contains(name))
            }
        }
    }

    /// Whether a list is declared under this name, in the plural or not.
    pub fn is_list(&self, name: &str) -> bool {
        self.list_of(name).is_some()
    }

    /// The list of this name, in the plural or not.
    pub fn list_of(&self, name: &str) -> Option<&str> {
        let plain = |text: &str| {
            tidy(text).split(' ').map(|word| word.trim_end_matches(['s', 'x']).to_owned()).collect::<Vec<_>>()
        };
        let wanted = plain(name);
        self.lists.iter().find(|list| plain(list) == wanted).map(String::as_str)
    }

    /// Whether this name is read as one wherever it stands.
    pub fn is_phrase(&self, name: &str) -> bool {
        self.phrases.contains(name)
    }
}

/// A text up to the first of these.
pub(super) fn before<'t>(text: &'t str, ends: &[char]) -> &'t str {
    text.split(|c| ends.contains(&c)).next().unwrap_or("")
}

/// A name as it is compared: one space between words, straight apostrophes, no comment.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in before(text, &['#']).split(is_blank).filter(|word| !word.is_empty()) {
        if !tidy.is_empty() {
            tidy.push(' ');
        }
        match word.is_ascii() {
            true => tidy.push_str(word),
            false => tidy.extend(word.chars().map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c })),
        }
    }
    tidy
}
