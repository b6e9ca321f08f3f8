//! The texts of a folder of policies, by identifier.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use conforme::diagnostic::Diagnostic;
use conforme::history::{History, Sight, Text};
use conforme::policy::Policy;
use conforme::shelf::Shelf;
use conforme::source::SourceFile;
use conforme::time::Date;
use conforme::{limits, syntax, text};

use super::args::DEFAULT_POLICIES;
use super::clock;
use super::files::{self, Folder, Found};

/// All texts of a folder.
pub struct Catalogue {
    /// The folder; `None` for a single file.
    folder: Option<Arc<Folder>>,
    /// As it was given.
    root: String,
    histories: Vec<Arc<History>>,
    /// What keeps other files of the folder from being known by their identifier.
    lost: Vec<Diagnostic>,
}

impl Catalogue {
    /// Reads the texts of a folder.
    pub fn open(root: &Path) -> Result<Catalogue, Vec<Diagnostic>> {
        let nowhere = |error: Diagnostic| {
            vec![error.help("« --policies RÉPERTOIRE » dit où sont les textes (à défaut « policies/ »)")]
        };
        let folder = Arc::new(Folder::open(root).map_err(nowhere)?);
        let (mut texts, mut lost) = (Vec::new(), Vec::new());
        for found in Found::below(&folder).map_err(nowhere)? {
            match read(&found).and_then(Text::new) {
                Ok(text) => texts.push(text),
                Err(diagnostics) => lost.extend(diagnostics),
            }
        }
        let root = files::shown(root);
        Ok(Catalogue { folder: Some(folder), root, histories: History::all(texts), lost })
    }

    /// The texts of a folder that is in memory.
    pub fn of_shelf(shelf: &Shelf) -> Catalogue {
        let (histories, lost) = (shelf.histories().to_vec(), shelf.lost().to_vec());
        Catalogue { folder: None, root: "le répertoire des textes".to_owned(), histories, lost }
    }

    /// The texts of one file.
    fn of_file(path: &Path, root: &Path) -> Result<(Catalogue, String), Vec<Diagnostic>> {
        let text = Text::new(read(&Found::given(path))?)?;
        let id = text.id().to_owned();
        let mut texts = vec![text];
        leaned_on(&mut texts, &[beside(path), root.to_path_buf()], &mut |_, _| {});
        let histories = History::all(texts);
        let root = files::shown(path);
        Ok((Catalogue { folder: None, root, histories, lost: Vec::new() }, id))
    }

    /// The bytes of a dossier: what stands in the folder of the texts does not lead out of it.
    pub fn dossier(&self, path: &Path) -> Result<Vec<u8>, Diagnostic> {
        match &self.folder {
            Some(folder) if folder.holds(path) => folder.read(path, limits::DOSSIER_BYTES),
            Some(_) | None => files::read(path, limits::DOSSIER_BYTES),
        }
    }

    /// Likewise a file of many dossiers, or the standard input, to be read piece by piece.
    pub fn dossiers(&self, path: &Path) -> Result<Box<dyn Read + Send>, Diagnostic> {
        Ok(match &self.folder {
            _ if files::is_stdin(path) => Box::new(std::io::stdin()),
            Some(folder) if folder.holds(path) => Box::new(folder.stream(path)?),
            Some(_) | None => Box::new(files::stream(path)?),
        })
    }

    /// What keeps files of the folder from being known by their identifier.
    pub fn lost(&self) -> &[Diagnostic] {
        &self.lost
    }

    /// All identifiers, without repetition.
    pub fn ids(&self) -> Vec<&str> {
        self.histories.iter().map(|history| history.id()).collect()
    }

    /// Those that a dossier may be under.
    pub fn decided(&self) -> Vec<&str> {
        let is_common = |history: &History| history.texts().iter().any(Text::is_common);
        let own = self.histories.iter().filter(|history| !is_common(history));
        own.map(|history| history.id()).collect()
    }

    /// The texts of an identifier.
    pub fn history(&self, id: &str) -> Result<&History, Vec<Diagnostic>> {
        let wanted = text::tidy(id);
        if let Some(history) = self.histories.iter().find(|history| history.id() == wanted) {
            return Ok(&**history);
        }
        let ids = self.decided();
        let help = match text::nearest(&wanted, ids.iter().copied()) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None if ids.is_empty() => format!("aucun fichier .pol lisible dans « {} »", self.root),
            None => format!("dispositifs connus : {}", ids.join(", ")),
        };
        let unknown =
            Diagnostic::error("dispositif-inconnu", format!("dispositif inconnu : « {wanted} »")).help(help);
        // A text that could not be read may well be the one.
        Err([vec![unknown], self.lost.clone()].concat())
    }
}

/// The folder in which a file stands.
fn beside(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Adds the texts that texts lean on and that are not among them, near and far, from the first folder that has
/// them; `found` is told of each.
pub fn leaned_on(texts: &mut Vec<Text>, folders: &[PathBuf], found: &mut dyn FnMut(&Text, Found)) {
    let lacking = |texts: &[Text]| {
        let known = |id: &str| texts.iter().any(|text| text.id() == id);
        texts.iter().flat_map(Text::leans_on).filter(|id| !known(id)).map(str::to_owned).collect::<Vec<_>>()
    };
    for folder in folders {
        if lacking(texts).is_empty() {
            return;
        }
        let below = Folder::open(folder).and_then(|folder| Found::below(&Arc::new(folder)));
        let mut there: Vec<(Text, Found)> = below
            .unwrap_or_default()
            .into_iter()
            .filter_map(|found| Some((read(&found).and_then(Text::new).ok()?, found)))
            .collect();
        loop {
            let lacking = lacking(texts);
            let (wanted, rest): (Vec<_>, Vec<_>) =
                there.into_iter().partition(|(text, _)| lacking.iter().any(|id| id == text.id()));
            there = rest;
            if wanted.is_empty() {
                break;
            }
            for (text, place) in wanted {
                found(&text, place);
                texts.push(text);
            }
        }
    }
}

/// Reads a policy file.
pub fn read(found: &Found) -> Result<Arc<SourceFile>, Vec<Diagnostic>> {
    let path = &found.path;
    let bytes = found.read(limits::POLICY_BYTES).map_err(|error| vec![error])?;
    // A file of another name may be a text; one mistake a line would tell nobody that it is none.
    if !files::is_stdin(path) && path.extension().is_none_or(|own| own != "pol") && !begins_as_text(&bytes) {
        return Err(vec![no_text(path)]);
    }
    syntax::decode(&found.name, &bytes).map_err(|unreadable| vec![unreadable])
}

/// Whether the first line that is no comment begins as that of a policy or of an amendment, or nearly.
fn begins_as_text(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let Some(line) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else { return false };
    let word = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    text::nearest(word, ["dispositif", "avenant", "texte"]).is_some()
}

fn no_text(path: &Path) -> Diagnostic {
    let shown = files::shown(path);
    Diagnostic::error("texte-attendu", format!("attendu un texte (.pol) ; « {shown} » n'en est pas un")).about(shown).help(
        "un texte commence par « dispositif aide « Titre de l'aide » », ou « avenant 1 à aide « Son titre » », puis « en \
         vigueur depuis le 1er janvier 2025 »",
    )
}

/// The policies that a command is given, by paths or, as everywhere else, by identifiers.
pub fn policies(paths: &[PathBuf]) -> Vec<Result<Found, Vec<Diagnostic>>> {
    if paths.is_empty() {
        return files::policies(paths);
    }
    let a_dossier = |path: &Path| {
        let shown = files::shown(path);
        Diagnostic::error("texte-attendu", format!("attendu un texte (.pol) ; « {shown} » est un dossier"))
            .about(&shown)
            .help(format!("pour le décider : conforme decide {shown}"))
    };
    let read = |path: Result<PathBuf, Diagnostic>| match path {
        Ok(path) if files::is_dossier(&path) => vec![Err(vec![a_dossier(&path)])],
        Ok(path) => files::policies(&[path]),
        Err(unknown) => vec![Err(vec![unknown])],
    };
    meant(paths).into_iter().flat_map(read).collect()
}

/// The paths that are meant by paths and identifiers: where there is no such file, an identifier stands for
/// the files of the default folder that hold its texts.
pub fn meant(wanted: &[PathBuf]) -> Vec<Result<PathBuf, Diagnostic>> {
    let is_name = |path: &Path| {
        !files::is_stdin(path)
            && !path.exists()
            && path.extension().is_none()
            && path.file_name() == Some(path.as_os_str())
    };
    if !wanted.iter().any(|path| is_name(path)) {
        return wanted.iter().cloned().map(Ok).collect();
    }
    let default =
        Folder::open(Path::new(DEFAULT_POLICIES)).and_then(|folder| Found::below(&Arc::new(folder)));
    let texts = default.unwrap_or_default().into_iter().filter_map(|found| {
        let text = read(&found).and_then(Text::new).ok()?;
        Some((found.path, text.id().to_owned()))
    });
    let texts: Vec<(PathBuf, String)> = texts.collect();
    let mut found = Vec::new();
    for path in wanted {
        let id = text::tidy(&files::shown(path));
        let own = texts.iter().filter(|(_, of)| is_name(path) && *of == id);
        let own: Vec<_> = own.map(|(path, _)| Ok(path.clone())).collect();
        if !own.is_empty() {
            found.extend(own);
        } else if is_name(path) {
            let unknown = Diagnostic::error(
                "fichier-introuvable",
                format!("attendu un fichier, un répertoire ou un dispositif connu ; lu « {id} »"),
            )
            .about(&id);
            let near = text::nearest(&id, texts.iter().map(|(_, id)| id.as_str()));
            found.push(Err(match near {
                Some(near) => unknown.help(format!("vouliez-vous dire « {near} » ?")),
                None => unknown,
            }));
        } else {
            found.push(Ok(path.clone()));
        }
    }
    found
}

/// What a policy is given by: an identifier or a file, perhaps `@` and a date after it.
pub struct Wanted {
    /// Where it is looked for.
    pub catalogue: Catalogue,
    /// Its identifier.
    pub id: String,
    /// The date after `@`.
    pub on: Option<Date>,
}

impl Wanted {
    /// Finds what is meant by `ess`, `ess@2027-01-01`, `dossier/texte.pol`. A file stands for the text that
    /// it holds; an amendment, for the policy that it amends, in its folder or in that of policies.
    pub fn find(wanted: &str, root: &Path) -> Result<Wanted, Vec<Diagnostic>> {
        let (name, on) = match wanted.rsplit_once('@') {
            Some((name, date)) => {
                let on = clock::parse(date).ok_or_else(|| vec![clock::badly_written(date)])?;
                (name, Some(on))
            }
            None => (wanted, None),
        };
        let path = Path::new(name);
        if path.extension().is_none_or(|e| e != "pol") && !files::is_stdin(path) {
            return Ok(Wanted { catalogue: Catalogue::open(root)?, id: name.to_owned(), on });
        }
        let (alone, id) = Catalogue::of_file(path, root)?;
        let amends = |catalogue: &Catalogue| {
            catalogue.history(&id).is_ok_and(|h| h.texts().iter().any(|t| !t.is_amendment()))
        };
        if amends(&alone) {
            return Ok(Wanted { catalogue: alone, id, on });
        }
        for folder in [&*beside(path), root] {
            if let Ok(catalogue) = Catalogue::open(folder)
                && amends(&catalogue)
            {
                return Ok(Wanted { catalogue, id, on });
            }
        }
        Ok(Wanted { catalogue: alone, id, on })
    }

    /// All its texts.
    pub fn history(&self) -> Result<&History, Vec<Diagnostic>> {
        self.catalogue.history(&self.id)
    }

    /// The day that is meant: what `@` says, else `on`, else today.
    pub fn day(&self, on: Option<Date>) -> Result<Date, Vec<Diagnostic>> {
        self.on.or(on).or_else(clock::today).ok_or_else(|| vec![clock::unknown()])
    }

    /// The policy of that day; where there is but one text, that one, whatever the day.
    pub fn policy(&self, sight: &Sight) -> Result<&Policy, Vec<Diagnostic>> {
        let history = self.history()?;
        let only = history.eras(sight);
        let day = match (self.on, only.as_slice()) {
            (None, [only]) => only.days.from.or(only.days.to).or_else(clock::today),
            _ => Some(self.day(None)?),
        };
        history.at(day.ok_or_else(|| vec![clock::unknown()])?, sight)?.policy()
    }
}

/// Does something with a policy that is given by its identifier or its file. Of several versions it is
/// that of today, or of the date after `@`.
pub fn with_policy<R>(wanted: &str, root: &Path, f: impl FnOnce(&Policy) -> R) -> Result<R, Vec<Diagnostic>> {
    let wanted = Wanted::find(wanted, root)?;
    Ok(f(wanted.policy(&Sight::default())?))
}

/// The folder and the identifiers that are meant by identifiers and files: a file stands for its
/// identifier in its own folder.
pub fn folder_of(wanted: &[String], root: &Path) -> Result<(PathBuf, Vec<String>), Vec<Diagnostic>> {
    let mut folder = root.to_path_buf();
    let mut ids = Vec::new();
    for name in wanted {
        let path = Path::new(name);
        if path.extension().is_some_and(|e| e == "pol") {
            let text = Text::new(read(&Found::given(path))?)?;
            ids.push(text.id().to_owned());
            let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            let beside = beside.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
            // A file of the folder of policies is called what it is called there.
            if !beside.starts_with(root) {
                folder = beside;
            }
        } else {
            ids.push(name.clone());
        }
    }
    Ok((folder, ids))
}
