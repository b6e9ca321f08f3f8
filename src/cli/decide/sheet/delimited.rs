//! The rows of a sheet in CSV, each read by itself: what is broken in one is not taken for the next.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Result};
use std::rc::Rc;

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::source::{FileName, SourceFile, Span};
use conforme::table::Row;

use super::groups::Found;
use crate::cli::files;

/// So many bytes, and so many lines, may stand between two quotation marks.
const QUOTED_BYTES: usize = 1 << 20;
const QUOTED_LINES: usize = 1_000;

/// The rows of a sheet.
pub struct Rows<R> {
    input: BufReader<R>,
    name: FileName,
    /// What stands between two cells.
    pub separator: u8,
    /// Lines that were read and come next.
    ahead: VecDeque<Vec<u8>>,
    /// How many lines came before.
    above: u32,
    ended: bool,
    /// Whether some row was no UTF-8.
    pub older: Rc<Cell<bool>>,
}

impl<R: Read> Rows<R> {
    /// Those of a file.
    pub fn new(input: R, name: FileName) -> Result<Rows<R>> {
        let mut rows = Rows {
            input: BufReader::with_capacity(1 << 20, input),
            name,
            separator: b';',
            ahead: VecDeque::new(),
            above: 0,
            ended: false,
            older: Rc::default(),
        };
        let Some(first) = rows.read()? else { return Ok(rows) };
        // A byte-order mark or the `sep=` of a spreadsheet says nothing of a dossier.
        let line = first.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&first);
        if let Some([separator, ..]) = line.strip_prefix(b"sep=") {
            (rows.separator, rows.above) = (*separator, 1);
            return Ok(rows);
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
        rows.separator = [b',', b'\t', b';'].into_iter().max_by_key(|one| count(*one)).unwrap_or(b';');
        rows.ahead.push_back(line.to_vec());
        Ok(rows)
    }

    /// A line that was not read before; no more of it than a dossier may have.
    fn read(&mut self) -> Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        self.input.by_ref().take(limits::DOSSIER_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
        if line.len() > limits::DOSSIER_BYTES {
            self.input.skip_until(b'\n')?;
        }
        Ok(Some(line).filter(|line| !line.is_empty()))
    }

    /// The lines of a row: several, where a cell between quotation marks has line ends.
    fn lines(&mut self) -> Result<Option<std::result::Result<Vec<u8>, &'static str>>> {
        let Some(mut row) = self.line()? else { return Ok(None) };
        self.above = self.above.saturating_add(1);
        if row.len() > limits::DOSSIER_BYTES {
            return Ok(Some(Err("cette ligne est trop longue")));
        }
        let mut quoted = ends_quoted(&row, self.separator, false).unwrap_or(false);
        let mut more: Vec<Vec<u8>> = Vec::new();
        let mut size = row.len();
        while quoted && more.len() < QUOTED_LINES && size < QUOTED_BYTES {
            let Some(line) = self.line()? else { break };
            let ends = ends_quoted(&line, self.separator, true);
            size += line.len();
            more.push(line);
            // What closes there was not open here.
            let Some(within) = ends else { break };
            quoted = within;
        }
        if quoted {
            for line in more.into_iter().rev() {
                self.ahead.push_front(line);
            }
            return Ok(Some(Err("un guillemet droit y est ouvert et n'est pas fermé")));
        }
        self.above = self.above.saturating_add(u32::try_from(more.len()).unwrap_or(u32::MAX));
        row.extend(more.concat());
        Ok(Some(Ok(row)))
    }

    fn line(&mut self) -> Result<Option<Vec<u8>>> {
        self.ahead.pop_front().map_or_else(|| self.read(), |line| Ok(Some(line)))
    }

    /// A row of its bytes.
    fn row(&self, bytes: &[u8], line: u32) -> Row {
        let cells = cells(bytes, self.separator);
        // What is no UTF-8 was written by a spreadsheet of before.
        let is_utf8 = cells.iter().all(|cell| std::str::from_utf8(cell).is_ok());
        self.older.set(self.older.get() | !is_utf8);
        let encoding = if is_utf8 { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
        let cells: Vec<_> = cells.iter().map(|cell| encoding.decode_without_bom_handling(cell).0).collect();
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        Row::new(self.name.clone().from_line(line), &cells, char::from(self.separator))
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while !self.ended {
            let line = self.above.saturating_add(1);
            let name = self.name.clone().from_line(line);
            match self.lines() {
                Ok(None) => self.ended = true,
                Ok(Some(Ok(bytes))) => {
                    let row = self.row(&bytes, line);
                    if row.cells().any(|cell| !cell.trim().is_empty()) {
                        return Some(Ok(row));
                    }
                }
                Ok(Some(Err(why))) => {
                    let file = SourceFile::new(name.clone(), String::new());
                    let problem = Diagnostic::error("ligne-brisee", why)
                        .at(&file, Span::default(), "")
                        .help("fermer ou retirer le guillemet droit ; les autres lignes sont décidées");
                    return Some(Err((name, vec![problem])));
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err((name, vec![files::unreadable(self.name.path(), &error)])));
                }
            }
        }
        None
    }
}

/// Whether a line ends within quotation marks: they open where a cell starts, close where it ends, and two stand
/// for one. Nothing, where one stands elsewhere within a cell that was open before the line.
fn ends_quoted(line: &[u8], separator: u8, before: bool) -> Option<bool> {
    let (mut quoted, mut starts) = (before, !before);
    let mut first = before;
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted => {
                quoted = bytes.next_if_eq(&b'"').is_some();
                let ends = bytes.peek().is_none_or(|next| [separator, b'\r', b'\n'].contains(next));
                if !quoted && std::mem::take(&mut first) && !ends {
                    return None;
                }
            }
            b'"' if starts => quoted = true,
            _ => {}
        }
        starts = byte == separator;
    }
    Some(quoted)
}

/// The cells of one row.
fn cells(bytes: &[u8], separator: u8) -> Vec<Vec<u8>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader =
        reader.has_headers(false).flexible(true).delimiter(separator).buffer_capacity(bytes.len().max(1));
    let mut record = csv::ByteRecord::new();
    // It is read from memory, which does not fail.
    let _ = reader.from_reader(bytes).read_byte_record(&mut record);
    record.iter().map(<[u8]>::to_vec).collect()
}
