//! The places of a world that are not fully known, and the values that cut their domains.

use super::World;
use crate::decision::MissingPlace;
use crate::policy::Policy;
use crate::value::Value;

/// The places that are not fully known, in the order of the dossier block, element after element;
/// those whose `si` is certainly not so are left out.
pub fn missing(policy: &Policy, world: &World) -> Vec<MissingPlace> {
    let _ = (policy, world);
    Vec::new()
}

/// The known values that a place is compared with anywhere, ascending.
pub fn cuts(policy: &Policy, world: &World, place: MissingPlace) -> Vec<Value> {
    let _ = (policy, world, place);
    Vec::new()
}
