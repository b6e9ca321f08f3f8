//! Workbooks of spreadsheets (XLSX), as the cells of their sheets.

use std::io::{Cursor, Read, copy, sink};

use calamine::{DataRef, ExcelDateTime, Reader, Style as Look, Xlsx};

use super::{Cell, Style};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::time::Date;

/// A sheet that was read.
#[derive(Debug)]
pub struct Tab {
    /// What its tab says.
    pub title: String,
    /// Its rows that are not blank, each with its number from 1.
    pub rows: Vec<(u32, Vec<Cell>)>,
}

/// How a file starts that spreadsheets of before wrote, or that is kept by a password.
const OLDER: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// The sheets of a workbook, in their order.
///
/// # Errors
///
/// The bytes are no workbook, or it holds more than [`limits::WORKBOOK_BYTES`] or [`limits::WORKBOOK_CELLS`].
pub fn read(bytes: &[u8], shown: &str) -> Result<Vec<Tab>, Diagnostic> {
    if bytes.starts_with(&OLDER) {
        let message = format!("« {shown} » est protégé par un mot de passe, ou d'un format ancien");
        return Err(Diagnostic::error("classeur-ferme", message)
            .help("l'enregistrer sans mot de passe au format .xlsx")
            .about(shown));
    }
    let unreadable = || {
        Diagnostic::error("classeur-illisible", format!("« {shown} » n'est pas un classeur .xlsx lisible"))
            .help("l'ouvrir dans un tableur et l'enregistrer à nouveau en .xlsx, ou en CSV")
            .about(shown)
    };
    if !is_small(bytes).ok_or_else(unreadable)? {
        return Err(too_large(shown));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut room = Room { cells: limits::WORKBOOK_CELLS, bytes: limits::WORKBOOK_BYTES };
    let mut tabs = Vec::new();
    for title in book.sheet_names() {
        let mut rows: Vec<(u32, Vec<Cell>)> = Vec::new();
        let cells = book.worksheet_cells_reader(&title);
        // What is drawn on a sheet of its own has no cells.
        let Ok(mut cells) = cells else { continue };
        while let Some((cell, look)) = cells.next_cell_with_style_id().map_err(|_| unreadable())? {
            let (row, column) = cell.get_position();
            let value = value(cell.get_value(), cells.styles().get(look));
            if value == Cell::empty() {
                continue;
            }
            let row = row.saturating_add(1);
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, Vec::new()));
            }
            let Some((_, own)) = rows.last_mut() else { continue };
            let wide = column as usize + 1;
            if !room.take(wide.saturating_sub(own.len()), &value) {
                return Err(too_large(shown));
            }
            if own.len() < wide {
                own.resize(wide, Cell::empty());
            }
            own[wide - 1] = value;
        }
        tabs.push(Tab { title, rows });
    }
    Ok(tabs)
}

/// How much more may be read.
struct Room {
    cells: usize,
    bytes: usize,
}

impl Room {
    fn take(&mut self, cells: usize, value: &Cell) -> bool {
        let bytes = if let Cell::Text(text) = value { text.len() } else { 0 };
        let left = self.cells.checked_sub(cells).zip(self.bytes.checked_sub(bytes));
        if let Some((cells, bytes)) = left {
            *self = Room { cells, bytes };
        }
        left.is_some()
    }
}

/// Whether all that is packed in a workbook stays within the limit; nothing, where it cannot be unpacked.
fn is_small(bytes: &[u8]) -> Option<bool> {
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut room = limits::WORKBOOK_BYTES as u64;
    for rank in 0..packed.len() {
        let part = packed.by_index(rank).ok()?;
        let held = copy(&mut part.take(room + 1), &mut sink()).ok()?;
        match room.checked_sub(held) {
            Some(left) => room = left,
            None => return Some(false),
        }
    }
    Some(true)
}

fn too_large(shown: &str) -> Diagnostic {
    let message = format!(
        "« {shown} » est trop grand : attendu {} cellules et {} octets au plus, une fois ouvert",
        limits::WORKBOOK_CELLS,
        limits::WORKBOOK_BYTES
    );
    Diagnostic::error("classeur-trop-grand", message)
        .help("l'enregistrer en CSV, qui n'a pas de limite")
        .about(shown)
}

/// What a cell holds, as people see it.
fn value(value: &DataRef<'_>, look: Option<&Look>) -> Cell {
    match value {
        DataRef::Int(number) => number_cell(*number as f64, look),
        DataRef::Float(number) => number_cell(*number, look),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text_cell(text),
        DataRef::SharedString(text) => text_cell(text),
        DataRef::Bool(true) => Cell::Text("oui".to_owned()),
        DataRef::Bool(false) => Cell::Text("non".to_owned()),
        DataRef::DateTime(moment) => moment_cell(moment),
        DataRef::Error(error) => Cell::Text(error.to_string()),
        DataRef::Empty => Cell::empty(),
    }
}

fn text_cell(text: &str) -> Cell {
    Cell::Text(text.trim().to_owned())
}

fn number_cell(number: f64, look: Option<&Look>) -> Cell {
    let format = look.and_then(|look| look.number_format.as_ref());
    if format.is_some_and(|format| shows_a_rate(&format.format_code)) {
        Cell::Percent(number)
    } else {
        Cell::Number(number)
    }
}

/// Whether a format of numbers ends in a sign of per cent, which multiplies by 100 what is shown.
fn shows_a_rate(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    format.chars().any(|c| {
        let plain = !quoted && !std::mem::take(&mut escaped);
        match c {
            '"' => quoted = !quoted,
            '\\' if plain => escaped = true,
            _ => {}
        }
        plain && c == '%'
    })
}

/// A day; with its time, where it has one, which no answer takes.
fn moment_cell(moment: &ExcelDateTime) -> Cell {
    if !moment.is_datetime() {
        return Cell::Number(moment.as_f64());
    }
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    match Date::parse_iso(&format!("{year:04}-{month:02}-{day:02}")) {
        Some(date) if (hour, minute) == (0, 0) => Cell::Day(date),
        Some(date) => Cell::Text(format!("{} {hour:02}:{minute:02}", super::cell::day(date, Style::French))),
        None => Cell::Number(moment.as_f64()),
    }
}
