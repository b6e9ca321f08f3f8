//! The `conforme` command.

fn main() {}
