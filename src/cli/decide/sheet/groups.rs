//! Rows put together by dossier.

use std::collections::{HashMap, HashSet};

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::source::FileName;
use conforme::table::{Header, Row};

/// A row; or what keeps it, or the rest of the sheet, from being read.
pub type Found = Result<Row, (FileName, Vec<Diagnostic>)>;

/// The rows of one dossier.
pub struct Group {
    /// First those of the sheet of dossiers, then those of the sheets of lists.
    pub rows: Vec<Row>,
    /// How many stand in the sheet of dossiers.
    pub own: usize,
    /// Where it starts.
    pub name: FileName,
    /// What keeps it from being a dossier.
    pub wrong: Option<Vec<Diagnostic>>,
}

/// What stands in sheets of their own, by the dossiers' names.
#[derive(Debug, Default)]
pub struct Lists {
    /// The elements of each dossier.
    pub rows: HashMap<String, Vec<Row>>,
    /// Names that more than one dossier has.
    pub twice: HashSet<String>,
}

/// The dossiers of a sheet.
pub struct Groups<'h, I> {
    rows: I,
    name: FileName,
    header: &'h Header,
    lists: Lists,
    next: Option<Found>,
}

impl<'h, I: Iterator<Item = Found>> Groups<'h, I> {
    /// Those of rows.
    pub fn new(rows: I, name: FileName, header: &'h Header, lists: Lists) -> Self {
        Groups { rows, name, header, lists, next: None }
    }
}

impl<I: Iterator<Item = Found>> Iterator for Groups<'_, I> {
    type Item = Group;

    fn next(&mut self) -> Option<Group> {
        let next = self.next.take().or_else(|| self.rows.next())?;
        let first = match next {
            Ok(row) => row,
            Err((name, problems)) => {
                return Some(Group { rows: Vec::new(), own: 0, name, wrong: Some(problems) });
            }
        };
        let name = self.name.clone().from_line(first.line());
        let mut rows = vec![first];
        for next in self.rows.by_ref() {
            match next {
                // One more than a list may have is kept, for the dossier to be refused as a whole.
                Ok(row) if self.header.goes_on(&rows[0], &row) => {
                    if rows.len() <= limits::LIST_LENGTH {
                        rows.push(row);
                    }
                }
                other => {
                    self.next = Some(other);
                    break;
                }
            }
        }
        let own = rows.len();
        let called = self.header.called(&rows[0]).to_owned();
        let wrong = self.lists.twice.contains(&called).then(|| {
            let message =
                format!("deux dossiers s'appellent « {called} » : leurs listes ne se distinguent pas");
            let help = "leur donner des noms différents, ici et dans les feuilles des listes";
            vec![Diagnostic::error("dossiers-du-meme-nom", message).help(help)]
        });
        rows.extend(self.lists.rows.remove(&called).unwrap_or_default());
        Some(Group { rows, own, name, wrong })
    }
}
