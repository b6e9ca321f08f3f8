//! What an author works with: cases beside their approved decisions, and what they state by hand.
//!
//! ```text
//! decision ──statements──▶ point by point ──approved──▶ the file that is approved
//!                                │                          │
//!                    expected (attendu)              differences, read by people
//! ```
//!
//! Architecture invariant: nothing here reads or writes a file. A case comes in decided, with the text
//! that was approved of it; what comes out is what differs.

pub mod approved;
pub mod case;
mod changes;
mod compare;
pub mod coverage;
pub mod expected;
pub mod json;
pub mod junit;
pub mod missing;
pub mod mutation;
mod nudge;
mod plain;
mod points;
pub mod report;
mod statements;
mod version;

pub use case::{Case, Judged, Orphan, Verdict};
pub use compare::{Change, Difference};
pub use statements::{Statement, Subject, statements};
pub use version::{Given, Version, told_apart};
