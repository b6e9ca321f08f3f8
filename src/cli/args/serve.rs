//! What `conforme serve` takes.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, value_parser};

use super::{OPTIONS, Policies};

/// Montre les textes, les formulaires et les décisions dans un navigateur, et répond aux programmes
#[derive(Debug, Args)]
#[command(after_help = "\
Exemples :
  conforme serve
      puis ouvrir http://127.0.0.1:4747/ dans un navigateur
  curl http://127.0.0.1:4747/v1/decide --json @dossier.json
      la décision, comme « conforme decide --format json »
  conforme serve --policies mes-textes --port 0
      d'autres textes, sur un port libre
  conforme serve --address 10.0.0.7 --tokens jetons.txt
      pour d'autres ordinateurs, à qui a un jeton

Le service ne répond qu'à cet ordinateur, sauf « --address » ; rien d'un dossier
n'est gardé. Les textes sont relus quand ils changent.")]
pub struct Serve {
    #[command(flatten)]
    pub place: Policies,
    /// Port (4747 à défaut ; 0 : un port libre)
    #[arg(long, value_name = "PORT", default_value_t = 4747, hide_default_value = true, help_heading = OPTIONS)]
    pub port: u16,
    /// Adresse écoutée (127.0.0.1 à défaut) ; une autre que celles de cet ordinateur pour lui-même demande « --tokens »
    #[arg(long, value_name = "ADRESSE", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), hide_default_value = true,
          help_heading = OPTIONS)]
    pub address: IpAddr,
    /// Fichier des jetons : une ligne par jeton, « NOM  RÔLES  sha256:EMPREINTE » ; sans jeton, rien n'est répondu
    #[arg(long, value_name = "FICHIER", help_heading = OPTIONS)]
    pub tokens: Option<PathBuf>,
    /// Autre nom sous lequel le service répond ; peut être répété
    #[arg(long = "host", value_name = "NOM", help_heading = OPTIONS)]
    pub hosts: Vec<String>,
    /// Site dont les pages peuvent interroger le service, https://portail.example ; peut être répété
    #[arg(long = "origin", value_name = "SITE", help_heading = OPTIONS)]
    pub origins: Vec<String>,
    /// Registre où les décisions demandées à /v1/decisions sont consignées ; fait s'il n'y en a pas
    #[cfg(feature = "register")]
    #[arg(long, value_name = "FICHIER", help_heading = OPTIONS)]
    pub register: Option<PathBuf>,
    /// Note chaque demande sur la sortie d'erreur, sans rien d'un dossier
    #[arg(long, help_heading = OPTIONS)]
    pub log: bool,
    /// Demandes traitées ou en attente à la fois (64 à défaut) ; au-delà, il est répondu de revenir
    #[arg(long, value_name = "NOMBRE", default_value_t = 64, hide_default_value = true,
          value_parser = value_parser!(u16).range(1..), help_heading = OPTIONS)]
    pub requests: u16,
    /// Connexions ouvertes à la fois (4096 à défaut) ; au-delà, celle qui se tait depuis le plus longtemps est fermée
    #[arg(long, value_name = "NOMBRE", default_value_t = 4096, hide_default_value = true,
          value_parser = value_parser!(u16).range(1..), help_heading = OPTIONS)]
    pub connections: u16,
    /// Secondes qu'une demande peut mettre à arriver, puis à être traitée (30 à défaut)
    #[arg(long, value_name = "SECONDES", default_value_t = 30, hide_default_value = true,
          value_parser = value_parser!(u64).range(1..=3600), help_heading = OPTIONS)]
    pub patience: u64,
}
