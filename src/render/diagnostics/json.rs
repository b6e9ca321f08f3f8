//! Diagnostics for programs.

use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Edit, Label, Remedy, Severity};
use crate::source::{FileName, SourceFile, Span};

#[derive(Serialize)]
struct All<'a> {
    schema: &'static str,
    /// The dossier that they keep from being examined.
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<Examined<'a>>,
    diagnostics: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Examined<'a> {
    file: &'a str,
    /// Of a file that holds many: the line at which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

#[derive(Serialize)]
struct One<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    labels: Vec<Place<'a>>,
    remedies: Vec<Offer<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Offer<'a> {
    label: &'a str,
    edits: Vec<Place<'a>>,
}

impl<'a> Place<'a> {
    fn of(label: &'a Label) -> Self {
        Place::at(&label.file, label.span, &label.text)
    }

    /// Where a change is to be made in a file that people have; none where what it replaces stands in none.
    fn of_edit(edit: &'a Edit) -> Option<Self> {
        let (file, span) = edit.file.origin(edit.span);
        let written = file.slice(span) == edit.file.slice(edit.span);
        written.then(|| Place::at(&edit.file, edit.span, &edit.text))
    }

    fn at(file: &'a Arc<SourceFile>, span: Span, text: &'a str) -> Self {
        let (file, span) = file.origin(span);
        let (start, end) = (file.position(span.start), file.position(span.end));
        Place {
            file: file.path(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text,
        }
    }
}

impl<'a> Offer<'a> {
    fn of(remedy: &'a Remedy) -> Option<Self> {
        let edits: Option<Vec<Place<'a>>> = remedy.edits.iter().map(Place::of_edit).collect();
        edits.map(|edits| Offer { label: &remedy.label, edits })
    }
}

/// What is at stake where no file is.
const COMMAND: &str = "ligne de commande";

/// One object, `conforme.diagnostics/1`: lines and columns from 1, columns in characters, the end
/// excluded; the main place stands first among the labels and again beside the message.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    written(diagnostics, None)
}

/// As [`json`], of a dossier that was not examined: it is named, as a decision names it, and what has no place of
/// its own stands in its file.
pub fn json_of(dossier: &FileName, diagnostics: &[Diagnostic]) -> String {
    written(diagnostics, Some(dossier))
}

fn written(diagnostics: &[Diagnostic], dossier: Option<&FileName>) -> String {
    let diagnostics = diagnostics
        .iter()
        .map(|d| {
            let labels: Vec<Place<'_>> = d.labels.iter().map(Place::of).collect();
            let main = labels.first();
            One {
                code: d.code,
                severity: match d.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Advice => "advice",
                },
                message: &d.message,
                help: d.help.as_deref(),
                file: main
                    .map(|m| m.file)
                    .or(d.file.as_deref())
                    .or(dossier.map(FileName::name))
                    .unwrap_or(COMMAND),
                line: main.map(|m| m.line),
                column: main.map(|m| m.column),
                end_line: main.map(|m| m.end_line),
                end_column: main.map(|m| m.end_column),
                labels,
                remedies: d.remedies.iter().filter_map(Offer::of).collect(),
            }
        })
        .collect();
    // Strings and numbers only: it cannot fail.
    let dossier = dossier.map(|file| Examined { file: file.name(), line: file.line() });
    serde_json::to_string(&All { schema: "conforme.diagnostics/1", dossier, diagnostics }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    #[test]
    fn what_keeps_a_dossier_from_being_examined_names_it() {
        let read: serde_json::Value =
            serde_json::from_str(&json_of(&"a/b.yaml".into(), &[Diagnostic::error("essai", "un mot")]))
                .unwrap();
        assert_eq!(read["dossier"], serde_json::json!({ "file": "a/b.yaml" }));
        assert_eq!(read["diagnostics"][0]["file"], "a/b.yaml");
        assert_eq!(read["diagnostics"][0]["line"], serde_json::Value::Null);
    }

    #[test]
    fn places_are_counted_as_people_count() {
        let file = SourceFile::new("ess/ess.pol", "é\n  à ça\n");
        let diagnostic = Diagnostic::error("essai", "un mot")
            .at(&file, Span::new(8, 11), "là")
            .help("rien")
            .instead(&file, Span::new(8, 10), &["a"]);
        let read: serde_json::Value = serde_json::from_str(&json(&[diagnostic])).unwrap();
        let place = serde_json::json!({
            "file": "ess/ess.pol", "line": 2, "column": 5, "end_line": 2, "end_column": 7, "text": "là"
        });
        let edit = serde_json::json!({
            "file": "ess/ess.pol", "line": 2, "column": 5, "end_line": 2, "end_column": 6, "text": "a"
        });
        assert_eq!(
            read,
            serde_json::json!({
                "schema": "conforme.diagnostics/1",
                "diagnostics": [{
                    "code": "essai", "severity": "error", "message": "un mot", "help": "rien",
                    "file": "ess/ess.pol", "line": 2, "column": 5, "end_line": 2, "end_column": 7,
                    "labels": [place],
                    "remedies": [{"label": "écrire « a »", "edits": [edit]}]
                }]
            })
        );
    }
}
