//! What people read in place of a fact's path: the label that is given, else one made of the path.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::ListId;
use crate::source::Span;
use crate::syntax::tree::{FactDecl, Quote};

/// Where each label is given, or the path that makes it, and which; by the list whose elements it is of.
pub(super) type Labels = HashMap<(Option<ListId>, String), (Span, bool)>;

impl Checker<'_> {
    /// The label of a fact, whose parts are those within its element where it is a field of `list`;
    /// `truth`: it is answered by yes or no.
    pub(super) fn label(
        &mut self,
        decl: &FactDecl,
        parts: &[Arc<str>],
        truth: bool,
        list: Option<ListId>,
    ) -> Arc<str> {
        let given = decl.label.as_ref().filter(|label| self.is_sound(decl, label));
        let label = given.map_or_else(|| made(parts, truth), |label| Arc::clone(&label.text));
        let own = (given.map_or(decl.path.span, |label| label.span), given.is_some());
        match self.labels.entry((list, label.to_lowercase())) {
            Entry::Vacant(entry) => {
                entry.insert(own);
            }
            Entry::Occupied(first) => {
                let first = *first.get();
                // Two paths that read alike tell themselves apart by a label.
                let (span, other) = if own.1 { (own.0, first.0) } else { (first.0, own.0) };
                if own.1 || first.1 {
                    let diagnostic = Diagnostic::error(
                        "libelle-en-double",
                        format!("le libellé « {label} » est déjà pris"),
                    )
                    .at(self.file, span, "ce libellé")
                    .at(self.file, other, "se lit de même")
                    .help("donner à chaque fait son libellé : une décision les nomme ainsi");
                    self.report(diagnostic);
                }
            }
        }
        label
    }

    fn is_sound(&mut self, decl: &FactDecl, label: &Quote) -> bool {
        let path = &decl.path.text;
        let length = label.text.chars().count();
        let (code, message, help) = if length == 0 {
            (
                "libelle-vide",
                format!("le libellé de « {path} » est vide"),
                "écrire entre les guillemets le nom que lira une personne, ou ôter les guillemets",
            )
        } else if label.text.ends_with('?') {
            (
                "libelle-question",
                format!("le libellé de « {path} » est une question"),
                "mettre la question sur la ligne d'en dessous ; le libellé nomme le fait en quelques mots",
            )
        } else if length > limits::LABEL_LENGTH {
            (
                "libelle-trop-long",
                format!(
                    "le libellé de « {path} » a {length} caractères ; il en a {} au plus",
                    limits::LABEL_LENGTH
                ),
                "garder les quelques mots qui nomment le fait ; la question, en dessous, dit le reste",
            )
        } else {
            return true;
        };
        self.error(code, message, label.span, "libellé", Some(help.to_owned()));
        false
    }
}

/// A label made of a path, no word of which is changed: what is answered by yes or no, or ends in
/// « le », is said of its group in the order of the path, « contrat signé le »; anything else is named
/// first, its group beside it, « médecins (territoire) ».
pub(super) fn made(parts: &[Arc<str>], truth: bool) -> Arc<str> {
    match parts {
        [] => Arc::from(""),
        [only] => Arc::clone(only),
        [.., last] if truth || last.ends_with(" le") => parts.join(" ").into(),
        [groups @ .., last] => format!("{last} ({})", groups.join(", ")).into(),
    }
}
