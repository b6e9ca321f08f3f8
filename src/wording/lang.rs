//! The language of frame words. A policy's own words are never translated.

use super::{English, French, Spaces, Wording};

/// A language of frame words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The phrase of this language: each stands beside its translation.
    pub(crate) fn pick<T>(self, french: T, english: T) -> T {
        match self {
            Lang::Fr => french,
            Lang::En => english,
        }
    }

    /// Its words for values, with plain spaces: the printers put the no-break ones.
    pub(crate) fn wording(self) -> &'static dyn Wording {
        match self {
            Lang::Fr => &French(Spaces::Plain),
            Lang::En => &English(Spaces::Plain),
        }
    }

    /// `name : value`, with the space that the language wants.
    pub(crate) fn pair(self, name: &str, value: &str) -> String {
        [name, self.pick(" : ", ": "), value].concat()
    }

    /// What stands between two statements.
    pub(crate) fn then(self) -> &'static str {
        self.pick(" ; ", "; ")
    }

    /// An author's words in quotation marks.
    pub(crate) fn quoted(self, text: &str) -> String {
        let (open, close) = self.pick(("« ", " »"), ("“", "”"));
        [open, text, close].concat()
    }

    /// With the no-break spaces that printers put.
    pub fn typeset(self, text: &str) -> String {
        // What an author wrote in French keeps French spaces under English frame words too.
        match self {
            Lang::Fr => French(Spaces::NoBreak).typography(text),
            Lang::En => English(Spaces::NoBreak).typography(text),
        }
    }
}
