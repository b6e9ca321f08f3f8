//! What stands in a cell of a sheet.

use std::borrow::Cow;

use crate::time::Date;

/// How cells are written where they are text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `80000,00`, `03/02/2025`: as spreadsheets have it in French.
    French,
    /// `80000.00`, `2025-02-03`.
    Plain,
}

/// A cell. A workbook knows what kind of value it holds; in CSV all is text.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words; nothing, in an empty cell.
    Text(String),
    /// An amount in decimals: `80000.00`.
    Amount(String),
    /// A number.
    Number(f64),
    /// A number that is shown as a rate: 0.1 for 10 %.
    Percent(f64),
    /// A day.
    Day(Date),
}

impl Cell {
    /// An empty cell.
    pub const fn empty() -> Cell {
        Cell::Text(String::new())
    }

    /// The cell as text.
    pub fn text(&self, style: Style) -> Cow<'_, str> {
        let decimal = |written: String| match style {
            Style::French => written.replace('.', ","),
            Style::Plain => written,
        };
        match self {
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Amount(written) => Cow::Owned(decimal(written.clone())),
            Cell::Number(number) => Cow::Owned(decimal(number.to_string())),
            Cell::Percent(number) => Cow::Owned(format!("{} %", decimal(hundredfold(*number)))),
            Cell::Day(date) => Cow::Owned(day(*date, style)),
        }
    }
}

/// A day as it is written in a sheet.
pub fn day(date: Date, style: Style) -> String {
    let iso = date.to_string();
    match (style, iso.split('-').collect::<Vec<_>>().as_slice()) {
        (Style::French, [year, month, day]) => format!("{day}/{month}/{year}"),
        (_, _) => iso,
    }
}

/// A hundred times a number, of which no digit changes.
fn hundredfold(number: f64) -> String {
    let written = number.to_string();
    let (sign, written) = written.strip_prefix('-').map_or(("", &*written), |rest| ("-", rest));
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let part = format!("{part:0<2}");
    let (two, rest) = part.split_at(2);
    let whole = format!("{whole}{two}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_keeps_its_digits() {
        for (number, written) in [
            (0.1, "10 %"),
            (0.07, "7 %"),
            (0.125, "12,5 %"),
            (1.0, "100 %"),
            (0.0, "0 %"),
            (-0.005, "-0,5 %"),
            (12.5, "1250 %"),
            (0.000_1, "0,01 %"),
        ] {
            assert_eq!(Cell::Percent(number).text(Style::French), written);
        }
    }

    #[test]
    fn a_number_is_written_with_the_mark_of_the_sheet() {
        assert_eq!(Cell::Number(12.5).text(Style::French), "12,5");
        assert_eq!(Cell::Number(12.5).text(Style::Plain), "12.5");
        assert_eq!(Cell::Number(30.0).text(Style::French), "30");
        assert_eq!(Cell::Amount("80000.00".to_owned()).text(Style::French), "80000,00");
    }
}
