//! `conforme new`: files to fill in.

use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::{dossier, table};

use super::args::{NewDossier, NewTable};
use super::{TO_CORRECT, catalogue, files, output, print, workbook};

/// Prints an empty dossier, its questions as comments.
pub fn dossier(args: &NewDossier) -> u8 {
    match catalogue::with_policy(&args.policy, &args.place.policies, |policy| {
        print::out(&dossier::template(policy));
    }) {
        Ok(()) => 0,
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

/// Writes a sheet to fill in, a dossier a row: a workbook, or the titles alone.
pub fn table(args: &NewTable) -> u8 {
    if let Some(problem) = args.output.as_deref().and_then(misplaced) {
        output::problems(&[problem]);
        return TO_CORRECT;
    }
    let made = catalogue::with_policy(&args.policy, &args.place.policies, |policy| {
        if let Some(path) = args.output.as_deref() {
            return workbook::write(path, &table::form(policy));
        }
        print::out(&table::titles(policy));
        Ok(())
    });
    match made.and_then(|written| written) {
        Ok(()) => 0,
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}

/// What keeps a sheet to fill in from being written to a file of this name: one that is filled in may be there.
fn misplaced(path: &Path) -> Option<Diagnostic> {
    let shown = files::shown(path);
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        let message = format!("« --output » écrit un classeur ; « {shown} » n'en porte pas le nom");
        let help = "finir le nom par « .xlsx » ; pour les titres seuls, en CSV, écrire « > FICHIER » à la fin de la commande";
        return Some(Diagnostic::error("classeur-attendu", message).help(help));
    }
    path.exists().then(|| {
        let message = format!("« {shown} » existe déjà : il n'est pas remplacé");
        Diagnostic::error("fichier-existant", message)
            .help("donner un autre nom, ou retirer d'abord ce fichier")
    })
}
