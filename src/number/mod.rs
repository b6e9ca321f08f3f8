//! Exact numbers.
//!
//! Architecture invariant: no binary float anywhere between a dossier and its decision.

mod ratio;
pub mod round;
pub mod share;
mod small;
mod sum;

pub use ratio::Ratio;
pub use small::Small;
pub use sum::Sum;
