//! Rows put together by dossier.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use conforme::diagnostic::Diagnostic;
use conforme::limits;
use conforme::source::FileName;
use conforme::table::{Header, Row};
use conforme::text;

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
    /// The names of the dossiers so far, each by its hash: a number, however many rows there are.
    seen: HashSet<u64>,
    /// Whether some name stood above already.
    pub scattered: Arc<AtomicBool>,
}

impl<'h, I: Iterator<Item = Found>> Groups<'h, I> {
    /// Those of rows.
    pub fn new(rows: I, name: FileName, header: &'h Header, lists: Lists) -> Self {
        Groups { rows, name, header, lists, next: None, seen: HashSet::new(), scattered: Arc::default() }
    }

    /// What is wrong with a dossier whose name stood above already, other rows between: where rows are put together by
    /// their names, these may be the rest of that one.
    fn again(&mut self, called: &str) -> Option<Diagnostic> {
        if called.is_empty() || !self.header.gathers() {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        text::fold(called).hash(&mut hasher);
        if self.seen.insert(hasher.finish()) {
            return None;
        }
        self.scattered.store(true, Ordering::Relaxed);
        let message = format!(
            "« {called} » a déjà des lignes plus haut : ses lignes ne se suivent pas, et il n'est pas décidé tout entier"
        );
        let help = "trier le tableau par « dossier », et écrire partout le nom de même ; ou, si ce sont deux dossiers, leur \
                    donner deux noms";
        Some(Diagnostic::error("dossier-epars", message).help(help))
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
        let mut wrong = Vec::new();
        for next in self.rows.by_ref() {
            match next {
                // One more than a list may have is kept, for the dossier to be refused as a whole.
                Ok(row) if self.header.goes_on(&rows[0], &row) => {
                    if rows.len() <= limits::LIST_LENGTH {
                        rows.push(row);
                    }
                }
                other => {
                    if let Err((_, problems)) = &other
                        && self.header.gathers()
                    {
                        // The row that is lost may be one more of this dossier.
                        wrong.extend(problems.iter().cloned());
                    }
                    self.next = Some(other);
                    break;
                }
            }
        }
        let own = rows.len();
        let called = self.header.called(&rows[0]).to_owned();
        if self.lists.twice.contains(&called) {
            let message =
                format!("deux dossiers s'appellent « {called} » : leurs listes ne se distinguent pas");
            let help = "leur donner des noms différents, ici et dans les feuilles des listes";
            wrong.push(Diagnostic::error("dossiers-du-meme-nom", message).help(help));
        } else {
            wrong.extend(self.again(&called));
        }
        rows.extend(self.lists.rows.remove(&called).unwrap_or_default());
        Some(Group { rows, own, name, wrong: Some(wrong).filter(|wrong| !wrong.is_empty()) })
    }
}
