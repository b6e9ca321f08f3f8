//! Whether rules and the sentences that they quote are held against one another rightly.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod answers;
mod any_text;
mod bounds;
mod choices;
mod corpus;
mod dates;
mod lexicon;
mod named;
mod placed;
mod places;
mod plain;
mod public;
mod quotations;
mod slips;
mod table;
mod wording;
