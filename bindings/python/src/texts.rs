//! The texts of a policy: read from files, or given by whoever has read them before.
//!
//! Nothing is read but regular files that stand in the folder that was named: what a link leads to outside of it
//! is refused.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use conforme::diagnostic::Diagnostic;
use conforme::history::{History, Sight, Text};
use conforme::limits;
use conforme::source::{FileName, SourceFile};
use conforme::syntax;
use conforme::text;

/// Deepest folder in which texts are looked for.
const DEPTH: usize = 16;

/// The texts of one identifier, those that they lean on, and what they make.
pub struct Texts {
    files: Vec<Arc<SourceFile>>,
    history: Arc<History>,
    /// Which of them are seen.
    pub sight: Sight,
}

impl Texts {
    /// Reads a folder, or a file with what it leans on beside it.
    pub fn load(path: &Path, id: Option<&str>, sight: Sight) -> Result<Texts, Vec<Diagnostic>> {
        let shown = shown(path);
        if path.is_dir() {
            return Texts::of(below(path, &shown)?, id, sight, &shown);
        }
        let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        let name = FileName::new(name).at(&shown);
        let bytes = read(path, limits::POLICY_BYTES, &shown).map_err(|one| vec![one])?;
        let file = syntax::decode(name, &bytes).map_err(|one| vec![one])?;
        let text = Text::new(Arc::clone(&file))?;
        let mut files = vec![file];
        if text.leans_on().next().is_some() {
            let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            let beside = below(folder, &self::shown(folder))?;
            // The file itself is there as well, and so may be other versions of it, which were not asked for.
            files.extend(beside.into_iter().filter(|other| match Text::new(Arc::clone(other)) {
                Ok(other) => other.id() != text.id(),
                Err(_) => false,
            }));
        }
        Texts::of(files, Some(id.unwrap_or(text.id())), sight, &shown)
    }

    /// The texts of an identifier among these files; the only one where none is said.
    pub fn of(
        files: Vec<Arc<SourceFile>>,
        id: Option<&str>,
        sight: Sight,
        place: &str,
    ) -> Result<Texts, Vec<Diagnostic>> {
        let (mut texts, mut lost) = (Vec::new(), Vec::new());
        for file in files {
            match Text::new(file) {
                Ok(text) => texts.push(text),
                Err(problems) => lost.extend(problems),
            }
        }
        // A text that could not be read may well be the one.
        if texts.is_empty() && !lost.is_empty() {
            return Err(lost);
        }
        let id = chosen(&texts, id, place).map_err(|problem| [vec![problem], lost].concat())?;
        let needed = needed(&texts, &id);
        texts.retain(|text| needed.contains(text.id()));
        let files = texts.iter().map(|text| Arc::clone(&text.file)).collect();
        let history = History::all(texts).into_iter().find(|history| history.id() == id);
        // It is one of theirs.
        let history = history.ok_or_else(Vec::new)?;
        Ok(Texts { files, history, sight })
    }

    /// What is wrong with the versions that are seen.
    pub fn check(&self) -> Result<(), Vec<Diagnostic>> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for era in self.history.eras(&self.sight).iter().filter(|era| era.bases.len() == 1) {
            let editions = match self.history.editions(era) {
                Ok(editions) => editions,
                Err(errors) => {
                    found.extend(errors);
                    continue;
                }
            };
            for edition in editions {
                let wrong = self.history.consolidated(&edition).policy().err().unwrap_or_default();
                let new = wrong.into_iter().filter(|one| !found.contains(one)).collect::<Vec<_>>();
                found.extend(new);
            }
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// What they make.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The files, by name.
    pub fn files(&self) -> &[Arc<SourceFile>] {
        &self.files
    }
}

/// The identifier that is meant: that which is said, or the only one on which no other leans.
fn chosen(texts: &[Text], id: Option<&str>, place: &str) -> Result<String, Diagnostic> {
    let leaned: BTreeSet<&str> = texts.iter().flat_map(Text::leans_on).collect();
    let all: BTreeSet<&str> = texts.iter().map(Text::id).collect();
    let ids: Vec<&str> = all.iter().copied().filter(|id| !leaned.contains(id)).collect();
    let Some(wanted) = id.map(text::tidy) else {
        return match ids.as_slice() {
            [only] => Ok((*only).to_owned()),
            [] => {
                Err(Diagnostic::error("aucun-texte", format!("aucun fichier .pol dans « {place} »"))
                    .about(place))
            }
            several => {
                let message =
                    format!("« {place} » tient plusieurs dispositifs : attendu le nom de l'un d'eux");
                let help =
                    format!("ajouter id=\"{}\" ; dispositifs connus : {}", several[0], several.join(", "));
                Err(Diagnostic::error("dispositif-absent", message).help(help).about(place))
            }
        };
    };
    if all.contains(&*wanted) {
        return Ok(wanted);
    }
    let help = match text::nearest(&wanted, all.iter().copied()) {
        Some(near) => format!("vouliez-vous dire « {near} » ?"),
        None if all.is_empty() => format!("aucun fichier .pol lisible dans « {place} »"),
        None => format!("dispositifs connus : {}", ids.join(", ")),
    };
    Err(Diagnostic::error("dispositif-inconnu", format!("dispositif inconnu : « {wanted} »")).help(help))
}

/// An identifier and those that its texts lean on, near and far.
fn needed(texts: &[Text], id: &str) -> BTreeSet<String> {
    let mut needed = BTreeSet::from([id.to_owned()]);
    loop {
        let more: Vec<String> = texts
            .iter()
            .filter(|text| needed.contains(text.id()))
            .flat_map(Text::leans_on)
            .filter(|id| !needed.contains(*id))
            .map(str::to_owned)
            .collect();
        if more.is_empty() {
            return needed;
        }
        needed.extend(more);
    }
}

/// A path with `/`.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// All texts below a folder, by path; hidden files and links to folders are passed over.
fn below(path: &Path, shown: &str) -> Result<Vec<Arc<SourceFile>>, Vec<Diagnostic>> {
    let failed = |error: io::Error| vec![unreadable(shown, &error)];
    let dir = Dir::open_ambient_dir(path, ambient_authority()).map_err(failed)?;
    let mut found: Vec<PathBuf> = Vec::new();
    let mut open = vec![(PathBuf::new(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        for entry in dir.read_dir(here).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = folder.join(entry.file_name());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(failed)?.is_dir() {
                if depth < DEPTH {
                    open.push((path, depth + 1));
                }
            } else if path.extension().is_some_and(|own| own == "pol") {
                found.push(path);
            }
        }
    }
    // Folders are listed in no order by the system; the same files must give the same policy.
    found.sort();
    let read = |below: PathBuf| {
        let name = self::shown(&below);
        let whole = format!("{}/{name}", shown.trim_end_matches('/'));
        let mut options = OpenOptions::new();
        let file = dir.open_with(&below, options.read(true).nonblock(true));
        let file = file.map_err(|error| match error.raw_os_error() {
            // A refusal of the folder's, not of the system.
            None if error.kind() == io::ErrorKind::PermissionDenied => outside(&whole, shown),
            _ => unreadable(&whole, &error),
        })?;
        let bytes = bounded(file.into_std(), limits::POLICY_BYTES, &whole)?;
        syntax::decode(FileName::new(name).at(whole), &bytes)
    };
    found.into_iter().map(|path| read(path).map_err(|one| vec![one])).collect()
}

/// The bytes of a file that somebody names.
pub fn read(path: &Path, limit: usize, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    bounded(std::fs::File::open(path).map_err(|error| unreadable(shown, &error))?, limit, shown)
}

fn bounded(file: std::fs::File, limit: usize, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    let about = file.metadata().map_err(|error| unreadable(shown, &error))?;
    if !about.is_file() {
        let message = format!("attendu un fichier ordinaire ; « {shown} » n'en est pas un");
        return Err(Diagnostic::error("fichier-attendu", message)
            .help("mettre à sa place un fichier")
            .about(shown));
    }
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(shown, &error))?;
    if bytes.len() > limit {
        let message = format!("attendu un fichier de {limit} octets au plus ; « {shown} » en a davantage");
        let help = "le couper, ou en retirer ce qui n'est pas lu";
        return Err(Diagnostic::error("fichier-trop-gros", message).help(help).about(shown));
    }
    Ok(bytes)
}

fn outside(path: &str, root: &str) -> Diagnostic {
    Diagnostic::error(
        "fichier-hors-dossier",
        format!("« {path} » mène hors de « {root} » : rien n'en est lu"),
    )
    .help("mettre à la place du lien le fichier lui-même")
    .about(path)
}

/// What the system says of a file, in the words of who reads it.
fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Diagnostic::error("fichier-introuvable", format!("fichier introuvable : « {shown} »"))
        }
        io::ErrorKind::PermissionDenied => {
            Diagnostic::error("fichier-interdit", format!("accès refusé à « {shown} »"))
        }
        _ => {
            let number =
                error.raw_os_error().map_or_else(String::new, |number| format!(" (erreur {number})"));
            let message = format!("« {shown} » ne peut pas être lu : le système le refuse{number}");
            Diagnostic::error("fichier-illisible", message)
        }
    }
    .about(shown)
}
