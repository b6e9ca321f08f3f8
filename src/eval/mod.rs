//! From a policy and a dossier to a decision.
//!
//! `world` says what is known of every slot; `interpreter` works out what is known of an expression,
//! `narrow` what is learnt by assuming a condition, `coherence` what the coherence rules teach or
//! refuse; `explain` records the steps. On these stand the trials, the readings and the decision.

pub mod admit;
mod alike;
mod because;
pub mod coherence;
pub mod decide;
mod engine;
mod formula;
mod group;
pub mod interpreter;
pub mod items;
mod missing;
mod notices;
pub mod places;
mod split;
mod to_meet;
mod trials;
pub mod world;

pub use admit::admit;
pub use coherence::{Contradiction, Learnt, learn};
pub use decide::{Request, decide};
pub use interpreter::Evaluator;
pub use items::{ItemKnown, StatusSet};
pub use places::{cuts, missing};
pub use world::{ListState, World};
