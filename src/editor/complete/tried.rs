//! A proposal put in a text, and the text checked.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::editor::desk::Desk;
use crate::editor::edits::applied;
use crate::history::History;
use crate::shelf::Shelf;
use crate::source::{SourceFile, Span};
use crate::{check, syntax};

/// A text in which proposals are tried.
pub(super) struct Trial {
    text: String,
    path: String,
    /// Where it takes others to check it.
    shelf: Option<Shelf>,
    /// What is wrong with it as it stands.
    before: BTreeSet<(&'static str, String)>,
    /// Whether all that is on the line that is being written.
    is_sound: bool,
    /// How many trials are left.
    left: Cell<usize>,
}

impl Trial {
    pub fn new(desk: &Desk, path: &str, text: &str, offset: u32, most: usize) -> Trial {
        let history = desk.history_of(path);
        let alone = history.is_none_or(|history| {
            !history.leans()
                && history.texts().iter().any(|own| own.file.name() == path && !own.is_amendment())
        });
        let shelf = (!alone).then(|| desk.shelf().clone());
        let mut trial = Trial {
            text: text.to_owned(),
            path: path.to_owned(),
            shelf,
            before: BTreeSet::new(),
            is_sound: false,
            left: Cell::new(most),
        };
        let errors = trial.errors(text);
        let line = line_at(text, offset);
        trial.is_sound = errors.iter().all(|error| is_within(error, path, line));
        trial.before = errors.into_iter().map(|error| (error.code, error.message)).collect();
        trial
    }

    /// Whether a text may stand there: where all else is well, nothing is wrong; else nothing new is wrong with its line.
    pub fn checks(&self, span: Span, new: &str) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        let Some(text) = applied(&self.text, &[(span, new.to_owned())]) else { return false };
        let errors = self.errors(&text);
        if self.is_sound {
            return errors.is_empty();
        }
        let start = span.start;
        let end = Span::new(start as usize, start as usize + new.len()).end;
        let lines = line_at(&text, start).to(line_at(&text, end));
        errors.iter().all(|error| {
            !is_within(error, &self.path, lines) && self.before.contains(&(error.code, error.message.clone()))
                || !touches(error, &self.path, lines)
        })
    }

    /// Whether what fails there reads all the same: what is read like it may be proved where it is not.
    pub fn reads(&self, span: Span, new: &str) -> bool {
        let text = applied(&self.text, &[(span, new.to_owned())]);
        self.shelf.is_none()
            && text.is_some_and(|text| check::reads(&SourceFile::new(self.path.as_str(), text)))
    }

    fn errors(&self, text: &str) -> Vec<Diagnostic> {
        let Some(shelf) = &self.shelf else {
            return check::errors(&SourceFile::new(self.path.as_str(), text), None);
        };
        let changed = shelf.with(&self.path, text.as_bytes().to_vec());
        let holds = |history: &&std::sync::Arc<History>| {
            history.texts().iter().any(|own| own.file.name() == self.path)
        };
        match changed.histories().iter().find(holds) {
            Some(history) => history.errors_of(&self.path),
            None => changed.lost().to_vec(),
        }
    }
}

/// The logical line around a place.
fn line_at(text: &str, offset: u32) -> Span {
    let around = |line: &Span| line.start <= offset && offset <= line.end;
    let physical = || {
        let at = offset as usize;
        let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |end| at + end);
        Span::new(start, end)
    };
    let own = physical();
    syntax::lines(text).into_iter().find(around).map_or(own, |line| line.to(own))
}

fn is_within(error: &Diagnostic, path: &str, line: Span) -> bool {
    error.labels.first().is_some_and(|label| {
        label.file.name() == path && line.start <= label.span.start && label.span.end <= line.end
    })
}

fn touches(error: &Diagnostic, path: &str, line: Span) -> bool {
    error.labels.iter().any(|label| {
        label.file.name() == path && label.span.start <= line.end && line.start <= label.span.end
    })
}
