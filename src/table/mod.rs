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
    /// The cell where a quotation mark opens that nothing closes: this one and those after it are as they may be.
    open: Option<usize>,
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
        Row { file: SourceFile::new(name, text), cells: spans, values: Vec::new(), open: None }
    }

    /// The same row, where a quotation mark that nothing closes opens in a cell.
    #[must_use]
    pub fn open_at(mut self, cell: usize) -> Row {
        self.open = Some(cell);
        self
    }

    /// What keeps the row from being read: a quotation mark that is not closed.
    pub fn broken(&self) -> Option<Diagnostic> {
        let why = "un guillemet droit y est ouvert et n'est pas fermé";
        let one = Diagnostic::error("ligne-brisee", why).at(&self.file, self.span(self.open?), "");
        Some(one.help("fermer ou retirer le guillemet droit"))
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
        let cell = self.name.map_or("", |column| row.cell(column));
        // Of a row that a quotation mark breaks, it is no part of the name.
        if row.open.is_some() { cell.trim_start_matches('"').trim() } else { cell }
    }

    /// Whether rows that follow one another are put together by the dossier's name.
    pub fn gathers(&self) -> bool {
        self.has_lists && self.name.is_some()
    }

    /// Whether a row goes on with the dossier of another.
    pub fn goes_on(&self, first: &Row, row: &Row) -> bool {
        let (name, own) = (self.called(row), self.called(first));
        self.gathers() && !own.is_empty() && (name.is_empty() || name == own)
    }

    /// The dossier that rows give.
    ///
    /// # Errors
    ///
    /// A row is broken, has more cells than there are columns, or says something else of a fact than the first; or the
    /// column of a list says something else than that it has no element, or says so of one that has some.
    pub fn dossier(&self, rows: &[Row]) -> Result<Arc<SourceFile>, Vec<Diagnostic>> {
        let Some(first) = rows.first() else { return Err(Vec::new()) };
        let mut wrong: Vec<Diagnostic> = rows.iter().filter_map(Row::broken).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
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
        self.of_lists(&self.branches, rows, &mut wrong);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut pieces = vec![Piece::Words("{".to_owned(), Arc::clone(&first.file), first.span(0))];
        entries(&self.branches, first, rows, &mut pieces);
        pieces.push(Piece::Words("}".to_owned(), Arc::clone(&first.file), first.span(0)));
        Ok(SourceFile::composed(first.file.called(), pieces))
    }

    /// What the columns of the lists themselves say, which is nothing but that there is no element.
    fn of_lists(&self, branches: &[(String, Branch)], rows: &[Row], wrong: &mut Vec<Diagnostic>) {
        for (_, branch) in branches {
            let (column, fields) = match branch {
                Branch::Group(inner) => {
                    self.of_lists(inner, rows, wrong);
                    continue;
                }
                Branch::List { none: Some(column), fields } => (*column, fields),
                Branch::Cell(_) | Branch::List { none: None, .. } => continue,
            };
            let name = &self.columns[column].name;
            let element = rows.iter().find(|row| fields.iter().any(|(_, branch)| says(branch, row, &[])));
            for row in rows.iter().filter(|row| !row.cell(column).is_empty()) {
                let cell = row.cell(column);
                if !says_none(cell) {
                    let message = format!("« {name} » : attendu « aucun » ; lu « {cell} »");
                    let help =
                        "laisser la cellule vide, et donner chaque élément dans les colonnes de la liste";
                    wrong.push(
                        Diagnostic::error("reponse-inattendue", message)
                            .at(&row.file, row.span(column), "")
                            .help(help),
                    );
                } else if let Some(element) = element {
                    let message = format!("« {name} » dit qu'il n'y en a aucun, et un élément est donné");
                    let place = fields.iter().find(|(_, branch)| says(branch, element, &[]));
                    let place = place.map_or(0, |field| first(std::slice::from_ref(field)));
                    wrong.push(
                        Diagnostic::error("reponses-contraires", message)
                            .at(&row.file, row.span(column), "ici d'abord")
                            .at(&element.file, element.span(place), "puis ici")
                            .help("vider cette cellule, ou retirer les éléments"),
                    );
                }
            }
        }
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
            none.is_some_and(|column| rows.iter().any(|row| says_none(row.cell(column))))
                || rows.iter().any(|row| fields.iter().any(|(_, branch)| says(branch, row, &[])))
        }
    }
}

/// What the column of a list says where it has no element.
const NONE: [&str; 4] = ["aucun", "aucune", "0", "néant"];

fn says_none(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    NONE.iter().any(|word| cell == *word)
}

/// A column of a group.
fn first(branches: &[(String, Branch)]) -> usize {
    branches.first().map_or(0, |(_, branch)| match branch {
        Branch::Cell(column) => *column,
        Branch::Group(inner) | Branch::List { fields: inner, .. } => first(inner),
    })
}
