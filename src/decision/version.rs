//! Which version of the text was decided on, and why.

use crate::known::DateRange;
use crate::policy::TextOf;
use crate::time::Date;

use super::Outcome;

/// How the version was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionChoice {
    /// The date that chose it.
    pub by: ChosenBy,
    /// What was published later was not seen.
    pub known_on: Option<Date>,
    /// Whether drafts were tried.
    pub drafts: bool,
    /// The versions that may go to the dossier, each with its outcome; several where what chooses is not
    /// known. Which of them is told in full.
    pub candidates: Vec<VersionOutcome>,
    /// The rank of the version that is told in full.
    pub shown: usize,
}

/// The date that chose the version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChosenBy {
    /// That of the examination.
    Examination,
    /// That which the text says: its words, and what is known of it.
    Said {
        /// `demande.reçue le`.
        words: String,
        /// The dates that it may be.
        known: DateRange,
    },
}

/// One version that may go to a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionOutcome {
    /// The texts that it is made of.
    pub texts: Vec<TextOf>,
    /// The days on which it is in force.
    pub days: DateRange,
    /// What it gives.
    pub outcome: Outcome,
}
