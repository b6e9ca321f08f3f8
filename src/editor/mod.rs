//! What an editor asks of texts while they are written: what stands at a place, where a name is declared and read, what may
//! be written here, what would change. Pure functions on the tree and the checked policy, for every door; edits are values.
//!
//! A text that is being written is broken most of the time. What reads is known whatever else is wrong: names are taken
//! from the checker's own run ([`crate::check::seen`]), which goes on after each mistake.

pub mod actions;
pub mod cases;
pub mod colours;
pub mod complete;
pub mod constructs;
mod desk;
mod edits;
pub mod hover;
pub mod lenses;
mod lines;
mod names;
pub mod outline;
pub mod rename;
pub mod sheet;
mod values;

pub use desk::Desk;
pub use edits::{Change, applied, between};
pub use lines::{Lines, Position};
pub use names::{Names, Place, Symbol};
pub use values::Values;
