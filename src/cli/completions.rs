//! `conforme completions` and the hidden `conforme man`.

use clap_complete::Shell;

use super::{TO_CORRECT, args, print};

/// Completions for a shell.
pub fn shell(shell: Shell) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut args::command(), "conforme", &mut text);
    print::out(&String::from_utf8_lossy(&text));
    0
}

/// The manual page, for packagers.
pub fn man() -> u8 {
    let mut text = Vec::new();
    if clap_mangen::Man::new(args::command()).render(&mut text).is_err() {
        return TO_CORRECT;
    }
    print::out(&String::from_utf8_lossy(&text));
    0
}
