//! The letter that goes with a decision, a request for what is missing, or a note to the authority.

mod alike;
mod calculation;
mod decided;
mod frame;
mod given;
mod mention;
mod note;
mod operative;
mod reasons;
mod request;
mod signatory;
mod silence;
mod unsettled;

use super::fill::Fill;
use crate::decision::{Missing, Outcome};
use crate::policy::ItemRef;
use crate::render::document::Document;
use crate::render::words::Purpose;

/// The letter, or the note.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    match fill.decision().outcome {
        // What is left to the authority is asked of nobody else.
        _ if is_note(fill) => note::document(fill),
        Outcome::Incomplete => request::document(fill),
        _ => decided::document(fill),
    }
}

/// Whether it is a note to the authority, which says by itself what is left to settle.
pub(super) fn is_note(fill: &Fill<'_>) -> bool {
    match fill.decision().outcome {
        Outcome::DependsOnReading => true,
        Outcome::Incomplete => fill.indispensable().is_empty(),
        Outcome::Favourable | Outcome::Unfavourable | Outcome::Calculated => false,
    }
}

/// What whoever signs has to settle or check first; nothing where the letter is a note itself.
pub(super) fn signatory(fill: &Fill<'_>) -> Option<Document> {
    if is_note(fill) { None } else { signatory::document(fill) }
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

    /// Of these, what tells only of objectives and missions: nobody has to answer it.
    pub(super) fn optional(&self) -> Vec<&Missing> {
        self.useful().into_iter().filter(|missing| is_optional(missing)).collect()
    }

    /// Of these, what an amount, a right or an obligation waits for.
    pub(super) fn awaited(&self) -> Vec<&Missing> {
        self.useful().into_iter().filter(|missing| !is_optional(missing)).collect()
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

fn is_optional(missing: &Missing) -> bool {
    missing.affects.iter().all(|item| matches!(item, ItemRef::Objective(_) | ItemRef::Mission(_)))
}
