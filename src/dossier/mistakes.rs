//! What is wrong with a dossier, gathered in one run.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{SourceFile, Span};

/// What a file holds, as who wrote it calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Answers to the questions of a policy.
    Dossier,
    /// An agency's own words.
    Template,
}

impl Held {
    /// The whole of it.
    pub(super) fn whole(self) -> &'static str {
        match self {
            Held::Dossier => "dossier",
            Held::Template => "modèle",
        }
    }

    /// A part of it, under its name.
    pub(super) fn part(self) -> &'static str {
        match self {
            Held::Dossier => "réponse",
            Held::Template => "rubrique",
        }
    }
}

/// The mistakes of one dossier. Past [`limits::MISTAKES`] they are only counted: a hostile file must
/// not make as many messages as it has lines.
pub(super) struct Mistakes {
    pub(super) file: Arc<SourceFile>,
    pub(super) held: Held,
    list: Vec<Diagnostic>,
    beyond: usize,
}

impl Mistakes {
    pub(super) fn new(file: &Arc<SourceFile>) -> Self {
        Mistakes::of(file, Held::Dossier)
    }

    /// Of a file that may hold something else.
    pub(super) fn of(file: &Arc<SourceFile>, held: Held) -> Self {
        Mistakes { file: Arc::clone(file), held, list: Vec::new(), beyond: 0 }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds the mistake at a place of the dossier. It is only built while there is room for it.
    /// Gives its rank, under which another place can be added to it.
    pub(super) fn add(&mut self, span: Span, label: &str, build: impl FnOnce() -> Diagnostic) -> usize {
        if self.list.len() >= limits::MISTAKES {
            self.beyond += 1;
            return usize::MAX;
        }
        let mut diagnostic = build();
        let main = crate::diagnostic::Label { file: Arc::clone(&self.file), span, text: label.to_owned() };
        diagnostic.labels.insert(0, main);
        self.list.push(diagnostic);
        self.list.len() - 1
    }

    /// The mistake of this rank, where it was kept.
    pub(super) fn get_mut(&mut self, rank: usize) -> Option<&mut Diagnostic> {
        self.list.get_mut(rank)
    }

    /// All of them, in the order of the dossier.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|d| d.labels.first().map_or(0, |l| l.span.start));
        if self.beyond > 0 {
            let message = match self.beyond {
                1 => "une autre erreur n'est pas détaillée ici".to_owned(),
                n => format!("{n} autres erreurs ne sont pas détaillées ici"),
            };
            let end = Span::new(self.file.text().len(), self.file.text().len());
            self.list.push(
                Diagnostic::error("autres-erreurs", message)
                    .at(&self.file, end, "")
                    .help("corriger d'abord celles qui précèdent"),
            );
        }
        self.list
    }
}
