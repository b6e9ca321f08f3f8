//! From files that changed to what an author sees: what is wrong first, or that all is well.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use conforme::diagnostic::{Diagnostic, Severity};
use conforme::parallel;
use conforme::render::diagnostics::{self, Look};
use conforme::wording::french::several;
use conforme::workshop::{Judged, Orphan, report};

use crate::cli::args::DEFAULT_POLICIES;
use crate::cli::catalogue::{self, Catalogue};
use crate::cli::test::book::{self, Desk};
use crate::cli::{check, files};

/// How many cases that differ are shown in full, policy by policy.
const SHOWN: usize = 5;

/// Texts and cases that are watched, and what came of the cases when they were last decided.
pub struct Watch {
    /// Files and folders, as they were given.
    paths: Vec<PathBuf>,
    roots: Vec<PathBuf>,
    look: Look,
    /// By folder of policies and identifier.
    tested: BTreeMap<(PathBuf, String), Tested>,
}

/// What came of the cases of a policy.
enum Tested {
    Decided(Vec<Judged>, Vec<Orphan>),
    /// The text is to be corrected first.
    Suspended,
    /// The cases cannot be read.
    Unread(Vec<Diagnostic>),
}

/// What is shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Screen {
    /// What is wrong; empty where all is well.
    wrong: String,
    /// The last line.
    summary: String,
}

impl Screen {
    /// The text, cut to so many lines: what comes first is what matters first.
    pub fn cut(&self, rows: Option<usize>) -> String {
        let lines = self.wrong.lines().count();
        // Its last line, one for what is left out, and that of the cursor.
        let room = rows.map_or(lines, |rows| rows.saturating_sub(3).max(1));
        if lines <= room {
            return format!("{}{}\n", self.wrong, self.summary);
        }
        let shown: String = self.wrong.lines().take(room).map(|line| format!("{line}\n")).collect();
        format!("{shown}… encore {} lignes : conforme check, conforme test\n{}\n", lines - room, self.summary)
    }
}

impl Watch {
    /// Watches files and folders; the default folder where none is given.
    pub fn new(paths: &[PathBuf], look: Look) -> Result<Watch, Vec<Diagnostic>> {
        let paths = if paths.is_empty() {
            vec![PathBuf::from(DEFAULT_POLICIES)]
        } else {
            let meant: Result<Vec<PathBuf>, Diagnostic> = catalogue::meant(paths).into_iter().collect();
            meant.map_err(|unknown| vec![unknown])?
        };
        let mut roots = Vec::new();
        for path in &paths {
            if files::is_stdin(path) {
                return Err(vec![Diagnostic::error(
                    "fichier-attendu",
                    "attendu des fichiers ou des répertoires ; l'entrée standard ne se surveille pas",
                )]);
            }
            if !path.exists() {
                return Err(vec![files::not_found(&files::shown(path))]);
            }
            roots.push(if path.is_dir() { path.clone() } else { folder(path) });
        }
        Ok(Watch { paths, roots, look, tested: BTreeMap::new() })
    }

    /// The folders below which files are watched.
    pub fn roots(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().map(PathBuf::as_path)
    }

    /// The first screen: all texts and all cases.
    pub fn everything(&mut self) -> Screen {
        self.tested.clear();
        self.after(&[])
    }

    /// The screen after these files changed: all texts are checked, the cases of the policies that
    /// the change concerns are decided again.
    pub fn after(&mut self, changed: &[PathBuf]) -> Screen {
        let paths = self.paths.clone();
        // The check and the cases have nothing to do with one another.
        let (texts, found) = std::thread::scope(|scope| {
            let stack = || std::thread::Builder::new().stack_size(parallel::STACK);
            let checked = stack().spawn_scoped(scope, || check::found(&paths, false));
            self.decide(changed);
            match checked.map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(checked)) => checked,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(_) => check::found(&paths, false),
            }
        });
        self.show(texts, &found)
    }

    fn decide(&mut self, changed: &[PathBuf]) {
        let mut before = std::mem::take(&mut self.tested);
        for (root, ids) in self.policies() {
            // A policy that cannot be opened has its mistake told by the check.
            let Ok(desk) = book::open(&ids, &root) else { continue };
            for id in ids {
                let key = (root.clone(), id);
                let tested = match before.remove(&key) {
                    Some(tested) if !concerns(&desk, &key.1, changed) => tested,
                    Some(_) | None => Tested::of(&desk, &key.1),
                };
                self.tested.insert(key, tested);
            }
        }
    }

    /// The identifiers that are watched, by folder of policies.
    fn policies(&self) -> Vec<(PathBuf, Vec<String>)> {
        let mut policies = Vec::new();
        for path in &self.paths {
            if path.is_dir() {
                if let Ok(catalogue) = Catalogue::open(path) {
                    let ids: Vec<String> = catalogue.ids().into_iter().map(str::to_owned).collect();
                    policies.extend((!ids.is_empty()).then(|| (path.clone(), ids)));
                }
            } else {
                let name = [path.to_string_lossy().into_owned()];
                policies.extend(catalogue::folder_of(&name, Path::new(DEFAULT_POLICIES)));
            }
        }
        policies
    }

    fn show(&self, texts: usize, found: &[Diagnostic]) -> Screen {
        let of = |severity| found.iter().filter(move |d| d.severity == severity);
        let mut told: Vec<Diagnostic> = of(Severity::Error).chain(of(Severity::Warning)).cloned().collect();
        let mut cases = String::new();
        let (mut decided, mut passing, mut waiting) = (0, 0, Vec::new());
        for ((_, id), tested) in &self.tested {
            match tested {
                Tested::Decided(judged, orphans) => {
                    decided += judged.len();
                    passing += judged.iter().filter(|case| case.passes()).count();
                    cases.push_str(&self.differing(id, judged, orphans));
                }
                Tested::Suspended => waiting.push(id.as_str()),
                Tested::Unread(problems) => told.extend(problems.iter().cloned()),
            }
        }
        let mut wrong = String::new();
        if !told.is_empty() {
            wrong = format!("{}\n", diagnostics::text_with(&told, self.look));
        }
        wrong.push_str(&cases);
        let mut parts = Vec::new();
        let warned = of(Severity::Warning).count();
        let errors = told.iter().filter(|d| d.is_error()).count();
        parts.push(match (errors, warned) {
            (0, 0) => several(texts, "texte vérifié", "textes vérifiés"),
            (0, _) => format!("aucune erreur, {}", several(warned, "remarque", "remarques")),
            (_, 0) => several(errors, "erreur", "erreurs"),
            _ => format!(
                "{}, {}",
                several(errors, "erreur", "erreurs"),
                several(warned, "remarque", "remarques")
            ),
        });
        match (passing, decided) {
            (_, 0) => {}
            (passing, decided) if passing == decided => {
                parts.push(format!("{decided} cas comme approuvé"));
            }
            _ => parts.push(format!("{passing} cas sur {decided} comme approuvé")),
        }
        if !waiting.is_empty() {
            parts.push(format!("cas de {} en attente", waiting.join(", ")));
        }
        let well = if wrong.is_empty() { "tout va bien : " } else { "" };
        Screen { wrong, summary: format!("{well}{}", parts.join(" ; ")) }
    }

    /// The cases of a policy that are not as approved: the first ones in full, how many more there are.
    fn differing(&self, id: &str, judged: &[Judged], orphans: &[Orphan]) -> String {
        let mut out = String::new();
        let differing: Vec<&Judged> = judged.iter().filter(|case| !case.passes()).collect();
        for case in differing.iter().take(SHOWN) {
            out.push_str(&format!("{}\n", report::case(case, self.look)));
        }
        if let Some(more @ 1..) = differing.len().checked_sub(SHOWN) {
            out.push_str(&format!(
                "… et {} : conforme test {id}\n\n",
                several(more, "autre cas", "autres cas")
            ));
        }
        for orphan in orphans {
            out.push_str(&report::orphan(orphan, self.look));
            out.push('\n');
        }
        out
    }
}

impl Tested {
    fn of(desk: &Desk, id: &str) -> Tested {
        if !desk.folders(id).iter().any(|cases| cases.is_dir()) {
            return Tested::Decided(Vec::new(), Vec::new());
        }
        if !desk.errors(id).is_empty() {
            return Tested::Suspended;
        }
        let book = desk.book_of(&[id.to_owned()]);
        let problems = book.problems();
        if problems.is_empty() {
            Tested::Decided(book.judged, book.orphans)
        } else {
            Tested::Unread(problems)
        }
    }
}

/// Whether a change of these files may change what comes of a policy's cases: they stand beside one of
/// its texts, or below.
fn concerns(desk: &Desk, id: &str, changed: &[PathBuf]) -> bool {
    let folders = desk.folders(id);
    changed
        .iter()
        .any(|file| folders.iter().filter_map(|cases| cases.parent()).any(|folder| file.starts_with(folder)))
}

/// The folder in which a file stands.
fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        Some(_) | None => PathBuf::from("."),
    }
}

#[cfg(test)]
mod tests;
