//! The dossier's own keys, which name nothing in a policy.

use super::Checker;
use crate::syntax::tree::Path;

/// Keys of the dossier itself, at its top.
const KEYS: [&str; 5] = ["dispositif", "dossier", "examiné le", "lectures", "attendu"];

impl Checker<'_> {
    /// Checks the name of an item; those of facts are checked where they are read, word by word.
    pub(super) fn check_item_name(&mut self, path: &Path) {
        if KEYS.contains(&&*path.text) {
            let message = format!("« {} » ne peut rien nommer", path.text);
            let help = "choisir un nom plus précis : c'est une rubrique que tout dossier porte déjà";
            self.error("nom-reserve", message, path.span, "nom réservé", Some(help.to_owned()));
        }
    }
}
