//! What several test files share.

#![allow(dead_code, missing_docs)]

pub mod cases;
pub mod generate;
pub mod naive;
pub mod periods;
pub mod sharing;
