//! What the command line takes, and its help, in French.

mod authors;
mod changes;
mod dossiers;
mod forms;
#[cfg(feature = "lsp")]
mod lsp;
mod papers;
#[cfg(feature = "register")]
mod register;
#[cfg(feature = "serve")]
mod serve;
mod site;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use authors::*;
pub use changes::*;
pub use dossiers::*;
pub use forms::*;
#[cfg(feature = "lsp")]
pub use lsp::*;
pub use papers::*;
#[cfg(feature = "register")]
pub use register::*;
#[cfg(feature = "serve")]
pub use serve::*;
pub use site::*;

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
    Fix(Fix),
    Test(Test),
    Watch(Watch),
    Diff(Diff),
    Cases(Cases),
    Fmt(Format),
    History(HistoryOf),
    Show(Show),
    Letter(Letter),
    Sheet(Sheet),
    Schema(Schema),
    New(New),
    #[cfg(feature = "lsp")]
    Lsp(Lsp),
    #[cfg(feature = "serve")]
    Serve(Serve),
    #[cfg(feature = "register")]
    Register(Register),
    Site(Site),
    Completions(Completions),
    /// Écrit la page de manuel
    #[command(hide = true)]
    Man,
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn what_ends_a_help_page_fits_in_eighty_columns() {
        fn lines(command: &clap::Command) -> Vec<String> {
            let own = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let inner = command.get_subcommands().flat_map(lines);
            own.lines().map(str::to_owned).chain(inner).collect()
        }
        let wide: Vec<String> =
            lines(&command()).into_iter().filter(|line| line.chars().count() > 80).collect();
        assert_eq!(wide, Vec::<String>::new());
    }

    #[test]
    fn what_comes_first_is_explained_first() {
        let mut command = command();
        let diff = command.find_subcommand_mut("diff").map(|diff| diff.render_help().to_string());
        let help = diff.unwrap_or_default();
        assert!(help.find("<AVANT>  ") < help.find("<APRÈS>  "), "{help}");
    }
}
