//! What `conforme lsp` takes.

use clap::Args;

use super::{OPTIONS, TEMPLATE};

/// Parle avec un éditeur de texte : erreurs à la frappe, complétion, renommage (Language Server Protocol)
#[derive(Debug, Args)]
#[command(
    name = "lsp",
    help_template = TEMPLATE,
    after_help = "\
C'est l'éditeur qui lance cette commande, et lui parle par l'entrée et la
sortie standard. Voir docs/editeur.md pour VS Code, Neovim et les autres."
)]
pub struct Lsp {
    /// Accepté pour les éditeurs qui le disent toujours : c'est déjà ainsi
    #[arg(long, hide = true, help_heading = OPTIONS)]
    pub stdio: bool,
}
