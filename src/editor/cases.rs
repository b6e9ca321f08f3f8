//! Cases from an editor: one is approved, those that are missing are written.

use super::desk::Desk;
use super::edits::Change;
use super::sheet;
use crate::probe::{self, Sketch};
use crate::shelf::{Decided, Shelf};
use crate::source::Span;
use crate::time::Date;
use crate::workshop::coverage::{Coverage, seen};
use crate::workshop::missing::{self, Missing};
use crate::workshop::{Version, approved};

/// The change that approves a case as it is decided now.
///
/// # Errors
///
/// Why it may not be approved, in words for who asked.
pub fn approve(shelf: &Shelf, path: &str) -> Result<Change, String> {
    let case = shelf.all_cases().find(|case| case.path == path).ok_or("ce fichier n'est pas un cas")?;
    let judged = sheet::judge(shelf, case).map_err(|problems| told(&problems))?;
    if let Some(failure) = judged.failures.first() {
        return Err(format!(
            "ce cas énonce « {} » : attendu {}, décidé {} ; aucune approbation n'y peut rien",
            failure.name, failure.stated, failure.decided
        ));
    }
    if judged.is_broken() {
        return Err("ce cas est à corriger d'abord".to_owned());
    }
    let to = sheet::approved_path(case);
    let text = approved::with_reason(&judged.text, judged.reason.as_deref());
    Ok(put(shelf, &to, text))
}

/// A file that says this from now on.
pub(super) fn put(shelf: &Shelf, path: &str, text: String) -> Change {
    match shelf.file(path) {
        Some(before) if *before == *text.as_bytes() => Change::default(),
        Some(before) => Change::one(path, Span::new(0, before.len()), text),
        None => {
            let mut change = Change::default();
            change.new.insert(path.to_owned(), text);
            change
        }
    }
}

fn told(problems: &[crate::diagnostic::Diagnostic]) -> String {
    problems.first().map_or_else(String::new, |problem| problem.message.clone())
}

/// The change that writes the cases that are missing for each point of the texts of an identifier to be shown by one;
/// `steps` bound the search, the same ones give the same cases.
///
/// # Errors
///
/// Why none is written, in words for who asked.
pub fn write_missing(desk: &Desk, id: &str, today: Date, steps: u64) -> Result<Change, String> {
    let shelf = desk.shelf();
    let history = shelf.history(id).map_err(|problems| told(&problems))?;
    let folder = history
        .texts()
        .first()
        .map_or("", |text| text.file.name().rsplit_once('/').map_or("", |(folder, _)| folder));
    let folder = if folder.is_empty() { "cases".to_owned() } else { format!("{folder}/cases") };
    let mut change = Change::default();
    for version in Version::all(history) {
        let policy = version.policy;
        let mut coverage = Coverage::new(policy);
        let mut seeds = Vec::new();
        for case in shelf.cases(id) {
            let Ok(Decided { policy: own, dossier, decision }) = shelf.decide(&case.file, None) else {
                continue;
            };
            if std::ptr::eq(own, policy) {
                coverage.add(&seen(policy, &decision));
                seeds.push(Sketch::of(policy, &dossier, decision.examined_on));
            }
        }
        let options = probe::Options::new(missing::examined_on(policy, today));
        let options = probe::Options { steps, ..options };
        let Missing { new, .. } = missing::missing(&mut coverage, version, &seeds, &options);
        for dossier in &new {
            let text = missing::yaml(policy, dossier);
            let free = |path: &String| shelf.file(path).is_none() && !change.new.contains_key(path);
            let first = format!("{folder}/{}.yaml", dossier.name);
            let others = (2..).map(|rank: u32| format!("{folder}/{}-{rank}.yaml", dossier.name));
            if let Some(path) = std::iter::once(first).chain(others).find(free) {
                change.new.insert(path, text);
            }
        }
    }
    if change.is_empty() {
        Err("chaque point est montré par un cas, ou n'a pas été trouvé".to_owned())
    } else {
        Ok(change)
    }
}
