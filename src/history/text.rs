//! One text of a history: a base text or an amendment, with what its header says.

use std::sync::Arc;

use crate::check;
use crate::diagnostic::Diagnostic;
use crate::known::DateRange;
use crate::policy::TextOf;
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::tree::{Change, ChangeKind, Document, Header, Item, ItemKind, Kind};
use crate::time::Date;

/// A text that was read: of an identifier, with what is wrong with its syntax.
#[derive(Debug)]
pub struct Text {
    /// Its file.
    pub file: Arc<SourceFile>,
    pub(super) document: Document,
    pub(super) header: Header,
    /// Whether some of it could not be read.
    pub(super) broken: bool,
    problems: Vec<Diagnostic>,
}

impl Text {
    /// The text that a file holds.
    ///
    /// # Errors
    ///
    /// What is wrong with a file whose header cannot be read: it is of no history.
    pub fn new(file: Arc<SourceFile>) -> Result<Text, Vec<Diagnostic>> {
        let (document, problems) = syntax::parse(&file);
        match document.header.clone() {
            Some(header) => {
                let broken = problems.iter().any(Diagnostic::is_error);
                Ok(Text { file, document, header, broken, problems })
            }
            None => Err(problems),
        }
    }

    /// The text read again, knowing what those beside it declare.
    pub(super) fn among(self, others: &[Arc<SourceFile>]) -> Text {
        let others: Vec<&SourceFile> =
            others.iter().filter(|other| **other != self.file).map(|other| &**other).collect();
        let (document, problems) = syntax::parse_among(&self.file, &others);
        let header = document.header.clone().unwrap_or(self.header);
        let broken = problems.iter().any(Diagnostic::is_error);
        Text { file: self.file, document, header, broken, problems }
    }

    /// The identifier of the policy that it is, or amends.
    pub fn id(&self) -> &str {
        &self.header.id.text
    }

    /// Its title.
    pub fn title(&self) -> &Arc<str> {
        &self.header.title.text
    }

    /// Its notes.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.header.notes.iter().map(|note| &*note.text)
    }

    /// The number of an amendment.
    pub fn number(&self) -> Option<u32> {
        self.header.amendment.as_ref().map(|number| number.value)
    }

    /// Whether others lean on it and no dossier is under it.
    pub fn is_common(&self) -> bool {
        self.header.common
    }

    /// Whether it amends another.
    pub fn is_amendment(&self) -> bool {
        self.header.amendment.is_some()
    }

    /// Whether it goes only to some dossiers.
    pub fn is_scoped(&self) -> bool {
        !self.header.scopes.is_empty()
    }

    /// To whom it goes, as it is written: `territoire.région est « Corse »`.
    pub fn scope_words(&self) -> Vec<String> {
        let words = |span: Span| self.file.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        self.header.scopes.iter().map(|scope| words(scope.condition.span)).collect()
    }

    /// The number of the amendment that it stands in place of.
    pub fn instead_of(&self) -> Option<u32> {
        self.header.instead_of.as_ref().map(|number| number.value)
    }

    /// The identifiers of the texts that it leans on.
    pub fn leans_on(&self) -> impl Iterator<Item = &str> {
        self.header.leans_on.iter().map(|name| &*name.text)
    }

    /// Whether it is a draft.
    pub fn is_draft(&self) -> bool {
        self.header.draft.is_some()
    }

    /// First day in force.
    pub fn from(&self) -> Option<Date> {
        self.header.from.as_ref().map(|from| from.value)
    }

    /// Last day in force, included.
    pub fn until(&self) -> Option<Date> {
        self.header.until.as_ref().map(|until| until.value)
    }

    /// The day on which it was published, where it says so.
    pub fn published(&self) -> Option<Date> {
        self.header.published.as_ref().map(|published| published.value)
    }

    /// The day from which it was known: that of its publication, else that on which it comes into force.
    pub fn known_from(&self) -> Option<Date> {
        self.published().or(self.from())
    }

    /// All that its header says of it.
    pub fn about(&self) -> TextOf {
        check::constant::text_of(&self.header, self.file.text())
    }

    /// What it says, as it is written.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What an amendment does, in order: its sources apart.
    pub fn changes(&self) -> Vec<Done<'_>> {
        self.document.changes.iter().map(Done::of).collect()
    }

    /// What is wrong with its syntax.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The days on which it is in force; `None` where it ends before it begins.
    pub(super) fn period(&self) -> Option<DateRange> {
        DateRange::new(self.from(), self.until())
    }

    /// Where its period is said, or its identifier where it says none.
    pub(super) fn period_span(&self) -> Span {
        let date = self.header.from.as_ref().or(self.header.until.as_ref());
        date.map_or(self.header.id.span, |date| date.span)
    }
}

/// Something that an amendment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done<'t> {
    /// `remplace`, `ajoute`, `abroge`, `modifie`, `retient`.
    pub verb: &'static str,
    /// What kind of thing it bears on.
    pub kind: Kind,
    /// Its name.
    pub name: &'t str,
    /// The option that is retained of a reading.
    pub option: Option<&'t str>,
}

impl<'t> Done<'t> {
    fn of(change: &'t Change) -> Done<'t> {
        let put_in = |verb, item: &'t Item| {
            let fact = match &item.kind {
                ItemKind::Dossier(facts) => facts.first().map(|fact| &fact.path),
                _ => item.name.as_ref(),
            };
            Done { verb, kind: item.kind.kind(), name: fact.map_or("", |path| &path.text), option: None }
        };
        match &change.what {
            ChangeKind::Replace(item) => put_in("remplace", item),
            ChangeKind::Add(item) => put_in("ajoute", item),
            ChangeKind::Repeal(repeal) => {
                Done { verb: "abroge", kind: repeal.kind, name: &repeal.name.text, option: None }
            }
            ChangeKind::Reword(rewording) => {
                Done { verb: "modifie", kind: rewording.kind, name: &rewording.name.text, option: None }
            }
            ChangeKind::Retain(retention) => Done {
                verb: "retient",
                kind: Kind::Reading,
                name: &retention.reading.text,
                option: Some(&retention.option.text),
            },
        }
    }
}
