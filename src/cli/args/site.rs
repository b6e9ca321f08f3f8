//! What `conforme site` takes.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, DEFAULT_POLICIES, OPTIONS, TEMPLATE};

/// Écrit les pages des textes, des formulaires et des cas en fichiers à publier
#[derive(Debug, Args)]
#[command(
    name = "site",
    help_template = TEMPLATE,
    after_help = "\
Le site est fait de fichiers : tout serveur convient. Le moteur y est en
WebAssembly et décide dans le navigateur de qui lit : un dossier n'en sort pas.

Exemples :
  conforme site
      les textes de policies/, dans public/
  conforme site mes-textes -o /srv/www/textes
  bindings/wasm/build.sh
      construit le moteur, d'abord, une fois"
)]
pub struct Site {
    /// Répertoire où sont les textes (policies/ à défaut)
    #[arg(value_name = "RÉPERTOIRE", default_value = DEFAULT_POLICIES, hide_default_value = true,
          help_heading = ARGUMENTS)]
    pub policies: PathBuf,
    /// Répertoire où écrire le site (public/ à défaut)
    #[arg(short, long, value_name = "RÉPERTOIRE", default_value = "public", hide_default_value = true,
          help_heading = OPTIONS)]
    pub output: PathBuf,
    /// Répertoire où est le moteur construit (bindings/wasm/dist à défaut)
    #[arg(long, value_name = "RÉPERTOIRE", default_value = "bindings/wasm/dist", hide_default_value = true,
          help_heading = OPTIONS)]
    pub engine: PathBuf,
}
