//! `conforme letter` and `conforme sheet`: the papers of a decision.

use std::path::Path;

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::limits;
use conforme::papers::{self, Paper, Template};
use conforme::policy::Policy;

use super::args::{DecisionFormat, PaperFormat, PaperOf};
use super::catalogue::Catalogue;
use super::decide::{self, Asked};
use super::{TO_CORRECT, files, output, print};

/// What makes a paper of a decision.
type Made = fn(&Policy, &Dossier, &Decision, &Template) -> Paper;

/// Writes the letter.
pub fn letter(args: &PaperOf) -> u8 {
    run(args, papers::letter)
}

/// Writes the sheet.
pub fn sheet(args: &PaperOf) -> u8 {
    run(args, papers::sheet)
}

fn run(args: &PaperOf, made: Made) -> u8 {
    let (asked, template) = match asked(args) {
        Ok(asked) => asked,
        Err(problems) => {
            output::problems(&problems);
            return TO_CORRECT;
        }
    };
    let (policy, dossier, decision) = match decide::decide(&args.dossier, &asked) {
        Ok(decided) => decided,
        Err(refused) => {
            let refused = refused.about(&files::shown(&args.dossier));
            output::refused(&refused, &files::name(&args.dossier), None, DecisionFormat::Text);
            return TO_CORRECT;
        }
    };
    let paper = made(policy, &dossier, &decision, &template);
    let written = match format(args) {
        PaperFormat::Markdown => paper.markdown(),
        PaperFormat::Html => paper.html(),
    };
    match &args.output {
        None => print::out(&written),
        Some(path) => {
            if let Err(problem) = files::write(path, written) {
                output::problems(&[problem]);
                return TO_CORRECT;
            }
        }
    }
    0
}

/// The form that is asked for, else the one that the name of the file says.
fn format(args: &PaperOf) -> PaperFormat {
    let named = args.output.as_deref().and_then(Path::extension).and_then(|kind| kind.to_str());
    args.format.unwrap_or(match named {
        Some("html" | "htm") => PaperFormat::Html,
        Some(_) | None => PaperFormat::Markdown,
    })
}

fn asked(args: &PaperOf) -> Result<(Asked, Template), Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let on = decide::date(args.on.as_deref(), &mut wrong);
    let sight = args.seen.sight(&mut wrong);
    let readings = decide::readings(&args.readings, &mut wrong);
    let template = match args.template.as_deref().map(template) {
        None => Template::default(),
        Some(Ok(template)) => template,
        Some(Err(more)) => {
            wrong.extend(more);
            Template::default()
        }
    };
    match Catalogue::open(&args.place.policies) {
        Ok(catalogue) if wrong.is_empty() => Ok((Asked { on, readings, sight, catalogue }, template)),
        Ok(_) => Err(wrong),
        Err(more) => Err([wrong, more].concat()),
    }
}

/// Reads the words of an agency.
fn template(path: &Path) -> Result<Template, Vec<Diagnostic>> {
    let bytes = files::read(path, limits::DOSSIER_BYTES).map_err(|problem| vec![problem])?;
    Template::read(&dossier::file(&bytes, files::named(path))?)
}
