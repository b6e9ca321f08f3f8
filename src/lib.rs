//! conforme: a rules engine that lawyers can read.
//!
//! The path of data is one straight line, each stage a pure function of the one before:
//!
//! ```text
//! text ──syntax──▶ tree ──check──▶ policy ──eval with a dossier──▶ decision ──render──▶ text, JSON, …
//!                                             ▲
//! bytes ──dossier, read against the policy────┘
//! ```
//!
//! Architecture invariant: the library does no input or output, reads no clock and no environment;
//! it never panics on any input.

// Here, and not for the whole package: what tests share may panic.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![warn(clippy::todo, clippy::unimplemented)]

pub mod briefing;
pub mod check;
pub mod concordance;
pub mod currency;
pub mod decision;
pub mod diagnostic;
pub mod diff;
pub mod dossier;
pub mod editor;
pub mod eval;
pub mod history;
pub mod known;
pub mod limits;
pub mod number;
pub mod pages;
pub mod papers;
pub mod parallel;
pub(crate) mod phrase;
pub mod policy;
pub mod probe;
pub mod render;
pub mod review;
pub mod shelf;
pub mod source;
pub mod syntax;
pub mod table;
pub mod text;
pub mod time;
pub mod unit;
pub mod value;
pub mod wording;
pub mod workshop;
