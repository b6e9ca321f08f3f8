//! Texts in time: what they were, what they become, what a change does.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, AnswerForm, Lang, OPTIONS, PaperFormat, Policies, Seen, TEMPLATE};

/// Compare deux textes : ce qui change dans les règles, et pour qui
#[derive(Debug, Args)]
#[command(
    name = "diff",
    help_template = TEMPLATE,
    after_help = "\
Les règles sont comparées une par une, avec les passages cités. Puis les cas du
dispositif, les dossiers donnés et des dossiers fabriqués à chaque borne des
deux textes sont décidés des deux façons : un exemple de chaque sorte de
différence est montré, le plus petit possible.

Code de sortie : 0 si rien ne diffère, 1 si quelque chose diffère, 2 si un texte
est à corriger.

Exemples :
  conforme diff policies/ess/ess.pol brouillon.pol
      ce que le brouillon changerait
  conforme diff ess avenant.pol
      ce que l'avenant change, le jour où il prend effet
  conforme diff ess@2026-12-31 ess@2027-01-01
      ce qui change d'un jour à l'autre
  conforme diff ess.pol brouillon.pol --dossiers dossiers/
      et pour les dossiers de ce répertoire
  conforme diff ess.pol brouillon.pol --witnesses exemples/
      écrit chaque exemple dans un fichier, à décider soi-même
  conforme diff ess.pol brouillon.pol --format html > changement.html"
)]
pub struct Diff {
    /// Le texte d'avant : fichier .pol, identifiant (« ess »), ou identifiant à une date (« ess@2027-01-01 »)
    #[arg(value_name = "AVANT", display_order = 1, help_heading = ARGUMENTS)]
    pub before: String,
    /// Le texte d'après, de même ; le fichier d'un avenant : le texte d'avant, modifié par lui
    #[arg(value_name = "APRÈS", display_order = 2, help_heading = ARGUMENTS)]
    pub after: String,
    #[command(flatten)]
    pub place: Policies,
    /// Dossiers à décider aussi : fichiers, ou répertoires de fichiers YAML et JSON ; peut être répété
    #[arg(long, value_name = "CHEMIN", help_heading = OPTIONS)]
    pub dossiers: Vec<PathBuf>,
    /// Compte aussi les textes en projet (« statut projet »), avec une date après « @ »
    #[arg(long, help_heading = OPTIONS)]
    pub draft: bool,
    /// Écrit chaque exemple comme un dossier, dans ce répertoire
    #[arg(long, value_name = "RÉPERTOIRE", help_heading = OPTIONS)]
    pub witnesses: Option<PathBuf>,
    /// Date d'examen de tous les dossiers ; à défaut celle de chacun
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub on: Option<String>,
    #[command(flatten)]
    pub answer: AnswerForm,
}

/// Montre les textes d'un dispositif dans le temps : versions et avenants
#[derive(Debug, Args)]
#[command(
    name = "history",
    help_template = TEMPLATE,
    after_help = "\
Code de sortie : 0 ; 2 si un texte est à corriger.

Exemples :
  conforme history ess
      les textes dans l'ordre, puis les versions en vigueur
  conforme history ess --draft
      avec les versions que feraient les projets"
)]
pub struct HistoryOf {
    /// Identifiant d'un dispositif (« ess »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    #[command(flatten)]
    pub place: Policies,
    #[command(flatten)]
    pub seen: Seen,
    #[command(flatten)]
    pub answer: AnswerForm,
}

/// Écrit le texte consolidé d'un jour, ou la page qu'un juriste relit à côté des sources
#[derive(Debug, Args)]
#[command(
    name = "show",
    help_template = TEMPLATE,
    after_help = "\
Ce qui est écrit est un texte comme un autre : il se vérifie et décide.
Au-dessus de ce que change un avenant, un commentaire dit lequel. Un avenant qui
ne va qu'à certains dossiers n'est appliqué que si --with le demande.

Code de sortie : 0 ; 2 si un texte est à corriger.

Exemples :
  conforme show ess
      le texte de ce jour
  conforme show ess --on 2027-01-01
  conforme show ess --on 2027-01-01 --draft --with 4
      avec les projets, l'avenant n° 4 compris
  conforme show ess --output ess.docx
      la page à relire et à signer dans Word ou LibreOffice
  conforme show ess --format html > ess.html
      la même, à lire et à imprimer : passages et règles côte à côte,
      questions ouvertes, chiffres, délais, versions, cas
  conforme show ess --format html --since 2026-12-31 > ess.html
      et, en tête, ce qui a changé depuis cette date"
)]
pub struct Show {
    /// Identifiant d'un dispositif (« ess », « ess@2027-01-01 »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    #[command(flatten)]
    pub place: Policies,
    /// Jour du texte : 2025-10-01 ou 01/10/2025 ; à défaut aujourd'hui
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub on: Option<String>,
    #[command(flatten)]
    pub seen: Seen,
    /// Applique aussi cet avenant, qui ne va qu'à certains dossiers ; peut être répété
    #[arg(long, value_name = "NUMÉRO", value_delimiter = ',', help_heading = OPTIONS)]
    pub with: Vec<u32>,
    /// Dit en tête de la page ce qui a changé depuis cette date
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub since: Option<String>,
    /// Le fichier à écrire ; à défaut la sortie standard
    #[arg(long, short, value_name = "FICHIER", help_heading = OPTIONS)]
    pub output: Option<PathBuf>,
    /// La page à relire, en html, docx ou markdown ; à défaut celle que dit le nom du fichier à écrire, sinon le texte
    #[arg(long, value_name = "FORME", value_enum, hide_possible_values = true, help_heading = OPTIONS)]
    pub format: Option<PaperFormat>,
    /// Langue des mots du cadre : fr (à défaut) ou en ; les mots d'un texte ne sont jamais traduits
    #[arg(long, value_name = "LANGUE", value_enum, default_value_t = Lang::Fr,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub lang: Lang,
}
