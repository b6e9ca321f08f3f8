//! Workbooks that are written.

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::table::Page;

use super::files;

/// Writes a workbook.
#[cfg(feature = "xlsx")]
pub fn write(path: &Path, pages: &[Page]) -> Result<(), Vec<Diagnostic>> {
    let bytes = conforme::render::workbook::written(pages).map_err(|_| {
        let message = format!("« {} » : ce tableau ne tient pas dans un classeur", files::shown(path));
        let help = "l'écrire en CSV : finir le nom par « .csv »";
        vec![Diagnostic::error("classeur-trop-grand", message).help(help)]
    })?;
    files::write(path, bytes).map_err(|one| vec![one])
}

/// Writes a workbook, which this make of the program does not.
#[cfg(not(feature = "xlsx"))]
pub fn write(path: &Path, _: &[Page]) -> Result<(), Vec<Diagnostic>> {
    Err(vec![none(path)])
}

/// What is said of a workbook by a make of the program that knows none.
#[cfg(not(feature = "xlsx"))]
pub fn none(path: &Path) -> Diagnostic {
    let message =
        format!("« {} » : cette version du programme ne connaît pas les classeurs", files::shown(path));
    Diagnostic::error("classeur-inconnu", message).help("l'enregistrer en CSV")
}
