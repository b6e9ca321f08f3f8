//! `conforme letter` and `conforme sheet`: the papers of a decision.

use std::path::Path;

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::limits;
use conforme::papers::{self, Paper, Template};
use conforme::policy::Policy;

use super::args::{DecisionFormat, Letter, PaperFormat, PaperOf};
use super::catalogue::Catalogue;
use super::decide::{self, Asked};
use super::{TO_CORRECT, files, output, print};

/// What makes a paper of a decision.
type Made = fn(&Policy, &Dossier, &Decision, &Template) -> Paper;

/// Writes the letter, and the note to whoever signs it where one is asked for.
pub fn letter(args: &Letter) -> u8 {
    let misnamed = args.note.as_deref().and_then(|path| output::misnamed(path, None, &PaperFormat::ALL));
    if let Some(problem) = misnamed {
        output::problems(&[problem]);
        return TO_CORRECT;
    }
    run(&args.paper, papers::letter, |policy, dossier, decision, template| {
        let note = papers::note(policy, dossier, decision, template);
        match (&args.note, note) {
            (Some(file), Some(note)) => {
                let form = PaperFormat::asked(None, Some(file)).unwrap_or(PaperFormat::Markdown);
                write(&note, form, Some(file))
            }
            _ if papers::is_note(policy, dossier, decision, template) => {
                say(
                    "Ce document est une note à l'autorité, et non une lettre : il dit lui-même ce qui reste à trancher.",
                );
                0
            }
            (Some(_), None) => {
                say("Aucune note au signataire : rien ne reste à trancher ni à vérifier.");
                0
            }
            (None, Some(_)) => {
                say(
                    "Reste à trancher ou à vérifier avant signature : « --note note.md » l'écrit, à part de la lettre.",
                );
                0
            }
            (None, None) => 0,
        }
    })
}

/// Writes the sheet.
pub fn sheet(args: &PaperOf) -> u8 {
    run(args, papers::sheet, |_, _, _, _| 0)
}

fn run(args: &PaperOf, made: Made, then: impl Fn(&Policy, &Dossier, &Decision, &Template) -> u8) -> u8 {
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
            let mut out = output::Out::to(None);
            output::refused(&refused, &files::name(&args.dossier), None, DecisionFormat::Text, &mut out);
            return TO_CORRECT;
        }
    };
    let unknown = template.unknown(policy);
    if !unknown.is_empty() {
        output::problems(&unknown);
        return TO_CORRECT;
    }
    let paper = made(policy, &dossier, &decision, &template);
    let code = write(&paper, format(args), args.output.as_deref());
    if code != 0 {
        return code;
    }
    match paper.to_complete() {
        0 => {}
        1 => say("Une place à compléter."),
        places => say(&format!("{places} places à compléter.")),
    }
    then(policy, &dossier, &decision, &template)
}

fn say(line: &str) {
    print::err(&format!("{line}\n"));
}

fn write(paper: &Paper, form: PaperFormat, to: Option<&Path>) -> u8 {
    let written = match form {
        PaperFormat::Markdown => paper.markdown().into_bytes(),
        PaperFormat::Html => paper.html().into_bytes(),
        #[cfg(feature = "docx")]
        PaperFormat::Docx => paper.docx(),
    };
    let mut out = output::Out::to(to);
    out.put(written);
    match out.close() {
        Ok(()) => 0,
        Err(problem) => {
            output::problems(&[problem]);
            TO_CORRECT
        }
    }
}

/// The form that is asked for, else the one that the name of the file says.
fn format(args: &PaperOf) -> PaperFormat {
    PaperFormat::asked(args.format, args.output.as_deref()).unwrap_or(PaperFormat::Markdown)
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
    wrong.extend(output::unshowable(format(args).of_decision(), args.output.is_some(), print::to_terminal()));
    let asked = args.format.map(PaperFormat::of_decision);
    wrong.extend(args.output.as_deref().and_then(|path| output::misnamed(path, asked, &PaperFormat::ALL)));
    match Catalogue::open(&args.place.policies) {
        Ok(catalogue) if wrong.is_empty() => {
            Ok((Asked { on, readings, sight, catalogue: catalogue.into() }, template))
        }
        Ok(_) => Err(wrong),
        Err(more) => Err([wrong, more].concat()),
    }
}

/// Reads the words of an agency.
fn template(path: &Path) -> Result<Template, Vec<Diagnostic>> {
    let bytes = files::read(path, limits::DOSSIER_BYTES).map_err(|problem| vec![problem])?;
    Template::read(&dossier::file(&bytes, files::named(path))?)
}
