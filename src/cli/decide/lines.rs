//! Many dossiers in one file, one a line: decided by all cores, answered in their order, in as much memory as a
//! few of them take.

use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, RwLock};

use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::history::Ready;
use conforme::render::diagnostics;
use conforme::source::{FileName, SourceFile};
use conforme::{limits, parallel};

use super::tally::Tally;
use super::{Asked, Refused, code, day, decide_file, retained};
use crate::cli::args::{Decide, DecisionFormat};
use crate::cli::output::Written;
use crate::cli::{TO_CORRECT, files, output, print};

/// So many dossiers are at hand at once.
const AT_ONCE: usize = 256;

/// How the names of such files end.
const ENDINGS: [&str; 2] = ["jsonl", "ndjson"];

/// Whether a file holds many dossiers, by its name.
pub fn holds(path: &Path) -> bool {
    let ending = path.extension().and_then(|own| own.to_str());
    ending.is_some_and(|own| ENDINGS.iter().any(|known| own.eq_ignore_ascii_case(known)))
}

/// What one line came to.
struct Answer {
    code: u8,
    /// With a line end.
    out: String,
    told: Tally,
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
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut lines = Lines { input: BufReader::with_capacity(1 << 20, input), number: 0, ended: false };
    let written = Written::asked(args, format, false);
    let batch = Batch {
        written,
        asked,
        name: files::name(path),
        shown: files::shown(path),
        ready: RwLock::default(),
    };
    let mut all = Tally::default();
    let mut highest = 0;
    let watched = std::io::stderr().is_terminal();
    loop {
        let chunk: Vec<(u32, Line)> = lines.by_ref().take(AT_ONCE).collect();
        if chunk.is_empty() {
            break;
        }
        let mut out = String::new();
        for answer in parallel::map(workers, &chunk, |(number, line)| batch.answer(*number, line)) {
            highest = highest.max(answer.code);
            out.push_str(&answer.out);
            all.add(answer.told);
        }
        if !print::try_out(&out) {
            return highest;
        }
        if watched {
            print::err(&format!("\r{}", all.so_far()));
        }
    }
    print::err(&format!("{}{}", if watched { "\r" } else { "" }, all.text()));
    highest
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

/// What is asked of every line.
struct Batch<'a> {
    written: Written,
    asked: &'a Asked,
    name: String,
    shown: String,
    /// The versions that were met, ready for more.
    ready: RwLock<Vec<(String, Arc<Ready<'a>>)>>,
}

impl<'a> Batch<'a> {
    fn answer(&self, number: u32, line: &Line) -> Answer {
        let name = FileName::new(&self.name).at(&self.shown).from_line(number);
        let decided = match line {
            Line::Text(text) => dossier::file(text.trim_ascii(), name.clone())
                .map_err(Refused::Dossier)
                .and_then(|file| self.decided(&file)),
            Line::TooLong => {
                let message = format!("ligne trop longue : attendu {} octets au plus", limits::DOSSIER_BYTES);
                Err(Refused::Dossier(vec![Diagnostic::error("fichier-trop-gros", message)]))
            }
            Line::Lost(problem) => Err(Refused::Request(vec![problem.clone()])),
        };
        decided.unwrap_or_else(|refused| {
            let (Refused::Dossier(found) | Refused::Request(found)) = refused;
            let out = format!("{}\n", diagnostics::json_of(&name, &found));
            Answer { code: TO_CORRECT, out, told: Tally::refused() }
        })
    }

    fn decided(&self, file: &Arc<SourceFile>) -> Result<Answer, Refused> {
        if let Some((ready, dossier)) = self.read(file) {
            let examined_on = self.examined_on(&dossier)?;
            if ready.is_for(examined_on) {
                let policy = ready.policy();
                let readings = retained(policy, &dossier, &self.asked.readings)?;
                let decision = ready.decide(&dossier, examined_on, readings)?;
                let out = output::decision(policy, &dossier, &decision, self.written);
                return Ok(Answer {
                    code: code(&decision),
                    out,
                    told: Tally::of(policy, &dossier, &decision),
                });
            }
        }
        let (policy, dossier, decision) = decide_file(file, self.asked)?;
        let out = output::decision(policy, &dossier, &decision, self.written);
        self.make_ready(&policy.id, self.examined_on(&dossier)?);
        Ok(Answer { code: code(&decision), out, told: Tally::of(policy, &dossier, &decision) })
    }

    fn examined_on(&self, dossier: &Dossier) -> Result<conforme::time::Date, Refused> {
        day(self.asked.on.or(dossier.examined_on))
    }

    /// A dossier as a version that is ready reads it.
    fn read(&self, file: &Arc<SourceFile>) -> Option<(Arc<Ready<'a>>, Dossier)> {
        let id = dossier::identify(file).ok()??;
        let examined_on = day(self.asked.on.or_else(|| dossier::examined_on(file))).ok()?;
        let ready = {
            let all = self.ready.read().ok()?;
            let own = all.iter().find(|(own, ready)| *own == id && ready.is_for(examined_on));
            Arc::clone(&own?.1)
        };
        let dossier = ready.read(file).ok()?;
        Some((ready, dossier))
    }

    /// Makes a version ready, where the next dossiers may need no choice.
    fn make_ready(&self, id: &str, examined_on: conforme::time::Date) {
        let Ok(mut all) = self.ready.write() else { return };
        if all.iter().any(|(own, ready)| own == id && ready.is_for(examined_on)) {
            return;
        }
        let history = self.asked.catalogue.history(id).ok();
        if let Some(ready) = history.and_then(|history| history.ready(&self.asked.sight, examined_on)) {
            all.push((id.to_owned(), Arc::new(ready)));
        }
    }
}
