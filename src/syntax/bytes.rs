//! From bytes to a policy file, and from any form of Unicode to the one that the grammar reads.

use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{FileName, SourceFile, Span};

/// The file that these bytes are; one that is too large, or not in UTF-8, is refused.
pub fn decode(name: impl Into<FileName>, bytes: &[u8]) -> Result<Arc<SourceFile>, Diagnostic> {
    let name = name.into();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.len() > limits::POLICY_BYTES {
        return Err(too_large(bytes.len()).at(&SourceFile::new(name, ""), Span::default(), ""));
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(SourceFile::new(name, text)),
        Err(error) => error,
    };
    // Each byte that cannot be read becomes one character, so that lines and columns stand.
    let before = error.valid_up_to();
    let mut text = String::from_utf8_lossy(bytes.get(..before).unwrap_or(&[])).into_owned();
    text.push_str(&String::from_utf8_lossy(bytes.get(before..).unwrap_or(&[])));
    let file = SourceFile::new(name, text);
    let line = file.position(u32::try_from(before).unwrap_or(u32::MAX)).line;
    Err(Diagnostic::error("encodage", format!("le fichier n'est pas en UTF-8 : ligne {line} illisible"))
        .at(&file, Span::new(before, before + '\u{FFFD}'.len_utf8()), "premier caractère illisible")
        .help("l'enregistrer de nouveau en UTF-8"))
}

/// What is said of a file beyond the bound.
pub(super) fn too_large(length: usize) -> Diagnostic {
    Diagnostic::error(
        "fichier-trop-grand",
        format!("un dispositif tient en {} octets au plus, celui-ci en a {length}", limits::POLICY_BYTES),
    )
    .help("le partager en plusieurs dispositifs")
}

/// A file in NFC, where it was not, with the way back to the places of the file as it was read.
pub(super) struct Normal {
    pub file: Arc<SourceFile>,
    /// Start of each stretch: in the normal text, then in the file.
    stretches: Vec<(u32, u32)>,
}

/// The file in NFC; `None` where it is so already.
pub(super) fn normal(file: &Arc<SourceFile>) -> Option<Normal> {
    let source = file.text();
    if source.is_ascii() || is_nfc_quick(source.chars()) == IsNormalized::Yes {
        return None;
    }
    let mut text = String::with_capacity(source.len());
    let mut stretches = Vec::new();
    let mut start = 0;
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    // An ASCII character never composes with what stands before it: each stretch starts with one.
    let ends = source.char_indices().skip(1).filter(|(_, c)| c.is_ascii()).map(|(i, _)| i);
    for end in ends.chain([source.len()]) {
        stretches.push((size(text.len()), size(start)));
        text.extend(source.get(start..end).unwrap_or("").nfc());
        start = end;
    }
    if text == source {
        return None;
    }
    stretches.push((size(text.len()), size(source.len())));
    Some(Normal { file: SourceFile::new(file.called(), text), stretches })
}

impl Normal {
    /// The place in the file as it was read.
    pub fn back(&self, span: Span) -> Span {
        let offset = |at: u32, end: bool| {
            let n = self.stretches.partition_point(|(normal, _)| *normal <= at).saturating_sub(1);
            let Some((normal, original)) = self.stretches.get(n).copied() else { return at };
            if at == normal {
                return original;
            }
            match self.stretches.get(n + 1) {
                // Within a stretch the lengths may differ: an end takes it whole, a start begins it.
                Some((_, next)) if end => *next,
                _ => original,
            }
        };
        Span { start: offset(span.start, false), end: offset(span.end, true).max(offset(span.start, false)) }
    }
}
