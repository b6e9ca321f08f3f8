//! What the check of a policy says.

use std::fmt::Write as _;

use conforme::diagnostic::{Diagnostic, Severity};
use conforme::source::SourceFile;

/// The messages on a file, as text.
fn messages(file: &std::sync::Arc<SourceFile>, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let sign = match diagnostic.severity {
            Severity::Error => "×",
            Severity::Warning => "⚠",
            Severity::Advice => "☞",
        };
        let _ = writeln!(out, "{sign} {}  [{}]", diagnostic.message, diagnostic.code);
        for label in &diagnostic.labels {
            let start = file.position(label.span.start);
            let end = file.position(label.span.end);
            let line = file.line(start.line);
            let width = if end.line == start.line { end.column - start.column } else { 3 };
            let _ = writeln!(out, "  │ {}", line.trim_end());
            let indent = " ".repeat(start.column as usize - 1);
            let mark = "─".repeat(width.max(1) as usize);
            let _ = writeln!(out, "  │ {indent}{mark} {}", label.text);
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "  aide : {help}");
        }
    }
    out
}

mod policies;
