//! What is known of an expression and of an item, worked out from what is known of the slots.
//!
//! [`interpreter`] reads expressions (`conditions`, `arithmetic`, `cases`, `aggregates`, `covered`, `rank`) and
//! `parts` items, `difference` compares what rests on the same thing; `context` says what holds where
//! they are read, `narrow` and `invert` what is learnt by assuming a condition, [`coherence`] what the
//! coherence rules teach or refuse; `reads` notes which missing places were read, and `trace` the steps.

mod aggregates;
mod arithmetic;
pub(super) mod cases;
pub mod coherence;
mod conditions;
pub(super) mod context;
mod covered;
mod difference;
pub mod interpreter;
pub(super) mod invert;
pub mod items;
pub(super) mod narrow;
mod parts;
pub(in crate::eval) mod rank;
mod reads;
mod share;
mod trace;
