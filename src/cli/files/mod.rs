//! Files as they are found and read: bounded before they are read, and known to people by a relative
//! path with `/`.
//!
//! What somebody names on the command line is opened as it is named. What is found in a folder, or named by
//! a text, never leads out of that [`Folder`].

mod folder;

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::source::FileName;

pub use self::folder::{Folder, OUTSIDE};
use super::args::DEFAULT_POLICIES;

/// How people call what comes from the standard input.
pub const STDIN: &str = "entrée standard";

/// Whether a path stands for the standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of a file, or of the standard input for `-`: never more than `limit` of them are held.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let shown = shown(path);
    if is_stdin(path) {
        return bounded(io::stdin().lock(), &shown, limit);
    }
    let file = stream(path)?;
    let about = file.metadata().map_err(|error| unreadable(&shown, &error))?;
    if about.len() > limit as u64 {
        return Err(too_large(&shown, Some(about.len()), limit));
    }
    bounded(file, &shown, limit)
}

/// A file, to be read piece by piece.
pub fn stream(path: &Path) -> Result<File, Diagnostic> {
    let failed = |error: io::Error| unreadable(&shown(path), &error);
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(is_folder(&shown(path)));
    }
    Ok(file)
}

fn is_folder(shown: &str) -> Diagnostic {
    Diagnostic::error("fichier-attendu", format!("attendu un fichier ; « {shown} » est un répertoire"))
        .help("donner les fichiers qu'il contient")
        .about(shown)
}

fn bounded(input: impl Read, shown: &str, limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(shown, &error))?;
    if bytes.len() > limit {
        return Err(too_large(shown, None, limit));
    }
    Ok(bytes)
}

/// Whether two paths lead to one file.
pub fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    one == other || real(one).is_some_and(|own| real(other) == Some(own))
}

/// Writes a file whole, with the folders in which it stands.
pub fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Diagnostic> {
    create(path)?.write_all(text.as_ref()).map_err(|error| unreadable(&shown(path), &error))
}

/// A new file, with the folders in which it stands; it takes the place of another of its name.
pub fn create(path: &Path) -> Result<File, Diagnostic> {
    if path.is_dir() {
        let message = format!("attendu un fichier à écrire ; « {} » est un répertoire", shown(path));
        return Err(Diagnostic::error("fichier-attendu", message).help("ajouter le nom du fichier"));
    }
    if let Some(parent) = path.parent() {
        make_folder(parent)?;
    }
    File::create(path).map_err(|error| unreadable(&shown(path), &error))
}

/// Makes a folder where it is not there, with those in which it stands.
fn make_folder(path: &Path) -> Result<(), Diagnostic> {
    if let Some(file) = path.ancestors().find(|above| above.is_file()) {
        let message = format!("attendu un répertoire où écrire ; « {} » est un fichier", shown(file));
        return Err(Diagnostic::error("repertoire-attendu", message).help("choisir un autre répertoire"));
    }
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(path).map_err(|error| unreadable(&shown(path), &error))
}

fn too_large(shown: &str, size: Option<u64>, limit: usize) -> Diagnostic {
    let size = size.map_or(String::from("davantage"), |size| format!("{size} octets"));
    Diagnostic::error(
        "fichier-trop-gros",
        format!("attendu un fichier de {limit} octets au plus ; « {shown} » en a {size}"),
    )
    .help("le couper, ou en retirer ce qui n'est pas lu")
    .about(shown)
}

/// The code of a file that is not there.
pub const NOT_FOUND: &str = "fichier-introuvable";

/// What the system says of a file that cannot be read or written, in the words of who reads it: never the
/// system's own, which may be of any language.
pub fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    use io::ErrorKind as Kind;
    let cause = match error.kind() {
        Kind::NotFound => {
            return Diagnostic::error(NOT_FOUND, format!("fichier introuvable : « {shown} »")).about(shown);
        }
        Kind::PermissionDenied => {
            let message = format!("accès refusé à « {shown} »");
            return Diagnostic::error("fichier-interdit", message).about(shown);
        }
        Kind::NotADirectory => "un fichier y tient la place d'un répertoire",
        Kind::IsADirectory => "c'est un répertoire",
        Kind::AlreadyExists => "il existe déjà",
        Kind::DirectoryNotEmpty => "ce répertoire n'est pas vide",
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => "il n'y a plus de place",
        Kind::ReadOnlyFilesystem => "rien ne peut y être écrit",
        Kind::InvalidFilename | Kind::InvalidInput => "ce nom n'est pas possible",
        Kind::ResourceBusy | Kind::ExecutableFileBusy | Kind::WouldBlock => {
            "il est pris par un autre programme"
        }
        Kind::TimedOut | Kind::Interrupted | Kind::UnexpectedEof => "la lecture a été interrompue",
        Kind::TooManyLinks => "trop de liens se suivent",
        Kind::OutOfMemory => "il manque de la mémoire",
        _ => "le système le refuse",
    };
    let number = error.raw_os_error().map_or_else(String::new, |number| format!(" (erreur {number})"));
    let message = format!("« {shown} » ne peut pas être lu ni écrit : {cause}{number}");
    Diagnostic::error("fichier-illisible", message).about(shown)
}

/// What is said of a file where a folder is wanted.
fn not_a_folder(shown: &str) -> Diagnostic {
    Diagnostic::error("repertoire-attendu", format!("attendu un répertoire ; « {shown} » est un fichier"))
        .help("donner le répertoire dans lequel il est")
        .about(shown)
}

/// What is said of a file that is not there.
pub fn not_found(shown: &str) -> Diagnostic {
    unreadable(shown, &io::ErrorKind::NotFound.into())
}

/// What a file is called, and where it is opened.
pub fn named(path: &Path) -> FileName {
    FileName::new(name(path)).at(shown(path))
}

/// A path as it is typed, with `/`.
pub fn shown(path: &Path) -> String {
    if is_stdin(path) {
        return STDIN.to_owned();
    }
    let parts: Vec<String> = path
        .components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| match part {
            Component::RootDir => String::new(),
            part => part.as_os_str().to_string_lossy().into_owned(),
        })
        .collect();
    match parts.as_slice() {
        [] => ".".to_owned(),
        [only] if only.is_empty() => "/".to_owned(),
        parts => parts.join("/"),
    }
}

/// The name of a file without its folders: what a dossier is called.
pub fn name(path: &Path) -> String {
    if is_stdin(path) {
        return STDIN.to_owned();
    }
    path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned())
}

/// A path below a folder, with `/`.
pub fn relative(path: &Path, root: &Path) -> String {
    shown(path.strip_prefix(root).unwrap_or(path))
}

/// How the names of texts end.
const TEXTS: [&str; 1] = ["pol"];

/// How the names of dossiers end.
pub const DOSSIERS: [&str; 3] = ["yaml", "yml", "json"];

/// Whether a file is a dossier, by its name.
pub fn is_dossier(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|own| DOSSIERS.iter().any(|e| own == *e))
}

/// A text to read: where it stands, and what it is called.
#[derive(Debug)]
pub struct Found {
    /// Its path, as people open it.
    pub path: PathBuf,
    /// What it is called.
    pub name: FileName,
    /// The folder in which it was found, and which it does not lead out of.
    folder: Option<Arc<Folder>>,
}

impl Found {
    /// A text that is named by its own path. One of the default folder is called as when that folder is
    /// given, and as little leads out of it.
    pub fn given(path: &Path) -> Found {
        let plain = path.strip_prefix(".").unwrap_or(path);
        let default = Folder::open(Path::new(DEFAULT_POLICIES)).ok();
        if let Some(folder) = default.filter(|folder| folder.holds(plain)) {
            return Found::in_folder(&Arc::new(folder), plain.to_path_buf());
        }
        let name = if plain.is_absolute() { name(plain) } else { shown(plain) };
        Found { path: path.to_path_buf(), name: FileName::new(name).at(shown(path)), folder: None }
    }

    fn in_folder(folder: &Arc<Folder>, path: PathBuf) -> Found {
        let name = FileName::new(relative(&path, folder.path())).at(shown(&path));
        Found { path, name, folder: Some(Arc::clone(folder)) }
    }

    /// All texts below a folder, by path.
    pub fn below(folder: &Arc<Folder>) -> Result<Vec<Found>, Diagnostic> {
        let paths = folder.files_below(folder.path(), &TEXTS)?;
        Ok(paths.into_iter().map(|path| Found::in_folder(folder, path)).collect())
    }

    /// Its bytes.
    pub fn read(&self, limit: usize) -> Result<Vec<u8>, Diagnostic> {
        match &self.folder {
            Some(folder) => folder.read(&self.path, limit),
            None => read(&self.path, limit),
        }
    }

    /// The folder that the files which it names do not lead out of: the one in which it was found, else
    /// its own.
    pub fn folder(&self) -> Result<Arc<Folder>, Diagnostic> {
        match &self.folder {
            Some(folder) => Ok(Arc::clone(folder)),
            None => Folder::open(&self.beside()).map(Arc::new),
        }
    }

    /// Where the files that it names are looked for.
    pub fn beside(&self) -> PathBuf {
        let parent = self.path.parent().filter(|_| !is_stdin(&self.path));
        parent.map(Path::to_path_buf).unwrap_or_default()
    }
}

/// The texts that a command is given: files, folders, `-`; the default folder where nothing is said.
pub fn policies(paths: &[PathBuf]) -> Vec<Result<Found, Vec<Diagnostic>>> {
    let default = [PathBuf::from(DEFAULT_POLICIES)];
    let paths = if paths.is_empty() { &default[..] } else { paths };
    let mut found = Vec::new();
    for path in paths {
        if is_stdin(path) || !path.is_dir() {
            found.push(Ok(Found::given(path)));
            continue;
        }
        match Folder::open(path).and_then(|folder| Found::below(&Arc::new(folder))) {
            Ok(below) if below.is_empty() => found.push(Err(vec![no_text_in(path)])),
            Ok(below) => found.extend(below.into_iter().map(Ok)),
            Err(error) => found.push(Err(vec![error])),
        }
    }
    found
}

/// What is said of a folder without texts.
pub fn no_text_in(folder: &Path) -> Diagnostic {
    let shown = shown(folder);
    Diagnostic::error("aucun-texte", format!("aucun fichier .pol dans « {shown} »")).about(shown)
}
