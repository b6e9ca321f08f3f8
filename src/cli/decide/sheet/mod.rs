//! A sheet of dossiers, a row each, in CSV or in a workbook: answered by the same sheet, with what was decided in
//! further columns.

#[cfg(feature = "xlsx")]
mod book;
mod delimited;
mod groups;
mod out;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use conforme::decision::Decision;
use conforme::diagnostic::Diagnostic;
use conforme::dossier::{self, Dossier};
use conforme::policy::Policy;
use conforme::render::diagnostics;
use conforme::render::table::Columns;
use conforme::table::{Header, Page, Row, Style, Title};
use conforme::text;

use self::groups::{Found, Group, Groups, Lists};
use self::out::{Form, Layout, Part, Writer};
use super::batch::{self, Answer, Batch};
use super::{Asked, Refused, day};
use crate::cli::args::{Decide, DecisionFormat};
use crate::cli::output::Written;
use crate::cli::{TO_CORRECT, files, output, print};

/// How the names of workbooks end: those that are read, and those of which it is said that they are not.
const WORKBOOKS: [&str; 5] = ["xlsx", "xlsm", "ods", "xls", "xlsb"];

/// Whether a file is a sheet, by its name.
pub fn holds(path: &Path) -> bool {
    ends_in(path, "csv") || is_workbook(path)
}

fn is_workbook(path: &Path) -> bool {
    WORKBOOKS.iter().any(|ending| ends_in(path, ending))
}

fn ends_in(path: &Path, ending: &str) -> bool {
    path.extension().and_then(|own| own.to_str()).is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// Decides each dossier of a sheet; the highest code.
pub fn run(path: &Path, args: &Decide, asked: &Asked) -> u8 {
    match begin(path, args, asked) {
        Ok(code) => code,
        Err(problems) => {
            output::problems(&problems);
            print::err("\nAucun dossier n'a été décidé.\n");
            TO_CORRECT
        }
    }
}

/// A sheet as it was read.
struct Sheet<'a> {
    policy: &'a Policy,
    titles: Vec<Title>,
    rows: Box<dyn Iterator<Item = Found> + Send>,
    lists: Lists,
    /// What stands between the cells of the answer.
    separator: u8,
    /// Whether some row was no UTF-8, once all are read.
    older: Arc<AtomicBool>,
    /// The sheets of the lists, as they are written back.
    more: Vec<Page>,
}

fn begin(path: &Path, args: &Decide, asked: &Asked) -> Result<u8, Vec<Diagnostic>> {
    let form = Form::asked(args, path)?;
    let sheet = if is_workbook(path) { workbook(path, asked)? } else { delimited(path, asked)? };
    let Sheet { policy, titles, rows, lists, separator, older, more } = sheet;
    let style = if separator == b';' || form == Form::Workbook { Style::French } else { Style::Plain };
    let columns = Columns::new(policy, style);
    let (header, remarks) = Header::new(policy, &titles, columns.names())?;
    output::problems(&remarks);
    output::problems(replaced(&titles, &columns).as_slice());
    let layout = Layout::new(titles, columns, style, separator, form);
    let batch = Batch::new(asked, Written::asked(args, DecisionFormat::Json, false).explain);
    let dossiers = Groups::new(rows, files::named(path), &header, lists);
    let scattered = Arc::clone(&dossiers.scattered);
    let answer = |group: &Group| {
        let rows = group.rows.get(..group.own).unwrap_or_default();
        let write = |policy, dossier: &Dossier, decision: &Decision| match form {
            Form::Json => Part::Text(batch.json(policy, dossier, decision)),
            Form::Delimited | Form::Workbook => {
                layout.rows(rows, &layout.columns.decided(policy, dossier, decision))
            }
        };
        let decided = match &group.wrong {
            Some(problems) => Err(Refused::Request(problems.clone())),
            None => header
                .dossier(&group.rows)
                .map_err(Refused::Dossier)
                .and_then(|file| batch.decided(&file, write)),
        };
        decided.unwrap_or_else(|refused| {
            let (Refused::Dossier(found) | Refused::Request(found)) = refused;
            Answer::refused(match form {
                Form::Json => Part::Text(format!("{}\n", diagnostics::json_of(&group.name, &found))),
                // No row is there to tell it in.
                Form::Delimited | Form::Workbook if rows.is_empty() => {
                    output::problems(&found);
                    Part::Text(String::new())
                }
                Form::Delimited | Form::Workbook => {
                    layout.rows(rows, &layout.columns.refused(&header.told(&found)))
                }
            })
        })
    };
    let mut writer = Writer::begin(&layout, args.output.as_deref(), more)?;
    let code = batch::run(dossiers, answer, |parts| writer.take(parts));
    writer.end()?;
    if scattered.load(Ordering::Relaxed) {
        let message = "des dossiers n'ont pas toutes leurs lignes à la suite : ce qui est répondu de leurs premières lignes ne vaut pas pour le dossier entier";
        let help = "trier le tableau par « dossier », et le décider de nouveau";
        output::problems(&[Diagnostic::warning("dossiers-epars", message).help(help)]);
    }
    if older.load(Ordering::Relaxed) {
        let message = "ce tableau n'est pas en UTF-8 : il a été lu en windows-1252";
        let help = "l'enregistrer en « CSV UTF-8 » si des lettres accentuées manquent";
        output::problems(&[Diagnostic::warning("tableau-windows-1252", message).help(help)]);
    }
    Ok(code)
}

/// A sheet in CSV.
fn delimited<'a>(path: &Path, asked: &'a Asked) -> Result<Sheet<'a>, Vec<Diagnostic>> {
    let name = files::named(path);
    let input = asked.catalogue.dossiers(path).map_err(|one| vec![one])?;
    let mut rows = delimited::Rows::new(input, name.clone())
        .map_err(|error| vec![files::unreadable(name.path(), &error)])?;
    let (separator, older) = (rows.separator, Arc::clone(&rows.older));
    let head = rows.next().ok_or_else(|| empty(path))?.map_err(|(_, problems)| problems)?;
    if let Some(problem) = head.broken() {
        return Err(vec![problem]);
    }
    if head.cells().next().is_some_and(|cell| cell.starts_with("ÿþ") || cell.starts_with("þÿ")) {
        let message = format!("« {} » est en UTF-16 (« Texte Unicode » d'un tableur)", files::shown(path));
        return Err(vec![
            Diagnostic::error("tableau-utf-16", message).help("l'enregistrer en « CSV UTF-8 »"),
        ]);
    }
    let titles: Vec<Title> = head.cells().map(|name| Title { name: name.to_owned(), list: None }).collect();
    let sample = rows.next();
    if sample.is_none() {
        return Err(without_rows(path));
    }
    let policy = policy(&titles, sample.as_ref().and_then(|found| found.as_ref().ok()), path, asked)?;
    let rows = Box::new(sample.into_iter().chain(rows));
    Ok(Sheet { policy, titles, rows, lists: Lists::default(), separator, older, more: Vec::new() })
}

/// A workbook.
#[cfg(feature = "xlsx")]
fn workbook<'a>(path: &Path, asked: &'a Asked) -> Result<Sheet<'a>, Vec<Diagnostic>> {
    book::read(path, asked)
}

/// A workbook, which this make of the program does not read.
#[cfg(not(feature = "xlsx"))]
fn workbook<'a>(path: &Path, _: &'a Asked) -> Result<Sheet<'a>, Vec<Diagnostic>> {
    Err(vec![crate::cli::workbook::none(path)])
}

fn empty(path: &Path) -> Vec<Diagnostic> {
    let message = format!("« {} » est vide : attendu une ligne de titres", files::shown(path));
    vec![Diagnostic::error("tableau-vide", message)]
}

fn without_rows(path: &Path) -> Vec<Diagnostic> {
    let message =
        format!("« {} » n'a aucun dossier : aucune ligne ne suit celle des titres", files::shown(path));
    vec![Diagnostic::error("aucun-dossier", message)]
}

/// The columns of the answer that the sheet has already, but does not have all: they are not those of an earlier answer,
/// and what they say does not come back.
fn replaced(titles: &[Title], columns: &Columns) -> Option<Diagnostic> {
    let own = |name: &&String| titles.iter().any(|title| title.list.is_none() && title.name.trim() == **name);
    let taken: Vec<String> = columns.names().iter().filter(own).map(|name| format!("« {name} »")).collect();
    if taken.is_empty() || taken.len() == columns.names().len() {
        return None;
    }
    let message = match taken.as_slice() {
        [one] => format!("la colonne {one} du tableau n'est pas rendue : celle de la réponse porte ce nom"),
        several => format!(
            "les colonnes {} du tableau ne sont pas rendues : celles de la réponse portent ces noms",
            several.join(", ")
        ),
    };
    Some(Diagnostic::warning("colonne-remplacee", message).help("les nommer autrement, pour les retrouver"))
}

/// The policy of a sheet: that which its first row names.
fn policy<'a>(
    titles: &[Title],
    sample: Option<&Row>,
    path: &Path,
    asked: &'a Asked,
) -> Result<&'a Policy, Vec<Diagnostic>> {
    let column = |wanted: &str| titles.iter().position(|title| text::fold(&title.name) == wanted);
    let cell = |wanted: &str| sample.zip(column(wanted)).map(|(row, column)| row.cell(column).to_owned());
    let id = cell("dispositif").filter(|id| !id.is_empty());
    let Some(id) = id else {
        let ids = asked.catalogue.decided();
        let message = format!("« {} » ne dit pas de quel dispositif il relève", files::shown(path));
        let example = ids.first().copied().unwrap_or("ess");
        let how = match column("dispositif") {
            Some(_) => "remplir la colonne « dispositif » de la première ligne, par exemple de",
            None => "ajouter une colonne « dispositif », remplie de",
        };
        let help = format!("{how} « {example} » ; dispositifs connus : {}", ids.join(", "));
        return Err(vec![Diagnostic::error("dispositif-absent", message).help(help)]);
    };
    let own = cell("examiné le").and_then(|cell| dossier::written_date(&cell));
    let examined_on = match day(asked.on.or(own)) {
        Ok(day) => day,
        Err(Refused::Dossier(found) | Refused::Request(found)) => return Err(found),
    };
    let made = asked.catalogue.history(&id)?.at(examined_on, &asked.sight);
    let help = match (asked.on, own) {
        (Some(_), _) => "vérifier « --on » dans la commande",
        (None, Some(_)) => "vérifier la colonne « examiné le » de la première ligne",
        (None, None) => "remplir la colonne « examiné le », ou ajouter « --on » à la commande",
    };
    made.map_err(|found| found.into_iter().map(|one| one.help(help)).collect::<Vec<_>>())?.policy()
}
