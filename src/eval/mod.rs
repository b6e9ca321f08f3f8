//! From a policy and a dossier to a decision.
//!
//! Each folder rests on those before it:
//!
//! - `effort`: how much was worked out, in steps;
//! - [`world`]: what is known of every slot, the rows of its lists, the places that are missing;
//! - [`interpret`]: what is known of an expression and of an item in a world, in intervals;
//! - [`bounds`]: the bounds of a policy, the values at which its comparisons turn;
//! - [`trials`]: what intervals leave open is tried, one part of the missing facts after another;
//! - [`plain`]: the common case, where everything that is read is known;
//! - [`decide`](mod@decide): a dossier admitted or refused, its statuses, amounts and dates under every reading, and why.

pub mod bounds;
pub mod decide;
mod effort;
pub mod interpret;
pub mod plain;
pub mod trials;
pub mod world;

pub use bounds::cuts::{cuts, turns};
pub use decide::Request;
pub use decide::admit::admit;
pub use decide::arises::not_asked;
pub use decide::decider::{Decider, decide};
pub use effort::{Budget, is_ended, until};
pub use interpret::coherence::{Contradiction, Learnt, Rule, learn};
pub use interpret::interpreter::Evaluator;
pub use interpret::items::{ItemKnown, StatusSet};
pub use trials::places::missing;
pub use world::place_set::PlaceSet;
pub use world::rows::Rows;
pub use world::{ListState, World};
