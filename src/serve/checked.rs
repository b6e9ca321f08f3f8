//! A text that is sent to be checked: what `conforme check` says of a file, with the texts that are served in the place
//! of those of a folder.

use std::collections::BTreeSet;
use std::path::{Component, Path};
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::history::{History, Text};
use conforme::review;
use conforme::shelf::Shelf;
use conforme::source::SourceFile;
use conforme::syntax;

/// All that is to be said of a text.
pub fn of(shelf: &Shelf, name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    let text = match syntax::decode(name, bytes).map_err(|problem| vec![problem]).and_then(Text::new) {
        Ok(text) => text,
        Err(found) => return found,
    };
    let (asked, number) = (Arc::clone(&text.file), text.number());
    let mut texts = vec![text];
    complete(shelf, &mut texts, number);
    let histories = History::all(texts);
    let ids: Vec<&str> = histories.iter().map(|history| history.id()).collect();
    let is_asked = |one: &Diagnostic| {
        one.labels.is_empty() || one.labels.iter().any(|label| Arc::ptr_eq(&label.file, &asked))
    };
    let sources = |file: &SourceFile, path: &str| source(shelf, file, path);
    let found = histories.iter().flat_map(|history| review::review(history, &ids, &sources, false));
    found.filter(is_asked).map(compared_elsewhere).collect()
}

/// The file of a source comes with no request: that its passages are not compared is no mistake of the text.
fn compared_elsewhere(one: Diagnostic) -> Diagnostic {
    if one.code != MISSING {
        return one;
    }
    let message = format!("{} : ses passages ne sont pas comparés ici", one.message);
    let help = "« conforme check », dans le répertoire du texte, les compare à ce fichier";
    let mut told = Diagnostic::warning("source-non-comparee", message).help(help);
    told.labels = one.labels;
    told
}

/// The code of a file that is not there.
const MISSING: &str = "fichier-introuvable";

/// Adds the texts that an amendment bears on, but the one of its own number, and those that any of them leans on.
fn complete(shelf: &Shelf, texts: &mut Vec<Text>, number: Option<u32>) {
    let mut known: BTreeSet<String> = texts.iter().map(|text| text.id().to_owned()).collect();
    let mut open: Vec<(String, Option<u32>)> = Vec::new();
    if number.is_some() {
        open.extend(texts.first().map(|text| (text.id().to_owned(), number)));
    }
    let leaned = |texts: &[Text], known: &mut BTreeSet<String>| {
        let all = texts.iter().flat_map(Text::leans_on).filter(|id| known.insert((*id).to_owned()));
        all.map(|id| (id.to_owned(), None)).collect::<Vec<_>>()
    };
    loop {
        open.extend(leaned(texts, &mut known));
        let Some((id, but)) = open.pop() else { return };
        let Ok(history) = shelf.history(&id) else { continue };
        for other in history.texts().iter().filter(|other| but.is_none() || other.number() != but) {
            texts.extend(Text::new(Arc::clone(&other.file)).ok());
        }
    }
}

/// The text of a source that a text names beside itself: among the files that are served, and nowhere else.
fn source(shelf: &Shelf, file: &SourceFile, written: &str) -> Result<String, Diagnostic> {
    let missing =
        || Diagnostic::error(MISSING, format!("fichier introuvable : « {written} »")).about(written);
    let beside = Path::new(file.name()).parent().unwrap_or(Path::new("")).join(written);
    let mut parts: Vec<&str> = Vec::new();
    for part in beside.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str().ok_or_else(missing)?),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop().ok_or_else(missing)?;
            }
            Component::RootDir | Component::Prefix(_) => return Err(missing()),
        }
    }
    let bytes = shelf.file(&parts.join("/")).ok_or_else(missing)?;
    String::from_utf8(bytes.to_vec()).map_err(|_| missing())
}
