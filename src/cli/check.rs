//! `conforme check`: every error and remark of every text.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use conforme::diagnostic::{Diagnostic, Severity};
use conforme::history::{History, Text};
use conforme::policy::Policy;
use conforme::source::SourceFile;
use conforme::{concordance, limits, render};

use super::args::{Check, CheckFormat, DEFAULT_POLICIES};
use super::files::{self, Folder, Found};
use super::{TO_CORRECT, catalogue, output, print};

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

/// What a policy says otherwise than the passages that it quotes; what its author answers only where all is
/// asked for.
fn concord(policy: &Policy, all: bool) -> Vec<Diagnostic> {
    let shown = |remark: concordance::Remark| match remark.answer {
        None => Some(remark.diagnostic),
        Some(reason) if all => Some(Diagnostic {
            severity: Severity::Advice,
            help: Some(format!("réponse de l'auteur : {reason}")),
            ..remark.diagnostic
        }),
        Some(_) => None,
    };
    concordance::review(policy).into_iter().filter_map(shown).collect()
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

    /// Passages that are not in the text of their source.
    fn compare(&self, policy: &Policy) -> Vec<Diagnostic> {
        concordance::source_text::compare(policy, &mut |declared_in, path| {
            let found = self.texts.iter().find(|(file, _)| std::ptr::eq(&**file, declared_in));
            let Some((_, found)) = found else { return Err(files::not_found(path)) };
            let written = Path::new(path);
            let path = found.beside().join(written);
            let mut read = self.read.borrow_mut();
            read.entry(path.clone()).or_insert_with(|| text(found, &path, written)).clone()
        })
    }
}

fn text(found: &Found, path: &Path, written: &Path) -> Result<String, Diagnostic> {
    let folder = found.folder()?;
    let bytes = folder.read(path, limits::SOURCE_BYTES).map_err(|refused| match refused.code {
        files::OUTSIDE => Diagnostic { code: "source-hors-dossier", ..refused },
        files::NOT_FOUND => {
            let help = beside(&folder, path, written);
            Diagnostic { help: help.or(refused.help.clone()), ..refused }
        }
        _ => refused,
    })?;
    String::from_utf8(bytes).map_err(|_| {
        Diagnostic::error(
            "source-illisible",
            format!("« {} » n'est pas un texte en UTF-8", files::shown(path)),
        )
        .help("l'enregistrer en UTF-8")
    })
}

/// What stands where a file is looked for, under nearly the same name, or alone; as its source should have it.
fn beside(folder: &Folder, path: &Path, written: &Path) -> Option<String> {
    let (there, _) = folder.entries(path.parent()?).ok()?;
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let texts: Vec<String> =
        there.iter().filter_map(|file| name(file)).filter(|name| name.ends_with(".txt")).collect();
    let stem = |name: &str| {
        let bare = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        conforme::text::plain_letters(bare).replace(['_', '-', ' '], "")
    };
    let wanted = stem(&name(path)?);
    let near = texts.iter().min_by_key(|own| strsim::damerau_levenshtein(&stem(own), &wanted))?;
    let close = strsim::damerau_levenshtein(&stem(near), &wanted) <= 2 || texts.len() == 1;
    close.then(|| {
        let whole = files::shown(&written.with_file_name(near));
        format!("écrire « {whole} », qui est là : une source est un texte en UTF-8")
    })
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
    let review = |policy: &Policy| {
        let damaged = sources.compare(policy);
        // What a rule says otherwise than words that are not in the source will be seen once they are mended.
        let mut remarks = concord(policy, all);
        remarks.retain(|remark| {
            !damaged.iter().any(|damage| share_words(damage, remark) || is_in_damaged_clause(damage, remark))
        });
        [damaged, remarks].concat()
    };
    let checked = histories.iter().flat_map(|history| history.check(&ids, &review));
    diagnostics.extend(checked.filter(is_asked));
    // What the passage says of a comparison says more than that nobody can meet it.
    let by_passage: Vec<Diagnostic> =
        diagnostics.iter().filter(|one| one.code.starts_with("concordance-")).cloned().collect();
    // That nothing reads a fact is said by the remark that names it.
    let named = |one: &Diagnostic| {
        let name = one.message.split_once('«').map(|(_, name)| format!("«{name}"));
        let names = |remark: &Diagnostic, name: &str| {
            // « plafond à la date de achat.fait le » is what to write.
            let dated = format!("à la date de {}", name.trim_matches(['«', '»', ' ']));
            let help = remark.help.as_deref().unwrap_or("");
            remark.message.contains(name) || remark.code == "concordance-date" && help.contains(&dated)
        };
        name.is_some_and(|name| by_passage.iter().any(|remark| names(remark, &name)))
    };
    let unread: Vec<Diagnostic> =
        diagnostics.iter().filter(|one| one.code == "jamais-lu" && !named(one)).cloned().collect();
    diagnostics.retain(|one| match one.code {
        "critere-impossible" => !by_passage.iter().any(|remark| share_words(remark, one)),
        "jamais-lu" => !named(one),
        // What a passage says and the rule does not is said of the fact that nothing reads.
        "concordance-chiffre" | "concordance-date" => {
            !(one.message.ends_with("la règle n'en dit rien")
                && unread.iter().any(|fact| share_words(fact, one)))
        }
        _ => true,
    });
    (count, diagnostics)
}

/// Whether two messages show some of the same words.
fn share_words(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.labels.iter().any(|a| {
        b.labels
            .iter()
            .any(|b| Arc::ptr_eq(&a.file, &b.file) && a.span.start < b.span.end && b.span.start < a.span.end)
    })
}

/// Whether a remark is about a clause of a passage that has words which are not in the source: what they should be may
/// change what the whole of it says, « au moins » or « plus de » before a figure.
fn is_in_damaged_clause(damage: &Diagnostic, remark: &Diagnostic) -> bool {
    const ENDS: [&str; 6] = ["«", "»", ";", ". ", ".\n", "…"];
    damage.code == "citation-absente"
        && damage.labels.iter().any(|a| {
            remark.labels.iter().filter(|b| Arc::ptr_eq(&a.file, &b.file)).any(|b| {
                let (first, last) = if a.span.start < b.span.start { (a, b) } else { (b, a) };
                let between = first.file.text().get(first.span.end as usize..last.span.start as usize);
                between.is_some_and(|between| !ENDS.iter().any(|end| between.contains(end)))
            })
        })
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
