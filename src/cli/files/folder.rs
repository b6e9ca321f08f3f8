//! A folder that is never left: whatever a link in it leads to, only its own regular files are read, and
//! nothing is written but in it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, Metadata, OpenOptions};
use conforme::diagnostic::Diagnostic;

use super::{bounded, name, not_a_folder, relative, shown, too_large, unreadable};

/// Deepest folder in which files are looked for.
const DEPTH: usize = 16;

/// A folder that somebody named. Paths below it are written as they are everywhere else: after its own.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    dir: Dir,
}

impl Folder {
    /// The folder of this path; the one in which the command runs for an empty path.
    pub fn open(path: &Path) -> Result<Folder, Diagnostic> {
        let opened = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let dir = Dir::open_ambient_dir(opened, ambient_authority()).map_err(|error| {
            if path.is_file() { not_a_folder(&shown(path)) } else { unreadable(&shown(path), &error) }
        })?;
        Ok(Folder { path: path.to_path_buf(), dir })
    }

    /// The same, made where it is not there.
    pub fn make(path: &Path) -> Result<Folder, Diagnostic> {
        super::make_folder(path)?;
        Folder::open(path)
    }

    /// As it was named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a path leads into the folder by its words alone.
    pub fn holds(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.path).ok();
        below.is_some_and(|below| {
            below.components().all(|part| matches!(part, std::path::Component::Normal(_)))
        })
    }

    /// Likewise, a path below the folder as the system is asked for it.
    fn below<'p>(&self, path: &'p Path) -> Result<&'p Path, Diagnostic> {
        let below = path.strip_prefix(&self.path).map_err(|_| self.outside(path))?;
        Ok(if below.as_os_str().is_empty() { Path::new(".") } else { below })
    }

    /// A file, to be read piece by piece.
    pub fn stream(&self, path: &Path) -> Result<std::fs::File, Diagnostic> {
        Ok(self.opened(path)?.0.into_std())
    }

    /// The bytes of a file: never more than `limit` of them are held.
    pub fn read(&self, path: &Path, limit: usize) -> Result<Vec<u8>, Diagnostic> {
        let (file, about) = self.opened(path)?;
        if about.len() > limit as u64 {
            return Err(too_large(&shown(path), Some(about.len()), limit));
        }
        bounded(file, &shown(path), limit)
    }

    fn opened(&self, path: &Path) -> Result<(File, Metadata), Diagnostic> {
        let failed = |error: io::Error| self.failed(path, &error);
        let below = self.below(path)?;
        // Merely to open a pipe waits for who writes to it, and to open a device may do anything.
        regular(path, &self.dir.metadata(below).map_err(failed)?)?;
        let mut options = OpenOptions::new();
        let file = self.dir.open_with(below, options.read(true).nonblock(true)).map_err(failed)?;
        // It may have been put in the place of what was looked at.
        let about = file.metadata().map_err(failed)?;
        regular(path, &about)?;
        Ok((file, about))
    }

    /// Writes a file whole, in the place of the one that is there.
    pub fn write(&self, path: &Path, text: &str) -> Result<(), Diagnostic> {
        let below = self.below(path)?;
        match self.dir.metadata(below) {
            Ok(about) => regular(path, &about)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(self.failed(path, &error)),
        }
        self.dir.write(below, text).map_err(|error| self.failed(path, &error))
    }

    /// Writes a file that is not there yet; `false`, and nothing is written, where anything bears its name,
    /// a link that leads nowhere included.
    pub fn create(&self, path: &Path, text: &str) -> Result<bool, Diagnostic> {
        let mut options = OpenOptions::new();
        match self.dir.open_with(self.below(path)?, options.write(true).create_new(true)) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).map_err(|error| self.failed(path, &error))?;
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(self.failed(path, &error)),
        }
    }

    /// Whether a folder is there.
    pub fn has_folder(&self, path: &Path) -> bool {
        self.below(path).is_ok_and(|below| match self.dir.metadata(below) {
            Ok(about) => about.is_dir(),
            // What leads elsewhere is there, and is refused when it is listed.
            Err(error) => leads_outside(&error),
        })
    }

    /// The files and the folders of a folder, by name; hidden ones are passed over.
    pub fn entries(&self, folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Diagnostic> {
        let failed = |error: io::Error| self.failed(folder, &error);
        let (mut paths, mut folders) = (Vec::new(), Vec::new());
        for entry in self.dir.read_dir(self.below(folder)?).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = folder.join(entry.file_name());
            if name(&path).starts_with('.') {
                continue;
            }
            // A link is taken for a file: what it leads to is seen when it is opened.
            if entry.file_type().map_err(failed)?.is_dir() { &mut folders } else { &mut paths }.push(path);
        }
        // Folders are listed in no order by the system; the same files must give the same report.
        paths.sort();
        folders.sort();
        Ok((paths, folders))
    }

    /// All files below a folder whose names end so, by path. Links to folders are passed over.
    pub fn files_below(&self, folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Diagnostic> {
        let mut found = Vec::new();
        let mut open = vec![(folder.to_path_buf(), 0)];
        while let Some((folder, depth)) = open.pop() {
            let (paths, folders) = self.entries(&folder)?;
            let wanted =
                |path: &PathBuf| path.extension().is_some_and(|own| extensions.iter().any(|e| own == *e));
            found.extend(paths.into_iter().filter(wanted));
            if depth < DEPTH {
                open.extend(folders.into_iter().map(|folder| (folder, depth + 1)));
            }
        }
        found.sort_by_key(|path| relative(path, &self.path));
        Ok(found)
    }

    fn failed(&self, path: &Path, error: &io::Error) -> Diagnostic {
        if leads_outside(error) { self.outside(path) } else { unreadable(&shown(path), error) }
    }

    fn outside(&self, path: &Path) -> Diagnostic {
        let (path, root) = (shown(path), shown(&self.path));
        Diagnostic::error(OUTSIDE, format!("« {path} » mène hors de « {root} » : rien n'en est lu ni écrit"))
            .help("mettre à la place du lien le fichier lui-même")
            .about(path)
    }
}

/// The code of a path that leads out of the folder.
pub const OUTSIDE: &str = "fichier-hors-dossier";

/// What [`cap_std`] says of a path that leads out of a folder: a refusal of its own, not of the system.
fn leads_outside(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none()
}

fn regular(path: &Path, about: &Metadata) -> Result<(), Diagnostic> {
    let path = shown(path);
    if about.is_file() {
        return Ok(());
    }
    if about.is_dir() {
        return Err(super::is_folder(&path));
    }
    let message = format!("attendu un fichier ordinaire ; « {path} » est un tube ou un périphérique");
    Err(Diagnostic::error("fichier-attendu", message).help("mettre à sa place un fichier").about(path))
}
