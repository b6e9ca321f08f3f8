//! `conforme new`: files to fill in.

use conforme::{dossier, table};

use super::args::{NewDossier, NewTable};
use super::{TO_CORRECT, catalogue, output, print, workbook};

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
    let made = catalogue::with_policy(&args.policy, &args.place.policies, |policy| {
        let pages = table::form(policy);
        if let Some(path) = args.output.as_deref() {
            return workbook::write(path, &pages);
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
