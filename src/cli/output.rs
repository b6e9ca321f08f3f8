//! What is said of decisions and of mistakes, in the form that was asked for.

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::Dossier;
use conforme::policy::Policy;
use conforme::render::diagnostics::Look;
use conforme::render::text::TextOptions;
use conforme::render::{self, diagnostics};

use super::args::{Decide, DecisionFormat};
use super::decide::Refused;
use super::print;

/// Mistakes that keep a command from doing what it was asked: to the standard error.
pub fn problems(problems: &[Diagnostic]) {
    if !problems.is_empty() {
        print::err(&diagnostics::text_with(problems, print::stderr_look()));
    }
}

/// Mistakes that a command was asked to find: to the standard output.
pub fn report(found: &[Diagnostic]) {
    if !found.is_empty() {
        print::out(&diagnostics::text_with(found, print::stdout_look()));
        print::out("\n");
    }
}

/// What stands before the dossier of this rank where there are several.
pub fn between(rank: usize, title: &str, format: DecisionFormat) {
    match format {
        DecisionFormat::Json => {}
        DecisionFormat::Yaml => print::out("---\n"),
        DecisionFormat::Text => print::out(&format!("{}── {title}\n\n", if rank > 0 { "\n" } else { "" })),
        DecisionFormat::Markdown | DecisionFormat::Html => {
            print::out(if rank > 0 { "\n" } else { "" });
        }
    }
}

/// A dossier that was not decided: a person reads it on the standard error, a program on the standard
/// output, where it waits for an answer.
///
/// `among`: as it stands among several, of which each is told apart.
pub fn refused(refused: &Refused, dossier: &str, among: Option<&str>, format: DecisionFormat) {
    let (Refused::Dossier(found) | Refused::Request(found)) = refused;
    let for_programs = || diagnostics::json_of(&dossier.into(), found);
    match format {
        DecisionFormat::Json => print::out(&format!("{}\n", for_programs())),
        DecisionFormat::Yaml => print::out(&render::yaml::from_json(&for_programs())),
        DecisionFormat::Text | DecisionFormat::Markdown | DecisionFormat::Html => {
            if let Some(title) = among {
                print::err(&format!("── {title}\n"));
            }
            match refused {
                Refused::Dossier(found) => print::err(&diagnostics::sent_back(found, print::stderr_look())),
                Refused::Request(found) => problems(found),
            }
        }
    }
}

/// Mistakes of the command itself: a program is answered for each dossier, a person once.
pub fn none_decided(found: Vec<Diagnostic>, dossiers: &[String], format: DecisionFormat) {
    match format {
        DecisionFormat::Json | DecisionFormat::Yaml => {
            let found = Refused::Request(found);
            for (rank, dossier) in dossiers.iter().enumerate() {
                if dossiers.len() > 1 {
                    between(rank, dossier, format);
                }
                refused(&found, dossier, None, format);
            }
        }
        DecisionFormat::Text | DecisionFormat::Markdown | DecisionFormat::Html => problems(&found),
    }
}

/// How decisions are written.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    pub format: DecisionFormat,
    pub explain: render::Explain,
    pub lang: render::Lang,
}

impl Written {
    /// As the command asks; where it does not say how much is explained: to a program, of one dossier, all.
    pub fn asked(args: &Decide, format: DecisionFormat, single: bool) -> Written {
        let for_program = matches!(format, DecisionFormat::Json | DecisionFormat::Yaml);
        let otherwise = if for_program && single { render::Explain::Full } else { render::Explain::Brief };
        let explain = args.explain.map_or(otherwise, render::Explain::from);
        Written { format, explain, lang: args.answer.lang.into() }
    }
}

/// A decision, with a line end.
pub fn decision(policy: &Policy, dossier: &Dossier, decision: &Decision, written: Written) -> String {
    let Written { format, explain, lang } = written;
    match format {
        DecisionFormat::Text => {
            let Look { width, colour, .. } = print::stdout_look();
            let commands = std::io::IsTerminal::is_terminal(&std::io::stdout());
            let options = TextOptions { width, colour, explain, lang, commands };
            render::text::decision(policy, dossier, decision, &options)
        }
        DecisionFormat::Json => {
            let printer = render::json::Printer::new(policy).explaining(explain);
            // A long decision is not copied for the sake of a line end.
            let mut line = printer.decision(dossier, decision);
            line.push('\n');
            line
        }
        DecisionFormat::Yaml => render::yaml::decision(policy, dossier, decision, explain),
        DecisionFormat::Markdown => render::markdown::decision(policy, dossier, decision, explain, lang),
        DecisionFormat::Html => render::html::decision(policy, dossier, decision, explain, lang),
    }
}
