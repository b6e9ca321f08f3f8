//! A file that is opened in a form: a dossier, or the first one of a sheet.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::answers::Request;
use super::fields::{self, Fields};
use super::filled::any_version;
use super::shelf::Shelf;
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::history::{History, Sight};
use crate::policy::Policy;
use crate::source::{FileName, SourceFile};
use crate::table::{Header, Row, Title};
use crate::text;
use crate::time::Date;

/// What a file says, as a form has it.
pub(super) struct Opened {
    pub(super) policy: String,
    pub(super) fields: Fields,
    /// What of it a form does not take.
    pub(super) remarks: Vec<String>,
}

/// Opens a file.
pub(super) fn open(shelf: &Shelf, request: &Request, today: Option<Date>) -> Result<Opened, Vec<Diagnostic>> {
    let bytes = match request.base64.is_empty() {
        true => request.text.clone().into_bytes(),
        false => STANDARD.decode(request.base64.trim()).map_err(|_| {
            vec![Diagnostic::error("fichier-illisible", "le fichier n'a pas été transmis en entier")]
        })?,
    };
    let name = if request.name.is_empty() { "dossier" } else { request.name.as_str() };
    let ending = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let mut remarks = Vec::new();
    let (id, file) = match ending.as_str() {
        "csv" => sheet(shelf, &rows(&bytes, name), request, today, &mut remarks)?,
        "xlsx" | "xlsm" | "xls" | "ods" => {
            let message = format!("« {name} » est un classeur, que cette page n'ouvre pas");
            let help = "l'enregistrer au format CSV, et ouvrir ce fichier-là";
            return Err(vec![Diagnostic::error("classeur-non-lu", message).help(help)]);
        }
        _ => {
            let file = dossier::file(&bytes, name)?;
            (dossier::identify(&file)?.unwrap_or_else(|| request.policy.clone()), file)
        }
    };
    let history = shelf.history(&id)?;
    let policy = version(history, dossier::examined_on(&file).or(today))?;
    let said = dossier::said(policy, &file)?;
    let most =
        said.iter().filter(|(path, _)| policy.lists.iter().any(|list| text::tidy(&list.path) == *path));
    for (path, count) in most {
        if count.parse().is_ok_and(|count: usize| count > fields::ELEMENTS) {
            let message = format!(
                "« {path} » a {count} éléments : un formulaire en montre {} au plus",
                fields::ELEMENTS
            );
            let help = "décider ce dossier comme un fichier";
            return Err(vec![Diagnostic::error("liste-trop-longue", message).help(help)]);
        }
    }
    let fields = Fields::new(said);
    remarks.extend(untaken(policy, &file, &fields));
    Ok(Opened { policy: id, fields, remarks })
}

/// What is to be corrected in a file and is in no field of the form.
fn untaken(policy: &Policy, file: &Arc<SourceFile>, fields: &Fields) -> Vec<String> {
    let reader = dossier::Reader::new(policy);
    let Err(found) = reader.read_file(file) else { return Vec::new() };
    let taken = reader.read_file(&fields.dossier(policy, &Default::default())).err().unwrap_or_default();
    let told = |one: &&Diagnostic| taken.iter().all(|other| other.message != one.message);
    found.iter().filter(told).map(|one| format!("Non repris du fichier : {}.", one.message)).collect()
}

fn version(history: &History, day: Option<Date>) -> Result<&Policy, Vec<Diagnostic>> {
    let on = day.map(|day| history.at(day, &Sight::default()).and_then(|made| made.policy()));
    match on {
        Some(Ok(policy)) => Ok(policy),
        Some(Err(problems)) => any_version(history).ok_or(problems),
        None => any_version(history).ok_or_else(Vec::new),
    }
}

/// The cells of a sheet in CSV.
fn rows(bytes: &[u8], name: &str) -> Vec<Row> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // What is no UTF-8 was written by a spreadsheet of before.
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
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
                found.push(Row::new(FileName::new(name).from_line(from), &cells, char::from(separator)));
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

/// The first dossier of a sheet.
fn sheet(
    shelf: &Shelf,
    rows: &[Row],
    request: &Request,
    today: Option<Date>,
    remarks: &mut Vec<String>,
) -> Result<(String, Arc<SourceFile>), Vec<Diagnostic>> {
    let empty = || {
        vec![Diagnostic::error(
            "tableau-vide",
            "ce tableau n'a aucun dossier : attendu une ligne de titres, puis une ligne par dossier",
        )]
    };
    let ([head, first, rest @ ..], true) = (rows, rows.len() > 1) else { return Err(empty()) };
    let titles: Vec<Title> = head.cells().map(|name| Title { name: name.to_owned(), list: None }).collect();
    let column = |name: &str| {
        let rank = titles.iter().position(|title| text::fold(&title.name) == name)?;
        Some(first.cell(rank)).filter(|cell| !cell.is_empty())
    };
    let id = column("dispositif").map_or_else(|| request.policy.clone(), text::tidy);
    let day = column("examiné le").and_then(dossier::written_date).or(today);
    let policy = version(shelf.history(&id)?, day)?;
    let (header, found) = Header::new(policy, &titles, &[])?;
    remarks.extend(found.iter().map(|one| format!("Non repris du fichier : {}.", one.message)));
    let mut own = vec![first.clone()];
    own.extend(rest.iter().take_while(|row| header.goes_on(first, row)).cloned());
    if own.len() <= rest.len() {
        remarks.push("Ce tableau tient plusieurs dossiers : le premier est ouvert.".to_owned());
    }
    Ok((id, header.dossier(&own)?))
}
