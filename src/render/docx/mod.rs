//! Documents for word processors (DOCX): to be annotated and signed in Word or LibreOffice.
//!
//! Every style, heading and link is the word processor's own; the file leads nowhere outside itself, names nobody and no
//! day, and is the same whenever it is made.

mod blocks;
mod form;
mod paragraph;
mod parts;
mod tables;
#[cfg(test)]
mod tests;
mod xml;

use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::blocks::Writer;
use super::document::Document;
use super::{Explain, Lang, report};
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// A decision as a document of a word processor.
pub fn decision(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    explain: Explain,
    lang: Lang,
) -> Vec<u8> {
    document(&report::of(policy, dossier, decision, explain, lang), lang)
}

/// A document as the bytes of a file of a word processor.
pub(crate) fn document(document: &Document, lang: Lang) -> Vec<u8> {
    let title = match &document.verdict {
        Some(verdict) => format!("{} – {}", document.title, verdict.word),
        None => document.title.clone(),
    };
    let made = |text: &'static str| text.to_owned();
    // Memory takes all that is written to it: there is no failure to tell of.
    packed(&[
        ("[Content_Types].xml", made(parts::CONTENT_TYPES)),
        ("_rels/.rels", made(parts::RELATIONSHIPS)),
        ("docProps/core.xml", parts::properties(&title, lang)),
        ("word/document.xml", Writer::new(lang).written(document)),
        ("word/_rels/document.xml.rels", made(parts::DOCUMENT_RELATIONSHIPS)),
        ("word/styles.xml", parts::styles(lang, !document.head.is_empty())),
        ("word/numbering.xml", made(parts::NUMBERING)),
        ("word/settings.xml", made(parts::SETTINGS)),
        ("word/footer1.xml", made(parts::FOOTER)),
    ])
    .unwrap_or_default()
}

/// The parts in one file, all of one day that is no day.
fn packed(parts: &[(&'static str, String)]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
