//! A sheet of a workbook, as it is written.

use super::Cell;

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What its tab says.
    pub title: String,
    /// What stands above its columns.
    pub heads: Vec<Head>,
    /// Its rows, each of a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its words.
    pub name: String,
    /// What is said of it beside.
    pub note: Option<String>,
    /// What its cells are to hold.
    pub holds: Holds,
}

/// What cells are to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// Anything.
    Anything,
    /// One of these.
    OneOf(Vec<String>),
    /// A day.
    Day,
    /// An amount.
    Amount,
    /// A rate.
    Percent,
}

impl Head {
    /// Words alone.
    pub fn plain(name: String) -> Head {
        Head { name, note: None, holds: Holds::Anything }
    }
}
