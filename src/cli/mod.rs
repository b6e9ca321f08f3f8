//! The command line: the only part of the project that reads files, looks at the clock and prints.

pub(crate) mod args;
mod cases;
pub(crate) mod catalogue;
mod check;
pub(crate) mod clock;
mod completions;
pub(crate) mod decide;
mod diff;
pub(crate) mod files;
mod fix;
mod fmt;
mod history;
#[cfg(feature = "lsp")]
mod lsp;
mod new;
pub(crate) mod output;
mod papers;
pub(crate) mod print;
#[cfg(feature = "register")]
mod register;
mod schema;
#[cfg(feature = "serve")]
mod serve;
pub(crate) mod shelf;
mod show;
mod site;
pub(crate) mod source;
mod suggest;
mod test;
mod usage;
pub(crate) mod watch;
mod workbook;

use std::process::ExitCode;

use clap::error::ErrorKind;

use args::{Command, NewWhat};
use conforme::diagnostic::Diagnostic;

/// Exit code where something that was given is to be corrected.
const TO_CORRECT: u8 = 2;

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(refused(&error)),
    };
    let code = match &cli.command {
        Command::Decide(args) => decide::run(args),
        Command::Check(args) => check::run(args),
        Command::Fix(args) => fix::run(args),
        Command::Test(args) => test::run(args),
        Command::Watch(args) => watch::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Cases(args) => cases::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::History(args) => history::run(args),
        Command::Show(args) => show::run(args),
        Command::Letter(args) => papers::letter(args),
        Command::Sheet(args) => papers::sheet(&args.paper),
        Command::Schema(args) => schema::run(args),
        Command::New(args) => match &args.what {
            NewWhat::Dossier(args) => new::dossier(args),
            NewWhat::Table(args) => new::table(args),
        },
        #[cfg(feature = "lsp")]
        Command::Lsp(_) => lsp::run(),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(args),
        #[cfg(feature = "register")]
        Command::Register(args) => register::run(args),
        Command::Site(args) => site::run(args),
        Command::Completions(args) => completions::shell(args.shell),
        Command::Man => completions::man(),
    };
    ExitCode::from(if print::lost() { unwritten() } else { code })
}

/// Where the answer is lost, so is what the code would say of it.
fn unwritten() -> u8 {
    output::problems(&[Diagnostic::error("reponse-perdue", "la réponse n'a pas pu être écrite en entier")
        .help("vérifier qu'il reste de la place là où elle est dirigée")]);
    TO_CORRECT
}

/// Help and version are printed as asked; anything else is a mistake, said in French.
fn refused(error: &clap::Error) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render();
            print::out(&if print::stdout_look().colour { text.ansi().to_string() } else { text.to_string() });
            0
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            print::err(&error.render().to_string());
            TO_CORRECT
        }
        _ => {
            output::problems(&[usage::diagnostic(error)]);
            TO_CORRECT
        }
    }
}
