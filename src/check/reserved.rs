//! Names that a file may not declare, and the better ones proposed.

use super::Checker;
use crate::source::Span;
use crate::syntax::tree::{Name, Path};
use crate::text;

/// Words of the dossier that name nothing, wherever they stand in a path.
const ANSWERS: [&str; 5] = ["oui", "non", "inconnu", "pas encore", "valeur"];
/// Keys of the dossier itself, at its top.
const KEYS: [&str; 5] = ["dispositif", "dossier", "examiné le", "lectures", "attendu"];

impl Checker<'_> {
    /// Checks a declared name.
    pub(super) fn check_name(&mut self, path: &Path) {
        for (rank, part) in path.parts.iter().enumerate() {
            let folded = text::fold(&part.text);
            let taken = ANSWERS.contains(&&*folded) || (rank == 0 && KEYS.contains(&&*folded));
            if taken {
                self.report_taken(&part.text, part.span);
                return;
            }
        }
    }

    /// Checks the name of an option.
    pub(super) fn check_option(&mut self, name: &Name) {
        if ANSWERS.contains(&&*text::fold(&name.text)) {
            self.report_taken(&name.text, name.span);
        }
    }

    fn report_taken(&mut self, name: &str, span: Span) {
        let message = format!("« {name} » a déjà un sens dans les dossiers : rien ne peut porter ce nom");
        let help = "choisir un nom plus précis".to_owned();
        self.error("nom-reserve", message, span, "nom réservé", Some(help));
    }
}
