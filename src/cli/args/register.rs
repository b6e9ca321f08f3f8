//! What `conforme register` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{ARGUMENTS, OPTIONS, TEMPLATE};

/// Lit, vérifie et rejoue le registre des décisions d'un service
#[derive(Debug, Args)]
#[command(
    name = "register",
    help_template = TEMPLATE,
    subcommand_help_heading = "Commandes ",
    subcommand_value_name = "QUOI",
    disable_help_subcommand = true,
    after_help = "\
Code de sortie : 0 si tout est comme il a été consigné ; 1 si quelque chose ne
l'est pas, ou ne se rejoue pas à l'identique ; 2 si le registre ne se lit pas.

Exemples :
  conforme serve --register registre.db
      tient un registre ; POST /v1/decisions y consigne
  conforme register verify registre.db
      dit si quelque chose y a été changé
  conforme register replay registre.db
      décide de nouveau chaque dossier, et compare octet par octet
  conforme register erase registre.db --before 2020-01-01 --reason \"durée\"
      efface les contenus anciens ; la chaîne se vérifie encore"
)]
pub struct Register {
    #[command(subcommand)]
    pub what: RegisterWhat,
}

#[derive(Debug, Subcommand)]
pub enum RegisterWhat {
    /// Liste les entrées
    List(RegisterOf),
    /// Montre une entrée, avec son contenu, en JSON
    Show(RegisterEntry),
    /// Dit si le registre est comme il a été écrit
    Verify(RegisterVerify),
    /// Décide de nouveau, et dit si l'on parvient aux mêmes octets
    Replay(RegisterReplay),
    /// Écrit toutes les entrées, avec leur contenu, une par ligne, en JSON
    Export(RegisterOf),
    /// Efface le contenu d'une entrée, ou de celles d'avant une date ; l'effacement est consigné
    Erase(RegisterErase),
}

#[derive(Debug, Args)]
pub struct RegisterOf {
    /// Fichier du registre
    #[arg(value_name = "REGISTRE", help_heading = ARGUMENTS)]
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub struct RegisterEntry {
    /// Fichier du registre
    #[arg(value_name = "REGISTRE", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Identifiant de l'entrée
    #[arg(value_name = "ENTRÉE", help_heading = ARGUMENTS)]
    pub id: String,
}

#[derive(Debug, Args)]
pub struct RegisterVerify {
    /// Fichier du registre
    #[arg(value_name = "REGISTRE", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Empreinte notée ailleurs, qu'une entrée doit avoir : rien n'a alors été retiré de ce qui la précède
    #[arg(long, value_name = "EMPREINTE", help_heading = OPTIONS)]
    pub expect: Option<String>,
}

#[derive(Debug, Args)]
pub struct RegisterReplay {
    /// Fichier du registre
    #[arg(value_name = "REGISTRE", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Identifiant d'une entrée ; toutes à défaut
    #[arg(value_name = "ENTRÉE", help_heading = ARGUMENTS)]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub struct RegisterErase {
    /// Fichier du registre
    #[arg(value_name = "REGISTRE", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Identifiant de l'entrée
    #[arg(value_name = "ENTRÉE", required_unless_present = "before", conflicts_with = "before",
          help_heading = ARGUMENTS)]
    pub id: Option<String>,
    /// Toutes celles qui ont été consignées avant cette date : 2020-01-01 ou 01/01/2020
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub before: Option<String>,
    /// Pourquoi ; l'entrée qui consigne l'effacement le dit, et n'est jamais effacée
    #[arg(long, value_name = "MOTIF", help_heading = OPTIONS)]
    pub reason: String,
    /// Qui efface
    #[arg(long, value_name = "NOM", help_heading = OPTIONS)]
    pub by: Option<String>,
}
