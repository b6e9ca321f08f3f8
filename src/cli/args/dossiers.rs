//! Deciding, and what dossiers are made of.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{ARGUMENTS, AnswerForm, DecisionFormat, Explain, OPTIONS, Policies, Seen, TEMPLATE};

/// Décide un ou plusieurs dossiers, et explique chaque décision
#[derive(Debug, Args)]
#[command(
    name = "decide",
    help_template = TEMPLATE,
    after_help = "\
Code de sortie : 0 si la décision est favorable, ou si tout ce que calcule un
texte sans décision est connu ; 1 si elle est défavorable, incomplète, ou dépend
de la lecture d'un texte ; 2 si un dossier ou un texte est à corriger. Pour
plusieurs dossiers, le plus élevé ; tous sont décidés.

Exemples :
  conforme decide dossier.yaml
  conforme decide dossier.yaml --explain full
      avec le détail de chaque calcul
  conforme decide dossier.yaml --reading \"base du seuil=libéraux\"
      en retenant une lecture des textes
  conforme decide dossiers/*.yaml --on 2026-01-01 --format json
      un objet JSON par ligne, à la date dite
  conforme decide dossiers.jsonl --explain none
      un dossier par ligne, autant de décisions dans leur ordre, puis le compte
  conforme decide dossier.yaml --output decision.docx
      un document à annoter dans un traitement de texte
  conforme decide dossiers.xlsx --output decisions.xlsx
      le tableau, avec ce qui a été décidé dans de nouvelles colonnes
  conforme decide - < dossier.yaml
      sur l'entrée standard"
)]
pub struct Decide {
    /// Fichiers des dossiers, en YAML ou en JSON ; ou un fichier d'un dossier par ligne, .jsonl, .csv ou .xlsx ; « - »
    /// lit l'entrée standard
    #[arg(required = true, value_name = "DOSSIER", help_heading = ARGUMENTS)]
    pub dossiers: Vec<PathBuf>,
    #[command(flatten)]
    pub place: Policies,
    /// Date d'examen : 2025-10-01 ou 01/10/2025 ; à défaut celle du dossier (« examiné le »), sinon celle du jour
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub on: Option<String>,
    /// Retient une lecture, « base du seuil=libéraux » par exemple ; peut être répété
    #[arg(long = "reading", value_name = "NOM=OPTION", help_heading = OPTIONS)]
    pub readings: Vec<String>,
    #[command(flatten)]
    pub seen: Seen,
    /// Ce qui est expliqué : « brief », ce qui a décidé ; « full », chaque calcul ; « none » (JSON, YAML), rien. À
    /// défaut « brief » ; « full » en JSON et en YAML pour un seul dossier
    #[arg(long, value_name = "ÉTENDUE", value_enum, hide_possible_values = true, help_heading = OPTIONS)]
    pub explain: Option<Explain>,
    /// Le fichier à écrire ; la fin de son nom dit la forme de la réponse : .docx, .html, .md, .json, .yaml ou .txt ; d'un
    /// tableau de dossiers : .xlsx, .csv ou .jsonl
    #[arg(long, short, value_name = "FICHIER", help_heading = OPTIONS)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub answer: AnswerForm,
}

impl Decide {
    /// The form of the answer: as is said, else as the name of the file says.
    pub fn format(&self) -> DecisionFormat {
        let named = || self.output.as_deref().and_then(DecisionFormat::of_name);
        self.answer.format.or_else(named).unwrap_or(DecisionFormat::Text)
    }
}

/// Donne le schéma JSON des dossiers d'un dispositif
#[derive(Debug, Args)]
#[command(
    name = "schema",
    help_template = TEMPLATE,
    after_help = "\
Exemples :
  conforme schema ess > ess.schema.json
      pour qu'un éditeur propose les noms et vérifie les valeurs
  conforme schema policies/ess/ess.pol"
)]
pub struct Schema {
    /// Identifiant d'un dispositif (« ess »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    #[command(flatten)]
    pub place: Policies,
}

/// Écrit un fichier vide à remplir
#[derive(Debug, Args)]
#[command(
    name = "new",
    help_template = TEMPLATE,
    subcommand_help_heading = "Commandes ",
    subcommand_value_name = "QUOI",
    disable_help_subcommand = true
)]
pub struct New {
    #[command(subcommand)]
    pub what: NewWhat,
}

#[derive(Debug, Subcommand)]
pub enum NewWhat {
    Dossier(NewDossier),
    Table(NewTable),
}

/// Écrit un dossier vide, chaque question en commentaire
#[derive(Debug, Args)]
#[command(
    name = "dossier",
    help_template = TEMPLATE,
    after_help = "\
Exemple :
  conforme new dossier ess > mon-dossier.yaml"
)]
pub struct NewDossier {
    /// Identifiant d'un dispositif (« ess »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    #[command(flatten)]
    pub place: Policies,
}

/// Écrit un tableau à remplir, un dossier par ligne, les choix à portée de main
#[derive(Debug, Args)]
#[command(
    name = "table",
    help_template = TEMPLATE,
    after_help = "\
Exemples :
  conforme new table ess --output dossiers.xlsx
      un classeur, avec une feuille par liste
  conforme new table ess > dossiers.csv
      les titres seuls"
)]
pub struct NewTable {
    /// Identifiant d'un dispositif (« ess »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    /// Le classeur à écrire, .xlsx
    #[arg(long, short, value_name = "FICHIER", help_heading = OPTIONS)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub place: Policies,
}
