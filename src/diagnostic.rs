//! What is wrong with a policy or a dossier, as a value.
//!
//! House rules of a message: in French, lower case, no full stop; the expected thing first, the
//! actual second; the user's own words between « guillemets »; no jargon, no word of the parser or
//! of Rust; one message for one mistake. What to do about it goes into `help`. Plain spaces are
//! used here: the renderer puts the no-break ones.

use std::sync::Arc;

use crate::source::{SourceFile, Span};

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, something in it deserves a look.
    Warning,
    /// A suggestion.
    Advice,
}

/// A place with a word on what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The place in it.
    pub span: Span,
    /// What is said about it; may be empty.
    pub text: String,
}

/// A change of a file: what stands at a place gives way to a text. An empty place takes it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub file: Arc<SourceFile>,
    /// What is replaced.
    pub span: Span,
    /// What is written there.
    pub text: String,
}

/// What an author may do about a mistake, ready to be done: changes that are made together.
///
/// It may be followed blindly: it keeps what the author meant. Where two things may have been meant, both are
/// offered, each as a remedy of its own, the likelier first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What it does, in words: « écrire « 10 % » ».
    pub label: String,
    /// The changes; no two of them overlap.
    pub edits: Vec<Edit>,
}

/// One mistake: a stable code, one message, one main place, perhaps others, and a help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable identifier in French kebab case, without accents: `nom-inconnu`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The message.
    pub message: String,
    /// What to do; what would be accepted.
    pub help: Option<String>,
    /// The places; the first is the main one. Empty only where no file is at stake, or none of its text.
    pub labels: Vec<Label>,
    /// The remedies that are changes of files: alternatives, the likelier first. `help` says them in words.
    pub remedies: Vec<Remedy>,
    /// The path of the file at stake, where there is no place in it to show.
    pub file: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            labels: Vec::new(),
            remedies: Vec::new(),
            file: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, file: &Arc<SourceFile>, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { file: Arc::clone(file), span, text: text.into() });
        self
    }

    /// Says which file is at stake where no place in it can be shown, unless it is said already.
    #[must_use]
    pub fn about(mut self, path: impl Into<String>) -> Self {
        if self.labels.is_empty() && self.file.is_none() {
            self.file = Some(path.into());
        }
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers to write one of these at a place, and says so where no help is given yet.
    #[must_use]
    pub fn instead<T: AsRef<str>>(mut self, file: &Arc<SourceFile>, span: Span, texts: &[T]) -> Self {
        let quoted = |text: &T| format!("« {} »", text.as_ref());
        for text in texts {
            let edit = Edit { file: Arc::clone(file), span, text: text.as_ref().to_owned() };
            self.remedies.push(Remedy { label: format!("écrire {}", quoted(text)), edits: vec![edit] });
        }
        if self.help.is_none() {
            let all: Vec<String> = texts.iter().map(quoted).collect();
            self.help = Some(format!("écrire {}", all.join(" ou ")));
        }
        self
    }

    /// Offers changes that are made together.
    #[must_use]
    pub fn remedy(
        mut self,
        label: impl Into<String>,
        file: &Arc<SourceFile>,
        edits: impl IntoIterator<Item = (Span, String)>,
    ) -> Self {
        let edits =
            edits.into_iter().map(|(span, text)| Edit { file: Arc::clone(file), span, text }).collect();
        self.remedies.push(Remedy { label: label.into(), edits });
        self
    }

    /// Whether it stops the file from being used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
