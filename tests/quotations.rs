//! Every passage that a policy quotes stands word for word in the file of its source, but for white space,
//! apostrophes and no-break spaces.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use conforme::syntax;
use conforme::syntax::tree::{ChangeKind, Citation, Document, ItemKind};

/// A text as it is compared: words are words, however lines and spaces fall.
fn plain(text: &str) -> String {
    let straight: String = text.replace(['’', 'ʼ'], "'").replace(['\u{a0}', '\u{202f}'], " ");
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn policies() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("policies")
        .unwrap()
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "pol"))
        .collect();
    found.sort();
    found
}

fn parsed(path: &Path) -> Document {
    let bytes = std::fs::read(path).unwrap();
    let file =
        conforme::source::SourceFile::new(path.display().to_string(), String::from_utf8(bytes).unwrap());
    let (document, diagnostics) = syntax::parse(&file);
    assert!(diagnostics.is_empty(), "{}", conforme::render::diagnostics::text(&diagnostics, 80, false));
    document
}

/// All citations of a text, wherever they stand.
fn citations(document: &Document) -> Vec<&Citation> {
    let mut found = Vec::new();
    let mut put_in = Vec::new();
    for change in &document.changes {
        match &change.what {
            ChangeKind::Replace(item) | ChangeKind::Add(item) => put_in.push(item),
            ChangeKind::Repeal(repeal) => found.extend(&repeal.citations),
            ChangeKind::Reword(rewording) => found.extend(&rewording.citations),
            ChangeKind::Retain(retention) => found.extend(&retention.citations),
        }
    }
    for item in document.items.iter().chain(put_in) {
        found.extend(&item.citations);
        match &item.kind {
            ItemKind::Reading(reading) => {
                found.extend(reading.options.iter().flat_map(|option| &option.citations));
                found.extend(reading.retained.iter().flat_map(|retained| &retained.citations));
            }
            ItemKind::Criterion { unless, .. } => found.extend(unless.iter().flat_map(|u| &u.citations)),
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                found.extend(funding.unless.iter().flat_map(|u| &u.citations))
            }
            ItemKind::Obligation(obligation) => {
                found.extend(obligation.unless.iter().flat_map(|u| &u.citations))
            }
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Coherence(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Definition(_)
            | ItemKind::Result(_)
            | ItemKind::Sharing(_)
            | ItemKind::Objective(_)
            | ItemKind::Mission(_)
            | ItemKind::Decision(_) => {}
        }
    }
    found
}

#[test]
fn every_quotation_stands_in_its_source() {
    for path in policies() {
        let document = parsed(&path);
        let texts: BTreeMap<&str, String> = document
            .items
            .iter()
            .filter_map(|item| match (&item.kind, &item.name) {
                (ItemKind::Source(source), Some(name)) => Some((&*name.text, source.file.as_ref()?)),
                _ => None,
            })
            .map(|(name, file)| {
                let file = path.parent().unwrap().join(&*file.text);
                (
                    name,
                    plain(
                        &std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display())),
                    ),
                )
            })
            .collect();
        let citations = citations(&document);
        let is_amendment = document.header.as_ref().is_some_and(|header| header.amendment.is_some());
        // Nearly every line of a text says where it comes from.
        let least = if is_amendment { 1 } else { document.items.len() / 2 };
        assert!(citations.len() >= least, "{}: {} passages", path.display(), citations.len());
        for citation in citations {
            let quote = citation.quote.as_ref().unwrap_or_else(|| panic!("{}: {citation:?}", path.display()));
            let text = texts.get(&*citation.source.text).unwrap_or_else(|| {
                panic!("{}: the file of « {} » is not given", path.display(), citation.source.text)
            });
            assert!(text.contains(&plain(&quote.text)), "{}: « {} »", path.display(), quote.text);
        }
    }
}
