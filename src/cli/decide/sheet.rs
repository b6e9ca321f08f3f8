//! A sheet of dossiers, a row each, in CSV: answered by the same sheet, with what was decided in further columns.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::policy::Policy;
use conforme::render::diagnostics;
use conforme::render::table::{Columns, Style};
use conforme::source::FileName;
use conforme::table::{Header, Row};
use conforme::{limits, text};

use super::batch::{self, Answer, Batch};
use super::{Asked, Refused, day};
use crate::cli::args::{Decide, DecisionFormat};
use crate::cli::output::Written;
use crate::cli::{TO_CORRECT, files, output, print};

/// Whether a file is a sheet, by its name.
pub fn holds(path: &Path) -> bool {
    path.extension().and_then(|own| own.to_str()).is_some_and(|own| own.eq_ignore_ascii_case("csv"))
}

/// Decides each dossier of a sheet; the highest code.
pub fn run(path: &Path, args: &Decide, asked: &Asked) -> u8 {
    match begin(path, args, asked) {
        Ok(code) => code,
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

fn begin(path: &Path, args: &Decide, asked: &Asked) -> Result<u8, Vec<Diagnostic>> {
    let in_json = match args.answer.format {
        None => false,
        Some(DecisionFormat::Json) => true,
        Some(_) => {
            let message = "un tableau de dossiers se décide en tableau, ou en JSON, une décision par ligne";
            let help = "retirer « --format », ou écrire « --format json »";
            return Err(vec![Diagnostic::error("forme-par-ligne", message).help(help)]);
        }
    };
    let name = files::named(path);
    let mut input =
        BufReader::with_capacity(1 << 20, asked.catalogue.dossiers(path).map_err(|one| vec![one])?);
    let (first, separator) =
        first_line(&mut input).map_err(|error| vec![files::unreadable(name.path(), &error)])?;
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.flexible(true).has_headers(false).delimiter(separator);
    let rows = reader.from_reader(Cursor::new(first).chain(input));
    let older = Rc::new(Cell::new(false));
    let mut rows =
        Rows { records: rows.into_byte_records(), name, separator, kept: None, older: Rc::clone(&older) };
    let Some(head) = rows.next() else {
        let message = format!("« {} » est vide : attendu une ligne de titres", files::shown(path));
        return Err(vec![Diagnostic::error("tableau-vide", message)]);
    };
    let head = head?;
    let titles: Vec<&str> = head.cells().collect();
    let sample = rows.next().transpose()?;
    let policy = policy(&titles, sample.as_ref(), path, asked)?;
    rows.kept = sample;
    let style = if separator == b';' { Style::French } else { Style::Plain };
    let columns = Columns::new(policy, style);
    let (header, remarks) = Header::new(policy, &titles, columns.names())?;
    output::problems(&remarks);
    let out = Out { titles: titles.iter().map(|title| (*title).to_owned()).collect(), columns, separator };
    if !in_json {
        print::out(&out.head(style));
    }
    let (batch, written) = (Batch::new(asked), Written::asked(args, DecisionFormat::Json, false));
    let dossiers = Groups { rows, header: &header, next: None };
    let code = batch::run(dossiers, |group| {
        let write = |policy: &Policy, dossier: &Dossier, decision: &Decision| {
            if in_json {
                return output::decision(policy, dossier, decision, written);
            }
            out.rows(&group.rows, &out.columns.decided(policy, dossier, decision))
        };
        let decided = match &group.lost {
            Some(problems) => Err(Refused::Request(problems.clone())),
            None => header
                .dossier(&group.rows)
                .map_err(Refused::Dossier)
                .and_then(|file| batch.decided(&file, write)),
        };
        decided.unwrap_or_else(|refused| {
            let (Refused::Dossier(found) | Refused::Request(found)) = refused;
            Answer::refused(match in_json {
                true => format!("{}\n", diagnostics::json_of(&group.name, &found)),
                // No row is there to tell it in.
                false if group.rows.is_empty() => {
                    output::problems(&found);
                    String::new()
                }
                false => out.rows(&group.rows, &out.columns.refused(&told(&found))),
            })
        })
    });
    if older.get() {
        let message = "ce tableau n'est pas en UTF-8 : il a été lu en windows-1252";
        let help = "l'enregistrer en « CSV UTF-8 » si des lettres accentuées manquent";
        output::problems(&[Diagnostic::warning("tableau-windows-1252", message).help(help)]);
    }
    Ok(code)
}

/// The policy of a sheet: that which its first row names.
fn policy<'a>(
    titles: &[&str],
    sample: Option<&Row>,
    path: &Path,
    asked: &'a Asked,
) -> Result<&'a Policy, Vec<Diagnostic>> {
    let column = |wanted: &str| titles.iter().position(|title| text::fold(title) == wanted);
    let cell = |wanted: &str| sample.zip(column(wanted)).map(|(row, column)| row.cell(column).to_owned());
    let id = cell("dispositif").filter(|id| !id.is_empty());
    let Some(id) = id else {
        let ids = asked.catalogue.ids();
        let message = format!("« {} » ne dit pas de quel dispositif il relève", files::shown(path));
        let example = ids.first().copied().unwrap_or("ess");
        let help = format!(
            "ajouter une colonne « dispositif », remplie de « {example} » ; dispositifs connus : {}",
            ids.join(", ")
        );
        return Err(vec![Diagnostic::error("dispositif-absent", message).help(help)]);
    };
    let own = cell("examiné le").and_then(|cell| dossier::written_date(&cell));
    let examined_on = match day(asked.on.or(own)) {
        Ok(day) => day,
        Err(Refused::Dossier(found) | Refused::Request(found)) => return Err(found),
    };
    let made = asked.catalogue.history(&id)?.at(examined_on, &asked.sight);
    let help = "remplir la colonne « examiné le », ou ajouter « --on » à la commande";
    made.map_err(|found| found.into_iter().map(|one| one.help(help)).collect::<Vec<_>>())?.policy()
}

/// What is to be corrected, in one cell: each mistake with its column.
fn told(found: &[Diagnostic]) -> String {
    let one = |problem: &Diagnostic| {
        let label = problem.labels.first().map_or("", |label| label.text.as_str());
        let parts = [problem.message.as_str(), label, problem.help.as_deref().unwrap_or("")];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" : ")
    };
    found.iter().map(one).collect::<Vec<_>>().join(" ; ")
}

/// The first line, without a byte-order mark or the `sep=` of a spreadsheet; and what separates its cells.
fn first_line(input: &mut impl BufRead) -> std::io::Result<(Vec<u8>, u8)> {
    let mut line = Vec::new();
    input.by_ref().take(limits::DOSSIER_BYTES as u64).read_until(b'\n', &mut line)?;
    if let Some(rest) = line.strip_prefix("\u{feff}".as_bytes()) {
        line = rest.to_vec();
    }
    if let Some(rest) = line.strip_prefix(b"sep=")
        && let [separator, ..] = rest
    {
        // It counts as a line all the same.
        return Ok((b"\n".to_vec(), *separator));
    }
    let count = |separator: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|byte| {
                quoted ^= **byte == b'"';
                !quoted && **byte == separator
            })
            .count()
    };
    let separator = [b',', b'\t', b';'].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b';');
    Ok((line, separator))
}

/// The rows of a sheet.
struct Rows<R> {
    records: csv::ByteRecordsIntoIter<R>,
    name: FileName,
    separator: u8,
    /// A row that was looked at and comes next.
    kept: Option<Row>,
    /// Whether some row was no UTF-8.
    older: Rc<Cell<bool>>,
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, Vec<Diagnostic>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(row) = self.kept.take() {
            return Some(Ok(row));
        }
        loop {
            let record = match self.records.next()? {
                Ok(record) => record,
                Err(error) => {
                    let error = match error.into_kind() {
                        csv::ErrorKind::Io(error) => error,
                        _ => std::io::ErrorKind::InvalidInput.into(),
                    };
                    return Some(Err(vec![files::unreadable(self.name.path(), &error)]));
                }
            };
            if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let line = record.position().map_or(1, |place| u32::try_from(place.line()).unwrap_or(u32::MAX));
            // What is no UTF-8 was written by a spreadsheet of before.
            let is_utf8 = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
            self.older.set(self.older.get() | !is_utf8);
            let encoding = if is_utf8 { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
            let cells: Vec<_> =
                record.iter().map(|cell| encoding.decode_without_bom_handling(cell).0).collect();
            let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
            let name = self.name.clone().from_line(line);
            return Some(Ok(Row::new(name, &cells, char::from(self.separator))));
        }
    }
}

/// The rows of one dossier.
struct Group {
    rows: Vec<Row>,
    name: FileName,
    /// What keeps the rest of the sheet from being read.
    lost: Option<Vec<Diagnostic>>,
}

/// The dossiers of a sheet.
struct Groups<'h, R> {
    rows: Rows<R>,
    header: &'h Header,
    next: Option<Result<Row, Vec<Diagnostic>>>,
}

impl<R: Read> Iterator for Groups<'_, R> {
    type Item = Group;

    fn next(&mut self) -> Option<Group> {
        let next = self.next.take().or_else(|| self.rows.next())?;
        let first = match next {
            Ok(row) => row,
            Err(problems) => {
                return Some(Group { rows: Vec::new(), name: self.rows.name.clone(), lost: Some(problems) });
            }
        };
        let name = self.rows.name.clone().from_line(first.line());
        let mut rows = vec![first];
        for next in self.rows.by_ref() {
            match next {
                Ok(row) if self.header.goes_on(&rows[0], &row) && rows.len() <= limits::LIST_LENGTH => {
                    rows.push(row);
                }
                other => {
                    self.next = Some(other);
                    break;
                }
            }
        }
        Some(Group { rows, name, lost: None })
    }
}

/// The sheet that is answered.
struct Out {
    titles: Vec<String>,
    columns: Columns,
    separator: u8,
}

impl Out {
    /// The line of titles. A spreadsheet in French takes a text without a byte-order mark for windows-1252.
    fn head(&self, style: Style) -> String {
        let mark = if style == Style::French { "\u{feff}" } else { "" };
        let kept = self.kept().map(|(_, title)| title.as_str());
        let line = self.line(kept.chain(self.columns.names().iter().map(String::as_str)));
        format!("{mark}{line}")
    }

    /// The columns that come back: what an earlier answer said is said anew.
    fn kept(&self) -> impl Iterator<Item = (usize, &String)> {
        let again = |title: &str| self.columns.names().iter().any(|own| own == title.trim());
        self.titles.iter().enumerate().filter(move |(_, title)| !again(title))
    }

    /// The rows of a dossier, its decision beside the first.
    fn rows(&self, rows: &[Row], decided: &[String]) -> String {
        let mut out = String::new();
        for (rank, row) in rows.iter().enumerate() {
            let kept = self.kept().map(|(column, _)| row.cell(column));
            let decided = decided.iter().map(|cell| if rank == 0 { cell.as_str() } else { "" });
            out.push_str(&self.line(kept.chain(decided)));
        }
        out
    }

    fn line<'c>(&self, cells: impl Iterator<Item = &'c str>) -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(self.separator).from_writer(Vec::new());
        // It is written to memory, which does not fail.
        let _ = writer.write_record(cells);
        writer.into_inner().ok().and_then(|line| String::from_utf8(line).ok()).unwrap_or_default()
    }
}
