//! A file that is opened in a form: a dossier, or the first one of a sheet.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::answers::Request;
use super::fields::{self, Fields};
use super::filled::any_version;
use super::sheets::{Asked, Sheet};
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::history::{History, Sight};
use crate::policy::Policy;
use crate::shelf::Shelf;
use crate::source::SourceFile;
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
    let asked = Asked { shelf, policy: &request.policy, today };
    let (id, file) = match ending.as_str() {
        "csv" | "xlsx" | "xlsm" | "xls" | "ods" => {
            let sheet = match ending.as_str() {
                "csv" => Sheet::delimited(&bytes, name),
                _ => Sheet::workbook(&bytes, name).map_err(|problem| vec![problem])?,
            };
            sheet.first(&asked, &mut remarks)?
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

pub(super) fn version(history: &History, day: Option<Date>) -> Result<&Policy, Vec<Diagnostic>> {
    let on = day.map(|day| history.at(day, &Sight::default()).and_then(|made| made.policy()));
    match on {
        Some(Ok(policy)) => Ok(policy),
        Some(Err(problems)) => any_version(history).ok_or(problems),
        None => any_version(history).ok_or_else(Vec::new),
    }
}
