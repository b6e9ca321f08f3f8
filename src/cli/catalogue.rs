//! The texts of a folder of policies: found by identifier, then by the date on which they are in force.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use conforme::check::{self, Checked};
use conforme::diagnostic::Diagnostic;
use conforme::policy::Policy;
use conforme::source::{SourceFile, Span};
use conforme::syntax::tree::Header;
use conforme::time::Date;
use conforme::{limits, syntax, text};

use super::{clock, files};

/// One text, checked when it is first asked for.
pub struct Text {
    file: Arc<SourceFile>,
    header: Header,
    checked: OnceCell<Checked>,
}

/// All texts of a folder.
pub struct Catalogue {
    /// As it was given.
    root: String,
    texts: Vec<Text>,
    /// What keeps other files of the folder from being known by their identifier.
    lost: Vec<Diagnostic>,
}

impl Text {
    /// A text of this file; what is wrong where its identifier cannot be read.
    pub fn new(file: Arc<SourceFile>) -> Result<Text, Vec<Diagnostic>> {
        let (document, diagnostics) = syntax::parse(&file);
        match document.header {
            Some(header) => Ok(Text { file, header, checked: OnceCell::new() }),
            None => Err(diagnostics),
        }
    }

    /// The checked policy, or its errors.
    pub fn policy(&self) -> Result<&Policy, Vec<Diagnostic>> {
        let checked = self.checked.get_or_init(|| check::check(&self.file));
        checked.policy.as_ref().ok_or_else(|| {
            checked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect()
        })
    }

    /// The name of its file, relative to the folder of policies.
    pub fn name(&self) -> &str {
        self.file.name()
    }

    /// Whether it is in force on a day.
    fn covers(&self, day: Date) -> bool {
        self.from().is_none_or(|from| from <= day) && self.until().is_none_or(|until| day <= until)
    }

    fn from(&self) -> Option<Date> {
        self.header.from.as_ref().map(|date| date.value)
    }

    fn until(&self) -> Option<Date> {
        self.header.until.as_ref().map(|date| date.value)
    }

    fn id(&self) -> &str {
        &self.header.id.text
    }

    /// Where its period is said, or its identifier where it says none.
    fn period(&self) -> Span {
        self.header.from.as_ref().or(self.header.until.as_ref()).map_or(self.header.id.span, |date| date.span)
    }
}

impl Catalogue {
    /// Reads the texts of a folder.
    pub fn open(root: &Path) -> Result<Catalogue, Vec<Diagnostic>> {
        let paths = files::policies_below(root).map_err(|error| {
            vec![error.help("« --policies RÉPERTOIRE » dit où sont les textes (à défaut « policies/ »)")]
        })?;
        let mut catalogue = Catalogue { root: files::shown(root), texts: Vec::new(), lost: Vec::new() };
        for path in paths {
            match read(&path, files::relative(&path, root)).and_then(Text::new) {
                Ok(text) => catalogue.texts.push(text),
                Err(diagnostics) => catalogue.lost.extend(diagnostics),
            }
        }
        Ok(catalogue)
    }

    /// What keeps files of the folder from being known by their identifier.
    pub fn lost(&self) -> &[Diagnostic] {
        &self.lost
    }

    /// All identifiers, without repetition.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.texts.iter().map(Text::id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The texts of an identifier: at least one.
    pub fn texts(&self, id: &str) -> Result<Vec<&Text>, Vec<Diagnostic>> {
        let wanted = text::tidy(id);
        let texts: Vec<&Text> = self.texts.iter().filter(|text| text.id() == wanted).collect();
        if !texts.is_empty() {
            return Ok(texts);
        }
        let ids = self.ids();
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

/// Reads a policy file.
pub fn read(path: &Path, name: String) -> Result<Arc<SourceFile>, Vec<Diagnostic>> {
    let bytes = files::read(path, limits::POLICY_BYTES).map_err(|error| vec![error])?;
    syntax::decode(&name, &bytes).map_err(|unreadable| vec![unreadable])
}

/// The one text of these that is in force on a day.
pub fn in_force<'a>(texts: &[&'a Text], day: Date) -> Result<&'a Text, Vec<Diagnostic>> {
    let mut now = texts.iter().copied().filter(|text| text.covers(day));
    match (now.next(), now.next()) {
        (Some(only), None) => Ok(only),
        (Some(first), Some(second)) => {
            Err(vec![overlap(first, second, &format!("le {}", clock::shown(day)))])
        }
        (None, _) => Err(vec![none_in_force(texts, day)]),
    }
}

/// Does something with a policy that is given by its identifier or its file. Of several versions it is
/// that of today.
pub fn with_policy<R>(wanted: &str, root: &Path, f: impl FnOnce(&Policy) -> R) -> Result<R, Vec<Diagnostic>> {
    let path = Path::new(wanted);
    if path.extension().is_some_and(|e| e == "pol") || files::is_stdin(path) {
        return Ok(f(Text::new(read(path, files::given_name(path))?)?.policy()?));
    }
    let catalogue = Catalogue::open(root)?;
    let texts = catalogue.texts(wanted)?;
    let text = match (texts.as_slice(), clock::today()) {
        ([only], _) => only,
        (texts, Some(today)) => in_force(texts, today)?,
        (_, None) => return Err(vec![clock::unknown()]),
    };
    Ok(f(text.policy()?))
}

/// The folder and the identifiers that are meant by identifiers and files: a file stands for its
/// identifier in its own folder.
pub fn folder_of(wanted: &[String], root: &Path) -> Result<(PathBuf, Vec<String>), Vec<Diagnostic>> {
    let mut folder = root.to_path_buf();
    let mut ids = Vec::new();
    for name in wanted {
        let path = Path::new(name);
        if path.extension().is_some_and(|e| e == "pol") {
            let text = Text::new(read(path, files::given_name(path))?)?;
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

fn none_in_force(texts: &[&Text], day: Date) -> Diagnostic {
    let id = texts.first().map_or("", |text| text.id());
    let mut message = format!("aucune version de « {id} » n'est en vigueur le {}", clock::shown(day));
    let before = texts
        .iter()
        .filter_map(|text| Some((text.until()?, text)))
        .filter(|(until, _)| *until < day)
        .max_by_key(|(until, _)| *until);
    let after = texts
        .iter()
        .filter_map(|text| Some((text.from()?, text)))
        .filter(|(from, _)| *from > day)
        .min_by_key(|(from, _)| *from);
    if let Some((until, _)) = before {
        message += &format!(" ; la précédente l'était jusqu'au {}", clock::shown(until));
    }
    if let Some((from, _)) = after {
        let which = if before.is_some() { "suivante" } else { "première" };
        message += &format!(" ; la {which} l'est depuis le {}", clock::shown(from));
    }
    let mut diagnostic = Diagnostic::error("version-absente", message)
        .help("vérifier la date d'examen : « --on » dans la commande, « examiné le » dans le dossier");
    for (_, text) in before.into_iter().chain(after) {
        diagnostic = diagnostic.at(&text.file, text.period(), "en vigueur");
    }
    diagnostic
}

fn overlap(first: &Text, second: &Text, when: &str) -> Diagnostic {
    Diagnostic::error(
        "versions-superposees",
        format!("deux textes de « {} » sont en vigueur {when}", first.id()),
    )
    .at(&first.file, first.period(), "celui-ci")
    .at(&second.file, second.period(), "et celui-là")
    .help("écrire dans l'un « jusqu'au », dans l'autre « en vigueur depuis le », sans jour commun")
}
