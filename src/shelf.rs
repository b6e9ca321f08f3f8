//! Texts and their cases in memory: all that pages and editors are made of.
//!
//! A file that changes is read again with what rests on it, and nothing else is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use elsa::sync::FrozenMap;

use crate::decision::{Decision, Outcome};
use crate::diagnostic::Diagnostic;
use crate::dossier::{self, Dossier};
use crate::history::{self, Decided as Chosen, History, Sight, Text};
use crate::policy::Policy;
use crate::source::SourceFile;
use crate::time::Date;
use crate::{eval, limits, syntax, text};

/// The files of a folder of policies.
#[derive(Default, Clone)]
pub struct Shelf {
    /// Each file by its path below the folder, `/` between folders.
    files: BTreeMap<String, Arc<[u8]>>,
    histories: Vec<Arc<History>>,
    /// Of each text: its identifier, or what keeps it from being known by one.
    texts: BTreeMap<String, Result<Arc<str>, Vec<Diagnostic>>>,
    /// Each dossier in a folder called `cases`, with the identifier that it gives.
    dossiers: BTreeMap<String, (Arc<SourceFile>, Option<String>)>,
    cases: Vec<CaseFile>,
    lost: Vec<Diagnostic>,
    /// By policy and day: the outcome of each of its cases, once that was asked for.
    outcomes: Outcomes,
}

type Outcomes = FrozenMap<(String, Option<Date>), Box<[Option<Outcome>]>>;

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
        let mut shelf = Shelf::default();
        shelf.change(files.into_iter().map(|(path, bytes)| (path, Some(bytes))));
        shelf
    }

    /// Puts files in the place of those of their paths, or takes them away. Only what rests on them is read again.
    pub fn change(&mut self, changes: impl IntoIterator<Item = (String, Option<Vec<u8>>)>) {
        self.outcomes = FrozenMap::default();
        let (mut texts, mut touched) = (Vec::new(), BTreeSet::new());
        for (path, bytes) in changes {
            if path.ends_with(".pol") {
                let before = self.texts.remove(&path).and_then(Result::ok);
                touched.extend(before.map(|id| id.to_string()));
                if let Some(bytes) = &bytes {
                    let read = read(&path, bytes);
                    let id = read.as_ref().map(|text| Arc::from(text.id())).map_err(Clone::clone);
                    self.texts.insert(path.clone(), id);
                    touched.extend(read.as_ref().ok().map(|text| text.id().to_owned()));
                    texts.extend(read.ok().map(|text| (path.clone(), text)));
                }
            } else if case_name(&path).is_some() {
                self.dossiers.remove(&path);
                let name = path.rsplit('/').next().unwrap_or(&path);
                let file = bytes.as_ref().and_then(|bytes| dossier::file(bytes, name).ok());
                if let Some(file) = file {
                    let said = dossier::identify(&file).ok().flatten();
                    self.dossiers.insert(path.clone(), (file, said));
                }
            }
            match bytes {
                Some(bytes) => self.files.insert(path, bytes.into()),
                None => self.files.remove(&path),
            };
        }
        if !touched.is_empty() {
            self.read_again(&touched, texts);
        }
        self.cases = self.dossiers.iter().filter_map(|(path, dossier)| self.case(path, dossier)).collect();
        self.lost = self.texts.values().filter_map(|read| read.as_ref().err()).flatten().cloned().collect();
    }

    /// Makes again the histories of these identifiers and of what leans on them; `new` are the texts of files that
    /// changed.
    fn read_again(&mut self, touched: &BTreeSet<String>, new: Vec<(String, Text)>) {
        let concerned = history::resting_on(&self.histories, touched);
        let mut texts = new;
        for (path, id) in &self.texts {
            let is_new = texts.iter().any(|(own, _)| own == path);
            if let (false, Ok(id)) = (is_new, id)
                && concerned.contains(&**id)
                && let Some(text) = self.files.get(path).and_then(|bytes| read(path, bytes).ok())
            {
                texts.push((path.clone(), text));
            }
        }
        texts.sort_by(|(a, _), (b, _)| a.cmp(b));
        let kept = std::mem::take(&mut self.histories);
        let kept = kept.into_iter().filter(|history| !concerned.contains(history.id())).collect();
        self.histories = History::beside(kept, texts.into_iter().map(|(_, text)| text));
    }

    /// A dossier in a folder of cases, where its policy is known.
    fn case(&self, path: &str, (file, said): &(Arc<SourceFile>, Option<String>)) -> Option<CaseFile> {
        let (folder, name) = case_name(path)?;
        let beside =
            |history: &&Arc<History>| history.texts().iter().any(|text| parent(text.file.name()) == folder);
        let known = |id: &&String| self.histories.iter().any(|history| history.id() == **id);
        let own = said.as_ref().filter(known).cloned();
        let policy = own.or_else(|| self.histories.iter().find(beside).map(|own| own.id().to_owned()))?;
        Some(CaseFile { policy, name: name.to_owned(), path: path.to_owned(), file: Arc::clone(file) })
    }

    /// The files that it was made of, by their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes))
    }

    /// The file of a path.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|bytes| &**bytes)
    }

    /// The text of a source, at the path that a text writes.
    ///
    /// # Errors
    ///
    /// There is no such file, or it is not UTF-8.
    pub fn source(&self, of: &SourceFile, written: &str) -> Result<String, Diagnostic> {
        let steps = written.split('/').filter(|step| !matches!(*step, "" | "."));
        let beside = Some(parent(of.name())).filter(|folder| !folder.is_empty());
        let path = beside.into_iter().chain(steps).collect::<Vec<_>>().join("/");
        let refused = |code, message| Diagnostic::error(code, message).about(&path);
        let bytes = self
            .file(&path)
            .ok_or_else(|| refused("fichier-introuvable", format!("fichier introuvable : « {path} »")))?;
        String::from_utf8(bytes.to_vec())
            .map_err(|_| refused("source-illisible", format!("« {path} » n'est pas un texte en UTF-8")))
    }

    /// The same with another file in the place of one.
    pub fn with(&self, path: &str, bytes: Vec<u8>) -> Shelf {
        let mut shelf = self.clone();
        shelf.change([(path.to_owned(), Some(bytes))]);
        shelf
    }

    /// The texts, by identifier.
    pub fn histories(&self) -> &[Arc<History>] {
        &self.histories
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

    /// The files of the texts of a policy, and of those that they lean on, near and far; by path.
    pub fn paths_of(&self, id: &str) -> BTreeSet<String> {
        let mut wanted = BTreeSet::from([id]);
        let mut open = vec![id];
        let mut paths = BTreeSet::new();
        while let Some(id) = open.pop() {
            // What a text leans on may not be there: its own check says so.
            let Ok(history) = self.history(id) else { continue };
            for text in history.texts() {
                paths.insert(text.file.name().to_owned());
                open.extend(text.leans_on().filter(|on| wanted.insert(on)));
            }
        }
        paths
    }

    /// The texts of no identifier, for their first line does not read.
    pub fn lone(&self) -> impl Iterator<Item = Arc<SourceFile>> {
        let lone = self.texts.iter().filter(|(_, read)| read.is_err()).map(|(path, _)| path);
        lone.filter_map(|path| syntax::decode(path, self.file(path)?).ok())
    }

    /// All cases, in the order of their paths.
    pub fn all_cases(&self) -> impl Iterator<Item = &CaseFile> {
        self.cases.iter()
    }

    /// The cases of a policy, in the order of their names.
    pub fn cases(&self, id: &str) -> impl Iterator<Item = &CaseFile> {
        self.cases.iter().filter(move |case| case.policy == id)
    }

    /// The outcome of each case of a policy, decided the first time; none where something is to be corrected first.
    pub(crate) fn outcomes(&self, id: &str, today: Option<Date>) -> Cow<'_, [Option<Outcome>]> {
        let key = (id.to_owned(), today);
        if let Some(known) = self.outcomes.get(&key) {
            return known.into();
        }
        let all: Vec<Option<Outcome>> = self.cases(id).map(|case| self.outcome(case, today)).collect();
        // What was given up serves nobody.
        if eval::is_ended() { all.into() } else { self.outcomes.insert(key, all.into()).into() }
    }

    /// The outcome of a case; none where something is to be corrected first.
    pub(crate) fn outcome(&self, case: &CaseFile, today: Option<Date>) -> Option<Outcome> {
        self.decide(&case.file, today).ok().map(|decided| decided.decision.outcome)
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

/// The text that a file holds.
fn read(path: &str, bytes: &[u8]) -> Result<Text, Vec<Diagnostic>> {
    if bytes.len() > limits::POLICY_BYTES {
        return Err(vec![too_long(path)]);
    }
    syntax::decode(path, bytes).map_err(|problem| vec![problem]).and_then(Text::new)
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
