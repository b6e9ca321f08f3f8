//! Whether a dossier may be examined at all.

use super::World;
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::time::Date;

/// What a dossier says, as a world; or all that must be corrected in it.
pub fn admit(policy: &Policy, dossier: &Dossier, examined_on: Date) -> Result<World, Vec<Diagnostic>> {
    Ok(World::of(policy, dossier, examined_on))
}
