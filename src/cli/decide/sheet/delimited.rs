//! The rows of a sheet in CSV, each read by itself: what is broken in one is not taken for the next.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::source::{FileName, SourceFile, Span};
use conforme::table::{Row, western};

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
    /// Finds the cells of a row.
    split: csv_core::Reader,
    /// How many lines came before.
    above: u32,
    ended: bool,
    /// Whether some row was no UTF-8.
    pub older: Arc<AtomicBool>,
}

impl<R: Read> Rows<R> {
    /// Those of a file.
    pub fn new(input: R, name: FileName) -> Result<Rows<R>> {
        let mut rows = Rows {
            input: BufReader::with_capacity(1 << 20, input),
            name,
            separator: b';',
            ahead: VecDeque::new(),
            split: csv_core::Reader::new(),
            above: 0,
            ended: false,
            older: Arc::default(),
        };
        let Some(first) = rows.read()? else { return Ok(rows) };
        // A byte-order mark or the `sep=` of a spreadsheet says nothing of a dossier.
        let line = first.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&first);
        if let Some([separator, ..]) = line.strip_prefix(b"sep=") {
            rows.above = 1;
            return Ok(rows.separated_by(*separator));
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
        let separator = [b',', b'\t', b';'].into_iter().max_by_key(|one| count(*one)).unwrap_or(b';');
        rows.ahead.push_back(line.to_vec());
        Ok(rows.separated_by(separator))
    }

    fn separated_by(self, separator: u8) -> Rows<R> {
        let split = csv_core::ReaderBuilder::new().delimiter(separator).build();
        Rows { separator, split, ..self }
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
    fn lines(&mut self) -> Result<Option<Lines>> {
        let Some(mut row) = self.line()? else { return Ok(None) };
        self.above = self.above.saturating_add(1);
        if row.len() > limits::DOSSIER_BYTES {
            return Ok(Some(Lines::TooLong));
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
            return Ok(Some(Lines::Open(row)));
        }
        self.above = self.above.saturating_add(u32::try_from(more.len()).unwrap_or(u32::MAX));
        row.extend(more.concat());
        Ok(Some(Lines::Whole(row)))
    }

    fn line(&mut self) -> Result<Option<Vec<u8>>> {
        self.ahead.pop_front().map_or_else(|| self.read(), |line| Ok(Some(line)))
    }

    /// A row of its bytes.
    fn row(&mut self, bytes: &[u8], line: u32) -> Row {
        let (text, ends) = self.cells(bytes);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let places = starts.zip(&ends).map(|(start, end)| start..*end);
        // What is no UTF-8 was written by a spreadsheet of before.
        let utf8 = std::str::from_utf8(&text).ok();
        let utf8: Option<Vec<&str>> =
            utf8.and_then(|text| places.clone().map(|place| text.get(place)).collect());
        let name = self.name.clone().from_line(line);
        let separator = char::from(self.separator);
        if let Some(cells) = utf8 {
            return Row::new(name, &cells, separator);
        }
        self.older.store(true, Ordering::Relaxed);
        let decoded = |place: std::ops::Range<usize>| western(text.get(place).unwrap_or_default());
        let cells: Vec<String> = places.map(decoded).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        Row::new(name, &cells, separator)
    }

    /// A row where a quotation mark opens that nothing closes: from there on, each separator ends a cell.
    fn broken(&mut self, bytes: &[u8], line: u32) -> Row {
        let bytes = bytes.trim_ascii_end();
        let at = opens(bytes, self.separator).min(bytes.len());
        let (before, after) = bytes.split_at(at);
        let cells = after.split(|byte| *byte == self.separator);
        let quoted = cells.map(|cell| {
            let doubled =
                cell.iter().flat_map(|byte| if *byte == b'"' { vec![b'"'; 2] } else { vec![*byte] });
            [b'"'].into_iter().chain(doubled).chain([b'"']).collect::<Vec<u8>>()
        });
        let quoted: Vec<Vec<u8>> = quoted.collect();
        let whole = [before, &quoted.join(&self.separator)].concat();
        let row = self.row(&whole, line);
        let open = row.cells().count().saturating_sub(quoted.len());
        row.open_at(open)
    }

    /// The cells of one row, one after another, and where each ends.
    fn cells(&mut self, bytes: &[u8]) -> (Vec<u8>, Vec<usize>) {
        let most = bytes.iter().filter(|byte| **byte == self.separator).count() + 1;
        let (mut text, mut ends) = (vec![0; bytes.len()], vec![0; most]);
        self.split.reset();
        let (read, _, written, found) = self.split.read_record(bytes, &mut text, &mut ends);
        // The last row of a file may have no line end.
        let found = if read == csv_core::ReadRecordResult::InputEmpty {
            let rest = (text.get_mut(written..), ends.get_mut(found..));
            let (Some(text), Some(ends)) = rest else { return (text, ends) };
            found + self.split.read_record(&[], text, ends).3
        } else {
            found
        };
        ends.truncate(found);
        (text, ends)
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
                Ok(Some(Lines::Open(bytes))) => return Some(Ok(self.broken(&bytes, line))),
                Ok(Some(Lines::Whole(bytes))) => {
                    let row = self.row(&bytes, line);
                    if row.cells().any(|cell| !cell.trim().is_empty()) {
                        return Some(Ok(row));
                    }
                }
                Ok(Some(Lines::TooLong)) => {
                    let file = SourceFile::new(name.clone(), String::new());
                    let problem = Diagnostic::error("ligne-brisee", "cette ligne est trop longue")
                        .at(&file, Span::default(), "")
                        .help("la raccourcir ; les autres dossiers sont décidés");
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

/// The lines of one row.
enum Lines {
    Whole(Vec<u8>),
    /// One line, where a quotation mark opens that nothing closes.
    Open(Vec<u8>),
    TooLong,
}

/// Where the quotation mark stands that opens the last cell to have one.
fn opens(line: &[u8], separator: u8) -> usize {
    let (mut quoted, mut starts, mut open) = (false, true, 0);
    let mut bytes = line.iter().copied().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' if quoted => quoted = bytes.next_if(|(_, next)| *next == b'"').is_some(),
            b'"' if starts => (quoted, open) = (true, at),
            _ => {}
        }
        starts = byte == separator;
    }
    open
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
