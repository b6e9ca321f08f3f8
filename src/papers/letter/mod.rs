//! The letter that goes with a decision, a request for what is missing, or a note to the authority.

mod alike;
mod calculation;
mod decided;
mod frame;
mod given;
mod mention;
mod note;
mod reasons;
mod request;
mod signatory;
mod unsettled;

use super::fill::Fill;
use crate::decision::{Missing, Outcome};
use crate::render::document::Document;
use crate::render::words::Purpose;

/// The letter, or the note.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    match fill.decision().outcome {
        Outcome::Favourable | Outcome::Unfavourable | Outcome::Calculated => decided::document(fill),
        // What is left to the authority is asked of nobody else.
        Outcome::Incomplete if fill.indispensable().is_empty() => note::document(fill),
        Outcome::Incomplete => request::document(fill),
        Outcome::DependsOnReading => note::document(fill),
    }
}

/// What whoever signs has to settle or check first; nothing where the letter is a note itself.
pub(super) fn signatory(fill: &Fill<'_>) -> Option<Document> {
    match fill.decision().outcome {
        Outcome::DependsOnReading => None,
        Outcome::Incomplete if fill.indispensable().is_empty() => None,
        _ => signatory::document(fill),
    }
}

impl Fill<'_> {
    /// What the person is asked for, without which nothing is decided.
    pub(super) fn indispensable(&self) -> Vec<&Missing> {
        let stated = self.words().policy.decision.stated;
        self.asked(&|purpose| purpose == Purpose::Outcome || !stated && purpose != Purpose::Nothing)
    }

    /// What the person is asked for besides: it moves what is paid, given or due, and not the decision.
    pub(super) fn useful(&self) -> Vec<&Missing> {
        let stated = self.words().policy.decision.stated;
        self.asked(&|purpose| stated && !matches!(purpose, Purpose::Outcome | Purpose::Nothing))
    }

    fn asked(&self, of: &dyn Fn(Purpose) -> bool) -> Vec<&Missing> {
        let words = self.words();
        let missing = self.decision().missing.iter();
        missing
            .filter(|missing| words.judge(missing.place).is_none())
            .filter(|missing| of(words.purpose(self.decision(), missing)) && self.concerns(missing))
            .collect()
    }

    /// What the authority has to judge.
    pub(super) fn to_judge(&self) -> Vec<&Missing> {
        let words = self.words();
        let missing = self.decision().missing.iter();
        missing
            .filter(|missing| words.judge(missing.place).is_some())
            .filter(|missing| words.purpose(self.decision(), missing) != Purpose::Nothing)
            .collect()
    }
}
