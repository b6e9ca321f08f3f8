//! Words, language and layout: what people and programs read.
//!
//! Architecture invariant: nothing here decides anything. A decision comes in as typed steps; the
//! same decision gives the same bytes.

pub mod diagnostics;
pub mod json;
mod lang;
mod layout;
mod words;
pub mod yaml;

pub use lang::Lang;
