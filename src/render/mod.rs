//! Words, language and layout: what people and programs read.
//!
//! Architecture invariant: nothing here decides anything. A decision comes in as typed steps; the
//! same decision gives the same bytes.

pub mod diagnostics;
pub mod diff;
pub(crate) mod document;
#[cfg(feature = "docx")]
pub mod docx;
pub mod history;
pub mod html;
pub mod json;
pub(crate) mod layout;
pub mod markdown;
pub(crate) mod pictures;
pub(crate) mod report;
pub mod table;
pub mod text;
pub(crate) mod words;
#[cfg(feature = "xlsx")]
pub mod workbook;
pub mod yaml;

use crate::decision::{Decision, MissingPlace};
use crate::dossier::Dossier;
use crate::policy::Policy;
pub use crate::wording::Lang;

/// How much is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explain {
    /// What was decided, without why: for programs. For people it is as [`Explain::Brief`].
    None,
    /// The reasons of what decided.
    #[default]
    Brief,
    /// Every calculation.
    Full,
}

/// What people call a fact, or what an element of a list gives.
pub fn label(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    place: MissingPlace,
    lang: Lang,
) -> String {
    words::Words::new(policy, dossier, decision.examined_on, lang).label(place)
}
