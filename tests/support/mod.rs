//! What several test files share.

#![allow(dead_code, unused_imports, missing_docs)]

pub mod cases;
pub mod generate;
pub mod naive;
pub mod periods;
pub mod policies;
pub mod sharing;
pub mod shuffle;
