//! What the command line takes, and its help, in French.

use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use conforme::render;

/// Puts everything that clap would say in English into French words.
const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}\n";

/// Headings: clap adds the colon, French wants a space before it.
const OPTIONS: &str = "Options ";
const ARGUMENTS: &str = "Arguments ";

/// The command line, its help typeset as French is.
pub fn command() -> clap::Command {
    typeset(Cli::command())
}

/// Reads the command line.
pub fn parse() -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command().try_get_matches()?)
}

/// No-break spaces where French wants them, so that no guillemet is left alone at the end of a line.
fn typeset(command: clap::Command) -> clap::Command {
    let after = command.get_after_help().map(|text| nobreak(&text.to_string()));
    let command = match after {
        Some(after) => command.after_help(after),
        None => command,
    };
    command
        .mut_args(|arg| match arg.get_help().map(|text| nobreak(&text.to_string())) {
            Some(help) => arg.help(help),
            None => arg,
        })
        .mut_subcommands(typeset)
}

fn nobreak(text: &str) -> String {
    text.replace("« ", "«\u{a0}").replace(" »", "\u{a0}»").replace(" :", "\u{a0}:").replace(" ;", "\u{a0};")
}

#[derive(Debug, Parser)]
#[command(
    name = "conforme",
    version,
    about = "Décide des dossiers d'après des règles de droit écrites en français, et explique pourquoi.",
    after_help = "\
Pour commencer :
  conforme decide policies/ess/cases/01-favorable.yaml
      décide un dossier et dit pourquoi
  conforme new dossier ess > mon-dossier.yaml
      écrit un dossier vide à remplir, chaque question en commentaire
  conforme check
      vérifie les textes du répertoire policies/

« conforme COMMANDE --help » montre l'aide d'une commande, avec des exemples.",
    help_template = TEMPLATE,
    subcommand_help_heading = "Commandes ",
    subcommand_value_name = "COMMANDE",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Affiche l'aide
    #[arg(short = 'h', long, global = true, action = ArgAction::Help, help_heading = OPTIONS)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = OPTIONS)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Decide(Decide),
    Check(Check),
    Test(Test),
    Watch(Watch),
    Diff(Diff),
    Cases(Cases),
    Fmt(Format),
    History(HistoryOf),
    Show(Show),
    Schema(Schema),
    New(New),
    Completions(Completions),
    /// Écrit la page de manuel
    #[command(hide = true)]
    Man,
}

/// Décide un ou plusieurs dossiers, et explique chaque décision
#[derive(Debug, Args)]
#[command(
    name = "decide",
    help_template = TEMPLATE,
    after_help = "\
Code de sortie : 0 si la décision est favorable ; 1 si elle est défavorable,
incomplète, ou dépend de la lecture d'un texte ; 2 si un dossier ou un texte est
à corriger. Pour plusieurs dossiers, le plus élevé ; tous sont décidés.

Exemples :
  conforme decide dossier.yaml
  conforme decide dossier.yaml --explain full
      avec le détail de chaque calcul
  conforme decide dossier.yaml --reading \"base du seuil=libéraux\"
      en retenant une lecture des textes
  conforme decide dossiers/*.yaml --on 2026-01-01 --format json
      un objet JSON par ligne, à la date dite
  conforme decide - < dossier.yaml
      sur l'entrée standard"
)]
pub struct Decide {
    /// Fichiers des dossiers, en YAML ou en JSON ; « - » lit l'entrée standard
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
    /// Ce qui est expliqué : « brief » (à défaut), ce qui a décidé ; « full », chaque calcul
    #[arg(long, value_name = "ÉTENDUE", value_enum, default_value_t = Explain::Brief,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub explain: Explain,
    #[command(flatten)]
    pub answer: AnswerForm,
}

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
  conforme check policies/ess/ess.pol --strict
  conforme check --format json"
)]
pub struct Check {
    /// Fichiers .pol, ou répertoires où les chercher ; « - » lit l'entrée standard ; à défaut policies/
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
Un cas est un dossier, policies/ID/cases/NOM.yaml, à côté de la décision qui en a
été approuvée, NOM.decision.md. Il peut énoncer ce qui doit en sortir :
  attendu:
    décision: favorable
    critère seuil d'adhésion: rempli
Aucune approbation n'y peut rien.

Code de sortie : 0 si tout est comme approuvé ; 1 si quelque chose diffère ou n'a
jamais été approuvé ; 2 si un texte ou un cas est à corriger.

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
  conforme watch policies/ess/ess.pol"
)]
pub struct Watch {
    /// Fichiers .pol, ou répertoires où les chercher ; à défaut policies/
    #[arg(value_name = "CHEMIN", help_heading = ARGUMENTS)]
    pub paths: Vec<PathBuf>,
}

/// Compare deux textes : ce qui change dans les règles, et pour qui
#[derive(Debug, Args)]
#[command(
    name = "diff",
    help_template = TEMPLATE,
    after_help = "\
Les règles sont comparées une par une, avec les passages cités. Puis les cas du
dispositif, les dossiers donnés et des dossiers fabriqués à chaque borne des deux
textes sont décidés des deux façons : un exemple de chaque sorte de différence est
montré, le plus petit possible.

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
    #[arg(value_name = "AVANT", help_heading = ARGUMENTS)]
    pub before: String,
    /// Le texte d'après, de même ; le fichier d'un avenant : le texte d'avant, modifié par lui
    #[arg(value_name = "APRÈS", help_heading = ARGUMENTS)]
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
Code de sortie : 0 ; 1 avec --check si un fichier serait changé ; 2 si un texte ne
peut pas être lu (il est laissé tel quel).

Exemples :
  conforme fmt
      tous les textes du répertoire policies/
  conforme fmt --check
      dit ce qui changerait, n'écrit rien
  conforme fmt - < brouillon.pol
      de l'entrée standard à la sortie standard"
)]
pub struct Format {
    /// Fichiers .pol, ou répertoires où les chercher ; « - » lit l'entrée standard ; à défaut policies/
    #[arg(value_name = "CHEMIN", help_heading = ARGUMENTS)]
    pub paths: Vec<PathBuf>,
    /// N'écrit rien ; dit quels fichiers seraient changés
    #[arg(long, help_heading = OPTIONS)]
    pub check: bool,
}

/// Montre les textes d'un dispositif dans le temps : versions et avenants
#[derive(Debug, Args)]
#[command(
    name = "history",
    help_template = TEMPLATE,
    after_help = "\
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

/// Écrit le texte consolidé d'un jour : les avenants mis à leur place
#[derive(Debug, Args)]
#[command(
    name = "show",
    help_template = TEMPLATE,
    after_help = "\
Ce qui est écrit est un texte comme un autre : il se vérifie et décide. Au-dessus
de ce que change un avenant, un commentaire dit lequel. Un avenant qui ne va qu'à
certains dossiers n'est appliqué que si --with le demande.

Exemples :
  conforme show ess
      le texte de ce jour
  conforme show ess --on 2027-01-01
  conforme show ess --on 2027-01-01 --draft --with 4
      avec les projets, l'avenant n° 4 compris"
)]
pub struct Show {
    /// Identifiant d'un dispositif (« ess », « ess@2027-01-01 »), ou fichier .pol
    #[arg(value_name = "DISPOSITIF", help_heading = ARGUMENTS)]
    pub policy: String,
    #[command(flatten)]
    pub place: Policies,
    /// Jour du texte : 2025-10-01 ou 01/10/2025 ; à défaut celui-ci
    #[arg(long, value_name = "DATE", help_heading = OPTIONS)]
    pub on: Option<String>,
    #[command(flatten)]
    pub seen: Seen,
    /// Applique aussi cet avenant, qui ne va qu'à certains dossiers ; peut être répété
    #[arg(long, value_name = "NUMÉRO", value_delimiter = ',', help_heading = OPTIONS)]
    pub with: Vec<u32>,
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

/// Écrit de quoi compléter les commandes dans un terminal
#[derive(Debug, Args)]
#[command(
    name = "completions",
    help_template = TEMPLATE,
    after_help = "\
Exemples :
  conforme completions bash > ~/.local/share/bash-completion/completions/conforme
  conforme completions fish > ~/.config/fish/completions/conforme.fish
  conforme completions zsh > ~/.zfunc/_conforme"
)]
pub struct Completions {
    /// Interpréteur : bash, zsh, fish, elvish ou powershell
    #[arg(value_name = "INTERPRÉTEUR", value_enum, hide_possible_values = true, help_heading = ARGUMENTS)]
    pub shell: clap_complete::Shell,
}

/// How the answer is written.
#[derive(Debug, Args)]
pub struct AnswerForm {
    /// Forme de la réponse : text (à défaut), json, yaml, markdown ou html
    #[arg(long, value_name = "FORME", value_enum, default_value_t = DecisionFormat::Text,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub format: DecisionFormat,
    /// Langue des mots du cadre : fr (à défaut) ou en ; les mots d'un texte ne sont jamais traduits
    #[arg(long, value_name = "LANGUE", value_enum, default_value_t = Lang::Fr,
          hide_default_value = true, hide_possible_values = true, help_heading = OPTIONS)]
    pub lang: Lang,
}

/// Which texts are seen.
#[derive(Debug, Args)]
pub struct Seen {
    /// Décide comme les textes étaient connus ce jour-là : un texte publié plus tard n'est pas vu
    #[arg(long = "known-on", value_name = "DATE", help_heading = OPTIONS)]
    pub known_on: Option<String>,
    /// Essaie aussi les projets (« statut projet »), qui sinon ne s'appliquent jamais
    #[arg(long, help_heading = OPTIONS)]
    pub draft: bool,
}

/// Where policies are.
#[derive(Debug, Args)]
pub struct Policies {
    /// Répertoire où sont les textes (policies/ à défaut)
    #[arg(long, value_name = "RÉPERTOIRE", default_value = DEFAULT_POLICIES, hide_default_value = true,
          help_heading = OPTIONS)]
    pub policies: PathBuf,
}

/// Where policies are looked for when nothing is said.
pub const DEFAULT_POLICIES: &str = "policies";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Explain {
    Brief,
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecisionFormat {
    Text,
    Json,
    Yaml,
    Markdown,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    Text,
    Json,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    Fr,
    En,
}

impl From<Explain> for render::Explain {
    fn from(explain: Explain) -> Self {
        match explain {
            Explain::Brief => render::Explain::Brief,
            Explain::Full => render::Explain::Full,
        }
    }
}

impl From<Lang> for render::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => render::Lang::Fr,
            Lang::En => render::Lang::En,
        }
    }
}
