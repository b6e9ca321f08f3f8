//! A shelf of texts and cases while they are written: what is worked out of it is kept until it changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Names, SeenTexts};
use super::sheet;
use super::values::Values;
use crate::diagnostic::Diagnostic;
use crate::history::{History, Sight};
use crate::policy::Policy;
use crate::review::{self, Sources};
use crate::shelf::{Decided, Shelf};
use crate::source::SourceFile;
use crate::syntax::tree::Document;
use crate::{check, syntax};

/// What is worked out of the texts of one identifier.
#[derive(Clone)]
struct Worked {
    of: Arc<History>,
    seen: Option<Arc<SeenTexts>>,
    reviewed: Option<Arc<Vec<Diagnostic>>>,
    /// What is said of cases, each as it was.
    cases: BTreeMap<String, (Arc<SourceFile>, Arc<Vec<Diagnostic>>)>,
}

impl Worked {
    /// Whether the texts are to be corrected first, as far as was reviewed.
    fn is_broken(&self) -> bool {
        self.reviewed.as_ref().is_some_and(|found| found.iter().any(Diagnostic::is_error))
    }
}

/// A shelf, and what is known of it.
#[derive(Default, Clone)]
pub struct Desk {
    shelf: Shelf,
    worked: Vec<Worked>,
    names: Option<Arc<Names>>,
}

impl Desk {
    /// A desk with these texts and cases on it.
    pub fn new(shelf: Shelf) -> Desk {
        let mut desk = Desk { shelf, worked: Vec::new(), names: None };
        desk.keep();
        desk
    }

    /// The texts and cases.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Puts files in the place of those of their paths, or takes them away.
    pub fn change(&mut self, changes: impl IntoIterator<Item = (String, Option<Vec<u8>>)>) {
        let ids: Vec<String> = self.shelf.ids().into_iter().map(str::to_owned).collect();
        let changes: Vec<(String, Option<Vec<u8>>)> = changes.into_iter().collect();
        let has = |end: &str| changes.iter().any(|(path, _)| path.ends_with(end));
        let (texts, sources, approved) = (has(".pol"), has(".txt"), has(".md"));
        self.shelf.change(changes);
        self.keep();
        if texts {
            self.names = None;
        }
        let shelf = &self.shelf;
        let stays = |path: &String| !approved && shelf.file(path).is_some();
        self.worked.iter_mut().for_each(|worked| worked.cases.retain(|path, _| stays(path)));
        // What is said of one text may name the others.
        if sources || self.shelf.ids() != ids {
            self.worked.iter_mut().for_each(|worked| worked.reviewed = None);
        }
    }

    /// Keeps what was worked out of texts that did not change.
    fn keep(&mut self) {
        let mut before = std::mem::take(&mut self.worked);
        for history in self.shelf.histories() {
            let kept = before.iter().position(|worked| Arc::ptr_eq(&worked.of, history));
            self.worked.push(match kept {
                Some(at) => before.swap_remove(at),
                None => {
                    Worked { of: Arc::clone(history), seen: None, reviewed: None, cases: BTreeMap::new() }
                }
            });
        }
    }

    /// All that is to be said of the texts, as `conforme check` says it.
    pub fn diagnostics(&mut self, sources: Sources<'_>) -> Vec<Diagnostic> {
        let ids = self.shelf.ids();
        let mut all = self.shelf.lost().to_vec();
        for worked in &mut self.worked {
            let review = || Arc::new(review::review(&worked.of, &ids, sources, false));
            let reviewed = worked.reviewed.get_or_insert_with(review);
            all.extend(reviewed.iter().cloned());
        }
        all
    }

    /// What is said of a case: nothing, where its text is to be corrected first.
    pub fn of_case(&mut self, path: &str) -> Arc<Vec<Diagnostic>> {
        let Some(case) = self.shelf.all_cases().find(|case| case.path == path) else { return Arc::default() };
        let own = self.worked.iter_mut().find(|worked| worked.of.id() == case.policy);
        let Some(worked) = own.filter(|worked| !worked.is_broken()) else { return Arc::default() };
        if let Some((file, told)) = worked.cases.get(path)
            && Arc::ptr_eq(file, &case.file)
        {
            return Arc::clone(told);
        }
        let told = Arc::new(sheet::diagnostics(&self.shelf, case));
        worked.cases.insert(path.to_owned(), (Arc::clone(&case.file), Arc::clone(&told)));
        told
    }

    /// What stands under each name.
    pub fn names(&mut self) -> Arc<Names> {
        for worked in &mut self.worked {
            worked.seen.get_or_insert_with(|| Arc::new(worked.of.seen()));
        }
        let (worked, shelf) = (&self.worked, &self.shelf);
        let names = self.names.get_or_insert_with(|| {
            let seen = worked.iter().filter_map(|worked| Some((&worked.of, &**worked.seen.as_ref()?)));
            let lone = shelf.lone().map(|file| (Arc::clone(&file), check::seen(&file, None)));
            Arc::new(Names::of(seen.collect::<Vec<_>>(), &lone.collect()))
        });
        Arc::clone(names)
    }

    /// A text as it stands, with what it says; however broken.
    pub fn read(&self, path: &str) -> Option<(Arc<SourceFile>, Document)> {
        let mut texts = self.shelf.histories().iter().flat_map(|history| history.texts());
        match texts.find(|text| text.file.name() == path) {
            Some(text) => Some((Arc::clone(&text.file), text.document().clone())),
            None => {
                let file = self.shelf.lone().find(|file| file.name() == path)?;
                let (document, _) = syntax::parse(&file);
                Some((file, document))
            }
        }
    }

    /// What the case of a path comes to.
    pub fn values(&self, case: &str) -> Option<Values> {
        let case = self.shelf.all_cases().find(|own| own.path == case)?;
        let Decided { policy, dossier, decision } = self.shelf.decide(&case.file, None).ok()?;
        Some(Values::of(&case.name, policy, &dossier, &decision))
    }

    /// The policy of a case: that under which it is decided, else the last version of its texts.
    pub fn policy_of(&self, case: &str) -> Option<&Policy> {
        let case = self.shelf.all_cases().find(|own| own.path == case)?;
        if let Ok(decided) = self.shelf.decide(&case.file, None) {
            return Some(decided.policy);
        }
        let history = self.shelf.history(&case.policy).ok()?;
        let sight = Sight::default();
        let eras = history.eras(&sight);
        eras.iter().rev().find_map(|era| history.consolidated(&history.plain(era)).policy().ok())
    }

    /// What was seen of the texts of an identifier.
    pub fn seen(&mut self, id: &str) -> Option<Arc<SeenTexts>> {
        let worked = self.worked.iter_mut().find(|worked| worked.of.id() == id)?;
        Some(Arc::clone(worked.seen.get_or_insert_with(|| Arc::new(worked.of.seen()))))
    }

    /// The texts of the identifier of which a file holds one.
    pub fn history_of(&self, path: &str) -> Option<&Arc<History>> {
        let holds = |history: &&Arc<History>| history.texts().iter().any(|text| text.file.name() == path);
        self.shelf.histories().iter().find(holds)
    }
}
