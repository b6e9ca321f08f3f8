//! What goes out: to the standard output, and to the standard error for what a person must correct.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use conforme::render::diagnostics::Look;

/// Narrowest and widest line that is used: longer ones are tiring to read.
const WIDTH: std::ops::RangeInclusive<usize> = 40..=100;

/// Width where there is no terminal.
const PIPED: usize = 80;

/// How the standard output shows what it is given.
pub fn stdout_look() -> Look {
    let stream = io::stdout();
    Look { width: width(stream.is_terminal()), colour: colour(&stream), unicode: true }
}

/// How the standard error does.
pub fn stderr_look() -> Look {
    let stream = io::stderr();
    Look { width: width(stream.is_terminal()), colour: colour(&stream), unicode: true }
}

/// `NO_COLOR` and its kin are honoured; no colour where no person looks.
fn colour(stream: &impl anstream::stream::RawStream) -> bool {
    anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never
}

fn width(terminal: bool) -> usize {
    let columns = if terminal { terminal_size::terminal_size() } else { None };
    columns.map_or(PIPED, |(columns, _)| usize::from(columns.0).clamp(*WIDTH.start(), *WIDTH.end()))
}

/// Whether something that was to be read could not be written (a full disk).
static LOST: AtomicBool = AtomicBool::new(false);

/// Writes to the standard output; a reader that has gone away (`| head`) is no mistake.
pub fn out(text: &str) {
    bytes(text.as_bytes());
}

/// As [`out`], of what is perhaps no text.
pub fn bytes(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Whether part of the answer could not be written: its exit code would tell of what nobody has.
pub fn lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// As [`out`]; whether somebody is left to read it.
pub fn try_out(text: &str) -> bool {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).is_ok()
}

/// Whether a person looks at the standard output.
pub fn to_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How many lines the terminal has, where there is one.
pub fn terminal_rows() -> Option<usize> {
    let size = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
    size.map(|(_, rows)| usize::from(rows.0))
}

/// Writes to the standard error.
pub fn err(text: &str) {
    let mut stderr = io::stderr().lock();
    // Nobody is left to tell when writing fails; what was asked for has been done all the same.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
