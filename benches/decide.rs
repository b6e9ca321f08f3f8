//! Speed, beside a native function of the same rules.

fn main() {}
