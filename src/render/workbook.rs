//! Workbooks of spreadsheets (XLSX), from the cells of their sheets.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError,
};

use crate::table::{Cell, Head, Holds, Page};
use crate::text;
use crate::time::Date;

/// A spreadsheet cuts what is longer.
const CELL_LENGTH: usize = 32_000;
/// And the name of a sheet.
const TAB_LENGTH: usize = 31;
/// So many rows of a sheet to fill in know what they hold.
const ROWS_TO_FILL: u32 = 1_000;
/// Sums of the lengths of choices that may stand in a cell's own list.
const CHOICES_LENGTH: usize = 250;

/// So many characters of a row can be read on a page.
const ON_A_PAGE: f64 = 260.0;
/// Above the names of dossiers.
const NAMED: &str = "dossier";

const DAY: &str = "dd/mm/yyyy";
const AMOUNT: &str = "#,##0.00";
const PERCENT: &str = "0.##%";

/// The bytes of a workbook: the same for the same sheets, whenever it is made.
///
/// # Errors
///
/// A sheet has more rows or columns than spreadsheets take.
pub fn written(pages: &[Page]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    // Choices that are too long for a cell's own list stand in a sheet that nobody sees.
    let mut choices: Vec<&[String]> = Vec::new();
    for page in pages {
        let sheet = book.add_worksheet();
        sheet.set_name(tab(&page.title))?;
        write(sheet, page, &mut choices)?;
    }
    if !choices.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(CHOICES)?.set_hidden(true);
        for (column, options) in (0..).zip(choices) {
            for (row, option) in (0..).zip(options) {
                sheet.write_string(row, column, clipped(option))?;
            }
        }
    }
    book.save_to_buffer()
}

/// The sheet of the choices.
const CHOICES: &str = "choix";

/// What the tab of a sheet says: no longer than spreadsheets have it, without the signs that they refuse.
pub fn tab(title: &str) -> String {
    let plain = |c: char| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { ' ' } else { c };
    let cut: String = title.chars().map(plain).take(TAB_LENGTH).collect();
    cut.trim_matches([' ', '\'']).to_owned()
}

fn write<'p>(
    sheet: &mut Worksheet,
    page: &'p Page,
    choices: &mut Vec<&'p [String]>,
) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let head = head.set_background_color(Color::RGB(0x00E8_EEF4));
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    // Whose row it is stays in sight, however far one goes down or to the right.
    let named = page.heads.iter().position(|head| text::fold(&head.name) == NAMED);
    let fixed = named.and_then(|rank| u16::try_from(rank + 1).ok()).filter(|fixed| *fixed <= 3).unwrap_or(0);
    sheet.set_freeze_panes(1, fixed)?;
    // On paper: A4, the titles on each page; as wide as the page, where it can then be read.
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    let wide: f64 = page.heads.iter().enumerate().map(|(column, head)| width(head, page, column)).sum();
    if wide <= ON_A_PAGE {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_print_scale(60);
        if let Some(last) = fixed.checked_sub(1) {
            sheet.set_repeat_columns(0, last)?;
        }
    }
    for (column, own) in (0..).zip(&page.heads) {
        sheet.write_string_with_format(0, column, clipped(&own.name), &head)?;
        sheet.set_column_width(column, width(own, page, usize::from(column)))?;
        if let Some(format) = format(&own.holds) {
            sheet.set_column_format(column, &Format::new().set_num_format(format))?;
        }
        if let Some(note) = &own.note {
            sheet.insert_note(0, column, &Note::new(clipped(note)).add_author_prefix(false))?;
        }
        if let Some(valid) = validation(&own.holds, choices)? {
            sheet.add_data_validation(1, column, ROWS_TO_FILL, column, &valid)?;
        }
    }
    for (row, cells) in (1..).zip(&page.rows) {
        sheet.set_row_height(row, height(cells, page))?;
        for (column, cell) in (0..).zip(cells) {
            let shown = |format: &str| Format::new().set_num_format(format).set_align(FormatAlign::Top);
            match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => sheet.write_string_with_format(row, column, clipped(text), &words)?,
                Cell::Amount(written) => match exact(written) {
                    Some(amount) => sheet.write_number_with_format(row, column, amount, &shown(AMOUNT))?,
                    None => sheet.write_string(row, column, written.replace('.', ","))?,
                },
                Cell::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &shown("General"))?
                }
                Cell::Percent(number) => {
                    sheet.write_number_with_format(row, column, *number, &shown(PERCENT))?
                }
                Cell::Day(date) => match serial(*date) {
                    Some(day) => sheet.write_datetime_with_format(row, column, day, &shown(DAY))?,
                    None => sheet.write_string(row, column, cell.text(crate::table::Style::French))?,
                },
            };
        }
    }
    Ok(())
}

/// An amount as a spreadsheet counts, where it keeps all its digits.
fn exact(written: &str) -> Option<f64> {
    let digits = written.chars().filter(char::is_ascii_digit).count();
    written.parse().ok().filter(|_| digits <= 15)
}

/// A day as a spreadsheet counts: from 1900 on.
fn serial(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) =
        (date.year().try_into().ok()?, date.month().try_into().ok()?, date.day().try_into().ok()?);
    if year < 1900 { None } else { ExcelDateTime::from_ymd(year, month, day).ok() }
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= CELL_LENGTH {
        return text.to_owned();
    }
    let cut: String = text.chars().take(CELL_LENGTH).collect();
    format!("{cut} … (la suite ne tient pas dans une cellule)")
}

/// Of a row, in points: a spreadsheet finds it by itself only where the cell is written in it.
fn height(cells: &[Cell], page: &Page) -> f64 {
    let lines = cells.iter().enumerate().filter_map(|(column, cell)| match cell {
        Cell::Text(text) => {
            let wide = width(page.heads.get(column)?, page, column) - 2.0;
            let long = u32::try_from(text.chars().count()).ok()?;
            Some((f64::from(long) / wide).ceil())
        }
        Cell::Amount(_) | Cell::Number(_) | Cell::Percent(_) | Cell::Day(_) => None,
    });
    // A spreadsheet has rows of 409 points at most.
    (15.0 * lines.fold(1.0, f64::max)).min(405.0)
}

/// Of a column, in characters.
fn width(head: &Head, page: &Page, column: usize) -> f64 {
    let texts = page.rows.iter().take(100).filter_map(|row| match row.get(column) {
        Some(Cell::Text(text)) => Some(text.chars().count()),
        _ => None,
    });
    let widest = texts.max().unwrap_or(0).max(head.name.chars().count().min(24)).clamp(12, 60);
    u32::try_from(widest).map_or(12.0, |widest| f64::from(widest) + 2.0)
}

fn format(holds: &Holds) -> Option<&'static str> {
    match holds {
        Holds::Day => Some(DAY),
        Holds::Amount => Some(AMOUNT),
        Holds::Percent => Some(PERCENT),
        Holds::Anything | Holds::OneOf(_) => None,
    }
}

/// What a spreadsheet offers in a cell. It warns of another value and takes it: « inconnu » is an answer as well.
fn validation<'p>(
    holds: &'p Holds,
    choices: &mut Vec<&'p [String]>,
) -> Result<Option<DataValidation>, XlsxError> {
    let warns = |valid: DataValidation| valid.set_error_style(DataValidationErrorStyle::Warning);
    Ok(match holds {
        Holds::OneOf(options) => {
            let length: usize = options.iter().map(|option| option.encode_utf16().count() + 1).sum();
            let valid = DataValidation::new();
            if length <= CHOICES_LENGTH && options.iter().all(|option| !option.contains([',', '"'])) {
                Some(warns(valid.allow_list_strings(options)?))
            } else {
                let column = choices.len();
                choices.push(options);
                let letters = letters(column);
                let range = format!("={CHOICES}!${letters}$1:${letters}${}", options.len().max(1));
                Some(warns(valid.allow_list_formula(Formula::new(range))))
            }
        }
        Holds::Day => {
            let first = ExcelDateTime::from_ymd(1900, 1, 1)?;
            let valid = DataValidation::new().allow_date(DataValidationRule::GreaterThan(first));
            Some(warns(valid.set_error_title("Date attendue")?.set_error_message("par exemple 03/02/2025")?))
        }
        Holds::Anything | Holds::Amount | Holds::Percent => None,
    })
}

/// The letters of a column, counted from 0.
fn letters(column: usize) -> String {
    let (above, own) = (column / 26, column % 26);
    let own = u8::try_from(own).map_or('A', |own| char::from(b'A' + own));
    if above == 0 { own.to_string() } else { format!("{}{own}", letters(above - 1)) }
}
