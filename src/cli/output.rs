//! What is said of decisions and of mistakes, in the form that was asked for.

use std::path::Path;

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::Dossier;
use conforme::policy::Policy;
use conforme::render::diagnostics::Look;
use conforme::render::text::TextOptions;
use conforme::render::{self, diagnostics};

use super::args::{Decide, DecisionFormat};
use super::decide::Refused;
use super::{files, print};

/// Mistakes that keep a command from doing what it was asked: to the standard error.
pub fn problems(problems: &[Diagnostic]) {
    if !problems.is_empty() {
        print::err(&diagnostics::text_with(problems, print::stderr_look()));
    }
}

/// Mistakes that a command was asked to find, with what their remedies change: to the standard output.
pub fn report(found: &[Diagnostic]) {
    if !found.is_empty() {
        print::out(&diagnostics::text_with_changes(found, print::stdout_look()));
        print::out("\n");
    }
}

/// Where the answer goes: to the standard output at once, or to a file in the end.
pub struct Out<'a> {
    file: Option<&'a Path>,
    held: Vec<u8>,
}

impl<'a> Out<'a> {
    pub fn to(file: Option<&'a Path>) -> Out<'a> {
        Out { file, held: Vec::new() }
    }

    pub fn put(&mut self, text: impl AsRef<[u8]>) {
        match self.file {
            Some(_) => self.held.extend_from_slice(text.as_ref()),
            None => print::bytes(text.as_ref()),
        }
    }

    /// Writes the file; none where there is no answer.
    pub fn close(self) -> Result<(), Diagnostic> {
        match self.file {
            Some(path) if !self.held.is_empty() => files::write(path, self.held),
            Some(_) | None => Ok(()),
        }
    }
}

/// What keeps an answer from being shown where it would go: what a word processor reads, on a terminal.
pub fn unshowable(format: DecisionFormat, to_file: bool, terminal: bool) -> Option<Diagnostic> {
    (format.is_binary() && terminal && !to_file).then(|| {
        let name = format.name();
        let message = format!("« --format {name} » écrit un fichier, qu'un terminal ne peut pas montrer");
        let help = format!("écrire « > FICHIER.{name} » à la fin de la commande");
        Diagnostic::error("fichier-au-terminal", message).help(help)
    })
}

/// What keeps a file of this name from being written: an ending that says none of the forms, or one that was not asked
/// for.
pub fn misnamed(path: &Path, asked: Option<DecisionFormat>, forms: &[DecisionFormat]) -> Option<Diagnostic> {
    let shown = files::shown(path);
    let named = DecisionFormat::of_name(path).filter(|named| forms.contains(named));
    match (asked, named) {
        (Some(asked), Some(named)) if asked != named => {
            let (asked, named) = (asked.name(), named.name());
            let message = format!("« --format {asked} » ne va pas avec le nom « {shown} », de forme {named}");
            let help = "retirer « --format », ou finir le nom autrement";
            Some(Diagnostic::error("forme-et-nom", message).help(help))
        }
        (Some(_), _) | (None, Some(_)) => None,
        (None, None) => {
            let endings: Vec<String> = forms.iter().map(|form| format!("« {} »", form.ending())).collect();
            let (last, others) = endings.split_last()?;
            let mut help = format!("finir le nom par {} ou {last}", others.join(", "));
            if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
                help.push_str(" ; un PDF se fait en imprimant le fichier « .html » ou « .docx »");
            }
            let message = format!("le nom « {shown} » ne finit pas comme celui d'une forme connue");
            Some(Diagnostic::error("fin-du-nom", message).help(help))
        }
    }
}

/// As [`unshowable`], of the standard output.
pub fn shown_here(format: DecisionFormat) -> Result<(), Vec<Diagnostic>> {
    match unshowable(format, false, print::to_terminal()) {
        Some(problem) => Err(vec![problem]),
        None => Ok(()),
    }
}

/// What stands before the dossier of this rank where there are several.
pub fn between(rank: usize, title: &str, format: DecisionFormat, out: &mut Out<'_>) {
    match format {
        DecisionFormat::Json => {}
        DecisionFormat::Yaml => out.put("---\n"),
        DecisionFormat::Text => out.put(format!("{}── {title}\n\n", if rank > 0 { "\n" } else { "" })),
        DecisionFormat::Markdown => out.put(if rank > 0 { "\n" } else { "" }),
        // A page or a file is of one dossier.
        _ => {}
    }
}

/// A dossier that was not decided: a person reads it on the standard error, a program where it waits for an answer.
///
/// `among`: as it stands among several, of which each is told apart.
pub fn refused(
    refused: &Refused,
    dossier: &str,
    among: Option<&str>,
    format: DecisionFormat,
    out: &mut Out<'_>,
) {
    let (Refused::Dossier(found) | Refused::Request(found)) = refused;
    let for_programs = || diagnostics::json_of(&dossier.into(), found);
    match format {
        DecisionFormat::Json => out.put(format!("{}\n", for_programs())),
        DecisionFormat::Yaml => out.put(render::yaml::from_json(&for_programs())),
        _ => {
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
            let (found, mut out) = (Refused::Request(found), Out::to(None));
            for (rank, dossier) in dossiers.iter().enumerate() {
                if dossiers.len() > 1 {
                    between(rank, dossier, format, &mut out);
                }
                refused(&found, dossier, None, format, &mut out);
            }
        }
        _ => problems(&found),
    }
}

/// How decisions are written.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    pub format: DecisionFormat,
    pub explain: render::Explain,
    pub lang: render::Lang,
    /// How it is looked at, where it is text.
    look: Look,
}

impl Written {
    /// As the command asks; where it does not say how much is explained: to a program, of one dossier, all.
    pub fn asked(args: &Decide, format: DecisionFormat, single: bool) -> Written {
        let for_program = matches!(format, DecisionFormat::Json | DecisionFormat::Yaml);
        let otherwise = if for_program && single { render::Explain::Full } else { render::Explain::Brief };
        let explain = args.explain.map_or(otherwise, render::Explain::from);
        let look = if args.output.is_some() { Look::PLAIN } else { print::stdout_look() };
        Written { format, explain, lang: args.answer.lang.into(), look }
    }
}

/// A decision, with a line end where it is text.
pub fn decision(policy: &Policy, dossier: &Dossier, decision: &Decision, written: Written) -> Vec<u8> {
    let Written { format, explain, lang, look } = written;
    let text = match format {
        DecisionFormat::Text => {
            let Look { width, colour, .. } = look;
            let commands = print::to_terminal();
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
        #[cfg(feature = "docx")]
        DecisionFormat::Docx => return render::docx::decision(policy, dossier, decision, explain, lang),
    };
    text.into_bytes()
}

#[cfg(all(test, feature = "docx"))]
mod tests {
    use std::path::Path;

    use super::{DecisionFormat, misnamed, unshowable};

    #[test]
    fn a_name_says_a_form_that_is_written() {
        let forms = &DecisionFormat::ALL;
        let told = |name: &str, asked| misnamed(Path::new(name), asked, forms);
        for name in ["l.docx", "l.HTML", "l.md", "l.json", "l.jsonl", "l.yaml", "l.txt"] {
            assert_eq!(told(name, None), None, "{name}");
        }
        // What is asked for by name needs no ending.
        assert_eq!(told("l.pdf", Some(DecisionFormat::Html)), None);
        for name in ["l", "l.", "l.rtf", ".docx"] {
            let told = told(name, None).expect("a refusal");
            assert_eq!(told.code, "fin-du-nom");
            assert_eq!(
                told.help.as_deref(),
                Some("finir le nom par « .docx », « .html », « .md », « .json », « .yaml » ou « .txt »")
            );
        }
        let pdf = told("l.PDF", None).and_then(|told| told.help).expect("a remedy");
        assert!(
            pdf.ends_with("ou « .txt » ; un PDF se fait en imprimant le fichier « .html » ou « .docx »"),
            "{pdf}"
        );
        assert_eq!(told("l.html", Some(DecisionFormat::Docx)).map(|told| told.code), Some("forme-et-nom"));
    }

    #[test]
    fn a_terminal_shows_no_file_of_a_word_processor() {
        let told = unshowable(DecisionFormat::Docx, false, true).expect("a refusal");
        assert_eq!(told.code, "fichier-au-terminal");
        assert_eq!(told.help.as_deref(), Some("écrire « > FICHIER.docx » à la fin de la commande"));
        for (format, to_file, terminal) in [
            (DecisionFormat::Docx, true, true),
            (DecisionFormat::Docx, false, false),
            (DecisionFormat::Html, false, true),
        ] {
            assert_eq!(unshowable(format, to_file, terminal), None);
        }
    }
}
