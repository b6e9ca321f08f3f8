//! The first dossier of a sheet, in CSV or in a workbook.

use std::sync::Arc;

use super::opened::version;
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::policy::Policy;
use crate::shelf::Shelf;
use crate::source::{FileName, SourceFile};
use crate::table::{Header, Row, Title, western};
use crate::text;
use crate::time::Date;

/// What opens a sheet.
pub(super) struct Asked<'s> {
    pub(super) shelf: &'s Shelf,
    /// The policy, where the sheet does not say it.
    pub(super) policy: &'s str,
    pub(super) today: Option<Date>,
}

/// A sheet of dossiers.
pub(super) struct Sheet {
    titles: Vec<Title>,
    rows: Vec<Row>,
    #[cfg(feature = "xlsx")]
    lists: Vec<crate::table::workbook::Tab>,
    #[cfg(feature = "xlsx")]
    name: FileName,
}

impl Sheet {
    pub(super) fn delimited(bytes: &[u8], name: &str) -> Sheet {
        let mut rows = rows(bytes, name);
        let head = (!rows.is_empty()).then(|| rows.remove(0));
        let titles = head.iter().flat_map(Row::cells);
        Sheet {
            titles: titles.map(|name| Title { name: name.to_owned(), list: None }).collect(),
            rows,
            #[cfg(feature = "xlsx")]
            lists: Vec::new(),
            #[cfg(feature = "xlsx")]
            name: name.into(),
        }
    }

    #[cfg(not(feature = "xlsx"))]
    pub(super) fn workbook(_: &[u8], name: &str) -> Result<Sheet, Diagnostic> {
        let message = format!("« {name} » est un classeur, que cette page n'ouvre pas");
        let help = "l'enregistrer au format CSV, et ouvrir ce fichier-là";
        Err(Diagnostic::error("classeur-non-lu", message).help(help))
    }

    /// The first dossier, with the identifier of its policy.
    pub(super) fn first(
        mut self,
        asked: &Asked<'_>,
        remarks: &mut Vec<String>,
    ) -> Result<(String, Arc<SourceFile>), Vec<Diagnostic>> {
        let Some(first) = self.rows.first().cloned() else {
            let message = "attendu une ligne de titres, puis une ligne par dossier ; lu aucun dossier";
            return Err(vec![Diagnostic::error("tableau-vide", message)]);
        };
        let column = |name: &str| {
            let rank = self.titles.iter().position(|title| text::fold(&title.name) == name)?;
            Some(first.cell(rank)).filter(|cell| !cell.is_empty())
        };
        let id = column("dispositif").map_or_else(|| asked.policy.to_owned(), text::tidy);
        let day = column("examiné le").and_then(dossier::written_date).or(asked.today);
        let called = column("dossier").unwrap_or("").to_owned();
        let policy = version(asked.shelf.history(&id)?, day)?;
        let elements = self.elements(policy, &called, remarks);
        let (header, found) = Header::new(policy, &self.titles, &[])?;
        remarks.extend(found.iter().map(|one| format!("Non repris du fichier : {}.", one.message)));
        let rest = self.rows.get(1..).unwrap_or_default();
        let mut own = vec![first.clone()];
        own.extend(rest.iter().take_while(|row| header.goes_on(&first, row)).cloned());
        if own.len() <= rest.len() {
            remarks.push("Ce tableau tient plusieurs dossiers : le premier est ouvert.".to_owned());
        }
        let same = |row: &Row| header.called(row) == header.called(&first) && !header.called(row).is_empty();
        if header.gathers() && rest.iter().skip(own.len() - 1).any(same) {
            let remark = "D'autres lignes portent plus bas le même nom : elles ne sont pas reprises.";
            remarks.push(remark.to_owned());
        }
        own.extend(elements);
        Ok((id, header.dossier(&own)?))
    }

    #[cfg(not(feature = "xlsx"))]
    fn elements(&mut self, _: &Policy, _: &str, _: &mut Vec<String>) -> Vec<Row> {
        Vec::new()
    }

    /// The elements of a dossier that stand in sheets of their own, whose columns come after the others.
    #[cfg(feature = "xlsx")]
    fn elements(&mut self, policy: &Policy, called: &str, remarks: &mut Vec<String>) -> Vec<Row> {
        let mut all = Vec::new();
        for tab in std::mem::take(&mut self.lists) {
            let title = text::fold(&tab.title);
            let is_of = |name: &str| text::fold(&crate::render::workbook::tab(name)) == title;
            let list = policy.lists.iter().find(|list| is_of(&list.path) || is_of(&list.label));
            let titles = list.map_or_else(Vec::new, |list| book::titles(&tab, Some(text::tidy(&list.path))));
            let column = titles.iter().position(|title| text::fold(&title.name) == "dossier");
            let Some(column) = column else {
                remarks.push(format!("Non repris du fichier : la feuille « {} ».", tab.title));
                continue;
            };
            let shift = self.titles.len();
            let rows = book::rows(&tab, &self.name, shift);
            all.extend(rows.into_iter().filter(|row| row.cell(shift + column) == called));
            // Of whom an element is, the sheet knows; it is no answer.
            self.titles.extend(titles.into_iter().enumerate().map(|(rank, title)| {
                if rank == column { Title { name: String::new(), ..title } } else { title }
            }));
        }
        all
    }
}

#[cfg(feature = "xlsx")]
mod book {
    use super::Sheet;
    use crate::diagnostic::Diagnostic;
    use crate::source::FileName;
    use crate::table::workbook::{self, Tab};
    use crate::table::{Cell, Row, Style, Title};
    use crate::text;

    impl Sheet {
        pub(in super::super) fn workbook(bytes: &[u8], name: &str) -> Result<Sheet, Diagnostic> {
            let mut tabs = workbook::read(bytes, name)?;
            tabs.retain(|tab| !tab.rows.is_empty());
            let own = tabs.iter().position(|tab| text::fold(&tab.title) == "dossiers").unwrap_or(0);
            let name = FileName::new(name);
            let main = (!tabs.is_empty()).then(|| tabs.remove(own));
            Ok(Sheet {
                titles: main.as_ref().map_or_else(Vec::new, |main| titles(main, None)),
                rows: main.as_ref().map_or_else(Vec::new, |main| rows(main, &name, 0)),
                lists: tabs,
                name,
            })
        }
    }

    /// The cells of the first row.
    pub(super) fn titles(tab: &Tab, list: Option<String>) -> Vec<Title> {
        let first = tab.rows.first().map_or(&[][..], |(_, cells)| cells);
        let title = |cell: &Cell| Title { name: cell.text(Style::French).into_owned(), list: list.clone() };
        first.iter().map(title).collect()
    }

    /// The rows after the first.
    pub(super) fn rows(tab: &Tab, name: &FileName, shift: usize) -> Vec<Row> {
        let row =
            |(line, cells): &(u32, Vec<Cell>)| Row::of(name.clone().from_line(*line), cells.clone(), shift);
        tab.rows.iter().skip(1).map(row).collect()
    }
}

/// The rows of a sheet in CSV that say something.
fn rows(bytes: &[u8], name: &str) -> Vec<Row> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // What is no UTF-8 was written by a spreadsheet of before.
        Err(_) => western(bytes),
    };
    let text = format!("{}\n", text.strip_prefix('\u{feff}').unwrap_or(&text));
    let first = text.lines().next().unwrap_or("");
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b'\t', b';'].into_iter().max_by_key(count).unwrap_or(b';');
    let mut split = csv_core::ReaderBuilder::new().delimiter(separator).build();
    let (mut found, mut own) = (Vec::new(), Vec::new());
    let (mut input, mut line, mut from) = (text.as_bytes(), 1u32, 1u32);
    let mut cell = vec![0u8; input.len()];
    loop {
        let (result, read, written) = split.read_field(input, &mut cell);
        let ends = input.iter().take(read).filter(|byte| **byte == b'\n').count();
        line = line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        input = input.get(read..).unwrap_or_default();
        let ended = match result {
            csv_core::ReadFieldResult::Field { record_end } => record_end,
            // Quotation marks that nothing closes.
            csv_core::ReadFieldResult::InputEmpty => true,
            csv_core::ReadFieldResult::OutputFull | csv_core::ReadFieldResult::End => break,
        };
        own.push(String::from_utf8_lossy(cell.get(..written).unwrap_or_default()).into_owned());
        if ended {
            if own.iter().any(|cell| !cell.trim().is_empty()) {
                let cells: Vec<&str> = own.iter().map(String::as_str).collect();
                let row = Row::new(FileName::new(name).from_line(from), &cells, char::from(separator));
                // Each line ends: what ends with the file is within quotation marks that nothing closes.
                let open = matches!(result, csv_core::ReadFieldResult::InputEmpty);
                found.push(if open { row.open_at(cells.len().saturating_sub(1)) } else { row });
            }
            own.clear();
            from = line;
        }
        if input.is_empty() {
            break;
        }
    }
    found
}
