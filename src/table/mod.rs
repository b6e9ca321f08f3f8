//! Dossiers that stand as the rows of a sheet: which column is which fact, and rows made into a dossier.
//!
//! A column is known by the path, the label or the question of its fact. A dossier takes one row, and one more for
//! each further element of its lists: rows that follow one another with the same name in « dossier », or none. The
//! rows are put together into the JSON that the dossier would be, each value in the place of its cell, so that one
//! reader reads all dossiers and what is to be corrected is shown in the sheet.

mod cell;
mod form;
mod header;
mod page;
mod told;
mod western;
#[cfg(feature = "xlsx")]
pub mod workbook;

use std::sync::Arc;

pub use cell::{Cell, Style, day};
pub use form::{form, titles};
use header::Branch;
pub use header::{Header, Target, Title};
pub use page::{Head, Holds, Page};
pub use western::western;

use crate::diagnostic::Diagnostic;
use crate::source::{FileName, Piece, SourceFile, Span};

/// A row of a sheet.
#[derive(Debug, Clone)]
pub struct Row {
    /// The row as a line of a file, its cells side by side.
    file: Arc<SourceFile>,
    cells: Vec<Span>,
    /// What the cells are of, where they are more than text.
    values: Vec<Cell>,
}

impl Row {
    /// A row, with what stands between two cells.
    pub fn new(name: FileName, cells: &[&str], between: char) -> Row {
        let (mut text, mut spans) = (String::new(), Vec::with_capacity(cells.len()));
        for (rank, cell) in cells.iter().enumerate() {
            if rank > 0 {
                text.push(between);
            }
            let start = text.len();
            // A cell of several lines is shown on one.
            for (rank, line) in cell.split(['\n', '\r']).enumerate() {
                if rank > 0 {
                    text.push(' ');
                }
                text.push_str(line);
            }
            spans.push(Span::new(start, text.len()));
        }
        Row { file: SourceFile::new(name, text), cells: spans, values: Vec::new() }
    }

    /// A row of a workbook, that stands so many columns to the right.
    pub fn of(name: FileName, values: Vec<Cell>, shift: usize) -> Row {
        let texts: Vec<_> = values.iter().map(|value| value.text(Style::French)).collect();
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let mut row = Row::new(name, &texts, ';');
        row.values = [vec![Cell::empty(); shift], values].concat();
        row.cells.splice(0..0, std::iter::repeat_n(Span::default(), shift));
        row
    }

    /// A cell as it is written back.
    pub fn kept(&self, column: usize) -> Cell {
        self.values.get(column).cloned().unwrap_or_else(|| Cell::Text(self.cell(column).to_owned()))
    }

    /// What stands in a column; nothing past the last cell.
    pub fn cell(&self, column: usize) -> &str {
        self.file.slice(self.span(column)).trim()
    }

    /// The cells, in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|span| self.file.slice(*span))
    }

    fn span(&self, column: usize) -> Span {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// The line on which it stands.
    pub fn line(&self) -> u32 {
        self.file.line_of(0)
    }
}

impl Header {
    /// The name of the dossier of a row; nothing, where none is said.
    pub fn called<'r>(&self, row: &'r Row) -> &'r str {
        self.name.map_or("", |column| row.cell(column))
    }

    /// Whether a row goes on with the dossier of another.
    pub fn goes_on(&self, first: &Row, row: &Row) -> bool {
        let Some(column) = self.name else { return false };
        let name = row.cell(column);
        self.has_lists && !first.cell(column).is_empty() && (name.is_empty() || name == first.cell(column))
    }

    /// The dossier that rows give.
    ///
    /// # Errors
    ///
    /// A row has more cells than there are columns, or says something else of a fact than the first.
    pub fn dossier(&self, rows: &[Row]) -> Result<Arc<SourceFile>, Vec<Diagnostic>> {
        let Some(first) = rows.first() else { return Err(Vec::new()) };
        let mut wrong = Vec::new();
        for row in rows {
            if let Some(span) = row.cells.get(self.columns.len()) {
                let message = format!("attendu {} cellules ; lu {}", self.columns.len(), row.cells.len());
                wrong.push(
                    Diagnostic::error("cellules-en-trop", message)
                        .at(&row.file, *span, "")
                        .help("une cellule qui contient le séparateur se met entre guillemets droits"),
                );
            }
        }
        for row in rows.iter().skip(1) {
            let of_dossier = |own: &header::Column| matches!(own.target, Some(Target::Of(_)));
            for column in
                self.columns.iter().enumerate().filter(|(_, own)| of_dossier(own)).map(|(rank, _)| rank)
            {
                if !row.cell(column).is_empty() && row.cell(column) != first.cell(column) {
                    let name = &self.columns[column].name;
                    let message = format!("« {name} » a deux réponses dans un même dossier");
                    let problem = Diagnostic::error("reponses-contraires", message)
                        .at(&first.file, first.span(column), "ici d'abord")
                        .at(&row.file, row.span(column), "puis ici")
                        .help("laisser la cellule vide dans les lignes qui ajoutent un élément de liste");
                    wrong.push(problem);
                }
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut pieces = vec![Piece::Words("{".to_owned(), Arc::clone(&first.file), first.span(0))];
        entries(&self.branches, first, rows, &mut pieces);
        pieces.push(Piece::Words("}".to_owned(), Arc::clone(&first.file), first.span(0)));
        Ok(SourceFile::composed(first.file.called(), pieces))
    }
}

/// The entries of a group that a row fills, with commas between.
fn entries(branches: &[(String, Branch)], row: &Row, rows: &[Row], out: &mut Vec<Piece>) {
    let mut before = "";
    for (key, branch) in branches.iter().filter(|(_, branch)| says(branch, row, rows)) {
        let mut say = |words: String, row: &Row, column: usize| {
            out.push(Piece::Words(words, Arc::clone(&row.file), row.span(column)));
        };
        match branch {
            Branch::Cell(column) => {
                let value = serde_json::Value::from(row.cell(*column));
                say(format!("{before}{key}:{value}"), row, *column);
            }
            Branch::Group(inner) => {
                say(format!("{before}{key}:{{"), row, first(inner));
                entries(inner, row, rows, out);
                out.push(Piece::Words("}".to_owned(), Arc::clone(&row.file), row.span(first(inner))));
            }
            Branch::List { fields, .. } => {
                say(format!("{before}{key}:["), row, first(fields));
                let mut between = "{";
                for element in rows.iter().filter(|row| fields.iter().any(|(_, b)| says(b, row, &[]))) {
                    let place = element.span(first(fields));
                    out.push(Piece::Words(between.to_owned(), Arc::clone(&element.file), place));
                    entries(fields, element, &[], out);
                    out.push(Piece::Words("}".to_owned(), Arc::clone(&element.file), place));
                    between = ",{";
                }
                out.push(Piece::Words("]".to_owned(), Arc::clone(&row.file), row.span(first(fields))));
            }
        }
        before = ",";
    }
}

/// Whether anything is said of a branch.
fn says(branch: &Branch, row: &Row, rows: &[Row]) -> bool {
    match branch {
        Branch::Cell(column) => !row.cell(*column).is_empty(),
        Branch::Group(inner) => inner.iter().any(|(_, branch)| says(branch, row, rows)),
        Branch::List { none, fields } => {
            none.is_some_and(|column| NONE.iter().any(|word| row.cell(column).eq_ignore_ascii_case(word)))
                || rows.iter().any(|row| fields.iter().any(|(_, branch)| says(branch, row, &[])))
        }
    }
}

/// What the column of a list says where it has no element.
const NONE: [&str; 4] = ["aucun", "aucune", "0", "néant"];

/// A column of a group.
fn first(branches: &[(String, Branch)]) -> usize {
    branches.first().map_or(0, |(_, branch)| match branch {
        Branch::Cell(column) => *column,
        Branch::Group(inner) | Branch::List { fields: inner, .. } => first(inner),
    })
}
