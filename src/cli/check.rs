//! `conforme check`: every error and remark of every text.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use conforme::diagnostic::{Diagnostic, Severity};
use conforme::history::{History, Text};
use conforme::source::SourceFile;
use conforme::{render, review};

use super::args::{Check, CheckFormat, DEFAULT_POLICIES};
use super::files::{self, Folder, Found};
use super::{TO_CORRECT, catalogue, output, print, source};

/// Checks each text; none stops the others.
pub fn run(args: &Check) -> u8 {
    let (count, diagnostics) = found(&args.paths, args.all);
    match args.format {
        CheckFormat::Json => print::out(&format!("{}\n", render::diagnostics::json(&diagnostics))),
        CheckFormat::Text => {
            output::report(&diagnostics);
            print::out(&summary(count, &diagnostics));
        }
    }
    let warned = diagnostics.iter().any(|d| d.severity == Severity::Warning);
    if diagnostics.iter().any(Diagnostic::is_error) { TO_CORRECT } else { u8::from(args.strict && warned) }
}

/// The texts of sources, read beside the policies that declare them, each once.
#[derive(Default)]
struct Sources {
    /// Where each text was found.
    texts: Vec<(Arc<SourceFile>, Found)>,
    read: RefCell<HashMap<PathBuf, Result<String, Diagnostic>>>,
}

impl Sources {
    fn declared_in(&mut self, file: &Arc<SourceFile>, found: Found) {
        self.texts.push((Arc::clone(file), found));
    }

    /// The text that a file names as that of one of its sources.
    fn text(&self, declared_in: &SourceFile, path: &str) -> Result<String, Diagnostic> {
        let found = self.texts.iter().find(|(file, _)| std::ptr::eq(&**file, declared_in));
        let Some((_, found)) = found else { return Err(files::not_found(path)) };
        let written = Path::new(path);
        let path = found.beside().join(written);
        let mut read = self.read.borrow_mut();
        read.entry(path.clone()).or_insert_with(|| source::text(&*found.folder()?, &path, written)).clone()
    }
}

/// How many texts were checked, and what was found; with `all`, what the author answered too.
pub fn found(paths: &[PathBuf], all: bool) -> (usize, Vec<Diagnostic>) {
    let (mut texts, mut paths_read, mut diagnostics, mut count) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut sources = Sources::default();
    for found in catalogue::policies(paths) {
        let read = found.and_then(|found| {
            let file = catalogue::read(&found)?;
            count += 1;
            paths_read.push(found.path.clone());
            sources.declared_in(&file, found);
            Text::new(file)
        });
        match read {
            Ok(text) => texts.push(text),
            Err(problems) => diagnostics.extend(problems),
        }
    }
    let asked: Vec<Arc<SourceFile>> = texts.iter().map(|text| Arc::clone(&text.file)).collect();
    complete(&mut texts, &paths_read, &mut sources);
    let histories = History::all(texts);
    let ids: Vec<&str> = histories.iter().map(|history| history.id()).collect();
    // What was read only because an amendment bears on it is not what was asked about.
    let is_asked = |diagnostic: &Diagnostic| {
        let mut labels = diagnostic.labels.iter();
        diagnostic.labels.is_empty()
            || labels.any(|label| asked.iter().any(|file| Arc::ptr_eq(file, &label.file)))
    };
    let reviewed = histories
        .iter()
        .flat_map(|history| review::review(history, &ids, &|file, path| sources.text(file, path), all));
    diagnostics.extend(reviewed.filter(is_asked));
    (count, diagnostics)
}

/// Adds the other texts of the policies that are amended or leaned on and not among those to check: they are
/// looked for beside, then in the default folder.
fn complete(texts: &mut Vec<Text>, read: &[PathBuf], sources: &mut Sources) {
    let lacks = |texts: &[Text]| {
        let based = |id: &str| texts.iter().any(|text| !text.is_amendment() && text.id() == id);
        texts.iter().filter(|text| !based(text.id())).map(|text| text.id().to_owned()).collect::<Vec<_>>()
    };
    let mut folders: Vec<PathBuf> =
        read.iter().filter_map(|path| Some(path.parent()?.to_path_buf())).collect();
    folders.push(PathBuf::from(DEFAULT_POLICIES));
    folders.dedup();
    // One file may be called by several paths.
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let mut known: Vec<PathBuf> = read.iter().map(|path| real(path)).collect();
    for folder in &folders {
        let lacking = lacks(texts);
        if lacking.is_empty() {
            break;
        }
        let below = Folder::open(folder).and_then(|folder| Found::below(&Arc::new(folder)));
        for found in below.unwrap_or_default() {
            if known.contains(&real(&found.path)) {
                continue;
            }
            let text = catalogue::read(&found).and_then(Text::new);
            if let Ok(text) = text
                && lacking.iter().any(|id| id == text.id())
            {
                known.push(real(&found.path));
                sources.declared_in(&text.file, found);
                texts.push(text);
            }
        }
    }
    catalogue::leaned_on(texts, &folders, &mut |text, found| sources.declared_in(&text.file, found));
}

fn summary(count: usize, diagnostics: &[Diagnostic]) -> String {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let texts = if count > 1 { "textes vérifiés" } else { "texte vérifié" };
    let errors = match of(Severity::Error) {
        0 => "aucune erreur".to_owned(),
        1 => "1 erreur".to_owned(),
        n => format!("{n} erreurs"),
    };
    let warnings = match of(Severity::Warning) {
        0 => String::new(),
        1 => ", 1 remarque".to_owned(),
        n => format!(", {n} remarques"),
    };
    format!("{count} {texts} : {errors}{warnings}\n")
}
