//! The sheet that is answered.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use conforme::diagnostic::Diagnostic;
use conforme::render::table::Columns;
use conforme::table::{Cell, Head, Page, Row, Style, Title};

use super::ends_in;
use crate::cli::args::{Decide, DecisionFormat};
use crate::cli::{files, print, workbook};

/// What the answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A sheet in CSV.
    Delimited,
    /// A workbook.
    Workbook,
    /// A decision a line.
    Json,
}

impl Form {
    /// What a command asks for.
    pub fn asked(args: &Decide, read: &Path) -> Result<Form, Vec<Diagnostic>> {
        let wrong =
            |message: String, help: &str| Err(vec![Diagnostic::error("forme-par-ligne", message).help(help)]);
        let format = match args.answer.format {
            None => Form::Delimited,
            Some(DecisionFormat::Json) => Form::Json,
            Some(_) => {
                let message =
                    "un tableau de dossiers se décide en tableau, ou en JSON, une décision par ligne";
                return wrong(message.to_owned(), "retirer « --format », ou écrire « --format json »");
            }
        };
        let Some(written) = args.output.as_deref() else { return Ok(format) };
        if files::same(written, read) {
            let message = format!("« {} » est le tableau qui est lu", files::shown(written));
            return wrong(message, "donner un autre nom à celui qui est écrit");
        }
        let own = [("csv", Form::Delimited), ("xlsx", Form::Workbook), ("jsonl", Form::Json)];
        match own.into_iter().find(|(ending, _)| ends_in(written, ending)) {
            Some((_, form)) if args.answer.format.is_none() || form == format => Ok(form),
            Some(_) => {
                let message = format!("« {} » n'est pas un nom de fichier JSON", files::shown(written));
                wrong(message, "retirer « --format json », ou finir le nom par « .jsonl »")
            }
            None => {
                let message = format!("« {} » : forme inconnue", files::shown(written));
                wrong(message, "finir le nom par « .xlsx », « .csv », ou « .jsonl » pour du JSON")
            }
        }
    }
}

/// Part of the answer.
pub enum Part {
    /// As it is written.
    Text(String),
    /// Rows of a workbook.
    Rows(Vec<Vec<Cell>>),
}

/// How rows are written.
pub struct Layout {
    titles: Vec<Title>,
    /// What is decided.
    pub columns: Columns,
    style: Style,
    separator: u8,
    form: Form,
}

impl Layout {
    /// How the rows of a sheet come back.
    pub fn new(titles: Vec<Title>, columns: Columns, style: Style, separator: u8, form: Form) -> Layout {
        Layout { titles, columns, style, separator, form }
    }

    /// The columns that come back: what an earlier answer said is said anew.
    fn kept(&self) -> impl Iterator<Item = (usize, &str)> {
        let again = |title: &str| self.columns.names().iter().any(|own| own == title.trim());
        let own = self.titles.iter().enumerate().filter(|(_, title)| title.list.is_none());
        own.map(|(rank, title)| (rank, title.name.as_str())).filter(move |(_, title)| !again(title))
    }

    /// The titles of the answer.
    fn head(&self) -> Vec<String> {
        self.kept().map(|(_, title)| title.to_owned()).chain(self.columns.names().iter().cloned()).collect()
    }

    /// The rows of a dossier, its decision beside the first.
    pub fn rows(&self, rows: &[Row], decided: &[Cell]) -> Part {
        let rows = rows.iter().enumerate().map(|(rank, row)| {
            let kept = self.kept().map(|(column, _)| row.kept(column));
            let decided = decided.iter().map(|cell| if rank == 0 { cell.clone() } else { Cell::empty() });
            kept.chain(decided).collect::<Vec<_>>()
        });
        if self.form == Form::Workbook {
            return Part::Rows(rows.collect());
        }
        let line = |row: Vec<Cell>| {
            let texts: Vec<_> = row.iter().map(|cell| cell.text(self.style)).collect();
            self.line(texts.iter().map(AsRef::as_ref))
        };
        Part::Text(rows.map(line).collect())
    }

    fn line<'c>(&self, cells: impl Iterator<Item = &'c str>) -> String {
        let separator = char::from(self.separator);
        let mut line = String::new();
        for (rank, cell) in cells.enumerate() {
            if rank > 0 {
                line.push(separator);
            }
            if cell.contains([separator, '"', '\n', '\r']) {
                line.extend(["\"", &cell.replace('"', "\"\""), "\""]);
            } else {
                line.push_str(cell);
            }
        }
        line.push('\n');
        line
    }
}

/// Where the answer goes.
pub struct Writer<'l> {
    layout: &'l Layout,
    to: To,
}

enum To {
    Screen,
    File(BufWriter<File>, PathBuf, io::Result<()>),
    Book(PathBuf, Vec<Vec<Cell>>, Vec<Page>),
}

impl<'l> Writer<'l> {
    /// Starts the answer, with its titles; the sheets of the lists come after it.
    pub fn begin(
        layout: &'l Layout,
        to: Option<&Path>,
        more: Vec<Page>,
    ) -> Result<Writer<'l>, Vec<Diagnostic>> {
        let to = match to {
            None => To::Screen,
            Some(path) if layout.form == Form::Workbook => To::Book(path.to_owned(), Vec::new(), more),
            Some(path) => {
                let file = files::create(path).map_err(|one| vec![one])?;
                To::File(BufWriter::new(file), path.to_owned(), Ok(()))
            }
        };
        let mut writer = Writer { layout, to };
        if layout.form == Form::Delimited {
            // A spreadsheet in French takes a text without a byte-order mark for windows-1252.
            let mark = if layout.style == Style::French { "\u{feff}" } else { "" };
            let head = layout.head();
            writer.text(&format!("{mark}{}", layout.line(head.iter().map(String::as_str))));
        }
        Ok(writer)
    }

    /// Takes more of the answer; whether somebody is left to read it.
    pub fn take(&mut self, parts: Vec<Part>) -> bool {
        parts.into_iter().all(|part| match part {
            Part::Text(text) => self.text(&text),
            Part::Rows(more) => {
                if let To::Book(_, rows, _) = &mut self.to {
                    rows.extend(more);
                }
                true
            }
        })
    }

    fn text(&mut self, text: &str) -> bool {
        match &mut self.to {
            To::Screen => print::try_out(text),
            To::File(file, _, done) => {
                if done.is_ok() {
                    *done = file.write_all(text.as_bytes());
                }
                done.is_ok()
            }
            To::Book(..) => true,
        }
    }

    /// Ends the answer.
    pub fn end(self) -> Result<(), Vec<Diagnostic>> {
        match self.to {
            To::Screen => Ok(()),
            To::File(mut file, path, done) => done
                .and_then(|()| file.flush())
                .map_err(|error| vec![files::unreadable(&files::shown(&path), &error)]),
            To::Book(path, rows, more) => {
                let heads = self.layout.head().into_iter().map(Head::plain).collect();
                let first = Page { title: "dossiers".to_owned(), heads, rows };
                let pages = std::iter::once(first).chain(more).collect::<Vec<_>>();
                workbook::write(&path, &pages)
            }
        }
    }
}
