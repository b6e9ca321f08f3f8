//! The syntax of policy files.

pub mod tree;
