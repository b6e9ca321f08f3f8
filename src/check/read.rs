//! What a text says, before anything is proved of it.

use std::sync::Arc;

use super::lost::Lost;
use super::{Checker, Consolidation, columns, leaning, sharing, texts};
use crate::currency::Currency;
use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::source::SourceFile;
use crate::syntax;
use crate::syntax::tree::Document;

/// What a file says, before what must be proved of it is proved.
pub(super) struct Read {
    /// The policy, where no error was found.
    pub policy: Option<Policy>,
    pub diagnostics: Vec<Diagnostic>,
    /// Where the lines start of the texts that it leans on.
    pub leaned_from: Option<u32>,
    pub currency: Currency,
}

/// Reads a text.
pub(super) fn read(file: &Arc<SourceFile>, consolidation: Option<&Consolidation>) -> Read {
    read_noting(file, consolidation, &mut |_| {})
}

/// Reads a text; `note` sees the run once all names are resolved.
pub(super) fn read_noting(
    file: &Arc<SourceFile>,
    consolidation: Option<&Consolidation>,
    note: &mut dyn FnMut(&Checker<'_>),
) -> Read {
    read_parsed(syntax::parse(file), consolidation, note)
}

/// What a text says and what is wrong with its syntax.
pub(super) type Parsed = (Document, Vec<Diagnostic>);

/// Reads a text further whose lines were read.
pub(super) fn read_parsed(
    (document, mut diagnostics): Parsed,
    consolidation: Option<&Consolidation>,
    note: &mut dyn FnMut(&Checker<'_>),
) -> Read {
    let file = &Arc::clone(&document.file);
    if document.header.as_ref().is_some_and(|header| header.amendment.is_some()) {
        return Read { policy: None, diagnostics, leaned_from: None, currency: Currency::Euro };
    }
    let mut document = columns::expand(sharing::expand(document, &mut diagnostics), &mut diagnostics);
    let texts = texts::Texts::of(&document);
    leaning::rename(&mut document, &texts);
    let leaned_from = texts.start();
    let lost = Lost::new(file, &diagnostics);
    let mut checker = Checker::new(&document, lost);
    checker.names.put_together(texts, document.header.as_ref());
    let policy = checker.run(consolidation, note);
    let currency = checker.currency();
    let Checker { lost, diagnostics: found, .. } = checker;
    diagnostics.extend(found.into_iter().filter(|diagnostic| !lost.is_on_lost_line(diagnostic)));
    diagnostics.retain(|diagnostic| !lost.is_of_misnamed(diagnostic));
    let policy = policy.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
    Read { policy, diagnostics, leaned_from, currency }
}
