//! Which texts a policy is made of, and what says to whom it goes.

use std::sync::Arc;

use super::{Declared, ExprId};
use crate::time::Date;

/// The version that a policy is.
#[derive(Debug, Clone, Default)]
pub struct Version {
    /// The base text, then the amendments that it holds, in the order in which they were applied.
    pub texts: Vec<TextOf>,
    /// The amendments in force that do not go to the dossiers of this version.
    pub aside: Vec<TextOf>,
    /// `version applicable à la date …`: the date that chooses the version, in place of that of the
    /// examination.
    pub chosen_at: Option<ExprId>,
    /// The conditions of all amendments in force that do not go to all dossiers, applied or not; each
    /// with the amendment that it is of, by rank among them.
    pub scopes: Vec<(usize, ExprId)>,
    /// What the amendments that were not applied ask, so that their conditions can be answered.
    pub beside: Vec<Declared>,
    /// The paths of facts that are asked no more, each with the text that repealed it, by rank in `texts`.
    pub repealed: Vec<(Arc<str>, usize)>,
    /// The texts that it leans on, near and far.
    pub leaned: Vec<LeanedOn>,
    /// Where their lines start in the file of the policy, after its own.
    pub leaned_from: Option<u32>,
}

/// A text that another one leans on, in the version of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeanedOn {
    /// Its identifier.
    pub id: Arc<str>,
    /// Its base text, then the amendments that it holds.
    pub texts: Vec<TextOf>,
}

/// One text of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOf {
    /// The number of an amendment; `None` for a base text.
    pub number: Option<u32>,
    /// Its title.
    pub title: Arc<str>,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force, included.
    pub until: Option<Date>,
    /// The day on which it was published.
    pub published: Option<Date>,
    /// Whether it is a draft.
    pub draft: bool,
    /// To which dossiers it goes, as it is written, where not to all.
    pub scope: Vec<Arc<str>>,
    /// SHA-256 of its file, in lower-case hexadecimal.
    pub sha256: String,
}

/// How a text is called: « le texte de base », « l'avenant n° 1 ».
pub fn called(number: Option<u32>) -> String {
    match number {
        Some(number) => format!("l'avenant n° {number}"),
        None => "le texte de base".to_owned(),
    }
}
