//! The dossier reader: what it takes, what it sends back, and what it bears.
#![allow(clippy::unwrap_used, clippy::panic)]

mod accents;
mod agreement;
mod causes;
mod describes;
mod hostile;
mod policies;
mod properties;
mod quick;
mod reads;
mod real;
mod sent_back;
mod sheet;
#[path = "../support/mod.rs"]
mod support;
