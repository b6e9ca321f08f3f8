//! The bounds of a policy: where its comparisons turn, on which side a dossier stands, and which sides
//! are possible at all.

pub mod cuts;
pub(crate) mod possible;
pub mod sides;
