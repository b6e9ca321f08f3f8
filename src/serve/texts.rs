//! The texts that are served: read once, shared by all requests, and put in the place of the old ones when they change.
//!
//! Architecture invariant: a request sees the same texts from its first byte to its last, whatever changes meanwhile.
//! Texts with a mistake never take the place of those without: the old ones stay, and who runs the service is told.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use conforme::diagnostic::Diagnostic;
use conforme::history::{History, Sight};
use conforme::shelf::Shelf;
use conforme::time::Date;

use crate::cli::catalogue::Catalogue;
use crate::cli::watch::files::Seen;
use crate::cli::{output, print, shelf};

/// How often the folder is looked at; a change is read once it has stayed for as long.
const EVERY: Duration = Duration::from_millis(500);

/// What every request of one moment is answered from.
pub struct Texts {
    /// The texts and their cases.
    pub shelf: Shelf,
    /// The same texts, by identifier.
    pub catalogue: Arc<Catalogue>,
    /// What a register keeps of them, by policy.
    #[cfg(feature = "register")]
    kept: RwLock<BTreeMap<String, Arc<crate::register::entry::Texts>>>,
}

impl Texts {
    /// Texts that were read.
    pub fn new(shelf: Shelf) -> Texts {
        let catalogue = Arc::new(Catalogue::of_shelf(&shelf));
        Texts {
            shelf,
            catalogue,
            #[cfg(feature = "register")]
            kept: RwLock::default(),
        }
    }

    /// The files that decide under a policy: its own, and those that it leans on.
    #[cfg(feature = "register")]
    pub fn kept(&self, id: &str) -> Arc<crate::register::entry::Texts> {
        if let Some(kept) = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Arc::clone(kept);
        }
        let paths = self.shelf.paths_of(id);
        let files = paths.iter().filter_map(|path| Some((path.clone(), self.shelf.file(path)?.to_vec())));
        let kept = Arc::new(crate::register::entry::Texts::new(files));
        let mut all = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(id.to_owned()).or_insert(kept))
    }

    /// Makes the versions of a day, which else the first request would wait for.
    fn prepare(&self, today: Option<Date>) {
        if let Some(today) = today {
            for history in self.shelf.histories() {
                let _ = history.at(today, &Sight::default());
            }
        }
    }

    /// The mistakes of the texts that another has not.
    fn new_mistakes(&self, before: Option<&Texts>) -> Vec<Diagnostic> {
        let of_before = |history: &Arc<History>| {
            before.is_some_and(|texts| texts.shelf.histories().iter().any(|own| Arc::ptr_eq(own, history)))
        };
        let known = before.map_or(&[][..], |texts| texts.shelf.lost());
        let mut found: Vec<Diagnostic> =
            self.shelf.lost().iter().filter(|one| !known.contains(one)).cloned().collect();
        let ids = self.shelf.ids();
        for history in self.shelf.histories().iter().filter(|history| !of_before(history)) {
            let all = history.check(&ids, &|_| Vec::new());
            found.extend(all.into_iter().filter(Diagnostic::is_error));
        }
        found
    }
}

/// The texts of now.
pub struct Current {
    now: RwLock<Arc<Texts>>,
    /// Whether those of the folder have mistakes that keep them from being served.
    behind: AtomicBool,
    reloads: AtomicU64,
}

impl Current {
    /// Begins with these.
    pub fn new(texts: Texts) -> Current {
        Current {
            now: RwLock::new(Arc::new(texts)),
            behind: AtomicBool::new(false),
            reloads: AtomicU64::new(0),
        }
    }

    /// The texts of now, for the whole of a request.
    pub fn now(&self) -> Arc<Texts> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the folder has texts that cannot be served.
    pub fn is_behind(&self) -> bool {
        self.behind.load(Ordering::Relaxed)
    }

    /// How often other texts took the place of those before.
    pub fn reloads(&self) -> u64 {
        self.reloads.load(Ordering::Relaxed)
    }

    fn put(&self, texts: Texts) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(texts);
        self.reloads.fetch_add(1, Ordering::Relaxed);
    }

    /// Watches a folder from now on, by a thread of its own: `seen` is how it was when the texts were read.
    pub fn watch(self: &Arc<Self>, root: PathBuf, seen: Seen, today: fn() -> Option<Date>) {
        let current = Arc::clone(self);
        let watching = move || current.look(&root, seen, today);
        if thread::Builder::new().stack_size(super::pool::STACK).spawn(watching).is_err() {
            print::err("conforme : les textes ne seront pas relus tant que le service tourne.\n");
        }
    }

    fn look(&self, root: &std::path::Path, mut read: Seen, today: fn() -> Option<Date>) {
        let first = self.now();
        first.prepare(today());
        output::problems(
            &first.new_mistakes(None).into_iter().filter(is_not_lost(&first)).collect::<Vec<_>>(),
        );
        drop(first);
        let mut before = Seen::of([root]);
        loop {
            thread::sleep(EVERY);
            let seen = Seen::of([root]);
            let settled = seen == before;
            before = seen;
            if settled && before != read {
                self.take_in(root, today());
                read = Seen::of([root]);
            }
        }
    }

    /// Reads the folder again, and takes in what changed where nothing is wrong with it.
    fn take_in(&self, root: &std::path::Path, today: Option<Date>) {
        let now = self.now();
        let (texts, mistakes) = match shelf::files(root) {
            Ok(files) => {
                let texts = Texts::new(changed(&now.shelf, files));
                let mistakes = texts.new_mistakes(Some(&now));
                (Some(texts), mistakes)
            }
            Err(problem) => (None, vec![problem]),
        };
        match texts {
            Some(texts) if mistakes.is_empty() => {
                texts.prepare(today);
                self.put(texts);
                if self.behind.swap(false, Ordering::Relaxed) {
                    print::err("conforme : les textes sont corrigés, et servis.\n");
                }
            }
            Some(_) | None => {
                self.behind.store(true, Ordering::Relaxed);
                output::problems(&mistakes);
                print::err("\nconforme : ces textes sont à corriger ; ceux d'avant restent servis.\n");
            }
        }
    }
}

/// What is not told already when the service starts.
fn is_not_lost(texts: &Texts) -> impl Fn(&Diagnostic) -> bool + '_ {
    |one| !texts.shelf.lost().contains(one)
}

/// A shelf with the files of now: only what rests on those that changed is read again.
fn changed(before: &Shelf, files: Vec<(String, Vec<u8>)>) -> Shelf {
    let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let gone = before.files().filter(|(path, _)| !files.contains_key(*path));
    let gone: Vec<(String, Option<Vec<u8>>)> = gone.map(|(path, _)| (path.to_owned(), None)).collect();
    let new = files.into_iter().filter(|(path, bytes)| before.file(path) != Some(bytes.as_slice()));
    let new: Vec<(String, Option<Vec<u8>>)> = new.map(|(path, bytes)| (path, Some(bytes))).collect();
    let mut shelf = before.clone();
    shelf.change(gone.into_iter().chain(new));
    shelf
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../tests/support/majorite.pol");

    fn texts(files: &[(&str, &str)]) -> Texts {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Texts::new(Shelf::new(files))
    }

    #[test]
    fn only_mistakes_of_what_changed_keep_texts_from_being_served() {
        let broken = TEXT.replace("exige", "exije");
        let other = TEXT.replace("dispositif essai", "dispositif autre");
        let before =
            texts(&[("a.pol", TEXT), ("b.pol", &broken.replace("dispositif essai", "dispositif b"))]);
        assert!(!before.new_mistakes(None).is_empty());
        let with = |path: &str, text: &str| {
            let mut files: Vec<_> =
                before.shelf.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
            files.retain(|(own, _)| own != path);
            files.push((path.to_owned(), text.as_bytes().to_vec()));
            Texts::new(changed(&before.shelf, files))
        };
        assert!(with("c.pol", &other).new_mistakes(Some(&before)).is_empty());
        assert!(!with("a.pol", &broken).new_mistakes(Some(&before)).is_empty());
        assert!(!with("a.pol", "dispositif\n").new_mistakes(Some(&before)).is_empty());
    }

    #[test]
    fn a_text_that_is_gone_is_served_no_more() {
        let before =
            texts(&[("a.pol", TEXT), ("b.pol", &TEXT.replace("dispositif essai", "dispositif autre"))]);
        let after = changed(&before.shelf, vec![("a.pol".to_owned(), TEXT.as_bytes().to_vec())]);
        assert_eq!(after.ids().len(), 1);
        assert!(Arc::ptr_eq(&after.histories()[0], before.shelf.history(after.ids()[0]).unwrap()));
    }
}
