//! Whether a register is as it was written.

use std::collections::BTreeSet;

use super::Failure;
use super::entry::{self, Decision, Event, ORIGIN};
use super::store::{Row, Store};

/// So many entries are read at once.
const AT_ONCE: usize = 1_000;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries there are.
    pub entries: i64,
    /// The rank of the last of them.
    last: i64,
    /// How many contents are erased, as entries say.
    pub erased: usize,
    /// The hash of the last entry: told to somebody else, it witnesses all that comes before.
    pub head: String,
    /// Whether an entry has the hash that was expected.
    pub met: bool,
    /// What is not as it was written: an entry's rank, where it is of one, and what.
    pub faults: Vec<(Option<i64>, String)>,
}

/// Goes through all of it; `expected` is a hash that an entry is to have.
///
/// # Errors
///
/// The file cannot be opened at all.
pub fn verify(store: &Store, expected: Option<&str>) -> Result<Report, Failure> {
    let mut found = Report { head: ORIGIN.to_owned(), met: expected.is_none(), ..Report::default() };
    if let Err(failure) = entries(store, expected, &mut found) {
        found.faults.push((Some(found.last + 1), failure.to_string()));
    }
    match store.damage() {
        Ok(told) => {
            found.faults.extend(told.into_iter().map(|told| (None, format!("fichier abîmé : {told}"))));
        }
        Err(failure) => found.faults.push((None, failure.to_string())),
    }
    Ok(found)
}

fn entries(store: &Store, expected: Option<&str>, found: &mut Report) -> Result<(), Failure> {
    let (mut decided, mut erased) = (BTreeSet::new(), BTreeSet::new());
    let mut contents: BTreeSet<i64> = store.content_numbers()?.into_iter().collect();
    let mut sets = BTreeSet::new();
    loop {
        let rows = store.rows(found.last, AT_ONCE)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let number = found.last + 1;
            let mut fault = |said: &str| found.faults.push((Some(number), said.to_owned()));
            if row.number != number {
                fault("il manque des entrées avant celle-ci");
            }
            contents.remove(&row.number);
            match sealed(&row, &found.head) {
                Err(said) => fault(said),
                Ok(Event::Erasure { of, .. }) => {
                    erased.insert(of);
                }
                Ok(Event::Decision(decision)) => {
                    decided.insert((row.id.clone(), row.number));
                    match store.content(row.number) {
                        Ok(Some(content)) if !content.is_of(&decision) => {
                            fault("le contenu n'est pas celui qui a été consigné");
                        }
                        Ok(_) => {}
                        Err(failure) => fault(&failure.to_string()),
                    }
                    if sets.insert(decision.texts.clone()) {
                        texts(store, &decision, &mut fault);
                    }
                }
            }
            (found.last, found.head) = (row.number, row.hash);
            found.entries += 1;
            found.met |= expected == Some(&found.head);
        }
    }
    // Whatever is not there must have been erased, and whatever was erased must not be there.
    for (id, number) in decided {
        let there = store.content(number).is_ok_and(|content| content.is_some());
        match (there, erased.contains(&id)) {
            (true, true) => found.faults.push((Some(number), "le contenu, effacé, est là".to_owned())),
            (false, false) => {
                found
                    .faults
                    .push((Some(number), "le contenu n'est pas là, sans avoir été effacé".to_owned()));
            }
            (false, true) => found.erased += 1,
            (true, false) => {}
        }
    }
    let stray = contents.into_iter().map(|number| (Some(number), "contenu sans entrée".to_owned()));
    found.faults.extend(stray);
    Ok(())
}

/// What an entry tells, where it is as it was sealed.
fn sealed(row: &Row, previous: &str) -> Result<Event, &'static str> {
    if entry::hash(&row.text) != row.hash {
        return Err("l'entrée n'est pas celle qui a été consignée");
    }
    let sealed = row.sealed().map_err(|_| "l'entrée ne se lit pas")?;
    if sealed.previous != previous {
        return Err("l'entrée ne suit pas celle d'avant");
    }
    if sealed.number != row.number || sealed.id != row.id {
        return Err("l'entrée n'est pas à sa place");
    }
    Ok(sealed.event)
}

fn texts(store: &Store, decision: &Decision, fault: &mut impl FnMut(&str)) {
    match store.texts(&decision.texts) {
        Ok(Some(_)) => {}
        Ok(None) => fault("les textes ne sont pas ceux qui ont été consignés"),
        Err(failure) => fault(&failure.to_string()),
    }
}
