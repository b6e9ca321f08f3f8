//! A dossier: answers to a policy's questions, each with the place where it stands.
//!
//! `bytes ──located──▶ tree of keys and values with spans ──read──▶ [`Dossier`]`

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::policy::{FactId, ListId, Policy, ReadingId};
use crate::source::{SourceFile, Span};
use crate::time::Date;
use crate::value::Value;

/// A dossier that was read against a policy: every answer is of its declared type and bounds.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The file.
    pub file: Arc<SourceFile>,
    /// `dossier: …`.
    pub name: Option<Arc<str>>,
    /// `examiné le`.
    pub examined_on: Option<Date>,
    /// By [`FactId`].
    pub facts: Vec<Given>,
    /// By [`ListId`]; `None`: absent, so unknown.
    pub lists: Vec<Option<Rows>>,
    /// Readings that the dossier retains, by [`ReadingId`].
    pub readings: Vec<Option<Retained>>,
}

/// The elements of a list.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// The key of the list.
    pub key: Span,
    /// Where the list comes from, where it was given as `{valeur: […], source: …}`.
    pub origin: Option<Box<Origin>>,
    /// Where each element stands.
    pub spans: Vec<Span>,
    /// Answers, element after element, each with one per field in order of rank.
    pub cells: Vec<Given>,
}

/// One answer.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// Where it stands: its key and its value. `None` where the key is absent.
    pub place: Option<Place>,
    /// Source, date, judge and reason, where given.
    pub origin: Option<Box<Origin>>,
}

/// Where an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its key.
    pub key: Span,
    /// Its value.
    pub value: Span,
}

/// What a dossier says of a fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Answer {
    /// Absent, `null` or `inconnu`.
    #[default]
    Missing,
    /// Of a date: has not happened by the date of examination, so it lies after it.
    NotYet,
    /// Known.
    Known(Value),
}

/// Where an answer comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// `source`.
    pub source: Option<Arc<str>>,
    /// `au`: as of when.
    pub as_of: Option<Date>,
    /// `par`: who judged.
    pub by: Option<Arc<str>>,
    /// `motif`: why.
    pub reason: Option<Arc<str>>,
}

/// A reading that a dossier or a command retains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retained {
    /// The option, by rank.
    pub option: u16,
    /// Where; `None` when a command retains it.
    pub place: Option<Place>,
    /// Who and why.
    pub origin: Option<Box<Origin>>,
}

impl Dossier {
    /// An empty dossier of a policy: every fact is missing.
    pub fn empty(policy: &Policy, file: Arc<SourceFile>) -> Self {
        Dossier {
            file,
            name: None,
            examined_on: None,
            facts: vec![Given::default(); policy.facts.len()],
            lists: vec![None; policy.lists.len()],
            readings: vec![None; policy.readings.len()],
        }
    }

    /// SHA-256 of the file's bytes, in lower-case hexadecimal. Worked out on demand: it would take
    /// longer than reading the dossier.
    pub fn sha256(&self) -> String {
        use std::fmt::Write as _;
        let digest = Sha256::digest(self.file.text().as_bytes());
        digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// The answer to a fact.
    pub fn fact(&self, fact: FactId) -> &Given {
        &self.facts[fact.index()]
    }

    /// The elements of a list, where it is given.
    pub fn list(&self, list: ListId) -> Option<&Rows> {
        self.lists[list.index()].as_ref()
    }

    /// The reading that the dossier retains.
    pub fn reading(&self, reading: ReadingId) -> Option<&Retained> {
        self.readings[reading.index()].as_ref()
    }
}
