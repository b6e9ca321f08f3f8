//! What intervals leave open is tried.
//!
//! `explore` supposes values for the missing facts, one part of their domains after another (`split`,
//! `alike`); `formula` says which conditions an item's status follows from, `group` puts together those
//! that share missing facts and combines what each group gives, `affecting` and `hidden` say which
//! missing places change it; `resolved` is what comes of it all. `range` does for an amount or a time
//! limit what `explore` does for a status; `tried` keeps what its parts came to.

pub(super) mod affecting;
mod alike;
mod bits;
pub(super) mod explore;
pub(super) mod formula;
pub(super) mod group;
mod hidden;
pub(super) mod openers;
pub mod places;
pub(super) mod range;
pub(super) mod reaches;
pub(super) mod resolved;
mod split;
pub(super) mod tried;
