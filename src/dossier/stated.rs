//! What a case states by hand (`attendu`), as it is written: what it must come to is for
//! [`crate::workshop`] to say.

use std::sync::Arc;

use super::located::{self, Located, Node as Tree};
use super::mistakes::Mistakes;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};
use crate::text;

/// A line of `attendu`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// What it is about: `critère seuil d'adhésion`.
    pub subject: String,
    /// Where that stands.
    pub subject_span: Span,
    /// What is stated of it, each with its place.
    pub parts: Vec<(String, Span)>,
}

/// What a case states.
pub(super) fn read(file: &Arc<SourceFile>) -> Result<Vec<Stated>, Vec<Diagnostic>> {
    let mut mistakes = Mistakes::new(file);
    let root = located::read(file, &mut mistakes);
    let Some(Located { node: Tree::Map(entries), .. }) = root else {
        return if mistakes.is_empty() { Ok(Vec::new()) } else { Err(mistakes.finish()) };
    };
    let mut stated: Vec<Stated> = Vec::new();
    for entry in entries.iter().filter(|entry| text::tidy(&entry.key) == "attendu") {
        let lines = match &entry.value.node {
            Tree::Map(lines) => lines,
            Tree::Scalar(written) if written.text.is_empty() => continue,
            Tree::Scalar(_) | Tree::List(_) | Tree::Refused => {
                mistakes.add(entry.key_span, "", || {
                    Diagnostic::error(
                        "attendu-mal-ecrit",
                        "attendu : des lignes « point : résultat » sous « attendu »",
                    )
                    .help("par exemple « décision: favorable »")
                });
                continue;
            }
        };
        for line in lines {
            let subject = text::tidy(&line.key);
            let mut parts = Vec::new();
            match &line.value.node {
                Tree::Scalar(written) => parts.extend(split(&written.text, line.value.span)),
                Tree::List(values) => {
                    for value in values {
                        match &value.node {
                            Tree::Scalar(written) => parts.push((text::tidy(&written.text), value.span)),
                            Tree::List(_) | Tree::Map(_) | Tree::Refused => {
                                misplaced(&mut mistakes, value.span)
                            }
                        }
                    }
                }
                Tree::Map(_) | Tree::Refused => misplaced(&mut mistakes, line.key_span),
            }
            if let Some(first) = stated.iter().find(|known| known.subject == subject) {
                let first = first.subject_span;
                let message = format!("attendu : « {subject} » est énoncé deux fois");
                let rank = mistakes.add(line.key_span, "et ici", || {
                    Diagnostic::error("attendu-en-double", message).help("n'en garder qu'un")
                });
                if let Some(diagnostic) = mistakes.get_mut(rank) {
                    let label = crate::diagnostic::Label {
                        file: Arc::clone(file),
                        span: first,
                        text: "ici".to_owned(),
                    };
                    diagnostic.labels.push(label);
                }
                continue;
            }
            stated.push(Stated { subject, subject_span: line.key_span, parts });
        }
    }
    if mistakes.is_empty() { Ok(stated) } else { Err(mistakes.finish()) }
}

/// `dû, 2 400 €`: one part after another.
fn split(written: &str, span: Span) -> Vec<(String, Span)> {
    let parts = written.split([';', '\n']).flat_map(|part| part.split(", "));
    parts.map(text::tidy).filter(|part| !part.is_empty()).map(|part| (part, span)).collect()
}

fn misplaced(mistakes: &mut Mistakes, span: Span) {
    mistakes.add(span, "", || {
        Diagnostic::error(
            "attendu-mal-ecrit",
            "attendu : un résultat en un mot ou quelques-uns ; lu un groupe",
        )
        .help("par exemple « financement dotation annuelle: dû »")
    });
}
