//! A file of one dossier a line, in JSON.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::render::diagnostics;
use conforme::{dossier, limits};

use super::batch::{self, Answer, Batch};
use super::{Asked, Refused};
use crate::cli::args::{Decide, DecisionFormat};
use crate::cli::output::Written;
use crate::cli::{TO_CORRECT, files, output, print};

/// How the names of such files end.
const ENDINGS: [&str; 2] = ["jsonl", "ndjson"];

/// Whether a file holds many dossiers, by its name.
pub fn holds(path: &Path) -> bool {
    let ending = path.extension().and_then(|own| own.to_str());
    ending.is_some_and(|own| ENDINGS.iter().any(|known| own.eq_ignore_ascii_case(known)))
}

/// Decides each line; the highest code.
pub fn run(path: &Path, args: &Decide, asked: &Asked) -> u8 {
    let format = args.answer.format.unwrap_or(DecisionFormat::Json);
    if format != DecisionFormat::Json {
        let message = "un fichier d'un dossier par ligne se décide en JSON, une décision par ligne";
        output::problems(&[Diagnostic::error("forme-par-ligne", message).help("retirer « --format »")]);
        return TO_CORRECT;
    }
    let input = match asked.catalogue.dossiers(path) {
        Ok(input) => input,
        Err(problem) => {
            output::problems(&[problem]);
            return TO_CORRECT;
        }
    };
    let name = files::named(path);
    let batch = Batch::new(asked, Written::asked(args, format, false).explain);
    let lines = Lines { input: BufReader::with_capacity(1 << 20, input), number: 0, ended: false };
    let mut lines = lines.peekable();
    if lines.peek().is_none() {
        let message = format!("« {} » n'a aucun dossier : aucune ligne ne dit rien", files::shown(path));
        output::problems(&[Diagnostic::error("aucun-dossier", message)]);
        return TO_CORRECT;
    }
    let answer = |(number, line): &(u32, Line)| {
        let name = name.clone().from_line(*number);
        let decided = match line {
            Line::Text(text) => {
                let file = dossier::file(text.trim_ascii(), name.clone()).map_err(Refused::Dossier);
                file.and_then(|file| batch.decided(&file, |p, d, decision| batch.json(p, d, decision)))
            }
            Line::TooLong => Err(Refused::Dossier(vec![too_long()])),
            Line::Lost(problem) => Err(Refused::Request(vec![problem.clone()])),
        };
        decided.unwrap_or_else(|refused| {
            let (Refused::Dossier(found) | Refused::Request(found)) = refused;
            Answer::refused(format!("{}\n", diagnostics::json_of(&name, &found)))
        })
    };
    batch::run(lines, answer, |lines| print::try_out(&lines.concat()))
}

/// What is said of a line that is longer than a dossier may be.
pub fn too_long() -> Diagnostic {
    let message = format!("ligne trop longue : attendu {} octets au plus", limits::DOSSIER_BYTES);
    Diagnostic::error("fichier-trop-gros", message)
}

/// A line of the file.
enum Line {
    Text(Vec<u8>),
    /// Longer than a dossier may be.
    TooLong,
    /// What keeps the rest of the file from being read.
    Lost(Diagnostic),
}

/// The lines of a file, blank ones left out, each with its number from 1.
struct Lines<R> {
    input: R,
    number: u32,
    ended: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u32, Line);

    fn next(&mut self) -> Option<(u32, Line)> {
        while !self.ended {
            self.number = self.number.saturating_add(1);
            let line = self.line()?;
            match &line {
                Line::Text(text) if text.trim_ascii().is_empty() => {}
                Line::Text(_) | Line::TooLong | Line::Lost(_) => return Some((self.number, line)),
            }
        }
        None
    }
}

impl<R: BufRead> Lines<R> {
    fn line(&mut self) -> Option<Line> {
        let mut text = Vec::new();
        let most = limits::DOSSIER_BYTES as u64 + 2;
        let read = self.input.by_ref().take(most).read_until(b'\n', &mut text);
        match read {
            Ok(0) => {
                self.ended = true;
                None
            }
            Ok(_) if text.last() == Some(&b'\n') || (text.len() as u64) < most => Some(Line::Text(text)),
            Ok(_) => {
                // The rest of it is passed over, piece by piece.
                self.ended = self.input.skip_until(b'\n').is_err();
                Some(Line::TooLong)
            }
            Err(error) => {
                self.ended = true;
                Some(Line::Lost(files::unreadable(files::STDIN, &error)))
            }
        }
    }
}
