//! The cases of policies as they stand in files: `cases/NAME.yaml` beside `cases/NAME.decision.md`.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use conforme::diagnostic::Diagnostic;
use conforme::history::{History, Text};
use conforme::limits;
use conforme::workshop::report::Next;
use conforme::workshop::{Case, Judged, Orphan, Version};
use conforme::{dossier, parallel, text};

use crate::cli::catalogue::{self, Catalogue};
use crate::cli::decide::{self, Asked, Refused};
use crate::cli::files::{self, Folder};
use crate::cli::suggest;

/// What follows the name of a case in the file in which its decision is approved.
const APPROVED: &str = ".decision.md";

/// The policies of which the cases are asked for.
pub struct Desk {
    asked: Asked,
    ids: Vec<String>,
    folder: Folder,
    /// Whether all policies of the folder are meant.
    is_whole: bool,
}

/// All cases, judged.
#[derive(Default)]
pub struct Book {
    /// In the order of their names, policy after policy.
    pub judged: Vec<Judged>,
    /// For each of them, its dossier.
    pub dossiers: Vec<PathBuf>,
    /// For each of them, the file of its approved decision.
    pub approved: Vec<PathBuf>,
    /// Approved decisions without a dossier.
    pub orphans: Vec<Orphan>,
    /// The policies, each with what is wrong with its texts or the folder of its cases.
    pub policies: Vec<(String, Vec<Diagnostic>)>,
}

/// Opens the policies that are asked for: identifiers, or files; all of the folder where nothing is said.
pub fn open(wanted: &[String], root: &Path) -> Result<Desk, Vec<Diagnostic>> {
    let (root, wanted) = catalogue::folder_of(wanted, root)?;
    let catalogue = Catalogue::open(&root)?;
    let mut ids: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for id in &wanted {
        match catalogue.history(id) {
            Ok(_) => ids.push(text::tidy(id)),
            Err(problems) => wrong.extend(problems),
        }
    }
    if wanted.is_empty() {
        ids = catalogue.ids().into_iter().map(str::to_owned).collect();
        wrong.extend(catalogue.lost().iter().cloned());
        if ids.is_empty() && wrong.is_empty() {
            wrong.push(files::no_text_in(&root));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    ids.sort_unstable();
    ids.dedup();
    let folder = Folder::open(&root).map_err(|problem| vec![problem])?;
    Ok(Desk { asked: Asked::nothing(catalogue), ids, folder, is_whole: wanted.is_empty() })
}

/// A case as it stands in its file, decided.
pub struct Found<'d> {
    /// The policy's identifier.
    pub policy: String,
    /// The name of the case.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// The case, or what is wrong with it.
    pub case: Result<Case<'d>, Vec<Diagnostic>>,
}

impl Desk {
    /// The identifiers of the policies.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// A command on a policy of this folder, as it can be typed again: `conforme cases ess --missing`.
    pub fn command(&self, verb: &str, ids: &[&str], options: &str) -> String {
        let place = suggest::policies(self.folder.path());
        let words = [verb].into_iter().chain(ids.iter().copied()).map(str::to_owned);
        let words: Vec<String> = words.chain(place).chain([options.to_owned()]).collect();
        format!("conforme {}", words.join(" "))
    }

    /// What can be done next about the cases.
    pub fn next(&self) -> Next {
        let named: Vec<&str> =
            if self.is_whole { &[][..] } else { &self.ids }.iter().map(String::as_str).collect();
        Next {
            missing: self.ids.iter().map(|id| self.command("cases", &[id], "--missing")).collect(),
            review: self.command("test", &named, "--review"),
        }
    }

    /// The versions of a policy that could be checked.
    pub fn versions(&self, id: &str) -> Vec<Version<'_>> {
        self.asked.catalogue.history(id).map(Version::all).unwrap_or_default()
    }

    /// The texts of a policy.
    pub fn texts(&self, id: &str) -> &[Text] {
        self.asked.catalogue.history(id).map(History::texts).unwrap_or_default()
    }

    /// The folders in which the cases of a policy stand: beside each of its texts.
    pub fn folders(&self, id: &str) -> Vec<PathBuf> {
        let beside = self.texts(id).iter().map(|text| {
            let file = self.folder.path().join(text.file.name());
            file.with_file_name("cases")
        });
        beside.collect::<BTreeSet<PathBuf>>().into_iter().collect()
    }

    /// The errors of a policy.
    pub fn errors(&self, id: &str) -> Vec<Diagnostic> {
        let ids = self.asked.catalogue.ids();
        let found = self
            .asked
            .catalogue
            .history(id)
            .map(|history| history.check(&ids, &|_| Vec::new()))
            .unwrap_or_default();
        found.into_iter().filter(Diagnostic::is_error).collect()
    }

    /// The cases of a policy, each decided.
    pub fn cases(&self, id: &str) -> Result<Vec<Found<'_>>, Diagnostic> {
        let mut paths: Vec<(PathBuf, String)> = Vec::new();
        for folder in self.folders(id) {
            paths.extend(dossiers(&self.folder, &folder)?.into_iter().map(|path| {
                let name = stem(&path);
                (path, name)
            }));
        }
        let decided = parallel::map(workers(), &paths, |(path, name)| {
            let is_other = self.owner(path).is_some_and(|owner| owner != id);
            (!is_other).then(|| self.decide(path, name.clone()))
        });
        let mut found: Vec<Found<'_>> = Vec::new();
        for ((path, name), case) in paths.into_iter().zip(decided) {
            let Some(case) = case else { continue };
            let twin = found.iter().find(|other| other.name == name).map(|other| files::name(&other.path));
            let case = match twin {
                Some(twin) => Err(vec![
                    Diagnostic::error(
                        "cas-en-double",
                        format!("deux dossiers d'un même nom : « {twin} » et « {} »", files::name(&path)),
                    )
                    .help("en renommer un")
                    .about(files::shown(&path)),
                ]),
                None => case,
            };
            found.push(Found { policy: id.to_owned(), name, path, case });
        }
        Ok(found)
    }

    /// The policy that a file of this folder is a case of, where it says so.
    fn owner(&self, path: &Path) -> Option<String> {
        let bytes = self.folder.read(path, limits::DOSSIER_BYTES).ok()?;
        let id = dossier::identify(&dossier::file(&bytes, files::name(path)).ok()?).ok()??;
        self.asked.catalogue.ids().contains(&id.as_str()).then_some(id)
    }

    fn decide(&self, path: &Path, name: String) -> Result<Case<'_>, Vec<Diagnostic>> {
        let (policy, dossier, decision) = match decide::decide(path, &self.asked) {
            Ok(decided) => decided,
            Err(Refused::Dossier(mistakes) | Refused::Request(mistakes)) => return Err(mistakes),
        };
        if dossier.examined_on.is_none() {
            let message = format!("« {} » ne dit pas à quelle date il est examiné", files::name(path));
            return Err(vec![
                Diagnostic::error("date-d-examen-absente", message)
                    .about(files::shown(path))
                    .help("un cas se décide toujours le même jour : écrire « examiné le: 2025-10-01 »"),
            ]);
        }
        let stated = dossier::stated(&dossier)?;
        Ok(Case { name, policy, dossier, decision, stated })
    }

    /// A case against the file of its approved decision, where there is one.
    fn judge(&self, found: &Found<'_>, path: &Path) -> Judged {
        let approved = match self.folder.read(path, limits::DOSSIER_BYTES) {
            Ok(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(problem) if problem.code == files::NOT_FOUND => None,
            Err(problem) => return Judged::broken(&found.policy, &found.name, vec![problem]),
        };
        match &found.case {
            Ok(case) => case.judge(approved.as_deref()),
            Err(mistakes) => Judged::broken(&found.policy, &found.name, mistakes.clone()),
        }
    }

    /// The folder of the texts.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// All cases, each held against what was approved.
    pub fn book(&self) -> Book {
        self.book_of(&self.ids)
    }

    /// Likewise, the cases of some of the policies.
    pub fn book_of(&self, ids: &[String]) -> Book {
        let mut book = Book::default();
        for id in ids {
            let errors = self.errors(id);
            if !errors.is_empty() {
                book.policies.push((id.clone(), errors));
                continue;
            }
            let mut wrong = Vec::new();
            match self.cases(id) {
                Ok(found) => {
                    book.orphans.extend(self.orphans(id, &found));
                    let approved =
                        |found: &Found<'_>| found.path.with_file_name(format!("{}{APPROVED}", found.name));
                    book.judged.extend(parallel::map(workers(), &found, |found| {
                        self.judge(found, &approved(found))
                    }));
                    book.approved.extend(found.iter().map(approved));
                    book.dossiers.extend(found.into_iter().map(|found| found.path));
                }
                Err(problem) => wrong.push(problem),
            }
            book.policies.push((id.clone(), wrong));
        }
        book
    }

    fn orphans(&self, id: &str, found: &[Found<'_>]) -> Vec<Orphan> {
        let mut orphans = Vec::new();
        for folder in self.folders(id) {
            // Where several policies share a folder, a decision without a dossier is told once.
            let shared = self
                .ids
                .iter()
                .take_while(|other| *other != id)
                .any(|other| self.folders(other).contains(&folder));
            let names = listed(&self.folder, &folder).unwrap_or_default();
            for path in names.into_iter().filter(|_| !shared) {
                let file = files::name(&path);
                let Some(name) = file.strip_suffix(APPROVED) else { continue };
                let is_known = found.iter().any(|case| case.name == name)
                    || files::DOSSIERS
                        .iter()
                        .any(|kind| path.with_file_name(format!("{name}.{kind}")).is_file());
                if !is_known {
                    orphans.push(Orphan { policy: id.to_owned(), name: name.to_owned() });
                }
            }
        }
        orphans
    }
}

impl Book {
    /// What is wrong with the policies themselves.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.policies.iter().flat_map(|(_, wrong)| wrong).cloned().collect()
    }
}

/// As many threads as there are: cases have nothing to do with one another.
fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

fn dossiers(root: &Folder, folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let is_dossier =
        |path: &PathBuf| path.extension().is_some_and(|e| files::DOSSIERS.iter().any(|kind| e == *kind));
    Ok(listed(root, folder)?.into_iter().filter(is_dossier).collect())
}

/// The files of a folder, then those of each folder in it, by name; none where there is no such folder.
fn listed(root: &Folder, folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if !root.has_folder(folder) {
        return Ok(Vec::new());
    }
    let (mut paths, folders) = root.entries(folder)?;
    for inner in folders {
        paths.extend(root.entries(&inner)?.0);
    }
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
