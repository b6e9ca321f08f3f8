//! From a policy and a dossier to a decision.
//!
//! `world` says what is known of every slot; `interpreter` works out what is known of an expression
//! (`conditions`, `arithmetic`, `cases`, `aggregates`, `rank`) and of an item (`parts`), `context` what
//! holds where it is read, `narrow` and `invert` what is learnt by assuming a condition, `coherence`
//! what the coherence rules teach or refuse; `trace` records the steps. On these stand the trials, the readings and the decision.

pub mod admit;
mod affecting;
mod aggregates;
mod alike;
mod arithmetic;
mod because;
mod bits;
mod briefly;
mod cases;
pub mod coherence;
mod conditions;
mod context;
mod cuts;
pub mod decide;
mod decider;
mod engine;
mod formula;
mod group;
mod hidden;
pub mod interpreter;
mod invert;
pub mod items;
mod missing;
mod narrow;
mod notices;
mod openers;
mod parts;
mod place_set;
pub mod places;
pub mod plain;
pub(crate) mod possible;
mod rank;
mod reaches;
mod reads;
mod refusal;
pub mod rows;
mod settled;
pub mod sides;
mod split;
mod to_meet;
mod together;
mod trace;
mod trials;
pub mod world;

pub use admit::admit;
pub use coherence::{Contradiction, Learnt, Rule, learn};
pub use cuts::{cuts, turns};
pub use decide::Request;
pub use decider::{Decider, decide};
pub use interpreter::Evaluator;
pub use items::{ItemKnown, StatusSet};
pub use place_set::PlaceSet;
pub use places::missing;
pub use rows::Rows;
pub use world::{ListState, World};
