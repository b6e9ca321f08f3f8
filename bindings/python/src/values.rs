//! What a dossier came to, as values of Python.

use conforme::table::{Cell, Style};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use crate::many::Row;
use crate::table::ERRORS;

/// A row, by column: texts, exact amounts, days, or nothing.
pub fn of<'py>(py: Python<'py>, names: &[String], row: &Row) -> PyResult<Bound<'py, PyDict>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let made = PyDict::new(py);
    for (name, cell) in names.iter().zip(&row.cells) {
        match cell {
            cell if *cell == Cell::empty() => made.set_item(name, py.None())?,
            Cell::Amount(written) => {
                made.set_item(name, DECIMAL.import(py, "decimal", "Decimal")?.call1((written,))?)?;
            }
            Cell::Day(date) => {
                let day = (date.year(), date.month(), date.day());
                made.set_item(name, DATE.import(py, "datetime", "date")?.call1(day)?)?;
            }
            Cell::Text(_) | Cell::Number(_) | Cell::Percent(_) => {
                made.set_item(name, cell.text(Style::Plain))?;
            }
        }
    }
    made.set_item(ERRORS, &row.wrong)?;
    Ok(made)
}
