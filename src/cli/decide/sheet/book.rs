//! A workbook: a sheet of dossiers, and one for each list whose elements do not stand with their dossiers.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::policy::List;
use conforme::source::{FileName, SourceFile, Span};
use conforme::table::workbook::{self, Tab};
use conforme::table::{Cell, Head, Page, Row, Style, Title};
use conforme::{render, text};

use super::groups::{Found, Lists};
use super::{Asked, Sheet, empty, files, policy};

/// How the sheet of the dossiers is called; else it is the first.
const DOSSIERS: &str = "dossiers";

/// The dossiers of a workbook, with what is said of their lists elsewhere.
pub fn read<'a>(path: &Path, asked: &'a Asked) -> Result<Sheet<'a>, Vec<Diagnostic>> {
    let bytes = asked.catalogue.dossier(path).map_err(|one| vec![one])?;
    let mut tabs = workbook::read(&bytes, &files::shown(path)).map_err(|one| vec![one])?;
    tabs.retain(|tab| !tab.rows.is_empty());
    let own = tabs.iter().position(|tab| text::fold(&tab.title) == DOSSIERS).unwrap_or(0);
    if tabs.is_empty() {
        return Err(empty(path));
    }
    let main = tabs.remove(own);
    let name = files::named(path);
    let mut titles = titles(&main, None);
    let rows: Vec<Row> = rows(&main, &name, 0);
    if rows.is_empty() {
        return Err(super::without_rows(path));
    }
    let policy = policy(&titles, rows.first(), path, asked)?;
    let called = titles.iter().position(|title| text::fold(&title.name) == "dossier");
    let names: Vec<&str> = rows.iter().map(|row| called.map_or("", |column| row.cell(column))).collect();
    let mut lists = Lists::default();
    let (mut wrong, mut more) = (Vec::new(), Vec::new());
    for tab in &tabs {
        let Some(list) = policy.lists.iter().find(|list| is_of(tab, list)) else {
            let message = format!("la feuille « {} » n'est d'aucune liste du texte", tab.title);
            let names = policy.lists.iter().flat_map(|list| [&*list.path, &*list.label]);
            wrong.push(match text::nearest(&tab.title, names) {
                Some(near) => Diagnostic::error("feuille-inconnue", message)
                    .help(format!("vouliez-vous dire « {near} » ?")),
                None => {
                    Diagnostic::warning("feuille-sans-liste", message).help("elle n'est ni lue ni rendue")
                }
            });
            continue;
        };
        let own = self::titles(tab, Some(text::tidy(&list.path)));
        let place = format!("{}, feuille « {} »", name.path(), tab.title);
        let place = FileName::new(format!("{}, feuille « {} »", name.name(), tab.title)).at(place);
        let Some(column) = own.iter().position(|title| text::fold(&title.name) == "dossier") else {
            let message =
                format!("la feuille « {} » ne dit pas de quel dossier est chaque élément", tab.title);
            let help = "y ajouter une colonne « dossier », remplie du nom du dossier";
            wrong.push(Diagnostic::error("dossier-absent", message).help(help));
            continue;
        };
        let shift = titles.len();
        for row in self::rows(tab, &place, shift) {
            let of = row.cell(shift + column).to_owned();
            if of.is_empty() || !names.contains(&of.as_str()) {
                wrong.push(nobody(&place, &row, &of, &names));
            }
            lists.rows.entry(of).or_default().push(row);
        }
        // Of whom an element is, the sheet knows; it is no answer.
        titles.extend(own.into_iter().enumerate().map(|(rank, title)| {
            if rank == column { Title { name: String::new(), ..title } } else { title }
        }));
        more.push(written(tab));
    }
    if !lists.rows.is_empty() {
        let mut once: HashSet<&str> = HashSet::new();
        lists.twice = names.iter().filter(|name| !once.insert(name)).map(|name| (*name).to_owned()).collect();
    }
    if wrong.iter().any(Diagnostic::is_error) {
        return Err(wrong);
    }
    crate::cli::output::problems(&wrong);
    let rows: Box<dyn Iterator<Item = Found> + Send> = Box::new(rows.into_iter().map(Ok));
    Ok(Sheet { policy, titles, rows, lists, separator: b';', older: Arc::default(), more })
}

/// Whether a sheet is of a list.
fn is_of(tab: &Tab, list: &List) -> bool {
    let own = text::fold(&tab.title);
    [&*list.path, &*list.label].iter().any(|name| text::fold(&render::workbook::tab(name)) == own)
}

/// The cells of the first row, up to the last that says something.
fn titles(tab: &Tab, list: Option<String>) -> Vec<Title> {
    let first = tab.rows.first().map_or(&[][..], |(_, cells)| cells);
    let title = |cell: &Cell| Title { name: cell.text(Style::French).into_owned(), list: list.clone() };
    first.iter().map(title).collect()
}

fn rows(tab: &Tab, name: &FileName, shift: usize) -> Vec<Row> {
    let row = |(line, cells): &(u32, Vec<Cell>)| Row::of(name.clone().from_line(*line), cells.clone(), shift);
    tab.rows.iter().skip(1).map(row).collect()
}

/// A sheet as it is written back.
fn written(tab: &Tab) -> Page {
    let heads = titles(tab, None).into_iter().map(|title| Head::plain(title.name)).collect();
    let rows = tab.rows.iter().skip(1).map(|(_, cells)| cells.clone()).collect();
    Page { title: tab.title.clone(), heads, rows }
}

/// An element that is of no dossier.
fn nobody(place: &FileName, row: &Row, of: &str, names: &[&str]) -> Diagnostic {
    let file = SourceFile::new(place.clone().from_line(row.line()), String::new());
    let (message, help) = if of.is_empty() {
        ("cet élément n'est d'aucun dossier".to_owned(), "remplir la colonne « dossier »".to_owned())
    } else {
        let message = format!("aucun dossier ne s'appelle « {of} »");
        let help = match text::nearest(of, names.iter().copied()) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => "écrire son nom comme dans la feuille des dossiers".to_owned(),
        };
        (message, help)
    };
    Diagnostic::error("element-sans-dossier", message).at(&file, Span::default(), "").help(help)
}
