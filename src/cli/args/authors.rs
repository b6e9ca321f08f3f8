//! What authors of texts use: checking, cases, layout.

use std::path::PathBuf;

use clap::Args;

use super::{ARGUMENTS, CheckFormat, OPTIONS, Policies, TEMPLATE, TestFormat};

/// Vérifie des textes : toutes les erreurs et remarques, en une fois
#[derive(Debug, Args)]
#[command(
    name = "check",
    help_template = TEMPLATE,
    after_help = "\
Code de sortie : 0 si tout va bien, 1 s'il y a des remarques avec --strict,
2 s'il y a des erreurs.

Exemples :
  conforme check
      tous les textes du répertoire policies/
  conforme check ess --strict
      les textes d'un dispositif : le texte de base et ses avenants
  conforme check brouillon.pol
  conforme check --format json"
)]
pub struct Check {
    /// Fichiers .pol, répertoires où les chercher, ou identifiants (« ess ») ; « - » lit l'entrée standard ;
    /// à défaut policies/
    #[arg(value_name = "CHEMIN", help_heading = ARGUMENTS)]
    pub paths: Vec<PathBuf>,
    /// Sort avec le code 1 s'il y a des remarques
    #[arg(long, help_heading = OPTIONS)]
    pub strict: bool,
    /// Montre aussi les remarques auxquelles l'auteur répond par « concordance : motif « … » »
    #[arg(long, help_heading = OPTIONS)]
    pub all: bool,
    /// Forme de la réponse : text (à défaut) ou json
    #[arg(long, value_name = "FORME", value_enum, default_value_t = CheckFormat::Text,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub format: CheckFormat,
}

/// Décide les cas d'un dispositif et montre ce qui n'est plus comme approuvé
#[derive(Debug, Args)]
#[command(
    name = "test",
    help_template = TEMPLATE,
    after_help = "\
Un cas est un dossier, policies/ID/cases/NOM.yaml, à côté de la décision qui en
a été approuvée, NOM.decision.md. Il peut énoncer ce qui doit en sortir :
  attendu:
    décision: favorable
    critère seuil d'adhésion: rempli
Aucune approbation n'y peut rien.

Code de sortie : 0 si tout est comme approuvé ; 1 si quelque chose diffère ou
n'a jamais été approuvé ; 2 si un texte ou un cas est à corriger.

Exemples :
  conforme test
      tous les cas des textes du répertoire policies/
  conforme test ess --review
      revoit un à un ceux qui diffèrent ; chaque touche est expliquée
  conforme test ess --accept
      approuve tout ce qui diffère
  conforme test ess --coverage
      dit ce qu'aucun cas ne montre ; --format html : le texte en couleur
  conforme test ess --mutate
      dit quels petits changements du texte aucun cas ne verrait
  conforme test --junit rapport.xml"
)]
pub struct Test {
    /// Identifiants de dispositifs (« ess »), ou fichiers .pol ; à défaut tous
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub wanted: Vec<String>,
    #[command(flatten)]
    pub place: Policies,
    /// Revoit un à un les cas qui diffèrent
    #[arg(long, conflicts_with_all = ["accept", "junit", "format"], help_heading = OPTIONS)]
    pub review: bool,
    /// Approuve tous les cas qui diffèrent
    #[arg(long, help_heading = OPTIONS)]
    pub accept: bool,
    /// Dit ce qu'aucun cas ne montre : conditions, seuils, lignes, lectures
    #[arg(long, conflicts_with_all = ["review", "accept", "junit"], help_heading = OPTIONS)]
    pub coverage: bool,
    /// Change le texte de petites façons, et dit les changements qu'aucun cas ne voit
    #[arg(long, conflicts_with_all = ["coverage", "review", "accept", "junit"], help_heading = OPTIONS)]
    pub mutate: bool,
    /// Pas que prend au plus chaque étape de la recherche (2 000 000 à défaut) : les mêmes pas donnent la même réponse
    #[arg(long, value_name = "PAS", requires = "mutate", value_parser = clap::value_parser!(u64).range(1..),
          help_heading = OPTIONS)]
    pub budget: Option<u64>,
    /// Écrit aussi le résultat dans ce fichier, en XML de JUnit
    #[arg(long, value_name = "FICHIER", help_heading = OPTIONS)]
    pub junit: Option<PathBuf>,
    /// Forme de la réponse : text (à défaut), json, ou html avec --coverage
    #[arg(long, value_name = "FORME", value_enum, default_value_t = TestFormat::Text,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub format: TestFormat,
}

/// Revérifie textes et cas à chaque enregistrement
#[derive(Debug, Args)]
#[command(
    name = "watch",
    help_template = TEMPLATE,
    after_help = "\
À chaque fichier enregistré, l'écran est effacé et ne montre que ce qui ne va
pas : les erreurs et remarques des textes, puis les cas qui ne sont plus comme
approuvés. Ctrl-C arrête.

Exemples :
  conforme watch
      tous les textes du répertoire policies/
  conforme watch ess"
)]
pub struct Watch {
    /// Fichiers .pol, répertoires où les chercher, ou identifiants (« ess ») ; à défaut policies/
    #[arg(value_name = "CHEMIN", help_heading = ARGUMENTS)]
    pub paths: Vec<PathBuf>,
}

/// Liste les cas d'un dispositif, et écrit ceux qui manquent
#[derive(Debug, Args)]
#[command(
    name = "cases",
    help_template = TEMPLATE,
    after_help = "\
Code de sortie : 0 ; 2 si un texte ou un cas est à corriger.

Exemples :
  conforme cases ess
      les cas, avec leur décision
  conforme cases ess --missing
      les dossiers qui manquent pour que chaque point soit montré par un cas
  conforme cases ess --missing --write policies/ess/cases
      les écrit, petits, nommés d'après ce qu'ils montrent"
)]
pub struct Cases {
    /// Identifiant d'un dispositif (« ess »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    #[command(flatten)]
    pub place: Policies,
    /// Cherche les dossiers qui manquent à la couverture
    #[arg(long, help_heading = OPTIONS)]
    pub missing: bool,
    /// Pas que prend au plus chaque étape de la recherche (2 000 000 à défaut) : les mêmes pas donnent la même réponse
    #[arg(long, value_name = "PAS", requires = "missing", value_parser = clap::value_parser!(u64).range(1..),
          help_heading = OPTIONS)]
    pub budget: Option<u64>,
    /// Les écrit dans ce répertoire ; un fichier qui s'y trouve déjà est laissé tel quel
    #[arg(long, value_name = "RÉPERTOIRE", requires = "missing", help_heading = OPTIONS)]
    pub write: Option<PathBuf>,
}

/// Remet des textes en forme, commentaires compris
#[derive(Debug, Args)]
#[command(
    name = "fmt",
    help_template = TEMPLATE,
    after_help = "\
Code de sortie : 0 ; 1 avec --check si un fichier serait changé ; 2 si un texte
ne peut pas être lu (il est laissé tel quel).

Exemples :
  conforme fmt
      tous les textes du répertoire policies/
  conforme fmt --check
      dit ce qui changerait, n'écrit rien
  conforme fmt - < brouillon.pol
      de l'entrée standard à la sortie standard"
)]
pub struct Format {
    /// Fichiers .pol, répertoires où les chercher, ou identifiants (« ess ») ; « - » lit l'entrée standard ;
    /// à défaut policies/
    #[arg(value_name = "CHEMIN", help_heading = ARGUMENTS)]
    pub paths: Vec<PathBuf>,
    /// N'écrit rien ; dit quels fichiers seraient changés
    #[arg(long, help_heading = OPTIONS)]
    pub check: bool,
}

/// Fait ce que les messages de check proposent, quand c'est un changement du texte
#[derive(Debug, Args)]
#[command(
    name = "fix",
    help_template = TEMPLATE,
    after_help = "\
Sans option, montre chaque remède, ligne par ligne, et n'écrit rien. Chacun a
été essayé : il garde ce que le texte dit. Là où deux choses ont pu être
voulues, c'est à l'auteur de choisir, avec --review.

Code de sortie : 0 s'il n'y a rien à faire, ou si tout est fait ; 1 s'il reste
des remèdes ; 2 si un texte ne peut pas être lu ou écrit.

Exemples :
  conforme fix
      ce que l'on ferait des textes du répertoire policies/
  conforme fix ess --accept
      le fait, sauf là où il faut choisir
  conforme fix brouillon.pol --review
      propose les remèdes un à un"
)]
pub struct Fix {
    /// Fichiers .pol, répertoires où les chercher, ou identifiants (« ess ») ; à défaut policies/
    #[arg(value_name = "CHEMIN", help_heading = ARGUMENTS)]
    pub paths: Vec<PathBuf>,
    /// Fait tout ce qui ne demande pas de choisir
    #[arg(long, conflicts_with = "review", help_heading = OPTIONS)]
    pub accept: bool,
    /// Propose les remèdes un à un
    #[arg(long, help_heading = OPTIONS)]
    pub review: bool,
}

/// Écrit de quoi compléter les commandes dans un terminal
#[derive(Debug, Args)]
#[command(
    name = "completions",
    help_template = TEMPLATE,
    after_help = "\
Exemples :
  conforme completions bash >~/.local/share/bash-completion/completions/conforme
  conforme completions fish > ~/.config/fish/completions/conforme.fish
  conforme completions zsh > ~/.zfunc/_conforme"
)]
pub struct Completions {
    /// Interpréteur : bash, zsh, fish, elvish ou powershell
    #[arg(value_name = "INTERPRÉTEUR", value_enum, hide_possible_values = true, help_heading = ARGUMENTS)]
    pub shell: clap_complete::Shell,
}
