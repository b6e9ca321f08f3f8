//! Drawings of what was checked and decided: the versions of a text in time, a scale, where a dossier stands.
//!
//! Architecture invariant: a drawing says nothing that its words do not, and no colour says anything alone: a sign or a
//! label stands beside it. It has no size of its own; all of it is read at the width of a small screen.

mod drawing;
mod scale;
mod thresholds;
mod timeline;

#[cfg(test)]
mod tests;

pub(crate) use scale::scale;
pub(crate) use thresholds::thresholds;
pub(crate) use timeline::timeline;
