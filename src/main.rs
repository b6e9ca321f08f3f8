//! The `conforme` command.

// Here, and not for the whole package: what tests share may panic.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable)]
#![warn(clippy::todo, clippy::unimplemented)]

mod cli;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "register")]
mod register;
#[cfg(feature = "serve")]
mod serve;

use std::process::ExitCode;

/// Many small pieces are asked for and given back, by several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
