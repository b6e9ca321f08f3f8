//! Whether rules and the sentences that they quote are held against one another rightly.

#![allow(clippy::unwrap_used, clippy::panic)]

mod corpus;
mod table;
