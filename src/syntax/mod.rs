//! The syntax of policy files: from a text to its tree, and to its canonical layout.
//!
//! Three stages, each of which goes on after a mistake: `layout` cuts the file into logical lines,
//! `grammar` reads each line with the rule of its keyword, `assemble` puts the lines together into
//! items. One run reports every mistake of a file, each once and at its place.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

mod assemble;
mod grammar;
mod keyword;
mod layout;
pub mod tree;

use tree::Document;

/// Reads a policy file: what it says, and all that is wrong with it.
pub fn parse(file: &Arc<SourceFile>) -> (Document, Vec<Diagnostic>) {
    let layout = layout::lay_out(file.text());
    let reader = grammar::Reader::new(file, &layout.faults);
    let document = assemble::document(&reader, &layout);
    let mut problems = reader.into_problems();
    problems.sort_by_key(|p| p.labels.first().map_or(0, |label| label.span.start));
    (document, problems)
}
