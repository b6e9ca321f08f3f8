//! From a dossier to its decision.
//!
//! `admit` refuses what cannot be examined, `together` what no completion makes coherent; `engine` works out statuses under combinations of readings;
//! `assembly` puts the decision together, with why (`because`), what is missing (`missing`, `answers`, `in_turn`), what would meet a
//! condition (`to_meet`) and what to know beside it (`notices`). [`decider`] takes the shorter ways
//! where nothing is open (`settled`) or no reason is asked (`briefly`).

pub mod admit;
mod answers;
pub(super) mod arises;
pub(super) mod assembly;
mod because;
mod briefly;
mod calculated;
pub mod decider;
pub(super) mod engine;
mod in_turn;
mod missing;
mod near;
mod notices;
pub(super) mod overall;
pub(super) mod refusal;
mod settled;
mod to_meet;
mod together;
mod unasked;

pub use assembly::Request;
