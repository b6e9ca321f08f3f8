//! What `conforme serve` takes.

use clap::Args;

use super::{OPTIONS, Policies};

/// Montre les textes, les formulaires et les décisions dans un navigateur, sur cet ordinateur
#[derive(Debug, Args)]
#[command(after_help = "\
Exemples :
  conforme serve
      puis ouvrir http://127.0.0.1:4747/ dans un navigateur
  conforme serve --policies mes-textes --port 0
      d'autres textes, sur un port libre

Les pages ne sont servies qu'à cet ordinateur ; rien d'un dossier n'est gardé.")]
pub struct Serve {
    #[command(flatten)]
    pub place: Policies,
    /// Port de l'adresse http://127.0.0.1 (4747 à défaut ; 0 : un port libre)
    #[arg(long, value_name = "PORT", default_value_t = 4747, hide_default_value = true, help_heading = OPTIONS)]
    pub port: u16,
}
