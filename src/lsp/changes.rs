//! Changes of files as editors make them.

use std::collections::HashMap;
use std::path::Path;

use conforme::editor::{Change, Lines};
use conforme::shelf::Shelf;
use conforme::source::Span;
use gen_lsp_types::{
    CreateFile, DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, Position, Range,
    TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};

use super::uri;

/// What is told where files would be made and the editor makes none.
pub const MAKES_NONE: &str =
    "cet éditeur ne crée pas de fichiers : employer « conforme test » et « conforme cases »";

/// A place as the protocol says it.
pub fn range(lines: &Lines<'_>, span: Span) -> Range {
    let at = |offset| {
        let place = lines.position(offset);
        Position { line: place.line, character: place.column }
    };
    Range { start: at(span.start), end: at(span.end) }
}

/// Changes of one text.
pub fn edits(text: &str, edits: &[(Span, String)]) -> Vec<TextEdit> {
    let lines = Lines::of(text);
    let edit = |(span, new): &(Span, String)| TextEdit { range: range(&lines, *span), new_text: new.clone() };
    edits.iter().map(edit).collect()
}

/// Changes of a folder's files; none where a file would be made and the editor makes none.
pub fn workspace(folder: &Path, shelf: &Shelf, change: &Change, makes_files: bool) -> Option<WorkspaceEdit> {
    let mut by_file: Vec<(Uri, Vec<TextEdit>)> = Vec::new();
    for (name, changes) in &change.files {
        let text = shelf.file(name).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
        by_file.push((uri::of(&folder.join(name)), edits(text, changes)));
    }
    if change.new.is_empty() {
        let changes: HashMap<Uri, Vec<TextEdit>> = by_file.into_iter().collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    if !makes_files {
        return None;
    }
    let of_file = |uri: Uri, edits: Vec<TextEdit>| {
        let text_document =
            OptionalVersionedTextDocumentIdentifier::new(None, TextDocumentIdentifier { uri });
        let edits = edits.into_iter().map(Edit::TextEdit).collect();
        DocumentChange::TextDocumentEdit(TextDocumentEdit { text_document, edits })
    };
    let mut all: Vec<DocumentChange> = by_file.into_iter().map(|(uri, edits)| of_file(uri, edits)).collect();
    for (name, text) in &change.new {
        let uri = uri::of(&folder.join(name));
        all.push(DocumentChange::CreateFile(CreateFile::new(uri.clone(), None, None)));
        let start = Position { line: 0, character: 0 };
        all.push(of_file(uri, vec![TextEdit { range: Range { start, end: start }, new_text: text.clone() }]));
    }
    Some(WorkspaceEdit { document_changes: Some(all), ..WorkspaceEdit::default() })
}
