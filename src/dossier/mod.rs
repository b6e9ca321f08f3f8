//! A dossier: answers to a policy's questions, each with the place where it stands.
//!
//! `bytes ──located──▶ tree of keys and values with spans ──read──▶ [`Dossier`]`
//!
//! An ordinary JSON dossier goes a quicker way: `bytes ──json──▶ keys and values ──fast──▶ [`Dossier`]`,
//! or a [`Sheet`] where nothing is to be explained.
//!
//! What is written against what is declared: see [`read()`]. What hangs together with other answers
//! (a fact asked only under a condition, a coherence rule) is seen when the dossier is evaluated.

pub mod asked;
mod day;
mod decimal;
mod fast;
mod fault;
mod fill;
mod json;
mod located;
mod mistakes;
mod past;
mod paths;
mod period;
mod read;
mod said;
mod scalar;
mod schema;
mod sheet;
mod stated;
mod template;
mod unreadable;
mod usual;
mod words;

pub(crate) use located::{Entry, Located, Node};
pub use sheet::Sheet;
pub(crate) use sheet::{Cell, Column, Columns, Day, NOTHING};
pub use stated::Stated;
pub(crate) use words::expected;

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::{FactId, ListId, Policy, ReadingId};
use crate::source::{FileName, SourceFile, Span};
use crate::time::Date;
use crate::value::Value;

/// Reads dossiers of one policy: what is worked out of the policy once serves for all of them.
#[derive(Debug)]
pub struct Reader<'p> {
    policy: &'p Policy,
    paths: paths::Paths,
    usuals: usual::Usuals,
}

impl<'p> Reader<'p> {
    /// A reader of the dossiers of this policy.
    pub fn new(policy: &'p Policy) -> Self {
        Reader { policy, paths: paths::Paths::new(policy), usuals: usual::Usuals::new(policy) }
    }

    /// Reads a dossier, YAML or JSON. `name` is the name under which people know the file.
    ///
    /// Keys are compared as names are ([`crate::text::tidy`]: case counts); groups are nested
    /// (`territoire: {continu: oui}`) or written with dots (`territoire.continu: oui`), as one likes.
    /// A choice is taken in whatever case it is written.
    ///
    /// # Errors
    ///
    /// Everything that must be corrected, in the order of the dossier, each with its place in the
    /// dossier and the declaration in the policy.
    pub fn read(&self, bytes: &[u8], name: impl Into<FileName>) -> Result<Dossier, Vec<Diagnostic>> {
        self.read_file(&file(bytes, name)?)
    }

    /// Reads as [`Reader::read`] does what [`file()`] has made, or what was put together from parts of another
    /// file, which mistakes are then shown in.
    ///
    /// # Errors
    ///
    /// As [`Reader::read`].
    pub fn read_file(&self, file: &Arc<SourceFile>) -> Result<Dossier, Vec<Diagnostic>> {
        let dossier = match self.quickly(file) {
            Some((dossier, _)) => dossier,
            None => read::read(self.policy, &self.paths, file)?,
        };
        dossier.under(self.policy)
    }

    /// Reads what there is to decide of an ordinary JSON dossier into a sheet of the same policy; `None`
    /// of any other, and whatever the sheet then holds is to be left alone: [`Reader::read`] is to read it.
    pub fn sheet(&self, bytes: &[u8], sheet: &mut Sheet) -> Option<()> {
        sheet.clear();
        if bytes.len() > limits::DOSSIER_BYTES {
            return None;
        }
        fast::read(self, std::str::from_utf8(bytes).ok()?, sheet).map(|_| ())
    }

    /// Reads an ordinary JSON dossier that names this policy and is to be corrected in nothing; `None` of any other.
    pub fn read_own(&self, file: &Arc<SourceFile>) -> Option<Dossier> {
        let (dossier, names_policy) = self.quickly(file)?;
        if names_policy { dossier.under(self.policy).ok() } else { None }
    }

    /// The quick way; whether the dossier names its policy.
    fn quickly(&self, file: &Arc<SourceFile>) -> Option<(Dossier, bool)> {
        let dossier = Dossier::empty(self.policy, Arc::clone(file));
        let mut whole = fill::Whole { policy: self.policy, dossier };
        let names_policy = fast::read(self, file.text(), &mut whole)?;
        Some((whole.dossier, names_policy))
    }

    /// Reads as [`Reader::read`] does, but never by the quick way: for the tests that compare both.
    #[doc(hidden)]
    pub fn read_generally(
        &self,
        bytes: &[u8],
        name: impl Into<FileName>,
    ) -> Result<Dossier, Vec<Diagnostic>> {
        let file = located::file(bytes, name)?;
        read::read(self.policy, &self.paths, &file)?.under(self.policy)
    }

    /// Whether the quick way reads this dossier: for the tests.
    #[doc(hidden)]
    pub fn reads_quickly(&self, bytes: &[u8]) -> bool {
        located::file(bytes, "").is_ok_and(|file| self.quickly(&file).is_some())
    }
}

/// The bytes of a dossier as a file, before anything is done with them.
///
/// # Errors
///
/// Too many bytes, or no UTF-8.
pub fn file(bytes: &[u8], name: impl Into<FileName>) -> Result<Arc<SourceFile>, Vec<Diagnostic>> {
    located::file(bytes, name)
}

/// Keys and values, each with its place, of a file of an agency's own words, which is written as dossiers are.
///
/// # Errors
///
/// Everything that keeps it from being read.
pub(crate) fn template_tree(file: &Arc<SourceFile>) -> Result<Located<'_>, Vec<Diagnostic>> {
    let mut mistakes = mistakes::Mistakes::of(file, mistakes::Held::Template);
    let tree = located::read(file, &mut mistakes);
    match tree {
        Some(tree) if mistakes.is_empty() => Ok(tree),
        Some(_) | None => Err(mistakes.finish()),
    }
}

/// Keys and values of a dossier, each with its place, where it can be read as far as its end.
pub(crate) fn tree(file: &SourceFile) -> Option<Located<'_>> {
    // Mistakes are for who reads it against its policy.
    let mut mistakes = mistakes::Mistakes::new(&SourceFile::new("", ""));
    located::read(file, &mut mistakes)
}

/// Reads one dossier of a policy: see [`Reader::read`].
///
/// # Errors
///
/// Everything that must be corrected.
pub fn read(bytes: &[u8], name: impl Into<FileName>, policy: &Policy) -> Result<Dossier, Vec<Diagnostic>> {
    Reader::new(policy).read(bytes, name)
}

/// JSON Schema (2020-12) of the dossiers of a policy: questions as descriptions, every own key, and
/// `{valeur, source, au, par, motif}` wherever a bare answer may stand.
pub fn schema(policy: &Policy) -> serde_json::Value {
    schema::schema(policy, &paths::Paths::new(policy))
}

/// An empty dossier of a policy, in YAML: questions and accepted values as comments, every answer
/// still `inconnu`.
pub fn template(policy: &Policy) -> String {
    template::template(policy, &paths::Paths::new(policy))
}

/// What a dossier says, answer by answer, as it is written, each with its path: `adhérents[1].exercice`; what stands
/// beside it, under `path#par`; a list itself, with how many elements it has.
///
/// # Errors
///
/// What keeps the file from being read at all.
pub fn said(policy: &Policy, file: &Arc<SourceFile>) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
    said::said(policy, &paths::Paths::new(policy), file)
}

/// The dates of what has happened whatever the dossier: to those, « pas encore » is no answer.
pub(crate) fn past(policy: &Policy) -> std::collections::HashSet<crate::policy::Declared> {
    past::past(policy)
}

/// The policy that a dossier asks for (`dispositif`), before that policy is at hand. The file is read
/// no further than that key: what is wrong after it is for [`read()`] to say.
///
/// # Errors
///
/// What keeps the file from being read as far as that.
pub fn identify(file: &Arc<SourceFile>) -> Result<Option<String>, Vec<Diagnostic>> {
    read::identify(file)
}

/// Shows where a dossier asks for a policy that is not known. A file that cannot be read asks for what its first
/// lines happen to look like: there, what keeps it from being read is all that is to be said.
///
/// # Errors
///
/// What keeps the file from being read.
pub fn unknown(file: &Arc<SourceFile>, problem: Diagnostic) -> Result<Diagnostic, Vec<Diagnostic>> {
    Ok(match read::identified_at(file)? {
        Some(span) => problem.at(file, span, "aucun texte ne porte ce nom"),
        None => problem,
    })
}

/// A date as a dossier may write it: `2025-02-03`, `03/02/2025`, `3 février 2025`.
pub fn written_date(written: &str) -> Option<Date> {
    day::date(written).ok()
}

/// What a case states by hand, under `attendu`.
///
/// # Errors
///
/// What keeps it from being read.
pub fn stated(dossier: &Dossier) -> Result<Vec<Stated>, Vec<Diagnostic>> {
    stated::read(&dossier.file)
}

/// The date of examination that a dossier states, before its policy is at hand: the version may hang on
/// it. What is wrong with it is for [`read()`] to say.
pub fn examined_on(file: &Arc<SourceFile>) -> Option<Date> {
    read::examined_on(file)
}

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
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
    /// Where; `None` when a command or the text retains it.
    pub place: Option<Place>,
    /// Who and why.
    pub origin: Option<Box<Origin>>,
}

impl Given {
    fn at(answer: Answer, key: Span, value: Span, origin: Option<Box<Origin>>) -> Self {
        Given { answer, place: Some(Place { key, value }), origin }
    }
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
            readings: policy
                .readings
                .iter()
                .map(|reading| reading.retained.as_ref())
                .map(|retained| retained.map(|r| Retained { option: r.option, place: None, origin: None }))
                .collect(),
        }
    }

    /// With the readings that the policy itself retains; one that the dossier retains otherwise is sent
    /// back, both places shown.
    fn under(mut self, policy: &Policy) -> Result<Dossier, Vec<Diagnostic>> {
        let mut wrong = Vec::new();
        for (reading, given) in policy.readings.iter().zip(&mut self.readings) {
            let Some(settled) = &reading.retained else { continue };
            let retained = || Retained { option: settled.option, place: None, origin: None };
            let given = given.get_or_insert_with(retained);
            if given.option == settled.option {
                continue;
            }
            let options = &policy.choices[reading.choice.index()].options;
            let word = |option: u16| options.get(usize::from(option)).map_or("", |word| word);
            let message = format!(
                "la lecture « {} » est retenue par le texte : attendu « {} » ; lu « {} »",
                reading.head.name,
                word(settled.option),
                word(given.option)
            );
            let mut diagnostic = Diagnostic::error("lecture-contraire-au-texte", message);
            if let Some(place) = given.place {
                diagnostic = diagnostic.at(&self.file, place.value, "retenue ici autrement");
            }
            let help = "retirer cette lecture du dossier : le texte ne laisse plus ce point ouvert";
            wrong.push(diagnostic.at(&policy.file, settled.span, "retenue par le texte").help(help));
        }
        if wrong.is_empty() { Ok(self) } else { Err(wrong) }
    }

    /// SHA-256 of the file's bytes, in lower-case hexadecimal. Worked out on demand: it would take
    /// longer than reading the dossier.
    pub fn sha256(&self) -> String {
        let digest = Sha256::digest(self.file.text().as_bytes());
        let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut hex = String::with_capacity(64);
        hex.extend(halves.filter_map(|half| char::from_digit(half.into(), 16)));
        hex
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
