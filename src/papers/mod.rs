//! Papers: the letter that goes with a decision, and the sheet that tells a person how it was worked out.
//!
//! Architecture invariant: papers decide nothing and read nothing. They put what a decision says, and an agency's own
//! words, into documents; what neither says is marked « [à compléter : …] », never invented. Their words are French: they
//! are papers of French administrative law.

mod fill;
mod law;
mod letter;
mod sheet;
mod template;

pub use template::Template;

use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::render::document::Document;
use crate::render::{Lang, html, markdown};

/// A letter or a sheet, before any layout.
#[derive(Debug, Clone)]
pub struct Paper {
    pub(crate) document: Document,
}

impl Paper {
    /// How many places are left to be filled in.
    pub fn to_complete(&self) -> usize {
        self.markdown().matches("[à compléter").count()
    }

    /// As one page that needs nothing else.
    pub fn html(&self) -> String {
        html::page(&self.document, Lang::Fr)
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        markdown::page(&self.document, Lang::Fr)
    }

    /// As a document of a word processor.
    #[cfg(feature = "docx")]
    pub fn docx(&self) -> Vec<u8> {
        crate::render::docx::document(&self.document, Lang::Fr)
    }
}

/// What an authority sends of a decision: the decision itself, or a request for what is missing. Where it is for the
/// authority to settle something first, a note to it, which says that it is no letter.
pub fn letter(policy: &Policy, dossier: &Dossier, decision: &Decision, template: &Template) -> Paper {
    Paper { document: letter::document(&fill::Fill::for_letter(policy, dossier, decision, template)) }
}

/// What whoever signs the letter has to settle or check first; it goes to nobody else. None where there is nothing, or
/// where the paper is a note to the authority already.
pub fn note(policy: &Policy, dossier: &Dossier, decision: &Decision, template: &Template) -> Option<Paper> {
    let fill = fill::Fill::for_letter(policy, dossier, decision, template);
    letter::signatory(&fill).map(|document| Paper { document })
}

/// Whether what is written of a decision is no letter but a note to the authority.
pub fn is_note(policy: &Policy, dossier: &Dossier, decision: &Decision, template: &Template) -> bool {
    letter::is_note(&fill::Fill::for_letter(policy, dossier, decision, template))
}

/// What is told to a person, on demand, of how a decision was worked out (CRPA, art. R. 311-3-1-2).
pub fn sheet(policy: &Policy, dossier: &Dossier, decision: &Decision, template: &Template) -> Paper {
    Paper { document: sheet::document(&fill::Fill::new(policy, dossier, decision, template)) }
}
