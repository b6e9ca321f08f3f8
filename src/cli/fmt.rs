//! `conforme fmt`: the canonical layout, comments kept.

use std::fs;
use std::io::Write;
use std::path::Path;

use conforme::diagnostic::Diagnostic;
use conforme::syntax;

use super::args::Format;
use super::files::{self, Found};
use super::{TO_CORRECT, catalogue, output, print};

/// Lays out each text; a text that cannot be read is left as it is.
pub fn run(args: &Format) -> u8 {
    let mut problems = Vec::new();
    let mut changed = 0;
    for found in catalogue::policies(&args.paths) {
        match found.and_then(|found| lay_out(&found, args.check)) {
            Ok(true) => changed += 1,
            Ok(false) => {}
            Err(more) => problems.extend(more),
        }
    }
    output::problems(&problems);
    if problems.is_empty() { u8::from(args.check && changed > 0) } else { TO_CORRECT }
}

/// Whether the text changes; it is written unless this is a mere check.
fn lay_out(found: &Found, check: bool) -> Result<bool, Vec<Diagnostic>> {
    let (path, shown) = (&found.path, found.name.path());
    let file = catalogue::read(found)?;
    let text = syntax::format(&file)?;
    let changes = file.text() != text;
    if files::is_stdin(path) && !check {
        print::out(&text);
    } else if changes && check {
        print::out(&format!("à remettre en forme : {shown}\n"));
    } else if changes {
        replace(path, &text).map_err(|error| vec![files::unreadable(shown, &error)])?;
        print::out(&format!("remis en forme : {shown}\n"));
    }
    Ok(changes)
}

/// Puts a new text in the place of a file at once: an author's file is never left half written.
pub(super) fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let target = fs::canonicalize(path)?;
    let beside = target.with_extension("pol.nouveau");
    // What an earlier run may have left; a link of that name goes, not the file that it leads to.
    let _ = fs::remove_file(&beside);
    let written = fs::File::create_new(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(&target)?.permissions()))
        .and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        // The error that matters is the first one; what is left behind is only tidied up.
        let _ = fs::remove_file(&beside);
    }
    written
}
