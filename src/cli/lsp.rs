//! `conforme lsp`: the language in text editors.

use conforme::diagnostic::Diagnostic;

use super::{TO_CORRECT, output};
use crate::lsp;

/// Speaks with an editor until it is told to stop.
pub fn run() -> u8 {
    match lsp::run() {
        Ok(()) => 0,
        Err(why) => {
            let broken = Diagnostic::error(
                "editeur-muet",
                format!("la conversation avec l'éditeur est rompue : {why}"),
            );
            output::problems(&[
                broken.help("cette commande est lancée par un éditeur de texte : voir docs/editeur.md")
            ]);
            TO_CORRECT
        }
    }
}
