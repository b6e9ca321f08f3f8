//! Exact numbers.
//!
//! Architecture invariant: no binary float anywhere between a dossier and its decision.

mod ratio;
pub mod round;

pub use ratio::Ratio;
