//! Texts and their cases in memory: all that pages are made of.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::decision::Decision;
use crate::diagnostic::Diagnostic;
use crate::dossier::{self, Dossier};
use crate::history::{self, Decided as Chosen, History, Sight, Text};
use crate::policy::Policy;
use crate::source::SourceFile;
use crate::time::Date;
use crate::{limits, syntax, text};

/// The files of a folder of policies.
pub struct Shelf {
    /// Each file by its path below the folder, `/` between folders.
    files: BTreeMap<String, Vec<u8>>,
    histories: Vec<Arc<History>>,
    cases: Vec<CaseFile>,
    /// What keeps files from being known by their identifier.
    lost: Vec<Diagnostic>,
}

/// A dossier that stands beside the texts, to be decided whenever they change.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The identifier of its policy.
    pub policy: String,
    /// Its name, `12-incomplet`.
    pub name: String,
    /// Where it stands below the folder.
    pub path: String,
    /// The dossier.
    pub file: Arc<SourceFile>,
}

/// A dossier with what was decided of it.
pub struct Decided<'s> {
    /// The version that applies to it.
    pub policy: &'s Policy,
    /// What it says.
    pub dossier: Dossier,
    /// What was decided.
    pub decision: Decision,
}

impl Shelf {
    /// Reads files: the texts (`.pol`), their sources, and the dossiers in folders called `cases`.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let (mut texts, mut lost) = (Vec::new(), Vec::new());
        for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".pol")) {
            let read = match bytes.len() > limits::POLICY_BYTES {
                true => Err(vec![too_long(path)]),
                false => syntax::decode(path, bytes).map_err(|problem| vec![problem]),
            };
            match read.and_then(Text::new) {
                Ok(text) => texts.push(text),
                Err(problems) => lost.extend(problems),
            }
        }
        let histories = History::all(texts);
        let mut cases = Vec::new();
        for (path, bytes) in &files {
            let Some((folder, name)) = case_name(path) else { continue };
            let Ok(file) = dossier::file(bytes, path.rsplit('/').next().unwrap_or(path)) else { continue };
            let said = dossier::identify(&file).ok().flatten();
            let beside = |history: &&Arc<History>| {
                history.texts().iter().any(|text| parent(text.file.name()) == folder)
            };
            let known = |id: &String| histories.iter().any(|history| history.id() == id);
            let own = said
                .filter(known)
                .or_else(|| histories.iter().find(beside).map(|history| history.id().to_owned()));
            if let Some(policy) = own {
                cases.push(CaseFile { policy, name: name.to_owned(), path: path.clone(), file });
            }
        }
        Shelf { files, histories, cases, lost }
    }

    /// The files that it was made of, by their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The same with another file in the place of one.
    pub(super) fn with(&self, path: &str, bytes: Vec<u8>) -> Shelf {
        let mut files = self.files.clone();
        files.insert(path.to_owned(), bytes);
        Shelf::new(files)
    }

    /// The identifiers of all policies.
    pub fn ids(&self) -> Vec<&str> {
        self.histories.iter().map(|history| history.id()).collect()
    }

    /// What keeps files from being known by their identifier.
    pub fn lost(&self) -> &[Diagnostic] {
        &self.lost
    }

    /// The texts of a policy.
    ///
    /// # Errors
    ///
    /// There is none of that identifier.
    pub fn history(&self, id: &str) -> Result<&Arc<History>, Vec<Diagnostic>> {
        let wanted = text::tidy(id);
        self.histories.iter().find(|history| history.id() == wanted).ok_or_else(|| {
            let unknown =
                Diagnostic::error("dispositif-inconnu", format!("dispositif inconnu : « {wanted} »"));
            vec![unknown.help(format!("dispositifs connus : {}", self.ids().join(", ")))]
        })
    }

    /// The cases of a policy, in the order of their names.
    pub fn cases(&self, id: &str) -> impl Iterator<Item = &CaseFile> {
        self.cases.iter().filter(move |case| case.policy == id)
    }

    /// Decides a dossier on the day that it says, else today.
    ///
    /// # Errors
    ///
    /// What is to be corrected first, in the dossier or in the texts.
    pub fn decide(
        &self,
        file: &Arc<SourceFile>,
        today: Option<Date>,
    ) -> Result<Decided<'_>, Vec<Diagnostic>> {
        let id = dossier::identify(file)?.ok_or_else(|| {
            let name = file.called().path();
            let nameless = Diagnostic::error(
                "dispositif-absent",
                format!("« {name} » ne dit pas de quel dispositif il relève"),
            );
            vec![nameless.help(format!("dispositifs connus : {}", self.ids().join(", ")))]
        })?;
        let history = self.history(&id)?;
        let day = dossier::examined_on(file).or(today).ok_or_else(|| {
            vec![
                Diagnostic::error(
                    "date-d-examen-absente",
                    "le dossier ne dit pas à quelle date il est examiné",
                )
                .help("écrire « examiné le: 2025-10-01 »"),
            ]
        })?;
        let read = |policy: &Policy| dossier::Reader::new(policy).read_file(file);
        let choice = history.choose(&Sight::default(), day, &read).map_err(told)?;
        let readings = |policy: &Policy, dossier: &Dossier| {
            history::retained(policy, dossier, &[]).map_err(history::Refused::Texts)
        };
        let Chosen { made, dossier, decision } = choice.decide(&readings).map_err(told)?;
        Ok(Decided { policy: made.policy()?, dossier, decision })
    }
}

fn told(refused: history::Refused) -> Vec<Diagnostic> {
    match refused {
        history::Refused::Dossier(found) | history::Refused::Texts(found) => found,
    }
}

fn too_long(path: &str) -> Diagnostic {
    Diagnostic::error("texte-trop-long", format!("attendu au plus {} octets", limits::POLICY_BYTES))
        .about(path)
}

/// The folder of the texts and the name of a case, `ess` and `12-incomplet` of `ess/cases/12-incomplet.yaml`; the cases
/// of a folder in the folder of cases go with it.
fn case_name(path: &str) -> Option<(&str, &str)> {
    let name = Path::new(path).file_stem()?.to_str()?;
    let kind = Path::new(path).extension()?.to_str()?;
    if !["yaml", "yml", "json"].contains(&kind) {
        return None;
    }
    match path.split_once("/cases/") {
        Some((folder, _)) => Some((folder, name)),
        None => path.starts_with("cases/").then_some(("", name)),
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
