//! `conforme new`: files to fill in.

use conforme::dossier;

use super::args::NewDossier;
use super::{TO_CORRECT, catalogue, output, print};

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
