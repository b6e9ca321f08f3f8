//! `conforme schema`: the JSON Schema of the dossiers of a policy.

use conforme::dossier;

use super::args::Schema;
use super::{TO_CORRECT, catalogue, output, print};

/// Prints the schema.
pub fn run(args: &Schema) -> u8 {
    match catalogue::with_policy(&args.policy, &args.place.policies, |policy| {
        print::out(&format!("{:#}\n", dossier::schema(policy)));
    }) {
        Ok(()) => 0,
        Err(problems) => {
            output::problems(&problems);
            TO_CORRECT
        }
    }
}
