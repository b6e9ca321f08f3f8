//! What a line that no rule reads gets wrong, said to its author.

use std::sync::Arc;

use pest::error::{Error, InputLocation};

use super::Rule;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{SourceFile, Span};
use crate::syntax::layout::Fault;

/// The mistake of a line (`span`) that `rule` could not read.
pub(super) fn explain(file: &Arc<SourceFile>, span: Span, _rule: Rule, error: &Error<Rule>) -> Diagnostic {
    let offset = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let at = span.start as usize + offset;
    Diagnostic::error("ligne-illisible", "cette ligne ne se lit pas").at(file, Span::new(at, at), "")
}

/// An expression nested beyond the bound.
pub(super) fn too_deep(file: &Arc<SourceFile>, span: Span) -> Diagnostic {
    Diagnostic::error("imbrication", format!("une expression s'imbrique {} fois au plus", limits::NESTING))
        .at(file, span, "")
        .help("en donner une partie dans une « définition »")
}

/// A mistake in the shape of lines.
pub(super) fn fault(file: &Arc<SourceFile>, fault: Fault) -> Diagnostic {
    match fault {
        Fault::Unclosed(span) => Diagnostic::error("guillemet-ouvert", "ce guillemet « n'est jamais fermé")
            .at(file, span, "ouvert ici")
            .help("ajouter » à la fin du texte cité"),
        Fault::GaveUp(span) => Diagnostic::error(
            "guillemet-ouvert",
            "trop de guillemets restent ouverts : la suite du fichier n'a pas été lue",
        )
        .at(file, span, "ouvert ici")
        .help("fermer d'abord ceux d'au-dessus"),
        Fault::DeepQuotes(span) => Diagnostic::error(
            "imbrication",
            format!("des guillemets s'imbriquent {} fois au plus", limits::NESTING),
        )
        .at(file, span, ""),
        Fault::DeepParens(span) => too_deep(file, span),
    }
}
