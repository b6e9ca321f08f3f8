//! Words that have a sense of their own in dossiers, and name nothing in a policy.
//!
//! A name that no expression could read back is refused where it is read, by the grammar itself.

use super::Checker;
use crate::source::Span;
use crate::syntax::tree::{Name, Path};
use crate::text;

/// Answers, and the key of an answer: nothing has these names, not even under a group.
const ANSWERS: [&str; 5] = ["oui", "non", "inconnu", "pas encore", "valeur"];
/// Keys of the dossier itself, at its top.
const KEYS: [&str; 5] = ["dispositif", "dossier", "examiné le", "lectures", "attendu"];

impl Checker<'_> {
    /// Checks the name of a fact or item.
    pub(super) fn check_path(&mut self, path: &Path) {
        for (rank, part) in path.parts.iter().enumerate() {
            let folded = text::folded(&part.text);
            if ANSWERS.contains(&&*folded) {
                self.report_answer(&part.text, part.span);
                return;
            }
            if rank == 0 && KEYS.contains(&&*folded) {
                let help = "choisir un nom plus précis : c'est une rubrique que tout dossier porte déjà";
                self.report_taken(&part.text, part.span, help);
                return;
            }
        }
    }

    /// Checks the name of an option.
    pub(super) fn check_option(&mut self, name: &Name) {
        if ANSWERS.contains(&&*text::folded(&name.text)) {
            self.report_answer(&name.text, name.span);
        }
    }

    fn report_answer(&mut self, name: &str, span: Span) {
        self.report_taken(name, span, "choisir un nom plus précis : dans un dossier, ce mot a déjà un sens");
    }

    fn report_taken(&mut self, name: &str, span: Span, help: &str) {
        let message = format!("« {name} » ne peut rien nommer");
        self.error("nom-reserve", message, span, "nom réservé", Some(help.to_owned()));
    }
}
