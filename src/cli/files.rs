//! Files as they are found and read: bounded before they are read, and known to people by a relative
//! path with `/`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use conforme::diagnostic::Diagnostic;

use super::args::DEFAULT_POLICIES;

/// How people call what comes from the standard input.
pub const STDIN: &str = "entrée standard";

/// Deepest folder in which policies are looked for, below the one that is given.
const DEPTH: usize = 16;

/// Whether a path stands for the standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of a file, or of the standard input for `-`: never more than `limit` of them are held.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let shown = shown(path);
    let failed = |error: io::Error| unreadable(&shown, &error);
    if is_stdin(path) {
        return bounded(io::stdin().lock(), &shown, limit);
    }
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(Diagnostic::error(
            "fichier-attendu",
            format!("attendu un fichier ; « {shown} » est un répertoire"),
        )
        .help("donner les fichiers qu'il contient"));
    }
    if about.len() > limit as u64 {
        return Err(too_large(&shown, Some(about.len()), limit));
    }
    bounded(file, &shown, limit)
}

fn bounded(input: impl Read, shown: &str, limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(shown, &error))?;
    if bytes.len() > limit {
        return Err(too_large(shown, None, limit));
    }
    Ok(bytes)
}

/// Writes a file whole, with the folders in which it stands.
pub fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if path.is_dir() {
        let message = format!("attendu un fichier à écrire ; « {} » est un répertoire", shown(path));
        return Err(Diagnostic::error("fichier-attendu", message).help("ajouter le nom du fichier"));
    }
    if let Some(file) = path.ancestors().skip(1).find(|above| above.is_file()) {
        let message = format!("attendu un répertoire où écrire ; « {} » est un fichier", shown(file));
        return Err(Diagnostic::error("repertoire-attendu", message).help("choisir un autre répertoire"));
    }
    let folders = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => std::fs::create_dir_all(parent),
        Some(_) | None => Ok(()),
    };
    folders.and_then(|()| std::fs::write(path, text)).map_err(|error| unreadable(&shown(path), &error))
}

fn too_large(shown: &str, size: Option<u64>, limit: usize) -> Diagnostic {
    let size = size.map_or(String::from("davantage"), |size| format!("{size} octets"));
    Diagnostic::error(
        "fichier-trop-gros",
        format!("attendu un fichier de {limit} octets au plus ; « {shown} » en a {size}"),
    )
    .help("le couper, ou en retirer ce qui n'est pas lu")
}

/// What the system says of a file that cannot be read or written, in French where it is frequent.
pub fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    let (code, message) = match error.kind() {
        io::ErrorKind::NotFound => ("fichier-introuvable", format!("fichier introuvable : « {shown} »")),
        io::ErrorKind::PermissionDenied => ("fichier-interdit", format!("accès refusé à « {shown} »")),
        _ => ("fichier-illisible", format!("« {shown} » ne peut pas être lu ni écrit ({error})")),
    };
    Diagnostic::error(code, message)
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

/// All `*.pol` files below a folder, by path; hidden folders are passed over, links to folders too.
pub fn policies_below(root: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    below(root, &["pol"])
}

/// How the names of dossiers end.
const DOSSIERS: [&str; 3] = ["yaml", "yml", "json"];

/// All dossiers below a folder, likewise: `*.yaml`, `*.yml`, `*.json`.
pub fn dossiers_below(root: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    below(root, &DOSSIERS)
}

/// Whether a file is a dossier, by its name.
pub fn is_dossier(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|own| DOSSIERS.iter().any(|e| own == *e))
}

fn below(root: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let failed = |error: io::Error| unreadable(&shown(&folder), &error);
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                if depth < DEPTH && !entry.file_name().to_string_lossy().starts_with('.') {
                    folders.push((path, depth + 1));
                }
            } else if path.extension().is_some_and(|own| extensions.iter().any(|e| own == *e))
                && path.is_file()
            {
                found.push(path);
            }
        }
    }
    // Folders are listed in no order by the system; the same files must give the same report.
    found.sort_by_key(|path| relative(path, root));
    Ok(found)
}

/// A policy to read: where it stands, and the name that people see.
pub type Found = (PathBuf, String);

/// The policies that a command is given: files, folders, `-`; the default folder where nothing is said.
/// A name is relative to the folder in which the policy was found.
pub fn policies(paths: &[PathBuf]) -> Vec<Result<Found, Vec<Diagnostic>>> {
    let default = [PathBuf::from(DEFAULT_POLICIES)];
    let paths = if paths.is_empty() { &default[..] } else { paths };
    let mut found = Vec::new();
    for path in paths {
        if !is_stdin(path) && path.is_dir() {
            match policies_below(path) {
                Ok(below) if below.is_empty() => found.push(Err(vec![Diagnostic::error(
                    "aucun-texte",
                    format!("aucun fichier .pol dans « {} »", shown(path)),
                )])),
                Ok(below) => found.extend(below.into_iter().map(|file| {
                    let name = relative(&file, path);
                    Ok((file, name))
                })),
                Err(error) => found.push(Err(vec![error])),
            }
        } else {
            found.push(Ok((path.clone(), given_name(path))));
        }
    }
    found
}

/// The name of a policy that is given by its own path: the same as when its folder is given, where that
/// is the default one.
pub fn given_name(path: &Path) -> String {
    let plain = path.strip_prefix(".").unwrap_or(path);
    if plain.is_absolute() { name(plain) } else { relative(plain, Path::new(DEFAULT_POLICIES)) }
}
